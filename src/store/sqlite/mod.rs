//! SQLite behind the contract: one file, WAL, one connection. Statements run one after the other, on a thread that does
//! nothing else.

mod blocks;
mod codec;
mod digests;
mod documents;
mod fault;
mod hands;
mod head;
mod ids;
mod keeper;
mod known;
mod marks;
mod names;
mod open;
mod pages;
mod pulses;
mod read;
#[cfg(test)]
mod tests;
mod traffic;
mod write;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::{
    ArticleQuery, Beat, DocumentKey, DocumentState, DocumentUpdate, HandDecision, HostBlocks, PageCounts,
    PageNote, PageUpdate, Publication, Recall, Result, RobotsNote, Standing, Store, WaitingPage, Wanted,
};
use crate::ingest::decide::Known;
use crate::model::{About, Article, ArticleBody, ArticleId, FeedId, Key, Revision, SourceId};
use fault::Fault;
use keeper::Keeper;

/// A store in one SQLite file. Clones share the connection.
#[derive(Debug, Clone)]
pub struct Sqlite {
    keeper: Arc<Keeper>,
    /// For messages.
    path: Arc<str>,
}

impl Sqlite {
    /// Opens the store in a file, making folders and file where there are none and bringing an older schema up to date.
    ///
    /// # Errors
    /// [`StoreError::Open`](super::StoreError::Open) if it cannot be opened or made,
    /// [`StoreError::Newer`](super::StoreError::Newer) if a newer Feedmill wrote it,
    /// [`StoreError::Damaged`](super::StoreError::Damaged) if it is no store of Feedmill's; such a file is left as it is.
    pub fn open(path: &Path) -> Result<Self> {
        let name = path.display().to_string();
        open::file(path)
            .and_then(|connection| Self::new(connection, &name))
            .map_err(|fault| fault.on_opening(name))
    }

    /// A copy of the store in a file, in memory: what is written to it is gone with its last clone. Empty where there is
    /// no file.
    ///
    /// # Errors
    /// As [`Sqlite::open`]; the file is left as it is.
    pub fn open_copy(path: &Path) -> Result<Self> {
        let name = path.display().to_string();
        open::copy(path)
            .and_then(|connection| Self::new(connection, &name))
            .map_err(|fault| fault.on_opening(name))
    }

    /// A store that lives as long as its last clone.
    ///
    /// # Errors
    /// [`StoreError::Open`](super::StoreError::Open).
    pub fn open_in_memory() -> Result<Self> {
        const NAME: &str = "in memory";
        let opened = open::memory().and_then(|connection| Self::new(connection, NAME));
        opened.map_err(|fault| fault.on_opening(NAME.to_owned()))
    }

    fn new(connection: Connection, path: &str) -> Result<Self, Fault> {
        let keeper = Arc::new(Keeper::new(connection).map_err(Fault::Thread)?);
        Ok(Self { keeper, path: Arc::from(path) })
    }

    /// Runs statements in one transaction that sees one state of the store.
    async fn read<T: Send + 'static>(
        &self,
        action: &'static str,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T> {
        self.transact(action, TransactionBehavior::Deferred, work).await
    }

    /// Runs statements in one transaction that waits for its turn to write, and happens whole or not at all.
    async fn write<T: Send + 'static>(
        &self,
        action: &'static str,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T> {
        self.transact(action, TransactionBehavior::Immediate, work).await
    }

    async fn transact<T: Send + 'static>(
        &self,
        action: &'static str,
        behavior: TransactionBehavior,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T> {
        self.attempt(behavior, work).await.map_err(|fault| fault.in_action(&self.path, action))
    }

    async fn attempt<T: Send + 'static>(
        &self,
        behavior: TransactionBehavior,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let transact = move |connection: &mut Connection| {
            let transaction = connection.transaction_with_behavior(behavior)?;
            let outcome = work(&transaction)?;
            transaction.commit()?;
            Ok(outcome)
        };
        self.keeper.ask(transact).await?
    }

    /// Writes each outcome in a transaction of its own, whatever becomes of the others.
    async fn record_each(&self, updates: &Arc<[DocumentUpdate]>) -> Result<()> {
        let mut outcome = Ok(());
        for place in 0..updates.len() {
            let updates = Arc::clone(updates);
            let one = move |db: &Transaction<'_>| write::record_all(db, &updates[place..=place]);
            let written = self.write("record_all", one).await;
            outcome = outcome.and(written);
        }
        outcome
    }
}

impl Store for Sqlite {
    async fn documents_of(&self, sources: &[SourceId]) -> Result<Recall> {
        let sources = sources.to_vec();
        self.read("documents_of", move |db| documents::of_sources(db, &sources)).await
    }

    async fn note_pulses(&self, beats: Vec<Beat>) -> Result<()> {
        self.write("note_pulses", move |db| pulses::note(db, &beats)).await
    }

    async fn known_of(&self, questions: Vec<(DocumentKey, BTreeSet<Key>)>) -> Result<Vec<Known>> {
        self.read("known_of", move |db| {
            questions.iter().map(|(document, keys)| known::known(db, document, keys)).collect()
        })
        .await
    }

