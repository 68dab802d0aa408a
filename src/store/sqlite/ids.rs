//! Ids to rows. Ids are hashes, so an index kept up with each batch of a round would be written all over by each. They
//! are added to it many at a time instead, in their order; what came since is looked for in the articles themselves.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Rows, Transaction};

use super::codec::{id_from_sql, id_to_sql, to_json};
use super::fault::Fault;
use super::names::{self, Name};
use crate::model::ArticleId;

/// So many articles are read at most to find those that are not indexed yet: some milliseconds.
const LATE: i64 = 1 << 15;
/// So many are indexed at once at most: 16 MB.
const AT_ONCE: i64 = 1 << 20;
/// Ids are names that the store itself gives to articles.
const STORE: i64 = 0;

/// The rows of articles by their ids.
pub(super) type RowsById = BTreeMap<ArticleId, i64>;

/// The rows of these articles; what is not in the store is passed over.
pub(super) fn rows(db: &Transaction<'_>, ids: &[ArticleId]) -> Result<RowsById, Fault> {
    let (mut rows, missing) = indexed(db, ids)?;
    if !missing.is_empty() {
        let mut late = db.prepare_cached("SELECT id, pk FROM articles WHERE pk > ?1")?;
        add_late(&mut rows, missing, late.query([done(db)?])?)?;
    }
    Ok(rows)
}

/// The rows of these articles of a document: of those not indexed yet only the document's are looked through.
pub(super) fn rows_within(db: &Transaction<'_>, document: i64, ids: &[ArticleId]) -> Result<RowsById, Fault> {
    let (mut rows, missing) = indexed(db, ids)?;
    if !missing.is_empty() {
        let late =
            "SELECT id, pk FROM articles INDEXED BY articles_by_document WHERE pk > ?1 AND document = ?2";
        let mut late = db.prepare_cached(late)?;
        add_late(&mut rows, missing, late.query([done(db)?, document])?)?;
    }
    Ok(rows)
}

/// The row of an article.
pub(super) fn row(db: &Transaction<'_>, id: ArticleId) -> Result<Option<i64>, Fault> {
    Ok(rows(db, &[id])?.remove(&id))
}

/// The rows of these articles as one parameter, for `json_each`.
pub(super) fn rows_to_sql(db: &Transaction<'_>, ids: &[ArticleId]) -> Result<String, Fault> {
    let rows: Vec<i64> = rows(db, ids)?.into_values().collect();
    to_json("rows", &rows)
}

/// The rows of those that are indexed, and the others.
fn indexed(db: &Transaction<'_>, ids: &[ArticleId]) -> Result<(RowsById, BTreeSet<ArticleId>), Fault> {
    let digests: Vec<i64> = ids.iter().copied().map(id_to_sql).collect();
    let (mut rows, mut missing) = (BTreeMap::new(), BTreeSet::new());
    for (id, row) in ids.iter().zip(names::find(db, STORE, &digests)?) {
        match row {
            Some(row) => _ = rows.insert(*id, row),
            None => _ = missing.insert(*id),
        }
    }
    Ok((rows, missing))
}

/// Adds those of the missing that are among these articles.
fn add_late(rows: &mut RowsById, mut missing: BTreeSet<ArticleId>, mut late: Rows<'_>) -> Result<(), Fault> {
    while let Some(row) = late.next()? {
        let id = id_from_sql(row.get(0)?);
        if missing.remove(&id) {
            rows.insert(id, row.get(1)?);
        }
    }
    Ok(())
}

/// Indexes what has come, once it is much.
pub(super) fn keep_up(db: &Transaction<'_>) -> Result<(), Fault> {
    index(db, LATE)
}

/// Indexes what has come.
pub(super) fn catch_up(db: &Transaction<'_>) -> Result<(), Fault> {
    index(db, 1)
}

/// Indexes the articles that are not yet, if they are as many as `least` (one or more).
fn index(db: &Transaction<'_>, least: i64) -> Result<(), Fault> {
    let last = "SELECT coalesce(max(pk), 0) FROM articles";
    let last: i64 = db.prepare_cached(last)?.query_one([], |row| row.get(0))?;
    // Rows count from one, whatever a damaged file says.
    let mut done = done(db)?.max(0);
    while last - done >= least {
        let end = last.min(done + AT_ONCE);
        names::add_missing(db, STORE, between(db, done, end)?)?;
        db.prepare_cached("INSERT OR REPLACE INTO indexed (one, article) VALUES (1, ?1)")?.execute([end])?;
        done = end;
    }
    Ok(())
}

