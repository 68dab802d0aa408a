//! The edge: the pages of one host, one after the other, each with the further pages of its article.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::Semaphore;
use tokio::sync::mpsc::Sender;
use url::Url;

use crate::ingest::clean::page::{PageArticle, read_page_of_site};
use crate::ingest::decode::decode;
use crate::ingest::fetch::{Accept, Answer, Client, FetchError, Fetched, Meter, Request, Robots, printable};
use crate::ingest::parse::Hints;
use crate::markup::text::story_of;
use crate::model::words::count_words;
use crate::model::{ArticleBody, SafeHtml};
use crate::stop::Stop;
use crate::store::{HostBlocks, RobotsNote, Traffic, WaitingPage};

use super::trouble::Trouble;

/// Further pages of one article that are asked for.
const MOST_FURTHER: usize = 5;
/// So many pages in a row that fail as if the host were unwell are enough for one round.
const MOST_UNWELL: u32 = 2;

/// A page to ask for.
#[derive(Debug)]
pub(super) struct Visit {
    pub(super) url: Url,
    /// Whose page it is: those of several articles that have one address.
    pub(super) waiting: Vec<WaitingPage>,
    /// Whether its host may be in a private network.
    pub(super) allow_private: bool,
}

/// The pages of a host, and what is known of its pages.
#[derive(Debug)]
pub(super) struct Tour {
    pub(super) host: String,
    pub(super) visits: Vec<Visit>,
    pub(super) blocks: HostBlocks,
}

/// What a page says of its article.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) body: ArticleBody,
    pub(super) published: Option<DateTime<Utc>>,
    /// Why a further page of the article is missing.
    pub(super) problem: Option<Trouble>,
    blocks: Vec<u64>,
}

impl Page {
    /// What an article says that was read from its page before.
    pub(super) fn of(body: ArticleBody) -> Self {
        Self { body, published: None, problem: None, blocks: Vec::new() }
    }
}

/// How a visit ended.
#[derive(Debug)]
pub(super) enum Found {
    Page(Box<Page>),
    Nothing(Trouble),
    /// It was not made: the host wants to be left alone until then.
    LeftAlone(DateTime<Utc>),
}

/// What a tour tells.
#[derive(Debug)]
pub(super) enum Told {
    Visited(Box<Visited>),
    Learnt { host: String, blocks: HostBlocks },
}

/// A visit that has ended.
#[derive(Debug)]
pub(super) struct Visited {
    pub(super) visit: Visit,
    pub(super) found: Found,
    pub(super) traffic: Traffic,
    /// What robots.txt says, if that is news.
    pub(super) robots: Option<(String, RobotsNote)>,
}

/// What every tour needs.
#[derive(Debug)]
pub(super) struct Guide {
    pub(super) client: Client,
    /// `None` where nobody asks for it.
    pub(super) robots: Option<Robots>,
    pub(super) stop: Stop,
    /// Hosts at once.
    pub(super) places: Semaphore,
    pub(super) now: DateTime<Utc>,
    /// How long a host is left alone that is unwell.
    pub(super) pause: TimeDelta,
    /// Bytes of a body.
    pub(super) max_text: u64,
}

impl Guide {
    /// Goes through the pages of a host, as long as it is well and nobody asks for an end.
    pub(super) async fn go(self: Arc<Self>, tour: Tour, told: Sender<Told>) {
        // Never closed; were it, the bound would be gone, not the work.
        let _place = self.places.acquire().await;
        let Tour { host, visits, mut blocks } = tour;
        let (mut unwell, mut leave_alone, mut watch) = (0, None, self.stop.watch());
        for visit in visits {
            if self.stop.is_asked() {
                break;
            }
            let meter = Meter::default();
            let found = match leave_alone {
                Some(until) => Found::LeftAlone(until),
                None => match watch.or_drop(self.visit(&visit, &blocks, &meter)).await {
                    Some(Ok(page)) => Found::Page(Box::new(page)),
                    Some(Err(trouble)) => Found::Nothing(trouble),
                    None => break,
                },
            };
            match &found {
                Found::Page(page) => {
                    unwell = 0;
                    blocks.learn(&page.blocks);
                }
                Found::Nothing(trouble) => {
                    unwell = if trouble.is_passing() { unwell + 1 } else { 0 };
                    let is_enough = unwell >= MOST_UNWELL;
                    leave_alone = trouble.wait(self.now).or(is_enough.then(|| self.now + self.pause));
                }
                Found::LeftAlone(_) => {}
            }
            let robots = self.robots.as_ref().and_then(|robots| robots.note(&visit.url));
            let visited = Visited { visit, found, traffic: meter.traffic(), robots };
            if told.send(Told::Visited(Box::new(visited))).await.is_err() {
                return;
            }
        }
        // Nobody who listens: the round has failed, and says so.
        let _ = told.send(Told::Learnt { host, blocks }).await;
    }

