//! Documents of sources: their state and what they say of themselves.

use std::collections::BTreeMap;
use std::sync::Arc;

use rusqlite::{OptionalExtension, Rows, Transaction, params};

use super::codec::{Columns, id_from_sql, id_to_sql, maybe_millis, time, to_json};
use super::fault::Fault;
use super::pulses;
use crate::model::{About, Origin, SourceId};
use crate::store::{DocumentKey, DocumentRow, DocumentState, DocumentUpdate, Missing, Remembered};

pub(super) fn of_sources(db: &Transaction<'_>, sources: &[SourceId]) -> Result<Vec<Vec<Remembered>>, Fault> {
    let which = format!(
        "SELECT wanted.key, pk, scope, {STATE} FROM json_each(?1) AS wanted CROSS JOIN documents ON source = wanted.value
         LEFT JOIN pulses ON document = pk"
    );
    let mut statement = db.prepare_cached(&which)?;
    let mut rows = statement.query([to_json("sources", &sources)?])?;
    let mut documents: Vec<Vec<Remembered>> = sources.iter().map(|_| Vec::new()).collect();
    while let Some(row) = rows.next()? {
        let columns = &mut Columns::of(row);
        let (place, row): (u32, _) = (columns.take()?, Some(DocumentRow(columns.take()?)));
        documents[place as usize].push(Remembered { scope: columns.take()?, row, state: state(columns)? });
    }
    let several = documents.iter_mut().filter(|documents| documents.len() > 1);
    several.for_each(|documents| documents.sort_by(|one, other| one.scope.cmp(&other.scope)));
    Ok(documents)
}

/// The columns that [`state`] reads, in its order.
const STATE: &str = "url, etag, last_modified, body_hash, error, entries, is_page, validators_of, moved_to, gone_since, missing, pulse";

fn state(columns: &mut Columns<'_>) -> Result<DocumentState, Fault> {
    let state = DocumentState {
        url: columns.take()?,
        etag: columns.take()?,
        last_modified: columns.take()?,
        body_hash: columns.take()?,
        error: columns.take()?,
        entries: columns.take()?,
        is_page: columns.take()?,
        validators_of: columns.take()?,
        moved_to: columns.take()?,
        gone_since: columns.maybe_time()?,
        missing: missing(columns)?,
        ..DocumentState::default()
    };
    Ok(state.with_pulse(pulses::unpack(columns.maybe_bytes()?)?))
}

pub(super) fn every(db: &Transaction<'_>) -> Result<BTreeMap<DocumentKey, (DocumentState, About)>, Fault> {
    let all =
        format!("SELECT source, scope, about, {STATE} FROM documents LEFT JOIN pulses ON document = pk");
    let mut statement = db.prepare_cached(&all)?;
    let mut rows = statement.query([])?;
    let mut documents = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let columns = &mut Columns::of(row);
        let key = DocumentKey { source: SourceId::new(columns.text()?), scope: columns.take()? };
        let about = columns.json(ABOUT)?;
        documents.insert(key, (state(columns)?, about));
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
    let mut statement = db.prepare_cached("SELECT source, scope, about FROM documents WHERE pk = ?1")?;
    let mut rows = statement.query([document])?;
    let row = rows.next()?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
    let mut columns = Columns::of(row);
    Ok(Arc::new(Origin {
        source: SourceId::new(columns.text()?),
        scope: columns.take()?,
        about: columns.json(ABOUT)?,
    }))
}

/// The row of a document, which is made if it was never asked for.
pub(super) fn row_for(db: &Transaction<'_>, document: &DocumentKey) -> Result<i64, Fault> {
    if let Some(row) = row_of(db, document)? {
        return Ok(row);
    }
    let mut statement = db.prepare_cached("INSERT INTO documents (source, scope) VALUES (?1, ?2)")?;
    Ok(statement.insert([document.source.as_str(), &document.scope])?)
}

/// Writes the whole state of a document, and what it says of itself; gives its row.
pub(super) fn write(db: &Transaction<'_>, update: &DocumentUpdate) -> Result<i64, Fault> {
    let (row, state) = (row_for(db, &update.document)?, &update.state);
    let about = update.about.as_ref().map(|about| to_json(ABOUT, about)).transpose()?;
    db.prepare_cached(
        "UPDATE documents SET
             url = ?2, etag = ?3, last_modified = ?4, body_hash = ?5, error = ?6, entries = ?7, is_page = ?8,
             validators_of = ?9, moved_to = ?10, gone_since = ?11, missing = ?12, about = coalesce(?13, about)
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
        about,
    ])?;
    pulses::write(db, row, &state.pulse())?;
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
