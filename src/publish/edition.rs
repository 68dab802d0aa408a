//! One edition: every output feed selected, composed, rendered and put. Here, and in `heirs`, the room waits for the
//! store; what it decides, it decides by the pure stages.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use crate::config::{FeedPlan, OnEdit, Plan, SourcePlan};
use crate::model::link::{guid_key, link_key};
use crate::model::selection::{HandDecisions, Selection};
use crate::model::{Article, ArticleId, FeedId, OutputFeed, OutputItem, Revision, SourceId, Tombstone};
use crate::stop::Stop;
use crate::store::{ArticleQuery, HandDecision, HandVerb, Publication, Store, StoreError, Wanted};

use super::heirs::{heads, heirs};
use super::render::{RenderError, render};
use super::select::{Candidate, Judge, Selected, Verdict, choose};
use super::target::{FileTarget, TargetError, Written};
use super::{compose, render, standing};

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
    /// Digest of what is published from beside the store: config, decisions, program. Where it is given, an edition that
    /// stands is left as it is.
    pub inputs: Option<&'a str>,
    /// Once asked for: the feed at hand is finished, the others and the index stay as they were.
    pub stop: Stop,
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
    /// What is to be noted as published: articles that were never in it before, or that now lead copies which were.
    pub entered: BTreeMap<ArticleId, Publication>,
    /// The last moment at which the same comes of the same store.
    pub until: DateTime<Utc>,
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
    let press = Press { target: &target, dry_run: edition.dry_run, now: edition.now };
    if !edition.dry_run
        && let Err(fault) = target.sweep()
    {
        tracing::warn!("{fault}");
    }
    if let Some(reports) = standing::standing(plan, store, edition).await? {
        return Ok(reports);
    }
    let mut reports = Vec::new();
    let mut listed = Vec::new();
    let mut until = DateTime::<Utc>::MAX_UTC;
    for feed in &plan.feeds {
        if edition.stop.is_asked() {
            return Ok(reports);
        }
        let composed = compose_feed(plan, feed, store, edition).await?;
        until = until.min(composed.until);
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
    standing::keep(plan, store, edition, (&reports, until)).await?;
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
    let noted = store.published(&feed.id).await?;
    let Chosen { selected, published } = choose_for(plan, feed, (store, &noted), edition).await?;
    let tombstones = tombstones(&selected, &published, store, edition.now).await?;
    let chosen = chosen(&selected.order, store).await?;
    let histories = histories(feed, &chosen, store).await?;
    let sources: BTreeMap<SourceId, &SourcePlan> =
        plan.sources.iter().map(|source| (source.id.clone(), source)).collect();
    let guids = published.iter().map(|(&id, publication)| (id, publication.guid.clone())).collect();
    let context = compose::Context {
        base_url: plan.publish.base_url.as_ref(),
        sources: &sources,
        guids: &guids,
        histories: &histories,
    };
    let mut output = compose::compose(feed, &chosen, &context);
    let until = tombstones.iter().map(compose::stays_until).fold(selected.until, DateTime::min);
    compose::bury(&mut output, tombstones);
    let to_note = |(article, item): (&Article, &OutputItem)| {
        let as_new = || Publication { at: edition.now, guid: item.guid.clone() };
        (article.id, published.get(&article.id).cloned().unwrap_or_else(as_new))
    };
    let entered =
        chosen.iter().zip(&output.items).map(to_note).filter(|(id, _)| !noted.contains_key(id)).collect();
    Ok(Composed { selected, feed: output, entered, until })
}

/// What a feed contains, and what is published in it then, before this edition is noted.
struct Chosen {
    selected: Selected,
    published: BTreeMap<ArticleId, Publication>,
}

async fn choose_for(
    plan: &Plan,
    feed: &FeedPlan,
    (store, noted): (&impl Store, &BTreeMap<ArticleId, Publication>),
    edition: &Edition<'_>,
) -> Result<Chosen, StoreError> {
    let hand = hand(feed, plan, store, edition).await?;
    let selection = Arc::new(Selection { hand, ..feed.selection.clone() });
    let candidates = candidates(plan, &selection, store, edition.now).await?;
    let choose = |published: &BTreeMap<ArticleId, Publication>| {
        let entered = published.iter().map(|(&id, publication)| (id, publication.at)).collect();
        choose(&candidates, &selection, (edition.now, &entered))
    };
    let mut selected = choose(noted);
    let handed_on = handed_on(noted, &selected);
    let mut published: BTreeMap<_, _> = handed_on.into_iter().chain(noted.clone()).collect();
    published.extend(heirs(&selected.order, &published, store).await?);
    if published.len() > noted.len() {
        // A lead that takes another copy's place takes its time of entering too.
        selected = choose(&published);
    }
    Ok(Chosen { selected, published })
}