    /// One page, and the further ones of its article. What comes of these counts, although one of them may be missing.
    async fn visit(&self, visit: &Visit, known: &HostBlocks, meter: &Meter) -> Result<Page, Trouble> {
        let mut blocks: HashSet<u64> = known.repeated().into_iter().collect();
        let PageArticle { draft, mut next, blocks: mut kept, .. } =
            self.read(&visit.url, (visit, meter), &blocks).await?;
        let (mut body, mut problem) = (draft.body, None);
        let mut content = body.content.take().unwrap_or_default();
        for _ in 0..MOST_FURTHER {
            let Some(url) = next.take() else { break };
            // What each of its pages repeats is no part of the story.
            blocks.extend(&kept);
            match self.read(&url, (visit, meter), &blocks).await {
                Ok(more) => {
                    content = content.followed_by(&more.draft.body.content.unwrap_or_default());
                    kept.extend(more.blocks);
                    next = more.next;
                }
                // A page that only repeats what was there is the end.
                Err(Trouble::NoArticle { .. }) => {}
                Err(trouble) => problem = Some(trouble),
            }
        }
        if content.as_str().len() as u64 > self.max_text {
            return Err(Trouble::TooLong { url: printable(&visit.url) });
        }
        body.words = words(&content);
        body.content = Some(content);
        Ok(Page { body, published: draft.published, problem, blocks: kept })
    }

    async fn read(
        &self,
        url: &Url,
        (visit, meter): (&Visit, &Meter),
        boilerplate: &HashSet<u64>,
    ) -> Result<PageArticle, Trouble> {
        // Leave is for the source's own host.
        let allow_private = visit.allow_private && url.host() == visit.url.host();
        let request =
            Request { allow_private, meter: Some(meter), ..Request::to(Cow::Borrowed(url), Accept::Page) };
        let fetched = self.fetch(&request).await?;
        if let Some(media_type) = fetched.content_type.as_deref().filter(|given| !is_page(given)) {
            let media_type = media_type.split(';').next().unwrap_or_default().trim().to_owned();
            return Err(Trouble::NoPage { url: printable(&fetched.url), media_type });
        }
        let (place, boilerplate) = (printable(&fetched.url), boilerplate.clone());
        let work = move || {
            let hints = Hints { content_type: fetched.content_type.clone(), ..Hints::default() };
            let bytes = fetched.unpack()?;
            let html = decode(&bytes, &hints);
            let read = read_page_of_site(&html.text, Some(&fetched.url), &boilerplate);
            read.map_err(|cause| Trouble::NoArticle { url: printable(&fetched.url), cause })
        };
        tokio::task::spawn_blocking(work).await.unwrap_or(Err(Trouble::Crashed { url: place }))
    }

    /// Asks for a page: by leave of robots.txt, and with no credentials.
    async fn fetch(&self, request: &Request<'_>) -> Result<Box<Fetched>, FetchError> {
        let answer = match &self.robots {
            Some(robots) => {
                self.client.fetch_by_leave(request, &robots.visitor(&self.client, request)).await?
            }
            None => self.client.fetch(request).await?,
        };
        match answer {
            Answer::Body(fetched) => Ok(fetched),
            Answer::NotModified { .. } => {
                Err(FetchError::NotModifiedUnasked { url: printable(&request.url) })
            }
        }
    }
}

/// Whether a media type is one of web pages; a server that says nothing useful is believed to have one.
fn is_page(content_type: &str) -> bool {
    let media_type = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    matches!(
        media_type.as_str(),
        "" | "text/html" | "application/xhtml+xml" | "text/plain" | "application/xml" | "text/xml"
    )
}

fn words(content: &SafeHtml) -> u32 {
    count_words(story_of(content).as_str())
}
