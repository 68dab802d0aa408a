//! The edge: one document got from the web or the disk, and read, on its own task.

use std::fmt::Display;
use std::iter::repeat_n;
use std::num::NonZero;
use std::path::Path;
use std::pin::pin;
use std::sync::Arc;
use std::thread::available_parallelism;

use chrono::{DateTime, Utc};
use smallvec::{SmallVec, smallvec};
use tokio::sync::Semaphore;
use url::Url;

use crate::config::Plan;
use crate::ingest::decide::Paper;
use crate::ingest::fetch::{
    Answer, Client, Fault, FetchError, Fetched, Meter, Request, RetryAfter, Robots, Wishes, printable,
};
use crate::ingest::parse::ParseError;
use crate::model::{ArticleBody, Draft};
use crate::stop::{Stop, Watch};
use crate::store::{RobotsNote, Traffic};

use super::expand::What;
use super::files;
use super::mark::{Label, Sent, digest};
use super::queue::Queue;
use super::read::{self, Reading};
use super::report::in_words;
use super::request::request;
use super::turn::{Address, Job};

/// How an attempt at a document ended.
#[derive(Debug)]
pub(super) enum Outcome {
    /// The server says it has not changed.
    NotModified(Box<Said>),
    /// It came, and is what was read before.
    Same(Box<Said>),
    /// It came and was read.
    Read(Box<Read>),
    /// It did not come, or there is nothing to read in it.
    Failed(Box<Failure>),
    /// It was not asked for: its host wants a distance between requests.
    PutOff { until: DateTime<Utc> },
}

/// What an answer said besides the document. Nothing, for a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) etag: Option<String>,
    pub(super) last_modified: Option<String>,
    /// Whose validators these are: where the document was in the end.
    pub(super) url: Option<String>,
    /// Where it is to be asked for from now on.
    pub(super) moved: Option<Url>,
    pub(super) wishes: Wishes,
    /// The same document was sent in other bytes: its new mark.
    pub(super) mark: Option<String>,
}

/// Why there is no document, and what follows from it.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) message: String,
    pub(super) fault: Fault,
    pub(super) wishes: Wishes,
}

/// Those of a job and its riders, in their order: nearly always of a job alone.
pub(super) type Outcomes = SmallVec<[Outcome; 1]>;

/// How the attempts of a job and its riders ended.
#[derive(Debug)]
pub(super) struct Done {
    pub(super) outcomes: Outcomes,
    /// What all of them cost together.
    pub(super) traffic: Traffic,
    /// What robots.txt says, if that is news.
    pub(super) robots: Option<Box<(String, RobotsNote)>>,
}

impl Done {
    /// The task died.
    pub(super) fn crashed(job: &Arc<Job>) -> Self {
        let outcomes = job.party().map(|member| Outcome::crashed(member)).collect();
        Self { outcomes, traffic: Traffic::default(), robots: None }
    }
}

/// A document, read.
#[derive(Debug)]
pub(super) struct Read {
    /// See [`super::mark`].
    pub(super) mark: String,
    pub(super) said: Said,
    pub(super) reading: Reading,
    /// Only what is new in the document: what is not in it is still there.
    pub(super) is_partial: bool,
}

impl Outcome {
    /// The task died.
    pub(super) fn crashed(job: &Job) -> Self {
        Self::failed(&format!("{}: reading it crashed; please report this with the document", job.place()))
    }

    fn failed(message: &dyn Display) -> Self {
        let (message, wishes) = (in_words(message), Wishes::default());
        Self::Failed(Box::new(Failure { message, fault: Fault::Address, wishes }))
    }

    fn read(mark: String, reading: Reading) -> Self {
        Self::Read(Box::new(Read { mark, said: Said::default(), reading, is_partial: false }))
    }

    /// What any answer of the exchange asked counts, whatever became of it.
    fn told_to_wait(&mut self, waits: &[RetryAfter]) {
        let wishes = match self {
            Self::NotModified(said) | Self::Same(said) => &mut said.wishes,
            Self::Read(read) => &mut read.said.wishes,
            Self::Failed(failure) => &mut failure.wishes,
            Self::PutOff { .. } => return,
        };
        wishes.waits = waits.to_vec();
    }

    fn same() -> Self {
        Self::Same(Box::default())
    }

