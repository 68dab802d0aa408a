//! Dates in numbers alone: `2026-11-02`, `2026-306`, `2026-W45-1`, `20261102`, `02.11.2026`, `11/22/2026`.

use chrono::{Datelike, NaiveDate, Weekday};

use super::clock;
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
        // A camera's: 2026:11:02.
        Some(Token::Sign(':')) if tokens.number(0).is_some_and(|digits| digits.len() == 4) => tokens.peek(2),
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
    let sign = match tokens.peek(1) {
        Some(Token::Sign(sign @ ('-' | '/' | '.' | ':'))) if first.len() <= 4 => sign,
        _ => return alone(first, tokens),
    };
    if matches!(first.len(), 2 | 4) && tokens.word(2).is_some_and(is_week) {
        return week(first, tokens, sign);
    }
    let second = tokens.number(2)?;
    match tokens.number(4).filter(|_| tokens.is_sign(3, sign)) {
        Some(third) => {
            tokens.skip(5);
            three([first, second, third], sign)
        }
        None => {
            tokens.skip(3);
            two(first, second).map(NumericDate::Known)
        }
    }
}

/// `-26`, `-2611`, `-26-11`, `-26-11-02`: a hyphen for the century (ISO 8601:1988 §5.2.1.3). One for the year, too
/// (`--11-02`), leaves a year to guess. The next token is the sign.
pub(super) fn read_truncated<'a>(tokens: &mut Tokens<'a>) -> Option<NumericDate<'a>> {
    let digits = tokens.number(1)?;
    tokens.skip(2);
    let [year, month, day] = match digits.len() {
        2 => {
            let month = pair_behind_hyphen(tokens);
            [Some(digits), month, month.and_then(|_| pair_behind_hyphen(tokens))]
        }
        4 | 6 => [digits.get(..2), digits.get(2..4), digits.get(4..6)],
        _ => return None,
    };
    ymd(year?, month.unwrap_or("1"), day.unwrap_or("1")).map(NumericDate::Known)
}

fn pair_behind_hyphen<'a>(tokens: &mut Tokens<'a>) -> Option<&'a str> {
    let pair = tokens.number(1).filter(|digits| tokens.is_sign(0, '-') && digits.len() == 2)?;
    tokens.skip(2);
    Some(pair)
}

/// `2026-11`, `2026-306`, `26-306`; but `26-11` could be anything.
fn two(year_digits: &str, second: &str) -> Option<NaiveDate> {
    match (year_digits.len(), second.len()) {
        (4, 1 | 2) => ymd(year_digits, second, "1"),
        (2 | 4, 3) => ordinal(year_digits, second),
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
    if matches!(digits.len(), 2 | 4) && tokens.word(1).is_some_and(is_week) {
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
        return Some(NumericDate::WithClock(date, clock::basic(digits.get(8..)?, tokens)?));
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

/// Settles three numbers parted by slashes or hyphens: day first, month first or (two digits) year first. There must be
/// one reading only, or only one on that weekday; an American clock means month first.
pub(super) fn settle(parts: [&str; 3], weekday: Option<Weekday>, american: bool) -> Option<NaiveDate> {
    let [first, second, third] = parts;
    let month_first = ymd(third, first, second);
    let year_first = if third.len() == 2 { ymd(first, second, third) } else { None };
    let readings = [month_first, ymd(third, second, first), year_first];
    let on_day = readings.map(|reading| reading.filter(|date| Some(date.weekday()) == weekday));
    sole(on_day).or_else(|| month_first.filter(|_| american)).or_else(|| sole(readings))
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
    if month.len() > 2 { None } else { date(year(year_digits)?, month.parse().ok()?, day) }
}

/// A date whose day is as written.
pub(super) fn date(year: i32, month: u32, day: &str) -> Option<NaiveDate> {
    if day.len() > 2 { None } else { NaiveDate::from_ymd_opt(year, month, day.parse().ok()?) }
}

/// A date of three numbers parted by blanks, year first: `2026 11 02`.
pub(super) fn spaced(parts: [&str; 3]) -> Option<NaiveDate> {
    let [year_digits, month, day] = parts;
    if year_digits.len() == 4 { ymd(year_digits, month, day) } else { None }
}

fn ordinal(year_digits: &str, day: &str) -> Option<NaiveDate> {
    NaiveDate::from_yo_opt(year(year_digits)?, day.parse().ok()?)
}
