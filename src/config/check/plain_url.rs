//! Web addresses that are in their normal form as they stand, as nearly all of a config are: what [`Url::parse`] would make
//! of them is known without taking them apart letter by letter. All others are its own.

use std::net::Ipv4Addr;

use memchr::{memchr, memchr_iter};
use serde::de::value::{Error, MapAccessDeserializer, MapDeserializer, SeqDeserializer};
use serde::de::{Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use url::Url;

use crate::config::text::split_at_sign;

/// The URL that a text is, where it is plain: `http` or `https`, a host in small letters or four numbers, perhaps a port
/// that is not the scheme's own, a path, perhaps a query, and nothing in them that the rules (WHATWG URL §4.4) would write
/// in another way.
pub(super) fn plain_url(text: &str) -> Option<Url> {
    let (scheme, usual_port) = if text.starts_with("https:") { ("https", 443) } else { ("http", 80) };
    let authority = text.strip_prefix(scheme)?.strip_prefix("://")?;
    let host_start = text.len() - authority.len();
    let (authority, behind) = authority.split_at(memchr(b'/', authority.as_bytes())?);
    let (host, port) = match split_at_sign(authority, b':') {
        Some((host, port)) => (host, Some(plain_port(port).filter(|port| *port != usual_port)?)),
        None => (authority, None),
    };
    let (path, query) = match split_at_sign(behind, b'?') {
        Some((path, query)) => (path, Some(query)),
        None => (behind, None),
    };
    if !is_plain_path(path) || !query.is_none_or(is_plain_query) {
        return None;
    }
    let path_start = host_start + authority.len();
    let query_start = query.map(|query| text.len() - query.len() - 1);
    let at = |at: usize| u32::try_from(at).ok().map(Part::Number);
    // In the order of `Url::serialize_internal`.
    let parts = [
        Part::Text(text),
        at(scheme.len())?,
        at(host_start)?,
        at(host_start)?,
        at(host_start + host.len())?,
        plain_host(host)?,
        port.map_or(Part::Nothing, |port| Part::Number(port.into())),
        at(path_start)?,
        query_start.map_or(Some(Part::Nothing), at)?,
        Part::Nothing,
    ];
    Url::deserialize_internal(SeqDeserializer::new(parts.into_iter())).ok()
}

/// A name whose last label begins with a letter, or an address of four numbers, written as they are always written.
fn plain_host(host: &str) -> Option<Part<'_>> {
    let last = host.rsplit('.').next()?;
    if last.starts_with(|first: char| first.is_ascii_lowercase()) {
        return host.split('.').all(is_plain_label).then_some(Part::Name);
    }
    host.parse::<Ipv4Addr>().ok().map(|_| Part::Address(host))
}

/// Small letters, digits, and hyphens between them; what might be Punycode (RFC 5891 §4.2.3.1) is not plain.
fn is_plain_label(label: &str) -> bool {
    let bytes = label.as_bytes();
    let is_letter = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    bytes.first().is_some_and(is_letter)
        && bytes.last().is_some_and(is_letter)
        && bytes.iter().all(|byte| is_letter(byte) || *byte == b'-')
        && bytes.get(2..4) != Some(b"--")
}

fn plain_port(port: &str) -> Option<u16> {
    let is_plain = port.bytes().all(|byte| byte.is_ascii_digit()) && !port.starts_with('0');
    port.parse().ok().filter(|_| is_plain)
}

/// No segment of dots, plain or encoded, which would lead elsewhere.
fn is_plain_path(path: &str) -> bool {
    let mut dots = memchr_iter(b'.', path.as_bytes());
    let leads_elsewhere = dots.any(|at| path[..at].ends_with('/'));
    !leads_elsewhere && path.bytes().all(|byte| is_plain_byte(byte) || byte == b'\'')
}

fn is_plain_query(query: &str) -> bool {
    query.bytes().all(|byte| is_plain_byte(byte) || matches!(byte, b'?' | b'%'))
}

/// Letters, digits, and of the marks those that are never encoded.
fn is_plain_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/' | b':' | b'@' | b'=' | b'&' | b'+' | b',' | b';')
        || matches!(byte, b'!' | b'$' | b'(' | b')' | b'*')
}

