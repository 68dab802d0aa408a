//! The edge: one HTTP client for the whole run.

use std::pin::pin;
use std::time::Duration;

use reqwest::header::{
    CONTENT_LANGUAGE, CONTENT_LOCATION, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue,
    LAST_MODIFIED, LOCATION,
};
use reqwest::{Response, StatusCode};
use url::{Host, Url};

use crate::config::{FetchPlan, Limits};
use crate::model::link::absolute;

use super::body::{Caps, Packed};
use super::error::printable;
use super::gate::Gate;
use super::leave::{Always, Leave};
use super::redirect::{Chain, Hop};
use super::transport::{Door, Transport};
use super::wait::{Deadline, Wait};
use super::{Answer, FetchError, Fetched, Freshness, Meter, Request, Wishes, body, freshness, validators};

/// What was done to the document that a 226 holds a part of (RFC 3229 §10.5.2).
const IM: HeaderName = HeaderName::from_static("im");

/// Fetches documents within the plan's limits. One for the whole run; share it by reference or `Arc`.
#[derive(Debug)]
pub struct Client {
    transport: Transport,
    gate: Gate,
    timeout: Duration,
    max_size: u64,
    limits: Limits,
    max_redirects: usize,
}

impl Client {
    /// Sets up the client.
    ///
    /// # Errors
    /// [`FetchError::Setup`] when the contact cannot stand in a header, or the system gives no client.
    pub fn new(plan: &FetchPlan) -> Result<Self, FetchError> {
        Transport::new(plan).map(|transport| Self::over(transport, plan))
    }

    /// Over this transport.
    pub(super) fn over(transport: Transport, plan: &FetchPlan) -> Self {
        Self {
            transport,
            gate: Gate::new(plan.concurrency, plan.per_host),
            timeout: plan.timeout,
            max_size: plan.max_size,
            limits: plan.limits,
            max_redirects: plan.max_redirects,
        }
    }

    /// Fetches one document. Waits for its turn first; the deadline counts from each hop's turn, all hops together.
    ///
    /// # Errors
    /// [`FetchError`]: every way in which there is no document.
    pub async fn fetch(&self, request: &Request<'_>) -> Result<Answer, FetchError> {
        self.fetch_by_leave(request, &Always).await
    }

    /// As [`Client::fetch`], for each hop by leave of `leave`.
    ///
    /// # Errors
    /// [`FetchError`]; also what `leave` says.
    pub(crate) async fn fetch_by_leave(
        &self,
        request: &Request<'_>,
        leave: &impl Leave,
    ) -> Result<Answer, FetchError> {
        let mut chain = Chain::start(&request.url, request.accept.redirects(self.max_redirects))?;
        let mut left = self.timeout;
        loop {
            leave.ask(chain.here()).await?;
            // Held for this hop only: waiting for the next host must not keep this one.
            let Some(_pass) = self.gate.pass(chain.here()).await else {
                return Err(FetchError::Setup { cause: "the client is closed".to_owned() });
            };
            let door = self.transport.door(&chain, request.allow_private)?;
            let deadline = Deadline::after(left, self.timeout);
            let errand = Errand { request, door, deadline };
            match self.hop(&errand, &mut chain).await? {
                Some(Document { answer, body }) => return Ok(judged(answer, body, chain)),
                None => left = deadline.left(),
            }
        }
    }

    /// One request and its answer, body included; `None` when the chain has gone on to another URL.
    async fn hop(&self, errand: &Errand<'_>, chain: &mut Chain<'_>) -> Result<Option<Document>, FetchError> {
        let request = errand.request;
        let (headers, is_conditional) = self.transport.headers(request, chain);
        let response = self.get(errand, chain, headers).await?;
        let url = chain.here();
        match response.status() {
            StatusCode::NOT_MODIFIED if is_conditional => {
                request.count(Meter::not_modified);
                Ok(Some(Document { answer: Head::of_unchanged(&response, request), body: None }))
            }
            StatusCode::NOT_MODIFIED => Err(FetchError::NotModifiedUnasked { url: printable(url) }),
            code if Hop::is_redirect(code.as_u16()) => {
                let location = response.headers().get(LOCATION).map(HeaderValue::as_bytes);
                chain.follow(Hop { code: code.as_u16(), location }).map(|()| None)
            }
            // Not 204, 205, 206: they promise no whole document.
            StatusCode::OK | StatusCode::NON_AUTHORITATIVE_INFORMATION => {
                self.body(errand, response, url).await.map(Some)
            }
            StatusCode::IM_USED if is_conditional && is_feed_delta(&response) => {
                self.body(errand, response, url).await.map(Some)
            }
            code => Err(FetchError::Status {
                url: printable(url),
                code: code.as_u16(),
                retry_after: freshness::wait(response.headers()),
                freshness: Freshness::of(response.headers()),
            }),
        }
    }

