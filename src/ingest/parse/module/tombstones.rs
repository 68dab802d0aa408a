//! Deleted entries (RFC 6721): `at:deleted-entry` in a feed.

use super::super::reader::Reader;
use super::super::record::fill_text;
use super::super::xml::names::Module;
use super::super::xml::tree::Element;
use super::atom;
use super::rss::fold;
use crate::ingest::parse::date::parse_date;
use crate::model::DeletedEntry;

/// As many of one feed as are read.
const MAX_DELETED: usize = 10_000;

/// Whether an element names a deleted entry.
pub(in crate::ingest::parse) fn is_deleted(element: &Element<'_>) -> bool {
    element.module == Module::Tombstones && element.local().eq_ignore_ascii_case("deleted-entry")
}

/// Reads it. One that does not say which entry it means says nothing.
pub(in crate::ingest::parse) fn deleted<'a>(
    reader: &mut Reader<'a>,
    element: &Element<'a>,
    to: &mut Vec<DeletedEntry>,
) {
    let Some(id) = reader.attribute_string(element, "ref").filter(|id| !id.is_empty()) else { return };
    let when = reader.attribute(element, "when").and_then(|when| parse_date(&when));
    let mut entry = DeletedEntry { id, when, ..DeletedEntry::default() };
    reader.children(element, |reader, child| match fold(child.local()).as_ref() {
        "by" if child.module == Module::Tombstones => entry.by = atom::person(reader, child),
        "comment" if child.module == Module::Tombstones => {
            fill_text(&mut entry.comment, reader.typed_text(child));
        }
        _ => {}
    });
    if to.len() < MAX_DELETED {
        to.push(entry);
    }
}
