//! What a new article is called: its short id, and the id it is published under.

use foldhash::{HashSet, HashSetExt as _};

use super::Known;
use super::fingerprint::{Digest, ID};
use crate::model::bytes::ByteSet;
use crate::model::link::absolute;
use crate::model::uri::{is_absolute, urn_uuid};
use crate::model::{ArticleId, Guid, Key};
use crate::store::DocumentKey;

/// Longer ids are not republished.
const LONGEST_GUID: usize = 2_000;

/// Schemes without an authority part whose names are unique in the world, beside `tag` and `urn`.
const UNIQUE_SCHEMES: [&str; 8] = ["cid", "did", "doi", "info", "mid", "ni", "oai", "yt"];

/// What needs no second look in an id that is a URL.
const PLAIN: ByteSet = ByteSet::alphanumeric_and(b":/-._~?=&%+");

/// What stands in nearly every host's name.
const HOST: ByteSet = ByteSet::alphanumeric_and(b".-");

/// Gives names to the new articles of one document.
pub(super) struct Namer<'a> {
    document: &'a DocumentKey,
    known: &'a Known,
    given: HashSet<ArticleId>,
    /// What ids are made of: the document, up to here, then a key.
    said: Digest,
    document_ends: usize,
}

impl<'a> Namer<'a> {
    /// For as many new articles as this, and more.
    pub(super) fn new(document: &'a DocumentKey, known: &'a Known, articles: usize) -> Self {
        let mut said = Digest::default();
        said.text(document.source.as_str());
        said.text(&document.scope);
        let given = HashSet::with_capacity(articles);
        Self { document, known, given, document_ends: said.len(), said }
    }

    /// The short id of an article first seen under these keys: of source, scope and the first key, so that every store
    /// that saw the article first under it calls it the same. Where another article is called so, the digest goes on.
    pub(super) fn id(&mut self, keys: &[Key]) -> ArticleId {
        let (kind, value) = keys.first().map_or(("", ""), key_parts);
        self.said.truncate(self.document_ends);
        self.said.text(kind);
        self.said.text(value);
        let mut stream = self.said.stream(&ID);
        loop {
            let mut bytes = [0; 8];
            stream.fill(&mut bytes);
            let id = ArticleId::new(u64::from_be_bytes(bytes));
            if !self.known.articles.contains_key(&id) && self.given.insert(id) {
                return id;
            }
        }
    }

    /// The id an article is published under: its own where that counts in its document and is unique in the world,
    /// else one made of source, scope and the first key.
    pub(super) fn guid(&self, own: Option<Guid>, keys: &[Key]) -> Guid {
        let counts = keys.iter().any(|key| matches!(key, Key::Guid(_)));
        own.filter(|guid| counts && is_unique(guid)).unwrap_or_else(|| self.made(keys))
    }

    /// A UUID made of what the short id is made of.
    fn made(&self, keys: &[Key]) -> Guid {
        let (kind, value) = keys.first().map_or(("", ""), key_parts);
        let parts = ["published id", self.document.source.as_str(), &self.document.scope, kind, value];
        Guid { value: urn_uuid(&parts), is_permalink: false }
    }
}

fn key_parts(key: &Key) -> (&'static str, &str) {
    match key {
        Key::Guid(value) => ("guid", value),
        Key::Link(value) => ("link", value),
        Key::Hash(value) => ("hash", value),
    }
}

/// Whether an id is its article's alone: one that is a URL without a doubt is not parsed once more to see that it has a
/// path.
fn is_unique(guid: &Guid) -> bool {
    let value = guid.value.as_str();
    let behind = value.strip_prefix("https://").or_else(|| value.strip_prefix("http://"));
    let is_page = behind.and_then(|rest| rest.split_once('/')).is_some_and(|(host, path)| {
        let is_host = if guid.is_permalink { !host.is_empty() } else { is_plain_host(host) };
        is_host && path.starts_with(|first: char| first.is_ascii_alphanumeric())
    });
    let is_plain = value.len() <= LONGEST_GUID && PLAIN.has_all(value.as_bytes());
    (is_page && is_plain) || is_globally_unique(value)
}

/// Whether this is a host's name without a doubt: with nothing encoded, and no number at its end.
fn is_plain_host(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap_or_default();
    HOST.has_all(host.as_bytes())
        && !host.contains("--")
        && last.starts_with(|first: char| first.is_ascii_alphabetic())
}

/// Whether an id is an absolute URI (RFC 3986 §4.3; or IRI) that nobody else can have given by accident: `post:5`
/// is a URI, but half the blogs of the world have one.
fn is_globally_unique(guid: &str) -> bool {
    if guid.len() > LONGEST_GUID || !guid.chars().all(is_uri_char) {
        return false;
    }
    let Some((scheme, rest)) = guid.split_once(':') else { return false };
    let scheme = scheme.to_ascii_lowercase();
    match (scheme.as_str(), rest.strip_prefix("//")) {
        ("http" | "https", Some(behind)) => !behind.starts_with('/') && is_a_page(guid),
        (_, Some(hierarchy)) => is_below_an_authority(hierarchy) && is_absolute(guid),
        ("tag" | "urn", None) => is_absolute(guid),
        (scheme, None) => UNIQUE_SCHEMES.contains(&scheme) && is_absolute(guid),
    }
}

