//! Articles picked by URL that no source has: fetched as a source of their own.

use std::borrow::Cow;

use url::Url;

use crate::config::{
    BoxedExtras, FullText, HandEntry, Input, PickedArticle, Place, Plan, Republish, SourcePlan,
};
use crate::model::{CleanSteps, SourceId};
use crate::publish::edition::wanted;
use crate::store::{ArticleQuery, HandVerb, Store, StoreError};

use super::session::Work;

/// The source that picked URLs are kept under; reserved in the config.
pub(super) const HAND_PICKED: &str = "hand-picked";

/// The plan, with a source for the picked URLs that no configured source has.
pub(super) async fn with_hand_picked<'a>(
    work: &'a Work,
    store: &impl Store,
) -> Result<Cow<'a, Plan>, StoreError> {
    let own = SourceId::new(HAND_PICKED);
    let mut urls: Vec<Url> = Vec::new();
    for decision in work.decisions().iter().filter(|decision| decision.verb == HandVerb::Pick) {
        let Some(url) = web_url(&decision.article) else { continue };
        let found = store.find(&wanted(&decision.article)).await?;
        let held = store.articles(ArticleQuery { content: false, ..ArticleQuery::only(found) }).await?;
        let elsewhere = held.iter().any(|article| article.origin.source != own);
        if !elsewhere && !urls.contains(&url) {
            urls.push(url);
        }
    }
    let mut plan = Cow::Borrowed(&work.plan);
    if !urls.is_empty() {
        plan.to_mut().sources.push(SourcePlan {
            id: own,
            input: Input::Articles(urls.into_iter().map(|url| picked(work, url)).collect()),
            republish: Republish::Excerpt,
            every: None,
            force_every: false,
            allow_private: false,
            first_run: None,
            full_text: FullText::Never,
            clean: CleanSteps::ALL,
            extras: BoxedExtras::default(),
        });
    }
    Ok(plan)
}

fn web_url(article: &str) -> Option<Url> {
    Url::parse(article).ok().filter(|url| matches!(url.scheme(), "http" | "https"))
}

/// The page, with the headline that the overrides give it.
fn picked(work: &Work, url: Url) -> PickedArticle {
    let is_it =
        |entry: &&HandEntry| entry.verb == HandVerb::Pick && web_url(&entry.article).as_ref() == Some(&url);
    let title = work.overrides.entries().iter().filter(is_it).find_map(|entry| entry.title.clone());
    PickedArticle { place: Place::Url(url), title, note: None, tags: Vec::new() }
}
