//! Character references (HTML §13.2.5.72 to .80), by the table that the HTML parser itself uses. XML's reader of feeds,
//! which has rules of its own, takes its names and numbers from here too.

use std::borrow::Cow;

use markup5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};
use memchr::memchr;

/// The longest name in the table has 32 bytes with its semicolon.
pub(crate) const LONGEST_NAME: usize = 32;

/// Resolves the character references of text between tags.
pub(crate) fn decode_text(text: &str) -> Cow<'_, str> {
    decode(text, false)
}

/// Resolves the character references of an attribute's value, where `&copy=1` is part of a URL.
pub(crate) fn decode_attribute(value: &str) -> Cow<'_, str> {
    decode(value, true)
}

fn decode(text: &str, in_attribute: bool) -> Cow<'_, str> {
    let Some(first) = memchr(b'&', text.as_bytes()) else { return Cow::Borrowed(text) };
    let mut decoded = String::with_capacity(text.len());
    decoded.push_str(&text[..first]);
    let mut rest = &text[first..];
    while !rest.is_empty() {
        let used = reference(rest, in_attribute, &mut decoded).unwrap_or_else(|| {
            decoded.push('&');
            1
        });
        rest = &rest[used..];
        let next = memchr(b'&', rest.as_bytes()).unwrap_or(rest.len());
        decoded.push_str(&rest[..next]);
        rest = &rest[next..];
    }
    Cow::Owned(decoded)
}

/// Resolves the reference at the start of `text`, a `&`; its length in bytes.
pub(super) fn reference(text: &str, in_attribute: bool, out: &mut String) -> Option<usize> {
    if text[1..].starts_with('#') { numeric(text, out) } else { named(text, in_attribute, out) }
}

fn named(text: &str, in_attribute: bool, out: &mut String) -> Option<usize> {
    let name = &text[1..];
    let letters = name.bytes().take(LONGEST_NAME).take_while(u8::is_ascii_alphanumeric).count();
    let closed = name.as_bytes().get(letters) == Some(&b';');
    let longest = letters + usize::from(closed);
    // Without a semicolon the longest known beginning counts: `&notit` is `¬it`.
    let (length, characters) =
        (1..=longest).rev().find_map(|length| Some((length, named_reference(&name[..length])?)))?;
    let next = name.as_bytes().get(length).copied().unwrap_or_default();
    if in_attribute && !name[..length].ends_with(';') && (next == b'=' || next.is_ascii_alphanumeric()) {
        return None;
    }
    out.extend(characters);
    Some(length + 1)
}

/// The one or two characters of a name, which is without its `&` and with its `;`, where it has one.
pub(crate) fn named_reference(name: &str) -> Option<impl Iterator<Item = char> + use<>> {
    let &(first, second) = NAMED_ENTITIES.get(name).filter(|(first, _)| *first != 0)?;
    Some([first, second].into_iter().filter(|&code| code != 0).filter_map(char::from_u32))
}

fn numeric(text: &str, out: &mut String) -> Option<usize> {
    let (code, length) = numeric_reference(&text[2..])?;
    out.push(character(code));
    Some(length + 2)
}

/// Reads `123;` or `x1F;` (the semicolon may be missing): the number, and its length with the semicolon. `None` where
/// there is no digit.
pub(crate) fn numeric_reference(text: &str) -> Option<(u32, usize)> {
    let (radix, from) = if text.starts_with(['x', 'X']) { (16, 1) } else { (10, 0) };
    let digits = text[from..].bytes().take_while(|&byte| char::from(byte).is_digit(radix)).count();
    if digits == 0 {
        return None;
    }
    let end = from + digits;
    let code = u32::from_str_radix(&text[from..end], radix).unwrap_or(u32::MAX);
    Some((code, end + usize::from(text[end..].starts_with(';'))))
}

/// The character of a number: zero, surrogates and numbers too great become U+FFFD; 128 to 159 are read as
/// windows-1252, as every browser does.
pub(crate) fn character(code: u32) -> char {
    if let 0x80..=0x9f = code {
        let replaced = usize::try_from(code - 0x80).ok().and_then(|index| C1_REPLACEMENTS[index]);
        return replaced.or_else(|| char::from_u32(code)).unwrap_or(char::REPLACEMENT_CHARACTER);
    }
    char::from_u32(code).filter(|&c| c != '\0').unwrap_or(char::REPLACEMENT_CHARACTER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved_as_a_browser_does() {
        let table = [
            ("a &amp; b &lt;c&gt;", "a & b <c>"),
            ("&eacute;&hellip;&ngE;", "é…≧\u{338}"),
            ("&copy 2024 &notit; &AMP;", "© 2024 ¬it; &"),
            ("&#8217;&#x2019;&#146;&#0;&#xD800;&#99999999999;", "’’’\u{fffd}\u{fffd}\u{fffd}"),
            ("& &; &# &#x; &nosuch; AT&T", "& &; &# &#x; &nosuch; AT&T"),
        ];
        for (text, decoded) in table {
            assert_eq!(decode_text(text), decoded, "{text}");
        }
    }

    #[test]
    fn in_an_attribute_a_query_parameter_is_no_reference() {
        assert_eq!(decode_attribute("?a=1&copy=2&amp;b=3&region=x"), "?a=1&copy=2&b=3&region=x");
        assert_eq!(decode_text("?a=1&copy=2"), "?a=1©=2");
    }
}
