//! The parameters that follow readers about. Names are compared without case.

mod hosts;
mod names;

use std::borrow::Cow;

pub(crate) use hosts::is_of;
use names::{NAMES, PREFIXES, VALUES};

/// Whether `name=value`, as it stands in a query or fragment, is there to track. `host` is in lower case.
pub(super) fn is_tracking(parameter: &str, host: &str) -> bool {
    // `&amp;` that was escaped once too often leaves its tail on the next name.
    let parameter = parameter.strip_prefix("amp;").unwrap_or(parameter);
    let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
    let name = lower(name);
    PREFIXES.iter().any(|prefix| name.starts_with(prefix))
        || NAMES.binary_search(&&*name).is_ok()
        || VALUES.iter().any(|(known, values)| *known == name && fits(&lower(value), values))
        || hosts::is_tracking(&name, host)
}

fn lower(text: &str) -> Cow<'_, str> {
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(text.to_ascii_lowercase())
    } else {
        Cow::Borrowed(text)
    }
}

/// Whether a value is one of these, or one with a tail such as `rss-frontpage` or `rss------2`.
fn fits(value: &str, beginnings: &[&str]) -> bool {
    beginnings.iter().any(|begin| {
        value.strip_prefix(begin).is_some_and(|tail| {
            begin.ends_with(['-', '_']) || !tail.starts_with(|c: char| c.is_ascii_alphanumeric())
        })
    })
}
