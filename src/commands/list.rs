//! `list`: articles, newest first.

use chrono::{DateTime, TimeDelta, Utc};

use crate::cli::List;
use crate::model::{Article, SourceId};
use crate::publish::edition::compose_feed;
use crate::store::{ArticleQuery, Store};

use super::Ended;
use super::names;
use super::output::{count, cut, visible};
use super::publish::edition;
use super::session::{Session, Work};

pub(super) async fn list(session: &Session<'_>, what: &List) -> anyhow::Result<Ended> {
    let json = session.output.json()?;
    let work = session.load()?;
    let store = session.store(&work.plan)?;
    let limit = (what.limit > 0).then_some(what.limit);
    let since = since(session, what)?;
    let articles = match &what.feed {
        Some(feed) => {
            let mut articles = in_feed(session, &work, &store, feed).await?;
            articles.retain(|article| since.is_none_or(|since| article.published >= since));
            articles
        }
        None => {
            let sources = sources(&work, &store, what).await?;
            let query = ArticleQuery { sources, since, limit, content: json, ..ArticleQuery::default() };
            store.articles(query).await?
        }
    };
    let shown = limit.unwrap_or(articles.len()).min(articles.len());
    for article in &articles[..shown] {
        if json {
            session.output.json_line(&work.record(article))?;
        } else {
            session.output.data(&line(article))?;
        }
    }
    if !json {
        session.output.say(&count(shown, "article"));
    }
    Ok(Ended::Well)
}

/// The sources asked for: of the config, or such as the store still has articles of.
async fn sources(work: &Work, store: &impl Store, what: &List) -> anyhow::Result<Vec<SourceId>> {
    let counts = store.counts().await?;
    let known: Vec<&SourceId> =
        work.plan.sources.iter().map(|source| &source.id).chain(counts.keys()).collect();
    Ok(names::sources(&known, &what.source)?)
}

/// The moment before which articles are too old to be listed.
fn since(session: &Session<'_>, what: &List) -> anyhow::Result<Option<DateTime<Utc>>> {
    let age = what.since.map(TimeDelta::from_std).transpose()?;
    Ok(age.and_then(|age| session.now.checked_sub_signed(age)))
}

/// What an output feed would contain now, in its order.
async fn in_feed(
    session: &Session<'_>,
    work: &Work,
    store: &impl Store,
    name: &str,
) -> anyhow::Result<Vec<Article>> {
    let id = names::feed(&work.plan, name)?;
    let decisions = work.decisions();
    let mut found = Vec::new();
    for feed in work.plan.feeds.iter().filter(|feed| feed.id == id) {
        let composed = compose_feed(&work.plan, feed, store, &edition(session, &decisions, &[])).await?;
        let order = composed.selected.order;
        found = store.articles(ArticleQuery::only(order.clone())).await?;
        found.sort_by_key(|article| order.iter().position(|id| *id == article.id));
    }
    Ok(found)
}

fn line(article: &Article) -> String {
    let mark = if article.withdrawn.is_some() { "[withdrawn] " } else { "" };
    format!(
        "{}  {}  {:12}  {mark}{}\n",
        article.id,
        article.published.format("%Y-%m-%d %H:%M"),
        cut(article.origin.source.as_str(), 12),
        visible(&cut(article.body.title.as_str(), 90))
    )
}
