//! `[sources]`: what each one reads, and how.

use std::collections::{BTreeMap, HashSet};
use std::iter::from_fn;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::HeaderName;

use crate::config::cleaning;
use crate::config::listed::Listed;
use crate::config::plan::{Extras, FetchPlan, FullText, Input, PickedArticle, Place, Republish, SourcePlan};
use crate::config::secret::{Secret, WrittenSecret};
use crate::config::shapes::{Entries, OneOrMany, Placed, ShortOr};
use crate::config::written::{Picked, Source, SourceDefaults};
use crate::model::selection::FirstRun;
use crate::model::{CleanSteps, PlainText, SourceId};

use super::auth::auth;
use super::desk::{Desk, distinct_lines, line};
use super::roster::{Member, Roster};
use super::{ID_HINT, id_fault, period, web_url};

/// The source of articles picked by URL on the command line; no config can define it.
pub(super) const HAND_PICKED: &str = "hand-picked";

/// Checks every source. The roster also lists those that are refused, so that what names them is not refused too.
pub(super) fn check(
    desk: &mut Desk<'_>,
    (listed, written): (&Listed<'_>, Option<Written>),
    shared: &Shared<'_>,
) -> (Vec<SourcePlan>, Roster) {
    let Some(Placed { span: table, value: Entries(entries) }) = written else {
        return (Vec::new(), Roster::new(Vec::new(), None));
    };
    let most = listed.len() + entries.len();
    let mut plans = Vec::with_capacity(most);
    let mut members = Vec::with_capacity(most);
    // A string is a source of which nothing is said but its URL. One is made for all of them: it is large.
    let mut short = Source::default();
    for (id, Placed { span, value }) in in_order(listed, entries) {
        let whole;
        let source = match value {
            ShortOr::Table(source) => {
                whole = source;
                &*whole
            }
            ShortOr::Short(url) => {
                short.url = Some(Placed { span: span.clone(), value: url });
                &short
            }
        };
        let (member, plan) = one(desk, &Checked { id: &id, source, span: &span }, shared);
        members.push(member);
        plans.extend(plan);
    }
    (plans, Roster::new(members, Some(table)))
}

/// The table of sources as written.
type Written = Placed<Entries<ShortOr<Source>>>;

/// A source as written, and its id.
type Entry = (Placed<String>, Placed<ShortOr<Source>>);

/// All sources in file order.
fn in_order(listed: &Listed<'_>, others: Vec<Entry>) -> impl Iterator<Item = Entry> {
    let short = |(id, Placed { span, value })| (id, Placed { span, value: ShortOr::Short(value) });
    let (mut listed, mut others) = (listed.iter().map(short).peekable(), others.into_iter().peekable());
    from_fn(move || match (listed.peek(), others.peek()) {
        (Some((one, _)), Some((other, _))) if other.span.start < one.span.start => others.next(),
        (Some(_), _) => listed.next(),
        (None, _) => others.next(),
    })
}

/// Checks one source; no plan is made of one whose input is refused.
fn one(desk: &mut Desk<'_>, checked: &Checked<'_>, shared: &Shared<'_>) -> (Member, Option<SourcePlan>) {
    let Checked { id, source, .. } = *checked;
    let defaults = shared.defaults;
    check_id(desk, id);
    let member = Member {
        id: SourceId::new(&id.value),
        tags: source.tags.as_ref().map_or_else(Vec::new, |tags| distinct_lines(&tags.0)),
        republish: ceiling(source, defaults),
        first_run: first_run(source, defaults),
    };
    let input = input(desk, checked);
    let extras = extras(desk, checked, &member.tags, defaults);
    let allow_private = allow_private(desk, checked);
    let every = every(desk, source, shared);
    let full_text = full_text(desk, checked, defaults);
    let plan = input.map(|input| SourcePlan {
        id: member.id.clone(),
        input,
        republish: member.republish,
        every,
        force_every: source.force_every.as_ref().is_some_and(|forced| forced.value),
        allow_private,
        first_run: member.first_run,
        full_text,
        clean: cleaning::steps(source.clean.as_ref(), shared.clean),
        extras: extras.into(),
    });
    (member, plan)
}

/// What all sources share.
pub(super) struct Shared<'c> {
    defaults: &'c SourceDefaults,
    /// The steps of cleaning, where a source does not say otherwise.
    clean: CleanSteps,
    min_interval: Duration,
}

