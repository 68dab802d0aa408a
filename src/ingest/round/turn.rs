//! One document's turn: what is known of it, and whether to ask for it now. Pure.

use std::collections::BTreeMap;
use std::iter::once;
use std::sync::Arc;
use std::time::Duration;

use url::Url;

use crate::config::{Auth, FetchPlan, FullText, Limits, Secret, SourcePlan};
use crate::ingest::fetch::schedule::{Timing, is_due, must_wait};
use crate::ingest::fetch::{address_after_move, printable};
use crate::model::CleanSteps;
use crate::store::{Beat, DocumentKey, DocumentRow, DocumentState, Pulse, Remembered};

use super::RoundOptions;
use super::expand::{Target, What};
use super::mark::Facts;

/// A document to go through in this round.
#[derive(Debug, Clone)]
pub(super) struct Job {
    /// The source's place in the round.
    pub(super) source: usize,
    pub(super) document: DocumentKey,
    /// Where the store has it, if it has.
    pub(super) row: Option<DocumentRow>,
    pub(super) what: What,
    pub(super) facts: Facts,
    /// As remembered, less what was remembered of another address.
    pub(super) state: DocumentState,
    /// Whether the store has it like this.
    pub(super) is_as_stored: bool,
    /// Whether nothing was remembered of it: it has no articles.
    pub(super) is_new: bool,
    pub(super) timing: Timing,
    /// For the feed's own host.
    pub(super) headers: BTreeMap<String, Secret>,
    /// The config has given it another address since the last attempt.
    pub(super) is_readdressed: bool,
    /// Whether its own host may be in a private network.
    pub(super) allow_private: bool,
    /// Of what it brings at once, so much may enter a feed; `None`: all.
    pub(super) first_run: Option<usize>,
    /// Documents of other sources that the same request serves; see [`super::party`].
    pub(super) riders: Vec<Arc<Job>>,
    /// How much of it is kept.
    pub(super) limits: Limits,
    /// For the feed's own host.
    pub(super) auth: Option<Auth>,
    /// Whether the text of its articles is read from their pages.
    pub(super) full_text: FullText,
    /// How its articles are cleaned.
    pub(super) clean: CleanSteps,
}

/// What a reading depends on besides the document. One's own articles are only made safe, whatever the config says.
fn facts(what: &What, clean: CleanSteps) -> Facts {
    match what {
        What::Feed(_) | What::FeedFile(_) => Facts::of_feed(clean),
        What::Folder(_) => Facts::plain(),
        What::Page(_, pick) | What::ArticleFile(_, pick) => Facts::of_pick(pick),
    }
}

/// Where a document is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) url: Url,
    /// Whether it may be told what is meant for the host of the config's URL.
    pub(super) is_own: bool,
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
    /// It is not due, but asked for all the same.
    Early,
    NotDue,
    /// It is asked for early, but its server wants to be left alone.
    LeftAlone,
    /// Its server says that it is gone for good.
    Gone,
    /// It needs the network, which is not to be used.
    Offline,
}

impl Job {
    /// The job of a target; takes the state that is remembered of it.
    pub(super) fn new(owner: Owner<'_>, target: Target, remembered: Option<&mut Remembered>) -> Self {
        let Target { scope, what } = target;
        let Owner { index, source, .. } = owner;
        // The hosts of hand-picked pages are not the source's own.
        let headers = match what {
            What::Feed(_) => source.headers.clone(),
            _ => BTreeMap::new(),
        };
        let row = remembered.as_ref().and_then(|remembered| remembered.row);
        let stored = remembered.map(|remembered| std::mem::take(&mut remembered.state));
        let url = what.url().map(printable);
        let is_as_stored = stored.as_ref().is_some_and(|stored| stored.url == url);
        let (is_new, stored) = (stored.is_none(), stored.unwrap_or_default());
        Self {
            row,
            is_as_stored,
            is_new,
            source: index,
            document: DocumentKey { source: source.id.clone(), scope },
            facts: facts(&what, source.clean),
            is_readdressed: is_readdressed(&stored, url.as_ref()),
            state: still_true(stored, url),
            timing: timing(owner, &what),
            full_text: full_text(source, &what),
            what,
            headers,
            allow_private: source.allow_private,
            riders: Vec::new(),
            first_run: source.first_run.map(|first_run| first_run.most),
            limits: owner.fetch.limits,
            auth: source.auth.clone(),
            clean: source.clean,
        }
    }

    /// Where to ask, if on the web: where the config says, or where that has moved for good.
    pub(super) fn address(&self) -> Option<Address> {
        let url = self.what.url()?;
        let moved_to = self.state.moved_to.as_deref().and_then(|moved_to| Url::parse(moved_to).ok());
        let (url, is_own) = match &moved_to {
            Some(moved_to) => address_after_move(url, moved_to),
            None => (url.clone(), true),
        };
        Some(Address { url, is_own })
    }

    /// The mark of the last good reading; see [`super::mark`].
    pub(super) fn mark(&self) -> Option<&str> {
        self.state.body_hash.as_deref()
    }

    /// This job, and those that come with it.
    pub(super) fn party(self: &Arc<Self>) -> impl Iterator<Item = &Arc<Self>> {
        once(self).chain(&self.riders)
    }

    /// Its document's pulse, to be written.
    pub(super) fn beat(&self, pulse: Pulse) -> Beat {
        Beat { document: self.document.clone(), row: self.row, pulse }
    }

    /// Whether the document is on the web.
    pub(super) fn is_remote(&self) -> bool {
        self.what.url().is_some()
    }

