//! Documents of XML that are no feeds themselves, and name some.

use super::ParseError;
use super::reader::Reader;
use super::xml::tree::{Element, Event};

/// More addresses of one document are not listed.
const MAX_URLS: usize = 32;

/// What a document with such a root is, in words; `None` for one that names no feeds.
pub(super) fn what(root: &str) -> Option<&'static str> {
    const ROOTS: &[(&str, &str)] = &[
        ("sitemapindex", "a list of sitemaps"),
        ("opml", "a list of feeds (OPML)"),
        ("redirect", "a notice that the feed has moved"),
        ("newLocation", "a notice that the feed has moved"),
    ];
    ROOTS.iter().find(|(name, _)| name.eq_ignore_ascii_case(root)).map(|&(_, what)| what)
}

/// Reads the addresses that a document names.
pub(super) fn read<'a>(reader: &mut Reader<'a>, root: &Element<'a>, what: &'static str) -> ParseError {
    let mut urls = Vec::new();
    let mut next = Some(*root);
    while urls.len() < MAX_URLS {
        let url = next.and_then(|element| address(reader, &element));
        urls.extend(url.filter(|url| !urls.contains(url)));
        next = match reader.tree.next() {
            Event::Open(element) => Some(element),
            Event::End => break,
            _ => None,
        };
    }
    ParseError::Pointer { what, urls }
}

fn address<'a>(reader: &mut Reader<'a>, element: &Element<'a>) -> Option<String> {
    match element.local() {
        "loc" | "newLocation" | "newlocation" => reader.url(element),
        "outline" => reader.attribute_url(element, "xmlUrl"),
        _ => None,
    }
}
