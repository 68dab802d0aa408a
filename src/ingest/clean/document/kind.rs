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
        let is_page = start
            .strip_prefix('<')
            .is_some_and(|tag| tag.starts_with(|c: char| c.is_ascii_alphabetic() || "!?".contains(c)))
            && !start.starts_with("<http");
        let has_heading =
            text.lines().take(50).any(|line| ["# ", "## ", "### "].iter().any(|mark| line.starts_with(mark)));
        if is_page {
            Self::Html
        } else if looks_like_mail(text) {
            Self::Mail
        } else if begins_with_front_matter(start) || has_heading {
            Self::Markdown
        } else {
            Self::Text
        }
    }
}

/// Whether a text begins as a front matter does.
pub(super) fn begins_with_front_matter(text: &str) -> bool {
    ["---\n", "+++\n", "{\n", "{\""].iter().any(|fence| text.starts_with(fence))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_name_does_not_tell_the_text_does() {
        let table = [
            ("<!DOCTYPE html><p>x", Kind::Html),
            ("\n <div>x</div>", Kind::Html),
            ("<https://example.org>\n\nx", Kind::Text),
            ("---\ntitle: x\n---\n", Kind::Markdown),
            ("x\n\n## Part\n", Kind::Markdown),
            ("From: a@example.org\nMIME-Version: 1.0\nSubject: x\n\nText", Kind::Mail),
            ("Title: x\nAuthor: y\n\nText", Kind::Text),
            ("x\n\n#metoo", Kind::Text),
            ("", Kind::Text),
        ];
        for (text, wanted) in table {
            assert_eq!(Kind::looking_at(text), wanted, "{text}");
        }
    }
}
