//! Where things end, whether or not they were ended as they should be.

use super::entities::offset_in;

/// The next place of a needle, remembered, so that looking for it again and again stays linear.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Landmark {
    searched_from: usize,
    next: Option<usize>,
    known: bool,
}

impl Landmark {
    /// Where the needle, always the same one, next stands.
    pub(super) fn find(&mut self, text: &str, from: usize, needle: &str) -> Option<usize> {
        let holds = self.known && self.searched_from <= from && self.next.is_none_or(|next| next >= from);
        if !holds {
            let rest = text.as_bytes().get(from..).unwrap_or_default();
            self.next = memchr::memmem::find(rest, needle.as_bytes()).map(|found| from + found);
            self.searched_from = from;
            self.known = true;
        }
        self.next
    }
}

/// Where the first end tag of the element, or of the entry around it, stands.
pub(super) fn end_tag_of(text: &str, name: &str) -> Option<usize> {
    let names = [name, "item", "entry"].into_iter().filter(|name| !name.is_empty());
    names.filter_map(|name| memchr::memmem::find(text.as_bytes(), format!("</{name}").as_bytes())).min()
}

/// Where a comment ends that was not closed as it should, in what stands before the next one.
pub(super) fn wrong_end(comment: &str) -> Option<usize> {
    let ends = ["--!>", "-- >", "->"].into_iter();
    ends.filter_map(|end| Some(memchr::memmem::find(comment.as_bytes(), end.as_bytes())? + end.len())).min()
}

/// A CDATA section without what its author took for its end.
pub(super) fn without_wrong_end(cdata: &str) -> &str {
    let trimmed = cdata.trim_ascii_end();
    trimmed.strip_suffix("]]").or_else(|| trimmed.strip_suffix("]>")).unwrap_or(cdata)
}

/// Where the `>` behind an internal subset stands: behind a `]` outside of literals and comments, white space between.
pub(super) fn subset_end(subset: &str) -> Option<usize> {
    let mut rest = subset;
    loop {
        rest = &rest[rest.find(['"', '\'', '<', ']'])?..];
        let length = match rest.as_bytes()[0] {
            b'"' => rest[1..].find('"')? + 2,
            b'\'' => rest[1..].find('\'')? + 2,
            b'<' if rest.starts_with("<!--") => rest.find("-->")? + 3,
            b'<' if rest.starts_with("<?") => rest.find("?>")? + 2,
            b']' if rest[1..].trim_ascii_start().starts_with('>') => {
                return Some(offset_in(subset, rest[1..].trim_ascii_start()));
            }
            _ => 1,
        };
        rest = &rest[length..];
    }
}
