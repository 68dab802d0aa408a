//! The pulses of documents: written twice for each document of a round, so they are packed small, and those of
//! neighbouring rows lie together in a leaf, one row of the table. What is written together are neighbours mostly, and
//! takes a statement a leaf. Nothing asks the database what is in them.

mod packed;
mod words;

use rusqlite::{CachedStatement, Transaction};

use super::documents;
use super::fault::Fault;
use crate::store::{Beat, DocumentRow, Pulse, Traffic};

pub(super) use words::register;

/// Documents to a leaf: it takes about a kilobyte, so a page holds several, and one document's new pulse costs little.
const MANY: usize = 1 << BITS;
/// Of a document's row, those that say its place in the leaf. The others are the leaf's row.
const BITS: u32 = 5;

/// Writes pulses, in their order.
pub(super) fn note(db: &Transaction<'_>, beats: &[Beat]) -> Result<(), Fault> {
    let row = |beat: &Beat| {
        beat.row.map_or_else(|| documents::row_for(db, &beat.document), |DocumentRow(row)| Ok(row))
    };
    let pulses: Result<_, Fault> = beats.iter().map(|beat| Ok((row(beat)?, &beat.pulse))).collect();
    write(db, pulses?)
}

/// Writes the pulses of the documents of these rows; where one has several, its last.
pub(super) fn write(db: &Transaction<'_>, mut pulses: Vec<(i64, &Pulse)>) -> Result<(), Fault> {
    pulses.sort_by_key(|(document, _)| *document);
    let mut statement = db.prepare_cached("INSERT OR REPLACE INTO pulses (pk, leaf) VALUES (?1, ?2)")?;
    let mut stored = Pulses::of(db)?;
    for pulses in pulses.chunk_by(|(one, _), (other, _)| row(*one) == row(*other)) {
        let mut new = [None; MANY];
        for (document, pulse) in pulses {
            new[place(*document)] = Some(*pulse);
        }
        let leaf = stored.leaf_with(pulses[0].0)?;
        statement.execute((leaf.row, leaf.with(&new)?))?;
    }
    Ok(())
}

/// Adds to what the document of this row has cost.
pub(super) fn add(db: &Transaction<'_>, document: i64, traffic: Traffic) -> Result<(), Fault> {
    let pulse = Pulses::of(db)?.get(document)?;
    write(db, vec![(document, &Pulse { traffic: pulse.traffic + traffic, ..pulse })])
}

/// The row of the leaf that a document's pulse is in.
fn row(document: i64) -> i64 {
    document >> BITS
}

fn place(document: i64) -> usize {
    (document.cast_unsigned() % MANY as u64) as usize
}

/// Reads pulses, for the price of one where their documents are neighbours.
pub(super) struct Pulses<'a> {
    statement: CachedStatement<'a>,
    /// The last one that was looked at.
    leaf: Option<Leaf>,
}

impl<'a> Pulses<'a> {
    pub(super) fn of(db: &'a Transaction<'_>) -> Result<Self, Fault> {
        Ok(Self { statement: db.prepare_cached("SELECT leaf FROM pulses WHERE pk = ?1")?, leaf: None })
    }

    /// The pulse of the document of this row; the default one, if it was never asked for.
    pub(super) fn get(&mut self, document: i64) -> Result<Pulse, Fault> {
        match self.leaf_with(document)?.part(place(document)) {
            [] => Ok(Pulse::default()),
            packed => packed::unpack(packed),
        }
    }

    fn leaf_with(&mut self, document: i64) -> Result<&Leaf, Fault> {
        let row = row(document);
        let leaf = match self.leaf.take() {
            Some(leaf) if leaf.row == row => leaf,
            _ => self.read(row)?,
        };
        Ok(self.leaf.insert(leaf))
    }

    fn read(&mut self, row: i64) -> Result<Leaf, Fault> {
        let mut rows = self.statement.query([row])?;
        match rows.next()? {
            Some(found) => Leaf::of(row, found.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?),
            None => Ok(Leaf::empty(row)),
        }
    }
}

/// How long each of its pulses is, a byte each, and these. A document that has none has one of length 0.
struct Leaf {
    row: i64,
    lengths: [u8; MANY],
    pulses: Vec<u8>,
}

impl Leaf {
    fn empty(row: i64) -> Self {
        Self { row, lengths: [0; MANY], pulses: Vec::new() }
    }

