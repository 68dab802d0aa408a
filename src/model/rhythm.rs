//! How often a document changes: what it says itself, and what was seen of it.

use chrono::{DateTime, Datelike, TimeDelta, Timelike, Utc};
use serde::{Deserialize, Serialize};

use super::FeedMeta;

/// How often a feed says it is to be asked for. Hours and days are those of UTC.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Pace {
    /// Not more often than this, in minutes: the longer of RSS `ttl` and the RSS 1.0 Syndication module. 0: not said.
    #[serde(skip_serializing_if = "is_default")]
    pub every: u32,
    /// RSS `skipHours`: bit 0 is the hour that begins at midnight.
    #[serde(skip_serializing_if = "is_default")]
    pub skip_hours: u32,
    /// RSS `skipDays`: bit 0 is Monday.
    #[serde(skip_serializing_if = "is_default")]
    pub skip_days: u8,
}

/// What is remembered of a document's changes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rhythm {
    /// What it says itself.
    #[serde(skip_serializing_if = "is_default")]
    pub pace: Pace,
    /// `Cache-Control: max-age` of the last answer that said one, in seconds.
    #[serde(skip_serializing_if = "is_default")]
    pub max_age: Option<u64>,
    /// When it last brought something new; before that, when watching it began.
    #[serde(with = "chrono::serde::ts_milliseconds_option", skip_serializing_if = "is_default")]
    pub changed_at: Option<DateTime<Utc>>,
    /// From one new article to the next, in seconds, as lately seen.
    #[serde(skip_serializing_if = "is_default")]
    pub gap: Option<u64>,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

const ALL_HOURS: u32 = (1 << 24) - 1;
const ALL_DAYS: u8 = (1 << 7) - 1;

impl Pace {
    /// What a feed says.
    #[must_use]
    pub fn of(meta: &FeedMeta) -> Self {
        let hours = meta.skip_hours.iter().filter(|&&hour| hour < 24).map(|&hour| 1 << hour);
        let days = meta.skip_days.iter().filter_map(|name| weekday(name)).map(|day| 1 << day);
        Self {
            every: meta.ttl.unwrap_or(0).max(syndication(meta).unwrap_or(0)),
            skip_hours: hours.fold(0, |all, hour: u32| all | hour),
            skip_days: days.fold(0, |all, day: u8| all | day),
        }
    }

    /// Whether the feed wants to be left alone at a moment. One that names every hour, or every day, means none.
    #[must_use]
    pub fn skips(&self, at: DateTime<Utc>) -> bool {
        if self.skip_hours == 0 && self.skip_days == 0 {
            // Nearly all; the calendar takes longer than all else that is asked of a document.
            return false;
        }
        let hours = if self.skip_hours == ALL_HOURS { 0 } else { self.skip_hours };
        let days = if self.skip_days == ALL_DAYS { 0 } else { self.skip_days };
        hours >> at.hour() & 1 == 1 || days >> at.weekday().num_days_from_monday() & 1 == 1
    }

    /// The first moment from `at` on at which the feed may be asked for: `at` itself, or the beginning of an hour.
    #[must_use]
    pub fn first_allowed(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        const HOURS_OF_A_WEEK: i64 = 7 * 24;
        let into_the_hour = at.timestamp_millis().rem_euclid(3_600_000);
        let hour = |number| at + TimeDelta::hours(number) - TimeDelta::milliseconds(into_the_hour);
        let mut moments = std::iter::once(at).chain((1..=HOURS_OF_A_WEEK).map(hour));
        moments.find(|&moment| !self.skips(moment)).unwrap_or(at)
    }
}

/// Minutes between updates by the Syndication module; without a period, of a day, as it says.
fn syndication(meta: &FeedMeta) -> Option<u32> {
    const DAY: u32 = 24 * 60;
    let period =
        match meta.update_period.as_deref().map(|period| period.trim().to_ascii_lowercase()).as_deref() {
            Some("hourly") => 60,
            Some("daily") => DAY,
            Some("weekly") => 7 * DAY,
            Some("monthly") => 30 * DAY,
            Some("yearly") => 365 * DAY,
            Some(_) => return None,
            None => meta.update_frequency.map(|_| DAY)?,
        };
    Some(period / meta.update_frequency.unwrap_or(1).max(1))
}

