use ::rss::Channel;
use chrono::DateTime;
use proptest::prelude::*;

use crate::model::{Attachment, Author, FeedId, Guid, ItemCredit, OutputFeed, PlainText, SafeHtml};

use super::samples::{bare_item, line, minimal, rich, url};
use super::*;

fn text(document: Result<Vec<u8>, RenderError>) -> String {
    String::from_utf8(document.unwrap()).unwrap()
}

#[test]
fn every_document_of_a_rich_and_of_a_minimal_feed_is_as_it_was() {
    for (name, feed) in [("rich", rich()), ("minimal", minimal())] {
        for format in OutputFormat::ALL {
            insta::assert_snapshot!(format!("{name}.{}", format.extension()), text(render(&feed, format)));
        }
        insta::assert_snapshot!(format!("{name}.opml"), text(opml(std::slice::from_ref(&feed))));
        let page = text(index(&[feed]));
        let (head, body) = page.split_once("<style>").unwrap();
        let (_, body) = body.split_once("</style>").unwrap();
        insta::assert_snapshot!(format!("{name}.html"), format!("{head}{body}"));
    }
}

#[test]
fn what_has_no_words_has_its_title_for_content() {
    let feed = OutputFeed { items: vec![bare_item("urn:x:1")], ..minimal() };
    assert!(text(render(&feed, OutputFormat::Atom)).contains("<content type=\"text\">A headline</content>"));
    assert!(text(render(&feed, OutputFormat::Json)).contains("\"content_text\":\"A headline\""));
}

#[test]
fn an_atom_entry_without_a_page_has_content() {
    let words = SafeHtml::from_text(&line("Words."));
    let mut item = bare_item("urn:x:1");
    item.summary = Some(words);
    let mut feed = OutputFeed { items: vec![item], ..minimal() };
    assert!(text(render(&feed, OutputFormat::Atom)).contains("<content "));
    feed.items[0].url = Some(url("https://example.org/"));
    assert!(!text(render(&feed, OutputFormat::Atom)).contains("<content "));
}

#[test]
fn a_description_stands_before_the_whole_text_even_if_it_is_empty() {
    let mut item = bare_item("urn:x:1");
    item.content = Some(SafeHtml::from_text(&line("Words.")));
    let feed = OutputFeed { items: vec![item], ..minimal() };
    let document = text(render(&feed, OutputFormat::Rss));
    assert!(document.find("<description><![CDATA[").unwrap() < document.find("<content:encoded>").unwrap());
}

#[test]
fn rss_has_its_plain_text_in_hexadecimal_references_and_its_html_as_it_is() {
    let mut item = bare_item("urn:x:1");
    item.title = line("The <dialog> element & &copy; ]]>");
    item.summary = Some(SafeHtml::from_text(&line("a < b ]]> & c")));
    item.url = Some(url("https://example.org/?a=1&b=2"));
    let feed = OutputFeed { items: vec![item], ..minimal() };
    let document = text(render(&feed, OutputFormat::Rss));
    assert!(document.contains("<title>The &#x3C;dialog&gt; element &#x26; &#x26;copy; ]]&gt;</title>"));
    assert!(document.contains("<description><![CDATA[<p>a &lt; b ]]&gt; &amp; c</p>]]></description>"));
    assert!(document.contains("<link>https://example.org/?a=1&#x26;b=2</link>"));
}

#[test]
fn a_broken_document_is_refused_with_the_feed_and_the_place() {
    let item = bare_item("urn:x:\u{1}");
    let feed = OutputFeed { items: vec![item], ..minimal() };
    let error = render(&feed, OutputFormat::Rss).unwrap_err().to_string();
    assert!(error.contains("feed `news`") && error.contains("U+0001"), "{error}");
    assert!(render(&feed, OutputFormat::Atom).is_err());
}

#[test]
fn an_index_without_feeds_is_a_page_too() {
    assert!(text(index(&[])).contains("No feeds yet"));
    assert!(text(opml(&[])).contains("<body>"));
}

