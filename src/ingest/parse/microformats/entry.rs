//! Microformats to the record: entries, feeds and persons.

use dom_query::NodeRef;

use super::super::person::parse_person;
use super::super::record::{add_category, add_person, fill};
use super::item::{Item, Kind, Property, Vocabulary};
use super::value::Values;
use crate::model::Entry;
use crate::model::parts::{Category, Enclosure, Image, InReplyTo, Link, Media, Person, Text};

/// As many photos, files and extensions of one entry as are read.
const MAX_PARTS: usize = 50;

/// Reads an h-entry; also the properties that an h-feed has in common with it.
pub(super) fn entry(item: &Item<'_>, values: &Values) -> Entry {
    let properties = item.properties();
    let mut entry = Entry::default();
    for property in &properties {
        read(item, property, values, &mut entry);
    }
    if is_note(&properties) {
        entry.title = None;
    }
    imply(item, &properties, values, &mut entry);
    let lang = item.node.attr("lang").map(|lang| lang.trim().to_owned());
    entry.language = lang.filter(|lang| !lang.is_empty());
    entry
}

fn read<'a>(item: &Item<'a>, property: &Property<'a>, values: &Values, entry: &mut Entry) {
    let node = &property.node;
    match (property.name.as_str(), property.kind) {
        ("name", _) => fill(&mut entry.title, values.text(node).map(Text::plain)),
        ("content", Kind::Markup) => {
            entry.content.extend(room(&entry.content).and_then(|()| values.markup(node)));
        }
        ("content", _) => {
            let text = room(&entry.content).and_then(|()| values.block(node));
            entry.content.extend(text.map(Text::plain));
        }
        ("summary", Kind::Markup) => fill(&mut entry.summary, values.markup(node)),
        ("summary", _) => fill(&mut entry.summary, values.block(node).map(Text::plain)),
        ("url", _) => page(values.url(node), entry),
        ("uid", Kind::Url) => fill(&mut entry.id, values.url(node)),
        ("uid", _) => fill(&mut entry.id, values.text(node)),
        ("published", _) => fill(&mut entry.published, values.date(node)),
        ("updated", _) => fill(&mut entry.updated, values.date(node)),
        ("author", _) => add_person(&mut entry.authors, person(item, property, values)),
        ("category", _) => {
            let term = values.text(node).unwrap_or_default();
            add_category(&mut entry.categories, Category { term, ..Category::default() });
        }
        ("photo" | "featured", _) => photo(node, values, entry),
        ("audio" | "video", _) => file(node, values, entry),
        ("in-reply-to", _) => {
            let href = room(&entry.in_reply_to).and_then(|()| cited(item, property, values));
            entry.in_reply_to.extend(href.map(|href| InReplyTo {
                reference: Some(href.clone()),
                href: Some(href),
                ..InReplyTo::default()
            }));
        }
        ("syndication", _) => {
            let href = room(&entry.links).and_then(|()| values.url(node));
            entry.links.extend(href.map(|href| link("syndication", href)));
        }
        // Other people's words about the entry.
        ("comment" | "like" | "repost", _) => {}
        _ => other(item, property, values, entry),
    }
}

fn room<T>(list: &[T]) -> Option<()> {
    (list.len() < MAX_PARTS).then_some(())
}

fn link(rel: &str, href: String) -> Link {
    Link { href, rel: Some(rel.to_owned()), ..Link::default() }
}

fn page(url: Option<String>, entry: &mut Entry) {
    let Some(href) = url else { return };
    fill(&mut entry.link, Some(href.clone()));
    let known = entry.links.iter().any(|link| link.href == href);
    entry.links.extend((!known && room(&entry.links).is_some()).then(|| link("alternate", href)));
}

/// The first picture is the entry's image; all are its media.
fn photo(node: &NodeRef<'_>, values: &Values, entry: &mut Entry) {
    let Some(url) = room(&entry.media).and_then(|()| values.url(node)) else { return };
    let alt = node.attr("alt").and_then(|alt| values.line(&alt));
    let image = Image { url: Some(url.clone()), description: alt.clone(), ..Image::default() };
    fill(&mut entry.image, Some(image));
    let description = alt.map(Text::plain);
    entry.media.push(Media {
        url: Some(url),
        medium: Some("image".to_owned()),
        description,
        ..Media::default()
    });
}

