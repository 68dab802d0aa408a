//! Repairs of JSON that is slightly broken, in one pass over the text.

use std::borrow::Cow;
use std::ops::Range;

use super::fields::MAX_WARNINGS;
use crate::model::parts::Warning;

/// A text after repair; borrowed where nothing was wrong that this knows.
pub(super) struct Repaired<'a> {
    pub(super) text: Cow<'a, str>,
    /// Where what was repaired.
    pub(super) warnings: Vec<Warning>,
}

/// Escapes control characters inside strings, puts escapes right that are none, and takes out commas before `}` and
/// `]`. Works on a whole document or on one value.
pub(super) fn repair(text: &str) -> Repaired<'_> {
    let mut pass = Pass { text, fixed: String::new(), kept: 0, warnings: Vec::new(), line: 1, line_start: 0 };
    let (mut at, mut in_string) = (0, false);
    while let Some(byte) = text.as_bytes().get(at) {
        at += match (byte, in_string) {
            (b'"', _) => {
                in_string = !in_string;
                1
            }
            (b'\\', true) => pass.escape(at),
            (0..=0x1f, true) => pass.control(at, *byte),
            (b',', false) => pass.comma(at),
            _ => 1,
        };
        if *byte == b'\n' {
            pass.line += 1;
            pass.line_start = at;
        }
    }
    pass.finish()
}

struct Pass<'a> {
    text: &'a str,
    /// The text so far, repaired.
    fixed: String,
    /// How much of `text` is in `fixed`.
    kept: usize,
    warnings: Vec<Warning>,
    /// From 1.
    line: u32,
    /// Where the line begins.
    line_start: usize,
}

impl<'a> Pass<'a> {
    /// Puts `instead` in the place of some bytes; gives back how many.
    fn replace(&mut self, bytes: Range<usize>, instead: &str, fault: (&'static str, &str)) -> usize {
        let at = bytes.start;
        self.fixed.push_str(self.text.get(self.kept..at).unwrap_or_default());
        self.fixed.push_str(instead);
        self.kept = bytes.end;
        if self.warnings.len() < MAX_WARNINGS {
            let before = self.text.get(self.line_start..at).unwrap_or_default();
            let column = u32::try_from(before.chars().take(MAX_COLUMN).count()).unwrap_or(u32::MAX) + 1;
            let (code, message) = fault;
            self.warnings.push(Warning { line: self.line, column, code, message: message.to_owned() });
        }
        bytes.len()
    }

    fn control(&mut self, at: usize, byte: u8) -> usize {
        let escaped = format!("\\u{byte:04x}");
        self.replace(
            at..at + 1,
            &escaped,
            ("control-character", "a control character in a string is not escaped"),
        )
    }

    /// A backslash in a string, and what it escapes.
    fn escape(&mut self, at: usize) -> usize {
        match self.text.as_bytes().get(at + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => 2,
            Some(b'u') => self.unicode_escape(at),
            Some(b'\'') => self.replace(at..at + 2, "'", ("bad-escape", "`\\'` is no escape of JSON")),
            _ => self.replace(at..at + 1, "\\\\", ("bad-escape", "a backslash escapes nothing")),
        }
    }

    /// `\uXXXX`: four digits, and no half of a surrogate pair without the other.
    fn unicode_escape(&mut self, at: usize) -> usize {
        const HALF: (&str, &str) = ("lone-surrogate", "an escape is half a character");
        match (self.code_unit(at), self.code_unit(at + 6)) {
            (None, _) => {
                self.replace(at..at + 1, "\\\\", ("bad-escape", "`\\u` without four hexadecimal digits"))
            }
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 12,
            (Some(0xd800..=0xdfff), _) => self.replace(at..at + 6, "\\ufffd", HALF),
            (Some(_), _) => 6,
        }
    }

    fn code_unit(&self, at: usize) -> Option<u16> {
        let digits = self.text.get(at..at + 6)?.strip_prefix("\\u")?;
        let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        u16::from_str_radix(digits, 16).ok().filter(|_| is_hex)
    }

    fn comma(&mut self, at: usize) -> usize {
        let behind = self.text.as_bytes().get(at + 1..).unwrap_or_default();
        match behind.iter().find(|byte| !byte.is_ascii_whitespace()) {
            Some(b'}' | b']') => {
                self.replace(at..at + 1, "", ("trailing-comma", "a comma with nothing behind it"))
            }
            _ => 1,
        }
    }

    fn finish(mut self) -> Repaired<'a> {
        if self.warnings.is_empty() {
            return Repaired { text: Cow::Borrowed(self.text), warnings: self.warnings };
        }
        self.fixed.push_str(self.text.get(self.kept..).unwrap_or_default());
        Repaired { text: Cow::Owned(self.fixed), warnings: self.warnings }
    }
}

/// Columns are counted no further: a document may be one line.
const MAX_COLUMN: usize = 100_000;
