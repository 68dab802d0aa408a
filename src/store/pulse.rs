//! What an attempt at a document changes though it brings nothing new: few numbers, written for every document of
//! every round, where all else of its state is written only when it changes.

use chrono::{DateTime, Utc};

use super::{DocumentKey, DocumentState, Traffic};
use crate::model::Rhythm;

/// A document's number in its store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DocumentRow(pub(super) i64);

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

impl<S> DocumentState<S> {
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
    pub fn differs_in_pulse_only(&self, other: &Self) -> bool
    where
        S: PartialEq,
    {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{ArticleId, Pace};
    use crate::store::Missing;

    /// A state in which each field is one of two things.
    fn state(bits: u32) -> DocumentState {
        let has = |place: u32| bits >> place & 1 == 1;
        let text = |place| has(place).then(|| "x".to_owned());
        let time = |place| has(place).then_some(DateTime::UNIX_EPOCH);
        let missing = Missing { article: ArticleId::new(1), since: DateTime::UNIX_EPOCH };
        DocumentState {
            url: text(0),
            etag: text(1),
            last_modified: text(2),
            body_hash: text(3),
            error: text(4),
            entries: u32::from(has(5)),
            is_page: has(6),
            validators_of: text(7),
            moved_to: text(8),
            gone_since: time(9),
            missing: has(10).then_some(missing).into_iter().collect(),
            last_at: time(11),
            next_at: time(12),
            last_ok: time(13),
            failures: u32::from(has(14)),
            wait_until: time(15),
            rhythm: Rhythm {
                pace: Pace { every: u32::from(has(16)), ..Pace::default() },
                ..Rhythm::default()
            },
            traffic: Traffic { requests: u64::from(has(17)), ..Traffic::default() },
        }
    }

    proptest! {
        #[test]
        fn a_pulse_is_all_that_has_to_be_written_exactly_where_nothing_else_differs(
            before in 0_u32..1 << 18,
            changed in prop_oneof![(0_u32..1 << 18), (0_u32..18).prop_map(|place| 1 << place), (0_u32..1 << 7).prop_map(|some| some << 11)],
        ) {
            let (before, after) = (state(before), state(before ^ changed));
            let written = before.clone().with_pulse(after.pulse());
            prop_assert_eq!(after.differs_in_pulse_only(&before), written == after);
        }
    }
}
