//! What Feedmill remembers: one contract, [`Store`], a file a database behind it, and one conformance suite that
//! each must pass.

#[cfg(test)]
mod conformance;
mod hands;
mod pages;
mod pulse;
mod recall;
pub mod sqlite;
mod traffic;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use crate::ingest::decide::{Change, Known};
use crate::model::{About, Article, ArticleBody, ArticleId, FeedId, Key, Revision, Rhythm, SourceId};

pub use hands::{HandDecision, HandVerb, Publication, Standing, StandingFeed};
pub use pages::{
    Completed, HostBlocks, PageAnswer, PageCounts, PageNote, PageOutcome, PageState, PageUpdate, PageWish,
    WaitingPage,
};
pub use pulse::{Beat, DocumentRow, Pulse};
pub use recall::{Recall, Remembered, Slot};
pub use traffic::{RobotsNote, Traffic};

/// The contract. Every write is one transaction: it happens whole or not at all. All times are UTC, kept to the
/// millisecond.
pub trait Store: Send + Sync {
    /// What is remembered of the documents of these sources, which are named once, by their places here; nothing of a source
    /// never seen.
    fn documents_of(&self, sources: &[SourceId]) -> impl Future<Output = Result<Recall>> + Send;

    /// Notes how it stands with documents, and leaves the rest of their states: before requests go out, and after answers
    /// that brought nothing new.
    fn note_pulses(&self, beats: Vec<Beat>) -> impl Future<Output = Result<()>> + Send;

    /// For each question, which of its keys belong to articles of its document, and what is known of those articles.
    fn known_of(
        &self,
        questions: Vec<(DocumentKey, BTreeSet<Key>)>,
    ) -> impl Future<Output = Result<Vec<Known>>> + Send;

    /// Writes the outcomes of documents: their states, what they say of themselves, and the changes to their articles;
    /// of each document all or nothing. Fails where a change does not fit what is stored (a key taken, a revision that is
    /// not the next): somebody else wrote meanwhile. The other documents are written then all the same; whatever else
    /// goes wrong, none is. An id is made of its article's first key, so that ids need no look of their own.
    fn record_all(&self, updates: Vec<DocumentUpdate>) -> impl Future<Output = Result<()>> + Send;

    /// Articles, newest first by publication date, then by id; each once.
    fn articles(&self, query: ArticleQuery) -> impl Future<Output = Result<Vec<Article>>> + Send;

