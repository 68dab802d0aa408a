//! Whole pages of other people, made safe to parse.

use std::borrow::Cow;

use super::{Balancer, Scanner, Tag, Token, framed};
use crate::model::embed::Player;
use crate::model::link::absolute;

/// Bytes of a page that are read; longer ones are cut.
const MAX_PAGE: usize = 8 << 20;

/// What a parser may have to do for a page, in bytes of plain text that it reads in the same time. Sixty thousand
/// elements, or twice as many character references, are a data table or an attack, not an article: what comes behind
/// is left out.
const MAX_WORK: usize = 6 << 20;

/// What an element costs, with all that is done to it later; and a character reference, or a `<` that becomes one.
const ELEMENT: usize = 100;
const REFERENCE: usize = 32;

/// Attributes of an element that are read: a parser compares each with all before it.
const MAX_ATTRIBUTES: usize = 32;

/// A page as a parser can take it in linear time: balanced and no deeper than the limit, of limited size, without
/// comments, styles, programs, drawings, and frames but those of known players, which are empty. Of attributes those go
/// that are for programs. This is for reading, the sanitizer comes later.
pub(crate) fn tame_page(html: &str) -> String {
    let html = &html[..html.floor_char_boundary(MAX_PAGE)];
    // A parser has a complaint for each.
    let html = if html.contains('\0') { Cow::Owned(html.replace('\0', "")) } else { Cow::Borrowed(html) };
    tamed(&html, MAX_WORK)
}

fn tamed(html: &str, most: usize) -> String {
    let mut out = Balancer::with_capacity(html.len().min(most));
    let mut left = most;
    for token in Scanner::page(html) {
        let before = out.len();
        let Some(cost) = write(token, left, &mut out) else { break };
        // What is too deep is not written.
        left -= if out.len() > before { cost } else { 0 };
    }
    out.finish()
}

/// Writes what tells of the page; what that costs. `None` where it costs more than there is `left`.
fn write<'a>(token: Token<'a>, left: usize, out: &mut Balancer<'a>) -> Option<usize> {
    let affordable = |cost: usize| (cost <= left).then_some(cost);
    match token {
        Token::Text(text) => {
            let cost = affordable(cost_of(text));
            out.text(if cost.is_some() { text } else { within(text, left) });
            cost
        }
        Token::Start(tag) => {
            let name = lower(tag.name);
            let attributes = told(&name, tag);
            let cost = affordable(ELEMENT + cost_of(&attributes))?;
            out.start(name, &attributes);
            Some(cost)
        }
        Token::End(name) => {
            out.end(&lower(name));
            Some(0)
        }
        Token::Frame(tag) if is_player(tag) => {
            let cost = affordable(ELEMENT + cost_of(tag.rest()))?;
            out.start("iframe".into(), tag.rest());
            out.end("iframe");
            Some(cost)
        }
        Token::Whole(whole) if is_metadata(whole) => {
            let cost = affordable(ELEMENT + cost_of(whole))?;
            out.whole(whole);
            Some(cost)
        }
        Token::Frame(_) | Token::Whole(_) => Some(0),
    }
}

fn cost_of(html: &str) -> usize {
    html.len() + REFERENCE * memchr::memchr2_iter(b'<', b'&', html.as_bytes()).count()
}

/// The beginning of a text that costs no more than this.
fn within(text: &str, most: usize) -> &str {
    let mut cost = 0;
    let end = text.bytes().position(|byte| {
        cost += 1 + if matches!(byte, b'<' | b'&') { REFERENCE } else { 0 };
        cost > most
    });
    end.map_or(text, |end| &text[..text.floor_char_boundary(end)])
}

/// Attributes that tell something of an element, as written, each with a space before it.
fn told<'a>(name: &str, tag: Tag<'a>) -> Cow<'a, str> {
    // Addresses of pictures that a program loads later stand there.
    let is_shown = name.contains('-') || matches!(name, "img" | "source" | "picture" | "video" | "audio");
    let tells = |name: &str| match name.as_bytes().first() {
        Some(b'o' | b'O') => !starts(name, "on"),
        Some(b'd' | b'D') => is_shown || !starts(name, "data-"),
        Some(b'a' | b'A') => !starts(name, "aria-") || name.eq_ignore_ascii_case("aria-hidden"),
        _ => true,
    };
    let is_told = |(index, (name, _)): (usize, (&str, &str))| index < MAX_ATTRIBUTES && tells(name);
    if tag.written().enumerate().all(is_told) {
        return Cow::Borrowed(tag.rest());
    }
    let mut told = String::with_capacity(tag.rest().len());
    for (_, written) in tag.written().filter(|(name, _)| tells(name)).take(MAX_ATTRIBUTES) {
        told.push(' ');
        told.push_str(written);
    }
    Cow::Owned(told)
}

