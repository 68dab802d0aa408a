//! Why a document could not be fetched: facts first, then words.

mod words;

use std::io;
use std::net::IpAddr;
use std::time::Duration;

use chrono::{DateTime, Utc};
use url::Url;

use crate::config::Limits;

use super::guard::{Refused, Why};
use super::redirect::Chain;
use super::wait::Wait;
use super::{Freshness, RetryAfter, Wishes};
use words::{find, guard_hint, host_and_port, innermost, status_text, what_is};

/// Why a document could not be fetched. URLs in it are without user name and password; headers never are in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// The client could not be set up.
    #[error("the HTTP client cannot be set up: {cause}")]
    Setup {
        /// What is wrong.
        cause: String,
    },
    /// Not an address that can be asked.
    #[error("{url} cannot be asked: {cause}")]
    Address {
        /// The URL asked for.
        url: String,
        /// What is wrong with it.
        cause: String,
    },
    /// The host is not one of the public internet.
    #[error("{url}: {} {why}; {}", what_is(.host, *.address), guard_hint(*.is_own, *.why, *.address))]
    Forbidden {
        /// The URL of the hop.
        url: String,
        /// The host, as the URL has it.
        host: String,
        /// The address that was not connected to.
        address: IpAddr,
        /// Why not.
        why: Why,
        /// Whether it is the host that was asked for, and no redirect led there.
        is_own: bool,
    },
    /// The host's name has no address.
    #[error("{url}: the name {host} was not found ({cause}); is it spelt right, and is this machine online?")]
    Dns {
        /// The URL of the hop.
        url: String,
        /// The name looked up.
        host: String,
        /// What the resolver says.
        cause: String,
    },
    /// No connection.
    #[error("{url}: no connection to {host} ({cause}); the server may be down, or this machine offline")]
    Connect {
        /// The URL of the hop.
        url: String,
        /// Host and port.
        host: String,
        /// What the system says.
        cause: String,
    },
    /// The connection could not be made safe.
    #[error(
        "{url}: no trustworthy TLS connection to {host} ({cause}); the server's certificate is at fault, \
         or this machine's clock or CA certificates are"
    )]
    Tls {
        /// The URL of the hop.
        url: String,
        /// Host and port.
        host: String,
        /// What TLS says.
        cause: String,
    },
    /// The exchange, or a part of it, took too long.
    #[error("{url}: {} within {}; `fetch.{}` sets the limit", .wait.lacking(), humantime::format_duration(*.after), .wait.key())]
    Timeout {
        /// The URL of the hop.
        url: String,
        /// The limit.
        after: Duration,
        /// For what.
        wait: Wait,
    },
    /// The head of the answer has more headers, or longer ones, than allowed.
    #[error(
        "{url}: more headers than {max_headers}, or more than {} of them, not read further; `fetch.max_headers` and \
         `fetch.max_header_size` set the limits",
        bytesize::ByteSize(*.max_header_size)
    )]
    HeadTooLarge {
        /// The URL of the hop.
        url: String,
        /// The most headers.
        max_headers: usize,
        /// The most bytes of them.
        max_header_size: u64,
    },
    /// The body is larger than allowed.
    #[error("{url}: larger than {}, not read further; `fetch.max_size` sets the limit", bytesize::ByteSize(*.limit))]
    TooLarge {
        /// The URL of the hop.
        url: String,
        /// Bytes after decompression.
        limit: u64,
    },
    /// More bytes are sent than allowed.
    #[error(
        "{url}: more than {} are sent, not read further; `fetch.max_download` sets the limit",
        bytesize::ByteSize(*.limit)
    )]
    TooMuch {
        /// The URL of the hop.
        url: String,
        /// Bytes before decompression.
        limit: u64,
    },
    /// The body grows in unpacking as no document does.
    #[error(
        "{url}: it grows to more than {ratio} times its size when unpacked, not read further; `fetch.max_ratio` sets \
         the limit"
    )]
    Bomb {
        /// The URL of the hop.
        url: String,
        /// The limit.
        ratio: u64,
    },
    /// The chain of redirects is longer than allowed.
    #[error("{url}: more than {limit} redirects; `fetch.max_redirects` sets the limit")]
    TooManyRedirects {
        /// The URL asked for.
        url: String,
        /// The limit.
        limit: usize,
    },
    /// A redirect that is not followed.
    #[error("{url} redirects to {target}: {cause}")]
    Redirect {
        /// The URL of the hop.
        url: String,
        /// Where it points, as far as printable.
        target: String,
        /// Why not.
        cause: &'static str,
    },
    /// The server says no.
    #[error("{url}: {}", status_text(*.code, *.retry_after))]
    Status {
        /// The URL of the hop.
        url: String,
        /// RFC 9110 §15.
        code: u16,
        /// What the server asked for.
        retry_after: Option<RetryAfter>,
        /// How long it will say so.
        freshness: Freshness,
    },
    /// 304 although nothing was said of an earlier copy.
    #[error(
        "{url}: 304 Not Modified, though it was not asked whether it had changed: the server is at fault"
    )]
    NotModifiedUnasked {
        /// The URL of the hop.
        url: String,
    },
    /// The body broke off, or is not what its encoding says.
    #[error("{url}: the body could not be read to its end ({cause})")]
    Body {
        /// The URL of the hop.
        url: String,
        /// What is wrong.
        cause: String,
    },
    /// robots.txt forbids it.
    #[error(
        "{url}: not asked, since {robots} does not allow it; ask the site's owner, or take the article from a feed \
         of the site (`fetch.robots = \"off\"` is for sites of your own)"
    )]
    Robots {
        /// The URL of the hop.
        url: String,
        /// Where the robots.txt is.
        robots: String,
    },
    /// Nobody knows what robots.txt says, which forbids everything for now (RFC 9309 §2.3.1.4).
    #[error(
        "{url}: not asked, since the site's robots.txt could not be read; it will be tried again later ({cause})"
    )]
    RobotsUnread {
        /// The URL of the hop.
        url: String,
        /// Why not; it names the robots.txt.
        cause: String,
    },
    /// Too early for it: robots.txt wants a distance between requests. No failure.
    #[error("{url}: put off, since robots.txt wants {} between requests", humantime::format_duration(*.delay))]
    PutOff {
        /// The URL of the hop.
        url: String,
        /// The distance.
        delay: Duration,
        /// Not before this.
        until: DateTime<Utc>,
    },
    /// What came back is no HTTP.
    #[error("{url}: the answer is not understood as HTTP ({cause})")]
    Protocol {
        /// The URL of the hop.
        url: String,
        /// What is wrong.
        cause: String,
        /// Whether nothing came: the connection was closed instead.
        hung_up: bool,
    },
}

