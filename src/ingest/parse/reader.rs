//! What the modules read with: the text, attributes, URLs, dates and persons of the element that was just opened.

use std::borrow::Cow;

use super::Hints;
use super::date::parse_date;
use super::person::parse_person;
use super::xml::attributes::Attributes;
use super::xml::names::Module;
use super::xml::repairs::Fault;
use super::xml::tree::{Element, Event, Tree};
use crate::model::parts::Person;
use crate::model::reference::url_of;
use chrono::{DateTime, Utc};

/// A document being read. A module reads what it likes of an element; the rest of it is passed over by
/// whoever called the module.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    pub(super) tree: Tree<'a>,
    /// The document's own format, RSS or Atom: elements of the other yield to it.
    pub(super) native: Module,
    /// Whether a `div` around XHTML is no part of it: so says Atom 1.0, not 0.3.
    pub(super) has_wrappers: bool,
    /// The attributes of the tag last asked for one: name and value as written.
    attributes: Vec<(&'a str, &'a str)>,
    /// What those were read from.
    taken_apart: &'a str,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, hints: &'a Hints) -> Self {
        let tree = Tree::new(text, hints.base_url.as_ref(), hints.language());
        Self { tree, native: Module::Rss, has_wrappers: true, attributes: Vec::new(), taken_apart: "" }
    }

    /// Calls for each child element; what the call leaves unread of it is passed over.
    pub(super) fn children(&mut self, parent: &Element<'a>, each: impl FnMut(&mut Self, &Element<'a>)) {
        self.children_and_text(parent, each);
    }

    /// As [`Reader::children`]; the text that stands between the children, trimmed.
    pub(super) fn children_and_text(
        &mut self,
        parent: &Element<'a>,
        mut each: impl FnMut(&mut Self, &Element<'a>),
    ) -> Cow<'a, str> {
        let mut text = Cow::Borrowed("");
        while self.tree.depth() >= parent.depth {
            self.tree.skip_blank();
            match self.tree.next() {
                Event::Open(child) => {
                    each(self, &child);
                    self.tree.close(child.depth);
                }
                Event::Text(raw) if raw.trim_ascii().is_empty() => {}
                Event::Text(raw) => append(&mut text, self.tree.unescape(raw)),
                Event::Cdata(raw) => append(&mut text, self.tree.entities.clean(raw)),
                Event::Close => {}
                Event::End => break,
            }
        }
        trimmed(text)
    }

    /// The element's text without the markup in it, trimmed.
    pub(super) fn text(&mut self, element: &Element<'a>) -> Cow<'a, str> {
        let mut text = Cow::Borrowed("");
        while self.tree.depth() >= element.depth {
            match self.tree.next() {
                Event::Text(raw) => append(&mut text, self.tree.unescape(raw)),
                Event::Cdata(raw) => append(&mut text, self.tree.entities.clean(raw)),
                Event::End => break,
                _ => {}
            }
        }
        trimmed(text)
    }

    /// The element's text, if there is any.
    pub(super) fn filled(&mut self, element: &Element<'a>) -> Option<String> {
        let text = self.text(element);
        (!text.is_empty()).then(|| text.into_owned())
    }

    /// An attribute's value, trimmed, if it is there: by name without prefix, in any case; one without prefix goes first.
    pub(super) fn attribute(&mut self, element: &Element<'a>, name: &str) -> Option<Cow<'a, str>> {
        if element.attributes.is_empty() {
            return None;
        }
        self.take_apart(element.attributes);
        let mut prefixed = None;
        for &(written, value) in &self.attributes {
            let before = written.len().wrapping_sub(name.len());
            if before == 0 && written.eq_ignore_ascii_case(name) {
                return Some(trimmed(self.tree.unescape(value)));
            }
            let is_prefixed = prefixed.is_none() && is_local_name(written.as_bytes(), before, name);
            prefixed = if is_prefixed { Some(value) } else { prefixed };
        }
        prefixed.map(|value| trimmed(self.tree.unescape(value)))
    }

    /// Reads the attributes of a tag, unless they are those that were read last.
    fn take_apart(&mut self, written: &'a str) {
        if !std::ptr::eq(self.taken_apart, written) {
            self.taken_apart = written;
            self.attributes.clear();
            self.attributes.extend(Attributes::new(written));
        }
    }

    /// An attribute's value, if it is there and not empty.
    pub(super) fn attribute_string(&mut self, element: &Element<'a>, name: &str) -> Option<String> {
        self.attribute(element, name).filter(|value| !value.is_empty()).map(Cow::into_owned)
    }

    /// An attribute that is a number.
    pub(super) fn attribute_number<N: std::str::FromStr>(
        &mut self,
        element: &Element<'a>,
        name: &str,
    ) -> Option<N> {
        self.attribute(element, name).and_then(|value| value.parse().ok())
    }

    /// An attribute that is a URL, absolute where a base is known.
    pub(super) fn attribute_url(&mut self, element: &Element<'a>, name: &str) -> Option<String> {
        let value = self.attribute(element, name).filter(|value| !value.is_empty())?;
        self.resolved(element, &value)
    }

    /// Where an element points to, in whichever of these attributes it says so.
    pub(super) fn location(&mut self, element: &Element<'a>) -> Option<String> {
        ["url", "href", "uri"].into_iter().find_map(|name| self.attribute_url(element, name))
    }

    /// The element's text as a URL, absolute where a base is known.
    pub(super) fn url(&mut self, element: &Element<'a>) -> Option<String> {
        // Asked before reading: an xml:base of the element's own ends with it.
        let own = self.tree.own_scope().0.then(|| self.tree.base().map(str::to_owned)).flatten();
        let text = self.text(element);
        if text.is_empty() {
            return None;
        }
        let url = url_of(&text, own.as_deref().or_else(|| self.tree.base()).unwrap_or_default());
        self.safe(element, url)
    }

    /// A reference that an element makes, as a URL, absolute where a base is known.
    pub(super) fn resolved(&mut self, element: &Element<'a>, reference: &str) -> Option<String> {
        let url = url_of(reference, self.tree.base().unwrap_or_default());
        self.safe(element, url)
    }

    /// Notes it where an element's URL was left out.
    fn safe(&mut self, element: &Element<'a>, url: Option<String>) -> Option<String> {
        if url.is_none() {
            self.tree.note(element.name, Fault::UnsafeUrl);
        }
        url
    }

    /// The element's text as a date.
    pub(super) fn date(&mut self, element: &Element<'a>) -> Option<DateTime<Utc>> {
        let text = self.text(element);
        let date = parse_date(&text);
        if date.is_none() && !text.is_empty() {
            self.tree.note(element.name, Fault::BadDate);
        }
        date
    }

    /// The element's text as a person, if there is any.
    pub(super) fn person(&mut self, element: &Element<'a>) -> Option<Person> {
        let text = self.text(element);
        (!text.is_empty()).then(|| parse_person(&text))
    }

    /// The element's text as a number.
    pub(super) fn number<N: std::str::FromStr>(&mut self, element: &Element<'a>) -> Option<N> {
        self.text(element).parse().ok()
    }
}

/// Whether an attribute has this name, in any case, behind `before` bytes that are a prefix and its colon.
fn is_local_name(written: &[u8], before: usize, name: &str) -> bool {
    let Some((prefix, local)) = written.split_at_checked(before) else { return false };
    let is_local = prefix.last() == Some(&b':') && local.eq_ignore_ascii_case(name.as_bytes());
    is_local && !matches!(prefix, b"xml:" | b"xmlns:")
}

/// Appends a piece; the first one is taken as it is.
pub(super) fn append<'a>(text: &mut Cow<'a, str>, piece: Cow<'a, str>) {
    if text.is_empty() {
        *text = piece;
    } else if !piece.is_empty() {
        text.to_mut().push_str(&piece);
    }
}

/// Without surrounding white space.
pub(super) fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(trim(text)),
        Cow::Owned(mut text) => {
            text.truncate(text.trim_end().len());
            let start = text.len() - text.trim_start().len();
            text.drain(..start);
            Cow::Owned(text)
        }
    }
}

/// As [`str::trim`], which is slow where there is nothing to trim: it decodes the characters at both ends.
fn trim(text: &str) -> &str {
    match text.as_bytes() {
        [b'!'..=b'~', .., b'!'..=b'~'] => text,
        _ => text.trim(),
    }
}
