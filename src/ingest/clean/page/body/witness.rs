//! Others who have a say in what belongs to the story: Mozilla's Readability as `dom_smoothie` has it, and what the
//! page's JSON-LD says of its text. Each is heard by the words of a block.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use ::url::Url;
use dom_query::Document;
use dom_smoothie::{Config, Readability};

use super::judge::letters;
use super::outline::{Block, Outline, outline};

/// The blocks that one witness takes for the story.
#[derive(Debug, Default)]
pub(super) struct Witness {
    blocks: HashSet<u64>,
    hasher: RandomState,
}

impl Witness {
    /// What Readability chose. It takes the page apart: give it a copy.
    pub(super) fn readability(page: Document, url: Option<&Url>) -> Self {
        let config = Config { disable_json_ld: true, ..Config::default() };
        let read = Readability::with_document(page, url.map(Url::as_str), Some(config))
            .and_then(|mut reader| reader.parse());
        let mut witness = Self::default();
        if let Ok(article) = read {
            let chosen = Document::from(article.content);
            for block in outline(&chosen, None).blocks {
                let digest = witness.digest(&block.text);
                witness.blocks.insert(digest);
            }
        }
        witness
    }

    /// Whether it takes a block for the story.
    pub(super) fn chose(&self, text: &str) -> bool {
        self.blocks.contains(&self.digest(text))
    }

    /// Of letters and digits alone, since white space does not survive what others do to a page.
    fn digest(&self, text: &str) -> u64 {
        self.hasher.hash_one(text.chars().filter(|c| c.is_alphanumeric()).collect::<String>())
    }
}

/// Bytes of a text in JSON-LD that is compared with the page, and blocks that are looked for in it.
const MAX_TOLD: usize = 100_000;
const MAX_BLOCKS: usize = 500;
/// Characters of a block that is not found by chance.
const FOUND: usize = 30;

/// What a text from JSON-LD says of each block: that it is of the story or not. Nothing of short ones, and nothing at
/// all unless it has most of what Readability chose: it is often only the first lines.
pub(super) fn told(outline: &Outline, chosen: &[bool], text: Option<&str>) -> Vec<Option<bool>> {
    let mut told = vec![None; outline.blocks.len()];
    let Some(text) = text.filter(|text| text.len() <= MAX_TOLD) else { return told };
    let text = letters(text);
    let long = |(_, block): &(usize, &Block)| block.size >= FOUND;
    for (index, block) in outline.blocks.iter().enumerate().filter(long).take(MAX_BLOCKS) {
        told[index] = Some(text.contains(&letters(&block.text)));
    }
    let size = |is: &dyn Fn(usize) -> bool| -> usize {
        (0..told.len()).filter(|&index| is(index)).map(|index| outline.blocks[index].size).sum()
    };
    let both = size(&|index| chosen[index] && told[index] == Some(true));
    if both * 10 < size(&|index| chosen[index]) * 7 {
        told.fill(None);
    }
    told
}
