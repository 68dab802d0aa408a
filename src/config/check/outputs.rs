//! Where things are written: no two at one path, nothing private among what is published.

use std::collections::HashMap;
use std::ops::Range;
use std::path::{Component, Path, PathBuf};

use url::Url;

use crate::config::plan::PublishPlan;
use crate::config::shapes::Placed;
use crate::config::written::{Config, Feed};
use crate::model::OutputFormat;

use super::desk::Desk;
use super::{entries, web_url};

/// The documents that `publish.index` writes.
const INDEX: [&str; 2] = ["index.html", "feeds.opml"];

/// Checks `[publish]` and `base_url`, and that no two documents have one path.
pub(super) fn publish(desk: &mut Desk<'_>, config: &Config) -> PublishPlan {
    let dir = own_path(desk, config.publish.files.dir.as_ref(), "feeds");
    let index = config.publish.index.unwrap_or(true);
    one_path_each(desk, config, index);
    PublishPlan { dir, base_url: config.base_url.as_ref().and_then(|url| base_url(desk, url)), index }
}

/// The address of the output folder, with a trailing slash, so that names can be joined to it.
fn base_url(desk: &mut Desk<'_>, written: &Placed<String>) -> Option<Url> {
    let mut url = web_url(desk, written, "write the whole address: \"https://example.org/feeds/\"")?;
    if url.query().is_some() || url.fragment().is_some() {
        let hint = "write the address of a folder: \"https://example.org/feeds/\"";
        desk.refuse(&written.span, "base_url has a query or fragment, so no name can follow it", hint);
    }
    if !url.path().ends_with('/') {
        let path = format!("{}/", url.path());
        url.set_path(&path);
    }
    Some(url)
}

/// Who writes a path: the place to point at, and what to call it.
struct Writer {
    at: Option<Range<usize>>,
    what: String,
}

/// Refuses two documents at one path; file systems that ignore case count `News` and `news` as one.
fn one_path_each(desk: &mut Desk<'_>, config: &Config, index: bool) {
    let mut writers: HashMap<String, Writer> = HashMap::new();
    for name in INDEX.iter().filter(|_| index) {
        writers
            .insert((*name).to_owned(), Writer { at: None, what: "the index (`publish.index`)".to_owned() });
    }
    for (id, feed) in entries(config.feeds.as_ref()) {
        for format in formats(&feed.value, config) {
            let path = format!("{}.{}", id.value, format.extension());
            let what = format!("the feed `{}`", id.value);
            let writer = Writer { at: Some(id.span.clone()), what };
            let Some(other) = writers.insert(path.to_lowercase(), writer) else { continue };
            // The same feed naming a format twice is one document.
            if other.at.as_ref() == Some(&id.span) {
                continue;
            }
            let message =
                format!("`{path}` would be written twice: by {} and by the feed `{}`", other.what, id.value);
            desk.refuse(&id.span, message, "file systems may ignore case: give one of the two another id");
            break;
        }
    }
}

fn formats(feed: &Feed, config: &Config) -> Vec<OutputFormat> {
    match feed.formats.as_ref().or(config.defaults.feed.formats.as_ref()) {
        Some(written) => written.value.0.iter().map(|format| format.value).collect(),
        None => OutputFormat::ALL.to_vec(),
    }
}

/// The store and the overrides: paths of their own, outside of what is published.
pub(super) fn own_files(desk: &mut Desk<'_>, config: &Config, publish: &PublishPlan) -> (PathBuf, PathBuf) {
    let store = own_path(desk, config.store.as_ref(), "state/feedmill.db");
    let overrides = own_path(desk, config.overrides.as_ref(), "overrides.toml");
    let dir = plain(&publish.dir);
    let dir_at = config.publish.files.dir.as_ref().map(|dir| &dir.span);
    if plain(desk.root()).starts_with(&dir) {
        if let Some(at) = dir_at {
            let message = "the output folder holds this config, which would be published with it";
            desk.refuse(at, message, "publish to a folder below: dir = \"feeds\"");
        }
        return (store, overrides);
    }
    let written =
        [("store", &store, config.store.as_ref()), ("overrides", &overrides, config.overrides.as_ref())];
    for (key, path, written) in written {
        if let Some(at) = written.map(|written| &written.span).or(dir_at)
            && plain(path).starts_with(&dir)
        {
            let message = format!("`{key}` is inside the output folder: it would be published");
            desk.refuse(at, message, format!("keep {key} and publish.files.dir apart"));
        }
    }
    let clash = config.overrides.as_ref().or(config.store.as_ref());
    if let Some(clash) = clash.filter(|_| plain(&store) == plain(&overrides)) {
        let hint = "the store is a database, the overrides are text: give them two names";
        desk.refuse(&clash.span, "`store` and `overrides` are the same file", hint);
    }
    (store, overrides)
}

fn own_path(desk: &mut Desk<'_>, written: Option<&Placed<String>>, default: &str) -> PathBuf {
    written.and_then(|path| desk.some_path(path)).unwrap_or_else(|| desk.path(default))
}

/// A path without `.` and `..`, by its words alone: for comparing, not for opening.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if plain.file_name().is_some() => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}
