//! Reading articles.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use rusqlite::{Rows, Transaction, params};

use super::blocks::Shelf;
use super::codec::{Columns, basis_from_sql, column, flood_from_sql, id_from_sql, to_json};
use super::documents;
use super::fault::Fault;
use super::ids;
use crate::model::{Article, ArticleId, Origin, Revision, SafeHtml, SourceId};
use crate::store::ArticleQuery;

pub(super) fn articles(db: &Transaction<'_>, query: &ArticleQuery) -> Result<Vec<Article>, Fault> {
    let mut reader = Reader::new(db, query.content)?;
    if query.limit != Some(0) {
        reader.newest(query)?;
    }
    if !query.also.is_empty() {
        reader.these(&query.also)?;
    }
    Ok(reader.articles)
}

struct Reader<'a> {
    db: &'a Transaction<'a>,
    shelf: Shelf<'a>,
    content: bool,
    origins: HashMap<i64, Arc<Origin>>,
    articles: Vec<Article>,
}

impl<'a> Reader<'a> {
    fn new(db: &'a Transaction<'a>, content: bool) -> Result<Self, Fault> {
        Ok(Self { db, shelf: Shelf::new(db)?, content, origins: HashMap::new(), articles: Vec::new() })
    }

    /// The index gives which rows to read; SQLite would else sort the rows with all they hold.
    fn newest(&mut self, query: &ArticleQuery) -> Result<(), Fault> {
        let documents = some_documents(self.db, &query.sources)?;
        let which = match documents {
            None => "SELECT pk FROM documents WHERE ?3 IS NULL",
            Some(_) => "SELECT value FROM json_each(?3)",
        };
        let order = if query.limit.is_some() { "ORDER BY published DESC, id" } else { "" };
        let wanted = format!(
            "(SELECT pk FROM articles INDEXED BY articles_by_document
              WHERE document IN ({which}) AND published >= ?1 {order} LIMIT ?2) AS wanted
             CROSS JOIN articles a ON a.pk = wanted.pk"
        );
        let since = query.since.map_or(i64::MIN, |since| since.timestamp_millis());
        let limit = query.limit.map_or(-1, |limit| i64::try_from(limit).unwrap_or(i64::MAX));
        let mut statement = self.db.prepare_cached(&select(&wanted))?;
        self.add(statement.query(params![since, limit, documents])?)?;
        self.articles.sort_unstable_by(in_order);
        Ok(())
    }

    fn these(&mut self, ids: &[ArticleId]) -> Result<(), Fault> {
        let there: BTreeSet<ArticleId> = self.articles.iter().map(|article| article.id).collect();
        let missing: Vec<ArticleId> = ids.iter().copied().filter(|id| !there.contains(id)).collect();
        let wanted = "articles a WHERE a.pk IN (SELECT value FROM json_each(?1))";
        let mut statement = self.db.prepare_cached(&select(wanted))?;
        self.add(statement.query([ids::rows_to_sql(self.db, &missing)?])?)?;
        self.articles.sort_unstable_by(in_order);
        Ok(())
    }

    fn add(&mut self, mut rows: Rows<'_>) -> Result<(), Fault> {
        while let Some(row) = rows.next()? {
            let article = self.article(&mut Columns::of(row))?;
            self.articles.push(article);
        }
        Ok(())
    }

    /// The article in a row of [`select`].
    fn article(&mut self, columns: &mut Columns<'_>) -> Result<Article, Fault> {
        Ok(Article {
            id: id_from_sql(columns.take()?),
            origin: self.origin(columns.take()?)?,
            guid: columns.guid()?,
            body: self.shelf.body(columns, self.content)?,
            published: columns.time()?,
            date_basis: basis_from_sql(columns.take()?)?,
            updated: columns.maybe_time()?,
            first_seen: columns.time()?,
            revision: columns.take()?,
            flood: flood_from_sql(columns.take()?)?,
            withdrawn: columns.withdrawal()?,
        })
    }

    fn origin(&mut self, document: i64) -> Result<Arc<Origin>, Fault> {
        if let Some(origin) = self.origins.get(&document) {
            return Ok(Arc::clone(origin));
        }
        let origin = documents::origin(self.db, document)?;
        self.origins.insert(document, Arc::clone(&origin));
        Ok(origin)
    }
}

