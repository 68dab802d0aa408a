//! Selected articles to an output feed: the republish ceiling, excerpts, credits. Pure.

mod afterwards;
mod credit;
mod embeds;
mod excerpt;
mod guard;
mod phrases;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

use chrono::DateTime;
use url::Url;

use crate::config::{FeedPlan, Republish, SourcePlan};
use crate::markup::text::text_of;
use crate::model::labels::{language_tag, media_type_or_bytes};
use crate::model::uri::{escape_uri, urn_uuid};
use crate::model::{
    Article, ArticleBody, ArticleId, Attachment, Author, Guid, ItemCredit, OutputFeed, OutputItem, PlainText,
    Revision, SafeHtml, SourceId,
};

pub use afterwards::{bury, stays_until, tombstone};
use excerpt::excerpt;

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
    /// The revisions of articles that have several, oldest first; read unless the feed's `on_edit` is `update`.
    pub histories: &'a BTreeMap<ArticleId, Vec<Revision>>,
}

/// Composes an output feed from its selected articles, in the order to print, bodies loaded: one item an article.
#[must_use]
pub fn compose(plan: &FeedPlan, articles: &[Article], context: &Context<'_>) -> OutputFeed {
    let mut items: Vec<OutputItem> = articles.iter().map(|article| item(plan, article, context)).collect();
    part_guids(&mut items, articles);
    credit::date(&mut items);
    OutputFeed {
        id: plan.id.clone(),
        title: plan.title.clone(),
        description: plan.description.clone(),
        link: plan.link.as_ref().or(context.base_url).cloned(),
        language: plan.language.as_deref().and_then(language_tag),
        base_url: context.base_url.cloned(),
        formats: plan.formats.clone(),
        updated: items.iter().map(|item| item.updated).max().unwrap_or(DateTime::UNIX_EPOCH),
        items,
        deleted: Vec::new(),
    }
}

fn item(plan: &FeedPlan, article: &Article, context: &Context<'_>) -> OutputItem {
    let source = context.sources.get(&article.origin.source).copied();
    let history = context.histories.get(&article.id).map_or(&[][..], Vec::as_slice);
    let Told { body, words, note } = told(plan, article, ceiling(plan, source), history);
    let updated = afterwards::updated(plan, article, history);
    let credit = credit::of(article, source).map(|credit| ItemCredit { updated, ..credit });
    let line = credit.as_ref().map(|credit| credit::line(credit, body.url.as_ref()));
    let credited = |text| credit::credited(text, line.as_ref(), plan.attribution);
    let noted = |text: Option<SafeHtml>| match (note.clone(), text) {
        (Some(note), Some(text)) => Some(note.followed_by(&text)),
        (note, text) => note.or(text),
    };
    let beyond_link = ceiling(plan, source) > Republish::Link;
    OutputItem {
        guid: guid(article, context),
        title: body.title.clone(),
        url: body.url.clone(),
        summary: credited(noted(words.excerpt.as_ref().map(SafeHtml::from_text))),
        content: words.content.and_then(|content| {
            credited(noted(Some(with_bios(embeds::shown(content, plan.embeds), &body.authors))))
        }),
        excerpt: words.excerpt,
        authors: body.authors.clone(),
        tags: tags(article, source),
        published: article.published,
        updated,
        language: language(article, source),
        rights: rights(article, source),
        image: body.image.clone().filter(|_| beyond_link),
        attachments: if beyond_link { attachments(&body) } else { Vec::new() },
        credit,
    }
}

/// A body with what is said of its authors below it, as it stood in the source.
fn with_bios(content: SafeHtml, authors: &[Author]) -> SafeHtml {
    let bios = authors.iter().filter_map(|author| author.bio.as_ref());
    bios.fold(content, |content, bio| content.followed_by(&SafeHtml::from_text(bio)))
}

/// What an item says.
struct Told<'a> {
    body: Cow<'a, ArticleBody>,
    words: Words,
    /// What was corrected.
    note: Option<SafeHtml>,
}