fn starts(name: &str, start: &str) -> bool {
    name.as_bytes().get(..start.len()).is_some_and(|found| found.eq_ignore_ascii_case(start.as_bytes()))
}

/// Whether an element that stays as it is tells of the page: a title, or a script that is JSON-LD and no program.
fn is_metadata(whole: &str) -> bool {
    let tag = &whole[..whole.find('>').unwrap_or(whole.len())];
    starts(tag, "<title") || memchr::memmem::find(tag.as_bytes(), b"ld+json").is_some()
}

/// Whether a frame shows a film or the like; what other frames of a page show is not of its article.
fn is_player(tag: Tag<'_>) -> bool {
    let source = framed("iframe", tag).and_then(|source| absolute(&source, None));
    source.is_some_and(|url| Player::at(&url).is_some())
}

/// A name in lower case.
pub(crate) fn lower(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_keeps_what_tells_of_the_article_and_loses_what_does_not() {
        let page = "<!doctype html><html><head><title>T</title><meta name=a content=b><style>p{}</style>\
                    <script type=\"application/ld+json\">{\"a\":\"</p>\"}</script></head><BODY class=x>\
                    <!-- c --><p>one<p>two<iframe src=x></iframe><iframe src=//youtu.be/a><p>y</iframe><svg><path/></svg></body></html>";
        assert_eq!(
            tame_page(page),
            "<html><head><title>T</title><meta name=a content=b>\
             <script type=\"application/ld+json\">{\"a\":\"</p>\"}</script></head><body class=x>\
             <p>one</p><p>two<iframe src=//youtu.be/a></iframe></p></body></html>"
        );
    }

    #[test]
    fn a_parser_gets_no_more_work_than_an_article_makes() {
        let most = 10_000;
        let work = |html: &str| {
            let (tags, references) = (html.matches('<').count(), html.matches('&').count());
            html.len() + REFERENCE * references + ELEMENT * tags / 2
        };
        for piece in ["<", "&", "&nbsp;", "<p>x", "<a b='&'>", "<table><td>x", "<title>t</title>", "word "] {
            let tame = tamed(&piece.repeat(5_000), most);
            assert!(work(&tame) < 3 * most, "{piece}: {}", work(&tame));
            assert!(work(&tame) > most / 2, "{piece}: {}", work(&tame));
        }
        assert_eq!(tamed(&format!("{}x", "<div>".repeat(5_000)), 2 * most).matches('x').count(), 1);
    }

    #[test]
    fn attributes_for_programs_go_and_there_are_never_many() {
        let table = [
            ("<p onclick='x' class=a DATA-x=1 aria-label=y>", "<p class=a></p>"),
            (
                "<p hidden aria-hidden=true itemprop=\"a b\"/>",
                "<p hidden aria-hidden=true itemprop=\"a b\"/></p>",
            ),
            ("<img data-src=a/b.jpg onload=x alt='a > b'>", "<img data-src=a/b.jpg alt='a > b'>"),
            ("<a ONX=1 href=x/>y</a>", "<a href=x/>y</a>"),
        ];
        for (html, wanted) in table {
            assert_eq!(tame_page(html), wanted, "{html}");
        }
        let many: String = (0..10_000).map(|n| format!(" a{n}=1")).collect();
        let tame = tame_page(&format!("<p{many}>x"));
        assert_eq!(tame.matches('=').count(), MAX_ATTRIBUTES);
    }

    #[test]
    fn programs_go_and_what_is_said_to_machines_stays() {
        let page = "<script>x</script><script type=module>y</script>\
                    <script type='application/ld+json'>{}</script><p>a\0b";
        assert_eq!(tame_page(page), "<script type='application/ld+json'>{}</script><p>ab</p>");
    }
}
