//! Simulated sources that go on while mills are killed: items come, are edited once, and scroll off.

use std::fmt::Write;

use chrono::{DateTime, TimeDelta, Utc};

use crate::mill::Mill;
use crate::server::Server;

/// Sources over HTTP; one more is a file.
const REMOTE: u64 = 5;
/// Items that a source shows.
const SHOWN: u64 = 30;
/// Items that a source has before the first step.
const BEFORE: u64 = 20;
/// Steps between two new items of a source.
const PACE: u64 = 8;
/// Steps from an item's coming to its one edit.
const EDITED_AFTER: u64 = 7;

/// A server with sources that change from step to step; a step is an hour.
pub(super) struct Newsroom {
    server: Server,
}

/// When a step is, as `--now` takes it.
pub(super) fn moment(step: u64) -> String {
    at(i64::try_from(step).unwrap()).to_rfc3339()
}

fn at(step: i64) -> DateTime<Utc> {
    "2026-06-01T12:30:00Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::hours(step)
}

impl Newsroom {
    pub(super) fn open() -> Self {
        Self { server: Server::start() }
    }

    /// A mill that reads all of it.
    pub(super) fn mill(&self, feeds: &str) -> Mill {
        let mut config = "[sources.disk]\nfiles = \"disk.atom\"\n".to_owned();
        for source in 0..REMOTE {
            write!(config, "[sources.s{source}]\nurl = \"{}/{source}.atom\"\n", self.server.url).unwrap();
        }
        Mill::new(&(config + feeds))
    }

    /// All sources as they are at a step.
    pub(super) fn go_on_to(&self, step: u64, mills: &[&Mill]) {
        for source in 0..REMOTE {
            self.server.put(&format!("/{source}.atom"), "application/atom+xml", document(source, step));
        }
        for mill in mills {
            mill.write("disk.atom", &document(REMOTE, step));
        }
    }

    /// Every item that any source had up to a step is stored once, published once, and in its last words; how many.
    pub(super) fn assert_each_once(&self, mill: &Mill, step: u64) -> i64 {
        let items =
            || (0..=REMOTE).flat_map(move |source| (0..items(source, step)).map(move |n| (source, n)));
        let mut wanted: Vec<(String, String)> =
            items().map(|(source, n)| (guid(source, n), title(source, n, step))).collect();
        wanted.sort();
        let text = |item: &serde_json::Value, key: &str| item[key].as_str().unwrap().to_owned();
        let mut published: Vec<(String, String)> =
            mill.items("all").iter().map(|item| (text(item, "id"), text(item, "title"))).collect();
        published.sort();
        assert_eq!(published.len(), wanted.len());
        assert!(published == wanted, "other items than the sources had");
        let store = rusqlite::Connection::open(mill.path("state/feedmill.db")).unwrap();
        let number = |sql: &str| store.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
        let articles = number("SELECT count(*) FROM articles");
        assert_eq!(articles, i64::try_from(wanted.len()).unwrap());
        assert_eq!(number("SELECT count(*) FROM publications WHERE feed = 'all'"), articles);
        articles
    }
}

/// Items that a source has had up to a step.
fn items(source: u64, step: u64) -> u64 {
    BEFORE + (step + source) / PACE
}

/// The step at which an item came.
fn came(source: u64, number: u64) -> i64 {
    i64::try_from(number * PACE).unwrap() - i64::try_from(BEFORE * PACE + source).unwrap()
}

fn guid(source: u64, number: u64) -> String {
    format!("tag:s{source}.example.com,2026:{number}")
}

fn is_edited(source: u64, number: u64, step: u64) -> bool {
    i64::try_from(step).unwrap() >= came(source, number) + i64::try_from(EDITED_AFTER).unwrap()
}

fn title(source: u64, number: u64, step: u64) -> String {
    let edited = if is_edited(source, number, step) { ", corrected" } else { "" };
    format!("Story {number} of {source}{edited}")
}

/// What a source shows at a step: the newest first.
fn document(source: u64, step: u64) -> String {
    let have = items(source, step);
    let mut text = format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Source {source}</title>\
         <link href=\"https://s{source}.example.com/\"/><id>tag:s{source}.example.com,2026:feed</id>"
    );
    for number in (have.saturating_sub(SHOWN)..have).rev() {
        let came = came(source, number);
        let edited = i64::try_from(EDITED_AFTER).unwrap() * i64::from(is_edited(source, number, step));
        // Half an hour before the step, so that no mill takes it for the future.
        let date = |step| (at(step) - TimeDelta::minutes(30)).to_rfc3339();
        let (published, updated) = (date(came), date(came + edited));
        let (guid, title) = (guid(source, number), title(source, number, step));
        write!(
            text,
            "<entry><id>{guid}</id><title>{title}</title><link href=\"https://s{source}.example.com/{number}\"/>\
             <published>{published}</published><updated>{updated}</updated><summary>About {title}.</summary></entry>"
        )
        .unwrap();
    }
    text + "</feed>"
}
