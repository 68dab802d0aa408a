//! Values as columns and back. What does not read back is damage, told with its name.

use chrono::{DateTime, Utc};
use rusqlite::Row;
use rusqlite::types::FromSql;
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
        DateBasis::FileTime => 2,
    }
}

pub(super) fn basis_from_sql(number: i64) -> Result<DateBasis, Fault> {
    match number {
        0 => Ok(DateBasis::Given),
        1 => Ok(DateBasis::FirstSeen),
        2 => Ok(DateBasis::FileTime),
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

fn reason_from_sql(number: i64) -> Result<WithdrawalReason, Fault> {
    match number {
        1 => Ok(WithdrawalReason::Gone),
        2 => Ok(WithdrawalReason::Tombstone),
        3 => Ok(WithdrawalReason::Missing),
        _ => Err(Fault::Value { what: "a withdrawal", value: number.to_string() }),
    }
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

/// The columns of a row, taken in the order of the statement: to look each up by its name takes longer than to read it.
pub(super) struct Columns<'a> {
    row: &'a Row<'a>,
    next: usize,
}

impl<'a> Columns<'a> {
    /// From the first column on.
    pub(super) fn of(row: &'a Row<'a>) -> Self {
        Self { row, next: 0 }
    }

    /// The next column.
    pub(super) fn take<T: FromSql>(&mut self) -> rusqlite::Result<T> {
        self.row.get(self.place())
    }

    /// The next column, a time.
    pub(super) fn time(&mut self) -> Result<DateTime<Utc>, Fault> {
        time(self.take()?)
    }

    /// The next column, a time or nothing.
    pub(super) fn maybe_time(&mut self) -> Result<Option<DateTime<Utc>>, Fault> {
        maybe_time(self.take()?)
    }

    /// The next column, a text, not copied.
    pub(super) fn text(&mut self) -> Result<&'a str, Fault> {
        let place = self.place();
        Ok(self.row.get_ref(place)?.as_str().map_err(rusqlite::Error::from)?)
    }

    /// The next column, a text or nothing, not copied.
    pub(super) fn maybe_text(&mut self) -> Result<Option<&'a str>, Fault> {
        let place = self.place();
        Ok(self.row.get_ref(place)?.as_str_or_null().map_err(rusqlite::Error::from)?)
    }

    /// The next column, a text in JSON.
    pub(super) fn json<T: DeserializeOwned>(&mut self, what: &'static str) -> Result<T, Fault> {
        serde_json::from_str(self.text()?).map_err(|cause| Fault::Json { what, cause })
    }

    /// The next column, a text in JSON or nothing.
    pub(super) fn maybe_json<T: DeserializeOwned>(&mut self, what: &'static str) -> Result<Option<T>, Fault> {
        let value = self.maybe_text()?.map(serde_json::from_str).transpose();
        value.map_err(|cause| Fault::Json { what, cause })
    }

    /// The next two columns, since when something is withdrawn and how that is known; nothing for most.
    pub(super) fn withdrawal(&mut self) -> Result<Option<Withdrawal>, Fault> {
        let (at, reason) = (self.maybe_time()?, self.take()?);
        at.map(|at| Ok(Withdrawal { at, reason: reason_from_sql(reason)? })).transpose()
    }

    /// The next two columns, a guid and whether it is a permalink.
    pub(super) fn guid(&mut self) -> Result<Guid, Fault> {
        Ok(Guid { value: self.take()?, is_permalink: self.take()? })
    }

    fn place(&mut self) -> usize {
        self.next += 1;
        self.next - 1
    }
}

pub(super) fn to_json<T: Serialize>(what: &'static str, value: &T) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(|cause| Fault::Json { what, cause })
}

/// The first column of all rows.
pub(super) fn column<T: FromSql>(rows: rusqlite::Rows<'_>) -> rusqlite::Result<Vec<T>> {
    rows.mapped(|row| row.get(0)).collect()
}
