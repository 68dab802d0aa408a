//! From outcomes to what is written: judged, decided and recorded, many documents in one transaction.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::ingest::decide::{Known, decide, keys_to_ask};
use crate::model::Draft;
use crate::store::{DocumentKey, DocumentState, DocumentUpdate, Store, StoreError};

use super::Desk;
use super::judge::judge;
use super::turn::Job;
use super::work::Outcome;

/// An outcome that is worth a write.
struct News {
    job: Arc<Job>,
    state: DocumentState,
    drafts: Vec<Draft>,
}

impl<S: Store> Desk<'_, S> {
    /// Decides what outcomes are and writes them down, in one transaction.
    pub(super) async fn settle(&mut self, ended: Vec<(Arc<Job>, Outcome)>) -> Result<(), StoreError> {
        let mut news = Vec::with_capacity(ended.len());
        for (job, outcome) in ended {
            tracing::debug!(source = %job.document.source, place = job.place(), outcome = outcome.word());
            self.ledger.outcome(&job, &outcome);
            if outcome.is_news(&job) {
                let state = judge(&job, &outcome, self.options.now);
                news.push(News { job, state, drafts: outcome.into_drafts() });
            } else {
                self.ledger.ended(&job);
            }
        }
        if news.is_empty() {
            return Ok(());
        }
        let known = self.known(&news).await?;
        let mut jobs = Vec::with_capacity(news.len());
        let mut updates = Vec::with_capacity(news.len());
        for (News { job, state, drafts }, known) in news.into_iter().zip(known) {
            let changes = decide(&job.document, drafts, &known, self.options.now);
            self.ledger.changes(&job, &changes);
            updates.push(DocumentUpdate { document: job.document.clone(), state, changes });
            jobs.push(job);
        }
        self.store.record_all(updates).await?;
        jobs.iter().for_each(|job| self.ledger.ended(job));
        Ok(())
    }

    /// What is known of each document's entries, asked for at once.
    async fn known(&self, news: &[News]) -> Result<Vec<Known>, StoreError> {
        let question = |news: &News| (news.job.document.clone(), keys_to_ask(&news.drafts));
        let questions: Vec<(DocumentKey, BTreeSet<_>)> = news.iter().map(question).collect();
        if questions.iter().all(|(_, keys)| keys.is_empty()) {
            return Ok(news.iter().map(|_| Known::default()).collect());
        }
        self.store.known_of(questions).await
    }
}
