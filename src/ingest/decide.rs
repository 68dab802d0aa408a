//! Identity and change: which drafts are new articles, which are edits, which are known. Pure.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use crate::model::{ArticleBody, ArticleId, DateBasis, Draft, Fingerprint, Guid, Key};

/// What the store knows of the articles that a document's keys point to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// Which article a key belongs to. Holds every key of every article in `articles`, not only those asked for.
    pub by_key: HashMap<Key, ArticleId>,
    /// The articles.
    pub articles: HashMap<ArticleId, KnownArticle>,
}

/// What deciding needs of an article as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownArticle {
    /// Of the newest revision's body.
    pub fingerprint: Fingerprint,
    /// The newest revision's number.
    pub revision: u32,
    /// As kept.
    pub published: DateTime<Utc>,
    /// As kept.
    pub date_basis: DateBasis,
    /// As kept.
    pub updated: Option<DateTime<Utc>>,
}

/// What is to be written for one draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// An article seen for the first time.
    New(Box<NewArticle>),
    /// An upstream edit: a new revision, and what changed beside it.
    Edited(Box<EditedArticle>),
    /// Nothing but new keys.
    Keys {
        /// The article.
        id: ArticleId,
        /// Keys to add.
        keys: Vec<Key>,
    },
}

/// An article to insert.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "as in `Article`")]
pub struct NewArticle {
    pub id: ArticleId,
    pub keys: Vec<Key>,
    pub guid: Guid,
    pub body: ArticleBody,
    pub fingerprint: Fingerprint,
    pub published: DateTime<Utc>,
    pub date_basis: DateBasis,
    pub updated: Option<DateTime<Utc>>,
    pub first_seen: DateTime<Utc>,
}

/// A revision to add.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "as in `Article`")]
pub struct EditedArticle {
    pub id: ArticleId,
    /// Keys to add.
    pub keys: Vec<Key>,
    pub body: ArticleBody,
    pub fingerprint: Fingerprint,
    /// The number of the new revision.
    pub revision: u32,
    pub published: DateTime<Utc>,
    pub date_basis: DateBasis,
    pub updated: DateTime<Utc>,
    /// When it was seen.
    pub seen: DateTime<Utc>,
}

/// Decides what each draft of one document is.
#[must_use]
pub fn decide(drafts: Vec<Draft>, known: &Known, now: DateTime<Utc>) -> Vec<Change> {
    let _ = (drafts, known, now);
    Vec::new()
}
