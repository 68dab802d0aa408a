//! Cleaning: redirectors unwrapped, tracking parameters gone, the rest byte for byte as it was.

use std::borrow::Cow;

use ::url::{Position, Url};
use memchr::memchr;

use super::is_web;
use super::redirect::target;
use super::tracking::Trackers;

/// Bytes of a URL that is looked at; a longer one stays as it is.
const MAX_URL: usize = 64 << 10;

/// What of a URL is cleaned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UrlCleaning {
    /// Known redirectors are unwrapped, where their address has the target.
    pub redirects: bool,
    /// Tracking parameters go, from query and fragment.
    pub parameters: bool,
}

impl UrlCleaning {
    /// All of it.
    pub const ALL: Self = Self { redirects: true, parameters: true };
}

/// The URL without tracking parameters, in its query and its fragment, and without known redirectors before it; order
/// and encoding of the rest untouched. Other schemes than http and https stay as they are.
#[must_use]
pub fn clean_url(url: &Url) -> Url {
    other_than(url, UrlCleaning::ALL).unwrap_or_else(|| url.clone())
}

/// As [`clean_url`], as far as is asked for.
#[must_use]
pub fn cleaned(url: Url, what: UrlCleaning) -> Url {
    other_than(&url, what).unwrap_or(url)
}

/// The cleaned URL, where it is another.
fn other_than(url: &Url, what: UrlCleaning) -> Option<Url> {
    clean_written(url.as_str(), url, what).and_then(|clean| Url::parse(&clean).ok())
}

/// A line that is an http or https URL, cleaned as by [`clean_url`] and otherwise as it was written; any other line as
/// it is.
#[must_use]
pub fn clean_line(line: &str) -> Cow<'_, str> {
    let written = line.trim();
    let Ok(url) = Url::parse(written) else { return Cow::Borrowed(line) };
    let is_plain = !written.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\\');
    let written = if is_plain { written } else { url.as_str() };
    clean_written(written, &url, UrlCleaning::ALL).map_or(Cow::Borrowed(line), Cow::Owned)
}

/// What is left of a URL that is written so and means `url`; `None` where nothing is to be done.
pub(crate) fn clean_written(written: &str, url: &Url, what: UrlCleaning) -> Option<String> {
    if !is_web(url) || written.len() > MAX_URL {
        return None;
    }
    let mut url = Cow::Borrowed(url);
    let mut clean: Option<String> = None;
    loop {
        while what.redirects
            && let Some(target) = target(&url)
        {
            clean = Some(target.as_str().to_owned());
            url = Cow::Owned(target);
        }
        if !what.parameters {
            return clean;
        }
        if url.query().is_none() && url.fragment().is_none() {
            return clean;
        }
        let trackers = Trackers::on(url.host_str().unwrap_or_default());
        let Some(rest) = without_tracking(clean.as_deref().unwrap_or(written), trackers) else {
            return clean;
        };
        let Ok(parsed) = Url::parse(&rest) else { return clean };
        // What is left may lead elsewhere, now that its query begins with another parameter.
        url = Cow::Owned(parsed);
        clean = Some(rest);
    }
}

/// The address without what tracks; `None` where nothing does.
fn without_tracking(address: &str, trackers: Trackers<'_>) -> Option<String> {
    let (rest, fragment) = split(address, b'#');
    let (path, query) = split(rest, b'?');
    let kept_query = query.and_then(|query| kept(query, trackers));
    let kept_fragment = fragment.and_then(|fragment| fragment_kept(fragment, trackers));
    if kept_query.is_none() && kept_fragment.is_none() {
        return None;
    }
    let mut clean = path.to_owned();
    push(&mut clean, '?', kept_query.as_deref().map_or(query, not_empty));
    push(&mut clean, '#', kept_fragment.as_deref().map_or(fragment, not_empty));
    Some(clean)
}

fn split(text: &str, mark: u8) -> (&str, Option<&str>) {
    memchr(mark, text.as_bytes()).map_or((text, None), |at| (&text[..at], Some(&text[at + 1..])))
}

fn not_empty(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

fn push(address: &mut String, mark: char, part: Option<&str>) {
    if let Some(part) = part {
        address.push(mark);
        address.push_str(part);
    }
}

/// A fragment without its directives (`:~:`, URL Fragment Text Directives §3.1) and what tracks; `None` where it stays.
fn fragment_kept(fragment: &str, trackers: Trackers<'_>) -> Option<String> {
    match fragment.split_once(":~:") {
        Some((before, _)) => Some(kept(before, trackers).unwrap_or_else(|| before.to_owned())),
        None => kept(fragment, trackers),
    }
}

/// Parameters without those that track; `None` where all stay.
fn kept(parameters: &str, trackers: Trackers<'_>) -> Option<String> {
    let rest = |parameter| {
        let is_kept = !trackers.has(parameter);
        is_kept.then(|| without_second_query(parameter, trackers))
    };
    if parameters.split('&').all(|parameter| rest(parameter) == Some(parameter)) {
        return None;
    }
    let kept: Vec<&str> = parameters.split('&').filter_map(rest).collect();
    Some(kept.join("&"))
}

/// A parameter without the `?utm_source=x` that somebody put behind a query that was there already.
fn without_second_query<'p>(parameter: &'p str, trackers: Trackers<'_>) -> &'p str {
    let mut rest = parameter;
    while let Some((before, _)) = rest.rsplit_once('?').filter(|(_, second)| trackers.has(second)) {
        rest = before;
    }
    rest
}

/// The normal form of a link: host in lower case without a default port, no scheme, fragment (a `#!` one stays),
/// tracking parameter or trailing slash. Two links of one form lead to one page.
#[must_use]
pub fn link_form(url: &Url) -> String {
    match other_than(url, UrlCleaning::ALL) {
        Some(clean) => form_of_clean(&clean),
        None => form_of_clean(url),
    }
}

/// As [`link_form`], of a URL that is clean.
pub(crate) fn form_of_clean(clean: &Url) -> String {
    if !is_web(clean) {
        return clean.as_str().to_owned();
    }
    let mut form = String::with_capacity(clean.as_str().len());
    form.push_str(clean[Position::BeforeHost..Position::AfterPath].trim_end_matches('/'));
    if let Some(query) = clean.query().filter(|query| !query.is_empty()) {
        form.push('?');
        form.push_str(query);
    }
    if let Some(fragment) = clean.fragment().filter(|fragment| fragment.starts_with('!')) {
        form.push('#');
        form.push_str(fragment);
    }
    form
}
