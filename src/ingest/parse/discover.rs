//! The feeds a web page links to (autodiscovery).
//!
//! By the scanner of tags, not an HTML parser: three kinds of element are looked for, and building a tree takes quadratic
//! time in nesting depth (html5ever looks through all open elements at each `<div>`).

use std::borrow::Cow;

use url::Url;

use crate::markup::{Scanner, Tag, Token, decode_attribute};
use crate::model::link::absolute;

/// More feeds of one page are not listed.
const MAX_FEEDS: usize = 32;
/// So much of a page is looked at, in bytes; its `<head>` is at the front.
const MAX_PAGE: usize = 512 * 1024;
/// Media types of feeds, without parameters (RFC 4287 §7, jsonfeed.org/version/1.1 "Discovery").
const FEED_TYPES: &[&str] = &[
    "application/rss+xml",
    "application/atom+xml",
    "application/feed+json",
    "application/rdf+xml",
    "application/x.atom+xml",
    "application/x-atom+xml",
    "application/json",
    "text/rss+xml",
    "text/atom+xml",
    "text/rss",
    "text/xml",
    "application/xml",
];
/// How the paths of links end that lead to feeds.
const FEED_PATHS: &[&str] = &["/feed", "/rss", "/atom", ".rss", ".atom", ".rdf", ".xml", "/feed.json"];

/// The absolute URLs (http, https) of the feeds a page names in `<link rel="alternate">`, in document order without
/// doubles; if it names none, those its text links to by what looks like a feed's path. `base` is the page's own URL.
#[must_use]
pub fn linked_feeds(html: &str, base: Option<&Url>) -> Vec<String> {
    let page = html.get(..html.floor_char_boundary(MAX_PAGE)).unwrap_or(html);
    let starts = Scanner::page(page).filter_map(|token| match token {
        Token::Start(tag) => Some(tag),
        _ => None,
    });
    let tags: Vec<Tag<'_>> =
        starts.filter(|tag| ["link", "a", "base"].iter().any(|name| is(tag, name))).collect();
    let base = base_of(&tags, base);
    let named = tags.iter().filter(|tag| is(tag, "link") && is_feed_link(tag));
    let named = distinct(named.filter_map(|tag| web_url(tag, base.as_ref())));
    if !named.is_empty() {
        return named;
    }
    let anchors = tags.iter().filter(|tag| is(tag, "a"));
    distinct(anchors.filter_map(|tag| web_url(tag, base.as_ref())).filter(is_feed_path))
}

