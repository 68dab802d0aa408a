//! What a document has cost its server, and what robots.txt said: small things that a store remembers.

use std::ops::Add;

use chrono::{DateTime, Utc};
use serde::Serialize;

/// Requests and their answers, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Traffic {
    /// Requests sent, each redirect and robots.txt one of its own.
    pub requests: u64,
    /// Bytes of bodies received.
    pub bytes: u64,
    /// Answers 304: nothing new, and no body.
    pub not_modified: u64,
}

impl Add for Traffic {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            requests: self.requests.saturating_add(other.requests),
            bytes: self.bytes.saturating_add(other.bytes),
            not_modified: self.not_modified.saturating_add(other.not_modified),
        }
    }
}

/// What is remembered of an origin's robots.txt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RobotsNote {
    /// When it was read.
    pub read_at: DateTime<Utc>,
    /// The last request to which its `Crawl-delay` applied.
    pub asked_at: Option<DateTime<Utc>>,
    /// What in it is for us, as a robots.txt.
    pub rules: String,
}
