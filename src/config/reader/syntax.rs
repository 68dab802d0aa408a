//! Faults of TOML's own grammar, in words for people who do not know it.

use toml::de::Error;

use crate::config::problem::Problem;
use crate::config::text::Lines;

use super::Span;

/// What the grammar says of a text.
pub(super) struct Verdict {
    /// In file order.
    pub(super) problems: Vec<Problem>,
    /// Up to here the tree is what its author meant; `None`: all of it is.
    pub(super) sound_to: Option<usize>,
}

/// What the TOML reader says of a key that is there twice. That leaves the tree sound.
const DUPLICATE: &str = "duplicate key";

/// Faults of grammar told at most.
const MOST: usize = 50;

/// Turns the reader's errors into problems: one a line, and none that only follows from another.
pub(super) fn judge(lines: &Lines<'_>, errors: &[Error]) -> Verdict {
    let mut verdict = Verdict { problems: Vec::new(), sound_to: None };
    let mut faults: Vec<(Span, &str)> =
        errors.iter().map(|error| (error.span().unwrap_or(0..0), error.message())).collect();
    faults.sort_by_key(|(span, _)| span.start);
    // Behind many faults nothing is certain any more, and each costs a look at those before it.
    if let Some((span, _)) = faults.get(MOST) {
        verdict.sound_to = Some(span.start);
        faults.truncate(MOST);
    }
    let unclosed = faults.iter().any(|(_, message)| is_unclosed(message));
    for (span, message) in &faults {
        if *message == DUPLICATE {
            if !in_double_table(lines.text(), span.start, &faults) {
                verdict.problems.push(double(lines, span));
            }
            continue;
        }
        let spot = lines.spot(span);
        let same_line =
            |problem: &Problem| problem.spot.as_ref().is_some_and(|other| other.line == spot.line);
        let follows = unclosed && verdict.sound_to.is_some_and(|end| end < span.start);
        if !follows && !verdict.problems.iter().any(same_line) {
            let found = lines.text().get(span.clone()).unwrap_or_default();
            let (message, hint) = if unclosed && !before_bracket(message) {
                ("a bracket above is not closed".to_owned(), "close it: `[` with `]`, `{` with `}`")
            } else {
                words(message, found)
            };
            verdict.problems.push(Problem { spot: Some(spot), message, hint: Some(hint.to_owned()) });
        }
        if !is_value(message) || unclosed {
            verdict.sound_to = Some(verdict.sound_to.map_or(span.start, |end| end.min(span.start)));
        }
    }
    verdict
}

/// Whether only a value is at fault: the reader goes on behind it, and the tree is sound.
fn is_value(message: &str) -> bool {
    ["string values must be quoted", "invalid float", "invalid boolean", "invalid integer"]
        .iter()
        .any(|start| message.starts_with(start))
}

fn is_unclosed(message: &str) -> bool {
    message.starts_with("unclosed array") || message.starts_with("unclosed inline table")
}

/// Whether an error has its own cause, also where a bracket is open.
fn before_bracket(message: &str) -> bool {
    ["invalid basic string", "invalid literal string", "missing escaped value"]
        .iter()
        .any(|start| message.starts_with(start))
}

fn double(lines: &Lines<'_>, span: &Span) -> Problem {
    let key = lines.text().get(span.clone()).unwrap_or_default();
    let hint = "rename or remove one of the two".to_owned();
    Problem { spot: Some(lines.spot(span)), message: format!("`{key}` is there twice"), hint: Some(hint) }
}

/// Whether a place is in the body of a table whose header is a double already: its keys are doubles for that alone.
fn in_double_table(text: &str, at: usize, faults: &[(Span, &str)]) -> bool {
    let above = text.get(..at).unwrap_or_default();
    let Some(header) = above.rfind("\n[").map(|at| at + 1) else { return false };
    let end = header + text[header..].find('\n').unwrap_or(text.len() - header);
    let double =
        |(span, message): &(Span, &str)| *message == DUPLICATE && (header..end).contains(&span.start);
    at > end && faults.iter().any(double)
}

/// The reader's message and what was found, as a message and a hint.
fn words(message: &str, found: &str) -> (String, &'static str) {
    const QUOTES: &str = "text stands in quotes: key = \"text\"";
    const LINE: &str = "a line is `key = value`, `[table]` or `# comment`";
    let begins = |starts: &[&str]| starts.iter().any(|start| message.starts_with(start));
    let value =
        begins(&["string values must be quoted", "invalid float", "invalid boolean", "invalid integer"]);
    if value && found.trim().is_empty() {
        ("a value is missing here".to_owned(), "write `key = value`, or remove the line")
    } else if value && matches!(found.to_lowercase().as_str(), "true" | "false") {
        (format!("`{found}` is no value of TOML"), "write true or false, in small letters")
    } else if value {
        (format!("`{found}` is no value of TOML"), QUOTES)
    } else if begins(&["invalid basic string", "invalid literal string"]) {
        ("this text has no closing quote".to_owned(), "text stands between two quotes, on one line")
    } else if begins(&["missing escaped value"]) {
        ("a backslash escapes the next character in double quotes".to_owned(), "use single quotes: 'text'")
    } else if begins(&["unclosed table", "unclosed array of tables"]) {
        ("this header is not closed".to_owned(), "close it: [table]")
    } else if begins(&["key with no value", "invalid unquoted key"]) {
        ("this is not a line of TOML".to_owned(), LINE)
    } else {
        (format!("this is not TOML: {message}"), LINE)
    }
}
