//! URLs: cleaning, and the normal form that identity compares.

mod tracking;

use ::url::{Position, Url};

use super::article::Key;

use tracking::is_tracking;

/// An absolute http or https URL: `text` itself, or `text` seen from `base`. Without a base, `//host/path` is https.
/// `None` for every other scheme, and for a relative reference without a base.
#[must_use]
pub fn absolute(text: &str, base: Option<&Url>) -> Option<Url> {
    let text = text.trim();
    let url = match Url::parse(text) {
        Err(::url::ParseError::RelativeUrlWithoutBase) => match base {
            Some(base) => base.join(text).ok()?,
            None if text.starts_with("//") => Url::parse(&format!("https:{text}")).ok()?,
            None => return None,
        },
        parsed => parsed.ok()?,
    };
    is_web(&url).then_some(url)
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}

/// The URL without tracking parameters, in its query and its fragment; order and encoding of the rest untouched.
#[must_use]
pub fn clean_url(url: &Url) -> Url {
    let mut clean = url.clone();
    if !is_web(url) {
        return clean;
    }
    if let Some(query) = url.query()
        && let Some(kept) = without_tracking(query)
    {
        clean.set_query(kept.as_deref());
    }
    if let Some(fragment) = url.fragment() {
        let (fragment, cut) = match fragment.split_once(":~:") {
            Some((before, _)) => (before, true),
            None => (fragment, false),
        };
        match without_tracking(fragment) {
            Some(kept) => clean.set_fragment(kept.as_deref()),
            None if cut => clean.set_fragment(Some(fragment).filter(|rest| !rest.is_empty())),
            None => {}
        }
    }
    clean
}

/// `None` where nothing is to be removed, else what is left, if anything is.
fn without_tracking(parameters: &str) -> Option<Option<String>> {
    let is_kept = |parameter: &&str| !is_tracking(parameter);
    let all = parameters.split('&').count();
    let kept: Vec<&str> = parameters.split('&').filter(is_kept).collect();
    if kept.len() == all {
        return None;
    }
    Some(Some(kept.join("&")).filter(|rest| !rest.is_empty()))
}

/// The key of a link: host in lower case without a default port, no scheme, fragment (a `#!` one stays), tracking
/// parameter or trailing slash. `www.` stays: it is another host.
#[must_use]
pub fn link_key(url: &Url) -> Key {
    Key::Link(link_form(url))
}

/// The normal form of a link, as in its [`link_key`]: two links of one form lead to one page.
#[must_use]
pub fn link_form(url: &Url) -> String {
    let clean = clean_url(url);
    if !is_web(&clean) {
        return clean.into();
    }
    let mut key = clean[Position::BeforeHost..Position::AfterPath].trim_end_matches('/').to_owned();
    if let Some(query) = clean.query().filter(|query| !query.is_empty()) {
        key.push('?');
        key.push_str(query);
    }
    if let Some(fragment) = clean.fragment().filter(|fragment| fragment.starts_with('!')) {
        key.push('#');
        key.push_str(fragment);
    }
    key
}

/// The key of a guid: as given, less surrounding white space and an `http://` or `https://`.
#[must_use]
pub fn guid_key(guid: &str) -> Key {
    let mut bare = guid.trim();
    while let Some(rest) = ["http://", "https://"].iter().find_map(|scheme| strip_prefix(bare, scheme)) {
        bare = rest.trim_start();
    }
    Key::Guid(bare.to_owned())
}

/// `text` less a prefix in ASCII, in upper or lower case.
fn strip_prefix<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (start, rest) = text.split_at_checked(prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then_some(rest)
}

#[cfg(test)]
mod tests;
