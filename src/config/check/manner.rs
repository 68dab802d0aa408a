//! `[sources]`: how each one is read, and what may be published of it.

use std::collections::{BTreeMap, HashSet};
use std::time::Duration;

use reqwest::header::HeaderName;

use crate::config::cleaning;
use crate::config::plan::{BoxedExtras, Extras, FetchPlan, FullText, Input, Republish, SourcePlan};
use crate::config::secret::Secret;
use crate::config::shapes::Placed;
use crate::config::written::{Source, SourceDefaults};
use crate::model::selection::FirstRun;
use crate::model::{CleanSteps, SourceId};

use super::auth::auth;
use super::desk::{Desk, distinct_lines, line};
use super::period;
use super::roster::Member;
use super::sources::{Checked, secret};

/// What is said of a source besides its id and what it reads.
#[derive(Clone)]
pub(super) struct Manner {
    republish: Republish,
    every: Option<Duration>,
    force_every: bool,
    allow_private: bool,
    first_run: Option<FirstRun>,
    full_text: FullText,
    clean: CleanSteps,
    extras: BoxedExtras,
}

impl Manner {
    /// Checks a source.
    pub(super) fn of(desk: &mut Desk<'_>, checked: &Checked<'_>, shared: &Shared<'_>) -> Self {
        let (source, defaults) = (checked.source, shared.defaults);
        Self {
            republish: ceiling(source, defaults),
            first_run: first_run(source, defaults),
            extras: extras(desk, checked, defaults).into(),
            allow_private: allow_private(desk, checked),
            every: every(desk, source, shared),
            force_every: source.force_every.as_ref().is_some_and(|forced| forced.value),
            full_text: full_text(desk, checked, defaults),
            clean: cleaning::steps(source.clean.as_ref(), shared.clean),
        }
    }

    /// The same for every source of which nothing is said but the URL, of which this is one.
    pub(super) fn of_short(
        desk: &mut Desk<'_>,
        (id, url): (&Placed<String>, &Placed<String>),
        shared: &Shared<'_>,
    ) -> Self {
        let source = Source { url: Some(url.clone()), ..Source::default() };
        Self::of(desk, &Checked { id, source: &source, span: &url.span }, shared)
    }

    /// The source, as far as feeds are concerned.
    pub(super) fn member(&self, id: SourceId) -> Member {
        let Self { republish, first_run, .. } = *self;
        Member { id, tags: self.extras.tags.clone(), republish, first_run }
    }

    /// The source.
    pub(super) fn plan(self, id: SourceId, input: Input) -> SourcePlan {
        SourcePlan {
            id,
            input,
            republish: self.republish,
            every: self.every,
            force_every: self.force_every,
            allow_private: self.allow_private,
            first_run: self.first_run,
            full_text: self.full_text,
            clean: self.clean,
            extras: self.extras,
        }
    }
}

/// What all sources share.
pub(super) struct Shared<'c> {
    defaults: &'c SourceDefaults,
    /// The steps of cleaning, where a source does not say otherwise.
    clean: CleanSteps,
    min_interval: Duration,
}

impl<'c> Shared<'c> {
    /// What the config gives to all.
    pub(super) fn new(defaults: &'c SourceDefaults, fetch: &FetchPlan) -> Self {
        let clean = cleaning::steps(defaults.clean.as_ref(), CleanSteps::ALL);
        Self { defaults, clean, min_interval: fetch.min_interval }
    }
}

fn extras(desk: &mut Desk<'_>, checked: &Checked<'_>, defaults: &SourceDefaults) -> Extras {
    let source = checked.source;
    let language = source.language.as_ref().or(defaults.language.as_ref());
    Extras {
        name: source.name.as_deref().and_then(line),
        tags: source.tags.as_ref().map_or_else(Vec::new, |tags| distinct_lines(&tags.0)),
        rights: source.rights.as_deref().or(defaults.rights.as_deref()).and_then(line),
        language: language.and_then(|language| desk.language(language)),
        headers: headers(desk, checked),
        auth: auth(desk, source).map(Box::new),
    }
}

