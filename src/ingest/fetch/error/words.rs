//! Words and causes of errors.

use std::error::Error;
use std::net::IpAddr;

use reqwest::StatusCode;
use url::Url;

use crate::ingest::fetch::RetryAfter;
use crate::ingest::fetch::guard::Why;

/// `example.org is at 10.0.0.1, which is`; of an address itself, `10.0.0.1 is`.
pub(super) fn what_is(host: &str, address: IpAddr) -> String {
    let is_itself = host.trim_matches(['[', ']']).parse() == Ok(address);
    if is_itself { format!("{address} is") } else { format!("{host} is at {address}, which is") }
}

/// How the guard would let it pass, should it.
pub(super) fn guard_hint(is_own: bool, why: Why, address: IpAddr) -> String {
    match (is_own, why.is_private()) {
        (true, true) => format!(
            "only public addresses are asked, unless the source says `allow_private = true` or \
             `fetch.allow_networks` has [\"{address}\"]"
        ),
        (true, false) => {
            format!("only public addresses are asked, unless `fetch.allow_networks` has [\"{address}\"]")
        }
        (false, _) => format!(
            "no redirect may lead there; if it is meant to, `fetch.allow_networks` = [\"{address}\"] lets it"
        ),
    }
}

pub(super) fn host_and_port(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// The first cause: what stands around it says no more than our own variants do, and may print the URL.
pub(super) fn innermost(error: &reqwest::Error) -> String {
    let mut cause: &dyn Error = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    match cause.downcast_ref::<reqwest::Error>() {
        Some(_) => "the connection failed".to_owned(),
        None => cause.to_string(),
    }
}

/// Looks for an error of a type among the causes.
pub(super) fn find<'a, E: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a E> {
    let mut next = Some(error);
    while let Some(cause) = next {
        if let Some(found) = cause.downcast_ref::<E>() {
            return Some(found);
        }
        // What an `io::Error` wraps it does not give as its source.
        let wrapped = cause.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        next = wrapped.map_or_else(|| cause.source(), |inner| Some(inner));
    }
    None
}

pub(super) fn status_text(code: u16, retry_after: Option<RetryAfter>) -> String {
    let reason = StatusCode::from_u16(code).ok().and_then(|status| status.canonical_reason());
    let mut text = reason.map_or_else(|| code.to_string(), |reason| format!("{code} {reason}"));
    let hint = match code {
        401 | 407 => "it wants credentials; `auth` or `headers` of the source can carry them",
        403 => "the server refuses us; a `fetch.contact` in the config may help, or a word with its owner",
        404 => "nothing is there; the feed may have moved: `feedmill add` finds the feed of a site",
        410 => {
            "it is gone for good and will not be asked again; remove the source from the config, or ask with `--force`"
        }
        429 => "asked too often",
        451 => "withheld for legal reasons",
        500..=599 => "the server is in trouble; it will be asked again later",
        _ => "no document in that",
    };
    text.push_str("; ");
    text.push_str(hint);
    if let Some(retry_after) = retry_after {
        text.push_str(&format!("; it wants to be asked again {retry_after}"));
    }
    text
}
