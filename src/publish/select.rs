//! Selection: which articles an output feed contains, and why. Pure.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::model::selection::Selection;
use crate::model::{Article, ArticleId, PlainText, SourceId};

/// What selection needs beside the articles and the selection itself.
#[derive(Debug, Clone)]
pub struct Context<'a> {
    /// The moment of publishing.
    pub now: DateTime<Utc>,
    /// The config's own tags of each source.
    pub source_tags: &'a BTreeMap<SourceId, Vec<PlainText>>,
    /// When an article entered this feed before.
    pub entered: &'a BTreeMap<ArticleId, DateTime<Utc>>,
}

/// What became of one article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Which.
    pub article: ArticleId,
    /// What.
    pub verdict: Verdict,
}

/// Why an article is in a feed, or is not. The order is the order of deciding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Out: blocked by hand.
    Blocked,
    /// In: picked by hand.
    Picked,
    /// Out: older than the window.
    TooOld,
    /// Out: this `exclude` rule matched.
    Excluded {
        /// The rule's name.
        rule: String,
    },
    /// In: this `include` rule matched.
    Included {
        /// The rule's name.
        rule: String,
    },
    /// In: the feed has no `include` rules.
    NoRules,
    /// Out: no `include` rule matched.
    NotIncluded,
    /// Out: another copy of the same article leads.
    Duplicate {
        /// The leading copy.
        of: ArticleId,
    },
    /// Out: its source has its share.
    OverCap,
    /// Out: the feed is full.
    OverLimit,
}

impl Verdict {
    /// Whether the article is in the feed.
    #[must_use]
    pub fn is_in(&self) -> bool {
        matches!(self, Self::Picked | Self::Included { .. } | Self::NoRules)
    }
}

/// The outcome: every article's verdict, and the order of those that are in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selected {
    /// One for each article given, in the order given.
    pub decisions: Vec<Decision>,
    /// Those that are in, in the order to print.
    pub order: Vec<ArticleId>,
}

/// Decides what an output feed contains. Bodies need to be loaded only if [`Selection::reads_content`].
#[must_use]
pub fn select(articles: &[Article], selection: &Selection, context: &Context<'_>) -> Selected {
    let _ = (articles, selection, context);
    Selected::default()
}
