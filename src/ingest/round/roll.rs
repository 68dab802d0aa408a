//! The documents of a round, while they wait: few words each, since many thousands do at once. What a request needs is put
//! together only when its turn has come.

use std::mem::{replace, take};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use url::Url;

use crate::config::{FetchPlan, Limits, SourcePlan};
use crate::ingest::fetch::bare;
use crate::store::{Recall, Remembered, Slot};

use super::RoundOptions;
use super::expand::Target;
use super::mark::Facts;
use super::turn::{Job, Owner, Past, Turn};

/// A document that waits for its turn.
#[derive(Debug)]
pub(super) struct Waiting {
    /// The source's place in the round.
    pub(super) source: usize,
    pub(super) target: Target,
    /// Entries in it, as last read.
    pub(super) entries: u32,
    /// Documents of other sources that the same request serves; see [`super::party`].
    pub(super) riders: Vec<Waiting>,
    remembered: Option<Slot>,
}

/// All of them, by number.
#[derive(Debug)]
pub(super) struct Roll<'a> {
    sources: Vec<&'a SourcePlan>,
    fetch: &'a FetchPlan,
    limits: Arc<Limits>,
    now: DateTime<Utc>,
    recall: Recall,
    entries: Vec<Entry>,
}

#[derive(Debug)]
enum Entry {
    Waiting(Waiting),
    /// Its turn has come, but it has not started yet.
    Called(Arc<Job>),
    Left,
}

impl<'a> Roll<'a> {
    /// Nobody waits yet. The sources are those that were asked about for `recall`.
    pub(super) fn new(
        sources: Vec<&'a SourcePlan>,
        fetch: &'a FetchPlan,
        recall: Recall,
        now: DateTime<Utc>,
    ) -> Self {
        // Nearly all have one document.
        let (limits, entries) = (Arc::new(fetch.limits), Vec::with_capacity(sources.len()));
        Self { sources, fetch, limits, now, recall, entries }
    }

    /// A document of a source, and whether its turn has come.
    pub(super) fn look_at(&self, source: usize, target: Target, options: &RoundOptions) -> (Waiting, Turn) {
        let remembered = self.recall.find(source, &target.scope);
        let waiting = Waiting { source, target, entries: 0, riders: Vec::new(), remembered };
        let what = &waiting.target.what;
        let url = what.url().map(bare);
        let past = Past::of(self.remembered(&waiting), url.as_deref().map(Url::as_str));
        let facts = Facts::of(what, self.sources[source].clean);
        let turn = past.turn(what, &facts, options);
        let entries = past.state.entries;
        (Waiting { entries, ..waiting }, turn)
    }

    /// Whether two documents of one URL are the same to their server: those who send other headers, may go elsewhere, or know
    /// that it has moved may get others.
    pub(super) fn are_alike(&self, one: &Waiting, other: &Waiting) -> bool {
        let [first, second] = [one, other].map(|waiting| self.sources[waiting.source]);
        first.extras.headers == second.extras.headers
            && first.extras.auth == second.extras.auth
            && first.allow_private == second.allow_private
            && self.moved_to(one) == self.moved_to(other)
    }

    fn moved_to(&self, waiting: &Waiting) -> Option<String> {
        let url = waiting.target.what.url().map(bare);
        let past = Past::of(self.remembered(waiting), url.as_deref().map(Url::as_str));
        past.state.moved_to.map(str::to_owned)
    }

    /// Puts a document on it; gives its number.
    pub(super) fn add(&mut self, waiting: Waiting) -> usize {
        self.entries.push(Entry::Waiting(waiting));
        self.entries.len() - 1
    }

    /// The job of the document of this number, whose turn has come: it waits on until it leaves.
    pub(super) fn call(&mut self, number: usize) -> Option<Arc<Job>> {
        let job = self.leave(number)?;
        self.entries[number] = Entry::Called(Arc::clone(&job));
        Some(job)
    }

    /// The job of the document of this number, which waits no more.
    pub(super) fn leave(&mut self, number: usize) -> Option<Arc<Job>> {
        match replace(self.entries.get_mut(number)?, Entry::Left) {
            Entry::Waiting(waiting) => Some(Arc::new(self.job(waiting))),
            Entry::Called(job) => Some(job),
            Entry::Left => None,
        }
    }

    /// Whether any job waits that robots.txt may forbid.
    pub(super) fn has_pages(&self) -> bool {
        self.entries.iter().any(|entry| match entry {
            Entry::Waiting(waiting) => waiting.target.what.is_page(),
            Entry::Called(job) => job.is_page(),
            Entry::Left => false,
        })
    }

    fn remembered(&self, waiting: &Waiting) -> Option<Remembered<'_>> {
        waiting.remembered.and_then(|slot| self.recall.at(slot))
    }

    fn job(&self, mut waiting: Waiting) -> Job {
        let riders = take(&mut waiting.riders);
        let (index, limits) = (waiting.source, &self.limits);
        let owner = Owner { index, source: self.sources[index], fetch: self.fetch, limits, now: self.now };
        let remembered = self.remembered(&waiting);
        let job = Job::new(owner, waiting.target, remembered);
        let riders = riders.into_iter().map(|rider| Arc::new(self.job(rider)));
        Job { riders: riders.collect(), ..job }
    }
}
