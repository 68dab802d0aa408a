//! Clean HTML to text.

use super::clean::{PlainText, SafeHtml};

/// Elements that stand in a line; every other one is a block. `br` and `wbr` have cases of their own.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
    "i", "img", "ins", "kbd", "label", "mark", "meter", "picture", "q", "rb", "rp", "rt", "rtc", "ruby", "s",
    "samp", "small", "source", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
];

/// The text of clean HTML: blocks parted by one blank line, `<br>` as a line break, white space folded but in `<pre>`.
/// One pass, and no memory but the text's.
///
/// Only for what the sanitizer wrote: balanced tags, quoted attributes, no scripts, and no named entities but those
/// that a serializer writes.
#[must_use]
pub fn text_of(html: &SafeHtml) -> PlainText {
    let mut text = Text { written: String::with_capacity(html.as_str().len()), gap: Gap::None, pre: 0 };
    let mut rest = html.as_str();
    while let Some(start) = rest.find('<') {
        text.push(&rest[..start]);
        let end = tag_end(&rest[start..]);
        text.tag(&rest[start..start + end]);
        rest = &rest[start + end..];
    }
    text.push(rest);
    PlainText::block(&text.written)
}

/// The length of the tag that `html` begins with; a `>` inside a quoted attribute does not end it.
fn tag_end(html: &str) -> usize {
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    html.len()
}

/// What parts the next text from the last one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Space,
    Line,
    Block,
}

struct Text {
    written: String,
    gap: Gap,
    /// How many `<pre>` are open.
    pre: usize,
}

impl Text {
    fn tag(&mut self, tag: &str) {
        let closes = tag.starts_with("</");
        let name = tag.trim_start_matches(['<', '/']);
        let name = &name[..name.bytes().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(name.len())];
        match name {
            "br" => self.part(Gap::Line),
            "pre" => {
                self.part(Gap::Block);
                self.pre = if closes { self.pre.saturating_sub(1) } else { self.pre + 1 };
            }
            _ if INLINE.binary_search(&name).is_ok() => {}
            _ => self.part(Gap::Block),
        }
    }

    fn part(&mut self, gap: Gap) {
        // Two line breaks are how many a page parts its paragraphs.
        self.gap = if gap == Gap::Line && self.gap == Gap::Line { Gap::Block } else { self.gap.max(gap) };
    }

    fn push(&mut self, html: &str) {
        let mut rest = html;
        while let Some(at) = rest.find('&') {
            self.push_raw(&rest[..at]);
            rest = &rest[at..];
            let (character, length) = entity(rest);
            self.push_raw(character.encode_utf8(&mut [0; 4]));
            rest = &rest[length..];
        }
        self.push_raw(rest);
    }

    fn push_raw(&mut self, text: &str) {
        if self.pre > 0 {
            self.close_gap();
            return self.written.push_str(text);
        }
        let mut rest = text;
        loop {
            let words = rest.trim_ascii_start();
            if words.len() < rest.len() {
                self.part(Gap::Space);
            }
            if words.is_empty() {
                return;
            }
            self.close_gap();
            let end = wide_space(words.as_bytes());
            self.written.push_str(&words[..end]);
            rest = &words[end..];
        }
    }

    fn close_gap(&mut self) {
        if !self.written.is_empty() {
            self.written.push_str(match self.gap {
                Gap::None => "",
                Gap::Space => " ",
                Gap::Line => "\n",
                Gap::Block => "\n\n",
            });
        }
        self.gap = Gap::None;
    }
}

/// Where the first white space stands that is not one space between words, or the end.
fn wide_space(bytes: &[u8]) -> usize {
    let is_wide = |at: usize| match bytes[at] {
        b' ' => bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace),
        byte => byte.is_ascii_whitespace(),
    };
    (0..bytes.len()).find(|&at| is_wide(at)).unwrap_or(bytes.len())
}

/// The character that the text's first bytes, `&` and on, stand for, and how many bytes they are. What is no entity
/// of a serializer stands for itself.
fn entity(text: &str) -> (char, usize) {
    const LONGEST: usize = "&#x10ffff;".len();
    let itself = ('&', 1);
    let Some(end) = text.bytes().take(LONGEST).position(|byte| byte == b';') else { return itself };
    let character = match &text[1..end] {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        name => name.strip_prefix('#').and_then(number).and_then(char::from_u32),
    };
    character.map_or(itself, |character| (character, end + 1))
}

/// `233` or `xe9`.
fn number(digits: &str) -> Option<u32> {
    match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => digits.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(html: &str) -> String {
        text_of(&SafeHtml::vouched(html.to_owned())).as_str().to_owned()
    }

    #[test]
    fn inline_elements_are_sorted_for_the_search() {
        assert!(INLINE.is_sorted());
    }

    #[test]
    fn blocks_are_parted_by_one_blank_line_and_br_is_a_line() {
        for (html, expected) in [
            ("<p>One <b>b</b>old\n word.</p>\n<p>Two.</p>", "One bold word.\n\nTwo."),
            ("<div><div><p>One</p></div></div><ul><li>a</li><li>b</li></ul>", "One\n\na\n\nb"),
            ("a<br>b<br><br>c", "a\nb\n\nc"),
            ("<h2> Head </h2>tail ", "Head\n\ntail"),
            ("one <em> two</em> three", "one two three"),
            ("<pre>a\n  b <i>c</i>\n</pre><p>d", "a\n  b c\n\n\nd"),
            ("<table><tr><td>a</td><td>b</td></tr></table>", "a\n\nb"),
            ("", ""),
        ] {
            assert_eq!(text(html), expected, "{html}");
        }
    }

    #[test]
    fn entities_are_read_once_and_attributes_are_no_text() {
        for (html, expected) in [
            (
                "AT&amp;T &lt;b&gt; &quot;q&quot; &#39;s&#x2019; a&nbsp;b",
                "AT&T <b> \"q\" 's\u{2019} a\u{a0}b",
            ),
            ("&amp;lt;", "&lt;"),
            ("a & b &unknown; &#; &#xffffffffff;", "a & b &unknown; &#; &#xffffffffff;"),
            ("é&é;&", "é&é;&"),
            ("<a href=\"https://example.org/?a>b\" title='>'>x</a>", "x"),
            ("<img src=\"https://example.org/i.png\" alt=\"no\">y", "y"),
            ("z<a", "z"),
        ] {
            assert_eq!(text(html), expected, "{html}");
        }
    }

    #[test]
    fn a_text_made_html_is_the_text_again() {
        let plain = PlainText::block("One & <two>\n\n\"Three\"");
        assert_eq!(text_of(&SafeHtml::from_text(&plain)), plain);
    }
}
