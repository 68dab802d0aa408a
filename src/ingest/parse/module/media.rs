//! Media RSS (`media:`): contents, alone or in groups, with what is said around them.

use super::super::reader::Reader;
use super::super::record::{Building, Record, add_category, fill, fill_text};
use super::super::xml::names::Module;
use super::super::xml::tree::Element;
use super::rss::{fold, listed};
use super::{atom, extension};
use crate::model::parts::{
    Category, Credit, Image, Media, MediaLicense, MediaPlayer, MediaRating, MediaRestriction, Thumbnail,
};
use crate::model::{Entry, FeedMeta};

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

/// Reads a child of a feed: what stands for a field of its own that says nothing.
pub(super) fn feed<'a>(reader: &mut Reader<'a>, element: &Element<'a>, to: &mut Building<FeedMeta>) -> bool {
    let weak = &mut to.weak;
    match fold(element.local()).as_ref() {
        "title" => fill_text(&mut weak.title, reader.typed_text(element)),
        "description" => fill_text(&mut weak.summary, reader.typed_text(element)),
        "category" => add_category(&mut weak.categories, category(reader, element)),
        "keywords" => keywords(reader, element, to),
        "thumbnail" => {
            let image = thumbnail(reader, element).map(|Thumbnail { url, width, height }| Image {
                url: Some(url),
                width,
                height,
                ..Image::default()
            });
            fill(&mut weak.image, image);
        }
        _ => return false,
    }
    true
}

/// Reads a child of an entry.
pub(super) fn entry<'a>(reader: &mut Reader<'a>, element: &Element<'a>, to: &mut Building<Entry>) -> bool {
    if element.local().eq_ignore_ascii_case("group") {
        let mut group = Group::default();
        reader.children(element, |reader, child| {
            if child.module != Module::Media || !member(reader, child, (&mut group, to)) {
                extension::any(reader, child, to);
            }
        });
        let contents = &mut to.media.get_or_insert_default().contents;
        let room = MAX_PARTS.saturating_sub(contents.len());
        contents.extend(group.settled().into_iter().take(room));
        return true;
    }
    let mut alone = to.media.take().unwrap_or_default();
    let known = member(reader, element, (&mut alone, to));
    to.media = Some(alone);
    known
}

/// Reads a content, or what is said of all contents of a group.
fn member<'a>(
    reader: &mut Reader<'a>,
    element: &Element<'a>,
    (group, to): (&mut Group, &mut Building<Entry>),
) -> bool {
    match fold(element.local()).as_ref() {
        "content" => {
            let content = content(reader, element, to);
            if group.contents.len() < MAX_PARTS {
                group.contents.push(content);
            }
        }
        "keywords" => keywords(reader, element, to),
        _ => return about(reader, element, &mut group.about),
    }
    true
}

fn content<'a>(reader: &mut Reader<'a>, element: &Element<'a>, to: &mut Building<Entry>) -> Media {
    let mut media = Media {
        url: reader.location(element),
        media_type: reader.attribute_string(element, "type"),
        medium: reader.attribute_string(element, "medium"),
        ..Media::default()
    };
    reader.children(element, |reader, child| {
        if child.module != Module::Media || !about(reader, child, &mut media) {
            extension::any(reader, child, to);
        }
    });
    media
}

/// Kept as written, and each a category where there is no other.
fn keywords<'a, R: Record>(reader: &mut Reader<'a>, element: &Element<'a>, to: &mut Building<R>) {
    let text = reader.text(element);
    for word in listed(&text) {
        add_category(&mut to.weak.categories, Category { term: word.to_owned(), ..Category::default() });
    }
    extension::keep(to, "media:keywords", &text);
}

/// Reads what is said of a content, or of a group.
fn about<'a>(reader: &mut Reader<'a>, element: &Element<'a>, media: &mut Media) -> bool {
    match fold(element.local()).as_ref() {
        "title" => fill_text(&mut media.title, reader.typed_text(element)),
        "description" => fill_text(&mut media.description, reader.typed_text(element)),
        "thumbnail" => {
            let thumbnail = thumbnail(reader, element).filter(|_| media.thumbnails.len() < MAX_PARTS);
            media.thumbnails.extend(thumbnail);
        }
        "credit" => media.credits.extend(credit(reader, element).filter(|_| media.credits.len() < MAX_PARTS)),
        "player" => {
            fill(&mut media.player, reader.location(element).map(|url| MediaPlayer { url }));
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

/// A category; without a scheme it is of the one that the specification names.
fn category<'a>(reader: &mut Reader<'a>, element: &Element<'a>) -> Category {
    const SCHEME: &str = "http://search.yahoo.com/mrss/category_schema";
    let mut category = atom::category(reader, element);
    category.scheme.get_or_insert_with(|| SCHEME.to_owned());
    category
}

/// `media:thumbnail url="…"`; some write the URL as text.
fn thumbnail<'a>(reader: &mut Reader<'a>, element: &Element<'a>) -> Option<Thumbnail> {
    let width = reader.attribute_number(element, "width");
    let height = reader.attribute_number(element, "height");
    let url = reader.location(element).or_else(|| reader.url(element))?;
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