/// The ids of the articles behind the first of these rows, up to the last.
fn between(db: &Transaction<'_>, first: i64, last: i64) -> Result<Vec<Name>, Fault> {
    let mut statement = db.prepare_cached("SELECT id, pk FROM articles WHERE pk > ?1 AND pk <= ?2")?;
    let mut rows = statement.query([first, last])?;
    let mut names = Vec::with_capacity(usize::try_from(last - first).unwrap_or_default());
    while let Some(row) = rows.next()? {
        names.push(Name::new(row.get(0)?, row.get(1)?)?);
    }
    Ok(names)
}

/// The articles that are not indexed yet have higher rows than this.
fn done(db: &Transaction<'_>) -> Result<i64, Fault> {
    let done = "SELECT coalesce((SELECT article FROM indexed), 0)";
    Ok(db.prepare_cached(done)?.query_one([], |row| row.get(0))?)
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::*;
    use crate::store::sqlite::open::WHOLE;

    fn store() -> Connection {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(WHOLE).unwrap();
        connection
            .execute_batch("INSERT INTO documents (pk, source, scope) VALUES (1, 'one', ''), (2, 'two', '')")
            .unwrap();
        connection
    }

    /// Adds so many articles, in both documents by turns, with ids in no order; gives how many are indexed.
    fn add(db: &Transaction<'_>, count: i64) -> i64 {
        db.prepare(
            "INSERT INTO articles (id, document, guid, is_permalink, published, basis, first_seen, revision, seen, fingerprint)
             WITH RECURSIVE numbers (n) AS (
                 SELECT coalesce(max(pk), 0) + 1 FROM articles UNION ALL SELECT n + 1 FROM numbers LIMIT ?1)
             SELECT n * 7919 % 1000003, 1 + n % 2, 'urn:x:' || n, 0, 1000, 0, 1000, 1, 1000, zeroblob(16) FROM numbers",
        )
        .unwrap()
        .execute([count])
        .unwrap();
        keep_up(db).unwrap();
        db.query_one(
            "SELECT coalesce(sum(octet_length(leaf)) / 12, 0) FROM names WHERE pk < 1 << 32",
            [],
            |row| row.get(0),
        )
        .unwrap()
    }

    fn id(row: i64) -> ArticleId {
        id_from_sql(row * 7919 % 1_000_003)
    }

    #[test]
    fn an_article_is_found_by_its_id_whether_it_is_indexed_or_not() {
        let mut connection = store();
        let db = connection.transaction().unwrap();
        for count in [0, 5, 0, 1, 4] {
            assert!(add(&db, count) <= 6);
            let last: i64 = db.query_one("SELECT count(*) FROM articles", [], |row| row.get(0)).unwrap();
            let asked: Vec<ArticleId> = (1..=last + 2).map(id).collect();
            assert_eq!(rows(&db, &asked).unwrap(), (1..=last).map(|row| (id(row), row)).collect());
            for document in [1, 2] {
                let late: Vec<ArticleId> = (done(&db).unwrap() + 1..=last + 1).map(id).collect();
                let own =
                    late.iter().zip(done(&db).unwrap() + 1..=last).filter(|(_, row)| 1 + row % 2 == document);
                let own = own.map(|(id, row)| (*id, row)).collect();
                assert_eq!(rows_within(&db, document, &late).unwrap(), own);
            }
            if count != 1 {
                catch_up(&db).unwrap();
                assert_eq!(done(&db).unwrap(), last);
            }
        }
        assert_eq!(row(&db, id(3)).unwrap(), Some(3));
        assert_eq!(row(&db, id(30)).unwrap(), None);
    }

    #[test]
    fn what_has_come_is_indexed_once_it_is_much() {
        let mut connection = store();
        let db = connection.transaction().unwrap();
        assert_eq!(add(&db, LATE - 1), 0);
        assert_eq!(add(&db, 1), LATE);
        assert_eq!(add(&db, 1), LATE);
        assert_eq!(add(&db, LATE), 2 * LATE + 1);
    }
}
