//! The policy: which elements and attributes an article may have. Everything else goes.

/// What an attribute's value must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Value {
    /// Any text.
    Text,
    /// A whole number, or a percentage.
    Number,
    /// Nothing: its presence says it all.
    Flag,
    /// A URL to go to: http, https, mailto; tracking parameters go.
    Link,
    /// The URL of an image, sound or film, or of a cited page: http, https.
    Resource,
    /// Image candidates, each as `Resource`.
    SrcSet,
    /// What we write, whatever the feed says.
    Made,
}

/// Makes of a list of names the list, and the look-up in it as a `match`: that is a few comparisons of numbers.
macro_rules! tags {
    ($($tag:literal),* $(,)?) => {
        /// Elements that stay.
        pub(super) const TAGS: &[&str] = &[$($tag),*];

        fn tag(name: &str) -> Option<&'static str> {
            match name {
                $($tag => Some($tag),)*
                _ => None,
            }
        }
    };
}

#[rustfmt::skip]
tags![
    "a", "abbr", "address", "article", "aside", "audio", "b", "bdi", "bdo", "blockquote", "br",
    "caption", "cite", "code", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption",
    "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "iframe", "img",
    "ins", "kbd", "li", "mark", "ol", "p", "picture", "pre", "q", "rp", "rt", "ruby", "s", "samp",
    "section", "small", "source", "span", "strike", "strong", "sub", "summary", "sup", "table",
    "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var", "video", "wbr",
];

/// Elements that stay under another name: their line breaks matter, they do not.
const RENAMED: &[(&str, &str)] = &[
    ("amp-img", "img"),
    ("amp-anim", "img"),
    ("image", "img"),
    ("center", "div"),
    ("fieldset", "div"),
    ("form", "div"),
    ("hgroup", "div"),
    ("main", "div"),
    ("nav", "div"),
    ("dir", "ul"),
    ("menu", "ul"),
    ("listing", "pre"),
    ("xmp", "pre"),
    ("tt", "code"),
];

/// Attributes that every element may have.
pub(super) const GENERIC: &[(&str, Value)] =
    &[("lang", Value::Text), ("dir", Value::Text), ("title", Value::Text)];

/// Attributes of one element, sorted by its name.
pub(super) const ATTRIBUTES: &[(&str, &[(&str, Value)])] = &[
    ("a", &[("href", Value::Link), ("hreflang", Value::Text)]),
    ("audio", &[("src", Value::Resource), ("controls", Value::Flag)]),
    ("blockquote", &[("cite", Value::Resource)]),
    ("del", &[("cite", Value::Resource), ("datetime", Value::Text)]),
    ("details", &[("open", Value::Flag)]),
    (
        "iframe",
        &[
            ("src", Value::Made),
            ("width", Value::Number),
            ("height", Value::Number),
            ("sandbox", Value::Made),
            ("loading", Value::Made),
            ("referrerpolicy", Value::Made),
            ("allowfullscreen", Value::Made),
        ],
    ),
    (
        "img",
        &[
            ("src", Value::Resource),
            ("srcset", Value::SrcSet),
            ("sizes", Value::Text),
            ("alt", Value::Text),
            ("width", Value::Number),
            ("height", Value::Number),
        ],
    ),
    ("ins", &[("cite", Value::Resource), ("datetime", Value::Text)]),
    ("li", &[("value", Value::Number)]),
    ("ol", &[("start", Value::Number), ("reversed", Value::Flag)]),
    ("q", &[("cite", Value::Resource)]),
    (
        "source",
        &[
            ("src", Value::Resource),
            ("srcset", Value::SrcSet),
            ("sizes", Value::Text),
            ("media", Value::Text),
            ("type", Value::Text),
        ],
    ),
    ("td", &[("colspan", Value::Number), ("rowspan", Value::Number)]),
    ("th", &[("colspan", Value::Number), ("rowspan", Value::Number), ("scope", Value::Text)]),
    ("time", &[("datetime", Value::Text)]),
    (
        "video",
        &[
            ("src", Value::Resource),
            ("poster", Value::Resource),
            ("width", Value::Number),
            ("height", Value::Number),
            ("controls", Value::Flag),
        ],
    ),
];

