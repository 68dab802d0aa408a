//! The values of properties: text, URL, date, markup (microformats2-parsing, "parsing a p- property" and following).

use std::cell::Cell;

use chrono::{DateTime, Utc};
use dom_query::{Document, NodeRef};
use url::Url;

use super::super::date::parse_date;
use crate::markup::text::{html_block, html_line};
use crate::model::PlainText;
use crate::model::link::absolute;
use crate::model::parts::Text;
use crate::model::reference::url_of;

/// Reads values of one page.
pub(super) struct Values {
    /// What the page's URLs are relative to.
    base: Option<Url>,
    /// Bytes that may still be written out: properties within properties would give a page's text many times over.
    budget: Cell<usize>,
}

impl Values {
    pub(super) fn new(page: &Document, location: Option<&Url>, length: usize) -> Self {
        let element = page.select("base[href]").first().attr("href");
        let base = element.and_then(|href| absolute(&href, location)).or_else(|| location.cloned());
        Self { base, budget: Cell::new(length.saturating_mul(4).saturating_add(1 << 16)) }
    }

    /// A reference as an absolute URL, or as written where no base is known; none with a scheme that runs.
    pub(super) fn resolve(&self, reference: &str) -> Option<String> {
        url_of(reference, self.base.as_ref().map_or("", Url::as_str)).filter(|url| !url.is_empty())
    }

    /// A text in one line, unless it is empty.
    pub(super) fn line(&self, text: &str) -> Option<String> {
        Some(PlainText::line(text)).filter(|line| !line.is_empty()).map(|line| line.as_str().to_owned())
    }

    /// The markup in an element.
    fn inner(&self, node: &NodeRef<'_>) -> Option<String> {
        if self.budget.get() == 0 {
            return None;
        }
        let html = node.inner_html().to_string();
        self.budget.set(self.budget.get().saturating_sub(html.len()));
        Some(html)
    }

    /// `e-`: the markup in an element.
    pub(super) fn markup(&self, node: &NodeRef<'_>) -> Option<Text> {
        let html = self.inner(node)?.trim().to_owned();
        let base = self.base.as_ref().map(Url::to_string);
        (!html.is_empty()).then(|| Text { base, ..Text::html(html) })
    }

    /// `p-` of a long text: paragraphs stay apart.
    pub(super) fn block(&self, node: &NodeRef<'_>) -> Option<String> {
        if is_named(node, &["abbr", "data", "img", "area"]) {
            return self.text(node);
        }
        let block = html_block(&self.inner(node)?);
        (!block.is_empty()).then(|| block.as_str().to_owned())
    }

    /// `p-`: text in one line.
    pub(super) fn text(&self, node: &NodeRef<'_>) -> Option<String> {
        let parts = value_parts(node, &[]);
        if !parts.is_empty() {
            return self.line(&parts.concat());
        }
        let written =
            own_value(node, &[("abbr", "title"), ("link", "title"), ("data", "value"), ("input", "value")]);
        let written = written.or_else(|| own_value(node, &[("img", "alt"), ("area", "alt")]));
        match written {
            Some(value) => self.line(&value),
            None => {
                let line = html_line(&self.inner(node)?);
                let picture = || self.line(&first_element(node, "img")?.attr("alt")?);
                if line.is_empty() { picture() } else { Some(line.as_str().to_owned()) }
            }
        }
    }

    /// `u-`: an absolute URL.
    pub(super) fn url(&self, node: &NodeRef<'_>) -> Option<String> {
        let linked = [
            ("a", "href"),
            ("area", "href"),
            ("link", "href"),
            ("img", "src"),
            ("audio", "src"),
            ("video", "src"),
            ("source", "src"),
            ("video", "poster"),
            ("object", "data"),
        ];
        let inside = || Some(source(node)?.attr("src")?.to_string());
        let written = own_value(node, &linked[..7]).or_else(inside);
        let written = written.or_else(|| own_value(node, &linked[7..])).or_else(|| self.text(node))?;
        self.resolve(&written)
    }

    /// The media type that a link, an `audio` or `video` says.
    pub(super) fn media_type(&self, node: &NodeRef<'_>) -> Option<String> {
        let written = node.attr("type").or_else(|| source(node)?.attr("type"))?;
        self.line(&written)
    }

