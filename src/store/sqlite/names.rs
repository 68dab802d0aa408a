//! What the articles of a document are recognised by: digests of their keys, sorted, in leaves of one row each. Most
//! documents fill one leaf, and write it in one go where a row for each digest would be a search for its place each.
//! Documents count from one: as a document 0 the store itself has names, the ids of all articles (`ids`).
//!
//! The row of a leaf is its document in the upper 32 bits, and in the lower ones the highest prefix (the upper 32 bits
//! of a digest) that belongs in it. A document's last leaf takes all that come after the one before.

use rusqlite::functions::{Aggregate, Context, FunctionFlags};
use rusqlite::{Connection, Transaction};

use super::fault::Fault;

/// Bytes of a name in a leaf: its digest and its article, little-endian.
const BYTES: usize = 12;
/// Names in a leaf: two such leaves fill a page, and so do the four halves of two.
const MOST: usize = 336;
/// The prefix of a document's last leaf.
const LAST: i64 = u32::MAX as i64;

/// A digest of a key, and the row of the article that has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Name {
    digest: u64,
    article: u32,
}

impl Name {
    pub(super) fn new(digest: i64, article: i64) -> Result<Self, Fault> {
        let row = u32::try_from(article);
        let article =
            row.map_err(|_| Fault::Value { what: "an article's row", value: article.to_string() })?;
        Ok(Self { digest: digest.cast_unsigned(), article })
    }

    fn prefix(self) -> i64 {
        prefix(self.digest)
    }

    fn bytes(self) -> [u8; BYTES] {
        let mut bytes = [0; BYTES];
        bytes[..8].copy_from_slice(&self.digest.to_le_bytes());
        bytes[8..].copy_from_slice(&self.article.to_le_bytes());
        bytes
    }

    fn of([a, b, c, d, e, f, g, h, article @ ..]: [u8; BYTES]) -> Self {
        Self { digest: u64::from_le_bytes([a, b, c, d, e, f, g, h]), article: u32::from_le_bytes(article) }
    }
}

fn prefix(digest: u64) -> i64 {
    (digest >> 32).cast_signed()
}

fn row(document: i64, prefix: i64) -> i64 {
    (document << 32) | prefix
}

/// The row of the article that each of these digests leads to, in their order.
pub(super) fn find(db: &Transaction<'_>, document: i64, digests: &[i64]) -> Result<Vec<Option<i64>>, Fault> {
    let mut wanted: Vec<(u64, usize)> =
        digests.iter().map(|digest| digest.cast_unsigned()).zip(0..).collect();
    wanted.sort_unstable();
    let mut found = vec![None; digests.len()];
    let mut rest = wanted.as_slice();
    while let Some((first, _)) = rest.first() {
        let Some(leaf) = Leaf::with(db, document, prefix(*first))? else { break };
        let end = rest.partition_point(|(digest, _)| row(document, prefix(*digest)) <= leaf.row);
        for (digest, place) in &rest[..end] {
            let name = leaf.names.binary_search_by_key(digest, |name| name.digest);
            found[*place] = name.ok().map(|name| i64::from(leaf.names[name].article));
        }
        rest = &rest[end..];
    }
    Ok(found)
}

/// Adds names to a document.
///
/// # Errors
/// [`Fault::Taken`] if the document has one of them already.
pub(super) fn add(db: &Transaction<'_>, document: i64, names: Vec<Name>) -> Result<(), Fault> {
    match add_missing(db, document, names)? {
        0 => Ok(()),
        _ => Err(Fault::Taken(document)),
    }
}

/// Adds those names to a document whose digests it does not have yet; gives how many it had.
pub(super) fn add_missing(db: &Transaction<'_>, document: i64, mut names: Vec<Name>) -> Result<usize, Fault> {
    names.sort_unstable();
    let mut had = 0;
    let mut rest = names.as_slice();
    while let Some(first) = rest.first() {
        let leaf = Leaf::with(db, document, first.prefix())?;
        let mut leaf = leaf.unwrap_or(Leaf { row: row(document, LAST), names: Vec::new() });
        let end = rest.partition_point(|name| row(document, name.prefix()) <= leaf.row);
        leaf.names.extend_from_slice(&rest[..end]);
        let all = leaf.names.len();
        // Stable: it finds the two sorted runs and merges them. Of two with one digest the older article stays.
        leaf.names.sort();
        leaf.names.dedup_by_key(|name| name.digest);
        had += all - leaf.names.len();
        leaf.write(db, document)?;
        rest = &rest[end..];
    }
    Ok(had)
}

struct Leaf {
    row: i64,
    names: Vec<Name>,
}

impl Leaf {
    /// The leaf in which names of a prefix are, if the document has any.
    fn with(db: &Transaction<'_>, document: i64, prefix: i64) -> Result<Option<Self>, Fault> {
        let first = "SELECT pk, leaf FROM names WHERE pk BETWEEN ?1 AND ?2 ORDER BY pk LIMIT 1";
        let mut statement = db.prepare_cached(first)?;
        let mut rows = statement.query([row(document, prefix), row(document, LAST)])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let bytes = row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?;
        let (names, rest) = bytes.as_chunks::<BYTES>();
        if !rest.is_empty() {
            return Err(Fault::Value { what: "a leaf of names", value: format!("{} bytes", bytes.len()) });
        }
        Ok(Some(Self { row: row.get(0)?, names: names.iter().copied().map(Name::of).collect() }))
    }

