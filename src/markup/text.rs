//! Markup to text.

use std::borrow::Cow;

use crate::model::{PlainText, SafeHtml};

use super::balance::{BREAK, TEXT_NODE};
use super::outline::{Kind, Outline, tag_name};
use super::{Scanner, Token, decode_text, is_block, lower};

/// The text of an HTML fragment, as one line. For titles and names.
#[must_use]
pub fn html_line(html: &str) -> PlainText {
    PlainText::line(&plain(html))
}

/// The text of an HTML fragment: blocks parted by one blank line, `<br>` as a line break, `- ` before list items.
#[must_use]
pub fn html_block(html: &str) -> PlainText {
    PlainText::block(&plain(html))
}

/// The text of clean HTML, as [`html_block`].
#[must_use]
pub fn text_of(html: &SafeHtml) -> PlainText {
    html_block(html.as_str())
}

/// The text of HTML that was written with this outline, as [`html_block`] has it but for characters that XML forbids, and
/// white space around it.
pub(crate) fn text_outlined(html: &str, outline: &Outline) -> String {
    let mut layout = Layout { text: String::with_capacity(html.len()), ..Layout::default() };
    for (piece, written) in outline.written(html) {
        match piece.kind {
            Kind::Text { .. } if written.len() <= TEXT_NODE => layout.text(&decode_text(written)),
            // A longer one is several, with comments between.
            Kind::Text { .. } => written.split(BREAK).for_each(|text| layout.text(&decode_text(text))),
            Kind::Void => layout.start(tag_name(written)),
            Kind::Open { is_block: true } => layout.start(tag_name(written)),
            Kind::Close if outline.is_block(piece.mate) => layout.end(tag_name(written)),
            // What stands in a line parts no words.
            Kind::Open { .. } | Kind::Close => {}
        }
    }
    layout.text
}

/// The running text of clean HTML, as [`html_block`]: without the lines under its pictures.
#[must_use]
pub fn story_of(html: &SafeHtml) -> PlainText {
    let mut captions = 0_usize;
    let tokens = Scanner::fragment(html.as_str()).filter(|token| match token {
        Token::Start(tag) if lower(tag.name) == "figcaption" => {
            captions += 1;
            true
        }
        Token::End(name) if lower(name) == "figcaption" => {
            captions = captions.saturating_sub(1);
            true
        }
        _ => captions == 0,
    });
    PlainText::block(&laid_out(tokens, html.as_str().len()))
}

/// Whether nothing in HTML is markup: its lines stay as they are, then.
pub(crate) fn is_plain(html: &str) -> bool {
    !html.contains(['<', '&', '\u{a0}'])
}

fn plain(html: &str) -> Cow<'_, str> {
    if is_plain(html) {
        return Cow::Borrowed(html);
    }
    Cow::Owned(laid_out(Scanner::fragment(html), html.len()))
}

/// The text of these tokens, which has so many bytes at most.
fn laid_out<'a, I: Iterator<Item = Token<'a>>>(tokens: I, most: usize) -> String {
    let mut layout = Layout { text: String::with_capacity(most), ..Layout::default() };
    for token in tokens {
        match token {
            Token::Text(text) => layout.text(&decode_text(text)),
            Token::Start(tag) => layout.start(&lower(tag.name)),
            Token::End(name) => layout.end(&lower(name)),
            Token::Frame(_) | Token::Whole(_) => {}
        }
    }
    layout.text
}

/// What is to be written before the next word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
enum Gap {
    #[default]
    None,
    Space,
    Line,
    Block,
}

/// Lays out words in lines and blocks.
#[derive(Debug, Default)]
struct Layout {
    text: String,
    gap: Gap,
    /// A list item has begun and has no word yet.
    item: bool,
    /// How many `<pre>` are open: white space counts inside.
    pre: usize,
}

impl Layout {
    fn start(&mut self, name: &str) {
        match name {
            "br" => self.gap = if self.gap < Gap::Line { Gap::Line } else { Gap::Block },
            "li" => {
                self.widen(Gap::Line);
                self.item = true;
            }
            "td" | "th" => self.widen(Gap::Space),
            "tr" | "dt" | "dd" | "option" => self.widen(Gap::Line),
            _ if is_block(name) && !self.item => self.widen(Gap::Block),
            _ => {}
        }
        self.pre += usize::from(name == "pre");
    }

    fn end(&mut self, name: &str) {
        match name {
            "li" | "tr" | "dt" | "dd" => self.widen(Gap::Line),
            "td" | "th" => self.widen(Gap::Space),
            _ if is_block(name) => self.widen(Gap::Block),
            _ => {}
        }
        self.pre = self.pre.saturating_sub(usize::from(name == "pre"));
    }

