//! One document's turn: what is known of it, and whether to ask for it now. Pure.

use std::collections::BTreeMap;

use crate::config::{FetchPlan, Secret, SourcePlan};
use crate::ingest::fetch::printable;
use crate::ingest::fetch::schedule::{Timing, is_due};
use crate::store::{DocumentKey, DocumentState};

use super::RoundOptions;
use super::expand::{Target, What};
use super::mark::Facts;

/// A document to go through in this round.
#[derive(Debug, Clone)]
pub(super) struct Job {
    /// The source's place in the round.
    pub(super) source: usize,
    pub(super) document: DocumentKey,
    pub(super) what: What,
    pub(super) facts: Facts,
    /// As remembered, less what was remembered of another address.
    pub(super) state: DocumentState,
    pub(super) timing: Timing,
    /// For the feed's own host.
    pub(super) headers: BTreeMap<String, Secret>,
    /// Of what it brings at once, so much may enter a feed; `None`: all.
    pub(super) first_run: Option<usize>,
}

/// What a job's source says of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Owner<'a> {
    /// The source's place in the round.
    pub(super) index: usize,
    pub(super) source: &'a SourcePlan,
    pub(super) fetch: &'a FetchPlan,
}

/// Whether a job's time has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    Now,
    NotDue,
    /// It needs the network, which is not to be used.
    Offline,
}

impl Job {
    /// The job of a target; `stored` is what the store remembers of it.
    pub(super) fn new(owner: Owner<'_>, target: Target, stored: Option<DocumentState>) -> Self {
        let Target { scope, what } = target;
        let Owner { index, source, fetch } = owner;
        // An article does not change by the hour as a feed does.
        let every = match what {
            What::Page(..) => source.every.max(fetch.max_interval),
            _ => source.every,
        };
        // The hosts of hand-picked pages are not the source's own.
        let headers = match what {
            What::Feed(_) => source.headers.clone(),
            _ => BTreeMap::new(),
        };
        Self {
            source: index,
            document: DocumentKey { source: source.id.clone(), scope },
            facts: what.pick().map_or_else(Facts::plain, Facts::of_pick),
            state: still_true(stored.unwrap_or_default(), what.url().map(printable)),
            what,
            timing: Timing { every, min_interval: fetch.min_interval, max_interval: fetch.max_interval },
            headers,
            first_run: source.first_run.map(|first_run| first_run.most),
        }
    }

    /// Whether the document is on the web.
    pub(super) fn is_remote(&self) -> bool {
        self.what.url().is_some()
    }

    /// The document's name in messages.
    pub(super) fn place(&self) -> String {
        match &self.what {
            What::Feed(url) | What::Page(url, _) => printable(url),
            What::Folder(path) => path.display().to_string(),
            What::FeedFile(_) | What::ArticleFile(..) => self.document.scope.clone(),
        }
    }

    /// Whether to ask now. What is on disk costs nobody anything and is always due; so is a picked page on which the
    /// editor has changed his mind, unless it failed since.
    pub(super) fn turn(&self, options: &RoundOptions) -> Turn {
        if !self.is_remote() {
            return Turn::Now;
        }
        if options.offline {
            return Turn::Offline;
        }
        let mark = self.state.body_hash.as_deref();
        let is_reworded =
            self.state.failures == 0 && mark.is_some_and(|mark| self.facts.reworded_since(mark));
        if options.force || is_reworded || is_due(&self.state, options.now) {
            Turn::Now
        } else {
            Turn::NotDue
        }
    }
}

/// What stays true of a document when its address is now `url`: nothing that its old address said may be told to the
/// new one, and a new address is asked at once. No address yet means that the first attempt never ended: it counts.
fn still_true(stored: DocumentState, url: Option<String>) -> DocumentState {
    if stored.url.is_none() || stored.url == url {
        return DocumentState { url, ..stored };
    }
    DocumentState { url, entries: stored.entries, about: stored.about, ..DocumentState::default() }
}

#[cfg(test)]
pub(super) mod testing {
    use std::path::PathBuf;
    use std::time::Duration;

    use url::Url;

    use crate::config::Republish;
    use crate::config::{Input, PickedArticle, Place};
    use crate::model::SourceId;

    use super::*;

    pub(in super::super) fn fetch_plan() -> FetchPlan {
        FetchPlan {
            contact: None,
            min_interval: Duration::from_secs(1800),
            max_interval: Duration::from_secs(86_400),
            concurrency: 4,
            per_host: 1,
            timeout: Duration::from_secs(1),
            max_size: 1 << 20,
            max_redirects: 3,
        }
    }

    pub(in super::super) fn source(id: &str, input: Input) -> SourcePlan {
        SourcePlan {
            id: SourceId::new(id),
            input,
            name: None,
            tags: Vec::new(),
            republish: Republish::Excerpt,
            rights: None,
            language: None,
            every: Duration::from_secs(3600),
            headers: BTreeMap::from([("X-Token".to_owned(), Secret::File(PathBuf::from("token")))]),
            first_run: None,
        }
    }

