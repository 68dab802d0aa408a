//! Where on the page the story stands.

use super::marks::Mark;
use super::outline::{Outline, Role};

/// What is known of the blocks besides their words.
#[derive(Debug)]
pub(super) struct Ground {
    /// For each block why it cannot be of the story, if that is so.
    pub(super) out: Vec<Option<Mark>>,
    /// The part that holds the story.
    pub(super) region: usize,
    /// For each part the prose in it that is not out.
    pub(super) mass: Vec<usize>,
}

/// Finds the region of the story; `chosen` says for each block whether a witness takes it for the story.
pub(super) fn ground(outline: &Outline, chosen: &[bool]) -> Ground {
    let out = out(outline);
    let mass = masses(outline, &out, |_| true);
    let voted = masses(outline, &out, |block| chosen[block]);
    let by_vote = narrow(outline, &voted, 90);
    let by_mass = narrow(outline, &mass, 80);
    let region = if voted[by_vote] * 2 >= mass[by_mass] { by_vote } else { by_mass };
    let region = hinted(outline, &mass, region).unwrap_or(region);
    Ground { out, region, mass }
}

/// The part that says it is the text of the story, within the region or around it, if it holds most of it.
fn hinted(outline: &Outline, mass: &[usize], region: usize) -> Option<usize> {
    let part = &outline.parts[region];
    let inside = region..part.end;
    let hinted =
        inside.filter(|&index| outline.parts[index].named.is_body).max_by_key(|&index| mass[index])?;
    (mass[hinted] * 10 >= mass[region] * 6).then_some(hinted)
}

/// The smallest part that holds this share, in hundredths, of what the body holds.
fn narrow(outline: &Outline, mass: &[usize], share: usize) -> usize {
    let whole = mass.first().copied().unwrap_or(0);
    let holds = |index: &usize| whole > 0 && mass[*index] * 100 >= whole * share;
    (0..outline.parts.len()).filter(holds).last().unwrap_or(0)
}

/// The prose of each part, of the blocks that count.
fn masses(outline: &Outline, out: &[Option<Mark>], counts: impl Fn(usize) -> bool) -> Vec<usize> {
    let mut before = Vec::with_capacity(outline.blocks.len() + 1);
    let mut sum = 0;
    before.push(0);
    for (index, block) in outline.blocks.iter().enumerate() {
        sum += if out[index].is_none() && counts(index) { block.prose() } else { 0 };
        before.push(sum);
    }
    outline.parts.iter().map(|part| before[part.blocks.end] - before[part.blocks.start]).collect()
}

/// Marks the blocks of parts that are named as something beside the story, unless they hold too much of the page to be
/// that: names are often those of a frame.
fn out(outline: &Outline) -> Vec<Option<Mark>> {
    let mut out = vec![None; outline.blocks.len()];
    let mass = masses(outline, &out, |_| true);
    let whole = mass.first().copied().unwrap_or(0);
    let mut index = 0;
    while let Some(part) = outline.parts.get(index) {
        match mark(outline, index).filter(|mark| mass[index] * 100 <= whole * most(*mark)) {
            Some(mark) => {
                out[part.blocks.clone()].fill(Some(mark));
                index = part.end;
            }
            None => index += 1,
        }
    }
    out
}

/// How much of the page's prose, in hundredths, a part with this mark may hold for the mark to count.
fn most(mark: Mark) -> usize {
    match mark {
        Mark::Comments => 90,
        Mark::Hidden => 60,
        Mark::Around => 30,
        Mark::About => 20,
        Mark::Caption => 30,
    }
}

fn mark(outline: &Outline, index: usize) -> Option<Mark> {
    let part = &outline.parts[index];
    match (part.role, part.named.mark) {
        _ if index == 0 || part.named.is_body => None,
        (_, Some(mark)) => Some(mark),
        (Role::Beside, _) => Some(Mark::Around),
        (Role::Caption, _) => Some(Mark::Caption),
        (Role::Header, _) => Some(Mark::About),
        (Role::Figure, _) => None,
        _ => None,
    }
}
