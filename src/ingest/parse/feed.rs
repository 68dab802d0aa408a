//! A document of XML to a [`FeedDocument`]: the root, the feed's own children, the entries.

use super::module::rss::fold;
use super::module::{self, cdf, tombstones};
use super::pointer;
use super::reader::Reader;
use super::record::{Building, add_category};
use super::xml::names::{Module, split};
use super::xml::repairs::Fault;
use super::xml::tree::{Element, Event};
use super::{Hints, ParseError};
use crate::model::{DeletedEntry, Entry, FeedDocument, FeedMeta, InputFormat};

/// As many entries of one document as are read.
const MAX_ENTRIES: usize = 100_000;

/// Bytes of a short entry, and entries of a long document: room for so many is made before reading, because an entry
/// is large to move.
const USUAL_ENTRY: usize = 1024;
const USUAL_ENTRIES: usize = 256;

/// Reads a document of XML.
///
/// # Errors
/// [`ParseError::NotAFeed`] if no element of it is a feed.
pub(super) fn parse_xml(text: &str, hints: &Hints) -> Result<FeedDocument, ParseError> {
    let mut reader = Reader::new(text, hints);
    let root = find_root(&mut reader)?;
    let mut document = Document {
        format: format_of(&mut reader, &root),
        feed: Building::default(),
        entries: Vec::with_capacity((text.len() / USUAL_ENTRY).min(USUAL_ENTRIES)),
        deleted: Vec::new(),
    };
    reader.native = native_to(document.format);
    reader.has_wrappers = document.format != InputFormat::Atom03;
    let root = adopted(&mut reader, &root);
    document.root(&mut reader, &root);
    document.behind_root(&mut reader);
    Ok(document.finished(reader, text))
}

/// What a document is made of while it is read.
struct Document {
    format: InputFormat,
    feed: Building<FeedMeta>,
    entries: Vec<Entry>,
    deleted: Vec<DeletedEntry>,
}

