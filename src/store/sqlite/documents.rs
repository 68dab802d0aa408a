//! Documents of sources: their state and what they say of themselves.

use std::collections::BTreeMap;
use std::sync::Arc;

use rusqlite::{OptionalExtension, Transaction, params};

use super::codec::{Columns, id_from_sql, id_to_sql, maybe_millis, time, to_json};
use super::fault::Fault;
use super::traffic;
use crate::model::{Origin, SourceId};
use crate::store::{Attempt, DocumentKey, DocumentState, Missing, Remembered};

pub(super) fn of_sources(db: &Transaction<'_>, sources: &[SourceId]) -> Result<Remembered, Fault> {
    let which = format!("{SELECT} WHERE source IN (SELECT value FROM json_each(?1))");
    let mut statement = db.prepare_cached(&which)?;
    let mut rows = statement.query([to_json("sources", &sources)?])?;
    let mut documents = Remembered::new();
    while let Some(row) = rows.next()? {
        let (document, state) = document(&mut Columns::of(row))?;
        documents.entry(document.source).or_default().insert(document.scope, state);
    }
    Ok(documents)
}

/// The columns that [`document`] reads, in its order.
const SELECT: &str = "SELECT source, scope, url, etag, last_modified, body_hash, last_at, next_at, last_ok, failures, error,
                             entries, about, validators_of, moved_to, gone_since, wait_until, rhythm, requests, bytes,
                             not_modified, missing FROM documents";

fn document(columns: &mut Columns<'_>) -> Result<(DocumentKey, DocumentState), Fault> {
    let key = DocumentKey { source: SourceId::new(columns.text()?), scope: columns.take()? };
    let state = DocumentState {
        url: columns.take()?,
        etag: columns.take()?,
        last_modified: columns.take()?,
        body_hash: columns.take()?,
        last_at: columns.maybe_time()?,
        next_at: columns.maybe_time()?,
        last_ok: columns.maybe_time()?,
        failures: columns.take()?,
        error: columns.take()?,
        entries: columns.take()?,
        about: columns.json("what a document says of itself")?,
        validators_of: columns.take()?,
        moved_to: columns.take()?,
        gone_since: columns.maybe_time()?,
        wait_until: columns.maybe_time()?,
        rhythm: columns.json("how often a document changes")?,
        traffic: traffic::of(columns)?,
        missing: missing(columns)?,
    };
    Ok((key, state))
}

pub(super) fn every(db: &Transaction<'_>) -> Result<BTreeMap<DocumentKey, DocumentState>, Fault> {
    let mut statement = db.prepare_cached(SELECT)?;
    let mut rows = statement.query([])?;
    let mut documents = BTreeMap::new();
    while let Some(row) = rows.next()? {
        documents.extend([document(&mut Columns::of(row))?]);
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
        about: columns.json("what a document says of itself")?,
    }))
}

pub(super) fn note_attempts(db: &Transaction<'_>, attempts: &[(DocumentKey, Attempt)]) -> Result<(), Fault> {
    let mut statement = db.prepare_cached(
        "INSERT INTO documents (source, scope, last_at, next_at) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT DO UPDATE SET last_at = excluded.last_at, next_at = excluded.next_at",
    )?;
    for (document, attempt) in attempts {
        let (at, next) = (attempt.at.timestamp_millis(), attempt.next.timestamp_millis());
        statement.execute(params![document.source.as_str(), document.scope, at, next])?;
    }
    Ok(())
}

/// Writes the whole state of a document; gives its row.
pub(super) fn write(
    db: &Transaction<'_>,
    document: &DocumentKey,
    state: &DocumentState,
) -> Result<i64, Fault> {
    let pk = match row_of(db, document)? {
        Some(pk) => pk,
        None => db
            .prepare_cached("INSERT INTO documents (source, scope) VALUES (?1, ?2)")?
            .insert([document.source.as_str(), &document.scope])?,
    };
    db.prepare_cached(
        "UPDATE documents SET
             url = ?2, etag = ?3, last_modified = ?4, body_hash = ?5, last_at = ?6, next_at = ?7, last_ok = ?8,
             failures = ?9, error = ?10, entries = ?11, about = ?12, validators_of = ?13, moved_to = ?14,
             gone_since = ?15, wait_until = ?16, rhythm = ?17, requests = ?18, bytes = ?19, not_modified = ?20,
             missing = ?21
         WHERE pk = ?1",
    )?
    .execute(params![
        pk,
        state.url,
        state.etag,
        state.last_modified,
        state.body_hash,
        maybe_millis(state.last_at),
        maybe_millis(state.next_at),
        maybe_millis(state.last_ok),
        state.failures,
        state.error,
        state.entries,
        to_json("what a document says of itself", &state.about)?,
        state.validators_of,
        state.moved_to,
        maybe_millis(state.gone_since),
        maybe_millis(state.wait_until),
        to_json("how often a document changes", &state.rhythm)?,
        traffic::to_sql(state.traffic.requests),
        traffic::to_sql(state.traffic.bytes),
        traffic::to_sql(state.traffic.not_modified),
        missing_to_sql(&state.missing)?,
    ])?;
    Ok(pk)
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
const MISSING: &str = "articles that are missing";

pub(super) fn counts(db: &Transaction<'_>) -> Result<BTreeMap<SourceId, u64>, Fault> {
    let mut statement = db.prepare_cached(
        "SELECT source, sum(articles)
         FROM (SELECT document, count(*) AS articles FROM articles GROUP BY document) JOIN documents ON pk = document
         GROUP BY source",
    )?;
    let mut rows = statement.query([])?;
    let mut counts = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let source = SourceId::new(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?);
        counts.insert(source, row.get::<_, i64>(1)?.unsigned_abs());
    }
    Ok(counts)
}
