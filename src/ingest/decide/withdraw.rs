//! What a document takes back: entries that it names as deleted, and entries that are missing from their place.
//!
//! Entries leave a feed all the time, at its end, where the oldest scroll off. One that is missing between two others
//! that are still there was taken out. That is not to be guessed: see [`gaps`] and [`stands_between`] for what must hold.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};

use super::{Change, Known};
use crate::model::{Article, ArticleId, DateBasis, Deletion, Draft, Key, Withdrawal, WithdrawalReason};
use crate::store::Missing;

/// As long as this an article must be missing, and be so at a second reading: caches show old and half states.
pub const PATIENCE: TimeDelta = TimeDelta::minutes(30);

/// An article that is missing from its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// Which.
    pub article: ArticleId,
    /// The nearest one before it that is still there.
    pub before: ArticleId,
    /// The nearest one after it that is still there.
    pub after: ArticleId,
}

/// The articles of the last reading that are missing from this one between others that are still there.
///
/// None where the document is not otherwise as it was: where what is left of it is in another order, where something
/// new stands between, or where more than one article and more than a quarter is missing. So is a list that somebody
/// picks and sorts by hand, and an article that was taken out and put back under another name.
#[must_use]
pub fn gaps(last: &[ArticleId], current: &[ArticleId]) -> Vec<Gap> {
    if last.is_empty() {
        return Vec::new();
    }
    let places: HashMap<ArticleId, usize> = current.iter().enumerate().map(|(at, &id)| (id, at)).collect();
    let left: Vec<(usize, ArticleId)> =
        last.iter().filter_map(|id| places.get(id).map(|&at| (at, *id))).collect();
    if left.windows(2).any(|two| two[1].0 != two[0].0 + 1) {
        return Vec::new();
    }
    let mut left = left.into_iter().map(|(_, id)| id).peekable();
    let (mut before, mut gaps) = (None, Vec::new());
    for &article in last {
        match (before, left.peek().copied()) {
            (_, Some(here)) if here == article => before = left.next(),
            (Some(before), Some(after)) => gaps.push(Gap { article, before, after }),
            _ => {}
        }
    }
    let is_few = gaps.len() < 2 || gaps.len() * 4 <= last.len();
    if is_few { gaps } else { Vec::new() }
}

/// Whether a missing article stood where its date puts it, between its neighbours: what stands elsewhere (an
/// advertisement, a pinned note) comes and goes by other laws. Without dates the order of the document is all there is.
#[must_use]
pub fn stands_between(before: &Article, article: &Article, after: &Article) -> bool {
    let three = [before, article, after];
    if three.iter().any(|article| article.date_basis != DateBasis::Given) {
        return true;
    }
    is_sorted(three.map(|article| article.published)) || is_sorted(three.map(Article::changed))
}

/// Whether entries stand in the order of their dates, oldest or newest first, by publication or by change. Those without
/// a date stand anywhere.
#[must_use]
pub fn is_orderly(drafts: &[Draft]) -> bool {
    is_sorted(drafts.iter().filter_map(|draft| draft.published.or(draft.updated)))
        || is_sorted(drafts.iter().filter_map(|draft| draft.updated.or(draft.published)))
}

fn is_sorted(dates: impl IntoIterator<Item = DateTime<Utc>, IntoIter: Clone>) -> bool {
    let dates = dates.into_iter();
    dates.clone().is_sorted() || dates.is_sorted_by(|one, other| one >= other)
}

/// What follows from gaps.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Watched {
    /// Withdrawn: missing for long enough.
    pub withdrawn: Vec<Missing>,
    /// Missing, and to be looked at again.
    pub missing: Vec<Missing>,
    /// The order of the document, with what is missing in its place: by this the next reading is measured.
    pub order: Vec<ArticleId>,
}

/// Tells what has been missing for long enough from what is to be looked at again; `before` is what was missing when
/// the document was last read.
#[must_use]
pub fn watch(current: &[ArticleId], gaps: &[Gap], before: &[Missing], now: DateTime<Utc>) -> Watched {
    let mut watched = Watched::default();
    let mut behind: HashMap<ArticleId, Vec<ArticleId>> = HashMap::new();
    for gap in gaps {
        let noted = before.iter().find(|missing| missing.article == gap.article);
        let missing = noted.copied().unwrap_or(Missing { article: gap.article, since: now });
        if noted.is_some() && is_ripe(&missing, now) {
            watched.withdrawn.push(missing);
        } else {
            watched.missing.push(missing);
            behind.entry(gap.before).or_default().push(gap.article);
        }
    }
    watched.order.reserve(current.len() + watched.missing.len());
    for &id in current {
        watched.order.push(id);
        if !behind.is_empty() {
            watched.order.extend(behind.remove(&id).unwrap_or_default());
        }
    }
    watched
}

/// Whether an article has been missing for long enough, should it still be.
#[must_use]
pub fn is_ripe(missing: &Missing, now: DateTime<Utc>) -> bool {
    now - missing.since >= PATIENCE
}

/// That an article is missing, as a change.
#[must_use]
pub fn taken_out(missing: &Missing) -> Change {
    let withdrawal = Withdrawal { at: missing.since, reason: WithdrawalReason::Missing };
    Change::Withdrawn { id: Some(missing.article), withdrawal }
}