impl Document {
    fn root<'a>(&mut self, reader: &mut Reader<'a>, root: &Element<'a>) {
        match fold(root.local()).as_ref() {
            "rss" | "rdf" => {
                self.scope(reader, root);
                reader.children(root, |reader, child| self.beside_channel(reader, child));
            }
            "item" | "entry" => self.entry(reader, root),
            _ => self.channel(reader, root),
        }
    }

    /// What stands behind a root that was closed too early, or another feed glued on: its entries count. What
    /// another feed says of itself does so only where the first one was empty.
    fn behind_root(&mut self, reader: &mut Reader<'_>) {
        let mut is_told = false;
        loop {
            let (there, root) = match reader.tree.next() {
                Event::Open(element) => (element.name, is_root(element.local()).then_some(element)),
                Event::Text(text) | Event::Cdata(text) if !text.trim().is_empty() => (text, None),
                Event::End => return,
                _ => continue,
            };
            if !is_told {
                is_told = true;
                reader.tree.note(there, Fault::BehindRoot);
            }
            let Some(root) = root else { continue };
            let root = adopted(reader, &root);
            let is_empty = self.entries.is_empty() && self.feed.record == FeedMeta::default();
            let feed = std::mem::take(&mut self.feed);
            self.root(reader, &root);
            if !is_empty {
                self.feed = feed;
            }
        }
    }

    /// A child of `rss` or `rdf:RDF`: the channel, or in RDF what stands beside it.
    fn beside_channel<'a>(&mut self, reader: &mut Reader<'a>, child: &Element<'a>) {
        if child.local().eq_ignore_ascii_case("channel") {
            if child.module == Module::Foreign {
                reader.tree.adopt(child, Module::Rss);
            }
            self.channel(reader, child);
        } else {
            self.feed_child(reader, child);
        }
    }

    fn channel<'a>(&mut self, reader: &mut Reader<'a>, channel: &Element<'a>) {
        cdf::base(reader, channel);
        self.scope(reader, channel);
        if let Some(about) = reader.attribute_string(channel, "about") {
            self.feed.weak.id.get_or_insert(about);
        }
        if channel.module == Module::Cdf {
            cdf::attributes(reader, channel, &mut self.feed);
            cdf::own_address(reader, channel, "self", &mut self.feed.record);
        }
        reader.children(channel, |reader, child| self.feed_child(reader, child));
    }

    /// What `xml:base` and `xml:lang` of the root or channel say of the feed.
    fn scope<'a>(&mut self, reader: &mut Reader<'a>, element: &Element<'a>) {
        if element.depth == reader.tree.depth() {
            self.feed.enter(reader.own());
        }
    }

    fn feed_child<'a>(&mut self, reader: &mut Reader<'a>, child: &Element<'a>) {
        let core = matches!(child.module, Module::Rss | Module::Atom | Module::Rdf | Module::Cdf);
        match child.local() {
            "item" | "entry" | "Item" | "ITEM" | "Entry" | "ENTRY" if core => self.entry(reader, child),
            // RDF lists its items here; RSS 1.1 has the items themselves.
            "items" if core => reader.children(child, |reader, child| {
                if child.local() == "item" {
                    self.entry(reader, child);
                }
            }),
            "url" if child.module == Module::Sitemap => self.entry(reader, child),
            _ if child.module == Module::Cdf && child.local().eq_ignore_ascii_case("channel") => {
                self.subchannel(reader, child);
            }
            _ if tombstones::is_deleted(child) => tombstones::deleted(reader, child, &mut self.deleted),
            // A feed within, as of a wrapper that calls itself a channel.
            "channel" | "feed" if core => self.channel(reader, child),
            _ => module::feed(reader, child, &mut self.feed),
        }
    }

    /// A section of a CDF channel: its items are the feed's; what it says of itself is not said of the feed.
    fn subchannel<'a>(&mut self, reader: &mut Reader<'a>, channel: &Element<'a>) {
        cdf::base(reader, channel);
        reader.children(channel, |reader, child| match fold(child.local()).as_ref() {
            "item" => self.entry(reader, child),
            "channel" => self.subchannel(reader, child),
            _ => {}
        });
    }

    fn entry<'a>(&mut self, reader: &mut Reader<'a>, element: &Element<'a>) {
        if self.entries.len() >= MAX_ENTRIES {
            reader.tree.note(element.name, Fault::TooManyEntries);
            return;
        }
        let mut entry = Building::<Entry>::default();
        entry.enter(reader.own());
        entry.weak.id = reader.attribute_string(element, "about");
        if element.module == Module::Cdf {
            cdf::attributes(reader, element, &mut entry);
        }
        reader.children(element, |reader, child| module::entry(reader, child, &mut entry));
        settle(&mut entry);
        self.entries.push(entry.record);
    }

    fn finished(mut self, reader: Reader<'_>, text: &str) -> FeedDocument {
        self.feed.settle();
        let mut meta = self.feed.record;
        if meta.language.is_none() {
            meta.language = reader.tree.language().map(str::to_owned);
        }
        FeedDocument {
            format: self.format,
            encoding: None,
            meta,
            entries: self.entries,
            warnings: reader.tree.repairs.told(text),
            deleted: self.deleted,
        }
    }
}

/// Completes an entry with what its modules said; an entry that is nothing but its media has their words.
fn settle(building: &mut Building<Entry>) {
    let has_categories = !building.record.categories.is_empty();
    building.settle();
    let entry = &mut building.record;
    if entry.content.is_empty() {
        entry.content.extend(building.weak.second_text.take());
    }
    let media = building.media.take().map(|media| media.settled()).unwrap_or_default();
    if !has_categories {
        let of_media = media.iter().flat_map(|media| &media.categories).cloned();
        of_media.for_each(|category| add_category(&mut entry.categories, category));
    }
    if let Some(media) = media.first() {
        if entry.title.is_none() {
            entry.title.clone_from(&media.title);
        }
        // A content that is elsewhere (Atom `src`) has no words either.
        if entry.summary.is_none() && entry.content.iter().all(|text| text.value.is_empty()) {
            entry.summary.clone_from(&media.description);
        }
    }
    entry.media.extend(media);
}