fn told<'a>(plan: &FeedPlan, article: &'a Article, ceiling: Republish, history: &[Revision]) -> Told<'a> {
    match afterwards::marked(plan, article) {
        Some(withdrawal) => {
            let body = afterwards::withdrawn(plan, &article.body, withdrawal);
            // The line is Feedmill's own: no source's ceiling and no limit of words is meant for it.
            let words = Words { excerpt: body.summary.clone(), content: None };
            Told { body: Cow::Owned(body), words, note: None }
        }
        None => Told {
            body: Cow::Borrowed(&article.body),
            words: Words::of(&article.body, ceiling, plan.excerpt_words),
            note: afterwards::note(plan, history),
        },
    }
}

/// What a feed prints of a source: what it wants, and never more than the source allows.
fn ceiling(plan: &FeedPlan, source: Option<&SourcePlan>) -> Republish {
    plan.republish.min(source.map_or(Republish::Excerpt, |source| source.republish))
}

/// The words of an article that may be printed.
struct Words {
    excerpt: Option<PlainText>,
    content: Option<SafeHtml>,
}

impl Words {
    /// The excerpt is from the source's own summary, else from the lead of its text. The whole text is the body; where
    /// there is none and the summary is longer than its excerpt, the summary is.
    fn of(body: &ArticleBody, ceiling: Republish, limit: usize) -> Self {
        if ceiling == Republish::Link {
            return Self { excerpt: None, content: None };
        }
        let summary = body.summary.as_ref().filter(|summary| !summary.is_empty());
        let body = body.content.as_ref().filter(|content| !content.is_empty());
        let excerpt = match summary {
            Some(summary) => excerpt(summary, limit),
            None => body.and_then(|body| excerpt(&text_of(body), limit)),
        };
        let whole_summary =
            || summary.filter(|_| excerpt.as_ref().is_none_or(|found| found.cut)).map(SafeHtml::from_text);
        let content = match ceiling {
            Republish::Full => body.cloned().or_else(whole_summary),
            Republish::Link | Republish::Excerpt => None,
        };
        Self { excerpt: excerpt.map(|excerpt| excerpt.text), content }
    }
}

/// The id an article was published under here before, else its own; an IRI as the URI it maps to (RFC 3987 §3.1).
fn guid(article: &Article, context: &Context<'_>) -> Guid {
    let given = context.guids.get(&article.id).unwrap_or(&article.guid);
    let value = escape_uri(&given.value).into_owned();
    let is_page = Url::parse(&value).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    Guid { is_permalink: given.is_permalink && is_page, value }
}

/// Gives all but the first of several articles with one id an id of their own: readers show one article an id.
fn part_guids(items: &mut [OutputItem], articles: &[Article]) {
    let mut taken = HashSet::new();
    for (item, article) in items.iter_mut().zip(articles) {
        if !taken.insert(item.guid.value.clone()) {
            let value = urn_uuid(&[&item.guid.value, &article.id.to_string()]);
            taken.insert(value.clone());
            item.guid = Guid { value, is_permalink: false };
        }
    }
}

/// The article's tags, then those its source has in the config; a tag counts once, whatever its case.
fn tags(article: &Article, source: Option<&SourcePlan>) -> Vec<PlainText> {
    let mut seen = HashSet::new();
    let configured = source.map_or(&[][..], |source| &source.extras.tags);
    let tags = article.body.tags.iter().chain(configured).filter(|tag| !tag.is_empty());
    tags.filter(|tag| seen.insert(tag.as_str().to_lowercase())).cloned().collect()
}

fn language(article: &Article, source: Option<&SourcePlan>) -> Option<String> {
    let tag = |given: &Option<String>| given.as_deref().and_then(language_tag);
    tag(&article.body.language)
        .or_else(|| tag(&article.origin.about.language))
        .or_else(|| source.and_then(|source| tag(&source.extras.language)))
}

/// The entry's own, the credited feed's, the one configured for the source, the source's own.
fn rights(article: &Article, source: Option<&SourcePlan>) -> Option<PlainText> {
    let credited = article.body.credits.as_ref().and_then(|about| about.rights.clone());
    let configured = source.and_then(|source| source.extras.rights.clone());
    [article.body.rights.clone(), credited, configured, article.origin.about.rights.clone()]
        .into_iter()
        .flatten()
        .find(|rights| !rights.is_empty())
}

fn attachments(body: &ArticleBody) -> Vec<Attachment> {
    let typed = |attachment: &Attachment| Attachment {
        media_type: media_type_or_bytes(&attachment.media_type),
        ..attachment.clone()
    };
    body.attachments.iter().map(typed).collect()
}
