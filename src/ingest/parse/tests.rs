//! The fixtures, and what holds for every text.

use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::{Hints, ParseError, parse};

/// The document URL of every fixture.
const BASE: &str = "https://example.org/feeds/feed.xml";

/// Every `NAME.xml` and `NAME.html` below `fixtures/`, whole record against `NAME.json`. `FEEDMILL_BLESS=1` writes what is found:
/// read the difference before you commit it.
#[test]
#[allow(clippy::disallowed_methods, reason = "a test that blesses its own fixtures")]
fn every_fixture_gives_its_record() {
    let bless = std::env::var("FEEDMILL_BLESS").is_ok();
    let mut wrong = Vec::new();
    for path in fixtures() {
        let expected = path.with_extension("json");
        let found = record_of(&std::fs::read_to_string(&path).unwrap());
        if bless {
            std::fs::write(&expected, found).unwrap();
        } else if std::fs::read_to_string(&expected).unwrap_or_default() != found {
            wrong.push(format!("{}:\n{found}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn record_of(text: &str) -> String {
    let hints = Hints { base_url: Some(BASE.parse().unwrap()), ..Hints::default() };
    match parse(text, &hints) {
        Ok(document) => serde_json::to_string_pretty(&document).unwrap() + "\n",
        Err(error) => format!("{{\n  \"error\": {}\n}}\n", serde_json::json!(error.to_string())),
    }
}

fn fixtures() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ingest/parse/fixtures");
    let mut found = Vec::new();
    for folder in std::fs::read_dir(root).unwrap() {
        let files = std::fs::read_dir(folder.unwrap().path()).unwrap();
        found.extend(
            files
                .map(|file| file.unwrap().path())
                .filter(|path| path.extension().is_some_and(|e| e == "xml" || e == "html")),
        );
    }
    found.sort();
    assert!(!found.is_empty());
    found
}

fn parse_plainly(text: &str) -> Result<crate::model::FeedDocument, ParseError> {
    parse(text, &Hints::default())
}

#[test]
fn content_language_is_the_language_of_what_says_none() {
    let hints = Hints { content_language: Some("fr_CH;q=1, en".to_owned()), ..Hints::default() };
    let text = "<rss><channel><title>a</title><item xml:lang='de'><title>b</title></item></channel></rss>";
    let document = parse(text, &hints).unwrap();
    assert_eq!(document.meta.language.as_deref(), Some("fr-CH"));
    assert_eq!(document.meta.title.unwrap().language.as_deref(), Some("fr-CH"));
    assert_eq!(document.entries[0].title.as_ref().unwrap().language.as_deref(), Some("de"));
}

#[test]
fn where_no_url_is_known_a_relative_base_is_still_one() {
    let text = "<rss xml:base='/a/'><channel><link>b</link><item xml:base='c/'><link>?d</link>\
                <description>&lt;p&gt;</description></item></channel></rss>";
    let document = parse_plainly(text).unwrap();
    assert_eq!(document.meta.link.as_deref(), Some("/a/b"));
    let entry = &document.entries[0];
    assert_eq!(entry.link.as_deref(), Some("/a/c/?d"));
    assert_eq!(entry.summary.as_ref().unwrap().base.as_deref(), Some("/a/c/"));
    assert_eq!(document.warnings, []);
    let plain = parse_plainly("<rss xml:base=''><channel><link>b</link></channel></rss>").unwrap();
    assert_eq!((plain.meta.link.as_deref(), plain.meta.base), (Some("b"), None));
}

#[test]
fn no_more_entries_are_read_than_the_limit_and_it_is_told() {
    let text = format!("<rss><channel>{}</channel></rss>", "<item/>".repeat(100_010));
    let document = parse_plainly(&text).unwrap();
    assert_eq!(document.entries.len(), 100_000);
    assert_eq!(document.warnings[0].code, "too-many-entries");
}

#[test]
fn a_web_page_is_told_as_such() {
    let page = "<!DOCTYPE html><html><head><title>x</title></head></html>";
    assert!(matches!(parse_plainly(page), Err(ParseError::WebPage { .. })));
}

/// Pieces that broken feeds are made of.
fn piece() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "<rss>",
        "<channel>",
        "<item>",
        "</item>",
        "<title>",
        "</title>",
        "<entry ",
        "<feed xmlns='http://www.w3.org/2005/Atom'>",
        "<![CDATA[",
        "]]>",
        "<!--",
        "-->",
        "<!DOCTYPE x [",
        "<!ENTITY a \"b\">",
        "]>",
        "<?",
        "?>",
        "&",
        "&amp;",
        "&#x",
        "&a;",
        "<",
        ">",
        "/",
        "\"",
        "'",
        "=",
        "a='",
        " href=\"",
        "xml:base='",
        "xmlns:",
        "\u{0}",
        "é",
        "\u{fffd}",
        "\r",
        "<br>",
        "</",
        "<media:content ",
        "<content type='xhtml'>",
        "<div>",
        "<georss:point>",
        "1 2",
        "<skipHours>",
        "<link ",
    ];
    prop_oneof![proptest::sample::select(PIECES).prop_map(str::to_owned), any::<String>()]
}

proptest! {
    #[test]
    fn no_text_makes_the_parser_panic(pieces in proptest::collection::vec(piece(), 0..60)) {
        let text = pieces.concat();
        let _ = parse_plainly(&text);
        let _ = parse_plainly(&format!("<rss version='2.0'><channel><item>{text}"));
        let _ = parse_plainly(&format!("<feed xmlns='http://www.w3.org/2005/Atom'><entry>{text}"));
    }

    #[test]
    fn a_broken_entry_costs_no_entry_after_it(pieces in proptest::collection::vec(piece(), 0..12)) {
        // A feed within an entry has entries of its own.
        prop_assume!(!pieces.iter().any(|piece| ["<rss>", "<channel>", "<feed"].iter().any(|feed| piece.starts_with(feed))));
        let text = format!(
            "<rss version='2.0'><channel><item><title>a</title>{}</item>\n<item><title>last</title></item></channel></rss>",
            pieces.concat(),
        );
        let document = parse_plainly(&text).unwrap();
        let last = document.entries.last().and_then(|entry| entry.title.as_ref());
        prop_assert_eq!(last.map(|title| title.value.as_str()), Some("last"), "{}", text);
    }

    #[test]
    fn a_damaged_feed_still_gives_a_record(
        which in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), length in 0_usize..40, put in piece(),
    ) {
        let all = fixtures();
        let mut text = std::fs::read_to_string(&all[which.index(all.len())]).unwrap();
        let start = text.floor_char_boundary(at.index(text.len().max(1)));
        let end = text.floor_char_boundary((start + length).min(text.len()));
        text.replace_range(start..end.max(start), &put);
        let _ = parse_plainly(&text);
    }
}
