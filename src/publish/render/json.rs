//! JSON Feed 1.1 (jsonfeed.org). The credit and the rights, for which it has no names, stand in `_feedmill`.

use std::io;

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};

use crate::model::{Attachment, ItemCredit, OutputFeed, OutputFormat, OutputItem};

use super::date::rfc3339;
use super::{RenderError, own_language, uri};

const VERSION: &str = "https://jsonfeed.org/version/1.1";

/// Renders a feed as JSON Feed 1.1, compact, each item on its own line.
pub(super) fn render(feed: &OutputFeed) -> Result<Vec<u8>, RenderError> {
    let mut document = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut document, LinePerItem { depth: 0 });
    let written = Feed::of(feed).serialize(&mut serializer);
    written.map_err(|cause| RenderError::new(feed.id.as_str(), OutputFormat::Json.name(), &cause))?;
    document.push(b'\n');
    Ok(document)
}

#[derive(Serialize)]
struct Feed<'a> {
    version: &'static str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    home_page_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    feed_url: Option<String>,
    description: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_html: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<String>,
    date_published: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<File<'a>>,
    #[serde(rename = "_feedmill", skip_serializing_if = "Extension::is_empty")]
    extension: Extension<'a>,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Serialize)]
struct File<'a> {
    url: String,
    mime_type: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    size_in_bytes: Option<u64>,
}

/// The custom object of an item; its keys are explained in the reference.
#[derive(Serialize)]
struct Extension<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<Source<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rights: Option<&'a str>,
}

/// The feed an item was taken from.
#[derive(Serialize)]
struct Source<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    feed_url: Option<String>,
}

impl<'a> Feed<'a> {
    fn of(feed: &'a OutputFeed) -> Self {
        Self {
            version: VERSION,
            title: feed.title.as_str(),
            home_page_url: feed.link.as_ref().map(uri),
            feed_url: feed.self_url(OutputFormat::Json).as_ref().map(uri),
            description: feed.description.as_str(),
            language: feed.language.as_deref(),
            items: feed.items.iter().map(|item| Item::of(feed, item)).collect(),
        }
    }
}

impl<'a> Item<'a> {
    /// An item has content, by the specification: the whole text, else the excerpt, else the title as text.
    fn of(feed: &OutputFeed, item: &'a OutputItem) -> Self {
        let html = item.content.as_ref().or(item.summary.as_ref()).map(|html| html.as_str());
        Self {
            id: &item.guid.value,
            url: item.url.as_ref().map(uri),
            title: item.title.as_str(),
            content_html: html,
            content_text: html.is_none().then_some(item.title.as_str()),
            summary: item.excerpt.as_ref().map(|excerpt| excerpt.as_str()),
            image: item.image.as_ref().map(uri),
            date_published: rfc3339(item.published),
            date_modified: (item.updated > item.published).then(|| rfc3339(item.updated)),
            authors: item
                .authors
                .iter()
                .map(|author| Author { name: author.name.as_str(), url: author.url.as_ref().map(uri) })
                .collect(),
            tags: item.tags.iter().map(|tag| tag.as_str()).collect(),
            language: own_language(feed, item),
            attachments: item.attachments.iter().map(File::of).collect(),
            extension: Extension {
                source: item.credit.as_ref().map(Source::of),
                rights: item.rights.as_ref().map(|rights| rights.as_str()),
            },
        }
    }
}

impl<'a> File<'a> {
    fn of(attachment: &'a Attachment) -> Self {
        Self {
            url: uri(&attachment.url),
            mime_type: &attachment.media_type,
            size_in_bytes: attachment.length,
        }
    }
}

impl Extension<'_> {
    fn is_empty(&self) -> bool {
        self.source.is_none() && self.rights.is_none()
    }
}

impl<'a> Source<'a> {
    fn of(credit: &'a ItemCredit) -> Self {
        Self {
            name: credit.name.as_str(),
            url: credit.site.as_ref().map(uri),
            feed_url: credit.feed.as_ref().map(uri),
        }
    }
}

/// Compact JSON with a line for each item: small, and a difference between two documents shows the items that differ.
struct LinePerItem {
    depth: usize,
}

impl LinePerItem {
    /// Inside the feed object and its list of items.
    const ITEMS: usize = 2;

    fn open(&mut self) {
        self.depth += 1;
    }

    fn close(&mut self) {
        self.depth -= 1;
    }
}

impl Formatter for LinePerItem {
    fn begin_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open();
        CompactFormatter.begin_object(writer)
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.close();
        CompactFormatter.end_object(writer)
    }

    fn begin_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open();
        CompactFormatter.begin_array(writer)
    }

    fn end_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.close();
        CompactFormatter.end_array(writer)
    }

    fn begin_array_value<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        CompactFormatter.begin_array_value(writer, first)?;
        if self.depth == Self::ITEMS { writer.write_all(b"\n") } else { Ok(()) }
    }
}