/// Reads on to the first element that is a feed or, in a document that has none, an entry.
fn find_root<'a>(reader: &mut Reader<'a>) -> Result<Element<'a>, ParseError> {
    let mut first = None;
    loop {
        match reader.tree.next() {
            Event::Open(element) if is_root(element.local()) => return Ok(element),
            Event::Open(element) => {
                if let Some(what) = first.is_none().then(|| pointer::what(element.local())).flatten() {
                    return Err(pointer::read(reader, &element, what));
                }
                if first.is_none() {
                    reader.tree.note(element.name, Fault::TextBeforeRoot);
                }
                first = first.or(Some(element));
            }
            Event::Text(text) | Event::Cdata(text) if first.is_none() && !text.trim().is_empty() => {
                reader.tree.note(text, Fault::TextBeforeRoot);
            }
            Event::End => break,
            _ => {}
        }
    }
    let found = first.map_or_else(
        || "it is neither XML nor JSON".to_owned(),
        |root| format!("the root element is <{}>", root.name),
    );
    Err(ParseError::NotAFeed { found })
}

/// A root, its own namespace read as the format it stands for, whatever its URI is.
fn adopted<'a>(reader: &mut Reader<'a>, root: &Element<'a>) -> Element<'a> {
    let module = if root.local() == "RDF" { Module::Rdf } else { reader.native };
    reader.tree.adopt(root, module);
    root.of(module)
}

fn is_root(local: &str) -> bool {
    matches!(fold(local).as_ref(), "rss" | "rdf" | "feed" | "channel" | "entry" | "item" | "urlset")
}

/// The vocabulary that a format's elements are of where they have no other namespace.
fn native_to(format: InputFormat) -> Module {
    match format {
        InputFormat::Atom03 | InputFormat::Atom10 => Module::Atom,
        InputFormat::Cdf => Module::Cdf,
        InputFormat::Sitemap => Module::Sitemap,
        _ => Module::Rss,
    }
}

fn is_atom(format: InputFormat) -> bool {
    matches!(format, InputFormat::Atom03 | InputFormat::Atom10)
}

/// The format that the root tells by its name, its `version` and its namespaces.
fn format_of<'a>(reader: &mut Reader<'a>, root: &Element<'a>) -> InputFormat {
    let declared = reader.tree.declared_format();
    let version = reader.attribute(root, "version").unwrap_or_default();
    let local = split(root.name).1.to_ascii_lowercase();
    match (local.as_str(), version.as_ref()) {
        ("feed" | "entry", "0.1" | "0.2" | "0.3") => InputFormat::Atom03,
        ("feed" | "entry", _) if declared == Some(InputFormat::Atom03) => InputFormat::Atom03,
        ("feed" | "entry", _) => InputFormat::Atom10,
        ("rdf", _) => declared.filter(|&format| !is_atom(format)).unwrap_or(InputFormat::Rss10),
        ("urlset", _) => InputFormat::Sitemap,
        ("channel", _) if declared == Some(InputFormat::Rss11) => InputFormat::Rss11,
        ("channel", _) if cdf::is_root(reader, root) => InputFormat::Cdf,
        (_, "0.90" | "0.9") => InputFormat::Rss090,
        (_, "0.91") => InputFormat::Rss091,
        (_, "0.92") => InputFormat::Rss092,
        (_, "0.93") => InputFormat::Rss093,
        (_, "0.94") => InputFormat::Rss094,
        _ => InputFormat::Rss20,
    }
}