/// What a failure says of the address that was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Nothing: the server is there and cannot answer now, or it was not asked at all.
    Passing,
    /// Nobody is there, or nothing that can be used: another address may do better.
    Address,
    /// 410: the server says that there will be nothing there again.
    Gone,
}

impl FetchError {
    /// What the server asks of the next request.
    #[must_use]
    pub fn wishes(&self) -> Wishes {
        match self {
            Self::Status { retry_after, freshness, .. } => {
                Wishes { freshness: *freshness, waits: retry_after.iter().copied().collect() }
            }
            _ => Wishes::default(),
        }
    }

    /// What the failure says of the address.
    #[must_use]
    pub fn fault(&self) -> Fault {
        match self {
            Self::Status { code: 410, .. } => Fault::Gone,
            Self::Status { code: 408 | 425 | 429 | 500.., .. } | Self::Setup { .. } => Fault::Passing,
            _ => Fault::Address,
        }
    }

    /// What the guard says of the present hop.
    pub(super) fn forbidden(chain: &Chain<'_>, refused: Refused) -> Self {
        let (url, Refused { address, why }) = (chain.here(), refused);
        let host = url.host_str().unwrap_or_default().to_owned();
        Self::Forbidden { url: printable(url), host, address, why, is_own: chain.is_at_home() }
    }

