//! One edition: every output feed selected, composed, rendered and put. The only file of the room that waits for the
//! store; what it decides, it decides by the pure stages.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use crate::config::{FeedPlan, Plan, SourcePlan};
use crate::model::link::{guid_key, link_key};
use crate::model::selection::HandDecisions;
use crate::model::{Article, ArticleId, FeedId, OutputFeed, PlainText, SourceId};
use crate::store::{ArticleQuery, HandDecision, HandVerb, Publication, Store, StoreError, Wanted};

use super::render::{RenderError, render};
use super::select::{Selected, select};
use super::target::{FileTarget, TargetError, Written};
use super::{compose, render, select};

/// What an edition needs beside plan and store.
#[derive(Debug, Clone)]
pub struct Edition<'a> {
    /// The moment of publishing.
    pub now: DateTime<Utc>,
    /// Decisions by hand.
    pub decisions: &'a [HandDecision],
    /// Compare only: write no document and note nothing.
    pub dry_run: bool,
    /// Write only these feeds' documents; empty: all.
    pub only: &'a [FeedId],
}

/// What became of one output feed, or of the index (`feed` is `None`).
#[derive(Debug)]
pub struct FeedReport {
    /// The feed.
    pub feed: Option<FeedId>,
    /// Items it contains now.
    pub items: usize,
    /// Items that were never in it before.
    pub entered: usize,
    /// Its documents, by name relative to the output folder.
    pub documents: Vec<(String, Written)>,
    /// Why it, or a part of it, was not written.
    pub failure: Option<PublishError>,
}

