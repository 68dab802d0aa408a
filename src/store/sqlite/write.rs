//! Writing the outcomes of documents. A change that no longer fits what is stored fails them all; each is then written
//! alone, so that only the misfit is decided anew at its next turn.

use std::collections::BTreeSet;

use rusqlite::{CachedStatement, OptionalExtension, Transaction, params};

use super::blocks::{Place, pack, release};
use super::codec::{basis_to_sql, column, flood_to_sql, id_to_sql, maybe_millis};
use super::digests::{digest, digest_of_site, site_of};
use super::documents;
use super::fault::Fault;
use super::hands::forget_standing;
use super::ids;
use super::marks;
use super::names::{self, Name};
use super::pages;
use super::pulses;
use crate::ingest::decide::{Change, EditedArticle, KeyCounts, NewArticle};
use crate::model::{ArticleBody, ArticleId, Key, Weight};
use crate::store::{DocumentUpdate, REVISIONS_KEPT};

pub(super) fn record_all<'a>(db: &'a Transaction<'a>, updates: &'a [DocumentUpdate]) -> Result<(), Fault> {
    let changes = updates.iter().flat_map(|update| &update.changes);
    let bodies: Vec<&ArticleBody> = changes.flat_map(words).collect();
    if updates.iter().any(|update| !update.changes.is_empty() || update.about.is_some()) {
        forget_standing(db)?;
    }
    let mut places = pack(db, &bodies)?.into_iter();
    let mut beats = Vec::with_capacity(updates.len());
    for update in updates {
        let document = documents::write(db, update)?;
        beats.push((document, update.state.pulse()));
        let mut writer = Writer::new(db, document)?;
        let rows = ids::rows_within(db, document, &changed(&update.changes))?;
        let row = |id: ArticleId| rows.get(&id).copied().ok_or(Fault::Stale(id));
        for change in &update.changes {
            match change {
                Change::New(new) => writer.insert(new, next(&mut places)?)?,
                Change::Edited(edited) => {
                    let place = next(&mut places)?;
                    let own = edited.own.is_some().then(|| next(&mut places)).transpose()?;
                    writer.edit(row(edited.id)?, edited, place)?;
                    pages::keep_own(db, row(edited.id)?, own)?;
                }
                Change::Keys { id, keys } => writer.add_keys(row(*id)?, keys)?,
                Change::Withdrawn { id, withdrawal } => marks::withdraw(db, document, *id, *withdrawal)?,
                Change::Returned { id } => marks::give_back(db, document, *id)?,
            }
        }
        writer.finish()?;
        pages::wish(db, document, &update.pages)?;
        if let Some(order) = &update.order {
            marks::keep_reading(db, document, order)?;
        }
    }
    pulses::write(db, beats.iter().map(|(document, pulse)| (*document, pulse)).collect())?;
    ids::keep_up(db)
}

/// The place of the next words: there are as many as changes with words.
fn next(places: &mut impl Iterator<Item = Place>) -> Result<Place, Fault> {
    places.next().ok_or_else(|| Fault::Value { what: "a place in a block", value: "nothing".to_owned() })
}

/// The articles that must be there for these changes.
fn changed(changes: &[Change]) -> Vec<ArticleId> {
    let id = |change: &Change| match change {
        Change::Edited(edited) => Some(edited.id),
        Change::Keys { id, .. } => Some(*id),
        Change::New(_) | Change::Withdrawn { .. } | Change::Returned { .. } => None,
    };
    changes.iter().filter_map(id).collect()
}

/// The words that a change brings; those of the feed itself after those of the article, where these are others.
fn words(change: &Change) -> impl Iterator<Item = &ArticleBody> {
    let (words, own) = match change {
        Change::New(new) => (Some(&new.body), None),
        Change::Edited(edited) => (Some(&edited.body), edited.own.as_deref()),
        Change::Keys { .. } | Change::Withdrawn { .. } | Change::Returned { .. } => (None, None),
    };
    words.into_iter().chain(own)
}

/// Writes the changes to one document's articles.
struct Writer<'a> {
    db: &'a Transaction<'a>,
    document: i64,
    /// Looked up once: a document may bring many articles.
    insert: CachedStatement<'a>,
    /// Keys written; they go to the store together.
    names: Vec<Name>,
    /// Where they lie.
    sites: BTreeSet<&'a str>,
}

