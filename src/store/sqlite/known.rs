//! Keys to articles: within a document, and over all.

use std::collections::BTreeSet;
use std::collections::hash_map::Entry;

use rusqlite::{Row, Transaction, params};

use super::codec::{
    basis_from_sql, fingerprint_from_sql, id_from_sql, id_to_sql, key_from_sql, key_to_sql, maybe_time, time,
};
use super::documents;
use super::fault::Fault;
use crate::ingest::decide::{Known, KnownArticle};
use crate::model::{ArticleId, Key};
use crate::store::{DocumentKey, Wanted};

/// An article found brings all its keys, so that of an unchanged entry one key is looked up.
pub(super) fn known(
    db: &Transaction<'_>,
    document: &DocumentKey,
    keys: &BTreeSet<Key>,
) -> Result<Known, Fault> {
    let mut known = Known::default();
    let Some(document) = documents::row_of(db, document)? else { return Ok(known) };
    known.has_articles = db
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM articles WHERE document = ?1)")?
        .query_one([document], |row| row.get(0))?;
    let mut statement = db.prepare_cached(
        "SELECT k.kind, k.value, a.id, a.fingerprint, a.revision, a.published, a.basis, a.updated
         FROM keys asked CROSS JOIN articles a ON a.pk = asked.article CROSS JOIN keys k ON k.article = a.pk
         WHERE asked.kind = ?1 AND asked.value = ?2 AND asked.document = ?3",
    )?;
    for key in keys {
        if known.by_key.contains_key(key) {
            continue;
        }
        let (kind, value) = key_to_sql(key);
        let mut rows = statement.query(params![kind, value, document])?;
        while let Some(row) = rows.next()? {
            let id = id_from_sql(row.get(2)?);
            known.by_key.insert(key_from_sql(row.get(0)?, row.get(1)?)?, id);
            if let Entry::Vacant(place) = known.articles.entry(id) {
                place.insert(article(row)?);
            }
        }
    }
    Ok(known)
}

fn article(row: &Row<'_>) -> Result<KnownArticle, Fault> {
    Ok(KnownArticle {
        fingerprint: fingerprint_from_sql(row.get_ref(3)?.as_blob().map_err(rusqlite::Error::from)?)?,
        revision: row.get(4)?,
        published: time(row.get(5)?)?,
        date_basis: basis_from_sql(row.get(6)?)?,
        updated: maybe_time(row.get(7)?)?,
    })
}

pub(super) fn find(db: &Transaction<'_>, wanted: &Wanted) -> Result<Vec<ArticleId>, Fault> {
    let mut found = BTreeSet::new();
    match wanted {
        Wanted::Id(id) => {
            let mut statement = db.prepare_cached("SELECT 1 FROM articles WHERE id = ?1")?;
            found.extend(statement.exists([id_to_sql(*id)])?.then_some(*id));
        }
        Wanted::Keys(keys) => {
            let mut statement = db.prepare_cached(
                "SELECT a.id FROM keys k JOIN articles a ON a.pk = k.article WHERE k.kind = ?1 AND k.value = ?2",
            )?;
            for (kind, value) in keys.iter().map(key_to_sql) {
                let mut rows = statement.query(params![kind, value])?;
                while let Some(row) = rows.next()? {
                    found.insert(id_from_sql(row.get(0)?));
                }
            }
        }
    }
    Ok(found.into_iter().collect())
}
