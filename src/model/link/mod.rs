//! URLs: cleaning, and the normal form that identity compares.

mod clean;
mod redirect;
mod tracking;

use std::borrow::Cow;

use ::url::Url;

use super::article::Key;

pub use clean::{UrlCleaning, clean_line, clean_url, cleaned, link_form};
pub(crate) use clean::{clean_written, form_of_clean};
pub(crate) use redirect::carries_target;
pub(crate) use tracking::is_of;

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

/// As [`absolute`], of a text that may well be the base itself: that is not read once more.
pub(crate) fn absolute_or_base<'b>(text: &str, base: Option<&'b Url>) -> Option<Cow<'b, Url>> {
    match base.filter(|base| is_web(base) && base.as_str() == text.trim()) {
        Some(base) => Some(Cow::Borrowed(base)),
        None => absolute(text, base).map(Cow::Owned),
    }
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}

/// The key of a link: host in lower case without a default port, no scheme, fragment (a `#!` one stays), tracking
/// parameter or trailing slash. `www.` stays: it is another host.
#[must_use]
pub fn link_key(url: &Url) -> Key {
    Key::Link(link_form(url))
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