    fn of(row: i64, bytes: &[u8]) -> Result<Self, Fault> {
        let whole = bytes.split_first_chunk().filter(|(lengths, pulses)| total(*lengths) == pulses.len());
        let (lengths, pulses) = whole.ok_or_else(|| Fault::Value {
            what: "a leaf of pulses",
            value: format!("{} bytes", bytes.len()),
        })?;
        Ok(Self { row, lengths: *lengths, pulses: pulses.to_vec() })
    }

    fn part(&self, place: usize) -> &[u8] {
        let start = total(&self.lengths[..place]);
        &self.pulses[start..start + usize::from(self.lengths[place])]
    }

    /// As it is stored, with other pulses where there are new ones.
    fn with(&self, new: &[Option<&Pulse>; MANY]) -> Result<Vec<u8>, Fault> {
        let mut bytes = Vec::with_capacity(MANY + self.pulses.len() + MANY);
        bytes.extend_from_slice(&self.lengths);
        let (mut start, mut copied) = (0, 0);
        for (place, new) in new.iter().enumerate() {
            let end = start + usize::from(self.lengths[place]);
            if let Some(pulse) = new {
                bytes.extend_from_slice(&self.pulses[copied..start]);
                let before = bytes.len();
                packed::pack(pulse, &mut bytes);
                bytes[place] = length(bytes.len() - before)?;
                copied = end;
            }
            start = end;
        }
        bytes.extend_from_slice(&self.pulses[copied..]);
        Ok(bytes)
    }
}

fn total(lengths: &[u8]) -> usize {
    lengths.iter().copied().map(usize::from).sum()
}

fn length(bytes: usize) -> Result<u8, Fault> {
    u8::try_from(bytes).map_err(|_| packed::damaged(format!("{bytes} bytes")))
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;
    use rusqlite::{Connection, params};

    use super::packed::tests::pulses;
    use super::*;
    use crate::store::sqlite::open;

    /// Neighbours, some of other leaves, and some far away.
    fn documents() -> impl Strategy<Value = i64> {
        prop_oneof![1..70_i64, 1..70_i64, (1..5_i64).prop_map(|far| far << 40)]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn leaves_have_what_a_map_has(
            rounds in prop::collection::vec(prop::collection::vec((documents(), pulses()), 0..40), 1..5),
            asked in prop::collection::vec(documents(), 20),
            bytes in 0_u64..1 << 40,
        ) {
            let mut connection = open::memory().unwrap();
            let db = connection.transaction().unwrap();
            let mut map = BTreeMap::new();
            for round in &rounds {
                write(&db, round.iter().map(|(document, pulse)| (*document, pulse)).collect()).unwrap();
                map.extend(round.iter().copied());
            }
            let cost = Traffic { requests: 1, bytes, not_modified: 0 };
            for document in &asked[..10] {
                add(&db, *document, cost).unwrap();
                let pulse: &mut Pulse = map.entry(*document).or_default();
                pulse.traffic = pulse.traffic + cost;
            }
            let mut stored = Pulses::of(&db).unwrap();
            for document in map.keys().chain(&asked) {
                let expected = map.get(document).copied().unwrap_or_default();
                prop_assert_eq!(stored.get(*document).unwrap(), expected);
            }
            let rows: BTreeSet<i64> = map.keys().map(|document| row(*document)).collect();
            let stored: u32 = db.query_row("SELECT count(*) FROM pulses", [], |row| row.get(0)).unwrap();
            prop_assert_eq!(stored as usize, rows.len());
        }
    }

    fn read(db: &Connection, leaf: &[u8]) -> Result<Pulse, Fault> {
        let db = db.unchecked_transaction().unwrap();
        db.execute("INSERT INTO pulses (pk, leaf) VALUES (0, ?1)", params![leaf]).unwrap();
        Pulses::of(&db)?.get(1)
    }

    #[test]
    fn what_is_no_leaf_of_pulses_is_damage() {
        let db = open::memory().unwrap();
        let mut whole = [0; MANY + 2];
        whole[1] = 2;
        assert_eq!(read(&db, &whole).unwrap(), Pulse::default());
        let mut long = whole;
        long[31] = 1;
        for leaf in [&[][..], &whole[..MANY - 1], &whole[..MANY + 1], &long, &[&whole[..], &[0]].concat()] {
            assert!(matches!(read(&db, leaf), Err(Fault::Value { .. })), "{leaf:?}");
        }
    }
}
