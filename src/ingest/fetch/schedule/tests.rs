//! One rule a test.

mod laws;

use super::super::{Freshness, RetryAfter};
use super::*;
use crate::model::{Pace, Rhythm};

const MINUTE: Duration = Duration::from_secs(60);
const DAY: i64 = 24 * 60;

/// A Sunday.
pub(super) fn now() -> DateTime<Utc> {
    "2026-11-01T12:00:00Z".parse().unwrap()
}

/// From 30 minutes to a day, learnt, without jitter.
pub(super) fn timing() -> Timing {
    Timing {
        every: None,
        min_interval: MINUTE * 30,
        max_interval: MINUTE * 60 * 24,
        jitter: 0.0,
        spares_unvalidated: true,
    }
}

fn every(minutes: u32) -> Timing {
    Timing { every: Some(MINUTE * minutes), ..timing() }
}

fn well() -> DocumentState {
    DocumentState { etag: Some("\"a\"".to_owned()), ..DocumentState::default() }
}

fn failed(failures: u32) -> DocumentState {
    DocumentState { failures, ..well() }
}

fn paced(pace: Pace) -> DocumentState {
    DocumentState { rhythm: Rhythm { pace, ..Rhythm::default() }, ..well() }
}

fn fresh(max_age: u64) -> Wishes {
    Wishes { freshness: Freshness { max_age: Some(max_age), ..Freshness::default() }, ..Wishes::default() }
}

fn due(state: &DocumentState, wishes: &Wishes, timing: &Timing) -> DateTime<Utc> {
    next_due(state, wishes, timing, Moment { now: now(), luck: 0.5 })
}

fn minutes(state: &DocumentState, wishes: &Wishes, timing: &Timing) -> i64 {
    (due(state, wishes, timing) - now()).num_minutes()
}

#[test]
fn a_fixed_interval_is_kept_but_never_less_than_the_minimum() {
    for (fixed, expected) in [(0, 30), (5, 30), (30, 30), (90, 90), (60 * 72, 60 * 72)] {
        assert_eq!(minutes(&well(), &Wishes::default(), &every(fixed)), expected, "every {fixed} min");
    }
}

#[test]
fn without_a_fixed_interval_it_is_learnt_between_minimum_and_maximum() {
    for (gap, expected) in [(0, 30), (60, 30), (8 * 60, 120), (30 * 24 * 60, DAY)] {
        let rhythm = Rhythm { gap: Some(gap * 60), changed_at: Some(now()), ..Rhythm::default() };
        let state = DocumentState { rhythm, ..well() };
        assert_eq!(minutes(&state, &Wishes::default(), &timing()), expected, "an article every {gap} min");
    }
}

#[test]
fn failures_double_the_wait_up_to_the_maximum_and_one_success_ends_it() {
    for (failures, expected) in [(1, 30), (2, 60), (3, 120), (6, 960), (7, DAY), (u32::MAX, DAY), (0, 30)] {
        assert_eq!(
            minutes(&failed(failures), &Wishes::default(), &timing()),
            expected,
            "{failures} failures"
        );
    }
}

#[test]
fn a_failing_document_is_not_asked_more_often_than_a_good_one_in_the_end() {
    assert_eq!(minutes(&failed(40), &Wishes::default(), &every(7 * 24 * 60)), 7 * DAY);
}

#[test]
fn max_age_is_waited_for_up_to_a_week_whatever_the_outcome() {
    for state in [well(), failed(1)] {
        for (seconds, expected) in
            [(0, 30), (60, 30), (7200, 120), (3 * 86_400, 3 * DAY), (u64::MAX, 7 * DAY)]
        {
            assert_eq!(minutes(&state, &fresh(seconds), &timing()), expected, "{seconds} s");
        }
    }
}

#[test]
fn a_max_age_that_was_not_said_again_holds_for_a_good_answer_and_not_for_a_failure() {
    let rhythm = Rhythm { max_age: Some(7200), ..Rhythm::default() };
    for (failures, expected) in [(0, 120), (1, 30)] {
        let state = DocumentState { rhythm, ..failed(failures) };
        assert_eq!(minutes(&state, &Wishes::default(), &timing()), expected, "{failures} failures");
    }
}

#[test]
fn what_the_feed_says_of_its_pace_is_waited_for_up_to_a_week() {
    for (told, expected) in [(15, 30), (180, 180), (2 * 24 * 60, 2 * DAY), (u32::MAX, 7 * DAY)] {
        let state = paced(Pace { every: told, ..Pace::default() });
        assert_eq!(minutes(&state, &Wishes::default(), &timing()), expected, "ttl {told}");
    }
}

#[test]
fn of_all_that_is_asked_the_longest_counts() {
    let pace = |every| paced(Pace { every, ..Pace::default() });
    for (ttl, max_age, fixed, expected) in [(60, 2, 3, 180), (180, 2, 1, 180), (60, 3, 1, 180), (0, 0, 0, 30)]
    {
        let found = minutes(&pace(ttl), &fresh(max_age * 3600), &every(fixed * 60));
        assert_eq!(found, expected, "ttl {ttl} min, max-age {max_age} h, every {fixed} h");
    }
}

