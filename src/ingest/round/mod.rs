//! News in, for many sources: what is due is asked for, read, decided on and written down, one document at a time.
//!
//! `expand` makes documents of sources, `queue` puts them in turn, `work` gets and reads each on its own task, and
//! [`round`] alone writes to the store. What an outcome means is decided by plain functions: `turn` whether to ask,
//! `judge` what to remember, `report` what to say. A failure is data: it stops neither its source's other documents
//! nor another source, and takes no article away.

mod expand;
mod files;
mod judge;
mod mark;
mod party;
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

use crate::config::{Plan, RobotsPolicy, SourcePlan};
use crate::model::{Draft, SourceId};
use crate::store::{Attempt, DocumentState, DocumentUpdate, Store, StoreError, Traffic};

use self::judge::judge;
use self::party::Parties;
use self::queue::Queue;
use self::turn::{Job, Owner, Turn};
use self::work::{Done, Outcome, Workshop};
use super::decide::{Change, decide, keys_to_ask};
use super::fetch::Robots;

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
    /// Ask also what is not due; what a server wants to be left alone only if its source is in `only`.
    pub force: bool,
    /// Only these sources; `None`: all.
    pub only: Option<Vec<SourceId>>,
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
        let mut parties = Parties::of(sources);
        for (index, source) in sources.iter().enumerate() {
            let expanded = expand::expand(source, &plan.root).await;
            self.ledger.expanded(index, &expanded);
            let mut states = self.store.documents(&source.id).await?;
            for target in expanded.targets {
                let stored = states.remove(&target.scope);
                let job = Job::new(Owner { index, source, fetch: &plan.fetch }, target, stored);
                let turn = job.turn(self.options);
                let is_asked = matches!(turn, Turn::Now | Turn::Early);
                let may_ride = parties.expects(&job) && (is_asked || turn == Turn::NotDue);
                // Whether one that is not due is asked for is known when all are there.
                if is_asked || !may_ride {
                    self.ledger.turn(&job, turn);
                }
                if may_ride {
                    parties.join(job, turn);
                } else if is_asked {
                    queue.push(job);
                }
            }
            self.ledger.close_if_done(index);
        }
        let (due, early) = parties.assemble();
        due.into_iter().for_each(|job| queue.push(job));
        for job in early {
            self.ledger.turn(&job, Turn::NotDue);
            self.ledger.close_if_done(job.source);
        }
        Ok(queue)
    }

    /// Keeps as many jobs going as may be, and settles each as it ends.
    async fn work_off(&mut self, plan: &Plan, mut queue: Queue) -> Result<(), StoreError> {
        let workshop = Arc::new(Workshop::new(plan, &queue, self.robots(plan, &queue).await?));
        let most = plan.fetch.concurrency.saturating_add(work::cores());
        let mut running = JoinSet::new();
        let mut jobs = HashMap::new();
        loop {
            while jobs.len() < most {
                let Some(job) = queue.next() else { break };
                let job = Arc::new(job);
                for member in job.party() {
                    self.note_attempt(member).await?;
                }
                let task = running.spawn(Arc::clone(&workshop).perform(Arc::clone(&job)));
                jobs.insert(task.id(), job);
            }
            let (task, done) = match running.join_next_with_id().await {
                None => return Ok(()),
                Some(Ok((task, done))) => (task, Some(done)),
                Some(Err(crash)) => (crash.id(), None),
            };
            if let Some(job) = jobs.remove(&task) {
                queue.done(&job);
                self.settle_all(&job, done.unwrap_or_else(|| Done::crashed(&job))).await?;
            }
        }
    }

    /// robots.txt, as far as it is remembered, where pages wait that need it.
    async fn robots(&self, plan: &Plan, queue: &Queue) -> Result<Option<Robots>, StoreError> {
        if plan.fetch.robots == RobotsPolicy::Off || !queue.has_pages() {
            return Ok(None);
        }
        Ok(Some(Robots::new(self.options.now, plan.fetch.timeout, self.store.robots().await?)))
    }

    /// The documents that one request served; it counts for the first.
    async fn settle_all(&mut self, job: &Arc<Job>, done: Done) -> Result<(), StoreError> {
        if let Some((origin, note)) = &done.robots {
            self.store.note_robots(origin, note).await?;
        }
        let mut traffic = done.traffic;
        for (member, outcome) in job.party().zip(done.outcomes) {
            self.settle(member, outcome, std::mem::take(&mut traffic)).await?;
        }
        Ok(())
    }

    /// Before a request goes out: a run that dies at it must not ask again at once.
    async fn note_attempt(&self, job: &Job) -> Result<(), StoreError> {
        if !job.is_remote() {
            return Ok(());
        }
        let at = self.options.now;
        let next = judge::next_if_it_never_ends(job, at);
        if job.is_readdressed {
            // Else what is stored would still be of the old address, and the new one due at once.
            let state = DocumentState { last_at: Some(at), next_at: Some(next), ..job.state.clone() };
            let update = DocumentUpdate { document: job.document.clone(), state, changes: Vec::new() };
            return self.store.record(update).await;
        }
        self.store.note_attempt(&job.document, Attempt { at, next }).await
    }

    /// Decides what an outcome is and writes it down, in one transaction.
    async fn settle(&mut self, job: &Job, outcome: Outcome, traffic: Traffic) -> Result<(), StoreError> {
        tracing::debug!(source = %job.document.source, place = job.place(), outcome = outcome.word());
        let judged = judge(job, &outcome, self.options.now);
        let is_news = outcome.is_news(job);
        self.ledger.cost(job, traffic);
        self.ledger.outcome(job, &outcome);
        let changes = self.decide(job, outcome.into_drafts()).await?;
        self.ledger.changes(job, &changes);
        if is_news {
            let mut state = judged.due(job, news(&changes), self.options.now);
            state.traffic = state.traffic + traffic;
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

/// How many new articles the changes amount to: edits, however many, are one piece of news.
fn news(changes: &[Change]) -> usize {
    let new = changes.iter().filter(|change| matches!(change, Change::New(_))).count();
    let is_edited = changes.iter().any(|change| matches!(change, Change::Edited(_)));
    new.max(usize::from(is_edited))
}
