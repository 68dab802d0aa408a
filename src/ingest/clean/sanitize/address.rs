//! Web addresses of which a look at their bytes says what reading them would say. Nearly all of them are.

use memchr::{memchr2, memmem};

use crate::model::link::{UrlCleaning, carries_target};

/// What begins a web address.
const SCHEMES: [&str; 2] = ["https://", "http://"];

/// Whether this is an absolute http or https URL of which everybody reads the same, so that it stays as it is written:
/// a host of ASCII letters that is no number, no port, and then only what a URL may have.
pub(super) fn is_plain(address: &str) -> bool {
    split(address).is_some_and(|(host, rest)| is_host(host) && rest.bytes().all(is_url_byte))
}

/// Whether a [plain](is_plain) address has nothing that is cleaned of links.
pub(super) fn is_clean(address: &str, cleaning: UrlCleaning) -> bool {
    let Some((host, path)) = split(address) else { return false };
    let bytes = path.as_bytes();
    // A path with dot segments is another than it looks.
    let is_straight = || memmem::find(bytes, b"/.").is_none() && memmem::find(bytes, b"/%2").is_none();
    memchr2(b'?', b'#', bytes).is_none()
        && (!cleaning.redirects || is_straight() && !carries_target(host, path))
}

/// The host of a web address, and what is behind it.
fn split(address: &str) -> Option<(&str, &str)> {
    let behind = SCHEMES.iter().find_map(|scheme| address.strip_prefix(scheme))?;
    let end = behind.bytes().position(|byte| matches!(byte, b'/' | b'?' | b'#'));
    Some(behind.split_at(end.unwrap_or(behind.len())))
}

/// Whether this is a host of labels in lower case, of which none is encoded and the last is no number.
fn is_host(host: &str) -> bool {
    let is_label = |label: &str| {
        label.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
            && !label.is_empty()
            && !label.starts_with("xn--")
    };
    let last = host.rsplit('.').next().unwrap_or_default();
    host.len() < 254 && last.starts_with(|c: char| c.is_ascii_lowercase()) && host.split('.').all(is_label)
}

/// ASCII among the URL code points (WHATWG URL §4.3), `%` and the brackets of IPv6.
pub(super) fn is_url_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'()*+,-./:;=?@[]_~".contains(&byte)
}
