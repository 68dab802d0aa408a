//! How long a selection stands: until when the same articles give the same order.

use chrono::{DateTime, TimeDelta, Utc};

use crate::model::selection::{Selection, Test};

use super::State;

impl State<'_> {
    /// The last moment at which the same order comes of the same articles. Time passing only takes articles out of the
    /// window: that is felt when one of them is in the feed, or shares an id or a link with others (`entangled`). One that
    /// found no room leaves nobody any.
    pub(super) fn until(&self, entangled: &[usize]) -> DateTime<Utc> {
        let now = self.now;
        if tests_age(self.selection) {
            return now;
        }
        let window = self.selection.window.and_then(|window| TimeDelta::from_std(window).ok());
        let Some(window) = window else { return DateTime::<Utc>::MAX_UTC };
        let leaves = |index: usize| self.candidates[index].published.checked_add_signed(window);
        // What has left already has no window to leave.
        let to_come = self.inside().chain(entangled.iter().copied()).filter_map(leaves);
        to_come.filter(|leaves| *leaves >= now).min().unwrap_or(DateTime::<Utc>::MAX_UTC)
    }
}

/// Whether a rule asks how old an article is.
fn tests_age(selection: &Selection) -> bool {
    selection.exclude.iter().chain(&selection.include).any(|rule| rule.tests.iter().any(is_of_age))
}

fn is_of_age(test: &Test) -> bool {
    match test {
        Test::Age(_) => true,
        Test::Not(tests) => tests.iter().any(is_of_age),
        _ => false,
    }
}
