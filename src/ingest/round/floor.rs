//! The jobs that run. New ones start several at a time, since each start is noted in the store first.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::{Id, JoinError, JoinSet};
use tokio::time::{Instant, timeout_at};

use super::queue::Queue;
use super::turn::Job;
use super::work::{Done, Workshop};

/// A free place waits no longer for others to start with.
const GATHERING: Duration = Duration::from_millis(5);

/// The jobs that run, and those that wait for a place.
pub(super) struct Floor {
    workshop: Arc<Workshop>,
    queue: Queue,
    running: JoinSet<Option<Done>>,
    jobs: HashMap<Id, Arc<Job>>,
    /// Places.
    most: usize,
    /// Since places are free, and too few to be filled at once: when they are filled all the same.
    fill_at: Option<Instant>,
}

impl Floor {
    /// A floor for so many jobs at once.
    pub(super) fn new(workshop: Workshop, queue: Queue, most: usize) -> Self {
        let workshop = Arc::new(workshop);
        Self { workshop, queue, running: JoinSet::new(), jobs: HashMap::new(), most, fill_at: None }
    }

    /// The jobs to start now: for all free places, as soon as a quarter of all is free or the first was long enough.
    /// None once the round is stopped.
    pub(super) fn startable(&mut self) -> Vec<Arc<Job>> {
        if self.workshop.is_stopped() {
            self.fill_at = None;
            return Vec::new();
        }
        let free = self.most.saturating_sub(self.jobs.len());
        let is_time = self.fill_at.is_some_and(|at| at <= Instant::now());
        if free * 4 < self.most && !is_time {
            if free > 0 && self.queue.is_ready() {
                self.fill_at.get_or_insert_with(|| Instant::now() + GATHERING);
            }
            return Vec::new();
        }
        self.fill_at = None;
        std::iter::from_fn(|| self.queue.next()).take(free).map(Arc::new).collect()
    }

    /// No more jobs are started: gives those that wait.
    pub(super) fn close(&mut self) -> Vec<Arc<Job>> {
        self.queue.drain().into_iter().map(Arc::new).collect()
    }

    /// Starts jobs.
    pub(super) fn start(&mut self, jobs: Vec<Arc<Job>>) {
        for job in jobs {
            let task = self.running.spawn(Arc::clone(&self.workshop).perform(Arc::clone(&job)));
            self.jobs.insert(task.id(), job);
        }
    }

    /// Whether nothing runs.
    pub(super) fn is_idle(&self) -> bool {
        self.jobs.is_empty()
    }

    /// Waits until some job has ended, or until this moment, or until there is something to start; gives all that have
    /// ended by then, `None` with those that were stopped.
    pub(super) async fn ended(&mut self, until: Option<Instant>) -> Vec<(Arc<Job>, Option<Done>)> {
        let until = until.into_iter().chain(self.fill_at).min();
        let next = self.running.join_next_with_id();
        let mut next = match until {
            Some(until) => timeout_at(until, next).await.ok().flatten(),
            None => next.await,
        };
        let mut ended = Vec::new();
        while let Some(task) = next {
            ended.extend(self.take(task));
            next = self.running.try_join_next_with_id();
        }
        ended
    }

    fn take(&mut self, task: Result<(Id, Option<Done>), JoinError>) -> Option<(Arc<Job>, Option<Done>)> {
        let (task, done) = match task {
            Ok((task, done)) => (task, Ok(done)),
            Err(crash) => (crash.id(), Err(crash)),
        };
        let job = self.jobs.remove(&task)?;
        self.queue.done(&job);
        let done = done.unwrap_or_else(|_| Some(Done::crashed(&job)));
        Some((job, done))
    }
}
