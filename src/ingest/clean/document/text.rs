//! Plain text: headline, by-line, dek, paragraphs, and an author with a bio at the end.

use crate::ingest::parse::date::parse_date;

use super::DocumentError;
use super::byline::{byline, labelled, names};
use super::fields::{Field, Fields, field_of};
use super::front_matter;
use super::paragraphs::{self, Block, blocks, joined};

/// Letters of a headline; a longer first block is a paragraph.
const HEADLINE: usize = 300;
/// Words and letters of a dek.
const DEK: (usize, usize) = (40, 250);
/// Words of a bio; more behind an author's name are the story going on.
const BIO: usize = 120;
/// How many blocks from the end an author's line may stand.
const TAIL: usize = 4;

/// Reads a text: what it says of itself, and its body in HTML.
///
/// # Errors
/// A front matter that cannot be read, and a text without headline.
pub(super) fn read(text: &str) -> Result<(Fields, String), DocumentError> {
    let (mut fields, text) = front_matter::split(text)?;
    let mut blocks = blocks(text);
    take_head(&mut fields, &mut blocks);
    take_headline(&mut fields, &mut blocks)?;
    take_head_lines(&mut fields, &mut blocks);
    let bio = take_tail(&mut fields, &mut blocks);
    take_dek(&mut fields, &mut blocks);
    take_head_lines(&mut fields, &mut blocks);
    Ok((fields, paragraphs::html(&blocks) + &bio_html(&bio)))
}

/// The bio as the last paragraph: not the story, but the author's own words.
pub(super) fn bio_html(bio: &str) -> String {
    if bio.is_empty() { String::new() } else { format!("<p><em>{}</em></p>", paragraphs::inline(bio)) }
}

/// `Key: value` lines before the headline. A lone one may be a headline with a colon, unless its key is none of a
/// headline's words.
fn take_head(fields: &mut Fields, blocks: &mut Vec<Block<'_>>) {
    let Some(first) = blocks.first() else { return };
    let keys: Vec<Field> = first.iter().map_while(|line| pair(line)).map(|(field, _)| field).collect();
    let is_head =
        keys.contains(&Field::Title) || keys.len() > 1 || matches!(keys[..], [Field::Date | Field::Url]);
    if is_head {
        take_lines(fields, blocks, take_pair);
        take_head_lines(fields, blocks);
    }
}

/// The first block: one line, or lines that begin in lower case behind it.
fn take_headline(fields: &mut Fields, blocks: &mut Vec<Block<'_>>) -> Result<(), DocumentError> {
    let said = fields.title.clone();
    let Some(first) = blocks.first_mut() else { return said.map(|_| ()).ok_or(DocumentError::NoTitle) };
    let goes_on = |line: &&&str| line.trim_start().starts_with(char::is_lowercase);
    let wrapped = 1 + first[1..].iter().take_while(goes_on).count();
    let headline = joined(&first[..wrapped]).trim_start_matches('#').trim().to_owned();
    if said.as_ref().is_some_and(|title| *title != headline) {
        return Ok(());
    }
    if headline.chars().count() > HEADLINE {
        return Err(DocumentError::NoTitle);
    }
    first.drain(..wrapped);
    if first
        .first()
        .is_some_and(|line| line.trim().len() >= 3 && line.trim().trim_matches(['=', '-']).is_empty())
    {
        first.remove(0);
    }
    if first.is_empty() {
        blocks.remove(0);
    }
    fields.title = Some(headline);
    Ok(())
}

/// By-line, date, URL and `Key: value` lines at the top of what is left, in any order.
fn take_head_lines(fields: &mut Fields, blocks: &mut Vec<Block<'_>>) {
    take_lines(fields, blocks, take_head_line);
}

/// Takes lines from the top as long as `take` wants them.
fn take_lines(fields: &mut Fields, blocks: &mut Vec<Block<'_>>, take: fn(&mut Fields, &str) -> bool) {
    while let Some(block) = blocks.first_mut() {
        let taken = block.iter().take_while(|line| take(fields, line)).count();
        block.drain(..taken);
        if !block.is_empty() {
            return;
        }
        blocks.remove(0);
    }
}

