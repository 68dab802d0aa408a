//! Keys to articles: within a document, and over all.

use std::collections::BTreeSet;
use std::collections::hash_map::Entry;

use rusqlite::{Row, Transaction};

use super::codec::{basis_from_sql, fingerprint_from_sql, id_from_sql, id_to_sql, maybe_time, time};
use super::digests::{digest, site};
use super::documents;
use super::fault::Fault;
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
        "SELECT a.id, a.fingerprint, a.revision, a.published, a.basis, a.updated, a.guids, a.links, a.hashes,
                a.withdrawn IS NOT NULL
         FROM names n CROSS JOIN articles a ON a.pk = n.article WHERE n.document = ?1 AND n.digest = ?2",
    )?;
    for key in keys {
        let mut rows = statement.query([document, digest(key)])?;
        if let Some(row) = rows.next()? {
            let id = id_from_sql(row.get(0)?);
            known.by_key.insert(key.clone(), id);
            if let Entry::Vacant(place) = known.articles.entry(id) {
                place.insert(article(row)?);
            }
        }
    }
    Ok(known)
}

fn article(row: &Row<'_>) -> Result<KnownArticle, Fault> {
    Ok(KnownArticle {
        fingerprint: fingerprint_from_sql(row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?)?,
        revision: row.get(2)?,
        published: time(row.get(3)?)?,
        date_basis: basis_from_sql(row.get(4)?)?,
        updated: maybe_time(row.get(5)?)?,
        keys: KeyCounts { guids: row.get(6)?, links: row.get(7)?, hashes: row.get(8)? },
        is_withdrawn: row.get(9)?,
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
                "SELECT a.id FROM sites s CROSS JOIN names n ON n.document = s.document AND n.digest = ?2
                 CROSS JOIN articles a ON a.pk = n.article WHERE s.site = ?1",
            )?;
            for (site, key) in keys.iter().filter_map(|key| Some((site(key)?, key))) {
                let mut rows = statement.query([site, digest(key)])?;
                while let Some(row) = rows.next()? {
                    found.insert(id_from_sql(row.get(0)?));
                }
            }
        }
    }
    Ok(found.into_iter().collect())
}
