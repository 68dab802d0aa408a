//! What a feed said of an article, and what its page says: the feed's own words win, the page fills the gaps.

use super::PageArticle;
use crate::model::{ArticleBody, Draft};

/// The draft of a feed's entry, with what the feed left empty taken from the article's page. Identity and body stay the
/// feed's: keys are of its document, and whether the page's words take the place of its own is the source's setting.
#[must_use]
pub fn fill(feed: Draft, page: PageArticle) -> Draft {
    let PageArticle { draft: page, .. } = page;
    let (own, found) = (feed.body, page.body);
    let body = ArticleBody {
        title: if own.title.is_empty() { found.title } else { own.title },
        url: own.url.or(found.url),
        summary: own.summary.filter(|summary| !summary.is_empty()).or(found.summary),
        authors: if own.authors.is_empty() { found.authors } else { own.authors },
        tags: if own.tags.is_empty() { found.tags } else { own.tags },
        language: own.language.or(found.language),
        image: own.image.or(found.image),
        ..own
    };
    let published = feed.published.or(page.published);
    let updated = feed.updated.or(page.updated).filter(|&at| Some(at) > published);
    Draft { body, published, updated, ..feed }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::parse::date::parse_date;
    use crate::model::{Author, Key, PlainText};
    use ::url::Url;

    fn draft(word: &str, day: &str) -> Draft {
        let text = |kind: &str| PlainText::line(&format!("{word} {kind}"));
        let url = Url::parse(&format!("https://example.org/{word}")).ok();
        let body = ArticleBody {
            title: text("title"),
            url: url.clone(),
            summary: Some(text("summary")),
            authors: vec![Author { name: text("author"), ..Author::default() }],
            tags: vec![text("tag")],
            language: Some("en".to_owned()),
            image: url,
            words: 7,
            ..ArticleBody::default()
        };
        Draft {
            keys: vec![Key::Guid(word.to_owned())],
            guid: None,
            body,
            published: parse_date(day),
            updated: None,
            file_time: None,
        }
    }

    fn page() -> PageArticle {
        let draft = Draft { updated: parse_date("2024-05-09"), ..draft("page", "2024-05-02") };
        PageArticle { draft, byline: None, author_bio: None, site_name: None, next: None, blocks: Vec::new() }
    }

    #[test]
    fn the_feeds_own_values_win() {
        let feed = Draft { updated: parse_date("2024-05-03"), ..draft("feed", "2024-05-01") };
        assert_eq!(fill(feed.clone(), page()), feed);
    }

    #[test]
    fn what_the_feed_left_empty_comes_from_the_page() {
        let feed = Draft { body: ArticleBody::default(), published: None, ..draft("feed", "") };
        let filled = fill(feed.clone(), page());
        let ArticleBody { words, .. } = feed.body;
        assert_eq!(filled.body, ArticleBody { words, ..page().draft.body });
        assert_eq!((filled.published, filled.updated), (page().draft.published, page().draft.updated));
        assert_eq!(filled.keys, feed.keys);
    }

    #[test]
    fn a_change_before_the_publication_is_none() {
        let filled = fill(draft("feed", "2024-05-20"), page());
        assert_eq!(filled.updated, None);
    }
}
