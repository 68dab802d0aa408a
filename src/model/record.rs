//! The article record: how an article is printed as JSON, and how `render` reads one. Public shapes of
//! `docs/reference/record.md`.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use url::Url;

use super::article::{Article, Attachment, Author, DateBasis};
use super::ids::SourceId;
use super::revision::Withdrawal;

/// One article as JSON. Read, only `title` or some text is needed; whatever is read is cleaned again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[allow(missing_docs, reason = "the fields are those of docs/reference/record.md, name by name")]
pub struct ArticleRecord {
    /// The short id; not read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The published id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guid: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<Url>,
    pub title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_html: Option<String>,
    /// Read only: for a body that is plain text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_text: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<AuthorRecord>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<DateTime<Utc>>,
    /// Where `published` is from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_basis: Option<DateBasis>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_seen: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rights: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<Url>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceRecord>,
    /// 1 for an article that was never edited.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<u32>,
    /// That its source took it back; not read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Withdrawal>,
}

/// An author as JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the fields are those of docs/reference/record.md, name by name")]
pub struct AuthorRecord {
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Url>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bio: Option<String>,
}

impl From<&Author> for AuthorRecord {
    fn from(author: &Author) -> Self {
        Self {
            name: author.name.to_string(),
            url: author.url.clone(),
            bio: author.bio.as_ref().map(ToString::to_string),
        }
    }
}

/// Where an article is from, as JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[allow(missing_docs, reason = "the fields are those of docs/reference/record.md, name by name")]
pub struct SourceRecord {
    /// The source's name in `config.toml`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<SourceId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<Url>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub feed_url: Option<Url>,
}

impl From<&Article> for ArticleRecord {
    fn from(article: &Article) -> Self {
        let body = &article.body;
        let about = body.credits.as_deref().unwrap_or(&article.origin.about);
        Self {
            id: Some(article.id.to_string()),
            guid: Some(article.guid.value.clone()),
            url: body.url.clone(),
            title: body.title.to_string(),
            summary: body.summary.as_ref().map(ToString::to_string),
            content_html: body.content.as_ref().map(|html| html.as_str().to_owned()),
            content_text: None,
            authors: body.authors.iter().map(AuthorRecord::from).collect(),
            tags: body.tags.iter().map(ToString::to_string).collect(),
            published: Some(article.published),
            date_basis: Some(article.date_basis),
            updated: article.updated,
            first_seen: Some(article.first_seen),
            language: body.language.clone(),
            rights: body.rights.as_ref().map(ToString::to_string),
            image: body.image.clone(),
            attachments: body.attachments.clone(),
            source: Some(SourceRecord {
                id: Some(article.origin.source.clone()),
                name: about.title.as_ref().map(ToString::to_string),
                url: about.site.clone(),
                feed_url: about.feed.clone(),
            }),
            revision: Some(article.revision),
            words: Some(body.words),
            withdrawn: article.withdrawn,
        }
    }
}
