//! What was published, and what hands decided.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, Transaction, params};

use super::codec::{Columns, id_from_sql, time, to_json};
use super::fault::Fault;
use super::ids;
use crate::model::{ArticleId, FeedId};
use crate::store::{HandDecision, HandVerb, Publication, Standing};

pub(super) fn published(
    db: &Transaction<'_>,
    feed: &FeedId,
) -> Result<BTreeMap<ArticleId, Publication>, Fault> {
    let mut statement = db.prepare_cached(
        "SELECT a.id, p.at, p.guid, p.is_permalink FROM publications p JOIN articles a ON a.pk = p.article
         WHERE p.feed = ?1",
    )?;
    let mut rows = statement.query([feed.as_str()])?;
    let mut published = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::of(row);
        let id = id_from_sql(columns.take()?);
        published.insert(id, Publication { at: columns.time()?, guid: columns.guid()? });
    }
    Ok(published)
}

/// An article that is not in the store cannot have entered a feed, and is passed over.
pub(super) fn note_published(
    db: &Transaction<'_>,
    feed: &FeedId,
    entered: &BTreeMap<ArticleId, Publication>,
) -> Result<(), Fault> {
    let mut statement = db.prepare_cached(
        "INSERT INTO publications (feed, article, at, guid, is_permalink)
         VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
    )?;
    let ids: Vec<ArticleId> = entered.keys().copied().collect();
    ids::catch_up(db)?;
    let mut is_news = false;
    for (id, article) in ids::rows(db, &ids)? {
        let Some(note) = entered.get(&id) else { continue };
        let (at, guid) = (note.at.timestamp_millis(), &note.guid);
        is_news |= statement.execute(params![feed.as_str(), article, at, guid.value, guid.is_permalink])? > 0;
    }
    if is_news { forget_standing(db) } else { Ok(()) }
}

pub(super) fn standing(db: &Transaction<'_>) -> Result<Option<Standing>, Fault> {
    let edition = db
        .prepare_cached("SELECT edition FROM standing")?
        .query_row([], |row| Ok(Columns::of(row).json(EDITION)))
        .optional()?;
    edition.transpose()
}

pub(super) fn keep_standing(db: &Transaction<'_>, standing: &Standing) -> Result<(), Fault> {
    let edition = to_json(EDITION, standing)?;
    db.prepare_cached("INSERT OR REPLACE INTO standing (one, edition) VALUES (1, ?1)")?.execute([edition])?;
    Ok(())
}

/// Something was written that an edition is made of.
pub(super) fn forget_standing(db: &Transaction<'_>) -> Result<(), Fault> {
    // Without a condition it would write the empty table anew.
    db.prepare_cached("DELETE FROM standing WHERE one = 1")?.execute([])?;
    Ok(())
}

/// In messages.
const EDITION: &str = "the edition that stands";

pub(super) fn keep_decisions(
    db: &Transaction<'_>,
    decisions: &[HandDecision],
    now: DateTime<Utc>,
) -> Result<Vec<(HandDecision, DateTime<Utc>)>, Fault> {
    let now = time(now.timestamp_millis())?;
    let before = decisions_before(db)?;
    let wanted: BTreeSet<&HandDecision> = decisions.iter().collect();
    for gone in before.keys().filter(|known| !wanted.contains(known)) {
        db.prepare_cached("DELETE FROM decisions WHERE verb = ?1 AND article = ?2 AND feed = ?3")?
            .execute(params![verb_to_sql(gone.verb), gone.article, feed_to_sql(gone)])?;
    }
    let mut kept = Vec::with_capacity(wanted.len());
    for decision in wanted {
        let since = before.get(decision).copied();
        if since.is_none() {
            db.prepare_cached("INSERT INTO decisions (verb, article, feed, since) VALUES (?1, ?2, ?3, ?4)")?
                .execute(params![
                    verb_to_sql(decision.verb),
                    decision.article,
                    feed_to_sql(decision),
                    now.timestamp_millis()
                ])?;
        }
        kept.push((decision.clone(), since.unwrap_or(now)));
    }
    Ok(kept)
}

fn decisions_before(db: &Transaction<'_>) -> Result<BTreeMap<HandDecision, DateTime<Utc>>, Fault> {
    let mut statement = db.prepare_cached("SELECT verb, article, feed, since FROM decisions")?;
    let mut rows = statement.query([])?;
    let mut decisions = BTreeMap::new();
    while let Some(row) = rows.next()? {
        decisions.insert(decision(row)?, time(row.get("since")?)?);
    }
    Ok(decisions)
}

fn decision(row: &Row<'_>) -> Result<HandDecision, Fault> {
    let feed: String = row.get("feed")?;
    let verb = match row.get("verb")? {
        0 => HandVerb::Pick,
        1 => HandVerb::Block,
        other => return Err(Fault::Value { what: "a verb", value: i64::to_string(&other) }),
    };
    Ok(HandDecision {
        verb,
        article: row.get("article")?,
        feed: (!feed.is_empty()).then(|| FeedId::new(&feed)),
    })
}

fn verb_to_sql(verb: HandVerb) -> i64 {
    match verb {
        HandVerb::Pick => 0,
        HandVerb::Block => 1,
    }
}

/// A feed's name is never empty, so the empty one stands for every feed.
fn feed_to_sql(decision: &HandDecision) -> &str {
    decision.feed.as_ref().map_or("", FeedId::as_str)
}
