//! What a document takes back, and what its edits mean: what has to be looked up in the store for that, and only where
//! something has changed.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use crate::ingest::decide::withdraw::{Gap, gaps, is_orderly, is_ripe, stands_between, taken_out, watch};
use crate::ingest::decide::{Change, EditedArticle, weigh};
use crate::model::{Article, ArticleBody, ArticleId, Withdrawal, WithdrawalReason};
use crate::store::{ArticleQuery, DocumentKey, Missing, Store, StoreError};

use super::expand::What;
use super::judge::{doubt, is_gone};
use super::pages::completed;
use super::turn::Job;
use super::work::{Outcome, Read};

/// How much of a document was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sight {
    /// All of a feed; whether its entries stand in the order of their dates.
    Whole { is_orderly: bool },
    /// It is as it was.
    AsBefore,
    /// Its server says that it is gone for good.
    Gone,
    /// Nothing, a part, or what is no list of articles in an order.
    Part,
}

impl Sight {
    /// What an attempt let see.
    pub(super) fn of(job: &Job, outcome: &Outcome) -> Self {
        match outcome {
            Outcome::Read(read) if is_whole_feed(job, read) => {
                Self::Whole { is_orderly: is_orderly(&read.reading.drafts) }
            }
            Outcome::Same(_) | Outcome::NotModified(_) => Self::AsBefore,
            Outcome::Failed(failure) if is_gone(job, failure) => Self::Gone,
            Outcome::Read(_) | Outcome::Failed(_) | Outcome::PutOff { .. } => Self::Part,
        }
    }

    /// Whether nothing follows for the articles of a document in which nothing was read.
    pub(super) fn is_quiet(self, job: &Job) -> bool {
        match self {
            Self::Whole { .. } => false,
            Self::AsBefore => {
                job.state.missing.is_empty() && !(job.is_page() && job.state.gone_since.is_some())
            }
            Self::Gone => !job.is_page(),
            Self::Part => true,
        }
    }

    /// The changes that follow from it alone: a page that is gone takes its article along, and brings it back.
    pub(super) fn changes(self, job: &Job, now: DateTime<Utc>) -> Vec<Change> {
        let was_gone = job.state.gone_since.is_some();
        match self {
            Self::Gone if job.is_page() => {
                let withdrawal = Withdrawal { at: now, reason: WithdrawalReason::Gone };
                vec![Change::Withdrawn { id: None, withdrawal }]
            }
            Self::AsBefore if job.is_page() && was_gone => vec![Change::Returned { id: None }],
            _ => Vec::new(),
        }
    }
}

/// A page with microformats is sorted by hand, like any front page.
fn is_whole_feed(job: &Job, read: &Read) -> bool {
    let reading = &read.reading;
    let is_feed = matches!(job.what, What::Feed(_) | What::FeedFile(_)) && !reading.about.is_page;
    is_feed && !read.is_partial && reading.problems.is_empty() && doubt(job, read).is_none()
}

/// A document that is decided on.
pub(super) struct Seen<'a> {
    pub(super) job: &'a Job,
    pub(super) sight: Sight,
    /// Its articles in their order.
    pub(super) order: Vec<ArticleId>,
    pub(super) changes: Vec<Change>,
    /// What is missing from now on.
    pub(super) missing: Vec<Missing>,
    /// The order to remember, if it is another.
    pub(super) new_order: Option<Vec<ArticleId>>,
}

impl<'a> Seen<'a> {
    pub(super) fn new(job: &'a Job, sight: Sight) -> Self {
        let missing = job.state.missing.clone();
        Self { job, sight, order: Vec::new(), changes: Vec::new(), missing, new_order: None }
    }

    /// Whether its last reading has to be looked at.
    fn asks_for_last(&self, now: DateTime<Utc>) -> bool {
        match self.sight {
            Sight::Whole { .. } => true,
            Sight::AsBefore => self.missing.iter().any(|missing| is_ripe(missing, now)),
            Sight::Gone | Sight::Part => false,
        }
    }

    /// What is missing from its place; of another address nothing was known.
    fn gaps(&self, last: &[ArticleId]) -> Vec<Gap> {
        let is_comparable = self.sight == Sight::Whole { is_orderly: true } && !self.job.is_readdressed;
        if is_comparable { gaps(last, &self.order) } else { Vec::new() }
    }

