//! The top level of a JSON Feed.

use std::borrow::Cow;

use serde_json::value::RawValue;
use url::Url;

use super::fields::Reader;
use super::skeleton::Object;
use crate::ingest::parse::Hints;
use crate::model::FeedMeta;
use crate::model::link::absolute;
use crate::model::parts::{Link, Text};

/// Reads what a document says of its feed; sets the reader's base, which is `feed_url`, else where the document is from.
pub(super) fn meta<'a>(mut object: Object<'a>, hints: &Hints, reader: &mut Reader<'a>) -> FeedMeta {
    reader.base = hints.base_url.as_ref().filter(|url| !url.cannot_be_a_base()).map(Url::to_string);
    let feed_url = object.take("feed_url").and_then(|raw| reader.url(raw));
    if feed_url.as_deref().is_some_and(|url| absolute(url, None).is_some()) {
        reader.base.clone_from(&feed_url);
    }
    let next_url = object.take("next_url").and_then(|raw| reader.url(raw));
    let links = [("self", feed_url), ("next", next_url.clone())];
    let language = object.take("language").and_then(|raw| reader.filled_string(raw));
    FeedMeta {
        title: object.take("title").and_then(|raw| reader.string(raw)).map(Text::plain),
        subtitle: object.take("description").and_then(|raw| reader.string(raw)).map(Text::plain),
        link: object.take("home_page_url").and_then(|raw| reader.url(raw)),
        links: links.into_iter().filter_map(|(rel, href)| Some(link(rel, href?))).collect(),
        language: language.or_else(|| hints.language().map(Cow::into_owned)),
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

/// Where to subscribe: objects of `type` and `url`, or mere addresses.
fn hubs<'a>(raw: &'a RawValue, reader: &mut Reader<'a>) -> Vec<String> {
    let mut urls = Vec::new();
    for hub in reader.list(raw) {
        urls.extend(reader.url(hub));
    }
    urls
}
