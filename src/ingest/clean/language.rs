//! Language tags.

/// A BCP 47 tag (RFC 5646 §2.1) in its usual case: `en_us` becomes `en-US`. `None` for what has not its shape, and
/// for the tags that say nothing.
pub(super) fn language_tag(text: &str) -> Option<String> {
    let text = text.trim().replace('_', "-");
    let mut subtags = text.split('-');
    let primary = subtags.next()?.to_ascii_lowercase();
    let is_language =
        (2..=3).contains(&primary.len()) && primary.bytes().all(|byte| byte.is_ascii_alphabetic());
    if !is_language || matches!(primary.as_str(), "und" | "zxx" | "mul" | "mis") {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_tags_get_their_usual_case_and_others_are_refused() {
        let table = [
            ("en", Some("en")),
            (" en_us ", Some("en-US")),
            ("ZH-hant-tw", Some("zh-Hant-TW")),
            ("es-419", Some("es-419")),
            ("de-DE-u-CO-phonebk", Some("de-DE-u-co-phonebk")),
            ("", None),
            ("und", None),
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
}
