//! Attributes as written to attributes as kept.

use std::borrow::Cow;

use ::url::Url;

use crate::model::{escape, is_xml_char};

use super::policy::{self, Value};
use crate::markup::{Tag, decode_attribute, lower};
use crate::model::link::{absolute, clean_url};

/// Bytes of a value that is kept; a longer one is no URL and no caption.
const MAX_VALUE: usize = 8 << 10;

/// The attributes of a tag that is kept as `name`, as they are written behind it: each with a space before it.
/// `None` where the element is nothing without those it lost.
pub(super) fn kept(tag: Tag<'_>, name: &str, base: Option<&Url>) -> Option<String> {
    let mut written = String::new();
    let mut names: Vec<&'static str> = Vec::new();
    for (attribute, value) in tag.attributes() {
        let attribute = lower(attribute);
        let Some((attribute, kind)) = policy::attribute(name, &attribute) else { continue };
        if names.contains(&attribute) {
            continue;
        }
        let Some(value) = value_kept(&decode_attribute(value), kind, base) else { continue };
        names.push(attribute);
        written.push(' ');
        written.push_str(attribute);
        written.push_str("=\"");
        written.push_str(&escape(&value));
        written.push('"');
    }
    policy::is_enough(name, &names).then_some(written)
}

/// A value as it is kept, unescaped.
fn value_kept(value: &str, kind: Value, base: Option<&Url>) -> Option<String> {
    if value.len() > MAX_VALUE {
        return None;
    }
    match kind {
        Value::Text => Some(xml_only(value).into_owned()),
        Value::Number => {
            let number = value.trim_ascii();
            let digits = number.strip_suffix('%').unwrap_or(number);
            let is_number =
                (1..=6).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
            is_number.then(|| number.to_owned())
        }
        Value::Flag => Some(String::new()),
        Value::Link => link(value, base),
        Value::Resource => absolute(value, base).map(String::from),
        Value::SrcSet => Some(src_set(value, base)).filter(|candidates| !candidates.is_empty()),
    }
}

fn link(value: &str, base: Option<&Url>) -> Option<String> {
    if let Some(url) = absolute(value, base) {
        return Some(clean_url(&url).into());
    }
    Url::parse(value).ok().filter(|url| url.scheme() == "mailto").map(String::from)
}

/// Image candidates (HTML §4.8.4.3.10), each with an absolute URL and one sound descriptor at most.
fn src_set(value: &str, base: Option<&Url>) -> String {
    let mut candidates: Vec<String> = Vec::new();
    let mut rest = value;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
        let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
        let (url, behind) = rest.split_at(end);
        if url.is_empty() {
            return candidates.join(", ");
        }
        let bare = url.trim_end_matches(',');
        let (descriptor, next) = if bare.len() < url.len() {
            ("", behind)
        } else {
            behind.split_once(',').unwrap_or((behind, ""))
        };
        rest = next;
        let descriptor = descriptor.trim_ascii();
        if let Some(url) = absolute(bare, base)
            && let Some(descriptor) = sound_descriptor(descriptor)
            && !url.as_str().ends_with(',')
        {
            candidates.push(format!("{url}{descriptor}"));
        }
    }
}

/// Nothing, or a space and a width or density.
fn sound_descriptor(descriptor: &str) -> Option<String> {
    if descriptor.is_empty() {
        return Some(String::new());
    }
    let number = descriptor.strip_suffix(['w', 'x'])?;
    let is_number = number.len() <= 8
        && number.starts_with(|c: char| c.is_ascii_digit())
        && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    is_number.then(|| format!(" {descriptor}"))
}

/// A text without the characters that XML forbids.
pub(super) fn xml_only(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_xml_char) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().filter(|&c| is_xml_char(c)).collect())
    }
}
