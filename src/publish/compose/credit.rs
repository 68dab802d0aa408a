//! Whose article it is: the credit of an item, and the line that shows it.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use url::Url;

use crate::config::{Attribution, Input, SourcePlan};
use crate::model::{About, Article, ItemCredit, OutputItem, PlainText, SafeHtml};

use super::guard;

/// What stands before the name in a credit line; short, and read as it is in many languages.
const FROM: &str = "From";

/// The credit of an article: the feed that its entry credits (its own feed republishes then), else its own. `None` for
/// one's own words: a document that credits nobody.
pub(super) fn of(article: &Article, source: Option<&SourcePlan>) -> Option<ItemCredit> {
    let own = &article.origin.about;
    match article.body.credits.as_deref().filter(|about| says_who(about)) {
        Some(about) => {
            let name = own_name(about).unwrap_or_else(|| origin_name(article, source));
            Some(credit(about, name, article))
        }
        None if is_ones_own(article, source) => None,
        None => Some(credit(own, origin_name(article, source), article)),
    }
}

fn credit(about: &About, name: PlainText, article: &Article) -> ItemCredit {
    let id = about.id.as_deref().and_then(guard::uri);
    let url = about.feed.as_ref().or(about.site.as_ref());
    ItemCredit {
        name,
        feed: about.feed.clone(),
        site: about.site.clone(),
        id: id.or_else(|| url.and_then(|url| guard::uri(url.as_str()))),
        updated: article.changed(),
    }
}

fn says_who(about: &About) -> bool {
    own_name(about).is_some()
}

/// Title, else host.
fn own_name(about: &About) -> Option<PlainText> {
    let title = about.title.clone().filter(|title| !title.is_empty());
    title.or_else(|| host(about.site.as_ref())).or_else(|| host(about.feed.as_ref()))
}

/// The name of the source an article was read from: as configured, as it calls itself, its host, its id.
fn origin_name(article: &Article, source: Option<&SourcePlan>) -> PlainText {
    let about = &article.origin.about;
    source
        .and_then(|source| source.extras.name.clone())
        .or_else(|| about.title.clone())
        .filter(|name| !name.is_empty())
        .or_else(|| host(about.site.as_ref()))
        .or_else(|| host(article.body.url.as_ref().filter(|_| is_picked(source))))
        .unwrap_or_else(|| PlainText::line(article.origin.source.as_str()))
}

fn host(url: Option<&Url>) -> Option<PlainText> {
    let host = url?.host_str()?;
    Some(PlainText::line(host.strip_prefix("www.").unwrap_or(host)))
}

fn is_picked(source: Option<&SourcePlan>) -> bool {
    source.is_some_and(|source| matches!(source.input, Input::Articles(_)))
}

/// A document of one's own folder, or a hand-picked file that has no page anywhere.
fn is_ones_own(article: &Article, source: Option<&SourcePlan>) -> bool {
    match source.map(|source| &source.input) {
        Some(Input::Documents(_)) => true,
        Some(Input::Articles(_)) => article.body.url.is_none(),
        Some(Input::Feed(_) | Input::Files(_)) | None => false,
    }
}

/// Dates each credit by the newest change among the items of its source: what the source itself says ("now", mostly)
/// would change every document at every run.
pub(super) fn date(items: &mut [OutputItem]) {
    let mut newest: HashMap<ItemCredit, DateTime<Utc>> = HashMap::new();
    for credit in items.iter().filter_map(|item| item.credit.as_ref()) {
        let known = newest.entry(undated(credit)).or_insert(credit.updated);
        *known = credit.updated.max(*known);
    }
    for credit in items.iter_mut().filter_map(|item| item.credit.as_mut()) {
        if let Some(&updated) = newest.get(&undated(credit)) {
            credit.updated = updated;
        }
    }
}

fn undated(credit: &ItemCredit) -> ItemCredit {
    ItemCredit { updated: DateTime::UNIX_EPOCH, ..credit.clone() }
}

/// The visible credit: the name, linked to the source's site, else to the article there.
pub(super) fn line(credit: &ItemCredit, article: Option<&Url>) -> SafeHtml {
    SafeHtml::link_line(FROM, &credit.name, credit.site.as_ref().or(article).or(credit.feed.as_ref()))
}

/// A text with the credit line where the feed wants it; `None` if there is neither.
pub(super) fn credited(
    text: Option<SafeHtml>,
    line: Option<&SafeHtml>,
    place: Attribution,
) -> Option<SafeHtml> {
    let line = line.filter(|_| place != Attribution::Off);
    match (text, line) {
        (Some(text), Some(line)) if place == Attribution::Top => Some(line.clone().followed_by(&text)),
        (Some(text), Some(line)) => Some(text.followed_by(line)),
        (text, line) => text.or_else(|| line.cloned()),
    }
}