/// One line that is hard to write and to read: markup, references, ends of CDATA, directions, emoji, anything.
fn nasty() -> impl Strategy<Value = PlainText> {
    let piece = prop_oneof![
        Just("]]>".to_owned()),
        Just("<![CDATA[".to_owned()),
        Just("<b a='1'>&amp;&nbsp;&#0;&#x10FFFF;</b><!-- -->".to_owned()),
        Just("\u{202e}عربي\u{200b}\u{feff} 👩‍🚀 \u{85}\r\n\t\u{c}".to_owned()),
        Just("\u{0}\u{8}\u{1f}\u{fffe}\u{ffff}\u{fdd0}".to_owned()),
        ".{0,12}",
    ];
    let text = proptest::collection::vec(piece, 0..5).prop_map(|pieces| line(&pieces.concat()));
    text.prop_map(|text| if text.is_empty() { line("x") } else { text })
}

fn nasty_html() -> impl Strategy<Value = SafeHtml> {
    nasty().prop_map(|text| SafeHtml::from_text(&text))
}

fn address() -> impl Strategy<Value = url::Url> {
    "[a-z|^`{}\\[\\]é&'\"<> %#?/=+;-]{0,20}".prop_map(|path| url(&format!("https://example.org/{path}")))
}

fn attachment() -> impl Strategy<Value = Attachment> {
    let length = proptest::option::of(0_u64..1 << 40);
    (address(), length).prop_map(|(url, length)| Attachment {
        url,
        media_type: "audio/mpeg".to_owned(),
        length,
    })
}

fn credit() -> impl Strategy<Value = ItemCredit> {
    let address = || proptest::option::of(address());
    (nasty(), address(), address(), proptest::option::of("tag:[a-z]{1,5}"))
        .prop_map(|(name, feed, site, id)| ItemCredit { name, feed, site, id, updated: DateTime::UNIX_EPOCH })
}

prop_compose! {
    fn item()(
        (title, url, summary, content) in (
            nasty(),
            proptest::option::of(address()),
            proptest::option::of(nasty_html()),
            proptest::option::of(nasty_html()),
        ),
        (authors, tags, rights, attachments) in (
            proptest::collection::vec((nasty(), proptest::option::of(address())), 0..3),
            proptest::collection::vec(nasty(), 0..3),
            proptest::option::of(nasty()),
            proptest::collection::vec(attachment(), 0..3),
        ),
        (published, later, image, credit) in (
            -1_000_000_000_000_i64..1_000_000_000_000,
            0_i64..1_000_000,
            proptest::option::of(address()),
            proptest::option::of(credit()),
        ),
        guid in "(urn:x:|https://example\\.org/)[a-z&=]{1,12}",
    ) -> OutputItem {
        let date = |seconds| DateTime::from_timestamp(seconds, 0).unwrap();
        OutputItem {
            guid: Guid { is_permalink: guid.starts_with("http"), value: guid },
            authors: authors.into_iter().map(|(name, url)| Author { name, url, bio: None }).collect(),
            published: date(published),
            updated: date(published + later),
            excerpt: None,
            language: None,
            title, url, summary, content, tags, rights, attachments, image, credit,
        }
    }
}

prop_compose! {
    fn feed()(
        (title, description) in (nasty(), nasty()),
        items in proptest::collection::vec(item(), 0..4),
        (link, served) in (proptest::option::of(address()), any::<bool>()),
    ) -> OutputFeed {
        OutputFeed {
            id: FeedId::new("news"),
            updated: items.iter().map(|item| item.updated).max().unwrap_or(DateTime::UNIX_EPOCH),
            base_url: served.then(|| url("https://news.example.org/feeds/")),
            title, description, link, items,
            ..rich()
        }
    }
}

