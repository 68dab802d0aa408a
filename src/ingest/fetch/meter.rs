//! What went over the wire for one document, and what its servers asked, whatever became of it.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::store::Traffic;

use super::RetryAfter;

/// Counts the requests of an exchange, redirects and robots.txt included, and keeps every `Retry-After` of an answer.
#[derive(Debug, Default)]
pub struct Meter(Mutex<Exchange>);

#[derive(Debug, Default)]
struct Exchange {
    traffic: Traffic,
    waits: Vec<RetryAfter>,
}

impl Meter {
    /// What was counted so far.
    #[must_use]
    pub fn traffic(&self) -> Traffic {
        self.exchange().traffic
    }

    /// How long we were asked to wait, by all answers so far.
    #[must_use]
    pub fn waits(&self) -> Vec<RetryAfter> {
        self.exchange().waits.clone()
    }

    /// A request goes out.
    pub(super) fn asked(&self) {
        self.exchange().traffic.requests += 1;
    }

    /// It was answered by 304.
    pub(super) fn not_modified(&self) {
        self.exchange().traffic.not_modified += 1;
    }

    /// So many bytes of a body came.
    pub(super) fn received(&self, bytes: u64) {
        let traffic = &mut self.exchange().traffic;
        traffic.bytes = traffic.bytes.saturating_add(bytes);
    }

    /// An answer asked us to wait.
    pub(super) fn told_to_wait(&self, wait: RetryAfter) {
        self.exchange().waits.push(wait);
    }

    fn exchange(&self) -> MutexGuard<'_, Exchange> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
