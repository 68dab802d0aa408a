//! RSS 0.90–2.0: the elements in no namespace, or in one of RSS.

use super::super::reader::Reader;
use super::super::record::{Building, Record, Shared, Weak, add_category, add_person, fill, fill_text};
use super::super::xml::names::Module;
use super::super::xml::tree::Element;
use super::{atom, image};
use crate::model::parts::{Category, Cloud, Enclosure, Link, Text, TextInput, TextKind};
use crate::model::uri::has_scheme;
use crate::model::{Entry, FeedMeta};

/// Reads a child of a channel.
pub(in crate::ingest::parse) fn feed<'a>(
    reader: &mut Reader<'a>,
    element: &Element<'a>,
    to: &mut Building<FeedMeta>,
) -> bool {
    let feed = &mut to.record;
    let local = fold(element.local());
    match local.as_ref() {
        "description" | "tagline" | "subtitle" => fill_text(&mut feed.subtitle, reader.guessed_text(element)),
        "language" => fill(&mut feed.language, reader.filled(element)),
        "generator" => fill(&mut feed.generator, atom::generator(reader, element)),
        "guid" => fill(&mut feed.id, reader.filled(element)),
        "docs" => fill(&mut feed.docs, reader.url(element)),
        "ttl" => fill(&mut feed.ttl, reader.number(element)),
        "skiphours" => skip_hours(reader, element, feed),
        "skipdays" => skip_days(reader, element, feed),
        "cloud" => feed.cloud = Some(Box::new(cloud(reader, element))),
        "textinput" => {
            let input = Some(text_input(reader, element)).filter(|input| *input != TextInput::default());
            fill(&mut feed.text_input, input.map(Box::new));
        }
        "image" => {
            let image = image::rss(reader, element);
            image::fuller(&mut feed.image, image);
        }
        _ => return any(reader, element, &local, to),
    }
    true
}

/// Reads a child of an item.
pub(in crate::ingest::parse) fn entry<'a>(
    reader: &mut Reader<'a>,
    element: &Element<'a>,
    to: &mut Building<Entry>,
) -> bool {
    let entry = &mut to.record;
    let local = fold(element.local());
    match local.as_ref() {
        "description" => {
            let text = reader.typed_text(element);
            words(entry, &mut to.weak, text);
        }
        "content" | "body" | "fullitem" => entry.content.push(reader.typed_text(element)),
        "summary" => {
            let text = reader.typed_text(element);
            words(entry, &mut to.weak, text);
        }
        "guid" | "id" => guid(reader, element, to),
        "enclosure" => entry.enclosures.extend(enclosure(reader, element)),
        "comments" => fill(&mut entry.comments, reader.url(element)),
        "source" => source(reader, element, entry),
        "created" => fill(&mut entry.created, reader.date(element)),
        "expirationdate" => fill(&mut entry.expired, reader.date(element)),
        "image" => fill(&mut entry.image, image::rss(reader, element)),
        _ => return any(reader, element, &local, to),
    }
    true
}

/// Reads a child that channels and items have in common, by its name in lower case.
fn any<'a, R: Record>(
    reader: &mut Reader<'a>,
    element: &Element<'a>,
    local: &str,
    to: &mut Building<R>,
) -> bool {
    let mut shared = to.record.shared();
    match local {
        "title" => fill_text(shared.title, reader.typed_line(element)),
        // One with `href` is meant as Atom's.
        "link" if reader.attribute(element, "href").is_some() => return false,
        "link" => link(reader, element, &mut shared),
        "copyright" | "rights" => fill_text(shared.rights, reader.typed_line(element)),
        "category" => add_category(shared.categories, atom::category(reader, element)),
        // Some wrap them.
        "categories" | "authors" => reader.children(element, |reader, child| {
            let part = fold(child.local());
            if matches!(part.as_ref(), "category" | "author") {
                any(reader, child, &part, to);
            }
        }),
        "keywords" | "tags" => {
            let text = reader.text(element);
            for word in listed(&text) {
                add_category(shared.categories, Category { term: word.to_owned(), ..Category::default() });
            }
        }
        "managingeditor" => add_person(shared.authors, reader.person(element)),
        "webmaster" => fill(shared.publisher, reader.person(element)),
        "author" => add_person(shared.authors, atom::person(reader, element)),
        "contributor" => add_person(shared.contributors, atom::person(reader, element)),
        "pubdate" | "published" | "issued" => fill(shared.published, reader.date(element)),
        "updated" | "modified" | "lastbuilddate" => fill(shared.updated, reader.date(element)),
        _ => return false,
    }
    true
}

/// `<link>URL</link>`, or with `rdf:resource`.
fn link<'a>(reader: &mut Reader<'a>, element: &Element<'a>, shared: &mut Shared<'_>) {
    let resource = reader.attribute_url(element, "resource");
    let Some(href) = reader.url(element).or(resource) else { return };
    fill(shared.link, Some(href.clone()));
    shared.links.push(Link { href, rel: Some("alternate".to_owned()), ..Link::default() });
}

