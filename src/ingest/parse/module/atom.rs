//! Atom 1.0 (RFC 4287), Atom 0.3, and their elements in RSS.

use super::super::person::parse_person;
use super::super::reader::Reader;
use super::super::record::{Building, Record, add_category, add_person, fill, fill_text};
use super::super::xml::names::Module;
use super::super::xml::tree::Element;
use super::extension;
use super::rss::fold;
use crate::model::parts::{Category, Enclosure, Generator, Link, Person};
use crate::model::{Entry, FeedMeta};

/// As many hubs of one feed as are read.
const MAX_HUBS: usize = 50;

/// Reads a child of a feed, or of an entry's `source`.
pub(in crate::ingest::parse) fn feed<'a>(
    reader: &mut Reader<'a>,
    element: &Element<'a>,
    to: &mut Building<FeedMeta>,
) -> bool {
    let feed = &mut to.record;
    match fold(element.local()).as_ref() {
        "subtitle" | "tagline" => fill_text(&mut feed.subtitle, reader.typed_text(element)),
        "generator" => fill(&mut feed.generator, generator(reader, element)),
        "icon" => fill(&mut feed.icon, reader.url(element)),
        "logo" => fill(&mut feed.logo, reader.url(element)),
        "link" => {
            let link = link(reader, element, to);
            feed_link(link, &mut to.record);
        }
        _ => return any(reader, element, to),
    }
    true
}

/// Reads a child of an entry.
pub(in crate::ingest::parse) fn entry<'a>(
    reader: &mut Reader<'a>,
    element: &Element<'a>,
    to: &mut Building<Entry>,
) -> bool {
    let entry = &mut to.record;
    match fold(element.local()).as_ref() {
        "summary" => {
            let text = reader.typed_text(element);
            fill_text(own(reader, &mut entry.summary, &mut to.weak.summary), text);
        }
        "content" => entry.content.push(reader.typed_text(element)),
        "created" => fill(&mut entry.created, reader.date(element)),
        "source" => source(reader, element, entry),
        "link" => {
            let link = link(reader, element, to);
            if link.as_ref().is_some_and(|link| link.rel.as_deref() == Some("replies")) {
                replies(reader, element, to);
            }
            entry_link(link, &mut to.record);
        }
        _ => return any(reader, element, to),
    }
    true
}

/// Reads a child that feeds and entries have in common. What RSS has an element of its own for yields to it.
fn any<'a, R: Record>(reader: &mut Reader<'a>, element: &Element<'a>, to: &mut Building<R>) -> bool {
    let (shared, weak) = (to.record.shared(), &mut to.weak);
    match fold(element.local()).as_ref() {
        "title" => {
            let text = reader.typed_text(element);
            fill_text(own(reader, shared.title, &mut weak.title), text);
        }
        "id" => fill(own(reader, shared.id, &mut weak.id), reader.filled(element)),
        "rights" | "copyright" => fill_text(shared.rights, reader.typed_text(element)),
        "published" | "issued" => {
            fill(own(reader, shared.published, &mut weak.published), reader.date(element));
        }
        "updated" | "modified" => fill(own(reader, shared.updated, &mut weak.updated), reader.date(element)),
        "author" => add_person(shared.authors, person(reader, element)),
        "contributor" => add_person(shared.contributors, person(reader, element)),
        "category" => add_category(shared.categories, category(reader, element)),
        _ => return false,
    }
    true
}

/// Where an element goes that RSS has another for: in an Atom document to its field.
fn own<'t, T>(reader: &Reader<'_>, field: &'t mut T, weak: &'t mut T) -> &'t mut T {
    if reader.native == Module::Atom { field } else { weak }
}

/// A person construct (RFC 4287 §3.2); one without children is read as text, one without text by its attributes.
pub(super) fn person<'a>(reader: &mut Reader<'a>, element: &Element<'a>) -> Option<Person> {
    let mut person = Person::default();
    let text = reader.children_and_text(element, |reader, child| match fold(child.local()).as_ref() {
        _ if !matches!(child.module, Module::Atom | Module::Rss) => {}
        "name" => fill(&mut person.name, reader.filled(child)),
        "email" => fill(&mut person.email, reader.filled(child)),
        "uri" | "url" | "homepage" => fill(&mut person.uri, reader.url(child)),
        _ => {}
    });
    if person != Person::default() {
        return Some(person);
    }
    if !text.is_empty() {
        return Some(parse_person(&text));
    }
    person.name = reader.attribute_string(element, "name");
    person.email = reader.attribute_string(element, "email");
    person.uri = reader.location(element);
    Some(person)
}

