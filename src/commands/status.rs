//! `status`: how every source is doing.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::config::{Input, SourcePlan};
use crate::model::SourceId;
use crate::store::{DocumentState, Store};

use super::output::{count, visible};
use super::session::Session;
use super::{Ended, publish};

pub(super) async fn status(session: &Session<'_>) -> anyhow::Result<Ended> {
    let json = session.output.json()?;
    let work = session.load()?;
    let store = session.store(&work.plan)?;
    let counts = store.counts().await?;
    let mut failing = 0;
    for source in &work.plan.sources {
        let documents = store.documents(&source.id).await?;
        let line = SourceStatus::of(source, &documents, &counts);
        failing += usize::from(line.failures > 0);
        if json {
            session.output.json_line(&line)?;
        } else {
            session.output.data(&visible(&line.text(session.now)))?;
        }
    }
    publish::tell_leftovers(session, &work, &store).await?;
    if !json {
        let failing = if failing == 0 { String::new() } else { format!(", {failing} failing") };
        session.output.say(&format!("{}{failing}", count(work.plan.sources.len(), "source")));
    }
    Ok(Ended::Well)
}

#[derive(Serialize)]
struct SourceStatus<'a> {
    source: &'a SourceId,
    title: Option<String>,
    place: String,
    documents: usize,
    articles: u64,
    last_ok: Option<DateTime<Utc>>,
    last_at: Option<DateTime<Utc>>,
    /// `None` for a source on disk, which is always due.
    next_at: Option<DateTime<Utc>>,
    /// The most failures in a row of any of its documents.
    failures: u32,
    errors: Vec<ErrorLine>,
}

#[derive(Serialize)]
struct ErrorLine {
    document: String,
    message: String,
    /// In a row; 0 for what is no failure.
    failures: u32,
}

impl<'a> SourceStatus<'a> {
    fn of(
        source: &'a SourcePlan,
        documents: &BTreeMap<String, DocumentState>,
        counts: &BTreeMap<SourceId, u64>,
    ) -> Self {
        let states = || documents.values();
        let titled = || states().find_map(|state| state.about.title.as_ref()).map(ToString::to_string);
        let errors = documents.iter().filter_map(|(scope, state)| {
            state.error.as_ref().map(|message| ErrorLine {
                document: scope.clone(),
                message: message.clone(),
                failures: state.failures,
            })
        });
        let on_disk = matches!(source.input, Input::Files(_) | Input::Documents(_));
        Self {
            source: &source.id,
            title: source.name.as_ref().map(ToString::to_string).or_else(titled),
            place: place(&source.input),
            documents: documents.len(),
            articles: counts.get(&source.id).copied().unwrap_or(0),
            last_ok: states().filter_map(|state| state.last_ok).max(),
            last_at: states().filter_map(|state| state.last_at).max(),
            next_at: states().filter_map(|state| state.next_at).min().filter(|_| !on_disk),
            failures: states().map(|state| state.failures).max().unwrap_or(0),
            errors: errors.collect(),
        }
    }

    fn text(&self, now: DateTime<Utc>) -> String {
        let title = self.title.as_ref().map_or(String::new(), |title| format!("  {title}"));
        let mut text = format!("{}{title}\n  {}\n", self.source, self.place);
        let read = self.last_ok.map_or("never read".to_owned(), |at| format!("read {}", ago(now, at)));
        let due = match self.next_at {
            Some(at) if at > now => format!(", due {}", at.format("%Y-%m-%d %H:%M UTC")),
            Some(_) => ", due now".to_owned(),
            None => String::new(),
        };
        text.push_str(&format!(
            "  {}, {read}{due}\n",
            count(usize::try_from(self.articles).unwrap_or(usize::MAX), "article")
        ));
        for error in &self.errors {
            let document =
                if error.document.is_empty() { String::new() } else { format!("{}: ", error.document) };
            // A feed that merely lost its entries is told, and is no failure.
            let word = match error.failures {
                0 => "Note".to_owned(),
                failures => format!("FAILING ({failures} in a row)"),
            };
            text.push_str(&format!("  {word}: {document}{}\n", error.message));
        }
        text
    }
}

fn place(input: &Input) -> String {
    match input {
        Input::Feed(url) => url.to_string(),
        Input::Files(patterns) => patterns.join(", "),
        Input::Documents(folder) => folder.display().to_string(),
        Input::Articles(articles) => count(articles.len(), "hand-picked article"),
    }
}

/// How long ago, in its largest unit.
fn ago(now: DateTime<Utc>, then: DateTime<Utc>) -> String {
    let minutes = (now - then).num_minutes();
    match minutes {
        ..=0 => "just now".to_owned(),
        1..60 => format!("{minutes} min ago"),
        60..2880 => format!("{} h ago", minutes / 60),
        _ => format!("{} days ago", minutes / 1440),
    }
}
