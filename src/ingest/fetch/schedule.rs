//! When to ask again: outcome, what the server asked for, state and now to the next due time. Pure.

mod learnt;
mod luck;
#[cfg(test)]
mod tests;

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use crate::store::DocumentState;

use super::Wishes;

pub use learnt::learn;
pub use luck::luck;

/// Server and feed are believed for so long: a week. Longer words are mostly meant for other things (a `max-age` of a
/// year for all files of a site, a `ttl` in seconds), and a revived feed is to be noticed. `Retry-After` has its own end.
const LONGEST_TOLD: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// A server that gives no validators sends the whole document each time: not more often than this.
const WITHOUT_VALIDATORS: Duration = Duration::from_secs(24 * 60 * 60);
/// One who only runs in hours or on days that a feed skips waits so long for another, and then asks all the same.
const PATIENCE: TimeDelta = TimeDelta::days(7);

/// How often a document may and should be asked for, as configured.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Timing {
    /// How often to ask when all is well; `None`: as is learnt from its changes.
    pub every: Option<Duration>,
    /// Never more often.
    pub min_interval: Duration,
    /// What changes never, or fails, is asked for at least this often.
    pub max_interval: Duration,
    /// The part of an interval over which requests are spread, from 0 to 1.
    pub jitter: f64,
    /// Whether a document without validators is asked for once a day at most.
    pub spares_unvalidated: bool,
}

/// A moment, and a document's luck in it: see [`luck`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moment {
    /// Now.
    pub now: DateTime<Utc>,
    /// From 0 up to 1.
    pub luck: f64,
}

/// When a document is due again. `state` is that after the attempt: with its failures, its validators, its rhythm.
///
/// Never before `min_interval`, nor before what the feed (`ttl`, `sy:`) and the answer (`max-age`, `Expires`) ask for,
/// up to a week; after a success without validators, not before a day has gone; not before `Retry-After`; not in hours
/// and on days that the feed skips. Within these: after a success at the fixed interval or the learnt one; after a failure
/// at `min_interval`, doubled with each further failure up to `max_interval`.
#[must_use]
pub fn next_due<S>(
    state: &DocumentState<S>,
    wishes: &Wishes,
    timing: &Timing,
    moment: Moment,
) -> DateTime<Utc> {
    let Moment { now, luck } = moment;
    let (soonest, latest) = window(state, timing, now);
    let least = least(state, wishes, timing, now);
    let (soonest, latest) = (soonest.max(least), latest.max(least));
    let chosen = soonest.saturating_add((latest - soonest).mul_f64(luck));
    let due = later(now, whole_seconds(chosen));
    let due = state.wait_until.map_or(due, |until| due.max(until));
    out_of_skipped(state, due, timing.jitter * luck)
}

/// Whether it is time to ask for a document. A last attempt in the future means that the clock was moved, and nothing
/// that was noted then can be trusted.
#[must_use]
pub fn is_due<S>(state: &DocumentState<S>, now: DateTime<Utc>) -> bool {
    if is_of_another_clock(state, now) {
        return true;
    }
    let is_open = |next| !state.rhythm.pace.skips(now) || now - next >= PATIENCE;
    state.next_at.is_none_or(|next| next <= now && is_open(next))
}

/// Whether the server has asked for a pause that is not over yet.
#[must_use]
pub fn must_wait<S>(state: &DocumentState<S>, now: DateTime<Utc>) -> bool {
    !is_of_another_clock(state, now) && state.wait_until.is_some_and(|until| until > now)
}

fn is_of_another_clock<S>(state: &DocumentState<S>, now: DateTime<Utc>) -> bool {
    state.last_at.is_some_and(|last| last > now)
}

/// From when until when we would ask, before anybody else is heard. A fixed interval is spread backwards, so that a cron
/// of the same interval finds it due each time; a learnt one forwards, but not beyond the maximum.
fn window<S>(state: &DocumentState<S>, timing: &Timing, now: DateTime<Utc>) -> (Duration, Duration) {
    let interval = match (state.failures, timing.every) {
        (0, Some(every)) => every,
        (0, None) => learnt::interval(&state.rhythm, timing, now),
        (failures, _) => back_off(failures, timing),
    };
    let spread = interval.min(LONGEST_TOLD).mul_f64(timing.jitter.clamp(0.0, 1.0));
    let latest = match (state.failures, timing.every) {
        (0, Some(every)) => every,
        _ => interval.saturating_add(spread).min(longest(timing)),
    };
    (latest.saturating_sub(spread), latest)
}

/// Not before this, whatever we would like.
fn least<S>(state: &DocumentState<S>, wishes: &Wishes, timing: &Timing, now: DateTime<Utc>) -> Duration {
    let is_well = state.failures == 0;
    let kept = state.rhythm.max_age.filter(|_| is_well);
    let by_answer = wishes.freshness.lasts(kept, now).and_then(|left| left.to_std().ok()).unwrap_or_default();
    let by_feed = Duration::from_secs(u64::from(state.rhythm.pace.every) * 60);
    let told = by_answer.max(by_feed).min(LONGEST_TOLD);
    let has_validators = state.etag.is_some() || state.last_modified.is_some();
    let by_size = if is_well && !has_validators && timing.spares_unvalidated {
        WITHOUT_VALIDATORS
    } else {
        Duration::ZERO
    };
    timing.min_interval.max(told).max(by_size)
}

fn back_off(failures: u32, timing: &Timing) -> Duration {
    let doublings = failures.saturating_sub(1).min(31);
    timing.min_interval.saturating_mul(1 << doublings).min(longest(timing))
}

/// The longest interval of our own choosing.
fn longest(timing: &Timing) -> Duration {
    timing.max_interval.max(timing.min_interval).max(timing.every.unwrap_or_default())
}

/// The due time, or the first hour behind it that the feed does not skip; `spread` of that hour later, since others wait
/// for it too.
fn out_of_skipped<S>(state: &DocumentState<S>, due: DateTime<Utc>, spread: f64) -> DateTime<Utc> {
    let allowed = state.rhythm.pace.first_allowed(due);
    if allowed == due {
        return due;
    }
    let hour = Duration::from_secs(3599);
    later(allowed, Duration::from_secs(hour.mul_f64(spread.clamp(0.0, 1.0)).as_secs()))
}

/// Rounded up, so that no store rounds a moment to one before its bounds.
fn whole_seconds(wait: Duration) -> Duration {
    Duration::from_secs(wait.as_secs().saturating_add(u64::from(wait.subsec_nanos() > 0)))
}

/// Saturates at the end of time.
fn later(now: DateTime<Utc>, wait: Duration) -> DateTime<Utc> {
    TimeDelta::from_std(wait)
        .ok()
        .and_then(|wait| now.checked_add_signed(wait))
        .unwrap_or(DateTime::<Utc>::MAX_UTC)
}
