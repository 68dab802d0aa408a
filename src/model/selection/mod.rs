//! What an output feed takes, compiled from the config: data only. `publish::select` decides by it.

mod comparison;
mod lexicon;
mod pattern;
mod searched;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::ids::{ArticleId, SourceId};

pub use comparison::{Comparison, Operator};
pub use lexicon::Lexicon;
pub use pattern::{PatternError, PatternUse, TextPattern};
pub use searched::Searched;

/// Everything that decides what is in an output feed.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// The sources it reads, in config order. Never empty after the cross-checks. Feeds that read all share the list.
    pub from: Arc<[SourceId]>,
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
    /// What may enter of what a source brought at once; a source that is not named: all.
    pub first_run: Arc<BTreeMap<SourceId, FirstRun>>,
    /// What becomes of articles that their source took back.
    pub on_withdrawn: OnWithdrawn,
}

/// How much of a flood may enter: see [`super::Flood`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FirstRun {
    /// At most this many, newest kept.
    pub most: usize,
    /// Whether a source may bring as much as it has, the first time, to a feed that is not a day old: nobody is flooded by it.
    pub spares_new_feeds: bool,
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

/// What a feed does with an article that its source took back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OnWithdrawn {
    /// It keeps its id and place; a line says so in place of its words.
    #[default]
    Mark,
    /// It leaves; Atom names it as deleted for a while.
    Drop,
    /// It stays as it was.
    Keep,
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
