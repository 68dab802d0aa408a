//! A page as an outline: its elements that lay out text, and the blocks of text in them.

use std::ops::Range;

use dom_query::{Document, Element, NodeId, NodeRef};

use super::marks::{Mark, Named, named};
use crate::markup::is_block;

/// What an element is for the layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// `h1`.
    Title,
    /// `h2` to `h6`.
    Heading,
    Paragraph,
    /// `pre`.
    Code,
    Item,
    Quote,
    Cell,
    Figure,
    Caption,
    Header,
    /// `nav`, `footer`, `aside`, `form`, `dialog`.
    Beside,
    Article,
    Division,
}

/// An element that lays out text.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) node: NodeId,
    /// Index of the part it stands in; its own for the first.
    pub(super) parent: usize,
    pub(super) role: Role,
    pub(super) named: Named,
    /// Behind the last part in it.
    pub(super) end: usize,
    /// The blocks in it.
    pub(super) blocks: Range<usize>,
}

/// A run of text between two breaks of the layout.
#[derive(Debug)]
pub(super) struct Block {
    /// Index of the part it stands in.
    pub(super) part: usize,
    /// The text nodes.
    pub(super) nodes: Vec<NodeId>,
    /// White space is one blank.
    pub(super) text: String,
    /// Characters; those of scripts that need half as many count twice.
    pub(super) size: usize,
    /// Of these, within links.
    pub(super) linked: usize,
    /// Of these, within links to the page's own site.
    pub(super) linked_home: usize,
}

impl Outline {
    /// The part itself and those it stands in, from the inside.
    pub(super) fn around(&self, part: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(part), |&part| {
            let parent = self.parts[part].parent;
            (parent != part).then_some(parent)
        })
    }
}

impl Block {
    /// Share of the text that is within links.
    #[allow(clippy::cast_precision_loss, reason = "a share")]
    pub(super) fn link_share(&self) -> f32 {
        self.linked as f32 / self.size.max(1) as f32
    }

    /// How much it weighs as prose: its size, less what is linked; nothing if it is short or mostly links.
    pub(super) fn prose(&self) -> usize {
        if self.size < 40 || self.linked * 2 > self.size { 0 } else { self.size - self.linked }
    }
}

/// A page, outlined.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// In document order; the first is the body.
    pub(super) parts: Vec<Part>,
    /// In document order.
    pub(super) blocks: Vec<Block>,
    /// Elements within lines of text that are not shown, or only to a mouse.
    pub(super) hidden: Vec<NodeId>,
}

/// Outlines a page. `host` is its own.
pub(super) fn outline(page: &Document, host: Option<&str>) -> Outline {
    let Some(body) = page.body() else { return Outline::default() };
    let mut walker = Walker { host, ..Walker::default() };
    walker.part(&body, 0, (Role::Division, Named::default()));
    walker.outline
}

#[derive(Default)]
struct Walker<'a> {
    outline: Outline,
    host: Option<&'a str>,
    run: Run,
    /// The link around this place: whether it stays on the site.
    link: Option<bool>,
    /// Within an element that has a bubble.
    bubble: bool,
    broken: bool,
}

/// The block that is being read.
#[derive(Debug, Default)]
struct Run {
    nodes: Vec<NodeId>,
    text: String,
    size: usize,
    linked: usize,
    linked_home: usize,
    gap: bool,
}

