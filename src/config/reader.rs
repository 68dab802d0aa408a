//! TOML to a type, with every problem in one go: what cannot be read is reported, dropped from the tree, and the rest
//! is read again.

use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::de::{DeArray, DeTable, DeValue};

use super::problem::Problem;
use super::shapes::HINT;
use super::suggest;
use super::text::Lines;

/// Problems found at most in the shape of one file; each costs a pass over it.
const MOST: usize = 100;

/// The byte range of a value or key. The root table's is empty.
type Span = Range<usize>;

/// A file as far as it could be read.
pub(super) struct Reading<T> {
    /// What was read; `None` where the text is no TOML, or has too many problems.
    pub(super) value: Option<T>,
    /// Keys that are not in the value because they were refused.
    pub(super) lost: Lost,
    /// What was refused.
    pub(super) problems: Vec<Problem>,
}

/// Keys and list elements that were refused, so that nobody complains that they are missing.
#[derive(Debug, Default)]
pub(super) struct Lost(Vec<(Span, String)>);

impl Lost {
    /// Whether the table or list at `container` lost this key, or one that was probably meant to be it.
    pub(super) fn has(&self, container: &Span, key: &str) -> bool {
        self.0.iter().any(|(span, lost)| span == container && lost == key)
    }

    /// Whether the table or list at `container` lost anything.
    pub(super) fn any(&self, container: &Span) -> bool {
        self.0.iter().any(|(span, _)| span == container)
    }

    /// Whether the top table lost this key.
    pub(super) fn top(&self, key: &str) -> bool {
        self.has(&(0..0), key)
    }

    /// Whether any table lost this key.
    pub(super) fn anywhere(&self, key: &str) -> bool {
        self.0.iter().any(|(_, lost)| lost == key)
    }
}

/// Reads a TOML text as a `T`.
pub(super) fn read<T: DeserializeOwned>(lines: &Lines<'_>) -> Reading<T> {
    let (mut tree, errors) = DeTable::parse_recoverable(lines.text());
    let mut reading = Reading { value: None, lost: Lost::default(), problems: Vec::new() };
    let mut broken_at = None;
    for error in errors.iter().take(MOST) {
        let span = error.span().unwrap_or(0..0);
        if error.message() == DUPLICATE && is_in_double_table(lines.text(), span.start, &errors) {
            continue;
        }
        // A double key leaves a sound tree; anything else may have shifted what follows it.
        if error.message() != DUPLICATE {
            broken_at = Some(broken_at.map_or(span.start, |at: usize| at.min(span.start)));
        }
        reading.problems.push(syntax_problem(lines, error.message(), &span));
    }
    for _ in 0..MOST {
        match T::deserialize(toml::de::Deserializer::from(tree.clone())) {
            Ok(value) => {
                reading.value = Some(value);
                break;
            }
            Err(error) => {
                let span = error.span().unwrap_or(0..0);
                let fault = Fault::of(error.message());
                let told =
                    broken_at.is_some_and(|at| span.start >= at) || fault.follows(&reading.lost, &span);
                if !told {
                    reading.problems.push(fault.problem(lines, &span));
                }
                if !drop_at(tree.get_mut(), &(0..0), &Drop { span, name: fault.meant() }, &mut reading.lost) {
                    break;
                }
            }
        }
    }
    if broken_at.is_some() {
        reading.value = None;
    }
    reading
}

/// What the TOML reader says of a key that is there twice.
const DUPLICATE: &str = "duplicate key";

/// Whether a place is in the body of a table whose header is a double already: its keys are doubles for that alone.
fn is_in_double_table(text: &str, at: usize, errors: &[toml::de::Error]) -> bool {
    let above = text.get(..at).unwrap_or_default();
    let Some(header) = above.rfind("\n[").map(|at| at + 1) else { return false };
    let end = header + text[header..].find('\n').unwrap_or(text.len() - header);
    let in_header = |span: Span| (header..end).contains(&span.start);
    at > end && errors.iter().any(|error| error.message() == DUPLICATE && error.span().is_some_and(in_header))
}

fn syntax_problem(lines: &Lines<'_>, message: &str, span: &Span) -> Problem {
    let found = lines.text().get(span.clone()).unwrap_or_default();
    let (message, hint) = if message == DUPLICATE {
        (format!("`{found}` is there twice"), Some("rename or remove one of the two".to_owned()))
    } else {
        (format!("this is not TOML: {message}"), syntax_hint(message))
    };
    Problem { spot: Some(lines.spot(span)), message, hint }
}

