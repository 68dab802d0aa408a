//! How a file is written: by its name, else by looking.

use super::mail::looks_like_mail;

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Markdown,
    Html,
    Mail,
}

impl Kind {
    pub(super) fn of(name: &str) -> Option<Self> {
        let file = name.rsplit('/').next().unwrap_or(name);
        let (stem, extension) = file.rsplit_once('.')?;
        match extension.to_ascii_lowercase().as_str() {
            _ if stem.is_empty() => None,
            "txt" | "text" => Some(Self::Text),
            "md" | "markdown" => Some(Self::Markdown),
            "html" | "htm" | "xhtml" => Some(Self::Html),
            "eml" => Some(Self::Mail),
            _ => None,
        }
    }

    /// What a text looks like, whose name says nothing.
    pub(super) fn looking_at(text: &str) -> Self {
        let start = text.trim_start();
        let begins = |tag: &str| start.get(..tag.len()).is_some_and(|found| found.eq_ignore_ascii_case(tag));
        let is_page = ["<!doctype html", "<html", "<head", "<body", "<article", "<?xml", "<p>", "<h1"]
            .into_iter()
            .any(begins);
        let has_front_matter = ["---\n", "+++\n", "{\n", "{\""].iter().any(|fence| start.starts_with(fence));
        let has_heading =
            text.lines().take(50).any(|line| ["# ", "## ", "### "].iter().any(|mark| line.starts_with(mark)));
        if is_page {
            Self::Html
        } else if looks_like_mail(text) {
            Self::Mail
        } else if has_front_matter || has_heading {
            Self::Markdown
        } else {
            Self::Text
        }
    }
}