fn file(node: &NodeRef<'_>, values: &Values, entry: &mut Entry) {
    let Some(url) = room(&entry.enclosures).and_then(|()| values.url(node)) else { return };
    let media_type = values.media_type(node);
    if !entry.enclosures.iter().any(|known| known.url == url) {
        entry.enclosures.push(Enclosure { url, media_type, length: None });
    }
}

/// The address of what is cited, as a link or as a citation (h-cite) that has one.
fn cited<'a>(item: &Item<'a>, property: &Property<'a>, values: &Values) -> Option<String> {
    if !property.is_item {
        return values.url(&property.node);
    }
    let cite = item.within(property);
    let url = cite.properties().into_iter().find(|inner| inner.name == "url");
    url.and_then(|url| values.url(&url.node)).or_else(|| implied_url(&property.node, values))
}

/// What the record has no place for.
fn other<'a>(item: &Item<'a>, property: &Property<'a>, values: &Values, entry: &mut Entry) {
    let name = property.name.as_str();
    if entry.extensions.len() >= MAX_PARTS || entry.extensions.contains_key(name) {
        return;
    }
    let value = match property.kind {
        Kind::Url => cited(item, property, values),
        _ => values.text(&property.node),
    };
    entry.extensions.extend(value.map(|value| (name.to_owned(), value)));
}

/// An author: a card, or an element with a name or address.
fn person<'a>(item: &Item<'a>, property: &Property<'a>, values: &Values) -> Option<Person> {
    if property.is_item {
        return Some(card(&item.within(property), values));
    }
    let uri = implied_url(&property.node, values);
    if property.kind == Kind::Url {
        return Some(Person { uri: values.url(&property.node), ..Person::default() });
    }
    let mut person = parse_person(&values.text(&property.node)?);
    fill(&mut person.uri, uri);
    Some(person)
}

/// An h-card (microformats.org/wiki/h-card).
fn card(card: &Item<'_>, values: &Values) -> Person {
    let mut person = Person::default();
    let properties = card.properties();
    for property in &properties {
        match property.name.as_str() {
            "name" => fill(&mut person.name, values.text(&property.node)),
            "url" => fill(&mut person.uri, values.url(&property.node)),
            "email" => {
                let address = values.url(&property.node).or_else(|| values.text(&property.node));
                fill(&mut person.email, address.and_then(|address| parse_person(&address).email));
            }
            _ => {}
        }
    }
    if person.name.is_none() {
        person.name = values.text(&card.node);
    }
    if person.uri.is_none() {
        let url = implied_url(&card.node, values);
        person.uri = url.filter(|url| !url.starts_with("mailto:"));
    }
    person
}

/// Whether what is called the name is the content or summary itself: a note, which has no headline.
fn is_note(properties: &[Property<'_>]) -> bool {
    let of = |name: &'static str| properties.iter().filter(move |property| property.name == name);
    let name = of("name").next();
    let mut texts = of("content").chain(of("summary"));
    name.is_some_and(|name| texts.any(|text| text.node.id == name.node.id))
}

/// What an entry in an h-feed means that does not say it (microformats2-parsing, "parsing for implied properties").
fn imply(item: &Item<'_>, properties: &[Property<'_>], values: &Values, entry: &mut Entry) {
    let says = |kind: Kind| properties.iter().any(|property| property.kind == kind);
    let has_items = properties.iter().any(|property| property.is_item);
    if !item.is_in_feed || item.vocabulary == Vocabulary::Classic || has_items {
        return;
    }
    if entry.title.is_none() && !says(Kind::Text) && !says(Kind::Markup) {
        entry.title = values.text(&item.node).map(Text::plain);
    }
    if entry.link.is_none() && !says(Kind::Url) {
        page(implied_url(&item.node, values), entry);
    }
}

/// The link that an element is, or that is its only link, no deeper than two elements.
fn implied_url(node: &NodeRef<'_>, values: &Values) -> Option<String> {
    let found = if is_link(node) { Some(*node) } else { only_link(node) };
    let found = found.or_else(|| match node.element_children().as_slice() {
        [only] => only_link(only),
        _ => None,
    });
    found.and_then(|link| values.url(&link))
}

fn is_link(node: &NodeRef<'_>) -> bool {
    (node.has_name("a") || node.has_name("area")) && node.has_attr("href")
}

fn only_link<'a>(node: &NodeRef<'a>) -> Option<NodeRef<'a>> {
    let mut links = node.element_children().into_iter().filter(is_link);
    links.next().filter(|_| links.next().is_none())
}
