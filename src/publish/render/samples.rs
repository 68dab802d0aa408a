//! Output feeds that the renderers are tried on.

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use url::Url;

use crate::model::{
    Attachment, Author, FeedId, Guid, ItemCredit, OutputFeed, OutputFormat, OutputItem, PlainText, SafeHtml,
    Tombstone,
};

pub(super) fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

pub(super) fn line(text: &str) -> PlainText {
    PlainText::line(text)
}

fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2025, 5, 1, 12, 0, 0).unwrap()
}

/// An item with an id, a title and a date.
pub(super) fn bare_item(guid: &str) -> OutputItem {
    OutputItem {
        guid: Guid { value: guid.to_owned(), is_permalink: guid.starts_with("http") },
        title: line("A headline"),
        url: None,
        excerpt: None,
        summary: None,
        content: None,
        authors: Vec::new(),
        tags: Vec::new(),
        published: noon(),
        updated: noon(),
        language: None,
        rights: None,
        image: None,
        attachments: Vec::new(),
        credit: None,
    }
}

/// A feed with nothing but what must be there.
pub(super) fn minimal() -> OutputFeed {
    OutputFeed {
        id: FeedId::new("news"),
        title: line("My news"),
        description: line("My news"),
        link: None,
        language: None,
        base_url: None,
        formats: vec![OutputFormat::Rss],
        updated: DateTime::UNIX_EPOCH,
        items: Vec::new(),
        deleted: Vec::new(),
    }
}

/// An item that has everything.
fn full_item() -> OutputItem {
    let credit = ItemCredit {
        name: line("The Post & Mail"),
        feed: Some(url("https://post.example.org/feed?a=1&b=2")),
        site: Some(url("https://post.example.org/")),
        id: Some("tag:post.example.org,2020:all".to_owned()),
        updated: noon() + TimeDelta::hours(2),
    };
    let credit_line = SafeHtml::link_line("From", &credit.name, credit.site.as_ref());
    let excerpt = line("Fish & chips < caviar, \"they\" say.");
    let body =
        SafeHtml::from_text(&PlainText::block("Fish & chips ]]> caviar.\n\nSecond paragraph: 你好 مرحبا 👩‍🚀"));
    OutputItem {
        title: line("Fish & chips ]]> <caviar> 👩‍🚀"),
        url: Some(url("https://post.example.org/a?x=1&y=[2]|3")),
        summary: Some(credit_line.clone().followed_by(&SafeHtml::from_text(&excerpt))),
        excerpt: Some(excerpt),
        content: Some(credit_line.followed_by(&body)),
        authors: vec![
            Author { name: line("Ada O'Neil"), url: Some(url("https://post.example.org/ada")), bio: None },
            Author { name: line("王小明"), ..Author::default() },
        ],
        tags: vec![line("food & drink"), line("Ernährung")],
        updated: noon() + TimeDelta::hours(1),
        language: Some("de".to_owned()),
        rights: Some(line("© The Post & Mail")),
        image: Some(url("https://post.example.org/a.jpg?w=1&h=2")),
        attachments: vec![
            attachment("https://post.example.org/a.mp3", "audio/mpeg", Some(123_456)),
            attachment("https://post.example.org/a.bin", "application/octet-stream", None),
        ],
        credit: Some(credit),
        ..bare_item("https://post.example.org/a")
    }
}

fn attachment(address: &str, media_type: &str, length: Option<u64>) -> Attachment {
    Attachment { url: url(address), media_type: media_type.to_owned(), length }
}

/// A feed with every field in use, an item of one's own, and one that is a bare link.
pub(super) fn rich() -> OutputFeed {
    let own = OutputItem {
        title: line("עברית: a headline of one's own"),
        excerpt: Some(line("Words of one's own.")),
        summary: Some(SafeHtml::from_text(&line("Words of one's own."))),
        published: noon() - TimeDelta::days(1),
        updated: noon() - TimeDelta::days(1),
        language: Some("en".to_owned()),
        ..bare_item("urn:uuid:6ba7b810-9dad-81d1-80b4-00c04fd430c8")
    };
    let link = OutputItem {
        url: Some(url("http://example.com/link")),
        published: noon() - TimeDelta::days(2),
        updated: noon() - TimeDelta::days(2),
        ..bare_item("tag:example.com,2025:link")
    };
    OutputFeed {
        title: line("News & more <daily>"),
        description: line("Chosen by rule; \"excerpts\" only"),
        link: Some(url("https://news.example.org/about")),
        language: Some("en".to_owned()),
        base_url: Some(url("https://news.example.org/feeds/")),
        formats: OutputFormat::ALL.to_vec(),
        updated: noon() + TimeDelta::hours(1),
        items: vec![full_item(), own, link],
        deleted: vec![Tombstone { id: "https://post.example.org/gone?a=1&b=2".to_owned(), at: noon() }],
        ..minimal()
    }
}
