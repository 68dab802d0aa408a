//! `sanitize`: an HTML fragment to what an article may have of it, by hand.

use crate::cli;
use crate::ingest::clean::{Sanitizer, Subject};
use crate::ingest::decode::decode;
use crate::ingest::parse::Hints;
use crate::model::CleanSteps;

use super::Ended;
use super::parse::read;
use super::session::Session;

pub(super) fn sanitize_fragment(session: &Session<'_>, what: &cli::Sanitize) -> anyhow::Result<Ended> {
    let bytes = read(&what.file)?;
    let html = decode(&bytes, &Hints::default()).text;
    let page = what.base_url.as_ref();
    let subject = Subject { base: page, page, title: &what.title, steps: CleanSteps::ALL };
    let clean = Sanitizer::new().clean(&html, &subject);
    session.output.data(&format!("{}\n", clean.as_str()))?;
    Ok(Ended::Well)
}
