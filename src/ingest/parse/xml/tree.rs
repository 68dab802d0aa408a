//! Tokens to a balanced stream of elements: every [`Event::Open`] has its [`Event::Close`], whatever the document
//! forgot or wrote twice. Namespaces, `xml:base` and `xml:lang` are resolved on the way.

use std::borrow::Cow;

use url::Url;

use super::attributes::Attributes;
use super::entities::{Entities, offset_in};
use super::names::{Module, format_of_uri, module_of_prefix, module_of_uri, split};
use super::repairs::{Fault, Repairs};
use super::scan::{Scanner, Tag, Token};
use crate::model::InputFormat;

/// Elements nested deeper than this are not elements any more, only their text.
const MAX_DEPTH: usize = 200;
/// As many namespace declarations as are in force at one time.
const MAX_NAMES: usize = 256;
/// Bytes of the longest `xml:base` that is heeded.
const MAX_BASE: usize = 1024;
/// Bytes of the longest `xml:lang` that is heeded.
const MAX_LANGUAGE: usize = 64;

/// An element that was opened.
#[derive(Debug, Clone, Copy)]
pub(in crate::ingest::parse) struct Element<'a> {
    /// As written, with prefix.
    pub(in crate::ingest::parse) name: &'a str,
    pub(in crate::ingest::parse) module: Module,
    /// What stands between the name and the end of the tag.
    pub(in crate::ingest::parse) attributes: &'a str,
    /// 1 for the root.
    pub(in crate::ingest::parse) depth: usize,
}

impl<'a> Element<'a> {
    /// The name without prefix, as written.
    pub(in crate::ingest::parse) fn local(&self) -> &'a str {
        split(self.name).1
    }
}

