//! Values as columns and back. What does not read back is damage, told with its name.

use chrono::{DateTime, Utc};
use rusqlite::types::FromSql;
use rusqlite::{Row, RowIndex};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::fault::Fault;
use crate::model::{ArticleId, DateBasis, Fingerprint, Flood, Guid, Key, Withdrawal, WithdrawalReason};

pub(super) fn id_to_sql(id: ArticleId) -> i64 {
    id.number().cast_signed()
}

pub(super) fn id_from_sql(number: i64) -> ArticleId {
    ArticleId::new(number.cast_unsigned())
}

/// Ids as one parameter, for `json_each`.
pub(super) fn ids_to_sql(ids: &[ArticleId]) -> Result<String, Fault> {
    let numbers: Vec<i64> = ids.iter().copied().map(id_to_sql).collect();
    to_json("ids", &numbers)
}

/// A time in milliseconds.
pub(super) fn time(milliseconds: i64) -> Result<DateTime<Utc>, Fault> {
    DateTime::from_timestamp_millis(milliseconds)
        .ok_or_else(|| Fault::Value { what: "a time", value: milliseconds.to_string() })
}

pub(super) fn maybe_time(milliseconds: Option<i64>) -> Result<Option<DateTime<Utc>>, Fault> {
    milliseconds.map(time).transpose()
}

pub(super) fn maybe_millis(time: Option<DateTime<Utc>>) -> Option<i64> {
    time.map(|time| time.timestamp_millis())
}

pub(super) fn basis_to_sql(basis: DateBasis) -> i64 {
    match basis {
        DateBasis::Given => 0,
        DateBasis::FirstSeen => 1,
    }
}

pub(super) fn basis_from_sql(number: i64) -> Result<DateBasis, Fault> {
    match number {
        0 => Ok(DateBasis::Given),
        1 => Ok(DateBasis::FirstSeen),
        _ => Err(Fault::Value { what: "a date's basis", value: number.to_string() }),
    }
}

pub(super) fn flood_to_sql(flood: Option<Flood>) -> i64 {
    match flood {
        None => 0,
        Some(Flood::First) => 1,
        Some(Flood::Later) => 2,
    }
}

pub(super) fn flood_from_sql(number: i64) -> Result<Option<Flood>, Fault> {
    match number {
        0 => Ok(None),
        1 => Ok(Some(Flood::First)),
        2 => Ok(Some(Flood::Later)),
        _ => Err(Fault::Value { what: "a flood", value: number.to_string() }),
    }
}

pub(super) fn reason_to_sql(reason: WithdrawalReason) -> i64 {
    match reason {
        WithdrawalReason::Gone => 1,
        WithdrawalReason::Tombstone => 2,
        WithdrawalReason::Missing => 3,
    }
}

/// From the columns `withdrawn` and `withdrawal`.
pub(super) fn withdrawal(row: &Row<'_>) -> Result<Option<Withdrawal>, Fault> {
    let Some(at) = maybe_time(row.get("withdrawn")?)? else { return Ok(None) };
    let reason = match row.get("withdrawal")? {
        1 => WithdrawalReason::Gone,
        2 => WithdrawalReason::Tombstone,
        3 => WithdrawalReason::Missing,
        other => {
            let number: i64 = other;
            return Err(Fault::Value { what: "a withdrawal", value: number.to_string() });
        }
    };
    Ok(Some(Withdrawal { at, reason }))
}

pub(super) fn key_to_sql(key: &Key) -> (i64, &str) {
    match key {
        Key::Guid(value) => (0, value),
        Key::Link(value) => (1, value),
        Key::Hash(value) => (2, value),
    }
}

pub(super) fn key_from_sql(kind: i64, value: String) -> Result<Key, Fault> {
    match kind {
        0 => Ok(Key::Guid(value)),
        1 => Ok(Key::Link(value)),
        2 => Ok(Key::Hash(value)),
        _ => Err(Fault::Value { what: "a key's kind", value: kind.to_string() }),
    }
}

pub(super) fn fingerprint_from_sql(bytes: &[u8]) -> Result<Fingerprint, Fault> {
    <[u8; 16]>::try_from(bytes)
        .map(Fingerprint)
        .map_err(|_| Fault::Value { what: "a fingerprint", value: format!("{} bytes", bytes.len()) })
}

/// A guid from the columns `guid` and `is_permalink`.
pub(super) fn guid(row: &Row<'_>) -> Result<Guid, Fault> {
    Ok(Guid { value: row.get("guid")?, is_permalink: row.get("is_permalink")? })
}

pub(super) fn to_json<T: Serialize>(what: &'static str, value: &T) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(|cause| Fault::Json { what, cause })
}

/// Reads a JSON column without copying its text.
pub(super) fn from_json<T: DeserializeOwned>(
    what: &'static str,
    row: &Row<'_>,
    column: impl RowIndex,
) -> Result<T, Fault> {
    let text = row.get_ref(column)?.as_str().map_err(rusqlite::Error::from)?;
    serde_json::from_str(text).map_err(|cause| Fault::Json { what, cause })
}

/// The first column of all rows.
pub(super) fn column<T: FromSql>(rows: rusqlite::Rows<'_>) -> rusqlite::Result<Vec<T>> {
    rows.mapped(|row| row.get(0)).collect()
}
