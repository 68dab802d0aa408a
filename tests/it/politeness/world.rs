//! A mill and a recording server under a simulated clock: rounds run in this process, through the calls that the
//! program makes.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use feedmill::config::{self, Plan};
use feedmill::ingest::round::{Observer, RoundOptions, SourceReport, round};
use feedmill::stop::Stop;
use feedmill::store::sqlite::Sqlite;
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};

use crate::mill::with_leave;

use super::recorder::{Asked, Recorder, Reply};

pub(super) struct World {
    pub(super) server: Recorder,
    plan: Plan,
    store: Sqlite,
    runtime: Runtime,
    folder: TempDir,
    start: DateTime<Utc>,
}

struct Nobody;

impl Observer for Nobody {
    fn started(&self, _: usize) {}
    fn finished(&self, _: &SourceReport) {}
}

/// A config with these `[fetch]` keys and these sources; `{}` in a source stands for the server.
pub(super) fn config(server: &str, fetch: &str, sources: &str) -> String {
    let sources = sources.replace("{}", server);
    format!("[fetch]\n{fetch}\n[sources]\n{sources}\n[feeds.news]\ntitle = \"News\"\n")
}

impl World {
    /// One source, `a = "{}/a"`, and a server that answers by the script. It is Monday, 7:00.
    pub(super) fn new(script: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Self {
        Self::with("", "a = \"{}/a\"", script)
    }

    pub(super) fn with(
        fetch: &str,
        sources: &str,
        script: impl Fn(&Asked) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let server = Recorder::start(Arc::new(script));
        let folder = tempfile::tempdir().unwrap();
        let plan = plan(&config(&server.url, fetch, sources), folder.path());
        let store = Sqlite::open(&plan.store).unwrap();
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        Self { server, plan, store, runtime, folder, start: "2026-11-23T07:00:00Z".parse().unwrap() }
    }

    /// Another config for the same store.
    pub(super) fn reconfigure(&mut self, fetch: &str, sources: &str) {
        self.plan = plan(&config(&self.server.url, fetch, sources), self.folder.path());
    }

    /// Another program on the same store.
    pub(super) fn restart(&mut self) {
        self.store = Sqlite::open(&self.plan.store).unwrap();
    }

    /// One round, so many minutes after the start.
    pub(super) fn run_at(&self, minutes: i64) -> Vec<SourceReport> {
        self.round(minutes, false)
    }

    pub(super) fn force_at(&self, minutes: i64) -> Vec<SourceReport> {
        self.round(minutes, true)
    }

    /// A round every so many minutes, from the first minute to before the last.
    pub(super) fn cron(&self, minutes: std::ops::Range<i64>, every: usize) {
        minutes.step_by(every).for_each(|minute| drop(self.run_at(minute)));
    }

    /// A round that is killed when the server has the request and does not answer.
    pub(super) fn run_killed_at(&self, minutes: i64) {
        let options = self.options(minutes, false);
        let before = self.server.asked().len();
        let watched = async {
            while self.server.asked().len() == before {
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        };
        self.runtime.block_on(async {
            tokio::select! {
                _ = round(&self.plan, &self.store, &options, &Nobody) => panic!("it was to be killed"),
                () = watched => {}
            }
        });
    }

    fn round(&self, minutes: i64, force: bool) -> Vec<SourceReport> {
        let options = self.options(minutes, force);
        self.runtime.block_on(round(&self.plan, &self.store, &options, &Nobody)).unwrap()
    }

    fn options(&self, minutes: i64, force: bool) -> RoundOptions {
        let now = self.start + TimeDelta::minutes(minutes);
        self.server.set_clock(now);
        RoundOptions { now, offline: false, force, only: None, stop: Stop::default() }
    }

    /// The requests for a path.
    pub(super) fn asked(&self, path: &str) -> Vec<Asked> {
        self.server.asked().into_iter().filter(|asked| asked.path == path).collect()
    }

    /// The minutes, from the start, at which a path was asked for.
    pub(super) fn minutes(&self, path: &str) -> Vec<i64> {
        self.asked(path).iter().map(|asked| (asked.at - self.start).num_minutes()).collect()
    }

    /// The shortest time between two requests for a path, in minutes.
    pub(super) fn shortest_gap(&self, path: &str) -> i64 {
        gaps(&self.minutes(path)).into_iter().min().unwrap()
    }
}

/// The time between each request and the next.
pub(super) fn gaps(minutes: &[i64]) -> Vec<i64> {
    minutes.windows(2).map(|pair| pair[1] - pair[0]).collect()
}

fn plan(text: &str, folder: &Path) -> Plan {
    config::read(&with_leave(text), folder, "config.toml")
        .unwrap_or_else(|fault| panic!("{fault}\n{text}"))
        .plan
}

/// A feed of one article, whose number makes it another.
pub(super) fn feed(number: usize) -> String {
    feed_with("", number)
}

/// With elements of the channel.
pub(super) fn feed_with(channel: &str, number: usize) -> String {
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:sy=\"http://purl.org/rss/1.0/modules/syndication/\">\
         <channel><title>A</title><link>https://a.example.com/</link><description>d</description>{channel}\
         <item><guid isPermaLink=\"false\">urn:a:{number}</guid><title>Story {number}</title>\
         <link>https://a.example.com/{number}</link></item></channel></rss>"
    )
}

/// The feed with an ETag; 304 to whoever has it.
pub(super) fn tagged(asked: &Asked, number: usize) -> Reply {
    let etag = format!("\"{number}\"");
    if asked.headers.get("if-none-match").is_some_and(|known| known == etag.as_bytes()) {
        return Reply::not_modified();
    }
    Reply::new(200, feed(number)).with("ETag", &etag)
}
