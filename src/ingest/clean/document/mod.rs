//! Article documents: one article from a file of text, Markdown or HTML. A first reading: each reader finds the same
//! `Fields` and a body in HTML, and what they found becomes a draft in one place.

mod byline;
mod fields;
mod front_matter;
mod html;
mod markdown;
mod paragraphs;
#[cfg(test)]
mod tests;
mod text;
mod yaml;

use ::url::Url;
use chrono::{DateTime, Utc};

use crate::ingest::decode::decode;
use crate::ingest::parse::Hints;
use crate::model::{ArticleBody, Author, Draft, Guid, Key, PlainText};

use super::keys::{article_link_key, hash_key};
use super::sanitize;
use crate::markup::text::text_of;
use crate::model::link::guid_key;
use crate::model::words::count_words;
pub(super) use byline::{names, unlabelled};
use fields::Fields;
pub(super) use html::{line, without_site};

/// A file, read.
#[derive(Debug, Clone)]
pub struct DocumentFile<'a> {
    /// Its path relative to the folder, with `/`: the article's guid key, and the extension that tells the kind.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// When the file was last modified: the date of last resort.
    pub modified: Option<DateTime<Utc>>,
}

/// Why a file holds no article.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// Nothing but white space.
    #[error("the file is empty")]
    Empty,
    /// No headline can be made out.
    #[error("no headline: the first block of a text, a `title` in the front matter, or a <title>")]
    NoTitle,
    /// The author says that it is not finished.
    #[error("a draft (`draft: true` in its front matter): left out until it is finished")]
    Draft,
    /// The front matter cannot be read.
    #[error("front matter, line {line}: {cause}")]
    FrontMatter {
        /// From 1, in the file.
        line: usize,
        /// What is wrong.
        cause: String,
    },
}

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Markdown,
    Html,
}

impl Kind {
    fn of(name: &str) -> Option<Self> {
        let file = name.rsplit('/').next().unwrap_or(name);
        let (stem, extension) = file.rsplit_once('.')?;
        match extension.to_ascii_lowercase().as_str() {
            _ if stem.is_empty() => None,
            "txt" | "text" => Some(Self::Text),
            "md" | "markdown" => Some(Self::Markdown),
            "html" | "htm" | "xhtml" => Some(Self::Html),
            _ => None,
        }
    }
}

/// Whether the name's extension is of a kind that is read (`txt`, `text`, `md`, `markdown`, `html`, `htm`, `xhtml`).
#[must_use]
pub fn is_article_file(name: &str) -> bool {
    Kind::of(name).is_some()
}

/// Whether the name's extension says that it is HTML.
#[must_use]
pub fn is_page_file(name: &str) -> bool {
    Kind::of(name) == Some(Kind::Html)
}

/// Reads an article document. A name of no known kind is read as text.
///
/// # Errors
/// [`DocumentError`] when there is no article in it.
pub fn read_document(file: &DocumentFile<'_>) -> Result<Draft, DocumentError> {
    read_text(file, &decode(file.bytes, &Hints::default()).text)
}

/// Reads a document that is text already.
fn read_text(file: &DocumentFile<'_>, text: &str) -> Result<Draft, DocumentError> {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
    if text.trim().is_empty() {
        return Err(DocumentError::Empty);
    }
    let (fields, html) = match Kind::of(file.name).unwrap_or(Kind::Text) {
        Kind::Text => text::read(&text)?,
        Kind::Markdown => markdown::read(&text)?,
        Kind::Html => html::read(&text),
    };
    draft(file, fields, &html)
}

/// What was found, as a draft. A file keeps its identity when it is edited (by its name) and when it is renamed (by
/// its headline and date); neither is an id to publish.
fn draft(file: &DocumentFile<'_>, fields: Fields, html: &str) -> Result<Draft, DocumentError> {
    if fields.draft {
        return Err(DocumentError::Draft);
    }
    let title = PlainText::line(&fields.title.unwrap_or_default());
    if title.is_empty() {
        return Err(DocumentError::NoTitle);
    }
    let mut keys: Vec<Key> = fields.id.as_deref().map(guid_key).into_iter().collect();
    keys.push(Key::Guid(format!("file:{}", file.name)));
    keys.extend(fields.url.as_ref().and_then(|url| article_link_key(url, None)));
    keys.push(hash_key(title.as_str(), fields.date));
    let published = fields.date.or(file.modified);
    let guid = fields.id.map(|value| {
        let is_permalink = fields.url.as_ref().is_some_and(|url| url.as_str() == value);
        Guid { value, is_permalink }
    });
    let content = Some(sanitize(html, fields.url.as_ref())).filter(|content| !content.is_empty());
    let summary = fields.summary.as_deref().map(PlainText::block).filter(|summary| !summary.is_empty());
    let counted = content.as_ref().map(text_of).or_else(|| summary.clone()).unwrap_or_default();
    let body = ArticleBody {
        title,
        words: count_words(counted.as_str()),
        authors: authors(&fields.authors, None),
        tags: fields.tags.iter().map(|tag| PlainText::line(tag)).filter(|tag| !tag.is_empty()).collect(),
        language: fields.language,
        image: fields.image,
        url: fields.url,
        summary,
        content,
        ..ArticleBody::default()
    };
    Ok(Draft { keys, guid, body, published, updated: fields.updated.filter(|&at| Some(at) > published) })
}

/// People by name, each once.
pub(super) fn authors(names: &[String], url: Option<&Url>) -> Vec<Author> {
    let mut authors: Vec<Author> = Vec::new();
    for name in names.iter().map(|name| PlainText::line(name)).filter(|name| !name.is_empty()) {
        if !authors.iter().any(|known| known.name == name) {
            authors.push(Author { name, url: url.cloned() });
        }
    }
    authors
}
