//! As parsed to as kept: a [`FeedDocument`] to [`Draft`]s of articles. The only place where HTML is sanitised.
//!
//! [`clean`] reads feeds, [`document`] article files, [`page`] web pages; all three end in the same [`Draft`]. What
//! they share: [`sanitize()`] (HTML to clean HTML), [`crate::markup`] (HTML to text), [`crate::model::link`] (tracking
//! parameters, keys).

pub mod document;
mod feed;
mod keys;
mod language;
pub mod limits;
pub mod page;
mod sanitize;
mod steps;
mod tidy;

#[cfg(doc)]
use crate::model::FeedDocument;
use crate::model::{About, Deletion, Draft};

pub use feed::{clean, clean_by};
pub use sanitize::{Sanitizer, sanitize};
pub use steps::Subject;
pub use tidy::tidy;

/// A feed document, cleaned.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// What it says of itself.
    pub about: About,
    /// One draft an entry that says anything, in document order.
    pub drafts: Vec<Draft>,
    /// What it names as deleted.
    pub deleted: Vec<Deletion>,
}