    fn widen(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    fn text(&mut self, text: &str) {
        if self.pre > 0 && !text.trim().is_empty() {
            self.flush();
            self.text.push_str(text.trim_end());
            self.gap = if text.ends_with('\n') { Gap::Line } else { Gap::None };
            return;
        }
        let mut rest = text;
        loop {
            let words = rest.trim_start();
            if words.len() < rest.len() {
                self.widen(Gap::Space);
            }
            if words.is_empty() {
                return;
            }
            self.flush();
            let (run, behind) = words.split_at(run_of_words(words));
            self.text.push_str(run);
            rest = behind;
        }
    }

    fn flush(&mut self) {
        if !self.text.is_empty() {
            self.text.push_str(match self.gap {
                Gap::None => "",
                Gap::Space => " ",
                Gap::Line => "\n",
                Gap::Block => "\n\n",
            });
        }
        if std::mem::take(&mut self.item) {
            self.text.push_str("- ");
        }
        self.gap = Gap::None;
    }
}

/// Bytes that [`run_of_words`] looks at together.
const BLOCK: usize = 32;

/// The length of the words that a text begins with, as far as nothing but one space parts them.
fn run_of_words(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let end = at + BLOCK;
        if bytes.get(at..=end).is_some_and(is_run) {
            at = end;
            continue;
        }
        while at < end.min(bytes.len()) {
            if ends_run(text, at) {
                return text[..at].trim_end().len();
            }
            at = text.ceil_char_boundary(at + 1);
        }
    }
    text.trim_end().len()
}

/// Whether there is white space at a place that is more than one space between words.
fn ends_run(text: &str, at: usize) -> bool {
    match text.as_bytes()[at] {
        b' ' => text.as_bytes().get(at + 1) == Some(&b' '),
        b'!'..=b'~' => false,
        _ => text[at..].starts_with(char::is_whitespace),
    }
}

/// Whether these bytes but the last are ASCII, without other white space than single spaces.
fn is_run(block: &[u8]) -> bool {
    // Without a way out in the middle, so that many bytes are compared at once.
    !block.iter().zip(&block[1..]).fold(false, |found, (&byte, &next)| {
        found | !(b' '..=b'~').contains(&byte) | ((byte == b' ') & (next == b' '))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn one_space_between(text: &str) -> String {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    proptest! {
        #[test]
        fn words_are_laid_out_with_one_space_between(text in "([a-z]{0,9}[ ’é\\n\u{1}\u{a0}\u{3000}\u{2028}]){0,30}") {
            prop_assert_eq!(html_block(&format!("<b>{text}</b>")), PlainText::block(&one_space_between(&text)));
        }
    }

    #[test]
    fn a_fragment_becomes_blocks_of_text() {
        let table = [
            ("plain  text", "plain  text"),
            ("<p>One &amp;\n two</p> <p>three<br>four</p>", "One & two\n\nthree\nfour"),
            ("a<br><br>b", "a\n\nb"),
            ("<h2>Head</h2>para<div>x</div>", "Head\n\npara\n\nx"),
            ("Intro<ul><li>one</li>\n<li><p>two</p></li></ul>after", "Intro\n\n- one\n- two\n\nafter"),
            ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
            ("<b>bo</b>ld, a<i> b</i> <script>var x</script>c", "bold, a b c"),
            ("x<style>p{}</style><!-- y --><img alt=z>w", "xw"),
            ("<pre>a\n  b</pre>", "a\n  b"),
            ("one&nbsp;two &lt;b&gt;", "one two <b>"),
            ("", ""),
        ];
        for (html, text) in table {
            assert_eq!(html_block(html).as_str(), text, "{html}");
        }
    }

    #[test]
    fn the_story_is_told_without_the_lines_under_its_pictures() {
        let html = crate::ingest::clean::sanitize(
            "<p>one</p><figure><img src=https://a.example/b.png><figcaption>A <b>mill</b></figcaption></figure><p>two</p>",
            None,
        );
        assert_eq!(story_of(&html).as_str(), "one\n\ntwo");
        assert_eq!(text_of(&html).as_str(), "one\n\nA mill\n\ntwo");
    }

    #[test]
    fn a_title_is_one_line_without_markup() {
        assert_eq!(html_line(" <em>A</em>&#8217;s\n<br>title&nbsp;&hellip; ").as_str(), "A’s title …");
        assert_eq!(html_line("AT&T < 3").as_str(), "AT&T < 3");
    }
}
