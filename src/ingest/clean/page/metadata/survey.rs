//! One walk over the tree of a page: everything in it that may tell of the article, with its place, for the witnesses to
//! choose from. Linear in the page, whatever the page is: texts are cut, lists are bounded.

use ::url::Url;
use dom_query::{Document, Element, NodeRef};

use super::hints::Hints;
use super::pieces::pieces;
use super::said::Said;
use crate::markup::is_block;
use crate::model::link::absolute;

/// Things of one kind that are kept of a page.
const MANY: usize = 400;
/// Lines that are kept; an article's head stands before them.
const MANY_LINES: usize = 4_000;
/// Elements whose text is looked at by itself.
const MANY_LOOKS: usize = 2_000;
/// Bytes of a text that may be a name, a date or a headline.
const LONGEST: usize = 300;
/// Bytes of what a meta element says.
const LONGEST_META: usize = 4_000;
/// Characters of a line that is a paragraph of the article.
const PARAGRAPH: usize = 140;

/// What stands in a page.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// `<html lang>`.
    pub(super) language: Option<String>,
    /// `<title>`.
    pub(super) title: String,
    /// Name (in lower case) and content, in order.
    pub(super) metas: Vec<(String, String)>,
    pub(super) canonical: Option<String>,
    /// `<link rel=image_src>`.
    pub(super) image: Option<String>,
    /// `<a rel=tag>`.
    pub(super) tags: Vec<String>,
    pub(super) headings: Vec<Heading>,
    pub(super) marks: Vec<Mark>,
    pub(super) lines: Vec<Line>,
}

/// Where something stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// The line of the page.
    pub(super) line: usize,
    /// The part beside the article that it stands in, by number; 0 for none.
    pub(super) aside: u32,
    /// In the readers' comments, or a picture's caption: not of the article.
    pub(super) is_foreign: bool,
}

/// `<h1>` to `<h3>`.
#[derive(Debug)]
pub(super) struct Heading {
    pub(super) level: u8,
    /// As [`pieces`].
    pub(super) text: String,
    /// It is a link to the site's front page, or the blog's: a logo in words.
    pub(super) leads_home: bool,
    pub(super) place: Place,
}

/// What a mark marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MarkKind {
    /// `itemprop=author`, `rel=author`: said to machines.
    Author,
    /// A class or id speaks of an author.
    Byline,
    Bio,
    /// `itemprop=headline`.
    Headline,
    /// `itemprop=datePublished`.
    Published,
    /// `itemprop=dateModified`.
    Modified,
    /// `<time datetime>`.
    Time,
    /// A class or id speaks of a date.
    Date,
}

/// An element that says what it is.
#[derive(Debug)]
pub(super) struct Mark {
    pub(super) kind: MarkKind,
    /// `content` or `datetime`, else its text as [`pieces`].
    pub(super) text: String,
    /// Where a link leads.
    pub(super) url: Option<Url>,
    /// It is about a change.
    pub(super) is_update: bool,
    pub(super) place: Place,
}

/// The text between two blocks.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// Empty where it is too long to be looked at.
    pub(super) text: String,
    /// It is long enough to be a paragraph of an article.
    pub(super) is_paragraph: bool,
    pub(super) place: Place,
}

impl Survey {
    /// Walks over the page that was fetched from `url`.
    pub(super) fn of(page: &Document, url: Option<&Url>) -> Self {
        let mut walk =
            Walk { survey: Self::default(), base: url, open: Vec::new(), asides: 0, characters: 0, looks: 0 };
        walk.survey.lines.push(Line::default());
        let mut next = Some(page.root());
        while let Some(node) = next {
            let goes_in = walk.enter(&node);
            next = node.first_child().filter(|_| goes_in);
            let mut left = Some(node);
            while let (None, Some(node)) = (next, left) {
                walk.leave(&node);
                next = node.next_sibling();
                left = node.parent();
            }
        }
        walk.survey
    }

