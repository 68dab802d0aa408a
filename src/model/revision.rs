//! What becomes of an article after it was published: edits, and withdrawal.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::article::{ArticleBody, Key};

/// What an upstream edit means to readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Weight {
    /// Markup, white space, the query of an address: the newest text is kept, and nothing else is noted.
    Retouch,
    /// Something beside the words: kept as a revision, and not published as an update.
    Detail,
    /// The words, the authors or the files: a revision, and an update.
    Correction,
}

/// What an article said at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// 1 for the first; those between the first and the newest ones may be gone.
    pub number: u32,
    /// When Feedmill saw it.
    pub seen: DateTime<Utc>,
    /// The words.
    pub body: ArticleBody,
    /// The publication date then; `None` where an older Feedmill did not note it.
    pub published: Option<DateTime<Utc>>,
    /// The newest change after publication then, if any.
    pub updated: Option<DateTime<Utc>>,
    /// Whether it corrected the one before it.
    pub is_correction: bool,
}

/// That a document names an entry as deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deletion {
    /// Which.
    pub key: Key,
    /// When that was, as given, if readable.
    pub at: Option<DateTime<Utc>>,
}

/// That a source took an article back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Withdrawal {
    /// Since when: as the source says, else when that was first seen.
    pub at: DateTime<Utc>,
    /// How that is known.
    pub reason: WithdrawalReason,
}

/// How it is known that an article was withdrawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WithdrawalReason {
    /// Its page answers 410.
    Gone,
    /// The feed says so: `at:deleted-entry` (RFC 6721).
    Tombstone,
    /// It is missing between two neighbours that are still there.
    Missing,
}

impl WithdrawalReason {
    /// In words, after "withdrawn: ".
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Gone => "its page is gone (410)",
            Self::Tombstone => "its feed says so (at:deleted-entry)",
            Self::Missing => "it is missing from its feed, between neighbours that are still there",
        }
    }
}
