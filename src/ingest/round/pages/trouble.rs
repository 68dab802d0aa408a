//! Why a page gave no text, and whether it is worth another try. Pure.

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::StatusCode;

use crate::ingest::clean::page::PageError;
use crate::ingest::fetch::FetchError;
use crate::store::PageOutcome;

use super::super::report::in_words;

/// Tries, all in all.
const MOST_TRIES: u32 = 5;

/// Why a page gave no text.
#[derive(Debug, thiserror::Error)]
pub(super) enum Trouble {
    #[error("{}", briefly(.0))]
    Fetch(#[from] FetchError),
    #[error("{url}: no web page, but {media_type}")]
    NoPage { url: String, media_type: String },
    #[error("{url}: {cause}")]
    NoArticle { url: String, cause: PageError },
    #[error("{url}: its text is longer than `fetch.max_text` allows")]
    TooLong { url: String },
    #[error("{url}: reading it crashed; please report this with the page")]
    Crashed { url: String },
}

/// What a feed's failure advises is of no use with a page.
fn briefly(error: &FetchError) -> String {
    match error {
        FetchError::Status { url, code, .. } => {
            let reason = StatusCode::from_u16(*code).ok().and_then(|code| code.canonical_reason());
            format!("{url}: {code} {}", reason.unwrap_or_default()).trim_end().to_owned()
        }
        error => error.to_string(),
    }
}

impl Trouble {
    /// Whether it may have passed by the next time.
    pub(super) fn is_passing(&self) -> bool {
        match self {
            Self::Fetch(error) => match error {
                FetchError::Status { code, .. } => matches!(code, 408 | 425 | 429 | 500..),
                FetchError::Setup { .. }
                | FetchError::Dns { .. }
                | FetchError::Connect { .. }
                | FetchError::Tls { .. }
                | FetchError::Timeout { .. }
                | FetchError::Body { .. }
                | FetchError::Protocol { .. }
                | FetchError::RobotsUnread { .. }
                | FetchError::PutOff { .. } => true,
                _ => false,
            },
            _ => false,
        }
    }

    /// Until when the whole host wants to be left alone, if it says so.
    pub(super) fn wait(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let Self::Fetch(error) = self else { return None };
        if let FetchError::PutOff { until, .. } = error {
            return Some(*until);
        }
        error.wishes().waits.into_iter().map(|wait| wait.from(now)).max()
    }

    /// What is to be kept of it, after so many tries in vain before. A definite answer is one for good; a passing one is
    /// tried again after `pause`, twice that, and so on.
    pub(super) fn outcome(&self, tries: u32, now: DateTime<Utc>, pause: TimeDelta) -> PageOutcome {
        let problem = in_words(self);
        if let Self::Fetch(FetchError::PutOff { until, .. }) = self {
            // It was not asked for at all.
            return PageOutcome::Waits { next_at: *until, tries, problem: None };
        }
        let tries = tries + 1;
        if !self.is_passing() {
            return PageOutcome::Failed { problem };
        }
        if tries >= MOST_TRIES {
            return PageOutcome::Failed { problem: format!("{problem}; given up after {tries} tries") };
        }
        let next_at = now + pause * 2i32.pow(tries - 1);
        let next_at = self.wait(now).map_or(next_at, |wait| wait.max(next_at));
        PageOutcome::Waits { next_at, tries, problem: Some(problem) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::fetch::{Freshness, RetryAfter};

    fn now() -> DateTime<Utc> {
        "2026-11-01T12:00:00Z".parse().unwrap()
    }

    fn status(code: u16, retry_after: Option<RetryAfter>) -> Trouble {
        let (url, freshness) = ("https://example.org/a".to_owned(), Freshness::default());
        Trouble::Fetch(FetchError::Status { url, code, retry_after, freshness })
    }

    fn outcome(trouble: &Trouble, tries: u32) -> PageOutcome {
        trouble.outcome(tries, now(), TimeDelta::minutes(30))
    }

    #[test]
    fn a_definite_answer_is_one_for_good() {
        let url = || "https://example.org/a".to_owned();
        let robots = FetchError::Robots { url: url(), robots: "https://example.org/robots.txt".to_owned() };
        for trouble in [
            status(404, None),
            status(410, None),
            status(403, None),
            Trouble::Fetch(robots),
            Trouble::NoPage { url: url(), media_type: "image/png".to_owned() },
        ] {
            assert!(matches!(outcome(&trouble, 0), PageOutcome::Failed { .. }), "{trouble}");
        }
        let PageOutcome::Failed { problem } = outcome(&status(404, None), 0) else { panic!() };
        assert_eq!(problem, "https://example.org/a: 404 Not Found");
    }

    #[test]
    fn a_passing_one_is_tried_again_ever_later_and_given_up_in_the_end() {
        let mut waits = Vec::new();
        for tries in 0..4 {
            let PageOutcome::Waits { next_at, tries: after, .. } = outcome(&status(503, None), tries) else {
                panic!("after {tries} tries")
            };
            assert_eq!(after, tries + 1);
            waits.push((next_at - now()).num_minutes());
        }
        assert_eq!(waits, [30, 60, 120, 240]);
        assert!(matches!(outcome(&status(503, None), 4), PageOutcome::Failed { .. }));
    }

    #[test]
    fn a_server_that_wants_to_be_left_alone_is() {
        let trouble = status(429, Some(RetryAfter::Seconds(7200)));
        assert_eq!(trouble.wait(now()), Some(now() + TimeDelta::hours(2)));
        let PageOutcome::Waits { next_at, .. } = outcome(&trouble, 0) else { panic!() };
        assert_eq!(next_at, now() + TimeDelta::hours(2));
    }

    #[test]
    fn what_is_put_off_counts_as_no_try() {
        let until = now() + TimeDelta::minutes(1);
        let delay = std::time::Duration::from_secs(60);
        let trouble =
            Trouble::Fetch(FetchError::PutOff { url: "https://example.org/a".into(), delay, until });
        assert_eq!(outcome(&trouble, 3), PageOutcome::Waits { next_at: until, tries: 3, problem: None });
    }
}
