//! `sanitize`: an HTML fragment to what an article may have of it, by hand.

use crate::cli;
use crate::ingest::clean::sanitize;
use crate::ingest::decode::decode;
use crate::ingest::parse::Hints;

use super::Ended;
use super::parse::read;
use super::session::Session;

pub(super) fn sanitize_fragment(session: &Session<'_>, what: &cli::Sanitize) -> anyhow::Result<Ended> {
    let bytes = read(&what.file)?;
    let html = decode(&bytes, &Hints::default()).text;
    let clean = sanitize(&html, what.base_url.as_ref());
    session.output.data(&format!("{}\n", clean.as_str()))?;
    Ok(Ended::Well)
}
