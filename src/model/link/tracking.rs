//! The parameters that follow readers about. Names are compared without case.

mod hosts;
mod names;

use std::borrow::Cow;

use hosts::OnHost;
pub(super) use hosts::find;
pub(crate) use hosts::is_of;
use names::{NAMES, PREFIXES, VALUES};

/// What tracks on one host.
#[derive(Clone, Copy)]
pub(super) struct Trackers(OnHost);

impl Trackers {
    /// `host` is in lower case.
    pub(super) fn on(host: &str) -> Self {
        Self(OnHost::of(host))
    }

    /// Whether `name=value`, as it stands in a query or fragment, is there to track.
    pub(super) fn has(self, parameter: &str) -> bool {
        // `&amp;` that was escaped once too often leaves its tail on the next name.
        let parameter = parameter.strip_prefix("amp;").unwrap_or(parameter);
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        let name = lower(name);
        begins_to_track(&name)
            || NAMES.binary_search(&&*name).is_ok()
            || VALUES
                .binary_search_by_key(&&*name, |(known, _)| known)
                .is_ok_and(|row| fits(&lower(value), VALUES[row].1))
            || self.0.has(&name)
    }
}

/// No beginning is one of another, so that it is the last of those that sort before the name.
fn begins_to_track(name: &str) -> bool {
    let before = PREFIXES.partition_point(|prefix| *prefix <= name);
    PREFIXES[..before].last().is_some_and(|prefix| name.starts_with(prefix))
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
