//! What a round has to say of each source.

use std::fmt::Display;

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::ingest::decide::Change;
use crate::ingest::fetch::printable;
use crate::model::{Flood, PlainText, SourceId, Weight};
use crate::store::{PageOutcome, Traffic};

use super::Observer;
use super::expand::Expanded;
use super::judge::{doubt, falls_back, is_gone, moved, new_address};
use super::roll::Waiting;
use super::turn::{Job, Turn};
use super::work::{Failure, Outcome, Read};

/// Characters of a message.
const LONGEST_MESSAGE: usize = 1000;

/// Something that a person should know of one document of a source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Remark {
    /// Which document: as in [`crate::model::Origin::scope`], or the pattern in the config.
    pub scope: String,
    /// What, where and why; it names the place itself.
    pub message: String,
}

/// What a round did for one source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceReport {
    /// Which.
    pub source: SourceId,
    /// Documents it has.
    pub documents: u32,
    /// Entries in them, as last read.
    pub entries: u32,
    /// Articles seen for the first time.
    pub new: u32,
    /// Articles that were edited upstream.
    pub edited: u32,
    /// Documents that have not changed: 304, or the same body.
    pub unchanged_documents: u32,
    /// Documents that it was too early to ask for.
    pub not_due: u32,
    /// Documents that need the network, in a round without.
    pub skipped_offline: u32,
    /// What failed, by scope.
    pub failures: Vec<Remark>,
    /// What went well but should be known: a feed that moved, or that has no entries any more; a draft.
    pub notices: Vec<Remark>,
    /// Repairs that the parser made in the documents read.
    pub repairs: u32,
    /// Documents that were not due, and asked for all the same.
    pub asked_early: u32,
    /// Documents asked for early in vain: their servers want to be left alone for now (`Retry-After`).
    pub left_alone: u32,
    /// Documents that are gone for good (410), and not asked for.
    pub gone: u32,
    /// What went over the network for it; a request that served several sources counts for the first of them.
    pub traffic: Traffic,
    /// Documents that were not read because the round was stopped.
    pub stopped: u32,
    /// Articles that their source took back.
    pub withdrawn: u32,
    /// Articles that it had taken back, and shows again.
    pub returned: u32,
    /// Articles whose text was read from their pages.
    pub pages_read: u32,
    /// Pages that gave no text; those that will be tried again are not among them.
    pub pages_failed: u32,
}

impl SourceReport {
    fn new(source: SourceId) -> Self {
        Self {
            source,
            documents: 0,
            entries: 0,
            new: 0,
            edited: 0,
            unchanged_documents: 0,
            not_due: 0,
            skipped_offline: 0,
            failures: Vec::new(),
            notices: Vec::new(),
            repairs: 0,
            asked_early: 0,
            left_alone: 0,
            gone: 0,
            traffic: Traffic::default(),
            stopped: 0,
            withdrawn: 0,
            returned: 0,
            pages_read: 0,
            pages_failed: 0,
        }
    }
}

/// The reports while they are being written; tells the observer as each is complete.
pub(super) struct Ledger<'a> {
    reports: Vec<SourceReport>,
    /// Documents of each source that have not ended yet.
    open: Vec<usize>,
    observer: &'a dyn Observer,
}

impl<'a> Ledger<'a> {
    pub(super) fn new(sources: impl Iterator<Item = SourceId>, observer: &'a dyn Observer) -> Self {
        let reports: Vec<SourceReport> = sources.map(SourceReport::new).collect();
        Self { open: vec![0; reports.len()], reports, observer }
    }

    /// A source's documents are known.
    pub(super) fn expanded(&mut self, source: usize, expanded: &Expanded) {
        self.open[source] = expanded.targets.len();
        self.reports[source].documents = count(expanded.targets.len());
        self.reports[source].failures.extend_from_slice(&expanded.failures);
    }

    /// Whether and why a document is asked for now; one that is not is done with.
    pub(super) fn turn(&mut self, waiting: &Waiting, turn: Turn) {
        let report = &mut self.reports[waiting.source];
        match turn {
            Turn::Now => return,
            Turn::Early => return report.asked_early += 1,
            Turn::NotDue => report.not_due += 1,
            Turn::LeftAlone => report.left_alone += 1,
            Turn::Gone => report.gone += 1,
            Turn::Offline => report.skipped_offline += 1,
        }
        report.entries = report.entries.saturating_add(waiting.entries);
        self.open[waiting.source] -= 1;
    }

    /// Tells of a clock that was moved back: what was remembered then lies in the future.
    pub(super) fn clock(&mut self, job: &Job, now: DateTime<Utc>) {
        let Some(last) = job.state.last_at.filter(|last| *last > now) else { return };
        let notice =
            format!("{}: the clock was moved: it was last asked {}, and now is {now}", job.place(), last);
        self.notice(job, notice);
    }

    /// The round was stopped before a document was read.
    pub(super) fn stopped(&mut self, job: &Job) {
        self.reports[job.source].stopped += 1;
        self.as_before(job);
        self.ended(job);
    }

    /// A document's attempt has ended so.
    pub(super) fn outcome(&mut self, job: &Job, outcome: &Outcome) {
        if let Some(moved) = told_of_move(job, outcome) {
            self.notice(job, moved);
        }
        match outcome {
            Outcome::NotModified(_) | Outcome::Same(_) => {
                self.reports[job.source].unchanged_documents += 1;
                self.as_before(job);
            }
            Outcome::Failed(failure) => {
                let told = remark(job, failure.message.clone());
                self.reports[job.source].failures.push(told);
                if let Some(consequence) = consequence(job, failure) {
                    self.notice(job, consequence);
                }
                self.as_before(job);
            }
            Outcome::PutOff { .. } => {
                self.reports[job.source].not_due += 1;
                self.as_before(job);
            }
            Outcome::Read(read) => self.read(job, read),
        }
    }

