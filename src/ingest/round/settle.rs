//! From outcomes to what is written: judged, decided and recorded, many documents in one transaction.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::ingest::decide::{Change, Decided, Known, Paper, decide_paper, keys_to_ask};
use crate::model::{Key, Weight};
use crate::store::{DocumentKey, DocumentUpdate, Store, StoreError, Traffic};

use super::Desk;
use super::batch::Ended;
use super::judge::{Judged, judge};
use super::pages::wishes;
use super::turn::Job;
use super::watch::{Seen, Sight, is_reread, look_for_gaps, weigh_edits};

/// An outcome that is worth a write.
struct News {
    job: Arc<Job>,
    judged: Judged,
    sight: Sight,
    paper: Paper,
    traffic: Traffic,
}

impl<S: Store> Desk<'_, S> {
    /// Decides what outcomes are and writes them down, in one transaction.
    pub(super) async fn settle(&mut self, ended: Vec<Ended>) -> Result<(), StoreError> {
        let mut news: Vec<News> = ended.into_iter().filter_map(|ended| self.tell(ended)).collect();
        if news.is_empty() {
            return Ok(());
        }
        let now = self.options.now;
        let known = self.known(&news).await?;
        let papers: Vec<Paper> = news.iter_mut().map(|news| std::mem::take(&mut news.paper)).collect();
        let decided = news.iter().zip(papers).zip(known);
        let mut seen: Vec<Seen<'_>> =
            decided.map(|((news, paper), known)| see(news, paper, &known, now)).collect();
        weigh_edits(&mut seen, self.store).await?;
        look_for_gaps(&mut seen, self.store, now).await?;
        let seen: Vec<_> = seen
            .into_iter()
            .map(|Seen { changes, missing, new_order, .. }| (changes, missing, new_order))
            .collect();
        let mut jobs = Vec::with_capacity(news.len());
        let mut updates = Vec::with_capacity(news.len());
        for (News { job, judged, traffic, .. }, (changes, missing, order)) in news.into_iter().zip(seen) {
            self.ledger.changes(&job, &changes);
            let mut state = judged.due(&job, count(&changes), now);
            state.traffic = state.traffic + traffic;
            state.missing = missing;
            let pages = wishes(&job, &changes, is_reread(&job), now);
            updates.push(DocumentUpdate { document: job.document.clone(), state, changes, order, pages });
            jobs.push(job);
        }
        self.store.record_all(updates).await?;
        jobs.iter().for_each(|job| self.ledger.ended(job));
        Ok(())
    }

    /// Tells the ledger of an outcome; gives what is worth a write.
    fn tell(&mut self, ended: Ended) -> Option<News> {
        let Ended { job, outcome, traffic } = ended;
        tracing::debug!(source = %job.document.source, place = job.place(), outcome = outcome.word());
        self.ledger.cost(&job, traffic);
        self.ledger.clock(&job, self.options.now);
        self.ledger.outcome(&job, &outcome);
        if !outcome.is_news(&job) {
            self.ledger.ended(&job);
            return None;
        }
        let judged = judge(&job, &outcome, self.options.now);
        let sight = Sight::of(&job, &outcome);
        Some(News { job, judged, sight, paper: outcome.into_paper(), traffic })
    }

    /// What is known of each document's entries, asked for at once.
    async fn known(&self, news: &[News]) -> Result<Vec<Known>, StoreError> {
        let question = |news: &News| (news.job.document.clone(), keys_of(&news.paper));
        let with_words = news.iter().filter(|news| says_something(&news.paper));
        let questions: Vec<(DocumentKey, BTreeSet<_>)> = with_words.map(question).collect();
        if questions.is_empty() {
            return Ok(news.iter().map(|_| Known::default()).collect());
        }
        let mut answers = self.store.known_of(questions).await?.into_iter();
        let answer = |news: &News| match says_something(&news.paper) {
            true => answers.next().unwrap_or_default(),
            false => Known::default(),
        };
        Ok(news.iter().map(answer).collect())
    }
}

fn says_something(paper: &Paper) -> bool {
    !paper.drafts.is_empty() || !paper.deleted.is_empty()
}

fn keys_of(paper: &Paper) -> BTreeSet<Key> {
    let mut keys = keys_to_ask(&paper.drafts);
    keys.extend(paper.deleted.iter().map(|deletion| deletion.key.clone()));
    keys
}

/// Decides on one document, by itself.
fn see<'a>(news: &'a News, paper: Paper, known: &Known, now: DateTime<Utc>) -> Seen<'a> {
    let mut seen = Seen::new(&news.job, news.sight);
    let Decided { changes, order } = decide_paper(&news.job.document, paper, known, now);
    (seen.changes, seen.order) = (changes, order);
    seen.changes.extend(news.sight.changes(&news.job, now));
    seen
}

/// How many new articles the changes amount to: edits, however many, are one piece of news.
fn count(changes: &[Change]) -> usize {
    let new = changes.iter().filter(|change| matches!(change, Change::New(_))).count();
    let is_edit =
        |change: &Change| matches!(change, Change::Edited(edited) if edited.weight > Weight::Retouch);
    let is_edited = changes.iter().any(is_edit);
    new.max(usize::from(is_edited))
}
