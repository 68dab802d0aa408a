//! What stands above the story: `Key: value` lines, by-line, date and source in any order.

use super::byline::{bare, byline, is_credit, is_lone_name, is_names, named, people};
use super::fields::{Field, Fields, field_of};
use super::labels::RELEASE;
use super::mail::decoded_words;
use super::moment::{Moment, date_line};
use super::paragraphs::Block;
use super::value::Value;

/// Letters of a key.
const KEY: usize = 40;

/// Blocks between headline and story.
const BLOCKS: usize = 20;
/// Bytes of a line between headline and story, a long dek behind its key included.
const LINE: usize = 2000;

/// A line `Key: value` whose key is known.
pub(super) fn pair(line: &str) -> Option<(Field, &str)> {
    let (key, value) = split_pair(line)?;
    let field = field_of(key).filter(|field| *field != Field::Draft)?;
    Some((field, value))
}

/// A line that has the shape `Key: value`.
fn split_pair(line: &str) -> Option<(&str, &str)> {
    let line = line.trim();
    let (key, value) = line.split_once([':', '：'])?;
    let (key, value) =
        (key.trim().trim_matches(['*', '_']).trim(), value.trim().trim_start_matches("**").trim());
    let is_key =
        !key.is_empty() && key.chars().count() <= KEY && !key.contains(['.', ',', '!', '?', '"', '“']);
    // `https://..` is no key with a value.
    (is_key && !value.is_empty() && !value.starts_with("//")).then_some((key, value))
}

/// Takes what a line `Key: value` says; whether it could be understood.
pub(super) fn take_pair(fields: &mut Fields, line: &str) -> bool {
    let Some((field, value)) = pair(line) else { return false };
    if field == Field::Authors {
        if is_credit(value) {
            fields.add_authors(people(value));
        }
        return is_credit(value);
    }
    fields.take(field, &Value::Text(value.to_owned()))
}

/// A line above a press release that is not its headline.
pub(super) fn take_release(blocks: &mut Vec<Block<'_>>) {
    let Some(first) = blocks.first_mut() else { return };
    let line = first[0].trim().to_lowercase();
    let is_release = RELEASE.iter().any(|label| {
        line.strip_prefix(label).is_some_and(|rest| !rest.starts_with(char::is_alphabetic) && rest.len() < 60)
    });
    // `Press release: the headline` is a headline with a word before it.
    let is_alone = first.len() > 1 || blocks.len() > 1;
    if is_release && is_alone && !line.contains(": ") {
        let first = &mut blocks[0];
        first.remove(0);
        if first.is_empty() {
            blocks.remove(0);
        }
    }
}

/// `Key: value` lines before the headline, which may go on in lines that are set in. All of a block of them are taken,
/// known or not. A lone one may be a headline with a colon, unless its key is none of a headline's words.
pub(super) fn take_head(fields: &mut Fields, blocks: &mut Vec<Block<'_>>) {
    let Some(first) = blocks.first() else { return };
    let pairs = unfolded(first);
    let length = pairs.iter().take_while(|(line, _)| split_pair(line).is_some()).count();
    let known: Vec<Field> =
        pairs[..length].iter().filter_map(|(line, _)| pair(line)).map(|(field, _)| field).collect();
    let understood = |field: Field| match field {
        Field::Date => pair(&pairs[0].0).is_some_and(|(_, value)| Moment::read(value).is_some()),
        Field::Authors => byline(&pairs[0].0).is_some(),
        Field::Url => pair(&pairs[0].0).is_some_and(|(_, value)| value.starts_with("http")),
        _ => false,
    };
    // `Title: a story of two words` is a headline itself, when nothing else stands with it.
    let is_head = match known[..] {
        [] => false,
        [Field::Title] => length == 1 && pairs.len() == 1 && is_capital(&pairs[0].0),
        [field] => length == 1 && pairs.len() == 1 && understood(field),
        _ => true,
    };
    if !is_head {
        return;
    }
    for (line, _) in &pairs[..length] {
        take_pair(fields, &decoded_words(line));
    }
    let lines = pairs[..length].iter().map(|(_, lines)| lines).sum::<usize>();
    blocks[0].drain(..lines);
    if blocks[0].is_empty() {
        blocks.remove(0);
    }
}

/// Whether the value begins as a headline does.
fn is_capital(line: &str) -> bool {
    split_pair(line).is_some_and(|(_, value)| !value.starts_with(char::is_lowercase))
}

/// The lines of a head, each with those that go on with it (RFC 5322 §2.2.3), and how many lines that were.
fn unfolded(lines: &[&str]) -> Vec<(String, usize)> {
    let mut whole: Vec<(String, usize)> = Vec::new();
    for line in lines {
        match whole.last_mut() {
            Some((text, count)) if line.starts_with([' ', '\t']) => {
                text.push(' ');
                text.push_str(line.trim());
                *count += 1;
            }
            _ => whole.push(((*line).to_owned(), 1)),
        }
    }
    whole
}

