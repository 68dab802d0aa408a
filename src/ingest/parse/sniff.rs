//! What a text is, told by its beginning.

/// The kinds of text there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Empty,
    Json,
    WebPage,
    /// Or whatever else: the reader of XML says what is wrong.
    Xml,
}

/// Looks no further than this for the root of a feed in what begins as a web page.
const LOOKED_AT: usize = 64 * 1024;

/// Tells what a text is.
pub(super) fn sniff(text: &str) -> Kind {
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}');
    match start.as_bytes().first() {
        None => Kind::Empty,
        Some(b'{' | b'[') => Kind::Json,
        _ if is_web_page(start) => Kind::WebPage,
        _ => Kind::Xml,
    }
}

/// Whether the first markup that is no comment, declaration or instruction is HTML's, and no feed follows it.
fn is_web_page(start: &str) -> bool {
    let head = &start[..start.floor_char_boundary(LOOKED_AT)];
    let lower = head.to_ascii_lowercase();
    let mut rest = lower.as_str();
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        if rest.starts_with("<!doctype html") || begins_tag(rest, "html") {
            return !["rss", "feed", "rdf:rdf"].iter().any(|root| has_tag(rest, root));
        }
        let skipped = if rest.starts_with("<!--") { rest.find("-->") } else { rest.find('>') };
        if !rest.starts_with(['<']) || !rest[1..].starts_with(['?', '!']) {
            return false;
        }
        rest = &rest[skipped.unwrap_or(rest.len())..];
    }
    false
}

fn has_tag(text: &str, name: &str) -> bool {
    text.match_indices('<').any(|(at, _)| begins_tag(&text[at..], name))
}

fn begins_tag(text: &str, name: &str) -> bool {
    let rest = text.strip_prefix('<').and_then(|rest| rest.strip_prefix(name));
    rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_whitespace() || c == '>'))
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
            ("<!DOCTYPE html><rss version='2.0'>", Kind::Xml),
            ("<?xml version='1.0'?><rss>", Kind::Xml),
            ("<!-- <html> --><feed>", Kind::Xml),
            ("hello", Kind::Xml),
        ];
        for (text, kind) in table {
            assert_eq!(sniff(text), kind, "{text:?}");
        }
    }
}
