//! What is remembered of a document after an attempt. Pure.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use url::Url;

use crate::ingest::fetch::schedule::{Moment, learn, next_due};
use crate::ingest::fetch::{Fault, Wishes, is_downgrade};
use crate::model::About;
use crate::store::{DocumentState, Pulse};

use super::expand::What;
use super::turn::Job;
use super::work::{Failure, Outcome, Read, Said};

/// The state of a document after an attempt. What an attempt does not change is not copied: few change anything else than
/// the pulse.
#[derive(Debug)]
pub(super) struct After<'a> {
    /// But for its pulse.
    state: Cow<'a, DocumentState>,
    pub(super) pulse: Pulse,
}

/// The same, but for when it is due again: that depends on what was new in it.
#[derive(Debug)]
pub(super) struct Judged<'a> {
    after: After<'a>,
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
pub(super) fn judge<'a>(job: &'a Job, outcome: &Outcome, now: DateTime<Utc>) -> Judged<'a> {
    let mut after = After { state: Cow::Borrowed(&job.state), pulse: job.state.pulse() };
    let mut about = None;
    let wishes = match outcome {
        Outcome::Failed(failure) => {
            after.refused(job, failure, now);
            &failure.wishes
        }
        Outcome::PutOff { until } => {
            let (wishes, put_off) = (Wishes::default(), Some(*until));
            return Judged { after, about, wishes, is_failure: false, put_off };
        }
        Outcome::NotModified(said) => {
            after.renewed(said);
            after.well();
            &said.wishes
        }
        Outcome::Same(said) => {
            after.same(said);
            after.well();
            &said.wishes
        }
        Outcome::Read(read) => {
            about = after.read(job, read);
            &read.said.wishes
        }
    };
    let is_failure = matches!(outcome, Outcome::Failed(_));
    after.attempted(wishes, is_failure, now);
    if let Some(address) = new_address(job, outcome) {
        after.moved(address);
    }
    Judged { after, about, wishes: wishes.clone(), is_failure, put_off: None }
}

impl<'a> Judged<'a> {
    /// The whole state, now that it is known how many articles were new or edited.
    pub(super) fn due(self, job: &Job, news: usize, now: DateTime<Utc>) -> After<'a> {
        let Self { mut after, wishes, is_failure, put_off, .. } = self;
        if put_off.is_some() {
            after.pulse.next_at = put_off;
            return after;
        }
        if !is_failure {
            after.pulse.rhythm = learn(after.pulse.rhythm, news, now);
        }
        after.pulse.next_at = next_at(job, &after.state.as_view().with_pulse(after.pulse), &wishes, now);
        after
    }

    /// The same, apart from the job.
    pub(super) fn into_owned(self) -> Judged<'static> {
        let After { state, pulse } = self.after;
        let after = After { state: Cow::Owned(state.into_owned()), pulse };
        let Self { about, wishes, is_failure, put_off, .. } = self;
        Judged { after, about, wishes, is_failure, put_off }
    }
}

