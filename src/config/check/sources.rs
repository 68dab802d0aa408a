//! `[sources]`: what each one reads.

use std::iter::from_fn;
use std::sync::Arc;

use crate::config::listed::Listed;
use crate::config::plan::{Input, PickedArticle, Place, SourcePlan};
use crate::config::secret::{Secret, WrittenSecret};
use crate::config::shapes::{Entries, OneOrMany, Placed, ShortOr};
use crate::config::written::{Picked, Source};
use crate::model::SourceId;

use super::desk::{Desk, distinct_lines, line};
use super::manner::{Manner, Shared};
use super::roster::Roster;
use super::{ID_HINT, id_fault, web_url};

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
    let mut of_short = None;
    for (id, Placed { span, value }) in in_order(listed, entries) {
        check_id(desk, &id);
        let (input, manner) = match value {
            ShortOr::Table(source) => {
                let checked = Checked { id: &id, source: &source, span: &span };
                (input(desk, &checked), Manner::of(desk, &checked, shared))
            }
            ShortOr::Short(value) => {
                let url = Placed { span, value };
                let manner = of_short.get_or_insert_with(|| Manner::of_short(desk, (&id, &url), shared));
                (feed(desk, &url), manner.clone())
            }
        };
        let member = manner.member(SourceId::new(&id.value));
        plans.extend(input.map(|input| manner.plan(member.id.clone(), input)));
        members.push(member);
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

/// One source under check.
pub(super) struct Checked<'c> {
    pub(super) id: &'c Placed<String>,
    pub(super) source: &'c Source,
    pub(super) span: &'c std::ops::Range<usize>,
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
        return feed(desk, url);
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

fn feed(desk: &mut Desk<'_>, url: &Placed<String>) -> Option<Input> {
    let hint = "for feeds on disk write `files = \"{}\"`; in short form: id = { files = \"{}\" }";
    web_url(desk, url, hint).map(|url| Input::Feed(Arc::new(url)))
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

/// Where a secret is, which does not stand in the config.
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
