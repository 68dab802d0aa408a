//! The top level of a JSON Feed.

use serde_json::value::RawValue;
use url::Url;

use super::fields::Reader;
use super::skeleton::Object;
use crate::ingest::parse::Hints;
use crate::model::FeedMeta;
use crate::model::parts::{Link, Text};

/// Reads what a document says of its feed; sets the reader's base, which is `feed_url`, else where the document is from.
pub(super) fn meta<'a>(mut object: Object<'a>, hints: &Hints, reader: &mut Reader<'a>) -> FeedMeta {
    reader.base.clone_from(&hints.base_url);
    let feed_url = object.take("feed_url").and_then(|raw| reader.url(raw));
    if let Some(url) = feed_url.as_deref().and_then(|url| Url::parse(url).ok()) {
        reader.base = Some(url);
    }
    let next_url = object.take("next_url").and_then(|raw| reader.url(raw));
    let links = [("self", feed_url), ("next", next_url.clone())];
    let language = object.take("language").and_then(|raw| reader.filled_string(raw));
    FeedMeta {
        title: object.take("title").and_then(|raw| reader.line(raw)).map(Text::plain),
        subtitle: object.take("description").and_then(|raw| reader.line(raw)).map(Text::plain),
        link: object.take("home_page_url").and_then(|raw| reader.url(raw)),
        links: links.into_iter().filter_map(|(rel, href)| Some(link(rel, href?))).collect(),
        language: language.or_else(|| http_language(hints)),
        authors: reader.authors(&mut object),
        icon: object.take("icon").and_then(|raw| reader.url(raw)),
        hubs: object.take("hubs").map(|raw| hubs(raw, reader)).unwrap_or_default(),
        next: next_url,
        extensions: reader.extensions(object),
        ..FeedMeta::default()
    }
}

pub(super) fn link(rel: &str, href: String) -> Link {
    Link { href, rel: Some(rel.to_owned()), ..Link::default() }
}

/// The first language of `Content-Language` (RFC 9110 §8.5).
fn http_language(hints: &Hints) -> Option<String> {
    let language = hints.content_language.as_deref()?.split(',').next()?.trim();
    (!language.is_empty()).then(|| language.to_owned())
}

/// Where to subscribe: objects of `type` and `url`, or mere addresses.
fn hubs<'a>(raw: &'a RawValue, reader: &mut Reader<'a>) -> Vec<String> {
    let mut urls = Vec::new();
    for hub in reader.list(raw) {
        urls.extend(reader.url(hub));
    }
    urls
}