    /// What the meta elements of a name say, in order.
    pub(super) fn metas<'a, 'n>(&'a self, name: &'n str) -> impl Iterator<Item = &'a str> + use<'a, 'n> {
        self.metas.iter().filter(move |(known, _)| known == name).map(|(_, content)| content.as_str())
    }

    /// What the first of these meta elements says that says anything; the names are in order of trust.
    pub(super) fn meta(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.metas(name).next())
    }
}

/// A part of the page that is open, and what is true inside.
#[derive(Debug, Clone, Copy)]
struct Part {
    node: dom_query::NodeId,
    aside: u32,
    is_foreign: bool,
}

struct Walk<'a> {
    survey: Survey,
    base: Option<&'a Url>,
    open: Vec<Part>,
    /// Parts beside the article, so far.
    asides: u32,
    /// Of the line that is open.
    characters: usize,
    /// Texts looked at so far.
    looks: usize,
}

impl Walk<'_> {
    /// Looks at a node; whether to look inside.
    fn enter(&mut self, node: &NodeRef<'_>) -> bool {
        if node.is_text() {
            let text = node.text();
            self.text(&text);
            return false;
        }
        let Some(element) = node.element_ref() else { return true };
        let name: &str = &element.name.local;
        match name {
            "script" | "style" | "noscript" | "template" | "svg" | "iframe" | "select" | "textarea"
            | "math" | "object" => return false,
            "meta" => self.meta(&element),
            "link" => self.link(&element),
            "title" => {
                if self.survey.title.is_empty() {
                    self.survey.title = pieces(node, LONGEST * 2).unwrap_or_default();
                }
                return false;
            }
            "html" => {
                let language = element.attrs.iter().find(|attr| &*attr.name.local == "lang");
                self.survey.language = language.map(|attr| attr.value.to_string());
            }
            "head" | "body" | "main" => {}
            _ => self.element(node, &element, name),
        }
        true
    }

    fn leave(&mut self, node: &NodeRef<'_>) {
        if self.open.last().is_some_and(|part| part.node == node.id) {
            self.open.pop();
        }
        if node.element_ref().is_some_and(|element| is_block(&element.name.local)) {
            self.break_line();
        }
    }

    fn element(&mut self, node: &NodeRef<'_>, element: &Element, name: &str) {
        if is_block(name) || name == "br" {
            self.break_line();
        }
        let said = Said::of(element);
        self.open_part(node, name, &said);
        let place = self.place();
        if let (b"h1" | b"h2" | b"h3", true) = (name.as_bytes(), self.survey.headings.len() < MANY) {
            let level = name.as_bytes()[1] - b'0';
            if let Some(text) = self.look(node, LONGEST * 2) {
                let leads_home = self.leads_home(node);
                self.survey.headings.push(Heading { level, text, leads_home, place });
            }
        }
        let is_link = name == "a";
        if is_link && said.rel.is_some_and(|rel| rel.split_ascii_whitespace().any(|word| word == "tag")) {
            let tag = self.look(node, 60);
            self.survey.tags.extend(tag);
        }
        if let Some(kind) = said.kind(name)
            && self.survey.marks.len() < MANY
        {
            self.mark(node, kind, &said);
        }
    }

    /// Whether the element is, or begins with, a link to a folder that the page is in.
    fn leads_home(&self, node: &NodeRef<'_>) -> bool {
        let links =
            node.first_element_child().into_iter().chain(node.parent()).filter(|link| link.has_name("a"));
        let mut addresses = links.filter_map(|link| absolute(&link.attr("href")?, self.base));
        addresses.any(|address| {
            let is_above =
                |page: &Url| page.path() != address.path() && page.path().starts_with(address.path());
            address.path().ends_with('/')
                && self.base.is_some_and(|page| page.host() == address.host() && is_above(page))
        })
    }

    fn mark(&mut self, node: &NodeRef<'_>, kind: MarkKind, said: &Said<'_>) {
        let longest = if kind == MarkKind::Bio { 4 * LONGEST } else { LONGEST };
        let value = said.value.filter(|value| !value.trim().is_empty() && value.len() <= LONGEST);
        let Some(text) = value.map(str::to_owned).or_else(|| self.look(node, longest)) else { return };
        let url = said.href.and_then(|href| absolute(href, self.base));
        let is_update = said.is_update() || kind == MarkKind::Modified;
        self.survey.marks.push(Mark { kind, text, url, is_update, place: self.place() });
    }

    /// The text of an element, if it is short.
    fn look(&mut self, node: &NodeRef<'_>, longest: usize) -> Option<String> {
        self.looks += 1;
        if self.looks > MANY_LOOKS {
            return None;
        }
        pieces(node, longest).filter(|text| !text.is_empty())
    }

    /// Opens a part of the page that is not of the article, if the element begins one.
    fn open_part(&mut self, node: &NodeRef<'_>, name: &str, said: &Said<'_>) {
        let (hints, is_article) = (said.hints, name == "article");
        let is_own = hints.has(Hints::AUTHOR) || hints.has(Hints::BIO);
        let is_aside = matches!(name, "nav" | "aside" | "footer") || hints.has(Hints::ASIDE) && !is_article;
        let is_aside = is_aside && !is_own && !said.is_own_foot;
        let is_foreign = hints.has(Hints::COMMENT) && !said.is_count || name == "figcaption";
        if !is_aside && !is_foreign {
            return;
        }
        let outer = self.place();
        self.asides += u32::from(is_aside);
        let aside = if is_aside { self.asides } else { outer.aside };
        self.open.push(Part { node: node.id, aside, is_foreign: is_foreign || outer.is_foreign });
    }

    fn place(&self) -> Place {
        let line = self.survey.lines.len() - 1;
        let part = self.open.last();
        Place {
            line,
            aside: part.map_or(0, |part| part.aside),
            is_foreign: part.is_some_and(|part| part.is_foreign),
        }
    }

    fn text(&mut self, text: &str) {
        let place = self.place();
        let Some(line) = self.survey.lines.last_mut() else { return };
        if self.characters == 0 {
            line.place = place;
        }
        for word in text.split_whitespace() {
            let is_apart = self.characters > 0;
            self.characters += word.len() + usize::from(is_apart);
            if self.characters <= LONGEST {
                line.text.push_str(if is_apart { " " } else { "" });
                line.text.push_str(word);
            }
        }
    }

    fn break_line(&mut self) {
        let characters = std::mem::take(&mut self.characters);
        let Some(line) = self.survey.lines.last_mut().filter(|_| characters > 0) else { return };
        line.is_paragraph = characters >= PARAGRAPH;
        if characters > LONGEST {
            line.text = String::new();
        }
        if self.survey.lines.len() < MANY_LINES {
            self.survey.lines.push(Line::default());
        }
    }

    fn meta(&mut self, element: &Element) {
        let (mut name, mut content) = (None, None);
        for attr in &element.attrs {
            match &*attr.name.local {
                "property" | "name" | "itemprop" | "http-equiv" if name.is_none() => {
                    name = Some(&*attr.value);
                }
                "content" => content = Some(&*attr.value),
                _ => {}
            }
        }
        if let (Some(name), Some(content)) = (name, content)
            && self.survey.metas.len() < MANY
            && name.len() <= 64
            && !content.trim().is_empty()
        {
            let content = content[..content.floor_char_boundary(LONGEST_META)].trim();
            self.survey.metas.push((name.trim().to_ascii_lowercase(), content.to_owned()));
        }
    }

    fn link(&mut self, element: &Element) {
        let value =
            |name: &str| element.attrs.iter().find(|attr| &*attr.name.local == name).map(|attr| &*attr.value);
        let (Some(rel), Some(href)) = (value("rel"), value("href")) else { return };
        let slot = match rel.trim().to_ascii_lowercase().as_str() {
            "canonical" => &mut self.survey.canonical,
            "image_src" => &mut self.survey.image,
            _ => return,
        };
        slot.get_or_insert_with(|| href.to_owned());
    }
}
