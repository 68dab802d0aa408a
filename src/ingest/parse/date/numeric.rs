//! Dates in numbers alone: `2026-11-02`, `2026-306`, `2026-W45-1`, `20261102`, `02.11.2026`, `11/22/2026`.

use chrono::{NaiveDate, Weekday};

use super::moment::{Clock, year};
use super::tokens::{Token, Tokens};

/// A date in numbers, as far as it is understood by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NumericDate<'a> {
    Known(NaiveDate),
    /// A date and a clock in one number.
    WithClock(NaiveDate, Clock),
    /// Three numbers of which none must be the year, or the month.
    Open([&'a str; 3]),
}

/// Whether the next token, a number, begins a date in numbers.
pub(super) fn begins(tokens: &Tokens<'_>) -> bool {
    let behind = match tokens.peek(1) {
        Some(Token::Sign('-' | '/' | '.')) => tokens.peek(2),
        behind => behind,
    };
    let signed = behind != tokens.peek(1);
    match behind {
        Some(Token::Number(_)) if signed => true,
        Some(Token::Word(word)) if is_week(word) => true,
        _ => tokens.number(0).is_some_and(|digits| digits.len() > 4),
    }
}

/// Reads a date in numbers that begins at the next token, which is a number. `None`: it is not one, or it cannot be.
pub(super) fn read<'a>(tokens: &mut Tokens<'a>) -> Option<NumericDate<'a>> {
    let first = tokens.number(0)?;
    let Some(Token::Sign(sign @ ('-' | '/' | '.'))) = tokens.peek(1) else {
        return alone(first, tokens);
    };
    if first.len() == 4 && tokens.word(2).is_some_and(is_week) {
        return week(first, tokens, sign);
    }
    let second = tokens.number(2)?;
    match tokens.number(4).filter(|_| tokens.is_sign(3, sign)) {
        Some(third) => {
            tokens.skip(5);
            three([first, second, third], sign)
        }
        None if first.len() == 4 => {
            tokens.skip(3);
            two(first, second).map(NumericDate::Known)
        }
        None => None,
    }
}

/// `-2611` and `-26-11`: a year of the century and a month (ISO 8601:1988 §5.2.1.3). The next token is the sign.
pub(super) fn read_truncated<'a>(tokens: &mut Tokens<'a>) -> Option<NumericDate<'a>> {
    let first = tokens.number(1)?;
    let (year, month, length) = match (first.len(), tokens.number(3).filter(|_| tokens.is_sign(2, '-'))) {
        (4, None) => (first.get(..2)?, first.get(2..)?, 2),
        (2, Some(month)) if month.len() == 2 => (first, month, 4),
        _ => return None,
    };
    tokens.skip(length);
    ymd(year, month, "01").map(NumericDate::Known)
}

fn two(year_digits: &str, second: &str) -> Option<NaiveDate> {
    match second.len() {
        1 | 2 => ymd(year_digits, second, "1"),
        3 => ordinal(year_digits, second),
        _ => None,
    }
}

fn three<'a>(parts: [&'a str; 3], sign: char) -> Option<NumericDate<'a>> {
    let [first, second, third] = parts;
    match (first.len(), sign) {
        (4, _) => ymd(first, second, third).map(NumericDate::Known),
        (_, '.') => ymd(third, second, first).map(NumericDate::Known),
        // ISO 8601:1988 writes `26-11-02`, year first; only what cannot be that is open.
        (2, '-') if third.len() == 2 => {
            Some(ymd(first, second, third).map_or(NumericDate::Open(parts), NumericDate::Known))
        }
        _ => Some(NumericDate::Open(parts)),
    }
}

