//! Podcasting 2.0 (`podcast:`): transcripts and persons. The rest is kept as extensions.

use super::super::reader::Reader;
use super::super::record::{Building, Record};
use super::super::xml::tree::Element;
use crate::model::Entry;
use crate::model::parts::{PodcastPerson, Transcript};

/// As many persons or transcripts of one record as are read.
const MAX_PARTS: usize = 200;

/// Reads a child of an entry.
pub(super) fn entry<'a>(reader: &mut Reader<'a>, element: &Element<'a>, to: &mut Building<Entry>) -> bool {
    if !element.local().eq_ignore_ascii_case("transcript") {
        return any(reader, element, to);
    }
    let Some(url) = reader.attribute_url(element, "url") else { return true };
    if to.record.transcripts.len() < MAX_PARTS {
        to.record.transcripts.push(Transcript {
            url,
            media_type: reader.attribute_string(element, "type"),
            language: reader.attribute_string(element, "language"),
            rel: reader.attribute_string(element, "rel"),
        });
    }
    true
}

/// Reads a child of a feed or an entry.
pub(super) fn any<'a, R: Record>(
    reader: &mut Reader<'a>,
    element: &Element<'a>,
    to: &mut Building<R>,
) -> bool {
    if !element.local().eq_ignore_ascii_case("person") {
        return false;
    }
    let mut person = PodcastPerson {
        role: reader.attribute_string(element, "role"),
        group: reader.attribute_string(element, "group"),
        img: reader.attribute_url(element, "img"),
        href: reader.attribute_url(element, "href"),
        ..PodcastPerson::default()
    };
    person.name = reader.text(element).into_owned();
    let persons = to.record.shared().persons;
    if !person.name.is_empty() && persons.len() < MAX_PARTS {
        persons.push(person);
    }
    true
}
