//! What stands below the story: signs of the end, `Key: value` lines, the author's name and a few words of the author.

use super::byline::{
    bare, byline, is_label, is_lone_name, is_names, labelled, leading_name, named, names, people,
};
use super::fields::{Field, Fields};
use super::head::{pair, take_pair};
use super::labels::{ABOUT, END, IS, PICTURES, ROLES, THE_AUTHOR};
use super::moment::Moment;
use super::paragraphs::{Block, is_rule, joined};

/// Words of a bio; more behind an author's name are the story going on.
const BIO: usize = 120;
/// Words of a bio that no label marks.
const UNMARKED: usize = 60;
/// How many blocks from the end an author's line may stand.
const TAIL: usize = 4;
/// How many lines from the end it may.
const LINES: usize = 60;

/// Takes what stands below the story.
pub(super) fn take_tail(fields: &mut Fields, blocks: &mut Vec<Block<'_>>) {
    take_ends(blocks);
    take_pairs(fields, blocks);
    take_rules(blocks);
    let found =
        take_about(fields, blocks) || take_author_line(fields, blocks) || take_unmarked(fields, blocks);
    if found {
        // `Autor: X` above `Über den Autor`, a name below the by-line.
        take_rules(blocks);
        take_author_line(fields, blocks);
    }
    take_pairs(fields, blocks);
    take_ends(blocks);
    take_rules(blocks);
}

/// `###`, `-30-`, `ENDS`: on a line of its own, wherever a notice follows.
fn take_ends(blocks: &mut Vec<Block<'_>>) {
    blocks.retain(|block| !(block.len() == 1 && is_end(block[0])));
    if let Some(last) = blocks.last_mut()
        && last.len() > 1
        && last.last().is_some_and(|line| is_end(line))
    {
        last.pop();
    }
}

fn is_end(line: &str) -> bool {
    let line = line.trim();
    let word = line.trim_matches(|c: char| !c.is_alphanumeric());
    if word.is_empty() {
        let signs: String = line.split_whitespace().collect();
        return signs.len() >= 3 && signs.bytes().all(|byte| byte == b'#');
    }
    let is_dressed = !line.starts_with(char::is_alphanumeric) && line.len() > word.len() + 1;
    let is_shouted = word.chars().all(char::is_uppercase) && word.len() > 2 && word == line;
    (is_dressed || is_shouted) && END.contains(&word.to_lowercase().as_str())
}

/// Rules that part nothing any more.
fn take_rules(blocks: &mut Vec<Block<'_>>) {
    while blocks.last().is_some_and(|block| is_rule(block)) {
        blocks.pop();
    }
}

/// `Tags: ..`, `Date: ..` at the end; only what can be understood.
fn take_pairs(fields: &mut Fields, blocks: &mut Vec<Block<'_>>) {
    let is_told = |line: &str| {
        pair(line).is_some_and(|(field, value)| match field {
            Field::Date | Field::Updated => Moment::read(value).is_some(),
            Field::Url => value.starts_with("http"),
            Field::Tags | Field::Language => true,
            _ => false,
        })
    };
    while let Some(last) = blocks.last_mut() {
        let kept = last.iter().rposition(|line| !is_told(line)).map_or(0, |at| at + 1);
        let taken = last.split_off(kept);
        let was_some = !taken.is_empty();
        for line in taken {
            take_pair(fields, line);
        }
        if !last.is_empty() || blocks.len() == 1 || !was_some {
            break;
        }
        blocks.pop();
    }
    blocks.retain(|block| !block.is_empty());
}

