//! In which order documents are asked for: hosts take turns, and no host gets more than its share. Pure.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use foldhash::fast::RandomState;

use super::expand::What;
use super::roll::{Roll, Waiting};
use super::turn::Job;

/// Jobs that wait, in lanes: one a host, and one for the disk. A busy host's jobs keep nobody else waiting. A job that
/// asks a server starts only once its attempt is noted in the store; several are noted at once, ahead of their start.
#[derive(Debug)]
pub(super) struct Queue<'a> {
    roll: Roll<'a>,
    /// The first is that of the disk.
    lanes: Vec<Lane>,
    by_host: HashMap<String, usize, RandomState>,
    /// Lanes that may start a job, each once.
    ready: VecDeque<usize>,
    /// Lanes that might, were its attempt noted, each once.
    wanting: VecDeque<usize>,
    /// Jobs that wait and are noted.
    noted: usize,
    per_host: usize,
    on_disk: usize,
}

const DISK: usize = 0;

#[derive(Debug, Default)]
struct Lane {
    /// Their numbers on the roll.
    jobs: VecDeque<usize>,
    /// So many of them, from the front on, are noted.
    noted: usize,
    running: usize,
    is_lined_up: bool,
}

/// A job that has left the queue to be started.
#[derive(Debug)]
pub(super) struct Started {
    pub(super) job: Arc<Job>,
    lane: usize,
}

impl<'a> Queue<'a> {
    /// At most `per_host` jobs of a host and `on_disk` local ones at once.
    pub(super) fn new(roll: Roll<'a>, per_host: usize, on_disk: usize) -> Self {
        Self {
            roll,
            lanes: vec![Lane::default()],
            by_host: HashMap::default(),
            ready: VecDeque::new(),
            wanting: VecDeque::new(),
            noted: 0,
            per_host: per_host.max(1),
            on_disk: on_disk.max(1),
        }
    }

    /// Whether any job waits that needs the network.
    pub(super) fn has_remote(&self) -> bool {
        self.lanes.iter().skip(1).any(|lane| !lane.jobs.is_empty())
    }

    /// Whether a job might start now, were its attempt noted.
    pub(super) fn is_wanting(&self) -> bool {
        !self.wanting.is_empty()
    }

