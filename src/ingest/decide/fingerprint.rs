//! What makes two bodies the same revision.

use blake3::Hasher;
use blake3::hazmat::HasherExt as _;

use crate::model::{About, ArticleBody, Attachment, Author, Fingerprint};

/// Room for what a body has beside its texts.
const SHORT: usize = 512;

/// The digest of a body. Every field counts, the content included, but for two: `words`, which follows from the
/// others, and the date in `credits`, which is no word of the article.
#[must_use]
pub fn fingerprint(body: &ArticleBody) -> Fingerprint {
    let ArticleBody {
        title,
        url,
        summary,
        content,
        authors,
        tags,
        language,
        rights,
        image,
        attachments,
        credits,
        words: _,
    } = body;
    let long = content.as_ref().map_or(0, |content| content.as_str().len())
        + summary.as_ref().map_or(0, |summary| summary.as_str().len());
    let mut digest = Digest(Vec::with_capacity(long + SHORT));
    digest.text(title.as_str());
    digest.option(url.as_ref(), |digest, url| digest.text(url.as_str()));
    digest.option(summary.as_ref(), |digest, summary| digest.text(summary.as_str()));
    digest.option(content.as_ref(), |digest, content| digest.text(content.as_str()));
    digest.list(authors, author);
    digest.list(tags, |digest, tag| digest.text(tag.as_str()));
    digest.option(language.as_ref(), |digest, language| digest.text(language));
    digest.option(rights.as_ref(), |digest, rights| digest.text(rights.as_str()));
    digest.option(image.as_ref(), |digest, image| digest.text(image.as_str()));
    digest.list(attachments, attachment);
    digest.option(credits.as_deref(), about);
    // Behind all else and only where there is one: what was kept before there were any keeps its digest.
    if authors.iter().any(|author| author.bio.is_some()) {
        digest.list(authors, |digest, author| {
            digest.option(author.bio.as_ref(), |digest, bio| digest.text(bio.as_str()));
        });
    }
    Fingerprint(digest.finish(&BODY))
}

fn author(digest: &mut Digest, author: &Author) {
    let Author { name, url, bio: _ } = author;
    digest.text(name.as_str());
    digest.option(url.as_ref(), |digest, url| digest.text(url.as_str()));
}

fn attachment(digest: &mut Digest, attachment: &Attachment) {
    let Attachment { url, media_type, length } = attachment;
    digest.text(url.as_str());
    digest.text(media_type);
    digest.option(length.as_ref(), |digest, length| digest.number(*length));
}

fn about(digest: &mut Digest, about: &About) {
    let About { title, site, feed, id, language, rights, updated: _, is_page: _ } = about;
    digest.option(title.as_ref(), |digest, title| digest.text(title.as_str()));
    digest.option(site.as_ref(), |digest, site| digest.text(site.as_str()));
    digest.option(feed.as_ref(), |digest, feed| digest.text(feed.as_str()));
    digest.option(id.as_ref(), |digest, id| digest.text(id));
    digest.option(language.as_ref(), |digest, language| digest.text(language));
    digest.option(rights.as_ref(), |digest, rights| digest.text(rights.as_str()));
}

/// What a digest is for: digests for different uses never agree. This is the key that BLAKE3 derives of a context (§2.3 of
/// its paper), made once.
pub(super) type Usage = [u8; blake3::KEY_LEN];

/// Of the context "feedmill 2026 article body".
#[rustfmt::skip]
const BODY: Usage = [
    0x83, 0xa1, 0x84, 0x46, 0x6f, 0x8b, 0x58, 0x63, 0xfb, 0xbf, 0x9b, 0x79, 0x4b, 0x4f, 0xf3, 0x3a,
    0x5d, 0xae, 0xaa, 0x6d, 0xff, 0x35, 0x49, 0x1a, 0xfc, 0x4c, 0x79, 0x6c, 0xce, 0x91, 0xc3, 0x05,
];

/// Of the context "feedmill 2026 article id".
#[rustfmt::skip]
pub(super) const ID: Usage = [
    0x13, 0x1a, 0x80, 0x96, 0xb2, 0xe3, 0x4d, 0x64, 0x37, 0x95, 0x64, 0x20, 0x78, 0x1a, 0x1c, 0x7b,
    0xca, 0xf5, 0xbd, 0xa8, 0xe4, 0x0d, 0x2a, 0xda, 0x32, 0x53, 0xcf, 0x93, 0xad, 0xa8, 0x0f, 0xe1,
];

/// An unambiguous serialisation: every text and list is led by its length, every option by a flag, so that no two
/// different values give the same bytes. They are hashed together: BLAKE3 is at its slowest in small pieces.
#[derive(Default)]
pub(super) struct Digest(Vec<u8>);

impl Digest {
    pub(super) fn number(&mut self, number: u64) {
        self.0.extend_from_slice(&number.to_le_bytes());
    }

