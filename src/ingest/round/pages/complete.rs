//! What an article says with the words of its page. Pure.

use crate::markup::text::text_of;
use crate::model::ArticleBody;

use super::teaser::is_brief;

/// The feed's own words, completed by the page's; `None` where the page does not say more than the feed. The text is the
/// page's; all else is what the feed says, and the page's only where the feed says nothing.
pub(in crate::ingest::round) fn completed(own: &ArticleBody, page: &ArticleBody) -> Option<ArticleBody> {
    let content = page.content.clone().filter(|_| page.words > own.words)?;
    // A text that makes room for the whole one was its summary.
    let teaser =
        || own.content.as_ref().filter(|_| is_brief(own)).map(text_of).filter(|text| !text.is_empty());
    Some(ArticleBody {
        content: Some(content),
        words: page.words,
        summary: own.summary.clone().or_else(teaser).or_else(|| page.summary.clone()),
        authors: if own.authors.is_empty() { page.authors.clone() } else { own.authors.clone() },
        tags: if own.tags.is_empty() { page.tags.clone() } else { own.tags.clone() },
        language: own.language.clone().or_else(|| page.language.clone()),
        image: own.image.clone().or_else(|| page.image.clone()),
        ..own.clone()
    })
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;
    use crate::model::{Author, PlainText, SafeHtml};

    fn line(text: &str) -> PlainText {
        PlainText::line(text)
    }

    fn body(title: &str, text: &str, words: u32) -> ArticleBody {
        let content = Some(SafeHtml::from_text(&line(text)));
        ArticleBody { title: line(title), content, words, ..ArticleBody::default() }
    }

    fn page() -> ArticleBody {
        ArticleBody {
            summary: Some(line("dek")),
            authors: vec![Author { name: line("Jane Doe"), ..Author::default() }],
            tags: vec![line("mills")],
            language: Some("en".to_owned()),
            image: Url::parse("https://example.org/a.jpg").ok(),
            ..body("On the page", "the whole text", 300)
        }
    }

    #[test]
    fn the_text_is_the_pages_and_all_else_the_feeds() {
        let own = ArticleBody {
            authors: vec![Author { name: line("John Roe"), ..Author::default() }],
            language: Some("fr".to_owned()),
            ..body("In the feed", "a teaser", 2)
        };
        let whole = completed(&own, &page()).unwrap();
        assert_eq!((whole.content, whole.words), (page().content, 300));
        assert_eq!(
            (whole.title.as_str(), whole.authors, whole.language),
            ("In the feed", own.authors, own.language)
        );
        assert_eq!(
            (whole.summary.unwrap().as_str(), whole.tags, whole.image),
            ("a teaser", page().tags, page().image)
        );
    }

    #[test]
    fn a_page_that_says_no_more_than_the_feed_is_not_taken() {
        assert_eq!(completed(&body("x", "x", 300), &page()), None);
        assert_eq!(completed(&body("x", "x", 2), &ArticleBody { content: None, ..page() }), None);
    }

    #[test]
    fn a_long_text_of_the_feed_is_no_summary() {
        let whole = completed(&body("x", "x", 200), &page()).unwrap();
        assert_eq!(whole.summary.unwrap().as_str(), "dek");
    }
}
