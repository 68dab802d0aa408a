//! `status`: how every source is doing.

mod words;

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::config::{FullText, Input, SourcePlan};
use crate::model::{About, SourceId};
use crate::store::{DocumentKey, DocumentState, PageCounts, Store, Traffic};

use super::output::count;
use super::session::Session;
use super::{Ended, publish};

pub(super) async fn status(session: &Session<'_>) -> anyhow::Result<Ended> {
    let json = session.output.json()?;
    let work = session.load()?;
    let store = session.store(&work.plan)?;
    let counts = Counts {
        articles: store.counts().await?,
        withdrawn: store.withdrawn().await?,
        pages: store.page_counts().await?,
    };
    let documents = by_source(store.every_document().await?);
    let none = Vec::new();
    let sources = work.plan.sources.iter();
    let lines: Vec<SourceStatus<'_>> = sources
        .map(|source| SourceStatus::of(source, documents.get(&source.id).unwrap_or(&none), &counts))
        .collect();
    if json {
        for line in &lines {
            session.output.json_line(line)?;
        }
    } else {
        session.output.data(&words::report(&lines, session.now))?;
    }
    publish::tell_leftovers(session, &work, &store).await?;
    Ok(Ended::Well)
}

/// The documents of a source, by scope.
type Documents = Vec<(String, DocumentState, About)>;

fn by_source(documents: BTreeMap<DocumentKey, (DocumentState, About)>) -> HashMap<SourceId, Documents> {
    let mut sources: HashMap<SourceId, Documents> = HashMap::new();
    for (key, (state, about)) in documents {
        sources.entry(key.source).or_default().push((key.scope, state, about));
    }
    sources
}

/// One source, in `--format json` a line.
#[derive(Debug, Serialize)]
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
    /// Where its documents have moved for good, and are asked for instead.
    moved_to: Vec<&'a str>,
    /// Since when the first of its documents is gone for good, and not asked for any more.
    gone_since: Option<DateTime<Utc>>,
    /// What it has cost its servers so far.
    traffic: Traffic,
    /// How many of its articles it has taken back.
    withdrawn: u64,
    /// How many pages of its articles wait to be read, and gave no text (`full_text`).
    pages: PageCounts,
}

/// Articles, by source.
struct Counts {
    articles: BTreeMap<SourceId, u64>,
    withdrawn: BTreeMap<SourceId, u64>,
    pages: BTreeMap<SourceId, PageCounts>,
}

#[derive(Debug, Serialize)]
struct ErrorLine {
    document: String,
    message: String,
    /// In a row; 0 for what is no failure.
    failures: u32,
}

impl<'a> SourceStatus<'a> {
    fn of(source: &'a SourcePlan, documents: &'a [(String, DocumentState, About)], counts: &Counts) -> Self {
        let states = || documents.iter().map(|(_, state, _)| state);
        let titled =
            || documents.iter().find_map(|(_, _, about)| about.title.as_ref()).map(ToString::to_string);
        let errors = documents.iter().filter_map(|(scope, state, _)| {
            state.error.as_ref().map(|message| ErrorLine {
                document: scope.clone(),
                message: message.clone(),
                failures: state.failures,
            })
        });
        let on_disk = matches!(source.input, Input::Files(_) | Input::Documents(_));
        Self {
            source: &source.id,
            title: source.extras.name.as_ref().map(ToString::to_string).or_else(titled),
            place: place(&source.input),
            documents: documents.len(),
            articles: counts.articles.get(&source.id).copied().unwrap_or(0),
            last_ok: states().filter_map(|state| state.last_ok).max(),
            last_at: states().filter_map(|state| state.last_at).max(),
            next_at: states().filter_map(|state| state.next_at).min().filter(|_| !on_disk),
            failures: states().map(|state| state.failures).max().unwrap_or(0),
            errors: errors.collect(),
            moved_to: states().filter_map(|state| state.moved_to.as_deref()).collect(),
            gone_since: states().filter_map(|state| state.gone_since).min(),
            traffic: states().fold(Traffic::default(), |sum, state| sum + state.traffic),
            withdrawn: counts.withdrawn.get(&source.id).copied().unwrap_or(0),
            // Where pages are no longer read, nothing waits.
            pages: match source.full_text {
                FullText::Never => PageCounts::default(),
                _ => counts.pages.get(&source.id).copied().unwrap_or_default(),
            },
        }
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
