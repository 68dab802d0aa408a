//! What was published, and what hands decided.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::model::{FeedId, Guid};

/// That an article entered an output feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// When.
    pub at: DateTime<Utc>,
    /// The id it was published under, there.
    pub guid: Guid,
}

/// A decision by hand, as written in the overrides.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HandDecision {
    /// `pick` or `block`.
    pub verb: HandVerb,
    /// Short id or URL, as written.
    pub article: String,
    /// The output feed concerned; `None`: every one.
    pub feed: Option<FeedId>,
}

impl std::fmt::Display for HandVerb {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(match self {
            Self::Pick => "pick",
            Self::Block => "block",
        })
    }
}

/// What a hand can decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HandVerb {
    /// Always in.
    Pick,
    /// Never in.
    Block,
}

/// An edition that was published whole. The same would come of it again as long as the store's articles, `inputs` and the
/// documents in the output folder stay as they are, and it is not later than `until`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Digest of what it was made from beside the store: the config, the decisions by hand, the program.
    pub inputs: String,
    /// When it was published.
    pub at: DateTime<Utc>,
    /// The last moment at which the same articles give the same selection.
    pub until: DateTime<Utc>,
    /// What was published, in the order of the reports.
    pub feeds: Vec<StandingFeed>,
}

/// One output feed of an edition, or the index (`feed` is `None`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandingFeed {
    /// The feed.
    pub feed: Option<FeedId>,
    /// Items in it.
    pub items: usize,
    /// Its documents: the name relative to the output folder, and the digest of the bytes.
    pub documents: Vec<(String, String)>,
}
