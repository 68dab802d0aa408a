//! Web pages: one article from a page. `metadata` reads what it says of itself, `body` its words; here they become
//! one value.

mod body;
mod json_ld;
mod metadata;
mod next;

use std::collections::HashSet;

use ::url::Url;
use dom_query::Document;

use super::keys::{article_link_key, hash_key};
use super::language;
use crate::markup::tame_page;
use crate::markup::text::story_of;
use crate::model::link::{clean_url, link_form};
use crate::model::words::count_words;
use crate::model::{ArticleBody, Draft, PlainText, SafeHtml};
use body::Asked;
use metadata::Metadata;

/// Why a page gives no article.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PageError {
    /// No article can be made out.
    #[error("no article can be made out on the page: {0}")]
    NoArticle(String),
}

/// The article of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageArticle {
    /// As any other article.
    pub draft: Draft,
    /// The names of who wrote it, in one line.
    pub byline: Option<PlainText>,
    /// Some lines about the author, where there is one.
    pub author_bio: Option<PlainText>,
    /// What the site calls itself.
    pub site_name: Option<PlainText>,
    /// The next page of the same article.
    pub next: Option<Url>,
    /// Fingerprints of the blocks of text that were kept: what many pages of a site have in common is no part of a
    /// story.
    pub blocks: Vec<u64>,
}

/// Reads the article of a web page. `url` is where the page was fetched from; without one only absolute links stay.
///
/// # Errors
/// [`PageError`] when there is none.
pub fn read_page(html: &str, url: Option<&Url>) -> Result<PageArticle, PageError> {
    read_page_of_site(html, url, &HashSet::new())
}

/// As [`read_page`], where something is known of the site: `boilerplate` has the fingerprints of blocks
/// ([`PageArticle::blocks`]) that several of its pages have in common.
///
/// # Errors
/// [`PageError`] when there is no article.
pub fn read_page_of_site(
    html: &str,
    url: Option<&Url>,
    boilerplate: &HashSet<u64>,
) -> Result<PageArticle, PageError> {
    let page = Document::from(tame_page(html));
    let objects = json_ld::objects(&page);
    let metadata = metadata::of(&page, &objects, url);
    let next = url.and_then(|url| next::next_page(&page, url));
    // A page in a file says itself where it is from.
    let here = url.or(metadata.canonical.as_ref());
    let body = body::of(&page, &Asked { metadata: &metadata, objects: &objects, url: here, boilerplate });
    Ok(PageArticle { next, blocks: body.blocks, ..article(metadata, body.html, url)? })
}

fn article(metadata: Metadata, content: SafeHtml, fetched: Option<&Url>) -> Result<PageArticle, PageError> {
    let page = metadata.canonical.as_ref().or(fetched).map(clean_url);
    let story = story_of(&content);
    let words = count_words(story.as_str());
    if words == 0 {
        return Err(PageError::NoArticle("it has no text".to_owned()));
    }
    let title = if metadata.title.is_empty() { first_words(&story) } else { metadata.title };
    let urls = page.iter().chain(fetched);
    let mut keys: Vec<_> = urls.filter_map(|url| article_link_key(url, link_form, None)).collect();
    keys.dedup();
    // A page is asked for by its address, a front page too.
    if keys.is_empty() {
        keys.push(hash_key(title.as_str(), metadata.published));
    }
    let body = ArticleBody {
        title,
        url: page,
        summary: metadata.summary,
        content: Some(content),
        authors: metadata.authors,
        tags: metadata.tags,
        language: metadata.language.or_else(|| language::detect(story.as_str())),
        image: metadata.image,
        words,
        ..ArticleBody::default()
    };
    let updated = metadata.updated.filter(|&at| Some(at) > metadata.published);
    let draft = Draft { keys, guid: None, body, published: metadata.published, updated, file_time: None };
    let Metadata { byline, author_bio, site_name, .. } = metadata;
    Ok(PageArticle { draft, byline, author_bio, site_name, next: None, blocks: Vec::new() })
}

