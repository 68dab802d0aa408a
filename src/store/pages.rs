//! The pages of articles whose text is read there: who waits, what came of it, and what a host's pages have in common.

use chrono::{DateTime, Utc};
use serde::Serialize;
use url::Url;

use super::{DocumentKey, Traffic};
use crate::model::{ArticleBody, ArticleId};

/// That an article's page is to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageWish {
    /// Whose.
    pub article: ArticleId,
    /// Where.
    pub url: Url,
    /// What was read of it before this is too old. For a new article any answer will do.
    pub since: DateTime<Utc>,
    /// Not before this.
    pub next_at: DateTime<Utc>,
}

/// A page that waits, and may be asked for now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingPage {
    /// Whose.
    pub article: ArticleId,
    /// The document that the article is of.
    pub document: DocumentKey,
    /// Where.
    pub url: Url,
    /// How often it was asked for in vain.
    pub tries: u32,
    /// What another article of the same address got.
    pub answer: Option<PageAnswer>,
}

/// What is known of a page from another article of the same address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageAnswer {
    /// The other article. Its text is the page's unless there is a problem.
    pub article: ArticleId,
    /// When that was.
    pub at: DateTime<Utc>,
    /// Why there is no text, else.
    pub problem: Option<String>,
}

/// What came of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageUpdate {
    /// Whose.
    pub article: ArticleId,
    /// When it was asked for; `None`: it was not.
    pub asked_at: Option<DateTime<Utc>>,
    /// What is to be kept.
    pub outcome: PageOutcome,
    /// What it cost.
    pub traffic: Traffic,
}

/// What is to be kept of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageOutcome {
    /// It waits on.
    Waits {
        /// Not before this.
        next_at: DateTime<Utc>,
        /// How often it was asked for in vain.
        tries: u32,
        /// What went wrong, if anything did.
        problem: Option<String>,
    },
    /// The article's words, completed.
    Read(Box<Completed>),
    /// The feed itself has more.
    HasLess,
    /// There is nothing to be had.
    Failed {
        /// Why.
        problem: String,
    },
}

/// An article's words, completed by its page's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completed {
    /// The words.
    pub body: ArticleBody,
    /// The number of the revision that they are of: the present one.
    pub revision: u32,
    /// The publication date, where only the page says one.
    pub published: Option<DateTime<Utc>>,
    /// What is not in them although it was tried for: a further page of the article.
    pub problem: Option<String>,
}

/// How it stands with an article's page, for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PageNote {
    /// Where.
    pub url: String,
    /// What came of it.
    pub state: PageState,
    /// When it was asked for last.
    pub asked_at: Option<DateTime<Utc>>,
    /// Of one that waits: not before this.
    pub next_at: Option<DateTime<Utc>>,
    /// What went wrong.
    pub problem: Option<String>,
    /// Whether the article's text is the page's, as it was when last read.
    pub is_text: bool,
}

/// What came of a page, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PageState {
    /// It is still to be asked for.
    Waiting,
    /// Its text was read.
    Read,
    /// Its text is shorter than the feed's.
    HasLess,
    /// It gave no text.
    Failed,
}

/// The pages of a source, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct PageCounts {
    /// Those that are still to be asked for.
    pub waiting: u64,
    /// Those that gave no text.
    pub failed: u64,
}

/// The most blocks that are remembered of a host.
const MOST_BLOCKS: usize = 2000;
/// A block that was on so many pages is no part of a story.
const REPEATED: u8 = 2;

/// Blocks of text on the pages of a host, by their fingerprints, and on how many pages each was; the latest last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HostBlocks(Vec<(u64, u8)>);

impl HostBlocks {
    /// As [`HostBlocks::to_bytes`] wrote them; what is left over at the end is dropped.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Self {
        let (blocks, _) = bytes.as_chunks::<9>();
        let block = |[a, b, c, d, e, f, g, h, pages]: &[u8; 9]| {
            (u64::from_le_bytes([*a, *b, *c, *d, *e, *f, *g, *h]), *pages)
        };
        Self(blocks.iter().map(block).collect())
    }

    /// 9 bytes a block.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let bytes = |(block, pages): &(u64, u8)| block.to_le_bytes().into_iter().chain([*pages]);
        self.0.iter().flat_map(bytes).collect()
    }

    /// Those that several pages had.
    #[must_use]
    pub fn repeated(&self) -> Vec<u64> {
        self.0.iter().filter(|(_, pages)| *pages >= REPEATED).map(|(block, _)| *block).collect()
    }

    /// Takes note of the blocks of one article, each counted once. Where there are too many, those that were on one page
    /// only, and longest ago, are forgotten first.
    pub fn learn(&mut self, blocks: &[u64]) {
        let mut blocks = blocks.to_vec();
        blocks.sort_unstable();
        blocks.dedup();
        for block in blocks {
            let known = self.0.iter().position(|(known, _)| *known == block);
            let pages = known.map_or(0, |place| self.0.remove(place).1);
            self.0.push((block, pages.saturating_add(1)));
        }
        while self.0.len() > MOST_BLOCKS {
            let place = self.0.iter().position(|(_, pages)| *pages < REPEATED).unwrap_or(0);
            self.0.remove(place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_repeated_when_two_articles_had_it() {
        let mut blocks = HostBlocks::default();
        blocks.learn(&[1, 1, 2]);
        assert!(blocks.repeated().is_empty(), "twice in one article is once");
        blocks.learn(&[1, 3]);
        assert_eq!(blocks.repeated(), [1]);
        assert_eq!(HostBlocks::from_bytes(&blocks.to_bytes()), blocks);
    }

    #[test]
    fn what_was_on_one_page_only_is_forgotten_first() {
        let mut blocks = HostBlocks::default();
        blocks.learn(&[7]);
        blocks.learn(&[7]);
        for first in (100..).step_by(500).take(6) {
            blocks.learn(&(first..first + 500).collect::<Vec<u64>>());
        }
        assert_eq!((blocks.0.len(), blocks.repeated()), (MOST_BLOCKS, vec![7]));
        assert!(!blocks.0.iter().any(|(block, _)| *block == 100));
    }
}