    /// Writes the names in as many leaves as they need, about as long each. Names of one prefix stay together.
    fn write(&self, db: &Transaction<'_>, document: i64) -> Result<(), Fault> {
        let mut statement = db.prepare_cached("INSERT OR REPLACE INTO names (pk, leaf) VALUES (?1, ?2)")?;
        let share = self.names.len().div_ceil(self.names.len().div_ceil(MOST).max(1));
        let mut rest = self.names.as_slice();
        while let Some(last) = rest.get(share.saturating_sub(1)).filter(|_| rest.len() > share) {
            let cut = rest.partition_point(|name| name.prefix() <= last.prefix());
            if cut == rest.len() {
                break;
            }
            statement.execute((row(document, last.prefix()), packed(&rest[..cut])))?;
            rest = &rest[cut..];
        }
        statement.execute((self.row, packed(rest)))?;
        Ok(())
    }
}

fn packed(names: &[Name]) -> Vec<u8> {
    let mut packed = Vec::with_capacity(names.len() * BYTES);
    names.iter().for_each(|name| packed.extend_from_slice(&name.bytes()));
    packed
}

/// `packed_names(digest, article)`, for the migration that put rows of names into leaves.
struct PackedNames;

impl Aggregate<Vec<Name>, Vec<u8>> for PackedNames {
    fn init(&self, _: &mut Context<'_>) -> rusqlite::Result<Vec<Name>> {
        Ok(Vec::new())
    }

    fn step(&self, context: &mut Context<'_>, names: &mut Vec<Name>) -> rusqlite::Result<()> {
        let name = Name::new(context.get(0)?, context.get(1)?);
        names.push(name.map_err(|fault| rusqlite::Error::UserFunctionError(fault.to_string().into()))?);
        Ok(())
    }

    fn finalize(&self, _: &mut Context<'_>, names: Option<Vec<Name>>) -> rusqlite::Result<Vec<u8>> {
        let mut names = names.unwrap_or_default();
        names.sort_unstable();
        Ok(packed(&names))
    }
}

/// Gives a connection `packed_names`.
pub(super) fn register(connection: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_aggregate_function("packed_names", 2, flags, PackedNames)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use crate::store::sqlite::open::WHOLE;

    /// Digests that share prefixes, also with those of the neighbours, and some that share none.
    fn digests() -> impl Strategy<Value = Vec<u64>> {
        let crowded = (0..4_u64, any::<u8>()).prop_map(|(prefix, low)| (prefix << 32) | u64::from(low));
        let high = any::<u8>().prop_map(|low| u64::MAX - u64::from(low));
        prop::collection::vec(prop_oneof![crowded, high, any::<u64>(), any::<u64>()], 0..900)
    }

    fn leaves(db: &Transaction<'_>) -> Vec<(i64, i64)> {
        let mut statement = db.prepare("SELECT pk, octet_length(leaf) FROM names ORDER BY pk").unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.map(Result::unwrap).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn leaves_find_what_a_map_finds_and_refuse_what_it_has(batches in prop::collection::vec(digests(), 1..6)) {
            let mut connection = Connection::open_in_memory().unwrap();
            connection.execute_batch(WHOLE).unwrap();
            let db = connection.transaction().unwrap();
            let (mut map, mut count) = (BTreeMap::new(), 0_u32);
            add(&db, 1, vec![Name { digest: 5, article: 9 }]).unwrap();
            add(&db, 3, vec![Name { digest: u64::MAX, article: 9 }]).unwrap();
            for batch in &batches {
                let mut new = BTreeMap::new();
                for digest in batch {
                    count += 1;
                    if !map.contains_key(digest) {
                        new.insert(*digest, count);
                    }
                }
                let names = new.iter().rev().map(|(digest, article)| Name { digest: *digest, article: *article });
                add(&db, 2, names.collect()).unwrap();
                map.extend(new);
            }
            let asked: Vec<i64> = batches.concat().iter().chain(&[5, 6, u64::MAX]).map(|digest| digest.cast_signed()).collect();
            let found = find(&db, 2, &asked).unwrap();
            for (digest, found) in asked.iter().zip(found) {
                prop_assert_eq!(found, map.get(&digest.cast_unsigned()).copied().map(i64::from));
                let again = add(&db, 2, vec![Name { digest: digest.cast_unsigned(), article: 1 }]);
                prop_assert_eq!(again.is_err(), found.is_some());
                if found.is_none() {
                    map.insert(digest.cast_unsigned(), 1);
                }
            }
            prop_assert_eq!(find(&db, 1, &[5]).unwrap(), [Some(9)]);
            prop_assert_eq!(find(&db, 3, &[5, -1]).unwrap(), [None, Some(9)]);
        }
    }

    #[test]
    fn leaves_fill_their_pages_and_names_of_one_prefix_stay_in_one() {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(WHOLE).unwrap();
        let db = connection.transaction().unwrap();
        let spread = (0..2_000_u64).map(|n| Name { digest: n << 50, article: 1 });
        add(&db, 7, spread.collect()).unwrap();
        let lengths: Vec<i64> = leaves(&db).iter().map(|(_, length)| length / 12).collect();
        assert_eq!(lengths, [334, 334, 334, 334, 334, 330]);
        add(&db, 8, (0..2_000_u64).map(|n| Name { digest: n, article: 1 }).collect()).unwrap();
        add(&db, 8, vec![Name { digest: 1 << 40, article: 2 }]).unwrap();
        let eighth = leaves(&db).split_off(6);
        assert_eq!(eighth, [(8 << 32, 24_000), ((8 << 32) | LAST, 12)]);
    }
}
