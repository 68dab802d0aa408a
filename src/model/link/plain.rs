//! Web addresses with nothing about them to put in order, as nearly all are: they are taken as they stand, for a fraction of
//! what it costs to parse them letter by letter.

use ::url::Url;
use memchr::memchr;
use serde::de::value::{Error, SeqDeserializer};
use serde::de::{Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use crate::model::bytes::ByteSet;

/// Bytes of an address that is looked at.
const LONGEST: usize = 4 << 10;

/// The URL, where parsing would find the text to be in its normal form (WHATWG URL §4.4 and §4.5); `None` where that
/// is to be seen by parsing.
pub(super) fn plain(text: &str) -> Option<Url> {
    let places = Places::in_text(text)?;
    if !places.are_plain(text) {
        return None;
    }
    let fields = places.fields(text)?;
    Url::deserialize_internal(SeqDeserializer::<_, Error>::new(fields.into_iter())).ok()
}

/// Where the parts of an address begin.
struct Places {
    scheme_end: usize,
    host: usize,
    path: usize,
    path_end: usize,
    query: Option<usize>,
    fragment: Option<usize>,
}

impl Places {
    fn in_text(text: &str) -> Option<Self> {
        let scheme_end = ["https", "http"].iter().find(|scheme| text.starts_with(**scheme))?.len();
        let rest = text[scheme_end..].strip_prefix("://")?;
        if text.len() > LONGEST {
            return None;
        }
        let host = text.len() - rest.len();
        let bytes = text.as_bytes();
        let fragment = memchr(b'#', bytes);
        let query = memchr(b'?', &bytes[..fragment.unwrap_or(bytes.len())]);
        let path_end = query.or(fragment).unwrap_or(bytes.len());
        let path = host + memchr(b'/', bytes.get(host..path_end)?)?;
        Some(Self { scheme_end, host, path, path_end, query, fragment })
    }

    fn are_plain(&self, text: &str) -> bool {
        let (before, behind) = text.as_bytes().split_at(self.path_end);
        is_plain_host(&before[self.host..self.path])
            && is_plain_path(&before[self.path..])
            && PLAIN_BEHIND.has_all(behind)
            && self.fragment.is_none_or(|at| memchr(b'#', &text.as_bytes()[at + 1..]).is_none())
    }

    /// The fields of a `Url` as it gives them to serde: the text, the ends of scheme and user name, the host's place
    /// and kind, the port, the beginnings of path, query and fragment.
    fn fields(&self, text: &str) -> Option<[Field; 10]> {
        let at = |place: usize| u32::try_from(place).map(Field::Place).ok();
        let maybe = |place: Option<usize>| place.map_or(Some(Field::Nothing), at);
        Some([
            Field::Text(text.to_owned()),
            at(self.scheme_end)?,
            at(self.host)?,
            at(self.host)?,
            at(self.path)?,
            Field::Domain,
            Field::Nothing,
            at(self.path)?,
            maybe(self.query)?,
            maybe(self.fragment)?,
        ])
    }
}

/// A name in lower case and ASCII, of labels that are no Punycode, the last of which cannot be taken for a number.
fn is_plain_host(host: &[u8]) -> bool {
    let (mut before, mut last) = (b'.', b'.');
    for &byte in host {
        let is_plain = match byte {
            b'a'..=b'z' | b'0'..=b'9' => true,
            b'-' => !matches!(before, b'.' | b'-'),
            _ => byte == b'.' && before != b'.',
        };
        if !is_plain {
            return false;
        }
        if before == b'.' {
            last = byte;
        }
        before = byte;
    }
    before != b'.' && last.is_ascii_lowercase()
}

/// A path without a segment that may lead to the one above.
fn is_plain_path(path: &[u8]) -> bool {
    let mut before = 0;
    let mut is_dotted = false;
    for &byte in path {
        is_dotted |= (before == b'/') & ((byte == b'.') | (byte == b'%'));
        before = byte;
    }
    !is_dotted && PLAIN.has_all(path)
}

/// What stays as it is in path, query and fragment.
const PLAIN: ByteSet = ByteSet::alphanumeric_and(b"!$%&()*+,-./:;=@_~");

/// The same behind the path, with the marks before query and fragment.
const PLAIN_BEHIND: ByteSet = ByteSet::alphanumeric_and(b"!$%&()*+,-./:;=@_~?#");

/// A field of a URL.
enum Field {
    Text(String),
    Place(u32),
    /// The host is a name, no address.
    Domain,
    Nothing,
}

impl IntoDeserializer<'_> for Field {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Field {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Text(text) => visitor.visit_string(text),
            Self::Place(place) => visitor.visit_u32(place),
            Self::Domain => visitor.visit_enum("Domain".into_deserializer()),
            Self::Nothing => visitor.visit_none(),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Nothing => visitor.visit_none(),
            there => visitor.visit_some(there),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// All that can be asked of a URL.
    fn parts(url: &Url) -> impl PartialEq + std::fmt::Debug + '_ {
        let host = (url.scheme(), url.username(), url.password(), url.host(), url.port());
        (url.as_str(), host, url.path(), url.query(), url.fragment())
    }

    /// Whether what is held for plain parses to itself; `Url` says so, too, as long as assertions are compiled.
    fn is_parsed_alike(text: &str) -> bool {
        let is_plain = Places::in_text(text).is_some_and(|places| places.are_plain(text));
        let (url, parsed) = (plain(text), Url::parse(text).ok());
        is_plain == url.is_some() && (!is_plain || url.as_ref().map(parts) == parsed.as_ref().map(parts))
    }

    #[test]
    fn nearly_all_addresses_are_plain() {
        for text in [
            "https://example.org/",
            "http://www.example.org/2026/11/a-story.html?page=2&b=%C3%A9#top",
            "https://cdn-1.example.co.uk/a/b@2x,w_640.jpg?a?b/c",
            "https://example.org/~a//b:c;d=1(2)!$*+#",
        ] {
            assert!(plain(text).is_some(), "{text}");
        }
        for text in [
            "https://example.org",
            "https://Example.org/",
            "https://example.org:443/",
            "https://a@example.org/",
            "https://127.0.0.1/",
            "https://example.0x1/",
            "https://xn--bcher-kva.example/",
            "https://example.org/a/../b",
            "https://example.org/%2E%2e/b",
            "https://example.org/a b",
            "https://example.org/?a/b'",
            "https://example.org?a=/b",
            "https://example.org/é",
            "https:///example.org/",
            "https://example.org/#a#b",
            "ftp://example.org/",
        ] {
            assert!(plain(text).is_none() && is_parsed_alike(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_plain_parses_to_itself(text in "https?://([a-z0-9.]|xn|-|0x|[A-Z:@é/?#%]){0,12}/([a-z0-9]|[/.%?#&=-]|%2e|\\.\\.|[ -~]|\\PC){0,16}") {
            prop_assert!(is_parsed_alike(&text));
        }

        #[test]
        fn every_byte_stays_as_it_is_wherever_it_may_stand(byte in 0_u8..128, at in 0..40_usize) {
            let mut text = "https://www.example.org/ab/cd?ef=gh#ij".to_owned();
            text.insert(at.min(text.len()), char::from(byte));
            prop_assert!(is_parsed_alike(&text));
        }
    }
}
