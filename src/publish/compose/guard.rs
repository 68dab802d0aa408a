//! Ids that no type vouches for, brought into the form that every output format accepts.

use crate::model::uri::{escape_uri, is_absolute};

/// An absolute URI in the characters of RFC 3986; `None` for what is none.
pub(super) fn uri(given: &str) -> Option<String> {
    let given = given.trim();
    is_absolute(given).then(|| escape_uri(given).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_keeps_its_spelling_as_far_as_it_is_a_uri() {
        assert_eq!(uri("tag:example.org,2020:A/b").as_deref(), Some("tag:example.org,2020:A/b"));
        assert_eq!(uri("http://example.org/a b\u{1}").as_deref(), Some("http://example.org/a%20b%01"));
        assert_eq!(uri("4711"), None);
    }
}
