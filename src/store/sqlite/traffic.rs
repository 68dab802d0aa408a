//! Counters of documents, and what robots.txt said.

use std::collections::BTreeMap;

use rusqlite::{Row, Transaction, params};

use super::codec::{maybe_millis, maybe_time, time};
use super::fault::Fault;
use crate::store::{RobotsNote, Traffic};

/// The counters in a row of `documents`.
pub(super) fn of_row(row: &Row<'_>) -> Result<Traffic, Fault> {
    let count = |name| row.get::<_, i64>(name).map(i64::unsigned_abs);
    Ok(Traffic { requests: count("requests")?, bytes: count("bytes")?, not_modified: count("not_modified")? })
}

/// Writes the counters of a document.
pub(super) fn write(db: &Transaction<'_>, document: i64, traffic: Traffic) -> Result<(), Fault> {
    let mut statement =
        db.prepare_cached("UPDATE documents SET requests = ?2, bytes = ?3, not_modified = ?4 WHERE pk = ?1")?;
    let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let Traffic { requests, bytes, not_modified } = traffic;
    statement.execute(params![document, count(requests), count(bytes), count(not_modified)])?;
    Ok(())
}

pub(super) fn robots(db: &Transaction<'_>) -> Result<BTreeMap<String, RobotsNote>, Fault> {
    let mut statement = db.prepare_cached("SELECT origin, read_at, asked_at, rules FROM robots")?;
    let mut rows = statement.query([])?;
    let mut notes = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let (read_at, asked_at) = (time(row.get(1)?)?, maybe_time(row.get(2)?)?);
        let note = RobotsNote { read_at, asked_at, rules: row.get(3)? };
        notes.insert(row.get(0)?, note);
    }
    Ok(notes)
}

pub(super) fn note_robots(db: &Transaction<'_>, origin: &str, note: &RobotsNote) -> Result<(), Fault> {
    let mut statement = db.prepare_cached(
        "INSERT OR REPLACE INTO robots (origin, read_at, asked_at, rules) VALUES (?1, ?2, ?3, ?4)",
    )?;
    statement.execute(params![
        origin,
        note.read_at.timestamp_millis(),
        maybe_millis(note.asked_at),
        note.rules
    ])?;
    Ok(())
}
