//! Dublin Core elements and terms (`dc:`, `dcterms:`).

use super::super::date::parse_date;
use super::super::reader::Reader;
use super::super::record::{Building, Record, add_category, add_person, fill, fill_text};
use super::super::xml::tree::Element;
use super::rss::fold;
use crate::model::parts::Category;

/// Reads a child of a feed or an entry.
pub(super) fn any<'a, R: Record>(
    reader: &mut Reader<'a>,
    element: &Element<'a>,
    to: &mut Building<R>,
) -> bool {
    let (shared, weak) = (to.record.shared(), &mut to.weak);
    match fold(element.local()).as_ref() {
        "title" => fill_text(&mut weak.title, reader.guessed_line(element)),
        "description" | "abstract" => fill_text(&mut weak.summary, reader.guessed_text(element)),
        "creator" | "author" => add_person(shared.authors, reader.person(element)),
        "contributor" => add_person(shared.contributors, reader.person(element)),
        "publisher" => fill(&mut weak.publisher, reader.person(element)),
        "subject" => {
            let scheme = reader.attribute_string(element, "scheme");
            let term = reader.text(element).into_owned();
            add_category(shared.categories, Category { term, scheme, label: None });
        }
        "rights" | "rightsholder" => fill_text(shared.rights, reader.guessed_line(element)),
        "license" => {
            let resource = reader.attribute_url(element, "resource");
            fill(shared.license, resource.or_else(|| reader.url(element)));
        }
        "language" => fill(&mut weak.language, reader.filled(element)),
        "identifier" => fill(&mut weak.id, reader.filled(element)),
        _ => return date(reader, element, to),
    }
    true
}

/// A bare `dc:date` does not say of what: it stands for the last change, and for publication where nothing else does.
fn date<'a, R: Record>(reader: &mut Reader<'a>, element: &Element<'a>, to: &mut Building<R>) -> bool {
    let (shared, weak) = (to.record.shared(), &mut to.weak);
    match fold(element.local()).as_ref() {
        "date" => {
            let date = reader.date(element);
            fill(&mut weak.updated, date);
            fill(&mut weak.published, date);
        }
        "issued" | "available" => fill(&mut weak.published, reader.date(element)),
        "modified" => fill(shared.updated, reader.date(element)),
        "created" => {
            let date = reader.date(element);
            to.record.created(date);
        }
        // A DCMI period: `start=…;end=…;scheme=…`.
        "valid" => {
            let text = reader.text(element);
            let end =
                text.split(';').filter_map(|part| part.split_once('=')).find(|(key, _)| key.trim() == "end");
            to.record.expired(end.and_then(|(_, date)| parse_date(date)));
        }
        _ => return false,
    }
    true
}
