//! `pick` and `block`: decisions by hand, kept in the overrides file, and taken back.

use anyhow::bail;
use url::Url;

use crate::cli::Hand;
use crate::config::{HandEntry, Plan};
use crate::model::{ArticleId, PlainText};
use crate::publish::edition::wanted;
use crate::publish::target::write_atomically;
use crate::store::{HandVerb, Store};

use super::session::{Session, Work};
use super::{Ended, Usage, names};

pub(super) async fn decide(session: &Session<'_>, verb: HandVerb, what: &Hand) -> anyhow::Result<Ended> {
    let work = session.load()?;
    let entry = entry(&work.plan, verb, what)?;
    let after = if what.undo { work.overrides.undo(&entry)? } else { work.overrides.decide(&entry)? };
    let path = &work.plan.overrides;
    let (article, done) = (&what.article, done(verb));
    if after == work.overrides.text() {
        session.output.say(&match what.undo {
            true => format!("{article} is not {done} in {}, so nothing is taken back", path.display()),
            false => format!("{article} was {done} already"),
        });
        return Ok(Ended::Well);
    }
    let unknown = !what.undo && !is_known(session, &work, article).await?;
    if unknown && article.parse::<ArticleId>().is_ok() {
        bail!("no article is known as `{article}`; `feedmill list` shows short ids");
    }
    let said = if what.undo { format!("no longer {done}:") } else { done.to_owned() };
    if session.global.dry_run {
        session.output.say(&format!("dry run, nothing written: {said} {article} in {}", path.display()));
        return Ok(Ended::Well);
    }
    write_atomically(path, after.as_bytes())?;
    let then = match (unknown, verb) {
        (false, _) => "the next run publishes it so",
        (true, HandVerb::Pick) => "no source has it yet: the next run fetches it",
        (true, HandVerb::Block) => "no source has it yet: it stays out if one brings it",
    };
    session.output.say(&format!("{said} {article} in {}; {then}", path.display()));
    Ok(Ended::Well)
}

/// The decision as typed; refused where it names no article or no feed.
fn entry(plan: &Plan, verb: HandVerb, what: &Hand) -> Result<HandEntry, Usage> {
    let is_url = Url::parse(&what.article).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    if what.article.parse::<ArticleId>().is_err() && !is_url {
        let fault = "is neither an article's short id (`feedmill list` shows them) nor an http or https URL";
        return Err(Usage(format!("`{}` {fault}", what.article)));
    }
    let feeds = what.feed.iter().map(|name| names::feed(plan, name)).collect::<Result<Vec<_>, _>>()?;
    Ok(HandEntry {
        verb,
        article: what.article.clone(),
        feeds: (!feeds.is_empty()).then_some(feeds),
        title: None,
        note: what.note.as_deref().map(PlainText::line),
    })
}

/// Whether the store has the article.
async fn is_known(session: &Session<'_>, work: &Work, article: &str) -> anyhow::Result<bool> {
    let store = session.store(&work.plan)?;
    Ok(!store.find(&wanted(article)).await?.is_empty())
}

fn done(verb: HandVerb) -> &'static str {
    match verb {
        HandVerb::Pick => "picked",
        HandVerb::Block => "blocked",
    }
}
