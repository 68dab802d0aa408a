//! From outcomes to what is written: judged, decided and recorded, many documents in one transaction.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::ingest::decide::{Change, Known, decide, keys_to_ask};
use crate::model::Draft;
use crate::store::{DocumentKey, DocumentUpdate, Store, StoreError, Traffic};

use super::Desk;
use super::batch::Ended;
use super::judge::{Judged, judge};
use super::turn::Job;

/// An outcome that is worth a write.
struct News {
    job: Arc<Job>,
    judged: Judged,
    drafts: Vec<Draft>,
    traffic: Traffic,
}

impl<S: Store> Desk<'_, S> {
    /// Decides what outcomes are and writes them down, in one transaction.
    pub(super) async fn settle(&mut self, ended: Vec<Ended>) -> Result<(), StoreError> {
        let news: Vec<News> = ended.into_iter().filter_map(|ended| self.tell(ended)).collect();
        if news.is_empty() {
            return Ok(());
        }
        let known = self.known(&news).await?;
        let mut jobs = Vec::with_capacity(news.len());
        let mut updates = Vec::with_capacity(news.len());
        for (News { job, judged, drafts, traffic }, known) in news.into_iter().zip(known) {
            let changes = decide(&job.document, drafts, &known, self.options.now);
            self.ledger.changes(&job, &changes);
            let mut state = judged.due(&job, count(&changes), self.options.now);
            state.traffic = state.traffic + traffic;
            updates.push(DocumentUpdate { document: job.document.clone(), state, changes });
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
        Some(News { job, judged, drafts: outcome.into_drafts(), traffic })
    }

    /// What is known of each document's entries, asked for at once.
    async fn known(&self, news: &[News]) -> Result<Vec<Known>, StoreError> {
        let question = |news: &News| (news.job.document.clone(), keys_to_ask(&news.drafts));
        let with_drafts = news.iter().filter(|news| !news.drafts.is_empty());
        let questions: Vec<(DocumentKey, BTreeSet<_>)> = with_drafts.map(question).collect();
        if questions.is_empty() {
            return Ok(news.iter().map(|_| Known::default()).collect());
        }
        let mut answers = self.store.known_of(questions).await?.into_iter();
        let answer = |news: &News| match news.drafts.is_empty() {
            true => Known::default(),
            false => answers.next().unwrap_or_default(),
        };
        Ok(news.iter().map(answer).collect())
    }
}

/// How many new articles the changes amount to: edits, however many, are one piece of news.
fn count(changes: &[Change]) -> usize {
    let new = changes.iter().filter(|change| matches!(change, Change::New(_))).count();
    let is_edited = changes.iter().any(|change| matches!(change, Change::Edited(_)));
    new.max(usize::from(is_edited))
}
