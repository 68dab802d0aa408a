//! The scanner: tokens fill the slots of a date in whatever order they come.

use chrono::NaiveDate;

use super::moment::{Clock, Moment, nanos, offset};
use super::names::{Half, Unit, half_of_day, is_filler, is_korean, month};
use super::numeric::{self, NumericDate};
use super::tokens::{Token, Tokens};
use super::zones;

/// Nine hours: what a date in Korean words means without a zone.
const KOREA: i32 = 9 * 3600;

/// Reads a date of any shape. `None` where a token has no place in a date, or a slot would be filled twice.
pub(super) fn read(text: &str) -> Option<Moment> {
    let mut tokens = Tokens::scan(text);
    let mut slots = Slots::default();
    while let Some(token) = tokens.peek(0) {
        match token {
            Token::Number(digits) => slots.number(digits, &mut tokens)?,
            Token::Word(word) => slots.word(word, &mut tokens)?,
            Token::Sign(sign) => slots.sign(sign, &mut tokens)?,
            Token::Unit(_) => return None,
        }
    }
    let default_offset = if is_korean(text) { KOREA } else { 0 };
    slots.moment(default_offset)
}

/// What was read so far.
#[derive(Debug, Default)]
struct Slots<'a> {
    /// A date in numbers, complete.
    date: Option<NumericDate<'a>>,
    /// The parts that named themselves: 2026年, 11월, "November".
    year: Option<&'a str>,
    month: Option<u32>,
    /// The month was the first word: "mar" and "paz" are weekdays too ("mar, 3 nov 2026").
    month_may_be_weekday: bool,
    day: Option<&'a str>,
    /// Numbers that are day and year, in the order they came.
    numbers: Vec<&'a str>,
    clock: Option<Clock>,
    half: Option<Half>,
    /// Seconds east by number, and by name; the number is believed.
    offset: Option<i32>,
    zone: Option<i32>,
}

/// Fills a slot that must be empty.
fn fill<T>(slot: &mut Option<T>, value: T) -> Option<()> {
    slot.replace(value).is_none().then_some(())
}

impl<'a> Slots<'a> {
    fn number(&mut self, digits: &'a str, tokens: &mut Tokens<'a>) -> Option<()> {
        if begins_clock(tokens) {
            return fill(&mut self.clock, clock(tokens)?);
        }
        if let Some(Token::Unit(unit)) = tokens.peek(1) {
            tokens.skip(2);
            return match unit {
                Unit::Year => fill(&mut self.year, digits),
                Unit::Month => fill(&mut self.month, digits.parse().ok()?),
                Unit::Day => fill(&mut self.day, digits),
                Unit::Hour | Unit::Minute | Unit::Second => None,
            };
        }
        if !self.has_any_part() && numeric::begins(tokens) {
            return fill(&mut self.date, numeric::read(tokens)?);
        }
        tokens.skip(1);
        if self.has_whole_date() {
            return fill(&mut self.clock, numeric::basic_clock(digits)?);
        }
        self.numbers.push(digits);
        Some(())
    }

    fn word(&mut self, word: &'a str, tokens: &mut Tokens<'a>) -> Option<()> {
        if let Some((half, length)) = half_ahead(tokens, 0) {
            tokens.skip(length);
            return fill(&mut self.half, half);
        }
        let begins = tokens.at_start();
        tokens.skip(1);
        if let Some(month) = month(word) {
            if std::mem::take(&mut self.month_may_be_weekday) {
                self.month = None;
            }
            self.month_may_be_weekday = begins;
            return fill(&mut self.month, month);
        }
        let parts_date_and_clock = word.eq_ignore_ascii_case("t") && self.clock.is_none();
        if !self.has_any_part() || is_filler(word) || parts_date_and_clock {
            return Some(());
        }
        self.zone_name(word)
    }

    fn zone_name(&mut self, word: &str) -> Option<()> {
        if !self.has_whole_date() && self.clock.is_none() {
            return None;
        }
        let unknown = zones::is_unknown_zone(word).then_some(0);
        fill(&mut self.zone, zones::offset_of(word).or(unknown)?)
    }

