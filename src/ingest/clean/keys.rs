//! The keys of a draft.

use ::url::Url;
use chrono::{DateTime, SecondsFormat, Utc};

use crate::model::Key;

use crate::model::link::link_key;

/// The key of a headline and a date as given: holds where neither guid nor link does.
pub(super) fn hash_key(title: &str, published: Option<DateTime<Utc>>) -> Key {
    let mut hasher = blake3::Hasher::new();
    hasher.update(folded(title).as_bytes());
    hasher.update(b"\0");
    if let Some(date) = published {
        hasher.update(date.to_rfc3339_opts(SecondsFormat::Secs, true).as_bytes());
    }
    let mut digest = [0; 16];
    hasher.finalize_xof().fill(&mut digest);
    Key::Hash(format!("{:032x}", u128::from_be_bytes(digest)))
}

/// A headline without case and punctuation: those change when an editor has a second look.
fn folded(title: &str) -> String {
    let mut folded = String::with_capacity(title.len());
    for word in title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    if folded.is_ascii() {
        folded.make_ascii_lowercase();
        return folded;
    }
    folded.to_lowercase()
}

/// The key of an article's link. A link to a site's front page tells no article from another, so it is none.
pub(super) fn article_link_key(url: &Url, site: Option<&Key>) -> Option<Key> {
    let is_front = matches!(url.path(), "" | "/") && url.query().is_none_or(str::is_empty);
    let key = link_key(url);
    (!is_front && site != Some(&key)).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let site = link_key(&url("https://example.org/blog/"));
        assert_eq!(article_link_key(&url("https://example.org"), None), None);
        assert_eq!(article_link_key(&url("http://example.org/blog?utm_source=x"), Some(&site)), None);
        assert_eq!(
            article_link_key(&url("https://example.org/?p=1"), Some(&site)),
            Some(Key::Link("example.org?p=1".into()))
        );
    }
}
