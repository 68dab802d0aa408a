//! Markdown (CommonMark with tables, strikethrough and footnotes), with front matter.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

use super::DocumentError;
use super::fields::Fields;
use super::front_matter;
use super::text::{bio_html, tail};

/// Letters of a first paragraph that stands in for a headline.
const HEADLINE: usize = 200;

/// Reads a Markdown document: what it says of itself, and its body in HTML.
///
/// # Errors
/// A front matter that cannot be read.
pub(super) fn read(text: &str) -> Result<(Fields, String), DocumentError> {
    let (mut fields, mut body) = front_matter::split(text)?;
    let mut bio = String::new();
    if fields.authors.is_empty()
        && let Some((at, said, words)) = tail(body)
    {
        fields.authors = said.authors;
        bio = words;
        body = &body[..at];
    }
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    let mut events: Vec<Event<'_>> = Parser::new_ext(body, options).collect();
    take_headline(&mut fields, &mut events);
    let mut content = String::with_capacity(body.len() * 2);
    html::push_html(&mut content, events.into_iter());
    Ok((fields, content + &bio_html(&bio)))
}

/// The headline goes from the body: the first `# heading`, where the front matter has none or the same; where there
/// is no such heading either, a short first paragraph.
fn take_headline(fields: &mut Fields, events: &mut Vec<Event<'_>>) {
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
