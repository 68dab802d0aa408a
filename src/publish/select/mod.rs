//! Selection: which articles an output feed contains, and why. Pure, and the same whatever order the articles are
//! given in.

mod candidate;
mod duplicates;
mod flood;
mod share;
mod until;

use std::collections::{BTreeMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};

use crate::model::selection::{Lexicon, OnWithdrawn, Rule, Selection};
use crate::model::{Article, ArticleId, PlainText, SourceId};

use super::rules::Subject;
pub use candidate::Candidate;
pub(super) use duplicates::links;

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
    /// Out: another copy of the same article is blocked by hand.
    BlockedCopy {
        /// The blocked copy.
        of: ArticleId,
    },
    /// Out: its source took it back, and the feed drops such articles.
    Withdrawn,
    /// In: picked by hand, itself or a copy that it leads.
    Picked,
    /// Out: the feed does not read this source.
    OtherSource,
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
    /// Out: its source brought more at once than may enter.
    OverFirstRun,
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
    /// The last moment at which these articles give this order again, once those that are in have entered the feed.
    pub until: DateTime<Utc>,
}

/// Decides what an output feed contains. Bodies need to be loaded only if [`Selection::reads_content`].
///
/// The articles should hold those blocked by hand, whatever their source: a block reaches their copies too. An article
/// of a source that the feed does not read may be given; it is left out unless it was picked.
#[must_use]
pub fn select(articles: &[Article], selection: &Selection, context: &Context<'_>) -> Selected {
    let judge = Judge::new(selection, context.source_tags, context.now);
    let candidates: Vec<Candidate> = articles.iter().map(|article| judge.candidate(article)).collect();
    choose(&candidates, selection, (context.now, context.entered))
}

/// Decides between those that [`Judge`] has judged by themselves, at the moment at which it did. `entered` as in [`Context`].
#[must_use]
pub fn choose(
    candidates: &[Candidate],
    selection: &Selection,
    (now, entered): (DateTime<Utc>, &BTreeMap<ArticleId, DateTime<Utc>>),
) -> Selected {
    let verdicts = candidates.iter().map(|candidate| candidate.verdict.clone()).collect();
    let mut state = State { candidates, selection, now, entered, verdicts };
    let entangled = state.settle_duplicates();
    state.hold_floods();
    state.cap_sources();
    state.limit();
    let until = state.until(&entangled);
    let order = state.in_order().into_iter().map(|index| candidates[index].id).collect();
    let decisions = candidates.iter().zip(state.verdicts);
    let decisions =
        decisions.map(|(candidate, verdict)| Decision { article: candidate.id, verdict }).collect();
    Selected { decisions, order, until }
}

/// A selection under way: what every article has come to so far.
struct State<'a> {
    candidates: &'a [Candidate],
    selection: &'a Selection,
    now: DateTime<Utc>,
    entered: &'a BTreeMap<ArticleId, DateTime<Utc>>,
    /// Parallel to `candidates`.
    verdicts: Vec<Verdict>,
}

impl State<'_> {
    fn is_picked(&self, index: usize) -> bool {
        self.verdicts[index] == Verdict::Picked
    }

    /// Indices of the articles that are in so far.
    fn inside(&self) -> impl Iterator<Item = usize> {
        (0..self.candidates.len()).filter(|&index| self.verdicts[index].is_in())
    }
}

/// Judges articles one by one, before they compete with each other.
#[derive(Debug)]
pub struct Judge<'a> {
    selection: &'a Selection,
    source_tags: &'a BTreeMap<SourceId, Vec<PlainText>>,
    now: DateTime<Utc>,
    blocked: HashSet<ArticleId>,
    picked: HashSet<ArticleId>,
    from: HashSet<&'a SourceId>,
    /// Nothing published before this is taken.
    oldest: Option<DateTime<Utc>>,
    lexicon: Option<Lexicon<'a>>,
}

impl<'a> Judge<'a> {
    /// By this selection, at this moment; the config's own tags of each source are tags of its articles.
    #[must_use]
    pub fn new(
        selection: &'a Selection,
        source_tags: &'a BTreeMap<SourceId, Vec<PlainText>>,
        now: DateTime<Utc>,
    ) -> Self {
        let window = selection.window.and_then(|window| TimeDelta::from_std(window).ok());
        Self {
            selection,
            source_tags,
            now,
            blocked: selection.hand.blocked.iter().copied().collect(),
            picked: selection.hand.picked.iter().copied().collect(),
            from: selection.from.iter().collect(),
            oldest: window.and_then(|window| now.checked_sub_signed(window)),
            lexicon: Lexicon::of(selection),
        }
    }

    /// The article as it competes with others; the rest of it is not needed any more.
    #[must_use]
    pub fn candidate(&self, article: &Article) -> Candidate {
        Candidate::new(article, self.verdict(article))
    }

    fn verdict(&self, article: &Article) -> Verdict {
        if self.blocked.contains(&article.id) {
            Verdict::Blocked
        } else if self.selection.on_withdrawn == OnWithdrawn::Drop && article.withdrawn.is_some() {
            Verdict::Withdrawn
        } else if self.picked.contains(&article.id) {
            Verdict::Picked
        } else if !self.from.is_empty() && !self.from.contains(&article.origin.source) {
            Verdict::OtherSource
        } else if self.oldest.is_some_and(|oldest| article.published < oldest) {
            Verdict::TooOld
        } else {
            self.by_rules(article)
        }
    }

    fn by_rules(&self, article: &Article) -> Verdict {
        let source_tags = self.source_tags.get(&article.origin.source);
        let subject = Subject::new(article, source_tags.map_or(&[], Vec::as_slice), self.now);
        let subject = subject.with(self.lexicon.as_ref());
        let first =
            |rules: &[Rule]| rules.iter().find(|rule| subject.matches(rule)).map(|rule| rule.name.clone());
        let Selection { exclude, include, .. } = self.selection;
        match first(exclude) {
            Some(rule) => Verdict::Excluded { rule },
            None if include.is_empty() => Verdict::NoRules,
            None => first(include).map_or(Verdict::NotIncluded, |rule| Verdict::Included { rule }),
        }
    }
}

#[cfg(test)]
mod tests;