    fn sign(&mut self, sign: char, tokens: &mut Tokens<'a>) -> Option<()> {
        match sign {
            '+' | '-' if self.expects_offset(tokens) => fill(&mut self.offset, offset_ahead(tokens)?),
            '-' if tokens.at_start() => fill(&mut self.date, numeric::read_truncated(tokens)?),
            '(' => {
                self.comment(tokens);
                Some(())
            }
            '-' | ',' | '.' | '/' | ';' | '|' | '\'' | '’' | '·' => {
                tokens.skip(1);
                Some(())
            }
            _ => None,
        }
    }

    /// Whether a sign is that of an offset and no dash between the parts: it stands behind a clock, or directly
    /// between a date and a number (`2026-11-02+01:00`, XML Schema).
    fn expects_offset(&self, tokens: &Tokens<'a>) -> bool {
        let clings = !tokens.is_spaced(0) && !tokens.is_spaced(1);
        self.clock.is_some() || (self.date.is_some() && clings)
    }

    /// Reads over what stands in brackets, but for the name of a zone: "+0100 (CET)", "(Monday)".
    fn comment(&mut self, tokens: &mut Tokens<'a>) {
        while let Some(token) = tokens.peek(0) {
            tokens.skip(1);
            match token {
                Token::Sign(')') => return,
                Token::Word(word) if self.zone.is_none() => self.zone = zones::offset_of(word),
                _ => {}
            }
        }
    }

    fn has_any_part(&self) -> bool {
        let named = self.year.is_some() || self.month.is_some() || self.day.is_some();
        named || self.date.is_some() || self.clock.is_some() || !self.numbers.is_empty()
    }

    fn has_whole_date(&self) -> bool {
        let named = usize::from(self.year.is_some()) + usize::from(self.day.is_some());
        self.date.is_some() || (self.month.is_some() && named + self.numbers.len() == 2)
    }

    fn moment(self, default_offset: i32) -> Option<Moment> {
        let (date, clock) = match self.date {
            Some(NumericDate::Known(date)) => (date, self.clock),
            Some(NumericDate::WithClock(date, clock)) if self.clock.is_none() => (date, Some(clock)),
            Some(NumericDate::WithClock(..)) => return None,
            Some(NumericDate::Open(parts)) => {
                (numeric::settle(parts, self.half.is_some_and(|half| half.english))?, self.clock)
            }
            None => (self.named_date()?, self.clock),
        };
        let clock = match (clock, self.half) {
            (Some(clock), Some(half)) => clock.in_half(half.afternoon)?,
            (None, Some(_)) => return None,
            (clock, None) => clock.unwrap_or_default(),
        };
        let offset = self.offset.or(self.zone).unwrap_or(default_offset);
        Some(Moment { date, clock, offset })
    }

    /// The date of year, month and day, wherever they came from; a day or month not given is the first.
    fn named_date(&self) -> Option<NaiveDate> {
        if self.year.is_some_and(|year| year.len() != 4) {
            return None;
        }
        let (year, day) = match (self.year, self.day, self.numbers.as_slice()) {
            (Some(year), day, []) => (year, day.unwrap_or("1")),
            (Some(year), None, [day]) => (year, *day),
            (None, Some(day), [year]) => (*year, day),
            (None, None, [year]) if year.len() == 4 => (*year, "1"),
            (None, None, [first, second]) if is_year(first) && !is_year(second) => (*first, *second),
            (None, None, [first, second]) => (*second, *first),
            _ => return None,
        };
        match self.month {
            Some(month) => numeric::date(year, month, day),
            None if self.day.is_none() && self.clock.is_none() => numeric::date(year, 1, day),
            None => None,
        }
    }
}

/// Whether a number cannot be a day.
fn is_year(digits: &str) -> bool {
    digits.len() > 2 || digits > "31"
}

