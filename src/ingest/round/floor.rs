//! The jobs that run, and those that wait for a place.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, timeout_at};

use super::queue::Queue;
use super::turn::Job;
use super::work::{Done, Workshop};
use super::workers::{Finished, Workers};

/// A free place waits no longer for others to start with.
const GATHERING: Duration = Duration::from_millis(5);

/// So many times the jobs that may run at once are noted ahead: few transactions, and few documents put off for nothing
/// should the run die.
const AHEAD: usize = 4;

/// The jobs that run, and those that wait for a place.
pub(super) struct Floor<'a> {
    workers: Workers,
    queue: Queue<'a>,
    running: usize,
    /// Places.
    most: usize,
    /// Since places are free that only jobs could fill that are not noted yet, and too few to note some now: when that is
    /// done all the same.
    note_at: Option<Instant>,
}

impl<'a> Floor<'a> {
    /// A floor for so many jobs at once.
    pub(super) fn new(workshop: Workshop, queue: Queue<'a>, most: usize) -> Self {
        Self { workers: Workers::new(workshop), queue, running: 0, most, note_at: None }
    }

    /// Starts what is noted, as far as there are places; nothing once the round is stopped.
    pub(super) fn start(&mut self) {
        while self.running < self.most && !self.workers.are_stopped() {
            let Some(started) = self.queue.next() else { return };
            self.running += 1;
            self.workers.perform(started);
        }
    }

    /// The jobs to note now, to be started then: as soon as a quarter of all places is free, or the first was long enough.
    /// None once the round is stopped.
    pub(super) fn ahead(&mut self) -> Vec<Arc<Job>> {
        let free = self.most.saturating_sub(self.running);
        if self.workers.are_stopped() || free == 0 || !self.queue.is_wanting() {
            self.note_at = None;
            return Vec::new();
        }
        let is_time = self.note_at.is_some_and(|at| at <= Instant::now());
        if free * 4 < self.most && !is_time {
            self.note_at.get_or_insert_with(|| Instant::now() + GATHERING);
            return Vec::new();
        }
        self.note_at = None;
        self.queue.ahead(self.most * AHEAD)
    }

    /// No more jobs are started: gives those that wait, and whether they are noted.
    pub(super) fn close(&mut self) -> Vec<(Arc<Job>, bool)> {
        self.queue.drain()
    }

    /// Whether nothing runs.
    pub(super) fn is_idle(&self) -> bool {
        self.running == 0
    }

    /// Waits until some job has ended, or until this moment, or until there is something to note; gives all that have
    /// ended by then, `None` with those that were stopped.
    pub(super) async fn ended(&mut self, until: Option<Instant>) -> Vec<(Arc<Job>, Option<Done>)> {
        let until = until.into_iter().chain(self.note_at).min();
        let next = self.workers.next();
        let mut next = match until {
            Some(until) => timeout_at(until, next).await.ok().flatten(),
            None => next.await,
        };
        let mut ended = Vec::new();
        while let Some(Finished { started, done }) = next {
            self.queue.done(&started);
            self.running -= 1;
            ended.push((started.job, done));
            next = self.workers.next_now();
        }
        ended
    }
}
