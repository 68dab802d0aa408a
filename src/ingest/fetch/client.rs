//! The edge: one HTTP client for the whole run.

use std::time::Duration;

use reqwest::header::{
    ACCEPT, CONTENT_LANGUAGE, CONTENT_LOCATION, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue,
    IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, LOCATION, RETRY_AFTER,
};
use reqwest::{Response, StatusCode, redirect};
use tokio::time::Instant;
use url::{Host, Url};

use crate::config::FetchPlan;
use crate::model::link::absolute;

use super::error::printable;
use super::gate::Gate;
use super::redirect::{Chain, Hop};
use super::{Answer, FetchError, Fetched, Request, RetryAfter, body};

/// A connection that is not made by then never will be, whatever the deadline.
const CONNECT: Duration = Duration::from_secs(10);
/// An idle connection is kept for the next request to its host no longer than this.
const IDLE: Duration = Duration::from_secs(30);
/// A validator longer than this is not worth its keep.
const LONGEST_VALIDATOR: usize = 2048;

/// Fetches documents within the plan's limits. One for the whole run; share it by reference or `Arc`.
#[derive(Debug)]
pub struct Client {
    http: reqwest::Client,
    gate: Gate,
    timeout: Duration,
    max_size: u64,
    max_redirects: usize,
}

impl Client {
    /// Sets up the client.
    ///
    /// # Errors
    /// [`FetchError::Setup`] when the contact cannot stand in a header, or the system gives no client.
    pub fn new(plan: &FetchPlan) -> Result<Self, FetchError> {
        // An error means that somebody installed one before us: then that one serves.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let agent = user_agent(plan.contact.as_deref())?;
        let setup = |error: &reqwest::Error| FetchError::Setup { cause: error.to_string() };
        // A machine without CA certificates still reads http: there, trust none, and each https source says so.
        let http = builder(&agent, plan)
            .build()
            .or_else(|_| builder(&agent, plan).tls_certs_only([]).build())
            .map_err(|error| setup(&error))?;
        Ok(Self {
            http,
            gate: Gate::new(plan.concurrency, plan.per_host),
            timeout: plan.timeout,
            max_size: plan.max_size,
            max_redirects: plan.max_redirects,
        })
    }

    /// Fetches one document. Waits for its turn first; the deadline counts from each hop's turn, all hops together.
    ///
    /// # Errors
    /// [`FetchError`]: every way in which there is no document.
    pub async fn fetch(&self, request: &Request) -> Result<Answer, FetchError> {
        let mut chain = Chain::start(&request.url, self.max_redirects)?;
        let mut left = self.timeout;
        loop {
            // Held for this hop only: waiting for the next host must not keep this one.
            let Some(_pass) = self.gate.pass(chain.here()).await else {
                return Err(FetchError::Setup { cause: "the client is closed".to_owned() });
            };
            let began = Instant::now();
            let late = FetchError::Timeout { url: chain.here().to_string(), after: self.timeout };
            let hop = tokio::time::timeout(left, self.hop(request, &mut chain)).await;
            match hop.map_err(|_| late)?? {
                Some(Document { answer, bytes }) => return Ok(judged(answer, bytes, chain)),
                None => left = left.saturating_sub(began.elapsed()),
            }
        }
    }

    /// One request and its answer, body included; `None` when the chain has gone on to another URL.
    async fn hop(&self, request: &Request, chain: &mut Chain) -> Result<Option<Document>, FetchError> {
        let response = self.send(request, chain).await?;
        let url = chain.here();
        match response.status() {
            StatusCode::NOT_MODIFIED if request.is_conditional() => {
                Ok(Some(Document { answer: Head::of(&response), bytes: None }))
            }
            StatusCode::NOT_MODIFIED => Err(FetchError::NotModifiedUnasked { url: printable(url) }),
            code if Hop::is_redirect(code.as_u16()) => {
                let location = response.headers().get(LOCATION).map(HeaderValue::as_bytes);
                chain.follow(Hop { code: code.as_u16(), location }).map(|()| None)
            }
            // Not 204, 205, 206: they promise no whole document.
            StatusCode::OK | StatusCode::NON_AUTHORITATIVE_INFORMATION => {
                let answer = Head::of(&response);
                let bytes = body::read(response, url, self.max_size).await?;
                Ok(Some(Document { answer, bytes: Some(bytes) }))
            }
            code => Err(FetchError::Status {
                url: printable(url),
                code: code.as_u16(),
                retry_after: text(response.headers(), &RETRY_AFTER).as_deref().and_then(RetryAfter::parse),
            }),
        }
    }

