//! The keys of a draft.

use ::url::Url;
use chrono::{DateTime, SecondsFormat, Utc};

use crate::model::Key;
#[cfg(any(doc, test))]
use crate::model::link::link_form;

/// The key of a headline and a date as given: holds where neither guid nor link does.
pub(super) fn hash_key(title: &str, published: Option<DateTime<Utc>>) -> Key {
    let mut said = folded(title);
    said.push(0);
    if let Some(date) = published {
        said.extend_from_slice(date.to_rfc3339_opts(SecondsFormat::Secs, true).as_bytes());
    }
    Key::Hash(blake3::hash(&said).to_hex()[..32].to_owned())
}

/// A headline without case and punctuation: those change when an editor has a second look. With room for the date.
fn folded(title: &str) -> Vec<u8> {
    let mut folded = Vec::with_capacity(title.len() + 32);
    let mut rest = title;
    let mut has_letters_beyond_ascii = false;
    while !rest.is_ascii() {
        let end = rest.bytes().position(|byte| !byte.is_ascii()).unwrap_or(rest.len());
        push_ascii(&mut folded, &rest[..end]);
        let mut others = rest[end..].chars();
        match others.next() {
            Some(letter) if letter.is_alphanumeric() => {
                has_letters_beyond_ascii = true;
                folded.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
            }
            _ => push_ascii(&mut folded, " "),
        }
        rest = others.as_str();
    }
    push_ascii(&mut folded, rest);
    if folded.last() == Some(&b' ') {
        folded.pop();
    }
    // Lower case may depend on the letters around: where there are such letters, it is made of the whole.
    if has_letters_beyond_ascii {
        String::from_utf8_lossy(&folded).to_lowercase().into_bytes()
    } else {
        folded
    }
}

/// Adds ASCII in lower case, each run of what is no word as one space, none at the beginning. Without a branch for each
/// byte: words are short.
fn push_ascii(folded: &mut Vec<u8>, run: &str) {
    let mut end = folded.len();
    let mut in_word = folded.last().is_some_and(|&last| last != b' ');
    folded.resize(end + run.len(), b' ');
    for &byte in run.as_bytes() {
        let letter = IN_WORDS[usize::from(byte)];
        let is_word = letter != b' ';
        folded[end] = letter;
        end += usize::from(is_word | in_word);
        in_word = is_word;
    }
    folded.truncate(end);
}

/// ASCII as it stands in words: in lower case, and a space for all that is no letter or digit.
const IN_WORDS: [u8; 256] = {
    let mut table = [b' '; 256];
    let mut byte = 0_u8;
    while byte.is_ascii() {
        if byte.is_ascii_alphanumeric() {
            table[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    table
};

/// The key of an article's link, whose form is as [`link_form`] gives it. A link to a site's front page tells no article
/// from another, so it is none.
pub(super) fn article_link_key(url: &Url, form: fn(&Url) -> String, site: Option<&Key>) -> Option<Key> {
    if matches!(url.path(), "" | "/") && url.query().is_none_or(str::is_empty) {
        return None;
    }
    let key = Key::Link(form(url));
    (site != Some(&key)).then_some(key)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The key as the stores have it.
    fn kept(title: &str, date: &str) -> Key {
        let words: Vec<&str> =
            title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let digest = blake3::hash(format!("{}\0{date}", words.join(" ").to_lowercase()).as_bytes());
        let (first, _) = digest.as_bytes().split_first_chunk().unwrap();
        Key::Hash(format!("{:032x}", u128::from_be_bytes(*first)))
    }

    proptest! {
        #[test]
        fn a_headline_has_the_key_that_stores_know(title in "([A-Za-z0-9 .,]{1,9}|\\PC|Σ|İ){0,9}", at in 0..2_000_000_000_i64) {
            let date = DateTime::from_timestamp(at, 5).unwrap();
            let written = date.format("%Y-%m-%dT%H:%M:%SZ").to_string();
            prop_assert_eq!(hash_key(&title, Some(date)), kept(&title, &written));
            prop_assert_eq!(hash_key(&title, None), kept(&title, ""));
        }
    }

    #[test]
    fn a_headline_with_its_date_is_known_again_after_a_second_look() {
        let date = DateTime::from_timestamp(1_700_000_000, 0);
        assert_eq!(hash_key("Mill “turns”!", date), hash_key("MILL  turns", date));
        assert_ne!(hash_key("Mill turns", date), hash_key("Mill turns", None));
        assert_ne!(hash_key("Mill turns", date), hash_key("Mill stops", date));
        assert!(matches!(hash_key("", None), Key::Hash(hex) if hex.len() == 32));
    }

    #[test]
    fn a_front_page_is_no_key() {
        let url = |text: &str| Url::parse(text).unwrap();
        let site = Key::Link(link_form(&url("https://example.org/blog/")));
        assert_eq!(article_link_key(&url("https://example.org"), link_form, None), None);
        let with_parameter = url("http://example.org/blog?utm_source=x");
        assert_eq!(article_link_key(&with_parameter, link_form, Some(&site)), None);
        assert_eq!(
            article_link_key(&url("https://example.org/?p=1"), link_form, Some(&site)),
            Some(Key::Link("example.org?p=1".into()))
        );
    }
}
