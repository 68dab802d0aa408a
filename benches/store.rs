//! New articles into the store, through its own path: `cargo bench --bench store`. Articles of about 2 KB, words in no
//! order, forty to a document, fifty documents to a transaction. Prints articles a second of CPU, and the file's size
//! next to what the articles say. Then what is done at each turn: one more article to each of many documents, and what is
//! known of forty articles of a document of 20,000.
//!
//! `cargo bench --bench store -- FOLDER` takes the articles of the feeds (`*.xml`) in a folder in place of the made ones.

#![allow(clippy::unwrap_used, reason = "a bench that cannot be set up has nothing to say")]
#![allow(clippy::print_stdout, reason = "it has nothing else to say it with")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeDelta, Utc};
use feedmill::ingest::clean::{clean, sanitize};
use feedmill::ingest::decide::{Change, Known, decide};
use feedmill::ingest::parse::Hints;
use feedmill::ingest::read::read_feed;
use feedmill::model::{ArticleBody, Draft, Guid, Key, PlainText, SourceId};
use feedmill::store::sqlite::Sqlite;
use feedmill::store::{DocumentKey, DocumentState, DocumentUpdate, Store};
use rustix::time::{ClockId, clock_gettime};
use tokio::runtime::{Builder, Runtime};
use url::Url;

const ARTICLES: usize = 200_000;
const A_DOCUMENT: usize = 40;
const A_TRANSACTION: usize = 50;
const IN_A_LONG_ONE: usize = 20_000;
const TURNS: usize = 100;
const BODY: usize = 1_750;
const SEED: u64 = 0x9E37_79B9_7F4A_7C15;

const WORDS: [&str; 24] = [
    "feed", "article", "release", "version", "server", "network", "update", "about", "writing", "garden",
    "music", "light", "engine", "paper", "science", "river", "open", "source", "method", "people", "story",
    "market", "signal", "winter",
];

/// Numbers in no order, the same at each run (xorshift).
struct Dice(u64);

