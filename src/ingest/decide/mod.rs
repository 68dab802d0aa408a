//! Identity and change: which drafts are new articles, which are edits, which are known. Pure.
//!
//! [`keys_to_ask`] says what to look up, [`decide`] takes the answer. The steps, a file each: `entries` (which keys
//! count), `matching` (whose they are), `names` (ids for what is new), `dates`, [`fingerprint`]; [`weigh`] (what an edit
//! means), [`withdraw`] (what is taken back).

mod dates;
mod entries;
mod fingerprint;
mod matching;
mod names;
#[cfg(test)]
mod tests;
mod weigh;
pub mod withdraw;

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};

use crate::model::{
    ArticleBody, ArticleId, DateBasis, Deletion, Draft, Fingerprint, Flood, Guid, Key, Weight, Withdrawal,
    WithdrawalReason,
};
use crate::store::DocumentKey;

pub use entries::keys_to_ask;
pub use fingerprint::fingerprint;
use matching::{Found, Identity};
use names::Namer;
pub use weigh::weigh;

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
    /// Whether its source has taken it back.
    pub is_withdrawn: bool,
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
    /// An upstream edit: what it says now, and what changed beside it.
    Edited(Box<EditedArticle>),
    /// Nothing but new keys.
    Keys {
        /// The article.
        id: ArticleId,
        /// Keys to add.
        keys: Vec<Key>,
    },
    /// Its source took it back.
    Withdrawn {
        /// The article; `None`: every one of the document.
        id: Option<ArticleId>,
        /// Since when, and how that is known.
        withdrawal: Withdrawal,
    },
    /// Its source shows it again.
    Returned {
        /// The article; `None`: every one of the document.
        id: Option<ArticleId>,
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

/// An edit of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "as in `Article`")]
pub struct EditedArticle {
    pub id: ArticleId,
    /// Keys to add.
    pub keys: Vec<Key>,
    pub body: ArticleBody,
    pub fingerprint: Fingerprint,
    /// The number that its newest revision then has: a retouch makes none.
    pub revision: u32,
    pub published: DateTime<Utc>,
    pub date_basis: DateBasis,
    pub updated: Option<DateTime<Utc>>,
    /// When it was seen.
    pub seen: DateTime<Utc>,
    /// What it means; a correction, until [`weigh`] has seen the words before it.
    pub weight: Weight,
    /// What the feed itself says, where `body` is completed by the words of the article's page.
    pub own: Option<Box<ArticleBody>>,
}

/// What a document said, cleaned.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paper {
    /// Its entries.
    pub drafts: Vec<Draft>,
    /// What it names as deleted.
    pub deleted: Vec<Deletion>,
}

/// What is to be made of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decided {
    /// What is to be written.
    pub changes: Vec<Change>,
    /// Its articles in its order, each once.
    pub order: Vec<ArticleId>,
}

/// Decides what each draft of one document is: a new article, an edit, a known article under further keys, or
/// nothing new. In document order; the same entry twice in one document counts once.
///
/// `known` holds what the store knows under [`keys_to_ask`] of these drafts.
#[must_use]
pub fn decide(document: &DocumentKey, drafts: Vec<Draft>, known: &Known, now: DateTime<Utc>) -> Vec<Change> {
    decide_paper(document, Paper { drafts, deleted: Vec::new() }, known, now).changes
}

/// [`decide`], of a document that may name entries as deleted: `known` holds what the store knows under
/// [`keys_to_ask`] and under the keys of these.
#[must_use]
pub fn decide_paper(document: &DocumentKey, paper: Paper, known: &Known, now: DateTime<Utc>) -> Decided {
    let Paper { drafts, deleted } = paper;
    let now = dates::to_millis(now);
    let identities = matching::identify(&drafts, known);
    let flood = flood(&identities, known);
    let buried = withdraw::buried(&deleted, &drafts, known, now);
    let order = Vec::with_capacity(drafts.len());
    let mut decider = Decider {
        namer: Namer::new(document, known, drafts.len()),
        known,
        now,
        flood,
        order,
        back: Vec::new(),
    };
    let pairs = drafts.into_iter().zip(identities);
    let mut changes: Vec<Change> =
        pairs.filter_map(|(draft, identity)| decider.change(draft, identity)).collect();
    dates::keep_order(&mut changes);
    let Decider { order, back, .. } = decider;
    withdraw_and_return(&mut changes, back, buried, known);
    Decided { changes, order }
}

/// Adds what the document takes back, and what it shows again. An article that is withdrawn already stays so as it is.
fn withdraw_and_return(
    changes: &mut Vec<Change>,
    back: Vec<ArticleId>,
    buried: HashMap<Key, DateTime<Utc>>,
    known: &Known,
) {
    let is_new = |change: &Change, key: &Key| match change {
        Change::New(new) if new.keys.contains(key) => Some(new.id),
        _ => None,
    };
    let mut dead: BTreeMap<ArticleId, DateTime<Utc>> = BTreeMap::new();
    for (key, at) in buried {
        let new = || changes.iter().find_map(|change| is_new(change, &key));
        dead.extend(known.by_key.get(&key).copied().or_else(new).map(|id| (id, at)));
    }
    changes.extend(
        back.into_iter().filter(|id| !dead.contains_key(id)).map(|id| Change::Returned { id: Some(id) }),
    );
    let is_withdrawn = |id: &ArticleId| known.articles.get(id).is_some_and(|article| article.is_withdrawn);
    changes.extend(dead.into_iter().filter(|(id, _)| !is_withdrawn(id)).map(|(id, at)| Change::Withdrawn {
        id: Some(id),
        withdrawal: Withdrawal { at, reason: WithdrawalReason::Tombstone },
    }));
}

/// Makes the changes of one document.
struct Decider<'a> {
    namer: Namer<'a>,
    known: &'a Known,
    now: DateTime<Utc>,
    flood: Option<Flood>,
    /// The articles so far.
    order: Vec<ArticleId>,
    /// Those of them that were withdrawn.
    back: Vec<ArticleId>,
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
            Identity::New(found) => {
                let article = Box::new(self.new_article(draft, found));
                self.order.push(article.id);
                Some(Change::New(article))
            }
            Identity::Known(id, found) => {
                let article = self.known.articles.get(&id)?;
                self.order.push(id);
                self.back.extend(article.is_withdrawn.then_some(id));
                if article.fingerprint != found.fingerprint {
                    return Some(Change::Edited(Box::new(edited((id, article), draft, found, self.now))));
                }
                let keys = found.keys.unwrap_or(draft.keys);
                (!keys.is_empty()).then_some(Change::Keys { id, keys })
            }
        }
    }

    fn new_article(&mut self, draft: Draft, found: Found) -> NewArticle {
        let (publication, updated) = dates::of_new(&draft, self.now);
        let keys = found.keys.unwrap_or(draft.keys);
        NewArticle {
            id: self.namer.id(&keys),
            guid: self.namer.guid(draft.guid, &keys),
            keys,
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
        keys: found.keys.unwrap_or(draft.keys),
        body: draft.body,
        fingerprint: found.fingerprint,
        revision: article.revision + 1,
        published: publication.at,
        date_basis: publication.basis,
        updated: Some(updated),
        seen: now,
        weight: Weight::Correction,
        own: None,
    }
}
