//! Redirects: which hop may follow, and what the next server may be told. Pure.

use std::borrow::Cow;
use std::collections::BTreeSet;

use url::Url;

use super::FetchError;
use super::error::printable;

/// The way of one exchange from the URL asked for to the document.
#[derive(Debug)]
pub(super) struct Chain<'a> {
    first: &'a Url,
    here: Cow<'a, Url>,
    /// Where it was before.
    past: BTreeSet<String>,
    limit: usize,
    permanent: Permanent,
    trusted: bool,
    at_home: bool,
}

/// Where the leading permanent redirects led.
#[derive(Debug)]
enum Permanent {
    /// Only 301 and 308 so far.
    SoFar(Option<Url>),
    /// Another redirect came behind them.
    UpTo(Option<Url>),
}

/// One redirect, as the server sent it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hop<'a> {
    /// The status code.
    pub(super) code: u16,
    /// `Location`, byte for byte.
    pub(super) location: Option<&'a [u8]>,
}

impl Hop<'_> {
    /// Whether a status is a redirect that is followed (RFC 9110 §15.4): not 300, 304 or 305.
    pub(super) fn is_redirect(code: u16) -> bool {
        matches!(code, 301 | 302 | 303 | 307 | 308)
    }
}

impl<'a> Chain<'a> {
    /// Starts at the URL asked for; `limit` redirects may follow.
    ///
    /// # Errors
    /// [`FetchError::Address`] when the URL is not http or https with a host.
    pub(super) fn start(url: &'a Url, limit: usize) -> Result<Self, FetchError> {
        let cause = match (is_web(url), url.host_str()) {
            (false, _) => Some("only http and https are"),
            (true, None | Some("")) => Some("it has no host"),
            (true, Some(_)) => None,
        };
        if let Some(cause) = cause {
            return Err(FetchError::Address { url: printable(url), cause: cause.to_owned() });
        }
        Ok(Self {
            first: url,
            here: bare(url),
            past: BTreeSet::new(),
            limit,
            permanent: Permanent::SoFar(None),
            trusted: true,
            at_home: true,
        })
    }

    /// The URL of the present hop, without credentials.
    pub(super) fn here(&self) -> &Url {
        &self.here
    }

    /// Whether the present hop is not the first.
    pub(super) fn has_gone_on(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether the present hop may be told what was meant for the first host: the chain never left it.
    pub(super) fn is_trusted(&self) -> bool {
        self.trusted
    }

    /// Whether the chain never left the host that was asked for, on whatever port.
    pub(super) fn is_at_home(&self) -> bool {
        self.at_home
    }

    /// The URL to send: with the credentials of the first, where this hop may know them.
    pub(super) fn address(&self) -> Url {
        let mut url = Url::clone(&self.here);
        if self.trusted && !is_anonymous(self.first) {
            // Both can only fail for URLs without host, which `start` and `follow` refuse.
            let _ = url.set_username(self.first.username());
            let _ = url.set_password(self.first.password());
        }
        url
    }

    /// Goes on to the next hop.
    ///
    /// # Errors
    /// [`FetchError::Redirect`] and [`FetchError::TooManyRedirects`].
    pub(super) fn follow(&mut self, hop: Hop<'_>) -> Result<(), FetchError> {
        let refused = |target: &str, cause| FetchError::Redirect {
            url: self.here.to_string(),
            target: target.escape_debug().take(200).collect(),
            cause,
        };
        let Some(location) = hop.location else {
            return Err(refused("nowhere", "the answer has no `Location`"));
        };
        let target = String::from_utf8_lossy(location);
        let next =
            self.here.join(target.trim()).map_err(|_| refused("a place", "its `Location` is not a URL"))?;
        let next = bare(&next).into_owned();
        if !is_web(&next) || next.host_str().is_none_or(str::is_empty) {
            return Err(refused(next.as_str(), "only http and https are followed"));
        }
        if next == *self.here || self.past.contains(next.as_str()) {
            return Err(refused(next.as_str(), "it was there already, this never ends"));
        }
        if self.past.len() >= self.limit {
            return Err(FetchError::TooManyRedirects { url: printable(self.first), limit: self.limit });
        }
        self.permanent.hop(hop.code, &next);
        self.trusted &= may_know(&self.here, &next);
        self.at_home &= self.here.host() == next.host();
        let left = std::mem::replace(&mut self.here, Cow::Owned(next));
        self.past.insert(left.into_owned().into());
        Ok(())
    }

    /// Where the document was, and the address to use from now on, if another.
    pub(super) fn end(mut self) -> (Url, Option<Url>) {
        let moved = self.moved();
        (self.here.into_owned(), moved)
    }

    /// The address to use from now on, if another.
    pub(super) fn moved(&mut self) -> Option<Url> {
        let (Permanent::SoFar(moved) | Permanent::UpTo(moved)) = &mut self.permanent;
        moved.take()
    }
}

impl Permanent {
    fn hop(&mut self, code: u16, next: &Url) {
        if let Self::SoFar(moved) = self {
            *self = match code {
                301 | 308 => Self::SoFar(Some(next.clone())),
                _ => Self::UpTo(moved.take()),
            };
        }
    }
}

/// Whether a URL holds neither user name nor password.
pub(super) fn is_anonymous(url: &Url) -> bool {
    url.username().is_empty() && url.password().is_none()
}

/// The URL without user name, password and fragment.
pub(crate) fn bare(url: &Url) -> Cow<'_, Url> {
    if is_anonymous(url) && url.fragment().is_none() {
        return Cow::Borrowed(url);
    }
    let mut bare = url.clone();
    bare.set_fragment(None);
    // Both can only fail for URLs that cannot have credentials.
    let _ = bare.set_username("");
    let _ = bare.set_password(None);
    Cow::Owned(bare)
}

