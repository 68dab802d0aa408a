//! `fetch`: what is due, into the store.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::Fetch;
use crate::config::Plan;
use crate::ingest::round::{self, Observer, Remark, RoundOptions, SourceReport};
use crate::model::SourceId;
use crate::stop::Stop;
use crate::store::Store;

use super::output::{Output, count, visible};
use super::session::{Session, Work};
use super::{Ended, interrupt, names, picks};

pub(super) async fn fetch(session: &Session<'_>, what: &Fetch) -> anyhow::Result<Ended> {
    let work = session.load()?;
    let _lock = session.lock(&work.plan)?;
    let store = session.store(&work.plan)?;
    let stop = interrupt::listen(session.output);
    gather(session, &work, &store, (what, &stop)).await
}

/// Fetches into a store that is open, and says what each source gave.
pub(super) async fn gather(
    session: &Session<'_>,
    work: &Work,
    store: &impl Store,
    (what, stop): (&Fetch, &Stop),
) -> anyhow::Result<Ended> {
    let json = session.output.json()?;
    let plan = picks::with_hand_picked(work, store).await?;
    let options = RoundOptions {
        now: session.now,
        offline: session.global.offline,
        force: what.force,
        only: named_sources(&plan, &what.sources)?,
        stop: stop.clone(),
    };
    let bar = Bar::new(session.output);
    let reports = round::round(&plan, store, &options, &bar).await?;
    bar.0.finish_and_clear();
    for report in &reports {
        if json {
            session.output.json_line(report)?;
        }
        for failure in &report.failures {
            session.output.warn(&remark(report, failure));
        }
        for notice in &report.notices {
            session.output.say(&remark(report, notice));
        }
    }
    for overridden in forced(&reports) {
        session.output.say(&overridden);
    }
    if !json {
        session.output.summary(&table(&reports))?;
    }
    if let Some(signal) = stop.by() {
        let left: u32 = reports.iter().map(|report| report.stopped).sum();
        session.output.say(&format!("stopped: {} left for the next run", count(left as usize, "document")));
        return Ok(Ended::Stopped(signal));
    }
    Ok(if reports.iter().any(|report| !report.failures.is_empty()) { Ended::Partly } else { Ended::Well })
}

/// What `--force` overrode, and what it did not.
fn forced(reports: &[SourceReport]) -> Vec<String> {
    let sum =
        |part: fn(&SourceReport) -> u32| reports.iter().map(|report| part(report) as usize).sum::<usize>();
    let (early, left_alone) = (sum(|report| report.asked_early), sum(|report| report.left_alone));
    let mut lines = Vec::new();
    if early > 0 {
        let what = count(early, "document");
        lines.push(format!(
            "--force: {what} asked for before the time that its server, the feed or the config set"
        ));
    }
    if left_alone > 0 {
        let what = count(left_alone, "document");
        lines.push(format!(
            "--force: {what} left alone all the same, since the server asked to wait (Retry-After); \
             name the source to ask nevertheless"
        ));
    }
    lines
}

fn remark(report: &SourceReport, remark: &Remark) -> String {
    format!("source {}: {}", report.source, remark.message)
}

/// The sources named on the command line; `None` for all.
fn named_sources(plan: &Plan, names: &[String]) -> anyhow::Result<Option<Vec<SourceId>>> {
    if names.is_empty() {
        return Ok(None);
    }
    let known: Vec<&SourceId> = plan.sources.iter().map(|source| &source.id).collect();
    Ok(Some(names::sources(&known, names)?))
}

