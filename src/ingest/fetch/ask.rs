//! What a request says to one hop of a chain. Pure.

use reqwest::header::{ACCEPT, HeaderMap, HeaderName, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH};
use url::Url;

use super::redirect::bare;
use super::{Accept, Request, validators};

/// Asks for the new entries only, where a server can tell them (RFC 3229 §10.5.3, with the `feed` manipulation).
const A_IM: HeaderName = HeaderName::from_static("a-im");
const FEED: HeaderValue = HeaderValue::from_static("feed");
/// Headers of a usual request, with the three that are added on its way: the map does not grow there.
const ROOM: usize = 7;

/// The headers for the hop at `here`, and whether it is asked for what has changed only. The request's own go to hops
/// that may be trusted, validators to the URL that gave them and to no other.
pub(super) fn headers(request: &Request<'_>, here: &Url, is_trusted: bool) -> (HeaderMap, bool) {
    let mut headers = if is_trusted { request.headers.clone() } else { HeaderMap::new() };
    headers.reserve(ROOM);
    headers.entry(ACCEPT).or_insert_with(|| accepted(request.accept));
    let mut is_conditional = false;
    if same_page(here, request.validators_of.as_ref().unwrap_or(&request.url)) {
        for (name, stored) in [(IF_NONE_MATCH, request.etag), (IF_MODIFIED_SINCE, request.last_modified)] {
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

/// The value of `Accept`. Constants, since a value that is made has its characters looked at one by one.
fn accepted(accept: Accept) -> HeaderValue {
    const FEED: HeaderValue = HeaderValue::from_static(Accept::Feed.header());
    const PAGE: HeaderValue = HeaderValue::from_static(Accept::Page.header());
    const ROBOTS: HeaderValue = HeaderValue::from_static(Accept::Robots.header());
    match accept {
        Accept::Feed => FEED,
        Accept::Page => PAGE,
        Accept::Robots => ROBOTS,
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
    fn own_headers_go_to_trusted_hops_only() {
        let mut request = Request::new(url("https://example.org/feed"), Accept::Feed);
        request.headers.insert(HeaderName::from_static("x-token"), HeaderValue::from_static("t"));
        assert!(headers(&request, &request.url, true).0.contains_key("x-token"));
        assert!(!headers(&request, &request.url, false).0.contains_key("x-token"));
    }
}
