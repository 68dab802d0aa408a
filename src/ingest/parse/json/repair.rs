//! Repairs of JSON that is slightly broken, in one pass over the text: what people write by hand, and what programs print
//! that think JavaScript or Python is JSON.

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

/// Puts strings, commas, names and words right, and takes comments out. Works on a whole document or on one value.
pub(super) fn repair(text: &str) -> Repaired<'_> {
    let mut pass = Pass {
        text,
        fixed: String::new(),
        kept: 0,
        warnings: Vec::new(),
        line: 1,
        line_start: 0,
        before: Before::Start,
    };
    let mut at = 0;
    while let Some(byte) = text.as_bytes().get(at) {
        at = match byte {
            b'"' | b'\'' => pass.string(at, *byte),
            b'{' | b'[' => pass.value(at, at + 1, Before::Start),
            b'}' | b']' => pass.close(at),
            b':' => {
                pass.before = Before::Start;
                at + 1
            }
            b',' => pass.comma(at),
            b'/' if comment(&text[at..]) > 0 => {
                pass.replace(at..at + comment(&text[at..]), "", ("comment", "a comment, taken out"))
            }
            b'\n' => pass.line_break(at),
            byte if byte.is_ascii_whitespace() => at + 1,
            _ => pass.word(at),
        };
    }
    pass.finish()
}

/// What stands before a place outside of strings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Before {
    /// A bracket or colon: a value may follow, and no comma.
    Start,
    Comma,
    Value,
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
    before: Before,
}

const STRAY_COMMA: (&str, &str) = ("trailing-comma", "a comma with nothing beside it");
const BAD_STRING: (&str, &str) = ("bad-quotes", "a string in other quotes, or with quotes in it");

