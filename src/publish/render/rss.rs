//! RSS 2.0 (RSS Advisory Board, 2.0.11) with `atom:link`, Dublin Core, `content:encoded` and Media RSS thumbnails.

use std::collections::BTreeMap;

use rss::extension::atom::{AtomExtension, Link};
use rss::extension::dublincore::DublinCoreExtension;
use rss::extension::{Extension, ExtensionMap};
use rss::{Category, Channel, Enclosure, Guid, Item, Source};

use crate::model::{Attachment, OutputFeed, OutputFormat, OutputItem, SafeHtml};

use super::date::{rfc822, rfc3339};
use super::{GENERATOR, RenderError, checked, feed_urn, own_language, uri};

/// The namespaces that the crate does not declare by itself.
const NAMESPACES: [(&str, &str); 2] =
    [("atom", "http://www.w3.org/2005/Atom"), ("media", "http://search.yahoo.com/mrss/")];

/// Renders a feed as RSS 2.0.
pub(super) fn render(feed: &OutputFeed) -> Result<Vec<u8>, RenderError> {
    let items: Vec<Item> = feed.items.iter().map(|rendered| item(feed, rendered)).collect();
    let channel = Channel {
        title: feed.title.as_str().to_owned(),
        link: home(feed),
        description: feed.description.as_str().to_owned(),
        language: feed.language.clone(),
        last_build_date: (!feed.items.is_empty()).then(|| rfc822(feed.updated)),
        generator: Some(GENERATOR.to_owned()),
        atom_ext: self_link(feed),
        namespaces: namespaces(&items),
        items,
        ..Channel::default()
    };
    let written = channel.pretty_write_to(Vec::new(), b' ', 2).map_err(|cause| cause.to_string());
    let document = written.and_then(|bytes| String::from_utf8(bytes).map_err(|cause| cause.to_string()));
    let document = document.map(|document| hexadecimal(&document).into_bytes());
    checked(feed.id.as_str(), OutputFormat::Rss.name(), document)
}

/// Writes `&` and `<` in plain text as hexadecimal references: readers that take RSS titles for HTML do least harm to
/// these (RSS Best Practices Profile, "Character Data"). Tags and CDATA sections stay as they are.
fn hexadecimal(document: &str) -> String {
    const CDATA: &str = "<![CDATA[";
    let mut out = String::with_capacity(document.len() + document.len() / 64);
    let mut rest = document;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at].replace("&amp;", "&#x26;").replace("&lt;", "&#x3C;"));
        rest = &rest[at..];
        let end = if rest.starts_with(CDATA) { "]]>" } else { ">" };
        let length = rest.find(end).map_or(rest.len(), |at| at + end.len());
        out.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

/// The channel's required `link`. A feed that is served nowhere and belongs to no page has its URN there: a URL (RFC 8141)
/// that stays the same, where any page would be the wrong one.
fn home(feed: &OutputFeed) -> String {
    feed.link.as_ref().or(feed.base_url.as_ref()).map_or_else(|| feed_urn(feed), uri)
}

fn self_link(feed: &OutputFeed) -> Option<AtomExtension> {
    let link = Link {
        href: uri(&feed.self_url(OutputFormat::Rss)?),
        rel: "self".to_owned(),
        mime_type: Some(OutputFormat::Rss.media_type().to_owned()),
        ..Link::default()
    };
    Some(AtomExtension { links: vec![link] })
}

fn namespaces(items: &[Item]) -> BTreeMap<String, String> {
    let used = |prefix: &str| items.iter().any(|item| item.extensions.contains_key(prefix));
    let declared = NAMESPACES.into_iter().filter(|(prefix, _)| used(prefix));
    declared.map(|(prefix, name)| (prefix.to_owned(), name.to_owned())).collect()
}

fn item(feed: &OutputFeed, item: &OutputItem) -> Item {
    Item {
        title: Some(item.title.as_str().to_owned()),
        link: item.url.as_ref().map(uri),
        description: description(item),
        categories: item.tags.iter().map(|tag| Category::from(tag.as_str())).collect(),
        enclosure: item.attachments.first().map(enclosure),
        guid: Some(Guid { value: item.guid.value.clone(), permalink: item.guid.is_permalink }),
        pub_date: Some(rfc822(item.published)),
        source: source(item),
        content: item.content.as_ref().map(|content| content.as_str().to_owned()),
        dublin_core_ext: dublin_core(feed, item),
        extensions: extensions(item),
        ..Item::default()
    }
}

/// Excerpt and credit line. A whole text never stands without a description before it (best practices profile), if it
/// has no words to excerpt and no credit, with an empty one.
fn description(item: &OutputItem) -> Option<String> {
    let summary = item.summary.as_ref().map(SafeHtml::as_str);
    summary.or(item.content.as_ref().map(|_| "")).map(str::to_owned)
}

/// The one enclosure that RSS has room for; a length that is not known is written as 0.
fn enclosure(attachment: &Attachment) -> Enclosure {
    Enclosure {
        url: uri(&attachment.url),
        length: attachment.length.unwrap_or(0).to_string(),
        mime_type: attachment.media_type.clone(),
    }
}

/// The credit, as far as RSS can say it: `source` must have the URL of a feed.
fn source(item: &OutputItem) -> Option<Source> {
    let credit = item.credit.as_ref()?;
    Some(Source { url: uri(credit.feed.as_ref()?), title: Some(credit.name.as_str().to_owned()) })
}

/// Authors are `dc:creator`: RSS's own `author` must be a mail address.
fn dublin_core(feed: &OutputFeed, item: &OutputItem) -> Option<DublinCoreExtension> {
    let said = DublinCoreExtension {
        creators: item.authors.iter().map(|author| author.name.as_str().to_owned()).collect(),
        languages: own_language(feed, item).map(str::to_owned).into_iter().collect(),
        rights: item.rights.iter().map(|rights| rights.as_str().to_owned()).collect(),
        ..DublinCoreExtension::default()
    };
    (said != DublinCoreExtension::default()).then_some(said)
}

/// What RSS has no element for: when the item changed, and its lead image.
fn extensions(item: &OutputItem) -> ExtensionMap {
    let mut extensions = ExtensionMap::new();
    if item.updated > item.published {
        let updated = Extension {
            name: "atom:updated".to_owned(),
            value: Some(rfc3339(item.updated)),
            ..Extension::default()
        };
        extensions.insert("atom".to_owned(), BTreeMap::from([("updated".to_owned(), vec![updated])]));
    }
    if let Some(image) = &item.image {
        let thumbnail = Extension {
            name: "media:thumbnail".to_owned(),
            value: Some(String::new()),
            attrs: BTreeMap::from([("url".to_owned(), uri(image))]),
            ..Extension::default()
        };
        extensions.insert("media".to_owned(), BTreeMap::from([("thumbnail".to_owned(), vec![thumbnail])]));
    }
    extensions
}