fn take_head_line(fields: &mut Fields, line: &str) -> bool {
    if let Some(by) = byline(line).filter(|_| fields.authors.is_empty()) {
        fields.authors = names(by);
        return true;
    }
    if take_pair(fields, line) {
        return true;
    }
    let line = line.trim();
    let is_url = line.starts_with("http") && !line.contains(char::is_whitespace);
    if is_url && fields.url.is_none() {
        fields.take(Field::Url, &[line.to_owned()]);
        return fields.url.is_some();
    }
    // Four digits are a year or a headline of one; a date says more.
    let date = parse_date(line).filter(|_| fields.date.is_none() && line.len() > 6);
    fields.date = fields.date.or(date);
    date.is_some()
}

fn take_pair(fields: &mut Fields, line: &str) -> bool {
    let Some((field, value)) = pair(line) else { return false };
    fields.take(field, &[value.to_owned()]);
    true
}

/// A line `Key: value` whose key is known.
fn pair(line: &str) -> Option<(Field, &str)> {
    let (key, value) = line.split_once([':', '：'])?;
    let field = field_of(key).filter(|field| *field != Field::Draft)?;
    (!value.trim().is_empty()).then(|| (field, value.trim()))
}

/// `Key: value` lines at the end, then an author's line with the bio behind it; the bio.
fn take_tail(fields: &mut Fields, blocks: &mut Vec<Block<'_>>) -> String {
    let is_pair = |line: &&str| pair(line).is_some_and(|(field, _)| field != Field::Authors);
    while blocks.len() > 1 && blocks.last().is_some_and(|block| block.iter().all(&is_pair)) {
        blocks.pop().into_iter().flatten().for_each(|line| {
            take_pair(fields, line);
        });
    }
    let Some((at, line)) = author_line(blocks) else { return String::new() };
    let behind: Vec<&str> =
        blocks[at][line + 1..].iter().chain(blocks[at + 1..].iter().flatten()).copied().collect();
    let bio = joined(&behind);
    if bio.split_whitespace().count() > BIO {
        return String::new();
    }
    if let Some(by) = byline(blocks[at][line]) {
        for name in names(by) {
            if !fields.authors.contains(&name) {
                fields.authors.push(name);
            }
        }
    }
    blocks[at].truncate(line);
    blocks.truncate(at + usize::from(line > 0));
    bio
}

/// Where an author's line stands near the end: block and line. With a label, it may follow a paragraph without a
/// blank line; without one (`By Jane Doe`) it begins a block.
fn author_line(blocks: &[Block<'_>]) -> Option<(usize, usize)> {
    let from = blocks.len().saturating_sub(TAIL);
    let mut lines =
        (from..blocks.len()).flat_map(|at| (0..blocks[at].len()).map(move |line| (at, line))).rev();
    let is_author = |&(at, line): &(usize, usize)| {
        let text = blocks[at][line];
        labelled(text).is_some() || (line == 0 && byline(text).is_some())
    };
    lines.find(is_author)
}

/// Where the author's line of a text stands, in bytes, and the names and bio behind it.
pub(super) fn tail(text: &str) -> Option<(usize, Fields, String)> {
    let mut fields = Fields::default();
    let mut blocks = blocks(text);
    let (at, line) = author_line(&blocks)?;
    let offset = blocks[at][line].as_ptr() as usize - text.as_ptr() as usize;
    let bio = take_tail(&mut fields, &mut blocks);
    (!fields.authors.is_empty()).then_some((offset, fields, bio))
}

/// One short line before longer ones.
fn take_dek(fields: &mut Fields, blocks: &mut Vec<Block<'_>>) {
    let Some((first, behind)) = blocks.split_first() else { return };
    let [line] = first[..] else { return };
    let line = line.trim();
    let letters = line.chars().count();
    let longest = behind.iter().map(|block| joined(block).chars().count()).max().unwrap_or_default();
    let is_short = letters <= DEK.1 && line.split_whitespace().count() <= DEK.0;
    let is_said = fields.summary.as_deref() == Some(line);
    if is_said || (fields.summary.is_none() && is_short && longest > letters) {
        fields.summary = Some(line.to_owned());
        blocks.remove(0);
    }
}
