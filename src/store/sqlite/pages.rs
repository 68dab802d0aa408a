//! The pages of articles: who waits, and what came of it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Transaction, params};
use url::Url;

use super::blocks::{Place, Shelf, pack, release};
use super::codec::{Columns, id_from_sql, maybe_millis, to_json};
use super::digests::digest;
use super::fault::Fault;
use super::hands::forget_standing;
use super::ids;
use super::pulses;
use crate::model::link::link_key;
use crate::model::{ArticleBody, ArticleId, SourceId};
use crate::store::{
    Completed, DocumentKey, HostBlocks, PageAnswer, PageCounts, PageNote, PageOutcome, PageState, PageUpdate,
    PageWish, WaitingPage,
};

fn state_to_sql(state: PageState) -> i64 {
    match state {
        PageState::Waiting => 0,
        PageState::Read => 1,
        PageState::HasLess => 2,
        PageState::Failed => 3,
    }
}

fn state_from_sql(number: i64) -> Result<PageState, Fault> {
    match number {
        0 => Ok(PageState::Waiting),
        1 => Ok(PageState::Read),
        2 => Ok(PageState::HasLess),
        3 => Ok(PageState::Failed),
        _ => Err(Fault::Value { what: "the state of a page", value: number.to_string() }),
    }
}

/// Notes that pages are to be read; what the feed itself says stays noted.
pub(super) fn wish(db: &Transaction<'_>, document: i64, wishes: &[PageWish]) -> Result<(), Fault> {
    let articles: Vec<ArticleId> = wishes.iter().map(|wish| wish.article).collect();
    let rows = ids::rows_within(db, document, &articles)?;
    for wish in wishes {
        let article = rows.get(&wish.article).ok_or(Fault::Stale(wish.article))?;
        let mut statement = db.prepare_cached(
            "INSERT INTO pages (article, document, url, key, since, next_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT DO UPDATE SET url = excluded.url, key = excluded.key, since = excluded.since,
                                       next_at = excluded.next_at, outcome = 0, tries = 0, problem = NULL",
        )?;
        statement.execute(params![
            article,
            document,
            wish.url.as_str(),
            digest(&link_key(&wish.url)),
            wish.since.timestamp_millis(),
            wish.next_at.timestamp_millis()
        ])?;
    }
    Ok(())
}

pub(super) fn waiting(
    db: &Transaction<'_>,
    sources: &[SourceId],
    now: DateTime<Utc>,
    limit: usize,
) -> Result<Vec<WaitingPage>, Fault> {
    let mut statement = db.prepare_cached(
        "SELECT id, source, scope, url, tries,
                (SELECT other.article FROM pages other
                 WHERE other.key = wanted.key AND other.outcome IN (1, 3) AND other.asked_at >= wanted.since
                 ORDER BY other.asked_at DESC LIMIT 1)
         FROM (SELECT a.id, d.source, d.scope, p.url, p.tries, p.key, p.since, a.published,
                      row_number() OVER (PARTITION BY d.source ORDER BY a.published DESC, a.id) AS place
               FROM documents d CROSS JOIN pages p INDEXED BY pages_waiting ON p.document = d.pk
               CROSS JOIN articles a ON a.pk = p.article
               WHERE p.outcome = 0 AND p.next_at <= ?2 AND a.withdrawn IS NULL
                 AND d.source IN (SELECT value FROM json_each(?1))) AS wanted
         WHERE place <= ?3 ORDER BY published DESC, id",
    )?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut rows = statement.query(params![to_json("sources", &sources)?, now.timestamp_millis(), limit])?;
    let mut waiting = Vec::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::of(row);
        let article = id_from_sql(columns.take()?);
        let document = DocumentKey { source: SourceId::new(columns.text()?), scope: columns.take()? };
        let (url, tries) = (page_url(columns.text()?)?, columns.take()?);
        let other: Option<i64> = columns.take()?;
        let answer = other.map(|other| answer(db, other)).transpose()?;
        waiting.push(WaitingPage { article, document, url, tries, answer });
    }
    Ok(waiting)
}

fn page_url(text: &str) -> Result<Url, Fault> {
    Url::parse(text).map_err(|_| Fault::Value { what: "the address of a page", value: text.to_owned() })
}

fn answer(db: &Transaction<'_>, article: i64) -> Result<PageAnswer, Fault> {
    let mut statement = db.prepare_cached(
        "SELECT a.id, p.asked_at, iif(p.outcome = 3, coalesce(p.problem, ''), NULL)
         FROM articles a JOIN pages p ON p.article = a.pk WHERE a.pk = ?1",
    )?;
    let mut rows = statement.query([article])?;
    let row = rows.next()?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
    let mut columns = Columns::of(row);
    Ok(PageAnswer { article: id_from_sql(columns.take()?), at: columns.time()?, problem: columns.take()? })
}

