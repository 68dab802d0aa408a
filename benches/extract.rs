//! What reading a web page costs: CPU time a page, in process. `cargo bench --bench extract` reads a page of its own;
//! `PAGES=folder cargo bench --bench extract` all of a folder (`.html`, `.html.gz`).

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench that cannot be set up has nothing to say"
)]
#![allow(clippy::cast_precision_loss, reason = "times and counts")]
#![allow(clippy::disallowed_methods, reason = "the bench's own folder")]

use std::hint::black_box;
use std::io::Read;

use feedmill::ingest::clean::page::read_page;
use feedmill::ingest::decode::decode;
use feedmill::ingest::parse::Hints;
use rustix::time::{ClockId, clock_gettime};
use url::Url;

fn main() {
    let rounds = if std::env::args().any(|argument| argument == "--test") { 1 } else { 5 };
    let pages = std::env::var_os("PAGES").map_or_else(|| vec![own()], |folder| pages(folder.as_ref()));
    let url = Url::parse("https://news.example.org/2024/mill").unwrap();
    let mut costs: Vec<f64> = pages.iter().map(|page| cost(page, &url, rounds)).collect();
    costs.sort_by(f64::total_cmp);
    let mean = costs.iter().sum::<f64>() / costs.len() as f64;
    let bytes: usize = pages.iter().map(String::len).sum();
    println!(
        "{} pages of {} KB: {mean:.2} ms CPU a page (median {:.2}, most {:.2})",
        pages.len(),
        bytes / pages.len() / 1000,
        costs[costs.len() / 2],
        costs[costs.len() - 1],
    );
}

/// Milliseconds of CPU to read one page.
fn cost(page: &str, url: &Url, rounds: u32) -> f64 {
    let start = cpu();
    for _ in 0..rounds {
        let _ = black_box(read_page(black_box(page), Some(url)));
    }
    (cpu() - start) * 1e3 / f64::from(rounds)
}

fn cpu() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

fn pages(folder: &std::path::Path) -> Vec<String> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let read = |path: std::path::PathBuf| {
        let mut bytes = std::fs::read(&path).unwrap();
        if path.extension().is_some_and(|extension| extension == "gz") {
            let packed = std::mem::take(&mut bytes);
            flate2::read::GzDecoder::new(packed.as_slice()).read_to_end(&mut bytes).unwrap();
        }
        decode(&bytes, &Hints::default()).text.into_owned()
    };
    files.map(read).collect()
}

/// A page as news sites make them: a story, and ten times as much around it.
fn own() -> String {
    let story = "<p>The mill at the river turned again on Monday, for the first time in eleven years, after a society of \
                 neighbours had <a href='/w'>repaired its wheel</a>, its stones and its roof.</p>";
    let teaser = "<div class='card teaser'><a href='/other'><img src='/o.jpg' alt=''><h3>The weir is next in line</h3></a>\
                  <p class='byline'>By Jane Doe</p></div>";
    format!(
        "<!doctype html><title>Mill turns again</title><body><nav>{}</nav><main><article><h1>Mill turns again</h1>{}</article>\
         </main><aside class='related'>{}</aside><footer>{}</footer>",
        "<a href='/section'>Section</a> ".repeat(100),
        story.repeat(30),
        teaser.repeat(200),
        teaser.repeat(50),
    )
}
