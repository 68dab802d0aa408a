//! Article records to items of a feed: what `render` reads, cleaned.

use chrono::{DateTime, Utc};
use url::Url;

use crate::ingest::clean::sanitize;
use crate::markup::text::text_of;
use crate::model::labels::{language_tag, media_type_or_bytes};
use crate::model::uri::{escape_uri, is_absolute, urn_uuid};
use crate::model::{
    ArticleRecord, Attachment, Author, Guid, ItemCredit, OutputItem, PlainText, SafeHtml, SourceRecord,
};

/// A record that cannot be an item.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("neither `title` nor any text: an item needs one of them")]
pub(super) struct NoWords;

/// Words of a text that stand in for a missing title.
const TITLE_WORDS: usize = 12;

/// Turns a record into an item. `now` dates what has no date.
pub(super) fn item(record: ArticleRecord, now: DateTime<Utc>) -> Result<OutputItem, NoWords> {
    let content = body(&record);
    let excerpt = record.summary.as_deref().map(PlainText::block).filter(|text| !text.is_empty());
    let title = title(&record, excerpt.as_ref(), content.as_ref()).ok_or(NoWords)?;
    let published = record.published.unwrap_or(now);
    Ok(OutputItem {
        guid: guid(&record, &title, published),
        title,
        url: record.url,
        summary: excerpt.as_ref().map(SafeHtml::from_text),
        excerpt,
        content,
        authors: record
            .authors
            .into_iter()
            .map(|author| Author {
                name: PlainText::line(&author.name),
                url: author.url,
                bio: author.bio.as_deref().map(PlainText::line).filter(|bio| !bio.is_empty()),
            })
            .collect(),
        tags: record.tags.iter().map(|tag| PlainText::line(tag)).filter(|tag| !tag.is_empty()).collect(),
        published,
        updated: record.updated.unwrap_or(published).max(published),
        language: record.language.as_deref().and_then(language_tag),
        rights: record.rights.as_deref().map(PlainText::line),
        image: record.image,
        attachments: record.attachments.into_iter().map(named).collect(),
        credit: record.source.and_then(|source| credit(source, published)),
    })
}

/// The attachment, with a media type that is one.
fn named(attachment: Attachment) -> Attachment {
    Attachment { media_type: media_type_or_bytes(&attachment.media_type), ..attachment }
}

fn body(record: &ArticleRecord) -> Option<SafeHtml> {
    let html = record.content_html.as_deref().map(|html| sanitize(html, record.url.as_ref()));
    let text = || record.content_text.as_deref().map(|text| SafeHtml::from_text(&PlainText::block(text)));
    html.or_else(text).filter(|body| !body.is_empty())
}

fn title(record: &ArticleRecord, excerpt: Option<&PlainText>, body: Option<&SafeHtml>) -> Option<PlainText> {
    let given = PlainText::line(&record.title);
    if !given.is_empty() {
        return Some(given);
    }
    let text = excerpt.cloned().or_else(|| body.map(text_of))?;
    let words: Vec<&str> = text.as_str().split_whitespace().take(TITLE_WORDS).collect();
    (!words.is_empty()).then(|| PlainText::line(&words.join(" ")))
}

/// The record's own guid where it is an absolute URI, else its URL, else one made of title and date.
fn guid(record: &ArticleRecord, title: &PlainText, published: DateTime<Utc>) -> Guid {
    let own = record.guid.as_deref().filter(|guid| is_absolute(guid));
    let url = record.url.as_ref().map(Url::as_str);
    match own.or(url) {
        Some(value) => Guid { value: escape_uri(value).into_owned(), is_permalink: url == Some(value) },
        None => Guid { value: urn_uuid(&[title.as_str(), &published.to_rfc3339()]), is_permalink: false },
    }
}

fn credit(source: SourceRecord, updated: DateTime<Utc>) -> Option<ItemCredit> {
    let name = source.name.as_deref().map(PlainText::line).filter(|name| !name.is_empty())?;
    Some(ItemCredit {
        name,
        id: source.feed_url.as_ref().map(ToString::to_string),
        feed: source.feed_url,
        site: source.url,
        updated,
    })
}
