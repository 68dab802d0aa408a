//! `publish`: from the store to the output folder.

use serde::Serialize;

use crate::model::FeedId;
use crate::publish::edition::{Edition, FeedReport, publish as publish_edition};
use crate::publish::leftovers::leftovers;
use crate::publish::target::Written;
use crate::stop::Stop;
use crate::store::{HandDecision, Store};

use super::output::count;
use super::session::{Session, Work};
use super::{Ended, interrupt, names};

pub(super) async fn publish(session: &Session<'_>, feeds: &[String]) -> anyhow::Result<Ended> {
    let work = session.load()?;
    let only = feeds.iter().map(|name| names::feed(&work.plan, name)).collect::<Result<Vec<_>, _>>()?;
    let _lock = session.lock(&work.plan)?;
    let store = session.store(&work.plan)?;
    let stop = interrupt::listen(session.output);
    print(session, &work, &store, (&only, &stop)).await
}

/// Publishes from a store that is open, and says what each output feed now holds.
pub(super) async fn print(
    session: &Session<'_>,
    work: &Work,
    store: &impl Store,
    (only, stop): (&[FeedId], &Stop),
) -> anyhow::Result<Ended> {
    let json = session.output.json()?;
    let decisions = work.decisions();
    store.keep_decisions(&decisions, session.now).await?;
    let reports = publish_edition(
        &work.plan,
        store,
        &Edition { stop: stop.clone(), inputs: work.inputs.as_deref(), ..edition(session, &decisions, only) },
    )
    .await?;
    for report in &reports {
        if json {
            session.output.json_line(&FeedLine::of(report))?;
        }
        if let Some(failure) = &report.failure {
            session.output.warn(&format!("feed {}: {failure}", name(report)));
        }
    }
    if !json {
        session.output.summary(&table(&reports, session.global.dry_run))?;
    }
    tell_leftovers(session, work, store).await?;
    if let Some(signal) = stop.by() {
        let written = reports.iter().filter(|report| report.feed.is_some()).count();
        session
            .output
            .say(&format!("stopped: {} published, the others stay as they were", count(written, "feed")));
        return Ok(Ended::Stopped(signal));
    }
    Ok(if reports.iter().any(|report| report.failure.is_some()) { Ended::Partly } else { Ended::Well })
}

/// Names the documents that feeds left behind.
pub(super) async fn tell_leftovers(
    session: &Session<'_>,
    work: &Work,
    store: &impl Store,
) -> anyhow::Result<()> {
    let left = leftovers(&work.plan, store).await?;
    if !left.is_empty() {
        let folder = work.plan.publish.dir.display();
        session.output.say(&format!(
            "notice: no feed writes these any more, but they are still in {folder}, for whoever reads them: {}; delete \
             them when nobody does",
            left.join(", ")
        ));
    }
    Ok(())
}

/// The edition of this call.
pub(super) fn edition<'a>(
    session: &Session<'_>,
    decisions: &'a [HandDecision],
    only: &'a [FeedId],
) -> Edition<'a> {
    Edition {
        now: session.now,
        decisions,
        dry_run: session.global.dry_run,
        only,
        inputs: None,
        stop: Stop::default(),
    }
}

fn name(report: &FeedReport) -> &str {
    report.feed.as_ref().map_or("(index)", FeedId::as_str)
}

/// One output feed in `--format json`.
#[derive(Serialize)]
struct FeedLine<'a> {
    feed: &'a str,
    items: usize,
    entered: usize,
    documents: Vec<DocumentLine<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<String>,
}

#[derive(Serialize)]
struct DocumentLine<'a> {
    name: &'a str,
    written: &'static str,
}

impl<'a> FeedLine<'a> {
    fn of(report: &'a FeedReport) -> Self {
        Self {
            feed: name(report),
            items: report.items,
            entered: report.entered,
            documents: report
                .documents
                .iter()
                .map(|(name, written)| DocumentLine { name, written: word(*written) })
                .collect(),
            failure: report.failure.as_ref().map(ToString::to_string),
        }
    }
}

fn word(written: Written) -> &'static str {
    match written {
        Written::New => "new",
        Written::Changed => "changed",
        Written::Unchanged => "unchanged",
    }
}

/// What each output feed holds, and how many files were written.
fn table(reports: &[FeedReport], dry_run: bool) -> String {
    let feeds = || reports.iter().filter(|report| report.feed.is_some());
    let width = feeds().map(|report| name(report).chars().count()).max().unwrap_or(0).min(40);
    let mut text = String::new();
    for report in feeds() {
        text.push_str(&format!("{:width$}  {}\n", name(report), holds(report)));
    }
    let documents = || reports.iter().flat_map(|report| &report.documents);
    let written = documents().filter(|(_, written)| *written != Written::Unchanged).count();
    let kept = documents().count() - written;
    text.push_str(&match (written, dry_run) {
        (0, _) => format!("nothing changed: {kept} files as they were, none rewritten\n"),
        (_, true) => format!(
            "dry run: {} would be written, {kept} unchanged; nothing was touched\n",
            count(written, "file")
        ),
        (_, false) => format!("{} written, {kept} unchanged\n", count(written, "file")),
    });
    text
}

fn holds(report: &FeedReport) -> String {
    let mut facts = count(report.items, "item");
    if report.entered > 0 {
        facts.push_str(&format!(", {} new", report.entered));
    }
    let changed = report.documents.iter().filter(|(_, written)| *written != Written::Unchanged);
    let names: Vec<&str> = changed.map(|(name, _)| name.as_str()).collect();
    match &report.failure {
        Some(_) => facts.push_str(": FAILED"),
        None if names.is_empty() => facts.push_str(": unchanged"),
        None => facts.push_str(&format!(": {}", names.join(" "))),
    }
    facts
}
