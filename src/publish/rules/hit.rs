//! What made a test hold, and how that is told.

use std::fmt;

use crate::model::selection::{Comparison, Searched, Test, TextPattern};
use crate::model::{PlainText, SourceId};

/// The first pattern that matches one of the texts.
pub(super) fn first_hit<'s>(
    place: &'static str,
    texts: &'s [Searched<'s>],
    patterns: &'s [TextPattern],
) -> Option<Hit<'s>> {
    patterns.iter().find_map(|pattern| {
        let text = texts.iter().find(|text| pattern.is_match(text))?;
        Some(Hit::Text { place, pattern, text })
    })
}

/// The first bound that the value keeps.
pub(super) fn first_bound(bounds: &[Comparison], value: u64) -> Option<Comparison> {
    bounds.iter().copied().find(|bound| bound.holds(value))
}

/// What made a test hold; printed for a person by `Display`.
pub(super) enum Hit<'s> {
    Text { place: &'static str, pattern: &'s TextPattern, text: &'s Searched<'s> },
    Source(&'s SourceId),
    Age(Comparison, u64),
    Words(Comparison, u64),
    Not(&'s [Test]),
}

impl fmt::Display for Hit<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Text { place, pattern, text } => {
                write!(f, "{place} has \"{}\"", pattern.written())?;
                let found = snippet(pattern.find(text).unwrap_or_default());
                if found == pattern.written() { Ok(()) } else { write!(f, " (\"{found}\")") }
            }
            Self::Source(source) => write!(f, "source is \"{source}\""),
            Self::Age(bound, age) => write!(f, "age {} ({})", age_bound(bound), Age(age)),
            Self::Words(bound, words) => write!(f, "words {} ({words})", count_bound(bound)),
            Self::Not(tests) => write!(f, "not ({})", written(tests)),
        }
    }
}

/// The tests as the config says them.
fn written(tests: &[Test]) -> String {
    let tests: Vec<String> = tests.iter().map(written_test).collect();
    tests.join(" and ")
}

fn written_test(test: &Test) -> String {
    let any = |key: &str, values: Vec<String>| format!("{key} {}", values.join(" or "));
    let has = |key: &str, patterns: &[TextPattern]| {
        let quoted = patterns.iter().map(|pattern| format!("\"{}\"", pattern.written()));
        any(&format!("{key} has"), quoted.collect())
    };
    match test {
        Test::Title(patterns) => has("title", patterns),
        Test::Text(patterns) => has("text", patterns),
        Test::Author(patterns) => has("author", patterns),
        Test::Tag(patterns) => has("tag", patterns),
        Test::Url(patterns) => has("url", patterns),
        Test::Source(sources) => {
            any("source is", sources.iter().map(|source| format!("\"{source}\"")).collect())
        }
        Test::Age(bounds) => any("age", bounds.iter().copied().map(age_bound).collect()),
        Test::Words(bounds) => any("words", bounds.iter().copied().map(count_bound).collect()),
        Test::Not(tests) => format!("not ({})", written(tests)),
    }
}

fn count_bound(bound: Comparison) -> String {
    format!("{} {}", bound.operator, bound.bound)
}

fn age_bound(bound: Comparison) -> String {
    format!("{} {}", bound.operator, Age(bound.bound))
}

/// Seconds in days, hours, minutes and seconds: `3d`, `2d 4h 5m`.
struct Age(u64);

impl fmt::Display for Age {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0;
        let units = [
            (seconds / 86_400, "d"),
            (seconds / 3600 % 24, "h"),
            (seconds / 60 % 60, "m"),
            (seconds % 60, "s"),
        ];
        let told: Vec<String> = units
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, unit)| format!("{count}{unit}"))
            .collect();
        f.write_str(if told.is_empty() { "0s" } else { "" })?;
        f.write_str(&told.join(" "))
    }
}

/// A text in one short line.
fn snippet(text: &str) -> String {
    const LONGEST: usize = 80;
    let mut line = String::from(PlainText::line(text));
    if let Some((cut, _)) = line.char_indices().nth(LONGEST) {
        line.truncate(cut);
        line.push('…');
    }
    line
}