    /// One GET. Behind a redirect, the connection that is left from the hop before may be closed just while it is used
    /// again: then it was not this request that the server refused, and it is sent once more (RFC 9112 §9.3.1).
    async fn get(
        &self,
        errand: &Errand<'_>,
        chain: &Chain<'_>,
        headers: HeaderMap,
    ) -> Result<Response, FetchError> {
        let again = chain.has_gone_on().then(|| headers.clone());
        match (self.send(errand, chain, headers).await, again) {
            (Err(FetchError::Protocol { hung_up: true, .. }), Some(headers)) => {
                self.send(errand, chain, headers).await
            }
            (sent, _) => sent,
        }
    }

    async fn send(
        &self,
        errand: &Errand<'_>,
        chain: &Chain<'_>,
        headers: HeaderMap,
    ) -> Result<Response, FetchError> {
        errand.request.count(Meter::asked);
        let head = (Wait::Head, self.limits.header_timeout);
        let sending = pin!(self.transport.get(errand.door, chain, headers));
        let response = errand.deadline.bound(sending, head, chain.here()).await??;
        if let Some(wait) = freshness::wait(response.headers()) {
            errand.request.count(|meter| meter.told_to_wait(wait));
        }
        Ok(response)
    }

    async fn body(&self, errand: &Errand<'_>, response: Response, url: &Url) -> Result<Document, FetchError> {
        let answer = Head::of(&response);
        let caps = Caps { max_size: self.max_size, limits: &self.limits, deadline: errand.deadline };
        let body = body::read(response, url, caps).await?;
        errand.request.count(|meter| meter.received(body.sent().len() as u64));
        Ok(Document { answer, body: Some(body) })
    }
}

/// What one hop of an exchange is to do.
struct Errand<'a> {
    request: &'a Request<'a>,
    door: Door<'a>,
    deadline: Deadline,
}

/// What an answer's headers say of the document.
#[derive(Default)]
struct Head {
    etag: Option<String>,
    last_modified: Option<String>,
    content_type: Option<String>,
    content_language: Option<String>,
    content_location: Option<String>,
    wishes: Wishes,
    is_partial: bool,
}

/// The end of a chain; no bytes: not modified.
struct Document {
    answer: Head,
    body: Option<Packed>,
}

impl Head {
    fn of(response: &Response) -> Self {
        let headers = response.headers();
        Self {
            etag: validators::stored(headers, &ETAG),
            last_modified: validators::stored(headers, &LAST_MODIFIED),
            content_type: text(headers, &CONTENT_TYPE),
            content_language: text(headers, &CONTENT_LANGUAGE),
            content_location: text(headers, &CONTENT_LOCATION),
            wishes: Wishes::of(headers),
            is_partial: response.status() == StatusCode::IM_USED,
        }
    }

    /// What a 304 says: it brings no document that its other headers could be about.
    fn of_unchanged(response: &Response, request: &Request<'_>) -> Self {
        let headers = response.headers();
        Self {
            etag: validators::renewed(headers, &ETAG, request.etag),
            last_modified: validators::renewed(headers, &LAST_MODIFIED, request.last_modified),
            wishes: Wishes::of(headers),
            ..Self::default()
        }
    }
}

fn judged(head: Head, body: Option<Packed>, mut chain: Chain<'_>) -> Answer {
    let Head { etag, last_modified, wishes, .. } = head;
    let Some(body) = body else {
        let moved_permanently_to = chain.moved();
        return Answer::NotModified { etag, last_modified, moved_permanently_to, wishes };
    };
    let (url, moved_permanently_to) = chain.end();
    let base = head.content_location.and_then(|written| content_base(&written, &url));
    Answer::Body(Box::new(Fetched {
        body,
        base: base.unwrap_or_else(|| url.clone()),
        url,
        moved_permanently_to,
        etag,
        last_modified,
        content_type: head.content_type,
        content_language: head.content_language,
        wishes,
        is_partial: head.is_partial,
    }))
}

/// Whether a 226 holds what we asked for: the entries that are new (`IM: feed`), and nothing else done to it.
fn is_feed_delta(response: &Response) -> bool {
    text(response.headers(), &IM).is_some_and(|done| done.trim().eq_ignore_ascii_case("feed"))
}

/// The base that `Content-Location` names. Another address in numbers is that of a machine behind the one we asked.
fn content_base(written: &str, url: &Url) -> Option<Url> {
    let base = absolute(written, Some(url))?;
    let is_elsewhere = base.host() != url.host() && !matches!(base.host(), Some(Host::Domain(_)));
    (!is_elsewhere).then_some(base)
}

/// A header's value; one that is not UTF-8 counts as none.
fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let value = std::str::from_utf8(headers.get(name)?.as_bytes()).ok()?;
    (!value.is_empty()).then(|| value.to_owned())
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
