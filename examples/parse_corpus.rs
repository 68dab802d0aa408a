//! How fast a folder of feed documents is parsed: from bytes in memory to owned records, on one thread, in CPU time.
//!
//! ```text
//! cargo run --release --example parse_corpus -- --corpus DIR [--list FILE] [--reps N] [--perdoc FILE] [--engine ENGINE]
//! ```
//!
//! The last line of the output is one JSON object (seconds for one pass over all documents). Under a profiler that
//! counts instructions there are `1 + reps` passes; those of the engine `none`, subtracted, leave the parser's own.

#![allow(clippy::print_stdout, reason = "a program for people and scripts")]

use std::borrow::Cow;
use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context;
use clap::{Parser, ValueEnum};
use feedmill::ingest::decode::decode;
use feedmill::ingest::parse::{Hints, parse};
use feedmill::model::FeedDocument;
use rustix::time::{ClockId, clock_gettime};

#[derive(Parser)]
struct Arguments {
    /// The folder of the documents
    #[arg(long)]
    corpus: PathBuf,
    /// Names of the documents to read, one a line; all if no file is given
    #[arg(long, num_args = 0..=1)]
    list: Option<Option<PathBuf>>,
    /// Timed passes over all documents
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    reps: u32,
    /// Where to write what became of each document: name, entries (-1: failed), error
    #[arg(long)]
    perdoc: Option<PathBuf>,
    /// What is timed
    #[arg(long, value_enum, default_value_t = Engine::DecodeParse)]
    engine: Engine,
}

#[derive(Clone, Copy, ValueEnum)]
enum Engine {
    /// Text to record
    Parse,
    /// Bytes to record
    #[value(name = "decode+parse")]
    DecodeParse,
    /// Nothing
    None,
}

struct Document {
    name: String,
    bytes: Vec<u8>,
}

impl Engine {
    fn run(self, bytes: &[u8], text: &str) -> Result<usize, String> {
        let entries = |text: &str| {
            let record = parse(text, &Hints::default());
            black_box(&record)
                .as_ref()
                .map(|record: &FeedDocument| record.entries.len())
                .map_err(|e| e.to_string())
        };
        match self {
            Self::Parse => entries(text),
            Self::DecodeParse => entries(&decode(bytes, &Hints::default()).text),
            Self::None => Ok(0),
        }
    }
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let engine = arguments.engine;
    let documents = documents(&arguments)?;
    let texts: Vec<Cow<'_, str>> =
        documents.iter().map(|document| decode(&document.bytes, &Hints::default()).text).collect();
    let pass = || documents.iter().zip(&texts).map(|(document, text)| engine.run(&document.bytes, text));

    let results: Vec<_> = pass().collect();
    if let Some(path) = &arguments.perdoc {
        write_results(path, &documents, &results)?;
    }
    let start = cpu_time();
    for _ in 0..arguments.reps {
        pass().for_each(|result| drop(black_box(result)));
    }
    let seconds = (cpu_time() - start).as_secs_f64() / f64::from(arguments.reps);
    println!("{}", summary(engine, &documents, &results, seconds));
    Ok(())
}

/// Reads all documents before any is timed, by name.
fn documents(arguments: &Arguments) -> anyhow::Result<Vec<Document>> {
    let mut names = match arguments.list.iter().flatten().next() {
        Some(list) => fs::read_to_string(list)?.lines().map(str::to_owned).collect(),
        None => file_names(&arguments.corpus)?,
    };
    names.retain(|name| !name.is_empty());
    names.sort();
    let read = |name: String| {
        let path = arguments.corpus.join(&name);
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        Ok(Document { name, bytes })
    };
    names.into_iter().map(read).collect()
}

/// The names in a folder, but for the list of where its documents are from.
fn file_names(folder: &Path) -> anyhow::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name != "SOURCES.tsv" {
            names.push(name);
        }
    }
    Ok(names)
}

#[allow(clippy::disallowed_methods, reason = "a table for a script needs no atomic write")]
fn write_results(
    path: &Path,
    documents: &[Document],
    results: &[Result<usize, String>],
) -> anyhow::Result<()> {
    let mut table = String::new();
    for (Document { name, .. }, result) in documents.iter().zip(results) {
        match result {
            Ok(entries) => writeln!(table, "{name}\t{entries}\t")?,
            Err(error) => writeln!(table, "{name}\t-1\t{}", error.replace(['\t', '\n'], " "))?,
        }
    }
    fs::write(path, table).with_context(|| format!("cannot write {}", path.display()))
}

/// What this process has used of the processors.
fn cpu_time() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or_default())
}

fn summary(
    engine: Engine,
    documents: &[Document],
    results: &[Result<usize, String>],
    seconds: f64,
) -> serde_json::Value {
    let ok = results.iter().filter(|result| result.is_ok()).count();
    let articles: usize = results.iter().flatten().sum();
    let bytes: usize = documents.iter().map(|document| document.bytes.len()).sum();
    let name = engine.to_possible_value().map(|value| format!("feedmill {}", value.get_name()));
    let per_second = |count: usize| (count as f64 / seconds).round();
    serde_json::json!({
        "engine": name,
        "docs": documents.len(),
        "ok": ok,
        "failed": documents.len() - ok,
        "articles": articles,
        "bytes": bytes,
        "cpu_s": seconds,
        "MBps": per_second(bytes) / 1e6,
        "articles_per_s": per_second(articles),
        "us_per_doc": seconds * 1e6 / documents.len() as f64,
    })
}
