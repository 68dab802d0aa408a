//! The scanner: tokens fill the slots of a date in whatever order they come.

use chrono::{Datelike, NaiveDate, Weekday};

use super::clock::{self, Place, half_ahead};
use super::moment::{Clock, Moment, year};
use super::names::{self, Half, Unit, is_filler, is_korean};
use super::numeric::{self, NumericDate};
use super::plain::Plain;
use super::tokens::{Token, Tokens};
use super::zones;

/// Nine hours: what a date in Korean words means without a zone.
const KOREA: i32 = 9 * 3600;

/// Fourteen hours: no zone is farther east.
const FARTHEST_EAST: i32 = 14 * 3600;

/// Reads a date of any shape. `None` where a token has no place in a date, or a slot would be filled twice.
pub(super) fn read(text: &str) -> Option<Moment> {
    let Plain { text, has_native_digits } = Plain::new(text);
    let mut tokens = Tokens::scan(&text);
    let mut slots = Slots::default();
    while let Some(token) = tokens.peek(0) {
        match token {
            Token::Number(digits) => slots.number(digits, &mut tokens)?,
            Token::Word(word) => slots.word(word, &mut tokens)?,
            Token::Sign(sign) => slots.sign(sign, &mut tokens)?,
            Token::Unit(_) => return None,
        }
    }
    let default_offset = if is_korean(&text) { KOREA } else { 0 };
    // Years that are none of ours: ۱۴۰۵ is 2026 in Iran, ๒๕๖๙ in Thailand.
    let is_ours = |moment: &Moment| !has_native_digits || (1900..2200).contains(&moment.date.year());
    slots.moment(default_offset).filter(is_ours)
}

