//! What a request says to one hop of a chain. Pure.

use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, HeaderMap, HeaderName, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH, USER_AGENT,
};
use url::Url;

use super::redirect::bare;
use super::unpack::CODINGS;
use super::{Accept, Request, validators};

/// Asks for the new entries only, where a server can tell them (RFC 3229 §10.5.3, with the `feed` manipulation).
const A_IM: HeaderName = HeaderName::from_static("a-im");
const FEED: HeaderValue = HeaderValue::from_static("feed");
/// Headers of a usual request, with `Host`, which the client adds: the map does not grow there.
const ROOM: usize = 7;

/// What every request for a kind of document says: made once, since a copy costs less than to put it together.
#[derive(Debug)]
pub(super) struct Usual {
    feed: HeaderMap,
    page: HeaderMap,
    robots: HeaderMap,
}

impl Usual {
    /// What `agent` says.
    pub(super) fn new(agent: &HeaderValue) -> Self {
        let of = |accept: Accept| {
            let mut headers = HeaderMap::with_capacity(ROOM);
            headers.insert(ACCEPT, HeaderValue::from_static(accept.header()));
            headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(CODINGS));
            headers.insert(USER_AGENT, agent.clone());
            headers
        };
        Self { feed: of(Accept::Feed), page: of(Accept::Page), robots: of(Accept::Robots) }
    }

    /// The headers for the hop at `here`, and whether it is asked for what has changed only. The request's own go to hops
    /// that may be trusted, before the usual ones; validators to the URL that gave them and to no other.
    pub(super) fn headers(&self, request: &Request<'_>, here: &Url, is_trusted: bool) -> (HeaderMap, bool) {
        let mut headers = self.of(request.accept).clone();
        if is_trusted && !request.headers.is_empty() {
            headers.extend(request.headers.clone());
        }
        let mut is_conditional = false;
        if same_page(here, request.validators_of.as_ref().unwrap_or(&request.url)) {
            for (name, stored) in [(IF_NONE_MATCH, request.etag), (IF_MODIFIED_SINCE, request.last_modified)]
            {
                if let Some(value) = stored.and_then(validators::sent) {
                    headers.insert(name, value);
                    is_conditional = true;
                }
            }
        }
        if is_conditional && request.accept == Accept::Feed {
            headers.insert(A_IM, FEED);
        }
        (headers, is_conditional)
    }

    fn of(&self, accept: Accept) -> &HeaderMap {
        match accept {
            Accept::Feed => &self.feed,
            Accept::Page => &self.page,
            Accept::Robots => &self.robots,
        }
    }
}

/// Whether `here`, a URL without user name, password and fragment, is that of `other`.
fn same_page(here: &Url, other: &Url) -> bool {
    *here == *bare(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    /// What is said by a client of this name.
    fn headers(request: &Request<'_>, here: &Url, is_trusted: bool) -> (HeaderMap, bool) {
        Usual::new(&HeaderValue::from_static("Feedmill/0")).headers(request, here, is_trusted)
    }

    fn request(of: Option<&str>, accept: Accept) -> Request<'static> {
        Request {
            etag: Some("W/\"a\""),
            last_modified: Some("about noon"),
            validators_of: of.map(url),
            ..Request::new(url("https://me:pw@example.org/feed#top"), accept)
        }
    }

    #[test]
    fn validators_go_to_the_url_that_gave_them_and_to_no_other() {
        let own = "https://example.org/feed";
        for (of, here, expected) in [
            (None, own, true),
            (None, "https://example.org/feed?", false),
            (None, "https://cdn.example.org/feed", false),
            (Some("https://cdn.example.org/feed"), own, false),
            (Some("https://cdn.example.org/feed"), "https://cdn.example.org/feed", true),
        ] {
            let request = request(of, Accept::Feed);
            let (headers, is_conditional) = headers(&request, &url(here), true);
            for (name, value) in
                [("if-none-match", "W/\"a\""), ("if-modified-since", "about noon"), ("a-im", "feed")]
            {
                let sent = headers.get(name).map(|value| value.to_str().unwrap());
                assert_eq!(sent, expected.then_some(value), "{name} of {of:?} at {here}");
            }
            assert_eq!(is_conditional, expected);
        }
    }

    #[test]
    fn only_of_a_feed_and_only_with_validators_are_new_entries_alone_wanted() {
        let here = url("https://example.org/feed");
        assert!(!headers(&request(None, Accept::Page), &here, true).0.contains_key("a-im"));
        let plain = Request::new(here.clone(), Accept::Feed);
        let (headers, is_conditional) = headers(&plain, &here, true);
        assert!(!headers.contains_key("a-im") && !is_conditional);
    }

    #[test]
    fn own_headers_come_before_the_usual_ones() {
        let mut request = Request::new(url("https://example.org/feed"), Accept::Feed);
        let names = [ACCEPT, ACCEPT_ENCODING, USER_AGENT];
        let usual = headers(&request, &request.url, true).0;
        assert_eq!(names.each_ref().map(|name| usual.get_all(name).iter().count()), [1; 3]);
        request.headers.extend(names.map(|name| (name, HeaderValue::from_static("mine"))));
        for (is_trusted, expected) in [(true, 3), (false, 0)] {
            let sent = headers(&request, &request.url, is_trusted).0;
            assert_eq!((sent.len(), sent.values().filter(|value| *value == "mine").count()), (3, expected));
        }
    }

    #[test]
    fn own_headers_go_to_trusted_hops_only() {
        let mut request = Request::new(url("https://example.org/feed"), Accept::Feed);
        request.headers.insert(HeaderName::from_static("x-token"), HeaderValue::from_static("t"));
        assert!(headers(&request, &request.url, true).0.contains_key("x-token"));
        assert!(!headers(&request, &request.url, false).0.contains_key("x-token"));
    }
}
