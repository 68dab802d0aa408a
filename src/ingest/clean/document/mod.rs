//! Article documents: one article from a file of text, Markdown, HTML or mail. Each reader finds the same `Fields` and a
//! body in HTML, and what they found becomes a draft in one place. Plain text is read from both ends: `head` and `tail`
//! take what is not the story, `dek` what stands before it, and what is left is paragraphs.

mod byline;
mod dek;
mod fields;
mod front_matter;
mod head;
mod html;
mod kind;
mod labels;
mod mail;
mod markdown;
mod moment;
#[cfg(test)]
mod own_shape;
mod paragraphs;
#[cfg(test)]
mod table;
mod tail;
#[cfg(test)]
mod tests;
mod text;
mod value;
mod yaml;

use ::url::Url;
use chrono::{DateTime, Utc};

use crate::ingest::decode::decode;
use crate::ingest::parse::Hints;
use crate::model::{ArticleBody, Author, Draft, Guid, Key, PlainText};

use super::keys::{article_link_key, hash_key};
use super::sanitize;
use crate::markup::text::text_of;
use crate::model::link::{guid_key, link_form};
use crate::model::words::count_words;
pub(super) use byline::{names, unlabelled};
use fields::Fields;
use kind::Kind;
use moment::Moment;

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

/// Whether the name's extension is of a kind that is read (`txt`, `text`, `md`, `markdown`, `html`, `htm`,
/// `xhtml`, `eml`).
#[must_use]
pub fn is_article_file(name: &str) -> bool {
    Kind::of(name).is_some()
}

/// Whether a text is a web page, by its name or its look, rather than an article document; a front matter makes a document of
/// any.
#[must_use]
pub fn is_page(name: &str, text: &str) -> bool {
    let kind = Kind::of(name).unwrap_or_else(|| Kind::looking_at(text));
    kind == Kind::Html && !kind::begins_with_front_matter(text.trim_start_matches('\u{feff}').trim_start())
}

/// Whether a text is a web page as a site sends it, saved: it says of itself what pages say to machines. Its story stands
/// among other things; in a document of one's own, all is the story.
#[must_use]
pub fn is_saved_page(name: &str, text: &str) -> bool {
    const SIGNS: [&str; 4] = ["application/ld+json", "rel=\"canonical\"", "property=\"og:", "property='og:"];
    is_page(name, text) && SIGNS.iter().any(|sign| text.contains(sign))
}

/// Reads an article document. What a name of no known kind does not tell, the text does.
///
/// # Errors
/// [`DocumentError`] when there is no article in it.
pub fn read_document(file: &DocumentFile<'_>) -> Result<Draft, DocumentError> {
    let decoded = decode(file.bytes, &Hints::default());
    let text = decoded.text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
    if text.trim().is_empty() {
        return Err(DocumentError::Empty);
    }
    let kind = Kind::of(file.name).unwrap_or_else(|| Kind::looking_at(&text));
    // A mail's parts have encodings of their own.
    let (fields, html) = if kind == Kind::Mail {
        mail::read(file.bytes)?
    } else {
        let (fields, body) = front_matter::split(&text)?;
        match kind {
            Kind::Markdown => markdown::read(fields, body)?,
            Kind::Html => html::read(fields, body),
            Kind::Text | Kind::Mail => text::read(fields, body)?,
        }
    };
    draft(file, fields, &html)
}

/// What was found, as a draft. A file keeps its identity when it is edited (by its name) and when it is renamed (by
/// its headline and date); neither is an id to publish.
fn draft(file: &DocumentFile<'_>, mut fields: Fields, html: &str) -> Result<Draft, DocumentError> {
    if fields.draft {
        return Err(DocumentError::Draft);
    }
    fields.settle_bio();
    let title = PlainText::line(&fields.title.take().unwrap_or_default());
    if title.is_empty() {
        return Err(DocumentError::NoTitle);
    }
    let content = Some(sanitize(html, fields.url.as_ref())).filter(|content| !content.is_empty());
    let summary = fields.summary.as_deref().map(PlainText::block).filter(|summary| !summary.is_empty());
    let counted = content.as_ref().map(text_of).or_else(|| summary.clone()).unwrap_or_default();
    let language =
        fields.language.take().or_else(|| super::language::detect(&format!("{title}\n{}", counted.as_str())));
    let date = |moment: Option<Moment>| moment.and_then(|moment| moment.settle(language.as_deref()));
    let (said, updated) = (date(fields.date.take()), date(fields.updated.take()));
    let mut keys: Vec<Key> = fields.id.as_deref().map(guid_key).into_iter().collect();
    keys.push(Key::Guid(format!("file:{}", file.name)));
    keys.extend(fields.url.as_ref().and_then(|url| article_link_key(url, link_form, None)));
    keys.push(hash_key(title.as_str(), said));
    let image = fields.image();
    let guid = fields.id.map(|value| {
        let is_permalink = fields.url.as_ref().is_some_and(|url| url.as_str() == value);
        Guid { value, is_permalink }
    });
    let body = ArticleBody {
        title,
        words: count_words(counted.as_str()),
        authors: with_url(fields.authors, fields.author_url),
        tags: fields.tags.iter().map(|tag| PlainText::line(tag)).filter(|tag| !tag.is_empty()).collect(),
        language,
        image,
        url: fields.url,
        summary,
        content,
        ..ArticleBody::default()
    };
    let updated = updated.filter(|&at| Some(at) > said);
    Ok(Draft { keys, guid, body, published: said, updated, file_time: file.modified })
}

/// The authors, a lone one with the page that a key of its own names.
fn with_url(mut authors: Vec<Author>, url: Option<Url>) -> Vec<Author> {
    if let [only] = &mut authors[..] {
        only.url = only.url.take().or(url);
    }
    authors
}
