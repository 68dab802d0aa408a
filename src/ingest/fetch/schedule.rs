//! When to ask again: outcome, what the server asked for, state and now to the next due time. Pure.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use crate::store::DocumentState;

use super::RetryAfter;

/// How often a document may and should be asked for, as configured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timing {
    /// How often to ask when all is well.
    pub every: Duration,
    /// Never more often.
    pub min_interval: Duration,
    /// A failing document is asked for at least this often.
    pub max_interval: Duration,
}

/// How an attempt ended, as far as the next one depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempted {
    /// A document, or the word that it has not changed.
    Well,
    /// Neither.
    Failed {
        /// Failures in a row, this one included.
        failures: u32,
        /// What the server asked for.
        retry_after: Option<RetryAfter>,
    },
}

/// When a document is due again.
///
/// After a success: `every` from now, but not before `min_interval`. After a failure: `min_interval`, doubled with each
/// further failure up to `max_interval`; a longer `Retry-After` wins, up to 30 days.
#[must_use]
pub fn next_due(attempted: Attempted, timing: &Timing, now: DateTime<Utc>) -> DateTime<Utc> {
    match attempted {
        Attempted::Well => later(now, timing.every.max(timing.min_interval)),
        Attempted::Failed { failures, retry_after } => {
            let own = later(now, back_off(failures, timing));
            retry_after.map_or(own, |asked| asked.from(now).max(own))
        }
    }
}

/// Whether it is time to ask for a document. A last attempt in the future means that the clock was moved, and nothing
/// that was noted then can be trusted.
#[must_use]
pub fn is_due(state: &DocumentState, now: DateTime<Utc>) -> bool {
    state.last_at.is_some_and(|last| last > now) || state.next_at.is_none_or(|next| next <= now)
}

fn back_off(failures: u32, timing: &Timing) -> Duration {
    let doublings = failures.saturating_sub(1).min(31);
    let longest = timing.max_interval.max(timing.min_interval);
    timing.min_interval.saturating_mul(1 << doublings).min(longest)
}

/// Saturates at the end of time.
fn later(now: DateTime<Utc>, wait: Duration) -> DateTime<Utc> {
    TimeDelta::from_std(wait)
        .ok()
        .and_then(|wait| now.checked_add_signed(wait))
        .unwrap_or(DateTime::<Utc>::MAX_UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    fn now() -> DateTime<Utc> {
        "2026-11-01T12:00:00Z".parse().unwrap()
    }

    fn timing(every: u32) -> Timing {
        Timing { every: MINUTE * every, min_interval: MINUTE * 30, max_interval: MINUTE * 60 * 24 }
    }

    fn minutes_until(attempted: Attempted, every: u32) -> i64 {
        (next_due(attempted, &timing(every), now()) - now()).num_minutes()
    }

    fn failed(failures: u32, retry_after: Option<RetryAfter>) -> Attempted {
        Attempted::Failed { failures, retry_after }
    }

    #[test]
    fn a_success_is_asked_again_after_every_but_never_before_the_minimum() {
        for (every, expected) in [(0, 30), (5, 30), (30, 30), (90, 90), (60 * 72, 60 * 72)] {
            assert_eq!(minutes_until(Attempted::Well, every), expected, "every {every} min");
        }
    }

    #[test]
    fn failures_double_the_wait_up_to_the_maximum() {
        for (failures, expected) in
            [(0, 30), (1, 30), (2, 60), (3, 120), (6, 960), (7, 1440), (u32::MAX, 1440)]
        {
            assert_eq!(minutes_until(failed(failures, None), 30), expected, "{failures} failures");
        }
    }

    #[test]
    fn retry_after_is_kept_where_it_is_longer_up_to_thirty_days() {
        for (seconds, expected) in [(0, 30), (60, 30), (7200, 120), (u64::MAX, 30 * 24 * 60)] {
            assert_eq!(
                minutes_until(failed(1, Some(RetryAfter::Seconds(seconds))), 30),
                expected,
                "{seconds} s"
            );
        }
        let past = RetryAfter::At("1994-11-06T08:49:37Z".parse().unwrap());
        assert_eq!(minutes_until(failed(1, Some(past)), 30), 30);
    }

    #[test]
    fn an_endless_interval_does_not_overflow() {
        let endless =
            Timing { every: Duration::MAX, min_interval: Duration::MAX, max_interval: Duration::MAX };
        for attempted in [Attempted::Well, failed(9, None)] {
            assert!(next_due(attempted, &endless, now()) > now());
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
            let state = DocumentState { last_at: last, next_at: next, ..DocumentState::default() };
            assert_eq!(is_due(&state, now()), expected, "last {last:?}, next {next:?}");
        }
    }
}
