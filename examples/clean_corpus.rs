//! What each step of cleaning takes from a folder of feed documents, to be judged by eye.
//!
//! ```text
//! cargo run --release --example clean_corpus -- DIR > removed.tsv
//! ```
//!
//! A line is a step, a document, and what stands in an article without that step and not with it.

#![allow(clippy::print_stdout, reason = "a program for people and scripts")]

use std::collections::HashSet;
use std::fs;

use anyhow::Context;
use feedmill::ingest::clean::clean_by;
use feedmill::ingest::parse::Hints;
use feedmill::ingest::read::read_feed;
use feedmill::model::{CleanStep, CleanSteps, SafeHtml};

fn main() -> anyhow::Result<()> {
    let folder = std::env::args().nth(1).context("name the folder of the documents")?;
    let mut paths: Vec<_> = fs::read_dir(folder)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Ok(document) = read_feed(&fs::read(&path)?, &Hints::default()) else { continue };
        let bodies = |steps| -> Vec<SafeHtml> {
            let drafts = clean_by(document.clone(), None, steps).drafts;
            drafts.into_iter().map(|draft| draft.body.content.unwrap_or_default()).collect()
        };
        let all = bodies(CleanSteps::ALL);
        for step in CleanStep::ALL {
            for (with, without) in all.iter().zip(bodies(CleanSteps::ALL.without(step))) {
                let kept: HashSet<&str> = lines(with.as_str()).collect();
                for lost in lines(without.as_str()).filter(|line| !kept.contains(line)) {
                    println!("{}\t{name}\t{lost}", step.name());
                }
            }
        }
    }
    Ok(())
}

/// HTML cut before each start tag of a block or image, and at line breaks.
fn lines(html: &str) -> impl Iterator<Item = &str> {
    let starts = ["<p", "<div", "<li", "<h", "<img", "<ul", "<a ", "<table", "<fig"];
    let cuts = html.match_indices('<').map(|(at, _)| at);
    let mut cuts: Vec<usize> =
        cuts.filter(|&at| starts.iter().any(|start| html[at..].starts_with(start))).collect();
    cuts.push(html.len());
    let mut from = 0;
    let pieces = cuts.into_iter().map(move |cut| {
        let piece = &html[from..cut];
        from = cut;
        piece
    });
    pieces.flat_map(str::lines).filter(|line| !line.trim().is_empty())
}