/// The half of the day that a word names `ahead` places on ("pm", "p.m."), and how many tokens it takes.
fn half_ahead(tokens: &Tokens<'_>, ahead: usize) -> Option<(Half, usize)> {
    let word = tokens.word(ahead)?;
    if let Some(half) = half_of_day(word) {
        return Some((half, 1));
    }
    let letter = tokens.word(ahead + 2).filter(|_| tokens.is_sign(ahead + 1, '.'))?;
    let half = half_of_day(&format!("{word}{letter}"))?;
    Some((half, 3))
}

/// `10:00`, `10h30`, `10時`, `10 pm`
fn begins_clock(tokens: &Tokens<'_>) -> bool {
    match tokens.peek(1) {
        Some(Token::Sign(':') | Token::Unit(Unit::Hour)) => true,
        Some(Token::Word(word)) => word.eq_ignore_ascii_case("h") || half_ahead(tokens, 1).is_some(),
        _ => false,
    }
}

fn clock(tokens: &mut Tokens<'_>) -> Option<Clock> {
    let hour = number_of_two(tokens.number(0)?)?;
    let behind = tokens.peek(1);
    tokens.skip(1);
    let clock = Clock { hour, ..Clock::default() };
    match behind {
        Some(Token::Sign(':')) => colon_clock(clock, tokens),
        Some(Token::Unit(_)) => unit_clock(clock, tokens),
        Some(Token::Word(word)) if word.eq_ignore_ascii_case("h") => {
            tokens.skip(1);
            let Some(minute) = tokens.number(0) else { return Some(clock) };
            tokens.skip(1);
            Some(Clock { minute: number_of_two(minute)?, ..clock })
        }
        _ => Some(clock),
    }
}

/// Minute, second and fraction behind the hour: `:00`, `:00:00`, `:00:00.5`, `:00:00,5`.
fn colon_clock(clock: Clock, tokens: &mut Tokens<'_>) -> Option<Clock> {
    let clock = Clock { minute: number_of_two(tokens.number(1)?)?, ..clock };
    tokens.skip(2);
    if !tokens.is_sign(0, ':') {
        return Some(clock);
    }
    let clock = Clock { second: number_of_two(tokens.number(1)?)?, ..clock };
    tokens.skip(2);
    let point = tokens.is_sign(0, '.') || tokens.is_sign(0, ',');
    match tokens.number(1).filter(|_| point && !tokens.is_spaced(1)) {
        Some(fraction) => {
            tokens.skip(2);
            Some(Clock { nanos: nanos(fraction), ..clock })
        }
        None => Some(clock),
    }
}

/// Minute and second behind the hour's unit: `時30分15秒`.
fn unit_clock(mut clock: Clock, tokens: &mut Tokens<'_>) -> Option<Clock> {
    tokens.skip(1);
    for (unit, slot) in [(Unit::Minute, &mut clock.minute), (Unit::Second, &mut clock.second)] {
        if tokens.peek(1) == Some(Token::Unit(unit)) {
            *slot = number_of_two(tokens.number(0)?)?;
            tokens.skip(2);
        }
    }
    Some(clock)
}

/// `+01`, `+1`, `+100`, `+0100`, `+1:00`, `+01:00`; the next token is the sign.
fn offset_ahead(tokens: &mut Tokens<'_>) -> Option<i32> {
    let east = tokens.is_sign(0, '+');
    let digits = tokens.number(1)?;
    let colon_minutes = tokens.number(3).filter(|_| tokens.is_sign(2, ':'));
    let (hours, minutes) = match (digits.len(), colon_minutes) {
        (1 | 2, Some(minutes)) => (digits, minutes),
        (1 | 2, None) => (digits, "0"),
        (3 | 4, None) => digits.split_at(digits.len() - 2),
        _ => return None,
    };
    tokens.skip(if colon_minutes.is_some() { 4 } else { 2 });
    offset(east, hours.parse().ok()?, minutes.parse().ok()?)
}

fn number_of_two(digits: &str) -> Option<u32> {
    if digits.len() > 2 { None } else { digits.parse().ok() }
}