/// What each source gave, a line each; long lists only where something happened.
fn table(reports: &[SourceReport]) -> String {
    const ALL_UP_TO: usize = 40;
    let width =
        reports.iter().map(|report| report.source.as_str().chars().count()).max().unwrap_or(0).min(40);
    let has_news = |report: &SourceReport| {
        let pages = report.pages_read + report.pages_failed;
        report.new + report.edited + report.withdrawn + report.returned + pages > 0
    };
    let shown = |report: &&SourceReport| reports.len() <= ALL_UP_TO || has_news(report);
    let mut text: String = reports
        .iter()
        .filter(shown)
        .map(|report| format!("{:width$}  {}\n", report.source, visible(&gave(report))))
        .collect();
    let (new, edited) = reports
        .iter()
        .fold((0, 0), |(new, edited), report| (new + report.new as usize, edited + report.edited as usize));
    let failed = reports.iter().filter(|report| !report.failures.is_empty()).count();
    let got = match (new, edited) {
        (0, 0) => "nothing new".to_owned(),
        (new, 0) => format!("{} new", count(new, "article")),
        (new, edited) => format!("{} new, {edited} edited", count(new, "article")),
    };
    let failed = if failed == 0 { String::new() } else { format!(", {failed} failed") };
    text.push_str(&format!("{}: {got}{failed}\n", count(reports.len(), "source")));
    text
}

/// What one source gave, in words.
fn gave(report: &SourceReport) -> String {
    let mut facts = Vec::new();
    if report.new > 0 {
        facts.push(format!("{} new", report.new));
    }
    if report.edited > 0 {
        facts.push(format!("{} edited", report.edited));
    }
    if report.withdrawn > 0 {
        facts.push(format!("{} withdrawn", report.withdrawn));
    }
    if report.returned > 0 {
        facts.push(format!("{} back", report.returned));
    }
    facts.extend(pages(report));
    let not_asked =
        report.not_due + report.skipped_offline + report.left_alone + report.gone + report.stopped;
    let not_read = report.unchanged_documents + not_asked;
    let read = report.documents.saturating_sub(not_read);
    if read > 0 && facts.is_empty() && report.failures.is_empty() {
        facts.push(format!("nothing new in {}", count(report.entries as usize, "entry")));
    } else if read > 0 && report.failures.is_empty() {
        facts.push(format!("of {}", count(report.entries as usize, "entry")));
    }
    if report.unchanged_documents > 0 && facts.is_empty() {
        facts.push("unchanged".to_owned());
    }
    if report.not_due > 0 && facts.is_empty() {
        facts.push("not due yet".to_owned());
    }
    if report.left_alone > 0 {
        facts.push("left alone: its server asked to wait".to_owned());
    }
    if report.gone > 0 {
        facts.push("gone for good (410), not asked any more".to_owned());
    }
    if report.stopped > 0 {
        facts.push("stopped before it was read".to_owned());
    }
    if report.skipped_offline > 0 {
        facts.push("not asked: offline".to_owned());
    }
    if !report.failures.is_empty() {
        facts.push(format!("FAILED ({})", count(report.failures.len(), "failure")));
    }
    facts.join(", ")
}

/// What came of the pages of articles.
fn pages(report: &SourceReport) -> impl Iterator<Item = String> {
    let counts = [(report.pages_read, "read"), (report.pages_failed, "without text")];
    let counts = counts.into_iter().filter(|(number, _)| *number > 0);
    counts.map(|(number, what)| format!("{} {what}", count(number as usize, "page")))
}

/// The progress bar: on a terminal, when many sources are fetched.
struct Bar(ProgressBar);

impl Bar {
    const WORTH_IT: usize = 5;

    fn new(output: &Output) -> Self {
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::hidden());
        if output.may_draw() {
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} sources  {msg}") {
            bar.set_style(style);
        }
        Self(bar)
    }
}

impl Observer for Bar {
    fn started(&self, total: usize) {
        if total < Self::WORTH_IT {
            self.0.set_draw_target(ProgressDrawTarget::hidden());
        }
        // A bar that ticks has a thread of its own.
        if !self.0.is_hidden() {
            self.0.set_length(total as u64);
            self.0.enable_steady_tick(Duration::from_millis(200));
        }
    }

    fn finished(&self, report: &SourceReport) {
        if self.0.is_hidden() {
            return;
        }
        self.0.inc(1);
        self.0.set_message(visible(report.source.as_str()));
    }
}
