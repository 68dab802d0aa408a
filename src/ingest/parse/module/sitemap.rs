//! Sitemaps (sitemaps.org/protocol.html) and what search engines add to them: news, images, videos, other languages.
//! A `url` is an entry; one of a plain sitemap has an address and perhaps a date, and no title.

use super::super::reader::Reader;
use super::super::record::{Building, add_category, fill, fill_text};
use super::super::xml::names::Module;
use super::super::xml::tree::Element;
use super::atom;
use crate::model::Entry;
use crate::model::parts::{Category, Image, Link, Media, MediaPlayer, Person, Text, Thumbnail};

/// As many images and videos of an entry as are read.
const MAX_MEDIA: usize = 50;

/// Reads a child of a `url`, or of what the extensions put into it.
pub(super) fn entry<'a>(reader: &mut Reader<'a>, element: &Element<'a>, to: &mut Building<Entry>) -> bool {
    match (element.module, element.local()) {
        (Module::Sitemap, "loc") => {
            let Some(href) = reader.url(element) else { return true };
            fill(&mut to.record.link, Some(href.clone()));
            to.record.links.push(Link { href, rel: Some("alternate".to_owned()), ..Link::default() });
        }
        (Module::Sitemap, "lastmod") => fill(&mut to.record.updated, reader.date(element)),
        (Module::SitemapNews, "news" | "publication") => {
            reader.children(element, |reader, child| super::entry(reader, child, to));
        }
        (Module::SitemapNews, _) => return news(reader, element, &mut to.record),
        (Module::SitemapImage, "image") => image(reader, element, &mut to.record),
        (Module::SitemapVideo, "video") => video(reader, element, to),
        // The same page in other languages.
        (Module::Xhtml, "link") => drop(atom::link(reader, element, to)),
        _ => return false,
    }
    true
}

/// The news extension (www.google.com/schemas/sitemap-news/0.9).
fn news<'a>(reader: &mut Reader<'a>, element: &Element<'a>, entry: &mut Entry) -> bool {
    match element.local() {
        "title" => fill_text(&mut entry.title, reader.guessed_text(element)),
        "publication_date" => fill(&mut entry.published, reader.date(element)),
        "keywords" => {
            for term in reader.text(element).split(',').map(str::trim) {
                add_category(
                    &mut entry.categories,
                    Category { term: term.to_owned(), ..Category::default() },
                );
            }
        }
        "name" => {
            let name = reader.filled(element);
            fill(&mut entry.publisher, name.map(|name| Person { name: Some(name), ..Person::default() }));
        }
        "language" => fill(&mut entry.language, reader.filled(element)),
        _ => return false,
    }
    true
}

/// The image extension (www.google.com/schemas/sitemap-image/1.1): the first is the entry's, all are its media.
fn image<'a>(reader: &mut Reader<'a>, element: &Element<'a>, entry: &mut Entry) {
    let mut media = Media { medium: Some("image".to_owned()), ..Media::default() };
    reader.children(element, |reader, child| match child.local() {
        "loc" => fill(&mut media.url, reader.url(child)),
        "title" => fill_text(&mut media.title, reader.guessed_text(child)),
        "caption" => fill_text(&mut media.description, reader.guessed_text(child)),
        _ => {}
    });
    if media.url.is_none() || entry.media.len() == MAX_MEDIA {
        return;
    }
    let text = |text: &Option<Text>| text.as_ref().map(|text| text.value.clone());
    let image = Image {
        url: media.url.clone(),
        title: text(&media.title),
        description: text(&media.description),
        ..Image::default()
    };
    fill(&mut entry.image, Some(image));
    entry.media.push(media);
}

/// The video extension (www.google.com/schemas/sitemap-video/1.1). Its words are the entry's where it has none.
fn video<'a>(reader: &mut Reader<'a>, element: &Element<'a>, to: &mut Building<Entry>) {
    let mut media = Media { medium: Some("video".to_owned()), ..Media::default() };
    reader.children(element, |reader, child| match child.local() {
        "content_loc" => fill(&mut media.url, reader.url(child)),
        "player_loc" => fill(&mut media.player, reader.url(child).map(|url| MediaPlayer { url })),
        "thumbnail_loc" => {
            let url = reader.url(child).filter(|_| media.thumbnails.is_empty());
            media.thumbnails.extend(url.map(|url| Thumbnail { url, ..Thumbnail::default() }));
        }
        "title" => fill_text(&mut media.title, reader.guessed_text(child)),
        "description" => fill_text(&mut media.description, reader.guessed_text(child)),
        "publication_date" => fill(&mut to.weak.published, reader.date(child)),
        _ => {}
    });
    fill(&mut to.weak.title, media.title.clone());
    fill(&mut to.weak.summary, media.description.clone());
    if to.record.media.len() < MAX_MEDIA {
        to.record.media.push(media);
    }
}
