//! Feeds that stand in something else: in a page, in a CDATA section, or escaped as a document's only text, as a browser
//! shows them or a web service hands them on.

use std::borrow::Cow;

use super::xml::names::split;
use crate::markup::{Scanner, Tag, Token, decode_text};
use crate::model::FeedDocument;
use crate::model::parts::Warning;

/// Where the element begins that is a feed, in bytes, in what is a page otherwise. What stands in scripts and comments is
/// no element.
pub(super) fn feed_at(page: &str) -> Option<usize> {
    let root = Scanner::page(page).find_map(|token| match token {
        Token::Start(tag) if is_feed(tag) => Some(tag),
        _ => None,
    })?;
    root.name.as_ptr().addr().checked_sub(page.as_ptr().addr() + 1)
}

/// Whether a tag opens a feed. One with a prefix must say what that is: pages have elements of their own invention.
fn is_feed(tag: Tag<'_>) -> bool {
    let (prefix, local) = split(tag.name);
    let is = |name: &&str| local.eq_ignore_ascii_case(name);
    let known = prefix.is_empty() || prefix.eq_ignore_ascii_case("rdf");
    ["rss", "feed", "rdf"].iter().any(is)
        && (known || tag.attributes().any(|(name, _)| split(name).0.eq_ignore_ascii_case("xmlns")))
}

/// The feed that a document holds as its only text, escaped.
pub(super) fn escaped(document: &str) -> Option<Cow<'_, str>> {
    let texts = Scanner::page(document).filter_map(|token| match token {
        Token::Text(text) if !text.trim().is_empty() => Some(text.trim()),
        _ => None,
    });
    let mut texts = texts.take(2);
    let (text, more) = (texts.next()?, texts.next());
    let is_feed = |text: &str| {
        ["<?xml", "<rss", "<feed", "<rdf:RDF"].iter().any(|start| text.starts_with(start))
            || (text.starts_with('{') && text.contains("\"items\""))
    };
    // What is not escaped at all was looked at as it is.
    let is_another = |decoded: &Cow<'_, str>| text.len() < document.trim().len() || **decoded != *text;
    Some(decode_text(text)).filter(|decoded| more.is_none() && is_feed(decoded) && is_another(decoded))
}

/// The JSON that a script holds: `callback({..});`, `var feed = {..}`, or behind a guard such as `)]}'`.
pub(super) fn json_in_script(text: &str) -> Option<&str> {
    const LONGEST_PREFIX: usize = 256;
    let text = text.trim();
    let start = text.find(['{', '[']).filter(|&start| start <= LONGEST_PREFIX)?;
    let is_script = |prefix: &str| {
        prefix.is_ascii()
            && (prefix.trim_end().ends_with(['(', '=', ')', '}', '\'', ',', '/']) || prefix.contains("//"))
    };
    is_script(&text[..start]).then(|| text[start..].trim_end_matches([';', ')', ' ', '\n', '\r']))
}

/// Whether an element called as a feed says anything that a feed says.
pub(super) fn says_something(feed: &FeedDocument) -> bool {
    !feed.entries.is_empty() || feed.meta.title.is_some() || feed.meta.link.is_some()
}

/// A feed read from the middle of a document: its warnings at their places in the whole.
pub(super) fn placed(mut feed: FeedDocument, before: &str) -> FeedDocument {
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let lines = count(memchr::memchr_iter(b'\n', before.as_bytes()).count());
    let columns = count(before.rsplit('\n').next().unwrap_or_default().chars().count());
    for warning in &mut feed.warnings {
        if warning.line == 1 {
            warning.column = warning.column.saturating_add(columns);
        }
        warning.line = warning.line.saturating_add(lines);
    }
    let message = "what stands around the feed, passed over".to_owned();
    feed.warnings.insert(0, Warning { line: 1, column: 1, code: "text-before-root", message });
    feed
}

/// A feed that was escaped: the places of its warnings are those in the text that it stood for.
pub(super) fn unescaped(mut feed: FeedDocument) -> FeedDocument {
    let message = "the whole feed is escaped, read as if it were not".to_owned();
    feed.warnings.insert(0, Warning { line: 1, column: 1, code: "escaped-feed", message });
    feed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_in_a_page_is_found_where_it_is_an_element() {
        let table = [
            ("<html><body><rss>", Some(12)),
            ("<html><FEED >", Some(6)),
            ("<p><rdf:RDF xmlns=''>", Some(3)),
            ("<p><a:feed xmlns:a='x'>", Some(3)),
            ("<p><my:feed>", None),
            ("<xml><![CDATA[<rss>]]></xml>", Some(14)),
            ("<script>'<rss>'</script><!-- <feed> --><p>&lt;rss&gt; <rssfeed>", None),
        ];
        for (page, expected) in table {
            assert_eq!(feed_at(page), expected, "{page}");
        }
    }

    #[test]
    fn json_is_found_in_a_script() {
        let table = [
            ("callback({\"a\": 1});\n", Some("{\"a\": 1}")),
            ("/**/ typeof cb === 'function' && cb([1])", Some("[1]")),
            ("var feed = {};", Some("{}")),
            (")]}'\n{}", Some("{}")),
            ("// written by hand\n{}", Some("{}")),
            ("Just words {and more}", None),
            ("callback()", None),
        ];
        for (text, expected) in table {
            assert_eq!(json_in_script(text), expected, "{text}");
        }
    }

    #[test]
    fn an_escaped_feed_is_the_only_text_of_its_document() {
        let table = [
            (
                "<html><title>x</title><pre>\n&lt;?xml version='1.0'?&gt;&lt;rss/&gt;\n</pre>",
                Some("<?xml version='1.0'?><rss/>"),
            ),
            ("&lt;rss&gt;&amp;amp;", Some("<rss>&amp;")),
            ("<string>{&quot;items&quot;: []}</string>", Some("{\"items\": []}")),
            ("<p>How to write a feed</p><pre>&lt;rss/&gt;</pre>", None),
            ("<pre>&lt;rss/&gt;</pre><p>was a feed</p>", None),
            ("<p>&lt;p&gt;", None),
            ("{\"items\": []}", None),
        ];
        for (document, expected) in table {
            assert_eq!(escaped(document).as_deref(), expected, "{document}");
        }
    }
}
