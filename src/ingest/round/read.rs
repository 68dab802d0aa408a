//! A document's bytes to drafts: decode, parse, clean. Pure but for the files of a folder, which are read one by one.

use std::path::Path;

use crate::config::PickedArticle;
use crate::ingest::clean::clean_by;
use crate::ingest::clean::document::{
    DocumentError, DocumentFile, is_article_file, is_saved_page, read_document,
};
use crate::ingest::clean::limits::keep_within;
use crate::ingest::clean::page::{PageError, read_page};
use crate::ingest::decode::decode;
use crate::ingest::parse::{Hints, ParseError};
use crate::ingest::read::read_feed;
use crate::model::{About, Deletion, Draft, Pace};

use super::cut::{Cut, cut};
use super::files::{Contents, Listing, read};
use super::mark::{FolderDigest, Label};
use super::pick;
use super::report::in_words;
use super::turn::Job;

/// What a document said.
#[derive(Debug, Clone, Default)]
pub(super) struct Reading {
    /// What it says of itself.
    pub(super) about: About,
    /// Its entries.
    pub(super) drafts: Vec<Draft>,
    /// How many repairs the parser made.
    pub(super) repairs: usize,
    /// Parts of it that could not be read; the rest was.
    pub(super) problems: Vec<String>,
    /// Parts of it that their author does not want read yet, or that are beyond a limit; no failure.
    pub(super) left_out: Vec<String>,
    /// How often it says it is to be asked for.
    pub(super) pace: Pace,
    /// It ends before its end; `drafts` are the entries that came whole.
    pub(super) is_cut: bool,
    /// What it names as deleted.
    pub(super) deleted: Vec<Deletion>,
}

impl Reading {
    /// Whether there was nothing in the document, as far as could be read.
    pub(super) fn is_empty(&self) -> bool {
        self.drafts.is_empty() && self.problems.is_empty()
    }

    fn of_one(draft: Draft) -> Self {
        Self { drafts: vec![draft], ..Self::default() }
    }
}

/// Reads a feed document.
pub(super) fn feed(bytes: &[u8], label: Label<'_>, job: &Job) -> Result<Reading, ParseError> {
    let hints = Hints {
        base_url: label.base.cloned(),
        content_type: label.content_type.map(str::to_owned),
        content_language: label.content_language.map(str::to_owned),
    };
    let mut document = read_feed(bytes, &hints)?;
    let cut = cut(bytes, &document);
    if cut == Some(Cut::InEntry) {
        // Half an article would be an edit of the whole one; it comes again.
        document.entries.pop();
    }
    let left_out = keep_within(&mut document, &job.limits);
    let (repairs, pace) = (document.warnings.len(), Pace::of(&document.meta));
    let cleaned = clean_by(document, label.url, job.clean);
    Ok(Reading {
        about: cleaned.about,
        drafts: cleaned.drafts,
        repairs,
        pace,
        left_out,
        is_cut: cut.is_some(),
        deleted: cleaned.deleted,
        ..Reading::default()
    })
}

/// Reads a hand-picked page.
pub(super) fn page(bytes: &[u8], label: Label<'_>, picked: &PickedArticle) -> Result<Reading, PageError> {
    let hints = Hints { content_type: label.content_type.map(str::to_owned), ..Hints::default() };
    let html = decode(bytes, &hints);
    let draft = read_page(&html.text, label.url)?.draft;
    Ok(Reading::of_one(pick::apply(draft, picked)))
}

/// Why a picked file gives no article.
#[derive(Debug, thiserror::Error)]
pub(super) enum ArticleFileError {
    #[error("not a kind of article file; text (.txt), Markdown (.md) and HTML (.html) are read")]
    Kind,
    #[error(transparent)]
    Document(#[from] DocumentError),
    #[error(transparent)]
    Page(#[from] PageError),
}

/// Reads a hand-picked article file; its name is the path relative to the config.
pub(super) fn article_file(
    name: &str,
    contents: &Contents,
    picked: &PickedArticle,
) -> Result<Reading, ArticleFileError> {
    if !is_article_file(name) {
        return Err(ArticleFileError::Kind);
    }
    let html = decode(&contents.bytes, &Hints::default()).text;
    let draft = if is_saved_page(name, &html) {
        read_page(&html, None)?.draft
    } else {
        read_document(&document_file(name, contents))?
    };
    Ok(Reading::of_one(pick::apply(draft, picked)))
}

/// The digest of a folder's files; `None` if not all of them can be read. One file is in memory at a time.
pub(super) fn folder_digest(listing: &Listing, limit: u64) -> Option<blake3::Hash> {
    let mut digest = FolderDigest::default();
    for (name, path) in &listing.files {
        digest.add(name, &read(path, limit).ok()?.bytes);
    }
    listing.problems.is_empty().then(|| digest.finish())
}

/// Reads a folder's article files. One file is in memory at a time.
pub(super) fn folder(path: &Path, listing: &Listing, limit: u64) -> Reading {
    let mut reading = Reading::default();
    reading.problems.extend(listing.problems.iter().map(|problem| in_words(problem)));
    for (name, file) in &listing.files {
        match read(file, limit) {
            Err(problem) => reading.problems.push(in_words(&problem)),
            Ok(contents) => match read_document(&document_file(name, &contents)) {
                Ok(draft) => reading.drafts.push(draft),
                Err(problem) => {
                    let message = in_words(&format!("{}: {problem}", path.join(name).display()));
                    match problem {
                        DocumentError::Draft => reading.left_out.push(message),
                        _ => reading.problems.push(message),
                    }
                }
            },
        }
    }
    reading
}

fn document_file<'a>(name: &'a str, contents: &'a Contents) -> DocumentFile<'a> {
    DocumentFile { name, bytes: &contents.bytes, modified: contents.modified }
}