/// By-line, date, URL and `Key: value` lines at the top of what is left, in any order.
pub(super) fn take_head_lines(fields: &mut Fields, blocks: &mut Vec<Block<'_>>) {
    for _ in 0..BLOCKS {
        let Some(block) = blocks.first_mut() else { return };
        let authors = fields.authors.len();
        let taken = block.iter().take_while(|line| take_head_line(fields, line)).count();
        // `Associated Press`, `Staff Writer`: what stands alone under a by-line is no story.
        let is_outlet = block.len() == taken + 1 && fields.authors.len() > authors && is_outlet(block[taken]);
        block.drain(..taken + usize::from(is_outlet));
        if !block.is_empty() {
            return;
        }
        blocks.remove(0);
    }
}

fn is_outlet(line: &str) -> bool {
    let line = line.trim();
    line.split_whitespace().count() <= 4
        && line.chars().count() <= 40
        && is_names(line)
        && !line.ends_with('.')
}

/// Takes what a line says if all of it is understood.
pub(super) fn take_head_line(fields: &mut Fields, line: &str) -> bool {
    if line.len() > LINE {
        return false;
    }
    let whole = line;
    let line = bare(line);
    let parts: Vec<&str> = [" | ", " · ", " • ", " — ", " – ", "|", " / "]
        .iter()
        .find(|sep| line.contains(**sep))
        .map(|sep| line.split(*sep).map(str::trim).filter(|part| !part.is_empty()).collect())
        .unwrap_or_default();
    let is_told = |part: &&str| date_line(part).is_some() || byline(part).is_some() || is_url(part);
    if parts.len() > 1 && parts.iter().any(is_told) {
        let rest = || parts.iter().filter(|part| !is_told(part));
        if rest().all(|part| is_outlet(part) || is_lone_name(part) || named_first(part)) {
            return parts.iter().all(|part| take_simple(fields, part) || take_bare_name(fields, part));
        }
    }
    take_simple(fields, whole) || take_with_date(fields, line)
}

/// `Jane Doe, Reuters`: a full name before a comma.
fn named_first(part: &str) -> bool {
    part.split_once(',')
        .is_some_and(|(name, rest)| is_lone_name(name) && rest.split_whitespace().count() <= 3)
}

/// A name without `By`, beside a date or URL; an outlet is passed over.
fn take_bare_name(fields: &mut Fields, part: &str) -> bool {
    if fields.authors.is_empty() && (is_lone_name(part) || named_first(part)) {
        fields.add_authors(named(part));
    }
    true
}

fn is_url(text: &str) -> bool {
    let text = text.trim_matches(['<', '>']);
    (text.starts_with("https://") || text.starts_with("http://")) && !text.contains(char::is_whitespace)
}

fn take_simple(fields: &mut Fields, line: &str) -> bool {
    if let Some(by) = byline(line) {
        // A second by-line below the first is of another author; `By` of those known already says nothing new.
        let (who, date) = split_date(by);
        fields.add_authors(people(who));
        return date.is_none_or(|date| fields.take(Field::Date, &Value::text(date)));
    }
    if take_pair(fields, line) {
        return true;
    }
    let line = bare(line);
    if is_url(line) {
        return fields.url.is_none() && fields.take(Field::Url, &Value::text(line.trim_matches(['<', '>'])));
    }
    match date_line(line) {
        Some((Field::Updated, at)) => {
            fields.updated.get_or_insert(at);
            true
        }
        Some((_, at)) if fields.date.is_none() => {
            fields.date = Some(at);
            true
        }
        _ => false,
    }
}

/// A by-line's names and the date behind a comma.
fn split_date(by: &str) -> (&str, Option<&str>) {
    let commas = by.match_indices(", ").map(|(at, comma)| (&by[..at], &by[at + comma.len()..]));
    let found = commas.into_iter().find(|(_, date)| date_line(date).is_some());
    found.map_or((by, None), |(who, date)| (who, Some(date)))
}

/// `By Jane Doe, May 3, 2026` and `May 3, 2026 by Jane Doe`.
fn take_with_date(fields: &mut Fields, line: &str) -> bool {
    let (who, date) = split_date(line);
    if let Some((_, at)) = date.and_then(date_line)
        && let Some(by) = byline(who)
    {
        fields.add_authors(people(by));
        fields.date.get_or_insert(at);
        return true;
    }
    let at = line.match_indices(' ').map(|(at, _)| at);
    let found = at
        .into_iter()
        .take(12)
        .find(|at| byline(&line[at + 1..]).is_some() && date_line(&line[..*at]).is_some());
    let Some(at) = found else { return false };
    let (date, who) = (&line[..at], &line[at + 1..]);
    fields.add_authors(byline(who).map(people).unwrap_or_default());
    if let Some((_, at)) = date_line(date) {
        fields.date.get_or_insert(at);
    }
    true
}
