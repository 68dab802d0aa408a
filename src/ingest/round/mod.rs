//! News in, for many sources: what is due is asked for, read, decided on and written down, many documents at a time.
//!
//! `expand` makes documents of sources, which wait on a `roll`, `queue` puts them in turn, `floor` keeps them running, `work` gets and reads each
//! on a task of `workers`, `batch` holds what has ended until it is worth a transaction, and [`round`] alone (in `settle`) writes
//! to the store. `pages` reads the pages of articles afterwards. `party` lets one request serve several sources. What an outcome means is decided by plain functions:
//! `turn` whether to ask, `judge` what to remember, `report` what to say. A failure is data: it stops neither its source's other documents
//! nor another source, and takes no article away.

mod batch;
mod cut;
mod expand;
mod files;
mod floor;
mod judge;
mod mark;
mod pages;
mod party;
mod pick;
mod queue;
mod read;
mod report;
mod request;
mod roll;
mod settle;
#[cfg(test)]
mod tests;
mod turn;
mod watch;
mod work;
mod workers;

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::config::{Plan, RobotsPolicy, SourcePlan};
use crate::model::SourceId;
use crate::stop::Stop;
use crate::store::{Beat, DocumentUpdate, Pulse, Store, StoreError};

use self::batch::Batch;
use self::floor::Floor;
use self::party::Parties;
use self::queue::Queue;
use self::roll::{Roll, Waiting};
use self::settle::Sheet;
use self::turn::{Job, Turn};
use self::work::{Done, Workshop};
use super::fetch::Robots;

pub use mark::READER_VERSION;
pub use report::{Remark, SourceReport};
pub(crate) use work::cores;

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
    desk.read_pages(plan, &sources).await?;
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
    async fn line_up<'p>(
        &mut self,
        plan: &'p Plan,
        sources: &[&'p SourcePlan],
    ) -> Result<Queue<'p>, StoreError> {
        let ids: Vec<SourceId> = sources.iter().map(|source| source.id.clone()).collect();
        let recall = self.store.documents_of(&ids).await?;
        let roll = Roll::new(sources.to_vec(), &plan.fetch, recall, self.options.now);
        let mut queue = Queue::new(roll, plan.fetch.per_host, work::cores());
        let mut parties = Parties::of(sources);
        for (index, source) in sources.iter().enumerate() {
            let expanded = expand::expand(source, &plan.root).await;
            self.ledger.expanded(index, &expanded);
            for target in expanded.targets {
                let (waiting, turn) = queue.roll().look_at(index, target, self.options);
                self.take_turn(waiting, turn, &mut parties).into_iter().for_each(|due| queue.push(due));
            }
            self.ledger.close_if_done(index);
        }
        let (due, early) = parties.assemble(queue.roll());
        due.into_iter().for_each(|due| queue.push(due));
        for waiting in early {
            self.ledger.turn(&waiting, Turn::NotDue);
            self.ledger.close_if_done(waiting.source);
        }
        Ok(queue)
    }

    /// Whether a document is asked for; if so it is given back, or joins those that one request serves.
    fn take_turn(&mut self, waiting: Waiting, turn: Turn, parties: &mut Parties) -> Option<Waiting> {
        let is_asked = matches!(turn, Turn::Now | Turn::Early);
        let may_ride = (is_asked || turn == Turn::NotDue) && parties.expects(&waiting.target.what);
        // Whether one that is not due is asked for is known when all are there.
        if is_asked || !may_ride {
            self.ledger.turn(&waiting, turn);
        }
        if may_ride {
            parties.join(waiting, turn);
            return None;
        }
        is_asked.then_some(waiting)
    }

    /// Keeps as many jobs going as may be, and settles what has ended.
    async fn work_off(&mut self, plan: &Plan, queue: Queue<'_>) -> Result<(), StoreError> {
        let robots = self.robots(plan, &queue).await?;
        let workshop = Workshop::new(plan, &queue, robots, &self.options.stop);
        let most = plan.fetch.concurrency.saturating_add(work::cores());
        let mut floor = Floor::new(workshop, queue, most);
        let mut batch = Batch::default();
        let worked = self.keep_going(&mut floor, &mut batch).await;
        // What came is kept, whatever else went wrong.
        let settled = self.settle(batch.take(), &[]).await;
        worked.and(settled)?;
        // What waits still when the round was stopped.
        let (waiting, mut noted) = (floor.close(), Vec::new());
        for (job, is_noted) in &waiting {
            self.stopped(job);
            noted.extend(is_noted.then_some(job));
        }
        self.take_back(&noted).await
    }

    /// Attempts are noted, and what has ended is settled, in the same transaction as far as may be.
    async fn keep_going(&mut self, floor: &mut Floor<'_>, batch: &mut Batch) -> Result<(), StoreError> {
        loop {
            floor.start();
            let ahead = floor.ahead();
            if !ahead.is_empty() || batch.is_ripe() {
                self.settle(batch.take(), &ahead).await?;
            } else if floor.is_idle() {
                return Ok(());
            } else {
                let ended = floor.ended(batch.due()).await;
                self.take_in(ended, batch).await?;
            }
        }
    }

    /// Documents that have ended: they wait to be written; what robots.txt says does not.
    async fn take_in(
        &mut self,
        ended: Vec<(Arc<Job>, Option<Done>)>,
        batch: &mut Batch,
    ) -> Result<(), StoreError> {
        let mut notes = Vec::new();
        for (job, done) in ended {
            match done {
                Some(mut done) => {
                    notes.extend(done.robots.take().map(|news| *news));
                    batch.add(&job, done);
                }
                None => self.stopped(&job),
            }
        }
        for (origin, note) in notes {
            self.store.note_robots(&origin, &note).await?;
        }
        Ok(())
    }

    fn stopped(&mut self, job: &Arc<Job>) {
        job.party().for_each(|member| self.ledger.stopped(member));
    }

    /// robots.txt, as far as it is remembered, where pages wait that need it.
    async fn robots(&self, plan: &Plan, queue: &Queue<'_>) -> Result<Option<Robots>, StoreError> {
        if plan.fetch.robots == RobotsPolicy::Off || !queue.roll().has_pages() {
            return Ok(None);
        }
        Ok(Some(Robots::new(self.options.now, plan.fetch.timeout, self.store.robots().await?)))
    }

    /// What is written before requests go out: a run that dies at them must not ask again at once.
    fn attempts(&self, jobs: &[Arc<Job>], sheet: &mut Sheet) {
        let at = self.options.now;
        for job in jobs.iter().flat_map(Job::party).filter(|job| job.is_remote()) {
            let next = judge::next_if_it_never_ends(job, at);
            let pulse = Pulse { last_at: Some(at), next_at: Some(next), ..job.state.pulse() };
            if job.is_readdressed {
                // Else what is stored would still be of the old address, and the new one due at once.
                let state = job.state.clone().with_pulse(pulse);
                sheet.updates.push(DocumentUpdate::of_state(job.document.clone(), state));
            } else {
                sheet.beats.push(job.beat(pulse));
            }
        }
    }

    /// Attempts that were noted and not made, since the round was stopped, count as never noted.
    async fn take_back(&self, jobs: &[&Arc<Job>]) -> Result<(), StoreError> {
        let party = jobs.iter().flat_map(|job| job.party());
        let beats: Vec<Beat> = party.map(|job| job.beat(job.state.pulse())).collect();
        if beats.is_empty() { Ok(()) } else { self.store.note_pulses(beats).await }
    }
}