/// What was read so far.
#[derive(Debug, Default)]
struct Slots<'a> {
    /// A date in numbers, complete.
    date: Option<NumericDate<'a>>,
    /// The parts that named themselves: 2026年, 11월, "November".
    year: Option<i32>,
    month: Option<u32>,
    /// The month was the first word: "mar" and "paz" are weekdays too ("mar, 3 nov 2026").
    month_may_be_weekday: bool,
    day: Option<&'a str>,
    /// In English; it is looked at only where it tells what a date in numbers means.
    weekday: Option<Weekday>,
    /// Numbers that are day and year, in the order they came.
    numbers: Vec<&'a str>,
    /// The `T` of ISO 8601 was read.
    is_behind_t: bool,
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
        let place = Place { behind_date: self.has_whole_date(), behind_t: self.is_behind_t };
        if clock::begins(tokens, place) {
            fill(&mut self.clock, clock::read(tokens, place)?)?;
            return self.offset_without_sign(tokens);
        }
        if let Some(Token::Unit(unit)) = tokens.peek(1) {
            tokens.skip(2);
            return self.unit(digits, unit);
        }
        if !self.has_date_part() && numeric::begins(tokens) {
            return fill(&mut self.date, numeric::read(tokens)?);
        }
        tokens.skip(1);
        if self.has_whole_date() {
            return fill(&mut self.clock, clock::basic(digits, tokens)?);
        }
        self.numbers.push(digits);
        Some(())
    }

    /// A number with its unit behind it.
    fn unit(&mut self, digits: &'a str, unit: Unit) -> Option<()> {
        match unit {
            Unit::Year if digits.len() == 4 => fill(&mut self.year, digits.parse().ok()?),
            Unit::Month => fill(&mut self.month, digits.parse().ok()?),
            Unit::Day => fill(&mut self.day, digits),
            _ => None,
        }
    }

    /// An offset whose `+` became a blank, as it does in URLs: the last thing in a text, `10:00:00 0100`.
    fn offset_without_sign(&mut self, tokens: &mut Tokens<'a>) -> Option<()> {
        let is_offset = match tokens.left() {
            1 => tokens.number(0).is_some_and(|digits| digits.len() == 4),
            3 => self.is_behind_t && tokens.number(0).is_some() && tokens.is_sign(1, ':'),
            _ => false,
        };
        if !is_offset || !self.has_whole_date() {
            return Some(());
        }
        let offset = zones::read_offset(true, tokens).filter(|&offset| offset <= FARTHEST_EAST)?;
        fill(&mut self.offset, offset)
    }

    fn word(&mut self, word: &'a str, tokens: &mut Tokens<'a>) -> Option<()> {
        if let Some((half, length)) = half_ahead(tokens, 0) {
            tokens.skip(length);
            return fill(&mut self.half, half);
        }
        let begins = tokens.at_start();
        if let Some((month, length)) = month_ahead(word, tokens) {
            tokens.skip(length);
            return self.month(month, begins);
        }
        if let Some((year, length)) = year_of_era(word, tokens) {
            tokens.skip(length);
            return fill(&mut self.year, year);
        }
        if self.clock.is_none() && word.eq_ignore_ascii_case("t") {
            self.is_behind_t = true;
        } else if self.has_any_part() {
            return self.word_behind(word, tokens);
        }
        self.weekday = self.weekday.or_else(|| weekday(word));
        tokens.skip(1);
        Some(())
    }

    fn month(&mut self, month: u32, begins: bool) -> Option<()> {
        if std::mem::take(&mut self.month_may_be_weekday) {
            self.month = None;
        }
        self.month_may_be_weekday = begins;
        fill(&mut self.month, month)
    }

    /// A word that is no part of the date, behind one that is: a zone, or nothing to look at.
    fn word_behind(&mut self, word: &'a str, tokens: &mut Tokens<'a>) -> Option<()> {
        let letter = zones::military(word).filter(|_| self.clock.is_some());
        if letter.is_none() && is_filler(word) {
            self.weekday = self.weekday.or_else(|| weekday(word));
            tokens.skip(1);
            return Some(());
        }
        if !self.has_whole_date() && self.clock.is_none() {
            tokens.skip(1);
            return fill(&mut self.month, names::misspelt_month(word)?);
        }
        if word.eq_ignore_ascii_case("z") {
            tokens.skip(1);
            // "+00:00Z" is what a well-known mistake in Python writes; "+01:00Z" says two things.
            return (self.offset.replace(0).unwrap_or_default() == 0).then_some(());
        }
        if let Some(zone) = zones::read_name(tokens) {
            return fill(&mut self.zone, zone);
        }
        tokens.skip(1);
        let unknown = (self.clock.is_some() && zones::is_unknown_zone(word)).then_some(0);
        fill(&mut self.zone, letter.or(unknown)?)
    }

    fn sign(&mut self, sign: char, tokens: &mut Tokens<'a>) -> Option<()> {
        match sign {
            '+' | '-' if self.expects_offset(tokens) => {
                tokens.skip(1);
                fill(&mut self.offset, zones::read_offset(sign == '+', tokens)?)
            }
            '-' if tokens.at_start() => fill(&mut self.date, numeric::read_truncated(tokens)?),
            '(' => {
                self.comment(tokens, ')');
                Some(())
            }
            // `[Europe/Paris]` (RFC 9557) says where, but not when.
            '[' => {
                self.comment(tokens, ']');
                self.offset.or(self.zone).map(|_| ())
            }
            // "2026-11-02-10": an offset, an hour, the end of a span?
            '-' if self.clings_to_date(tokens) && !parts_clock(tokens) => None,
            ':' if self.clock.is_some() => None,
            '-' | ',' | '.' | '/' | ':' | ';' | '|' | '\'' | '’' | '"' | '“' | '”' | '·' | '•' | '@'
            | '_' => {
                tokens.skip(1);
                Some(())
            }
            _ => None,
        }
    }

    /// Whether a sign is that of an offset and no dash between the parts: it stands behind a clock, or directly
    /// between a date and an offset with minutes (`2026-11-02+01:00`, XML Schema).
    fn expects_offset(&self, tokens: &Tokens<'a>) -> bool {
        if self.clock.is_some() {
            return !tokens.is_spaced(1) || self.has_whole_date();
        }
        let has_minutes = tokens.is_sign(2, ':') || tokens.number(1).is_some_and(|digits| digits.len() == 4);
        self.clings_to_date(tokens) && has_minutes && !parts_clock(tokens)
    }

    /// Whether a sign stands between a date in numbers and something else without a blank.
    fn clings_to_date(&self, tokens: &Tokens<'a>) -> bool {
        self.date.is_some() && self.clock.is_none() && !tokens.is_spaced(0) && !tokens.is_spaced(1)
    }

    /// Reads over what stands in brackets, but for the name of a zone: "+0100 (CET)", "(Monday)".
    fn comment(&mut self, tokens: &mut Tokens<'a>, close: char) {
        let mut depth = 0_usize;
        while let Some(token) = tokens.peek(0) {
            tokens.skip(1);
            match token {
                Token::Sign('(') => depth += 1,
                Token::Sign(')') if depth > 1 => depth -= 1,
                Token::Sign(sign) if sign == close => return,
                Token::Word(word) if self.zone.is_none() => self.zone = zones::offset_of(word),
                _ => {}
            }
        }
    }

    fn has_date_part(&self) -> bool {
        let named = self.year.is_some() || self.month.is_some() || self.day.is_some();
        named || self.date.is_some() || !self.numbers.is_empty()
    }

    fn has_any_part(&self) -> bool {
        self.has_date_part() || self.clock.is_some()
    }

    fn has_whole_date(&self) -> bool {
        let count = |is_there: bool| usize::from(is_there);
        let named = count(self.year.is_some()) + count(self.month.is_some()) + count(self.day.is_some());
        self.date.is_some() || named + self.numbers.len() == 3
    }

    fn moment(self, default_offset: i32) -> Option<Moment> {
        let american = self.half.is_some_and(|half| half.english);
        let (date, clock) = match self.date {
            Some(NumericDate::Known(date)) => (date, self.clock),
            Some(NumericDate::WithClock(date, clock)) if self.clock.is_none() => (date, Some(clock)),
            Some(NumericDate::WithClock(..)) => return None,
            Some(NumericDate::Open(parts)) => (numeric::settle(parts, self.weekday, american)?, self.clock),
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
        let Some(month) = self.month else { return self.date_without_month() };
        let (year, day) = match (self.year, self.day, self.numbers.as_slice()) {
            (Some(year), day, []) => (year, day.unwrap_or("1")),
            (Some(year), None, [day]) => (year, *day),
            (None, Some(day), [digits]) => (year(digits)?, day),
            (None, None, [digits]) if digits.len() == 4 && self.clock.is_none() => (year(digits)?, "1"),
            (None, None, [first, second]) if is_year(first) && !is_year(second) => (year(first)?, *second),
            (None, None, [first, second]) => (year(second)?, *first),
            _ => return None,
        };
        numeric::date(year, month, day)
    }

    /// `2026`, `2026年`, `2026 11 02`
    fn date_without_month(&self) -> Option<NaiveDate> {
        match (self.year, self.day, self.numbers.as_slice()) {
            (None, None, [year, month, day]) => numeric::spaced([year, month, day]),
            (Some(year), None, []) if self.clock.is_none() => numeric::date(year, 1, "1"),
            (None, None, [digits]) if digits.len() == 4 && self.clock.is_none() => {
                numeric::date(year(digits)?, 1, "1")
            }
            _ => None,
        }
    }
}

