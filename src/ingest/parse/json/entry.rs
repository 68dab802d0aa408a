//! One item of a JSON Feed.

use serde_json::value::RawValue;

use super::fields::Reader;
use super::meta::link;
use super::own;
use super::skeleton::Object;
use crate::ingest::parse::record::add_category;
use crate::model::Entry;
use crate::model::parts::{Category, Enclosure, Image, Text};

/// Reads an item; `None` for what is no object.
pub(super) fn entry<'a>(raw: &'a RawValue, reader: &mut Reader<'a>) -> Option<Entry> {
    let mut object = reader.object(raw)?;
    let url = object.take("url").and_then(|raw| reader.url(raw));
    let external = object.take("external_url").and_then(|raw| reader.url(raw));
    let image = object.take("image").or_else(|| object.take("banner_image"));
    let own = object.take("_feedmill");
    let attachments = object.take("attachments").map(|raw| attachments(raw, reader)).unwrap_or_default();
    let mut entry = Entry {
        id: object.take("id").and_then(|raw| reader.filled_string(raw)),
        title: object.take("title").and_then(|raw| reader.string(raw)).map(Text::plain),
        summary: object.take("summary").and_then(|raw| reader.string(raw)).map(Text::plain),
        content: content(&mut object, reader),
        // A link blog's item may have no page of its own.
        link: url.or_else(|| external.clone()),
        links: external.map(|href| link("related", href)).into_iter().collect(),
        language: object.take("language").and_then(|raw| reader.filled_string(raw)),
        published: object.take("date_published").and_then(|raw| reader.date(raw)),
        updated: object.take("date_modified").and_then(|raw| reader.date(raw)),
        authors: reader.authors(&mut object),
        image: image.and_then(|raw| reader.url(raw)).map(|url| Image { url: Some(url), ..Image::default() }),
        categories: object.take("tags").map(|raw| tags(raw, reader)).unwrap_or_default(),
        enclosures: attachments.enclosures,
        extensions: reader.extensions(object),
        ..Entry::default()
    };
    if let Some(raw) = own {
        own::extension(raw, reader, &mut entry);
    }
    entry.extensions.extend(attachments.duration.map(|text| ("duration_in_seconds".to_owned(), text)));
    entry.extensions.extend(attachments.title.map(|text| ("attachment_title".to_owned(), text)));
    Some(entry)
}

/// HTML first: it says more than the text beside it.
fn content<'a>(object: &mut Object<'a>, reader: &mut Reader<'a>) -> Vec<Text> {
    let html = object.take("content_html").and_then(|raw| reader.string(raw));
    let text = object.take("content_text").and_then(|raw| reader.string(raw));
    let base = reader.base.clone();
    let html = html.map(|html| Text { base, ..Text::html(html) });
    html.into_iter().chain(text.map(Text::plain)).collect()
}

fn tags<'a>(raw: &'a RawValue, reader: &mut Reader<'a>) -> Vec<Category> {
    let raws = reader.list(raw);
    let mut tags = Vec::new();
    for term in raws.into_iter().filter_map(|raw| reader.filled_string(raw)) {
        add_category(&mut tags, Category { term, ..Category::default() });
    }
    tags
}

#[derive(Default)]
struct Attachments {
    enclosures: Vec<Enclosure>,
    /// How long the first one takes that says so, in seconds: the record has no place for it in an enclosure.
    duration: Option<String>,
    /// What the first one is called that has a title, for the same reason.
    title: Option<String>,
}

fn attachments<'a>(raw: &'a RawValue, reader: &mut Reader<'a>) -> Attachments {
    let mut found = Attachments::default();
    for raw in reader.list(raw) {
        let Some(mut object) = reader.object(raw) else { continue };
        let Some(url) = object.take("url").and_then(|raw| reader.url(raw)) else {
            reader.warn(raw, "missing-url", "an attachment without `url` is left out".to_owned());
            continue;
        };
        let media_type = object.take("mime_type").and_then(|raw| reader.filled_string(raw));
        let length = object.take("size_in_bytes").and_then(|raw| reader.count(raw));
        let duration = object.take("duration_in_seconds").and_then(|raw| reader.filled_string(raw));
        let title = object.take("title").and_then(|raw| reader.filled_string(raw));
        found.duration = found.duration.or(duration);
        found.title = found.title.or(title);
        found.enclosures.push(Enclosure { url, media_type, length });
    }
    found
}