/// The address to ask when `from` has moved to `to` for good, and whether it may be told what is meant for the host of
/// `from`: credentials in the URL, headers of the source. As if the redirect were followed.
#[must_use]
pub(crate) fn address_after_move(from: &Url, to: &Url) -> (Url, bool) {
    let mut address = bare(to).into_owned();
    let is_trusted = may_know(from, to);
    if is_trusted {
        // Both can only fail for URLs without host, which no redirect leads to.
        let _ = address.set_username(from.username());
        let _ = address.set_password(from.password());
    }
    (address, is_trusted)
}

/// Whether a move gives up the encryption: such a one is followed, and never remembered.
#[must_use]
pub(crate) fn is_downgrade(from: &Url, to: &Url) -> bool {
    from.scheme() == "https" && to.scheme() != "https"
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}

/// Whether what `from` was told may be told to `to`: the same origin, or the same host gone from http to https.
fn may_know(from: &Url, to: &Url) -> bool {
    let upgraded =
        from.scheme() == "http" && to.scheme() == "https" && from.port().is_none() && to.port().is_none();
    from.host_str() == to.host_str()
        && (upgraded
            || (from.scheme() == to.scheme() && from.port_or_known_default() == to.port_or_known_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    fn walk<'a>(start: &'a Url, hops: &[(u16, &str)]) -> Result<Chain<'a>, FetchError> {
        let mut chain = Chain::start(start, 5)?;
        for &(code, location) in hops {
            chain.follow(Hop { code, location: Some(location.as_bytes()) })?;
        }
        Ok(chain)
    }

    #[test]
    fn credentials_stay_with_their_host_and_never_come_back() {
        let start = url("http://user:pass@example.org/feed");
        for (hops, expected) in [
            (vec![(302, "/b")], "http://user:pass@example.org/b"),
            (vec![(302, "https://example.org/b")], "https://user:pass@example.org/b"),
            (vec![(302, "http://example.org:81/b")], "http://example.org:81/b"),
            (vec![(302, "http://www.example.org/b")], "http://www.example.org/b"),
            (vec![(302, "https://example.org/b"), (302, "http://example.org/c")], "http://example.org/c"),
            (vec![(302, "//example.com/"), (302, "http://example.org/c")], "http://example.org/c"),
            (vec![(302, "http://eve:trap@example.com/")], "http://example.com/"),
        ] {
            let chain = walk(&start, &hops).unwrap();
            assert_eq!(chain.address().as_str(), expected);
            assert_eq!(chain.is_trusted(), expected.contains("user:pass"), "{hops:?}");
            assert!(!chain.here().as_str().contains("pass"));
        }
    }

    #[test]
    fn a_chain_is_at_home_until_it_leaves_its_host_and_then_never_again() {
        for (hops, expected) in [
            (vec![], true),
            (vec![(302, "/b"), (302, "https://example.org:81/c")], true),
            (vec![(302, "http://www.example.org/")], false),
            (vec![(302, "http://example.com/"), (302, "http://example.org/b")], false),
        ] {
            assert_eq!(walk(&url("http://example.org/a"), &hops).unwrap().is_at_home(), expected, "{hops:?}");
        }
    }

    #[test]
    fn only_the_leading_permanent_redirects_give_a_new_address() {
        for (hops, expected) in [
            (vec![], None),
            (vec![(302, "/b")], None),
            (vec![(301, "/b")], Some("http://example.org/b")),
            (vec![(301, "/b"), (308, "/c")], Some("http://example.org/c")),
            (vec![(301, "/b"), (307, "/c"), (301, "/d")], Some("http://example.org/b")),
            (vec![(303, "/b"), (301, "/c")], None),
        ] {
            let (_, moved) = walk(&url("http://example.org/a"), &hops).unwrap().end();
            assert_eq!(moved.as_ref().map(Url::as_str), expected, "{hops:?}");
        }
    }

    #[test]
    fn a_remembered_move_is_told_no_more_than_the_redirect_was() {
        let from = "http://user:pass@example.org/feed";
        for (to, expected, trusted) in [
            ("http://example.org/new", "http://user:pass@example.org/new", true),
            ("https://example.org/new", "https://user:pass@example.org/new", true),
            ("https://example.com/new", "https://example.com/new", false),
            ("http://example.org:81/", "http://example.org:81/", false),
        ] {
            let (address, is_trusted) = address_after_move(&url(from), &url(to));
            assert_eq!((address.as_str(), is_trusted), (expected, trusted));
        }
    }

    #[test]
    fn a_move_from_https_to_http_is_a_downgrade() {
        for (from, to, expected) in
            [("https", "http", true), ("http", "https", false), ("http", "http", false)]
        {
            let at = |scheme| url(&format!("{scheme}://example.org/"));
            assert_eq!(is_downgrade(&at(from), &at(to)), expected, "{from} to {to}");
        }
    }

    #[test]
    fn redirects_to_other_schemes_loops_and_long_chains_are_refused() {
        for target in
            ["file:///etc/passwd", "ftp://example.org/", "data:text/xml,<rss/>", "gopher://x/", "http://"]
        {
            let error = walk(&url("http://example.org/a"), &[(301, target)]).unwrap_err();
            assert!(matches!(error, FetchError::Redirect { .. }), "{target}: {error}");
        }
        let error = walk(&url("http://example.org/a"), &[(301, "/b"), (301, "/a#again")]).unwrap_err();
        assert!(error.to_string().contains("never ends"), "{error}");
        let long: Vec<(u16, String)> = (0..6).map(|n| (302, format!("/{n}"))).collect();
        let hops: Vec<(u16, &str)> = long.iter().map(|(code, to)| (*code, to.as_str())).collect();
        assert!(walk(&url("http://example.org/a"), &hops[..5]).is_ok());
        let error = walk(&url("http://example.org/a"), &hops).unwrap_err();
        assert_eq!(error, FetchError::TooManyRedirects { url: "http://example.org/a".into(), limit: 5 });
    }

    #[test]
    fn a_redirect_to_nowhere_prints_no_control_characters() {
        let start = url("http://example.org/");
        let mut chain = Chain::start(&start, 5).unwrap();
        assert!(chain.follow(Hop { code: 301, location: None }).is_err());
        let odd = Hop { code: 301, location: Some(b"mailto:\x1b[31m\xff") };
        let message = chain.follow(odd).unwrap_err().to_string();
        assert!(!message.contains(char::is_control), "{message:?}");
    }

    #[test]
    fn only_web_addresses_are_asked() {
        for address in ["file:///etc/passwd", "ftp://example.org/feed", "mailto:a@example.org"] {
            let error = walk(&url(address), &[]).unwrap_err();
            assert!(matches!(error, FetchError::Address { .. }), "{error}");
        }
    }
}
