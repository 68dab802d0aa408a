//! The pages of articles (`full_text`): after the feeds, a few of each source, newest first. Until its page was read an
//! article says what its feed does; so nothing is held up, and nothing is lost.
//!
//! `wish` says which pages, `tour` goes through those of a host, `trouble` says what a failure means, `complete` makes one
//! article of feed and page.

mod complete;
mod teaser;
mod tour;
mod trouble;
mod wish;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::TimeDelta;
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;

use crate::config::{FullText, Input, Plan, RobotsPolicy, SourcePlan};
use crate::ingest::fetch::{Client, FetchError, Robots};
use crate::model::link::link_form;
use crate::model::{ArticleId, DateBasis, SourceId};
use crate::store::{
    ArticleQuery, Completed, PageOutcome, PageUpdate, Store, StoreError, Traffic, WaitingPage,
};

use super::Desk;
use super::report::in_words;
use tour::{Found, Guide, Page, Told, Tour, Visit, Visited};

pub(super) use complete::completed;
pub(super) use wish::wishes;

/// Pages of one source in a round.
const MOST_OF_A_SOURCE: usize = 20;
/// What has been read and is not written yet.
const MOST_UNWRITTEN: usize = 16;

impl<S: Store> Desk<'_, S> {
    /// Reads pages that wait.
    pub(super) async fn read_pages(
        &mut self,
        plan: &Plan,
        sources: &[&SourcePlan],
    ) -> Result<(), StoreError> {
        let asking = sources.iter().filter(|source| source.full_text != FullText::Never);
        let asking: BTreeMap<&SourceId, &SourcePlan> = asking.map(|source| (&source.id, *source)).collect();
        if asking.is_empty() || self.options.offline || self.options.stop.is_asked() {
            return Ok(());
        }
        let ids: Vec<SourceId> = asking.keys().map(|id| (*id).clone()).collect();
        let waiting = self.store.waiting_pages(&ids, self.options.now, MOST_OF_A_SOURCE).await?;
        let (answered, waiting): (Vec<_>, Vec<_>) =
            waiting.into_iter().partition(|page| page.answer.is_some());
        self.take_over(answered).await?;
        if waiting.is_empty() {
            return Ok(());
        }
        let guide = match self.guide(plan).await? {
            Ok(guide) => Arc::new(guide),
            // The feeds' own requests have said it.
            Err(error) => {
                tracing::warn!("no pages are read: {error}");
                return Ok(());
            }
        };
        self.visit(guide, waiting, &asking).await
    }

    async fn guide(&self, plan: &Plan) -> Result<Result<Guide, FetchError>, StoreError> {
        let (now, fetch) = (self.options.now, &plan.fetch);
        let robots = match fetch.robots {
            RobotsPolicy::Off => None,
            RobotsPolicy::Pages => Some(Robots::new(now, fetch.timeout, self.store.robots().await?)),
        };
        Ok(Client::new(fetch).map(|client| Guide {
            client,
            robots,
            stop: self.options.stop.clone(),
            places: Semaphore::new(fetch.concurrency.max(1)),
            now,
            pause: TimeDelta::from_std(fetch.min_interval).unwrap_or(TimeDelta::hours(1)),
            max_text: fetch.limits.max_text,
        }))
    }

    /// Takes what another article of the same address got: no page is asked for twice.
    async fn take_over(&mut self, answered: Vec<WaitingPage>) -> Result<(), StoreError> {
        let mut updates = Vec::with_capacity(answered.len());
        for page in answered {
            let Some(answer) = page.answer else { continue };
            let outcome = match answer.problem {
                Some(problem) => PageOutcome::Failed { problem },
                None => match self.store.articles(ArticleQuery::only(vec![answer.article])).await?.pop() {
                    Some(other) => {
                        let read = Page::of(other.body);
                        self.complete(page.article, &read).await?
                    }
                    None => continue,
                },
            };
            self.ledger.page(&page.document.source, &outcome, Traffic::default());
            let (article, asked_at) = (page.article, Some(answer.at));
            updates.push(PageUpdate { article, asked_at, outcome, traffic: Traffic::default() });
        }
        if updates.is_empty() { Ok(()) } else { self.store.record_pages(updates).await }
    }

    async fn visit(
        &mut self,
        guide: Arc<Guide>,
        waiting: Vec<WaitingPage>,
        asking: &BTreeMap<&SourceId, &SourcePlan>,
    ) -> Result<(), StoreError> {
        let mut open: Vec<ArticleId> = waiting.iter().map(|page| page.article).collect();
        // Should this run die at them, they wait; a stopped one gives back what it did not ask for.
        self.store.put_off_pages(&open, guide.now + guide.pause).await?;
        let (tell, mut told) = mpsc::channel(MOST_UNWRITTEN);
        let mut touring = JoinSet::new();
        for (host, visits) in by_host(waiting, asking) {
            let tour = Tour { blocks: self.store.host_blocks(&host).await?, host, visits };
            touring.spawn(Arc::clone(&guide).go(tour, tell.clone()));
        }
        drop(tell);
        let mut some = Vec::with_capacity(MOST_UNWRITTEN);
        while told.recv_many(&mut some, MOST_UNWRITTEN).await > 0 {
            let written = self.write_pages(&guide, std::mem::take(&mut some)).await?;
            open.retain(|article| !written.contains(article));
        }
        if self.options.stop.is_asked() && !open.is_empty() {
            self.store.put_off_pages(&open, guide.now).await?;
        }
        Ok(())
    }

    /// Writes what came of pages; gives whose they were.
    async fn write_pages(&mut self, guide: &Guide, told: Vec<Told>) -> Result<Vec<ArticleId>, StoreError> {
        let mut updates = Vec::new();
        for told in told {
            match told {
                Told::Learnt { host, blocks } => self.store.note_host_blocks(&host, &blocks).await?,
                Told::Visited(visited) => {
                    let Visited { visit, found, mut traffic, robots } = *visited;
                    if let Some((origin, note)) = robots {
                        self.store.note_robots(&origin, &note).await?;
                    }
                    for page in visit.waiting {
                        let outcome = self.judge_page(guide, &page, &found).await?;
                        let traffic = std::mem::take(&mut traffic);
                        self.ledger.page(&page.document.source, &outcome, traffic);
                        let was_asked = !matches!(found, Found::LeftAlone(_));
                        let asked_at = was_asked.then_some(guide.now);
                        updates.push(PageUpdate { article: page.article, asked_at, outcome, traffic });
                    }
                }
            }
        }
        let written = updates.iter().map(|update| update.article).collect();
        if !updates.is_empty() {
            self.store.record_pages(updates).await?;
        }
        Ok(written)
    }

    async fn judge_page(
        &self,
        guide: &Guide,
        page: &WaitingPage,
        found: &Found,
    ) -> Result<PageOutcome, StoreError> {
        match found {
            Found::Page(read) => self.complete(page.article, read).await,
            Found::Nothing(trouble) => Ok(trouble.outcome(page.tries, guide.now, guide.pause)),
            Found::LeftAlone(next_at) => {
                Ok(PageOutcome::Waits { next_at: *next_at, tries: page.tries, problem: None })
            }
        }
    }

    /// An article's words, completed by those of a page.
    async fn complete(&self, id: ArticleId, page: &Page) -> Result<PageOutcome, StoreError> {
        let Some(article) = self.store.articles(ArticleQuery::only(vec![id])).await?.pop() else {
            return Ok(PageOutcome::HasLess);
        };
        let own = self.store.own_words(&[id]).await?.remove(&id).unwrap_or(article.body);
        let is_undated = article.date_basis == DateBasis::FirstSeen;
        let published = page.published.filter(|at| is_undated && *at <= article.first_seen);
        Ok(match completed(&own, &page.body) {
            Some(body) => PageOutcome::Read(Box::new(Completed {
                body,
                revision: article.revision,
                published,
                problem: page.problem.as_ref().map(|problem| in_words(problem)),
            })),
            None => PageOutcome::HasLess,
        })
    }
}

/// Each page once, by host.
fn by_host(
    waiting: Vec<WaitingPage>,
    asking: &BTreeMap<&SourceId, &SourcePlan>,
) -> BTreeMap<String, Vec<Visit>> {
    let mut hosts: BTreeMap<String, Vec<Visit>> = BTreeMap::new();
    for page in waiting {
        let visits = hosts.entry(page.url.host_str().unwrap_or_default().to_owned()).or_default();
        let source = asking.get(&page.document.source);
        let allow_private = source.is_some_and(|source| match &source.input {
            Input::Feed(feed) => source.allow_private && feed.host() == page.url.host(),
            _ => false,
        });
        let form = link_form(&page.url);
        let same = |visit: &&mut Visit| visit.allow_private == allow_private && link_form(&visit.url) == form;
        match visits.iter_mut().find(same) {
            Some(visit) => visit.waiting.push(page),
            None => visits.push(Visit { url: page.url.clone(), waiting: vec![page], allow_private }),
        }
    }
    hosts
}