impl<'a> Writer<'a> {
    fn new(db: &'a Transaction<'a>, document: i64) -> Result<Self, Fault> {
        let insert = db.prepare_cached(
            "INSERT INTO articles (id, document, guid, is_permalink, published, basis, updated, first_seen, seen,
                                   revision, fingerprint, block, start, headed, bodied, guids, links, hashes, flood)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8, 1, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
        )?;
        Ok(Self { db, document, insert, names: Vec::new(), sites: BTreeSet::new() })
    }

    fn insert(&mut self, new: &'a NewArticle, place: Place) -> Result<(), Fault> {
        let counts = KeyCounts::of(&new.keys);
        let pk = self.insert.insert(params![
            id_to_sql(new.id),
            self.document,
            new.guid.value,
            new.guid.is_permalink,
            new.published.timestamp_millis(),
            basis_to_sql(new.date_basis),
            maybe_millis(new.updated),
            new.first_seen.timestamp_millis(),
            new.fingerprint.0,
            place.block,
            place.start,
            place.headed,
            place.bodied,
            counts.guids,
            counts.links,
            counts.hashes,
            flood_to_sql(new.flood),
        ])?;
        self.add_names(pk, &new.keys)
    }

    /// Puts the present revision by, and the new one in its place; a retouch takes the place of the present one.
    fn edit(&mut self, pk: i64, edited: &'a EditedArticle, place: Place) -> Result<(), Fault> {
        let is_kept = match edited.weight {
            Weight::Retouch => self.forget_words(pk, edited.revision)?,
            Weight::Detail | Weight::Correction => self.put_by(pk, edited.revision)?,
        };
        if !is_kept {
            return Err(Fault::Stale(edited.id));
        }
        // What is only retouched was seen and corrected when it was.
        let mut statement = self.db.prepare_cached(
            "UPDATE articles SET published = ?2, basis = ?3, updated = ?4, fingerprint = ?7,
                                 block = ?8, start = ?9, headed = ?10, bodied = ?11,
                                 seen = iif(revision = ?5, seen, ?6), corrected = iif(revision = ?5, corrected, ?12),
                                 revision = ?5
             WHERE pk = ?1",
        )?;
        statement.execute(params![
            pk,
            edited.published.timestamp_millis(),
            basis_to_sql(edited.date_basis),
            maybe_millis(edited.updated),
            edited.revision,
            edited.seen.timestamp_millis(),
            edited.fingerprint.0,
            place.block,
            place.start,
            place.headed,
            place.bodied,
            edited.weight == Weight::Correction,
        ])?;
        self.add_keys(pk, &edited.keys)
    }

    /// The present revision becomes one of the past; those between the first and the newest go. `false` if `number` is
    /// not the next.
    fn put_by(&self, article: i64, number: u32) -> Result<bool, Fault> {
        let mut statement = self.db.prepare_cached(
            "INSERT INTO revisions (article, number, seen, block, start, headed, bodied, published, updated, corrected)
             SELECT pk, revision, seen, block, start, headed, bodied, published, updated, corrected
             FROM articles WHERE pk = ?1 AND revision = ?2 - 1",
        )?;
        if statement.execute(params![article, number])? == 0 {
            return Ok(false);
        }
        if number > REVISIONS_KEPT + 1 {
            let mut statement = self.db.prepare_cached(
                "DELETE FROM revisions WHERE article = ?1 AND number > 1 AND number <= ?2 RETURNING block",
            )?;
            let blocks: Vec<i64> = column(statement.query(params![article, number - REVISIONS_KEPT])?)?;
            release(self.db, &blocks)?;
        }
        Ok(true)
    }

    /// The words of the present revision go. `false` if that is not the one of this number.
    fn forget_words(&self, article: i64, number: u32) -> Result<bool, Fault> {
        let block = "SELECT block FROM articles WHERE pk = ?1 AND revision = ?2";
        let mut statement = self.db.prepare_cached(block)?;
        let block = statement.query_row(params![article, number], |row| row.get(0)).optional()?;
        block.map_or(Ok(false), |block| release(self.db, &[block]).map(|()| true))
    }

    /// Adds keys to an article that is there.
    fn add_keys(&mut self, article: i64, keys: &'a [Key]) -> Result<(), Fault> {
        if keys.is_empty() {
            return Ok(());
        }
        let counts = KeyCounts::of(keys);
        self.db
            .prepare_cached(
                "UPDATE articles SET guids = guids + ?2, links = links + ?3, hashes = hashes + ?4 WHERE pk = ?1",
            )?
            .execute(params![article, counts.guids, counts.links, counts.hashes])?;
        self.add_names(article, keys)
    }

    fn add_names(&mut self, article: i64, keys: &'a [Key]) -> Result<(), Fault> {
        for key in keys {
            self.names.push(Name::new(digest(key), article)?);
            self.sites.extend(site_of(key));
        }
        Ok(())
    }

    fn finish(self) -> Result<(), Fault> {
        names::add(self.db, self.document, self.names)?;
        let mut statement =
            self.db.prepare_cached("INSERT OR IGNORE INTO sites (site, document) VALUES (?1, ?2)")?;
        for site in self.sites {
            statement.execute([digest_of_site(site), self.document])?;
        }
        Ok(())
    }
}
