//! Web pages: one article from a page, by Mozilla's Readability as `dom_smoothie` has it.

use ::url::Url;
use dom_smoothie::{Article, Config, Readability};

use crate::ingest::parse::date::parse_date;
use crate::model::labels::language_tag;
use crate::model::{ArticleBody, CleanSteps, Draft, PlainText};

use super::document::{authors, line, names, unlabelled, without_site};
use super::keys::{article_link_key, hash_key};
use super::{Sanitizer, Subject};
use crate::markup::tame_page;
use crate::markup::text::text_of;
use crate::model::link::{absolute, clean_url};
use crate::model::words::count_words;

/// Elements of a page that are read; more are a data table, not an article.
const MAX_ELEMENTS: usize = 100_000;

/// Why a page gives no article.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PageError {
    /// No article can be made out.
    #[error("no article can be made out on the page: {0}")]
    NoArticle(String),
}

/// Reads the article of a web page. `url` is where the page was fetched from.
///
/// # Errors
/// [`PageError`] when there is none.
pub fn read_page(html: &str, url: &Url) -> Result<Draft, PageError> {
    let config = Config { max_elements_to_parse: MAX_ELEMENTS, ..Config::default() };
    let fault = |error: dom_smoothie::ReadabilityError| PageError::NoArticle(error.to_string());
    let mut page = Readability::new(tame_page(html), Some(url.as_str()), Some(config)).map_err(fault)?;
    let canonical = canonical(&page, url);
    let headline = line(&page.doc.select("h1").first().text());
    let mut article = page.parse().map_err(fault)?;
    article.title = without_site(&line(&article.title), &headline).to_owned();
    draft(&article, &clean_url(&canonical.unwrap_or_else(|| url.clone())), url)
}

/// The address the page gives itself, on its own host: another host's would be somebody else's article.
fn canonical(page: &Readability, url: &Url) -> Option<Url> {
    let link = page.doc.select("link[rel='canonical']").first();
    let canonical = absolute(&link.attr("href")?, Some(url))?;
    let is_front = canonical.path() == "/" && canonical.query().is_none();
    (canonical.host() == url.host() && (!is_front || url.path() == "/")).then_some(canonical)
}

fn draft(article: &Article, page: &Url, fetched: &Url) -> Result<Draft, PageError> {
    let title = PlainText::line(&article.title);
    let subject =
        Subject { base: Some(fetched), page: Some(page), title: title.as_str(), steps: CleanSteps::ALL };
    let content = Sanitizer::new().clean(&article.content, &subject);
    let words = count_words(text_of(&content).as_str());
    if title.is_empty() || words == 0 {
        let missing = if title.is_empty() { "it has no headline" } else { "it has no text" };
        return Err(PageError::NoArticle(missing.to_owned()));
    }
    let date = |given: &Option<String>| given.as_deref().and_then(parse_date);
    let (published, updated) = (date(&article.published_time), date(&article.modified_time));
    let mut keys: Vec<_> = [page, fetched].iter().filter_map(|url| article_link_key(url, None)).collect();
    keys.dedup();
    // A page is asked for by its address, a front page too.
    if keys.is_empty() {
        keys.push(hash_key(title.as_str(), published));
    }
    let byline = article.byline.as_deref().filter(|byline| !byline.contains("://"));
    let body = ArticleBody {
        title,
        url: Some(page.clone()),
        summary: article.excerpt.as_deref().map(PlainText::block).filter(|summary| !summary.is_empty()),
        content: Some(content),
        authors: authors(&byline.map(|line| names(unlabelled(line))).unwrap_or_default(), None),
        language: article.lang.as_deref().and_then(language_tag),
        image: article.image.as_deref().and_then(|image| absolute(image, Some(fetched))),
        words,
        ..ArticleBody::default()
    };
    Ok(Draft { keys, guid: None, body, published, updated: updated.filter(|&at| Some(at) > published) })
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
        read_page(&page(head, article), &url).unwrap()
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
    fn a_page_without_article_is_an_error_and_a_deep_one_no_danger() {
        let url = Url::parse("https://example.org/").unwrap();
        assert!(read_page("", &url).is_err());
        assert!(read_page("<title>x</title><body></body>", &url).is_err());
        let deep = page("", &"<div>".repeat(100_000));
        assert!(read_page(&deep, &url).is_ok_and(|draft| draft.body.words > 100));
    }
}
