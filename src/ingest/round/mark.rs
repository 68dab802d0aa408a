//! The mark of a reading: a digest of what was read and of how, so that the same bytes are not read twice. Pure.

use blake3::{Hash, Hasher};
use url::Url;

use crate::config::PickedArticle;
use crate::model::CleanSteps;

/// Raised whenever parser or cleaner come to say something else of the same bytes: all documents are read anew then.
pub const READER_VERSION: u32 = 5;

/// What a reading depends on besides the document itself: the reader's version, and what the config says instead, which
/// is kept here as a word without a colon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Facts(String);

impl Facts {
    /// The facts of a folder, or of a feed cleaned by all steps: the reader's version alone.
    pub(super) fn plain() -> Self {
        Self(String::new())
    }

    /// The facts of a feed that is cleaned by these steps.
    pub(super) fn of_feed(steps: CleanSteps) -> Self {
        if steps == CleanSteps::ALL { Self::plain() } else { Self(format!("{:x}", steps.bits())) }
    }

    /// The facts of a hand-picked article: what the editor says is part of what is kept.
    pub(super) fn of_pick(pick: &PickedArticle) -> Self {
        let mut hasher = Hasher::new();
        for text in pick.title.iter().chain(&pick.note) {
            part(&mut hasher, text.as_str().as_bytes());
        }
        hasher.update(&[u8::from(pick.title.is_some()), u8::from(pick.note.is_some())]);
        for tag in &pick.tags {
            part(&mut hasher, tag.as_str().as_bytes());
        }
        let digest = hasher.finalize().to_hex();
        Self(digest[..16].to_owned())
    }

    /// The mark of a document read under these facts.
    pub(super) fn mark(&self, digest: &Hash) -> String {
        format!("{READER_VERSION}:{}:{}", self.0, &digest.to_hex()[..32])
    }

    /// Whether a mark was made under these facts: only then is "not modified" an answer that we can use.
    pub(super) fn made(&self, mark: &str) -> bool {
        !self.reread_since(mark) && !self.reworded_since(mark)
    }

    /// Whether a mark was made by another reader: what is different since may be its doing.
    pub(super) fn reread_since(&self, mark: &str) -> bool {
        let version = mark.split(':').next().and_then(|version| version.parse().ok());
        version != Some(READER_VERSION)
    }

    /// Whether a mark was made when the config said something else of the document; the reader's version aside.
    pub(super) fn reworded_since(&self, mark: &str) -> bool {
        mark.split(':').nth(1) != Some(self.0.as_str())
    }
}

/// Where a document was and what its headers said: they change what is read from the same bytes.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Label<'a> {
    /// Where it was.
    pub(super) url: Option<&'a Url>,
    /// The base of relative URLs.
    pub(super) base: Option<&'a Url>,
    /// `Content-Type`: may name the encoding.
    pub(super) content_type: Option<&'a str>,
    /// `Content-Language`.
    pub(super) content_language: Option<&'a str>,
}

/// The digest of a document.
pub(super) fn digest(bytes: &[u8], label: Label<'_>) -> Hash {
    let mut hasher = Hasher::new();
    let (url, base) = (label.url.map(Url::as_str), label.base.map(Url::as_str));
    for text in [url, base, label.content_type, label.content_language] {
        part(&mut hasher, text.unwrap_or_default().as_bytes());
    }
    hasher.update(bytes);
    hasher.finalize()
}

/// The digest of a folder, file by file.
#[derive(Default)]
pub(super) struct FolderDigest(Hasher);

impl FolderDigest {
    /// Adds a file.
    pub(super) fn add(&mut self, name: &str, bytes: &[u8]) {
        part(&mut self.0, name.as_bytes());
        part(&mut self.0, bytes);
    }

    /// The digest of all.
    pub(super) fn finish(&self) -> Hash {
        self.0.finalize()
    }
}

/// With its length before it, so that no two lists of parts give the same bytes.
fn part(hasher: &mut Hasher, bytes: &[u8]) {
    hasher.update(&(bytes.len() as u64).to_le_bytes()).update(bytes);
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use crate::config::Place;
    use crate::model::PlainText;

    use super::*;

    fn pick(title: Option<&str>, note: Option<&str>, tags: &[&str]) -> PickedArticle {
        PickedArticle {
            place: Place::File(PathBuf::from("a.txt")),
            title: title.map(PlainText::line),
            note: note.map(PlainText::line),
            tags: tags.iter().copied().map(PlainText::line).collect(),
        }
    }

    #[test]
    fn any_word_of_the_editor_makes_other_facts() {
        let all = [
            pick(None, None, &[]),
            pick(Some("a"), None, &[]),
            pick(None, Some("a"), &[]),
            pick(None, None, &["a"]),
            pick(Some("a"), Some("b"), &[]),
            pick(Some("a"), None, &["b"]),
            pick(None, None, &["a", "b"]),
        ];
        for (i, one) in all.iter().enumerate() {
            for (j, other) in all.iter().enumerate() {
                assert_eq!(Facts::of_pick(one) == Facts::of_pick(other), i == j, "{i} and {j}");
            }
        }
    }

    #[test]
    fn a_mark_tells_under_which_facts_it_was_made() {
        let mark = Facts::plain().mark(&digest(b"<rss/>", Label::default()));
        assert!(Facts::plain().made(&mark));
        assert!(!Facts::plain().reworded_since(&mark));
        let older = mark.replacen(&READER_VERSION.to_string(), "0", 1);
        assert!(!Facts::plain().made(&older));
        assert!(!Facts::plain().reworded_since(&older), "another reader, but the same words");
        assert!(Facts::plain().reread_since(&older) && !Facts::plain().reread_since(&mark));
        let picked = Facts::of_pick(&pick(Some("a"), None, &[]));
        assert!(!picked.made(&mark));
        assert!(picked.reworded_since(&mark));
    }

    #[test]
    fn other_steps_of_cleaning_are_other_facts() {
        let some = Facts::of_feed(CleanSteps::WORDLESS);
        let mark = Facts::of_feed(CleanSteps::ALL).mark(&digest(b"<rss/>", Label::default()));
        assert!(Facts::plain().made(&mark) && !some.made(&mark) && some.reworded_since(&mark));
        assert!(!some.made(&Facts::of_feed(CleanSteps::NONE).mark(&digest(b"<rss/>", Label::default()))));
    }

    #[test]
    fn bytes_and_label_both_count() {
        let plain = digest(b"<rss/>", Label::default());
        let url = Url::parse("https://example.org/").unwrap();
        for other in [
            digest(b"<rss />", Label::default()),
            digest(b"<rss/>", Label { content_type: Some("text/xml"), ..Label::default() }),
            digest(b"<rss/>", Label { content_language: Some("text/xml"), ..Label::default() }),
            digest(b"<rss/>", Label { url: Some(&url), ..Label::default() }),
            digest(b"<rss/>", Label { base: Some(&url), ..Label::default() }),
        ] {
            assert_ne!(plain, other);
        }
    }

    #[test]
    fn a_folder_changes_when_text_moves_from_one_file_to_the_next() {
        let folder = |files: &[(&str, &str)]| {
            let mut digest = FolderDigest::default();
            files.iter().for_each(|(name, text)| digest.add(name, text.as_bytes()));
            digest.finish()
        };
        assert_ne!(folder(&[("a", "xy"), ("b", "z")]), folder(&[("a", "x"), ("b", "yz")]));
        assert_ne!(folder(&[("a", "x")]), folder(&[("b", "x")]));
    }
}
