//! `render`: article records to a feed, by hand.

use anyhow::{Context, anyhow};
use chrono::DateTime;

use super::items::item;
use crate::cli::{self, Format};
use crate::model::labels::language_tag;
use crate::model::{ArticleRecord, FeedId, OutputFeed, OutputFormat, OutputItem, PlainText};
use crate::publish::render;

use super::parse::{called, read};
use super::session::Session;
use super::{Ended, Usage};

pub(super) fn render(session: &Session<'_>, what: &cli::Render) -> anyhow::Result<Ended> {
    let format = match session.output.format() {
        Format::Rss => OutputFormat::Rss,
        Format::Atom => OutputFormat::Atom,
        Format::Json => OutputFormat::Json,
        Format::Text => {
            return Err(Usage("say which feed to print: --format rss, atom or json".to_owned()).into());
        }
    };
    let language = what.language.as_deref().map(language).transpose()?;
    let bytes = read(&what.file)?;
    let text = std::str::from_utf8(&bytes).with_context(|| format!("{} is not UTF-8", called(&what.file)))?;
    let items = items(session, what, text)?;
    let title = PlainText::line(&what.title);
    let feed = OutputFeed {
        id: FeedId::new("feed"),
        title: title.clone(),
        description: title,
        link: what.link.clone(),
        language,
        base_url: what.base_url.clone(),
        formats: vec![format],
        updated: items.iter().map(|item| item.updated).max().unwrap_or(DateTime::UNIX_EPOCH),
        items,
        deleted: Vec::new(),
    };
    session.output.data(&String::from_utf8_lossy(&render::render(&feed, format)?))?;
    Ok(Ended::Well)
}

fn language(given: &str) -> Result<String, Usage> {
    language_tag(given).ok_or_else(|| Usage(format!("`{given}` is no language tag such as en or pt-BR")))
}

/// The items of the lines; every line that cannot be read is named.
fn items(session: &Session<'_>, what: &cli::Render, text: &str) -> anyhow::Result<Vec<OutputItem>> {
    let mut items = Vec::new();
    let mut faults = Vec::new();
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        let read = serde_json::from_str::<ArticleRecord>(line)
            .map_err(|fault| anyhow!("{fault}"))
            .and_then(|record| Ok(item(record, session.now)?));
        match read {
            Ok(item) => items.push(item),
            Err(fault) => faults.push(format!("{}, line {number}: {fault}", called(&what.file))),
        }
    }
    if faults.is_empty() { Ok(items) } else { Err(anyhow!(faults.join("\n"))) }
}
