//! Documents of sources: their state and what they say of themselves.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use foldhash::fast::RandomState;
use rusqlite::{OptionalExtension, Rows, Transaction, params};

use super::codec::{Columns, id_from_sql, id_to_sql, maybe_millis, time, to_json};
use super::fault::Fault;
use super::pulses::Pulses;
use crate::model::{About, Origin, SourceId};
use crate::store::{DocumentKey, DocumentRow, DocumentState, DocumentUpdate, Missing, Recall, Remembered};

/// To look a source up takes as long as to go past so many documents.
const LOOK_UP: usize = 4;

/// The documents of these sources.
pub(super) fn of_sources(db: &Transaction<'_>, sources: &[SourceId]) -> Result<Recall, Fault> {
    let newest: Option<u32> = db.query_row("SELECT max(pk) FROM documents", [], |row| row.get(0))?;
    let newest = newest.unwrap_or_default() as usize;
    let is_most = sources.len().saturating_mul(LOOK_UP) >= newest;
    // Nearly all sources have one.
    let mut recall = Recall::with_capacity(sources.len().min(newest));
    let found = if is_most { by_scan } else { by_look_up };
    found(db, sources, &mut recall)?;
    Ok(recall.in_order())
}

/// Goes past all documents, for most sources.
fn by_scan(db: &Transaction<'_>, sources: &[SourceId], recall: &mut Recall) -> Result<(), Fault> {
    let ids = sources.iter().map(SourceId::as_str);
    let places: HashMap<&str, usize, RandomState> = ids.zip(0..).collect();
    // By row: neighbours have their pulses together.
    let all = format!("SELECT source, pk, scope, {STATE} FROM documents ORDER BY pk");
    let mut statement = db.prepare_cached(&all)?;
    let (mut rows, mut pulses) = (statement.query([])?, Pulses::of(db)?);
    while let Some(row) = rows.next()? {
        let mut columns = Columns::of(row);
        if let Some(&place) = places.get(columns.text()?) {
            recall.keep(place, &remembered(&mut columns, &mut pulses)?);
        }
    }
    Ok(())
}

/// Looks each source up, for few.
fn by_look_up(db: &Transaction<'_>, sources: &[SourceId], recall: &mut Recall) -> Result<(), Fault> {
    let which = format!(
        "SELECT wanted.key, pk, scope, {STATE} FROM json_each(?1) AS wanted CROSS JOIN documents ON source = wanted.value"
    );
    let mut statement = db.prepare_cached(&which)?;
    let (mut rows, mut pulses) = (statement.query([to_json("sources", &sources)?])?, Pulses::of(db)?);
    while let Some(row) = rows.next()? {
        let mut columns = Columns::of(row);
        let place: u32 = columns.take()?;
        recall.keep(place as usize, &remembered(&mut columns, &mut pulses)?);
    }
    Ok(())
}

/// A document, of which its row, its scope and its state are the next columns.
fn remembered<'a>(columns: &mut Columns<'a>, pulses: &mut Pulses<'_>) -> Result<Remembered<'a>, Fault> {
    let (row, scope) = (columns.take()?, columns.text()?);
    let state = state(columns)?.with_pulse(pulses.get(row)?);
    Ok(Remembered { row: Some(DocumentRow(row)), scope, state })
}

/// The columns that [`state`] reads, in its order.
const STATE: &str = "url, etag, last_modified, body_hash, error, entries, is_page, validators_of, moved_to, gone_since, missing";

/// All of a document's state but its pulse.
fn state<'a>(columns: &mut Columns<'a>) -> Result<DocumentState<&'a str>, Fault> {
    Ok(DocumentState {
        url: columns.maybe_text()?,
        etag: columns.maybe_text()?,
        last_modified: columns.maybe_text()?,
        body_hash: columns.maybe_text()?,
        error: columns.maybe_text()?,
        entries: columns.take()?,
        is_page: columns.take()?,
        validators_of: columns.maybe_text()?,
        moved_to: columns.maybe_text()?,
        gone_since: columns.maybe_time()?,
        missing: missing(columns)?,
        ..DocumentState::default()
    })
}

pub(super) fn every(db: &Transaction<'_>) -> Result<BTreeMap<DocumentKey, (DocumentState, About)>, Fault> {
    let all = format!(
        "SELECT source, scope, about, pk, {STATE} FROM documents LEFT JOIN abouts ON document = pk ORDER BY pk"
    );
    let mut statement = db.prepare_cached(&all)?;
    let mut rows = statement.query([])?;
    let (mut documents, mut pulses) = (BTreeMap::new(), Pulses::of(db)?);
    while let Some(row) = rows.next()? {
        let columns = &mut Columns::of(row);
        let key = DocumentKey { source: SourceId::new(columns.text()?), scope: columns.take()? };
        let (about, pulse) = (about(columns)?, pulses.get(columns.take()?)?);
        documents.insert(key, (state(columns)?.with_pulse(pulse).into_owned(), about));
    }
    Ok(documents)
}

/// The row of a document, if it was ever asked for.
pub(super) fn row_of(db: &Transaction<'_>, document: &DocumentKey) -> Result<Option<i64>, Fault> {
    let mut statement = db.prepare_cached("SELECT pk FROM documents WHERE source = ?1 AND scope = ?2")?;
    Ok(statement.query_row([document.source.as_str(), &document.scope], |row| row.get(0)).optional()?)
}

/// The origin of the articles of a document.
pub(super) fn origin(db: &Transaction<'_>, document: i64) -> Result<Arc<Origin>, Fault> {
    let of = "SELECT source, scope, about FROM documents LEFT JOIN abouts ON document = pk WHERE pk = ?1";
    let mut statement = db.prepare_cached(of)?;
    let mut rows = statement.query([document])?;
    let row = rows.next()?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
    let mut columns = Columns::of(row);
    Ok(Arc::new(Origin {
        source: SourceId::new(columns.text()?),
        scope: columns.take()?,
        about: about(&mut columns)?,
    }))
}

