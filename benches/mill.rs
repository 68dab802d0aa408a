//! What a run spends its time on: select, render, and a whole run, cold and unchanged; for its first stages see `parse.rs`.
//! `cargo bench --bench mill`.

#![allow(clippy::unwrap_used, reason = "a bench that cannot be set up has nothing to say")]

use std::path::Path;

use chrono::{DateTime, Utc};
use divan::Bencher;
use divan::counter::ItemsCount;
use feedmill::config::{self, Plan};
use feedmill::ingest::round::{Observer, RoundOptions, SourceReport, round};
use feedmill::model::{Article, OutputFormat};
use feedmill::publish::edition::{Composed, Edition, compose_feed, publish};
use feedmill::publish::render::render;
use feedmill::stop::Stop;
use feedmill::store::sqlite::Sqlite;
use feedmill::store::{ArticleQuery, Store};

fn main() {
    divan::main();
}

/// A feed of so many items, each with a body of about 1 KB.
fn feed(number: usize, items: usize) -> String {
    let item = |item: usize| {
        let body = format!(
            "<p>Paragraph of story {item} with a <a href=\"/{item}\">link</a>, some <em>emphasis</em> and an \
             <img src=\"/i/{item}.jpg\" alt=\"\"> image.</p>"
        )
        .repeat(8);
        format!(
            "<item><title>Story {item} of feed {number}: climate &amp; weather</title>\
             <link>https://f{number}.example.com/{item}</link><guid>https://f{number}.example.com/{item}</guid>\
             <pubDate>Fri, 20 Nov 2026 {:02}:{:02}:00 GMT</pubDate><category>news</category>\
             <description>The summary of story {item}.</description>\
             <content:encoded><![CDATA[{body}]]></content:encoded></item>\n",
            item % 24,
            number % 60,
        )
    };
    let items: String = (0..items).map(item).collect();
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\">\
         <channel><title>Feed {number}</title><link>https://f{number}.example.com/</link>\n{items}</channel></rss>"
    )
}

/// A folder with a config and feeds, and its runtime.
struct Mill {
    folder: tempfile::TempDir,
    plan: Plan,
    runtime: tokio::runtime::Runtime,
}

struct Nobody;

impl Observer for Nobody {
    fn started(&self, _: usize) {}
    fn finished(&self, _: &SourceReport) {}
}

impl Mill {
    #[allow(clippy::disallowed_methods, reason = "a bench's own files need no atomic write")]
    fn new(feeds: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut text = String::from("[feeds.all]\ntitle = \"All\"\n[feeds.climate]\ntitle = \"Climate\"\n");
        text.push_str("include = [{ title = [\"climate\", \"heatwave\"] }, { tag = \"local\" }]\n");
        for number in 0..feeds {
            std::fs::write(folder.path().join(format!("{number}.xml")), feed(number, 40)).unwrap();
            text.push_str(&format!("[sources.s{number}]\nfiles = \"{number}.xml\"\n"));
        }
        let plan = config::read(&text, folder.path(), "config.toml").unwrap().plan;
        Self { folder, plan, runtime: tokio::runtime::Runtime::new().unwrap() }
    }

    fn store(&self) -> Sqlite {
        Sqlite::open(&self.folder.path().join("store.db")).unwrap()
    }

    fn run(&self, store: &Sqlite) {
        let options =
            RoundOptions { now: now(), offline: true, force: false, only: None, stop: Stop::default() };
        self.runtime.block_on(async {
            round(&self.plan, store, &options, &Nobody).await.unwrap();
            publish(&self.plan, store, &edition()).await.unwrap();
        });
    }

    fn composed(&self, store: &Sqlite, feed: usize) -> Composed {
        self.runtime.block_on(compose_feed(&self.plan, &self.plan.feeds[feed], store, &edition())).unwrap()
    }

    fn articles(&self, store: &Sqlite) -> Vec<Article> {
        self.runtime.block_on(store.articles(ArticleQuery::default())).unwrap()
    }
}

fn edition() -> Edition<'static> {
    Edition { now: now(), decisions: &[], dry_run: false, only: &[], inputs: None, stop: Stop::default() }
}

fn now() -> DateTime<Utc> {
    "2026-11-23T07:00:00Z".parse().unwrap()
}

fn clear(folder: &Path) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        if entry.file_name().to_string_lossy().starts_with("store.db") {
            std::fs::remove_file(entry.path()).unwrap();
        }
    }
    let _ = std::fs::remove_dir_all(folder.join("feeds"));
}

#[divan::bench(sample_count = 5)]
fn run_100_feeds_cold(bencher: Bencher<'_, '_>) {
    let mill = Mill::new(100);
    bencher
        .counter(ItemsCount::new(100usize))
        .with_inputs(|| clear(mill.folder.path()))
        .bench_values(|()| mill.run(&mill.store()));
}

#[divan::bench(sample_count = 20)]
fn run_100_feeds_unchanged(bencher: Bencher<'_, '_>) {
    let mill = Mill::new(100);
    mill.run(&mill.store());
    bencher.counter(ItemsCount::new(100usize)).bench(|| mill.run(&mill.store()));
}

#[divan::bench(sample_count = 20)]
fn select_and_compose_of_4000(bencher: Bencher<'_, '_>) {
    let mill = Mill::new(100);
    let store = mill.store();
    mill.run(&store);
    let articles = mill.articles(&store).len();
    bencher.counter(ItemsCount::new(articles)).bench(|| mill.composed(&store, 1));
}

#[divan::bench(args = OutputFormat::ALL)]
fn render_50_items(bencher: Bencher<'_, '_>, format: OutputFormat) {
    let mill = Mill::new(2);
    let store = mill.store();
    mill.run(&store);
    let composed = mill.composed(&store, 0);
    bencher.counter(ItemsCount::new(composed.feed.items.len())).bench(|| render(&composed.feed, format));
}