pub(super) fn put_off(
    db: &Transaction<'_>,
    articles: &[ArticleId],
    next_at: DateTime<Utc>,
) -> Result<(), Fault> {
    let mut statement = db.prepare_cached(
        "UPDATE pages SET next_at = ?2 WHERE outcome = 0
         AND article IN (SELECT value FROM json_each(?1))",
    )?;
    ids::catch_up(db)?;
    statement.execute(params![ids::rows_to_sql(db, articles)?, next_at.timestamp_millis()])?;
    Ok(())
}

pub(super) fn record(db: &Transaction<'_>, updates: &[PageUpdate]) -> Result<(), Fault> {
    let completed = |update: &PageUpdate| matches!(update.outcome, PageOutcome::Read(_));
    let bodies: Vec<&ArticleBody> = updates
        .iter()
        .filter_map(|update| match &update.outcome {
            PageOutcome::Read(completed) => Some(&completed.body),
            _ => None,
        })
        .collect();
    if !bodies.is_empty() {
        forget_standing(db)?;
    }
    let mut places = pack(db, &bodies)?.into_iter();
    ids::catch_up(db)?;
    for update in updates {
        let place = if completed(update) { places.next() } else { None };
        let Some((pk, revision)) = article(db, update.article)? else { continue };
        count(db, pk, update)?;
        match (&update.outcome, place) {
            (PageOutcome::Read(completed), Some(place)) if completed.revision == revision => {
                complete(db, pk, completed, place)?;
                note(db, pk, update, (PageState::Read, completed.problem.as_deref()))?;
            }
            // Somebody else wrote meanwhile: these words are of what the article was.
            (PageOutcome::Read(_), place) => {
                release(db, &place.iter().map(|place| place.block).collect::<Vec<_>>())?;
            }
            (PageOutcome::HasLess, _) => note(db, pk, update, (PageState::HasLess, None))?,
            (PageOutcome::Failed { problem }, _) => note(db, pk, update, (PageState::Failed, Some(problem)))?,
            (PageOutcome::Waits { next_at, tries, problem }, _) => {
                note(db, pk, update, (PageState::Waiting, problem.as_deref()))?;
                db.prepare_cached("UPDATE pages SET next_at = ?2, tries = ?3 WHERE article = ?1")?
                    .execute(params![pk, next_at.timestamp_millis(), tries])?;
            }
        }
    }
    Ok(())
}

