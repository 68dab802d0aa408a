//! The edge: one document got from the web or the disk, and read, on its own task.

use std::fmt::Display;
use std::num::NonZero;
use std::path::Path;
use std::sync::Arc;
use std::thread::available_parallelism;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use tokio::sync::Semaphore;
use url::Url;

use crate::config::Plan;
use crate::ingest::fetch::{Accept, Answer, Client, FetchError, Fetched, Request, RetryAfter};
use crate::ingest::parse::ParseError;
use crate::model::{ArticleBody, Draft};

use super::expand::What;
use super::files;
use super::mark::{Label, digest};
use super::queue::Queue;
use super::read::{self, Reading};
use super::report::in_words;
use super::turn::Job;

/// How an attempt at a document ended.
#[derive(Debug)]
pub(super) enum Outcome {
    /// The server says it has not changed.
    NotModified { etag: Option<String>, last_modified: Option<String> },
    /// It came, and is what was read before.
    Same { etag: Option<String>, last_modified: Option<String> },
    /// It came and was read.
    Read(Box<Read>),
    /// It did not come, or there is nothing to read in it.
    Failed { message: String, retry_after: Option<RetryAfter> },
}

/// A document, read.
#[derive(Debug)]
pub(super) struct Read {
    /// See [`super::mark`].
    pub(super) mark: String,
    pub(super) etag: Option<String>,
    pub(super) last_modified: Option<String>,
    /// Where it is to be asked for from now on.
    pub(super) moved: Option<Url>,
    pub(super) reading: Reading,
}

impl Outcome {
    /// The task died.
    pub(super) fn crashed(job: &Job) -> Self {
        Self::failed(&format!("{}: reading it crashed; please report this with the document", job.place()))
    }

    fn failed(message: &dyn Display) -> Self {
        Self::Failed { message: in_words(message), retry_after: None }
    }

    fn read(mark: String, reading: Reading) -> Self {
        Self::Read(Box::new(Read { mark, etag: None, last_modified: None, moved: None, reading }))
    }

    /// Whether it is worth a write: a local file that is as it was is not.
    pub(super) fn is_news(&self, job: &Job) -> bool {
        job.is_remote() || job.state.error.is_some() || !matches!(self, Self::Same { .. })
    }

    /// For the log.
    pub(super) fn word(&self) -> &'static str {
        match self {
            Self::NotModified { .. } => "not modified",
            Self::Same { .. } => "same",
            Self::Read(_) => "read",
            Self::Failed { .. } => "failed",
        }
    }

    /// What it takes in memory, about, in bytes.
    pub(super) fn weight(&self) -> usize {
        match self {
            Self::Read(read) => read.reading.drafts.iter().map(weight).sum(),
            _ => 0,
        }
    }

    /// What was read.
    pub(super) fn into_drafts(self) -> Vec<Draft> {
        match self {
            Self::Read(read) => read.reading.drafts,
            _ => Vec::new(),
        }
    }
}

fn weight(draft: &Draft) -> usize {
    let ArticleBody { content, summary, .. } = &draft.body;
    let words = content.as_ref().map_or(0, |html| html.as_str().len())
        + summary.as_ref().map_or(0, |text| text.as_str().len());
    size_of::<Draft>() + words
}

impl From<FetchError> for Outcome {
    fn from(error: FetchError) -> Self {
        Self::Failed { retry_after: error.retry_after(), message: in_words(&error) }
    }
}

/// What every job needs.
#[derive(Debug)]
pub(super) struct Workshop {
    /// `None` when nothing is asked over the network.
    client: Option<Result<Client, FetchError>>,
    max_size: u64,
    /// Parsing is bound by the processor: more at once would only hold more in memory.
    processors: Semaphore,
}

/// Processors of this machine.
pub(super) fn cores() -> usize {
    available_parallelism().map_or(1, NonZero::get)
}

impl Workshop {
    /// The client is only set up if there is work for it: reading the system's certificates takes its time.
    pub(super) fn new(plan: &Plan, queue: &Queue) -> Self {
        Self {
            client: queue.has_remote().then(|| Client::new(&plan.fetch)),
            max_size: plan.fetch.max_size,
            processors: Semaphore::new(cores()),
        }
    }

    /// Gets and reads one document.
    pub(super) async fn perform(self: Arc<Self>, job: Arc<Job>) -> Outcome {
        let Some(url) = job.what.url() else {
            return self.read(&job, None).await;
        };
        match self.fetch(&job, url).await {
            Ok(Answer::NotModified { etag, last_modified }) => Outcome::NotModified { etag, last_modified },
            Ok(Answer::Body(fetched)) => {
                // Here and now: a digest is made sooner than another thread is woken.
                let mark = mark_of(&job, &fetched);
                if job.state.body_hash.as_deref() == Some(mark.as_str()) {
                    let Fetched { etag, last_modified, .. } = *fetched;
                    return Outcome::Same { etag, last_modified };
                }
                self.read(&job, Some((fetched, mark))).await
            }
            Err(error) => error.into(),
        }
    }

    async fn fetch(&self, job: &Job, url: &Url) -> Result<Answer, FetchError> {
        let request = request(job, url)?;
        match &self.client {
            Some(Ok(client)) => client.fetch(&request).await,
            Some(Err(error)) => Err(error.clone()),
            None => Err(FetchError::Setup { cause: "no network in this round".to_owned() }),
        }
    }

