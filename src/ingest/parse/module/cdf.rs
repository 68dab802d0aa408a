//! CDF, the Channel Definition Format (W3C NOTE-CDFsubmit, and what Internet Explorer 4 made of it). Names are in any case,
//! and what later stands as text or attribute stood in an attribute `VALUE` first.

use chrono::{DateTime, Utc};

use super::super::date::parse_date;
use super::super::person::parse_person;
use super::super::reader::Reader;
use super::super::record::{Building, Record, add_category, add_person, fill, fill_text};
use super::super::xml::names::Module;
use super::super::xml::repairs::Fault;
use super::super::xml::tree::Element;
use super::rss::{self, fold};
use crate::model::parts::{Category, Image, Link, Person, Text};
use crate::model::{Entry, FeedMeta};

/// Reads a child of the outermost channel.
pub(super) fn feed<'a>(reader: &mut Reader<'a>, element: &Element<'a>, to: &mut Building<FeedMeta>) -> bool {
    match fold(element.local()).as_ref() {
        "abstract" => fill_text(&mut to.record.subtitle, text(reader, element)),
        "logo" if is_icon(reader, element) => {
            fill(&mut to.record.icon, reader.attribute_url(element, "href"));
        }
        "self" => own_address(reader, element, "href", &mut to.record),
        _ => return any(reader, element, to) || rss::feed(reader, element, to),
    }
    true
}

/// Reads a child of an item.
pub(super) fn entry<'a>(reader: &mut Reader<'a>, element: &Element<'a>, to: &mut Building<Entry>) -> bool {
    match fold(element.local()).as_ref() {
        "abstract" => fill_text(&mut to.record.summary, text(reader, element)),
        // A sign for the list of channels, and no picture of what the item tells.
        "logo" if is_icon(reader, element) => {}
        _ => return any(reader, element, to) || rss::entry(reader, element, to),
    }
    true
}

/// Whether a root called `channel` in some case is one of CDF: RSS writes it small and without such attributes.
pub(in crate::ingest::parse) fn is_root<'a>(reader: &mut Reader<'a>, root: &Element<'a>) -> bool {
    let says = |name: &&str| reader.attribute(root, name).is_some();
    root.local() != "channel" || ["href", "base", "self", "lastmod"].iter().any(says)
}

/// Lets `BASE` hold for the URLs of a channel.
pub(in crate::ingest::parse) fn base<'a>(reader: &mut Reader<'a>, channel: &Element<'a>) {
    if channel.module == Module::Cdf
        && let Some(base) = reader.attribute_string(channel, "base")
    {
        reader.tree.rebase(channel.name, &base);
    }
}

/// Reads what a channel or item says in attributes.
pub(in crate::ingest::parse) fn attributes<'a, R: Record>(
    reader: &mut Reader<'a>,
    element: &Element<'a>,
    to: &mut Building<R>,
) {
    page(reader, element, to);
    let date = attribute_date(reader, element, "lastmod");
    fill(to.record.shared().updated, date);
}

/// Where the channel says that it is itself: an attribute of the channel, or an element in it.
pub(in crate::ingest::parse) fn own_address<'a>(
    reader: &mut Reader<'a>,
    element: &Element<'a>,
    attribute: &str,
    feed: &mut FeedMeta,
) {
    let href = reader.attribute_url(element, attribute);
    feed.links.extend(href.map(|href| Link { href, rel: Some("self".to_owned()), ..Link::default() }));
}

/// Reads a child that channels and items have in common.
fn any<'a, R: Record>(reader: &mut Reader<'a>, element: &Element<'a>, to: &mut Building<R>) -> bool {
    let shared = to.record.shared();
    match fold(element.local()).as_ref() {
        "title" => fill_text(shared.title, text(reader, element)),
        "a" => page(reader, element, to),
        "logo" => {
            let url = reader.attribute_url(element, "href");
            fill(shared.image, url.map(|url| Image { url: Some(url), ..Image::default() }));
        }
        "lastmod" => fill(shared.updated, date(reader, element)),
        "publicationdate" => fill(shared.published, date(reader, element)),
        "author" => add_person(shared.authors, person(reader, element)),
        "publisher" => fill(shared.publisher, person(reader, element)),
        "copyright" => fill_text(shared.rights, text(reader, element)),
        "keywords" | "category" => {
            for term in value(reader, element).split(',').map(str::trim) {
                add_category(shared.categories, Category { term: term.to_owned(), ..Category::default() });
            }
        }
        // When and how a browser of 1997 fetches, shows and counts.
        "schedule" | "userschedule" | "usage" | "log" | "logtarget" | "login" | "introurl" | "rating" => {}
        _ => return false,
    }
    true
}

/// The page that `HREF` names.
fn page<'a, R: Record>(reader: &mut Reader<'a>, element: &Element<'a>, to: &mut Building<R>) {
    let Some(href) = reader.attribute_url(element, "href") else { return };
    let shared = to.record.shared();
    fill(shared.link, Some(href.clone()));
    shared.links.push(Link { href, rel: Some("alternate".to_owned()), ..Link::default() });
}

fn is_icon<'a>(reader: &mut Reader<'a>, element: &Element<'a>) -> bool {
    let style = reader.attribute(element, "style").or_else(|| reader.attribute(element, "type"));
    style.is_some_and(|style| style.eq_ignore_ascii_case("icon") || style.eq_ignore_ascii_case("small"))
}

/// `VALUE`, else the element's text.
fn value<'a>(reader: &mut Reader<'a>, element: &Element<'a>) -> String {
    reader.attribute_string(element, "value").unwrap_or_else(|| reader.text(element).into_owned())
}

fn text<'a>(reader: &mut Reader<'a>, element: &Element<'a>) -> Text {
    reader.attribute_string(element, "value").map_or_else(|| reader.guessed_text(element), Text::plain)
}

fn person<'a>(reader: &mut Reader<'a>, element: &Element<'a>) -> Option<Person> {
    let value = value(reader, element);
    (!value.is_empty()).then(|| parse_person(&value))
}

fn date<'a>(reader: &mut Reader<'a>, element: &Element<'a>) -> Option<DateTime<Utc>> {
    attribute_date(reader, element, "value").or_else(|| reader.date(element))
}

fn attribute_date<'a>(reader: &mut Reader<'a>, element: &Element<'a>, name: &str) -> Option<DateTime<Utc>> {
    let written = reader.attribute(element, name).filter(|written| !written.is_empty())?;
    let date = parse_date(&written);
    if date.is_none() {
        reader.tree.note(element.name, Fault::BadDate);
    }
    date
}
