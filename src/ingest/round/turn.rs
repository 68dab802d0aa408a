//! One document's turn: what is known of it, and whether to ask for it now. Pure.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::iter::once;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use url::Url;

use crate::config::{Auth, FetchPlan, FullText, Limits, Secret, SourcePlan};
use crate::ingest::fetch::schedule::{Timing, is_due, luck, must_wait};
use crate::ingest::fetch::{address_after_move, bare, printable};
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
    /// Its luck in this round.
    pub(super) luck: f64,
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
    pub(super) limits: Arc<Limits>,
    /// For the feed's own host.
    pub(super) auth: Option<Box<Auth>>,
    /// Whether the text of its articles is read from their pages.
    pub(super) full_text: FullText,
    /// How its articles are cleaned.
    pub(super) clean: CleanSteps,
}

/// Where a document is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address<'a> {
    pub(super) url: Cow<'a, Url>,
    /// Whether it may be told what is meant for the host of the config's URL.
    pub(super) is_own: bool,
}

/// What is remembered of a document, less what was remembered of another address.
#[derive(Debug)]
pub(super) struct Past<'a> {
    pub(super) state: DocumentState<&'a str>,
    row: Option<DocumentRow>,
    is_as_stored: bool,
    is_new: bool,
    is_readdressed: bool,
}

/// What a job's source says of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Owner<'a> {
    /// The source's place in the round.
    pub(super) index: usize,
    pub(super) source: &'a SourcePlan,
    pub(super) fetch: &'a FetchPlan,
    /// Those of `fetch`, which all jobs share.
    pub(super) limits: &'a Arc<Limits>,
    /// The moment of the round.
    pub(super) now: DateTime<Utc>,
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
    /// The job of a target, of which this is remembered.
    pub(super) fn new(owner: Owner<'_>, target: Target, remembered: Option<Remembered<'_>>) -> Self {
        let Target { scope, what } = target;
        let Owner { index, source, .. } = owner;
        let url = what.url().map(bare);
        let past = Past::of(remembered, url.as_deref().map(Url::as_str));
        let Past { state, row, is_as_stored, is_new, is_readdressed } = past;
        let state = state.into_owned();
        // The hosts of hand-picked pages are not the source's own.
        let headers = match what {
            What::Feed(_) => source.extras.headers.clone(),
            _ => BTreeMap::new(),
        };
        let document = DocumentKey { source: source.id.clone(), scope };
        Self {
            row,
            is_as_stored,
            is_new,
            is_readdressed,
            source: index,
            luck: luck(&document, owner.now),
            document,
            facts: Facts::of(&what, source.clean),
            state,
            timing: timing(owner, &what),
            full_text: full_text(source, &what),
            what,
            headers,
            allow_private: source.allow_private,
            riders: Vec::new(),
            first_run: source.first_run.map(|first_run| first_run.most),
            limits: Arc::clone(owner.limits),
            auth: source.extras.auth.clone(),
            clean: source.clean,
        }
    }

    /// Where to ask, if on the web: where the config says, or where that has moved for good.
    pub(super) fn address(&self) -> Option<Address<'_>> {
        let url = self.what.url()?;
        let moved_to = self.state.moved_to.as_deref().and_then(|moved_to| Url::parse(moved_to).ok());
        let (url, is_own) = match &moved_to {
            Some(moved_to) => {
                let (url, is_own) = address_after_move(url, moved_to);
                (Cow::Owned(url), is_own)
            }
            None => (Cow::Borrowed(url), true),
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
        self.what.is_page()
    }

    /// The document's name in messages.
    pub(super) fn place(&self) -> String {
        match &self.what {
            What::Feed(url) | What::Page(url, _) => printable(url),
            What::Folder(path) => path.display().to_string(),
            What::FeedFile(_) | What::ArticleFile(..) => self.document.scope.clone(),
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

impl<'a> Past<'a> {
    /// What stays true of a document when its address is now `url`: nothing that its old address said may be told to the
    /// new one, and a new address is asked at once.
    pub(super) fn of(remembered: Option<Remembered<'a>>, url: Option<&'a str>) -> Self {
        let Some(Remembered { mut state, row, .. }) = remembered else {
            let state = DocumentState { url, ..DocumentState::default() };
            return Self { state, row: None, is_as_stored: false, is_new: true, is_readdressed: false };
        };
        let is_as_stored = state.url == url;
        // No address yet means that the first attempt never ended: it counts.
        let is_readdressed = !is_as_stored && state.url.is_some();
        if is_readdressed {
            let DocumentState { entries, is_page, traffic, .. } = state;
            state = DocumentState { entries, is_page, traffic, ..DocumentState::default() };
        }
        state.url = url;
        Self { state, row, is_as_stored, is_new: false, is_readdressed }
    }

    /// Whether to ask now. What is on disk costs nobody anything and is always due; so is a picked page on which the
    /// editor has changed his mind, unless it failed since. `--force` asks also what is not due and what is gone; but what
    /// a server wants to be left alone only if its source is named.
    pub(super) fn turn(&self, what: &What, facts: &Facts, options: &RoundOptions) -> Turn {
        if what.url().is_none() {
            return Turn::Now;
        }
        if options.offline {
            return Turn::Offline;
        }
        let mark = self.state.body_hash;
        let is_reworded = self.state.failures == 0 && mark.is_some_and(|mark| facts.reworded_since(mark));
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

#[cfg(test)]
pub(super) mod testing;

#[cfg(test)]
mod tests;