/// Why a feed was not written.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// A document would not have been valid.
    #[error(transparent)]
    Render(#[from] RenderError),
    /// A document could not be put.
    #[error(transparent)]
    Target(#[from] TargetError),
}

/// A feed as selected and composed, with what led to it.
#[derive(Debug)]
pub struct Composed {
    /// Every verdict.
    pub selected: Selected,
    /// The feed.
    pub feed: OutputFeed,
    /// What was never in it before, under the ids it is published with.
    pub entered: BTreeMap<ArticleId, Publication>,
}

/// Publishes every output feed of the plan, then the index.
///
/// # Errors
/// [`StoreError`] only: a feed that cannot be written is a fact in its report, and the others go on.
pub async fn publish(
    plan: &Plan,
    store: &impl Store,
    edition: &Edition<'_>,
) -> Result<Vec<FeedReport>, StoreError> {
    let target = FileTarget::new(plan.publish.dir.clone());
    let press = Press { target: &target, dry_run: edition.dry_run };
    if !edition.dry_run
        && let Err(fault) = target.sweep()
    {
        tracing::warn!("{fault}");
    }
    let mut reports = Vec::new();
    let mut listed = Vec::new();
    for feed in &plan.feeds {
        let composed = compose_feed(plan, feed, store, edition).await?;
        if edition.only.is_empty() || edition.only.contains(&feed.id) {
            if !edition.dry_run {
                // Before the documents: a run killed in between finds the same order and ids the next time.
                store.note_published(&feed.id, &composed.entered).await?;
            }
            reports.push(press.print(&composed));
        }
        if !feed.private {
            listed.push(composed.feed);
        }
    }
    if plan.publish.index {
        reports.push(press.print_index(&listed));
    }
    Ok(reports)
}

/// Selects and composes one feed; writes nothing.
///
/// # Errors
/// [`StoreError`].
pub async fn compose_feed(
    plan: &Plan,
    feed: &FeedPlan,
    store: &impl Store,
    edition: &Edition<'_>,
) -> Result<Composed, StoreError> {
    let mut selection = feed.selection.clone();
    selection.hand = hand(&feed.id, plan, store, edition).await?;
    let articles = store
        .articles(ArticleQuery {
            sources: selection.from.clone(),
            since: selection.window.and_then(|window| since(edition.now, window)),
            // The blocked ones too: a block reaches the copies of an article.
            also: [&selection.hand.picked[..], &selection.hand.blocked[..]].concat(),
            limit: None,
            content: selection.reads_content(),
        })
        .await?;
    let published = store.published(&feed.id).await?;
    let tags: BTreeMap<SourceId, Vec<PlainText>> =
        plan.sources.iter().map(|source| (source.id.clone(), source.tags.clone())).collect();
    let entered = published.iter().map(|(&id, publication)| (id, publication.at)).collect();
    let selected = select(
        &articles,
        &selection,
        &select::Context { now: edition.now, source_tags: &tags, entered: &entered },
    );
    let chosen = chosen(articles, &selected.order, store).await?;
    let sources: BTreeMap<SourceId, &SourcePlan> =
        plan.sources.iter().map(|source| (source.id.clone(), source)).collect();
    let guids = published.iter().map(|(&id, publication)| (id, publication.guid.clone())).collect();
    let context =
        compose::Context { base_url: plan.publish.base_url.as_ref(), sources: &sources, guids: &guids };
    let output = compose::compose(feed, &chosen, &context);
    let entered = newly_entered(&chosen, &output, &published, edition.now);
    Ok(Composed { selected, feed: output, entered })
}

fn since(now: DateTime<Utc>, window: std::time::Duration) -> Option<DateTime<Utc>> {
    now.checked_sub_signed(TimeDelta::from_std(window).ok()?)
}

fn newly_entered(
    chosen: &[Article],
    output: &OutputFeed,
    published: &BTreeMap<ArticleId, Publication>,
    now: DateTime<Utc>,
) -> BTreeMap<ArticleId, Publication> {
    let noted = |(article, item): (&Article, &crate::model::OutputItem)| {
        (article.id, Publication { at: now, guid: item.guid.clone() })
    };
    chosen.iter().zip(&output.items).map(noted).filter(|(id, _)| !published.contains_key(id)).collect()
}

/// The chosen articles in their order, bodies loaded.
async fn chosen(
    articles: Vec<Article>,
    order: &[ArticleId],
    store: &impl Store,
) -> Result<Vec<Article>, StoreError> {
    let mut contents = store.contents(order).await?;
    let mut by_id: BTreeMap<ArticleId, Article> =
        articles.into_iter().map(|article| (article.id, article)).collect();
    let with_body = |id: &ArticleId| {
        by_id.remove(id).map(|mut article| {
            article.body.content = contents.remove(id);
            article
        })
    };
    Ok(order.iter().filter_map(with_body).collect())
}

/// The hand decisions that concern a feed, resolved to articles. A pick that names no feed goes to the feeds that read
/// the article's source, or to every feed when no configured source has it.
async fn hand(
    feed: &FeedId,
    plan: &Plan,
    store: &impl Store,
    edition: &Edition<'_>,
) -> Result<HandDecisions, StoreError> {
    let mut hand = HandDecisions::default();
    let from = plan.feeds.iter().find(|known| known.id == *feed).map(|known| known.selection.from.as_slice());
    for decision in
        edition.decisions.iter().filter(|decision| decision.feed.as_ref().is_none_or(|id| id == feed))
    {
        let ids = store.find(&wanted(&decision.article)).await?;
        match decision.verb {
            HandVerb::Block => hand.blocked.extend(ids),
            HandVerb::Pick if decision.feed.is_some() => hand.picked.extend(ids),
            HandVerb::Pick => {
                let found =
                    store.articles(ArticleQuery { content: false, ..ArticleQuery::only(ids) }).await?;
                let here = |article: &&Article| {
                    let source = &article.origin.source;
                    from.is_some_and(|from| from.contains(source))
                        || !plan.sources.iter().any(|known| known.id == *source)
                };
                hand.picked.extend(found.iter().filter(here).map(|article| article.id));
            }
        }
    }
    Ok(hand)
}

/// What a person means by the name of an article: its short id, else its URL or guid.
#[must_use]
pub fn wanted(name: &str) -> Wanted {
    if let Ok(id) = name.parse() {
        return Wanted::Id(id);
    }
    let mut keys = vec![guid_key(name)];
    keys.extend(url::Url::parse(name).ok().map(|url| link_key(&url)));
    Wanted::Keys(keys)
}

/// Where documents go, or would go.
struct Press<'a> {
    target: &'a FileTarget,
    dry_run: bool,
}

impl Press<'_> {
    fn put(&self, name: &str, bytes: &[u8]) -> Result<Written, TargetError> {
        if self.dry_run { self.target.compare(name, bytes) } else { self.target.put(name, bytes) }
    }

    fn print(&self, composed: &Composed) -> FeedReport {
        let feed = &composed.feed;
        let mut documents = Vec::new();
        let printed = feed.formats.iter().try_for_each(|&format| {
            let name = feed.file_name(format);
            let written = self.put(&name, &render(feed, format)?)?;
            documents.push((name, written));
            Ok(())
        });
        FeedReport {
            feed: Some(feed.id.clone()),
            items: feed.items.len(),
            entered: composed.entered.len(),
            documents,
            failure: printed.err(),
        }
    }

    fn print_index(&self, feeds: &[OutputFeed]) -> FeedReport {
        let mut documents = Vec::new();
        let pages = [(render::INDEX_FILE, render::index(feeds)), (render::OPML_FILE, render::opml(feeds))];
        let printed = pages.into_iter().try_for_each(|(name, page)| {
            let written = self.put(name, &page?)?;
            documents.push((name.to_owned(), written));
            Ok(())
        });
        FeedReport { feed: None, items: feeds.len(), entered: 0, documents, failure: printed.err() }
    }
}