    fn conclude(&mut self, last: &[ArticleId], gaps: &[Gap], now: DateTime<Utc>) {
        if self.sight == Sight::AsBefore {
            // What was missing is so still.
            let (ripe, rest): (Vec<Missing>, _) =
                self.missing.iter().partition(|missing| is_ripe(missing, now));
            self.changes.extend(ripe.iter().map(taken_out));
            let is_there = |id: &ArticleId| !ripe.iter().any(|missing| missing.article == *id);
            self.new_order = Some(last.iter().copied().filter(is_there).collect());
            self.missing = rest;
            return;
        }
        let watched = watch(&self.order, gaps, &self.job.state.missing, now);
        self.changes.extend(watched.withdrawn.iter().map(taken_out));
        self.missing = watched.missing;
        self.new_order = Some(watched.order).filter(|order| order != last);
    }
}

/// Weighs the edits: reads what the edited articles said before.
pub(super) async fn weigh_edits(seen: &mut [Seen<'_>], store: &impl Store) -> Result<(), StoreError> {
    let edited = |change: &Change| match change {
        Change::Edited(edited) => Some(edited.id),
        _ => None,
    };
    let ids: Vec<ArticleId> = seen.iter().flat_map(|seen| &seen.changes).filter_map(edited).collect();
    if ids.is_empty() {
        return Ok(());
    }
    // Where an article's words are completed by its page's, those of the feed are compared with those of the feed.
    let mut own = store.own_words(&ids).await?;
    let mut kept = by_id(store.articles(ArticleQuery::only(ids)).await?);
    for seen in seen {
        let is_reread = is_reread(seen.job);
        for change in &mut seen.changes {
            if let Change::Edited(edited) = change
                && let Some(kept) = kept.get_mut(&edited.id)
            {
                let page = own.remove(&edited.id).map(|own| std::mem::replace(&mut kept.body, own));
                weigh(edited, kept, is_reread);
                page.iter().for_each(|page| stay_complete(edited, page));
            }
        }
    }
    Ok(())
}

/// Whether a document is read by another reader than the last time.
pub(super) fn is_reread(job: &Job) -> bool {
    job.state.body_hash.as_deref().is_some_and(|mark| job.facts.reread_since(mark))
}

/// The words of the page stay until it is read again, unless the feed now says more.
fn stay_complete(edited: &mut EditedArticle, page: &ArticleBody) {
    if let Some(body) = completed(&edited.body, page) {
        edited.own = Some(Box::new(std::mem::replace(&mut edited.body, body)));
    }
}

/// Finds out what was withdrawn by being left out: reads in what order the documents were, and of what is missing from
/// its place how it is dated.
pub(super) async fn look_for_gaps(
    seen: &mut [Seen<'_>],
    store: &impl Store,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let mut seen: Vec<&mut Seen<'_>> = seen.iter_mut().filter(|seen| seen.asks_for_last(now)).collect();
    if seen.is_empty() {
        return Ok(());
    }
    let documents: Vec<DocumentKey> = seen.iter().map(|seen| seen.job.document.clone()).collect();
    let last = store.readings_of(&documents).await?;
    let mut all: Vec<Vec<Gap>> = seen.iter().zip(&last).map(|(seen, last)| seen.gaps(last)).collect();
    let ids: Vec<ArticleId> =
        all.iter().flatten().flat_map(|gap| [gap.before, gap.article, gap.after]).collect();
    if !ids.is_empty() {
        let heads = ArticleQuery { content: false, ..ArticleQuery::only(ids) };
        let articles = by_id(store.articles(heads).await?);
        all.iter_mut().for_each(|gaps| gaps.retain(|gap| is_telling(gap, &articles)));
    }
    for ((seen, last), gaps) in seen.iter_mut().zip(&last).zip(&all) {
        seen.conclude(last, gaps, now);
    }
    Ok(())
}

/// Whether a gap is news, and one in the order of dates.
fn is_telling(gap: &Gap, articles: &HashMap<ArticleId, Article>) -> bool {
    let article = |id| articles.get(id);
    let (Some(before), Some(missing), Some(after)) =
        (article(&gap.before), article(&gap.article), article(&gap.after))
    else {
        return false;
    };
    missing.withdrawn.is_none() && stands_between(before, missing, after)
}

fn by_id(articles: Vec<Article>) -> HashMap<ArticleId, Article> {
    articles.into_iter().map(|article| (article.id, article)).collect()
}
