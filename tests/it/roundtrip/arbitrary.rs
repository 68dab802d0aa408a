//! Output feeds of every shape, with everything in them that is hard to write and to read.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use feedmill::ingest::clean::Sanitizer;
use feedmill::model::uri::escape_uri;
use feedmill::model::{
    Attachment, Author, FeedId, Guid, ItemCredit, OutputFeed, OutputFormat, OutputItem, PlainText, SafeHtml,
    Tombstone,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use url::Url;

/// Ends of sections, markup and references as words, white space of all kinds, what XML forbids, all of Unicode.
fn awkward() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[ -~]{0,12}",
        "\\PC{0,6}",
        any::<String>().prop_map(|text| text.chars().take(6).collect()),
        prop::sample::select(vec![
            "]]>",
            "<![CDATA[",
            "]]",
            "<b>bold</b>",
            "<p>",
            "</title>",
            "<!-- x -->",
            "<?xml?>",
            "a < b > c",
            "AT&T",
            "&amp;",
            "&amp;lt;",
            "&eacute;",
            "&#8212;",
            "&#x1F600;",
            "&#150;",
            "&nbsp",
            "&",
            "<",
            ">",
            "Ann <ann@example.org>",
            "ann@example.org (Ann)",
            "https://example.org/",
            "\"quoted\"",
            "'",
            "\\u0041",
            "\r\n",
            "\n\n",
            "\t",
            "\u{a0}",
            "\u{85}",
            "\u{2028}",
            "\u{3000}",
            "\u{feff}",
            "\u{202e}مرحبا",
            "👩‍🚀",
            "𝒜𐍈",
            "\u{0}",
            "\u{1f}",
            "\u{7f}\u{9f}",
            "\u{fffd}\u{ffff}",
            "e\u{301}",
            "true",
            "null",
            "12",
        ])
        .prop_map(str::to_owned),
    ];
    vec(piece, 0..5).prop_map(|pieces| pieces.concat())
}

/// A line that is not empty.
fn line() -> impl Strategy<Value = PlainText> {
    awkward().prop_map(|text| PlainText::line(&text)).prop_map(or_x)
}

/// A text that is not empty, with line ends.
fn block() -> impl Strategy<Value = PlainText> {
    awkward().prop_map(|text| PlainText::block(&text)).prop_map(or_x)
}

fn or_x(text: PlainText) -> PlainText {
    if text.is_empty() { PlainText::line("x") } else { text }
}

/// A body as the cleaner makes it, or one made of text.
fn html() -> impl Strategy<Value = SafeHtml> {
    let made = awkward().prop_map(|text| SafeHtml::from_text(&PlainText::block(&text)));
    let sanitizer = Sanitizer::new();
    let cleaned = vec((awkward(), 0..6_usize), 0..4).prop_map(move |parts| {
        const AROUND: [(&str, &str); 6] = [
            ("", ""),
            ("<p>", "</p>"),
            ("<pre>\n", "</pre>"),
            ("<a href=\"https://example.org/?a=1&amp;b=%202#]]>\">", "</a>"),
            (
                "<div><img src=\"https://example.org/i.png\" alt=\"&quot;]]&gt;&amp;\"><br></div>&#13;",
                "&nbsp;",
            ),
            ("<table><tr><td>", "</table>"),
        ];
        let around = |(text, kind): &(String, usize)| format!("{}{text}{}", AROUND[*kind].0, AROUND[*kind].1);
        sanitizer.sanitize(&parts.iter().map(around).collect::<String>(), None)
    });
    prop_oneof![made, cleaned]
}

fn address() -> impl Strategy<Value = Url> {
    let rest = "[a-zA-Z0-9|^`{}\\[\\]é字&'\"<> %#?/=+;:@~-]{0,16}";
    (
        prop::sample::select(vec!["https://example.org/", "http://[::1]:8080/", "https://bücher.example/a?"]),
        rest,
    )
        .prop_map(|(start, rest)| Url::parse(&format!("{start}{rest}")).unwrap())
}

