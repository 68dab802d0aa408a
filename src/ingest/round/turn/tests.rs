//! Whether and where a document is asked for.

use chrono::TimeDelta;

use crate::stop::Stop;

use super::super::mark::{Label, digest};
use super::testing::{fetch_plan, job_of, pick};
use super::*;
use crate::config::Input;
use crate::model::SourceId;

const FEED: &str = "https://example.org/feed";

fn now() -> DateTime<Utc> {
    "2026-11-01T12:00:00Z".parse().unwrap()
}

fn options() -> RoundOptions {
    RoundOptions { now: now(), offline: false, force: false, only: None, stop: Stop::default() }
}

fn feed(url: &str) -> What {
    What::Feed(Arc::new(Url::parse(url).unwrap()))
}

fn page(note: Option<&str>) -> What {
    What::Page(Arc::new(Url::parse(FEED).unwrap()), Box::new(pick(FEED, note)))
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
    let file = job_of(What::FeedFile("a.xml".into()), "a.xml", Some(DocumentState { url: None, ..stored }));
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
        assert_eq!(job.address(), Some(Address { url: Cow::Owned(Url::parse(url).unwrap()), is_own }));
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
    let limits = Arc::new(fetch.limits);
    for (every, force_every, expected) in [
        (None, false, (minutes(120), 30, true)),
        (minutes(45), false, (minutes(45), 30, false)),
        (minutes(45), true, (minutes(45), 30, false)),
        (minutes(15), true, (minutes(15), 15, false)),
    ] {
        let what = feed(FEED);
        let source = SourcePlan { every, force_every, ..testing::source("s", Input::Articles(Vec::new())) };
        let timing =
            timing(Owner { index: 0, source: &source, fetch: &fetch, limits: &limits, now: now() }, &what);
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
