//! Which elements end where another begins, though nobody closed them.

use super::ends::Landmark;
use super::names::Module;

/// An entry: whatever was left open in the one before, it is none of its.
pub(super) fn is_entry(local: &str) -> bool {
    matches!(local, "item" | "entry")
}

/// Elements that entries stand in.
pub(super) fn is_container(local: &str) -> bool {
    ["rss", "channel", "feed", "rdf", "items"].iter().any(|known| known.eq_ignore_ascii_case(local))
}

/// Elements of feeds and entries that hold no other of them.
pub(super) fn is_leaf(module: Module, local: &str) -> bool {
    match module {
        // Atom's has elements in it.
        Module::Rss if local == "author" => true,
        Module::Rss | Module::Atom => matches!(
            local,
            "title"
                | "link"
                | "description"
                | "summary"
                | "subtitle"
                | "pubDate"
                | "guid"
                | "category"
                | "comments"
                | "generator"
                | "language"
                | "copyright"
                | "rights"
                | "docs"
                | "ttl"
                | "lastBuildDate"
                | "managingEditor"
                | "webMaster"
                | "id"
                | "updated"
                | "published"
                | "enclosure"
                | "name"
                | "email"
                | "uri"
                | "url"
        ),
        Module::DublinCore | Module::Content | Module::Slash | Module::Wfw => true,
        _ => false,
    }
}

/// Elements that stand beside those, never in them.
pub(super) fn is_sibling(module: Module, local: &str) -> bool {
    match module {
        Module::Rss | Module::Atom => {
            is_leaf(module, local) || matches!(local, "author" | "content" | "image" | "source")
        }
        Module::Rdf | Module::Xhtml | Module::Foreign => false,
        _ => true,
    }
}

/// HTML's elements without end tag, met where markup was not escaped.
pub(super) fn is_void(name: &str) -> bool {
    matches!(name, "br" | "hr" | "img" | "input" | "wbr" | "BR" | "HR" | "IMG")
}

/// What stands further on: looked for once, remembered while it is still ahead.
#[derive(Debug, Default)]
pub(super) struct Ahead<'a> {
    entries: [Landmark; ENTRIES.len()],
    /// By name: its next end tag, and its next start tag.
    leaves: Vec<(&'a str, Landmark, Landmark)>,
}

/// Where an entry begins or ends.
const ENTRIES: [&str; 4] = ["<item", "</item", "<entry", "</entry"];
/// As many names as are looked out for: each costs a search of the document.
const MAX_LEAVES: usize = 64;

impl<'a> Ahead<'a> {
    /// Whether an element that is open at `from` is closed further on: before another of its name begins, and within
    /// its entry.
    pub(super) fn is_closed(&mut self, text: &str, name: &'a str, from: usize) -> bool {
        let known = self.leaves.iter().position(|(leaf, ..)| *leaf == name);
        if known.is_none() {
            if self.leaves.len() == MAX_LEAVES {
                return false;
            }
            self.leaves.push((name, Landmark::default(), Landmark::default()));
        }
        let at = known.unwrap_or(self.leaves.len() - 1);
        let (_, ends, begins) = &mut self.leaves[at];
        let Some(end) = ends.find(text, from, &format!("</{name}")) else { return false };
        let another = begins.find(text, from, &format!("<{name}"));
        let mut entries = ENTRIES.iter().zip(&mut self.entries);
        another.is_none_or(|another| end < another)
            && entries.all(|(tag, place)| place.find(text, from, tag).is_none_or(|entry| end < entry))
    }
}
