//! Documents of sources: their state and what they say of themselves.

use std::collections::BTreeMap;
use std::sync::Arc;

use rusqlite::types::ValueRef;
use rusqlite::{OptionalExtension, Row, Transaction, params};

use super::codec::{from_json, id_from_sql, id_to_sql, maybe_millis, maybe_time, time, to_json};
use super::fault::Fault;
use super::traffic;
use crate::model::{Origin, SourceId};
use crate::store::{Attempt, DocumentKey, DocumentState, Missing, Remembered};

pub(super) fn of_sources(db: &Transaction<'_>, sources: &[SourceId]) -> Result<Remembered, Fault> {
    let mut statement =
        db.prepare_cached("SELECT * FROM documents WHERE source IN (SELECT value FROM json_each(?1))")?;
    let mut rows = statement.query([to_json("sources", &sources)?])?;
    let mut documents = Remembered::new();
    while let Some(row) = rows.next()? {
        let source = SourceId::new(row.get_ref("source")?.as_str().map_err(rusqlite::Error::from)?);
        documents.entry(source).or_default().insert(row.get("scope")?, state(row)?);
    }
    Ok(documents)
}

fn state(row: &Row<'_>) -> Result<DocumentState, Fault> {
    Ok(DocumentState {
        url: row.get("url")?,
        etag: row.get("etag")?,
        last_modified: row.get("last_modified")?,
        body_hash: row.get("body_hash")?,
        last_at: maybe_time(row.get("last_at")?)?,
        next_at: maybe_time(row.get("next_at")?)?,
        last_ok: maybe_time(row.get("last_ok")?)?,
        failures: row.get("failures")?,
        error: row.get("error")?,
        entries: row.get("entries")?,
        about: from_json("what a document says of itself", row, "about")?,
        validators_of: row.get("validators_of")?,
        moved_to: row.get("moved_to")?,
        gone_since: maybe_time(row.get("gone_since")?)?,
        wait_until: maybe_time(row.get("wait_until")?)?,
        rhythm: from_json("how often a document changes", row, "rhythm")?,
        traffic: traffic::of_row(row)?,
        missing: missing_from_sql(row)?,
    })
}

pub(super) fn every(db: &Transaction<'_>) -> Result<BTreeMap<DocumentKey, DocumentState>, Fault> {
    let mut statement = db.prepare_cached("SELECT * FROM documents")?;
    let mut rows = statement.query([])?;
    let mut documents = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let source = SourceId::new(row.get_ref("source")?.as_str().map_err(rusqlite::Error::from)?);
        documents.insert(DocumentKey { source, scope: row.get("scope")? }, state(row)?);
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
    Ok(Arc::new(Origin {
        source: SourceId::new(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?),
        scope: row.get(1)?,
        about: from_json("what a document says of itself", row, 2)?,
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
    let mut statement = db.prepare_cached(
        "INSERT INTO documents (source, scope, url, etag, last_modified, body_hash, last_at, next_at, last_ok,
                                failures, error, entries, about, validators_of, moved_to, gone_since, wait_until,
                                rhythm, missing)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)
         ON CONFLICT DO UPDATE SET
             url = excluded.url, etag = excluded.etag, last_modified = excluded.last_modified,
             body_hash = excluded.body_hash, last_at = excluded.last_at, next_at = excluded.next_at,
             last_ok = excluded.last_ok, failures = excluded.failures, error = excluded.error,
             entries = excluded.entries, about = excluded.about, validators_of = excluded.validators_of,
             moved_to = excluded.moved_to, gone_since = excluded.gone_since, wait_until = excluded.wait_until,
             rhythm = excluded.rhythm, missing = excluded.missing
         RETURNING pk",
    )?;
    let values = params![
        document.source.as_str(),
        document.scope,
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
        missing_to_sql(&state.missing)?,
    ];
    Ok(statement.query_one(values, |row| row.get(0))?)
}

fn missing_to_sql(missing: &[Missing]) -> Result<Option<String>, Fault> {
    let pair = |missing: &Missing| (id_to_sql(missing.article), missing.since.timestamp_millis());
    let pairs: Vec<(i64, i64)> = missing.iter().map(pair).collect();
    (!pairs.is_empty()).then(|| to_json(MISSING, &pairs)).transpose()
}

fn missing_from_sql(row: &Row<'_>) -> Result<Vec<Missing>, Fault> {
    if matches!(row.get_ref("missing")?, ValueRef::Null) {
        return Ok(Vec::new());
    }
    let pairs: Vec<(i64, i64)> = from_json(MISSING, row, "missing")?;
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
