//! `content:encoded`, and XHTML in place of it (`xhtml:body`, `xhtml:div`).

use super::super::reader::Reader;
use super::super::record::Building;
use super::super::xml::tree::Element;
use super::rss::fold;
use crate::model::Entry;

/// Reads a child of an entry.
pub(super) fn entry<'a>(reader: &mut Reader<'a>, element: &Element<'a>, to: &mut Building<Entry>) -> bool {
    match fold(element.local()).as_ref() {
        "encoded" => to.record.content.push(reader.html_text(element)),
        "body" | "div" => to.record.content.push(reader.markup_text(element)),
        _ => return false,
    }
    true
}
