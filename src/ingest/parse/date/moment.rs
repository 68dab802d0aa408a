//! A date, a clock and an offset, checked on their way to an instant.

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Timelike, Utc};

/// A time of day as written: hour 24 and second 60 are still in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Clock {
    pub(super) hour: u32,
    pub(super) minute: u32,
    pub(super) second: u32,
    pub(super) nanos: u32,
}

impl Clock {
    /// The time that a 12-hour clock means; hours past noon are let be in the afternoon. `None` where the hour is not
    /// in that half.
    pub(super) fn in_half(self, afternoon: bool) -> Option<Self> {
        let hour = match (self.hour, afternoon) {
            (12, false) => 0,
            (0..=11, false) | (12..=23, true) => self.hour,
            (1..=11, true) => self.hour + 12,
            _ => return None,
        };
        Some(Self { hour, ..self })
    }

    /// The time with a fraction (in billionths) of its smallest part, which has so many seconds: `10.5` is half past ten.
    pub(super) fn with_fraction(self, nanos: u32, seconds: u64) -> Self {
        let nanos = u64::from(nanos) * seconds;
        let part = |unit: u64, count: u64| u32::try_from(nanos / unit % count).unwrap_or_default();
        Self {
            hour: self.hour,
            minute: self.minute + part(60_000_000_000, 60),
            second: self.second + part(1_000_000_000, 60),
            nanos: part(1, 1_000_000_000),
        }
    }
}

/// A date and time of some place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment {
    pub(super) date: NaiveDate,
    pub(super) clock: Clock,
    /// Seconds east of Greenwich.
    pub(super) offset: i32,
}

impl Moment {
    /// The instant in UTC; `None` for a clock that cannot be, and outside of the years 1 to 9999, which are all that
    /// RFC 3339 can write (less year 0, which is no year).
    pub(super) fn instant(self) -> Option<DateTime<Utc>> {
        let Clock { hour, minute, second, nanos } = self.clock;
        let (date, hour) = match (hour, minute, second, nanos) {
            (24, 0, 0, 0) => (self.date.checked_add_days(Days::new(1))?, 0),
            _ => (self.date, hour),
        };
        let leap = second == 60;
        let local = date.and_hms_nano_opt(hour, minute, second - u32::from(leap), nanos)?;
        let mut instant = local.checked_sub_signed(TimeDelta::seconds(i64::from(self.offset)))?;
        if leap {
            // Leap seconds are at the end of a day in UTC, wherever the clock stands.
            instant =
                Some(instant).filter(|it| (it.hour(), it.minute()) == (23, 59))? + TimeDelta::seconds(1);
        }
        Some(instant.and_utc()).filter(|instant| (1..=9999).contains(&instant.year()))
    }
}

/// A year as written: two digits are 1950 to 2049, three count from 1900 (RFC 5322 §4.3).
pub(super) fn year(digits: &str) -> Option<i32> {
    let value: i32 = digits.parse().ok()?;
    match digits.len() {
        2 if value < 50 => Some(value + 2000),
        2 | 3 => Some(value + 1900),
        4 => Some(value),
        _ => None,
    }
}

/// The digits behind a decimal point as nanoseconds; what is finer is cut off.
pub(super) fn nanos(digits: &str) -> u32 {
    digits
        .bytes()
        .chain(std::iter::repeat(b'0'))
        .take(9)
        .fold(0, |nanos, digit| nanos * 10 + u32::from(digit.wrapping_sub(b'0').min(9)))
}

/// An offset of hours and minutes in seconds; `None` beyond a day.
pub(super) fn offset(east: bool, hours: u32, minutes: u32) -> Option<i32> {
    if hours > 23 || minutes > 59 {
        return None;
    }
    let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
    Some(if east { seconds } else { -seconds })
}