/// The most that may be printed: documents are one's own, all else is other people's.
fn ceiling(source: &Source, defaults: &SourceDefaults) -> Republish {
    let by_input = if source.documents.is_some() { Republish::Full } else { Republish::Excerpt };
    source.republish.or(defaults.republish).unwrap_or(by_input)
}

/// How much may be published of what a source brings at once. What is on disk is one's own doing: no flood, unless the
/// config says so.
fn first_run(source: &Source, defaults: &SourceDefaults) -> Option<FirstRun> {
    const MOST: usize = 20;
    match source.first_run.or(defaults.first_run) {
        Some(most) => Some(FirstRun { most: most.get(), spares_new_feeds: false }),
        None => source.url.is_some().then_some(FirstRun { most: MOST, spares_new_feeds: true }),
    }
}

/// Whether pages are read. Article files have none: their text is all there is.
fn full_text(desk: &mut Desk<'_>, checked: &Checked<'_>, defaults: &SourceDefaults) -> FullText {
    let source = checked.source;
    if source.documents.is_none() {
        let written = source.full_text.as_ref().or(defaults.full_text.as_ref());
        return written.map_or(FullText::Never, |written| written.value);
    }
    if let Some(written) = source.full_text.as_ref().filter(|written| written.value != FullText::Never) {
        let message = "only articles that have a page can be read from it";
        desk.refuse(&written.span, message, "remove `full_text`: the text of `documents` is whole");
    }
    FullText::Never
}

fn every(desk: &mut Desk<'_>, source: &Source, shared: &Shared<'_>) -> Option<Duration> {
    let forced = source.force_every.as_ref().filter(|forced| forced.value);
    let Some(every) = source.every.as_ref().or(shared.defaults.every.as_ref()) else {
        if let Some(forced) = forced {
            let hint = "say how often: every = \"15m\"; or remove the key";
            desk.refuse(&forced.span, "force_every forces nothing: the source has no `every`", hint);
        }
        return None;
    };
    if every.value.0 < shared.min_interval && forced.is_none() {
        let (asked, least) = (period(every.value.0), period(shared.min_interval));
        desk.refuse(
            &every.span,
            format!("every {asked} is more often than fetch.min_interval ({least}) allows"),
            "raise it, lower fetch.min_interval, or say `force_every = true` of a source that allows it",
        );
    }
    Some(every.value.0)
}

/// Only what is on the web has a host that could be anywhere.
fn allow_private(desk: &mut Desk<'_>, checked: &Checked<'_>) -> bool {
    let Some(written) = &checked.source.allow_private else { return false };
    let source = checked.source;
    let on_web = source.url.is_some() || source.articles.is_some();
    if !on_web && !desk.lost().has(checked.span, "url") && !desk.lost().has(checked.span, "articles") {
        let message = "only a source with a `url` or `articles` asks a host";
        desk.refuse(&written.span, message, "remove `allow_private`: what is on disk needs no leave");
    }
    written.value
}

fn headers(desk: &mut Desk<'_>, checked: &Checked<'_>) -> BTreeMap<String, Secret> {
    let mut found = BTreeMap::new();
    let Some(headers) = &checked.source.headers else { return found };
    if checked.source.url.is_none() && !desk.lost().has(checked.span, "url") {
        let message = "only a source with a `url` sends headers";
        desk.refuse(&headers.span, message, "remove them, or give the source a `url`");
    }
    let mut names = HashSet::new();
    for (name, written) in &headers.value.0 {
        match HeaderName::from_bytes(name.value.as_bytes()) {
            Err(_) => desk.refuse(
                &name.span,
                format!("`{}` is not the name of a header", name.value),
                "write a name such as Authorization",
            ),
            Ok(known) if !names.insert(known.clone()) => {
                let message = format!("the header `{}` is there twice", name.value);
                desk.refuse(
                    &name.span,
                    message,
                    "names of headers do not mind upper and lower case: remove one",
                );
            }
            Ok(_) => {}
        }
        found.extend(secret(desk, written).map(|secret| (name.value.clone(), secret)));
    }
    found
}