/// `About the author` and what stands below it, or behind its colon.
fn take_about(fields: &mut Fields, blocks: &mut Vec<Block<'_>>) -> bool {
    let from = blocks.len().saturating_sub(TAIL);
    let label = |line: &str| {
        let line = line.trim().trim_start_matches('#').trim();
        let line = bare(line).trim_end_matches([':', '：']);
        let (label, rest) = line.split_once([':', '：']).unwrap_or((line, ""));
        ABOUT.contains(&bare(label).to_lowercase().as_str()).then(|| rest.trim().to_owned())
    };
    let lines = last_lines(blocks, from);
    let found = lines.into_iter().find_map(|(at, line)| Some((at, line, label(blocks[at][line])?)));
    let Some((at, line, rest)) = found.filter(|(at, line, _)| at + line > 0) else { return false };
    let behind = joined(&behind(blocks, at, line));
    let bio = format!("{rest} {behind}").trim().to_owned();
    if bio.is_empty() || bio.split_whitespace().count() > BIO {
        return false;
    }
    if fields.authors.is_empty()
        && let Some(name) = leading_name(&bio).or_else(|| bio.split_once([',', '，']).map(|(name, _)| name))
    {
        fields.add_authors(named(name));
    }
    // Who is not known has no bio: it stays where it is.
    let mut above = blocks.clone();
    cut(&mut above, at, line);
    if fields.authors.is_empty() && author_line(&above).is_none() {
        return false;
    }
    fields.bio.get_or_insert(bio);
    *blocks = above;
    true
}

/// The lines behind a line.
fn behind<'a>(blocks: &[Block<'a>], at: usize, line: usize) -> Vec<&'a str> {
    blocks[at][line + 1..].iter().chain(blocks[at + 1..].iter().flatten()).copied().collect()
}

/// Cuts a line and all behind it.
fn cut(blocks: &mut Vec<Block<'_>>, at: usize, line: usize) {
    blocks[at].truncate(line);
    blocks.truncate(at + usize::from(line > 0));
}

/// An author's line with the bio behind it.
fn take_author_line(fields: &mut Fields, blocks: &mut Vec<Block<'_>>) -> bool {
    let Some((at, line)) = author_line(blocks) else { return false };
    let behind: Vec<&str> = behind(blocks, at, line);
    // `Author:` may have the name below it.
    let (own, behind) = match behind.split_first() {
        Some((name, behind)) if is_label(blocks[at][line]) => (*name, behind.to_vec()),
        _ => (blocks[at][line], behind),
    };
    // `Author: X` above `Photos: Y`: more people.
    let more = behind.iter().take_while(|line| labelled(line).is_some()).count();
    let (people_lines, rest) = behind.split_at(more);
    let (pictures, bio): (Vec<&str>, Vec<&str>) = rest.iter().partition(|line| credits_pictures(line));
    let bio = joined(&bio);
    if bio.split_whitespace().count() > BIO {
        return false;
    }
    for line in [own].iter().chain(people_lines) {
        let signed = bare(line.trim_start_matches(['—', '–', '-', ' ']));
        fields.add_authors(byline(line).map_or_else(|| named(signed), people));
    }
    let bio = bio.trim_matches(['*', '_', ' ']);
    if !bio.is_empty() && fields.bio.is_none() {
        fields.bio = Some(bio.to_owned());
    }
    cut(blocks, at, line);
    if !pictures.is_empty() {
        blocks.push(pictures);
    }
    true
}

/// `Photos: Jane Doe`: no bio, but part of what is printed.
fn credits_pictures(line: &str) -> bool {
    let label = bare(line).split([':', '：']).next().unwrap_or_default();
    let word = label.split_whitespace().next().unwrap_or_default().to_lowercase();
    label.len() < line.len() && PICTURES.contains(&word.as_str())
}

