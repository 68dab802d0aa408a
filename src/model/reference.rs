//! References to URLs (RFC 3986 §4 and §5), as browsers read them (WHATWG URL §4.4), written back as they were given.
//!
//! [`Url::join`](::url::Url::join) would bring what it joins into a normal form. A feed's URLs are to come out as the feed
//! wrote them, so this works on text alone: nothing is encoded, decoded or put in another case.

use std::borrow::Cow;

use super::uri::has_scheme;

/// Schemes that run or carry content instead of leading to it.
const UNSAFE: &[&str] = &["javascript", "vbscript", "livescript", "mocha", "data"];

/// Schemes whose URLs have a host and a path (WHATWG URL §3.1), and in which `\` is as good as `/`.
const SPECIAL: &[&str] = &["http", "https", "ftp", "file"];

/// A reference as a browser reads it: without white space and control characters around it, and without line breaks
/// and tabs anywhere.
#[must_use]
pub fn tidy(reference: &str) -> Cow<'_, str> {
    let reference = reference.trim_matches(|c: char| c <= ' ' || c.is_whitespace());
    if reference.contains(['\t', '\n', '\r']) {
        Cow::Owned(reference.replace(['\t', '\n', '\r'], ""))
    } else {
        Cow::Borrowed(reference)
    }
}

/// Whether a [tidy](tidy()) reference has a scheme that no link of a feed may have.
#[must_use]
pub fn is_unsafe(reference: &str) -> bool {
    let Some((scheme, _)) = reference.split_once(':') else { return false };
    UNSAFE.iter().any(|known| known.eq_ignore_ascii_case(scheme.trim_end()))
}

/// The URL that a feed's reference stands for, absolute where a base is known; `None` if its scheme is unsafe. An `&amp;`
/// in it was escaped once too often, or in a CDATA section.
#[must_use]
pub fn url_of(reference: &str, base: &str) -> Option<String> {
    if is_plain(reference) {
        return Some(reference.to_owned());
    }
    let mut reference = tidy(reference);
    if reference.contains("&amp;") {
        reference = Cow::Owned(reference.replace("&amp;", "&"));
    }
    (!is_unsafe(&reference)).then(|| resolve(&reference, base).into_owned())
}

/// Whether a reference is a web address with nothing about it to look at. Nearly all are.
fn is_plain(reference: &str) -> bool {
    let bytes = reference.as_bytes();
    let behind = bytes.strip_prefix(b"https://").or_else(|| bytes.strip_prefix(b"http://"));
    let has_host = behind.and_then(<[u8]>::first).is_some_and(|first| !matches!(first, b'/' | b'\\'));
    // No early exit: this way the compiler makes vector code of it.
    has_host
        && bytes.iter().fold(true, |plain, byte| plain & (b'!'..=b'~').contains(byte))
        && !memchr::memchr_iter(b'&', bytes).any(|at| bytes[at..].starts_with(b"&amp;"))
}

/// Makes a [tidy](tidy()) reference absolute (RFC 3986 §5.2). An absolute one stays as written, but for slashes too many
/// before its host; so does any where there is no base, `""`. A relative base makes a reference relative to what that
/// base is relative to.
#[must_use]
pub fn resolve<'a>(reference: &'a str, base: &str) -> Cow<'a, str> {
    if has_scheme(reference) {
        return absolute(reference, base);
    }
    if base.is_empty() { Cow::Borrowed(reference) } else { Cow::Owned(join(reference, &Parts::of(base))) }
}

/// What begins with a scheme: `http:path` is relative all the same where the base has that scheme (WHATWG URL §4.4).
fn absolute<'a>(reference: &'a str, base: &str) -> Cow<'a, str> {
    // A file's URL usually has no host, so it has three slashes.
    let has_host = |scheme: &str| is_special(scheme) && !scheme.eq_ignore_ascii_case("file");
    let Some((scheme, rest)) = reference.split_once(':').filter(|(scheme, _)| has_host(scheme)) else {
        return Cow::Borrowed(reference);
    };
    let slashes = rest.bytes().take_while(|byte| matches!(byte, b'/' | b'\\')).count();
    let is_plain = rest.starts_with("//") && slashes == 2;
    if !is_plain && slashes >= 2 {
        return Cow::Owned(format!("{scheme}://{}", &rest[slashes..]));
    }
    let base = Parts::of(base);
    let is_same = base.scheme.is_some_and(|own| own.eq_ignore_ascii_case(scheme));
    if slashes < 2 && is_same { Cow::Owned(join(rest, &base)) } else { Cow::Borrowed(reference) }
}