#[test]
fn retry_after_is_kept_to_the_second_up_to_thirty_days_whatever_the_outcome() {
    let at = |text: &str| RetryAfter::At(text.parse().unwrap());
    for (wait, expected) in [
        (RetryAfter::Seconds(0), 30),
        (RetryAfter::Seconds(7200), 120),
        (RetryAfter::Seconds(u64::MAX), 30 * DAY),
        (at("2026-11-11T12:00:00Z"), 10 * DAY),
        (at("1994-11-06T08:49:37Z"), 30),
    ] {
        let wishes = Wishes { waits: vec![wait], ..Wishes::default() };
        for failures in [0, 1] {
            let state = DocumentState { wait_until: wishes.wait_until(now()), ..failed(failures) };
            let timing = Timing { jitter: 1.0, ..timing() };
            let soonest = next_due(&state, &wishes, &timing, Moment { now: now(), luck: 0.0 });
            assert_eq!((soonest - now()).num_minutes(), expected, "{wait:?}");
        }
    }
}

#[test]
fn a_document_without_validators_is_asked_once_a_day_unless_its_source_says_how_often() {
    let bare = DocumentState::default();
    let dated = DocumentState { last_modified: Some("x".to_owned()), ..DocumentState::default() };
    let own = Timing { spares_unvalidated: false, ..every(60) };
    assert_eq!(minutes(&bare, &Wishes::default(), &timing()), DAY);
    assert_eq!(
        minutes(&bare, &Wishes::default(), &every(60)),
        DAY,
        "a schedule for all is no word on this one"
    );
    assert_eq!(minutes(&bare, &Wishes::default(), &own), 60);
    assert_eq!(minutes(&dated, &Wishes::default(), &timing()), 30);
    assert_eq!(minutes(&DocumentState { failures: 1, ..bare }, &Wishes::default(), &timing()), 30);
}

#[test]
fn skipped_hours_and_days_are_left_out() {
    // The next due time would be Sunday, 12:30.
    for (skip_hours, skip_days, expected) in [
        (1 << 12, 0, "2026-11-01T13:00:00Z"),
        (0, 1 << 6, "2026-11-02T00:00:00Z"),
        (1, 1 << 6, "2026-11-02T01:00:00Z"),
        (1 << 13, 1, "2026-11-01T12:30:00Z"),
    ] {
        let state = paced(Pace { skip_hours, skip_days, ..Pace::default() });
        let expected: DateTime<Utc> = expected.parse().unwrap();
        assert_eq!(due(&state, &Wishes::default(), &timing()), expected);
        let jittered = due(&state, &Wishes::default(), &Timing { jitter: 1.0, ..timing() });
        assert!(jittered >= expected && !state.rhythm.pace.skips(jittered), "{jittered}");
    }
}

#[test]
fn jitter_spreads_between_the_bounds_and_never_beyond_them() {
    let quiet = Rhythm { changed_at: Some(now() - TimeDelta::days(90)), ..Rhythm::default() };
    let quiet = DocumentState { rhythm: quiet, ..well() };
    let day = u64::try_from(DAY).unwrap() * 60;
    for (name, state, wishes, every, from, to) in [
        ("a learnt interval is spread forwards", well(), Wishes::default(), None, 30 * 60, 36 * 60),
        ("but not beyond the maximum", quiet, Wishes::default(), None, day * 4 / 5, day),
        ("a fixed one backwards", well(), Wishes::default(), Some(60), 48 * 60, 60 * 60),
        ("but not below the minimum", well(), Wishes::default(), Some(30), 30 * 60, 30 * 60),
        ("nor below what the answer asks", well(), fresh(55 * 60), Some(60), 55 * 60, 60 * 60),
        ("a back-off forwards", failed(2), Wishes::default(), None, 60 * 60, 72 * 60),
    ] {
        let timing = Timing { jitter: 0.2, every: every.map(|minutes| MINUTE * minutes), ..timing() };
        let seconds = |luck| {
            let due = next_due(&state, &wishes, &timing, Moment { now: now(), luck });
            u64::try_from((due - now()).num_seconds()).unwrap()
        };
        assert_eq!(seconds(0.0), from, "{name}");
        let latest = seconds(0.999_999);
        assert!((to.saturating_sub(2)..=to).contains(&latest), "{name}: {latest}");
    }
}

#[test]
fn an_endless_interval_does_not_overflow() {
    let endless = Timing {
        every: Some(Duration::MAX),
        min_interval: Duration::MAX,
        max_interval: Duration::MAX,
        jitter: 1.0,
        ..timing()
    };
    for state in [well(), failed(9)] {
        assert!(due(&state, &Wishes::default(), &endless) > now());
    }
}

#[test]
fn a_document_is_due_when_its_time_has_come_or_the_clock_was_moved_back() {
    let minute = TimeDelta::minutes(1);
    for (last, next, expected) in [
        (None, None, true),
        (Some(now() - minute), Some(now() + minute), false),
        (Some(now() - minute), Some(now()), true),
        (Some(now() - minute), None, true),
        (Some(now()), Some(now() + minute), false),
        (Some(now() + minute), Some(now() + minute * 2), true),
    ] {
        let state: DocumentState =
            DocumentState { last_at: last, next_at: next, wait_until: next, ..DocumentState::default() };
        assert_eq!(is_due(&state, now()), expected, "last {last:?}, next {next:?}");
        assert_eq!(must_wait(&state, now()), !expected, "last {last:?}, next {next:?}");
    }
}

#[test]
fn one_who_comes_late_into_a_skipped_hour_waits_for_another_but_not_for_ever() {
    let skipping = paced(Pace { skip_hours: 1 << 12, ..Pace::default() });
    for (days, expected) in [(0, false), (1, false), (6, false), (7, true)] {
        let state = DocumentState { next_at: Some(now() - TimeDelta::days(days)), ..skipping.clone() };
        assert_eq!(is_due(&state, now()), expected, "overdue for {days} days");
        assert!(is_due(&state, now() + TimeDelta::hours(1)), "the next hour is open");
    }
}