    pub(super) fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.0.extend_from_slice(text.as_bytes());
    }

    /// How long it is so far.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Takes back what came behind this length.
    pub(super) fn truncate(&mut self, len: usize) {
        self.0.truncate(len);
    }

    fn option<T>(&mut self, value: Option<&T>, write: impl FnOnce(&mut Self, &T)) {
        self.number(u64::from(value.is_some()));
        if let Some(value) = value {
            write(self, value);
        }
    }

    fn list<T>(&mut self, values: &[T], write: impl Fn(&mut Self, &T)) {
        self.number(values.len() as u64);
        for value in values {
            write(self, value);
        }
    }

    /// The first 16 bytes.
    fn finish(&self, usage: &Usage) -> [u8; 16] {
        let digest = self.hasher(usage).finalize();
        std::array::from_fn(|at| digest.as_bytes()[at])
    }

    /// As many bytes as one likes.
    pub(super) fn stream(&self, usage: &Usage) -> blake3::OutputReader {
        self.hasher(usage).finalize_xof()
    }

    fn hasher(&self, usage: &Usage) -> Hasher {
        let mut hasher = Hasher::new_from_context_key(usage);
        hasher.update(&self.0);
        hasher
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};
    use url::Url;

    use super::*;
    use crate::model::{PlainText, SafeHtml};

    fn line(text: &str) -> PlainText {
        PlainText::line(text)
    }

    fn page(path: &str) -> Url {
        Url::parse("https://example.org/").unwrap().join(path).unwrap()
    }

    /// Bodies that differ from the empty one in one field each, or share the same letters across two fields.
    fn different_bodies() -> Vec<ArticleBody> {
        let body = ArticleBody::default;
        let author = |name: &str, url| Author { name: line(name), url, bio: None };
        let with_bio = |name: &str, bio: &str| Author { bio: Some(line(bio)), ..author(name, None) };
        let file = |media_type: &str, length| Attachment {
            url: page("a.mp3"),
            media_type: media_type.to_owned(),
            length,
        };
        let credit = |about: About| ArticleBody { credits: Some(Box::new(about)), ..body() };
        vec![
            body(),
            ArticleBody { title: line("ab"), ..body() },
            ArticleBody { title: line("a"), summary: Some(line("b")), ..body() },
            ArticleBody { summary: Some(line("")), ..body() },
            ArticleBody { url: Some(page("a")), ..body() },
            ArticleBody { image: Some(page("a")), ..body() },
            ArticleBody { authors: vec![with_bio("a", "b"), author("c", None)], ..body() },
            ArticleBody { authors: vec![author("a", None), with_bio("c", "b")], ..body() },
            ArticleBody { content: Some(SafeHtml::from_text(&line("a"))), ..body() },
            ArticleBody { authors: vec![author("a", None)], ..body() },
            ArticleBody { authors: vec![author("a", Some(page("a")))], ..body() },
            ArticleBody { tags: vec![line("a"), line("b")], ..body() },
            ArticleBody { tags: vec![line("ab")], ..body() },
            ArticleBody { language: Some("a".to_owned()), ..body() },
            ArticleBody { rights: Some(line("a")), ..body() },
            ArticleBody { attachments: vec![file("audio/mpeg", None)], ..body() },
            ArticleBody { attachments: vec![file("audio/mpeg", Some(0))], ..body() },
            ArticleBody { attachments: vec![file("audio/ogg", None)], ..body() },
            credit(About::default()),
            credit(About { title: Some(line("a")), ..About::default() }),
            credit(About { site: Some(page("a")), ..About::default() }),
            credit(About { feed: Some(page("a")), ..About::default() }),
            credit(About { id: Some("a".to_owned()), ..About::default() }),
            credit(About { language: Some("a".to_owned()), ..About::default() }),
            credit(About { rights: Some(line("a")), ..About::default() }),
        ]
    }

    #[test]
    fn digests_are_those_that_stores_keep() {
        for (usage, context) in [(BODY, "feedmill 2026 article body"), (ID, "feedmill 2026 article id")] {
            assert_eq!(usage, blake3::hazmat::hash_derive_key_context(context), "{context}");
            let mut digest = Digest::default();
            digest.text("a");
            let derived = blake3::derive_key(context, b"\x01\0\0\0\0\0\0\0a");
            assert_eq!(digest.finish(&usage), derived[..16]);
        }
    }

    #[test]
    fn every_field_counts_and_none_runs_into_the_next() {
        let bodies = different_bodies();
        for (i, one) in bodies.iter().enumerate() {
            for (j, other) in bodies.iter().enumerate() {
                assert_eq!(fingerprint(one) == fingerprint(other), i == j, "{one:?}\n{other:?}");
            }
        }
    }

    #[test]
    fn neither_dates_nor_what_follows_from_the_words_count() {
        let body = ArticleBody { credits: Some(Box::default()), ..ArticleBody::default() };
        let mut later = body.clone();
        later.words = 7;
        later.credits =
            Some(Box::new(About { updated: Some(DateTime::<Utc>::UNIX_EPOCH), ..About::default() }));
        assert_eq!(fingerprint(&body), fingerprint(&later));
    }
}