/// Joins a reference without scheme.
fn join(reference: &str, base: &Parts<'_>) -> String {
    let reference =
        if base.scheme.is_none_or(is_special) { slashed(reference) } else { Cow::Borrowed(reference) };
    let given = Parts::of_relative(&reference);
    let mut joined = String::with_capacity(base.length() + reference.len());
    if let Some(scheme) = base.scheme {
        joined.push_str(scheme);
        joined.make_ascii_lowercase();
        joined.push(':');
    }
    let authority = given.authority.or(base.authority);
    if let Some(authority) = authority {
        joined.push_str("//");
        joined.push_str(authority);
    }
    let is_same_page = given.authority.is_none() && given.path.is_empty();
    if given.authority.is_some() || given.path.starts_with('/') {
        push_path(&mut joined, given.path, "");
    } else if is_same_page {
        joined.push_str(base.path);
    } else {
        let folder = base.path.rfind('/').map_or("", |end| &base.path[..=end]);
        // Behind a host, a path begins with a slash (RFC 3986 §5.2.3).
        push_path(
            &mut joined,
            if folder.is_empty() && authority.is_some() { "/" } else { folder },
            given.path,
        );
    }
    let inherited = base.query.filter(|_| is_same_page);
    joined.push_str(given.query.or(inherited).unwrap_or_default());
    joined.push_str(given.fragment.unwrap_or_default());
    joined
}

/// Writes a path, given in two pieces, without its dot segments.
fn push_path(out: &mut String, folder: &str, rest: &str) {
    let start = out.len();
    out.push_str(folder);
    out.push_str(rest);
    if out[start..].starts_with('.') || out[start..].contains("/.") {
        let path = out.split_off(start);
        push_without_dots(out, &path);
    }
}

/// RFC 3986 §5.2.4; in a path that is itself relative, the `..` that lead out of it stay.
fn push_without_dots(out: &mut String, path: &str) {
    let inside = path.strip_prefix('/');
    let mut kept: Vec<&str> = Vec::new();
    let mut ends_in_dots = false;
    for segment in inside.unwrap_or(path).split('/') {
        ends_in_dots = matches!(segment, "." | "..");
        match segment {
            "." => {}
            ".." if inside.is_some() || kept.last().is_some_and(|last| *last != "..") => {
                kept.pop();
            }
            _ => kept.push(segment),
        }
    }
    if inside.is_some() {
        out.push('/');
    }
    out.push_str(&kept.join("/"));
    if ends_in_dots && !kept.is_empty() {
        out.push('/');
    }
}

/// `\` as `/`, before query and fragment.
fn slashed(reference: &str) -> Cow<'_, str> {
    let end = reference.find(['?', '#']).unwrap_or(reference.len());
    let (path, rest) = reference.split_at(end);
    if path.contains('\\') { Cow::Owned(path.replace('\\', "/") + rest) } else { Cow::Borrowed(reference) }
}

fn is_special(scheme: &str) -> bool {
    SPECIAL.iter().any(|known| known.eq_ignore_ascii_case(scheme))
}

/// The parts of a URL or reference (RFC 3986, appendix B); query and fragment with their mark.
#[derive(Debug, Clone, Copy, Default)]
struct Parts<'a> {
    scheme: Option<&'a str>,
    authority: Option<&'a str>,
    path: &'a str,
    query: Option<&'a str>,
    fragment: Option<&'a str>,
}

impl<'a> Parts<'a> {
    fn of(text: &'a str) -> Self {
        match text.split_once(':').filter(|_| has_scheme(text)) {
            Some((scheme, rest)) => Self { scheme: Some(scheme), ..Self::of_relative(rest) },
            None => Self::of_relative(text),
        }
    }

    /// Of what is known to have no scheme.
    fn of_relative(text: &'a str) -> Self {
        let (rest, fragment) = split_before(text, '#');
        let (rest, query) = split_before(rest, '?');
        let (authority, path) = match rest.strip_prefix("//") {
            Some(rest) => {
                let (authority, path) = split_before(rest, '/');
                (Some(authority), path.unwrap_or_default())
            }
            None => (None, rest),
        };
        Self { scheme: None, authority, path, query, fragment }
    }

    fn length(&self) -> usize {
        let authority = self.authority.map_or(0, |authority| authority.len() + 3);
        self.scheme.map_or(0, str::len) + authority + self.path.len() + self.query.map_or(0, str::len)
    }
}

/// What stands before a mark, and what begins with it.
fn split_before(text: &str, mark: char) -> (&str, Option<&str>) {
    match text.find(mark) {
        Some(at) => (&text[..at], Some(&text[at..])),
        None => (text, None),
    }
}

#[cfg(test)]
#[path = "reference_tests.rs"]
mod tests;
