//! What is said about a document's encoding: HTTP's charset, the XML declaration, an HTML `<meta>`.

use super::charset::Charset;
use super::label::{charset_for, is_wide};

/// Declarations are looked for in this many bytes at the front.
const HEAD_BYTES: usize = 1024;

/// One thing said about the encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Claim<'a> {
    /// The name as written.
    pub(super) label: &'a str,
    /// What it means; nothing if it is no name that is known.
    pub(super) charset: Option<Charset>,
}

impl<'a> Claim<'a> {
    fn of(label: &'a str) -> Self {
        Self { label, charset: charset_for(label) }
    }

    /// Whether it names seven-bit ASCII, which bytes beyond that contradict: then it means windows-1252 if nothing
    /// else is said.
    pub(super) fn is_ascii(self) -> bool {
        let label = self.label.to_ascii_lowercase();
        self.charset.is_some() && ["ascii", "646", "x3.4", "367"].iter().any(|name| label.contains(name))
    }

    /// Whether it names UTF-16 or UTF-32.
    pub(super) fn is_wide(self) -> bool {
        self.charset.is_none() && is_wide(self.label)
    }
}

/// All that is said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Claims<'a> {
    pub(super) http: Option<Claim<'a>>,
    pub(super) document: Option<Claim<'a>>,
    /// JSON is UTF-8 by definition (RFC 8259 §8.1): a charset counts for it only where the bytes are not.
    pub(super) is_json: bool,
}

impl<'a> Claims<'a> {
    /// Reads what HTTP and the front of the document say. A `text/*` type without a charset says nothing: that it
    /// would mean US-ASCII (RFC 3023 §3.1) was true of no server, and RFC 7303 has taken it back.
    pub(super) fn read(bytes: &'a [u8], content_type: Option<&'a str>) -> Self {
        let head = bytes.get(..HEAD_BYTES).unwrap_or(bytes);
        Self {
            http: content_type.and_then(http_charset).map(Claim::of),
            document: in_document(head).map(Claim::of),
            is_json: head.trim_ascii_start().starts_with(b"{"),
        }
    }

    /// The claims, the most trusted first.
    pub(super) fn all(&self) -> impl Iterator<Item = Claim<'a>> {
        let json = self.is_json.then_some(Claim { label: "utf-8", charset: Some(Charset::UTF_8) });
        json.into_iter().chain(self.http).chain(self.document)
    }

    /// The encodings that are claimed for bytes beyond ASCII, the most trusted first.
    pub(super) fn charsets_beyond_ascii(&self) -> impl Iterator<Item = Charset> {
        let (ascii, more): (Vec<_>, Vec<_>) = self.all().partition(|claim| claim.is_ascii());
        more.into_iter().chain(ascii).filter_map(|claim| claim.charset)
    }

    /// The encodings that are claimed, the most trusted first.
    pub(super) fn charsets(&self) -> impl Iterator<Item = Charset> {
        self.all().filter_map(|claim| claim.charset)
    }
}

/// The `charset` parameter of a `Content-Type` (RFC 9110 §8.3.1).
fn http_charset(content_type: &str) -> Option<&str> {
    content_type.split([';', ',']).find_map(|parameter| {
        let (name, value) = parameter.split_once(['=', ':'])?;
        // Behind a blank where there should be a semicolon, too.
        let name = name.split_ascii_whitespace().next_back()?;
        let value = value.trim_matches(|c: char| c.is_ascii_whitespace() || c == '"' || c == '\'');
        (name.eq_ignore_ascii_case("charset") && !value.is_empty()).then_some(value)
    })
}

/// The `encoding` of the XML declaration, also behind blank lines or junk; in a page, the `charset` of a `<meta>`.
pub(super) fn in_document(head: &[u8]) -> Option<&str> {
    match tag(head, b"?xml") {
        Some(declaration) => {
            let end = declaration.iter().position(|&byte| byte == b'>').unwrap_or(declaration.len());
            value_behind(declaration.get(..end)?, b"encoding")
        }
        None => value_behind(tag(head, b"meta")?, b"charset"),
    }
}

/// What stands behind the first `<` with that name and a blank.
fn tag<'a>(head: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    memchr::memchr_iter(b'<', head).find_map(|at| {
        let (found, rest) = head.get(at + 1..)?.split_at_checked(name.len())?;
        (found.eq_ignore_ascii_case(name) && rest.first()?.is_ascii_whitespace()).then_some(rest)
    })
}

/// The value in `name = "value"`, with or without its quotes.
fn value_behind<'a>(text: &'a [u8], name: &[u8]) -> Option<&'a str> {
    let value = after(text, name)?.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
    let end = value.iter().position(|byte| b"\"'<>?;/ \t\r\n".contains(byte)).unwrap_or(value.len());
    std::str::from_utf8(value.get(..end)?).ok().filter(|value| !value.is_empty())
}

/// What stands behind the first `needle`, found without regard to case.
fn after<'a>(text: &'a [u8], needle: &[u8]) -> Option<&'a [u8]> {
    let at = text.windows(needle.len()).position(|window| window.eq_ignore_ascii_case(needle))?;
    text.get(at + needle.len()..)
}
