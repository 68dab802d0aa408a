//! What has ended and is not written yet. One transaction for many documents costs hardly more than for one, so they
//! are written together: soon, and before they are many. Whatever is lost with a run that dies is asked for again.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::turn::Job;
use super::work::Outcome;

/// Nothing that has ended waits longer.
const PATIENCE: Duration = Duration::from_millis(500);
/// Words that wait, in bytes: what they take in memory.
const MOST_BYTES: usize = 4 << 20;
/// Documents that wait.
const MOST_DOCUMENTS: usize = 512;

/// Documents that have ended, in the order in which they did.
#[derive(Debug, Default)]
pub(super) struct Batch {
    ended: Vec<(Arc<Job>, Outcome)>,
    bytes: usize,
    due: Option<Instant>,
}

impl Batch {
    /// Adds a document.
    pub(super) fn add(&mut self, job: Arc<Job>, outcome: Outcome) {
        self.bytes += outcome.weight();
        self.due.get_or_insert_with(|| Instant::now() + PATIENCE);
        self.ended.push((job, outcome));
    }

    /// When it is to be written at the latest; `None` as long as it is empty.
    pub(super) fn due(&self) -> Option<Instant> {
        self.due
    }

    /// Whether it is to be written before it grows further.
    pub(super) fn is_full(&self) -> bool {
        self.bytes >= MOST_BYTES || self.ended.len() >= MOST_DOCUMENTS
    }

    /// What is in it; it is empty then.
    pub(super) fn take(&mut self) -> Vec<(Arc<Job>, Outcome)> {
        std::mem::take(self).ended
    }
}

#[cfg(test)]
mod tests {
    use super::super::turn::testing::job;
    use super::*;

    fn same() -> Outcome {
        Outcome::Same { etag: None, last_modified: None }
    }

    #[tokio::test]
    async fn a_batch_is_due_from_its_first_document_on_and_full_after_many() {
        let mut batch = Batch::default();
        assert!(batch.due().is_none() && !batch.is_full());
        let job = Arc::new(job("https://example.org/"));
        batch.add(Arc::clone(&job), same());
        let due = batch.due();
        assert!(due.is_some());
        (1..MOST_DOCUMENTS).for_each(|_| batch.add(Arc::clone(&job), same()));
        assert!(batch.is_full() && batch.due() == due);
        assert_eq!(batch.take().len(), MOST_DOCUMENTS);
        assert!(batch.due().is_none() && !batch.is_full());
    }
}