/// The headline of a page that has none: its first line, or the beginning of that.
fn first_words(story: &PlainText) -> PlainText {
    let line = story.as_str().lines().next().unwrap_or_default();
    let start = &line[..line.floor_char_boundary(120)];
    let whole = start.rsplit_once(' ').map_or(start, |(words, _)| words);
    PlainText::line(if start.len() < line.len() { whole } else { line })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Key;

    const TEXT: &str = "The mill at the river turned again on Monday, for the first time in eleven years, after a \
                        society of neighbours had repaired its wheel, its stones and its roof.";

    fn page(head: &str, article: &str) -> String {
        let paragraphs = format!("<p>{TEXT}</p>").repeat(6);
        format!(
            "<!doctype html><html lang=en_gb><head><title>Mill turns again - The Example</title>{head}</head><body>\
             <nav><a href=/>Home</a></nav><article><h1>Mill turns again</h1>{article}{paragraphs}</article>\
             <footer>All rights reserved</footer></body></html>"
        )
    }

    fn read(head: &str, article: &str) -> Draft {
        let url = Url::parse("https://example.org/news/1?utm_source=x").unwrap();
        read_page(&page(head, article), Some(&url)).unwrap().draft
    }

    #[test]
    fn a_page_gives_its_article() {
        let head = "<meta property='article:published_time' content='2024-05-01T10:00:00Z'>\
                    <meta name=author content='By Jane Doe and John Roe'>\
                    <meta name=description content='Neighbours repaired it.'>\
                    <meta property='og:image' content='/mill.jpg'>";
        let Draft { keys, guid, body, published, .. } =
            read(head, "<script>alert(1)</script><img src=a.png onerror=x>");
        let content = body.content.unwrap();
        assert!(
            content.as_str().contains("eleven years")
                && content.as_str().contains("https://example.org/news/a.png")
        );
        assert!(
            !content.as_str().contains("Home")
                && !content.as_str().contains("alert")
                && !content.as_str().contains("onerror")
        );
        assert_eq!(body.title.as_str(), "Mill turns again");
        assert_eq!(
            body.authors.iter().map(|author| author.name.as_str()).collect::<Vec<_>>(),
            ["Jane Doe", "John Roe"]
        );
        assert_eq!(body.summary.unwrap().as_str(), "Neighbours repaired it.");
        assert_eq!(body.image.unwrap().as_str(), "https://example.org/mill.jpg");
        assert_eq!(published.unwrap().to_rfc3339(), "2024-05-01T10:00:00+00:00");
        assert_eq!((body.language.as_deref(), guid), (Some("en-GB"), None));
        assert_eq!(keys, [Key::Link("example.org/news/1".into())]);
    }

    #[test]
    fn a_canonical_address_counts_on_its_own_host_only() {
        let own = read("<link rel=canonical href=/news/mill>", "");
        assert_eq!(own.body.url.unwrap().as_str(), "https://example.org/news/mill");
        assert_eq!(
            own.keys,
            [Key::Link("example.org/news/mill".into()), Key::Link("example.org/news/1".into())]
        );
        for foreign in ["https://example.com/news/mill", "/", "javascript:x"] {
            let draft = read(&format!("<link rel=canonical href='{foreign}'>"), "");
            assert_eq!(draft.body.url.unwrap().as_str(), "https://example.org/news/1", "{foreign}");
        }
    }

    #[test]
    fn a_page_without_headline_has_its_first_words() {
        let title = |html: &str| read_page(html, None).unwrap().draft.body.title;
        assert_eq!(title("<body><p>Two words").as_str(), "Two words");
        let long = title(&format!("<body><p>{TEXT}"));
        assert!(TEXT.starts_with(long.as_str()) && (100..=120).contains(&long.as_str().len()), "{long}");
    }

    #[test]
    fn a_page_without_article_is_an_error_and_a_deep_one_no_danger() {
        let url = Some(&Url::parse("https://example.org/").unwrap());
        assert!(read_page("", url).is_err());
        assert!(read_page("<title>x</title><body></body>", url).is_err());
        let deep = page("", &"<div>".repeat(100_000));
        assert!(read_page(&deep, url).is_ok_and(|article| article.draft.body.words > 100));
    }
}
