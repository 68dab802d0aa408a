//! Dates as documents write them: to the second, years 1 to 9999.

use chrono::{DateTime, SecondsFormat, SubsecRound, Utc};

/// 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z: RFC 822 and RFC 3339 have four digits for a year.
const RANGE: (i64, i64) = (-62_135_596_800, 253_402_300_799);

/// The date to the second, brought into the years that the formats can say.
pub(super) fn whole_seconds(date: DateTime<Utc>) -> DateTime<Utc> {
    let seconds = date.timestamp().clamp(RANGE.0, RANGE.1);
    DateTime::from_timestamp(seconds, 0).unwrap_or_else(|| date.trunc_subsecs(0))
}

/// RFC 822 §5 with a year of four digits, as RSS has it: `Thu, 01 May 2025 12:00:00 GMT`.
pub(super) fn rfc822(date: DateTime<Utc>) -> String {
    whole_seconds(date).format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// RFC 3339: `2025-05-01T12:00:00Z`.
pub(super) fn rfc3339(date: DateTime<Utc>) -> String {
    whole_seconds(date).to_rfc3339_opts(SecondsFormat::Secs, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_has_whole_seconds_and_four_digits_of_year() {
        for (date, mail, net) in [
            (
                DateTime::from_timestamp_millis(1_746_100_800_999),
                "Thu, 01 May 2025 12:00:00 GMT",
                "2025-05-01T12:00:00Z",
            ),
            (Some(DateTime::UNIX_EPOCH), "Thu, 01 Jan 1970 00:00:00 GMT", "1970-01-01T00:00:00Z"),
            (Some(DateTime::<Utc>::MIN_UTC), "Mon, 01 Jan 0001 00:00:00 GMT", "0001-01-01T00:00:00Z"),
            (Some(DateTime::<Utc>::MAX_UTC), "Fri, 31 Dec 9999 23:59:59 GMT", "9999-12-31T23:59:59Z"),
        ] {
            assert_eq!(rfc822(date.unwrap()), mail);
            assert_eq!(rfc3339(date.unwrap()), net);
        }
    }
}
