//! Tokens to a balanced stream of elements: every [`Event::Open`] has its [`Event::Close`], whatever the document
//! forgot or wrote twice. Namespaces, `xml:base` and `xml:lang` are resolved on the way.

use std::borrow::Cow;

use url::Url;

use super::attributes::Attributes;
use super::entities::{Entities, offset_in};
use super::implied::{Ahead, is_container, is_entry, is_leaf, is_sibling, is_void};
use super::names::{Module, Name, module_of_prefix, split};
use super::repairs::{Fault, Repairs};
use super::scan::{Scanner, Tag, Token};
use super::scopes::Scopes;
use crate::model::InputFormat;

/// Elements nested deeper than this are not elements any more, only their text.
const MAX_DEPTH: usize = 200;

/// An element that was opened.
#[derive(Debug, Clone, Copy)]
pub(in crate::ingest::parse) struct Element<'a> {
    /// As written, with prefix.
    pub(in crate::ingest::parse) name: &'a str,
    prefix: &'a str,
    local: &'a str,
    /// The vocabulary that it is of.
    pub(in crate::ingest::parse) module: Module,
    /// What stands between the name and the end of the tag.
    pub(in crate::ingest::parse) attributes: &'a str,
    /// 1 for the root.
    pub(in crate::ingest::parse) depth: usize,
}

impl<'a> Element<'a> {
    /// The name without prefix, as written.
    pub(in crate::ingest::parse) fn local(&self) -> &'a str {
        self.local
    }

    /// The same element, read as one of another vocabulary.
    pub(in crate::ingest::parse) fn of(self, module: Module) -> Self {
        Self { module, ..self }
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
    name: Name<'a>,
    /// An element of feeds and entries that holds no other of them.
    is_leaf: bool,
    /// It may have attributes that hold for all inside it.
    is_scope: bool,
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
    ahead: Ahead<'a>,
    scopes: Scopes<'a>,
}

impl<'a> Tree<'a> {
    pub(in crate::ingest::parse) fn new(
        text: &'a str,
        base: Option<&Url>,
        language: Option<Cow<'a, str>>,
    ) -> Self {
        let entities = Entities::new(text);
        let mut repairs = Repairs::default();
        if let Some(forbidden) = entities.first_forbidden() {
            repairs.note(forbidden, Fault::ControlCharacter);
        }
        Self {
            text,
            scanner: Scanner::new(text),
            entities,
            repairs,
            open: Vec::new(),
            keep: 0,
            waiting: None,
            too_deep: 0,
            ahead: Ahead::default(),
            scopes: Scopes::new(base, language),
        }
    }

    /// How many elements are open.
    pub(in crate::ingest::parse) fn depth(&self) -> usize {
        self.open.len()
    }

    /// The base URL here: the innermost `xml:base`, else the document's own URL.
    pub(in crate::ingest::parse) fn base(&self) -> Option<&str> {
        self.scopes.base()
    }

    /// As [`Tree::base`], if it is an `xml:base`.
    pub(in crate::ingest::parse) fn declared_base(&self) -> Option<&str> {
        self.scopes.declared_base()
    }

    /// How many bases are in force: more of them within an element mean that it holds an `xml:base`.
    pub(in crate::ingest::parse) fn bases(&self) -> usize {
        self.scopes.bases()
    }

    /// The language here: the innermost `xml:lang`, else the one from outside. `""` means "none".
    pub(in crate::ingest::parse) fn language(&self) -> Option<&str> {
        self.scopes.language()
    }

    /// Whether an `xml:base` or `xml:lang` stands on the innermost open element itself.
    pub(in crate::ingest::parse) fn own_scope(&self) -> (bool, bool) {
        let is_scope = self.open.last().is_some_and(|frame| frame.is_scope);
        if is_scope { self.scopes.own() } else { (false, false) }
    }

    /// The first format that a declared namespace told.
    pub(in crate::ingest::parse) fn declared_format(&self) -> Option<InputFormat> {
        self.scopes.declared_format()
    }

