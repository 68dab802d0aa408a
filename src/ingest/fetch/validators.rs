//! Validators as they come and go: byte for byte (RFC 9110 §8.8), whatever the bytes are.

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

/// One longer than this is not worth its keep.
const LONGEST: usize = 2048;

/// A validator's value as text to be stored: a character a byte, so that nothing is lost of what is not even UTF-8.
/// `None` where there is none, or an endless one.
pub(super) fn stored(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let bytes = headers.get(name)?.as_bytes();
    let is_fine = !bytes.is_empty() && bytes.len() <= LONGEST;
    is_fine.then(|| match std::str::from_utf8(bytes) {
        Ok(text) if text.is_ascii() => text.to_owned(),
        _ => bytes.iter().copied().map(char::from).collect(),
    })
}

/// As [`stored`]; also `None` where it is as that which is kept, as most are.
pub(super) fn renewed(headers: &HeaderMap, name: &HeaderName, kept: Option<&str>) -> Option<String> {
    // Another one may have the bytes that this one is stored in.
    let is_same = |kept: &str| kept.is_ascii() && headers.get(name).is_some_and(|value| value == kept);
    if kept.is_some_and(is_same) { None } else { stored(headers, name) }
}

/// The stored text as the bytes it was made of; `None` for what no header gave.
pub(super) fn sent(stored: &str) -> Option<HeaderValue> {
    if stored.is_ascii() {
        return HeaderValue::from_str(stored).ok();
    }
    let bytes: Result<Vec<u8>, _> = stored.chars().map(u8::try_from).collect();
    HeaderValue::from_bytes(&bytes.ok()?).ok()
}

#[cfg(test)]
mod tests {
    use reqwest::header::ETAG;

    use super::*;

    fn round(bytes: &[u8]) -> Option<Vec<u8>> {
        let headers = HeaderMap::from_iter([(ETAG, HeaderValue::from_bytes(bytes).unwrap())]);
        sent(&stored(&headers, &ETAG)?).map(|value| value.as_bytes().to_vec())
    }

    #[test]
    fn every_validator_goes_back_as_it_came() {
        let all: Vec<u8> = (0x20..=0xff).filter(|&byte| byte != 0x7f).collect();
        let odd: [&[u8]; 8] = [
            b"\"a\"",
            b"W/\"a\"",
            b"W/a",
            b"w/\"\"",
            b"a\tb, \"c",
            "\"\u{e9}\"".as_bytes(),
            b"\xe9\xff",
            &all,
        ];
        for bytes in odd {
            assert_eq!(round(bytes).as_deref(), Some(bytes), "{bytes:?}");
        }
    }

    #[test]
    fn only_a_validator_that_is_another_one_is_news() {
        let headers = HeaderMap::from_iter([(ETAG, HeaderValue::from_static("\"b\""))]);
        for (kept, news) in [(None, Some("\"b\"")), (Some("\"a\""), Some("\"b\"")), (Some("\"b\""), None)] {
            assert_eq!(renewed(&headers, &ETAG, kept).as_deref(), news, "{kept:?}");
        }
        assert_eq!(renewed(&HeaderMap::new(), &ETAG, Some("\"a\"")), None);
    }

    #[test]
    fn nothing_is_made_of_nothing() {
        assert_eq!(round(b""), None);
        assert_eq!(round(&[b'x'; LONGEST + 1]), None);
        assert_eq!(stored(&HeaderMap::new(), &ETAG), None);
        for not_from_a_header in ["a\nb", "\u{20ac}"] {
            assert_eq!(sent(not_from_a_header), None);
        }
    }
}
