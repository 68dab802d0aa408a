//! The two common shapes, read byte by byte. Anything out of the ordinary is left to the scanner.

use chrono::NaiveDate;

use super::moment::{Clock, Moment, nanos, offset};
use super::zones::offset_of;

/// `Mon, 02 Nov 2026 10:00:00 +0100` (RFC 1123), the weekday not looked at; also without it, or with
/// a zone's name.
pub(super) fn rfc1123(bytes: &[u8]) -> Option<Moment> {
    let mut cursor = Cursor(match bytes {
        [a, b, c, b',', b' ', rest @ ..] if [a, b, c].iter().all(|byte| byte.is_ascii_alphabetic()) => rest,
        _ => bytes,
    });
    let day = cursor.digits(2).or_else(|| cursor.digits(1))?;
    cursor.eat(b' ')?;
    let month = english_month(cursor.take(3)?)?;
    cursor.eat(b' ')?;
    let year = cursor.digits(4)?;
    cursor.eat(b' ')?;
    let clock = cursor.clock()?;
    cursor.eat(b' ')?;
    let offset = match cursor.0 {
        b"GMT" => 0,
        [b'+' | b'-', ..] => cursor.signed(|minutes| minutes)?,
        name => offset_of(std::str::from_utf8(name).ok()?)?,
    };
    Some(Moment { date: NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?, clock, offset })
}

/// `2026-11-02T10:00:00.5+01:00` (RFC 3339).
pub(super) fn rfc3339(bytes: &[u8]) -> Option<Moment> {
    let mut cursor = Cursor(bytes);
    let year = cursor.digits(4)?;
    cursor.eat(b'-')?;
    let month = cursor.digits(2)?;
    cursor.eat(b'-')?;
    let day = cursor.digits(2)?;
    let (b'T' | b't' | b' ') = cursor.take(1)?.first()? else { return None };
    let mut clock = cursor.clock()?;
    if cursor.eat(b'.').is_some() {
        let digits = cursor.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
        clock.nanos = nanos(std::str::from_utf8(cursor.take(digits)?).ok()?);
    }
    let offset = match cursor.0 {
        b"Z" | b"z" => 0,
        _ => cursor.signed(|minutes| minutes.strip_prefix(b":").unwrap_or_default())?,
    };
    Some(Moment { date: NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?, clock, offset })
}

/// `Jan` to `Dec`.
pub(super) fn english_month(name: &[u8]) -> Option<u32> {
    Some(match name {
        b"Jan" => 1,
        b"Feb" => 2,
        b"Mar" => 3,
        b"Apr" => 4,
        b"May" => 5,
        b"Jun" => 6,
        b"Jul" => 7,
        b"Aug" => 8,
        b"Sep" => 9,
        b"Oct" => 10,
        b"Nov" => 11,
        b"Dec" => 12,
        _ => return None,
    })
}

/// The bytes still to be read.
struct Cursor<'a>(&'a [u8]);

impl<'a> Cursor<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn eat(&mut self, byte: u8) -> Option<()> {
        self.0 = self.0.strip_prefix(&[byte])?;
        Some(())
    }

    /// Exactly so many digits; nothing is taken if there are fewer.
    fn digits(&mut self, count: usize) -> Option<u32> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        let mut value = 0;
        for byte in taken {
            value = value * 10 + char::from(*byte).to_digit(10)?;
        }
        self.0 = rest;
        Some(value)
    }

    /// `10:00:00`
    fn clock(&mut self) -> Option<Clock> {
        let hour = self.digits(2)?;
        self.eat(b':')?;
        let minute = self.digits(2)?;
        self.eat(b':')?;
        Some(Clock { hour, minute, second: self.digits(2)?, nanos: 0 })
    }

    /// `+0100` or `+01:00`, to the end of the text: `minutes` takes off what parts them from the hours.
    fn signed(&mut self, minutes: fn(&'a [u8]) -> &'a [u8]) -> Option<i32> {
        let east = match self.take(1)? {
            b"+" => true,
            b"-" => false,
            _ => return None,
        };
        let hours = self.digits(2)?;
        self.0 = minutes(self.0);
        let minutes = self.digits(2)?;
        if self.0.is_empty() { offset(east, hours, minutes) } else { None }
    }
}
