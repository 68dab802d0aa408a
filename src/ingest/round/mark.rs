//! The mark of a reading: a digest of what was read and of how, so that the same bytes are not read twice. Pure.

use blake3::{Hash, Hasher};
use url::Url;

use crate::config::PickedArticle;
use crate::ingest::fetch::Fetched;
use crate::model::CleanSteps;

use super::expand::What;

/// Raised whenever parser or cleaner come to say something else of the same bytes: all documents are read anew then.
pub const READER_VERSION: u32 = 6;

/// What a reading depends on besides the document itself: the reader's version, and what the config says instead, which
/// is kept here as a word without a colon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Facts(String);

impl Facts {
    /// The facts of a document of a source whose articles are cleaned by these steps. One's own articles are only made safe,
    /// whatever the config says.
    pub(super) fn of(what: &What, steps: CleanSteps) -> Self {
        match what {
            What::Feed(_) | What::FeedFile(_) => Self::of_feed(steps),
            What::Folder(_) => Self::plain(),
            What::Page(_, pick) | What::ArticleFile(_, pick) => Self::of_pick(pick),
        }
    }

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
        format!("{READER_VERSION}:{}:{}", self.0, in_short(digest))
    }

    /// The mark of a document that was fetched: the digest of what was sent stands behind its own, if it was packed.
    pub(super) fn mark_of_fetched(&self, digest: &Hash, sent: Sent) -> String {
        match sent {
            Sent::Plain(_) => self.mark(digest),
            Sent::Packed(sent) => format!("{}/{}", self.mark(digest), in_short(&sent)),
        }
    }

    /// Whether a mark was made under these facts: only then is "not modified" an answer that we can use.
    pub(super) fn made(&self, mark: &str) -> bool {
        self.behind(mark).is_some()
    }

    /// Whether a document with this digest was read under these facts.
    pub(super) fn know(&self, mark: &str, digest: &Hash) -> bool {
        self.digests(mark).is_some_and(|(known, _)| known == in_short(digest).as_str())
    }

    /// Whether the document that is sent so was read under these facts. If not, unpacked it may still be the same.
    pub(super) fn know_as_sent(&self, mark: &str, sent: Sent) -> bool {
        match sent {
            Sent::Plain(digest) => self.know(mark, &digest),
            Sent::Packed(sent) => {
                self.digests(mark).is_some_and(|(_, known)| known == Some(in_short(&sent).as_str()))
            }
        }
    }

    /// The digests in a mark that was made under these facts: of the document, and of how it was sent.
    fn digests<'a>(&self, mark: &'a str) -> Option<(&'a str, Option<&'a str>)> {
        let digests = self.behind(mark)?;
        Some(digests.split_once('/').map_or((digests, None), |(document, sent)| (document, Some(sent))))
    }

    /// What stands behind these facts in a mark that was made under them.
    fn behind<'a>(&self, mark: &'a str) -> Option<&'a str> {
        let (version, rest) = mark.split_once(':')?;
        let (word, digests) = rest.split_once(':')?;
        (is_present(version) && word == self.0).then_some(digests)
    }

    /// Whether a mark was made by another reader: what is different since may be its doing.
    pub(super) fn reread_since(&self, mark: &str) -> bool {
        !mark.split(':').next().is_some_and(is_present)
    }

    /// Whether a mark was made when the config said something else of the document; the reader's version aside.
    pub(super) fn reworded_since(&self, mark: &str) -> bool {
        mark.split(':').nth(1) != Some(self.0.as_str())
    }
}

/// Whether this reader's version is written so.
fn is_present(version: &str) -> bool {
    version.parse() == Ok(READER_VERSION)
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

impl<'a> Label<'a> {
    /// What was said of a document that was fetched.
    pub(super) fn of(fetched: &'a Fetched) -> Self {
        Self {
            url: Some(&fetched.url),
            base: Some(&fetched.base),
            content_type: fetched.content_type.as_deref(),
            content_language: fetched.content_language.as_deref(),
        }
    }
}

/// The digest of a document.
pub(super) fn digest(bytes: &[u8], label: Label<'_>) -> Hash {
    digest_as(None, bytes, label)
}

/// The digest of a body as it was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sent {
    /// That of the document, which was not packed.
    Plain(Hash),
    /// That of the document as it was packed: the same bytes unpack to the same document.
    Packed(Hash),
}

impl Sent {
    /// The digest of this body, which is not unpacked for it.
    pub(super) fn of(fetched: &Fetched) -> Self {
        let (coding, sent, label) = (fetched.body.coding(), fetched.body.sent(), Label::of(fetched));
        let digest = digest_as(coding, sent, label);
        if coding.is_some() { Self::Packed(digest) } else { Self::Plain(digest) }
    }
}

fn digest_as(coding: Option<&str>, bytes: &[u8], label: Label<'_>) -> Hash {
    let mut hasher = Hasher::new();
    let (url, base) = (label.url.map(Url::as_str), label.base.map(Url::as_str));
    for text in [url, base, label.content_type, label.content_language] {
        part(&mut hasher, text.unwrap_or_default().as_bytes());
    }
    if let Some(coding) = coding {
        part(&mut hasher, coding.as_bytes());
    }
    hasher.update(bytes);
    hasher.finalize()
}

/// Half of a digest, in hex: none that differ will ever begin alike.
fn in_short(digest: &Hash) -> String {
    digest.to_hex()[..32].to_owned()
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
    fn a_mark_knows_the_document_and_how_it_was_sent() {
        let of = |text: &[u8]| digest(text, Label::default());
        let (facts, sent) = (Facts::plain(), Sent::Packed(of(b"packed")));
        let mark = facts.mark_of_fetched(&of(b"<rss/>"), sent);
        assert!(facts.made(&mark) && facts.know(&mark, &of(b"<rss/>")) && facts.know_as_sent(&mark, sent));
        for other in
            [Sent::Packed(of(b"packed anew")), Sent::Packed(of(b"<rss/>")), Sent::Plain(of(b"packed"))]
        {
            assert!(!facts.know_as_sent(&mark, other), "{other:?}");
        }
        assert!(facts.know_as_sent(&mark, Sent::Plain(of(b"<rss/>"))), "it comes without a coding now");
        let older = mark.replacen(&READER_VERSION.to_string(), "0", 1);
        assert!(!facts.know(&older, &of(b"<rss/>")) && !facts.know_as_sent(&older, sent), "another reader");
        let before = facts.mark(&of(b"<rss/>"));
        assert!(facts.know(&before, &of(b"<rss/>")) && !facts.know_as_sent(&before, sent), "as once stored");
        assert_eq!(before, facts.mark_of_fetched(&of(b"<rss/>"), Sent::Plain(of(b"<rss/>"))));
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
