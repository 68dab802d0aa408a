//! HTML that can be read in one way only. Asked for what the filter wrote: a parser would find in it the elements that
//! are named, where they are named, and a serialiser would write the same again. So ammonia, which does both, has nothing to
//! say to it. All that is not known to be so is ammonia's to read.
//!
//! Three things make it so. No character stands for another: text and values have only the references that a serialiser writes. No tag
//! has anything in it that the policy does not name, nor says it in another way. And no tag is where tree construction (HTML
//! §13.2.6) would do anything but open or close the one element: every element is closed by its own tag, so that no formatting
//! element is opened again, and [`Reader::may_open`] keeps out of each other what implies an end tag.

use ::url::Url;
use memchr::{memchr, memchr_iter, memchr2, memchr3, memmem};

use super::address;
use super::policy::{self, REL, Value};
use crate::markup::{candidates, decode_attribute};
use crate::model::is_xml_text;

/// Whether this can be read in one way only, and is of what the policy names.
pub(super) fn is_plain(html: &str) -> bool {
    let bytes = html.as_bytes();
    // A parser drops a byte order mark, a serialiser writes a reference for the space.
    let has_plain_characters =
        is_xml_text(html) && !html.starts_with('\u{feff}') && memmem::find(bytes, b"\xc2\xa0").is_none();
    has_plain_characters && Reader { rest: html, open: Vec::new(), paragraphs: 0, links: 0 }.read().is_some()
}

/// What tree construction makes of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Never closed.
    Void,
    /// Never closed; ends a paragraph.
    Rule,
    /// Stands in a line, formatting or not.
    Inline,
    Link,
    Paragraph,
    /// Ends a paragraph.
    Block,
    Pre,
    Heading,
    List,
    Item,
    Definitions,
    Definition,
    Ruby,
    RubyText,
    Table,
    Caption,
    Section,
    Row,
    Cell,
}

impl Role {
    /// `None` for what is not looked at here, such as frames.
    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "br" | "img" | "source" | "wbr" => Self::Void,
            "hr" => Self::Rule,
            "abbr" | "audio" | "b" | "bdi" | "bdo" | "cite" | "code" | "del" | "dfn" | "em" | "i" | "ins"
            | "kbd" | "mark" | "picture" | "q" | "s" | "samp" | "small" | "span" | "strike" | "strong"
            | "sub" | "sup" | "time" | "u" | "var" | "video" => Self::Inline,
            "a" => Self::Link,
            "p" => Self::Paragraph,
            "address" | "article" | "aside" | "blockquote" | "details" | "div" | "figcaption" | "figure"
            | "footer" | "header" | "section" | "summary" => Self::Block,
            "pre" => Self::Pre,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Self::Heading,
            "ul" | "ol" => Self::List,
            "li" => Self::Item,
            "dl" => Self::Definitions,
            "dt" | "dd" => Self::Definition,
            "ruby" => Self::Ruby,
            "rt" | "rp" => Self::RubyText,
            "table" => Self::Table,
            "caption" => Self::Caption,
            "tbody" | "thead" | "tfoot" => Self::Section,
            "tr" => Self::Row,
            "td" | "th" => Self::Cell,
            _ => return None,
        })
    }

    /// Whether text in it, and all but parts of a table, would be moved in front of the table.
    fn is_frame(self) -> bool {
        matches!(self, Self::Table | Self::Section | Self::Row)
    }
}

/// Reads HTML; all its functions say `None` to what is not plain.
struct Reader<'h> {
    rest: &'h str,
    /// What is open, the innermost last.
    open: Vec<(&'h str, Role)>,
    /// How many of them are paragraphs.
    paragraphs: usize,
    /// How many of them are links.
    links: usize,
}

impl<'h> Reader<'h> {
    fn read(mut self) -> Option<()> {
        loop {
            self.text()?;
            let Some(tag) = self.rest.strip_prefix('<') else { break };
            match tag.strip_prefix('/') {
                Some(end) => self.end(end)?,
                None => self.start(tag)?,
            }
        }
        self.open.is_empty().then_some(())
    }

    fn parent(&self) -> Option<Role> {
        self.open.last().map(|(_, role)| *role)
    }

    /// Reads text up to the next tag.
    fn text(&mut self) -> Option<()> {
        let (text, rest) = self.rest.split_at(text_end(self.rest)?);
        self.rest = rest;
        let is_frame = self.parent().is_some_and(Role::is_frame);
        (!is_frame || text.bytes().all(|byte| matches!(byte, b' ' | b'\n' | b'\t'))).then_some(())
    }

