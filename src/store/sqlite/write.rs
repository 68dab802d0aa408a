//! Writing the outcome of a document. A change that no longer fits what is stored fails the whole document, which is
//! then decided anew at its next turn.

use rusqlite::{OptionalExtension, Transaction, params};

use super::codec::{basis_to_sql, id_to_sql, key_to_sql, maybe_millis, to_json};
use super::documents;
use super::fault::Fault;
use super::traffic;
use crate::ingest::decide::{Change, EditedArticle, NewArticle};
use crate::model::{ArticleBody, ArticleId, Key, SafeHtml};
use crate::store::DocumentUpdate;

pub(super) fn record(db: &Transaction<'_>, update: &DocumentUpdate) -> Result<(), Fault> {
    let document = documents::write(db, &update.document, &update.state)?;
    traffic::write(db, document, update.state.traffic)?;
    for change in &update.changes {
        match change {
            Change::New(new) => insert(db, document, new)?,
            Change::Edited(edited) => edit(db, document, edited)?,
            Change::Keys { id, keys } => add_keys(db, document, row_of(db, document, *id)?, keys)?,
        }
    }
    Ok(())
}

fn insert(db: &Transaction<'_>, document: i64, new: &NewArticle) -> Result<(), Fault> {
    let mut statement = db.prepare_cached(
        "INSERT INTO articles (id, document, guid, is_permalink, published, basis, updated, first_seen, seen,
                               revision, fingerprint, head)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8, 1, ?9, ?10)",
    )?;
    let pk = statement.insert(params![
        id_to_sql(new.id),
        document,
        new.guid.value,
        new.guid.is_permalink,
        new.published.timestamp_millis(),
        basis_to_sql(new.date_basis),
        maybe_millis(new.updated),
        new.first_seen.timestamp_millis(),
        new.fingerprint.0,
        head(&new.body)?,
    ])?;
    write_content(db, pk, new.body.content.as_ref())?;
    add_keys(db, document, pk, &new.keys)
}

/// Puts the present revision by, and the new one in its place.
fn edit(db: &Transaction<'_>, document: i64, edited: &EditedArticle) -> Result<(), Fault> {
    let pk = row_of(db, document, edited.id)?;
    let mut statement = db.prepare_cached(
        "INSERT INTO revisions (article, number, seen, head, html)
         SELECT pk, revision, seen, head, (SELECT html FROM contents WHERE article = pk)
         FROM articles WHERE pk = ?1 AND revision = ?2 - 1",
    )?;
    if statement.execute(params![pk, edited.revision])? == 0 {
        return Err(Fault::Stale(edited.id));
    }
    let mut statement = db.prepare_cached(
        "UPDATE articles SET published = ?2, basis = ?3, updated = ?4, revision = ?5, seen = ?6, fingerprint = ?7,
                             head = ?8
         WHERE pk = ?1",
    )?;
    statement.execute(params![
        pk,
        edited.published.timestamp_millis(),
        basis_to_sql(edited.date_basis),
        edited.updated.timestamp_millis(),
        edited.revision,
        edited.seen.timestamp_millis(),
        edited.fingerprint.0,
        head(&edited.body)?,
    ])?;
    write_content(db, pk, edited.body.content.as_ref())?;
    add_keys(db, document, pk, &edited.keys)
}

fn head(body: &ArticleBody) -> Result<String, Fault> {
    to_json("an article's head", body)
}

fn write_content(db: &Transaction<'_>, article: i64, content: Option<&SafeHtml>) -> Result<(), Fault> {
    match content {
        Some(html) => db
            .prepare_cached("INSERT OR REPLACE INTO contents (article, html) VALUES (?1, ?2)")?
            .execute(params![article, html.as_str()])?,
        None => db.prepare_cached("DELETE FROM contents WHERE article = ?1")?.execute([article])?,
    };
    Ok(())
}

fn add_keys(db: &Transaction<'_>, document: i64, article: i64, keys: &[Key]) -> Result<(), Fault> {
    let mut statement =
        db.prepare_cached("INSERT INTO keys (kind, value, document, article) VALUES (?1, ?2, ?3, ?4)")?;
    for (kind, value) in keys.iter().map(key_to_sql) {
        statement.execute(params![kind, value, document, article])?;
    }
    Ok(())
}

fn row_of(db: &Transaction<'_>, document: i64, id: ArticleId) -> Result<i64, Fault> {
    let mut statement = db.prepare_cached("SELECT pk FROM articles WHERE id = ?1 AND document = ?2")?;
    let found = statement.query_row(params![id_to_sql(id), document], |row| row.get(0)).optional()?;
    found.ok_or(Fault::Stale(id))
}
