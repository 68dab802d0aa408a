//! Markdown (CommonMark with tables, strikethrough and footnotes), with front matter.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

use super::DocumentError;
use super::fields::Fields;
use super::paragraphs::{Block, blocks};
use super::text::{is_underline, strip};

/// Letters of a first paragraph that stands in for a headline.
const HEADLINE: usize = 200;

/// Reads a Markdown document: what it says of itself, and its body in HTML. `fields` are known from above it.
///
/// # Errors
/// None of its own: a headline may be missing, which the caller finds.
pub(super) fn read(mut fields: Fields, text: &str) -> Result<(Fields, String), DocumentError> {
    let mut blocks = blocks(text);
    strip(&mut fields, &mut blocks, take_headline)?;
    let body = remaining(text, &blocks);
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    let mut events: Vec<Event<'_>> = Parser::new_ext(body, options).collect();
    if fields.title.is_none() {
        take_first_heading(&mut fields, &mut events);
    }
    let mut content = String::with_capacity(body.len() * 2);
    html::push_html(&mut content, events.into_iter());
    Ok((fields, content))
}

/// The text from the first line that is left to the last, as it stands.
fn remaining<'a>(text: &'a str, blocks: &[Block<'a>]) -> &'a str {
    let offset = |line: &str| line.as_ptr() as usize - text.as_ptr() as usize;
    let first = blocks.first().and_then(|block| block.first());
    let last = blocks.last().and_then(|block| block.last());
    match (first, last) {
        (Some(first), Some(last)) => text.get(offset(first)..offset(last) + last.len()).unwrap_or_default(),
        _ => "",
    }
}

/// The headline: a `#` heading or an underlined one at the top, where the front matter has none or the same; a short
/// line of plain words, where there is no heading of the first rank at all.
fn take_headline(fields: &mut Fields, blocks: &mut Vec<Block<'_>>) -> Result<(), DocumentError> {
    let ranks_first = |block: &Block<'_>| block.iter().any(|line| line.starts_with("# "));
    let has_heading = blocks.iter().any(ranks_first);
    let Some(first) = blocks.first_mut() else { return Ok(()) };
    let is_underlined = first.get(1).is_some_and(|line| line.len() >= 3 && is_underline(line))
        && first[1].starts_with(['=', '-']);
    let is_heading = first[0].starts_with("# ") || is_underlined && marker_free(first[0]);
    let is_line = fields.title.is_none()
        && !has_heading
        && (first.len() == 1 || super::head::take_head_line(&mut Fields::default(), first[1]))
        && (marker_free(first[0]) || first[0].starts_with("## "));
    if !is_heading && !is_line {
        return Ok(());
    }
    let events: Vec<Event<'_>> = Parser::new(first[0]).collect();
    let words = plain(&events);
    let fits = match &fields.title {
        Some(title) => *title == words,
        None => !words.is_empty() && words.chars().count() <= HEADLINE,
    };
    if fits {
        first.drain(..1 + usize::from(is_underlined));
        if first.is_empty() {
            blocks.remove(0);
        }
        fields.title = Some(words);
    }
    Ok(())
}

/// Whether a line is words, and no list, quotation, code, table, picture or HTML.
fn marker_free(line: &str) -> bool {
    super::paragraphs::marker(line).is_none()
        && !line.starts_with(['#', '>', '`', '|', '!', '<', '~', ' ', '\t'])
}

/// The headline goes from the body, wherever it stands: the first `# heading`, where the front matter has none or the same; where there
/// is no such heading either, a short first paragraph.
fn take_first_heading(fields: &mut Fields, events: &mut Vec<Event<'_>>) {
    let is_heading =
        |event: &Event<'_>| matches!(event, Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }));
    let is_end = |event: &Event<'_>| matches!(event, Event::End(TagEnd::Heading(_) | TagEnd::Paragraph));
    let starts_with_text = matches!(events.first(), Some(Event::Start(Tag::Heading { .. } | Tag::Paragraph)));
    let at = match events.iter().position(is_heading) {
        Some(at) => at,
        None if starts_with_text && fields.title.is_none() => 0,
        None => return,
    };
    let Some(length) = events[at..].iter().position(is_end) else { return };
    let words = plain(&events[at..at + length]);
    let fits = match &fields.title {
        Some(title) => *title == words,
        None => !words.is_empty() && words.chars().count() <= HEADLINE,
    };
    if fits {
        events.drain(at..=at + length);
        fields.title = Some(words);
    }
}

/// The words of a heading.
fn plain(events: &[Event<'_>]) -> String {
    let words = events.iter().map(|event| match event {
        Event::Text(text) | Event::Code(text) => text.as_ref(),
        Event::SoftBreak | Event::HardBreak => " ",
        _ => "",
    });
    words.collect::<String>().trim().to_owned()
}
