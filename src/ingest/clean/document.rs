//! Article documents: one article from a file of text, Markdown or HTML.

use chrono::{DateTime, Utc};

use crate::model::Draft;

/// A file, read.
#[derive(Debug, Clone)]
pub struct DocumentFile<'a> {
    /// Its path relative to the folder, with `/`: the article's guid key, and the extension that tells the kind.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// When the file was last modified: the date of last resort.
    pub modified: Option<DateTime<Utc>>,
}

/// Why a file holds no article.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// Nothing but white space.
    #[error("the file is empty")]
    Empty,
    /// No headline can be made out.
    #[error("no headline: the first block of a text, a `title` in the front matter, or a <title>")]
    NoTitle,
    /// The front matter cannot be read.
    #[error("front matter, line {line}: {cause}")]
    FrontMatter {
        /// From 1, in the file.
        line: usize,
        /// What is wrong.
        cause: String,
    },
}

/// Whether the name's extension is of a kind that is read (`txt`, `text`, `md`, `markdown`, `html`, `htm`, `xhtml`).
#[must_use]
pub fn is_article_file(name: &str) -> bool {
    let _ = name;
    false
}

/// Reads an article document.
///
/// # Errors
/// [`DocumentError`] when there is no article in it.
pub fn read_document(file: &DocumentFile<'_>) -> Result<Draft, DocumentError> {
    let _ = file;
    Err(DocumentError::Empty)
}
