//! Web addresses of which a look at their bytes says what reading them would say. Nearly all of them are.

use memchr::{memchr2, memmem};

use crate::model::link::{UrlCleaning, carries_target};

/// What begins a web address.
const SCHEMES: [&str; 2] = ["https://", "http://"];

/// Whether this is an absolute http or https URL of which everybody reads the same, so that it stays as it is written:
/// a host of ASCII letters that is no number, no port, and then only what a URL may have.
pub(super) fn is_plain(address: &str) -> bool {
    split(address).is_some_and(|(host, rest)| is_host(host) && has_url_bytes(rest))
}

/// Whether all of a text is ASCII that a URL may have.
pub(super) fn has_url_bytes(text: &str) -> bool {
    // Without a way out in the middle, so that many bytes are compared at once.
    text.bytes().fold(true, |fits, byte| fits & is_url_byte(byte))
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

/// Whether this is a host of labels in lower case, of which none is encoded (`xn--`) and the last is no number.
fn is_host(host: &str) -> bool {
    let mut before = b'.';
    let mut label = b'0';
    for byte in host.bytes() {
        let fits = match byte {
            b'a'..=b'z' | b'0'..=b'9' => true,
            b'-' | b'.' => byte != before,
            _ => false,
        };
        if !fits {
            return false;
        }
        if before == b'.' {
            label = byte;
        }
        before = byte;
    }
    before != b'.' && label.is_ascii_lowercase() && host.len() < 254
}

/// ASCII among the URL code points (WHATWG URL §4.3), `%` and the brackets of IPv6.
pub(super) fn is_url_byte(byte: u8) -> bool {
    matches!(byte, b'!' | b'#'..=b';' | b'=' | b'?'..=b'[' | b']' | b'_' | b'a'..=b'z' | b'~')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_has_these_bytes() {
        let bytes: Vec<u8> = (0..=255).filter(|&byte| is_url_byte(byte)).collect();
        let marks = b"!#$%&'()*+,-./:;=?@[]_~";
        assert!(bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || marks.contains(byte)));
        assert_eq!(bytes.len(), 62 + marks.len());
    }
}