fn guid() -> impl Strategy<Value = Guid> {
    let urn = "(urn:isbn:|tag:example\\.org,2020:)[a-z0-9:/]{1,8}".prop_map(|value| (value, false));
    let page = (address(), any::<bool>()).prop_map(|(url, page)| (url.to_string(), page));
    let words = line().prop_map(|text| (text.as_str().to_owned(), false));
    prop_oneof![urn, page, words].prop_map(|(value, is_permalink)| Guid { value, is_permalink })
}

/// From the year 0 to 10000, and any fraction of a second.
fn moment() -> impl Strategy<Value = DateTime<Utc>> {
    let seconds = prop_oneof![3 => 0..4_000_000_000_i64, 1 => -62_170_000_000..253_410_000_000_i64];
    let nanos = prop_oneof![Just(0), Just(999_999_999), 0..1_000_000_000_u32];
    (seconds, nanos).prop_map(|(seconds, nanos)| DateTime::from_timestamp(seconds, nanos).unwrap())
}

fn language() -> impl Strategy<Value = Option<String>> {
    option::of(prop::sample::select(vec!["de", "en-GB", "zh-Hant-TW", "es-419"]).prop_map(str::to_owned))
}

fn attachment() -> impl Strategy<Value = Attachment> {
    let types =
        prop::sample::select(vec!["audio/mpeg", "image/svg+xml", "application/octet-stream", "text/html"]);
    (address(), types, option::of(any::<u64>())).prop_map(|(url, media_type, length)| Attachment {
        url,
        media_type: media_type.to_owned(),
        length,
    })
}

/// Authors of different names.
fn authors() -> impl Strategy<Value = Vec<Author>> {
    vec((line(), option::of(address())), 0..4).prop_map(|authors| {
        let mut names = HashSet::new();
        let new = authors.into_iter().filter(|(name, _)| names.insert(name.clone()));
        new.map(|(name, url)| Author { name, url, bio: None }).collect()
    })
}

/// Tags of different names.
fn tags() -> impl Strategy<Value = Vec<PlainText>> {
    vec(line(), 0..4).prop_map(|tags| {
        let mut seen = HashSet::new();
        tags.into_iter().filter(|tag| seen.insert(tag.clone())).collect()
    })
}

prop_compose! {
    fn credit()(
        name in line(),
        feed in option::of(address()),
        site in option::of(address()),
        id in option::of(guid().prop_map(|guid| guid.value)),
        updated in moment(),
    ) -> ItemCredit {
        ItemCredit { name, feed, site, id, updated }
    }
}

prop_compose! {
    fn item()(
        (guid, title, url, language) in (guid(), line(), option::of(address()), language()),
        (excerpt, summary, content) in (option::of(block()), option::of(html()), option::of(html())),
        (authors, tags, rights) in (authors(), tags(), option::of(block())),
        (published, later) in (moment(), prop_oneof![Just(0), 0..3_000_000_000_i64]),
        (image, attachments, credit) in (option::of(address()), vec(attachment(), 0..3), option::of(credit())),
    ) -> OutputItem {
        let updated = published + chrono::TimeDelta::nanoseconds(later);
        OutputItem {
            guid, title, url, excerpt, summary, content, authors, tags, published, updated, language, rights, image,
            attachments, credit,
        }
    }
}

prop_compose! {
    fn tombstone()(url in address(), at in moment()) -> Tombstone {
        Tombstone { id: escape_uri(url.as_str()).into_owned(), at }
    }
}

prop_compose! {
    /// An output feed.
    pub(super) fn feed()(
        (title, description) in (line(), prop_oneof![line(), Just(PlainText::default())]),
        (link, base_url, language) in (option::of(address()), option::of(address()), language()),
        items in vec(item(), 0..4),
        deleted in vec(tombstone(), 0..3),
        updated in moment(),
    ) -> OutputFeed {
        OutputFeed {
            id: FeedId::new("news"),
            formats: OutputFormat::ALL.to_vec(),
            title, description, link, language, base_url, updated, items, deleted,
        }
    }
}
