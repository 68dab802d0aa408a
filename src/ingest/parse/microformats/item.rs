//! Which elements are microformats, and which of their descendants are properties of which.

use dom_query::NodeRef;

/// As many properties of one microformat as are read.
const MAX_PROPERTIES: usize = 1000;

/// The two generations of class names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Vocabulary {
    /// `h-entry`, `p-name`.
    Microformats2,
    /// hAtom and hCard: `hentry`, `entry-title`.
    Classic,
}

/// How a property's value is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `p-`: text.
    Text,
    /// `u-`: a URL.
    Url,
    /// `dt-`: a date.
    Date,
    /// `e-`: markup.
    Markup,
}

/// A property of a microformat.
#[derive(Debug, Clone)]
pub(super) struct Property<'a> {
    pub(super) kind: Kind,
    /// Without prefix.
    pub(super) name: String,
    pub(super) node: NodeRef<'a>,
    /// Whether the element is a microformat itself, such as an author's h-card.
    pub(super) is_item: bool,
}

/// A feed, entry, card or citation.
#[derive(Debug, Clone)]
pub(super) struct Item<'a> {
    pub(super) node: NodeRef<'a>,
    pub(super) vocabulary: Vocabulary,
    kind: Root,
    /// It stands in an h-feed: then it is surely an entry, also where it says little.
    pub(super) is_in_feed: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Root {
    Feed,
    Entry,
    /// A card, a citation, or whatever else: its properties are its own.
    Other,
}

/// Classic class names (microformats2-parsing, "backward compatibility").
const CLASSIC: &[(&str, Kind, &str)] = &[
    ("entry-title", Kind::Text, "name"),
    ("entry-summary", Kind::Text, "summary"),
    ("entry-content", Kind::Markup, "content"),
    ("published", Kind::Date, "published"),
    ("updated", Kind::Date, "updated"),
    ("author", Kind::Text, "author"),
    ("category", Kind::Text, "category"),
    ("fn", Kind::Text, "name"),
    ("url", Kind::Url, "url"),
    ("email", Kind::Url, "email"),
    ("photo", Kind::Url, "photo"),
    ("uid", Kind::Url, "uid"),
];

impl<'a> Item<'a> {
    /// The microformat that an element begins, if it does.
    pub(super) fn of(node: NodeRef<'a>, vocabulary: Vocabulary) -> Option<Self> {
        let class = node.class()?;
        let mut kind = None;
        for word in class.split_ascii_whitespace() {
            let found = match (vocabulary, word) {
                (Vocabulary::Microformats2, "h-feed") | (Vocabulary::Classic, "hfeed") => Root::Feed,
                (Vocabulary::Microformats2, "h-entry") | (Vocabulary::Classic, "hentry") => Root::Entry,
                (Vocabulary::Microformats2, other) if is_root_name(other) => Root::Other,
                (Vocabulary::Classic, "vcard") => Root::Other,
                _ => continue,
            };
            kind = kind.filter(|&known| known != Root::Other).or(Some(found));
        }
        kind.map(|kind| Self { node, vocabulary, kind, is_in_feed: false })
    }

    /// A property's element as the microformat that it is.
    pub(super) fn within(&self, property: &Property<'a>) -> Self {
        Self { node: property.node, vocabulary: self.vocabulary, kind: Root::Other, is_in_feed: false }
    }

    /// The same, as part of an h-feed.
    pub(super) fn in_feed(self) -> Self {
        Self { is_in_feed: true, ..self }
    }

    pub(super) fn is_feed(&self) -> bool {
        self.kind == Root::Feed
    }

    /// Its properties in document order; those of microformats inside are theirs.
    pub(super) fn properties(&self) -> Vec<Property<'a>> {
        let mut found = Vec::new();
        self.collect(self.node, &mut found);
        found
    }

    fn collect(&self, node: NodeRef<'a>, found: &mut Vec<Property<'a>>) {
        for child in node.children_it(false).filter(NodeRef::is_element) {
            if found.len() >= MAX_PROPERTIES {
                return;
            }
            let is_item = Item::of(child, self.vocabulary).is_some();
            for (kind, name) in self.names(&child) {
                found.push(Property { kind, name, node: child, is_item });
            }
            if !is_item {
                self.collect(child, found);
            }
        }
    }

    fn names(&self, node: &NodeRef<'a>) -> Vec<(Kind, String)> {
        let class = node.class().unwrap_or_default();
        let words = class.split_ascii_whitespace();
        match self.vocabulary {
            Vocabulary::Microformats2 => words.filter_map(prefixed).collect(),
            Vocabulary::Classic => {
                let row = |word: &str| CLASSIC.iter().find(|(name, ..)| *name == word);
                let mut names: Vec<_> =
                    words.filter_map(row).map(|&(_, kind, name)| (kind, name.to_owned())).collect();
                let rel = node.attr("rel").unwrap_or_default();
                let has =
                    |word: &str| rel.split_ascii_whitespace().any(|part| part.eq_ignore_ascii_case(word));
                names.extend(has("bookmark").then(|| (Kind::Url, "url".to_owned())));
                names.extend(has("tag").then(|| (Kind::Text, "category".to_owned())));
                names
            }
        }
    }
}

/// Calls for each feed or entry below a node that lies in no other.
pub(super) fn roots<'a>(node: NodeRef<'a>, vocabulary: Vocabulary, each: &mut impl FnMut(Item<'a>)) {
    for child in node.children_it(false).filter(NodeRef::is_element) {
        match Item::of(child, vocabulary) {
            Some(item) if item.kind != Root::Other => each(item),
            _ => roots(child, vocabulary, each),
        }
    }
}

/// `h-` and a name of small letters.
fn is_root_name(word: &str) -> bool {
    word.strip_prefix("h-").is_some_and(is_name)
}

/// A property name as mf2 writes it: small letters, in parts joined by `-`; the first part may be a vendor's, with digits.
fn is_name(name: &str) -> bool {
    let part =
        |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.split('-').all(part)
}

fn prefixed(word: &str) -> Option<(Kind, String)> {
    let (prefix, name) = word.split_once('-')?;
    let kind = match prefix {
        "p" => Kind::Text,
        "u" => Kind::Url,
        "dt" => Kind::Date,
        "e" => Kind::Markup,
        _ => return None,
    };
    is_name(name).then(|| (kind, name.to_owned()))
}
