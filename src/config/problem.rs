//! What is wrong with a file a person wrote, and where: shown to people as a compiler would, and to programs as fields.

use std::fmt;
use std::path::PathBuf;

use serde::Serialize;

/// One thing wrong (or, as a warning, doubtful) in a config or overrides file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Where; `None`: the file as a whole.
    #[serde(flatten)]
    pub spot: Option<Spot>,
    /// What is wrong, in one line.
    pub message: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Spot {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// How many characters of the line are meant; at least 1, also at the end of the line.
    pub width: usize,
    /// The line itself, without its end.
    pub text: String,
}

impl Problem {
    /// A problem of the file as a whole.
    #[must_use]
    pub fn of_file(message: String, hint: Option<String>) -> Self {
        Self { spot: None, message, hint }
    }

    /// The line, from 1; 0 for the file as a whole.
    #[must_use]
    pub fn line(&self) -> usize {
        self.spot.as_ref().map_or(0, |spot| spot.line)
    }

    /// The problem as people see it: `file:line:column: message`, the line, a marker below it, the hint.
    #[must_use]
    pub fn report<'a>(&'a self, file: &'a str) -> Report<'a> {
        Report { file, problem: self }
    }
}

/// A problem of a file, to print. Made by [`Problem::report`]. Ends without a line end.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    file: &'a str,
    problem: &'a Problem,
}

/// Characters of a line that are shown at most; longer ones are cut around the marker.
const SHOWN: usize = 160;
/// Characters kept before the marker when a line is cut.
const BEFORE: usize = 60;

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Problem { spot, message, hint } = self.problem;
        match spot {
            None => write!(f, "{}: {}", self.file, printable(message))?,
            Some(spot) => {
                write!(f, "{}:{}:{}: {}", self.file, spot.line, spot.column, printable(message))?;
                excerpt(spot, f)?;
            }
        }
        let gutter = spot.as_ref().map_or(0, |spot| spot.line.to_string().len());
        match hint {
            Some(hint) => write!(f, "\n{:gutter$} = hint: {}", "", hint.replace('\n', "\n     ")),
            None => Ok(()),
        }
    }
}

/// Characters of a message that are shown at most: it may quote what the file says.
const SAID: usize = 400;

/// A message cut to a length people read, without what a terminal would obey.
fn printable(message: &str) -> String {
    let cut = message.chars().count() > SAID;
    message.chars().take(SAID).map(harmless).chain(cut.then_some('…')).collect()
}

/// The character, or a mark in the place of a control character.
fn harmless(c: char) -> char {
    if c.is_control() && c != '\t' { '\u{fffd}' } else { c }
}

/// The line and the marker below it. Tabs stand in the marker's line too, so that both line up.
fn excerpt(spot: &Spot, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let number = spot.line.to_string();
    let gutter = number.len();
    let before = spot.column - 1;
    let long = spot.text.chars().count() > SHOWN;
    let skipped = if long { before.saturating_sub(BEFORE) } else { 0 };
    let shown: String = spot.text.chars().skip(skipped).take(SHOWN).map(harmless).collect();
    let indent: String =
        shown.chars().take(before - skipped).map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
    let room = shown.chars().count().saturating_sub(before - skipped).max(1);
    let marker = "^".repeat(spot.width.clamp(1, room));
    write!(f, "\n{:gutter$} |\n{number} | {shown}\n{:gutter$} | {indent}{marker}", "", "")
}

/// A file that cannot be used, with every problem found in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConfigError {
    /// The file, as it was named.
    pub path: PathBuf,
    /// In file order; never empty.
    pub problems: Vec<Problem>,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = self.path.display().to_string();
        for (index, problem) in self.problems.iter().enumerate() {
            let gap = if index == 0 { "" } else { "\n\n" };
            write!(f, "{gap}{}", problem.report(&file))?;
        }
        Ok(())
    }
}

impl std::error::Error for ConfigError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str, column: usize, width: usize) -> Problem {
        let spot = Spot { line: 12, column, width, text: text.to_owned() };
        Problem { spot: Some(spot), message: "no".to_owned(), hint: Some("yes".to_owned()) }
    }

    #[test]
    fn a_problem_is_shown_with_its_line_a_marker_and_a_hint() {
        assert_eq!(
            problem("\tlimit = 0", 10, 1).report("c.toml").to_string(),
            "c.toml:12:10: no\n   |\n12 | \tlimit = 0\n   | \t        ^\n   = hint: yes"
        );
        assert_eq!(Problem::of_file("gone".into(), None).report("c.toml").to_string(), "c.toml: gone");
        assert_eq!(problem("a\u{1b}[2J", 2, 1).report("c").to_string().matches('\u{fffd}').count(), 1);
    }

    #[test]
    fn a_long_line_is_cut_around_the_marker() {
        let text = format!("{}BAD{}", "x".repeat(5_000), "y".repeat(5_000));
        let shown = problem(&text, 5_001, 3).report("c.toml").to_string();
        assert!(shown.len() < 500, "{shown}");
        let lines: Vec<&str> = shown.lines().collect();
        let at = lines[3].find('^').unwrap();
        assert_eq!(&lines[2][at..at + 3], "BAD");
    }

    #[test]
    fn programs_get_the_place_as_fields() {
        let json = serde_json::to_value(problem("a = 1", 5, 1)).unwrap();
        assert_eq!(json["line"], 12);
        assert_eq!(json["column"], 5);
        assert_eq!(json["text"], "a = 1");
        assert_eq!(json["hint"], "yes");
        let whole = serde_json::to_value(Problem::of_file("gone".into(), None)).unwrap();
        assert_eq!(whole, serde_json::json!({ "message": "gone" }));
    }
}
