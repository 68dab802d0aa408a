//! What an output feed takes, compiled from the config: data only. `publish::select` decides by it.

use std::time::Duration;

use regex::Regex;
use serde::{Deserialize, Serialize};

use super::ids::{ArticleId, SourceId};

/// Everything that decides what is in an output feed.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// The sources it reads, in config order. Never empty after the cross-checks.
    pub from: Vec<SourceId>,
    /// Any match drops.
    pub exclude: Vec<Rule>,
    /// Any match keeps; empty keeps all that is not excluded.
    pub include: Vec<Rule>,
    /// Newest first, at most this many.
    pub limit: usize,
    /// Older articles are left out; `None` keeps every age.
    pub window: Option<Duration>,
    /// Order.
    pub sort: Sort,
    /// No source may have more than this.
    pub per_source: Option<PerSource>,
    /// Which source's copy of one article leads: earlier is better; sources not named follow in config order.
    pub prefer: Vec<SourceId>,
    /// Decisions by hand that concern this feed.
    pub hand: HandDecisions,
}

/// Decisions by hand, resolved to articles.
#[derive(Debug, Clone, Default)]
pub struct HandDecisions {
    /// Always in, whatever rules, window, cap and limit say.
    pub picked: Vec<ArticleId>,
    /// Never in.
    pub blocked: Vec<ArticleId>,
}

/// Order of an output feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Sort {
    /// By publication date, newest first.
    #[default]
    Published,
    /// By the moment the article entered this feed, newest first.
    Selected,
}

/// A cap per source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PerSource {
    /// At most this many, newest kept.
    pub max: usize,
    /// In each UTC day, or in the whole feed.
    pub per: CapPeriod,
}

/// What a cap per source counts over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CapPeriod {
    /// The whole feed.
    #[default]
    Feed,
    /// A UTC day of publication.
    Day,
}

/// One rule: all its tests must hold.
#[derive(Debug, Clone)]
pub struct Rule {
    /// What `explain` calls it: its `name`, else its place: `include[2]`.
    pub name: String,
    /// ANDed.
    pub tests: Vec<Test>,
}

/// One key of a rule: its values are ORed.
#[derive(Debug, Clone)]
pub enum Test {
    /// The headline.
    Title(Vec<TextPattern>),
    /// Headline, summary and body.
    Text(Vec<TextPattern>),
    /// Any author's name.
    Author(Vec<TextPattern>),
    /// Any tag of the article, or of its source in the config.
    Tag(Vec<TextPattern>),
    /// The article's URL.
    Url(Vec<TextPattern>),
    /// The source, exactly.
    Source(Vec<SourceId>),
    /// Time since publication, in seconds.
    Age(Vec<Comparison>),
    /// Words of the body.
    Words(Vec<Comparison>),
    /// Holds if the tests inside do not all hold.
    Not(Vec<Test>),
}

/// A pattern on text, compiled.
#[derive(Debug, Clone)]
pub enum TextPattern {
    /// Whole words; matched on text folded by `publish::rules::fold`. Itself folded.
    Words(Regex),
    /// A regular expression as written between slashes, matched on the text as it is.
    Regex(Regex),
    /// `a*b` on a whole URL, without case.
    Glob(Regex),
}

/// A comparison with a number (words) or seconds (age).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Comparison {
    /// How.
    pub operator: Operator,
    /// With what.
    pub bound: u64,
}

/// `<`, `<=`, `>`, `>=`, `=`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Operator {
    Less,
    AtMost,
    More,
    AtLeast,
    Equal,
}

impl Comparison {
    /// Whether a value passes.
    #[must_use]
    pub fn holds(self, value: u64) -> bool {
        match self.operator {
            Operator::Less => value < self.bound,
            Operator::AtMost => value <= self.bound,
            Operator::More => value > self.bound,
            Operator::AtLeast => value >= self.bound,
            Operator::Equal => value == self.bound,
        }
    }
}

impl Selection {
    /// Whether any rule reads the bodies, so that they must be loaded.
    #[must_use]
    pub fn reads_content(&self) -> bool {
        self.exclude.iter().chain(&self.include).any(|rule| rule.tests.iter().any(Test::reads_content))
    }
}

impl Test {
    fn reads_content(&self) -> bool {
        match self {
            Self::Text(_) => true,
            Self::Not(tests) => tests.iter().any(Self::reads_content),
            _ => false,
        }
    }
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
    #[error("`{0}` is not a flag of a regular expression: only `i` (no case) is")]
    Flag(String),
    /// No comparison.
    #[error("`{0}` is not a comparison: write an operator and a bound, such as {1}")]
    Comparison(String, &'static str),
}

/// What a [`TextPattern`] is read for: `a*b` is a glob in URLs only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PatternUse {
    /// title, text, author, tag.
    Text,
    /// url.
    Url,
}

impl TextPattern {
    /// Compiles `"whole words"`, `'/regex/i'` or, for URLs, `"a*b"`.
    ///
    /// # Errors
    /// [`PatternError`] with what is wrong.
    pub fn compile(pattern: &str, _for: PatternUse) -> Result<Self, PatternError> {
        Err(PatternError::Regex(pattern.to_owned()))
    }
}

impl Comparison {
    /// Reads a comparison of a count: `">= 100"`.
    ///
    /// # Errors
    /// [`PatternError::Comparison`].
    pub fn of_count(text: &str) -> Result<Self, PatternError> {
        Err(PatternError::Comparison(text.to_owned(), "\">= 100\""))
    }

    /// Reads a comparison of an age: `"< 3d"`; the bound is in seconds.
    ///
    /// # Errors
    /// [`PatternError::Comparison`].
    pub fn of_age(text: &str) -> Result<Self, PatternError> {
        Err(PatternError::Comparison(text.to_owned(), "\"< 3d\""))
    }
}