    /// What `work` makes of the articles that [`Store::articles`] gives, each once and in no order: it gets them as they are
    /// read, so that they need not all be in memory at once.
    fn sift<T: Send + 'static>(
        &self,
        query: ArticleQuery,
        work: impl FnOnce(&mut dyn Iterator<Item = Article>) -> T + Send + 'static,
    ) -> impl Future<Output = Result<T>> + Send {
        let articles = self.articles(query);
        async move { Ok(work(&mut articles.await?.into_iter())) }
    }

    /// The articles whose normalised link, guid or id this is, of any document, in the order of their ids.
    fn find(&self, wanted: &Wanted) -> impl Future<Output = Result<Vec<ArticleId>>> + Send;

    /// The revisions of articles, oldest first, the present one last: of each the first and the newest
    /// [`REVISIONS_KEPT`]. An article that is not in the store is left out.
    fn histories(
        &self,
        ids: &[ArticleId],
    ) -> impl Future<Output = Result<BTreeMap<ArticleId, Vec<Revision>>>> + Send;

    /// For each document, its articles in the order of the last reading whose order was kept.
    fn readings_of(
        &self,
        documents: &[DocumentKey],
    ) -> impl Future<Output = Result<Vec<Vec<ArticleId>>>> + Send;

    /// What has entered an output feed so far, by article.
    fn published(
        &self,
        feed: &FeedId,
    ) -> impl Future<Output = Result<BTreeMap<ArticleId, Publication>>> + Send;

    /// Notes that articles entered an output feed; an article that is noted already keeps its first note, one that is
    /// not in the store is passed over.
    fn note_published(
        &self,
        feed: &FeedId,
        entered: &BTreeMap<ArticleId, Publication>,
    ) -> impl Future<Output = Result<()>> + Send;

    /// The edition that stands. `None` before the first one, and once articles, their words, what documents say of themselves
    /// or what entered a feed have been written since.
    fn standing(&self) -> impl Future<Output = Result<Option<Standing>>> + Send;

    /// Remembers the edition that stands.
    fn keep_standing(&self, standing: &Standing) -> impl Future<Output = Result<()>> + Send;

    /// Makes the remembered hand decisions equal to these; one that stays keeps its date. Returns all with their dates,
    /// in their own order, each once.
    fn keep_decisions(
        &self,
        decisions: &[HandDecision],
        now: DateTime<Utc>,
    ) -> impl Future<Output = Result<Vec<(HandDecision, DateTime<Utc>)>>> + Send;

    /// How many articles each source has, for `status`; a source without any is left out.
    fn counts(&self) -> impl Future<Output = Result<BTreeMap<SourceId, u64>>> + Send;

    /// How many articles of each source are withdrawn; a source without any is left out.
    fn withdrawn(&self) -> impl Future<Output = Result<BTreeMap<SourceId, u64>>> + Send;

    /// What is remembered of the documents of every source, and what they say of themselves, in one go.
    fn every_document(
        &self,
    ) -> impl Future<Output = Result<BTreeMap<DocumentKey, (DocumentState, About)>>> + Send;

    /// What is remembered of robots.txt, by origin.
    fn robots(&self) -> impl Future<Output = Result<BTreeMap<String, RobotsNote>>> + Send;

    /// Remembers what an origin's robots.txt says.
    fn note_robots(&self, origin: &str, note: &RobotsNote) -> impl Future<Output = Result<()>> + Send;

    /// The pages that wait and may be asked for at `now`: of each of these sources the newest articles', at most `limit`.
    /// Those of withdrawn articles wait on.
    fn waiting_pages(
        &self,
        sources: &[SourceId],
        now: DateTime<Utc>,
        limit: usize,
    ) -> impl Future<Output = Result<Vec<WaitingPage>>> + Send;

    /// Puts the waiting pages of these articles off until `next_at`.
    fn put_off_pages(
        &self,
        articles: &[ArticleId],
        next_at: DateTime<Utc>,
    ) -> impl Future<Output = Result<()>> + Send;

    /// Writes what came of pages. Words take the place of those of the present revision, and what the feed itself says is
    /// kept beside them; an article that has another revision by now is left as it is, and its page waits on.
    fn record_pages(&self, updates: Vec<PageUpdate>) -> impl Future<Output = Result<()>> + Send;

    /// What the feed itself says, of those of these articles whose words are completed by their pages'.
    fn own_words(
        &self,
        ids: &[ArticleId],
    ) -> impl Future<Output = Result<BTreeMap<ArticleId, ArticleBody>>> + Send;

    /// How it stands with the pages of these articles; one whose page nobody wants is left out.
    fn page_notes(
        &self,
        ids: &[ArticleId],
    ) -> impl Future<Output = Result<BTreeMap<ArticleId, PageNote>>> + Send;

    /// How many pages of each source wait, and have failed; a source without either is left out.
    fn page_counts(&self) -> impl Future<Output = Result<BTreeMap<SourceId, PageCounts>>> + Send;

    /// What is known of the blocks of text on a host's pages.
    fn host_blocks(&self, host: &str) -> impl Future<Output = Result<HostBlocks>> + Send;

    /// Remembers the blocks of text on a host's pages.
    fn note_host_blocks(&self, host: &str, blocks: &HostBlocks) -> impl Future<Output = Result<()>> + Send;

    /// [`Store::documents_of`] one source, by scope; empty for a source never seen.
    fn documents(
        &self,
        source: &SourceId,
    ) -> impl Future<Output = Result<BTreeMap<String, DocumentState>>> + Send {
        let of_one = self.documents_of(std::slice::from_ref(source));
        async move {
            let recall = of_one.await?;
            let documents = recall.of(0);
            Ok(documents.map(|document| (document.scope.to_owned(), document.state.into_owned())).collect())
        }
    }

    /// [`Store::histories`] of one article; empty for one that is not in the store.
    fn revisions(&self, id: ArticleId) -> impl Future<Output = Result<Vec<Revision>>> + Send {
        async move { Ok(self.histories(&[id]).await?.remove(&id).unwrap_or_default()) }
    }

    /// [`Store::known_of`] one document.
    fn known(
        &self,
        document: &DocumentKey,
        keys: &BTreeSet<Key>,
    ) -> impl Future<Output = Result<Known>> + Send {
        let of_one = self.known_of(vec![(document.clone(), keys.clone())]);
        async move { Ok(of_one.await?.pop().unwrap_or_default()) }
    }

    /// [`Store::record_all`] of one document.
    fn record(&self, update: DocumentUpdate) -> impl Future<Output = Result<()>> + Send {
        self.record_all(vec![update])
    }
}

/// The newest revisions of an article that are kept, the present one among them. The first one is kept too; a text that is
/// another at each fetch would else fill the store.
pub const REVISIONS_KEPT: u32 = 20;

/// A result of the store; within one, of its own errors.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// One document of one source: see [`crate::model::Origin`] for `scope`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentKey {
    /// The source in `config.toml`.
    pub source: SourceId,
    /// Which document of it.
    pub scope: String,
}

