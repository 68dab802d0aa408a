//! Errors of serde as problems, in the words of a person who writes TOML.

use crate::config::problem::Problem;
use crate::config::shapes::HINT;
use crate::config::suggest;
use crate::config::text::Lines;

use super::{Lost, Span};

/// An error of serde, taken apart. Its wording is serde's own contract for the errors derived code raises.
pub(super) enum Fault<'m> {
    /// A key nobody knows.
    Key { key: &'m str, known: Vec<&'m str> },
    /// A word that is not one of the choices.
    Choice { word: &'m str, known: Vec<&'m str> },
    /// A required key.
    Missing { key: &'m str },
    /// The wrong type of value.
    Type { found: &'m str, expected: &'m str },
    /// A visitor's own words.
    Said { message: &'m str, hint: Option<&'m str> },
}

impl<'m> Fault<'m> {
    /// Takes the message of an error apart.
    pub(super) fn of(message: &'m str) -> Self {
        if let Some((key, known)) = named(message, "unknown field `") {
            Self::Key { key, known }
        } else if let Some((word, known)) = named(message, "unknown variant `") {
            Self::Choice { word, known }
        } else if let Some(key) = message.strip_prefix("missing field `") {
            Self::Missing { key: key.trim_end_matches('`') }
        } else if let Some((found, expected)) = mistyped(message) {
            Self::Type { found, expected }
        } else {
            let (message, hint) = message.split_once(HINT).map_or((message, None), |(m, h)| (m, Some(h)));
            Self::Said { message, hint }
        }
    }

    /// The key that was probably meant by an unknown one.
    pub(super) fn meant(&self) -> Option<String> {
        match self {
            Self::Key { key, known } => suggest::closest(key, known.iter().copied()).map(str::to_owned),
            _ => None,
        }
    }

    /// Whether this is only said because a key was dropped before.
    pub(super) fn follows(&self, lost: &Lost, span: &Span) -> bool {
        matches!(self, Self::Missing { key } if lost.has(span, key))
    }

    /// The error as a problem at its place.
    pub(super) fn problem(&self, lines: &Lines<'_>, span: &Span) -> Problem {
        let (message, hint) = match self {
            Self::Key { key, known } => (format!("unknown key `{key}`"), suggest::hint(key, known)),
            Self::Choice { word, known } => {
                (format!("`{word}` is not one of the choices here"), suggest::hint(word, known))
            }
            Self::Missing { key } => {
                (format!("`{key}` is missing"), Some(format!("write `{key} = …` into this table")))
            }
            Self::Type { found, expected } => {
                (format!("expected {expected}, found {found}"), Some(type_hint(found, expected)))
            }
            Self::Said { message, hint } => ((*message).to_owned(), hint.map(str::to_owned)),
        };
        Problem { spot: Some(lines.spot(span)), message, hint }
    }
}

/// Takes "unknown … `name`, expected `a` or `b`" apart. The name may hold any character, the choices do not.
fn named<'m>(message: &'m str, start: &str) -> Option<(&'m str, Vec<&'m str>)> {
    let rest = message.strip_prefix(start)?;
    let (name, choices) = rest.split_once("`, ")?;
    Some((name, choices.split('`').skip(1).step_by(2).collect()))
}

/// Takes "invalid type: …, expected …" apart.
fn mistyped(message: &str) -> Option<(&str, &str)> {
    if message == "wanted string or table" {
        return Some(("another type of value", "a string"));
    }
    let rest = message.strip_prefix("invalid type: ").or_else(|| message.strip_prefix("invalid value: "))?;
    let (found, expected) = rest.rsplit_once(", expected ")?;
    let expected = match expected {
        "a sequence" => "a list",
        "a boolean" => "true or false",
        _ if expected.starts_with("struct ") => "a table",
        _ => expected,
    };
    Some((plain(found), expected))
}

/// serde's names of types, in TOML's words.
fn plain(found: &str) -> &str {
    match found {
        "map" => "a table",
        "sequence" => "a list",
        _ if found.starts_with("string") => "a string",
        _ => found,
    }
}

fn type_hint(found: &str, expected: &str) -> String {
    let scalar = ["integer", "floating point", "boolean"].iter().any(|kind| found.starts_with(kind));
    match expected {
        "true or false" => "write true or false, without quotes".to_owned(),
        "a table" => "write it as a table: { key = value }".to_owned(),
        "a list" => "write it as a list: [value, value]".to_owned(),
        _ if expected.starts_with("a whole number") && found == "a string" => {
            "write the number without quotes".to_owned()
        }
        _ if scalar && expected.contains("a string") => "put it in quotes".to_owned(),
        _ => format!("write {expected}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_message_are_told_apart() {
        let strange = Fault::of("unknown field `a`b`, expected one of `x`, `y`, `z`");
        assert!(matches!(&strange, Fault::Key { key: "a`b", known } if known == &["x", "y", "z"]));
        let two = Fault::of("unknown variant ``, expected `x` or `y`");
        assert!(matches!(&two, Fault::Choice { word: "", known } if known == &["x", "y"]));
        let none = Fault::of("unknown field `a`, there are no fields");
        assert!(matches!(&none, Fault::Key { key: "a", known } if known.is_empty()));
        let mistyped = Fault::of("invalid type: string \"a, expected b\", expected struct Feed");
        assert!(matches!(mistyped, Fault::Type { found: "a string", expected: "a table" }));
        let said = Fault::of("no\u{1f}hint: yes");
        assert!(matches!(said, Fault::Said { message: "no", hint: Some("yes") }));
    }
}