/// In the order of the blocks, so that each is unpacked once.
fn select(wanted: &str) -> String {
    format!(
        "SELECT a.id, a.document, a.guid, a.is_permalink, a.block, a.start, a.headed, a.bodied, a.published, a.basis,
                a.updated, a.first_seen, a.revision, a.flood, a.withdrawn, a.withdrawal
         FROM {wanted} ORDER BY a.block"
    )
}

/// The contract's order: newest first, then by id.
fn in_order(one: &Article, other: &Article) -> std::cmp::Ordering {
    other.published.cmp(&one.published).then(one.id.cmp(&other.id))
}

/// The documents of these sources as one parameter; `None`: all there are.
fn some_documents(db: &Transaction<'_>, sources: &[SourceId]) -> Result<Option<String>, Fault> {
    if sources.is_empty() {
        return Ok(None);
    }
    let mut statement =
        db.prepare_cached("SELECT pk FROM documents WHERE source IN (SELECT value FROM json_each(?1))")?;
    let documents: Vec<i64> = column(statement.query([to_json("sources", &sources)?])?)?;
    let others = "SELECT count(*) > ?1 FROM documents";
    let others: bool = db.prepare_cached(others)?.query_one([documents.len() as i64], |row| row.get(0))?;
    others.then(|| to_json("documents", &documents)).transpose()
}

pub(super) fn contents(
    db: &Transaction<'_>,
    ids: &[ArticleId],
) -> Result<BTreeMap<ArticleId, SafeHtml>, Fault> {
    let mut statement = db.prepare_cached(
        "SELECT a.id, a.block, a.start, a.headed, a.bodied
         FROM json_each(?1) wanted JOIN articles a ON a.pk = wanted.value
         WHERE a.bodied IS NOT NULL ORDER BY a.block",
    )?;
    let shelf = Shelf::new(db)?;
    let mut rows = statement.query([ids::rows_to_sql(db, ids)?])?;
    let mut contents = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::of(row);
        let id = id_from_sql(columns.take()?);
        contents.extend(shelf.content(&mut columns)?.map(|html| (id, html)));
    }
    Ok(contents)
}

pub(super) fn histories(
    db: &Transaction<'_>,
    ids: &[ArticleId],
) -> Result<BTreeMap<ArticleId, Vec<Revision>>, Fault> {
    let mut statement = db.prepare_cached(
        "SELECT a.id, r.number, r.seen, r.block, r.start, r.headed, r.bodied, r.published, r.updated, r.corrected
         FROM json_each(?1) wanted JOIN articles a ON a.pk = wanted.value JOIN revisions r ON r.article = a.pk
         UNION ALL
         SELECT a.id, a.revision, a.seen, a.block, a.start, a.headed, a.bodied, a.published, a.updated, a.corrected
         FROM json_each(?1) wanted JOIN articles a ON a.pk = wanted.value
         ORDER BY 1, 2",
    )?;
    let shelf = Shelf::new(db)?;
    let mut rows = statement.query([ids::rows_to_sql(db, ids)?])?;
    let mut histories: BTreeMap<ArticleId, Vec<Revision>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::of(row);
        histories.entry(id_from_sql(columns.take()?)).or_default().push(Revision {
            number: columns.take()?,
            seen: columns.time()?,
            body: shelf.body(&mut columns, true)?,
            published: columns.maybe_time()?,
            updated: columns.maybe_time()?,
            is_correction: columns.take()?,
        });
    }
    Ok(histories)
}