impl After<'_> {
    /// The whole state.
    pub(super) fn into_state(self) -> DocumentState {
        self.state.into_owned().with_pulse(self.pulse)
    }

    /// Whether it is another one than before in its pulse at most.
    pub(super) fn differs_in_pulse_only(&self, before: &DocumentState) -> bool {
        match &self.state {
            Cow::Borrowed(_) => true,
            Cow::Owned(state) => state.differs_in_pulse_only(before),
        }
    }

    fn attempted(&mut self, wishes: &Wishes, is_failure: bool, now: DateTime<Utc>) {
        let pulse = &mut self.pulse;
        pulse.last_at = Some(now);
        // A server that only fails has not taken back what it asked for.
        let before = pulse.wait_until.filter(|&until| is_failure && until > now);
        pulse.wait_until = wishes.wait_until(now).or(before);
        if is_failure {
            return;
        }
        pulse.last_ok = Some(now);
        if self.state.gone_since.is_some() {
            self.state.to_mut().gone_since = None;
        }
    }

    fn moved(&mut self, address: &Url) {
        let to = Some(address.as_str()).filter(|to| self.state.url.as_deref() != Some(to));
        if self.state.moved_to.as_deref() != to {
            self.state.to_mut().moved_to = to.map(str::to_owned);
        }
    }

    fn refused(&mut self, job: &Job, failure: &Failure, now: DateTime<Utc>) {
        self.failed(&failure.message);
        let state = self.state.to_mut();
        if falls_back(job, failure) {
            state.moved_to = None;
        }
        if is_gone(job, failure) {
            state.gone_since = state.gone_since.or(Some(now));
        }
    }

    fn failed(&mut self, message: &str) {
        self.pulse.failures = self.pulse.failures.saturating_add(1);
        self.state.to_mut().error = Some(message.to_owned());
    }

    fn well(&mut self) {
        self.pulse.failures = 0;
        if self.state.error.is_some() {
            self.state.to_mut().error = None;
        }
    }

    /// What a 304 does not say again still holds. Most say the same again.
    fn renewed(&mut self, said: &Said) {
        if said.etag.is_some() && said.etag != self.state.etag {
            self.state.to_mut().etag.clone_from(&said.etag);
        }
        if said.last_modified.is_some() && said.last_modified != self.state.last_modified {
            self.state.to_mut().last_modified.clone_from(&said.last_modified);
        }
        let max_age = &mut self.pulse.rhythm.max_age;
        *max_age = said.wishes.freshness.max_age.or(*max_age);
    }

    fn same(&mut self, said: &Said) {
        self.validated(said);
        if said.mark.is_some() && said.mark != self.state.body_hash {
            self.state.to_mut().body_hash.clone_from(&said.mark);
        }
    }

    /// A whole answer: what it did not say again is forgotten.
    fn validated(&mut self, said: &Said) {
        self.pulse.rhythm.max_age = said.wishes.freshness.max_age;
        let known = [&self.state.etag, &self.state.last_modified, &self.state.validators_of];
        if known != [&said.etag, &said.last_modified, &said.url] {
            let state = self.state.to_mut();
            state.etag.clone_from(&said.etag);
            state.last_modified.clone_from(&said.last_modified);
            state.validators_of.clone_from(&said.url);
        }
    }

    /// Gives what the document says of itself, if that is to be remembered.
    fn read(&mut self, job: &Job, read: &Read) -> Option<About> {
        let reading = &read.reading;
        let entries = u32::try_from(reading.drafts.len()).unwrap_or(u32::MAX);
        if let Some(notice) = doubt(job, read) {
            // The last good state stays, so that each later reading is measured by it; what came is no failure.
            self.pulse.failures = 0;
            let state = self.state.to_mut();
            state.error = Some(notice);
            let is_first = state.body_hash.is_none();
            return is_first.then(|| says_of_itself(state, read, entries));
        }
        let about = if read.is_partial {
            // It says neither how many entries there are, nor again what the feed is.
            let state = self.state.to_mut();
            state.entries = state.entries.max(entries);
            None
        } else {
            self.pulse.rhythm.pace = reading.pace;
            Some(says_of_itself(self.state.to_mut(), read, entries))
        };
        if let Some(problem) = reading.problems.first() {
            // Read in part: the rest must be tried, and told of, again.
            let state = self.state.to_mut();
            (state.etag, state.last_modified, state.body_hash) = (None, None, None);
            self.failed(problem);
        } else {
            self.state.to_mut().body_hash = Some(read.mark.clone());
            self.validated(&read.said);
            self.well();
        }
        about
    }
}

/// What is noted of an attempt about to be made, in case that it never ends: when it is due again then.
pub(super) fn next_if_it_never_ends(job: &Job, now: DateTime<Utc>) -> DateTime<Utc> {
    let mut state = job.state.as_view();
    // After a failure nothing else counts.
    state.failures = state.failures.saturating_add(1);
    state.gone_since = None;
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
fn next_at<S>(
    job: &Job,
    state: &DocumentState<S>,
    wishes: &Wishes,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let is_asked_again = job.is_remote() && state.gone_since.is_none();
    let moment = Moment { now, luck: job.luck };
    is_asked_again.then(|| next_due(state, wishes, &job.timing, moment))
}

fn says_of_itself(state: &mut DocumentState, read: &Read, entries: u32) -> About {
    let about = &read.reading.about;
    (state.entries, state.is_page) = (entries, about.is_page);
    about.clone()
}

#[cfg(test)]
mod tests;
