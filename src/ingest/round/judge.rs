//! What is remembered of a document after an attempt. Pure.

use chrono::{DateTime, Utc};
use url::Url;

use crate::ingest::fetch::schedule::{Moment, learn, next_due};
use crate::ingest::fetch::{Fault, Wishes, is_downgrade};
use crate::model::About;
use crate::store::{DocumentState, Pulse};

use super::expand::What;
use super::turn::Job;
use super::work::{Failure, Outcome, Read, Said};

/// The state of a document after an attempt, but for when it is due again: that depends on what was new in it.
#[derive(Debug)]
pub(super) struct Judged {
    state: DocumentState,
    /// What the document says of itself, if that is to be remembered.
    pub(super) about: Option<About>,
    wishes: Wishes,
    is_failure: bool,
    /// It was not asked for at all, and is due then.
    put_off: Option<DateTime<Utc>>,
}

/// The state of a document after an attempt at `now`.
///
/// Validators and mark are those of the last document that was read in full: with any other they would turn the next
/// good answer into "not modified".
pub(super) fn judge(job: &Job, outcome: &Outcome, now: DateTime<Utc>) -> Judged {
    let mut state = DocumentState { last_at: Some(now), ..DocumentState::clone(&job.state) };
    let mut about = None;
    let wishes = match outcome {
        Outcome::Failed(failure) => {
            refused(&mut state, job, failure, now);
            failure.wishes.clone()
        }
        Outcome::PutOff { until } => {
            let (state, wishes) = (DocumentState::clone(&job.state), Wishes::default());
            return Judged { state, about, wishes, is_failure: false, put_off: Some(*until) };
        }
        Outcome::NotModified(said) => {
            renew(&mut state.etag, said.etag.as_ref());
            renew(&mut state.last_modified, said.last_modified.as_ref());
            state.rhythm.max_age = said.wishes.freshness.max_age.or(state.rhythm.max_age);
            (state.failures, state.error) = (0, None);
            said.wishes.clone()
        }
        Outcome::Same(said) => {
            validated(&mut state, said);
            state.body_hash = said.mark.clone().or(state.body_hash);
            (state.failures, state.error) = (0, None);
            said.wishes.clone()
        }
        Outcome::Read(read) => {
            about = read_into(&mut state, job, read);
            read.said.wishes.clone()
        }
    };
    let is_failure = matches!(outcome, Outcome::Failed(_));
    if !is_failure {
        (state.last_ok, state.gone_since) = (Some(now), None);
    }
    if let Some(address) = new_address(job, outcome) {
        state.moved_to = Some(String::from(address.clone())).filter(|to| state.url.as_ref() != Some(to));
    }
    // A server that only fails has not taken back what it asked for.
    let before = state.wait_until.filter(|&until| is_failure && until > now);
    state.wait_until = wishes.wait_until(now).or(before);
    Judged { state, about, wishes, is_failure, put_off: None }
}

impl Judged {
    /// The whole state, now that it is known how many articles were new or edited.
    pub(super) fn due(self, job: &Job, news: usize, now: DateTime<Utc>) -> DocumentState {
        let Self { mut state, wishes, is_failure, put_off, .. } = self;
        if put_off.is_some() {
            state.next_at = put_off;
            return state;
        }
        if !is_failure {
            state.rhythm = learn(state.rhythm, news, now);
        }
        state.next_at = next_at(job, &state, &wishes, now);
        state
    }
}

/// What is noted of an attempt about to be made, in case that it never ends: when it is due again then.
pub(super) fn next_if_it_never_ends(job: &Job, now: DateTime<Utc>) -> DateTime<Utc> {
    let pulse = job.state.pulse();
    // After a failure nothing else counts.
    let pulse = Pulse { failures: pulse.failures.saturating_add(1), ..pulse };
    let state = DocumentState::default().with_pulse(pulse);
    next_at(job, &state, &Wishes::default(), now).unwrap_or(now)
}

/// Why a document that was read must not be the measure of what comes later, in words: it had entries and has none
/// now, or it was cut off. Its articles stay. A part of a document that has none says only that nothing is new.
pub(super) fn doubt(job: &Job, read: &Read) -> Option<String> {
    let (had, reading) = (job.state.entries, &read.reading);
    let place = job.place();
    if had > 0 && !read.is_partial && reading.is_empty() {
        Some(format!("{place}: it had {had} entries and has none now; its articles are kept"))
    } else if reading.is_cut {
        let came = reading.drafts.len();
        Some(format!(
            "{place}: it ends in the middle; what came whole ({came}) is kept, the rest is asked for again"
        ))
    } else {
        None
    }
}

