//! An output feed to the bytes of its documents: a file a format. Pure; same feed, same bytes: no date but the feed's own,
//! no version of Feedmill, so that an upgrade rewrites nothing.

mod atom;
mod check;
mod date;
mod index;
mod json;
mod opml;
mod rss;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

use crate::model::uri::{escape_uri, urn_uuid};
use crate::model::{OutputFeed, OutputFormat, OutputItem};

pub use index::{INDEX_FILE, index};
pub use opml::{OPML_FILE, opml};

/// What the documents say made them.
const GENERATOR: &str = "Feedmill";

/// Why a document was not written: a fault of Feedmill's own, found by reading back what it made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("feed `{feed}`: the {format} document is not well-formed: {cause}; please report this")]
pub struct RenderError {
    /// The output feed.
    pub feed: String,
    /// The format's name.
    pub format: &'static str,
    /// What the reader of it said.
    pub cause: String,
}

impl RenderError {
    fn new(feed: &str, format: &'static str, cause: &dyn ToString) -> Self {
        Self { feed: feed.to_owned(), format, cause: cause.to_string() }
    }
}

/// Renders a feed in a format.
///
/// # Errors
/// [`RenderError`] when the document does not read back.
pub fn render(feed: &OutputFeed, format: OutputFormat) -> Result<Vec<u8>, RenderError> {
    match format {
        OutputFormat::Rss => rss::render(feed),
        OutputFormat::Atom => atom::render(feed),
        OutputFormat::Json => json::render(feed),
    }
}

/// An XML document as a writer made it, read back; with a line end behind it.
fn checked(
    feed: &str,
    format: &'static str,
    written: Result<Vec<u8>, impl ToString>,
) -> Result<Vec<u8>, RenderError> {
    let mut document = written.map_err(|cause| RenderError::new(feed, format, &cause))?;
    check::well_formed(&document).map_err(|cause| RenderError::new(feed, format, &cause))?;
    document.push(b'\n');
    Ok(document)
}

/// A URL as feed formats want it (RFC 3986).
fn uri(url: &url::Url) -> String {
    escape_uri(url.as_str()).into_owned()
}

/// The name of a feed that has no URL: a URN of its id and title.
fn feed_urn(feed: &OutputFeed) -> String {
    urn_uuid(&[feed.id.as_str(), feed.title.as_str()])
}

/// The language of an item, where it is not the one the feed says for all.
fn own_language<'a>(feed: &OutputFeed, item: &'a OutputItem) -> Option<&'a str> {
    item.language.as_deref().filter(|&language| feed.language.as_deref() != Some(language))
}