    /// `dt-`: a date; its parts may stand apart (the value class pattern).
    pub(super) fn date(&self, node: &NodeRef<'_>) -> Option<DateTime<Utc>> {
        let dated: &[(&str, &str)] = &[("del", "datetime"), ("ins", "datetime"), ("time", "datetime")];
        let parts = value_parts(node, dated);
        if !parts.is_empty() {
            return parse_date(&joined(&parts));
        }
        let titled = [("abbr", "title"), ("data", "value"), ("input", "value")];
        let written =
            own_value(node, dated).or_else(|| own_value(node, &titled)).or_else(|| self.text(node))?;
        parse_date(&written)
    }
}

/// The attribute that holds an element's value, by the element's name.
fn own_value(node: &NodeRef<'_>, places: &[(&str, &str)]) -> Option<String> {
    let name = node.node_name()?;
    let place =
        |(element, attribute): &(&str, &str)| (**element == *name).then(|| node.attr(attribute)).flatten();
    places.iter().find_map(place).map(|value| value.to_string())
}

fn is_named(node: &NodeRef<'_>, names: &[&str]) -> bool {
    node.node_name().is_some_and(|name| names.contains(&&*name))
}

/// The first `source` of an `audio` or `video`.
fn source<'a>(node: &NodeRef<'a>) -> Option<NodeRef<'a>> {
    is_named(node, &["audio", "video"]).then(|| first_element(node, "source")).flatten()
}

/// The first element of a name within a node.
fn first_element<'a>(node: &NodeRef<'a>, name: &str) -> Option<NodeRef<'a>> {
    node.descendants_it().find(|inner| inner.has_name(name))
}

/// The value class pattern: the values of the elements inside with class `value` or `value-title`.
fn value_parts(node: &NodeRef<'_>, more: &[(&str, &str)]) -> Vec<String> {
    const MAX_PARTS: usize = 8;
    let mut parts = Vec::new();
    for inner in node.descendants_it().filter(NodeRef::is_element) {
        let part = if inner.has_class("value-title") {
            inner.attr("title").map(|title| title.to_string())
        } else if inner.has_class("value") {
            let places = [("img", "alt"), ("area", "alt"), ("data", "value"), ("abbr", "title")];
            let written = own_value(&inner, more).or_else(|| own_value(&inner, &places));
            Some(written.unwrap_or_else(|| inner.text().to_string()))
        } else {
            None
        };
        parts.extend(part);
        if parts.len() == MAX_PARTS {
            break;
        }
    }
    parts
}

/// Date, time and zone in this order, whatever order they were written in.
fn joined(parts: &[String]) -> String {
    let (mut date, mut time, mut zone) = ("", "", "");
    for part in parts.iter().map(|part| part.trim()) {
        let to = match part {
            _ if part.starts_with(['+', '-', 'Z', 'z']) => &mut zone,
            _ if part.contains(':') && !part.contains('-') => &mut time,
            _ if part.ends_with(['m', 'M']) && part.starts_with(|c: char| c.is_ascii_digit()) => &mut time,
            _ => &mut date,
        };
        if to.is_empty() {
            *to = part;
        }
    }
    let whole = if date.contains(':') { format!("{date}{zone}") } else { format!("{date} {time}{zone}") };
    whole.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_in_parts_is_put_together() {
        let table: [(&[&str], &str); 6] = [
            (&["2026-11-02"], "2026-11-02T00:00:00Z"),
            (&["2026-11-02", "10:30"], "2026-11-02T10:30:00Z"),
            (&["10:30", "2026-11-02", "+01:00"], "2026-11-02T09:30:00Z"),
            (&["2026-11-02", "7:30pm"], "2026-11-02T19:30:00Z"),
            (&["2026-11-02T10:30:00", "Z"], "2026-11-02T10:30:00Z"),
            (&["2026-11-02T10:30:00-05:00", "11:00 am"], "2026-11-02T15:30:00Z"),
        ];
        for (parts, expected) in table {
            let parts: Vec<String> = parts.iter().map(|&part| part.to_owned()).collect();
            let found = parse_date(&joined(&parts)).map(|date| date.format("%Y-%m-%dT%H:%M:%SZ").to_string());
            assert_eq!(found.as_deref(), Some(expected), "{parts:?} {}", joined(&parts));
        }
    }
}