/// The month that the next token, a word, names, alone or with the one behind it; and how many tokens that takes.
fn month_ahead(word: &str, tokens: &Tokens<'_>) -> Option<(u32, usize)> {
    if let Some(month) = names::month(word) {
        return Some((month, 1));
    }
    if let Some(digits) = tokens.number(1).filter(|digits| digits.len() <= 2 && names::counts_months(word)) {
        return Some((digits.parse().ok()?, 2));
    }
    Some((names::month_of_two_words(word, tokens.word(1)?)?, 2))
}

/// The year counted from the beginning of an era, which the next token, a word, names; and how many tokens that takes.
fn year_of_era(word: &str, tokens: &Tokens<'_>) -> Option<(i32, usize)> {
    if let Some(era) = word.strip_suffix("元年") {
        return Some((names::era(era)? + 1, 1));
    }
    let digits = tokens
        .number(1)
        .filter(|digits| digits.len() <= 3 && tokens.peek(2) == Some(Token::Unit(Unit::Year)))?;
    Some((names::era(word)? + digits.parse::<i32>().ok()?, 3))
}

/// The weekday of an English name, in full or short.
fn weekday(word: &str) -> Option<Weekday> {
    word.get(..3)?.parse().ok()
}

/// Whether a whole clock follows the next token, a sign.
fn parts_clock(tokens: &Tokens<'_>) -> bool {
    tokens.is_sign(2, ':') && tokens.is_sign(4, ':')
}

/// Whether a number cannot be a day.
fn is_year(digits: &str) -> bool {
    digits.len() > 2 || (digits.len() == 2 && digits > "31")
}
