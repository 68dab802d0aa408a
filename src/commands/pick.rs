//! `pick` and `block`: decisions by hand, kept in the overrides file.

use anyhow::{Context, bail};
use url::Url;

use crate::cli::Hand;
use crate::config::Overrides;
use crate::model::ArticleId;
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
    let before = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(cause) => return Err(cause).with_context(|| format!("cannot read {}", path.display())),
    };
    let after = Overrides::decide(&before, verb, &what.article, &feeds, what.note.as_deref())?;
    let said = match verb {
        HandVerb::Pick => "picked",
        HandVerb::Block => "blocked",
    };
    if after == before {
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