impl Dice {
    fn throw(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn words(&mut self, count: usize) -> String {
        let words = WORDS.len() as u64;
        let some: Vec<&str> = (0..count).map(|_| WORDS[(self.throw() % words) as usize]).collect();
        some.join(" ")
    }
}

fn now() -> DateTime<Utc> {
    "2026-11-23T07:00:00Z".parse().unwrap()
}

fn draft(document: usize, number: usize, dice: &mut Dice) -> Draft {
    let address = format!("site{document}.example.com/posts/{:016x}", dice.throw());
    let url = format!("https://{address}");
    let mut html = String::new();
    while html.len() < BODY {
        html.push_str(&format!("<p>{}</p>", dice.words(12)));
    }
    Draft {
        keys: vec![
            Key::Guid(address.clone()),
            Key::Link(address),
            Key::Hash(format!("{:032x}", dice.throw())),
        ],
        guid: Some(Guid { value: url.clone(), is_permalink: true }),
        body: ArticleBody {
            title: PlainText::line(&dice.words(9)),
            url: Url::parse(&url).ok(),
            content: Some(sanitize(&html, None)),
            words: 280,
            ..ArticleBody::default()
        },
        published: Some(now() - TimeDelta::minutes((document * A_DOCUMENT + number) as i64)),
        updated: None,
        file_time: None,
    }
}

/// What an article says: head and body as text, and its id.
fn said(changes: &[Change]) -> usize {
    let of = |change: &Change| match change {
        Change::New(new) => {
            let body = new.body.content.as_ref().map_or(0, |html| html.as_str().len());
            serde_json::to_string(&new.body).unwrap().len() + body + new.guid.value.len()
        }
        _ => 0,
    };
    changes.iter().map(of).sum()
}

fn update(document: usize, articles: usize, dice: &mut Dice) -> DocumentUpdate {
    let drafts = (0..articles).map(|number| draft(document, number, dice)).collect();
    let document = DocumentKey { source: SourceId::new(&format!("s{document}")), scope: String::new() };
    let changes = decide(&document, drafts, &Known::default(), now());
    DocumentUpdate { changes, ..DocumentUpdate::of_state(document, DocumentState::default()) }
}

/// What is asked of the store before these articles are written.
fn question(update: &DocumentUpdate) -> (DocumentKey, BTreeSet<Key>) {
    let keys = |change: &Change| match change {
        Change::New(new) => new.keys.clone(),
        _ => Vec::new(),
    };
    (update.document.clone(), update.changes.iter().flat_map(keys).collect())
}

/// Milliseconds of CPU to ask for and write one more article of each of fifty documents.
fn one_more(store: &Sqlite, runtime: &Runtime, dice: &mut Dice) -> f64 {
    let mut spent = 0.0;
    for turn in 0..TURNS {
        let documents = (0..A_TRANSACTION).map(|document| turn + document * TURNS);
        let updates: Vec<DocumentUpdate> = documents.map(|document| update(document, 1, dice)).collect();
        let questions = updates.iter().map(question).collect();
        let began = cpu();
        runtime.block_on(store.known_of(questions)).unwrap();
        runtime.block_on(store.record_all(updates)).unwrap();
        spent += cpu() - began;
    }
    spent * 1e3 / TURNS as f64
}

/// Milliseconds of CPU to ask for forty articles of a document of many.
fn long_one(store: &Sqlite, runtime: &Runtime, dice: &mut Dice) -> f64 {
    let all = update(ARTICLES, IN_A_LONG_ONE, dice);
    let (document, keys) = question(&all);
    let some: BTreeSet<Key> = keys.into_iter().step_by(IN_A_LONG_ONE / A_DOCUMENT).collect();
    runtime.block_on(store.record(all)).unwrap();
    let began = cpu();
    for _ in 0..TURNS {
        let known = runtime.block_on(store.known(&document, &some)).unwrap();
        assert_eq!(known.by_key.len(), some.len());
    }
    (cpu() - began) * 1e3 / TURNS as f64
}

/// CPU seconds of this process so far, all threads.
fn cpu() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

/// Documents of made articles.
fn made() -> impl Iterator<Item = DocumentUpdate> {
    let mut dice = Dice(SEED);
    (0..ARTICLES / A_DOCUMENT).map(move |document| update(document, A_DOCUMENT, &mut dice))
}

/// The feeds in a folder, as a round would write them the first time.
fn read(folder: &Path) -> impl Iterator<Item = DocumentUpdate> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|is| is == "xml")).collect();
    files.sort();
    files.into_iter().enumerate().map(|(document, path)| {
        let document = DocumentKey { source: SourceId::new(&format!("s{document}")), scope: String::new() };
        let feed = read_feed(&std::fs::read(path).unwrap(), &Hints::default()).unwrap();
        let changes = decide(&document, clean(feed, None).drafts, &Known::default(), now());
        DocumentUpdate { changes, ..DocumentUpdate::of_state(document, DocumentState::default()) }
    })
}

/// Writes them all to a new store, and says what it took.
fn fill(path: &Path, runtime: &Runtime, mut updates: impl Iterator<Item = DocumentUpdate>) {
    let (mut spent, mut payload, mut written) = (0.0, 0, 0);
    let store = Sqlite::open(path).unwrap();
    loop {
        let batch: Vec<DocumentUpdate> = updates.by_ref().take(A_TRANSACTION).collect();
        if batch.is_empty() {
            break;
        }
        payload += batch.iter().map(|update| said(&update.changes)).sum::<usize>();
        written += batch.iter().map(|update| update.changes.len()).sum::<usize>();
        let began = cpu();
        runtime.block_on(store.record_all(batch)).unwrap();
        spent += cpu() - began;
    }
    let began = cpu();
    drop(store);
    spent += cpu() - began;
    let size = std::fs::metadata(path).unwrap().len();
    println!("{written} articles, {:.0} a CPU second", written as f64 / spent);
    println!(
        "{:.1} MB said, {:.1} MB of file: {:.2}",
        payload as f64 / 1e6,
        size as f64 / 1e6,
        size as f64 / payload as f64
    );
}

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let runtime = Builder::new_current_thread().build().unwrap();
    // Cargo itself says `--bench`.
    if let Some(feeds) = std::env::args_os().skip(1).find(|given| given != "--bench") {
        return fill(&path, &runtime, read(feeds.as_ref()));
    }
    fill(&path, &runtime, made());
    let store = Sqlite::open(&path).unwrap();
    let mut dice = Dice(!SEED);
    println!("one more article of each of 50 documents: {:.2} ms", one_more(&store, &runtime, &mut dice));
    println!("known of 40 articles of 20,000: {:.2} ms", long_one(&store, &runtime, &mut dice));
}
