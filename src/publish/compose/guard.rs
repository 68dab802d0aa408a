//! The few strings of an article that no type vouches for, brought into the form that every output format accepts.

use crate::model::uri::{escape_uri, is_absolute};

/// ISO 639-1, active codes: a two-letter code that is not among them ("jp", "xx") names no language.
const TWO_LETTERS: &str = "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da \
    de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik \
    io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms \
    mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm \
    sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// A well-formed BCP 47 tag that starts with a language (RFC 5646 §2.1); `_` is read as `-`. `None`: none that a reader
/// would know.
pub(super) fn language_tag(given: &str) -> Option<String> {
    let tag = given.trim().replace('_', "-");
    let mut subtags = tag.split('-');
    let language = subtags.next()?.to_ascii_lowercase();
    let known = match language.len() {
        2 => TWO_LETTERS.split(' ').any(|code| code == language),
        3 => language.bytes().all(|byte| byte.is_ascii_lowercase()),
        _ => false,
    };
    let shaped =
        |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    (known && subtags.all(shaped)).then_some(tag)
}

/// A media type without parameters (RFC 6838 §4.2); what is none becomes `application/octet-stream`.
pub(super) fn media_type(given: &str) -> String {
    let bare = given.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    let shaped = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&b))
    };
    match bare.split_once('/') {
        Some((main, sub)) if shaped(main) && shaped(sub) => bare,
        _ => "application/octet-stream".to_owned(),
    }
}

/// An absolute URI in the characters of RFC 3986; `None` for what is none.
pub(super) fn uri(given: &str) -> Option<String> {
    let given = given.trim();
    is_absolute(given).then(|| escape_uri(given).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_that_readers_do_not_know_is_none() {
        for (given, expected) in [
            ("en", Some("en")),
            ("pt_BR", Some("pt-BR")),
            (" zh-Hant-TW ", Some("zh-Hant-TW")),
            ("yue", Some("yue")),
            ("EN-gb", Some("EN-gb")),
            ("jp", None),
            ("english", None),
            ("en-", None),
            ("en\u{0}", None),
            ("", None),
        ] {
            assert_eq!(language_tag(given).as_deref(), expected, "{given:?}");
        }
    }

    #[test]
    fn what_is_no_media_type_becomes_bytes() {
        for (given, expected) in [
            ("audio/mpeg", "audio/mpeg"),
            ("Text/HTML; charset=utf-8", "text/html"),
            ("image/svg+xml", "image/svg+xml"),
            ("mp3", "application/octet-stream"),
            ("a/b/c", "application/octet-stream"),
            ("audio/\u{1}x", "application/octet-stream"),
        ] {
            assert_eq!(media_type(given), expected, "{given:?}");
        }
    }

    #[test]
    fn an_id_keeps_its_spelling_as_far_as_it_is_a_uri() {
        assert_eq!(uri("tag:example.org,2020:A/b").as_deref(), Some("tag:example.org,2020:A/b"));
        assert_eq!(uri("http://example.org/a b\u{1}").as_deref(), Some("http://example.org/a%20b%01"));
        assert_eq!(uri("4711"), None);
    }
}