    /// Reads the tag that ends the innermost element.
    fn end(&mut self, tag: &'h str) -> Option<()> {
        let (name, role) = self.open.pop()?;
        self.rest = tag.strip_prefix(name)?.strip_prefix('>')?;
        self.paragraphs -= usize::from(role == Role::Paragraph);
        self.links -= usize::from(role == Role::Link);
        Some(())
    }

    /// Reads a start tag.
    fn start(&mut self, tag: &'h str) -> Option<()> {
        let end = tag.bytes().position(|byte| !byte.is_ascii_lowercase() && !byte.is_ascii_digit())?;
        let (name, rest) = tag.split_at(end);
        let role = Role::of(name).filter(|role| self.may_open(*role))?;
        self.rest = attributes(name, rest)?;
        // A parser drops the line feed.
        if role == Role::Pre && self.rest.starts_with('\n') {
            return None;
        }
        if !matches!(role, Role::Void | Role::Rule) {
            self.open.push((name, role));
            self.paragraphs += usize::from(role == Role::Paragraph);
            self.links += usize::from(role == Role::Link);
        }
        Some(())
    }

    /// Whether an element can begin here without ending or implying another.
    fn may_open(&self, role: Role) -> bool {
        let parent = self.parent();
        let is_placed = match role {
            Role::Item => parent == Some(Role::List),
            Role::Definition => parent == Some(Role::Definitions),
            Role::RubyText => parent == Some(Role::Ruby),
            Role::Caption | Role::Section => parent == Some(Role::Table),
            Role::Row => parent == Some(Role::Section),
            Role::Cell => parent == Some(Role::Row),
            _ => !parent.is_some_and(Role::is_frame),
        };
        is_placed
            && match role {
                Role::Void | Role::Inline | Role::Ruby | Role::RubyText => true,
                Role::Link => self.links == 0,
                Role::Heading => self.paragraphs == 0 && parent != Some(Role::Heading),
                _ => self.paragraphs == 0,
            }
    }
}

/// Reads the attributes of a tag up to its end: what is behind it.
fn attributes<'h>(element: &str, tag: &'h str) -> Option<&'h str> {
    if let Some(behind) = tag.strip_prefix('>') {
        return Some(behind).filter(|_| element != "a");
    }
    let mut rest = tag;
    let mut known = policy::Attributes::of(element);
    while let Some(attribute) = rest.strip_prefix(' ') {
        let (name, quoted) = attribute.split_at(memchr(b'=', attribute.as_bytes())?);
        let quoted = quoted.strip_prefix("=\"")?;
        let (value, behind) = quoted.split_at(memchr(b'"', quoted.as_bytes())?);
        rest = &behind[1..];
        if element == "a" && name == "rel" {
            // It is written behind all others.
            return rest.strip_prefix('>').filter(|_| value == REL);
        }
        let (place, _, kind) = known.next(name).filter(|(_, kept_as, _)| *kept_as == name)?;
        if !is_value(value, kind) {
            return None;
        }
        known.note(place);
    }
    rest.strip_prefix('>').filter(|_| element != "a")
}

fn is_value(value: &str, kind: Value) -> bool {
    let is_kind = match kind {
        Value::Text | Value::Number | Value::Flag => true,
        Value::Link => is_address(value, &["http", "https", "mailto"]),
        Value::Resource => is_address(value, &["http", "https"]),
        Value::SrcSet => candidates(value).all(|(url, _)| is_address(url, &["http", "https"])),
        Value::Made => false,
    };
    is_kind && is_escaped(value)
}

/// Whether this is, as it stands in a value, a URL of one of these schemes.
fn is_address(value: &str, schemes: &[&str]) -> bool {
    address::is_plain(value)
        || Url::parse(&decode_attribute(value)).is_ok_and(|url| schemes.contains(&url.scheme()))
}

/// Where the text ends with which some HTML begins; `None` where it has a bracket or a `&` that no serialiser writes.
fn text_end(html: &str) -> Option<usize> {
    let mut end = 0;
    while let Some(found) = memchr3(b'<', b'>', b'&', &html.as_bytes()[end..]) {
        end += found;
        let found = &html[end..];
        if found.starts_with('<') {
            return Some(end);
        }
        end += ["&amp;", "&lt;", "&gt;", "&nbsp;"].iter().find(|known| found.starts_with(**known))?.len();
    }
    Some(html.len())
}

/// Whether a value has no bracket, and every `&` is that of one of these references.
fn is_escaped(value: &str) -> bool {
    memchr2(b'<', b'>', value.as_bytes()).is_none()
        && memchr_iter(b'&', value.as_bytes()).all(|at| {
            let references = ["&amp;", "&lt;", "&gt;", "&nbsp;", "&quot;"];
            references.iter().any(|reference| value[at..].starts_with(reference))
        })
}
