//! What has ended and is not written yet. One transaction for many documents costs hardly more than for one, so they
//! are written together: soon, and before they are many. Whatever is lost with a run that dies is asked for again.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use crate::store::Traffic;

use super::turn::Job;
use super::work::{Done, Outcome};

/// Nothing that has ended waits longer.
const PATIENCE: Duration = Duration::from_millis(500);
/// Words that wait, in bytes: what they take in memory.
const MOST_BYTES: usize = 1 << 20;
/// Documents that wait.
const MOST_DOCUMENTS: usize = 512;

/// A document whose attempt has ended.
#[derive(Debug)]
pub(super) struct Ended {
    pub(super) job: Arc<Job>,
    pub(super) outcome: Outcome,
    pub(super) traffic: Traffic,
}

/// Documents that have ended, in the order in which they did.
#[derive(Debug, Default)]
pub(super) struct Batch {
    ended: Vec<Ended>,
    bytes: usize,
    due: Option<Instant>,
}

impl Batch {
    /// Adds the documents that one request served; it counts for the first.
    pub(super) fn add(&mut self, job: &Arc<Job>, done: Done) {
        self.due.get_or_insert_with(|| Instant::now() + PATIENCE);
        let mut traffic = done.traffic;
        for (member, outcome) in job.party().zip(done.outcomes) {
            self.bytes += outcome.weight();
            let (job, traffic) = (Arc::clone(member), std::mem::take(&mut traffic));
            self.ended.push(Ended { job, outcome, traffic });
        }
    }

    /// When it is to be written at the latest; `None` as long as it is empty.
    pub(super) fn due(&self) -> Option<Instant> {
        self.due
    }

    /// Whether it is to be written now, before it grows further or waits longer.
    pub(super) fn is_ripe(&self) -> bool {
        let is_due = self.due.is_some_and(|due| due <= Instant::now());
        is_due || self.bytes >= MOST_BYTES || self.ended.len() >= MOST_DOCUMENTS
    }

    /// What is in it; it is empty then.
    pub(super) fn take(&mut self) -> Vec<Ended> {
        std::mem::take(self).ended
    }
}

#[cfg(test)]
mod tests {
    use super::super::turn::testing::job;
    use super::*;

    fn same(outcomes: usize) -> Done {
        let outcomes = (0..outcomes).map(|_| Outcome::Same(Box::default())).collect();
        let traffic = Traffic { requests: 1, ..Traffic::default() };
        Done { outcomes, traffic, robots: None }
    }

    #[test]
    fn a_batch_is_due_from_its_first_document_on_and_ripe_after_many() {
        let mut batch = Batch::default();
        assert!(batch.due().is_none() && !batch.is_ripe());
        let job = Arc::new(job("https://example.org/"));
        batch.add(&job, same(1));
        let due = batch.due();
        assert!(due.is_some() && !batch.is_ripe());
        (1..MOST_DOCUMENTS).for_each(|_| batch.add(&job, same(1)));
        assert!(batch.is_ripe() && batch.due() == due);
        assert_eq!(batch.take().len(), MOST_DOCUMENTS);
        assert!(batch.due().is_none() && !batch.is_ripe());
        batch.add(&job, same(1));
        batch.due = Some(Instant::now());
        assert!(batch.is_ripe(), "it waited long enough");
    }

    #[test]
    fn a_request_that_served_several_counts_for_the_first() {
        let mut batch = Batch::default();
        let mut first = job("https://example.org/");
        first.riders = vec![Arc::new(first.clone())];
        batch.add(&Arc::new(first), same(2));
        let requests: Vec<u64> = batch.take().iter().map(|ended| ended.traffic.requests).collect();
        assert_eq!(requests, [1, 0]);
    }
}
