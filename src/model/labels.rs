//! Labels that others gave: a language, a media type; brought into their usual form, or refused. Pure.

/// ISO 639-1, active codes: a two-letter code that is not among them ("jp", "xx") names no language.
const TWO_LETTERS: &str = "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da \
    de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik \
    io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms \
    mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm \
    sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// A BCP 47 tag (RFC 5646 §2.1) in its usual case: `en_us` becomes `en-US`. `None` for what has not its shape, and
/// for the tags that say nothing to a reader.
#[must_use]
pub fn language_tag(text: &str) -> Option<String> {
    let text = text.trim();
    let mut subtags = text.split(['-', '_']);
    let primary = subtags.next()?.to_ascii_lowercase();
    let is_language = match primary.len() {
        2 => TWO_LETTERS.as_bytes().chunks(3).any(|code| code.starts_with(primary.as_bytes())),
        3 => primary.bytes().all(|byte| byte.is_ascii_lowercase()),
        _ => false,
    };
    if !is_language || matches!(primary.as_str(), "und" | "zxx" | "mis") {
        return None;
    }
    let mut tag = primary;
    let mut extended = false;
    for subtag in subtags {
        if !(1..=8).contains(&subtag.len()) || !subtag.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return None;
        }
        tag.push('-');
        tag.push_str(&subtag_case(subtag, extended));
        // Behind a singleton everything is in lower case.
        extended |= subtag.len() == 1;
    }
    (tag.len() <= 35 && !tag.ends_with('-')).then_some(tag)
}

/// Regions in upper case, scripts with a capital, the rest in lower case (RFC 5646 §2.1.1).
fn subtag_case(subtag: &str, extended: bool) -> String {
    let lower = subtag.to_ascii_lowercase();
    let is_word = lower.bytes().all(|byte| byte.is_ascii_alphabetic());
    match lower.len() {
        2 if is_word && !extended => lower.to_ascii_uppercase(),
        4 if is_word && !extended => lower[..1].to_ascii_uppercase() + &lower[1..],
        _ => lower,
    }
}

/// A media type without parameters, in lower case (RFC 6838 §4.2). `None` for what has not its shape.
#[must_use]
pub fn media_type(text: &str) -> Option<String> {
    let essence = text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_token = |part: &str| {
        let is_token_byte = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&byte);
        !part.is_empty() && part.bytes().all(is_token_byte)
    };
    let (kind, sub) = essence.split_once('/')?;
    (is_token(kind) && is_token(sub)).then_some(essence)
}

/// A media type; what is none becomes `application/octet-stream`.
#[must_use]
pub fn media_type_or_bytes(text: &str) -> String {
    media_type(text).unwrap_or_else(|| "application/octet-stream".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_media_type_becomes_bytes() {
        assert_eq!(media_type_or_bytes("audio/mpeg"), "audio/mpeg");
        assert_eq!(media_type_or_bytes("mp3"), "application/octet-stream");
    }

    #[test]
    fn language_tags_get_their_usual_case_and_others_are_refused() {
        let table = [
            ("en", Some("en")),
            (" en_us ", Some("en-US")),
            ("ZH-hant-tw", Some("zh-Hant-TW")),
            ("es-419", Some("es-419")),
            ("yue", Some("yue")),
            ("de-DE-u-CO-phonebk", Some("de-DE-u-co-phonebk")),
            ("", None),
            ("und", None),
            ("jp", None),
            ("en\u{0}", None),
            ("English", None),
            ("en us", None),
            ("en-", None),
            ("x-default", None),
            ("français", None),
        ];
        for (given, tag) in table {
            assert_eq!(language_tag(given).as_deref(), tag, "{given}");
        }
    }

    #[test]
    fn a_media_type_has_two_parts_and_no_parameters() {
        let table = [
            ("audio/mpeg", Some("audio/mpeg")),
            ("Text/HTML; charset=utf-8", Some("text/html")),
            ("image/svg+xml", Some("image/svg+xml")),
            ("mp3", None),
            ("a/b/c", None),
            ("audio/\u{1}x", None),
            ("", None),
        ];
        for (given, expected) in table {
            assert_eq!(media_type(given).as_deref(), expected, "{given:?}");
        }
    }
}
