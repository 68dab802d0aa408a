//! What robots.txt said.

use std::collections::BTreeMap;

use rusqlite::{Transaction, params};

use super::codec::{maybe_millis, maybe_time, time};
use super::fault::Fault;
use crate::store::RobotsNote;

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
