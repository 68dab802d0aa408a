//! Whole pages of other people, made safe to parse.

use std::borrow::Cow;

use super::{Balancer, Scanner, Tag, Token, framed};
use crate::model::embed::Player;
use crate::model::link::absolute;

/// Bytes of a page that are read; longer ones are cut.
const MAX_PAGE: usize = 8 << 20;

/// A page as a parser can take it in linear time: balanced and no deeper than the limit, without comments, styles,
/// drawings, and frames but those of known players, which are empty. Attributes stay as they are: this is for reading, the sanitizer comes later.
pub(crate) fn tame_page(html: &str) -> String {
    let html = &html[..html.floor_char_boundary(MAX_PAGE)];
    let mut out = Balancer::with_capacity(html.len());
    for token in Scanner::page(html) {
        match token {
            Token::Text(text) => out.text(text),
            Token::Start(tag) => out.start(lower(tag.name), tag.rest()),
            Token::End(name) => out.end(&lower(name)),
            Token::Frame(tag) if is_player(tag) => {
                out.start("iframe".into(), tag.rest());
                out.end("iframe");
            }
            Token::Frame(_) => {}
            Token::Whole(whole) => out.whole(whole),
        }
    }
    out.finish()
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
}
