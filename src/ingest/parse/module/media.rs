//! Media RSS (`media:`): contents, alone or in groups, with what is said around them.

use super::super::reader::Reader;
use super::super::record::{Building, add_category, fill, fill_text};
use super::super::xml::names::Module;
use super::super::xml::tree::Element;
use crate::model::Entry;
use crate::model::parts::{
    Category, Credit, Media, MediaLicense, MediaPlayer, MediaRating, MediaRestriction, Thumbnail,
};

/// As many contents, thumbnails or credits of an entry as are read.
const MAX_PARTS: usize = 50;
/// Bytes of the longest description that is said again of each content.
const MAX_REPEATED: usize = 16 * 1024;

/// Contents, and what is said of all of them.
#[derive(Debug, Default)]
pub(in crate::ingest::parse) struct Group {
    contents: Vec<Media>,
    about: Media,
}

impl Group {
    /// The contents, each with what is said of all where it says nothing itself. Without contents, what is said.
    pub(in crate::ingest::parse) fn settled(mut self) -> Vec<Media> {
        if self.contents.is_empty() && self.about != Media::default() {
            return vec![self.about];
        }
        if self.about != Media::default() {
            for (number, content) in self.contents.iter_mut().enumerate() {
                if number == 1 {
                    self.about.description.take_if(|text| text.value.len() > MAX_REPEATED);
                }
                inherit(content, &self.about);
            }
        }
        self.contents
    }
}

/// Reads a child of an entry.
pub(super) fn entry<'a>(reader: &mut Reader<'a>, element: &Element<'a>, to: &mut Building<Entry>) -> bool {
    match element.local() {
        "group" => {
            let group = group(reader, element);
            let room = MAX_PARTS.saturating_sub(to.media.contents.len());
            to.media.contents.extend(group.settled().into_iter().take(room));
            true
        }
        _ => member(reader, element, &mut to.media),
    }
}

fn group<'a>(reader: &mut Reader<'a>, element: &Element<'a>) -> Group {
    let mut group = Group::default();
    reader.children(element, |reader, child| {
        if child.module == Module::Media {
            member(reader, child, &mut group);
        }
    });
    group
}

fn member<'a>(reader: &mut Reader<'a>, element: &Element<'a>, group: &mut Group) -> bool {
    if element.local() != "content" {
        return about(reader, element, &mut group.about);
    }
    let content = content(reader, element);
    if group.contents.len() < MAX_PARTS {
        group.contents.push(content);
    }
    true
}

fn content<'a>(reader: &mut Reader<'a>, element: &Element<'a>) -> Media {
    let mut media = Media {
        url: reader.attribute_url(element, "url"),
        media_type: reader.attribute_string(element, "type"),
        medium: reader.attribute_string(element, "medium"),
        ..Media::default()
    };
    reader.children(element, |reader, child| {
        if child.module == Module::Media {
            about(reader, child, &mut media);
        }
    });
    media
}

/// Reads what is said of a content, or of a group.
fn about<'a>(reader: &mut Reader<'a>, element: &Element<'a>, media: &mut Media) -> bool {
    match element.local() {
        "title" => fill_text(&mut media.title, reader.typed_text(element)),
        "description" => fill_text(&mut media.description, reader.typed_text(element)),
        "thumbnail" => {
            let thumbnail = thumbnail(reader, element).filter(|_| media.thumbnails.len() < MAX_PARTS);
            media.thumbnails.extend(thumbnail);
        }
        "credit" => media.credits.extend(credit(reader, element).filter(|_| media.credits.len() < MAX_PARTS)),
        "player" => {
            fill(&mut media.player, reader.attribute_url(element, "url").map(|url| MediaPlayer { url }));
        }
        "restriction" => {
            let relationship = reader.attribute_string(element, "relationship");
            let content = reader.text(element).into_owned();
            fill(&mut media.restriction, Some(MediaRestriction { relationship, content }));
        }
        "license" => {
            let href = reader.attribute_url(element, "href");
            let media_type = reader.attribute_string(element, "type");
            let content = reader.filled(element);
            fill(&mut media.license, Some(MediaLicense { href, media_type, content }));
        }
        "rating" => fill(&mut media.rating, reader.filled(element).map(|content| MediaRating { content })),
        "category" => add_category(&mut media.categories, category(reader, element)),
        _ => return false,
    }
    true
}

fn category<'a>(reader: &mut Reader<'a>, element: &Element<'a>) -> Category {
    let scheme = reader.attribute_string(element, "scheme");
    let label = reader.attribute_string(element, "label");
    Category { term: reader.text(element).into_owned(), scheme, label }
}

/// `media:thumbnail url="…"`; some write the URL as text.
fn thumbnail<'a>(reader: &mut Reader<'a>, element: &Element<'a>) -> Option<Thumbnail> {
    let width = reader.attribute_number(element, "width");
    let height = reader.attribute_number(element, "height");
    let url = reader.attribute_url(element, "url").or_else(|| reader.url(element))?;
    Some(Thumbnail { url, width, height })
}

fn credit<'a>(reader: &mut Reader<'a>, element: &Element<'a>) -> Option<Credit> {
    let role = reader.attribute_string(element, "role");
    reader.filled(element).map(|content| Credit { role, content })
}

fn inherit(content: &mut Media, about: &Media) {
    let about = about.clone();
    fill(&mut content.title, about.title);
    fill(&mut content.description, about.description);
    fill(&mut content.player, about.player);
    fill(&mut content.restriction, about.restriction);
    fill(&mut content.license, about.license);
    fill(&mut content.rating, about.rating);
    if content.thumbnails.is_empty() {
        content.thumbnails = about.thumbnails;
    }
    if content.credits.is_empty() {
        content.credits = about.credits;
    }
    if content.categories.is_empty() {
        content.categories = about.categories;
    }
}