impl<'c> Shared<'c> {
    pub(super) fn new(defaults: &'c SourceDefaults, fetch: &FetchPlan) -> Self {
        let clean = cleaning::steps(defaults.clean.as_ref(), CleanSteps::ALL);
        Self { defaults, clean, min_interval: fetch.min_interval }
    }
}

/// One source under check.
struct Checked<'c> {
    id: &'c Placed<String>,
    source: &'c Source,
    span: &'c std::ops::Range<usize>,
}

fn extras(
    desk: &mut Desk<'_>,
    checked: &Checked<'_>,
    tags: &[PlainText],
    defaults: &SourceDefaults,
) -> Extras {
    let source = checked.source;
    let language = source.language.as_ref().or(defaults.language.as_ref());
    Extras {
        name: source.name.as_deref().and_then(line),
        tags: tags.to_vec(),
        rights: source.rights.as_deref().or(defaults.rights.as_deref()).and_then(line),
        language: language.and_then(|language| desk.language(language)),
        headers: headers(desk, checked),
        auth: auth(desk, source).map(Box::new),
    }
}

fn check_id(desk: &mut Desk<'_>, id: &Placed<String>) {
    if id.value == HAND_PICKED {
        let message =
            format!("the id `{HAND_PICKED}` is taken: it is where `feedmill pick URL` puts articles");
        desk.refuse(&id.span, message, "give the source another id");
    } else if let Some(fault) = id_fault(&id.value, "source") {
        desk.refuse(&id.span, fault, ID_HINT);
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

const KINDS: &str = "url, files, documents or articles";

/// What the source is: exactly one of its keys says so.
fn input(desk: &mut Desk<'_>, checked: &Checked<'_>) -> Option<Input> {
    let Checked { id, source, span } = checked;
    let mut kinds = [
        ("url", source.url.as_ref().map(|key| &key.span)),
        ("files", source.files.as_ref().map(|key| &key.span)),
        ("documents", source.documents.as_ref().map(|key| &key.span)),
        ("articles", source.articles.as_ref().map(|key| &key.span)),
    ];
    match kinds.iter().filter(|(_, span)| span.is_some()).count() {
        1 => one_input(desk, source),
        0 => {
            let refused = kinds.iter().any(|(kind, _)| desk.lost().has(span, kind));
            if !refused {
                let message = format!("the source `{}` does not say what it reads", id.value);
                desk.refuse(&id.span, message, format!("give it one of {KINDS}"));
            }
            None
        }
        _ => {
            kinds.sort_by_key(|(_, span)| span.map_or(usize::MAX, |span| span.start));
            let [(first, _), (second, Some(at)), ..] = kinds else { return None };
            let message = format!("the source `{}` has both `{first}` and `{second}`", id.value);
            desk.refuse(at, message, format!("a source is one of {KINDS}: make two of it"));
            None
        }
    }
}

fn one_input(desk: &mut Desk<'_>, source: &Source) -> Option<Input> {
    if let Some(url) = &source.url {
        let hint = "for feeds on disk write `files = \"{}\"`; in short form: id = { files = \"{}\" }";
        return web_url(desk, url, hint).map(|url| Input::Feed(Arc::new(url)));
    }
    if let Some(files) = &source.files {
        return patterns(desk, files).map(Input::Files);
    }
    if let Some(documents) = &source.documents {
        return desk.some_path(documents).map(Input::Documents);
    }
    let articles = source.articles.as_ref()?;
    if articles.value.is_empty() && !desk.lost().any(&articles.span) {
        desk.refuse(&articles.span, "this list of articles is empty", "list URLs or files");
    }
    Some(Input::Articles(articles.value.iter().filter_map(|article| picked(desk, article)).collect()))
}

/// Glob patterns, made absolute; what is special in the folder's own name is escaped.
fn patterns(desk: &mut Desk<'_>, files: &Placed<OneOrMany<String>>) -> Option<Vec<String>> {
    if files.value.0.is_empty() && !desk.lost().any(&files.span) {
        desk.refuse(
            &files.span,
            "this list of files is empty",
            "write a path or a pattern such as \"*.xml\"",
        );
    }
    let root = glob::Pattern::escape(&desk.root().to_string_lossy());
    let absolute = |desk: &mut Desk<'_>, written: &Placed<String>| {
        desk.some_path(written)?;
        if let Err(error) = glob::Pattern::new(&written.value) {
            let message = format!("`{}` is not a pattern of files: {}", written.value, error.msg);
            desk.refuse(&written.span, message, "`*` is any name, `**` any folders, `[[]` a bracket");
            return None;
        }
        let path: std::path::PathBuf =
            std::path::Path::new(&root).join(&written.value).components().collect();
        Some(path.to_string_lossy().into_owned())
    };
    files.value.0.iter().map(|written| absolute(desk, written)).collect()
}

/// A hand-picked article. A string with a scheme is a URL, any other is a file.
fn picked(desk: &mut Desk<'_>, written: &Placed<ShortOr<Picked>>) -> Option<PickedArticle> {
    let plain = |place| PickedArticle { place, title: None, note: None, tags: Vec::new() };
    let article = match &written.value {
        ShortOr::Short(text) => {
            let text = Placed { span: written.span.clone(), value: text.clone() };
            return if text.value.contains("://") {
                web_url(desk, &text, "").map(Place::Url).map(plain)
            } else {
                desk.some_path(&text).map(Place::File).map(plain)
            };
        }
        ShortOr::Table(article) => article,
    };
    let place = match (&article.url, &article.file) {
        (Some(url), None) => web_url(desk, url, "for a file write `file = \"{}\"`").map(Place::Url),
        (None, Some(file)) => desk.some_path(file).map(Place::File),
        (None, None) if desk.lost().any(&written.span) => None,
        _ => {
            let message = "an article is at one place: a URL or a file";
            desk.refuse(&written.span, message, "write { url = \"https://…\" } or { file = \"path\" }");
            None
        }
    };
    Some(PickedArticle {
        title: article.title.as_deref().and_then(line),
        note: article.note.as_deref().and_then(line),
        tags: article.tags.as_ref().map_or_else(Vec::new, |tags| distinct_lines(&tags.0)),
        ..plain(place?)
    })
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

pub(super) fn secret(desk: &mut Desk<'_>, written: &Placed<ShortOr<WrittenSecret>>) -> Option<Secret> {
    const HINT: &str = "say where it is: { env = \"NAME\" } or { file = \"path\" }";
    let reference = match &written.value {
        ShortOr::Table(reference) => reference,
        ShortOr::Short(_) => {
            desk.refuse_secret(&written.span, "a secret does not stand in the config", HINT);
            return None;
        }
    };
    match (&reference.env, &reference.file) {
        (Some(name), None) if name.value.is_empty() || name.value.contains(['=', '\0']) => {
            desk.refuse(&name.span, format!("`{}` cannot be the name of a variable", name.value), HINT);
            None
        }
        (Some(name), None) => Some(Secret::Env(name.value.clone())),
        (None, Some(file)) => desk.some_path(file).map(Secret::File),
        (None, None) if desk.lost().any(&written.span) => None,
        _ => {
            desk.refuse(&written.span, "a secret is in exactly one place", HINT);
            None
        }
    }
}
