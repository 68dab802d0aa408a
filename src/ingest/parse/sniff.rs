//! What a text is, told by its beginning.

use super::wrapped;

/// The kinds of text there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Empty,
    Json,
    WebPage,
    /// A web page with a feed in it, which begins at this byte.
    InPage(usize),
    /// Or whatever else: the reader of XML says what is wrong.
    Xml,
}

/// Looks no further than this for the first element.
const LOOKED_AT: usize = 64 * 1024;

/// Tells what a text is.
pub(super) fn sniff(text: &str) -> Kind {
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}');
    match start.as_bytes().first() {
        None => Kind::Empty,
        Some(b'{' | b'[') => Kind::Json,
        _ if is_web_page(start) => {
            let before = text.len() - start.len();
            wrapped::feed_at(start).map_or(Kind::WebPage, |at| Kind::InPage(before + at))
        }
        _ => Kind::Xml,
    }
}

/// The elements that web pages begin with.
const PAGE_ROOTS: &[&str] = &["html", "head", "body", "title", "meta", "script"];

/// Whether the first markup that is no comment, declaration or instruction is HTML's.
fn is_web_page(start: &str) -> bool {
    let head = &start[..start.floor_char_boundary(LOOKED_AT)];
    let mut rest = head;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if has_prefix(rest, "!doctype html") || PAGE_ROOTS.iter().any(|root| begins_tag(rest, root)) {
            return true;
        }
        if !rest.starts_with(['?', '!']) {
            return false;
        }
        let end = if rest.starts_with("!--") { rest.find("-->") } else { rest.find('>') };
        rest = &rest[end.unwrap_or(rest.len())..];
    }
    false
}

/// Whether what stands behind a `<` is a tag of this name.
fn begins_tag(text: &str, name: &str) -> bool {
    let end = text.as_bytes().get(name.len());
    has_prefix(text, name) && end.is_some_and(|end| end.is_ascii_whitespace() || *end == b'>')
}

fn has_prefix(text: &str, prefix: &str) -> bool {
    text.as_bytes().get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginning_tells_the_kind() {
        let table = [
            ("", Kind::Empty),
            (" \n\t\u{feff}", Kind::Empty),
            ("\u{feff} {\"version\": 1}", Kind::Json),
            ("<!DOCTYPE html><html><p>x", Kind::WebPage),
            ("<?xml version='1.0'?><!-- c --><HTML lang=en>", Kind::WebPage),
            ("\n<!DOCTYPE html><rss version='2.0'>", Kind::InPage(16)),
            ("<?xml version='1.0'?><rss>", Kind::Xml),
            ("<!-- <html> --><feed>", Kind::Xml),
            ("<script>x</script><p>y", Kind::WebPage),
            ("hello", Kind::Xml),
        ];
        for (text, kind) in table {
            assert_eq!(sniff(text), kind, "{text:?}");
        }
    }
}
