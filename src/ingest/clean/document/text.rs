//! Plain text: headline, by-line, dek, paragraphs, and an author with a bio at the end.

use super::DocumentError;
use super::dek::{take_dek, take_dek_above_byline};
use super::fields::Fields;
use super::head::{take_head, take_head_lines, take_release};
use super::paragraphs::{self, Block, blocks, joined};
use super::tail::take_tail;

/// Letters of a headline; a longer first block is a paragraph.
const HEADLINE: usize = 300;

/// Reads a text: what it says of itself, and its body in HTML. `fields` are known from above it.
///
/// # Errors
/// A text without headline.
pub(super) fn read(mut fields: Fields, text: &str) -> Result<(Fields, String), DocumentError> {
    let mut blocks = blocks(text);
    strip(&mut fields, &mut blocks, take_headline)?;
    Ok((fields, paragraphs::html(&blocks)))
}

/// Takes all that is not the story.
///
/// # Errors
/// Those of `headline`.
pub(super) fn strip<'a>(
    fields: &mut Fields,
    blocks: &mut Vec<Block<'a>>,
    headline: fn(&mut Fields, &mut Vec<Block<'a>>) -> Result<(), DocumentError>,
) -> Result<(), DocumentError> {
    let rules = blocks.iter().take_while(|block| paragraphs::is_rule(block)).count();
    blocks.drain(..rules.min(blocks.len().saturating_sub(1)));
    take_head(fields, blocks);
    take_release(blocks);
    let above = take_contact(blocks);
    headline(fields, blocks)?;
    take_head_lines(fields, blocks);
    take_dek_above_byline(fields, blocks);
    take_head_lines(fields, blocks);
    take_tail(fields, blocks);
    take_dek(fields, blocks);
    take_head_lines(fields, blocks);
    take_lone_name(fields, blocks);
    blocks.splice(0..0, above);
    fields.settle_bio();
    Ok(())
}

/// Whom to ask, where a press release says it above its headline: it goes below.
fn take_contact<'a>(blocks: &mut Vec<Block<'a>>) -> Option<Block<'a>> {
    let first = blocks.first()?.first()?.to_lowercase();
    let is_contact = [
        "contact:",
        "media contact:",
        "press contact:",
        "kontakt:",
        "pressekontakt:",
        "contacto:",
        "contatti:",
    ]
    .iter()
    .any(|label| first.trim().starts_with(label));
    (is_contact && blocks.len() > 1).then(|| blocks.remove(0))
}

/// A name on a line of its own between headline and story is a by-line without `By`.
fn take_lone_name(fields: &mut Fields, blocks: &mut Vec<Block<'_>>) {
    let Some(summary) = fields.summary.as_deref().filter(|_| fields.authors.is_empty()) else {
        return take_lone_block(fields, blocks);
    };
    if !blocks.is_empty() && super::byline::is_lone_name(summary) && summary.split_whitespace().count() <= 3 {
        fields.add_authors(super::byline::named(summary));
        fields.summary = None;
        take_dek(fields, blocks);
    } else {
        take_lone_block(fields, blocks);
    }
}

fn take_lone_block(fields: &mut Fields, blocks: &mut Vec<Block<'_>>) {
    if blocks.len() < 2 || !fields.authors.is_empty() {
        return;
    }
    if let [line] = blocks[0][..]
        && super::byline::is_lone_name(line)
    {
        fields.add_authors(super::byline::named(line));
        blocks.remove(0);
    }
}

/// The first block: one line, or lines that begin in lower case behind it.
fn take_headline(fields: &mut Fields, blocks: &mut Vec<Block<'_>>) -> Result<(), DocumentError> {
    let said = fields.title.clone();
    let Some(first) = blocks.first_mut() else { return said.map(|_| ()).ok_or(DocumentError::NoTitle) };
    let goes_on = |line: &&&str| line.trim_start().starts_with(char::is_lowercase);
    let is_byline = |line: &&&str| super::byline::byline(line).is_some();
    let wrapped = 1 + first[1..].iter().take_while(|line| goes_on(line) && !is_byline(line)).count();
    let headline = joined(&first[..wrapped]);
    let headline = without_marks(&headline).to_owned();
    if said.as_ref().is_some_and(|title| *title != headline) {
        return Ok(());
    }
    if headline.chars().count() > HEADLINE {
        return said.map(|_| ()).ok_or(DocumentError::NoTitle);
    }
    first.drain(..wrapped);
    if first.first().is_some_and(|line| is_underline(line)) {
        first.remove(0);
    }
    if first.is_empty() {
        blocks.remove(0);
    }
    fields.title = Some(headline);
    Ok(())
}

/// A heading of Markdown in a text (`# Headline`, `= Headline =`) without its signs.
fn without_marks(headline: &str) -> &str {
    let line = headline.trim();
    let heading = line.trim_start_matches('#');
    // `#metoo` is a word, `C#` too.
    if heading.len() < line.len() && heading.starts_with(' ') {
        heading.trim_end_matches('#').trim()
    } else {
        line
    }
}

/// What stands under a headline in a text: `=====`.
pub(super) fn is_underline(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 3 && ["=", "-", "~", "*", "_"].iter().any(|sign| line.replace(sign, "").is_empty())
}