    async fn read(&self, job: &Arc<Job>, fetched: Option<(Box<Fetched>, String)>) -> Outcome {
        // Never closed; were it, the bound would be gone, not the work.
        let _permit = self.processors.acquire().await;
        let (owned, limit) = (Arc::clone(job), self.max_size);
        let work = move || match fetched {
            Some((fetched, mark)) => read_fetched(&owned, &fetched, mark),
            None => read_local(&owned, limit),
        };
        tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| Outcome::crashed(job))
    }
}

/// The request for a job's document: conditional if "not modified" would do.
fn request(job: &Job, url: &Url) -> Result<Request, FetchError> {
    let accept = if job.what.pick().is_some() { Accept::Page } else { Accept::Feed };
    let mut request = Request::new(url.clone(), accept);
    if job.state.body_hash.as_deref().is_some_and(|mark| job.facts.made(mark)) {
        request.etag.clone_from(&job.state.etag);
        request.last_modified.clone_from(&job.state.last_modified);
    }
    request.headers = secret_headers(job)?;
    Ok(request)
}

/// The source's own headers. Their values are marked sensitive, and no message holds one.
fn secret_headers(job: &Job) -> Result<HeaderMap, FetchError> {
    let mut headers = HeaderMap::new();
    for (name, secret) in &job.headers {
        let fault = |cause: String| FetchError::Address {
            url: job.place(),
            cause: format!("header {}: {cause}", name.escape_debug()),
        };
        let key: HeaderName = name.parse().map_err(|_| fault("not a header's name".to_owned()))?;
        let value = secret.resolve().map_err(|error| fault(error.to_string()))?;
        let mut value: HeaderValue =
            value.parse().map_err(|_| fault("its value holds a character that no header may".to_owned()))?;
        value.set_sensitive(true);
        headers.insert(key, value);
    }
    Ok(headers)
}

fn label(fetched: &Fetched) -> Label<'_> {
    Label {
        url: Some(&fetched.url),
        base: Some(&fetched.base),
        content_type: fetched.content_type.as_deref(),
        content_language: fetched.content_language.as_deref(),
    }
}

fn mark_of(job: &Job, fetched: &Fetched) -> String {
    job.facts.mark(&digest(&fetched.bytes, label(fetched)))
}

fn read_fetched(job: &Job, fetched: &Fetched, mark: String) -> Outcome {
    let (etag, last_modified) = (fetched.etag.clone(), fetched.last_modified.clone());
    let reading = match job.what.pick() {
        Some(pick) => read::page(fetched, pick).map_err(|error| error.to_string()),
        None => still_a_feed(job, read::feed(&fetched.bytes, label(fetched))),
    };
    match reading {
        Ok(reading) => {
            let moved = fetched.moved_permanently_to.clone();
            Outcome::Read(Box::new(Read { mark, etag, last_modified, moved, reading }))
        }
        Err(cause) => Outcome::failed(&format!("{}: {cause}", fetched.url)),
    }
}

fn read_local(job: &Job, limit: u64) -> Outcome {
    match &job.what {
        What::Folder(folder) => read_folder(job, folder, limit),
        What::FeedFile(path) | What::ArticleFile(path, _) => read_file(job, path, limit),
        What::Feed(_) | What::Page(..) => Outcome::crashed(job),
    }
}

fn read_file(job: &Job, path: &Path, limit: u64) -> Outcome {
    let contents = match files::read(path, limit) {
        Ok(contents) => contents,
        Err(error) => return Outcome::failed(&error),
    };
    let mark = job.facts.mark(&digest(&contents.bytes, Label::default()));
    if job.state.body_hash.as_deref() == Some(mark.as_str()) {
        return Outcome::Same { etag: None, last_modified: None };
    }
    let reading = match job.what.pick() {
        Some(pick) => {
            read::article_file(&job.document.scope, &contents, pick).map_err(|error| error.to_string())
        }
        None => still_a_feed(job, read::feed(&contents.bytes, Label::default())),
    };
    match reading {
        Ok(reading) => Outcome::read(mark, reading),
        Err(cause) => Outcome::failed(&format!("{}: {cause}", job.place())),
    }
}

/// A web page in the place of what was a feed is an error page or the site's front page, whatever microformats it has.
fn still_a_feed(job: &Job, reading: Result<Reading, ParseError>) -> Result<Reading, String> {
    let was_feed = job.state.entries > 0 && !job.state.about.is_page;
    match reading {
        Ok(reading) if reading.about.is_page && was_feed => {
            Err("it was a feed, and is a web page now; its articles are kept".to_owned())
        }
        other => other.map_err(|error| error.to_string()),
    }
}

/// The files are read once to see whether anything changed, and again if so: what is kept in memory is one file, and
/// a file that changes in between is seen next time, since the mark is the older one.
fn read_folder(job: &Job, folder: &Path, limit: u64) -> Outcome {
    let listing = match files::list(folder) {
        Ok(listing) => listing,
        Err(error) => return Outcome::failed(&error),
    };
    let mark = read::folder_digest(&listing, limit).map(|digest| job.facts.mark(&digest));
    if mark.is_some() && mark == job.state.body_hash {
        return Outcome::Same { etag: None, last_modified: None };
    }
    Outcome::read(mark.unwrap_or_default(), read::folder(folder, &listing, limit))
}