    /// Reads the root's own namespace as the given module, whatever its URI is.
    pub(in crate::ingest::parse) fn adopt(&mut self, root: &Element<'a>, module: Module) {
        self.scopes.bind(root.prefix, module);
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

    /// Passes over white space between two tags.
    pub(in crate::ingest::parse) fn skip_blank(&mut self) {
        if self.open.len() == self.keep && self.waiting.is_none() {
            self.scanner.skip_blank();
        }
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
            let innermost = self.open.last().map_or("", |frame| frame.name.written);
            match self.scanner.next(innermost, &mut self.repairs) {
                Token::Text(text) => return Event::Text(text),
                Token::Cdata(text) if is_markup(text) && self.is_between_elements() => {
                    self.scanner.enter(text, &mut self.repairs);
                }
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

    /// Whether the reader stands where elements do, and no text that means anything.
    fn is_between_elements(&self) -> bool {
        let holds = |frame: &Frame<'_>| is_entry(frame.name.local) || is_container(frame.name.local);
        self.open.last().is_none_or(holds)
    }

    /// A start tag: opens its element, unless others must be closed before.
    fn start(&mut self, tag: Tag<'a>) -> Option<Event<'a>> {
        if is_entry(tag.name.local) {
            self.too_deep = 0;
        }
        let keep = self.kept_by(tag.name);
        if self.open.last().is_some_and(|top| top.is_leaf) && is_address(tag.name.written) {
            self.note(tag.name.written, Fault::BareLessThan);
            let from = offset_in(self.text, tag.name.written) - 1;
            return Some(Event::Text(&self.text[from..self.scanner.offset()]));
        }
        if self.too_deep > 0 || keep >= MAX_DEPTH {
            self.note(tag.name.written, Fault::TooDeep);
            self.too_deep += usize::from(!tag.empty);
            return None;
        }
        if keep == self.open.len() {
            return Some(self.push(tag));
        }
        self.note(tag.name.written, Fault::UnclosedElement);
        self.keep = keep;
        self.waiting = Some(tag);
        None
    }

    /// How many of the open elements may contain an element of this name: an entry stands in the feed itself,
    /// and a title or link that meets the next element of its entry was not closed, unless it is closed further on.
    fn kept_by(&mut self, name: Name<'a>) -> usize {
        let depth = self.open.len();
        if is_entry(name.local) && self.is_core(name.prefix) {
            // A copy that a foreign element holds, such as the other side of a conflict (Simple Sharing), is part of that.
            let holder = self.open.last().filter(|top| !top.name.prefix.is_empty());
            if holder.is_some_and(|top| self.scopes.module_of(top.name.prefix) == Some(Module::Foreign)) {
                return depth;
            }
            let holds = |frame: &Frame<'_>| {
                let outer = frame.name;
                outer.prefix == name.prefix && is_container(outer.local) || outer.local == "RDF"
            };
            return self.open.iter().rposition(holds).map_or(depth, |at| at + 1);
        }
        let Some(leaf) = self.open.last().filter(|top| top.is_leaf).map(|top| top.name.written) else {
            return depth;
        };
        let begins_next = is_sibling(self.known_module(name.prefix), name.local);
        let tag = offset_in(self.text, name.written) - 1;
        let unclosed = begins_next && !self.ahead.is_closed(self.text, leaf, tag);
        depth - usize::from(unclosed)
    }

    /// Whether elements of this prefix may be the feed's own: an `x:item` of somebody else is no entry.
    fn is_core(&self, prefix: &str) -> bool {
        let module = self.scopes.module_of(prefix);
        module.is_none_or(|module| matches!(module, Module::Rss | Module::Atom | Module::Cdf))
    }

    /// An end tag closes the innermost open element of its name, with all that is open inside it.
    fn end(&mut self, name: &'a str) {
        if self.too_deep > 0 {
            if !is_entry(split(name).1) {
                self.too_deep -= 1;
                return;
            }
            self.too_deep = 0;
        }
        let depth = self.open.len();
        if self.open.last().is_some_and(|top| top.name.written == name) {
            self.keep = depth - 1;
            return;
        }
        let closed = self.open.iter().rposition(|frame| frame.name.written.eq_ignore_ascii_case(name));
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
        let Tag { name, attributes, may_scope, empty } = tag;
        self.open.push(Frame { name, is_leaf: false, is_scope: may_scope });
        if may_scope {
            self.enter_scopes(attributes);
        }
        let depth = self.open.len();
        let empty = empty && !(ends_unquoted(attributes) && is_container(name.local));
        self.keep = if empty || is_void(name.written) { depth - 1 } else { depth };
        let module = self.module_of(name);
        if let Some(frame) = self.open.last_mut() {
            frame.is_leaf = is_leaf(module, name.local);
        }
        let Name { written, prefix, local } = name;
        Event::Open(Element { name: written, prefix, local, module, attributes, depth })
    }

    fn pop(&mut self) -> Event<'a> {
        if self.open.pop().is_some_and(|frame| frame.is_scope) {
            self.scopes.leave();
        }
        Event::Close
    }

    fn enter_scopes(&mut self, attributes: &'a str) {
        self.scopes.enter();
        for (name, value) in Attributes::new(attributes) {
            match split(name) {
                ("xmlns", prefix) => self.declare(prefix, value),
                ("", "xmlns") => self.declare("", value),
                ("xml", "base") => {
                    let base = self.unescape(value);
                    self.rebase(value, &base);
                }
                ("xml", "lang") => {
                    let language = self.unescape(value);
                    self.scopes.speak(language.trim());
                }
                _ => {}
            }
        }
    }

    fn declare(&mut self, prefix: &'a str, uri: &'a str) {
        let uri = self.unescape(uri);
        self.scopes.declare(prefix, &uri);
    }

    /// Lets a base hold within the innermost open element; `at` is where it was written.
    pub(in crate::ingest::parse) fn rebase(&mut self, at: &str, base: &str) {
        if let Some(frame) = self.open.last_mut().filter(|frame| !frame.is_scope) {
            frame.is_scope = true;
            self.scopes.enter();
        }
        if !self.scopes.rebase(base) {
            self.note(at, Fault::BadBase);
        }
    }

    fn module_of(&mut self, name: Name<'a>) -> Module {
        self.scopes.module_of(name.prefix).unwrap_or_else(|| {
            self.note(name.written, Fault::UndeclaredPrefix);
            module_of_prefix(name.prefix)
        })
    }

    /// The module of a prefix, declared or not.
    fn known_module(&self, prefix: &str) -> Module {
        self.scopes.module_of(prefix).unwrap_or_else(|| module_of_prefix(prefix))
    }
}

/// Whether a CDATA section holds elements.
fn is_markup(cdata: &str) -> bool {
    cdata.trim_ascii_start().starts_with('<')
}

/// Whether what stands in angle brackets is no name of an element: `<me@example.org>`, `<http://example.org/>`.
fn is_address(name: &str) -> bool {
    name.contains('@') || name.ends_with(':')
}

/// Whether the last attribute value of an empty tag has no quotes: the slash may well belong to it.
fn ends_unquoted(attributes: &str) -> bool {
    attributes.bytes().last().is_some_and(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b'"' | b'\''))
}

#[cfg(test)]
#[path = "tree_tests.rs"]
mod tests;