/// Where a feed is asked for from now on, if an answer has changed that: where permanent redirects led, once a feed was
/// read behind them. A page proves nothing, since a portal sends everybody to one; and nobody is led away from https.
pub(super) fn new_address<'a>(job: &Job, outcome: &'a Outcome) -> Option<&'a Url> {
    let to = moved(job, outcome)?;
    let asked = job.address()?.url;
    let is_feed = matches!(job.what, What::Feed(_));
    (is_feed && !is_downgrade(&asked, to)).then_some(to)
}

/// Where permanent redirects led, if what was meant was read there.
pub(super) fn moved<'a>(job: &Job, outcome: &'a Outcome) -> Option<&'a Url> {
    let said = match outcome {
        Outcome::NotModified(said) | Outcome::Same(said) => said,
        Outcome::Read(read) => {
            let is_new_page = read.reading.about.is_page && !job.state.is_page;
            let proves_nothing = is_new_page || doubt(job, read).is_some();
            (!proves_nothing).then_some(&read.said)?
        }
        Outcome::Failed(_) | Outcome::PutOff { .. } => return None,
    };
    said.moved.as_ref()
}

/// Whether the address that was remembered has failed, so that the config's own is asked again. A server that is there
/// and only busy keeps it.
pub(super) fn falls_back(job: &Job, failure: &Failure) -> bool {
    job.state.moved_to.is_some() && failure.fault != Fault::Passing
}

/// Whether the document is gone for good: where the config says, not only where that had moved.
pub(super) fn is_gone(job: &Job, failure: &Failure) -> bool {
    job.state.moved_to.is_none() && failure.fault == Fault::Gone
}

/// `None` for what is on disk, and for what is gone.
fn next_at(job: &Job, state: &DocumentState, wishes: &Wishes, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let is_asked_again = job.is_remote() && state.gone_since.is_none();
    let moment = Moment { now, luck: job.luck };
    is_asked_again.then(|| next_due(state, wishes, &job.timing, moment))
}

fn refused(state: &mut DocumentState, job: &Job, failure: &Failure, now: DateTime<Utc>) {
    failed(state, &failure.message);
    if falls_back(job, failure) {
        state.moved_to = None;
    }
    if is_gone(job, failure) {
        state.gone_since = state.gone_since.or(Some(now));
    }
}

/// Gives what the document says of itself, if that is to be remembered.
fn read_into(state: &mut DocumentState, job: &Job, read: &Read) -> Option<About> {
    let reading = &read.reading;
    let entries = u32::try_from(reading.drafts.len()).unwrap_or(u32::MAX);
    if let Some(notice) = doubt(job, read) {
        // The last good state stays, so that each later reading is measured by it; what came is no failure.
        (state.failures, state.error) = (0, Some(notice));
        let is_first = state.body_hash.is_none();
        return is_first.then(|| says_of_itself(state, read, entries));
    }
    let about = if read.is_partial {
        // It says neither how many entries there are, nor again what the feed is.
        state.entries = state.entries.max(entries);
        None
    } else {
        state.rhythm.pace = reading.pace;
        Some(says_of_itself(state, read, entries))
    };
    if let Some(problem) = reading.problems.first() {
        // Read in part: the rest must be tried, and told of, again.
        (state.etag, state.last_modified, state.body_hash) = (None, None, None);
        failed(state, problem);
    } else {
        state.body_hash = Some(read.mark.clone());
        validated(state, &read.said);
        (state.failures, state.error) = (0, None);
    }
    about
}

fn says_of_itself(state: &mut DocumentState, read: &Read, entries: u32) -> About {
    let about = &read.reading.about;
    (state.entries, state.is_page) = (entries, about.is_page);
    about.clone()
}

/// What a 304 does not say again still holds. Most say the same again.
fn renew(kept: &mut Option<String>, said: Option<&String>) {
    if said.is_some() && kept.as_ref() != said {
        *kept = said.cloned();
    }
}

/// A whole answer: what it did not say again is forgotten.
fn validated(state: &mut DocumentState, said: &Said) {
    state.etag.clone_from(&said.etag);
    state.last_modified.clone_from(&said.last_modified);
    state.validators_of.clone_from(&said.url);
    state.rhythm.max_age = said.wishes.freshness.max_age;
}

fn failed(state: &mut DocumentState, message: &str) {
    state.failures = state.failures.saturating_add(1);
    state.error = Some(message.to_owned());
}

#[cfg(test)]
mod tests;
