//! An output feed to the bytes of its documents: a file a format. Pure; same feed, same bytes.

use crate::model::{OutputFeed, OutputFormat};

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

/// Renders a feed in a format.
///
/// # Errors
/// [`RenderError`] when the document does not read back.
pub fn render(feed: &OutputFeed, format: OutputFormat) -> Result<Vec<u8>, RenderError> {
    let _ = (feed, format);
    Ok(Vec::new())
}
