//! `clean-url`: a URL a line in, the clean one a line out.

use std::io::{self, BufRead, Write};

use anyhow::Context;

use crate::model::link::clean_line;

use super::Ended;
use super::session::Session;

/// Cleans the URLs given, else each line of stdin as it comes. What is no http or https URL is printed as it is.
pub(super) fn clean_url(session: &Session<'_>, urls: &[String]) -> anyhow::Result<Ended> {
    if !urls.is_empty() {
        let lines: String = urls.iter().map(|url| format!("{}\n", clean_line(url))).collect();
        session.output.data(&lines)?;
        return Ok(Ended::Well);
    }
    let mut stdout = io::stdout().lock();
    // Bytes, since a line that is no text is no URL either, and comes out as it is.
    for line in io::stdin().lock().split(b'\n') {
        let line = line.context("cannot read stdin")?;
        let line = line.strip_suffix(b"\r").unwrap_or(&line);
        match std::str::from_utf8(line) {
            Ok(text) => stdout.write_all(clean_line(text).as_bytes())?,
            Err(_) => stdout.write_all(line)?,
        }
        stdout.write_all(b"\n")?;
        stdout.flush()?;
    }
    Ok(Ended::Well)
}