/// A field of a [`Url`], as it is read.
enum Part<'de> {
    Text(&'de str),
    Number(u32),
    Nothing,
    /// The host is a name.
    Name,
    /// The host is this address.
    Address(&'de str),
}

impl<'de> IntoDeserializer<'de> for Part<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Part<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Text(text) => visitor.visit_borrowed_str(text),
            Self::Number(number) => visitor.visit_u32(number),
            Self::Nothing => visitor.visit_none(),
            Self::Name => visitor.visit_enum("Domain".into_deserializer()),
            Self::Address(address) => {
                let variant = std::iter::once(("Ipv4", address));
                visitor.visit_enum(MapAccessDeserializer::new(MapDeserializer::new(variant)))
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Nothing => visitor.visit_none(),
            some => visitor.visit_some(some),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf unit unit_struct newtype_struct seq
        tuple tuple_struct map struct enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// All that a URL is, in words: two of one text need not be one.
    fn whole(url: &Url) -> String {
        let mut json = Vec::new();
        url.serialize_internal(&mut serde_json::Serializer::new(&mut json)).unwrap();
        String::from_utf8(json).unwrap()
    }

    /// Texts that are nearly plain: whole ones of plain parts, and those with anything in one place.
    fn texts() -> impl Strategy<Value = String> {
        let host = "([a-z0-9]{1,4}[.-]){0,3}[a-z0-9]{1,4}|[0-9]{1,3}(\\.[0-9]{1,3}){3}|[a-z0-9.-]{1,6}|xn--[a-z]{1,4}";
        let part = "[a-zA-Z0-9/._~!$&'()*+,;=:@-]{0,12}";
        let text =
            ("https?://", host, "|:[0-9]{1,5}|:80|:443", "(/|/\\.|)", part, "|\\?[a-z0-9/?%'=&.-]{0,8}");
        let text = text.prop_map(|(scheme, host, port, slash, path, query)| {
            format!("{scheme}{host}{port}{slash}{path}{query}")
        });
        (text, any::<prop::sample::Index>(), "|\\PC|[ -~]{1,2}").prop_map(|(mut text, at, more)| {
            text.insert_str(at.index(text.len()), &more);
            text
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn a_plain_url_is_what_parsing_makes_of_it(text in texts()) {
            if let Some(url) = plain_url(&text) {
                prop_assert_eq!(whole(&url), whole(&Url::parse(&text).unwrap()));
            }
        }
    }

    #[test]
    fn common_addresses_are_plain() {
        for text in [
            "https://example.org/",
            "http://www.example.co.uk/news/rss.xml",
            "https://feeds.example.com/~a/b_c;d=e@f,g(h)!$&'*+",
            "https://example.org:8443/feed?format=rss&lang=pt-BR&q=a%20b",
            "http://127.0.0.1:18095/f/00001.xml",
            "https://9to5.example/feed/",
        ] {
            let url = plain_url(text).unwrap_or_else(|| panic!("{text} is plain"));
            assert_eq!(whole(&url), whole(&Url::parse(text).unwrap()), "{text}");
        }
    }

    #[test]
    fn what_is_written_in_another_way_is_left_to_the_parser() {
        for text in [
            "https://example.org",
            "HTTPS://example.org/",
            "https://Example.org/",
            "https://example.org:443/",
            "http://example.org:080/",
            "http://example.org:70000/",
            "http://example.org:/",
            "http:///example.org/",
            "https://user@example.org/",
            "https://example.org./",
            "https://a..b/",
            "https://xn--mnchen-3ya.example/",
            "https://example.org/a/../b",
            "https://example.org/%2e%2e/b",
            "https://example.org/a b",
            "https://example.org/ä",
            "https://example.org/a#b",
            "https://example.org/a?'",
            "https://example.org/a\\b",
            "http://127.1/",
            "http://127.0.0.01/",
            "http://0x7f.1/",
            "http://1.2.3.0x4/",
            "http://[::1]/",
            "ftp://example.org/",
            "",
        ] {
            assert!(plain_url(text).is_none(), "{text}");
        }
    }
}
