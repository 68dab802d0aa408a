//! `check`: the config, and what it means.

use serde_json::json;

use crate::config;

use super::Ended;
use super::output::{count, visible};
use super::session::Session;

pub(super) fn check(session: &Session<'_>) -> anyhow::Result<Ended> {
    let json = session.output.json()?;
    let loaded = config::load(&session.global.config)?;
    config::Overrides::read(&loaded.plan.overrides)?;
    let file = session.global.config.display().to_string();
    for warning in &loaded.warnings {
        if json {
            session.output.json_line(warning)?;
        } else {
            session.output.warn(&warning.report(&file).to_string());
        }
    }
    for feed in &loaded.plan.feeds {
        let from: Vec<&str> = feed.selection.from.iter().map(|source| source.as_str()).collect();
        let files: Vec<String> =
            feed.formats.iter().map(|format| format!("{}.{}", feed.id, format.extension())).collect();
        if json {
            session
                .output
                .json_line(&json!({ "feed": feed.id, "title": feed.title, "from": from, "files": files }))?;
        } else {
            let rules = count(feed.selection.include.len() + feed.selection.exclude.len(), "rule");
            let line = format!("{}: {} from {}, {rules}\n", feed.id, files.join(" "), from.join(", "));
            session.output.summary(&visible(&line))?;
        }
    }
    if !json {
        let sources = count(loaded.plan.sources.len(), "source");
        let feeds = count(loaded.plan.feeds.len(), "output feed");
        let warnings = count(loaded.warnings.len(), "warning");
        session.output.summary(&format!("{file}: {sources}, {feeds}, {warnings}\n"))?;
    }
    Ok(if loaded.warnings.is_empty() { Ended::Well } else { Ended::Found })
}
