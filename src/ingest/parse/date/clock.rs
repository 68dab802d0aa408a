//! Times of day: `10:14:55.5`, `10h14`, `10 pm`, `午後3時4分`, `101455`, `10.14`.

use super::moment::{Clock, nanos};
use super::names::{Half, Unit, half_of_day};
use super::tokens::{Token, Tokens};

/// What is known of where a clock stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// Behind a whole date, where `10.14` can be nothing else.
    pub(super) behind_date: bool,
    /// Behind the `T` of ISO 8601, where `10.5` is half past ten.
    pub(super) behind_t: bool,
}

/// Whether a clock begins with the next token, a number.
pub(super) fn begins(tokens: &Tokens<'_>, place: Place) -> bool {
    let is_short = tokens.number(0).is_some_and(|hour| hour.len() <= 2);
    match tokens.peek(1) {
        Some(Token::Sign(':')) => is_short && tokens.number(2).is_some(),
        Some(Token::Sign('.' | ',')) if place.behind_t && is_short => clings(tokens),
        Some(Token::Sign('.')) if place.behind_date && is_short => {
            clings(tokens) && tokens.number(2).is_some_and(|minute| minute.len() == 2)
        }
        Some(Token::Unit(Unit::Hour)) => true,
        Some(Token::Word(word)) => word.eq_ignore_ascii_case("h") || half_ahead(tokens, 1).is_some(),
        _ => false,
    }
}

/// Whether a sign and a number follow the next token without a blank.
fn clings(tokens: &Tokens<'_>) -> bool {
    tokens.number(2).is_some() && !tokens.is_spaced(1) && !tokens.is_spaced(2)
}

/// Reads the clock that begins with the next token.
pub(super) fn read(tokens: &mut Tokens<'_>, place: Place) -> Option<Clock> {
    let clock = Clock { hour: number_of_two(tokens.number(0)?)?, ..Clock::default() };
    let behind = tokens.peek(1);
    let has_seconds = tokens.is_sign(3, '.') && tokens.number(4).is_some();
    tokens.skip(1);
    match behind {
        Some(Token::Sign(':')) => parted(clock, tokens, ':', place),
        Some(Token::Sign(_)) if place.behind_t && !has_seconds => Some(with_fraction(clock, tokens, 3600)),
        Some(Token::Sign(sign)) => parted(clock, tokens, sign, place),
        Some(Token::Unit(_)) => with_units(clock, tokens),
        Some(Token::Word(word)) if word.eq_ignore_ascii_case("h") => {
            tokens.skip(1);
            let Some(minute) = tokens.number(0) else { return Some(clock) };
            tokens.skip(1);
            Some(Clock { minute: number_of_two(minute)?, ..clock })
        }
        _ => Some(clock),
    }
}

/// The time in `100000`, `1000` or `10`, which was the last token, and the fraction of its smallest part.
pub(super) fn basic(digits: &str, tokens: &mut Tokens<'_>) -> Option<Clock> {
    let part = |from: usize| digits.get(from..from + 2).map_or(Some(0), |part| part.parse().ok());
    let clock = Clock { hour: part(0)?, minute: part(2)?, second: part(4)?, nanos: 0 };
    match digits.len() {
        2 => Some(clock),
        4 => Some(with_fraction(clock, tokens, 60)),
        6 => Some(with_fraction(clock, tokens, 1)),
        _ => None,
    }
}

/// Minute, second and fraction behind the hour: `:00`, `:00:00`, `:00:00.5`, `:00:00,5`, `:00:00:500`, `.00.00`.
fn parted(clock: Clock, tokens: &mut Tokens<'_>, sign: char, place: Place) -> Option<Clock> {
    let clock = Clock { minute: number_of_two(tokens.number(1)?)?, ..clock };
    tokens.skip(2);
    if !tokens.is_sign(0, sign) || (sign == '.' && tokens.number(1).is_none()) {
        return Some(if place.behind_t { with_fraction(clock, tokens, 60) } else { clock });
    }
    let clock = Clock { second: number_of_two(tokens.number(1)?)?, ..clock };
    tokens.skip(2);
    if let Some(millis) = tokens.number(1).filter(|digits| tokens.is_sign(0, ':') && digits.len() == 3) {
        tokens.skip(2);
        return Some(Clock { nanos: nanos(millis), ..clock });
    }
    Some(with_fraction(clock, tokens, 1))
}

/// The clock with the fraction of its smallest part that may come next: `.5` or `,5`, without a blank.
fn with_fraction(clock: Clock, tokens: &mut Tokens<'_>, seconds: u64) -> Clock {
    let point = tokens.is_sign(0, '.') || tokens.is_sign(0, ',');
    match tokens.number(1).filter(|_| point && !tokens.is_spaced(1)) {
        Some(fraction) => {
            tokens.skip(2);
            clock.with_fraction(nanos(fraction), seconds)
        }
        None => clock,
    }
}

/// Minute and second behind the hour's unit: `時30分15秒`.
fn with_units(mut clock: Clock, tokens: &mut Tokens<'_>) -> Option<Clock> {
    tokens.skip(1);
    for (unit, slot) in [(Unit::Minute, &mut clock.minute), (Unit::Second, &mut clock.second)] {
        if tokens.peek(1) == Some(Token::Unit(unit)) {
            *slot = number_of_two(tokens.number(0)?)?;
            tokens.skip(2);
        }
    }
    Some(clock)
}

/// The half of the day that a word names `ahead` places on ("pm", "p.m."), and how many tokens it takes.
pub(super) fn half_ahead(tokens: &Tokens<'_>, ahead: usize) -> Option<(Half, usize)> {
    let word = tokens.word(ahead)?;
    if let Some(half) = half_of_day(word) {
        return Some((half, 1));
    }
    let letter = tokens.word(ahead + 2).filter(|_| tokens.is_sign(ahead + 1, '.'))?;
    let half = half_of_day(&format!("{word}{letter}"))?;
    Some((half, 3))
}

fn number_of_two(digits: &str) -> Option<u32> {
    if digits.len() > 2 { None } else { digits.parse().ok() }
}
