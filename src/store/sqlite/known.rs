//! Keys to articles: within a document, and over all.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};

use rusqlite::{Row, Transaction};

use super::codec::{basis_from_sql, column, fingerprint_from_sql, id_from_sql, maybe_time, time};
use super::digests::{digest, site};
use super::documents;
use super::fault::Fault;
use super::ids;
use super::names;
use crate::ingest::decide::{KeyCounts, Known, KnownArticle};
use crate::model::{ArticleId, Key};
use crate::store::{DocumentKey, Wanted};

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
    if !known.has_articles {
        return Ok(known);
    }
    let mut statement = db.prepare_cached(
        "SELECT id, fingerprint, revision, published, basis, updated, guids, links, hashes, withdrawn IS NOT NULL
         FROM articles WHERE pk = ?1",
    )?;
    let digests: Vec<i64> = keys.iter().map(digest).collect();
    let mut ids: HashMap<i64, ArticleId> = HashMap::new();
    for (key, pk) in keys.iter().zip(names::find(db, document, &digests)?) {
        let Some(pk) = pk else { continue };
        let id = match ids.entry(pk) {
            Entry::Occupied(id) => *id.get(),
            Entry::Vacant(place) => {
                let (id, article) = statement.query_one([pk], |row| Ok(article(row)))??;
                known.articles.insert(id, article);
                *place.insert(id)
            }
        };
        known.by_key.insert(key.clone(), id);
    }
    Ok(known)
}

fn article(row: &Row<'_>) -> Result<(ArticleId, KnownArticle), Fault> {
    let article = KnownArticle {
        fingerprint: fingerprint_from_sql(row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?)?,
        revision: row.get(2)?,
        published: time(row.get(3)?)?,
        date_basis: basis_from_sql(row.get(4)?)?,
        updated: maybe_time(row.get(5)?)?,
        keys: KeyCounts { guids: row.get(6)?, links: row.get(7)?, hashes: row.get(8)? },
        is_withdrawn: row.get(9)?,
    };
    Ok((id_from_sql(row.get(0)?), article))
}

pub(super) fn find(db: &Transaction<'_>, wanted: &Wanted) -> Result<Vec<ArticleId>, Fault> {
    let mut found = BTreeSet::new();
    match wanted {
        Wanted::Id(id) => found.extend(ids::row(db, *id)?.map(|_| *id)),
        Wanted::Keys(keys) => {
            let mut documents = db.prepare_cached("SELECT document FROM sites WHERE site = ?1")?;
            let mut id = db.prepare_cached("SELECT id FROM articles WHERE pk = ?1")?;
            for (site, key) in keys.iter().filter_map(|key| Some((site(key)?, key))) {
                for document in column::<i64>(documents.query([site])?)? {
                    for pk in names::find(db, document, &[digest(key)])?.into_iter().flatten() {
                        found.insert(id_from_sql(id.query_one([pk], |row| row.get(0))?));
                    }
                }
            }
        }
    }
    Ok(found.into_iter().collect())
}