/// What is remembered of a document between runs; `S` is how its texts are held.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DocumentState<S = String> {
    /// Where it is asked for, as the config says: all else is remembered of this address, and dropped with it.
    pub url: Option<S>,
    /// As received, byte for byte.
    pub etag: Option<S>,
    /// As received, byte for byte.
    pub last_modified: Option<S>,
    /// Digest of the last body that was read in full, mixed with the version of the reader.
    pub body_hash: Option<S>,
    /// The last attempt.
    pub last_at: Option<DateTime<Utc>>,
    /// Not before this.
    pub next_at: Option<DateTime<Utc>>,
    /// The last time it was read, or found unchanged.
    pub last_ok: Option<DateTime<Utc>>,
    /// Failures in a row.
    pub failures: u32,
    /// What went wrong in the last attempt; without a failure, what is doubtful about the document: it has no entries
    /// any more.
    pub error: Option<S>,
    /// Entries in the last document read; one that lost them all does not count.
    pub entries: u32,
    /// Whether it is a web page with microformats: see [`About::is_page`].
    pub is_page: bool,
    /// The URL that gave `etag` and `last_modified`, the end of the chain that began at `url` then: they are sent to no
    /// other.
    pub validators_of: Option<S>,
    /// Where `url` has moved for good (301, 308), once a document was read there: asked instead of it.
    pub moved_to: Option<S>,
    /// Since when the server says that it is gone (410): it is not asked any more.
    pub gone_since: Option<DateTime<Utc>>,
    /// The server wants no request before this (`Retry-After`), not even an early one.
    pub wait_until: Option<DateTime<Utc>>,
    /// How often it changes.
    pub rhythm: Rhythm,
    /// What it has cost its server so far.
    pub traffic: Traffic,
    /// Articles that were missing between their neighbours when it was last read, and may be withdrawn.
    pub missing: Vec<Missing>,
}

/// An article that a document has left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missing {
    /// Which.
    pub article: ArticleId,
    /// Since when.
    pub since: DateTime<Utc>,
}

/// The outcome of asking for one document.
#[derive(Debug, Clone)]
pub struct DocumentUpdate {
    /// Which.
    pub document: DocumentKey,
    /// The whole new state.
    pub state: DocumentState,
    /// What it says of itself; `None` leaves what is known of that.
    pub about: Option<About>,
    /// Changes to its articles, as decided.
    pub changes: Vec<Change>,
    /// Its articles in the order of this reading; `None` leaves what is known of that.
    pub order: Option<Vec<ArticleId>>,
    /// The pages of its articles that are to be read.
    pub pages: Vec<PageWish>,
}

impl DocumentUpdate {
    /// A new state, and no changes.
    #[must_use]
    pub fn of_state(document: DocumentKey, state: DocumentState) -> Self {
        Self { document, state, about: None, changes: Vec::new(), order: None, pages: Vec::new() }
    }
}

/// Which articles.
#[derive(Debug, Clone, Default)]
pub struct ArticleQuery {
    /// Of these sources; empty: of all.
    pub sources: Vec<SourceId>,
    /// Published at or after this.
    pub since: Option<DateTime<Utc>>,
    /// These too, whatever their source and date.
    pub also: Vec<ArticleId>,
    /// At most this many of what `sources` and `since` give.
    pub limit: Option<usize>,
    /// Whether to load the bodies; without, every `body.content` is `None`.
    pub content: bool,
}

impl ArticleQuery {
    /// Just these articles, with their bodies.
    #[must_use]
    pub fn only(ids: Vec<ArticleId>) -> Self {
        Self { also: ids, limit: Some(0), content: true, ..Self::default() }
    }
}

/// What a person may call an article by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// Its short id.
    Id(ArticleId),
    /// Its link or guid, as keys of any source.
    Keys(Vec<Key>),
}

/// Why the store could not do it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The folder or file cannot be opened or made.
    #[error("cannot open the store {path}: {cause}")]
    Open {
        /// The file.
        path: String,
        /// What the system says.
        cause: String,
    },
    /// A newer Feedmill wrote it.
    #[error(
        "the store {path} has schema {found}, this Feedmill knows {known}: use the newer Feedmill that wrote it, \
         or point `store` at another file"
    )]
    Newer {
        /// The file.
        path: String,
        /// Its schema.
        found: u32,
        /// The newest schema this program knows.
        known: u32,
    },
    /// The file is no database of Feedmill's, or is damaged.
    #[error(
        "the store {path} cannot be read: {cause}; move it away, its -wal too, and put a backup in its place or run again: \
         the sources fill a new one (docs/guide/recovery.md)"
    )]
    Damaged {
        /// The file.
        path: String,
        /// What the database says.
        cause: String,
    },
    /// A statement failed.
    #[error("the store {path} failed at {action}: {cause}")]
    Failed {
        /// The file.
        path: String,
        /// Which operation of the contract.
        action: &'static str,
        /// What the database says.
        cause: String,
    },
}