/// Reads a link (RFC 4287 §4.2.7) into `links`; alternate, enclosure and license go to their fields, too.
pub(super) fn link<'a, R: Record>(
    reader: &mut Reader<'a>,
    element: &Element<'a>,
    to: &mut Building<R>,
) -> Option<Link> {
    let written = ["href", "url", "uri"].into_iter().find_map(|name| reader.attribute(element, name));
    let href = match written {
        // An empty reference is the base itself (RFC 3986 §5.2.2).
        Some(written) => Some(reader.resolved(element, &written).filter(|href| !href.is_empty())?),
        None => None,
    };
    let rel =
        reader.attribute_string(element, "rel").map_or_else(|| "alternate".to_owned(), |rel| relation(&rel));
    let mut link = Link {
        href: String::new(),
        media_type: reader.attribute_string(element, "type"),
        title: reader.attribute_string(element, "title"),
        hreflang: reader.attribute_string(element, "hreflang"),
        length: reader.attribute_number(element, "length"),
        rel: Some(rel),
    };
    // Without an address in its attributes, its text may be one.
    link.href = href.or_else(|| reader.url(element))?;
    let shared = to.record.shared();
    match link.rel.as_deref() {
        Some("alternate") => {
            let is_page = link.media_type.as_deref().is_none_or(|kind| kind.contains("html"));
            if to.weak.link.is_none() || (is_page && to.weak.link_is_no_page) {
                to.weak.link = Some(link.href.clone());
                to.weak.link_is_no_page = !is_page;
            }
        }
        Some("license") => fill(shared.license, Some(link.href.clone())),
        _ => {}
    }
    shared.links.push(link.clone());
    Some(link)
}

/// A registered relation by its short name (RFC 4287 §4.2.7.2).
fn relation(rel: &str) -> String {
    const REGISTRY: &str = "://www.iana.org/assignments/";
    let rel = rel.to_ascii_lowercase();
    match if rel.starts_with("http") { rel.split_once(REGISTRY) } else { None } {
        Some((_, long)) => long.rsplit('/').next().unwrap_or(long).to_owned(),
        None => rel,
    }
}

/// How many replies there are, and since when (RFC 4685 §4).
fn replies<'a>(reader: &mut Reader<'a>, element: &Element<'a>, to: &mut Building<Entry>) {
    for (name, kept) in [("count", "link@thr:count"), ("updated", "link@thr:updated")] {
        if let Some(value) = reader.attribute(element, name) {
            extension::keep(to, kept, &value);
        }
    }
}

fn feed_link(link: Option<Link>, feed: &mut FeedMeta) {
    let Some(link) = link else { return };
    match link.rel.as_deref() {
        Some("hub") if feed.hubs.len() < MAX_HUBS && !feed.hubs.contains(&link.href) => {
            feed.hubs.push(link.href);
        }
        Some("next") => fill(&mut feed.next, Some(link.href)),
        Some("prev-archive") => fill(&mut feed.prev_archive, Some(link.href)),
        _ => {}
    }
}

fn entry_link(link: Option<Link>, entry: &mut Entry) {
    let Some(link) = link else { return };
    match link.rel.as_deref() {
        Some("enclosure") => {
            let Link { href: url, media_type, length, .. } = link;
            entry.enclosures.push(Enclosure { url, media_type, length });
        }
        // RFC 4685 §4: the comments, as a page or as a feed.
        Some("replies") => {
            let is_page = link.media_type.as_deref().is_some_and(|kind| kind.contains("html"));
            let to = if is_page { &mut entry.comments } else { &mut entry.comments_feed };
            fill(to, Some(link.href));
        }
        _ => {}
    }
}

/// A category (RFC 4287 §4.2.2), or that of RSS, which says it in text and `domain`.
pub(super) fn category<'a>(reader: &mut Reader<'a>, element: &Element<'a>) -> Category {
    let term = reader.attribute_string(element, "term");
    let scheme =
        reader.attribute_string(element, "scheme").or_else(|| reader.attribute_string(element, "domain"));
    let label = reader.attribute_string(element, "label");
    let term = term.unwrap_or_else(|| reader.text(element).into_owned());
    Category { term, scheme, label }
}

pub(super) fn generator<'a>(reader: &mut Reader<'a>, element: &Element<'a>) -> Option<Generator> {
    let uri = reader.location(element);
    let version = reader.attribute_string(element, "version");
    let found = Generator { uri, version, name: reader.filled(element) };
    (found != Generator::default()).then_some(found)
}

/// The feed an entry was taken from (RFC 4287 §4.2.11), with what it says of itself; text alone is its title.
pub(super) fn source<'a>(reader: &mut Reader<'a>, element: &Element<'a>, entry: &mut Entry) {
    let mut source = Building::<FeedMeta>::default();
    source.enter(reader.own());
    let text = reader.children_and_text(element, |reader, child| {
        if !matches!(child.local(), "source" | "entry" | "item") {
            super::feed(reader, child, &mut source);
        }
    });
    if !text.is_empty() {
        fill(&mut source.weak.title, Some(reader.plain_text(text.into_owned())));
    }
    source.settle();
    if source.record != FeedMeta::default() {
        fill(&mut entry.source, Some(Box::new(source.record)));
    }
}