    /// What a document's attempt has cost.
    pub(super) fn cost(&mut self, job: &Job, traffic: Traffic) {
        let sum = &mut self.reports[job.source].traffic;
        *sum = *sum + traffic;
    }

    /// The changes that a document brought.
    pub(super) fn changes(&mut self, job: &Job, changes: &[Change]) {
        let report = &mut self.reports[job.source];
        report.notices.extend(flooded(job, changes).map(|notice| remark(job, notice)));
        for change in changes {
            match change {
                Change::New(_) => report.new += 1,
                Change::Edited(edited) => report.edited += u32::from(edited.weight > Weight::Retouch),
                Change::Keys { .. } => {}
                Change::Withdrawn { .. } => report.withdrawn += 1,
                Change::Returned { .. } => report.returned += 1,
            }
        }
    }

    /// What came of the page of an article, and what it has cost.
    pub(super) fn page(&mut self, source: &SourceId, outcome: &PageOutcome, traffic: Traffic) {
        let Some(report) = self.reports.iter_mut().find(|report| report.source == *source) else { return };
        report.traffic = report.traffic + traffic;
        match outcome {
            PageOutcome::Read(_) => report.pages_read += 1,
            PageOutcome::Failed { .. } => report.pages_failed += 1,
            PageOutcome::HasLess | PageOutcome::Waits { .. } => {}
        }
    }

    /// A document is done with.
    pub(super) fn ended(&mut self, job: &Job) {
        self.open[job.source] -= 1;
        self.close_if_done(job.source);
    }

    /// Tells the observer if nothing of a source is open any more.
    pub(super) fn close_if_done(&mut self, source: usize) {
        if self.open[source] == 0 {
            let report = &mut self.reports[source];
            // Documents end in no particular order.
            report.failures.sort();
            report.notices.sort();
            self.observer.finished(report);
        }
    }

    pub(super) fn into_reports(self) -> Vec<SourceReport> {
        self.reports
    }

    fn read(&mut self, job: &Job, read: &Read) {
        let report = &mut self.reports[job.source];
        let reading = &read.reading;
        report.entries = report.entries.saturating_add(count(reading.drafts.len()));
        report.repairs = report.repairs.saturating_add(count(reading.repairs));
        report.failures.extend(reading.problems.iter().map(|problem| remark(job, problem.clone())));
        let empty = doubt(job, read).or_else(|| {
            (reading.is_empty() && !read.is_partial)
                .then(|| format!("{}: there are no articles in it yet", job.place()))
        });
        let notices = empty.into_iter().chain(reading.left_out.iter().cloned());
        report.notices.extend(notices.map(|notice| remark(job, notice)));
    }

    fn notice(&mut self, job: &Job, message: String) {
        self.reports[job.source].notices.push(remark(job, message));
    }

    fn as_before(&mut self, job: &Job) {
        let report = &mut self.reports[job.source];
        report.entries = report.entries.saturating_add(job.state.entries);
    }
}

/// In words, if a document with articles brought more new ones than may enter a feed, and none of those known.
fn flooded(job: &Job, changes: &[Change]) -> Option<String> {
    let most = job.first_run?;
    let came = |change: &&Change| matches!(change, Change::New(new) if new.flood == Some(Flood::Later));
    let count = changes.iter().filter(came).count();
    (count > most).then(|| {
        format!(
            "{}: none of its {count} entries was known; all are kept, and at most {most} of them go into a feed \
             (`first_run`)",
            job.place()
        )
    })
}

/// Something as it may be stored and printed: one line, not endless, and no control character that a document may have
/// slipped into it.
pub(super) fn in_words(message: &dyn Display) -> String {
    PlainText::line(&message.to_string()).as_str().chars().take(LONGEST_MESSAGE).collect()
}

/// That a document has moved for good, and what came of it.
fn told_of_move(job: &Job, outcome: &Outcome) -> Option<String> {
    let url = printable(moved(job, outcome)?);
    let place = job.place();
    if url == place {
        // Back to where the config says.
        return None;
    }
    Some(match new_address(job, outcome) {
        Some(_) => {
            format!("{place}: moved for good to {url}, which is asked from now on; change it in the config")
        }
        None => format!("{place}: moved for good to {url}; change it in the config"),
    })
}

/// What comes of a failure besides that it is asked again later.
fn consequence(job: &Job, failure: &Failure) -> Option<String> {
    let place = job.place();
    if falls_back(job, failure) {
        let moved_to = job.state.moved_to.as_deref().unwrap_or_default();
        return Some(format!(
            "{place}: it had moved to {moved_to}, which fails; next time it is asked itself again"
        ));
    }
    is_gone(job, failure).then(|| {
        let source = &job.document.source;
        let kept = if job.is_page() { "its article counts as withdrawn" } else { "its articles are kept" };
        format!(
            "{place}: it is not asked any more, {kept}; remove it from the config, or try again \
             with `feedmill fetch {source} --force`"
        )
    })
}

fn remark(job: &Job, message: String) -> Remark {
    Remark { scope: job.document.scope.clone(), message }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_one_line_without_control_characters_and_not_endless() {
        assert_eq!(in_words(&"the root is\r\n<\u{1b}[31mx\u{0}>"), "the root is <[31mx>");
        assert_eq!(in_words(&"x".repeat(9000)).len(), LONGEST_MESSAGE);
    }
}
