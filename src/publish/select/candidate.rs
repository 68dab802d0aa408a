//! What selection goes on with, once an article was judged by itself: a tenth of what its head takes in memory.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::{Verdict, links};
use crate::model::fold::fold;
use crate::model::{Article, ArticleId, Flood, Origin};

/// A digest of a text: two are the same text exactly if their digests are equal.
pub(super) type Digest = [u8; 16];

/// An article that competes with others for a place.
#[derive(Debug, Clone)]
pub struct Candidate {
    pub(super) id: ArticleId,
    pub(super) origin: Arc<Origin>,
    pub(super) published: DateTime<Utc>,
    pub(super) first_seen: DateTime<Utc>,
    pub(super) flood: Option<Flood>,
    pub(super) is_withdrawn: bool,
    pub(super) guid: Digest,
    /// What leads to it: its URL, and its guid where that is another link.
    pub(super) links: [Option<Link>; 2],
    /// Of its title, folded.
    pub(super) headline: Digest,
    /// What it came to by itself.
    pub(super) verdict: Verdict,
}

/// The normal form of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Link {
    form: Digest,
    /// Whether it leads to a site's front page.
    pub(super) is_front: bool,
}

impl Candidate {
    pub(super) fn new(article: &Article, verdict: Verdict) -> Self {
        let mut links = links(article).map(|form| Link::of(&form));
        Self {
            id: article.id,
            origin: Arc::clone(&article.origin),
            published: article.published,
            first_seen: article.first_seen,
            flood: article.flood,
            is_withdrawn: article.withdrawn.is_some(),
            guid: digest(&article.guid.value),
            links: [links.next(), links.next()],
            headline: digest(&fold(article.body.title.as_str())),
            verdict,
        }
    }
}

impl Link {
    fn of(form: &str) -> Self {
        Self { form: digest(form), is_front: !form.contains(['/', '?']) }
    }
}

fn digest(text: &str) -> Digest {
    let mut digest = Digest::default();
    digest.copy_from_slice(&blake3::hash(text.as_bytes()).as_bytes()[..size_of::<Digest>()]);
    digest
}
