//! What is remembered of a document after an attempt. Pure.

use chrono::{DateTime, Utc};

use crate::ingest::fetch::RetryAfter;
use crate::ingest::fetch::schedule::{Attempted, next_due};
use crate::store::DocumentState;

use super::turn::Job;
use super::work::{Outcome, Read};

/// The state of a document after an attempt at `now`.
///
/// Validators and mark are those of the last document that was read in full: with any other they would turn the next
/// good answer into "not modified".
pub(super) fn judge(job: &Job, outcome: &Outcome, now: DateTime<Utc>) -> DocumentState {
    let mut state = DocumentState { last_at: Some(now), ..job.state.clone() };
    match outcome {
        Outcome::Failed { message, retry_after } => {
            failed(&mut state, message);
            state.next_at = job.is_remote().then(|| next_if_failed(job, *retry_after, now));
            return state;
        }
        Outcome::NotModified { etag, last_modified } => {
            state.etag = etag.clone().or(state.etag);
            state.last_modified = last_modified.clone().or(state.last_modified);
            (state.failures, state.error) = (0, None);
        }
        Outcome::Same { etag, last_modified } => {
            // One that was not sent again is forgotten.
            (state.etag, state.last_modified) = (etag.clone(), last_modified.clone());
            (state.failures, state.error) = (0, None);
        }
        Outcome::Read(read) => read_into(&mut state, job, read),
    }
    state.last_ok = Some(now);
    state.next_at = job.is_remote().then(|| next_due(Attempted::Well, &job.timing, now));
    state
}

/// When a document is due again should this attempt fail.
pub(super) fn next_if_failed(
    job: &Job,
    retry_after: Option<RetryAfter>,
    now: DateTime<Utc>,
) -> DateTime<Utc> {
    let failures = job.state.failures.saturating_add(1);
    next_due(Attempted::Failed { failures, retry_after }, &job.timing, now)
}

