//! How often to ask, learnt from how often there was something new. Pure.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use crate::model::Rhythm;

use super::Timing;

/// So many requests from one new article to the next: what is new is seen after a quarter of the usual time at most.
const REQUESTS_A_GAP: u32 = 4;

/// What is known of a document's rhythm after it was read, or found unchanged, at `now`.
///
/// The gap from one article to the next is the time since the last news, shared among the articles that came: a document
/// that is asked for once a day tells by 24 new articles that it has one an hour. The mean of it and of what was known
/// before is kept, so that a habit that changes is believed after a few times.
#[must_use]
pub fn learn(rhythm: Rhythm, new_articles: usize, now: DateTime<Utc>) -> Rhythm {
    let Ok(articles @ 1..) = u64::try_from(new_articles) else {
        return Rhythm { changed_at: rhythm.changed_at.or(Some(now)), ..rhythm };
    };
    let quiet = rhythm.changed_at.map_or(0, |at| seconds(now - at));
    // None: the first time, asked twice in one moment, or the clock was moved.
    let seen = (quiet > 0).then(|| (quiet / articles).max(1));
    let gap = match (rhythm.gap, seen) {
        (Some(known), Some(seen)) => Some(known.midpoint(seen)),
        (known, seen) => seen.or(known),
    };
    Rhythm { gap, changed_at: Some(now), ..rhythm }
}

/// How long to wait: a quarter of the usual gap or, once it has been quiet for longer, of the quiet; between the minimum
/// and the maximum.
pub(super) fn interval(rhythm: &Rhythm, timing: &Timing, now: DateTime<Utc>) -> Duration {
    let quiet = rhythm.changed_at.map_or(0, |at| seconds(now - at));
    let gap = Duration::from_secs(rhythm.gap.unwrap_or(0).max(quiet));
    let longest = timing.max_interval.max(timing.min_interval);
    (gap / REQUESTS_A_GAP).clamp(timing.min_interval, longest)
}

fn seconds(time: TimeDelta) -> u64 {
    u64::try_from(time.num_seconds()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{now, timing};
    use super::*;

    const HOUR: u64 = 3600;

    /// Asks as often as is learnt, for so many days, what has a new article every so many minutes; gives the requests of
    /// the last day.
    fn requests_on_the_last_day(days: i64, minutes: Option<i64>) -> usize {
        let (mut rhythm, mut at, mut articles) = (Rhythm::default(), now(), 0);
        let mut asked = Vec::new();
        while at < now() + TimeDelta::days(days) {
            let made = minutes.map_or(0, |minutes| (at - now()).num_minutes() / minutes) + 1;
            rhythm = learn(rhythm, usize::try_from(made - articles).unwrap(), at);
            articles = made;
            asked.push(at);
            at += TimeDelta::from_std(interval(&rhythm, &timing(), at)).unwrap();
        }
        asked.iter().filter(|&&at| at >= now() + TimeDelta::days(days - 1)).count()
    }

    #[test]
    fn what_changes_often_is_asked_often_and_what_never_changes_once_a_day() {
        for (minutes, least, most) in [
            (Some(5), 48, 48),
            (Some(60), 47, 48),
            (Some(4 * 60), 20, 25),
            (Some(24 * 60), 3, 5),
            (Some(7 * 24 * 60), 1, 1),
            (None, 1, 1),
        ] {
            let requests = requests_on_the_last_day(30, minutes);
            assert!((least..=most).contains(&requests), "every {minutes:?} min: {requests} requests");
        }
    }

    #[test]
    fn a_quiet_document_is_asked_less_and_less_often_from_the_first_day_on() {
        let all: Vec<usize> = (1..=5).map(|days| requests_on_the_last_day(days, None)).collect();
        assert!(all[0] <= 16 && all[4] == 1 && all.is_sorted_by(|one, next| one >= next), "{all:?}");
    }

    #[test]
    fn the_articles_that_came_share_the_time_since_the_last_news() {
        let known = |gap| Rhythm { changed_at: Some(now() - TimeDelta::hours(24)), gap, ..Rhythm::default() };
        for (gap, articles, expected) in [
            (None, 24, Some(HOUR)),
            (None, 1, Some(24 * HOUR)),
            (Some(3 * HOUR), 24, Some(2 * HOUR)),
            (Some(3 * HOUR), 0, Some(3 * HOUR)),
            (Some(u64::MAX), 1, Some(u64::MAX / 2 + 12 * HOUR)),
            (None, usize::MAX, Some(1)),
        ] {
            assert_eq!(learn(known(gap), articles, now()).gap, expected, "{gap:?} and {articles} articles");
        }
    }

    #[test]
    fn the_first_reading_teaches_nothing_but_when_watching_began() {
        for articles in [0, 30] {
            let rhythm = learn(Rhythm::default(), articles, now());
            assert_eq!(rhythm, Rhythm { changed_at: Some(now()), ..Rhythm::default() });
            assert_eq!(interval(&rhythm, &timing(), now()), timing().min_interval);
        }
    }

    #[test]
    fn a_clock_that_was_moved_back_teaches_nothing() {
        let ahead =
            Rhythm { changed_at: Some(now() + TimeDelta::days(9)), gap: Some(HOUR), ..Rhythm::default() };
        assert_eq!(learn(ahead, 3, now()), Rhythm { changed_at: Some(now()), ..ahead });
        assert_eq!(interval(&ahead, &timing(), now()), timing().min_interval);
    }
}
