//! Cleanliness as a type: what a renderer accepts. The only ways in are the functions below.

use std::fmt;

use serde::{Deserialize, Serialize};
use url::Url;

/// Text without markup: no character that XML 1.0 forbids (§2.2), no surrounding white space.
/// May hold line breaks; [`PlainText::line`] folds them.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "String")]
pub struct PlainText(String);

impl From<String> for PlainText {
    /// As [`PlainText::block`]: reading a text from anywhere cleans it.
    fn from(text: String) -> Self {
        Self::block(&text)
    }
}

impl From<PlainText> for String {
    fn from(text: PlainText) -> Self {
        text.0
    }
}

impl PlainText {
    /// Cleans a text that may have several lines: forbidden characters go, line ends become `\n`, the ends are trimmed.
    #[must_use]
    pub fn block(text: &str) -> Self {
        // Nearly every text is clean already, and bodies are long. A `\r` is not clean.
        if is_xml_text(text) {
            return Self(text.trim().to_owned());
        }
        let unix = text.replace("\r\n", "\n").replace('\r', "\n");
        let kept: String = unix.chars().filter(|&c| is_xml_char(c)).collect();
        Self(kept.trim().to_owned())
    }

    /// Cleans a text that is one line: as [`PlainText::block`], and every run of white space becomes one space.
    #[must_use]
    pub fn line(text: &str) -> Self {
        let text = text.trim_ascii();
        if is_plain_line(text) {
            return Self(text.to_owned());
        }
        let mut kept = String::with_capacity(text.len());
        for word in text.split_whitespace() {
            if !kept.is_empty() {
                kept.push(' ');
            }
            if is_xml_text(word) {
                kept.push_str(word);
            } else {
                kept.extend(word.chars().filter(|&c| is_xml_char(c)));
            }
        }
        kept.truncate(kept.trim_end().len());
        Self(kept)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nothing is left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for PlainText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Whether a text without white space around it is one line as it stands: ASCII that can be seen, with one space between
/// words. Without a way out in the middle, so that many bytes are compared at once.
fn is_plain_line(text: &str) -> bool {
    let bytes = text.as_bytes();
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    let is_seen = bytes.iter().fold(true, |all, byte| all & (b' '..=b'~').contains(byte));
    is_seen && !pairs.fold(false, |found, (&one, &next)| found | ((one == b' ') & (next == b' ')))
}

/// `Char` of XML 1.0 §2.2, less the C1 controls and non-characters that the recommendation discourages.
pub(crate) fn is_xml_char(c: char) -> bool {
    match c {
        '\t' | '\n' => true,
        '\u{7f}'..='\u{9f}' => c == '\u{85}',
        '\u{fdd0}'..='\u{fdef}' => false,
        _ => c >= ' ' && (c as u32) & 0xfffe != 0xfffe,
    }
}

/// Bytes that [`is_xml_text`] looks at together.
const BLOCK: usize = 128;

/// Whether every character of a text is an [XML character](is_xml_char). Looks at the characters only where a byte may
/// belong to one that is not.
pub(crate) fn is_xml_text(text: &str) -> bool {
    let mut at = 0;
    for block in text.as_bytes().chunks(BLOCK) {
        let end = at + block.len();
        if may_be_forbidden(block) {
            let around = &text[text.floor_char_boundary(at)..text.ceil_char_boundary(end)];
            if !around.chars().all(is_xml_char) {
                return false;
            }
        }
        at = end;
    }
    true
}

/// Whether a byte may belong to a character that is forbidden. In ASCII those are all controls but two; elsewhere only
/// what begins with `0xc2` (C1 controls) or from `0xef` up (the non-characters of the planes). Without a way out in the
/// middle and with few operations a byte, so that many are compared at once.
fn may_be_forbidden(bytes: &[u8]) -> bool {
    // The least byte, the least one from 0x0b up, the nearest to 0x7f and to 0xc2, the greatest.
    let (mut low, mut middle, mut delete, mut c1, mut high) = (u8::MAX, u8::MAX, u8::MAX, u8::MAX, 0);
    for &byte in bytes {
        low = low.min(byte);
        middle = middle.min(byte.wrapping_sub(0x0b));
        delete = delete.min(byte ^ 0x7f);
        c1 = c1.min(byte ^ 0xc2);
        high = high.max(byte);
    }
    low < b'\t' || middle < b' ' - 0x0b || delete == 0 || c1 == 0 || high >= 0xef
}

/// HTML that is safe to show in any reader: sanitised, balanced, absolute URLs, no character that XML forbids.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct SafeHtml(String);

impl SafeHtml {
    /// Vouches for HTML that the sanitizer wrote. Called by the sanitizer and by the stores, which had it
    /// from there; `clippy.toml` refuses it everywhere else.
    pub(crate) fn vouched(html: String) -> Self {
        Self(html)
    }

    /// A text as HTML: one `<p>` for each block between blank lines.
    #[must_use]
    pub fn from_text(text: &PlainText) -> Self {
        let blocks = text.as_str().split("\n\n").map(str::trim).filter(|block| !block.is_empty());
        Self(blocks.map(|block| format!("<p>{}</p>", escape(block))).collect())
    }

    /// A paragraph `before <a href=url>label</a>`; without a URL the label stands alone. For credit lines.
    #[must_use]
    pub fn link_line(before: &str, label: &PlainText, url: Option<&Url>) -> Self {
        let label = escape(label.as_str());
        let linked = match url {
            Some(url) => {
                format!("<a href=\"{}\" rel=\"noopener noreferrer\">{label}</a>", escape(url.as_str()))
            }
            None => label,
        };
        Self(format!("<p>{} {linked}</p>", escape(before)))
    }

    /// This HTML with the other behind it.
    #[must_use]
    pub fn followed_by(mut self, next: &Self) -> Self {
        self.0.push_str(&next.0);
        self
    }

    /// A link with a picture in it and the label as its text; without a picture the label stands there.
    #[must_use]
    pub fn picture_link(label: &PlainText, url: &Url, picture: Option<&Url>) -> Self {
        let label = escape(label.as_str());
        let shown = match picture {
            Some(picture) => format!("<img src=\"{}\" alt=\"{label}\">", escape(picture.as_str())),
            None => label,
        };
        Self(format!("<a href=\"{}\" rel=\"noopener noreferrer\">{shown}</a>", escape(url.as_str())))
    }

    /// This HTML with each frame replaced by what `instead` makes of it, from its `<` to the end of its `</iframe>`.
    /// In clean HTML a `<` is nothing but the beginning of a tag, and a frame is empty.
    #[must_use]
    pub fn with_frames_as(self, instead: impl Fn(&str) -> Self) -> Self {
        const END: &str = "</iframe>";
        let mut replaced = String::new();
        let mut rest = self.0.as_str();
        while let Some(start) = rest.find("<iframe ") {
            let (before, frame) = rest.split_at(start);
            let (frame, behind) = frame.split_at(frame.find(END).map_or(frame.len(), |end| end + END.len()));
            replaced.push_str(before);
            replaced.push_str(instead(frame).as_str());
            rest = behind;
        }
        if rest.len() == self.0.len() {
            return self;
        }
        replaced.push_str(rest);
        Self(replaced)
    }

    /// The HTML.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nothing is left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.trim().is_empty()
    }
}

/// Escapes text for use in HTML content and double-quoted attributes.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'&' | b'<' | b'>' | b'"')) {
        escaped.push_str(&rest[..at]);
        escaped.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ => "&quot;",
        });
        rest = &rest[at + 1..];
    }
    escaped.push_str(rest);
    escaped
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_line_is_its_words_with_one_space_between(text in "([ \\t\\n]{1,2}|[!-~]{1,5}|\u{b}|\u{7f}|\u{85}|\\PC){0,12}") {
            let kept = |word: &str| word.chars().filter(|&c| is_xml_char(c)).collect::<String>();
            let words: Vec<String> = text.split_whitespace().map(kept).collect();
            prop_assert_eq!(PlainText::line(&text), PlainText(words.join(" ").trim().to_owned()));
        }
    }

    #[test]
    fn plain_text_has_no_character_that_xml_forbids() {
        assert_eq!(PlainText::line(" a\u{0}\u{b}b \u{fffe}c\r\n d\u{1b} ").as_str(), "a b c d");
        assert_eq!(PlainText::block("a\r\n\r\nb\u{8}\r").as_str(), "a\n\nb");
    }

    #[test]
    fn a_text_is_xml_exactly_if_each_of_its_characters_is() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_xml_text(c.encode_utf8(&mut [0; 4])), is_xml_char(c), "{c:?}");
        }
        for before in 0..2 * BLOCK {
            for (c, is_xml) in
                [("\u{0}", false), ("\u{9f}", false), ("\u{1ffff}", false), ("«\u{85}\u{fffd}", true)]
            {
                let text = format!("{}{c}é", "x".repeat(before));
                assert_eq!(is_xml_text(&text), is_xml, "{text:?}");
            }
        }
    }

    #[test]
    fn text_becomes_escaped_paragraphs() {
        let html = SafeHtml::from_text(&PlainText::block("a < b\n\n\"c\" & d"));
        assert_eq!(html.as_str(), "<p>a &lt; b</p><p>&quot;c&quot; &amp; d</p>");
    }
}
