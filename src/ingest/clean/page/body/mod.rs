//! The words of an article, out of a page. The page is outlined into blocks of text ([`outline`]); names of elements
//! ([`marks`]) and Readability ([`witness`]) say where the story stands ([`region`]) and what of it belongs to it
//! ([`judge`]); what is left is written as HTML ([`write`]).

mod judge;
mod marks;
mod outline;
mod phrases;
mod region;
mod witness;
mod write;

use ::url::Url;
use dom_query::Document;

use super::super::sanitize;
use super::PageError;
use crate::model::SafeHtml;
use judge::Known;
use witness::Witness;

/// The body of the page's article. Takes the page apart.
///
/// # Errors
/// [`PageError`] when none can be made out.
pub(super) fn of(page: &Document, title: &str, url: Option<&Url>) -> Result<SafeHtml, PageError> {
    let witness = Witness::readability(page.clone(), url);
    let outline = outline::outline(page, url.and_then(Url::host_str));
    if outline.blocks.is_empty() {
        return Err(PageError::NoArticle("it has no text".to_owned()));
    }
    let chosen: Vec<bool> = outline.blocks.iter().map(|block| witness.chose(&block.text)).collect();
    let ground = region::ground(&outline, &chosen);
    let known = Known { title, chosen: &chosen, repeats: &|_| false };
    let kept = judge::judge(&outline, &ground, &known);
    Ok(sanitize(&write::html(page, &outline, &ground, &kept), url))
}