/// The words of an item. Of two, the first is the summary and the second its content where it has no other; but where
/// only one of them is HTML, that one is the content, whatever their order.
fn words(entry: &mut Entry, weak: &mut Weak, text: Text) {
    let Some(first) = entry.summary.as_mut().filter(|first| !first.value.is_empty()) else {
        fill_text(&mut entry.summary, text);
        return;
    };
    if weak.second_text.is_some() || text.value.is_empty() || text.value == first.value {
        return;
    }
    let is_second = first.kind == TextKind::Plain || text.kind == TextKind::Html;
    weak.second_text = Some(if is_second { text } else { std::mem::replace(first, text) });
}

/// An item's own id, and where it leads if it is a permalink.
fn guid<'a>(reader: &mut Reader<'a>, element: &Element<'a>, to: &mut Building<Entry>) {
    let said = reader.attribute(element, "isPermaLink");
    let said = said.map(|said| !["false", "no", "0"].iter().any(|no| said.eq_ignore_ascii_case(no)));
    let Some(id) = reader.filled(element) else { return };
    if !element.local().eq_ignore_ascii_case("guid") {
        fill(&mut to.record.id, Some(id));
        return;
    }
    if said.unwrap_or(true) && may_be_permalink(&id, said.is_some()) {
        fill(&mut to.weak.permalink, reader.resolved(element, &id));
    }
    if reader.native == Module::Rss || to.record.id.is_none() {
        to.record.guid_is_permalink = Some(said.unwrap_or(true));
        to.record.id = Some(id);
    }
}

/// Whether a guid may be the address of a page. One that is said to be may be relative; of those of which nothing is
/// said, many are mere numbers and names.
fn may_be_permalink(guid: &str, is_said: bool) -> bool {
    let is_web = guid.starts_with("http://") || guid.starts_with("https://");
    is_web || guid.starts_with('/') || is_said && guid.contains('/') && !has_scheme(guid)
}

fn enclosure<'a>(reader: &mut Reader<'a>, element: &Element<'a>) -> Option<Enclosure> {
    let url = reader.location(element)?;
    let media_type = reader.attribute_string(element, "type");
    Some(Enclosure { url, media_type, length: reader.attribute_number(element, "length") })
}

/// `<source url="…">Title</source>`: the feed an item was taken from. One without URL is meant as Atom's.
fn source<'a>(reader: &mut Reader<'a>, element: &Element<'a>, entry: &mut Entry) {
    let Some(href) = reader.location(element) else {
        atom::source(reader, element, entry);
        return;
    };
    let mut source = FeedMeta { link: Some(href.clone()), ..FeedMeta::default() };
    source.links.push(Link { href, rel: Some("self".to_owned()), ..Link::default() });
    let title = reader.guessed_line(element);
    source.title = Some(title).filter(|title| !title.value.is_empty());
    fill(&mut entry.source, Some(Box::new(source)));
}

fn skip_hours<'a>(reader: &mut Reader<'a>, element: &Element<'a>, feed: &mut FeedMeta) {
    reader.children(element, |reader, hour| {
        // 0.91 counts to 24, 2.0 to 23: both mean midnight.
        let hour = reader.number::<u8>(hour).filter(|&hour| hour <= 24).map(|hour| hour % 24);
        feed.skip_hours.extend(hour.filter(|hour| !feed.skip_hours.contains(hour)));
    });
}

fn skip_days<'a>(reader: &mut Reader<'a>, element: &Element<'a>, feed: &mut FeedMeta) {
    const WEEK: usize = 7;
    reader.children(element, |reader, day| {
        let day = reader.filled(day).filter(|_| feed.skip_days.len() < WEEK);
        feed.skip_days.extend(day);
    });
}

fn cloud<'a>(reader: &mut Reader<'a>, element: &Element<'a>) -> Cloud {
    Cloud {
        domain: reader.attribute_string(element, "domain"),
        port: reader.attribute_string(element, "port"),
        path: reader.attribute_string(element, "path"),
        register_procedure: reader.attribute_string(element, "registerProcedure"),
        protocol: reader.attribute_string(element, "protocol"),
    }
}

fn text_input<'a>(reader: &mut Reader<'a>, element: &Element<'a>) -> TextInput {
    let mut input = TextInput::default();
    reader.children(element, |reader, child| match fold(child.local()).as_ref() {
        _ if !matches!(child.module, Module::Rss | Module::Atom) => {}
        "title" => fill(&mut input.title, reader.filled(child)),
        "description" => fill(&mut input.description, reader.filled(child)),
        "name" => fill(&mut input.name, reader.filled(child)),
        "link" => fill(&mut input.link, reader.url(child)),
        _ => {}
    });
    input
}

/// What stands between commas.
pub(super) fn listed(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|word| !word.is_empty())
}

/// A name in lower case, borrowed where it can be.
pub(in crate::ingest::parse) fn fold(name: &str) -> std::borrow::Cow<'_, str> {
    use std::borrow::Cow;
    match name {
        "pubDate" => Cow::Borrowed("pubdate"),
        "lastBuildDate" => Cow::Borrowed("lastbuilddate"),
        _ if name.bytes().any(|byte| byte.is_ascii_uppercase()) => Cow::Owned(name.to_ascii_lowercase()),
        _ => Cow::Borrowed(name),
    }
}