fn syntax_hint(message: &str) -> Option<String> {
    let quotes =
        ["string values must be quoted", "missing value", "invalid basic string", "invalid literal string"];
    let hint = if quotes.iter().any(|start| message.starts_with(start)) {
        "text stands in quotes: key = \"text\""
    } else if message.contains("expected `=`") {
        "a line is `key = value`, or `[table]`"
    } else {
        return None;
    };
    Some(hint.to_owned())
}

/// An error of serde, taken apart. Its wording is serde's own contract for the errors derived code raises.
enum Fault<'m> {
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
    fn of(message: &'m str) -> Self {
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
    fn meant(&self) -> Option<String> {
        match self {
            Self::Key { key, known } => suggest::closest(key, known.iter().copied()).map(str::to_owned),
            _ => None,
        }
    }

    /// Whether this is only said because a key was dropped before.
    fn follows(&self, lost: &Lost, span: &Span) -> bool {
        matches!(self, Self::Missing { key } if lost.has(span, key))
    }

    fn problem(&self, lines: &Lines<'_>, span: &Span) -> Problem {
        let (message, hint) = match self {
            Self::Key { key, known } => (format!("unknown key `{key}`"), suggest::hint(key, known)),
            Self::Choice { word, known } => {
                (format!("`{word}` is not one of the choices here"), suggest::hint(word, known))
            }
            Self::Missing { key } => {
                (format!("`{key}` is missing"), Some(format!("write `{key} = …` into this table")))
            }
            Self::Type { found, expected } => (format!("expected {expected}, found {}", plain(found)), None),
            Self::Said { message, hint } => ((*message).to_owned(), hint.map(str::to_owned)),
        };
        Problem { spot: Some(lines.spot(span)), message, hint }
    }
}

/// Takes "unknown … `name`, expected `a` or `b`" apart. The name may hold any character, the choices do not.
fn named<'m>(message: &'m str, start: &str) -> Option<(&'m str, Vec<&'m str>)> {
    let rest = message.strip_prefix(start)?;
    let (name, choices) = rest.rsplit_once("`, ")?;
    // The last list may itself be "`a`, `b`": the name ends where the expectation starts.
    let (name, choices) = rest.split_once("`, expected ").unwrap_or((name, choices));
    Some((name, choices.split('`').skip(1).step_by(2).collect()))
}

fn mistyped(message: &str) -> Option<(&str, &str)> {
    if message == "wanted string or table" {
        return Some(("another type of value", "a string"));
    }
    let rest = message.strip_prefix("invalid type: ").or_else(|| message.strip_prefix("invalid value: "))?;
    rest.rsplit_once(", expected ")
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

/// What to drop: the key or value at `span`, noted under `name` where another key was meant.
struct Drop {
    span: Span,
    name: Option<String>,
}

/// Drops the innermost key or element at the span; false when there is none.
fn drop_at(table: &mut DeTable<'_>, own: &Span, wanted: &Drop, lost: &mut Lost) -> bool {
    let mut found = None;
    for (key, value) in table.iter_mut() {
        if drop_inside(value, wanted, lost) {
            return true;
        }
        if key.span() == wanted.span || value.span() == wanted.span {
            found = Some(key.clone());
        }
    }
    let Some(key) = found else { return false };
    table.remove(&key);
    lost.0.push((own.clone(), wanted.name.clone().unwrap_or_else(|| key.into_inner().into_owned())));
    true
}

fn drop_inside(value: &mut toml::Spanned<DeValue<'_>>, wanted: &Drop, lost: &mut Lost) -> bool {
    let own = value.span();
    match value.get_mut() {
        DeValue::Table(table) => drop_at(table, &own, wanted, lost),
        DeValue::Array(list) => {
            for index in 0..list.len() {
                let Some(element) = list.get_mut(index) else { return false };
                if drop_inside(element, wanted, lost) {
                    return true;
                }
                if element.span() == wanted.span {
                    let rest = std::mem::replace(list, DeArray::new())
                        .into_iter()
                        .enumerate()
                        .filter(|(other, _)| *other != index);
                    *list = rest.map(|(_, element)| element).collect();
                    lost.0.push((own, String::new()));
                    return true;
                }
            }
            false
        }
        _ => false,
    }
}
