use std::sync::Arc;

use chrono::TimeDelta;

use crate::ingest::fetch::{Freshness, RetryAfter};
use crate::model::{ArticleBody, Draft, Pace, Rhythm};

use super::super::expand::What;
use super::super::read::Reading;
use super::super::turn::testing::{job_of, pick};
use super::*;

const URL: &str = "https://example.org/feed";
const NEW: &str = "https://example.com/new";

fn now() -> DateTime<Utc> {
    "2026-11-01T12:00:00Z".parse().unwrap()
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn good() -> DocumentState {
    DocumentState {
        url: some(URL),
        etag: some("\"old\""),
        last_modified: some("then"),
        body_hash: some("1::old"),
        last_ok: Some(now() - TimeDelta::hours(1)),
        entries: 30,
        validators_of: some(URL),
        ..DocumentState::default()
    }
}

fn remote(state: DocumentState) -> Job {
    job_of(What::Feed(Arc::new(Url::parse(URL).unwrap())), "", Some(state))
}

fn failed_by(fault: Fault) -> Outcome {
    Outcome::Failed(Box::new(Failure { message: "no".to_owned(), fault, wishes: Wishes::default() }))
}

fn failure() -> Outcome {
    failed_by(Fault::Address)
}

fn said(etag: Option<&str>) -> Said {
    Said { etag: etag.and_then(some), url: some(URL), ..Said::default() }
}

fn moved_here(to: &str) -> Said {
    Said { moved: Url::parse(to).ok(), ..said(None) }
}

fn same(said: Said) -> Outcome {
    Outcome::Same(Box::new(said))
}

fn not_modified(said: Said) -> Outcome {
    Outcome::NotModified(Box::new(said))
}

/// The state after an attempt that brought nothing new.
fn after(job: &Job, outcome: &Outcome) -> DocumentState {
    judge(job, outcome, now()).due(job, 0, now()).into_state()
}

fn remembered(state: DocumentState) -> DocumentState {
    DocumentState { moved_to: some(NEW), ..state }
}

fn reading(entries: usize, problems: &[&str]) -> Read {
    let draft = Draft {
        keys: Vec::new(),
        guid: None,
        body: ArticleBody::default(),
        published: None,
        updated: None,
        file_time: None,
    };
    let reading = Reading {
        drafts: vec![draft; entries],
        problems: problems.iter().map(|&problem| problem.to_owned()).collect(),
        ..Reading::default()
    };
    Read { mark: "1::new".to_owned(), said: said(Some("\"new\"")), reading, is_partial: false }
}

fn read(entries: usize, problems: &[&str]) -> Outcome {
    Outcome::Read(Box::new(reading(entries, problems)))
}

#[test]
fn a_failure_keeps_the_last_good_state_and_backs_off() {
    let mut state = good();
    for (failures, minutes) in [(1, 30), (2, 60), (3, 120)] {
        let next = after(&remote(state.clone()), &failure());
        let expected = DocumentState {
            last_at: Some(now()),
            next_at: Some(now() + TimeDelta::minutes(minutes)),
            failures,
            error: some("no"),
            ..good()
        };
        assert_eq!(next, expected);
        state = next;
    }
}

#[test]
fn what_an_attempt_leaves_as_it_was_need_not_be_written() {
    let unsaid = || Said { url: some(URL), last_modified: some("then"), ..said(Some("\"old\"")) };
    let states = [
        good(),
        DocumentState::default(),
        DocumentState { failures: 2, error: some("no"), ..good() },
        DocumentState { gone_since: Some(now()), ..good() },
        DocumentState { moved_to: some(NEW), ..good() },
    ];
    for state in states {
        for outcome in [
            not_modified(said(None)),
            not_modified(unsaid()),
            not_modified(moved_here(NEW)),
            same(unsaid()),
            same(Said { mark: some("1::old"), ..unsaid() }),
            same(Said { mark: some("1::other"), ..unsaid() }),
            Outcome::PutOff { until: now() },
            failure(),
            read(31, &[]),
        ] {
            let job = remote(state.clone());
            let after = judge(&job, &outcome, now()).due(&job, 0, now());
            let is_left = after.differs_in_pulse_only(&job.state);
            assert_eq!(is_left, after.into_state().differs_in_pulse_only(&job.state), "{outcome:?}");
        }
    }
    let job = remote(good());
    assert!(
        judge(&job, &not_modified(said(None)), now()).due(&job, 0, now()).differs_in_pulse_only(&job.state)
    );
}

#[test]
fn one_success_brings_a_failing_document_back() {
    let failing = DocumentState { failures: 9, error: some("no"), gone_since: Some(now()), ..good() };
    for outcome in [read(31, &[]), same(said(Some("a"))), not_modified(said(None))] {
        let after = after(&remote(failing.clone()), &outcome);
        assert_eq!((after.failures, &after.error, after.last_ok), (0, &None, Some(now())));
        assert_eq!((after.next_at, after.gone_since), (Some(now() + TimeDelta::hours(1)), None));
    }
}

#[test]
fn not_modified_keeps_validators_unless_it_brings_new_ones() {
    let after = after(&remote(good()), &not_modified(said(Some("\"n\""))));
    assert_eq!((after.etag, after.last_modified), (some("\"n\""), some("then")));
    assert_eq!((after.body_hash, after.entries, after.validators_of), (some("1::old"), 30, some(URL)));
}

#[test]
fn the_same_body_with_other_validators_takes_those_and_forgets_what_was_not_sent_again() {
    let after = after(&remote(good()), &same(Said { url: some(NEW), ..said(Some("\"n\"")) }));
    assert_eq!((after.etag, after.last_modified), (some("\"n\""), None));
    assert_eq!((after.body_hash, after.validators_of), (some("1::old"), some(NEW)));
}

#[test]
fn a_document_read_in_full_leaves_its_validators_and_mark() {
    let after = after(&remote(good()), &read(31, &[]));
    assert_eq!((after.etag, after.last_modified, after.validators_of), (some("\"new\""), None, some(URL)));
    assert_eq!((after.body_hash, after.entries), (some("1::new"), 31));
}

#[test]
fn a_document_without_entries_any_more_keeps_its_last_good_state_and_says_so() {
    let empty = after(&remote(good()), &read(0, &[]));
    assert_eq!((&empty.etag, &empty.body_hash, empty.entries), (&good().etag, &good().body_hash, 30));
    assert!(empty.error.unwrap().contains("had 30 entries"));
    assert_eq!(empty.failures, 0);
    let never_any = after(&remote(DocumentState::default()), &read(0, &[]));
    assert_eq!((never_any.error, never_any.body_hash), (None, some("1::new")));
}

#[test]
fn a_part_of_a_document_is_news_and_takes_nothing_away() {
    for (entries, expected) in [(0, 30), (2, 30), (40, 40)] {
        let part = Read { is_partial: true, ..reading(entries, &[]) };
        let (job, outcome) = (remote(good()), Outcome::Read(Box::new(part)));
        assert_eq!(judge(&job, &outcome, now()).about, None, "what the feed is stays as it was");
        let after = after(&job, &outcome);
        assert_eq!((after.entries, &after.error), (expected, &None));
        assert_eq!(after.etag, some("\"new\""), "that of the whole document");
    }
}

#[test]
fn what_was_read_in_part_is_read_again_next_time() {
    let after = after(&remote(good()), &read(2, &["b.md: empty"]));
    assert_eq!((after.etag, after.body_hash, after.entries), (None, None, 2));
    assert_eq!((after.error, after.failures), (some("b.md: empty"), 1));
}

#[test]
fn a_file_is_never_put_off() {
    let file = job_of(What::FeedFile("a.xml".into()), "a.xml", None);
    for outcome in [failure(), read(1, &[])] {
        let after = after(&file, &outcome);
        assert_eq!((after.next_at, after.url), (None, None));
    }
}

#[test]
fn what_a_document_says_of_its_pace_and_age_is_remembered_as_long_as_it_holds() {
    let pace = Pace { every: 180, ..Pace::default() };
    let aged =
        |max_age| Wishes { freshness: Freshness { max_age, ..Freshness::default() }, ..Wishes::default() };
    let whole = |max_age| Said { wishes: aged(max_age), ..said(Some("\"new\"")) };
    let paced = Read { said: whole(Some(60)), ..reading(3, &[]) };
    let paced = Read { reading: Reading { pace, ..paced.reading }, ..paced };
    let first = after(&remote(good()), &Outcome::Read(Box::new(paced)));
    assert_eq!((first.rhythm.pace, first.rhythm.max_age), (pace, Some(60)));
    assert_eq!(first.next_at, Some(now() + TimeDelta::hours(3)));
    for (outcome, expected) in [
        (not_modified(whole(None)), Some(60)),
        (not_modified(whole(Some(90))), Some(90)),
        (same(whole(None)), None),
        (failure(), Some(60)),
    ] {
        let then = after(&remote(first.clone()), &outcome);
        assert_eq!((then.rhythm.pace, then.rhythm.max_age), (pace, expected), "{outcome:?}");
    }
}

#[test]
fn new_articles_teach_the_rhythm_and_failures_do_not() {
    let rhythm = Rhythm { changed_at: Some(now() - TimeDelta::hours(6)), ..Rhythm::default() };
    let job = remote(DocumentState { rhythm, ..good() });
    let news = |outcome: &Outcome, news| judge(&job, outcome, now()).due(&job, news, now()).pulse.rhythm;
    assert_eq!(news(&read(31, &[]), 3).gap, Some(2 * 3600));
    assert_eq!(news(&read(31, &[]), 3).changed_at, Some(now()));
    assert_eq!(news(&not_modified(said(None)), 0), rhythm);
    assert_eq!(news(&failure(), 0), rhythm);
}

#[test]
fn a_wish_to_be_left_alone_outlasts_a_failure_and_not_a_good_answer() {
    let soon = now() + TimeDelta::hours(1);
    let job = remote(DocumentState { wait_until: Some(soon), ..good() });
    for (outcome, expected) in
        [(failure(), Some(soon)), (not_modified(said(None)), None), (read(1, &[]), None)]
    {
        assert_eq!(after(&job, &outcome).wait_until, expected, "{outcome:?}");
    }
    let wishes = Wishes { waits: vec![RetryAfter::Seconds(7200)], ..Wishes::default() };
    let busy = Failure { message: "503".to_owned(), fault: Fault::Passing, wishes };
    let after = after(&job, &Outcome::Failed(Box::new(busy)));
    assert_eq!((after.wait_until, after.next_at), (Some(now() + TimeDelta::hours(2)), after.wait_until));
}

#[test]
fn a_permanent_move_is_remembered_once_the_feed_was_read_behind_it() {
    let page = |mut read: Read| {
        read.reading.about.is_page = true;
        Outcome::Read(Box::new(Read { said: moved_here(NEW), ..read }))
    };
    let feed = |entries| Outcome::Read(Box::new(Read { said: moved_here(NEW), ..reading(entries, &[]) }));
    let elsewhere = "https://example.net/newer";
    for (name, state, outcome, expected) in [
        ("no move", good(), read(30, &[]), None),
        ("a feed", good(), feed(30), some(NEW)),
        ("a new feed that is empty", DocumentState::default(), feed(0), some(NEW)),
        ("a feed that lost its entries", good(), feed(0), None),
        ("the same body", good(), same(moved_here(NEW)), some(NEW)),
        ("not modified", good(), not_modified(moved_here(NEW)), some(NEW)),
        ("a page", DocumentState::default(), page(reading(3, &[])), None),
        ("an error", good(), failure(), None),
        ("back to the config's", remembered(good()), same(moved_here(URL)), None),
        ("on from there", remembered(good()), same(moved_here(elsewhere)), some(elsewhere)),
        ("no further", remembered(good()), read(30, &[]), some(NEW)),
        ("away from https", good(), same(moved_here("http://example.org/feed")), None),
    ] {
        assert_eq!(after(&remote(state), &outcome).moved_to, expected, "{name}");
    }
    let what = What::Page(Arc::new(Url::parse(URL).unwrap()), Box::new(pick(URL, None)));
    assert_eq!(
        after(&job_of(what, URL, Some(good())), &same(moved_here(NEW))).moved_to,
        None,
        "a picked page"
    );
}

#[test]
fn a_remembered_address_that_fails_is_given_up_unless_its_server_is_only_busy() {
    for (fault, expected) in [(Fault::Passing, some(NEW)), (Fault::Address, None), (Fault::Gone, None)] {
        let after = after(&remote(remembered(good())), &failed_by(fault));
        assert_eq!((after.moved_to, after.gone_since), (expected, None), "{fault:?}");
        assert!(after.next_at.is_some());
    }
}

#[test]
fn what_is_gone_is_not_asked_again_until_it_answers_once_more() {
    let gone = after(&remote(good()), &failed_by(Fault::Gone));
    assert_eq!((gone.gone_since, gone.next_at, gone.entries), (Some(now()), None, 30));
    for (outcome, expected) in [(failed_by(Fault::Gone), true), (failure(), true), (read(1, &[]), false)] {
        let later = after(&remote(gone.clone()), &outcome);
        assert_eq!(
            (later.gone_since.is_some(), later.next_at.is_none()),
            (expected, expected),
            "{outcome:?}"
        );
    }
}

#[test]
fn an_attempt_that_never_ends_is_a_failure_and_takes_no_wish_back() {
    let soon = now() + TimeDelta::hours(5);
    for (state, minutes) in [
        (good(), 30),
        (DocumentState { failures: 2, ..good() }, 120),
        (DocumentState { wait_until: Some(soon), ..good() }, 300),
        (DocumentState { gone_since: Some(now()), ..good() }, 30),
    ] {
        let next = next_if_it_never_ends(&remote(state), now());
        assert_eq!(next, now() + TimeDelta::minutes(minutes));
    }
}

#[test]
fn a_document_cut_off_leaves_the_last_good_state_and_no_mark_of_its_own() {
    let cut = |entries| {
        let mut read = reading(entries, &[]);
        read.reading.is_cut = true;
        Outcome::Read(Box::new(read))
    };
    let next = after(&remote(good()), &cut(12));
    assert_eq!((&next.etag, &next.body_hash, next.entries), (&good().etag, &good().body_hash, 30));
    assert!(next.error.unwrap().contains("ends in the middle"));
    assert_eq!((next.failures, next.last_ok), (0, Some(now())));
    let first = after(&remote(DocumentState::default()), &cut(12));
    assert_eq!((first.etag, first.body_hash, first.entries), (None, None, 12));
}
