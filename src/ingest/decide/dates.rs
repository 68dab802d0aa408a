//! When an article was published and changed, from what the source says and what is known.

use std::time::Duration;

use chrono::{DateTime, SubsecRound, Utc};

use super::{Change, KnownArticle};
use crate::model::{DateBasis, Draft};

/// When an article was published, and how that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Publication {
    pub(super) at: DateTime<Utc>,
    pub(super) basis: DateBasis,
}

/// Cuts to the millisecond, which is what a store keeps: a date must not differ from itself as stored.
pub(super) fn to_millis(at: DateTime<Utc>) -> DateTime<Utc> {
    at.trunc_subsecs(3)
}

/// Publication and update of an article seen for the first time: as given, unless nothing is given or the future is; then
/// the time of its file, and where there is none either, now.
pub(super) fn of_new(draft: &Draft, now: DateTime<Utc>) -> (Publication, Option<DateTime<Utc>>) {
    let given = given(draft, now).map(|date| (date, DateBasis::Given));
    let guess = || past(draft.file_time, now).map(|date| (date, DateBasis::FileTime));
    let (at, basis) = given.or_else(guess).unwrap_or((now, DateBasis::FirstSeen));
    (Publication { at, basis }, past(draft.updated, now).filter(|&updated| updated > at))
}

/// Publication and update of an edited article. Its publication moves only to an earlier date; a later one is an update, also where
/// the date so far is that of the first sight: what was seen was published. The update is when the source says, if
/// that is news, else now.
pub(super) fn of_edited(
    draft: &Draft,
    article: &KnownArticle,
    now: DateTime<Utc>,
) -> (Publication, DateTime<Utc>) {
    let given = given(draft, now);
    let better = given.filter(|&date| date <= article.published);
    let at = better.unwrap_or(article.published);
    let basis = better.map_or(article.date_basis, |_| DateBasis::Given);
    let known = article.updated.map_or(at, |updated| updated.max(at));
    let said =
        given.max(past(draft.updated, now)).or(past(draft.file_time, now)).filter(|&date| date > known);
    (Publication { at, basis }, said.unwrap_or(now))
}

/// The publication date a source gives. Many Atom feeds give none but `updated` (RFC 4287 §4.1.2 demands only that):
/// an article is published no later than it was updated.
/// Articles first seen together, dated by that moment, keep the order of their document: feeds put the newest first.
/// They do so within the second, which is all that a published date shows.
pub(super) fn keep_order(changes: &mut [Change]) {
    let mut undated: Vec<&mut DateTime<Utc>> = changes
        .iter_mut()
        .filter_map(|change| match change {
            Change::New(article) if article.date_basis == DateBasis::FirstSeen => {
                Some(&mut article.published)
            }
            _ => None,
        })
        .collect();
    if undated.len() < 2 {
        return;
    }
    // The first are the newest, so it is the last of a very long document that share their moment.
    let most = undated.len().min(MILLIS) - 1;
    for (place, published) in undated.iter_mut().enumerate() {
        let millis = u64::try_from(most.saturating_sub(place)).unwrap_or(0);
        **published = published.trunc_subsecs(0) + Duration::from_millis(millis);
    }
}

/// In a second.
const MILLIS: usize = 1000;

fn given(draft: &Draft, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    past(draft.published.or(draft.updated), now)
}

fn past(date: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    date.map(to_millis).filter(|&date| date <= now)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::model::{ArticleBody, Fingerprint};

    fn day(number: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::days(number)
    }

    fn draft(published: Option<i64>, updated: Option<i64>) -> Draft {
        Draft {
            keys: Vec::new(),
            guid: None,
            body: ArticleBody::default(),
            published: published.map(day),
            updated: updated.map(day),
            file_time: None,
        }
    }

    const NOW: i64 = 100;

    #[test]
    fn a_new_article_is_dated_as_given_or_when_first_seen() {
        use DateBasis::{FirstSeen, Given};
        let cases = [
            ("as given", (Some(10), None), (10, Given, None)),
            ("with its update", (Some(10), Some(20)), (10, Given, Some(20))),
            ("an update before publication is none", (Some(10), Some(5)), (10, Given, None)),
            ("an update in the future is none", (Some(10), Some(200)), (10, Given, None)),
            ("only an update", (None, Some(20)), (20, Given, None)),
            ("nothing given", (None, None), (NOW, FirstSeen, None)),
            ("in the future", (Some(101), None), (NOW, FirstSeen, None)),
            ("now is not the future", (Some(NOW), None), (NOW, Given, None)),
        ];
        for (case, (published, updated), (at, basis, changed)) in cases {
            let dates = of_new(&draft(published, updated), day(NOW));
            assert_eq!(dates, (Publication { at: day(at), basis }, changed.map(day)), "{case}");
        }
    }

    #[test]
    fn a_file_that_says_no_date_has_its_own_time_as_a_guess() {
        use DateBasis::{FileTime, FirstSeen, Given};
        let cases = [
            ("nothing given", None, 10, (10, FileTime)),
            ("a date given", Some(20), 10, (20, Given)),
            ("a file from the future", None, 200, (NOW, FirstSeen)),
        ];
        for (case, published, file, (at, basis)) in cases {
            let draft = Draft { file_time: Some(day(file)), ..draft(published, None) };
            let (publication, _) = of_new(&draft, day(NOW));
            assert_eq!(publication, Publication { at: day(at), basis }, "{case}");
        }
    }

    #[test]
    fn an_edit_moves_publication_only_to_an_earlier_date() {
        use DateBasis::{FirstSeen, Given};
        let cases = [
            ("nothing said", (50, Given, None), (None, None), (50, Given, NOW)),
            ("the same date", (50, Given, None), (Some(50), None), (50, Given, NOW)),
            ("an update said", (50, Given, None), (Some(50), Some(60)), (50, Given, 60)),
            ("a later date is an update", (50, Given, None), (Some(60), None), (50, Given, 60)),
            ("the later of both", (50, Given, None), (Some(70), Some(60)), (50, Given, 70)),
            ("an earlier date", (50, Given, None), (Some(40), None), (40, Given, NOW)),
            ("the future", (50, Given, None), (Some(101), Some(102)), (50, Given, NOW)),
            ("an update known before", (50, Given, Some(60)), (Some(50), Some(60)), (50, Given, NOW)),
            ("at last a date", (50, FirstSeen, None), (Some(40), None), (40, Given, NOW)),
            ("a date after the first sight", (50, FirstSeen, None), (Some(60), None), (50, FirstSeen, 60)),
            ("at last a date, not past", (50, FirstSeen, None), (Some(101), None), (50, FirstSeen, NOW)),
        ];
        for (case, (at, basis, changed), (published, updated), wanted) in cases {
            let article = KnownArticle {
                fingerprint: Fingerprint([0; 16]),
                revision: 1,
                published: day(at),
                date_basis: basis,
                updated: changed.map(day),
                keys: Default::default(),
                is_withdrawn: false,
            };
            let dates = of_edited(&draft(published, updated), &article, day(NOW));
            let (at, basis, updated) = wanted;
            assert_eq!(dates, (Publication { at: day(at), basis }, day(updated)), "{case}");
        }
    }
}