/// The places of the last lines of the blocks from one on: block and line.
fn last_lines(blocks: &[Block<'_>], from: usize) -> Vec<(usize, usize)> {
    let all =
        (from..blocks.len()).rev().flat_map(|at| (0..blocks[at].len()).rev().map(move |line| (at, line)));
    let mut last: Vec<(usize, usize)> = all.take(LINES).collect();
    last.reverse();
    last
}

/// Where an author's line stands near the end: block and line. With a label, it may follow a paragraph without a
/// blank line; without one (`By Jane Doe`) it begins a block. Of several, the last that all others follow.
fn author_line(blocks: &[Block<'_>]) -> Option<(usize, usize)> {
    let from = blocks.len().saturating_sub(TAIL).max(usize::from(blocks.len() > 1 && blocks[0].len() > 3));
    let lines = last_lines(blocks, from);
    let is_author = |&&(at, line): &&(usize, usize)| {
        let text = blocks[at][line];
        let is_below = || blocks[at].get(line + 1).is_some_and(|name| is_names(name));
        labelled(text).is_some()
            || is_label(text) && is_below()
            || (line == 0 && (byline(text).is_some() || is_signature(blocks, at)))
    };
    let last = lines.iter().rposition(|place| is_author(&place))?;
    let first = lines[..last].iter().rev().take_while(is_author).count();
    Some(lines[last - first])
}

/// `— Jane Doe`, or a name alone at the very end; no more than the source of a quotation, behind one.
fn is_signature(blocks: &[Block<'_>], at: usize) -> bool {
    let [line] = blocks[at][..] else {
        return at + 1 == blocks.len() && at > 0 && names_itself(&blocks[at]);
    };
    let signed = line.trim().trim_start_matches(['—', '–', '-']).trim();
    let is_dashed = signed.len() < line.trim().len();
    let quotes = at.checked_sub(1).is_some_and(|before| {
        let text = blocks[before][0].trim_start();
        text.starts_with(['>', '“', '"', '„', '«'])
    });
    at > 0
        && at + 1 == blocks.len()
        && !quotes
        && is_lone_name(bare(signed))
        && (is_dashed || blocks.len() > 2)
}

/// A name on a line, and below it a sentence about its owner.
fn names_itself(block: &Block<'_>) -> bool {
    let name = bare(block[0]);
    is_lone_name(name) && joined(&block[1..]).starts_with(name)
}

/// A last block that speaks of the author without a label.
fn take_unmarked(fields: &mut Fields, blocks: &mut Vec<Block<'_>>) -> bool {
    let Some(last) = blocks.last().filter(|_| blocks.len() > 1) else { return false };
    let text = joined(last);
    let Some(author) = unmarked_bio(fields, &text) else { return false };
    fields.add_authors(author);
    fields.bio.get_or_insert_with(|| bare(&text).to_owned());
    blocks.pop();
    true
}

/// Whether a text is of the author; with the author, where none is known.
pub(super) fn unmarked_bio(fields: &Fields, text: &str) -> Option<Vec<crate::model::Author>> {
    let text = bare(text);
    if text.split_whitespace().count() > UNMARKED {
        return None;
    }
    let lower = text.to_lowercase();
    let speaks_of = |name: &str| {
        text.strip_prefix(name).is_some_and(|rest| {
            let is_word =
                rest.starts_with([' ', ',']) || !name.is_ascii() && !rest.starts_with(char::is_lowercase);
            is_word
                && !rest.trim().is_empty()
                && rest.split_whitespace().next().is_some_and(|word| {
                    IS.contains(&word)
                        || word == ","
                        || rest.starts_with(',')
                        || !rest.contains(char::is_uppercase)
                })
        })
    };
    let of_known = fields.authors.iter().any(|author| speaks_of(author.name.as_str()));
    let of_the_author = THE_AUTHOR.iter().any(|start| lower.starts_with(start)) && !fields.authors.is_empty();
    if of_known || of_the_author {
        return Some(Vec::new());
    }
    let name = leading_name(text).filter(|_| fields.authors.is_empty())?;
    let verb = text[name.len()..].split_whitespace().next()?;
    let is_role = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        ROLES.contains(&word.as_str())
    };
    let writes = [
        "writes",
        "schreibt",
        "écrit",
        "escribe",
        "scrive",
        "escreve",
        "schrijft",
        "pisze",
        "skriver",
        "пишет",
    ];
    let is_said =
        writes.contains(&verb) || IS.contains(&verb) && text.split_whitespace().take(14).any(is_role);
    (is_said && names(name).len() == 1).then(|| named(name))
}
