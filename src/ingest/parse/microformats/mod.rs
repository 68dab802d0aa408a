//! Web pages as feeds: microformats2 (h-feed, h-entry; microformats.org/wiki/microformats2-parsing) and the classic
//! hAtom, which that specification reads by a table.
//!
//! Which pages: many themes put `hentry` on everything, error pages too, so a page that links to real feeds is read only
//! if it says `h-feed`, which nobody writes by accident; any other if it has an entry with a page of its own.

mod entry;
mod item;
#[cfg(test)]
mod tests;
mod value;

use dom_query::{Document, NodeRef};

use super::{Hints, discover};
use crate::markup::tame_page;
use crate::model::parts::{Image, Link, Text, Warning};
use crate::model::{Entry, FeedDocument, FeedMeta, InputFormat};

use item::{Item, Vocabulary};
use value::Values;

/// Bytes of a page that are read as a feed.
const MAX_PAGE: usize = 4 << 20;
/// As many entries of one page as are read.
const MAX_ENTRIES: usize = 1000;

/// Reads the feed that a page is; nothing if it is none. `linked` tells whether it links to feeds.
pub(super) fn read(html: &str, hints: &Hints, linked: bool) -> Option<FeedDocument> {
    let has = |class: &str| memchr::memmem::find(html.as_bytes(), class.as_bytes()).is_some();
    let explicit = has("h-feed") && has("h-entry");
    if !explicit && (linked || !(has("h-entry") || has("hentry"))) {
        return None;
    }
    let page = Document::from(tame_page(&html[..html.floor_char_boundary(MAX_PAGE)]));
    let values = Values::new(&page, hints.base_url.as_ref(), html.len());
    let vocabularies: &[Vocabulary] =
        if linked { &[Vocabulary::Microformats2] } else { &[Vocabulary::Microformats2, Vocabulary::Classic] };
    vocabularies.iter().find_map(|&vocabulary| {
        let (feed, entries) = find(page.root(), vocabulary);
        if linked && feed.is_none() {
            return None;
        }
        let document = document(&page, &values, hints, (feed, entries));
        let is_feed = document.entries.iter().any(|entry| entry.link.is_some() && !says_nothing(entry));
        is_feed.then_some(document)
    })
}

/// The first feed that has entries, and those; without such a feed all entries of the page.
fn find<'a>(root: NodeRef<'a>, vocabulary: Vocabulary) -> (Option<Item<'a>>, Vec<Item<'a>>) {
    let (mut feeds, mut entries) = (Vec::new(), Vec::new());
    item::roots(root, vocabulary, &mut |item| match item.is_feed() {
        true => feeds.push(item),
        false => entries.push(item),
    });
    for feed in feeds {
        let mut own = Vec::new();
        item::roots(feed.node, vocabulary, &mut |item| {
            own.extend((!item.is_feed()).then_some(item.in_feed()));
        });
        if !own.is_empty() {
            return (Some(feed), own);
        }
    }
    (None, entries)
}

fn document(
    page: &Document,
    values: &Values,
    hints: &Hints,
    (feed, entries): (Option<Item<'_>>, Vec<Item<'_>>),
) -> FeedDocument {
    let mut meta = head(page, values, hints);
    if let Some(feed) = &feed {
        about(feed, values, &mut meta);
    }
    let mut warnings = Vec::new();
    if entries.len() > MAX_ENTRIES {
        let message = format!("only the first {MAX_ENTRIES} entries are read");
        warnings.push(Warning { line: 1, column: 1, code: "too-many-entries", message });
    }
    let entries = entries.iter().take(MAX_ENTRIES).map(|item| entry::entry(item, values));
    let entries = entries.filter(|entry| entry.link.is_some() || !says_nothing(entry)).collect();
    FeedDocument { format: InputFormat::HFeed, encoding: None, meta, entries, warnings, deleted: Vec::new() }
}

fn says_nothing(entry: &Entry) -> bool {
    entry.title.is_none()
        && entry.summary.is_none()
        && entry.content.is_empty()
        && entry.image.is_none()
        && entry.enclosures.is_empty()
}

/// What the page says of itself outside of its microformats.
fn head(page: &Document, values: &Values, hints: &Hints) -> FeedMeta {
    let mut meta = FeedMeta::default();
    let title = values.line(&page.select("title").first().text());
    meta.title = title.map(Text::plain);
    meta.link = hints.base_url.as_ref().map(|url| url.to_string());
    let lang = page.select("html").first().attr("lang").map(|lang| lang.trim().to_owned());
    let from_http = || hints.content_language.as_deref().and_then(|languages| languages.split(',').next());
    let lang = lang.or_else(|| from_http().map(|language| language.trim().to_owned()));
    meta.language = lang.filter(|lang| !lang.is_empty());
    for element in &page.select("link[rel][href]") {
        let rel = element.attr("rel").unwrap_or_default();
        let Some(href) = element.attr("href").and_then(|href| values.resolve(&href)) else { continue };
        let rel = rel.trim().to_ascii_lowercase();
        match rel.as_str() {
            "hub" => meta.hubs.push(href.clone()),
            "next" => meta.next = meta.next.or(Some(href.clone())),
            "self" => {}
            _ => continue,
        }
        meta.links.push(Link { href, rel: Some(rel), ..Link::default() });
    }
    meta
}

/// What an h-feed says of itself.
fn about(feed: &Item<'_>, values: &Values, meta: &mut FeedMeta) {
    let about = entry::entry(feed, values);
    meta.title = about.title.or(meta.title.take());
    meta.subtitle = about.summary;
    meta.link = about.link.or(meta.link.take());
    meta.id = about.id;
    meta.updated = about.updated;
    meta.published = about.published;
    meta.authors = about.authors;
    meta.categories = about.categories;
    meta.image = about.image.map(|image| Image { description: None, ..image });
    meta.extensions = about.extensions;
}

/// The feeds that a page links to, or the feed that it is itself.
///
/// # Errors
/// The feeds, where the page itself is none.
pub(super) fn page(html: &str, hints: &Hints) -> Result<FeedDocument, Vec<String>> {
    let feeds = discover::linked_feeds(html, hints.base_url.as_ref());
    read(html, hints, !feeds.is_empty()).ok_or(feeds)
}
