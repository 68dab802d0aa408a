//! The universal parser: the text of a feed document to a [`FeedDocument`].
//!
//! ```text
//! text --sniff--> json
//!            \--> xml/ (tokens, a balanced stream of elements) --feed--> module/ (a file a vocabulary) --> record
//! ```

pub mod date;
pub mod discover;
mod feed;
mod html;
mod inline;
pub mod json;
mod microformats;
mod module;
pub mod person;
mod pointer;
mod reader;
mod record;
mod sniff;
mod texts;
mod wrapped;
mod xml;

use std::borrow::Cow;

use url::Url;

pub(super) use html::has_html_tags;
use sniff::Kind;

use crate::model::FeedDocument;

/// What came with the document from outside.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hints {
    /// Where the document is from: the base of relative URLs.
    pub base_url: Option<Url>,
    /// HTTP `Content-Type`.
    pub content_type: Option<String>,
    /// HTTP `Content-Language`.
    pub content_language: Option<String>,
}

impl Hints {
    /// The first language of `Content-Language` (RFC 9110 §8.5).
    fn language(&self) -> Option<Cow<'_, str>> {
        let first = self.content_language.as_deref()?.split([',', ';']).next()?.trim();
        Some(language(first)).filter(|language| !language.is_empty())
    }
}

/// A language tag as feeds should write it: `_` is a slip for `-`. The rest is as written.
fn language(tag: &str) -> Cow<'_, str> {
    if tag.contains('_') { Cow::Owned(tag.replace('_', "-")) } else { Cow::Borrowed(tag) }
}

/// Why there is no feed in a document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// Nothing but white space.
    #[error("the document is empty")]
    Empty,
    /// A web page; the feeds it links to.
    #[error("this is a web page, not a feed{}", linked(.feeds))]
    WebPage {
        /// Feed URLs of its `<link rel="alternate">`, in document order.
        feeds: Vec<String>,
    },
    /// A document that is no feed and names others that are, or may be.
    #[error("this is {what}, not a feed; it names {}", listed(.urls))]
    Pointer {
        /// What it is, such as `a sitemap index`.
        what: &'static str,
        /// What it names, in document order.
        urls: Vec<String>,
    },
    /// XML or JSON, but no feed.
    #[error("no feed in it: {found}")]
    NotAFeed {
        /// What was there instead, such as `the root element is <opml>`.
        found: String,
    },
    /// JSON that cannot be read.
    #[error("line {line}, column {column}: {cause}")]
    Json {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
        /// What the JSON reader says.
        cause: String,
    },
    /// A limit that protects the machine.
    #[error("line {line}: {limit}")]
    Limit {
        /// From 1.
        line: u32,
        /// Which limit.
        limit: String,
    },
}

fn linked(feeds: &[String]) -> String {
    if feeds.is_empty() { String::new() } else { format!("; it links to {}", feeds.join(", ")) }
}

fn listed(urls: &[String]) -> String {
    if urls.is_empty() { "nothing".to_owned() } else { urls.join(", ") }
}

/// Reads a feed document. Repairs what it can and lists the repairs; never panics.
///
/// # Errors
/// [`ParseError`] when there is no feed in the text.
pub fn parse(text: &str, hints: &Hints) -> Result<FeedDocument, ParseError> {
    if text.len() > MAX_LENGTH {
        return Err(ParseError::Limit {
            line: 1,
            limit: format!("the document is longer than {MAX_LENGTH} bytes"),
        });
    }
    match read(text, hints) {
        Err(ParseError::NotAFeed { found }) => {
            wrapped_feed(text, hints).ok_or_else(|| page_instead(text, hints, found))
        }
        Err(ParseError::WebPage { feeds }) => wrapped_feed(text, hints).ok_or(ParseError::WebPage { feeds }),
        read => read,
    }
}

fn read(text: &str, hints: &Hints) -> Result<FeedDocument, ParseError> {
    match sniff::sniff(text) {
        Kind::Empty => Err(ParseError::Empty),
        Kind::Json => json::parse_json(text, hints),
        Kind::WebPage => microformats::page(text, hints).map_err(|feeds| ParseError::WebPage { feeds }),
        Kind::InPage(at) => match feed::parse_xml(&text[at..], hints) {
            Ok(feed) if wrapped::says_something(&feed) => Ok(wrapped::placed(feed, &text[..at])),
            _ => microformats::page(text, hints).map_err(|feeds| ParseError::WebPage { feeds }),
        },
        Kind::Xml => feed::parse_xml(text, hints),
    }
}

/// The feed that stands in what is none itself.
fn wrapped_feed(text: &str, hints: &Hints) -> Option<FeedDocument> {
    if let Some(at) = wrapped::feed_at(text) {
        let feed = feed::parse_xml(&text[at..], hints).ok().filter(wrapped::says_something)?;
        return Some(wrapped::placed(feed, &text[..at]));
    }
    if let Some(json) = wrapped::json_in_script(text).and_then(|json| json::parse_json(json, hints).ok()) {
        return Some(json);
    }
    let inner = wrapped::escaped(text)?;
    Some(wrapped::unescaped(read(&inner, hints).ok()?))
}

/// Bytes that are no feed are a page if HTTP says so, whatever they begin with: the page's feeds are worth more than the
/// name of its first element. The only thing that is asked of the content type.
fn page_instead(text: &str, hints: &Hints, found: String) -> ParseError {
    let media_type = hints.content_type.as_deref().unwrap_or_default().to_ascii_lowercase();
    if !media_type.contains("html") {
        return ParseError::NotAFeed { found };
    }
    ParseError::WebPage { feeds: discover::linked_feeds(text, hints.base_url.as_ref()) }
}

/// The longest document that is read, in bytes.
const MAX_LENGTH: usize = 256 << 20;

#[cfg(test)]
mod tests;
