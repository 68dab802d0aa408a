//! Keys as the store holds them: digests of 64 bits, within a document. Also SQL functions, for the migration that made
//! them of texts.

use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;

use super::codec::{key_from_sql, key_to_sql};
use super::fault::Fault;
use crate::model::Key;

/// The digest of a key. Among a document's 100,000 keys two agree once in three thousand million documents.
pub(super) fn digest(key: &Key) -> i64 {
    let (kind, value) = key_to_sql(key);
    hashed(kind, value)
}

/// The digest of the site that a guid or link lies at.
pub(super) fn site(key: &Key) -> Option<i64> {
    site_of(key).map(digest_of_site)
}

/// The site that a guid or link lies at: what stands before its first `/`. One site for all that have none.
pub(super) fn site_of(key: &Key) -> Option<&str> {
    match key {
        Key::Guid(value) | Key::Link(value) => {
            memchr::memchr(b'/', value.as_bytes()).map_or(Some(""), |end| value.get(..end))
        }
        Key::Hash(_) => None,
    }
}

/// The digest of a site.
pub(super) fn digest_of_site(site: &str) -> i64 {
    hashed(3, site)
}

fn hashed(kind: i64, value: &str) -> i64 {
    let kind = kind.to_le_bytes();
    let mut said = [0; 8 + SHORT];
    let digest = match said.get_mut(..kind.len() + value.len()) {
        // Hashed in one piece.
        Some(said) => {
            let (before, behind) = said.split_at_mut(kind.len());
            before.copy_from_slice(&kind);
            behind.copy_from_slice(value.as_bytes());
            blake3::hash(said)
        }
        None => blake3::Hasher::new().update(&kind).update(value.as_bytes()).finalize(),
    };
    i64::from_le_bytes(std::array::from_fn(|at| digest.as_bytes()[at]))
}

/// As long are nearly all keys at most.
const SHORT: usize = 248;

/// What an SQL function gives for a key; `NULL` for `None`.
type OfKey = fn(&Key) -> Option<i64>;

/// Gives a connection `key_digest(kind, value)` and `key_site(kind, value)`.
pub(super) fn register(connection: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    let (digest, site): (OfKey, OfKey) = (|key| Some(digest(key)), site);
    for (name, function) in [("key_digest", digest), ("key_site", site)] {
        connection.create_scalar_function(name, 2, flags, move |context| {
            let key = key_from_sql(context.get(0)?, context.get(1)?);
            key.map(|key| function(&key))
                .map_err(|fault: Fault| rusqlite::Error::UserFunctionError(fault.to_string().into()))
        })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_those_that_stores_keep() {
        for value in ["".to_owned(), "example.org/a".to_owned(), "é".repeat(200)] {
            let said = [&2_i64.to_le_bytes()[..], value.as_bytes()].concat();
            let mut bytes = [0; 8];
            blake3::Hasher::new().update(&said).finalize_xof().fill(&mut bytes);
            assert_eq!(hashed(2, &value), i64::from_le_bytes(bytes));
        }
    }

    #[test]
    fn kind_and_value_both_count_and_the_site_is_that_of_guid_and_link() {
        let text = || "example.org/a".to_owned();
        let keys =
            [Key::Guid(text()), Key::Link(text()), Key::Hash(text()), Key::Link("example.org/b".into())];
        for (i, one) in keys.iter().enumerate() {
            for (j, other) in keys.iter().enumerate() {
                assert_eq!(digest(one) == digest(other), i == j);
            }
        }
        assert_eq!(site(&keys[0]), site(&keys[3]));
        assert_eq!(site(&keys[2]), None);
        assert_ne!(site(&keys[0]), site(&Key::Guid("example.com/a".into())));
    }
}
