//! What became of articles after they were published: withdrawals, and the readings by which they are found out.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension, Transaction, params};

use super::codec::{id_from_sql, id_to_sql, reason_to_sql};
use super::documents;
use super::fault::Fault;
use crate::model::{ArticleId, SourceId, Withdrawal};
use crate::store::DocumentKey;

/// Marks an article of a document, or all of them, unless it is marked already.
pub(super) fn withdraw(
    db: &Transaction<'_>,
    document: i64,
    article: Option<ArticleId>,
    withdrawal: Withdrawal,
) -> Result<(), Fault> {
    let mut statement = db.prepare_cached(
        "UPDATE articles SET withdrawn = ?3, withdrawal = ?4
         WHERE document = ?1 AND (?2 IS NULL OR id = ?2) AND withdrawn IS NULL",
    )?;
    let (at, reason) = (withdrawal.at.timestamp_millis(), reason_to_sql(withdrawal.reason));
    statement.execute(params![document, article.map(id_to_sql), at, reason])?;
    Ok(())
}

/// Takes the mark away.
pub(super) fn give_back(
    db: &Transaction<'_>,
    document: i64,
    article: Option<ArticleId>,
) -> Result<(), Fault> {
    let mut statement = db.prepare_cached(
        "UPDATE articles SET withdrawn = NULL, withdrawal = 0
         WHERE document = ?1 AND (?2 IS NULL OR id = ?2) AND withdrawn IS NOT NULL",
    )?;
    statement.execute(params![document, article.map(id_to_sql)])?;
    Ok(())
}

/// How many articles of each source are marked.
pub(super) fn counts(db: &Transaction<'_>) -> Result<BTreeMap<SourceId, u64>, Fault> {
    let mut statement = db.prepare_cached(
        "SELECT d.source, count(*) FROM articles a INDEXED BY articles_withdrawn JOIN documents d ON d.pk = a.document
         WHERE a.withdrawn IS NOT NULL GROUP BY d.source",
    )?;
    documents::counted(statement.query([])?)
}

/// The articles of a document in the order of its last reading.
pub(super) fn reading(db: &Transaction<'_>, document: &DocumentKey) -> Result<Vec<ArticleId>, Fault> {
    let Some(document) = documents::row_of(db, document)? else { return Ok(Vec::new()) };
    let mut statement = db.prepare_cached("SELECT articles FROM readings WHERE document = ?1")?;
    let packed: Option<Vec<u8>> = statement.query_row([document], |row| row.get(0)).optional()?;
    let (ids, _) = packed.as_deref().unwrap_or_default().as_chunks::<8>();
    Ok(ids.iter().map(|id| id_from_sql(i64::from_le_bytes(*id))).collect())
}

/// Writes the order of a reading.
pub(super) fn keep_reading(db: &Transaction<'_>, document: i64, order: &[ArticleId]) -> Result<(), Fault> {
    let packed: Vec<u8> = order.iter().flat_map(|id| id_to_sql(*id).to_le_bytes()).collect();
    let mut statement = db.prepare_cached(
        "INSERT INTO readings (document, articles) VALUES (?1, ?2)
         ON CONFLICT DO UPDATE SET articles = excluded.articles",
    )?;
    statement.execute(params![document, packed])?;
    Ok(())
}