/// What may get into a feed, each article judged by itself as soon as it is read: of a large window only few are chosen.
async fn candidates(
    plan: &Plan,
    selection: &Arc<Selection>,
    store: &impl Store,
    now: DateTime<Utc>,
) -> Result<Vec<Candidate>, StoreError> {
    let query = ArticleQuery {
        sources: selection.from.to_vec(),
        since: selection.window.and_then(|window| since(now, window)),
        // The blocked ones too: a block reaches the copies of an article.
        also: [&selection.hand.picked[..], &selection.hand.blocked[..]].concat(),
        limit: None,
        content: selection.reads_content(),
    };
    let tagged = plan.sources.iter().filter(|source| !source.extras.tags.is_empty());
    let tags = tagged.map(|source| (source.id.clone(), source.extras.tags.clone())).collect();
    let selection = Arc::clone(selection);
    let judged = move |articles: &mut dyn Iterator<Item = Article>| {
        let judge = Judge::new(&selection, &tags, now);
        articles.map(|article| judge.candidate(&article)).collect()
    };
    store.sift(query, judged).await
}

/// What the feed had and drops, for those who have it still.
async fn tombstones(
    selected: &Selected,
    published: &BTreeMap<ArticleId, Publication>,
    store: &impl Store,
    now: DateTime<Utc>,
) -> Result<Vec<Tombstone>, StoreError> {
    let dropped = selected.decisions.iter().filter(|decision| decision.verdict == Verdict::Withdrawn);
    let dropped = dropped.map(|decision| decision.article).filter(|id| published.contains_key(id));
    let dropped = heads(dropped.collect(), store).await?;
    let tombstone = |article: &Article| compose::tombstone(article, &published.get(&article.id)?.guid, now);
    Ok(dropped.iter().filter_map(tombstone).collect())
}

/// The revisions of the chosen articles, where the feed has something to say of them.
async fn histories(
    feed: &FeedPlan,
    chosen: &[Article],
    store: &impl Store,
) -> Result<BTreeMap<ArticleId, Vec<Revision>>, StoreError> {
    let edited = chosen.iter().filter(|article| article.revision > 1 && feed.on_edit != OnEdit::Update);
    let edited: Vec<ArticleId> = edited.map(|article| article.id).collect();
    if edited.is_empty() { Ok(BTreeMap::new()) } else { store.histories(&edited).await }
}

/// The publications that go on to a copy which now leads: the earliest of those it stands for. So a published id stays
/// when the lead changes.
fn handed_on(
    published: &BTreeMap<ArticleId, Publication>,
    selected: &Selected,
) -> BTreeMap<ArticleId, Publication> {
    let mut handed_on: BTreeMap<ArticleId, Publication> = BTreeMap::new();
    for decision in &selected.decisions {
        let Verdict::Duplicate { of: lead } = decision.verdict else { continue };
        let Some(publication) = published.get(&decision.article) else { continue };
        let known = handed_on.entry(lead).or_insert_with(|| publication.clone());
        if publication.at < known.at {
            *known = publication.clone();
        }
    }
    handed_on
}

fn since(now: DateTime<Utc>, window: std::time::Duration) -> Option<DateTime<Utc>> {
    now.checked_sub_signed(TimeDelta::from_std(window).ok()?)
}

/// The chosen articles in their order, bodies loaded.
async fn chosen(order: &[ArticleId], store: &impl Store) -> Result<Vec<Article>, StoreError> {
    let place: HashMap<ArticleId, usize> = order.iter().enumerate().map(|(at, &id)| (id, at)).collect();
    let mut articles = store.articles(ArticleQuery::only(order.to_vec())).await?;
    articles.sort_unstable_by_key(|article| place.get(&article.id).copied());
    Ok(articles)
}

/// The hand decisions that concern a feed, resolved to articles. A pick that names no feed goes to the feeds that read
/// the article's source, or to every feed when no configured source has it.
async fn hand(
    feed: &FeedPlan,
    plan: &Plan,
    store: &impl Store,
    edition: &Edition<'_>,
) -> Result<HandDecisions, StoreError> {
    let mut hand = HandDecisions::default();
    let concerns = |decision: &&HandDecision| decision.feed.as_ref().is_none_or(|id| *id == feed.id);
    for decision in edition.decisions.iter().filter(concerns) {
        let ids = store.find(&wanted(&decision.article)).await?;
        match decision.verb {
            HandVerb::Block => hand.blocked.extend(ids),
            HandVerb::Pick if decision.feed.is_some() => hand.picked.extend(ids),
            HandVerb::Pick => {
                let found = heads(ids, store).await?;
                let here = |article: &&Article| {
                    let source = &article.origin.source;
                    feed.selection.from.contains(source)
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
    now: DateTime<Utc>,
}

impl Press<'_> {
    fn put(&self, name: &str, bytes: &[u8]) -> Result<Written, PublishError> {
        let put = if self.dry_run { self.target.compare(name, bytes) } else { self.target.put(name, bytes) };
        put.map_err(PublishError::from)
    }

    fn print(&self, composed: &Composed) -> FeedReport {
        let feed = &composed.feed;
        let mut documents = Vec::new();
        let mut failure = None;
        for &format in &feed.formats {
            let name = feed.file_name(format);
            let put = render(feed, format).map_err(Into::into).and_then(|bytes| self.put(&name, &bytes));
            match put {
                Ok(written) => documents.push((name, written)),
                // The other formats are no worse for it; the first thing that went wrong is told.
                Err(error) => failure = failure.or(Some(error)),
            }
        }
        FeedReport {
            feed: Some(feed.id.clone()),
            items: feed.items.len(),
            entered: composed.entered.values().filter(|publication| publication.at == self.now).count(),
            documents,
            failure,
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
