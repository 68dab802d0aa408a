//! Atom 1.0 (RFC 4287), with a Media RSS thumbnail for the lead image.

use std::collections::BTreeMap;

use atom_syndication::extension::{Extension, ExtensionMap};
use atom_syndication::{
    Category, Content, Entry, Feed, FixedDateTime, Generator, Link, Person, Source, Text, WriteConfig,
};
use chrono::{DateTime, Utc};
use quick_xml::escape::escape;
use url::Url;

use crate::model::uri::urn_uuid;
use crate::model::{ItemCredit, OutputFeed, OutputFormat, OutputItem, PlainText, SafeHtml, Tombstone};

use super::date::{rfc3339, whole_seconds};
use super::{GENERATOR, RenderError, checked, feed_urn, own_language, uri};

const MEDIA: (&str, &str) = ("media", "http://search.yahoo.com/mrss/");
const TOMBSTONES: (&str, &str) = ("at", "http://purl.org/atompub/tombstones/1.0");

/// Renders a feed as Atom 1.0.
pub(super) fn render(feed: &OutputFeed) -> Result<Vec<u8>, RenderError> {
    let self_url = feed.self_url(OutputFormat::Atom);
    let has_image = feed.items.iter().any(|item| item.image.is_some());
    let used = [(has_image, MEDIA), (!feed.deleted.is_empty(), TOMBSTONES)];
    let namespaces = used.into_iter().filter(|(is_used, _)| *is_used);
    let namespaces = namespaces.map(|(_, (prefix, uri))| (prefix.to_owned(), uri.to_owned())).collect();
    let atom = Feed {
        title: Text::plain(feed.title.as_str()),
        id: self_url.as_ref().map_or_else(|| feed_urn(feed), uri),
        updated: date(feed.updated),
        generator: Some(Generator { value: GENERATOR.to_owned(), ..Generator::default() }),
        links: feed_links(self_url.as_ref(), feed.link.as_ref()),
        subtitle: Some(Text::plain(feed.description.as_str())),
        lang: feed.language.clone(),
        entries: feed.items.iter().map(|item| entry(feed, item)).collect(),
        namespaces,
        extensions: tombstones(feed),
        ..Feed::default()
    };
    let config = WriteConfig { indent_size: Some(2), ..WriteConfig::default() };
    checked(feed.id.as_str(), OutputFormat::Atom.name(), atom.write_with_config(Vec::new(), config))
}

fn entry(feed: &OutputFeed, item: &OutputItem) -> Entry {
    let language = own_language(feed, item);
    let spoken = |text: Text| Text { lang: language.map(str::to_owned), ..text };
    Entry {
        title: spoken(Text::plain(item.title.as_str())),
        id: item.guid.value.clone(),
        updated: date(item.updated),
        authors: authors(feed, item),
        categories: item.tags.iter().map(category).collect(),
        links: entry_links(item),
        published: Some(date(item.published)),
        rights: item.rights.as_ref().map(|rights| Text::plain(rights.as_str())),
        source: item.credit.as_ref().map(source),
        summary: item.summary.as_ref().map(|summary| spoken(Text::html(summary.as_str()))),
        content: content(item).map(|content| Content { lang: language.map(str::to_owned), ..content }),
        extensions: item.image.as_ref().map(thumbnail).unwrap_or_default(),
        ..Entry::default()
    }
}

/// Atom wants an author for every entry (§4.1.2): the source's name stands in, in articles of one's own the feed's title.
fn authors(feed: &OutputFeed, item: &OutputItem) -> Vec<Person> {
    if item.authors.is_empty() {
        let name = item.credit.as_ref().map_or(&feed.title, |credit| &credit.name);
        return vec![Person { name: name.as_str().to_owned(), ..Person::default() }];
    }
    let person = |name: &PlainText, url: Option<&Url>| Person {
        name: name.as_str().to_owned(),
        uri: url.map(uri),
        ..Person::default()
    };
    item.authors.iter().map(|author| person(&author.name, author.url.as_ref())).collect()
}