/// A date that the formats can say, as they say it.
fn said(date: DateTime<chrono::Utc>) -> DateTime<chrono::Utc> {
    date::whole_seconds(date)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn rss_reads_back_as_it_was_composed(feed in feed()) {
        let document = render(&feed, OutputFormat::Rss).unwrap();
        prop_assert_eq!(&document, &render(&feed, OutputFormat::Rss).unwrap());
        let read = Channel::read_from(&document[..]).unwrap();
        prop_assert_eq!(read.title(), feed.title.as_str());
        prop_assert_eq!(read.description(), feed.description.as_str());
        prop_assert_eq!(read.items().len(), feed.items.len());
        for (read, item) in read.items().iter().zip(&feed.items) {
            let guid = read.guid().unwrap();
            prop_assert_eq!((guid.value(), guid.is_permalink()), (&*item.guid.value, item.guid.is_permalink));
            prop_assert_eq!(read.title(), Some(item.title.as_str()));
            prop_assert_eq!(read.link().map(str::to_owned), item.url.as_ref().map(uri));
            let date = DateTime::parse_from_rfc2822(read.pub_date().unwrap()).unwrap();
            prop_assert_eq!(date, said(item.published));
            prop_assert_eq!(read.content(), item.content.as_ref().map(SafeHtml::as_str));
            let summary = item.summary.as_ref().map(SafeHtml::as_str);
            prop_assert_eq!(read.description(), summary);
            let tags: Vec<_> = read.categories().iter().map(|tag| tag.name()).collect();
            prop_assert_eq!(tags, item.tags.iter().map(PlainText::as_str).collect::<Vec<_>>());
        }
    }

    #[test]
    fn atom_reads_back_as_it_was_composed(feed in feed()) {
        let document = render(&feed, OutputFormat::Atom).unwrap();
        prop_assert_eq!(&document, &render(&feed, OutputFormat::Atom).unwrap());
        let read = atom_syndication::Feed::read_from(&document[..]).unwrap();
        prop_assert_eq!(read.title().as_str(), feed.title.as_str());
        prop_assert_eq!(read.entries().len(), feed.items.len());
        for (read, item) in read.entries().iter().zip(&feed.items) {
            prop_assert_eq!(read.id(), &*item.guid.value);
            prop_assert_eq!(read.title().as_str(), item.title.as_str());
            let link = read.links().iter().find(|link| link.rel() == "alternate").map(|link| link.href().to_owned());
            prop_assert_eq!(link, item.url.as_ref().map(uri));
            prop_assert_eq!(*read.published().unwrap(), said(item.published));
            prop_assert_eq!(*read.updated(), said(item.updated));
            prop_assert!(!read.authors().is_empty());
            prop_assert!(read.content().is_some() || item.url.is_some());
            if let Some(content) = &item.content {
                prop_assert_eq!(read.content().and_then(|content| content.value()), Some(content.as_str()));
            }
        }
    }

    #[test]
    fn json_reads_back_as_it_was_composed(feed in feed()) {
        let document = render(&feed, OutputFormat::Json).unwrap();
        let read: serde_json::Value = serde_json::from_slice(&document).unwrap();
        prop_assert_eq!(read["title"].as_str(), Some(feed.title.as_str()));
        let items = read["items"].as_array().unwrap();
        prop_assert_eq!(items.len(), feed.items.len());
        for (read, item) in items.iter().zip(&feed.items) {
            prop_assert_eq!(read["id"].as_str(), Some(&*item.guid.value));
            prop_assert_eq!(read["title"].as_str(), Some(item.title.as_str()));
            prop_assert_eq!(read["url"].as_str().map(str::to_owned), item.url.as_ref().map(uri));
            prop_assert_eq!(read["date_published"].as_str(), Some(&*date::rfc3339(item.published)));
            prop_assert!(read["content_html"].is_string() != read["content_text"].is_string());
        }
    }

    #[test]
    fn index_and_opml_read_back(feeds in proptest::collection::vec(feed(), 0..3)) {
        let (page, list) = (text(index(&feeds)), text(opml(&feeds)));
        for feed in &feeds {
            let title = quick_xml::escape::escape(feed.title.as_str());
            prop_assert!(page.contains(&*title) && list.contains("outline type=\"rss\""));
        }
    }
}