impl Walker<'_> {
    fn part(&mut self, node: &NodeRef<'_>, parent: usize, (role, named): (Role, Named)) {
        let index = self.outline.parts.len();
        let start = self.outline.blocks.len();
        self.outline.parts.push(Part { node: node.id, parent, role, named, end: 0, blocks: start..start });
        self.children(node, index);
        self.flush(index);
        let (end, blocks) = (self.outline.parts.len(), self.outline.blocks.len());
        self.outline.parts[index].end = end;
        self.outline.parts[index].blocks.end = blocks;
    }

    fn children(&mut self, node: &NodeRef<'_>, part: usize) {
        for child in node.children_it(false) {
            if child.is_text() {
                child.query(|inner| {
                    if let dom_query::NodeData::Text { contents } = &inner.data {
                        self.text(child.id, contents);
                    }
                });
            } else if let Some(seen) = child.element_ref().map(|element| Seen::of(&element, self.host)) {
                self.element(&child, part, seen);
            }
        }
    }

    fn element(&mut self, node: &NodeRef<'_>, part: usize, seen: Seen) {
        match seen {
            Seen::Skipped => {}
            Seen::Break => {
                if self.broken {
                    self.flush(part);
                }
                self.run.gap = true;
                self.broken = true;
            }
            Seen::Block(role, named) => {
                self.flush(part);
                self.part(node, part, (role, named));
            }
            Seen::Inline(named, _) if self.is_hidden(named, part) => self.outline.hidden.push(node.id),
            Seen::Inline(named, _) if named.mark == Some(Mark::Bubble) => {
                self.bubble = true;
                self.children(node, part);
                self.bubble = false;
            }
            Seen::Inline(named, _) if self.stands_alone(named, part) => {
                self.flush(part);
                self.part(node, part, (Role::Division, named));
            }
            Seen::Inline(_, None) => self.children(node, part),
            Seen::Inline(_, Some(link)) => {
                let around = self.link.replace(link);
                self.children(node, part);
                self.link = around;
            }
        }
    }

    /// Whether an inline element is named as something of its own. By-lines and captions within a sentence are not.
    fn stands_alone(&self, named: Named, part: usize) -> bool {
        let in_text = self.is_text(part);
        match named.mark {
            Some(Mark::Bubble) | None => false,
            Some(Mark::Hidden | Mark::Comments) => true,
            Some(Mark::Around) => self.link.is_none() && !in_text,
            Some(_) => !in_text,
        }
    }

    /// Whether an inline element is a piece of a line that is not shown with it. A bubble stands in the element of the
    /// word that it belongs to, which has a name of the same kind.
    fn is_hidden(&self, named: Named, part: usize) -> bool {
        match named.mark {
            Some(Mark::Hidden) => self.is_text(part),
            Some(Mark::Bubble) => self.bubble,
            _ => false,
        }
    }

    fn is_text(&self, part: usize) -> bool {
        use Role::{Cell, Heading, Item, Paragraph, Quote, Title};
        matches!(self.outline.parts[part].role, Paragraph | Title | Heading | Item | Cell | Quote)
    }

    fn text(&mut self, node: NodeId, text: &str) {
        let run = &mut self.run;
        run.gap |= text.starts_with(char::is_whitespace);
        let mut first = true;
        for word in text.split_whitespace() {
            if (run.gap || !first) && !run.text.is_empty() {
                run.text.push(' ');
            }
            let size: usize = word.chars().map(|c| if is_dense(c) { 2 } else { 1 }).sum::<usize>() + 1;
            run.text.push_str(word);
            run.size += size;
            if let Some(at_home) = self.link {
                run.linked += size;
                run.linked_home += if at_home { size } else { 0 };
            }
            (run.gap, first) = (false, false);
        }
        if !first {
            self.broken = false;
            run.nodes.push(node);
            run.gap = text.ends_with(char::is_whitespace);
        }
    }

    fn flush(&mut self, part: usize) {
        self.broken = false;
        let Run { nodes, text, size, linked, linked_home, .. } = std::mem::take(&mut self.run);
        if !nodes.is_empty() {
            self.outline.blocks.push(Block { part, nodes, text, size, linked, linked_home });
        }
    }
}

/// Whether the script says with one character what others say with two or more.
fn is_dense(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// What an element means to the walker.
#[derive(Debug, Clone, Copy)]
enum Seen {
    Skipped,
    Break,
    Block(Role, Named),
    /// With the link it is, if any: whether it stays on the site.
    Inline(Named, Option<bool>),
}

impl Seen {
    fn of(element: &Element, host: Option<&str>) -> Self {
        match &*element.name.local {
            "script" | "style" | "noscript" | "template" | "button" | "select" | "textarea" | "svg"
            | "math" | "object" | "audio" | "video" | "iframe" | "canvas" | "head" | "label" | "input"
            | "rp" | "rt" => Self::Skipped,
            "br" => Self::Break,
            "a" => {
                let href = element.attrs.iter().find(|attribute| &*attribute.name.local == "href");
                let link = href.map(|href| stays(&href.value, host));
                Self::Inline(named(element), link)
            }
            name if is_block(name) => Self::Block(role(name), named(element)),
            // Elements of the page's own making (`ps-promo`) have their say in their name.
            _ => Self::Inline(named(element), None),
        }
    }
}

fn role(name: &str) -> Role {
    match name {
        "h1" => Role::Title,
        "h2" | "h3" | "h4" | "h5" | "h6" => Role::Heading,
        "p" => Role::Paragraph,
        "pre" => Role::Code,
        "li" | "dd" | "dt" => Role::Item,
        "blockquote" => Role::Quote,
        "td" | "th" => Role::Cell,
        "figure" => Role::Figure,
        "figcaption" => Role::Caption,
        "header" | "hgroup" => Role::Header,
        "article" => Role::Article,
        "nav" | "footer" | "aside" | "form" | "dialog" => Role::Beside,
        _ => Role::Division,
    }
}

/// Whether a link stays on the site of `host`.
fn stays(href: &str, host: Option<&str>) -> bool {
    let Some(rest) = href.trim_start().split_once("//").map(|(_, rest)| rest) else { return true };
    let target = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let bare = |host: &str| host.trim_start_matches("www.").to_ascii_lowercase();
    host.is_some_and(|host| {
        let (host, target) = (bare(host), bare(target));
        let is_part =
            |long: &str, short: &str| long.strip_suffix(short).is_some_and(|rest| rest.ends_with('.'));
        host == target || is_part(&host, &target) || is_part(&target, &host)
    })
}
