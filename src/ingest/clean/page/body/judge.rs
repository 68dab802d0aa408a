//! Which blocks of the region are of the story.

use std::collections::HashSet;

use super::fingerprint;
use super::outline::{Block, Outline, Role};
use super::phrases;
use super::region::Ground;
use crate::model::Author;
use crate::model::fold::fold;

/// Characters of a by-line.
const BYLINE: usize = 100;
/// Words in it besides the names: a label, an office, a date.
const BESIDE_NAMES: usize = 6;

/// What is known of the article besides.
pub(super) struct Known<'a> {
    pub(super) title: &'a str,
    /// For each block, whether Readability took it for the story.
    pub(super) chosen: &'a [bool],
    /// For each block what JSON-LD says of it, if that tells the whole story.
    pub(super) told: &'a [Option<bool>],
    /// Fingerprints of blocks that other pages of the site have too.
    pub(super) boilerplate: &'a HashSet<u64>,
    /// Who wrote it.
    pub(super) authors: &'a [Author],
}

/// Says of each block whether it is of the story.
pub(super) fn judge(outline: &Outline, ground: &Ground, known: &Known<'_>) -> Vec<bool> {
    let region = &outline.parts[ground.region];
    let court = Court::new(outline, ground, known);
    let mut kept = vec![false; outline.blocks.len()];
    let mut leads_away = false;
    for index in region.blocks.clone().filter(|&index| ground.out[index].is_none()) {
        let block = &outline.blocks[index];
        // Under "Don't miss" come lines with links, until there is a sentence again.
        leads_away = if leads_away { block.linked > 0 && !ends_as_sentence(&block.text) } else { false };
        kept[index] = !leads_away && court.keeps(index);
        leads_away |= block.size < 40 && phrases::leads_away(&block.text);
    }
    drop_bare_headings(outline, &mut kept);
    kept
}

struct Court<'a> {
    outline: &'a Outline,
    ground: &'a Ground,
    known: &'a Known<'a>,
    title: String,
    /// The first and last block of prose.
    first: usize,
    last: usize,
}

impl<'a> Court<'a> {
    fn new(outline: &'a Outline, ground: &'a Ground, known: &'a Known<'a>) -> Self {
        let region = outline.parts[ground.region].blocks.clone();
        let is_prose = |index: &usize| {
            ground.out[*index].is_none() && outline.blocks[*index].prose() >= 80 && known.chosen[*index]
        };
        let first = region.clone().find(is_prose).unwrap_or(region.start);
        let last = region.clone().rev().find(is_prose).unwrap_or(region.end);
        Self { outline, ground, known, title: letters(known.title), first, last }
    }

    fn keeps(&self, index: usize) -> bool {
        let block = &self.outline.blocks[index];
        let is_title = index <= self.first
            && (self.outline.parts[block.part].role == Role::Title || is_title(&block.text, &self.title));
        if is_title || phrases::is_ad_marker(&block.text) || self.repeats(block) {
            return false;
        }
        if self.leads_elsewhere(block) || self.is_byline(index, block) {
            return false;
        }
        self.weight(index, block) > 0.0
    }

    /// Whether other pages of the site have the block too.
    fn repeats(&self, block: &Block) -> bool {
        let known = self.known.boilerplate;
        !known.is_empty() && known.contains(&fingerprint(&block.text))
    }

    /// Whether a line before or behind the prose is no more than who wrote it, and what goes with that.
    fn is_byline(&self, index: usize, block: &Block) -> bool {
        if (self.first..=self.last).contains(&index) || block.size > BYLINE || ends_as_sentence(&block.text) {
            return false;
        }
        let line = fold(&block.text);
        let mut rest = line.clone();
        for author in self.known.authors {
            rest = rest.replace(&fold(author.name.as_str()), " ");
        }
        let words = rest.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() > 1);
        rest != line && words.count() <= BESIDE_NAMES
    }

    /// Whether a block is a way to somewhere else: a link with a label, a request.
    fn leads_elsewhere(&self, block: &Block) -> bool {
        let links = block.link_share();
        let short = block.size < 200;
        (phrases::leads_away(&block.text) && (links > 0.4 || block.size < 40))
            || (phrases::asks(&block.text) && short && (links > 0.1 || block.size < 60))
            || (phrases::asks_within(&block.text) && block.size < 300 && links > 0.02)
            || (links > 0.9
                && block.linked_home == block.linked
                && block.size > 20
                && !self.is_in_table(block))
    }

    fn is_in_table(&self, block: &Block) -> bool {
        self.outline.parts[block.part].role == Role::Cell
    }

    /// The vote: above zero it is of the story.
    fn weight(&self, index: usize, block: &Block) -> f32 {
        let role = self.outline.parts[block.part].role;
        let mut weight = if self.known.chosen[index] { 1.5 } else { -1.0 };
        weight += match self.known.told[index] {
            Some(true) => 1.5,
            Some(false) => -2.0,
            None => 0.0,
        };
        weight += match role {
            Role::Paragraph | Role::Quote | Role::Code => 1.0,
            Role::Heading | Role::Item | Role::Cell => 0.5,
            _ => 0.0,
        };
        weight += if block.prose() >= 80 { 1.0 } else { 0.0 };
        weight += if ends_as_sentence(&block.text) { 0.5 } else { 0.0 };
        weight -= if block.link_share() > 0.5 { 1.0 } else { 0.0 };
        if index < self.first {
            weight -= match self.is_at_home(block) {
                true => 0.5,
                false if block.prose() >= 120 => 2.0,
                false => 3.0,
            };
        }
        if index > self.last && !self.is_at_home(block) {
            weight -= 2.0;
        }
        weight
    }

    /// Whether it stands where much of the story stands.
    fn is_at_home(&self, block: &Block) -> bool {
        let whole = self.ground.mass[self.ground.region].max(1);
        let part = &self.outline.parts[block.part];
        let inline = !matches!(part.role, Role::Division | Role::Quote);
        let home = if inline { part.parent } else { block.part };
        self.ground.mass[home] * 5 >= whole
    }
}

/// A heading with nothing of the story behind it heads something else.
fn drop_bare_headings(outline: &Outline, kept: &mut [bool]) {
    let mut has_text = false;
    for index in (0..kept.len()).rev() {
        let is_heading = outline.parts[outline.blocks[index].part].role == Role::Heading;
        if kept[index] && is_heading && !has_text {
            kept[index] = false;
        }
        has_text |= kept[index] && !is_heading;
    }
}

/// Whether a text is the title, of which the letters are given; a title may have the site's name behind it.
pub(super) fn is_title(text: &str, title: &str) -> bool {
    let text = letters(&text[..text.floor_char_boundary(500)]);
    !text.is_empty() && title.starts_with(&text) && text.len() * 2 > title.len()
}

/// Letters and digits alone, small: what is compared where case and marks may differ.
pub(super) fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn ends_as_sentence(text: &str) -> bool {
    let end = text.trim_end_matches(['"', '”', '’', '\'', '»', '“', ')', ']', '」', '』', ' ']);
    end.ends_with(['.', '!', '?', '…', ':', '。', '！', '？', '।', '؟', '։', '。'])
}