/// Monday is 0. Names are English; three letters tell them apart.
fn weekday(name: &str) -> Option<u32> {
    let start: String = name.trim().chars().take(3).collect();
    let day: chrono::Weekday = start.parse().ok()?;
    Some(day.num_days_from_monday())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn skipping(hours: &[u8], days: &[&str]) -> Pace {
        let skip_days = days.iter().map(|&day| day.to_owned()).collect();
        Pace::of(&FeedMeta { skip_hours: hours.to_vec(), skip_days, ..FeedMeta::default() })
    }

    #[test]
    fn of_ttl_and_the_syndication_module_the_longer_counts() {
        let day = 24 * 60;
        for (ttl, period, frequency, expected) in [
            (None, None, None, 0),
            (Some(90), None, None, 90),
            (None, Some("hourly"), None, 60),
            (None, Some(" Hourly"), Some(4), 15),
            (None, Some("daily"), Some(2), day / 2),
            (None, Some("weekly"), Some(0), 7 * day),
            (None, Some("monthly"), None, 30 * day),
            (None, Some("yearly"), Some(1), 365 * day),
            (None, Some("sometimes"), Some(1), 0),
            (None, None, Some(3), day / 3),
            (Some(30), Some("hourly"), Some(1), 60),
            (Some(u32::MAX), Some("hourly"), Some(u32::MAX), u32::MAX),
        ] {
            let update_period = period.map(str::to_owned);
            let meta = FeedMeta { ttl, update_period, update_frequency: frequency, ..FeedMeta::default() };
            assert_eq!(Pace::of(&meta).every, expected, "{ttl:?} {period:?} {frequency:?}");
        }
    }

    #[test]
    fn a_skipped_hour_or_day_is_waited_out() {
        // A Friday.
        let noon = "2026-11-27T12:34:56Z";
        for (hours, days, expected) in [
            (&[][..], &[][..], noon),
            (&[11, 13], &[], noon),
            (&[12], &[], "2026-11-27T13:00:00Z"),
            (&[12, 13, 14], &[], "2026-11-27T15:00:00Z"),
            (&[], &["Friday"], "2026-11-28T00:00:00Z"),
            (&[0, 1], &["friday", "Sat", "Sunday"], "2026-11-30T02:00:00Z"),
            (&[24, 99], &["Freitag"], noon),
        ] {
            assert_eq!(skipping(hours, days).first_allowed(at(noon)), at(expected), "{hours:?} {days:?}");
        }
    }

    #[test]
    fn who_skips_every_hour_or_every_day_skips_none() {
        let hours: Vec<u8> = (0..24).collect();
        let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
        let noon = at("2026-11-27T12:34:56Z");
        assert_eq!(skipping(&hours, &[]).first_allowed(noon), noon);
        assert_eq!(skipping(&[], &days).first_allowed(noon), noon);
        // Only one hour of the week is left.
        let rarely = skipping(&hours[1..], &days[1..]);
        assert_eq!(rarely.first_allowed(noon), at("2026-11-30T00:00:00Z"));
    }

    #[test]
    fn a_rhythm_reads_back_as_it_was_written() {
        let rhythm = Rhythm {
            pace: Pace { every: 60, skip_hours: 5, skip_days: 3 },
            max_age: Some(u64::MAX),
            changed_at: Some(at("2026-11-27T12:00:00Z")),
            gap: Some(7),
        };
        for rhythm in [rhythm, Rhythm::default()] {
            let text = serde_json::to_string(&rhythm).unwrap();
            assert_eq!(serde_json::from_str::<Rhythm>(&text).unwrap(), rhythm, "{text}");
        }
        assert_eq!(serde_json::to_string(&Rhythm::default()).unwrap(), "{}");
    }
}