/// The next column, what a document says of itself; nothing before it was read.
fn about(columns: &mut Columns<'_>) -> Result<About, Fault> {
    Ok(columns.maybe_json(ABOUT)?.unwrap_or_default())
}

/// The row of a document, which is made if it was never asked for.
pub(super) fn row_for(db: &Transaction<'_>, document: &DocumentKey) -> Result<i64, Fault> {
    if let Some(row) = row_of(db, document)? {
        return Ok(row);
    }
    let mut statement = db.prepare_cached("INSERT INTO documents (source, scope) VALUES (?1, ?2)")?;
    Ok(statement.insert([document.source.as_str(), &document.scope])?)
}

/// Writes the state of a document, all but its pulse, and what it says of itself; gives its row.
pub(super) fn write(db: &Transaction<'_>, update: &DocumentUpdate) -> Result<i64, Fault> {
    let (row, state) = (row_for(db, &update.document)?, &update.state);
    db.prepare_cached(
        "UPDATE documents SET
             url = ?2, etag = ?3, last_modified = ?4, body_hash = ?5, error = ?6, entries = ?7, is_page = ?8,
             validators_of = ?9, moved_to = ?10, gone_since = ?11, missing = ?12
         WHERE pk = ?1",
    )?
    .execute(params![
        row,
        state.url,
        state.etag,
        state.last_modified,
        state.body_hash,
        state.error,
        state.entries,
        state.is_page,
        state.validators_of,
        state.moved_to,
        maybe_millis(state.gone_since),
        missing_to_sql(&state.missing)?,
    ])?;
    if let Some(about) = &update.about {
        db.prepare_cached("INSERT OR REPLACE INTO abouts (document, about) VALUES (?1, ?2)")?
            .execute(params![row, to_json(ABOUT, about)?])?;
    }
    Ok(row)
}

fn missing_to_sql(missing: &[Missing]) -> Result<Option<String>, Fault> {
    let pair = |missing: &Missing| (id_to_sql(missing.article), missing.since.timestamp_millis());
    let pairs: Vec<(i64, i64)> = missing.iter().map(pair).collect();
    (!pairs.is_empty()).then(|| to_json(MISSING, &pairs)).transpose()
}

fn missing(columns: &mut Columns<'_>) -> Result<Vec<Missing>, Fault> {
    let pairs: Vec<(i64, i64)> = columns.maybe_json(MISSING)?.unwrap_or_default();
    let missing = |(id, since): (i64, i64)| Ok(Missing { article: id_from_sql(id), since: time(since)? });
    pairs.into_iter().map(missing).collect()
}

/// In messages.
const ABOUT: &str = "what a document says of itself";
/// In messages.
const MISSING: &str = "articles that are missing";

pub(super) fn counts(db: &Transaction<'_>) -> Result<BTreeMap<SourceId, u64>, Fault> {
    let mut statement = db.prepare_cached(
        "SELECT source, sum(articles)
         FROM (SELECT document, count(*) AS articles FROM articles GROUP BY document) JOIN documents ON pk = document
         GROUP BY source",
    )?;
    counted(statement.query([])?)
}

/// Rows of a source and a count.
pub(super) fn counted(mut rows: Rows<'_>) -> Result<BTreeMap<SourceId, u64>, Fault> {
    let mut counts = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::of(row);
        counts.insert(SourceId::new(columns.text()?), columns.take::<i64>()?.unsigned_abs());
    }
    Ok(counts)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rusqlite::Connection;

    use super::*;
    use crate::store::Pulse;
    use crate::store::sqlite::{open, pulses};

    fn document(source: u32, scope: &str) -> DocumentUpdate {
        let document = DocumentKey { source: SourceId::new(&source.to_string()), scope: scope.to_owned() };
        let state =
            DocumentState { etag: Some(scope.repeat(3)), entries: source, ..DocumentState::default() };
        DocumentUpdate::of_state(document, state.with_pulse(Pulse { failures: source, ..Pulse::default() }))
    }

    fn stored(connection: &mut Connection, documents: &[(u32, &str)]) -> Result<(), Fault> {
        let db = connection.transaction()?;
        for (source, scope) in documents {
            let document = document(*source, scope);
            pulses::write(&db, vec![(write(&db, &document)?, &document.state.pulse())])?;
        }
        Ok(db.commit()?)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn going_past_all_documents_finds_what_looking_each_up_finds(
            documents in prop::collection::vec((0_u32..9, prop::sample::select(vec!["", "a", "b", "c"])), 0..30),
            asked in prop::sample::subsequence((0_u32..12).collect::<Vec<_>>(), 0..12).prop_shuffle(),
        ) {
            let mut connection = open::memory().unwrap();
            stored(&mut connection, &documents).unwrap();
            let db = connection.transaction().unwrap();
            let asked: Vec<SourceId> = asked.iter().map(|source| SourceId::new(&source.to_string())).collect();
            let [found, passed] = [by_look_up, by_scan].map(|read| {
                let mut recall = Recall::default();
                read(&db, &asked, &mut recall).unwrap();
                recall.in_order()
            });
            let all = |recall: &Recall| {
                let documents = (0..asked.len()).flat_map(|source| recall.of(source).map(move |one| (source, one)));
                documents.map(|(source, one)| format!("{source} {one:?}")).collect::<Vec<_>>()
            };
            prop_assert_eq!(all(&passed), all(&found));
            prop_assert_eq!(all(&of_sources(&db, &asked).unwrap()), all(&found));
        }
    }
}
