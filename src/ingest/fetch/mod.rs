//! Bytes from elsewhere: HTTP, with manners and limits. The only place that talks to the network.
//!
//! Decisions are plain functions: [`schedule`] says when to ask again, `redirect` which hop may follow, `ask` what it is
//! told, [`Wishes`] what the server asks for, [`Rules`] what robots.txt allows. [`Client`] only carries them out.

mod ask;
mod body;
#[cfg(test)]
mod caps;
mod client;
mod error;
mod freshness;
mod gate;
mod guard;
mod http_date;
mod leave;
mod meter;
mod redirect;
mod retry_after;
mod robots;
pub mod schedule;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
mod transport;
mod unpack;
mod validators;
mod wait;

use std::borrow::Cow;

use reqwest::header::HeaderMap;
use url::Url;

pub use body::Packed;
pub use client::Client;
pub use error::{Fault, FetchError, printable};
pub use freshness::{Freshness, Wishes};
pub use guard::{Why, is_global};
pub use meter::Meter;
pub(crate) use redirect::{address_after_move, bare, is_downgrade};
pub use retry_after::RetryAfter;
pub use robots::{Robots, Rules};
pub use wait::Wait;

/// A request to make. It borrows what whoever asks has anyway.
#[derive(Debug, Clone)]
pub struct Request<'a> {
    /// http or https. A user name and password in it are sent as basic authentication, to its own host only.
    pub url: Cow<'a, Url>,
    /// Sent back as `If-None-Match`, byte for byte; a character a byte, as in [`Fetched`].
    pub etag: Option<&'a str>,
    /// Sent back as `If-Modified-Since`, byte for byte; a character a byte, as in [`Fetched`].
    pub last_modified: Option<&'a str>,
    /// Extra headers, for the host of `url` only.
    pub headers: HeaderMap,
    /// What is wanted.
    pub accept: Accept,
    /// The URL that gave the validators: they are sent to no other. `None`: `url`.
    pub validators_of: Option<Url>,
    /// Whether the host of `url` may be in a private network, as long as no redirect has left it.
    pub allow_private: bool,
    /// Counts what goes over the wire, for whoever wants to know.
    pub meter: Option<&'a Meter>,
}

impl<'a> Request<'a> {
    /// An unconditional request without extra headers, to the public internet.
    #[must_use]
    pub fn new(url: Url, accept: Accept) -> Self {
        Self::to(Cow::Owned(url), accept)
    }

    /// As [`Request::new`], to a URL that may be borrowed.
    #[must_use]
    pub fn to(url: Cow<'a, Url>, accept: Accept) -> Self {
        let headers = HeaderMap::new();
        let (etag, last_modified, validators_of, meter) = (None, None, None, None);
        Self { url, etag, last_modified, headers, accept, validators_of, allow_private: false, meter }
    }

    /// Tells the meter, if there is one.
    fn count(&self, tell: impl FnOnce(&Meter)) {
        if let Some(meter) = self.meter {
            tell(meter);
        }
    }
}

/// What kind of document is wanted: decides the `Accept` header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accept {
    /// A feed, or a page that links to one.
    Feed,
    /// A web page.
    Page,
    /// A robots.txt (RFC 9309 §2.3).
    Robots,
}

impl Accept {
    /// The value of the `Accept` header (RFC 9110 §12.5.1).
    #[must_use]
    pub const fn header(self) -> &'static str {
        match self {
            Self::Feed => {
                "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, \
                 application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/html;q=0.5, */*;q=0.1"
            }
            Self::Page => "text/html, application/xhtml+xml, text/plain;q=0.5, */*;q=0.1",
            Self::Robots => "text/plain, */*;q=0.1",
        }
    }

    /// How many redirects are followed: to a robots.txt always five (RFC 9309 §2.3.1.2), else what is configured.
    fn redirects(self, configured: usize) -> usize {
        match self {
            Self::Feed | Self::Page => configured,
            Self::Robots => 5,
        }
    }
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
        /// As in [`Fetched`].
        moved_permanently_to: Option<Url>,
        /// As in [`Fetched`].
        wishes: Wishes,
    },
    /// A document.
    Body(Box<Fetched>),
}

/// A document, fetched.
#[derive(Debug, Clone)]
pub struct Fetched {
    /// The body as it was sent; [`Fetched::unpack`] gives the document.
    pub body: Packed,
    /// Where it was in the end, after redirects; without user name and password.
    pub url: Url,
    /// What relative URLs in it are relative to: `Content-Location` (RFC 9110 §8.7), else `url`.
    pub base: Url,
    /// Where the leading 301 and 308 redirects of the chain led: the address to use from now on.
    pub moved_permanently_to: Option<Url>,
    /// `ETag`, byte for byte: a character a byte, since nothing says that it is UTF-8.
    pub etag: Option<String>,
    /// `Last-Modified`, byte for byte: a character a byte.
    pub last_modified: Option<String>,
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// `Content-Language`.
    pub content_language: Option<String>,
    /// What the server asks of the next request.
    pub wishes: Wishes,
    /// 226 (RFC 3229): only what is new, so that what is not in it has not vanished.
    pub is_partial: bool,
}

impl Fetched {
    /// The document itself. This takes the processor's time.
    ///
    /// # Errors
    /// [`FetchError::TooLarge`], [`FetchError::Bomb`], and [`FetchError::Body`] for what is not whole or not what its
    /// coding says.
    pub fn unpack(&self) -> Result<Cow<'_, [u8]>, FetchError> {
        self.body.unpack(&self.url)
    }
}
