//! Identity and change: which drafts are new articles, which are edits, which are known. Pure.
//!
//! [`keys_to_ask`] says what to look up, [`decide`] takes the answer. The steps, a file each: `entries` (which keys
//! count), `matching` (whose they are), `names` (ids for what is new), `dates`, [`fingerprint`].

mod dates;
mod entries;
mod fingerprint;
mod matching;
mod names;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use crate::model::{ArticleBody, ArticleId, DateBasis, Draft, Fingerprint, Flood, Guid, Key};
use crate::store::DocumentKey;

pub use entries::keys_to_ask;
pub use fingerprint::fingerprint;
use matching::{Found, Identity};
use names::Namer;

/// What the store knows of the articles that a document's keys point to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// Which article a key belongs to, of those asked for.
    pub by_key: HashMap<Key, ArticleId>,
    /// The articles.
    pub articles: HashMap<ArticleId, KnownArticle>,
    /// Whether the document has any article, under whatever key.
    pub has_articles: bool,
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
    /// How many keys it has, those included that nobody asked for.
    pub keys: KeyCounts,
}

/// How many keys of each kind an article has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct KeyCounts {
    /// [`Key::Guid`].
    pub guids: u32,
    /// [`Key::Link`].
    pub links: u32,
    /// [`Key::Hash`].
    pub hashes: u32,
}

impl KeyCounts {
    /// Counts keys.
    #[must_use]
    pub fn of(keys: &[Key]) -> Self {
        let mut counts = Self::default();
        for key in keys {
            match key {
                Key::Guid(_) => counts.guids += 1,
                Key::Link(_) => counts.links += 1,
                Key::Hash(_) => counts.hashes += 1,
            }
        }
        counts
    }

    /// How many are of the kind of this one.
    #[must_use]
    pub fn like(&self, key: &Key) -> u32 {
        match key {
            Key::Guid(_) => self.guids,
            Key::Link(_) => self.links,
            Key::Hash(_) => self.hashes,
        }
    }
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
    pub flood: Option<Flood>,
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

/// Decides what each draft of one document is: a new article, an edit, a known article under further keys, or
/// nothing new. In document order; the same entry twice in one document counts once.
///
/// `known` holds what the store knows under [`keys_to_ask`] of these drafts.
#[must_use]
pub fn decide(document: &DocumentKey, drafts: Vec<Draft>, known: &Known, now: DateTime<Utc>) -> Vec<Change> {
    let identities = matching::identify(&drafts, known);
    let flood = flood(&identities, known);
    let mut decider =
        Decider { namer: Namer::new(document, known), known, now: dates::to_millis(now), flood };
    let pairs = drafts.into_iter().zip(identities);
    let mut changes: Vec<Change> =
        pairs.filter_map(|(draft, identity)| decider.change(draft, identity)).collect();
    dates::keep_order(&mut changes);
    changes
}

/// Makes the changes of one document.
struct Decider<'a> {
    namer: Namer<'a>,
    known: &'a Known,
    now: DateTime<Utc>,
    flood: Option<Flood>,
}

/// Whether nothing in the document is known.
fn flood(identities: &[Identity], known: &Known) -> Option<Flood> {
    if identities.iter().any(|identity| matches!(identity, Identity::Known(..))) {
        return None;
    }
    Some(if known.has_articles { Flood::Later } else { Flood::First })
}

impl Decider<'_> {
    fn change(&mut self, draft: Draft, identity: Identity) -> Option<Change> {
        match identity {
            Identity::Twice => None,
            Identity::New(found) => Some(Change::New(Box::new(self.new_article(draft, found)))),
            Identity::Known(id, found) => {
                let article = self.known.articles.get(&id)?;
                if article.fingerprint != found.fingerprint {
                    return Some(Change::Edited(Box::new(edited((id, article), draft, found, self.now))));
                }
                (!found.keys.is_empty()).then_some(Change::Keys { id, keys: found.keys })
            }
        }
    }

    fn new_article(&mut self, draft: Draft, found: Found) -> NewArticle {
        let (publication, updated) = dates::of_new(&draft, self.now);
        NewArticle {
            id: self.namer.id(&found.keys),
            guid: self.namer.guid(draft.guid, &found.keys),
            keys: found.keys,
            body: draft.body,
            fingerprint: found.fingerprint,
            published: publication.at,
            date_basis: publication.basis,
            updated,
            first_seen: self.now,
            flood: self.flood,
        }
    }
}

fn edited(
    (id, article): (ArticleId, &KnownArticle),
    draft: Draft,
    found: Found,
    now: DateTime<Utc>,
) -> EditedArticle {
    let (publication, updated) = dates::of_edited(&draft, article, now);
    EditedArticle {
        id,
        keys: found.keys,
        body: draft.body,
        fingerprint: found.fingerprint,
        revision: article.revision + 1,
        published: publication.at,
        date_basis: publication.basis,
        updated,
        seen: now,
    }
}
