//! Web pages: one article from a page.

use ::url::Url;

use crate::model::Draft;

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
    let _ = (html, url);
    Err(PageError::NoArticle(String::new()))
}