/// Why a document that was read must not be the measure of what comes later, in words: it had entries and has none
/// now, or it was cut off. Its articles stay.
pub(super) fn doubt(job: &Job, read: &Read) -> Option<String> {
    let (had, reading) = (job.state.entries, &read.reading);
    let place = job.place();
    if had > 0 && reading.is_empty() {
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

fn read_into(state: &mut DocumentState, job: &Job, read: &Read) {
    let reading = &read.reading;
    if let Some(notice) = doubt(job, read) {
        // The last good state stays, so that each later reading is measured by it; what came is no failure.
        (state.failures, state.error) = (0, Some(notice));
        if state.body_hash.is_none() {
            // There is none yet.
            state.entries = u32::try_from(reading.drafts.len()).unwrap_or(u32::MAX);
            state.about = reading.about.clone();
        }
        return;
    }
    state.entries = u32::try_from(reading.drafts.len()).unwrap_or(u32::MAX);
    state.about = reading.about.clone();
    if let Some(problem) = reading.problems.first() {
        // Read in part: the rest must be tried, and told of, again.
        (state.etag, state.last_modified, state.body_hash) = (None, None, None);
        failed(state, problem);
    } else {
        state.etag.clone_from(&read.etag);
        state.last_modified.clone_from(&read.last_modified);
        state.body_hash = Some(read.mark.clone());
        (state.failures, state.error) = (0, None);
    }
}

fn failed(state: &mut DocumentState, message: &str) {
    state.failures = state.failures.saturating_add(1);
    state.error = Some(message.to_owned());
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use url::Url;

    use crate::model::{ArticleBody, Draft};

    use super::super::expand::What;
    use super::super::read::Reading;
    use super::super::turn::testing::job_of;
    use super::*;

    const URL: &str = "https://example.org/feed";

    fn now() -> DateTime<Utc> {
        "2026-11-01T12:00:00Z".parse().unwrap()
    }

    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    fn good() -> DocumentState {
        DocumentState {
            url: some(URL),
            etag: some("\"old\""),
            last_modified: some("then"),
            body_hash: some("1::old"),
            last_ok: Some(now() - TimeDelta::hours(1)),
            entries: 30,
            ..DocumentState::default()
        }
    }

    fn remote(state: DocumentState) -> Job {
        job_of(What::Feed(Url::parse(URL).unwrap()), "", Some(state))
    }

    fn failure() -> Outcome {
        Outcome::Failed { message: "no".to_owned(), retry_after: None }
    }

    fn read(entries: usize, problems: &[&str]) -> Outcome {
        let draft = Draft {
            keys: Vec::new(),
            guid: None,
            body: ArticleBody::default(),
            published: None,
            updated: None,
        };
        let reading = Reading {
            drafts: vec![draft; entries],
            problems: problems.iter().map(|&problem| problem.to_owned()).collect(),
            ..Reading::default()
        };
        let (etag, mark) = (some("\"new\""), "1::new".to_owned());
        Outcome::Read(Box::new(Read { mark, etag, last_modified: None, moved: None, reading }))
    }

    #[test]
    fn a_failure_keeps_the_last_good_state_and_backs_off() {
        let mut state = good();
        for (failures, minutes) in [(1, 30), (2, 60), (3, 120)] {
            let after = judge(&remote(state.clone()), &failure(), now());
            let expected = DocumentState {
                last_at: Some(now()),
                next_at: Some(now() + TimeDelta::minutes(minutes)),
                failures,
                error: some("no"),
                ..good()
            };
            assert_eq!(after, expected);
            state = after;
        }
    }

    #[test]
    fn one_success_brings_a_failing_document_back() {
        let failing = DocumentState { failures: 9, error: some("no"), ..good() };
        for outcome in [
            read(31, &[]),
            Outcome::Same { etag: None, last_modified: None },
            Outcome::NotModified { etag: None, last_modified: None },
        ] {
            let after = judge(&remote(failing.clone()), &outcome, now());
            assert_eq!((after.failures, &after.error, after.last_ok), (0, &None, Some(now())));
            assert_eq!(after.next_at, Some(now() + TimeDelta::hours(1)));
        }
    }

    #[test]
    fn not_modified_keeps_validators_unless_it_brings_new_ones() {
        let after =
            judge(&remote(good()), &Outcome::NotModified { etag: some("\"n\""), last_modified: None }, now());
        assert_eq!((after.etag, after.last_modified), (some("\"n\""), some("then")));
        assert_eq!((after.body_hash, after.entries), (some("1::old"), 30));
    }

    #[test]
    fn the_same_body_with_other_validators_takes_those_and_forgets_what_was_not_sent_again() {
        let after =
            judge(&remote(good()), &Outcome::Same { etag: some("\"n\""), last_modified: None }, now());
        assert_eq!((after.etag, after.last_modified, after.body_hash), (some("\"n\""), None, some("1::old")));
    }

    #[test]
    fn a_document_read_in_full_leaves_its_validators_and_mark() {
        let after = judge(&remote(good()), &read(31, &[]), now());
        assert_eq!((after.etag, after.last_modified), (some("\"new\""), None));
        assert_eq!((after.body_hash, after.entries), (some("1::new"), 31));
    }

    #[test]
    fn a_document_without_entries_any_more_keeps_its_last_good_state_and_says_so() {
        let after = judge(&remote(good()), &read(0, &[]), now());
        assert_eq!((&after.etag, &after.body_hash, after.entries), (&good().etag, &good().body_hash, 30));
        assert!(after.error.unwrap().contains("had 30 entries"));
        assert_eq!(after.failures, 0);
        let never_any = judge(&remote(DocumentState::default()), &read(0, &[]), now());
        assert_eq!((never_any.error, never_any.body_hash), (None, some("1::new")));
    }

    #[test]
    fn a_document_cut_off_leaves_the_last_good_state_and_no_mark_of_its_own() {
        let cut = |entries| match read(entries, &[]) {
            Outcome::Read(mut read) => {
                read.reading.is_cut = true;
                Outcome::Read(read)
            }
            other => other,
        };
        let after = judge(&remote(good()), &cut(12), now());
        assert_eq!((&after.etag, &after.body_hash, after.entries), (&good().etag, &good().body_hash, 30));
        assert!(after.error.unwrap().contains("ends in the middle"));
        assert_eq!((after.failures, after.last_ok), (0, Some(now())));
        let first = judge(&remote(DocumentState::default()), &cut(12), now());
        assert_eq!((first.etag, first.body_hash, first.entries), (None, None, 12));
    }

    #[test]
    fn what_was_read_in_part_is_read_again_next_time() {
        let after = judge(&remote(good()), &read(2, &["b.md: empty"]), now());
        assert_eq!((after.etag, after.body_hash, after.entries), (None, None, 2));
        assert_eq!((after.error, after.failures), (some("b.md: empty"), 1));
    }

    #[test]
    fn a_file_is_never_put_off() {
        let file = job_of(What::FeedFile("a.xml".into()), "a.xml", None);
        for outcome in [failure(), read(1, &[])] {
            let after = judge(&file, &outcome, now());
            assert_eq!((after.next_at, after.url), (None, None));
        }
    }
}