/// What the page's URLs are relative to: the first `<base href>`, itself relative to where the page is from.
fn base_of(tags: &[Tag<'_>], base: Option<&Url>) -> Option<Url> {
    let element = tags.iter().find(|tag| is(tag, "base") && attribute(tag, "href").is_some());
    element.and_then(|tag| web_url(tag, base)).or_else(|| base.cloned())
}

fn web_url(tag: &Tag<'_>, base: Option<&Url>) -> Option<Url> {
    absolute(&attribute(tag, "href")?, base)
}

fn distinct(urls: impl Iterator<Item = Url>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for url in urls.map(String::from) {
        if found.len() == MAX_FEEDS {
            break;
        }
        if !found.contains(&url) {
            found.push(url);
        }
    }
    found
}

/// `rel` has the word `alternate` and the type is a feed's, or it has the word `feed`. WordPress names its API by
/// `application/json` in the same way.
fn is_feed_link(tag: &Tag<'_>) -> bool {
    let rel = attribute(tag, "rel").unwrap_or_default();
    let has = |word: &str| rel.split_ascii_whitespace().any(|part| part.eq_ignore_ascii_case(word));
    let media_type = attribute(tag, "type").unwrap_or_default();
    let media_type = media_type.split(';').next().unwrap_or_default().trim();
    let is_feed_type = FEED_TYPES.iter().any(|feed| feed.eq_ignore_ascii_case(media_type));
    let is_api = attribute(tag, "href").is_some_and(|href| href.contains("/wp-json/"));
    !is_api
        && ((has("alternate") && is_feed_type) || (has("feed") && (is_feed_type || media_type.is_empty())))
}

/// Whether a link looks like one to a feed: by the end of its path, or by WordPress's `?feed=rss2`.
fn is_feed_path(url: &Url) -> bool {
    if url.query_pairs().any(|(name, value)| name == "feed" && !value.is_empty()) {
        return true;
    }
    let path = url.path().trim_end_matches('/').to_ascii_lowercase();
    FEED_PATHS.iter().any(|end| path.ends_with(end))
}

fn is(tag: &Tag<'_>, name: &str) -> bool {
    tag.name.eq_ignore_ascii_case(name)
}

fn attribute<'a>(tag: &Tag<'a>, name: &str) -> Option<Cow<'a, str>> {
    let found = tag.attributes().find(|(key, _)| key.eq_ignore_ascii_case(name));
    found.map(|(_, value)| decode_attribute(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feeds(html: &str) -> Vec<String> {
        linked_feeds(html, Some(&Url::parse("https://example.org/news/index.html").unwrap()))
    }

    #[test]
    fn link_elements_name_the_feeds_in_document_order_without_doubles() {
        let html = r#"<!DOCTYPE html><head><title>News</title>
            <link rel="stylesheet" href="style.css"><link rel=alternate hreflang=fr href="/fr/">
            <link rel="alternate" type="application/rss+xml" title="All" href="feed.xml">
            <LINK REL="Alternate Home" TYPE="application/atom+xml; charset=utf-8" HREF=" /atom ">
            <link rel="alternate" type="application/feed+json" href="https://cdn.example.com/feed.json?a=1&amp;b=2">
            <link rel="alternate" type="application/rss+xml" href="https://example.org/news/feed.xml">
            <link rel="alternate" type="application/rss+xml" href="feed:x"><link rel="alternate" type="application/rss+xml">
            <link rel="alternate" type="application/json" href="https://example.org/wp-json/wp/v2/pages/1">
            <!-- <link rel="alternate" type="application/rss+xml" href="old.xml"> -->
            <script>var x = '<link rel="alternate" type="application/rss+xml" href="script.xml">';</script>
            </head><body><a href="/other.rss">RSS</a>"#;
        let expected = [
            "https://example.org/news/feed.xml",
            "https://example.org/atom",
            "https://cdn.example.com/feed.json?a=1&b=2",
        ];
        assert_eq!(feeds(html), expected);
    }

    #[test]
    fn base_href_is_honoured_and_without_a_base_only_absolute_urls_count() {
        let link = r#"<link rel="alternate" type="application/rss+xml" href="feed.xml">"#;
        assert_eq!(feeds(&format!("<base href='/a/'>{link}")), ["https://example.org/a/feed.xml"]);
        assert_eq!(
            feeds(&format!("<base href='javascript:x'>{link}")),
            ["https://example.org/news/feed.xml"]
        );
        assert_eq!(linked_feeds(link, None), [""; 0]);
        let absolute = format!("<base href='https://example.com/b/'>{link}");
        assert_eq!(linked_feeds(&absolute, None), ["https://example.com/b/feed.xml"]);
    }

    #[test]
    fn links_in_the_text_count_only_without_link_elements() {
        let html = r#"<p><a href="/feed/">a</a> <a href="x.RSS?n=1">b</a> <a href="/feeds-we-like">c</a>
            <a href="mailto:me@example.org/feed">d</a> <a href="/feed/">e</a> <a href="data/atom.xml#top">f</a>
            <a href="/?feed=rss2&amp;cat=3">g</a> <a href="/?feeds=1">h</a>"#;
        let expected = [
            "https://example.org/feed/",
            "https://example.org/news/x.RSS?n=1",
            "https://example.org/news/data/atom.xml#top",
            "https://example.org/?feed=rss2&cat=3",
        ];
        assert_eq!(feeds(html), expected);
        assert_eq!(feeds("<p>no feed here"), [""; 0]);
        assert_eq!(feeds(""), [""; 0]);
    }

    #[test]
    fn page_and_list_are_bounded() {
        let link = |n: usize| format!("<link rel=alternate type=application/rss+xml href='/{n}.xml'>");
        let many: String = (0..100).map(link).collect();
        assert_eq!(feeds(&many).len(), MAX_FEEDS);
        let late = format!("{}{}", "é".repeat(MAX_PAGE), link(1));
        assert_eq!(feeds(&late), [""; 0]);
        let deep = format!("{}{}", "<div>".repeat(100_000), link(1));
        assert_eq!(feeds(&deep), ["https://example.org/1.xml"]);
        for hostile in ["<a ", "<a b='", "<!--", "<script>", "<a =", "</", "<base href="] {
            assert_eq!(feeds(&hostile.repeat(MAX_PAGE / hostile.len())), [""; 0], "{hostile}");
        }
    }
}
