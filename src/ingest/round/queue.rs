//! In which order documents are asked for: hosts take turns, and no host gets more than its share. Pure.

use std::collections::{HashMap, VecDeque};

use super::turn::Job;

/// Jobs that wait, in lanes: one a host, and one for the disk. A busy host's jobs keep nobody else waiting, and only
/// a job that may start at once leaves its lane, so that what waits costs next to nothing.
#[derive(Debug)]
pub(super) struct Queue {
    lanes: HashMap<Lane, Waiting>,
    /// Lanes that may start a job, each once.
    ready: VecDeque<Lane>,
    per_host: usize,
    on_disk: usize,
}

/// A host, or `None`: the disk.
type Lane = Option<String>;

#[derive(Debug, Default)]
struct Waiting {
    jobs: VecDeque<Job>,
    running: usize,
    is_ready: bool,
}

fn lane_of(job: &Job) -> Lane {
    job.what.url().map(|url| url.host_str().unwrap_or_default().to_owned())
}

impl Queue {
    /// At most `per_host` jobs of a host and `on_disk` local ones at once.
    pub(super) fn new(per_host: usize, on_disk: usize) -> Self {
        Self {
            lanes: HashMap::new(),
            ready: VecDeque::new(),
            per_host: per_host.max(1),
            on_disk: on_disk.max(1),
        }
    }

    /// Whether any job waits that needs the network.
    pub(super) fn has_remote(&self) -> bool {
        self.lanes.iter().any(|(lane, waiting)| lane.is_some() && !waiting.jobs.is_empty())
    }

    /// Whether a job may start now.
    pub(super) fn is_ready(&self) -> bool {
        !self.ready.is_empty()
    }

    /// Whether any job waits that robots.txt may forbid.
    pub(super) fn has_pages(&self) -> bool {
        self.lanes.values().any(|waiting| waiting.jobs.iter().any(|job| job.is_page()))
    }

    /// Puts a job at the end of its lane.
    pub(super) fn push(&mut self, job: Job) {
        let lane = lane_of(&job);
        self.lanes.entry(lane.clone()).or_default().jobs.push_back(job);
        self.refresh(lane);
    }

    /// The next job that may start now.
    pub(super) fn next(&mut self) -> Option<Job> {
        let lane = self.ready.pop_front()?;
        let waiting = self.lanes.get_mut(&lane)?;
        waiting.is_ready = false;
        let job = waiting.jobs.pop_front()?;
        waiting.running += 1;
        self.refresh(lane);
        Some(job)
    }

    /// All jobs that wait; none does then.
    pub(super) fn drain(&mut self) -> Vec<Job> {
        self.ready.clear();
        let lanes = self.lanes.values_mut();
        lanes
            .flat_map(|waiting| {
                waiting.is_ready = false;
                waiting.jobs.drain(..)
            })
            .collect()
    }

    /// Notes that a job has ended.
    pub(super) fn done(&mut self, job: &Job) {
        let lane = lane_of(job);
        if let Some(waiting) = self.lanes.get_mut(&lane) {
            waiting.running = waiting.running.saturating_sub(1);
        }
        self.refresh(lane);
    }

    fn refresh(&mut self, lane: Lane) {
        let most = if lane.is_some() { self.per_host } else { self.on_disk };
        let Some(waiting) = self.lanes.get_mut(&lane) else { return };
        if !waiting.is_ready && !waiting.jobs.is_empty() && waiting.running < most {
            waiting.is_ready = true;
            self.ready.push_back(lane);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::turn::testing::job;
    use super::*;

    fn startable(queue: &mut Queue) -> Vec<Job> {
        std::iter::from_fn(|| queue.next()).collect()
    }

    fn scopes(jobs: &[Job]) -> Vec<&str> {
        jobs.iter().map(|job| job.document.scope.as_str()).collect()
    }

    #[test]
    fn hosts_take_turns_and_none_gets_more_than_its_share() {
        let mut queue = Queue::new(1, 2);
        for place in
            ["https://a.example/1", "https://a.example/2", "https://b.example/1", "/d/1", "/d/2", "/d/3"]
        {
            queue.push(job(place));
        }
        assert!(queue.has_remote());
        let first = startable(&mut queue);
        assert_eq!(scopes(&first), ["https://a.example/1", "https://b.example/1", "/d/1", "/d/2"]);
        queue.done(&first[1]);
        assert!(queue.next().is_none(), "host b has no more");
        queue.done(&first[0]);
        queue.done(&first[2]);
        assert!(queue.is_ready());
        assert_eq!(scopes(&startable(&mut queue)), ["https://a.example/2", "/d/3"]);
        assert!(!queue.is_ready());
        assert!(!queue.has_remote());
    }

    #[test]
    fn what_waits_is_given_back_whole_and_nothing_starts_then() {
        let mut queue = Queue::new(1, 1);
        for place in ["https://a.example/1", "https://a.example/2", "/d/1"] {
            queue.push(job(place));
        }
        let running = queue.next().unwrap();
        assert_eq!(queue.drain().len(), 2);
        queue.done(&running);
        assert!(!queue.is_ready() && queue.next().is_none());
    }

    #[test]
    fn a_full_host_starts_another_as_soon_as_one_ends() {
        let mut queue = Queue::new(2, 1);
        (0..5).for_each(|n| queue.push(job(&format!("https://a.example/{n}"))));
        let mut running: VecDeque<Job> = startable(&mut queue).into();
        let mut ended = 0;
        while let Some(job) = running.pop_front() {
            assert!(running.len() < 2);
            queue.done(&job);
            ended += 1;
            running.extend(startable(&mut queue));
        }
        assert_eq!(ended, 5);
    }
}
