//! Feed history (RFC 5005): `fh:complete`, `fh:archive`. Its links are Atom's.

use super::super::record::Building;
use super::super::xml::tree::Element;
use super::rss::fold;
use crate::model::FeedMeta;

/// Reads a child of a feed: both are marks without content.
pub(super) fn feed(element: &Element<'_>, to: &mut Building<FeedMeta>) -> bool {
    match fold(element.local()).as_ref() {
        "complete" => to.record.complete = Some(true),
        "archive" => to.record.archive = Some(true),
        _ => return false,
    }
    true
}
