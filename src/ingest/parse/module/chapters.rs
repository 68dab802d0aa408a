//! Podlove Simple Chapters (`psc:`).

use super::super::reader::Reader;
use super::super::record::Building;
use super::super::xml::tree::Element;
use crate::model::Entry;
use crate::model::parts::Chapter;

/// As many chapters of an episode as are read.
const MAX_CHAPTERS: usize = 1000;

/// Reads a child of an entry: `psc:chapters`.
pub(super) fn entry<'a>(reader: &mut Reader<'a>, element: &Element<'a>, to: &mut Building<Entry>) -> bool {
    if !element.local().eq_ignore_ascii_case("chapters") {
        return false;
    }
    if !to.record.chapters.is_empty() {
        return true;
    }
    let chapters = &mut to.record.chapters;
    reader.children(element, |reader, child| {
        if child.local().eq_ignore_ascii_case("chapter") && chapters.len() < MAX_CHAPTERS {
            chapters.push(Chapter {
                start: reader.attribute_string(child, "start"),
                title: reader.attribute_string(child, "title"),
                href: reader.attribute_url(child, "href"),
                image: reader.attribute_url(child, "image"),
            });
        }
    });
    true
}
