//! RSS `image`: of a channel, or beside it (RDF).

use super::super::reader::Reader;
use super::super::record::fill;
use super::super::xml::names::Module;
use super::super::xml::tree::Element;
use super::rss::fold;
use crate::model::parts::Image;

/// Reads an image: its children, or its text or `rdf:resource` as its URL.
pub(super) fn rss<'a>(reader: &mut Reader<'a>, element: &Element<'a>) -> Option<Image> {
    let mut image = Image::default();
    let text = reader.children_and_text(element, |reader, child| part(reader, child, &mut image));
    if image == Image::default() {
        let written = (!text.is_empty()).then(|| reader.resolved(element, &text)).flatten();
        let url = written.or_else(|| reader.attribute_url(element, "resource"));
        image.url = url.or_else(|| reader.location(element));
    }
    (image != Image::default()).then_some(image)
}

/// Puts an image where there is none, or only the URL of one: RDF says in the channel which image it has, and
/// beside the channel what there is to say of it.
pub(super) fn fuller(to: &mut Option<Image>, image: Option<Image>) {
    let is_url_only = |there: &Image| there.title.is_none() && there.link.is_none();
    if to.as_ref().is_none_or(is_url_only) && image.is_some() {
        *to = image;
    }
}

fn part<'a>(reader: &mut Reader<'a>, child: &Element<'a>, image: &mut Image) {
    if !matches!(child.module, Module::Rss | Module::Atom) {
        return;
    }
    match fold(child.local()).as_ref() {
        "url" => fill(&mut image.url, reader.url(child)),
        "title" => fill(&mut image.title, reader.filled(child)),
        "link" => fill(&mut image.link, reader.url(child)),
        "description" => fill(&mut image.description, reader.filled(child)),
        "width" => fill(&mut image.width, reader.number(child)),
        "height" => fill(&mut image.height, reader.number(child)),
        _ => {}
    }
}
