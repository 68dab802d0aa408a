//! From outcomes to what is written: judged, decided and recorded, many documents in one transaction.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::ingest::decide::{Change, Decided, Known, Paper, decide_paper, keys_to_ask};
use crate::model::{Key, Weight};
use crate::store::{Beat, DocumentKey, DocumentUpdate, Store, StoreError, Traffic};

use super::Desk;
use super::batch::Ended;
use super::judge::{After, Judged, judge};
use super::pages::wishes;
use super::turn::Job;
use super::watch::{Seen, Sight, is_reread, look_for_gaps, weigh_edits};

/// An outcome that may change articles.
struct News {
    job: Arc<Job>,
    judged: Judged<'static>,
    sight: Sight,
    paper: Paper,
    traffic: Traffic,
}

/// What is to be written.
#[derive(Default)]
pub(super) struct Sheet {
    pub(super) updates: Vec<DocumentUpdate>,
    /// Where only the pulse of a document has changed.
    pub(super) beats: Vec<Beat>,
    /// What is ended by it.
    jobs: Vec<Arc<Job>>,
}

impl Sheet {
    /// Writes down an outcome that changes the state of its document at most.
    fn quiet(&mut self, job: &Job, after: After<'_>) {
        if job.is_as_stored && after.differs_in_pulse_only(&job.state) {
            self.beats.push(job.beat(after.pulse));
        } else {
            self.updates.push(DocumentUpdate::of_state(job.document.clone(), after.into_state()));
        }
    }
}

impl<S: Store> Desk<'_, S> {
    /// Decides what outcomes are and writes them down, and the attempts that are made next: all that is new in one
    /// transaction, all else in another.
    pub(super) async fn settle(&mut self, ended: Vec<Ended>, next: &[Arc<Job>]) -> Result<(), StoreError> {
        let (mut news, mut sheet) = (Vec::new(), Sheet::default());
        // In a round in which nothing is new, one for each.
        sheet.beats.reserve(ended.len() + next.len());
        for ended in ended {
            if let Some(told) = self.tell(ended, &mut sheet) {
                news.push(told);
            }
        }
        if !news.is_empty() {
            self.decide(news, &mut sheet).await?;
        }
        self.attempts(next, &mut sheet);
        let Sheet { updates, beats, jobs } = sheet;
        if !updates.is_empty() {
            self.store.record_all(updates).await?;
        }
        if !beats.is_empty() {
            self.store.note_pulses(beats).await?;
        }
        jobs.iter().for_each(|job| self.ledger.ended(job));
        Ok(())
    }

    /// Decides what the news are.
    async fn decide(&mut self, mut news: Vec<News>, sheet: &mut Sheet) -> Result<(), StoreError> {
        let now = self.options.now;
        let known = self.known(&news).await?;
        let papers: Vec<Paper> = news.iter_mut().map(|news| std::mem::take(&mut news.paper)).collect();
        let decided = news.iter().zip(papers).zip(known);
        let mut seen: Vec<Seen<'_>> =
            decided.map(|((news, paper), known)| see(news, paper, &known, now)).collect();
        weigh_edits(&mut seen, self.store).await?;
        look_for_gaps(&mut seen, self.store, now).await?;
        let seen: Vec<_> = seen
            .into_iter()
            .map(|Seen { changes, missing, new_order, .. }| (changes, missing, new_order))
            .collect();
        for (News { job, mut judged, traffic, .. }, (changes, missing, order)) in news.into_iter().zip(seen) {
            self.ledger.changes(&job, &changes);
            let about = judged.about.take();
            let mut state = judged.due(&job, count(&changes), now).into_state();
            state.traffic = state.traffic + traffic;
            state.missing = missing;
            let pages = wishes(&job, &changes, is_reread(&job), now);
            let document = job.document.clone();
            sheet.updates.push(DocumentUpdate { document, state, about, changes, order, pages });
            sheet.jobs.push(job);
        }
        Ok(())
    }

    /// Tells the ledger of an outcome; gives it back if it may change articles.
    fn tell(&mut self, ended: Ended, sheet: &mut Sheet) -> Option<News> {
        let (Ended { job, outcome, traffic }, now) = (ended, self.options.now);
        tracing::debug!(source = %job.document.source, place = job.place(), outcome = outcome.word());
        self.ledger.cost(&job, traffic);
        self.ledger.clock(&job, now);
        self.ledger.outcome(&job, &outcome);
        if !outcome.is_news(&job) {
            self.ledger.ended(&job);
            return None;
        }
        let judged = judge(&job, &outcome, now);
        let sight = Sight::of(&job, &outcome);
        if !outcome.has_words() && sight.is_quiet(&job) {
            let mut after = judged.due(&job, 0, now);
            after.pulse.traffic = after.pulse.traffic + traffic;
            sheet.quiet(&job, after);
            sheet.jobs.push(job);
            return None;
        }
        let judged = judged.into_owned();
        Some(News { job, judged, sight, paper: outcome.into_paper(), traffic })
    }

    /// What is known of each document's entries, asked for at once.
    async fn known(&self, news: &[News]) -> Result<Vec<Known>, StoreError> {
        let question = |news: &News| (news.job.document.clone(), keys_of(&news.paper));
        let questions: Vec<(DocumentKey, BTreeSet<_>)> =
            news.iter().filter(|news| may_be_known(news)).map(question).collect();
        if questions.is_empty() {
            return Ok(news.iter().map(|_| Known::default()).collect());
        }
        let mut answers = self.store.known_of(questions).await?.into_iter();
        let answer = |news: &News| match may_be_known(news) {
            true => answers.next().unwrap_or_default(),
            false => Known::default(),
        };
        Ok(news.iter().map(answer).collect())
    }
}

/// Whether a document says something that the store may know.
fn may_be_known(news: &News) -> bool {
    !news.job.is_new && (!news.paper.drafts.is_empty() || !news.paper.deleted.is_empty())
}

fn keys_of(paper: &Paper) -> BTreeSet<Key> {
    let mut keys = keys_to_ask(&paper.drafts);
    keys.extend(paper.deleted.iter().map(|deletion| deletion.key.clone()));
    keys
}

/// Decides on one document, by itself.
fn see<'a>(news: &'a News, paper: Paper, known: &Known, now: DateTime<Utc>) -> Seen<'a> {
    let mut seen = Seen::new(&news.job, news.sight);
    let Decided { changes, order } = decide_paper(&news.job.document, paper, known, now);
    (seen.changes, seen.order) = (changes, order);
    seen.changes.extend(news.sight.changes(&news.job, now));
    seen
}

/// How many new articles the changes amount to: edits, however many, are one piece of news.
fn count(changes: &[Change]) -> usize {
    let new = changes.iter().filter(|change| matches!(change, Change::New(_))).count();
    let is_edit =
        |change: &Change| matches!(change, Change::Edited(edited) if edited.weight > Weight::Retouch);
    let is_edited = changes.iter().any(is_edit);
    new.max(usize::from(is_edited))
}
