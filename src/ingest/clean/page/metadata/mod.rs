//! What a page says of its article besides the words: headline, authors, dates, site, language, image.

use ::url::Url;
use chrono::{DateTime, Utc};
use dom_query::Document;
use dom_smoothie::Readability;
use serde_json::Value;

use super::super::document::{authors, line, names, unlabelled, without_site};
use crate::ingest::parse::date::parse_date;
use crate::model::labels::language_tag;
use crate::model::link::absolute;
use crate::model::{Author, PlainText};

/// What was found; what the page does not say is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Metadata {
    /// The headline, without the site's name.
    pub(super) title: PlainText,
    /// The dek or description.
    pub(super) summary: Option<PlainText>,
    /// The line that names who wrote it.
    pub(super) byline: Option<PlainText>,
    pub(super) authors: Vec<Author>,
    pub(super) published: Option<DateTime<Utc>>,
    pub(super) updated: Option<DateTime<Utc>>,
    pub(super) site_name: Option<PlainText>,
    /// BCP 47.
    pub(super) language: Option<String>,
    pub(super) image: Option<Url>,
    pub(super) tags: Vec<PlainText>,
    /// The address the page gives itself, on its own host.
    pub(super) canonical: Option<Url>,
}

/// Reads the metadata of a page that was fetched from `url`, where that is known. `objects` is its JSON-LD ([`super::json_ld::objects`]).
/// The page is only read.
pub(super) fn of(page: &Document, _objects: &[Value], url: Option<&Url>) -> Metadata {
    let Ok(reader) = Readability::with_document(page.clone(), None, None) else { return Metadata::default() };
    let found = reader.get_article_metadata(reader.parse_json_ld());
    let headline = line(&page.select("h1").first().text());
    let said = |text: Option<String>| text.map(|text| PlainText::line(&text)).filter(|text| !text.is_empty());
    let date = |given: &Option<String>| given.as_deref().and_then(parse_date);
    let byline = found.byline.filter(|byline| !byline.contains("://"));
    let language = page.select("html").attr("lang");
    Metadata {
        title: PlainText::line(without_site(&line(&found.title), &headline)),
        summary: found.excerpt.as_deref().map(PlainText::block).filter(|summary| !summary.is_empty()),
        authors: authors(&byline.as_deref().map(|line| names(unlabelled(line))).unwrap_or_default(), None),
        byline: said(byline),
        published: date(&found.published_time),
        updated: date(&found.modified_time),
        site_name: said(found.site_name),
        language: language.as_deref().and_then(language_tag),
        image: found.image.as_deref().and_then(|image| absolute(image, url)),
        tags: Vec::new(),
        canonical: canonical(page, url),
    }
}

/// The address the page gives itself, on its own host: another host's would be somebody else's article.
fn canonical(page: &Document, url: Option<&Url>) -> Option<Url> {
    let link = page.select("link[rel='canonical']").first();
    let canonical = absolute(&link.attr("href")?, url)?;
    let is_front = canonical.path() == "/" && canonical.query().is_none();
    let Some(url) = url else { return Some(canonical) };
    (canonical.host() == url.host() && (!is_front || url.path() == "/")).then_some(canonical)
}
