//! `Retry-After` (RFC 9110 §10.2.3): seconds, or a date.

use chrono::{DateTime, TimeDelta, Utc};

use super::http_date::http_date;

/// The longest wait a server is granted: 30 days.
const LONGEST: TimeDelta = TimeDelta::days(30);

/// When a server wants to be asked again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetryAfter {
    /// So many seconds from now.
    Seconds(u64),
    /// Not before this.
    At(DateTime<Utc>),
}

impl RetryAfter {
    /// Reads the header's value; `None` for anything that is neither a number nor an HTTP date (RFC 9110 §5.6.7, all
    /// three forms).
    #[must_use]
    pub fn parse(value: &str) -> Option<Self> {
        let value = value.trim();
        if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(Self::Seconds(value.parse().unwrap_or(u64::MAX)));
        }
        http_date(value).map(Self::At)
    }

    /// The moment meant, at most 30 days after `now`.
    #[must_use]
    pub fn from(self, now: DateTime<Utc>) -> DateTime<Utc> {
        let latest = now + LONGEST;
        match self {
            Self::Seconds(seconds) => i64::try_from(seconds)
                .ok()
                .and_then(TimeDelta::try_seconds)
                .map_or(latest, |wait| now + wait.min(LONGEST)),
            Self::At(moment) => moment.min(latest),
        }
    }
}

impl std::fmt::Display for RetryAfter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Seconds(seconds) => write!(f, "in {seconds} s"),
            Self::At(moment) => write!(f, "at {}", moment.format("%Y-%m-%dT%H:%M:%SZ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn retry_after_is_read_as_seconds_and_as_each_form_of_http_date() {
        let moment = RetryAfter::At(at("1994-11-06T08:49:37Z"));
        for (value, expected) in [
            ("120", Some(RetryAfter::Seconds(120))),
            (" 0 ", Some(RetryAfter::Seconds(0))),
            ("99999999999999999999999", Some(RetryAfter::Seconds(u64::MAX))),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(moment)),
            ("Sunday, 06-Nov-94 08:49:37 GMT", Some(moment)),
            ("Sun Nov  6 08:49:37 1994", Some(moment)),
            ("Fri, 06 Nov 1994 08:49:37 GMT", Some(moment)),
            ("", None),
            ("-5", None),
            ("1.5", None),
            ("soon", None),
            ("Sun, 99 Nov 1994 08:49:37 GMT", None),
        ] {
            assert_eq!(RetryAfter::parse(value), expected, "{value:?}");
        }
    }

    #[test]
    fn no_server_can_ask_for_more_than_thirty_days() {
        let now = at("2026-11-01T00:00:00Z");
        for endless in [RetryAfter::Seconds(u64::MAX), RetryAfter::At(at("9999-01-01T00:00:00Z"))] {
            assert_eq!(endless.from(now), at("2026-12-01T00:00:00Z"));
        }
        assert_eq!(RetryAfter::Seconds(60).from(now), at("2026-11-01T00:01:00Z"));
    }
}
