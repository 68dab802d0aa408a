//! What went over the wire for one document.

use std::sync::{Mutex, PoisonError};

use crate::store::Traffic;

/// Counts the requests of an exchange, redirects and robots.txt included.
#[derive(Debug, Default)]
pub struct Meter(Mutex<Traffic>);

impl Meter {
    /// What was counted so far.
    #[must_use]
    pub fn traffic(&self) -> Traffic {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A request goes out.
    pub(super) fn asked(&self) {
        self.count(|traffic| traffic.requests += 1);
    }

    /// It was answered by 304.
    pub(super) fn not_modified(&self) {
        self.count(|traffic| traffic.not_modified += 1);
    }

    /// So many bytes of a body came.
    pub(super) fn received(&self, bytes: u64) {
        self.count(|traffic| traffic.bytes = traffic.bytes.saturating_add(bytes));
    }

    fn count(&self, change: impl FnOnce(&mut Traffic)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }
}
