//! `pick` and `block`: decisions by hand, kept in the overrides file.

use anyhow::bail;
use url::Url;

use crate::cli::Hand;
use crate::config::HandEntry;
use crate::model::{ArticleId, PlainText};
use crate::publish::target::write_atomically;
use crate::store::HandVerb;

use super::Ended;
use super::publish::named_feed;
use super::session::Session;

pub(super) fn decide(session: &Session<'_>, verb: HandVerb, what: &Hand) -> anyhow::Result<Ended> {
    let work = session.load()?;
    if what.article.parse::<ArticleId>().is_err() && Url::parse(&what.article).is_err() {
        bail!("`{}` is neither an article's short id (`feedmill list` shows them) nor a URL", what.article);
    }
    let feeds =
        what.feed.iter().map(|name| named_feed(&work.plan, name)).collect::<anyhow::Result<Vec<_>>>()?;
    let path = &work.plan.overrides;
    let entry = HandEntry {
        verb,
        article: what.article.clone(),
        feeds: (!feeds.is_empty()).then_some(feeds),
        title: None,
        note: what.note.as_deref().map(PlainText::line),
    };
    let after = work.overrides.decide(&entry)?;
    let said = match verb {
        HandVerb::Pick => "picked",
        HandVerb::Block => "blocked",
    };
    if after == work.overrides.text() {
        session.output.say(&format!("{} was {said} already", what.article));
    } else if session.global.dry_run {
        session.output.say(&format!("dry run: {} would be {said} in {}", what.article, path.display()));
    } else {
        write_atomically(path, after.as_bytes())?;
        session.output.say(&format!(
            "{said} {} in {}; the next run publishes it so",
            what.article,
            path.display()
        ));
    }
    Ok(Ended::Well)
}
