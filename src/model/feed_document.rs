//! What one feed document said, as parsed: the public feed record of `docs/reference/record.md`. Every field is
//! optional, nothing is invented, nothing is cleaned yet.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::parts::{
    Category, Chapter, Cloud, Enclosure, Generator, Geo, Image, InReplyTo, Itunes, Link, Media, Person,
    PodcastPerson, Text, TextInput, Transcript, Warning, one_or_list,
};

/// The format a document turned out to be in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub enum InputFormat {
    /// RSS 0.90 (RDF, `http://my.netscape.com/rdf/simple/0.9/`).
    #[serde(rename = "rss-0.90")]
    Rss090,
    /// RSS 0.91.
    #[serde(rename = "rss-0.91")]
    Rss091,
    /// RSS 0.92.
    #[serde(rename = "rss-0.92")]
    Rss092,
    /// RSS 0.93.
    #[serde(rename = "rss-0.93")]
    Rss093,
    /// RSS 0.94.
    #[serde(rename = "rss-0.94")]
    Rss094,
    /// RSS 1.0 (RDF, `http://purl.org/rss/1.0/`).
    #[serde(rename = "rss-1.0")]
    Rss10,
    /// RSS 1.1 (RDF, `http://purl.org/net/rss1.1#`).
    #[serde(rename = "rss-1.1")]
    Rss11,
    /// RSS 2.0, and anything else that calls itself `rss`.
    #[default]
    #[serde(rename = "rss-2.0")]
    Rss20,
    /// Atom 0.3.
    #[serde(rename = "atom-0.3")]
    Atom03,
    /// Atom 1.0 (RFC 4287).
    #[serde(rename = "atom-1.0")]
    Atom10,
    /// JSON Feed 1.0.
    #[serde(rename = "json-feed-1.0")]
    JsonFeed10,
    /// JSON Feed 1.1.
    #[serde(rename = "json-feed-1.1")]
    JsonFeed11,
    /// Channel Definition Format (W3C NOTE-CDFsubmit).
    #[serde(rename = "cdf")]
    Cdf,
    /// A sitemap (sitemaps.org), of news or not.
    #[serde(rename = "sitemap")]
    Sitemap,
    /// A web page with microformats: h-feed, h-entry or hAtom.
    #[serde(rename = "h-feed")]
    HFeed,
}

/// One feed document.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct FeedDocument {
    /// The format found.
    pub format: InputFormat,
    /// The label of the character encoding used (WHATWG name, lower case), where there were bytes to decode.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// What the document says of the feed.
    #[serde(flatten)]
    pub meta: FeedMeta,
    /// The entries in document order.
    pub entries: Vec<Entry>,
    /// What had to be repaired.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Warning>,
    /// The entries that it says were deleted (RFC 6721).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub deleted: Vec<DeletedEntry>,
}

/// An entry that a feed says was deleted (RFC 6721 §3).
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct DeletedEntry {
    /// Its id.
    #[serde(rename = "ref")]
    pub id: String,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<DateTime<Utc>>,
    /// By whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Person>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<Text>,
}

/// What a document says of its feed; also what an entry says of the feed it came from (`source`).
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[allow(missing_docs, reason = "the fields are those of docs/reference/record.md, name by name")]
pub struct FeedMeta {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subtitle: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rights: Option<Text>,
    /// The page the feed belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub generator: Option<Generator>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<Person>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contributors: Vec<Person>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<Person>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<Image>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logo: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<Category>,
    /// Minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ttl: Option<u32>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub skip_hours: Vec<u8>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub skip_days: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub update_period: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub update_frequency: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub docs: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub license: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cloud: Option<Box<Cloud>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text_input: Option<Box<TextInput>>,
    /// WebSub hubs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hubs: Vec<String>,
    /// The next page of the feed (RFC 5005 §3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// The archive document before this one (RFC 5005 §4).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prev_archive: Option<String>,
    /// Whether the document is the whole feed (RFC 5005 §2).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub complete: Option<bool>,
    /// Whether the document is an archive document (RFC 5005 §4).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archive: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub itunes: Option<Box<Itunes>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub geo: Option<Box<Geo>>,
    #[serde(rename = "person", skip_serializing_if = "Vec::is_empty")]
    pub persons: Vec<PodcastPerson>,
    /// Elements and attributes that no module claims, by name as written.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub extensions: BTreeMap<String, String>,
}

/// One entry (RSS item, Atom entry, JSON Feed item), as parsed.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[allow(missing_docs, reason = "the fields are those of docs/reference/record.md, name by name")]
pub struct Entry {
    /// RSS `guid`, Atom `id`, JSON Feed `id`, RDF `rdf:about`: never normalised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// RSS only: what `isPermaLink` says; left out where there is no guid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guid_is_permalink: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<Text>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub content: Vec<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rights: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expired: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<Person>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contributors: Vec<Person>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<Person>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<Image>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<Category>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub enclosures: Vec<Enclosure>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comments: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comments_feed: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub license: Option<String>,
    /// The feed the entry was taken from, where it says one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Box<FeedMeta>>,
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "one_or_list")]
    pub in_reply_to: Vec<InReplyTo>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub media: Vec<Media>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub itunes: Option<Box<Itunes>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub chapters: Vec<Chapter>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub transcripts: Vec<Transcript>,
    #[serde(rename = "person", skip_serializing_if = "Vec::is_empty")]
    pub persons: Vec<PodcastPerson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub geo: Option<Box<Geo>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub extensions: BTreeMap<String, String>,
}
