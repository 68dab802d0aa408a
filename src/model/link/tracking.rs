//! The parameters that follow readers about. Names are compared without case.

mod hosts;
mod names;

use std::borrow::Cow;

pub(super) use hosts::find;
pub(crate) use hosts::is_of;
use hosts::{HOSTS, tracks_on};
use names::{NAMES, PREFIXES, VALUES};

/// What tracks on one host.
#[derive(Clone, Copy)]
pub(super) struct Trackers<'a> {
    host: &'a str,
}

impl<'a> Trackers<'a> {
    /// `host` is in lower case.
    pub(super) fn on(host: &'a str) -> Self {
        Self { host }
    }

    /// Whether `name=value`, as it stands in a query or fragment, is there to track.
    pub(super) fn has(self, parameter: &str) -> bool {
        // `&amp;` that was escaped once too often leaves its tail on the next name.
        let parameter = parameter.strip_prefix("amp;").unwrap_or(parameter);
        let end = memchr::memchr(b'=', parameter.as_bytes());
        let (name, value) = end.map_or((parameter, ""), |end| (&parameter[..end], &parameter[end + 1..]));
        if !may_track(name) {
            return false;
        }
        let name = lower(name);
        begins_to_track(&name)
            || NAMES.binary_search(&&*name).is_ok()
            || VALUES
                .binary_search_by_key(&&*name, |(known, _)| known)
                .is_ok_and(|row| fits(&lower(value), VALUES[row].1))
            || tracks_on(self.host, &name)
    }
}

/// Whether any name that tracks anywhere begins with the same letter and is as long. Nearly all others are told from
/// them by that.
fn may_track(name: &str) -> bool {
    let first = name.as_bytes().first();
    first.is_some_and(|first| LENGTHS[first.to_ascii_lowercase() as usize] & length_bit(name) != 0)
}

/// The lengths of the names that track, as bits, by their first letter; a beginning of names may be as long as it likes.
const LENGTHS: [u64; 256] = {
    let mut lengths = [0; 256];
    let mut row = 0;
    while row < PREFIXES.len() {
        lengths[PREFIXES[row].as_bytes()[0] as usize] |= !(length_bit(PREFIXES[row]) - 1);
        row += 1;
    }
    note(&mut lengths, NAMES);
    row = 0;
    while row < VALUES.len() {
        note(&mut lengths, &[VALUES[row].0]);
        row += 1;
    }
    row = 0;
    while row < HOSTS.len() {
        note(&mut lengths, HOSTS[row].1);
        row += 1;
    }
    lengths
};

const fn note(lengths: &mut [u64; 256], names: &[&str]) {
    let mut at = 0;
    while at < names.len() {
        lengths[names[at].as_bytes()[0] as usize] |= length_bit(names[at]);
        at += 1;
    }
}

/// The longest names share the last bit.
const fn length_bit(name: &str) -> u64 {
    if name.len() < 63 { 1 << name.len() } else { 1 << 63 }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_that_tracks_is_looked_up() {
        let on_hosts = HOSTS.iter().flat_map(|row| row.1);
        for name in VALUES.iter().map(|row| &row.0).chain(NAMES).chain(on_hosts) {
            assert!(may_track(name) && may_track(&name.to_ascii_uppercase()), "{name}");
        }
        for prefix in PREFIXES {
            for behind in [0, 1, 40, 80] {
                assert!(may_track(&format!("{prefix}{}", "x".repeat(behind))), "{prefix} {behind}");
            }
        }
        assert!(!may_track("") && !may_track("id") && !may_track("é"));
    }
}