    /// Whether it is worth a write: a local file that is as it was is not, unless it waits to be seen so again.
    pub(super) fn is_news(&self, job: &Job) -> bool {
        let waits = job.state.error.is_some() || !job.state.missing.is_empty();
        job.is_remote() || waits || !matches!(self, Self::Same(_))
    }

    /// Whether there may be words in it.
    pub(super) fn has_words(&self) -> bool {
        matches!(self, Self::Read(_))
    }

    /// For the log.
    pub(super) fn word(&self) -> &'static str {
        match self {
            Self::NotModified(_) => "not modified",
            Self::Same(_) => "same",
            Self::Read(_) => "read",
            Self::Failed(_) => "failed",
            Self::PutOff { .. } => "put off",
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
    pub(super) fn into_paper(self) -> Paper {
        match self {
            Self::Read(read) => Paper { drafts: read.reading.drafts, deleted: read.reading.deleted },
            _ => Paper::default(),
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
        if let FetchError::PutOff { until, .. } = error {
            return Self::PutOff { until };
        }
        let (message, fault, wishes) = (in_words(&error), error.fault(), error.wishes());
        Self::Failed(Box::new(Failure { message, fault, wishes }))
    }
}

impl Said {
    fn by(fetched: &Fetched) -> Self {
        Self {
            etag: fetched.etag.clone(),
            last_modified: fetched.last_modified.clone(),
            url: Some(printable(&fetched.url)),
            moved: fetched.moved_permanently_to.clone(),
            wishes: fetched.wishes.clone(),
            mark: None,
        }
    }
}

/// What every job needs.
#[derive(Debug)]
pub(super) struct Workshop {
    /// `None` when nothing is asked over the network.
    client: Option<Result<Client, FetchError>>,
    /// `None` where nobody asks for it.
    robots: Option<Robots>,
    max_size: u64,
    /// Parsing is bound by the processor: more at once would only hold more in memory.
    processors: Semaphore,
    stop: Stop,
}

/// Processors of this machine.
pub(crate) fn cores() -> usize {
    available_parallelism().map_or(1, NonZero::get)
}

impl Workshop {
    /// The client is only set up if there is work for it.
    pub(super) fn new(plan: &Plan, queue: &Queue<'_>, robots: Option<Robots>, stop: &Stop) -> Self {
        Self {
            client: queue.has_remote().then(|| Client::new(&plan.fetch)),
            robots,
            max_size: plan.fetch.max_size,
            processors: Semaphore::new(cores()),
            stop: stop.clone(),
        }
    }

    /// Whether somebody asked for an end.
    pub(super) fn is_stopped(&self) -> bool {
        self.stop.is_asked()
    }

    /// Hears of an end during many jobs.
    pub(super) fn watch(&self) -> Watch {
        self.stop.watch()
    }

    /// Gets one document, and reads it for each job of the party; `None` if the round was stopped before it came.
    pub(super) async fn perform(&self, job: &Arc<Job>, watch: &mut Watch) -> Option<Done> {
        let Some(address) = job.address() else {
            let owned = (Arc::clone(job), self.max_size);
            let work = move || smallvec![read_local(&owned.0, owned.1)];
            let outcomes = self.read(job, work).await;
            return Some(Done { outcomes, traffic: Traffic::default(), robots: None });
        };
        let meter = Meter::default();
        let fetching = pin!(self.fetch(job, &address, &meter));
        let answer = watch.or_drop(fetching).await?;
        let robots = self.robots.as_ref().filter(|_| job.is_page());
        let robots = robots.and_then(|robots| robots.note(&address.url)).map(Box::new);
        let mut outcomes: Outcomes = match answer {
            Ok(Answer::NotModified { etag, last_modified, moved_permanently_to: moved, wishes }) => {
                let said = Said { etag, last_modified, url: None, moved, wishes, mark: None };
                let all = repeat_n(Box::new(said), job.party().count());
                all.map(Outcome::NotModified).collect()
            }
            Ok(Answer::Body(fetched)) => self.read_unless_same(job, fetched).await,
            Err(error) => job.party().map(|_| error.clone().into()).collect(),
        };
        let waits = meter.waits();
        if !waits.is_empty() {
            outcomes.iter_mut().for_each(|outcome| outcome.told_to_wait(&waits));
        }
        Some(Done { outcomes, traffic: meter.traffic(), robots })
    }

    async fn fetch(&self, job: &Job, address: &Address<'_>, meter: &Meter) -> Result<Answer, FetchError> {
        let request = Request { meter: Some(meter), ..request(job, address)? };
        match (&self.client, &self.robots) {
            (Some(Ok(client)), Some(robots)) if job.is_page() => {
                client.fetch_by_leave(&request, &robots.visitor(client, &request)).await
            }
            (Some(Ok(client)), _) => client.fetch(&request).await,
            (Some(Err(error)), _) => Err(error.clone()),
            (None, _) => Err(FetchError::Setup { cause: "no network in this round".to_owned() }),
        }
    }

    /// Looks here and now whether it was read before: a digest is made sooner than another thread is woken.
    async fn read_unless_same(&self, job: &Arc<Job>, fetched: Box<Fetched>) -> Outcomes {
        let sent = Sent::of(&fetched);
        if job.party().all(|member| member.mark().is_some_and(|mark| member.facts.know_as_sent(mark, sent))) {
            return job.party().map(|_| Outcome::Same(Box::new(Said::by(&fetched)))).collect();
        }
        let owned = Arc::clone(job);
        self.read(job, move || read_fetched(&owned, &fetched, sent)).await
    }

    async fn read(&self, job: &Arc<Job>, work: impl FnOnce() -> Outcomes + Send + 'static) -> Outcomes {
        // Never closed; were it, the bound would be gone, not the work.
        let _permit = self.processors.acquire().await;
        let crashed = |_| job.party().map(|member| Outcome::crashed(member)).collect();
        tokio::task::spawn_blocking(work).await.unwrap_or_else(crashed)
    }
}

/// Unpacks a document, and reads it for each job of the party that has not read it before.
fn read_fetched(job: &Arc<Job>, fetched: &Fetched, sent: Sent) -> Outcomes {
    let bytes = match fetched.unpack() {
        Ok(bytes) => bytes,
        Err(error) => return job.party().map(|_| error.clone().into()).collect(),
    };
    let digest = match sent {
        Sent::Plain(digest) => digest,
        Sent::Packed(_) => digest(&bytes, Label::of(fetched)),
    };
    let read = |member: &Arc<Job>| {
        let mark = member.facts.mark_of_fetched(&digest, sent);
        if member.mark().is_some_and(|known| member.facts.know(known, &digest)) {
            return Outcome::Same(Box::new(Said { mark: Some(mark), ..Said::by(fetched) }));
        }
        read_for(member, (fetched, &bytes), mark)
    };
    job.party().map(read).collect()
}

fn read_for(job: &Job, (fetched, bytes): (&Fetched, &[u8]), mark: String) -> Outcome {
    let label = Label::of(fetched);
    let reading = match job.what.pick() {
        Some(pick) => read::page(bytes, label, pick).map_err(|error| error.to_string()),
        None => still_a_feed(job, read::feed(bytes, label, job)),
    };
    match reading {
        Ok(reading) => {
            let (said, is_partial) = (Said::by(fetched), fetched.is_partial);
            Outcome::Read(Box::new(Read { mark, said, reading, is_partial }))
        }
        Err(cause) => unreadable(&format!("{}: {cause}", fetched.url), fetched),
    }
}

/// What came is no document; what its server asks of the next request counts all the same.
fn unreadable(message: &dyn Display, fetched: &Fetched) -> Outcome {
    let (message, wishes) = (in_words(message), fetched.wishes.clone());
    Outcome::Failed(Box::new(Failure { message, fault: Fault::Address, wishes }))
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
    if job.mark() == Some(mark.as_str()) {
        return Outcome::same();
    }
    let reading = match job.what.pick() {
        Some(pick) => {
            read::article_file(&job.document.scope, &contents, pick).map_err(|error| error.to_string())
        }
        None => still_a_feed(job, read::feed(&contents.bytes, Label::default(), job)),
    };
    match reading {
        Ok(reading) => Outcome::read(mark, reading),
        Err(cause) => Outcome::failed(&format!("{}: {cause}", job.place())),
    }
}

/// A web page in the place of what was a feed is an error page or the site's front page, whatever microformats it has.
fn still_a_feed(job: &Job, reading: Result<Reading, ParseError>) -> Result<Reading, String> {
    let was_feed = job.state.entries > 0 && !job.state.is_page;
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
        return Outcome::same();
    }
    Outcome::read(mark.unwrap_or_default(), read::folder(folder, &listing, limit))
}

#[cfg(test)]
mod tests;
