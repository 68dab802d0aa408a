//! What is said about a document's encoding: HTTP's charset, the XML declaration, an HTML `<meta>`.

use encoding_rs::Encoding;

use super::label::encoding_for;

/// Declarations are looked for in this many bytes at the front.
const HEAD_BYTES: usize = 1024;

/// The encodings declared for an eight-bit document, the most trusted first. Names that are none, and names of
/// encodings that are not eight-bit, are passed over. JSON is UTF-8 by definition (RFC 8259 §8.1), so a charset
/// counts for it only where the bytes are not.
pub(super) fn encodings(bytes: &[u8], content_type: Option<&str>) -> Vec<&'static Encoding> {
    let head = bytes.get(..HEAD_BYTES).unwrap_or(bytes);
    let json = head.trim_ascii_start().starts_with(b"{");
    let utf8 = json.then_some(encoding_rs::UTF_8);
    let http = content_type.and_then(http_charset).and_then(encoding_for);
    utf8.into_iter().chain(http).chain(in_document(head).and_then(encoding_for)).collect()
}

/// The `charset` parameter of a `Content-Type` (RFC 9110 §8.3.1).
fn http_charset(content_type: &str) -> Option<&str> {
    content_type.split([';', ',']).find_map(|parameter| {
        let (name, value) = parameter.split_once(['=', ':'])?;
        name.trim().eq_ignore_ascii_case("charset").then_some(value)
    })
}

/// The `encoding` of the XML declaration, also behind blank lines or junk; in a page, the `charset` of a `<meta>`.
fn in_document(head: &[u8]) -> Option<&str> {
    match after(head, b"<?xml") {
        Some(declaration) => {
            let end = declaration.iter().position(|&byte| byte == b'>').unwrap_or(declaration.len());
            value_behind(declaration.get(..end)?, b"encoding")
        }
        None => value_behind(after(head, b"<meta")?, b"charset"),
    }
}

/// The value in `name = "value"`, with or without its quotes.
fn value_behind<'a>(text: &'a [u8], name: &[u8]) -> Option<&'a str> {
    let value = after(text, name)?.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
    let end = value.iter().position(|byte| b"\"'<>?;/ \t\r\n".contains(byte)).unwrap_or(value.len());
    std::str::from_utf8(value.get(..end)?).ok()
}

/// What stands behind the first `needle`, found without regard to case.
fn after<'a>(text: &'a [u8], needle: &[u8]) -> Option<&'a [u8]> {
    let at = text.windows(needle.len()).position(|window| window.eq_ignore_ascii_case(needle))?;
    text.get(at + needle.len()..)
}
