//! Who gets how much room: the cap per source, the limit, and the order.

use std::cmp::Reverse;
use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};

use crate::model::SourceId;
use crate::model::selection::{CapPeriod, Sort};

use super::{Candidate, State, Verdict};

impl State<'_> {
    /// Leaves each source its newest articles. Picks count, and stay.
    pub(super) fn cap_sources(&mut self) {
        let Some(cap) = self.selection.per_source else { return };
        let candidates = self.candidates;
        let share = |index: usize| -> (&SourceId, Option<NaiveDate>) {
            let candidate = &candidates[index];
            let day = (cap.per == CapPeriod::Day).then(|| candidate.published.date_naive());
            (&candidate.origin.source, day)
        };
        let (picked, mut others): (Vec<usize>, Vec<usize>) =
            self.inside().partition(|&index| self.is_picked(index));
        let mut taken = HashMap::new();
        for index in picked {
            *taken.entry(share(index)).or_insert(0) += 1;
        }
        others.sort_by_key(|&index| newest_first(&candidates[index]));
        for index in others {
            let count = taken.entry(share(index)).or_insert(0);
            if *count < cap.max {
                *count += 1;
            } else {
                self.verdicts[index] = Verdict::OverCap;
            }
        }
    }

    /// Keeps the first `limit` articles. Picks count, and stay.
    pub(super) fn limit(&mut self) {
        let (picked, mut others): (Vec<usize>, Vec<usize>) =
            self.inside().partition(|&index| self.is_picked(index));
        let room = self.selection.limit.saturating_sub(picked.len());
        if others.len() <= room {
            return;
        }
        let latest = self.entered.values().max().copied();
        others.sort_by_cached_key(|&index| {
            let candidate = &self.candidates[index];
            (self.waits(candidate, latest), self.place(candidate))
        });
        for &index in &others[room..] {
            self.verdicts[index] = Verdict::OverLimit;
        }
    }

    /// Whether an article was there when the feed was last filled, and found no room. In a feed sorted by the moment
    /// of entering it stands behind those that entered; else the newest moment, now, would be its, and each run would
    /// turn the whole feed over.
    fn waits(&self, candidate: &Candidate, latest: Option<DateTime<Utc>>) -> bool {
        self.selection.sort == Sort::Selected
            && !self.entered.contains_key(&candidate.id)
            && latest.is_some_and(|latest| candidate.first_seen <= latest)
    }

    /// The articles that are in, in the order to print.
    pub(super) fn in_order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = self.inside().collect();
        order.sort_by_cached_key(|&index| self.place(&self.candidates[index]));
        order
    }

    /// Where an article stands in the feed's order: total, since no two articles have one id.
    fn place(&self, candidate: &Candidate) -> impl Ord + use<> {
        let moment = match self.selection.sort {
            Sort::Published => candidate.published,
            Sort::Selected => self.entered.get(&candidate.id).copied().unwrap_or(self.now),
        };
        (Reverse(moment), newest_first(candidate))
    }
}

pub(super) fn newest_first(candidate: &Candidate) -> impl Ord + use<> {
    (Reverse(candidate.published), candidate.id)
}