impl<'a> Pass<'a> {
    /// Puts `instead` in the place of some bytes; gives back where they end.
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
        bytes.end
    }

    fn line_break(&mut self, at: usize) -> usize {
        self.line += 1;
        self.line_start = at + 1;
        at + 1
    }

    /// A bracket that closes; the comma of several that was left before it goes.
    fn close(&mut self, at: usize) -> usize {
        if self.before == Before::Comma {
            self.replace(at..at, "", STRAY_COMMA);
            self.fixed.truncate(self.fixed.rfind(',').unwrap_or(self.fixed.len()));
        }
        self.before = Before::Value;
        at + 1
    }

    /// What may stand only where a comma, bracket or colon stands before it.
    fn value(&mut self, start: usize, end: usize, now: Before) -> usize {
        if self.before == Before::Value {
            self.replace(start..start, ",", ("missing-comma", "no comma between two values"));
        }
        self.before = now;
        end
    }

    fn comma(&mut self, at: usize) -> usize {
        let next = self.text.as_bytes().get(self.behind(at + 1));
        let is_last = matches!(next, Some(b'}' | b']'));
        if is_last || self.before != Before::Value {
            return self.replace(at..at + 1, "", STRAY_COMMA);
        }
        self.before = Before::Comma;
        at + 1
    }

    /// The next place that is neither white space nor comment.
    fn behind(&self, mut at: usize) -> usize {
        loop {
            let rest = &self.text[at..];
            let space = rest.len() - rest.trim_ascii_start().len();
            let comment = comment(&rest[space..]);
            at += space + comment;
            if comment == 0 {
                return at;
            }
        }
    }

    /// A string from its opening quote on.
    fn string(&mut self, start: usize, quote: u8) -> usize {
        let mut at = self.value(start, start + 1, Before::Value);
        if quote == b'\'' {
            self.replace(start..at, "\"", BAD_STRING);
        }
        while let Some(&byte) = self.text.as_bytes().get(at) {
            at = match byte {
                _ if byte == quote && self.closes(at) => {
                    return if quote == b'"' { at + 1 } else { self.replace(at..at + 1, "\"", BAD_STRING) };
                }
                b'"' => self.replace(at..at + 1, "\\\"", BAD_STRING),
                b'\\' => at + self.escape(at),
                0..=0x1f => self.control(at, byte),
                _ => at + 1,
            };
        }
        at
    }

    /// Whether a quote in a string ends it: then JSON goes on behind it. Behind white space that may be a comment, or the
    /// next string, where the comma is missing. Comments are not looked through: that would be quadratic.
    fn closes(&self, at: usize) -> bool {
        let rest = &self.text[at + 1..];
        let next = rest.trim_ascii_start();
        match next.as_bytes().first() {
            None | Some(b',' | b':' | b'}' | b']') => true,
            Some(b'"' | b'\'') => next.len() < rest.len(),
            Some(b'/') => next.len() < rest.len() && (next.starts_with("//") || next.starts_with("/*")),
            Some(_) => false,
        }
    }

    fn control(&mut self, at: usize, byte: u8) -> usize {
        let escaped = format!("\\u{byte:04x}");
        let fault = ("control-character", "a control character in a string is not escaped");
        self.replace(at..at + 1, &escaped, fault);
        if byte == b'\n' { self.line_break(at) } else { at + 1 }
    }

    /// A name or value that is written without quotes.
    fn word(&mut self, start: usize) -> usize {
        let is_end = |c: char| c.is_ascii_whitespace() || ",:{}[]\"'".contains(c);
        let rest = &self.text[start..];
        let end = start + rest.find(is_end).unwrap_or(rest.len());
        let word = &self.text[start..end];
        self.value(start, end, Before::Value);
        let is_name = self.text.as_bytes().get(self.behind(end)) == Some(&b':');
        let fault = ("bare-word", "a name or value without quotes");
        match word {
            "true" | "false" | "null" if !is_name => end,
            "True" if !is_name => self.replace(start..end, "true", fault),
            "False" if !is_name => self.replace(start..end, "false", fault),
            "None" | "undefined" | "NaN" | "Infinity" | "-Infinity" if !is_name => {
                self.replace(start..end, "null", fault)
            }
            _ if !is_name && serde_json::from_str::<f64>(word).is_ok() => end,
            _ => match serde_json::to_string(word) {
                Ok(quoted) => self.replace(start..end, &quoted, fault),
                Err(_) => end,
            },
        }
    }

    /// A backslash in a string, and what it escapes; gives back how many bytes that is.
    fn escape(&mut self, at: usize) -> usize {
        match self.text.as_bytes().get(at + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => 2,
            Some(b'u') => self.unicode_escape(at),
            Some(b'\'') => self.replace(at..at + 2, "'", ("bad-escape", "`\\'` is no escape of JSON")) - at,
            _ => self.replace(at..at + 1, "\\\\", ("bad-escape", "a backslash escapes nothing")) - at,
        }
    }

    /// `\uXXXX`: four digits, and no half of a surrogate pair without the other.
    fn unicode_escape(&mut self, at: usize) -> usize {
        const HALF: (&str, &str) = ("lone-surrogate", "an escape is half a character");
        match (self.code_unit(at), self.code_unit(at + 6)) {
            (None, _) => {
                self.replace(at..at + 1, "\\\\", ("bad-escape", "`\\u` without four hexadecimal digits")) - at
            }
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 12,
            (Some(0xd800..=0xdfff), _) => self.replace(at..at + 6, "\\ufffd", HALF) - at,
            (Some(_), _) => 6,
        }
    }

    fn code_unit(&self, at: usize) -> Option<u16> {
        let digits = self.text.get(at..at + 6)?.strip_prefix("\\u")?;
        let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        u16::from_str_radix(digits, 16).ok().filter(|_| is_hex)
    }

    fn finish(mut self) -> Repaired<'a> {
        if self.warnings.is_empty() {
            return Repaired { text: Cow::Borrowed(self.text), warnings: self.warnings };
        }
        self.fixed.push_str(self.text.get(self.kept..).unwrap_or_default());
        Repaired { text: Cow::Owned(self.fixed), warnings: self.warnings }
    }
}

/// How long the comment is that a text begins with; 0 for none.
fn comment(text: &str) -> usize {
    if text.starts_with("//") {
        text.find('\n').unwrap_or(text.len())
    } else if let Some(inside) = text.strip_prefix("/*") {
        inside.find("*/").map_or(text.len(), |end| end + 4)
    } else {
        0
    }
}

/// Columns are counted no further: a document may be one line.
const MAX_COLUMN: usize = 100_000;
