//! `parse`: a feed document to its record, by hand.

use std::io::{BufRead, Read};
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::cli;
use crate::ingest::clean::tidy;
use crate::ingest::parse::{Hints, ParseError};
use crate::ingest::read::read_feed;
use crate::model::FeedDocument;

use super::Ended;
use super::session::Session;

pub(super) fn parse(session: &Session<'_>, what: &cli::Parse) -> anyhow::Result<Ended> {
    if what.stdio_lines {
        return serve(session, what.raw);
    }
    let bytes = read(&what.file)?;
    let hints = Hints {
        base_url: what.base_url.as_deref().and_then(location),
        content_type: what.content_type.clone(),
        content_language: what.content_language.clone(),
    };
    let record = record(&bytes, &hints, what.raw).with_context(|| called(&what.file))?;
    session.output.data(&format!("{}\n", serde_json::to_string_pretty(&record)?))?;
    Ok(Ended::Well)
}

/// The bytes of a file, or of stdin for `-`.
pub(super) fn read(file: &Path) -> anyhow::Result<Vec<u8>> {
    if file != Path::new("-") {
        return std::fs::read(file).with_context(|| format!("cannot read {}", file.display()));
    }
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes).context("cannot read stdin")?;
    Ok(bytes)
}

/// Where a document is from. HTTP can say anything there: what is no URL counts as none.
fn location(written: &str) -> Option<Url> {
    Url::parse(written).ok()
}

/// What messages call a file.
pub(super) fn called(file: &Path) -> String {
    if file == Path::new("-") { "stdin".to_owned() } else { file.display().to_string() }
}

fn record(bytes: &[u8], hints: &Hints, raw: bool) -> Result<FeedDocument, ParseError> {
    let document = read_feed(bytes, hints)?;
    Ok(if raw { document } else { tidy(document, hints.base_url.as_ref()) })
}

/// One request of `--stdio-lines`.
#[derive(Deserialize)]
struct Asked {
    path: PathBuf,
    base_url: Option<String>,
    content_type: Option<String>,
    content_language: Option<String>,
}

#[derive(Serialize)]
struct Refused {
    error: String,
}

fn serve(session: &Session<'_>, raw: bool) -> anyhow::Result<Ended> {
    // Bytes, since a request that is no text is one bad request and not the end of all others.
    for line in std::io::stdin().lock().split(b'\n') {
        let line = line.context("cannot read stdin")?;
        if line.trim_ascii().is_empty() {
            continue;
        }
        match answer(&line, raw) {
            Ok(record) => session.output.json_line(&record)?,
            Err(fault) => session.output.json_line(&Refused { error: format!("{fault:#}") })?,
        }
    }
    Ok(Ended::Well)
}

fn answer(line: &[u8], raw: bool) -> anyhow::Result<FeedDocument> {
    let asked: Asked = serde_json::from_slice(line).context("the request is no JSON object with a path")?;
    let bytes =
        std::fs::read(&asked.path).with_context(|| format!("cannot read {}", asked.path.display()))?;
    let hints = Hints {
        base_url: asked.base_url.as_deref().and_then(location),
        content_type: asked.content_type,
        content_language: asked.content_language,
    };
    Ok(record(&bytes, &hints, raw)?)
}
