//! What the modules read with: the text, attributes, URLs, dates and persons of the element that was just opened.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use url::Url;

use super::Hints;
use super::date::parse_date;
use super::person::parse_person;
use super::xml::attributes::Attributes;
use super::xml::names::{Module, split};
use super::xml::repairs::Fault;
use super::xml::tree::{Element, Event, Tree};
use crate::model::parts::Person;
use crate::model::uri::has_scheme;

/// A document being read. A module reads what it likes of an element; the rest of it is passed over by
/// whoever called the module.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    pub(super) tree: Tree<'a>,
    /// The document's own format, RSS or Atom: elements of the other yield to it.
    pub(super) native: Module,
    /// Whether a `div` around XHTML is no part of it: so says Atom 1.0, not 0.3.
    pub(super) has_wrappers: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, hints: &'a Hints) -> Self {
        let language = hints.content_language.as_deref().and_then(|languages| languages.split(',').next());
        let language = language.map(str::trim).filter(|language| !language.is_empty());
        Self {
            tree: Tree::new(text, hints.base_url.as_ref(), language),
            native: Module::Rss,
            has_wrappers: true,
        }
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
        let mut found = None;
        for (written, value) in Attributes::new(element.attributes) {
            if written.eq_ignore_ascii_case(name) {
                found = Some(value);
                break;
            }
            let (prefix, local) = split(written);
            if found.is_none() && !matches!(prefix, "xml" | "xmlns") && local.eq_ignore_ascii_case(name) {
                found = Some(value);
            }
        }
        found.map(|value| trimmed(self.tree.unescape(value)))
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
        Some(self.resolve(&value))
    }

    /// Where an element points to, in whichever of these attributes it says so.
    pub(super) fn location(&mut self, element: &Element<'a>) -> Option<String> {
        ["url", "href", "uri"].into_iter().find_map(|name| self.attribute_url(element, name))
    }

    /// The element's text as a URL, absolute where a base is known.
    pub(super) fn url(&mut self, element: &Element<'a>) -> Option<String> {
        // Asked before reading: an xml:base of the element's own ends with it.
        let own = self.tree.own_scope().0.then(|| self.tree.base().cloned()).flatten();
        let text = self.text(element);
        (!text.is_empty()).then(|| resolve(&text, own.as_ref().or_else(|| self.tree.base())))
    }

    /// A reference as a URL, absolute where a base is known.
    pub(super) fn resolve(&self, reference: &str) -> String {
        resolve(reference, self.tree.base())
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

/// Makes a reference absolute. One that has a scheme, or for which there is no base, stays as written.
pub(super) fn resolve(reference: &str, base: Option<&Url>) -> String {
    let reference = reference.trim();
    let Some(base) = base.filter(|_| !has_scheme(reference)) else { return reference.to_owned() };
    base.join(reference).map_or_else(|_| reference.to_owned(), String::from)
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
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) if text.trim().len() == text.len() => Cow::Owned(text),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}
