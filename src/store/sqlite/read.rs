//! Reading articles.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use rusqlite::{Row, Rows, Transaction, params};

use super::blocks::Shelf;
use super::codec::{
    basis_from_sql, column, flood_from_sql, guid, id_from_sql, ids_to_sql, maybe_time, time, to_json,
    withdrawal,
};
use super::documents;
use super::fault::Fault;
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
            None => "articles INDEXED BY articles_by_date WHERE ?3 IS NULL",
            Some(_) => {
                "articles INDEXED BY articles_by_document WHERE document IN (SELECT value FROM json_each(?3))"
            }
        };
        let wanted = format!(
            "(SELECT pk FROM {which} AND published >= ?1 ORDER BY published DESC, id LIMIT ?2) AS wanted
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
        let wanted = "articles a WHERE a.id IN (SELECT value FROM json_each(?1))";
        let mut statement = self.db.prepare_cached(&select(wanted))?;
        self.add(statement.query([ids_to_sql(&missing)?])?)?;
        self.articles.sort_unstable_by(in_order);
        Ok(())
    }

    fn add(&mut self, mut rows: Rows<'_>) -> Result<(), Fault> {
        while let Some(row) = rows.next()? {
            let article = self.article(row)?;
            self.articles.push(article);
        }
        Ok(())
    }

    fn article(&mut self, row: &Row<'_>) -> Result<Article, Fault> {
        let document = row.get("document")?;
        let origin = match self.origins.get(&document) {
            Some(origin) => Arc::clone(origin),
            None => Arc::clone(self.origins.entry(document).or_insert(documents::origin(self.db, document)?)),
        };
        Ok(Article {
            id: id_from_sql(row.get("id")?),
            origin,
            guid: guid(row)?,
            body: self.shelf.body(row, self.content)?,
            published: time(row.get("published")?)?,
            date_basis: basis_from_sql(row.get("basis")?)?,
            updated: maybe_time(row.get("updated")?)?,
            first_seen: time(row.get("first_seen")?)?,
            revision: row.get("revision")?,
            flood: flood_from_sql(row.get("flood")?)?,
            withdrawn: withdrawal(row)?,
        })
    }
}

/// In the order of the blocks, so that each is unpacked once.
fn select(wanted: &str) -> String {
    format!("SELECT a.* FROM {wanted} ORDER BY a.block")
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
         FROM json_each(?1) wanted JOIN articles a ON a.id = wanted.value
         WHERE a.bodied IS NOT NULL ORDER BY a.block",
    )?;
    let shelf = Shelf::new(db)?;
    let mut rows = statement.query([ids_to_sql(ids)?])?;
    let mut contents = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let id = id_from_sql(row.get(0)?);
        contents.extend(shelf.content(row)?.map(|html| (id, html)));
    }
    Ok(contents)
}

pub(super) fn histories(
    db: &Transaction<'_>,
    ids: &[ArticleId],
) -> Result<BTreeMap<ArticleId, Vec<Revision>>, Fault> {
    let mut statement = db.prepare_cached(
        "SELECT a.id AS id, r.number AS number, r.seen AS seen, r.block AS block, r.start AS start, r.headed AS headed,
                r.bodied AS bodied, r.published AS published, r.updated AS updated, r.corrected AS corrected
         FROM json_each(?1) wanted JOIN articles a ON a.id = wanted.value JOIN revisions r ON r.article = a.pk
         UNION ALL
         SELECT a.id, a.revision, a.seen, a.block, a.start, a.headed, a.bodied, a.published, a.updated, a.corrected
         FROM json_each(?1) wanted JOIN articles a ON a.id = wanted.value
         ORDER BY 1, 2",
    )?;
    let shelf = Shelf::new(db)?;
    let mut rows = statement.query([ids_to_sql(ids)?])?;
    let mut histories: BTreeMap<ArticleId, Vec<Revision>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        histories.entry(id_from_sql(row.get("id")?)).or_default().push(Revision {
            number: row.get("number")?,
            seen: time(row.get("seen")?)?,
            body: shelf.body(row, true)?,
            published: maybe_time(row.get("published")?)?,
            updated: maybe_time(row.get("updated")?)?,
            is_correction: row.get("corrected")?,
        });
    }
    Ok(histories)
}