    pub(in super::super) fn pick(url: &str, note: Option<&str>) -> PickedArticle {
        let note = note.map(crate::model::PlainText::block);
        PickedArticle { place: Place::Url(Url::parse(url).unwrap()), title: None, note, tags: Vec::new() }
    }

    /// The job of a feed: a URL or a path, which is its scope too.
    pub(in super::super) fn job(place: &str) -> Job {
        let what = Url::parse(place).map_or_else(|_| What::FeedFile(PathBuf::from(place)), What::Feed);
        job_of(what, place, None)
    }

    pub(in super::super) fn job_of(what: What, scope: &str, stored: Option<DocumentState>) -> Job {
        let source = source("s", Input::Articles(Vec::new()));
        let owner = Owner { index: 0, source: &source, fetch: &fetch_plan() };
        Job::new(owner, Target { scope: scope.to_owned(), what }, stored)
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};
    use url::Url;

    use crate::stop::Stop;

    use super::super::mark::{Label, digest};
    use super::testing::{job_of, pick};
    use super::*;

    const FEED: &str = "https://example.org/feed";

    fn now() -> DateTime<Utc> {
        "2026-11-01T12:00:00Z".parse().unwrap()
    }

    fn options() -> RoundOptions {
        RoundOptions { now: now(), offline: false, force: false, only: None, stop: Stop::default() }
    }

    fn feed(url: &str) -> What {
        What::Feed(Url::parse(url).unwrap())
    }

    fn page(note: Option<&str>) -> What {
        What::Page(Url::parse(FEED).unwrap(), pick(FEED, note))
    }

    /// Read an hour ago, due in an hour.
    fn read(url: &str, facts: &Facts) -> DocumentState {
        DocumentState {
            url: Some(url.to_owned()),
            etag: Some("\"a\"".to_owned()),
            body_hash: Some(facts.mark(&digest(b"x", Label::default()))),
            last_at: Some(now() - TimeDelta::hours(1)),
            next_at: Some(now() + TimeDelta::hours(1)),
            entries: 7,
            ..DocumentState::default()
        }
    }

    #[test]
    fn a_feed_is_asked_when_due_and_a_file_always() {
        let stored = read(FEED, &Facts::plain());
        let job = job_of(feed(FEED), "", Some(stored.clone()));
        assert_eq!(job.turn(&options()), Turn::NotDue);
        assert_eq!(job.turn(&RoundOptions { force: true, ..options() }), Turn::Now);
        assert_eq!(job.turn(&RoundOptions { now: now() + TimeDelta::hours(1), ..options() }), Turn::Now);
        assert_eq!(job.turn(&RoundOptions { offline: true, force: true, ..options() }), Turn::Offline);
        let file =
            job_of(What::FeedFile("a.xml".into()), "a.xml", Some(DocumentState { url: None, ..stored }));
        assert_eq!(file.turn(&RoundOptions { offline: true, ..options() }), Turn::Now);
    }

    #[test]
    fn a_new_address_is_due_at_once_and_told_nothing_of_the_old_one() {
        let job = job_of(feed("https://example.com/feed"), "", Some(read(FEED, &Facts::plain())));
        assert_eq!(job.turn(&options()), Turn::Now);
        assert_eq!((&job.state.etag, &job.state.body_hash, job.state.entries), (&None, &None, 7));
        assert_eq!(job.place(), "https://example.com/feed");
    }

    #[test]
    fn a_first_attempt_that_never_ended_is_not_repeated_at_once() {
        let noted = DocumentState {
            last_at: Some(now() - TimeDelta::minutes(1)),
            next_at: Some(now() + TimeDelta::minutes(29)),
            ..DocumentState::default()
        };
        assert_eq!(job_of(feed(FEED), "", Some(noted)).turn(&options()), Turn::NotDue);
    }

    #[test]
    fn a_password_in_the_address_is_not_remembered() {
        let job = job_of(feed("https://me:pw@example.org/feed"), "", Some(read(FEED, &Facts::plain())));
        assert_eq!(job.state.url.as_deref(), Some(FEED));
        assert_eq!(job.turn(&options()), Turn::NotDue);
    }

    #[test]
    fn a_picked_page_is_asked_anew_when_the_editor_changes_the_words() {
        let stored = read(FEED, &Facts::of_pick(&pick(FEED, None)));
        assert_eq!(job_of(page(None), FEED, Some(stored.clone())).turn(&options()), Turn::NotDue);
        assert_eq!(job_of(page(Some("new")), FEED, Some(stored.clone())).turn(&options()), Turn::Now);
        let failing = DocumentState { failures: 1, ..stored };
        assert_eq!(job_of(page(Some("new")), FEED, Some(failing)).turn(&options()), Turn::NotDue);
    }

    #[test]
    fn a_picked_page_is_asked_at_most_every_max_interval_and_without_the_sources_headers() {
        let job = job_of(page(None), FEED, None);
        assert_eq!(job.timing.every, job.timing.max_interval);
        assert!(job.headers.is_empty());
        assert_eq!(job_of(feed(FEED), "", None).headers.len(), 1);
    }
}
