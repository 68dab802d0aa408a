//! Where on the page the story stands.

use super::judge::{is_title, letters};
use super::marks::Mark;
use super::outline::{Block, Outline, Role};

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

/// Finds the region of the story; `chosen` says for each block whether a witness takes it for the story, `title` is the
/// article's.
pub(super) fn ground(outline: &Outline, chosen: &[bool], title: &str) -> Ground {
    let out = out(outline, chosen);
    let mass = masses(outline, &out, |_| true);
    let voted = masses(outline, &out, |block| chosen[block]);
    let by_vote = narrow(outline, &voted, 90);
    let by_mass = narrow(outline, &mass, 80);
    let region = if voted[by_vote] * 2 >= mass[by_mass] { by_vote } else { by_mass };
    let region =
        hinted(outline, &mass, region).or_else(|| headed(outline, &mass, region, title)).unwrap_or(region);
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

/// Where the region holds several articles, the one with the page's headline in it, else with its first `h1`.
fn headed(outline: &Outline, mass: &[usize], region: usize, title: &str) -> Option<usize> {
    let inside = region + 1..outline.parts[region].end;
    let article = |part: usize| {
        outline.around(part).find(|&index| index == region || outline.parts[index].role == Role::Article)
    };
    let title = letters(title);
    let blocks = outline.blocks[outline.parts[region].blocks.clone()].iter();
    let role = |block: &&Block| outline.parts[block.part].role;
    let is_named =
        |block: &&Block| matches!(role(block), Role::Title | Role::Heading) && is_title(&block.text, &title);
    let mut titles = blocks.clone().filter(|block| role(block) == Role::Title);
    let title = blocks.clone().find(is_named).or_else(|| titles.next())?.part;
    let headed = article(title).filter(|&index| index != region && mass[index] >= 200)?;
    let is_other = |index: usize| {
        outline.parts[index].role == Role::Article && !(headed..outline.parts[headed].end).contains(&index)
    };
    inside.into_iter().any(is_other).then_some(headed)
}

/// The smallest part that holds this share, in hundredths, of what the body holds.
fn narrow(outline: &Outline, mass: &[usize], share: usize) -> usize {
    let whole = mass.first().copied().unwrap_or(0);
    let holds = |index: &usize| whole > 0 && mass[*index] * 100 >= whole * share;
    (0..outline.parts.len()).rev().find(holds).unwrap_or(0)
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

/// Marks the blocks of parts that are named as something beside the story, unless they hold too much of the page, or of
/// what Readability chose, to be that: names are often those of a frame.
fn out(outline: &Outline, chosen: &[bool]) -> Vec<Option<Mark>> {
    let mut out = vec![None; outline.blocks.len()];
    let mass = masses(outline, &out, |_| true);
    let voted = masses(outline, &out, |block| chosen[block]);
    let whole = |mass: &[usize]| mass.first().copied().unwrap_or(0);
    let (whole_mass, whole_vote) = (whole(&mass), whole(&voted));
    let mut index = 0;
    while let Some(part) = outline.parts.get(index) {
        let fits = |mark: &Mark| {
            let (of_mass, of_vote) = most(*mark);
            mass[index] * 100 <= whole_mass * of_mass && voted[index] * 100 <= whole_vote * of_vote
        };
        match mark(outline, index).filter(fits) {
            Some(mark) => {
                out[part.blocks.clone()].fill(Some(mark));
                index = part.end;
            }
            None => index += 1,
        }
    }
    out
}

/// How much of the page's prose, and of what Readability chose, in hundredths, a part with this mark may hold for the
/// mark to count. Comments can be longer than what they are about.
fn most(mark: Mark) -> (usize, usize) {
    match mark {
        Mark::Comments => (90, 90),
        Mark::Hidden | Mark::Bubble => (60, 60),
        Mark::Around | Mark::Caption => (30, 40),
        Mark::About => (20, 30),
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
        // What is in a figure is of the story only if it is more than a line: a table, a poem, code.
        (Role::Figure, _) if !holds_text(outline, index) => Some(Mark::Caption),
        _ => None,
    }
}

fn holds_text(outline: &Outline, figure: usize) -> bool {
    let inside = &outline.parts[figure..outline.parts[figure].end];
    inside
        .iter()
        .any(|part| matches!(part.role, Role::Quote | Role::Cell | Role::Heading | Role::Item | Role::Code))
}
