//! Names that are URIs: made ones, and other people's brought into the form that RFC 3986 asks for.

use std::borrow::Cow;

use url::Url;

/// `urn:uuid:` made from these parts (RFC 9562 §5.8, version 8, of a BLAKE3 digest): equal parts, equal name.
#[must_use]
pub fn urn_uuid(parts: &[&str]) -> String {
    let mut named = Vec::new();
    for part in parts {
        named.extend_from_slice(&(part.len() as u64).to_le_bytes());
        named.extend_from_slice(part.as_bytes());
    }
    let mut digest = *blake3::hash(&named).as_bytes();
    digest[6] = digest[6] & 0x0f | 0x80;
    digest[8] = digest[8] & 0x3f | 0x80;
    let hex = blake3::Hash::from_bytes(digest).to_hex();
    format!("urn:uuid:{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..32])
}

/// Whether the text is an absolute URI as far as its scheme goes: a scheme (RFC 3986 §3.1), and behind it what that scheme
/// asks for. A `tag:` has a date (RFC 4151 §2.1), a `urn:` a namespace (RFC 8141 §2), an `http:` a host.
#[must_use]
pub fn is_absolute(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    match scheme.to_ascii_lowercase().as_str() {
        "tag" => is_tag(rest),
        "urn" => is_urn(rest),
        "http" | "https" => {
            rest.starts_with("//")
                && !rest.starts_with("///")
                && Url::parse(text).is_ok_and(|url| url.has_host())
        }
        scheme => is_scheme(scheme) && !rest.is_empty(),
    }
}

/// Whether a reference begins with a scheme (RFC 3986 §3.1).
#[must_use]
pub fn has_scheme(reference: &str) -> bool {
    reference.split_once(':').is_some_and(|(scheme, _)| is_scheme(scheme))
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

/// `authority,date:specific`.
fn is_tag(rest: &str) -> bool {
    let Some((authority, dated)) = rest.split_once(',') else { return false };
    let date = dated.split(':').next().unwrap_or("");
    let digits = |part: &str, count| part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit());
    let mut parts = date.splitn(3, '-');
    !authority.is_empty()
        && dated.len() > date.len() + 1
        && parts.next().is_some_and(|year| digits(year, 4))
        && parts.all(|part| digits(part, 2))
}

/// `namespace:specific`; in the namespace `uuid`, one.
fn is_urn(rest: &str) -> bool {
    let Some((namespace, specific)) = rest.split_once(':') else { return false };
    if namespace.eq_ignore_ascii_case("uuid") {
        let lengths = specific.split('-').map(str::len);
        let hex = specific.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit());
        return hex && lengths.eq([8, 4, 4, 4, 12]);
    }
    let alphanumeric = !namespace.starts_with('-')
        && !namespace.ends_with('-')
        && namespace.bytes().all(|byte| byte == b'-' || byte.is_ascii_alphanumeric());
    alphanumeric && (2..=32).contains(&namespace.len()) && !specific.is_empty()
}

/// The URI with every character percent-encoded that RFC 3986 has no place for: browsers and `Url` let `|`, `^` or
/// `[` stand in paths and queries, feed formats do not. What is in order is not touched.
#[must_use]
pub fn escape_uri(text: &str) -> Cow<'_, str> {
    let authority = authority_end(text);
    let allowed = |at: usize, byte: u8| is_uri_byte(byte) || at < authority && matches!(byte, b'[' | b']');
    if text.bytes().enumerate().all(|(at, byte)| allowed(at, byte)) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for (at, byte) in text.bytes().enumerate() {
        if allowed(at, byte) {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    Cow::Owned(escaped)
}

/// Where the authority ends: the only place for the brackets of an IPv6 address.
fn authority_end(text: &str) -> usize {
    text.find("://").map_or(0, |at| {
        let start = at + 3;
        text[start..].find(['/', '?', '#']).map_or(text.len(), |length| start + length)
    })
}

fn is_uri_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~:/?#@!$&'()*+,;=%".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_parts_make_one_uuid_and_the_cut_between_them_counts() {
        let name = urn_uuid(&["news", "My news"]);
        assert_eq!(name, urn_uuid(&["news", "My news"]));
        assert_ne!(name, urn_uuid(&["newsM", "y news"]));
        assert_eq!(name.len(), "urn:uuid:".len() + 36);
        assert_eq!(name.as_bytes()[23], b'8', "version 8 in {name}");
        assert_eq!(name, "urn:uuid:5c70f0b4-c35b-8fcd-ab51-5a3bb70984fb", "published once, it stays");
    }

    #[test]
    fn only_what_rfc_3986_has_no_place_for_is_escaped() {
        for (given, escaped) in [
            ("https://example.org/a?b=c&d=%20#e", "https://example.org/a?b=c&d=%20#e"),
            ("https://example.org/a|b[1]^`{x}", "https://example.org/a%7Cb%5B1%5D%5E%60%7Bx%7D"),
            ("http://[::1]:80/[x]", "http://[::1]:80/%5Bx%5D"),
            ("tag:example.org,2020:ñ", "tag:example.org,2020:%C3%B1"),
        ] {
            assert_eq!(escape_uri(given), escaped);
        }
    }

    #[test]
    fn an_absolute_uri_has_a_scheme_and_what_the_scheme_asks_for() {
        for (given, expected) in [
            ("tag:example.org,2020-05-01:1", true),
            ("urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8", true),
            ("urn:isbn:0451450523", true),
            ("yt:video:abc", true),
            ("https://example.org", true),
            ("4711", false),
            ("/path", false),
            ("a b:c", false),
            ("yt:", false),
            ("tag:example.org", false),
            ("tag:example.org,20:1", false),
            ("tag:example.org,2020", false),
            ("urn:x:1", false),
            ("urn:uuid:1", false),
            ("urn:1", false),
            ("http:///path", false),
            ("http:path", false),
        ] {
            assert_eq!(is_absolute(given), expected, "{given}");
        }
    }
}