/// RFC 3986 §2 with the letters of RFC 3987: no space, control character or delimiter of other languages.
fn is_uri_char(c: char) -> bool {
    !c.is_whitespace()
        && !c.is_control()
        && !matches!(c, '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`')
}

/// A URL of more than a site: every entry of a careless feed may have the home page as its guid.
fn is_a_page(guid: &str) -> bool {
    absolute(guid, None).is_some_and(|url| {
        url.path().len() > 1 || url.query().is_some() || url.fragment().is_some_and(|f| !f.is_empty())
    })
}

fn is_below_an_authority(hierarchy: &str) -> bool {
    hierarchy.split_once('/').is_some_and(|(authority, path)| !authority.is_empty() && !path.is_empty())
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use proptest::prelude::*;

    use super::*;
    use crate::ingest::decide::{KeyCounts, KnownArticle};
    use crate::model::{DateBasis, Fingerprint};

    #[test]
    fn an_id_is_republished_only_if_it_is_unique_in_the_world() {
        let unique = [
            "https://example.org/2026/a",
            "HTTP://example.org/?p=1",
            "http://example.org/#a",
            "http://127.0.0.1:8080/a",
            "https://example.org/å",
            "tag:example.org,2026:a",
            "tag:ed@example.org,2026-01-02:/a?b",
            "urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a",
            "urn:isbn:0451450523",
            "at://did:plc:abc/app.bsky.feed.post/1",
            "oai:example.org:1",
        ];
        let common = [
            "",
            "1",
            "a b",
            "12 at https://example.org",
            "post:5",
            "https://example.org",
            "https://example.org/",
            "https://example.org/#",
            "https:///a",
            "https://exa mple.org/a",
            "http:a",
            "example.org/a",
            "tag:example.org:a",
            "tag:example.org,26:a",
            "tag:example.org,2026-01-02-03:a",
            "tag:example.org,2026:",
            "urn:a",
            "urn:a:b",
            "urn:-a:b",
            "file:///srv/a.xml",
            "oai:",
            "https://example.org/\"a\"",
        ];
        for guid in unique {
            assert!(is_globally_unique(guid), "{guid}");
        }
        for guid in common {
            assert!(!is_globally_unique(guid), "{guid}");
        }
        assert!(!is_globally_unique(&format!("https://example.org/{}", "a".repeat(LONGEST_GUID))));
    }

    proptest! {
        #[test]
        fn an_id_is_as_unique_as_it_is_parsed(
            scheme in "https?://|", host in "([a-z0-9.-]|--|xn--|0x|%|:|@){0,8}", rest in "[/?#]?([a-z]|[/?=&%~\\\\|]){0,5}",
        ) {
            let guid = Guid { value: format!("{scheme}{host}{rest}"), is_permalink: false };
            prop_assert_eq!(is_unique(&guid), is_globally_unique(&guid.value));
        }
    }

    #[test]
    fn names_follow_from_source_scope_and_key() {
        let document = |source, scope: &str| DocumentKey {
            source: crate::model::SourceId::new(source),
            scope: scope.to_owned(),
        };
        let known = Known::default();
        let names = |document: &DocumentKey, key: &Key| {
            let mut namer = Namer::new(document, &known, 1);
            let keys = std::slice::from_ref(key);
            (namer.id(keys), namer.guid(None, keys))
        };
        let key = Key::Link("example.org/a".to_owned());
        let first = names(&document("one", ""), &key);
        assert_eq!(first, names(&document("one", ""), &key));
        let guid = Key::Guid("example.org/a".to_owned());
        for other in [
            names(&document("two", ""), &key),
            names(&document("one", "a"), &key),
            names(&document("one", ""), &guid),
        ] {
            assert_ne!(first.0, other.0);
            assert_ne!(first.1, other.1);
        }
    }

    #[test]
    fn no_two_articles_get_one_id() {
        let document = DocumentKey { source: crate::model::SourceId::new("one"), scope: String::new() };
        let keys = [Key::Link("a".to_owned())];
        let mut known = Known::default();
        let (first, second) = {
            let mut namer = Namer::new(&document, &known, 2);
            (namer.id(&keys), namer.id(&keys))
        };
        assert_ne!(first, second);
        let taken = KnownArticle {
            fingerprint: Fingerprint([0; 16]),
            revision: 1,
            published: DateTime::UNIX_EPOCH,
            date_basis: DateBasis::Given,
            updated: None,
            keys: KeyCounts::of(&keys),
            is_withdrawn: false,
        };
        known.articles.insert(first, taken);
        assert_eq!(Namer::new(&document, &known, 1).id(&keys), second);
    }
}
