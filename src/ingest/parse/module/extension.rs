//! What no module claims: kept by name.

use std::borrow::Cow;

use super::super::html::is_url_attribute;
use super::super::reader::{Reader, append};
use super::super::record::{Building, Record};
use super::super::xml::attributes::Attributes;
use super::super::xml::names::{Module, split};
use super::super::xml::tree::{Element, Event};

/// As many names of one record as are kept.
const MAX_NAMES: usize = 100;
/// Bytes of one value that are kept.
const MAX_VALUE: usize = 64 * 1024;

/// Reads any element: its text by its name, each attribute by `name@attribute`. Elements within it that have a prefix
/// are kept by names of their own, too. The first of a name is kept.
pub(super) fn any<'a, R: Record>(reader: &mut Reader<'a>, element: &Element<'a>, to: &mut Building<R>) {
    let mut text = Cow::Borrowed("");
    let whole = Open { name: Some(called(element)), attributes: element.attributes, start: 0 };
    let mut within = Vec::new();
    attributes(reader, element, (&mut text, to));
    while reader.tree.depth() >= element.depth {
        match reader.tree.next() {
            Event::Text(raw) => append(&mut text, reader.tree.unescape(raw)),
            Event::Cdata(raw) => append(&mut text, reader.tree.entities.clean(raw)),
            Event::Open(child) => {
                let name = has_own_name(&child).then(|| called(&child));
                within.push(Open { name, attributes: child.attributes, start: text.len() });
                attributes(reader, &child, (&mut text, to));
            }
            Event::Close => within.pop().into_iter().for_each(|closed: Open<'_>| closed.keep(&text, to)),
            Event::End => break,
        }
    }
    whole.keep(&text, to);
}

/// Keeps a value by its name.
pub(super) fn keep<R: Record>(to: &mut Building<R>, name: impl Into<String>, value: &str) {
    let extensions = to.record.shared().extensions;
    if extensions.len() < MAX_NAMES {
        let value = value[..value.floor_char_boundary(MAX_VALUE)].trim();
        extensions.entry(name.into()).or_insert_with(|| value.to_owned());
    }
}

/// An element whose text is being read.
struct Open<'a> {
    /// `None` if its text is only part of the text around it.
    name: Option<Cow<'a, str>>,
    attributes: &'a str,
    /// Where its text begins.
    start: usize,
}

impl Open<'_> {
    fn keep<R: Record>(self, text: &str, to: &mut Building<R>) {
        let Some(name) = self.name else { return };
        let own = &text[self.start..];
        let own = own[..own.floor_char_boundary(MAX_VALUE)].trim();
        if !own.is_empty() || self.attributes.trim_ascii().is_empty() {
            keep(to, name, own);
        }
    }
}

/// Markup and RDF's containers are no facts, only what is in them.
fn has_own_name(element: &Element<'_>) -> bool {
    !split(element.name).0.is_empty() && !matches!(element.module, Module::Xhtml | Module::Rdf)
}

/// Keeps the attributes of an element; `rdf:resource` is its text.
fn attributes<'a, R: Record>(
    reader: &mut Reader<'a>,
    element: &Element<'a>,
    (text, to): (&mut Cow<'a, str>, &mut Building<R>),
) {
    for (attribute, value) in Attributes::new(element.attributes) {
        let (prefix, local) = split(attribute);
        if attribute.starts_with("xml") {
            continue;
        }
        let value = reader.tree.unescape(value);
        if local == "resource" && (prefix == "rdf" || element.module == Module::Rdf) {
            let resource = reader.resolved(element, &value);
            resource.into_iter().for_each(|resource| append(text, Cow::Owned(resource + " ")));
        } else if element.module != Module::Rdf {
            let is_url = is_url_attribute(local) || local.eq_ignore_ascii_case("url");
            let value = if is_url { reader.resolved(element, &value).map(Cow::Owned) } else { Some(value) };
            value.into_iter().for_each(|value| keep(to, [&called(element), "@", attribute].concat(), &value));
        }
    }
}

/// The name of an element: under the usual prefix of its vocabulary where that has one, else as written.
fn called<'a>(element: &Element<'a>) -> Cow<'a, str> {
    let usual = match element.module {
        Module::DublinCore => "dc",
        Module::DcTerms => "dcterms",
        Module::Content => "content",
        Module::Syndication => "sy",
        Module::Slash => "slash",
        Module::Wfw => "wfw",
        Module::Thread => "thr",
        Module::Media => "media",
        Module::Itunes => "itunes",
        Module::Podcast => "podcast",
        Module::Chapters => "psc",
        Module::History => "fh",
        Module::Admin => "admin",
        Module::Feedburner => "feedburner",
        _ => return Cow::Borrowed(element.name),
    };
    match split(element.name) {
        (prefix, _) if prefix == usual => Cow::Borrowed(element.name),
        (_, local) => Cow::Owned(format!("{usual}:{local}")),
    }
}