    /// Sorts out why a request got no answer.
    pub(super) fn of_request(chain: &Chain<'_>, error: &reqwest::Error, limits: &Limits) -> Self {
        if let Some(refused) = find::<Refused>(error) {
            return Self::forbidden(chain, *refused);
        }
        let url = chain.here();
        if error.is_connect() && error.is_timeout() {
            return Self::Timeout { url: printable(url), after: limits.connect_timeout, wait: Wait::Connect };
        }
        let (url, host, cause) = (printable(url), host_and_port(url), innermost(error));
        // hyper tells this apart from other faults in its words only, unless it is built as a server.
        if cause == "message head is too large" {
            return Self::head_too_large(chain.here(), limits);
        }
        if let Some(tls) = find::<rustls::Error>(error) {
            return Self::Tls { url, host, cause: tls.to_string() };
        }
        if error.is_dns() {
            return Self::Dns { url, host, cause };
        }
        if error.is_connect() {
            return Self::Connect { url, host, cause };
        }
        // In hyper's words, or in the system's.
        let hung_up = cause == "connection closed before message completed"
            || find::<io::Error>(error).is_some_and(|error| is_hang_up(error.kind()));
        Self::Protocol { url, cause, hung_up }
    }

    /// The head of an answer is more than these limits allow.
    pub(super) fn head_too_large(url: &Url, limits: &Limits) -> Self {
        let &Limits { max_headers, max_header_size, .. } = limits;
        Self::HeadTooLarge { url: printable(url), max_headers, max_header_size }
    }

    /// Sorts out why a body ended early.
    pub(super) fn of_body(url: &Url, error: &reqwest::Error) -> Self {
        Self::Body { url: printable(url), cause: innermost(error) }
    }
}

fn is_hang_up(kind: io::ErrorKind) -> bool {
    use io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset};
    matches!(kind, ConnectionReset | ConnectionAborted | BrokenPipe)
}

/// The URL without user name, password and fragment: as it may be printed and stored.
#[must_use]
pub fn printable(url: &Url) -> String {
    super::redirect::bare(url).into_owned().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printed_url_has_neither_credentials_nor_fragment() {
        let url = Url::parse("https://editor:s3cret@example.org:8443/feed?x=1#top").unwrap();
        assert_eq!(printable(&url), "https://example.org:8443/feed?x=1");
    }

    #[test]
    fn what_a_failure_says_of_the_address() {
        let url = || "https://example.org/".to_owned();
        let (retry_after, freshness) = (None, Freshness::default());
        for (code, expected) in [
            (404, Fault::Address),
            (403, Fault::Address),
            (410, Fault::Gone),
            (429, Fault::Passing),
            (500, Fault::Passing),
            (503, Fault::Passing),
        ] {
            let error = FetchError::Status { url: url(), code, retry_after, freshness };
            assert_eq!(error.fault(), expected, "{code}");
        }
        let dead = FetchError::Dns { url: url(), host: "example.org".into(), cause: "none".into() };
        assert_eq!(dead.fault(), Fault::Address);
    }

    #[test]
    fn a_status_says_what_to_do_about_it() {
        let text = |code, retry_after| {
            let freshness = Freshness::default();
            FetchError::Status { url: "https://example.org/".into(), code, retry_after, freshness }
                .to_string()
        };
        for (code, expected) in
            [(401, "`headers`"), (404, "feedmill add"), (410, "remove"), (503, "later"), (799, "799")]
        {
            assert!(text(code, None).contains(expected), "{code}: {}", text(code, None));
        }
        let waits = text(429, Some(RetryAfter::Seconds(90)));
        assert_eq!(
            waits,
            "https://example.org/: 429 Too Many Requests; asked too often; it wants to be asked again in 90 s"
        );
    }
}
