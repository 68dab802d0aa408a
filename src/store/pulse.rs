//! What an attempt at a document changes though it brings nothing new: few numbers, written for every document of
//! every round, where all else of its state is written only when it changes.

use chrono::{DateTime, Utc};

use super::{DocumentKey, DocumentState, Traffic};
use crate::model::Rhythm;

/// A document's number in its store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DocumentRow(pub(super) i64);

/// A document that is remembered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Remembered {
    /// As in [`DocumentKey::scope`].
    pub scope: String,
    /// Where the store finds it at once, if it can.
    pub row: Option<DocumentRow>,
    /// Its state.
    pub state: DocumentState,
}

/// The part of a [`DocumentState`] that any attempt changes. The fields are those of the state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pulse {
    /// The last attempt.
    pub last_at: Option<DateTime<Utc>>,
    /// Not before this.
    pub next_at: Option<DateTime<Utc>>,
    /// The last time it was read, or found unchanged.
    pub last_ok: Option<DateTime<Utc>>,
    /// Failures in a row.
    pub failures: u32,
    /// The server wants no request before this.
    pub wait_until: Option<DateTime<Utc>>,
    /// How often it changes.
    pub rhythm: Rhythm,
    /// What it has cost its server so far.
    pub traffic: Traffic,
}

/// A pulse to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beat {
    /// Whose.
    pub document: DocumentKey,
    /// As it was remembered, if it was.
    pub row: Option<DocumentRow>,
    /// All of it.
    pub pulse: Pulse,
}

impl DocumentState {
    /// The part that any attempt changes.
    #[must_use]
    pub fn pulse(&self) -> Pulse {
        let &Self { last_at, next_at, last_ok, failures, wait_until, rhythm, traffic, .. } = self;
        Pulse { last_at, next_at, last_ok, failures, wait_until, rhythm, traffic }
    }

    /// The state with another pulse.
    #[must_use]
    pub fn with_pulse(self, pulse: Pulse) -> Self {
        let Pulse { last_at, next_at, last_ok, failures, wait_until, rhythm, traffic } = pulse;
        Self { last_at, next_at, last_ok, failures, wait_until, rhythm, traffic, ..self }
    }

    /// Whether it is another one in its pulse at most.
    #[must_use]
    pub fn differs_in_pulse_only(&self, other: &Self) -> bool {
        // Named one by one, so that a new field is thought of here.
        let Self {
            url,
            etag,
            last_modified,
            body_hash,
            error,
            entries,
            is_page,
            validators_of,
            moved_to,
            gone_since,
            missing,
            last_at: _,
            next_at: _,
            last_ok: _,
            failures: _,
            wait_until: _,
            rhythm: _,
            traffic: _,
        } = self;
        url == &other.url
            && etag == &other.etag
            && last_modified == &other.last_modified
            && body_hash == &other.body_hash
            && error == &other.error
            && entries == &other.entries
            && is_page == &other.is_page
            && validators_of == &other.validators_of
            && moved_to == &other.moved_to
            && gone_since == &other.gone_since
            && missing == &other.missing
    }
}