/// The articles that the document names as deleted, with the time it gives, if not in the future.
///
/// An entry that stands in the document beside its own tombstone is there if it was changed later (RFC 6721 §3).
pub(super) fn buried(
    deleted: &[Deletion],
    drafts: &[Draft],
    known: &Known,
    now: DateTime<Utc>,
) -> HashMap<Key, DateTime<Utc>> {
    if deleted.is_empty() {
        return HashMap::new();
    }
    let mut changed: HashMap<&Key, DateTime<Utc>> = HashMap::new();
    for draft in drafts {
        if let (Some(key), Some(at)) = (draft.keys.first(), draft.updated.max(draft.published)) {
            changed.insert(key, at);
        }
    }
    let there: HashSet<&Key> = drafts.iter().filter_map(|draft| draft.keys.first()).collect();
    let mut buried = HashMap::new();
    for Deletion { key, at } in deleted {
        let is_known = known.by_key.contains_key(key) || there.contains(key);
        let is_later = changed.get(key).is_none_or(|changed| at.is_none_or(|at| at >= *changed));
        if is_known && is_later {
            buried.insert(key.clone(), at.filter(|at| *at <= now).unwrap_or(now));
        }
    }
    buried
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ids(numbers: impl IntoIterator<Item = u64>) -> Vec<ArticleId> {
        numbers.into_iter().map(ArticleId::new).collect()
    }

    fn missing(last: &[u64], current: &[u64]) -> Vec<u64> {
        let gaps = gaps(&ids(last.iter().copied()), &ids(current.iter().copied()));
        gaps.iter().map(|gap| gap.article.number()).collect()
    }

    #[test]
    fn what_is_missing_between_neighbours_is_found() {
        for (last, current, gone) in [
            (&[1, 2, 3][..], &[1, 3][..], &[2][..]),
            (&[1, 2, 3], &[9, 8, 1, 3], &[2]),
            (&[1, 2, 3, 4], &[1, 3, 4, 5], &[2]),
            (&[1, 2, 3, 4, 5, 6, 7, 8], &[1, 4, 5, 6, 7, 8], &[2, 3]),
            (&[1, 2, 3, 4, 5, 6, 7, 8], &[0, 1, 3, 4, 5, 7], &[2, 6]),
        ] {
            assert_eq!(missing(last, current), gone, "{last:?} {current:?}");
        }
    }

    #[test]
    fn nothing_is_concluded_from_a_document_that_is_not_otherwise_as_it_was() {
        for (why, last, current) in [
            ("scrolled off", &[1, 2, 3][..], &[1, 2][..]),
            ("the first is gone", &[1, 2, 3], &[2, 3]),
            ("only one is left", &[1, 2, 3], &[2]),
            ("nothing is left", &[1, 2, 3], &[7, 8]),
            ("another stands in its place", &[1, 2, 3], &[1, 9, 3]),
            ("something came in between", &[1, 2, 3, 4], &[1, 3, 9, 4]),
            ("sorted anew", &[1, 2, 3, 4], &[3, 1, 4]),
            ("turned round", &[1, 2, 3, 4], &[4, 3, 1]),
            ("too many are missing: a filter", &[1, 2, 3, 4, 5], &[1, 3, 5]),
            ("nothing was there", &[], &[1, 2]),
        ] {
            assert!(missing(last, current).is_empty(), "{why}");
        }
    }

    #[test]
    fn an_article_is_withdrawn_when_it_is_missing_again_a_while_later() {
        let (last, current) = (ids([1, 2, 3]), ids([0, 1, 3]));
        let at = |minute| DateTime::UNIX_EPOCH + TimeDelta::minutes(minute);
        let first = watch(&current, &gaps(&last, &current), &[], at(0));
        let noted = Missing { article: ArticleId::new(2), since: at(0) };
        assert_eq!((&first.withdrawn[..], &first.missing[..]), (&[][..], &[noted][..]));
        assert_eq!(first.order, ids([0, 1, 2, 3]), "it keeps its place");

        let again =
            |current: &[ArticleId], now| watch(current, &gaps(&first.order, current), &first.missing, now);
        assert_eq!(again(&current, at(29)).missing, [noted], "too soon");
        let later = again(&current, at(30));
        assert_eq!((&later.withdrawn[..], &later.missing[..]), (&[noted][..], &[][..]));
        assert_eq!(later.order, current);
        assert_eq!(
            again(&ids([0, 1, 2, 3]), at(60)),
            Watched { order: ids([0, 1, 2, 3]), ..Watched::default() }
        );
        assert_eq!(again(&ids([7, 0, 1]), at(60)).withdrawn, [], "its neighbour has scrolled off meanwhile");
    }

    fn document() -> impl Strategy<Value = Vec<ArticleId>> {
        prop::collection::hash_set(0..1000_u64, 0..40).prop_map(ids)
    }

    proptest! {
        #[test]
        fn nothing_is_withdrawn_by_scrolling(
            last in document(),
            (from, to) in (0..40_usize, 0..40_usize),
            new in prop::collection::hash_set(2000..3000_u64, 0..20),
            old in prop::collection::hash_set(4000..5000_u64, 0..20),
        ) {
            let to = to.min(last.len());
            let from = from.min(to);
            let current: Vec<ArticleId> = ids(new).into_iter().chain(last[from..to].iter().copied()).chain(ids(old)).collect();
            prop_assert_eq!(gaps(&last, &current), []);
        }

        #[test]
        fn one_that_is_taken_out_is_found_whatever_comes_before_and_behind(
            last in document().prop_filter("three", |last| last.len() > 2),
            at in 0..38_usize,
            new in prop::collection::hash_set(2000..3000_u64, 0..20),
        ) {
            let at = 1 + at % (last.len() - 2);
            let mut current = ids(new);
            current.extend(last.iter().copied().filter(|id| *id != last[at]));
            let gone: Vec<ArticleId> = gaps(&last, &current).iter().map(|gap| gap.article).collect();
            prop_assert_eq!(gone, [last[at]]);
        }
    }
}
