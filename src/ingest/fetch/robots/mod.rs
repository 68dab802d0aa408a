//! robots.txt (RFC 9309): asked once a round and origin, before a page is; what it says is kept for a day.
//!
//! [`Rules`] says what may be asked. The rest of this file is the edge around it: who asks for robots.txt, who remembers it,
//! and who waits for a `Crawl-delay`.

mod pattern;
mod rules;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::OnceCell;
use tokio::time::Instant;
use url::Url;

use crate::store::RobotsNote;

use super::leave::Leave;
use super::{Accept, Answer, Client, FetchError, Request, printable};

pub use rules::Rules;

/// What was read is good for so long (§2.4), and beyond it only while robots.txt cannot be had (§2.3.1.4).
const GOOD_FOR: TimeDelta = TimeDelta::hours(24);

/// The robots.txt of every origin that a round asks.
#[derive(Debug)]
pub struct Robots {
    /// The moment of the round.
    now: DateTime<Utc>,
    /// The same by the clock that waits.
    started: Instant,
    /// A round waits no longer than this for a `Crawl-delay`, all in all; what would be later is put off.
    patience: Duration,
    /// As remembered from rounds before.
    noted: BTreeMap<String, RobotsNote>,
    origins: Mutex<HashMap<String, Arc<Origin>>>,
}

/// One scheme, host and port.
#[derive(Debug)]
struct Origin {
    name: String,
    noted: Option<RobotsNote>,
    /// Why they could not be read, else.
    rules: OnceCell<Result<Known, String>>,
    line: Mutex<Line>,
}

/// The requests of an origin that keep their distance.
#[derive(Debug, Clone, Copy)]
struct Line {
    /// When the last of them went out.
    asked_at: Option<DateTime<Utc>>,
    /// The last place given away, also to one that was put off.
    last_place: Option<DateTime<Utc>>,
}

#[derive(Debug, Clone)]
struct Known {
    rules: Rules,
    read_at: DateTime<Utc>,
}

/// When a request that must keep its distance may go out. Pure; times are those of the round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slot {
    /// At this moment, which may have to be waited for.
    At(DateTime<Utc>),
    /// Too late for this round.
    After(DateTime<Utc>),
}

impl Robots {
    /// For a round at `now`; `noted` is what `Robots::note` said after earlier ones.
    #[must_use]
    pub fn new(now: DateTime<Utc>, patience: Duration, noted: BTreeMap<String, RobotsNote>) -> Self {
        Self { now, started: Instant::now(), patience, noted, origins: Mutex::default() }
    }

    /// Who asks before each request whether robots.txt lets it go out.
    pub(crate) fn visitor<'a>(&'a self, client: &'a Client, request: &'a Request<'a>) -> Visitor<'a> {
        Visitor { robots: self, client, request }
    }

    /// What is known of an origin after a visit, for the store; `None` if it is known there already, or not at all.
    pub(crate) fn note(&self, url: &Url) -> Option<(String, RobotsNote)> {
        let origin = self.origin(url);
        let known = origin.rules.get()?.as_ref().ok()?.clone();
        let Line { asked_at, .. } = *origin.line.lock().unwrap_or_else(PoisonError::into_inner);
        let note = RobotsNote { read_at: known.read_at, asked_at, rules: known.rules.to_string() };
        (origin.noted.as_ref() != Some(&note)).then(|| (origin.name.clone(), note))
    }

    fn origin(&self, url: &Url) -> Arc<Origin> {
        let name = url.origin().ascii_serialization();
        let mut origins = self.origins.lock().unwrap_or_else(PoisonError::into_inner);
        let origin = origins.entry(name).or_insert_with_key(|name| {
            let noted = self.noted.get(name).cloned();
            // A request in the future means that the clock was moved: it says nothing.
            let asked_at = noted.as_ref().and_then(|note| note.asked_at).filter(|at| *at <= self.now);
            Arc::new(Origin {
                name: name.clone(),
                noted,
                rules: OnceCell::new(),
                line: Mutex::new(Line { asked_at, last_place: asked_at }),
            })
        });
        Arc::clone(origin)
    }

