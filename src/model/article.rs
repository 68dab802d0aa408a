//! An article as kept: what Feedmill vouches for. Never without key, title, date and source.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use url::Url;

use super::clean::{PlainText, SafeHtml};
use super::ids::{ArticleId, SourceId};
use super::revision::Withdrawal;

/// The feed document, document folder or page that an article came from, and what it says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The source in `config.toml`.
    pub source: SourceId,
    /// Which document of the source: empty for a source that is one feed or one folder, else the path (relative to
    /// the config file) or URL. Keys are compared only within one origin.
    pub scope: String,
    /// What the document says of itself.
    pub about: About,
}

/// What a feed says of itself, cleaned: the matter of a credit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct About {
    /// The feed's title.
    pub title: Option<PlainText>,
    /// The site the feed belongs to.
    pub site: Option<Url>,
    /// The feed document itself: its self link, else where it was fetched.
    pub feed: Option<Url>,
    /// The feed's own id (Atom `id`, RDF `rdf:about`), where it is an absolute URI.
    pub id: Option<String>,
    /// BCP 47 language tag.
    pub language: Option<String>,
    /// Rights statement.
    pub rights: Option<PlainText>,
    /// When the feed says it last changed.
    pub updated: Option<DateTime<Utc>>,
    /// It is a web page with microformats, no document made to be a feed.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_page: bool,
}

/// A person who wrote or helped.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Author {
    /// The name; never empty (an author known by address only has the address's local part here).
    pub name: PlainText,
    /// A page about the author (http, https).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Url>,
    /// What the article says about the author, at its end: no part of the story, but published below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bio: Option<PlainText>,
}

/// A file that belongs to an article.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Attachment {
    /// Absolute, http or https.
    pub url: Url,
    /// Media type: as given, else guessed from the path, else `application/octet-stream`.
    pub media_type: String,
    /// Bytes, where given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length: Option<u64>,
}

/// The words of an article, cleaned: what a revision is a revision of.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ArticleBody {
    /// One line, never empty.
    pub title: PlainText,
    /// The article's page: absolute, http(s), tracking parameters removed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<Url>,
    /// The source's own summary (dek, description) as text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<PlainText>,
    /// The body. Kept apart from the rest in the store, and not loaded unless asked for.
    #[serde(skip)]
    pub content: Option<SafeHtml>,
    /// Who wrote it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<Author>,
    /// The source's own categories, one line each, without doubles.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<PlainText>,
    /// BCP 47 language tag: the entry's own, else the feed's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The entry's own rights statement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rights: Option<PlainText>,
    /// Lead image.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<Url>,
    /// Enclosures.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// The feed the entry itself credits (`source`), where its feed is a republisher.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credits: Option<Box<About>>,
    /// Words of the body, or of the summary where there is no body.
    pub words: u32,
}

/// A name an article is recognised by, within its origin (`docs/internals.md`, "Identity").
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// The entry's own id without scheme (`http:` and `https:` are one).
    Guid(String),
    /// The normalised link: host in lower case, no scheme, fragment, tracking parameter or trailing slash.
    Link(String),
    /// A hash of title and date as given, in hex; for an entry that has nothing else of its own, of its whole body.
    Hash(String),
}

/// An entry after cleaning, before it is decided whether it is new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Strongest first: guid, link, hash.
    pub keys: Vec<Key>,
    /// The entry's own id as given.
    pub guid: Option<Guid>,
    /// The words.
    pub body: ArticleBody,
    /// As given, if readable.
    pub published: Option<DateTime<Utc>>,
    /// As given, if readable.
    pub updated: Option<DateTime<Utc>>,
    /// When the file was last modified that it is from: a guess at `published`, where nothing is given.
    pub file_time: Option<DateTime<Utc>>,
}

/// A published id: never changes once given.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Guid {
    /// An absolute URI (RFC 3986): the source's own where it is globally unique, else `urn:uuid:` made once.
    pub value: String,
    /// Whether the value is the URL of the article's page.
    pub is_permalink: bool,
}

/// Where an article's publication date is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateBasis {
    /// The source said it.
    Given,
    /// The source said none, none readable or one in the future: the moment Feedmill first saw the article.
    FirstSeen,
    /// The source said none, none readable or one in the future: when its file was last modified, as it was first seen.
    FileTime,
}

/// An article as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Short id, for people and the command line.
    pub id: ArticleId,
    /// Where it came from.
    pub origin: Arc<Origin>,
    /// The id it is published under.
    pub guid: Guid,
    /// The words, in their newest revision.
    pub body: ArticleBody,
    /// Never in the future of `first_seen`.
    pub published: DateTime<Utc>,
    /// Where `published` is from.
    pub date_basis: DateBasis,
    /// The newest change after publication, if any.
    pub updated: Option<DateTime<Utc>>,
    /// When Feedmill first saw it.
    pub first_seen: DateTime<Utc>,
    /// 1 for the first.
    pub revision: u32,
    /// Whether it came among many that nothing was known of.
    pub flood: Option<Flood>,
    /// Whether its source took it back.
    pub withdrawn: Option<Withdrawal>,
}

/// A reading of a document in which no entry was known: all that it showed was new at once. Those of one flood have one
/// document and one `first_seen`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Flood {
    /// The document was read for the first time.
    First,
    /// It had articles, and nothing in it was one of them.
    Later,
}

impl Article {
    /// When the article last changed: `updated`, else `published`.
    #[must_use]
    pub fn changed(&self) -> DateTime<Utc> {
        self.updated.map_or(self.published, |updated| updated.max(self.published))
    }
}

/// A digest of a body: two bodies are the same revision exactly if their fingerprints are equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint(pub [u8; 16]);
