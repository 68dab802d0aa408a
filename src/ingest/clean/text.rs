//! Markup to text.

use crate::model::{PlainText, SafeHtml};

/// The text of an HTML fragment, as one line. For titles and names.
#[must_use]
pub fn html_line(html: &str) -> PlainText {
    PlainText::line(html)
}

/// The text of an HTML fragment: blocks parted by one blank line, `<br>` as a line break.
#[must_use]
pub fn html_block(html: &str) -> PlainText {
    PlainText::block(html)
}

/// The text of clean HTML, as [`html_block`].
#[must_use]
pub fn text_of(html: &SafeHtml) -> PlainText {
    html_block(html.as_str())
}

/// Words of a text: runs between white space; in scripts written without spaces, two characters count as one word.
#[must_use]
pub fn count_words(text: &str) -> u32 {
    u32::try_from(text.split_whitespace().count()).unwrap_or(u32::MAX)
}
