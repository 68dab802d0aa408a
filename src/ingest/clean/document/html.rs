//! HTML documents: `<title>` and `<meta>` for what they say of themselves, `<article>`, `<main>` or `<body>` for the
//! words.

use dom_query::{Document, Selection};

use super::byline::byline;
use super::fields::{Field, Fields};
use super::head::take_head_line;
use super::labels::ABOUT;
use super::tail::unmarked_bio;
use super::value::Value;
use crate::markup::tame_page;

/// Where a field may stand: selector, and attribute; in order of trust.
const PLACES: &[(Field, &str, &str)] = &[
    (Field::Authors, "meta[name='author']", "content"),
    (Field::Authors, "meta[property='article:author']", "content"),
    (Field::Summary, "meta[name='description']", "content"),
    (Field::Summary, "meta[property='og:description']", "content"),
    (Field::Date, "meta[property='article:published_time']", "content"),
    (Field::Date, "meta[name='date']", "content"),
    (Field::Date, "meta[name='pubdate']", "content"),
    (Field::Date, "meta[name='dcterms.date']", "content"),
    (Field::Date, "time[datetime]", "datetime"),
    (Field::Updated, "meta[property='article:modified_time']", "content"),
    (Field::Language, "html", "lang"),
    (Field::Url, "link[rel='canonical']", "href"),
    (Field::Url, "meta[property='og:url']", "content"),
    (Field::Image, "meta[property='og:image']", "content"),
    (Field::Tags, "meta[name='keywords']", "content"),
    (Field::Tags, "meta[property='article:tag']", "content"),
];

/// Reads an HTML document: what it says of itself, and its body in HTML. `fields` are known from above it.
pub(super) fn read(mut fields: Fields, text: &str) -> (Fields, String) {
    let document = Document::from(tame_page(text));
    for (field, selector, attribute) in PLACES {
        let values = document.select(selector).iter().filter_map(|found| found.attr(attribute));
        let values: Vec<Value> = values.map(|value| Value::Text(value.to_string())).collect();
        // An author by URL is a profile page, not a name.
        let is_url = |value: &Value| matches!(value, Value::Text(text) if text.contains("://"));
        let is_name = *field != Field::Authors || !values.iter().any(is_url);
        if !values.is_empty() && is_name {
            fields.take(*field, &Value::List(values));
        }
    }
    if fields.authors.is_empty() {
        let byline = document.select("[rel='author'], .byline, .author").first().text();
        fields.take(Field::Authors, &Value::Text(line(&byline)));
    }
    let body = ["article", "main", "body"].into_iter().map(|name| document.select(name).first());
    let Some(body) = body.into_iter().find(|found| found.exists()) else { return (fields, String::new()) };
    let heading = body.select("h1").first();
    let headline = line(&heading.text());
    let page = line(&document.select("title").first().text());
    let title = without_site(&page, &headline);
    if heading.exists() && title == headline {
        heading.remove();
    }
    if !title.is_empty() {
        fields.take(Field::Title, &Value::text(title));
    }
    take_lines(&mut fields, &body);
    fields.settle_bio();
    let html = body.inner_html().to_string();
    (fields, html)
}

/// Blocks at either end that may be a by-line or a bio.
const EDGE: usize = 3;

/// By-line, date and bio where they are paragraphs at the edges of the story.
fn take_lines(fields: &mut Fields, body: &Selection<'_>) {
    let blocks: Vec<Selection<'_>> = body.select("p, address, h2, h3").iter().collect();
    if blocks.len() < 2 {
        return;
    }
    for block in &blocks[..EDGE.min(blocks.len() - 1)] {
        if take_head_line(fields, &line(&block.text())) {
            block.remove();
        }
    }
    let mut bio: Option<String> = None;
    for block in blocks[1..].iter().rev().take(EDGE) {
        let text = line(&block.text());
        let label = text.trim_end_matches([':', '：']).to_lowercase();
        let is_about = ABOUT.contains(&label.as_str());
        if byline(&text).is_some() && take_head_line(fields, &text) || is_about && bio.is_some() {
            block.remove();
            if let Some(bio) = bio {
                fields.bio.get_or_insert(bio);
            }
            return;
        }
        if bio.is_none()
            && let Some(authors) = unmarked_bio(fields, &text)
        {
            fields.add_authors(authors);
            fields.bio.get_or_insert(text);
            block.remove();
            return;
        }
        bio.get_or_insert(text);
    }
}

/// A page's title, less the name of its site: one that begins with the headline has that behind it.
fn without_site<'a>(title: &'a str, headline: &'a str) -> &'a str {
    let has_more = !headline.is_empty() && title.starts_with(headline);
    if title.is_empty() || has_more { headline } else { title }
}

/// Text in one line.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
