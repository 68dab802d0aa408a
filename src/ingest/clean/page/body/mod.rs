//! The words of an article, out of a page, by Mozilla's Readability as `dom_smoothie` has it.

use ::url::Url;
use dom_query::Document;
use dom_smoothie::{Config, Readability};

use super::super::sanitize;
use super::PageError;
use crate::model::SafeHtml;

/// Elements of a page that are read; more are a data table, not an article.
const MAX_ELEMENTS: usize = 100_000;

/// The body of the page's article.
///
/// # Errors
/// [`PageError`] when none can be made out.
pub(super) fn of(page: Document, url: Option<&Url>) -> Result<SafeHtml, PageError> {
    let config = Config { max_elements_to_parse: MAX_ELEMENTS, ..Config::default() };
    let fault = |error: dom_smoothie::ReadabilityError| PageError::NoArticle(error.to_string());
    let mut reader = Readability::with_document(page, url.map(Url::as_str), Some(config)).map_err(fault)?;
    Ok(sanitize(&reader.parse().map_err(fault)?.content, url))
}
