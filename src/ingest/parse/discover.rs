//! The feeds a web page links to (autodiscovery).
//!
//! A scanner of tags, not an HTML parser: three kinds of element are looked for, and building a tree takes quadratic
//! time in nesting depth (html5ever looks through all open elements at each `<div>`).

use url::Url;

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
];
/// How the paths of links end that lead to feeds.
const FEED_PATHS: &[&str] = &["/feed", "/rss", "/atom", ".rss", ".atom", ".rdf", ".xml", "/feed.json"];

/// The absolute URLs (http, https) of the feeds a page names in `<link rel="alternate">`, in document order without
/// doubles; if it names none, those its text links to by what looks like a feed's path. `base` is the page's own URL.
#[must_use]
pub fn linked_feeds(html: &str, base: Option<&Url>) -> Vec<String> {
    let page = html.get(..html.floor_char_boundary(MAX_PAGE)).unwrap_or(html);
    let tags: Vec<Tag<'_>> = Tags(page).collect();
    let base = base_of(&tags, base);
    let named = tags.iter().filter(|tag| tag.is("link") && is_feed_link(tag));
    let named = distinct(named.filter_map(|tag| web_url(tag, base.as_ref())));
    if !named.is_empty() {
        return named;
    }
    let anchors = tags.iter().filter(|tag| tag.is("a"));
    distinct(anchors.filter_map(|tag| web_url(tag, base.as_ref())).filter(is_feed_path))
}

/// What the page's URLs are relative to: the first `<base href>`, itself relative to where the page is from.
fn base_of(tags: &[Tag<'_>], base: Option<&Url>) -> Option<Url> {
    let element = tags.iter().find(|tag| tag.is("base") && tag.attribute("href").is_some());
    element.and_then(|tag| web_url(tag, base)).or_else(|| base.cloned())
}

fn web_url(tag: &Tag<'_>, base: Option<&Url>) -> Option<Url> {
    let href =
        tag.attribute("href")?.trim().replace("&amp;", "&").replace("&#38;", "&").replace("&#038;", "&");
    let url = Url::options().base_url(base).parse(&href).ok()?;
    matches!(url.scheme(), "http" | "https").then_some(url)
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
    let rel = tag.attribute("rel").unwrap_or_default();
    let has = |word: &str| rel.split_ascii_whitespace().any(|part| part.eq_ignore_ascii_case(word));
    let media_type = tag.attribute("type").unwrap_or_default();
    let media_type = media_type.split(';').next().unwrap_or_default().trim();
    let is_feed_type = FEED_TYPES.iter().any(|feed| feed.eq_ignore_ascii_case(media_type));
    let is_api = tag.attribute("href").is_some_and(|href| href.contains("/wp-json/"));
    !is_api
        && ((has("alternate") && is_feed_type) || (has("feed") && (is_feed_type || media_type.is_empty())))
}

fn is_feed_path(url: &Url) -> bool {
    let path = url.path().trim_end_matches('/').to_ascii_lowercase();
    FEED_PATHS.iter().any(|end| path.ends_with(end))
}

/// A start tag of interest.
struct Tag<'a> {
    name: &'a str,
    /// Names and values as written.
    attributes: Vec<(&'a str, &'a str)>,
}

impl<'a> Tag<'a> {
    fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    fn attribute(&self, name: &str) -> Option<&'a str> {
        let found = self.attributes.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map(|(_, value)| *value)
    }
}

/// The `link`, `a` and `base` tags in what is left of a page.
struct Tags<'a>(&'a str);

impl<'a> Iterator for Tags<'a> {
    type Item = Tag<'a>;

    fn next(&mut self) -> Option<Tag<'a>> {
        loop {
            let (_, rest) = self.0.split_once('<')?;
            if let Some(comment) = rest.strip_prefix("!--") {
                self.0 = comment.split_once("-->")?.1;
                continue;
            }
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
            let (name, rest) = rest.split_at(end);
            self.0 = rest;
            match name.to_ascii_lowercase().as_str() {
                "link" | "a" | "base" => return Some(Tag { name, attributes: self.attributes() }),
                raw @ ("script" | "style" | "template" | "textarea") => self.skip_element(raw),
                _ => {}
            }
        }
    }
}

impl<'a> Tags<'a> {
    /// Goes to the end tag of an element whose content is no markup.
    fn skip_element(&mut self, name: &str) {
        while let Some((_, rest)) = self.0.split_once("</") {
            self.0 = rest;
            if rest.get(..name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name)) {
                return;
            }
        }
        self.0 = "";
    }

    /// Reads the attributes up to and with the tag's end.
    fn attributes(&mut self) -> Vec<(&'a str, &'a str)> {
        let mut attributes = Vec::new();
        loop {
            let rest = self.0.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            let end = rest.find(|c: char| c.is_ascii_whitespace() || "=>/".contains(c)).unwrap_or(rest.len());
            let (name, rest) = rest.split_at(end);
            let behind = rest.trim_ascii_start();
            let value = behind.strip_prefix('=').map(|rest| value(rest.trim_ascii_start()));
            let (value, rest) = value.unwrap_or(("", behind));
            self.0 = rest;
            if !name.is_empty() {
                attributes.push((name, value));
            }
            if rest.is_empty() || rest.starts_with('>') {
                return attributes;
            }
        }
    }
}

/// An attribute's value, with or without quotation marks, and what is behind it.
fn value(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(quoted) = text.strip_prefix(quote) {
            return quoted.split_once(quote).unwrap_or((quoted, ""));
        }
    }
    text.split_at(text.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(text.len()))
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
            <a href="mailto:me@example.org/feed">d</a> <a href="/feed/">e</a> <a href="data/atom.xml#top">f</a>"#;
        let expected = [
            "https://example.org/feed/",
            "https://example.org/news/x.RSS?n=1",
            "https://example.org/news/data/atom.xml#top",
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
