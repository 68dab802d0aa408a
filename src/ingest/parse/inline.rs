//! The content of an element with the markup in it, written back as HTML.

use std::borrow::Cow;

use quick_xml::escape::partial_escape;

use super::html::is_url_attribute;
use super::reader::{Reader, append, trimmed};
use super::xml::attributes::Attributes;
use super::xml::names::{Module, split};
use super::xml::tree::{Element, Event};
use crate::markup::{candidates, is_void, lower};
use crate::model::reference::{resolve, tidy};

/// What character data between inline markup is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CharacterData {
    /// Text: `&lt;` stays a less-than sign (XHTML).
    Text,
    /// Escaped HTML with some markup that was not escaped: `&lt;` begins a tag (RSS).
    Html,
}

/// Content, trimmed.
#[derive(Debug)]
pub(super) struct Inline<'a> {
    /// HTML if there is markup in it or it was read as [`CharacterData::Text`]; else the character data.
    pub(super) value: Cow<'a, str>,
    /// Whether there are elements in it.
    pub(super) has_markup: bool,
}

/// Elements open within the content, and whether each is written.
type OpenElements<'a> = Vec<Option<&'a str>>;

impl<'a> Reader<'a> {
    /// Reads the whole content of an element.
    pub(super) fn inline(&mut self, element: &Element<'a>, data: CharacterData) -> Inline<'a> {
        let mut value = Cow::Borrowed("");
        let mut has_markup = false;
        let mut open: OpenElements<'a> = Vec::new();
        let bases = self.tree.bases();
        while self.tree.depth() >= element.depth {
            match self.tree.next() {
                Event::Text(raw) => append(&mut value, escaped(self.tree.unescape(raw), data)),
                Event::Cdata(raw) => append(&mut value, escaped(self.tree.entities.clean(raw), data)),
                Event::Open(child) => {
                    has_markup = true;
                    let rebase = self.tree.bases() > bases;
                    open.push(self.open_tag(value.to_mut(), &child, rebase));
                }
                Event::Close => {
                    if let Some(Some(name)) = open.pop() {
                        let out = value.to_mut();
                        out.push_str("</");
                        out.push_str(name);
                        out.push('>');
                    }
                }
                Event::End => break,
            }
        }
        Inline { value: trimmed(value), has_markup }
    }

    /// Writes a start tag; the name for the end tag, if it is to have one.
    fn open_tag(&mut self, out: &mut String, element: &Element<'a>, rebase: bool) -> Option<&'a str> {
        let name = if element.module == Module::Xhtml { element.local() } else { element.name };
        out.push('<');
        out.push_str(name);
        for (attribute, value) in Attributes::new(element.attributes) {
            if attribute == "xmlns" || split(attribute).0 == "xmlns" || attribute == "xml:base" {
                continue;
            }
            out.push(' ');
            out.push_str(attribute);
            out.push_str("=\"");
            let value = self.tree.unescape(value);
            let value = if rebase { self.rebased(attribute, value) } else { value };
            out.push_str(&value.replace('&', "&amp;").replace('"', "&quot;"));
            out.push('"');
        }
        let void = is_void(&lower(name));
        out.push_str(if void { "/>" } else { ">" });
        (!void).then_some(name)
    }
}

impl Reader<'_> {
    /// An attribute's value where an `xml:base` within the text is in force, which the text itself cannot say.
    fn rebased<'v>(&self, attribute: &str, value: Cow<'v, str>) -> Cow<'v, str> {
        let Some(base) = self.tree.base() else { return value };
        if attribute.eq_ignore_ascii_case("srcset") {
            let resolved = candidates(&value).map(|(url, descriptor)| {
                let gap = if descriptor.is_empty() { "" } else { " " };
                format!("{}{gap}{descriptor}", resolve(&tidy(url), base))
            });
            return Cow::Owned(resolved.collect::<Vec<_>>().join(", "));
        }
        if is_url_attribute(attribute) {
            Cow::Owned(resolve(&tidy(&value), base).into_owned())
        } else {
            value
        }
    }
}

fn escaped(text: Cow<'_, str>, data: CharacterData) -> Cow<'_, str> {
    match data {
        CharacterData::Html => text,
        CharacterData::Text => partial_escape(text),
    }
}

/// The content of the `div` that wraps XHTML and is no part of it (RFC 4287 §3.1.1.3).
pub(super) fn without_wrapper(html: &str) -> &str {
    let Some(tag) = html.strip_prefix("<div") else { return html };
    let Some((attributes, rest)) = tag.split_once('>') else { return html };
    let begins = attributes.is_empty() || attributes.starts_with(' ');
    let Some(inside) = rest.strip_suffix("</div>").filter(|_| begins) else { return html };
    let mut depth = 0_usize;
    for at in memchr::memchr_iter(b'<', inside.as_bytes()) {
        if inside[at..].starts_with("<div") {
            depth += 1;
        } else if inside[at..].starts_with("</div>") {
            // Closed before the end: two blocks stand side by side, neither wraps the whole.
            let Some(outer) = depth.checked_sub(1) else { return html };
            depth = outer;
        }
    }
    inside.trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_div_around_the_whole_is_a_wrapper() {
        let table = [
            ("<div>a <div>b</div></div>", "a <div>b</div>"),
            ("<div class=\"x\"> a </div>", "a"),
            ("<div>a</div><div>b</div>", "<div>a</div><div>b</div>"),
            ("<p>a</p>", "<p>a</p>"),
            ("<divine>a</div>", "<divine>a</div>"),
        ];
        for (html, expected) in table {
            assert_eq!(without_wrapper(html), expected, "{html}");
        }
    }
}
