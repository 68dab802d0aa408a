//! How long an answer says that it stays true (RFC 9111 §4.2), and all else that it asks of the next request. Pure.

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::header::{AGE, CACHE_CONTROL, DATE, EXPIRES, HeaderMap, HeaderName, RETRY_AFTER};

use super::RetryAfter;
use super::http_date::http_date;

/// What an exchange asks of the next one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wishes {
    /// Of the last answer of the chain.
    pub freshness: Freshness,
    /// `Retry-After` of every answer of the chain, whatever its status: the longest counts.
    pub waits: Vec<RetryAfter>,
}

/// The headers that say how long an answer stays true.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Freshness {
    /// `Cache-Control: max-age`, in seconds. `s-maxage` is for caches that many share, not for us.
    pub max_age: Option<u64>,
    /// `Age`, in seconds: how old the answer was already.
    pub age: u64,
    /// `Expires`, where it is a date.
    pub expires: Option<DateTime<Utc>>,
    /// `Date` beside `Expires`: what that is measured by, so that nobody's clock has to be right.
    pub date: Option<DateTime<Utc>>,
}

impl Freshness {
    /// What an answer's headers say.
    #[must_use]
    pub fn of(headers: &HeaderMap) -> Self {
        let expires = text(headers, &EXPIRES).and_then(http_date);
        Self {
            max_age: max_age(headers),
            age: text(headers, &AGE).and_then(seconds).unwrap_or(0),
            expires,
            date: expires.and_then(|_| text(headers, &DATE)).and_then(http_date),
        }
    }

    /// How long the answer stays true from `now` on; `None` if it says nothing. The longer of `max-age` and `Expires`:
    /// RFC 9111 §5.3 would have us pass over `Expires` beside `max-age`, and asking later is wrong by neither. `kept` is
    /// the `max-age` of an earlier answer, which still holds where a 304 does not repeat it (RFC 9111 §4.3.4).
    #[must_use]
    pub fn lasts(&self, kept: Option<u64>, now: DateTime<Utc>) -> Option<TimeDelta> {
        let by_age = self.max_age.or(kept).map(|max_age| length(max_age.saturating_sub(self.age)));
        let by_date = self.expires.map(|expires| expires - self.date.unwrap_or(now));
        by_age.max(by_date).map(|left| left.max(TimeDelta::zero()))
    }
}

impl Wishes {
    /// What one answer's headers ask.
    #[must_use]
    pub fn of(headers: &HeaderMap) -> Self {
        Self { freshness: Freshness::of(headers), waits: wait(headers).into_iter().collect() }
    }

    /// The moment before which the server wants no request at all, if it named one.
    #[must_use]
    pub fn wait_until(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.waits.iter().map(|wait| wait.from(now)).max()
    }
}

/// `Retry-After`.
pub(super) fn wait(headers: &HeaderMap) -> Option<RetryAfter> {
    text(headers, &RETRY_AFTER).and_then(RetryAfter::parse)
}

/// The first `max-age` of all `Cache-Control` lines (RFC 9111 §4.2.1); one that is no number counts as not said.
fn max_age(headers: &HeaderMap) -> Option<u64> {
    let lines = headers.get_all(CACHE_CONTROL).into_iter().filter_map(|value| value.to_str().ok());
    let mut directives =
        lines.flat_map(|line| line.split(',')).filter_map(|directive| directive.split_once('='));
    let (_, value) = directives.find(|(name, _)| name.trim().eq_ignore_ascii_case("max-age"))?;
    seconds(value.trim().trim_matches('"'))
}

fn seconds(text: &str) -> Option<u64> {
    let text = text.trim();
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(u64::MAX))
}

/// Saturates: whoever uses it has a limit far below.
fn length(seconds: u64) -> TimeDelta {
    i64::try_from(seconds).ok().and_then(TimeDelta::try_seconds).unwrap_or(TimeDelta::MAX)
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-11-01T12:00:00Z".parse().unwrap()
    }

    fn headers(lines: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for line in lines {
            let (name, value) = line.split_once(": ").unwrap();
            headers.append(name.parse::<HeaderName>().unwrap(), HeaderValue::from_str(value).unwrap());
        }
        headers
    }

    fn minutes(lines: &[&str], kept: Option<u64>) -> Option<i64> {
        Freshness::of(&headers(lines)).lasts(kept, now()).map(|left| left.num_minutes())
    }

    #[test]
    fn max_age_counts_from_when_the_answer_was_made() {
        for (lines, expected) in [
            (&["Cache-Control: max-age=3600"][..], Some(60)),
            (&["Cache-Control: public, MAX-AGE = \"7200\" , must-revalidate"], Some(120)),
            (&["Cache-Control: private", "Cache-Control: max-age=600"], Some(10)),
            (&["Cache-Control: max-age=600, max-age=6000"], Some(10)),
            (&["Cache-Control: max-age=3600", "Age: 1200"], Some(40)),
            (&["Cache-Control: max-age=3600", "Age: 9999"], Some(0)),
            (&["Cache-Control: max-age=0"], Some(0)),
            (&["Cache-Control: s-maxage=3600"], None),
            (&["Cache-Control: no-cache"], None),
            (&["Cache-Control: max-age=-1"], None),
            (&["Cache-Control: max-age=soon"], None),
            (&["Cache-Control: max-age"], None),
            (&[], None),
        ] {
            assert_eq!(minutes(lines, None), expected, "{lines:?}");
        }
        assert!(minutes(&["Cache-Control: max-age=99999999999999999999"], None) > Some(60 * 24 * 365));
    }

    #[test]
    fn expires_is_measured_by_the_servers_own_date() {
        let date = "Date: Sun, 01 Nov 2020 10:00:00 GMT";
        for (lines, expected) in [
            (&[date, "Expires: Sun, 01 Nov 2020 11:00:00 GMT"][..], Some(60)),
            (&["Expires: Sun, 01 Nov 2026 12:30:00 GMT"], Some(30)),
            (&[date, "Expires: Thu, 19 Nov 1981 08:52:00 GMT"], Some(0)),
            (&[date, "Expires: 0"], None),
            (&[date], None),
        ] {
            assert_eq!(minutes(lines, None), expected, "{lines:?}");
        }
    }

    #[test]
    fn of_max_age_and_expires_the_longer_counts() {
        let expires = ["Date: Sun, 01 Nov 2026 12:00:00 GMT", "Expires: Sun, 01 Nov 2026 14:00:00 GMT"];
        for (age, expected) in [(3600, 120), (10_800, 180)] {
            let control = format!("Cache-Control: max-age={age}");
            assert_eq!(minutes(&[expires[0], expires[1], &control], None), Some(expected));
        }
    }

    #[test]
    fn a_max_age_that_a_304_does_not_repeat_still_holds() {
        assert_eq!(minutes(&[], Some(3600)), Some(60));
        assert_eq!(minutes(&["Age: 600"], Some(3600)), Some(50));
        assert_eq!(minutes(&["Cache-Control: max-age=60"], Some(3600)), Some(1));
    }

    #[test]
    fn of_several_waits_the_longest_counts() {
        let waits = vec![
            RetryAfter::Seconds(60),
            RetryAfter::At("2026-11-01T13:00:00Z".parse().unwrap()),
            RetryAfter::Seconds(120),
        ];
        let wishes = Wishes { waits, ..Wishes::default() };
        assert_eq!(wishes.wait_until(now()), Some(now() + TimeDelta::hours(1)));
        assert_eq!(Wishes::default().wait_until(now()), None);
    }
}
