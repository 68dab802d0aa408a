//! Character references (HTML §13.2.5.72 to .80), by the table that the HTML parser itself uses.

use std::borrow::Cow;

use markup5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};

/// The longest name in the table has 32 bytes with its semicolon.
const LONGEST: usize = 33;

/// Resolves the character references of text between tags.
pub(crate) fn decode_text(text: &str) -> Cow<'_, str> {
    decode(text, false)
}

/// Resolves the character references of an attribute's value, where `&copy=1` is part of a URL.
pub(crate) fn decode_attribute(value: &str) -> Cow<'_, str> {
    decode(value, true)
}

fn decode(text: &str, in_attribute: bool) -> Cow<'_, str> {
    let Some(first) = text.find('&') else { return Cow::Borrowed(text) };
    let mut decoded = String::with_capacity(text.len());
    decoded.push_str(&text[..first]);
    let mut rest = &text[first..];
    while !rest.is_empty() {
        let used = reference(rest, in_attribute, &mut decoded).unwrap_or_else(|| {
            decoded.push('&');
            1
        });
        rest = &rest[used..];
        let next = rest.find('&').unwrap_or(rest.len());
        decoded.push_str(&rest[..next]);
        rest = &rest[next..];
    }
    Cow::Owned(decoded)
}

/// Resolves the reference at the start of `text`, a `&`; its length in bytes.
fn reference(text: &str, in_attribute: bool, out: &mut String) -> Option<usize> {
    if text[1..].starts_with('#') { numeric(text, out) } else { named(text, in_attribute, out) }
}

fn named(text: &str, in_attribute: bool, out: &mut String) -> Option<usize> {
    let name = &text[1..];
    let letters = name.bytes().take(LONGEST).take_while(u8::is_ascii_alphanumeric).count();
    let closed = name.as_bytes().get(letters) == Some(&b';');
    let longest = letters + usize::from(closed);
    // Without a semicolon the longest known beginning counts: `&notit` is `¬it`.
    let (length, &(first, second)) = (1..=longest).rev().find_map(|length| {
        let known = NAMED_ENTITIES.get(&name[..length]).filter(|(first, _)| *first != 0)?;
        Some((length, known))
    })?;
    let next = name.as_bytes().get(length).copied().unwrap_or_default();
    if in_attribute && !name[..length].ends_with(';') && (next == b'=' || next.is_ascii_alphanumeric()) {
        return None;
    }
    out.extend([first, second].into_iter().filter(|&code| code != 0).filter_map(char::from_u32));
    Some(length + 1)
}

fn numeric(text: &str, out: &mut String) -> Option<usize> {
    let hex = text[2..].starts_with(['x', 'X']);
    let from = 2 + usize::from(hex);
    let radix = if hex { 16 } else { 10 };
    let digits = text[from..].chars().take_while(|c| c.is_digit(radix)).count();
    if digits == 0 {
        return None;
    }
    let code = u32::from_str_radix(&text[from..from + digits], radix).unwrap_or(u32::MAX);
    out.push(character(code));
    let closed = text[from + digits..].starts_with(';');
    Some(from + digits + usize::from(closed))
}

/// The character of a number: zero, surrogates and numbers too great become U+FFFD; 128 to 159 are read as
/// windows-1252, as every browser does.
fn character(code: u32) -> char {
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
