//! The few strings of an article that no type vouches for, brought into the form that every output format accepts.

use url::Url;

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

/// An absolute URI in the characters of RFC 3986; `None` for what has no scheme, or is not what its scheme asks for: a
/// `tag:` without date (RFC 4151 §2.1), a `urn:` without namespace (RFC 8141 §2), an `http:` without host.
pub(super) fn uri(given: &str) -> Option<String> {
    let given = given.trim();
    let (scheme, rest) = given.split_once(':').filter(|_| is_absolute(given))?;
    let whole = match scheme.to_ascii_lowercase().as_str() {
        "tag" => is_tag(rest),
        "urn" => is_urn(rest),
        "http" | "https" => {
            rest.starts_with("//")
                && !rest.starts_with("///")
                && Url::parse(given).is_ok_and(|url| url.has_host())
        }
        _ => true,
    };
    whole.then(|| escape_uri(given).into_owned())
}

/// `authority,date:specific`.
fn is_tag(rest: &str) -> bool {
    let Some((authority, dated)) = rest.split_once(',') else { return false };
    let date = dated.split(':').next().unwrap_or("");
    let digits = |part: &str, count| part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit());
    let mut parts = date.splitn(3, '-');
    !authority.is_empty()
        && dated.len() > date.len()
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
    let alphanumeric = namespace.bytes().all(|byte| byte == b'-' || byte.is_ascii_alphanumeric());
    alphanumeric && (2..=32).contains(&namespace.len()) && !specific.is_empty()
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
    }

    #[test]
    fn what_its_scheme_does_not_allow_is_no_id() {
        for (given, allowed) in [
            ("tag:example.org,2020-05-01:1", true),
            ("urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8", true),
            ("urn:isbn:0451450523", true),
            ("yt:video:abc", true),
            ("https://example.org", true),
            ("4711", false),
            ("tag:example.org", false),
            ("tag:example.org,20:1", false),
            ("tag:example.org,2020", false),
            ("urn:x:1", false),
            ("urn:uuid:1", false),
            ("urn:1", false),
            ("http:///path", false),
            ("http:path", false),
        ] {
            assert_eq!(uri(given).is_some(), allowed, "{given}");
        }
    }
}