/// What comes next.
#[derive(Debug, Clone, Copy)]
pub(in crate::ingest::parse) enum Event<'a> {
    Open(Element<'a>),
    Close,
    /// References not resolved.
    Text(&'a str),
    Cdata(&'a str),
    End,
}

#[derive(Debug)]
struct Frame<'a> {
    name: &'a str,
    /// Sizes of the scopes outside this element.
    outside: Scopes,
}

#[derive(Debug, Clone, Copy)]
struct Scopes {
    names: usize,
    bases: usize,
    languages: usize,
}

/// The document as a stream of elements.
#[derive(Debug)]
pub(in crate::ingest::parse) struct Tree<'a> {
    text: &'a str,
    scanner: Scanner<'a>,
    pub(in crate::ingest::parse) entities: Entities<'a>,
    pub(in crate::ingest::parse) repairs: Repairs,
    open: Vec<Frame<'a>>,
    /// Elements are closed, one an event, until no more than this many are open.
    keep: usize,
    /// A tag that waits for those to close.
    waiting: Option<Tag<'a>>,
    /// Elements open beyond [`MAX_DEPTH`].
    too_deep: usize,
    names: Vec<(&'a str, Module)>,
    bases: Vec<Url>,
    languages: Vec<Cow<'a, str>>,
    format: Option<InputFormat>,
}

impl<'a> Tree<'a> {
    pub(in crate::ingest::parse) fn new(
        text: &'a str,
        base: Option<&Url>,
        language: Option<&'a str>,
    ) -> Self {
        Self {
            text,
            scanner: Scanner::new(text),
            entities: Entities::new(text),
            repairs: Repairs::default(),
            open: Vec::new(),
            keep: 0,
            waiting: None,
            too_deep: 0,
            names: Vec::new(),
            bases: base.filter(|base| is_usable(base)).cloned().into_iter().collect(),
            languages: language.map(Cow::Borrowed).into_iter().collect(),
            format: None,
        }
    }

    /// How many elements are open.
    pub(in crate::ingest::parse) fn depth(&self) -> usize {
        self.open.len()
    }

    /// The base URL here: the innermost `xml:base`, else the document's own URL.
    pub(in crate::ingest::parse) fn base(&self) -> Option<&Url> {
        self.bases.last()
    }

    /// How many bases are in force: more of them within an element mean that it holds an `xml:base`.
    pub(in crate::ingest::parse) fn bases(&self) -> usize {
        self.bases.len()
    }

    /// The language here: the innermost `xml:lang`, else the one from outside. `""` means "none".
    pub(in crate::ingest::parse) fn language(&self) -> Option<&str> {
        self.languages.last().map(Cow::as_ref)
    }

    /// Whether an `xml:base` or `xml:lang` stands on the innermost open element itself.
    pub(in crate::ingest::parse) fn own_scope(&self) -> (bool, bool) {
        self.open.last().map_or((false, false), |frame| {
            (frame.outside.bases < self.bases.len(), frame.outside.languages < self.languages.len())
        })
    }

    /// The first format that a declared namespace told.
    pub(in crate::ingest::parse) fn declared_format(&self) -> Option<InputFormat> {
        self.format
    }

    /// Reads the root's own namespace as the given module, whatever its URI is.
    pub(in crate::ingest::parse) fn adopt(&mut self, root: &Element<'a>, module: Module) {
        self.names.push((split(root.name).0, module));
    }

    /// Notes a repair at a part of the document.
    pub(in crate::ingest::parse) fn note(&mut self, part: &str, fault: Fault) {
        let offset = offset_in(self.text, part);
        // A name: the place is that of its tag.
        let tag =
            self.text.as_bytes()[..offset].iter().rev().take_while(|b| matches!(b, b'<' | b'/')).take(2);
        self.repairs.note(offset - tag.count(), fault);
    }

    /// Notes a repair where the reader stands.
    fn note_here(&mut self, fault: Fault) {
        self.repairs.note(self.scanner.offset(), fault);
    }

    /// The text that raw character data or a raw attribute value stands for.
    pub(in crate::ingest::parse) fn unescape(&mut self, raw: &'a str) -> Cow<'a, str> {
        self.entities.unescape(raw, &mut self.repairs)
    }

    /// Reads on until fewer than `depth` elements are open.
    pub(in crate::ingest::parse) fn close(&mut self, depth: usize) {
        while self.open.len() >= depth && !matches!(self.next(), Event::End) {}
    }

    /// The next event.
    pub(in crate::ingest::parse) fn next(&mut self) -> Event<'a> {
        loop {
            if self.open.len() > self.keep {
                return self.pop();
            }
            if let Some(tag) = self.waiting.take() {
                return self.push(tag);
            }
            let innermost = self.open.last().map_or("", |frame| frame.name);
            match self.scanner.next(innermost, &mut self.repairs) {
                Token::Text(text) => return Event::Text(text),
                Token::Cdata(text) => return Event::Cdata(text),
                Token::Start(tag) => {
                    if let Some(event) = self.start(tag) {
                        return event;
                    }
                }
                Token::End(name) => self.end(name),
                Token::Doctype(doctype) => self.entities.declare(doctype),
                Token::Eof if self.open.is_empty() => return Event::End,
                Token::Eof => {
                    self.note_here(Fault::UnclosedElement);
                    self.keep = 0;
                }
            }
        }
    }

    /// A start tag: opens its element, unless others must be closed before.
    fn start(&mut self, tag: Tag<'a>) -> Option<Event<'a>> {
        if is_entry(tag.name) {
            self.too_deep = 0;
        }
        let keep = self.kept_by(tag.name);
        if self.too_deep > 0 || keep >= MAX_DEPTH {
            self.note(tag.name, Fault::TooDeep);
            self.too_deep += usize::from(!tag.empty);
            return None;
        }
        if keep == self.open.len() {
            return Some(self.push(tag));
        }
        self.note(tag.name, Fault::UnclosedElement);
        self.keep = keep;
        self.waiting = Some(tag);
        None
    }

    /// How many of the open elements may contain an element of this name: an entry stands in the feed itself,
    /// and a title or link that meets the next element of its entry was not closed.
    fn kept_by(&self, name: &str) -> usize {
        let prefix = split(name).0;
        let depth = self.open.len();
        if is_entry(name) && self.is_core(prefix) {
            let holds = |frame: &Frame<'_>| {
                let (outer, container) = split(frame.name);
                outer == prefix && is_container(container) || container == "RDF"
            };
            return self.open.iter().rposition(holds).map_or(depth, |at| at + 1);
        }
        let unclosed =
            prefix.is_empty() && is_sibling(name) && self.open.last().is_some_and(|top| is_leaf(top.name));
        depth - usize::from(unclosed)
    }

    /// Whether elements of this prefix may be the feed's own: an `x:item` of somebody else is no entry.
    fn is_core(&self, prefix: &str) -> bool {
        let declared = self.names.iter().rev().find(|(declared, _)| *declared == prefix);
        declared.is_none_or(|(_, module)| matches!(module, Module::Rss | Module::Atom))
    }

    /// An end tag closes the innermost open element of its name, with all that is open inside it.
    fn end(&mut self, name: &'a str) {
        if is_entry(name) {
            self.too_deep = 0;
        } else if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        let depth = self.open.len();
        if self.open.last().is_some_and(|top| top.name == name) {
            self.keep = depth - 1;
            return;
        }
        let closed = self.open.iter().rposition(|frame| frame.name.eq_ignore_ascii_case(name));
        match closed {
            Some(at) => {
                if at + 1 < depth {
                    self.note(name, Fault::UnclosedElement);
                }
                self.keep = at;
            }
            None => self.note(name, Fault::UnmatchedEnd),
        }
    }

    fn push(&mut self, tag: Tag<'a>) -> Event<'a> {
        let outside =
            Scopes { names: self.names.len(), bases: self.bases.len(), languages: self.languages.len() };
        self.open.push(Frame { name: tag.name, outside });
        if memchr::memmem::find(tag.attributes.as_bytes(), b"xml").is_some() {
            self.enter_scopes(tag.attributes);
        }
        let depth = self.open.len();
        self.keep = if tag.empty || is_void(tag.name) { depth - 1 } else { depth };
        let module = self.module_of(tag.name);
        Event::Open(Element { name: tag.name, module, attributes: tag.attributes, depth })
    }

    fn pop(&mut self) -> Event<'a> {
        if let Some(frame) = self.open.pop() {
            self.names.truncate(frame.outside.names);
            self.bases.truncate(frame.outside.bases);
            self.languages.truncate(frame.outside.languages);
        }
        Event::Close
    }

    fn enter_scopes(&mut self, attributes: &'a str) {
        for (name, value) in Attributes::new(attributes) {
            match name.split_once(':') {
                Some(("xmlns", prefix)) => self.declare(prefix, value),
                None if name == "xmlns" => self.declare("", value),
                Some(("xml", "base")) => self.enter_base(value),
                Some(("xml", "lang")) if value.len() <= MAX_LANGUAGE => {
                    let language = self.unescape(value);
                    self.languages.push(Cow::Owned(language.trim().to_owned()));
                }
                _ => {}
            }
        }
    }

    fn declare(&mut self, prefix: &'a str, uri: &'a str) {
        let uri = self.unescape(uri);
        self.format = self.format.or_else(|| format_of_uri(&uri));
        if self.names.len() < MAX_NAMES {
            self.names.push((prefix, module_of_uri(&uri)));
        }
    }

    fn enter_base(&mut self, value: &'a str) {
        let text = self.unescape(value);
        let base = Url::options().base_url(self.bases.last()).parse(text.trim());
        match base {
            Ok(base) if is_usable(&base) => self.bases.push(base),
            // Relative, and nobody knows to what: no fault of the feed.
            Err(url::ParseError::RelativeUrlWithoutBase) => {}
            _ => self.note(value, Fault::BadBase),
        }
    }

    fn module_of(&mut self, name: &'a str) -> Module {
        let (prefix, _) = split(name);
        if let Some(&(_, module)) = self.names.iter().rev().find(|(declared, _)| *declared == prefix) {
            return module;
        }
        if !prefix.is_empty() {
            self.note(name, Fault::UndeclaredPrefix);
        }
        module_of_prefix(prefix)
    }
}

/// Whether relative references can stand on this URL. Each of them becomes as long as it is, so it must not be long.
fn is_usable(base: &Url) -> bool {
    base.as_str().len() <= MAX_BASE && matches!(base.scheme(), "http" | "https" | "ftp" | "file")
}

/// An entry: whatever was left open in the one before, it is none of its.
fn is_entry(name: &str) -> bool {
    matches!(split(name).1, "item" | "entry")
}

/// Elements that entries stand in.
fn is_container(local: &str) -> bool {
    ["rss", "channel", "feed", "rdf", "items"].iter().any(|known| known.eq_ignore_ascii_case(local))
}

/// Elements of feeds and entries that hold text only.
fn is_leaf(name: &str) -> bool {
    matches!(
        name,
        "title"
            | "link"
            | "description"
            | "pubDate"
            | "guid"
            | "category"
            | "comments"
            | "generator"
            | "language"
            | "copyright"
            | "docs"
            | "ttl"
            | "lastBuildDate"
            | "managingEditor"
            | "webMaster"
            | "id"
            | "updated"
            | "published"
            | "enclosure"
    )
}

/// Elements that stand beside those, never in them.
fn is_sibling(name: &str) -> bool {
    is_leaf(name) || matches!(name, "author" | "content" | "image")
}

/// HTML's elements without end tag, met where markup was not escaped.
fn is_void(name: &str) -> bool {
    matches!(name, "br" | "hr" | "img" | "input" | "wbr" | "BR" | "HR" | "IMG")
}

#[cfg(test)]
#[path = "tree_tests.rs"]
mod tests;