    /// Whether it is a page on the web, which nobody offers as a feed: robots.txt has a say.
    pub(super) fn is_page(&self) -> bool {
        matches!(self.what, What::Page(..))
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
    /// editor has changed his mind, unless it failed since. `--force` asks also what is not due and what is gone; but what
    /// a server wants to be left alone only if its source is named.
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
        let waits = must_wait(&self.state, options.now);
        if self.state.gone_since.is_some() {
            return if options.force { Turn::Early } else { Turn::Gone };
        }
        match options.force {
            _ if is_due(&self.state, options.now) || (is_reworded && !waits) => Turn::Now,
            false => Turn::NotDue,
            true if waits && options.only.is_none() => Turn::LeftAlone,
            true => Turn::Early,
        }
    }
}

/// How often a document may be asked for. Only a source's own `every` counts as a word on this one document.
fn timing(owner: Owner<'_>, what: &What) -> Timing {
    let Owner { source, fetch, .. } = owner;
    let forced = source.every.filter(|_| source.force_every).unwrap_or(Duration::MAX);
    let every = match what {
        // An article does not change by the hour as a feed does.
        What::Page(..) => Some(source.every.unwrap_or_default().max(fetch.max_interval)),
        _ => source.every.or(fetch.schedule),
    };
    Timing {
        every,
        min_interval: fetch.min_interval.min(forced),
        max_interval: fetch.max_interval,
        jitter: fetch.jitter,
        spares_unvalidated: source.every.is_none(),
    }
}

/// A hand-picked page is read in any case.
fn full_text(source: &SourcePlan, what: &What) -> FullText {
    match what {
        What::Feed(_) | What::FeedFile(_) => source.full_text,
        What::Page(..) | What::Folder(_) | What::ArticleFile(..) => FullText::Never,
    }
}

/// No address yet means that the first attempt never ended: it counts.
fn is_readdressed(stored: &DocumentState, url: Option<&String>) -> bool {
    stored.url.is_some() && stored.url.as_ref() != url
}

/// What stays true of a document when its address is now `url`: nothing that its old address said may be told to the
/// new one, and a new address is asked at once.
fn still_true(stored: DocumentState, url: Option<String>) -> DocumentState {
    if !is_readdressed(&stored, url.as_ref()) {
        return DocumentState { url, ..stored };
    }
    let DocumentState { entries, is_page, traffic, .. } = stored;
    DocumentState { url, entries, is_page, traffic, ..DocumentState::default() }
}

#[cfg(test)]
pub(super) mod testing;

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};

    use super::super::mark::{Label, digest};
    use super::testing::{fetch_plan, job_of, pick};
    use super::*;
    use crate::config::Input;
    use crate::model::SourceId;
    use crate::stop::Stop;

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
        assert_eq!(job.turn(&RoundOptions { force: true, ..options() }), Turn::Early);
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
    fn force_asks_early_but_not_what_wants_to_be_left_alone_unless_its_source_is_named() {
        let forced = RoundOptions { force: true, ..options() };
        let named = RoundOptions { only: Some(vec![SourceId::new("s")]), ..forced.clone() };
        let waiting =
            DocumentState { wait_until: Some(now() + TimeDelta::hours(1)), ..read(FEED, &Facts::plain()) };
        let gone =
            DocumentState { gone_since: Some(now() - TimeDelta::days(9)), next_at: None, ..waiting.clone() };
        for (state, turns) in [
            (read(FEED, &Facts::plain()), [Turn::NotDue, Turn::Early, Turn::Early]),
            (waiting, [Turn::NotDue, Turn::LeftAlone, Turn::Early]),
            (gone, [Turn::Gone, Turn::Early, Turn::Early]),
        ] {
            let job = job_of(feed(FEED), "", Some(state));
            assert_eq!([&options(), &forced, &named].map(|options| job.turn(options)), turns);
        }
    }

    #[test]
    fn what_has_moved_is_asked_there_and_told_only_what_it_may_know() {
        let moved = |to: &str| DocumentState { moved_to: Some(to.to_owned()), ..read(FEED, &Facts::plain()) };
        for (state, url, is_own) in [
            (read(FEED, &Facts::plain()), FEED, true),
            (moved("https://example.org/new"), "https://example.org/new", true),
            (moved("https://example.com/new"), "https://example.com/new", false),
        ] {
            let job = job_of(feed(FEED), "", Some(state));
            assert_eq!(job.address(), Some(Address { url: Url::parse(url).unwrap(), is_own }));
            assert_eq!(job.place(), FEED, "it keeps its name");
        }
        let elsewhere = job_of(feed("https://example.net/"), "", Some(moved("https://example.com/new")));
        assert_eq!(elsewhere.address().unwrap().url.as_str(), "https://example.net/");
        assert!(elsewhere.is_readdressed);
    }

    #[test]
    fn a_sources_own_interval_goes_below_the_minimum_only_by_force() {
        let minutes = |minutes: u64| Some(Duration::from_secs(60 * minutes));
        let fetch = FetchPlan { schedule: minutes(120), ..fetch_plan() };
        for (every, force_every, expected) in [
            (None, false, (minutes(120), 30, true)),
            (minutes(45), false, (minutes(45), 30, false)),
            (minutes(45), true, (minutes(45), 30, false)),
            (minutes(15), true, (minutes(15), 15, false)),
        ] {
            let what = feed(FEED);
            let source =
                SourcePlan { every, force_every, ..testing::source("s", Input::Articles(Vec::new())) };
            let timing = timing(Owner { index: 0, source: &source, fetch: &fetch }, &what);
            let least = timing.min_interval.as_secs() / 60;
            assert_eq!((timing.every, least, timing.spares_unvalidated), expected, "{every:?} {force_every}");
        }
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
        assert_eq!(job.timing.every, Some(job.timing.max_interval));
        assert!(job.headers.is_empty());
        assert_eq!(job_of(feed(FEED), "", None).headers.len(), 1);
    }
}