/// The whole text. An entry needs words and, without a page, content (§4.1.2): the title stands in.
fn content(item: &OutputItem) -> Option<Content> {
    let html = |html: &SafeHtml| ("html", html.as_str().to_owned());
    let (kind, value) = match (&item.content, &item.summary) {
        (Some(content), _) => html(content),
        (None, Some(summary)) if item.url.is_none() => html(summary),
        (None, Some(_)) => return None,
        (None, None) => ("text", item.title.as_str().to_owned()),
    };
    Some(Content { content_type: Some(kind.to_owned()), value: Some(value), ..Content::default() })
}

fn entry_links(item: &OutputItem) -> Vec<Link> {
    let mut links = links(&[("alternate", item.url.as_ref())]);
    links.extend(item.attachments.iter().map(|attachment| Link {
        href: uri(&attachment.url),
        rel: "enclosure".to_owned(),
        mime_type: Some(attachment.media_type.clone()),
        length: attachment.length.map(|bytes| bytes.to_string()),
        ..Link::default()
    }));
    links
}

/// The feed an entry was taken from. One without id or URL is known by its name.
fn source(credit: &ItemCredit) -> Source {
    Source {
        title: Text::plain(credit.name.as_str()),
        id: credit.id.clone().unwrap_or_else(|| urn_uuid(&[credit.name.as_str()])),
        updated: date(credit.updated),
        links: links(&[("self", credit.feed.as_ref()), ("alternate", credit.site.as_ref())]),
        ..Source::default()
    }
}

fn category(tag: &PlainText) -> Category {
    Category { term: tag.as_str().to_owned(), ..Category::default() }
}

fn feed_links(self_url: Option<&Url>, home: Option<&Url>) -> Vec<Link> {
    let mut links = links(&[("self", self_url), ("alternate", home)]);
    for link in links.iter_mut().filter(|link| link.rel == "self") {
        link.mime_type = Some(OutputFormat::Atom.media_type().to_owned());
    }
    links
}

/// Links by relation, to documents whose type is not known.
fn links(wanted: &[(&str, Option<&Url>)]) -> Vec<Link> {
    let link = |&(rel, url): &(&str, Option<&Url>)| {
        Some(Link { href: uri(url?), rel: rel.to_owned(), ..Link::default() })
    };
    wanted.iter().filter_map(link).collect()
}

/// The crate writes the attributes of extensions as they are given: they are escaped here.
fn thumbnail(image: &Url) -> ExtensionMap {
    let thumbnail = Extension {
        name: "media:thumbnail".to_owned(),
        value: Some(String::new()),
        attrs: BTreeMap::from([("url".to_owned(), escape(uri(image)).into_owned())]),
        ..Extension::default()
    };
    BTreeMap::from([(MEDIA.0.to_owned(), BTreeMap::from([("thumbnail".to_owned(), vec![thumbnail])]))])
}

/// What the feed had and dropped: `at:deleted-entry` (RFC 6721).
fn tombstones(feed: &OutputFeed) -> ExtensionMap {
    let deleted = |tombstone: &Tombstone| Extension {
        name: "at:deleted-entry".to_owned(),
        value: Some(String::new()),
        attrs: BTreeMap::from([
            ("ref".to_owned(), escape(&tombstone.id).into_owned()),
            ("when".to_owned(), rfc3339(tombstone.at)),
        ]),
        ..Extension::default()
    };
    let deleted: Vec<Extension> = feed.deleted.iter().map(deleted).collect();
    if deleted.is_empty() {
        return ExtensionMap::new();
    }
    BTreeMap::from([(TOMBSTONES.0.to_owned(), BTreeMap::from([("deleted-entry".to_owned(), deleted)]))])
}

fn date(date: DateTime<Utc>) -> FixedDateTime {
    whole_seconds(date).fixed_offset()
}
