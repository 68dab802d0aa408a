//! News in, for many sources: what is due is asked for, read, decided on and written down, many documents at a time.
//!
//! `expand` makes documents of sources, `queue` puts them in turn, `floor` keeps them running, `work` gets and reads each
//! on its own task, `batch` holds what has ended until it is worth a transaction, and [`round`] alone (in `settle`) writes
//! to the store. What an outcome means is decided by plain functions: `turn` whether to ask,
//! `judge` what to remember, `report` what to say. A failure is data: it stops neither its source's other documents
//! nor another source, and takes no article away.

mod batch;
mod expand;
mod files;
mod floor;
mod judge;
mod mark;
mod pick;
mod queue;
mod read;
mod report;
mod settle;
#[cfg(test)]
mod tests;
mod turn;
mod work;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use tokio::time::Instant;

use crate::config::{Plan, SourcePlan};
use crate::model::SourceId;
use crate::store::{Attempt, DocumentState, Store, StoreError};

use self::batch::Batch;
use self::expand::Target;
use self::floor::Floor;
use self::queue::Queue;
use self::turn::{Job, Owner, Turn};
use self::work::Workshop;

pub use mark::READER_VERSION;
pub use report::{Remark, SourceReport};

use report::Ledger;

/// Sources whose documents are asked of the store at once.
const SOURCES_AT_ONCE: usize = 512;

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
/// One report a source, in the plan's order. At no time are more documents in memory than may be fetched at once and a
/// few megabytes that wait to be written.
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
        for (start, some) in (0..).step_by(SOURCES_AT_ONCE).zip(sources.chunks(SOURCES_AT_ONCE)) {
            let ids: Vec<SourceId> = some.iter().map(|source| source.id.clone()).collect();
            let mut remembered = self.store.documents_of(&ids).await?;
            for (index, source) in (start..).zip(some) {
                let states = remembered.remove(&source.id).unwrap_or_default();
                let expanded = expand::expand(source, &plan.root).await;
                self.ledger.expanded(index, &expanded);
                let owner = Owner { index, source, fetch: &plan.fetch };
                self.line_up_source(&mut queue, owner, (expanded.targets, states));
            }
        }
        Ok(queue)
    }

    fn line_up_source(
        &mut self,
        queue: &mut Queue,
        owner: Owner<'_>,
        (targets, mut states): (Vec<Target>, BTreeMap<String, DocumentState>),
    ) {
        for target in targets {
            let stored = states.remove(&target.scope);
            let job = Job::new(owner, target, stored);
            match job.turn(self.options) {
                Turn::Now => queue.push(job),
                Turn::NotDue => self.ledger.not_due(&job),
                Turn::Offline => self.ledger.skipped(&job),
            }
        }
        self.ledger.close_if_done(owner.index);
    }

    /// Keeps as many jobs going as may be, and settles what has ended.
    async fn work_off(&mut self, plan: &Plan, queue: Queue) -> Result<(), StoreError> {
        let workshop = Workshop::new(plan, &queue);
        let most = plan.fetch.concurrency.saturating_add(work::cores());
        let mut floor = Floor::new(workshop, queue, most);
        let mut batch = Batch::default();
        loop {
            let jobs = floor.startable();
            self.note_attempts(&jobs).await?;
            floor.start(jobs);
            let was_idle = floor.is_idle();
            for (job, outcome) in floor.ended(batch.due()).await {
                batch.add(job, outcome);
            }
            if was_idle || batch.is_full() || batch.due().is_some_and(|due| due <= Instant::now()) {
                self.settle(batch.take()).await?;
            }
            if was_idle {
                return Ok(());
            }
        }
    }

    /// Before requests go out: a run that dies at them must not ask again at once.
    async fn note_attempts(&self, jobs: &[Job]) -> Result<(), StoreError> {
        let at = self.options.now;
        let attempt = |job: &Job| Attempt { at, next: judge::next_if_failed(job, None, at) };
        let remote = jobs.iter().filter(|job| job.is_remote());
        let attempts: Vec<_> = remote.map(|job| (job.document.clone(), attempt(job))).collect();
        if attempts.is_empty() { Ok(()) } else { self.store.note_attempts(attempts).await }
    }
}
