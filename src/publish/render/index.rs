//! `index.html`: the output feeds for people. Plain HTML and CSS, no scripts; written so that it is XML too, and read back
//! like the rest. Links are relative: the page works wherever the folder lies, from a disk also.

use std::cmp::Reverse;
use std::fmt::{self, Write};

use chrono::{DateTime, Utc};
use quick_xml::escape::escape;

use crate::model::{OutputFeed, OutputFormat, OutputItem};

use super::date::rfc3339;
use super::{GENERATOR, OPML_FILE, RenderError, checked, own_language, uri};

/// Its name in the output folder.
pub const INDEX_FILE: &str = "index.html";

/// Headlines shown of each feed.
const HEADLINES: usize = 6;

const STYLE: &str = include_str!("index.css");

/// Renders the page of these feeds. Private feeds are for the caller to leave out.
///
/// # Errors
/// [`RenderError`] when the document does not read back.
pub fn index(feeds: &[OutputFeed]) -> Result<Vec<u8>, RenderError> {
    let mut page = String::new();
    let written = write_page(&mut page, feeds).map(|()| page.into_bytes());
    checked("index", "HTML", written)
}

fn write_page(page: &mut String, feeds: &[OutputFeed]) -> fmt::Result {
    write_head(page, feeds)?;
    page.push_str("<body>\n<header>\n<h1>Feeds</h1>\n");
    write!(
        page,
        "<p>Copy the address of a feed into your feed reader, or take them all: \
         <a href=\"{OPML_FILE}\" type=\"text/x-opml\">{OPML_FILE}</a>.</p>\n</header>\n<main>\n"
    )?;
    feeds.iter().try_for_each(|feed| write_feed(page, feed))?;
    if feeds.is_empty() {
        page.push_str("<p>No feeds yet.</p>\n");
    }
    writeln!(page, "</main>\n<footer class=\"quiet\">Made by {GENERATOR}.</footer>\n</body>\n</html>")
}

/// The words are other people's: search engines are asked to stay away, and a reader's click does not say from where.
fn write_head(page: &mut String, feeds: &[OutputFeed]) -> fmt::Result {
    write!(
        page,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
         <meta name=\"robots\" content=\"noindex\"/>\n<meta name=\"referrer\" content=\"no-referrer\"/>\n\
         <meta name=\"generator\" content=\"{GENERATOR}\"/>\n<title>Feeds</title>\n"
    )?;
    for (feed, format) in feeds.iter().flat_map(|feed| formats(feed).map(move |format| (feed, format))) {
        writeln!(
            page,
            "<link rel=\"alternate\" type=\"{}\" title=\"{} ({})\" href=\"{}\"/>",
            format.media_type(),
            escape(feed.title.as_str()),
            format.name(),
            escape(feed.file_name(format)),
        )?;
    }
    write!(page, "<style>\n{STYLE}</style>\n</head>\n")
}

fn formats(feed: &OutputFeed) -> impl Iterator<Item = OutputFormat> + '_ {
    OutputFormat::ALL.into_iter().filter(|format| feed.formats.contains(format))
}

fn write_feed(page: &mut String, feed: &OutputFeed) -> fmt::Result {
    let id = escape(feed.id.as_str());
    let language = lang(feed.language.as_deref());
    write!(page, "<section aria-labelledby=\"feed-{id}\"{language}>\n<h2 id=\"feed-{id}\" dir=\"auto\">")?;
    write_linked(page, feed.title.as_str(), feed.link.as_ref())?;
    page.push_str("</h2>\n");
    if feed.description != feed.title {
        writeln!(page, "<p dir=\"auto\">{}</p>", escape(feed.description.as_str()))?;
    }
    write_state(page, feed)?;
    page.push_str("<ul class=\"formats\" aria-label=\"Formats\" lang=\"en\">\n");
    for format in formats(feed) {
        let (file, kind, name) = (feed.file_name(format), format.media_type(), format.name());
        writeln!(page, "<li><a href=\"{}\" type=\"{kind}\">{name}</a></li>", escape(file))?;
    }
    page.push_str("</ul>\n");
    write_headlines(page, feed)?;
    page.push_str("</section>\n");
    Ok(())
}

/// How many articles, and when the newest changed.
fn write_state(page: &mut String, feed: &OutputFeed) -> fmt::Result {
    page.push_str("<p class=\"quiet\" lang=\"en\">");
    match feed.items.len() {
        0 => page.push_str("No articles yet"),
        1 => page.push_str("1 article"),
        count => write!(page, "{count} articles")?,
    }
    if !feed.items.is_empty() {
        page.push_str(", updated ");
        write_date(page, feed.updated)?;
    }
    page.push_str("</p>\n");
    Ok(())
}

fn write_headlines(page: &mut String, feed: &OutputFeed) -> fmt::Result {
    let mut newest: Vec<&OutputItem> = feed.items.iter().collect();
    newest.sort_by_key(|item| Reverse(item.published));
    newest.truncate(HEADLINES);
    if newest.is_empty() {
        return Ok(());
    }
    page.push_str("<ol class=\"news\">\n");
    for item in newest {
        write!(page, "<li{}><span dir=\"auto\">", lang(own_language(feed, item)))?;
        write_linked(page, item.title.as_str(), item.url.as_ref())?;
        page.push_str("</span> <span class=\"credit\">");
        if let Some(credit) = &item.credit {
            page.push_str("<bdi>");
            write_linked(page, credit.name.as_str(), credit.site.as_ref())?;
            page.push_str("</bdi>, ");
        }
        write_date(page, item.published)?;
        page.push_str("</span></li>\n");
    }
    page.push_str("</ol>\n");
    Ok(())
}

fn write_linked(page: &mut String, text: &str, url: Option<&url::Url>) -> fmt::Result {
    match url {
        Some(url) => write!(page, "<a href=\"{}\">{}</a>", escape(uri(url)), escape(text)),
        None => write!(page, "{}", escape(text)),
    }
}

fn write_date(page: &mut String, date: DateTime<Utc>) -> fmt::Result {
    let day = super::date::whole_seconds(date).format("%-d %B %Y");
    write!(page, "<time datetime=\"{}\" lang=\"en\">{day}</time>", rfc3339(date))
}

fn lang(language: Option<&str>) -> String {
    language.map(|tag| format!(" lang=\"{}\"", escape(tag))).unwrap_or_default()
}