    async fn send(&self, request: &Request, chain: &Chain) -> Result<Response, FetchError> {
        let mut headers = HeaderMap::new();
        if chain.is_trusted() {
            headers.clone_from(&request.headers);
        }
        headers.entry(ACCEPT).or_insert(HeaderValue::from_static(request.accept.header()));
        for (name, value) in [(IF_NONE_MATCH, &request.etag), (IF_MODIFIED_SINCE, &request.last_modified)] {
            if let Some(value) = value {
                let bytes = HeaderValue::from_bytes(value.as_bytes()).map_err(|_| FetchError::Address {
                    url: printable(chain.here()),
                    cause: format!("the stored {name} is no header value"),
                })?;
                headers.insert(name, bytes);
            }
        }
        let sent = self.http.get(chain.address()).headers(headers).send().await;
        sent.map_err(|error| FetchError::of_request(chain.here(), &error))
    }
}

/// What an answer's headers say of the document.
struct Head {
    etag: Option<String>,
    last_modified: Option<String>,
    content_type: Option<String>,
    content_language: Option<String>,
    content_location: Option<String>,
}

/// The end of a chain; no bytes: not modified.
struct Document {
    answer: Head,
    bytes: Option<Vec<u8>>,
}

impl Head {
    fn of(response: &Response) -> Self {
        let headers = response.headers();
        let validator = |name| text(headers, name).filter(|value| value.len() <= LONGEST_VALIDATOR);
        Self {
            etag: validator(&ETAG),
            last_modified: validator(&LAST_MODIFIED),
            content_type: text(headers, &CONTENT_TYPE),
            content_language: text(headers, &CONTENT_LANGUAGE),
            content_location: text(headers, &CONTENT_LOCATION),
        }
    }
}

fn judged(head: Head, bytes: Option<Vec<u8>>, chain: Chain) -> Answer {
    let Head { etag, last_modified, content_type, content_language, content_location } = head;
    let Some(bytes) = bytes else {
        return Answer::NotModified { etag, last_modified };
    };
    let (url, moved_permanently_to) = chain.end();
    let base = content_location.and_then(|written| content_base(&written, &url));
    Answer::Body(Box::new(Fetched {
        bytes,
        base: base.unwrap_or_else(|| url.clone()),
        url,
        moved_permanently_to,
        etag,
        last_modified,
        content_type,
        content_language,
    }))
}

/// The base that `Content-Location` names. Another address in numbers is that of a machine behind the one we asked.
fn content_base(written: &str, url: &Url) -> Option<Url> {
    let base = absolute(written, Some(url))?;
    let is_elsewhere = base.host() != url.host() && !matches!(base.host(), Some(Host::Domain(_)));
    (!is_elsewhere).then_some(base)
}

/// A header's value, byte for byte; one that is not UTF-8 could not be sent back so, and counts as none.
fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let value = std::str::from_utf8(headers.get(name)?.as_bytes()).ok()?;
    (!value.is_empty()).then(|| value.to_owned())
}

fn user_agent(contact: Option<&str>) -> Result<HeaderValue, FetchError> {
    let name = concat!("Feedmill/", env!("CARGO_PKG_VERSION"));
    let agent = contact.map_or_else(|| name.to_owned(), |contact| format!("{name} (+{contact})"));
    HeaderValue::from_str(&agent).map_err(|_| FetchError::Setup {
        cause: "`fetch.contact` holds a character that no header may".to_owned(),
    })
}

#[allow(clippy::disallowed_methods, reason = "the one place that builds an HTTP client")]
fn builder(agent: &HeaderValue, plan: &FetchPlan) -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .user_agent(agent)
        .redirect(redirect::Policy::none())
        .referer(false)
        .retry(reqwest::retry::never())
        // RFC 9112 §5.2: whoever asks must read a folded header.
        .http1_allow_obsolete_multiline_headers_in_responses(true)
        .connect_timeout(CONNECT.min(plan.timeout))
        .pool_max_idle_per_host(plan.per_host.max(1))
        .pool_idle_timeout(IDLE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_location_is_a_base_where_it_names_one_that_can_be_reached() {
        let url = Url::parse("https://example.org/feeds/all").unwrap();
        for (written, base) in [
            ("/feeds/all.xml", Some("https://example.org/feeds/all.xml")),
            ("en/", Some("https://example.org/feeds/en/")),
            ("http://cdn.example.com/a", Some("http://cdn.example.com/a")),
            ("http://10.0.0.1/feeds/all.xml", None),
            ("http://[::1]/", None),
            ("javascript:x", None),
            ("http://[", None),
        ] {
            assert_eq!(content_base(written, &url).as_ref().map(Url::as_str), base, "{written}");
        }
        let local = Url::parse("http://127.0.0.1:8080/a/b").unwrap();
        assert_eq!(content_base("c", &local).unwrap().as_str(), "http://127.0.0.1:8080/a/c");
    }
}
