//! Dates as feeds write them. Two shapes cover nearly all of them and are read straight through (`fast`); the rest
//! goes through a scanner that fills slots (day, month, year, clock, zone) token by token (`reading`).
//!
//! What is read, and what is not:
//! - RFC 822 and its successors with any, no or a wrong weekday, two- and three-digit years (RFC 5322 §4.3), no seconds,
//!   month and day swapped;
//! - ISO 8601 and RFC 3339: extended and basic, ordinal (`2026-306`) and week (`2026-W45-1`) dates, short ones
//!   (`2026`, `2026-11`, `26-11-02`, `-2611`), fractions with point or comma; a part left out is the first one, but a
//!   year left out (`--11-02`) is none to guess;
//! - asctime, 12-hour clocks, month names of many languages, `2026年11月2日`, `令和8年`, Unix stamps of 10 or 13 digits,
//!   digits of other scripts as long as the year is one of ours;
//! - `02.11.2026` is day first; `11/02/2026` could be either and is no date, unless one reading is impossible, or a
//!   weekday or a 12-hour clock (which says that an American wrote it) tells.
//!
//! No zone means UTC, but for dates in Korean words (one language, one country, one zone: +09:00). A zone
//! abbreviation nobody knows means UTC (RFC 5322 §4.3). 24:00:00 is the next day's midnight; the leap second 23:59:60
//! (UTC) is the second after :59, as POSIX counts. A date that cannot be (30 February, 25:00, 10:00:60) is none: nothing
//! is made up, nothing moved. Nor is what lies outside of the years 1 to 9999, once in UTC: RFC 3339 cannot write it.

mod clock;
mod fast;
mod moment;
mod months;
mod names;
mod numeric;
mod plain;
mod reading;
#[cfg(test)]
mod tests;
mod tokens;
mod zones;

use chrono::{DateTime, Utc};

/// Longer texts (bytes) are no dates.
const LONGEST: usize = 256;

/// Reads a date in any of the shapes that feeds use; `None` where it cannot be read for sure.
#[must_use]
pub fn parse_date(text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim();
    if text.len() > LONGEST {
        return None;
    }
    if let Some(moment) = fast::rfc1123(text.as_bytes()).or_else(|| fast::rfc3339(text.as_bytes())) {
        return moment.instant();
    }
    stamp(text).or_else(|| reading::read(text)?.instant())
}

/// A Unix stamp: ten digits are seconds (a fraction is allowed), thirteen milliseconds.
fn stamp(text: &str) -> Option<DateTime<Utc>> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if !whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match (whole.len(), fraction) {
        (10, _) => DateTime::from_timestamp(whole.parse().ok()?, moment::nanos(fraction)),
        (13, "") => DateTime::from_timestamp_millis(whole.parse().ok()?),
        _ => None,
    }
}
