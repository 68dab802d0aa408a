//! Patterns on text: `"whole words"`, `'/regex/i'`, `"a*b"`.

use std::ops::Range;

use regex::{Regex, RegexBuilder};
use unicode_normalization::char::is_combining_mark;

use crate::model::fold::fold;

use super::searched::{Searched, fold_url};

/// Bytes that one compiled regular expression may take, and that one search of it may keep.
const REGEX_SIZE: usize = 2 << 20;

/// A pattern on text, compiled.
#[derive(Debug, Clone)]
pub struct TextPattern {
    written: String,
    matcher: Matcher,
}

#[derive(Debug, Clone)]
enum Matcher {
    /// Whole words, on folded text.
    Words(Words),
    /// A regular expression as written between slashes, or a glob made one; on the text as it is.
    Regex(Regex),
}

/// What a [`TextPattern`] is read for: `a*b` is a glob in URLs only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PatternUse {
    /// title, text, author, tag.
    Text,
    /// url.
    Url,
}

/// Why a string of a rule is no pattern or comparison.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PatternError {
    /// Nothing to look for.
    #[error("an empty pattern would match everything or nothing: write a word, or remove it")]
    Empty,
    /// The regex engine refuses it.
    #[error("this regular expression is not understood: {0}")]
    Regex(String),
    /// The letters behind the last slash.
    #[error(
        "`{0}` is not a flag of a regular expression: only `i` (no case) is; a text that has slashes itself is \
         written '/\\/a\\/b/'"
    )]
    Flag(String),
    /// No comparison.
    #[error("`{0}` is not a comparison: write an operator and a bound, such as {1}")]
    Comparison(String, &'static str),
}

impl TextPattern {
    /// Compiles `"whole words"`, `'/regex/i'` or, for URLs, `"a*b"`.
    ///
    /// - Whole words: in any case, with or without accents (see [`fold`]), any white space between them. No letter or
    ///   digit may stand beside a letter or digit at the pattern's ends; punctuation is no obstacle, nor are the
    ///   letters of scripts that do not part words by spaces. In a URL, `-`, `_`, `+` and a space are one.
    /// - A regular expression is tried on the text as it is, in linear time.
    /// - A glob is for the whole URL, in any case; `*` stands for any characters, and the scheme may be left out.
    ///
    /// # Errors
    /// [`PatternError`] with what is wrong.
    pub fn compile(pattern: &str, usage: PatternUse) -> Result<Self, PatternError> {
        let matcher = match (split_regex(pattern), usage) {
            (Some(("", _)), _) => return Err(PatternError::Empty),
            (Some((_, flags)), _) if !matches!(flags, "" | "i") => {
                return Err(PatternError::Flag(flags.to_owned()));
            }
            (Some((regex, flags)), _) => Matcher::Regex(build(regex, flags == "i")?),
            (None, PatternUse::Url) if pattern.contains('*') => Matcher::Regex(build(&glob(pattern), true)?),
            (None, PatternUse::Url) => Matcher::Words(Words::new(&fold_url(pattern.trim()))?),
            (None, PatternUse::Text) => Matcher::Words(Words::new(&fold(pattern))?),
        };
        Ok(Self { written: pattern.to_owned(), matcher })
    }

    /// As it stands in the config.
    #[must_use]
    pub fn written(&self) -> &str {
        &self.written
    }

    /// The words, if it is no regular expression or glob.
    pub(super) fn words(&self) -> Option<&Words> {
        match &self.matcher {
            Matcher::Words(words) => Some(words),
            Matcher::Regex(_) => None,
        }
    }

    /// Whether it matches anywhere in the text. A text that has a lexicon must have one with this pattern in it.
    #[must_use]
    pub fn is_match(&self, text: &Searched<'_>) -> bool {
        match &self.matcher {
            Matcher::Words(words) => match text.found() {
                Some(found) => found.contains(&words.folded),
                None => words.find(text.folded()).is_some(),
            },
            Matcher::Regex(regex) => regex.is_match(text.plain()),
        }
    }

