//! HTML documents: `<title>` and `<meta>` for what they say of themselves, `<article>`, `<main>` or `<body>` for the
//! words.

use dom_query::Document;

use super::fields::{Field, Fields};
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

/// Reads an HTML document: what it says of itself, and its body in HTML.
pub(super) fn read(text: &str) -> (Fields, String) {
    let document = Document::from(tame_page(text));
    let mut fields = Fields::default();
    for (field, selector, attribute) in PLACES {
        let values = document.select(selector).iter().filter_map(|found| found.attr(attribute));
        let values: Vec<String> = values.map(|value| value.to_string()).collect();
        // An author by URL is a profile page, not a name.
        if !(*field == Field::Authors && values.iter().any(|value| value.contains("://"))) {
            fields.take(*field, &values);
        }
    }
    if fields.authors.is_empty() {
        let byline = document.select("[rel='author'], .byline, .author").first().text();
        fields.take(Field::Authors, &[line(&byline)]);
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
    fields.take(Field::Title, &[title.to_owned()]);
    let html = body.inner_html().to_string();
    (fields, html)
}

/// A page's title, less the name of its site: one that begins with the headline has that behind it.
pub(in super::super) fn without_site<'a>(title: &'a str, headline: &'a str) -> &'a str {
    let has_more = !headline.is_empty() && title.starts_with(headline);
    if title.is_empty() || has_more { headline } else { title }
}

/// Text in one line.
pub(in super::super) fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
