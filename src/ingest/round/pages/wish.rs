//! Which pages are to be read: those of new articles, and of edited ones. Pure.

use std::cmp::Reverse;

use chrono::{DateTime, Utc};
use url::Url;

use crate::config::FullText;
use crate::ingest::decide::{Change, NewArticle};
use crate::model::{ArticleBody, ArticleId, Weight};
use crate::store::PageWish;

use super::super::turn::Job;
use super::teaser::is_short;

/// The pages that a document's changes ask for. Of a flood only as many as may enter a feed; of an article that the reader
/// reads otherwise than before (`is_reread`), none: its page is no other.
pub(in crate::ingest::round) fn wishes(
    job: &Job,
    changes: &[Change],
    is_reread: bool,
    now: DateTime<Utc>,
) -> Vec<PageWish> {
    if job.full_text == FullText::Never {
        return Vec::new();
    }
    let wish = |article: ArticleId, body: &ArticleBody, since| {
        let url = page(body).filter(|_| job.full_text == FullText::Always || is_short(body))?;
        Some(PageWish { article, url: url.clone(), since, next_at: now })
    };
    let new = fresh(job, changes).into_iter();
    let new = new.filter_map(|new| wish(new.id, &new.body, DateTime::UNIX_EPOCH));
    let edited = changes.iter().filter_map(|change| match change {
        Change::Edited(edited) if edited.weight > Weight::Retouch && !is_reread => {
            wish(edited.id, edited.own.as_deref().unwrap_or(&edited.body), now)
        }
        _ => None,
    });
    new.chain(edited).collect()
}

/// The new articles, the newest first.
fn fresh<'a>(job: &Job, changes: &'a [Change]) -> Vec<&'a NewArticle> {
    let new = changes.iter().filter_map(|change| match change {
        Change::New(new) => Some(new.as_ref()),
        _ => None,
    });
    let mut new: Vec<&NewArticle> = new.collect();
    new.sort_by_key(|new| Reverse(new.published));
    if new.iter().any(|new| new.flood.is_some()) {
        new.truncate(job.first_run.unwrap_or(usize::MAX));
    }
    new
}

/// The page of an article; a site's front page is no article's.
fn page(body: &ArticleBody) -> Option<&Url> {
    let is_front = |url: &Url| matches!(url.path(), "" | "/") && url.query().is_none_or(str::is_empty);
    body.url.as_ref().filter(|url| !is_front(url))
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::super::super::turn::testing::job;
    use super::*;
    use crate::ingest::decide::{EditedArticle, fingerprint};
    use crate::model::{DateBasis, Flood, Guid};

    fn now() -> DateTime<Utc> {
        "2026-11-01T12:00:00Z".parse().unwrap()
    }

    fn body(url: &str, words: u32) -> ArticleBody {
        ArticleBody { url: Url::parse(url).ok(), words, ..ArticleBody::default() }
    }

    fn new(number: u64, body: ArticleBody, flood: Option<Flood>) -> Change {
        Change::New(Box::new(NewArticle {
            id: ArticleId::new(number),
            keys: Vec::new(),
            guid: Guid { value: "urn:x".to_owned(), is_permalink: false },
            fingerprint: fingerprint(&body),
            body,
            published: now() - TimeDelta::hours(number.cast_signed()),
            date_basis: DateBasis::Given,
            updated: None,
            first_seen: now(),
            flood,
        }))
    }

    fn edited(number: u64, weight: Weight) -> Change {
        let body = body("https://example.org/news/7", 20);
        Change::Edited(Box::new(EditedArticle {
            id: ArticleId::new(number),
            keys: Vec::new(),
            fingerprint: fingerprint(&body),
            body,
            revision: 2,
            published: now(),
            date_basis: DateBasis::Given,
            updated: None,
            seen: now(),
            weight,
            own: None,
        }))
    }

    fn asked(full_text: FullText, changes: &[Change], is_reread: bool) -> Vec<u64> {
        let job = Job { full_text, first_run: Some(2), ..job("https://example.org/feed") };
        wishes(&job, changes, is_reread, now()).iter().map(|wish| wish.article.number()).collect()
    }

    #[test]
    fn short_texts_or_all_are_asked_for_and_front_pages_never() {
        let changes = [
            new(1, body("https://example.org/news/1", 20), None),
            new(2, body("https://example.org/news/2", 500), None),
            new(3, body("https://example.org/", 20), None),
            new(4, ArticleBody::default(), None),
        ];
        assert_eq!(asked(FullText::Never, &changes, false), [0u64; 0]);
        assert_eq!(asked(FullText::Short, &changes, false), [1]);
        assert_eq!(asked(FullText::Always, &changes, false), [1, 2]);
    }

    #[test]
    fn of_a_flood_only_the_newest_are_asked_for() {
        let flood: Vec<Change> = (1..=5)
            .rev()
            .map(|number| new(number, body("https://example.org/a", 5), Some(Flood::First)))
            .collect();
        assert_eq!(asked(FullText::Always, &flood, false), [1, 2]);
    }

    #[test]
    fn an_edit_asks_again_unless_it_is_none_to_readers() {
        let changes = [edited(1, Weight::Correction), edited(2, Weight::Detail), edited(3, Weight::Retouch)];
        assert_eq!(asked(FullText::Always, &changes, false), [1, 2]);
        assert_eq!(asked(FullText::Always, &changes, true), [0u64; 0]);
    }
}
