//! Reading articles.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use rusqlite::{Rows, Transaction, params};

use super::blocks::Shelf;
use super::codec::{Columns, basis_from_sql, column, flood_from_sql, id_from_sql, to_json};
use super::documents;
use super::fault::Fault;
use super::ids;
use crate::model::{Article, ArticleId, Origin, Revision, SourceId};
use crate::store::ArticleQuery;

pub(super) fn articles(db: &Transaction<'_>, query: &ArticleQuery) -> Result<Vec<Article>, Fault> {
    let mut articles: Vec<Article> = sift(db, query, |articles| articles.collect())?;
    articles.sort_unstable_by(in_order);
    Ok(articles)
}

/// What `work` makes of the articles, as they are read.
pub(super) fn sift<T>(
    db: &Transaction<'_>,
    query: &ArticleQuery,
    work: impl FnOnce(&mut dyn Iterator<Item = Article>) -> T,
) -> Result<T, Fault> {
    let mut reader = Reader::new(db, query.content)?;
    let also: HashSet<ArticleId> = query.also.iter().copied().collect();
    let documents = some_documents(db, &query.sources)?;
    let since = query.since.map_or(i64::MIN, |since| since.timestamp_millis());
    let limit = query.limit.map_or(-1, |limit| i64::try_from(limit).unwrap_or(i64::MAX));
    let mut newest = db.prepare_cached(&newest(documents.as_ref(), query.limit.is_some()))?;
    let mut newest = (limit != 0).then(|| newest.query(params![since, limit, documents])).transpose()?;
    let mut named = db.prepare_cached(&named())?;
    let mut named = named.query([ids::rows_to_sql(db, &query.also)?])?;
    let mut next = || {
        if let Some(article) = reader.next(&mut named)? {
            return Ok(Some(article));
        }
        while let Some(newest) = &mut newest {
            match reader.next(newest)? {
                Some(article) if also.contains(&article.id) => {}
                article => return Ok(article),
            }
        }
        Ok(None)
    };
    let mut outcome: Result<(), Fault> = Ok(());
    let read = std::iter::from_fn(|| {
        next().unwrap_or_else(|fault| {
            outcome = Err(fault);
            None
        })
    });
    let made = work(&mut read.fuse());
    outcome.map(|()| made)
}

struct Reader<'a> {
    db: &'a Transaction<'a>,
    shelf: Shelf<'a>,
    content: bool,
    origins: HashMap<i64, Arc<Origin>>,
}

impl<'a> Reader<'a> {
    fn new(db: &'a Transaction<'a>, content: bool) -> Result<Self, Fault> {
        Ok(Self { db, shelf: Shelf::new(db)?, content, origins: HashMap::new() })
    }

    fn next(&mut self, rows: &mut Rows<'_>) -> Result<Option<Article>, Fault> {
        match rows.next()? {
            Some(row) => self.article(&mut Columns::of(row)).map(Some),
            None => Ok(None),
        }
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

/// The newest of these documents, which are parameter 3; published at or after 1, at most 2.
///
/// The index gives which rows to read, and these are put in the order of their blocks first, so that each is unpacked once:
/// SQLite would else sort the rows with all they hold.
fn newest(documents: Option<&String>, is_limited: bool) -> String {
    let which = match documents {
        None => "SELECT pk FROM documents WHERE ?3 IS NULL",
        Some(_) => "SELECT value FROM json_each(?3)",
    };
    let order = if is_limited { "ORDER BY published DESC, id" } else { "" };
    select(&format!(
        "(SELECT b.pk FROM
            (SELECT pk FROM articles INDEXED BY articles_by_document
             WHERE document IN ({which}) AND published >= ?1 {order} LIMIT ?2) AS newest
          CROSS JOIN articles b ON b.pk = newest.pk ORDER BY b.block LIMIT -1) AS wanted
         CROSS JOIN articles a ON a.pk = wanted.pk"
    ))
}

fn named() -> String {
    select("articles a WHERE a.pk IN (SELECT value FROM json_each(?1)) ORDER BY a.block")
}

fn select(wanted: &str) -> String {
    format!(
        "SELECT a.id, a.document, a.guid, a.is_permalink, a.block, a.start, a.headed, a.bodied, a.published, a.basis,
                a.updated, a.first_seen, a.revision, a.flood, a.withdrawn, a.withdrawal
         FROM {wanted}"
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