    async fn record_all(&self, updates: Vec<DocumentUpdate>) -> Result<()> {
        let updates: Arc<[DocumentUpdate]> = Arc::from(updates);
        let all = Arc::clone(&updates);
        match self.attempt(TransactionBehavior::Immediate, move |db| write::record_all(db, &all)).await {
            Err(fault) if fault.is_misfit() => self.record_each(&updates).await,
            written => written.map_err(|fault| fault.in_action(&self.path, "record_all")),
        }
    }

    async fn articles(&self, query: ArticleQuery) -> Result<Vec<Article>> {
        self.read("articles", move |db| read::articles(db, &query)).await
    }

    async fn sift<T: Send + 'static>(
        &self,
        query: ArticleQuery,
        work: impl FnOnce(&mut dyn Iterator<Item = Article>) -> T + Send + 'static,
    ) -> Result<T> {
        self.read("articles", move |db| read::sift(db, &query, work)).await
    }

    async fn find(&self, wanted: &Wanted) -> Result<Vec<ArticleId>> {
        let wanted = wanted.clone();
        self.read("find", move |db| known::find(db, &wanted)).await
    }

    async fn histories(&self, ids: &[ArticleId]) -> Result<BTreeMap<ArticleId, Vec<Revision>>> {
        let ids = ids.to_vec();
        self.read("histories", move |db| read::histories(db, &ids)).await
    }

    async fn readings_of(&self, documents: &[DocumentKey]) -> Result<Vec<Vec<ArticleId>>> {
        let documents = documents.to_vec();
        self.read("readings_of", move |db| {
            documents.iter().map(|document| marks::reading(db, document)).collect()
        })
        .await
    }

    async fn published(&self, feed: &FeedId) -> Result<BTreeMap<ArticleId, Publication>> {
        let feed = feed.clone();
        self.read("published", move |db| hands::published(db, &feed)).await
    }

    async fn note_published(&self, feed: &FeedId, entered: &BTreeMap<ArticleId, Publication>) -> Result<()> {
        let (feed, entered) = (feed.clone(), entered.clone());
        self.write("note_published", move |db| hands::note_published(db, &feed, &entered)).await
    }

    async fn standing(&self) -> Result<Option<Standing>> {
        self.read("standing", hands::standing).await
    }

    async fn keep_standing(&self, standing: &Standing) -> Result<()> {
        let standing = standing.clone();
        self.write("keep_standing", move |db| hands::keep_standing(db, &standing)).await
    }

    async fn keep_decisions(
        &self,
        decisions: &[HandDecision],
        now: DateTime<Utc>,
    ) -> Result<Vec<(HandDecision, DateTime<Utc>)>> {
        let decisions = decisions.to_vec();
        self.write("keep_decisions", move |db| hands::keep_decisions(db, &decisions, now)).await
    }

    async fn counts(&self) -> Result<BTreeMap<SourceId, u64>> {
        self.read("counts", documents::counts).await
    }

    async fn withdrawn(&self) -> Result<BTreeMap<SourceId, u64>> {
        self.read("withdrawn", marks::counts).await
    }

    async fn every_document(&self) -> Result<BTreeMap<DocumentKey, (DocumentState, About)>> {
        self.read("every_document", documents::every).await
    }

    async fn robots(&self) -> Result<BTreeMap<String, RobotsNote>> {
        self.read("robots", traffic::robots).await
    }

    async fn note_robots(&self, origin: &str, note: &RobotsNote) -> Result<()> {
        let (origin, note) = (origin.to_owned(), note.clone());
        self.write("note_robots", move |db| traffic::note_robots(db, &origin, &note)).await
    }

    async fn waiting_pages(
        &self,
        sources: &[SourceId],
        now: DateTime<Utc>,
        limit: usize,
    ) -> Result<Vec<WaitingPage>> {
        let sources = sources.to_vec();
        self.read("waiting_pages", move |db| pages::waiting(db, &sources, now, limit)).await
    }

    async fn put_off_pages(&self, articles: &[ArticleId], next_at: DateTime<Utc>) -> Result<()> {
        let articles = articles.to_vec();
        self.write("put_off_pages", move |db| pages::put_off(db, &articles, next_at)).await
    }

    async fn record_pages(&self, updates: Vec<PageUpdate>) -> Result<()> {
        self.write("record_pages", move |db| pages::record(db, &updates)).await
    }

    async fn own_words(&self, ids: &[ArticleId]) -> Result<BTreeMap<ArticleId, ArticleBody>> {
        let ids = ids.to_vec();
        self.read("own_words", move |db| pages::own_words(db, &ids)).await
    }

    async fn page_notes(&self, ids: &[ArticleId]) -> Result<BTreeMap<ArticleId, PageNote>> {
        let ids = ids.to_vec();
        self.read("page_notes", move |db| pages::notes(db, &ids)).await
    }

    async fn page_counts(&self) -> Result<BTreeMap<SourceId, PageCounts>> {
        self.read("page_counts", pages::counts).await
    }

    async fn host_blocks(&self, host: &str) -> Result<HostBlocks> {
        let host = host.to_owned();
        self.read("host_blocks", move |db| pages::host_blocks(db, &host)).await
    }

    async fn note_host_blocks(&self, host: &str, blocks: &HostBlocks) -> Result<()> {
        let (host, blocks) = (host.to_owned(), blocks.clone());
        self.write("note_host_blocks", move |db| pages::note_host_blocks(db, &host, &blocks)).await
    }
}
