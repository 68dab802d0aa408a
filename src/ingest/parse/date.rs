//! Dates as feeds write them.

use chrono::{DateTime, NaiveDate, Utc};

/// Reads a date; none if there is none in the text.
#[must_use]
pub fn parse_date(text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim();
    let rfc = DateTime::parse_from_rfc3339(text).or_else(|_| DateTime::parse_from_rfc2822(text));
    rfc.ok().map(|date| date.to_utc()).or_else(|| {
        NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?.and_hms_opt(0, 0, 0).map(|date| date.and_utc())
    })
}
