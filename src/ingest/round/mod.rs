//! News in, for many sources: what is due is asked for, read, decided on and written down, one document at a time.
//!
//! `expand` makes documents of sources, `queue` puts them in turn, `work` gets and reads each on its own task, and
//! [`round`] alone writes to the store. What an outcome means is decided by plain functions: `turn` whether to ask,
//! `judge` what to remember, `report` what to say. A failure is data: it stops neither its source's other documents
//! nor another source, and takes no article away.

mod cut;
mod expand;
mod files;
mod judge;
mod mark;
mod pick;
mod queue;
mod read;
mod report;
#[cfg(test)]
mod tests;
mod turn;
mod work;

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use tokio::task::JoinSet;

use crate::config::{Plan, SourcePlan};
use crate::model::{Draft, SourceId};
use crate::stop::Stop;
use crate::store::{Attempt, DocumentUpdate, Store, StoreError};

use self::judge::judge;
use self::queue::Queue;
use self::turn::{Job, Owner, Turn};
use self::work::{Outcome, Workshop};
use super::decide::{Change, decide, keys_to_ask};

pub use mark::READER_VERSION;
pub use report::{Remark, SourceReport};

use report::Ledger;

/// What a round is to do and to leave.
#[derive(Debug, Clone)]
pub struct RoundOptions {
    /// The moment of the round.
    pub now: DateTime<Utc>,
    /// Ask nothing over the network; such documents are reported as skipped, not as failed.
    pub offline: bool,
    /// Ask also what is not due.
    pub force: bool,
    /// Only these sources; `None`: all.
    pub only: Option<Vec<SourceId>>,
    /// Once asked for: nobody is asked any more, what is under way on the network is dropped, what came is kept.
    pub stop: Stop,
}

/// Hears how a round goes on: a progress bar.
pub trait Observer: Send + Sync {
    /// So many sources will be gone through.
    fn started(&self, sources: usize);
    /// One of them is done.
    fn finished(&self, report: &SourceReport);
}

/// Goes through the sources: fetches or reads what is due, and writes what is new to the store.
///
/// One report a source, in the plan's order. At no time are more documents in memory than may be fetched at once.
///
/// # Errors
/// [`StoreError`] when the store fails; what was written before stays.
pub async fn round(
    plan: &Plan,
    store: &impl Store,
    options: &RoundOptions,
    observer: &dyn Observer,
) -> Result<Vec<SourceReport>, StoreError> {
    let sources: Vec<&SourcePlan> = plan.sources.iter().filter(|source| options.takes(&source.id)).collect();
    observer.started(sources.len());
    let ledger = Ledger::new(sources.iter().map(|source| source.id.clone()), observer);
    let mut desk = Desk { store, options, ledger };
    let queue = desk.line_up(plan, &sources).await?;
    desk.work_off(plan, queue).await?;
    Ok(desk.ledger.into_reports())
}

impl RoundOptions {
    fn takes(&self, source: &SourceId) -> bool {
        self.only.as_ref().is_none_or(|only| only.contains(source))
    }
}

/// Where all comes together: the one place of a round that reads and writes the store.
struct Desk<'a, S> {
    store: &'a S,
    options: &'a RoundOptions,
    ledger: Ledger<'a>,
}

impl<S: Store> Desk<'_, S> {
    /// Finds the sources' documents and lines up those whose turn it is.
    async fn line_up(&mut self, plan: &Plan, sources: &[&SourcePlan]) -> Result<Queue, StoreError> {
        let mut queue = Queue::new(plan.fetch.per_host, work::cores());
        for (index, source) in sources.iter().enumerate() {
            let expanded = expand::expand(source, &plan.root).await;
            self.ledger.expanded(index, &expanded);
            let mut states = self.store.documents(&source.id).await?;
            for target in expanded.targets {
                let stored = states.remove(&target.scope);
                let job = Job::new(Owner { index, source, fetch: &plan.fetch }, target, stored);
                match job.turn(self.options) {
                    Turn::Now => queue.push(job),
                    Turn::NotDue => self.ledger.not_due(&job),
                    Turn::Offline => self.ledger.skipped(&job),
                }
            }
            self.ledger.close_if_done(index);
        }
        Ok(queue)
    }

    /// Keeps as many jobs going as may be, and settles each as it ends.
    async fn work_off(&mut self, plan: &Plan, mut queue: Queue) -> Result<(), StoreError> {
        let workshop = Arc::new(Workshop::new(plan, &queue, &self.options.stop));
        let most = plan.fetch.concurrency.saturating_add(work::cores());
        let mut running = JoinSet::new();
        let mut jobs = HashMap::new();
        loop {
            while jobs.len() < most && !self.options.stop.is_asked() {
                let Some(job) = queue.next() else { break };
                self.note_attempt(&job).await?;
                let job = Arc::new(job);
                let task = running.spawn(Arc::clone(&workshop).perform(Arc::clone(&job)));
                jobs.insert(task.id(), job);
            }
            let (task, outcome) = match running.join_next_with_id().await {
                None => break,
                Some(Ok((task, outcome))) => (task, Ok(outcome)),
                Some(Err(crash)) => (crash.id(), Err(crash)),
            };
            if let Some(job) = jobs.remove(&task) {
                queue.done(&job);
                match outcome.unwrap_or_else(|_| Some(Outcome::crashed(&job))) {
                    Some(outcome) => self.settle(&job, outcome).await?,
                    None => self.ledger.stopped(&job),
                }
            }
        }
        self.leave(queue);
        Ok(())
    }

    /// What waits still when the round is stopped.
    fn leave(&mut self, mut queue: Queue) {
        while let Some(job) = queue.next() {
            self.ledger.stopped(&job);
            queue.done(&job);
        }
    }

    /// Before a request goes out: a run that dies at it must not ask again at once.
    async fn note_attempt(&self, job: &Job) -> Result<(), StoreError> {
        if !job.is_remote() {
            return Ok(());
        }
        let at = self.options.now;
        let next = judge::next_if_failed(job, None, at);
        self.store.note_attempt(&job.document, Attempt { at, next }).await
    }

    /// Decides what an outcome is and writes it down, in one transaction.
    async fn settle(&mut self, job: &Job, outcome: Outcome) -> Result<(), StoreError> {
        tracing::debug!(source = %job.document.source, place = job.place(), outcome = outcome.word());
        let state = judge(job, &outcome, self.options.now);
        let is_news = outcome.is_news(job);
        self.ledger.clock(job, self.options.now);
        self.ledger.outcome(job, &outcome);
        let changes = self.decide(job, outcome.into_drafts()).await?;
        self.ledger.changes(job, &changes);
        if is_news {
            self.store.record(DocumentUpdate { document: job.document.clone(), state, changes }).await?;
        }
        self.ledger.ended(job);
        Ok(())
    }

    async fn decide(&self, job: &Job, drafts: Vec<Draft>) -> Result<Vec<Change>, StoreError> {
        if drafts.is_empty() {
            return Ok(Vec::new());
        }
        let keys = keys_to_ask(&drafts);
        let known = self.store.known(&job.document, &keys).await?;
        Ok(decide(&job.document, drafts, &known, self.options.now))
    }
}