    /// Waits for the distance to the last request to an origin, and takes the next place.
    async fn keep_distance(&self, origin: &Origin, delay: Duration, url: &Url) -> Result<(), FetchError> {
        let slot = {
            let mut line = origin.line.lock().unwrap_or_else(PoisonError::into_inner);
            let present = self.now + TimeDelta::from_std(self.started.elapsed()).unwrap_or_default();
            let slot = slot(line.last_place, delay, present, self.now + self.patience);
            // Those put off stand in line, too: each has its own place.
            let (Slot::At(at) | Slot::After(at)) = slot;
            line.last_place = Some(at);
            if slot == Slot::At(at) {
                line.asked_at = Some(at);
            }
            slot
        };
        match slot {
            Slot::At(at) => {
                let from_start = (at - self.now).to_std().unwrap_or_default();
                tokio::time::sleep_until(self.started + from_start).await;
                Ok(())
            }
            Slot::After(until) => Err(FetchError::PutOff { url: printable(url), delay, until }),
        }
    }
}

/// The first place at least `delay` behind the last; one that has to be waited for beyond `patience` is too late.
fn slot(
    last: Option<DateTime<Utc>>,
    delay: Duration,
    present: DateTime<Utc>,
    patience: DateTime<Utc>,
) -> Slot {
    let at = last.map_or(present, |last| (last + delay).max(present));
    if at > present && at > patience { Slot::After(at) } else { Slot::At(at) }
}

/// A client on its way to pages.
#[derive(Debug)]
pub(crate) struct Visitor<'a> {
    robots: &'a Robots,
    client: &'a Client,
    request: &'a Request<'a>,
}

impl Leave for Visitor<'_> {
    async fn ask(&self, url: &Url) -> Result<(), FetchError> {
        let origin = self.robots.origin(url);
        let address = format!("{}/robots.txt", origin.name);
        let read = || self.read(&origin, &address);
        match origin.rules.get_or_init(read).await {
            Err(cause) => Err(FetchError::RobotsUnread { url: printable(url), cause: cause.clone() }),
            Ok(known) if !known.rules.allow(url) => {
                Err(FetchError::Robots { url: printable(url), robots: address.clone() })
            }
            Ok(known) => match known.rules.crawl_delay() {
                Some(delay) => self.robots.keep_distance(&origin, delay, url).await,
                None => Ok(()),
            },
        }
    }
}

impl Visitor<'_> {
    async fn read(&self, origin: &Origin, address: &str) -> Result<Known, String> {
        let now = self.robots.now;
        let earlier = origin
            .noted
            .as_ref()
            .map(|note| Known { rules: Rules::parse(note.rules.as_bytes()), read_at: note.read_at });
        let age = earlier.as_ref().map(|known| now - known.read_at);
        match (earlier, age) {
            (Some(known), Some(age)) if age >= TimeDelta::zero() && age < GOOD_FOR => Ok(known),
            (earlier, _) => match (self.fetch(address).await, earlier) {
                (Ok(rules), _) => Ok(Known { rules, read_at: now }),
                // Old rules are better than none.
                (Err(_), Some(known)) => Ok(known),
                (Err(error), None) => Err(error.to_string()),
            },
        }
    }

    /// No robots.txt, no rules (§2.3.1.3); that holds for a chain of redirects without end, too (§2.3.1.2). All other
    /// failures forbid everything for now (§2.3.1.4), and "too many requests" is no permission to send more.
    async fn fetch(&self, address: &str) -> Result<Rules, FetchError> {
        let url = Url::parse(address)
            .map_err(|error| FetchError::Address { url: address.to_owned(), cause: error.to_string() })?;
        let page = self.request;
        // A host that may be private for the page may be so for its rules.
        let allow_private = page.allow_private && url.host() == page.url.host();
        let request = Request { meter: page.meter, allow_private, ..Request::new(url, Accept::Robots) };
        match self.client.fetch(&request).await {
            Ok(Answer::Body(fetched)) => fetched.unpack().map(|bytes| Rules::parse(&bytes)),
            Ok(Answer::NotModified { .. }) => Ok(Rules::default()),
            Err(FetchError::Status { code, .. }) if code < 500 && code != 429 => Ok(Rules::default()),
            Err(FetchError::TooManyRedirects { .. } | FetchError::Redirect { .. }) => Ok(Rules::default()),
            // The guard judges the page itself next, and says so better.
            Err(FetchError::Forbidden { .. }) => Ok(Rules::default()),
            Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests;
