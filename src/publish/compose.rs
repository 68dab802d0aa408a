//! Selected articles to an output feed: the republish ceiling, excerpts, credits. Pure.

use std::collections::BTreeMap;

use url::Url;

use crate::config::{FeedPlan, SourcePlan};
use crate::model::{Article, ArticleId, Guid, OutputFeed, SourceId};

/// What composing needs beside the feed's plan and its articles.
#[derive(Debug, Clone)]
pub struct Context<'a> {
    /// Where the output folder is served, with a trailing slash.
    pub base_url: Option<&'a Url>,
    /// The sources' plans; an article of a source that is gone from the config is credited by its origin alone and has
    /// the ceiling `excerpt`.
    pub sources: &'a BTreeMap<SourceId, &'a SourcePlan>,
    /// Ids under which articles were published in this feed before: they stay.
    pub guids: &'a BTreeMap<ArticleId, Guid>,
}

/// Composes an output feed from its selected articles, in the order to print, bodies loaded.
#[must_use]
pub fn compose(plan: &FeedPlan, articles: &[Article], context: &Context<'_>) -> OutputFeed {
    let _ = (plan, articles, context);
    unreachable!("to be written")
}