    /// What it matches first, as it stands in the text: for explaining.
    #[must_use]
    pub fn find<'t>(&self, text: &'t Searched<'_>) -> Option<&'t str> {
        match &self.matcher {
            Matcher::Words(words) => Some(text.around(words.find(text.folded())?)),
            Matcher::Regex(regex) => Some(regex.find(text.plain())?.as_str()),
        }
    }
}

/// `/regex/flags`: the expression and the letters behind it.
fn split_regex(pattern: &str) -> Option<(&str, &str)> {
    let (regex, flags) = pattern.trim().strip_prefix('/')?.rsplit_once('/')?;
    flags.chars().all(char::is_alphanumeric).then_some((regex, flags))
}

fn build(regex: &str, any_case: bool) -> Result<Regex, PatternError> {
    RegexBuilder::new(regex)
        .case_insensitive(any_case)
        .size_limit(REGEX_SIZE)
        .dfa_size_limit(REGEX_SIZE)
        .build()
        .map_err(|error| PatternError::Regex(last_line(&error.to_string())))
}

/// What the engine says, without its drawing of the pattern: whoever shows the message shows the line too.
fn last_line(said: &str) -> String {
    let line = said.lines().last().unwrap_or_default();
    line.strip_prefix("error: ").unwrap_or(line).to_owned()
}

/// The regular expression of a glob on a whole URL.
fn glob(pattern: &str) -> String {
    let parts: Vec<String> = pattern.trim().split('*').map(regex::escape).collect();
    let scheme = if pattern.contains("://") { "" } else { "(?:[a-z][a-z0-9+.-]*://)?" };
    format!("^{scheme}{}$", parts.join(".*"))
}

/// Words to find in folded text.
#[derive(Debug, Clone)]
pub(super) struct Words {
    folded: String,
    /// Whether the first, the last character must be the first, the last of a word.
    starts_word: bool,
    ends_word: bool,
}

impl Words {
    fn new(folded: &str) -> Result<Self, PatternError> {
        let folded = folded.trim().to_owned();
        let (first, last) = (folded.chars().next(), folded.chars().next_back());
        match (first, last) {
            (Some(first), Some(last)) => {
                Ok(Self { starts_word: joins(first), ends_word: joins(last), folded })
            }
            _ => Err(PatternError::Empty),
        }
    }

    pub(super) fn folded(&self) -> &str {
        &self.folded
    }

    /// The first place where they stand whole.
    fn find(&self, text: &str) -> Option<Range<usize>> {
        let mut from = 0;
        while let Some(at) = text[from..].find(&self.folded) {
            let start = from + at;
            let place = start..start + self.folded.len();
            if self.stand_whole(text, place.clone()) {
                return Some(place);
            }
            from = start + text[start..].chars().next().map_or(1, char::len_utf8);
        }
        None
    }

    /// Whether they are no part of longer words, at a place where they were found.
    pub(super) fn stand_whole(&self, text: &str, place: Range<usize>) -> bool {
        let torn_before = self.starts_word && text[..place.start].chars().next_back().is_some_and(joins);
        let torn_behind = self.ends_word && text[place.end..].chars().next().is_some_and(joins);
        !torn_before && !torn_behind
    }
}

/// Whether a character makes one word with a letter beside it.
fn joins(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    (c.is_alphanumeric() || is_combining_mark(c)) && !is_unspaced(c)
}

/// Letters of scripts that do not part words by spaces (Han, kana, Thai, Lao, Tibetan, Burmese, Khmer, Yi), and Hangul,
/// whose words take on endings.
fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{fff}' | '\u{1000}'..='\u{109f}' | '\u{1100}'..='\u{11ff}' | '\u{1780}'..='\u{17ff}'
        | '\u{3005}'..='\u{3007}' | '\u{3031}'..='\u{3035}' | '\u{3040}'..='\u{318f}' | '\u{31a0}'..='\u{31bf}'
        | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{a4cf}' | '\u{a960}'..='\u{a97f}'
        | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{1b000}'..='\u{1b16f}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests;
