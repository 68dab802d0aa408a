//! What a source brings at once, when it is read for the first time or nothing in it is known any more: of that, only the
//! newest enter a feed that people read already.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};

use crate::model::{Flood, SourceId};

use super::share::newest_first;
use super::{Candidate, State, Verdict};

/// So long after its first publication a feed is new: whoever sets it up wants to see what is in it.
const NEW_FOR: TimeDelta = TimeDelta::days(1);

/// One flood: the articles of one document that were first seen at one moment.
type Key<'a> = (&'a SourceId, &'a str, DateTime<Utc>);

impl State<'_> {
    /// Holds back what is beyond `first_run` of each flood. What was picked or entered before counts, and stays.
    pub(super) fn hold_floods(&mut self) {
        if self.selection.first_run.is_empty() {
            return;
        }
        let began = self.entered.values().min().copied();
        let candidates = self.candidates;
        let mut taken: HashMap<Key<'_>, usize> = HashMap::new();
        let mut newcomers = Vec::new();
        for index in self.inside() {
            let candidate = &candidates[index];
            let Some(most) = self.room(candidate, began) else { continue };
            if self.is_picked(index) || self.entered.contains_key(&candidate.id) {
                *taken.entry(key(candidate)).or_default() += 1;
            } else {
                newcomers.push((index, most));
            }
        }
        newcomers.sort_by_key(|&(index, _)| newest_first(&candidates[index]));
        for (index, most) in newcomers {
            let count = taken.entry(key(&candidates[index])).or_default();
            if *count < most {
                *count += 1;
            } else {
                self.verdicts[index] = Verdict::OverFirstRun;
            }
        }
    }

    /// How many of the article's flood may enter; `None` if there is no limit, or it came in none. `began` is when the feed
    /// was first published.
    fn room(&self, candidate: &Candidate, began: Option<DateTime<Utc>>) -> Option<usize> {
        let flood = candidate.flood?;
        let first_run = self.selection.first_run.get(&candidate.origin.source)?;
        let is_new = began.is_none_or(|began| candidate.first_seen - began < NEW_FOR);
        let is_spared = flood == Flood::First && first_run.spares_new_feeds && is_new;
        (!is_spared).then_some(first_run.most)
    }
}

fn key(candidate: &Candidate) -> Key<'_> {
    (&candidate.origin.source, &candidate.origin.scope, candidate.first_seen)
}
