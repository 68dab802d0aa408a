//! Texts: what kind they are, in which language, on which base.

use super::html::{line_looks_like_html, looks_like_html};
use super::inline::{CharacterData, without_wrapper};
use super::reader::Reader;
use super::xml::names::Module;
use super::xml::tree::Element;
use crate::model::parts::{Text, TextKind};

/// How an Atom text says that it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Writing {
    /// Character data: text, or HTML with its markup escaped.
    Characters,
    /// XHTML or other markup in place.
    Markup,
    Base64,
}

/// What the element itself says of what is in it, asked before that is read: it ends with the element.
#[derive(Debug, Default)]
pub(super) struct Own {
    pub(super) language: Option<String>,
    pub(super) base: Option<String>,
}

impl<'a> Reader<'a> {
    /// A text whose format does not say what it is: HTML if it looks like it (RSS).
    pub(super) fn guessed_text(&mut self, element: &Element<'a>) -> Text {
        self.guessed(element, looks_like_html)
    }

    /// As [`Reader::guessed_text`], for headlines and the like.
    pub(super) fn guessed_line(&mut self, element: &Element<'a>) -> Text {
        self.guessed(element, line_looks_like_html)
    }

    fn guessed(&mut self, element: &Element<'a>, is_html: fn(&str) -> bool) -> Text {
        let own = self.own();
        let inline = self.inline(element, CharacterData::Html);
        let html = inline.has_markup || is_html(&inline.value);
        self.told(own, inline.value.into_owned(), if html { TextKind::Html } else { TextKind::Plain })
    }

    /// A text that is HTML by definition (`content:encoded`).
    pub(super) fn html_text(&mut self, element: &Element<'a>) -> Text {
        let own = self.own();
        let value = self.inline(element, CharacterData::Html).value.into_owned();
        self.told(own, value, TextKind::Html)
    }

    /// Markup in place (`xhtml:body`).
    pub(super) fn markup_text(&mut self, element: &Element<'a>) -> Text {
        let own = self.own();
        let value = self.inline(element, CharacterData::Text).value;
        self.told(own, value.into_owned(), TextKind::Html)
    }

    /// A text that says in `type` (RFC 4287 §3.1, §4.1.3.3) and, in Atom 0.3, `mode` what it is; in other formats
    /// one that says nothing is looked at.
    pub(super) fn typed_text(&mut self, element: &Element<'a>) -> Text {
        self.typed(element, looks_like_html)
    }

    /// As [`Reader::typed_text`], for headlines and the like.
    pub(super) fn typed_line(&mut self, element: &Element<'a>) -> Text {
        self.typed(element, line_looks_like_html)
    }

    fn typed(&mut self, element: &Element<'a>, is_html: fn(&str) -> bool) -> Text {
        if element.attributes.is_empty() && element.module != Module::Atom {
            return self.guessed(element, is_html);
        }
        let media_type = self.attribute(element, "type").unwrap_or_default().to_ascii_lowercase();
        // Without parameters, such as a charset.
        let media_type = media_type.split(';').next().unwrap_or_default().trim_end();
        let mode = self.attribute(element, "mode").unwrap_or_default().to_ascii_lowercase();
        let src = self.attribute_url(element, "src");
        let mut text = if media_type.is_empty() && mode.is_empty() && element.module != Module::Atom {
            self.guessed(element, is_html)
        } else {
            self.written_text(element, writing(media_type, &mode), kind(media_type))
        };
        text.src = src;
        text
    }

    /// Plain text, with what is in force around it.
    pub(super) fn plain_text(&self, value: String) -> Text {
        self.told(Own::default(), value, TextKind::Plain)
    }

    fn written_text(&mut self, element: &Element<'a>, writing: Writing, kind: TextKind) -> Text {
        let own = self.own();
        match writing {
            Writing::Characters => {
                let inline = self.inline(element, CharacterData::Html);
                if inline.has_markup {
                    // XHTML that does not say so.
                    let value = self.unwrapped(&inline.value).to_owned();
                    return self.told(own, value, TextKind::Html);
                }
                self.told(own, inline.value.into_owned(), kind)
            }
            Writing::Markup => {
                let inline = self.inline(element, CharacterData::Text);
                match kind {
                    TextKind::Plain if !inline.has_markup => self.told(own, unescaped(&inline.value), kind),
                    _ => self.told(own, self.unwrapped(&inline.value).to_owned(), TextKind::Html),
                }
            }
            Writing::Base64 => {
                let raw = self.text(element);
                let decoded = decode_base64(&raw).and_then(|bytes| String::from_utf8(bytes).ok());
                self.told(own, decoded.map_or_else(|| raw.into_owned(), |text| text.trim().to_owned()), kind)
            }
        }
    }

    /// XHTML without what only wraps it.
    fn unwrapped<'t>(&self, html: &'t str) -> &'t str {
        if self.has_wrappers { without_wrapper(html) } else { html }
    }

    /// What the element just opened says of what is in it.
    pub(super) fn own(&self) -> Own {
        let (base, language) = self.tree.own_scope();
        Own {
            language: if language { self.tree.language().map(str::to_owned) } else { None },
            base: if base { self.tree.base().map(str::to_owned) } else { None },
        }
    }

    /// A text, with what its element said of it or what is in force around it.
    fn told(&self, own: Own, value: String, kind: TextKind) -> Text {
        let language = own.language.or_else(|| self.tree.language().map(str::to_owned));
        // The document's own URL is no base of plain text: nothing in it is relative.
        let around = match kind {
            TextKind::Html => self.tree.base(),
            TextKind::Plain => self.tree.declared_base(),
        };
        let base = own.base.or_else(|| around.map(str::to_owned));
        Text { value, kind, language, base, src: None }
    }
}

fn writing(media_type: &str, mode: &str) -> Writing {
    match (mode, media_type) {
        ("base64", _) => Writing::Base64,
        ("escaped", _) => Writing::Characters,
        ("xml", _) => Writing::Markup,
        (_, other) if other == "xhtml" || other.ends_with("+xml") || other.ends_with("/xml") => {
            Writing::Markup
        }
        (_, other) if other.starts_with("text/") || !other.contains('/') => Writing::Characters,
        _ => Writing::Base64,
    }
}

/// Undoes the escaping of character data.
fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

fn kind(media_type: &str) -> TextKind {
    match media_type {
        "html" | "xhtml" | "text/html" | "application/xhtml+xml" => TextKind::Html,
        _ => TextKind::Plain,
    }
}

/// Decodes base64 (RFC 4648 §4), white space allowed. Nothing if there is anything else in it.
fn decode_base64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut pending, mut bits) = (0_u32, 0_u32);
    for byte in text.bytes().filter(|byte| !byte.is_ascii_whitespace()) {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => continue,
            _ => return None,
        };
        pending = pending << 6 | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(pending >> bits & 0xff).unwrap_or_default());
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_decoded_and_anything_else_is_none() {
        assert_eq!(decode_base64("PHA+\n aGk8L3A+"), Some(b"<p>hi</p>".to_vec()));
        assert_eq!(decode_base64("aGk="), Some(b"hi".to_vec()));
        assert_eq!(decode_base64("not base64!"), None);
    }
}