    /// The documents that wait, and those that might.
    pub(super) fn roll(&self) -> &Roll<'a> {
        &self.roll
    }

    /// Puts a document at the end of its lane.
    pub(super) fn push(&mut self, waiting: Waiting) {
        let lane = self.lane_of(&waiting.target.what);
        self.lanes[lane].jobs.push_back(self.roll.add(waiting));
        self.line_up(lane);
    }

    fn lane_of(&mut self, what: &What) -> usize {
        let Some(url) = what.url() else { return DISK };
        let host = url.host_str().unwrap_or_default();
        if let Some(lane) = self.by_host.get(host) {
            return *lane;
        }
        self.lanes.push(Lane::default());
        self.by_host.insert(host.to_owned(), self.lanes.len() - 1);
        self.lanes.len() - 1
    }

    /// The next job that may start now.
    pub(super) fn next(&mut self) -> Option<Started> {
        let lane = self.ready.pop_front()?;
        let waiting = &mut self.lanes[lane];
        waiting.is_lined_up = false;
        let job = self.roll.leave(waiting.jobs.pop_front()?)?;
        waiting.running += 1;
        if lane != DISK {
            waiting.noted -= 1;
            self.noted -= 1;
        }
        self.line_up(lane);
        Some(Started { job, lane })
    }

    /// The jobs whose attempts are to be noted now, which counts as done: the first ones of the lanes that want it, in
    /// turn, until `most` of all that wait are noted; one at least, if any wants it.
    pub(super) fn ahead(&mut self, most: usize) -> Vec<Arc<Job>> {
        let room = most.saturating_sub(self.noted).max(1);
        let lanes: Vec<usize> = self.wanting.drain(..room.min(self.wanting.len())).collect();
        let mut ahead = Vec::new();
        loop {
            let before = ahead.len();
            for &lane in &lanes {
                let lane = &mut self.lanes[lane];
                if let Some(number) = lane.jobs.get(lane.noted).filter(|_| ahead.len() < room) {
                    ahead.extend(self.roll.call(*number));
                    lane.noted += 1;
                }
            }
            if ahead.len() == before {
                break;
            }
        }
        self.noted += ahead.len();
        self.ready.extend(lanes);
        ahead
    }

    /// All jobs that wait, and whether they are noted; none waits then.
    pub(super) fn drain(&mut self) -> Vec<(Arc<Job>, bool)> {
        (self.noted, self.ready, self.wanting) = (0, VecDeque::new(), VecDeque::new());
        let mut drained = Vec::new();
        for lane in &mut self.lanes {
            lane.is_lined_up = false;
            let noted = std::mem::take(&mut lane.noted);
            for (place, number) in lane.jobs.drain(..).enumerate() {
                drained.extend(self.roll.leave(number).map(|job| (job, place < noted)));
            }
        }
        drained
    }

    /// Notes that a job has ended.
    pub(super) fn done(&mut self, started: &Started) {
        let lane = &mut self.lanes[started.lane];
        lane.running = lane.running.saturating_sub(1);
        self.line_up(started.lane);
    }

    fn line_up(&mut self, lane: usize) {
        let most = if lane == DISK { self.on_disk } else { self.per_host };
        let waiting = &mut self.lanes[lane];
        if waiting.is_lined_up || waiting.jobs.is_empty() || waiting.running >= most {
            return;
        }
        waiting.is_lined_up = true;
        let is_ready = lane == DISK || waiting.noted > 0;
        if is_ready { self.ready.push_back(lane) } else { self.wanting.push_back(lane) }
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use url::Url;

    use crate::config::{FetchPlan, Input, SourcePlan};
    use crate::stop::Stop;
    use crate::store::Recall;

    use super::super::RoundOptions;
    use super::super::expand::Target;
    use super::super::turn::testing::{fetch_plan, source};
    use super::*;

    /// Whose documents wait.
    struct House(SourcePlan, FetchPlan);

    fn house() -> House {
        House(source("s", Input::Articles(Vec::new())), fetch_plan())
    }

    impl House {
        fn queue(&self, per_host: usize, on_disk: usize) -> Queue<'_> {
            let roll = Roll::new(vec![&self.0], &self.1, Recall::default(), DateTime::UNIX_EPOCH);
            Queue::new(roll, per_host, on_disk)
        }
    }

    fn push(queue: &mut Queue<'_>, place: &str) {
        let url = Url::parse(place).map(Arc::new);
        let what = url.map_or_else(|_| What::FeedFile(place.into()), What::Feed);
        let (now, stop) = (DateTime::UNIX_EPOCH, Stop::default());
        let options = RoundOptions { now, offline: false, force: false, only: None, stop };
        let target = Target { scope: place.to_owned(), what };
        let (waiting, _) = queue.roll().look_at(0, target, &options);
        queue.push(waiting);
    }

    /// All that may start, noted as far as need be.
    fn startable(queue: &mut Queue<'_>) -> Vec<Started> {
        queue.ahead(100);
        std::iter::from_fn(|| queue.next()).collect()
    }

    fn scopes<'a>(jobs: impl IntoIterator<Item = &'a Arc<Job>>) -> Vec<&'a str> {
        jobs.into_iter().map(|job| job.document.scope.as_str()).collect()
    }

    fn started(jobs: &[Started]) -> Vec<&str> {
        scopes(jobs.iter().map(|started| &started.job))
    }

    #[test]
    fn hosts_take_turns_and_none_gets_more_than_its_share() {
        let house = house();
        let mut queue = house.queue(1, 2);
        for place in
            ["https://a.example/1", "https://a.example/2", "https://b.example/1", "/d/1", "/d/2", "/d/3"]
        {
            push(&mut queue, place);
        }
        assert!(queue.has_remote());
        let first = startable(&mut queue);
        assert_eq!(started(&first), ["/d/1", "https://a.example/1", "https://b.example/1", "/d/2"]);
        queue.done(&first[2]);
        assert!(queue.next().is_none(), "host b has no more");
        queue.done(&first[0]);
        queue.done(&first[1]);
        assert_eq!(started(&startable(&mut queue)), ["/d/3", "https://a.example/2"]);
        assert!(!queue.is_wanting() && queue.next().is_none());
        assert!(!queue.has_remote());
    }

    #[test]
    fn what_waits_is_given_back_whole_and_nothing_starts_then() {
        let house = house();
        let mut queue = house.queue(1, 1);
        for place in ["https://a.example/1", "https://a.example/2", "/d/1"] {
            push(&mut queue, place);
        }
        assert_eq!(scopes(&queue.ahead(2)), ["https://a.example/1", "https://a.example/2"]);
        push(&mut queue, "https://a.example/3");
        let running: Vec<Started> = [queue.next(), queue.next()].into_iter().flatten().collect();
        assert_eq!(started(&running), ["/d/1", "https://a.example/1"]);
        let waiting = queue.drain();
        assert_eq!(
            scopes(waiting.iter().map(|(job, _)| job)),
            ["https://a.example/2", "https://a.example/3"]
        );
        assert_eq!(waiting.iter().map(|(_, is_noted)| *is_noted).collect::<Vec<_>>(), [true, false]);
        running.iter().for_each(|running| queue.done(running));
        assert!(!queue.is_wanting() && queue.ahead(2).is_empty() && queue.next().is_none());
    }

    #[test]
    fn a_full_host_starts_another_as_soon_as_one_ends() {
        let house = house();
        let mut queue = house.queue(2, 1);
        (0..5).for_each(|n| push(&mut queue, &format!("https://a.example/{n}")));
        let mut running: VecDeque<Started> = startable(&mut queue).into();
        let mut ended = 0;
        while let Some(job) = running.pop_front() {
            assert!(running.len() < 2);
            queue.done(&job);
            ended += 1;
            running.extend(startable(&mut queue));
        }
        assert_eq!(ended, 5);
    }

    #[test]
    fn nothing_is_asked_before_it_is_noted_and_few_are_noted_ahead() {
        let house = house();
        let mut queue = house.queue(1, 1);
        for n in 0..3 {
            for host in ["a", "b", "c"] {
                push(&mut queue, &format!("https://{host}.example/{n}"));
            }
        }
        assert!(queue.is_wanting() && queue.next().is_none());
        let ahead = queue.ahead(5);
        let (a, b, c) =
            (["https://a.example/0", "https://a.example/1"], "https://b.example/0", "https://c.example/0");
        assert_eq!(scopes(&ahead), [a[0], b, c, a[1], "https://b.example/1"]);
        let running: Vec<Started> = std::iter::from_fn(|| queue.next()).collect();
        assert_eq!(started(&running), [a[0], b, c]);
        assert!(!queue.is_wanting(), "each host has all that it may");
        queue.done(&running[2]);
        assert!(queue.is_wanting() && queue.next().is_none());
        assert_eq!(scopes(&queue.ahead(2)), ["https://c.example/1"], "two are noted still; one always is");
        assert_eq!(queue.next().unwrap().job.document.scope, "https://c.example/1");
    }

    #[test]
    fn of_many_hosts_only_those_that_come_first_are_noted() {
        let house = house();
        let mut queue = house.queue(1, 1);
        (0..9).for_each(|n| push(&mut queue, &format!("https://{n}.example/")));
        assert_eq!(scopes(&queue.ahead(2)), ["https://0.example/", "https://1.example/"]);
        let running: Vec<Started> = std::iter::from_fn(|| queue.next()).collect();
        assert_eq!(running.len(), 2);
        assert_eq!(scopes(&queue.ahead(1)), ["https://2.example/"]);
    }
}
