//! Bytes from elsewhere: HTTP, with manners and limits. The only place that talks to the network.

use reqwest::header::HeaderMap;
use url::Url;

/// A request to make.
#[derive(Debug, Clone)]
pub struct Request {
    /// http or https.
    pub url: Url,
    /// Sent back as `If-None-Match`, byte for byte.
    pub etag: Option<String>,
    /// Sent back as `If-Modified-Since`, byte for byte.
    pub last_modified: Option<String>,
    /// Extra headers, for the host of `url` only.
    pub headers: HeaderMap,
    /// What is wanted.
    pub accept: Accept,
}

/// What kind of document is wanted: decides the `Accept` header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accept {
    /// A feed, or a page that links to one.
    Feed,
    /// A web page.
    Page,
}

/// What the server answered.
#[derive(Debug, Clone)]
pub enum Answer {
    /// 304, with validators where it sent new ones.
    NotModified {
        /// New `ETag`.
        etag: Option<String>,
        /// New `Last-Modified`.
        last_modified: Option<String>,
    },
    /// A document.
    Body(Box<Fetched>),
}

/// A document, fetched.
#[derive(Debug, Clone)]
pub struct Fetched {
    /// The body after decompression.
    pub bytes: Vec<u8>,
    /// Where it was in the end, after redirects.
    pub url: Url,
    /// `ETag`, byte for byte.
    pub etag: Option<String>,
    /// `Last-Modified`, byte for byte.
    pub last_modified: Option<String>,
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// `Content-Language`.
    pub content_language: Option<String>,
}
