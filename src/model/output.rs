//! An output feed, composed: all a renderer needs, and nothing unclean.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use url::Url;

use super::article::{Attachment, Author, Guid};
use super::clean::{PlainText, SafeHtml};
use super::ids::FeedId;

/// The formats Feedmill publishes. One row each in [`OutputFormat::ALL`] and in the tables below.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum OutputFormat {
    /// RSS 2.0.
    Rss,
    /// Atom 1.0 (RFC 4287).
    Atom,
    /// JSON Feed 1.1.
    Json,
}

impl OutputFormat {
    /// All of them, in the order they are listed to people.
    pub const ALL: [Self; 3] = [Self::Rss, Self::Atom, Self::Json];

    /// What people call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Rss => "RSS",
            Self::Atom => "Atom",
            Self::Json => "JSON Feed",
        }
    }

    /// File extension: what static hosts map to the right media type.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Rss => "rss",
            Self::Atom => "atom",
            Self::Json => "json",
        }
    }

    /// Media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Rss => "application/rss+xml",
            Self::Atom => "application/atom+xml",
            Self::Json => "application/feed+json",
        }
    }
}

/// A composed output feed: a pure function of store, config and now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFeed {
    /// The stem of its files.
    pub id: FeedId,
    /// One line, never empty.
    pub title: PlainText,
    /// One line; the title where the config has none.
    pub description: PlainText,
    /// The page the feed belongs to.
    pub link: Option<Url>,
    /// BCP 47 language tag.
    pub language: Option<String>,
    /// Where the output folder is served, with a trailing slash; `None`: no self links.
    pub base_url: Option<Url>,
    /// The formats written.
    pub formats: Vec<OutputFormat>,
    /// The newest change among the items; the Unix epoch for an empty feed. Never "now".
    pub updated: DateTime<Utc>,
    /// In the order to print.
    pub items: Vec<OutputItem>,
    /// What it had and dropped, newest first.
    pub deleted: Vec<Tombstone>,
}

/// An item that a feed had, and that its source took back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tombstone {
    /// The id it was published under: an absolute URI.
    pub id: String,
    /// When it was taken back.
    pub at: DateTime<Utc>,
}

impl OutputFeed {
    /// The name of the feed's document in a format, relative to the output folder: `news.rss`.
    #[must_use]
    pub fn file_name(&self, format: OutputFormat) -> String {
        format!("{}.{}", self.id, format.extension())
    }

    /// Where the feed's document in a format is served, if that is known.
    #[must_use]
    pub fn self_url(&self, format: OutputFormat) -> Option<Url> {
        self.base_url.as_ref().and_then(|base| base.join(&self.file_name(format)).ok())
    }
}

/// One item, with the republish ceiling applied and the credit line in place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputItem {
    /// The published id.
    pub guid: Guid,
    /// One line, never empty.
    pub title: PlainText,
    /// The article's page.
    pub url: Option<Url>,
    /// Excerpt as text, without credit line; `None` under the ceiling `link` or where there are no words.
    pub excerpt: Option<PlainText>,
    /// Excerpt as HTML, credit line included; `None` where the ceiling is `link` and there is no credit.
    pub summary: Option<SafeHtml>,
    /// Full text with the credit line; only under the ceiling `full`.
    pub content: Option<SafeHtml>,
    /// Who wrote it.
    pub authors: Vec<Author>,
    /// Tags, without doubles.
    pub tags: Vec<PlainText>,
    /// Publication date.
    pub published: DateTime<Utc>,
    /// Newest change; never before `published`.
    pub updated: DateTime<Utc>,
    /// BCP 47 language tag, where it is known.
    pub language: Option<String>,
    /// Rights statement.
    pub rights: Option<PlainText>,
    /// Lead image.
    pub image: Option<Url>,
    /// Enclosures.
    pub attachments: Vec<Attachment>,
    /// Whose article it is; `None` for articles of one's own that have no feed elsewhere.
    pub credit: Option<ItemCredit>,
}

/// The feed an item was taken from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ItemCredit {
    /// Name to print.
    pub name: PlainText,
    /// The source's feed document (RSS `source/@url`, Atom `source/link[@rel=self]`).
    pub feed: Option<Url>,
    /// The source's site.
    pub site: Option<Url>,
    /// The source feed's id: its own, else its URL.
    pub id: Option<String>,
    /// When the source feed changed last, as far as its newest article tells.
    pub updated: DateTime<Utc>,
}