/// A number without a sign behind it: its length tells what it is. The clock of the two longest is in it.
fn alone<'a>(digits: &'a str, tokens: &mut Tokens<'a>) -> Option<NumericDate<'a>> {
    if digits.len() == 4 && tokens.word(1).is_some_and(is_week) {
        return week(digits, tokens, ' ');
    }
    let date = match digits.len() {
        5 => ordinal(digits.get(..2)?, digits.get(2..)?),
        6 => six_digits(digits),
        7 => ordinal(digits.get(..4)?, digits.get(4..)?),
        8 | 12 | 14 => ymd(digits.get(..4)?, digits.get(4..6)?, digits.get(6..8)?),
        _ => None,
    }?;
    tokens.skip(1);
    if digits.len() > 8 {
        return Some(NumericDate::WithClock(date, basic_clock(digits.get(8..)?)?));
    }
    Some(NumericDate::Known(date))
}

/// `261102` or `202611`: where both could be, neither is.
fn six_digits(digits: &str) -> Option<NaiveDate> {
    let short = ymd(digits.get(..2)?, digits.get(2..4)?, digits.get(4..)?);
    let long = digits.get(..4).filter(|year| ("1950".."2050").contains(year));
    let long = long.and_then(|year| ymd(year, digits.get(4..)?, "1"));
    sole([short, long])
}

/// `2026-W45-1`, `2026W451`, `2026-W45` (its Monday).
fn week<'a>(year_digits: &str, tokens: &mut Tokens<'a>, sign: char) -> Option<NumericDate<'a>> {
    let start = if sign == '-' { 3 } else { 2 };
    let digits = tokens.number(start)?;
    let (week, day, length) = match (digits.len(), tokens.number(start + 2)) {
        (2, Some(day)) if sign == '-' && tokens.is_sign(start + 1, '-') => (digits, day, start + 3),
        (2, _) => (digits, "1", start + 1),
        (3, _) => (digits.get(..2)?, digits.get(2..)?, start + 1),
        _ => return None,
    };
    let weekday = Weekday::try_from(day.parse::<u8>().ok()?.checked_sub(1)?).ok()?;
    tokens.skip(length);
    NaiveDate::from_isoywd_opt(year(year_digits)?, week.parse().ok()?, weekday).map(NumericDate::Known)
}

/// The time in `100000`, `1000` or `10`.
pub(super) fn basic_clock(digits: &str) -> Option<Clock> {
    let part = |from: usize| digits.get(from..from + 2).map_or(Some(0), |part| part.parse().ok());
    match digits.len() {
        2 | 4 | 6 => Some(Clock { hour: part(0)?, minute: part(2)?, second: part(4)?, nanos: 0 }),
        _ => None,
    }
}

/// Settles three numbers parted by slashes or hyphens: day first, month first or (two digits) year first. An
/// American clock means month first; else there must be one reading only.
pub(super) fn settle(parts: [&str; 3], american: bool) -> Option<NaiveDate> {
    let [first, second, third] = parts;
    let month_first = ymd(third, first, second);
    if american && month_first.is_some() {
        return month_first;
    }
    let year_first = if third.len() == 2 { ymd(first, second, third) } else { None };
    sole([month_first, ymd(third, second, first), year_first])
}

/// The one date among several readings.
fn sole<const N: usize>(readings: [Option<NaiveDate>; N]) -> Option<NaiveDate> {
    let mut found = readings.into_iter().flatten();
    let date = found.next()?;
    found.all(|other| other == date).then_some(date)
}

/// The week sign of ISO 8601.
fn is_week(word: &str) -> bool {
    word.eq_ignore_ascii_case("w")
}

fn ymd(year_digits: &str, month: &str, day: &str) -> Option<NaiveDate> {
    if month.len() > 2 { None } else { date(year_digits, month.parse().ok()?, day) }
}

/// A date of a year and a day as written.
pub(super) fn date(year_digits: &str, month: u32, day: &str) -> Option<NaiveDate> {
    if day.len() > 2 { None } else { NaiveDate::from_ymd_opt(year(year_digits)?, month, day.parse().ok()?) }
}

fn ordinal(year_digits: &str, day: &str) -> Option<NaiveDate> {
    NaiveDate::from_yo_opt(year(year_digits)?, day.parse().ok()?)
}
