//! The dek: a short block between the headline and the story. There is no sign for it but its shape.

use super::fields::Fields;
use super::head::take_head_line;
use super::paragraphs::{Block, joined, marker};
use super::tail::unmarked_bio;

/// Paragraphs that a dek is measured against.
const MEASURED: usize = 50;
/// Words and letters of a dek.
const LONGEST: (usize, usize) = (40, 250);
/// Letters of a line that nobody breaks before.
const WRAPPED: usize = 50;
/// Letters of a sentence that needs no paragraphs beside it to be short.
const BRIEF: usize = 80;
/// Words of a heading between paragraphs.
const HEADING: usize = 5;

/// Takes the first block, if it is a dek.
pub(super) fn take_dek(fields: &mut Fields, blocks: &mut Vec<Block<'_>>) {
    let Some((first, behind)) = blocks.split_first() else { return };
    let behind = &behind[..behind.len().min(MEASURED)];
    let text = joined(first);
    let text = text.trim();
    let is_dek = match fields.summary.as_deref() {
        Some(said) => said == text || said == plain(text),
        None => is_dek(first, text, behind),
    };
    if is_dek {
        fields.summary.get_or_insert_with(|| plain(text).to_owned());
        blocks.remove(0);
    }
}

/// Takes the first block where a by-line or date stands below it, above the story: what is between headline and by-line
/// is a dek, whatever its shape.
pub(super) fn take_dek_above_byline(fields: &mut Fields, blocks: &mut Vec<Block<'_>>) {
    let [first, byline, story @ ..] = &blocks[..] else { return };
    let story = &story[..story.len().min(MEASURED)];
    let is_byline = byline.iter().all(|line| take_head_line(&mut Fields::default(), line));
    let text = joined(first);
    let letters =
        |blocks: &[Block<'_>]| blocks.iter().map(|block| joined(block).chars().count()).sum::<usize>();
    // Below the story stands a bio: of one block, and about the author.
    let is_story = || match story {
        [] => false,
        [only] => {
            letters(story) > 2 * text.chars().count()
                && unmarked_bio(&said_by(byline), &joined(only)).is_none()
        }
        _ => letters(story) > text.chars().count(),
    };
    let is_dek = fields.summary.is_none()
        && fields.authors.is_empty()
        && text.chars().count() <= LONGEST.1
        && text.split_whitespace().count() <= LONGEST.0
        && is_prose(text.trim());
    if is_dek && is_byline && is_story() {
        fields.summary = Some(plain(text.trim()).to_owned());
        blocks.remove(0);
    }
}

fn said_by(byline: &[&str]) -> Fields {
    let mut fields = Fields::default();
    for line in byline {
        take_head_line(&mut fields, line);
    }
    fields
}

/// A dek that is emphasised as a whole, without the signs.
fn plain(text: &str) -> &str {
    let inner = |sign: char| {
        let inner = text.trim_matches(sign);
        (text.starts_with(sign) && text.ends_with(sign) && !inner.contains(sign)).then_some(inner)
    };
    inner('*').or_else(|| inner('_')).unwrap_or(text)
}

fn is_dek(lines: &[&str], text: &str, behind: &[Block<'_>]) -> bool {
    let letters = text.chars().count();
    let words = text.split_whitespace().count();
    let prose = behind.iter().map(|block| joined(block)).filter(|block| is_prose(block));
    let longest = prose.map(|block| block.chars().count()).max().unwrap_or_default();
    let is_wrapped = lines.len() == 1 || lines.len() <= 3 && lines[0].chars().count() >= WRAPPED;
    let is_short = letters <= LONGEST.1 && words <= LONGEST.0;
    if !is_wrapped || !is_short || !is_prose(text) {
        return false;
    }
    match Ending::of(text) {
        Ending::GoesOn => false,
        // What has no stop among sentences that have one tells by that; it need not be shorter than a single line.
        Ending::None => longest * 3 > letters * 2 && !is_heading(words, behind),
        Ending::Sentence => longest > letters && lines.len() == 1 && is_clearly_shorter(text, behind),
    }
}

/// Neither a list, a quotation, a rule, a link, a picture, an address nor a heading in Markdown.
fn is_prose(text: &str) -> bool {
    let is_marked = marker(text).is_some() || text.starts_with(['#', '>', '|', '<', '`', '!', '[', '~', '=']);
    let is_contact = ["contact", "kontakt", "contatt", "media contact", "tel"]
        .iter()
        .any(|word| text.to_lowercase().starts_with(word));
    !is_marked
        && !is_contact
        && text.chars().any(char::is_alphanumeric)
        && !text.contains(['@'])
        && !text.contains("://")
}

/// How a text ends.
enum Ending {
    /// `Dear readers,`, `Three things:`: what follows belongs to it.
    GoesOn,
    /// Without a stop, or with a question.
    None,
    Sentence,
}

impl Ending {
    fn of(text: &str) -> Self {
        let text = text.trim_end_matches(['"', '”', '“', '’', '\'', '»', ')', '」', '*', '_', ' ']);
        match text.chars().next_back() {
            Some(',' | '，' | '،' | ':' | '：' | ';' | '-' | '—') => Self::GoesOn,
            Some('.' | '。' | '।' | '۔' | '!' | '！') => Self::Sentence,
            _ => Self::None,
        }
    }
}

/// A few words may be the heading of the first part: other parts have one as well.
fn is_heading(words: usize, behind: &[Block<'_>]) -> bool {
    let is_heading = |block: &&Block<'_>| {
        let text = joined(block);
        block.len() == 1
            && text.split_whitespace().count() <= HEADING
            && matches!(Ending::of(&text), Ending::None)
    };
    let spaced = behind.first().is_none_or(|block| joined(block).contains(' '));
    spaced
        && words <= HEADING
        && behind.len() > 1
        && behind[..behind.len() - 1].iter().any(|block| is_heading(&block))
}

/// A sentence is a dek, if it is clearly shorter than the paragraphs: they are long, or it is next to nothing.
fn is_clearly_shorter(text: &str, behind: &[Block<'_>]) -> bool {
    let mut lengths: Vec<usize> = behind
        .iter()
        .filter(|block| marker(block[0]).is_none())
        .map(|block| joined(block).chars().count())
        .collect();
    lengths.sort_unstable();
    let Some(&median) = lengths.get(lengths.len() / 2) else { return false };
    let letters = text.chars().count();
    // The story's own next sentence begins with what the first one left: a second sentence makes a paragraph.
    let percent = match (sentences(text), behind.len()) {
        (1, 1) if letters <= BRIEF => 80,
        (1, _) => 65,
        _ => 40,
    };
    letters * 100 <= median * percent && !speaks(text)
}

/// How many sentences a text has, more or less.
fn sentences(text: &str) -> usize {
    let wide = text.chars().filter(|c| matches!(c, '。' | '！' | '？')).count();
    let ends = [". ", "! ", "? ", ".” ", ".\" "].iter().map(|end| text.matches(end).count()).sum::<usize>();
    (ends + wide.max(1)).max(1)
}

/// Whether it is a dateline or somebody's words: how stories begin, and deks do not.
fn speaks(text: &str) -> bool {
    let has_dateline = text.contains(") - ") || text.contains(") — ") || text.contains(") – ");
    let is_said = text.starts_with(['"', '“', '„', '«', '「', '–', '—']);
    has_dateline || is_said
}
