//! Whether the last edition stands: then nothing is read, selected, composed or written.

use chrono::{DateTime, Utc};

use crate::config::Plan;
use crate::store::{Standing, StandingFeed, Store, StoreError};

use super::edition::{Edition, FeedReport};
use super::target::{FileTarget, Written};

/// The reports of the edition that stands; `None` where an edition is to be made.
pub(super) async fn standing(
    plan: &Plan,
    store: &impl Store,
    edition: &Edition<'_>,
) -> Result<Option<Vec<FeedReport>>, StoreError> {
    let Some(inputs) = inputs(edition) else { return Ok(None) };
    let Some(standing) = store.standing().await? else { return Ok(None) };
    let target = FileTarget::new(plan.publish.dir.clone());
    let stands = standing.inputs == inputs
        && (standing.at..=standing.until).contains(&edition.now)
        && standing.feeds.iter().all(|feed| is_there(&target, feed));
    if !stands {
        return Ok(None);
    }
    tracing::debug!("the edition of {} stands: nothing that it was made of has changed", standing.at);
    Ok(Some(standing.feeds.into_iter().map(report).collect()))
}

/// Remembers the edition just published, if it is whole.
pub(super) async fn keep(
    plan: &Plan,
    store: &impl Store,
    edition: &Edition<'_>,
    (reports, until): (&[FeedReport], DateTime<Utc>),
) -> Result<(), StoreError> {
    let Some(inputs) = inputs(edition).filter(|_| !edition.dry_run) else { return Ok(()) };
    let target = FileTarget::new(plan.publish.dir.clone());
    let feeds: Option<Vec<StandingFeed>> =
        reports.iter().map(|report| standing_feed(&target, report)).collect();
    match feeds {
        Some(feeds) => {
            let inputs = inputs.to_owned();
            store.keep_standing(&Standing { inputs, at: edition.now, until, feeds }).await
        }
        None => Ok(()),
    }
}

/// What an edition of all feeds is made from beside the store, as a digest.
fn inputs<'a>(edition: &Edition<'a>) -> Option<&'a str> {
    edition.inputs.filter(|_| edition.only.is_empty())
}

fn is_there(target: &FileTarget, feed: &StandingFeed) -> bool {
    feed.documents
        .iter()
        .all(|(name, digest)| target.digest(name).is_some_and(|found| found.to_hex().as_str() == digest))
}

fn report(feed: StandingFeed) -> FeedReport {
    let unchanged = |(name, _): (String, String)| (name, Written::Unchanged);
    FeedReport {
        feed: feed.feed,
        items: feed.items,
        entered: 0,
        documents: feed.documents.into_iter().map(unchanged).collect(),
        failure: None,
    }
}

fn standing_feed(target: &FileTarget, report: &FeedReport) -> Option<StandingFeed> {
    let document =
        |(name, _): &(String, Written)| Some((name.clone(), target.digest(name)?.to_hex().to_string()));
    let documents: Option<Vec<_>> = report.documents.iter().map(document).collect();
    let is_whole = report.failure.is_none();
    Some(StandingFeed { feed: report.feed.clone(), items: report.items, documents: documents? })
        .filter(|_| is_whole)
}
