//! Attributes as written to attributes as kept.

use std::borrow::Cow;

use ::url::{ParseError, Url};

use crate::model::{is_xml_char, is_xml_text};

use super::address::{has_url_bytes, is_clean, is_plain, is_url_byte};
use super::policy::{self, REL, Value};
use crate::markup::{Tag, candidates, decode_attribute, lower, push_value};
use crate::model::link::{UrlCleaning, absolute, clean_written};
use crate::model::reference::{resolve, tidy};
use crate::model::uri::{escape_uri, has_scheme};

/// Bytes of a value that is kept; a longer one is no URL and no caption.
const MAX_VALUE: usize = 8 << 10;

/// What relative URLs are relative to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Base<'a> {
    /// A URL; itself relative, or empty, where none is known.
    pub(super) url: &'a str,
    /// Whether a URL stays that is still relative then.
    pub(super) keeps_relative: bool,
    /// What is cleaned of links.
    pub(super) links: UrlCleaning,
}

/// Writes the attributes of a tag that is kept as `name`, as a serialiser writes them behind it: each with a space before it.
/// Whether the element is something without those it lost.
pub(super) fn write(written: &mut String, tag: Tag<'_>, name: &'static str, base: Base<'_>) -> bool {
    if tag.rest().is_empty() {
        return !policy::needs_attributes(name);
    }
    let mut attributes = policy::Attributes::of(name);
    for (attribute, value) in tag.attributes() {
        let Some((place, attribute, kind)) = attributes.next(&lower(attribute)) else { continue };
        let value = decode_attribute(value);
        let Some(value) = value_kept(&value, kind, base) else { continue };
        attributes.note(place);
        push(written, attribute, &value);
    }
    if name == "a" {
        push(written, "rel", REL);
    }
    attributes.are_enough()
}

fn push(written: &mut String, attribute: &str, value: &str) {
    written.push(' ');
    written.push_str(attribute);
    written.push_str("=\"");
    push_value(written, value);
    written.push('"');
}

/// A value as it is kept, unescaped.
fn value_kept<'v>(value: &'v str, kind: Value, base: Base<'_>) -> Option<Cow<'v, str>> {
    if value.len() > MAX_VALUE {
        return None;
    }
    match kind {
        Value::Text => Some(xml_only(value)),
        Value::Number => {
            let number = value.trim_ascii();
            let digits = number.strip_suffix('%').unwrap_or(number);
            let is_number =
                (1..=6).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
            is_number.then_some(Cow::Borrowed(number))
        }
        Value::Flag => Some(Cow::Borrowed("")),
        Value::Link => link(value, base),
        Value::Resource => resource(value, base),
        Value::Made => None,
        Value::SrcSet => {
            Some(src_set(value, base)).filter(|candidates| !candidates.is_empty()).map(Cow::Owned)
        }
    }
}

/// The URL of a link, without tracking parameters.
pub(super) fn link<'v>(value: &'v str, base: Base<'_>) -> Option<Cow<'v, str>> {
    if is_plain(value) && is_clean(value, base.links) {
        return Some(Cow::Borrowed(value));
    }
    read_link(value, base).map(Cow::Owned)
}

/// As [`link`], whatever it is.
pub(super) fn read_link(value: &str, base: Base<'_>) -> Option<String> {
    let written = resolve(&tidy(value), base.url).into_owned();
    if let Some(url) = absolute(&written, None) {
        let written = as_written(written, &url);
        return Some(clean_written(&written, &url, base.links).unwrap_or(written));
    }
    match Url::parse(&written) {
        Ok(url) if url.scheme() == "mailto" => Some(as_written(written, &url)),
        outcome => relative(written, outcome.err(), base),
    }
}

/// The URL of an image and the like. An empty one would be the document itself, which is none (HTML §4.8.4.3.5).
pub(super) fn resource<'v>(value: &'v str, base: Base<'_>) -> Option<Cow<'v, str>> {
    if is_plain(value) { Some(Cow::Borrowed(value)) } else { read_resource(value, base).map(Cow::Owned) }
}

/// As [`resource`], whatever it is.
pub(super) fn read_resource(value: &str, base: Base<'_>) -> Option<String> {
    let value = tidy(value);
    if value.is_empty() {
        return None;
    }
    let written = resolve(&value, base.url).into_owned();
    match absolute(&written, None) {
        Some(url) => Some(as_written(written, &url)),
        None => {
            let fault = Url::parse(&written).err();
            relative(written, fault, base)
        }
    }
}

/// An absolute URL as the feed wrote it, where that needs no encoding; else in its normal form.
fn as_written(written: String, url: &Url) -> String {
    if has_scheme(&written) && is_url_text(&written) { written } else { url.as_str().to_owned() }
}

/// What is relative though all that is known of its base was heeded.
fn relative(written: String, fault: Option<ParseError>, base: Base<'_>) -> Option<String> {
    let stays = base.keeps_relative && fault == Some(ParseError::RelativeUrlWithoutBase);
    stays.then(|| if is_url_text(&written) { written } else { escape_uri(&written).into_owned() })
}

fn is_url_text(text: &str) -> bool {
    has_url_bytes(text) || text.chars().all(is_url_char)
}

/// URL code points (WHATWG URL §4.3), `%` and the brackets of IPv6.
fn is_url_char(c: char) -> bool {
    match u8::try_from(c) {
        Ok(byte) if byte.is_ascii() => is_url_byte(byte),
        _ => is_xml_char(c) && !c.is_control() && !c.is_whitespace(),
    }
}

/// Image candidates, each with one descriptor at most.
fn src_set(value: &str, base: Base<'_>) -> String {
    let mut kept = String::with_capacity(value.len());
    for (url, descriptor) in candidates(value) {
        let Some(url) = resource(url, base).filter(|url| !url.ends_with(',')) else { continue };
        let (comma, space) =
            (if kept.is_empty() { "" } else { ", " }, if descriptor.is_empty() { "" } else { " " });
        for part in [comma, &url, space, descriptor] {
            kept.push_str(part);
        }
    }
    kept
}

/// A text without the characters that XML forbids.
pub(super) fn xml_only(text: &str) -> Cow<'_, str> {
    if is_xml_text(text) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().filter(|&c| is_xml_char(c)).collect())
    }
}