fn article(db: &Transaction<'_>, id: ArticleId) -> Result<Option<(i64, u32)>, Fault> {
    let Some(row) = ids::row(db, id)? else { return Ok(None) };
    let mut statement = db.prepare_cached("SELECT pk, revision FROM articles WHERE pk = ?1")?;
    Ok(statement.query_row([row], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

fn note(
    db: &Transaction<'_>,
    article: i64,
    update: &PageUpdate,
    (state, problem): (PageState, Option<&str>),
) -> Result<(), Fault> {
    let mut statement = db.prepare_cached(
        "UPDATE pages SET outcome = ?2, problem = ?3, asked_at = coalesce(?4, asked_at) WHERE article = ?1",
    )?;
    statement.execute(params![article, state_to_sql(state), problem, maybe_millis(update.asked_at)])?;
    Ok(())
}

/// What a page cost, its document has cost.
fn count(db: &Transaction<'_>, article: i64, update: &PageUpdate) -> Result<(), Fault> {
    let mut statement = db.prepare_cached("SELECT document FROM articles WHERE pk = ?1")?;
    let document: Option<i64> = statement.query_row([article], |row| row.get(0)).optional()?;
    document.map_or(Ok(()), |document| pulses::add(db, document, update.traffic))
}

/// Words take the place of those of the present revision. Those of the feed are kept; what they are compared by, the
/// fingerprint, is theirs still.
fn complete(db: &Transaction<'_>, article: i64, completed: &Completed, place: Place) -> Result<(), Fault> {
    let is_first = "SELECT block IS NULL FROM pages WHERE article = ?1";
    if db.prepare_cached(is_first)?.query_row([article], |row| row.get(0)).optional()?.unwrap_or(false) {
        db.prepare_cached(
            "UPDATE pages SET (block, start, headed, bodied) =
                 (SELECT block, start, headed, bodied FROM articles WHERE pk = ?1) WHERE article = ?1",
        )?
        .execute([article])?;
    } else {
        let block = "SELECT block FROM articles WHERE pk = ?1";
        let block = db.prepare_cached(block)?.query_row([article], |row| row.get(0))?;
        release(db, &[block])?;
    }
    let mut statement = db.prepare_cached(
        "UPDATE articles SET block = ?2, start = ?3, headed = ?4, bodied = ?5,
                             published = coalesce(?6, published), basis = iif(?6 IS NULL, basis, 0) WHERE pk = ?1",
    )?;
    statement.execute(params![
        article,
        place.block,
        place.start,
        place.headed,
        place.bodied,
        maybe_millis(completed.published)
    ])?;
    Ok(())
}

/// Puts what the feed itself says now in the place of what it said; `None`: the article's words are the feed's again.
pub(super) fn keep_own(db: &Transaction<'_>, article: i64, place: Option<Place>) -> Result<(), Fault> {
    let before = "SELECT block FROM pages WHERE article = ?1";
    let before: Option<Option<i64>> =
        db.prepare_cached(before)?.query_row([article], |row| row.get(0)).optional()?;
    let Some(before) = before else { return Ok(()) };
    release(db, &before.into_iter().collect::<Vec<_>>())?;
    let mut statement = db.prepare_cached(
        "UPDATE pages SET block = ?2, start = ?3, headed = ?4, bodied = ?5,
                          outcome = iif(?2 IS NULL AND outcome = 1, 2, outcome) WHERE article = ?1",
    )?;
    statement.execute(params![
        article,
        place.map(|place| place.block),
        place.map(|place| place.start),
        place.map(|place| place.headed),
        place.and_then(|place| place.bodied)
    ])?;
    Ok(())
}

pub(super) fn own_words(
    db: &Transaction<'_>,
    ids: &[ArticleId],
) -> Result<BTreeMap<ArticleId, ArticleBody>, Fault> {
    let mut statement = db.prepare_cached(
        "SELECT a.id, p.block, p.start, p.headed, p.bodied
         FROM json_each(?1) wanted CROSS JOIN articles a ON a.pk = wanted.value CROSS JOIN pages p ON p.article = a.pk
         WHERE p.block IS NOT NULL ORDER BY p.block",
    )?;
    let shelf = Shelf::new(db)?;
    let mut rows = statement.query([ids::rows_to_sql(db, ids)?])?;
    let mut words = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::of(row);
        let id = id_from_sql(columns.take()?);
        words.insert(id, shelf.body(&mut columns, true)?);
    }
    Ok(words)
}

pub(super) fn notes(db: &Transaction<'_>, ids: &[ArticleId]) -> Result<BTreeMap<ArticleId, PageNote>, Fault> {
    let mut statement = db.prepare_cached(
        "SELECT a.id, p.url, p.outcome, p.asked_at, iif(p.outcome = 0, p.next_at, NULL), p.problem, p.block IS NOT NULL
         FROM json_each(?1) wanted CROSS JOIN articles a ON a.pk = wanted.value CROSS JOIN pages p ON p.article = a.pk",
    )?;
    let mut rows = statement.query([ids::rows_to_sql(db, ids)?])?;
    let mut notes = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::of(row);
        let id = id_from_sql(columns.take()?);
        let note = PageNote {
            url: columns.take()?,
            state: state_from_sql(columns.take()?)?,
            asked_at: columns.maybe_time()?,
            next_at: columns.maybe_time()?,
            problem: columns.take()?,
            is_text: columns.take()?,
        };
        notes.insert(id, note);
    }
    Ok(notes)
}

pub(super) fn counts(db: &Transaction<'_>) -> Result<BTreeMap<SourceId, PageCounts>, Fault> {
    let mut statement = db.prepare_cached(
        "SELECT d.source, count(*) FILTER (WHERE p.outcome = 0), count(*) FILTER (WHERE p.outcome = 3)
         FROM pages p JOIN documents d ON d.pk = p.document WHERE p.outcome IN (0, 3) GROUP BY d.source",
    )?;
    let mut rows = statement.query([])?;
    let mut counts = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::of(row);
        let source = SourceId::new(columns.text()?);
        let mut count = || columns.take().map(i64::unsigned_abs);
        counts.insert(source, PageCounts { waiting: count()?, failed: count()? });
    }
    Ok(counts)
}

pub(super) fn host_blocks(db: &Transaction<'_>, host: &str) -> Result<HostBlocks, Fault> {
    let mut statement = db.prepare_cached("SELECT blocks FROM hosts WHERE host = ?1")?;
    let bytes: Option<Vec<u8>> = statement.query_row([host], |row| row.get(0)).optional()?;
    Ok(HostBlocks::from_bytes(&bytes.unwrap_or_default()))
}

pub(super) fn note_host_blocks(db: &Transaction<'_>, host: &str, blocks: &HostBlocks) -> Result<(), Fault> {
    db.prepare_cached("INSERT OR REPLACE INTO hosts (host, blocks) VALUES (?1, ?2)")?
        .execute(params![host, blocks.to_bytes()])?;
    Ok(())
}