/// What every frame has, with its value.
///
/// The sandbox lets a player run its own scripts, as its own origin: without that it has neither storage nor an
/// address that its servers accept. The two together are no sandbox for a page of the reader's own site, which could take
/// it off; so only hosts of the table are framed. Films can be opened in a window of their own. A frame cannot
/// navigate the page around it, send forms, show dialogs, or download. The referrer is the site alone, which
/// YouTube asks for.
pub(super) const FRAME: &[(&str, &str)] = &[
    ("sandbox", "allow-scripts allow-same-origin allow-popups"),
    ("loading", "lazy"),
    ("referrerpolicy", "strict-origin-when-cross-origin"),
    ("allowfullscreen", ""),
];

/// What every link says it is (HTML §4.6.6): the page it leads to learns nothing of this one.
pub(super) const REL: &str = "noopener noreferrer";

/// Elements that are nothing without one of these attributes; `span` only ever carries them.
const NEEDS: &[(&str, &[&str])] = &[
    ("a", &["href"]),
    ("img", &["src", "srcset"]),
    ("source", &["src", "srcset"]),
    ("span", &["lang", "dir", "title"]),
];

/// The name an element is kept under, if it is kept.
pub(super) fn kept_as(name: &str) -> Option<&'static str> {
    let renamed = || RENAMED.iter().find(|(from, _)| *from == name).map(|(_, to)| *to);
    tag(name).or_else(renamed)
}

/// The attributes that an element may have, and which of them were found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Attributes<'t> {
    tag: &'t str,
    own: &'static [(&'static str, Value)],
    /// A bit for each attribute of its own, then for each of all.
    found: u32,
}

impl<'t> Attributes<'t> {
    /// Of an element, none of them found yet.
    pub(super) fn of(tag: &'t str) -> Self {
        let own =
            ATTRIBUTES.binary_search_by_key(&tag, |(name, _)| name).map_or(&[][..], |at| ATTRIBUTES[at].1);
        Self { tag, own, found: 0 }
    }

    /// The place, the name and the kind of value of an attribute that the element may have and that was not found before.
    pub(super) fn next(&self, attribute: &str) -> Option<(usize, &'static str, Value)> {
        // XHTML's spelling.
        let attribute = if attribute == "xml:lang" { "lang" } else { attribute };
        let find = |known: &[(&str, Value)]| known.iter().position(|(name, _)| *name == attribute);
        let place = find(self.own).or_else(|| Some(self.own.len() + find(GENERIC)?))?;
        let (name, kind) = self.own.get(place).or_else(|| GENERIC.get(place - self.own.len()))?;
        (self.found & 1 << place == 0).then_some((place, *name, *kind))
    }

    /// Notes that the attribute at this place was found.
    pub(super) fn note(&mut self, place: usize) {
        self.found |= 1 << place;
    }

    /// Whether the element is worth its tag with what was found.
    pub(super) fn are_enough(&self) -> bool {
        let Some(needs) = needs(self.tag) else { return true };
        let mut known = (0..).zip(self.own.iter().chain(GENERIC));
        known.any(|(place, (name, _))| self.found & 1 << place != 0 && needs.contains(name))
    }
}

/// Whether an element is nothing without attributes.
pub(super) fn needs_attributes(tag: &str) -> bool {
    needs(tag).is_some()
}

fn needs(tag: &str) -> Option<&'static [&'static str]> {
    NEEDS.iter().find(|(name, _)| *name == tag).map(|(_, needs)| *needs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_where_they_are_looked_for() {
        assert!(TAGS.iter().all(|name| kept_as(name) == Some(name)));
        assert!(ATTRIBUTES.is_sorted_by_key(|(name, _)| name));
    }
}
