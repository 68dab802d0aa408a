use proptest::prelude::*;
use serde_json::{Value, json};
use url::Url;

use super::*;

fn read(text: &str) -> FeedDocument {
    parse_json(text, &Hints::default()).unwrap()
}

/// The record, less the warnings.
fn record(text: &str) -> Value {
    let mut record = serde_json::to_value(read(text)).unwrap();
    record.as_object_mut().unwrap().remove("warnings");
    record
}

fn codes(document: &FeedDocument) -> Vec<&'static str> {
    document.warnings.iter().map(|warning| warning.code).collect()
}

/// The entry of a feed with one item.
fn entry(item: &str) -> (Value, Vec<&'static str>) {
    let document = read(&format!(r#"{{"version": "https://jsonfeed.org/version/1.1", "items": [{item}]}}"#));
    assert_eq!(document.entries.len(), 1);
    (serde_json::to_value(&document.entries[0]).unwrap(), codes(&document))
}

/// Rows of an item, its entry and the first warning's code.
fn assert_entries(rows: &[(&str, Value, &str)]) {
    for (item, expected, code) in rows {
        let (found, codes) = entry(item);
        assert_eq!(&found, expected, "{item}");
        assert_eq!(codes.first().unwrap_or(&""), code, "{item}");
    }
}

#[test]
fn every_field_of_a_feed_has_its_place() {
    let text = r#"{
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Harbour News", "description": "What the tide brings", "home_page_url": "/", "language": "en-GB",
        "icon": "icon.png", "favicon": "fav.ico", "user_comment": "a feed", "expired": true, "next_url": "?page=2",
        "authors": [{"name": "Jane Doe", "url": "/jane"}, {"name": "Joe", "url": "mailto:joe@example.org"}, {}],
        "hubs": [{"type": "WebSub", "url": "https://hub.example.org/"}], "_desk": {"floor": 3},
        "feed_url": "https://example.org/news/feed.json", "items": []
    }"#;
    let expected = json!({
        "format": "json-feed-1.1", "title": "Harbour News", "subtitle": "What the tide brings",
        "link": "https://example.org/", "language": "en-GB", "icon": "https://example.org/news/icon.png",
        "links": [{"href": "https://example.org/news/feed.json", "rel": "self"},
                  {"href": "https://example.org/news/feed.json?page=2", "rel": "next"}],
        "next": "https://example.org/news/feed.json?page=2",
        "authors": [{"name": "Jane Doe", "uri": "https://example.org/jane"}, {"name": "Joe", "email": "joe@example.org"}],
        "hubs": ["https://hub.example.org/"], "entries": [],
        "extensions": {"_desk": "{\"floor\": 3}", "expired": "true", "favicon": "fav.ico", "user_comment": "a feed"}
    });
    assert_eq!(record(text), expected);
    assert_eq!(codes(&read(text)), [""; 0]);
}

#[test]
fn every_field_of_an_item_has_its_place() {
    let text = r#"{"items": [{
        "id": "a1", "url": "a1.html", "external_url": "https://example.com/x", "title": "Low tide", "summary": "Mud.",
        "content_html": "<p>Mud <img src='m.png'></p>", "content_text": "Mud", "image": "m.png", "banner_image": "b.png",
        "date_published": "2026-11-02T10:00:00+01:00", "date_modified": "2026-11-02T12:00:00Z", "language": "en",
        "author": {"name": "Jane"}, "tags": ["tide", "mud"], "_score": 1.50,
        "attachments": [{"url": "m.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 1234, "duration_in_seconds": 61.5}]
    }], "feed_url": "https://example.org/feed.json", "version": "https://jsonfeed.org/version/1"}"#;
    let expected = json!({
        "id": "a1", "link": "https://example.org/a1.html", "links": [{"href": "https://example.com/x", "rel": "related"}],
        "title": "Low tide", "summary": "Mud.", "language": "en",
        "content": [{"value": "<p>Mud <img src='m.png'></p>", "type": "text/html", "base": "https://example.org/feed.json"}, "Mud"],
        "image": {"url": "https://example.org/m.png"},
        "published": "2026-11-02T09:00:00Z", "updated": "2026-11-02T12:00:00Z",
        "authors": [{"name": "Jane"}], "categories": [{"term": "tide"}, {"term": "mud"}],
        "enclosures": [{"url": "https://example.org/m.mp3", "type": "audio/mpeg", "length": 1234}],
        "extensions": {"_score": "1.50", "banner_image": "b.png", "duration_in_seconds": "61.5"}
    });
    assert_eq!(record(text)["entries"][0], expected);
    assert_eq!(record(text)["format"], "json-feed-1.0");
}

#[test]
fn a_wrong_type_costs_the_field_and_no_more() {
    let rows = [
        (r#"{"id": 7}"#, json!({"id": "7"}), ""),
        (r#"{"id": 12345678901234567890123}"#, json!({"id": "12345678901234567890123"}), ""),
        (r#"{"id": "a", "title": ["x", 1]}"#, json!({"id": "a", "title": "x"}), "wrong-type"),
        (r#"{"id": "a", "title": [["x"]]}"#, json!({"id": "a"}), "wrong-type"),
        (r#"{"id": "a", "title": {"x": 1}}"#, json!({"id": "a"}), "wrong-type"),
        (r#"{"id": "a", "title": null, "tags": null}"#, json!({"id": "a"}), ""),
        (r#"{"id": "a", "title": ""}"#, json!({"id": "a", "title": ""}), ""),
        (r#"{"id": " ", "url": ""}"#, json!({}), ""),
    ];
    assert_entries(&rows);
}

#[test]
fn a_list_may_be_written_as_its_only_member_and_loses_only_what_is_wrong() {
    let rows = [
        (
            r#"{"id": "a", "tags": "tide"}"#,
            json!({"id": "a", "categories": [{"term": "tide"}]}),
            "wrong-type",
        ),
        (
            r#"{"id": "a", "tags": [1, [], "mud"]}"#,
            json!({"id": "a", "categories": [{"term": "1"}, {"term": "mud"}]}),
            "wrong-type",
        ),
        (r#"{"id": "a", "date_published": "yesterday"}"#, json!({"id": "a"}), "bad-date"),
        (
            r#"{"id": "a", "date_published": 1793613600}"#,
            json!({"id": "a", "published": "2026-11-02T10:00:00Z"}),
            "",
        ),
        (r#"{"id": "a", "attachments": [{"mime_type": "audio/ogg"}]}"#, json!({"id": "a"}), "missing-url"),
        (
            r#"{"id": "a", "attachments": [{"url": "u", "size_in_bytes": -1}]}"#,
            json!({"id": "a", "enclosures": [{"url": "u"}]}),
            "wrong-type",
        ),
        (
            r#"{"id": "a", "attachments": [{"url": "u", "size_in_bytes": "12.0"}]}"#,
            json!({"id": "a", "enclosures": [{"url": "u", "length": 12}]}),
            "",
        ),
        (
            r#"{"id": "a", "external_url": "https://example.com/"}"#,
            json!({"id": "a", "link": "https://example.com/", "links": [{"href": "https://example.com/", "rel": "related"}]}),
            "",
        ),
        (
            r#"{"id": "a", "title": "half \ud83d a face"}"#,
            json!({"id": "a", "title": "half \u{fffd} a face"}),
            "lone-surrogate",
        ),
        (r#"{"id": "a", "id": "b"}"#, json!({"id": "b"}), ""),
        (r#"{"\u0069d": "a"}"#, json!({"id": "a"}), ""),
    ];
    assert_entries(&rows);
}

#[test]
fn whoever_wrote_it_is_found_however_it_is_written() {
    let rows = [
        (
            r#"{"id": "a", "author": "me@example.org (Jane)"}"#,
            json!({"id": "a", "authors": [{"name": "Jane", "email": "me@example.org"}]}),
            "wrong-type",
        ),
        (
            r#"{"id": "a", "authors": {"name": "Jane"}}"#,
            json!({"id": "a", "authors": [{"name": "Jane"}]}),
            "wrong-type",
        ),
        (
            r#"{"id": "a", "authors": [], "author": {"name": "Jane"}}"#,
            json!({"id": "a", "authors": [{"name": "Jane"}]}),
            "",
        ),
        (
            r#"{"id": "a", "authors": [{"url": "http://example.org/a?;%22@b"}, {"url": "me@example.org"}]}"#,
            json!({"id": "a", "authors": [{"uri": "http://example.org/a?;%22@b"}, {"email": "me@example.org"}]}),
            "",
        ),
        (r#"{"id": "a", "authors": [true]}"#, json!({"id": "a"}), "wrong-type"),
    ];
    assert_entries(&rows);
}

#[test]
fn an_item_that_is_none_costs_no_other() {
    let document =
        read(r#"{"version": "https://jsonfeed.org/version/1.1", "items": [1, null, "x", [], {"id": "a"}]}"#);
    assert_eq!(document.entries.len(), 1);
    assert_eq!(codes(&document), ["wrong-type"; 4]);
}

#[test]
fn a_warning_says_where() {
    let document = read(
        "{\"version\": \"https://jsonfeed.org/version/1.1\",\n \"títle\": 1, \"title\": [],\n\"items\": [\n{\"id\": []}]}",
    );
    let places: Vec<_> = document.warnings.iter().map(|warning| (warning.line, warning.column)).collect();
    assert_eq!(places, [(2, 23), (4, 8)]);
}

#[test]
fn the_version_may_be_missing_or_strange() {
    for (version, format, code) in [
        (r#""version": "https://jsonfeed.org/version/1","#, InputFormat::JsonFeed10, None),
        (r#""version": "http://www.jsonfeed.org/version/1.1/","#, InputFormat::JsonFeed11, None),
        (r#""version": "https://jsonfeed.org/version/2","#, InputFormat::JsonFeed11, Some("unknown-version")),
        (r#""version": [],"#, InputFormat::JsonFeed11, Some("wrong-type")),
        ("", InputFormat::JsonFeed11, Some("missing-version")),
    ] {
        let document = read(&format!(r#"{{{version} "items": [{{"id": "a"}}]}}"#));
        assert_eq!((document.format, document.entries.len()), (format, 1), "{version}");
        assert_eq!(codes(&document).first().copied(), code, "{version}");
    }
}

#[test]
fn items_may_be_missing_if_the_version_says_feed_or_be_an_object_of_items() {
    for items in ["", r#", "items": null"#, r#", "items": "none""#, r#", "items": 3"#, r#", "items": false"#]
    {
        let document = read(&format!(r#"{{"version": "https://jsonfeed.org/version/1.1"{items}}}"#));
        assert_eq!((document.entries.len(), codes(&document)), (0, vec!["missing-items"]), "{items}");
    }
    let document = read(
        r#"{"version": "https://jsonfeed.org/version/1.1", "items": {"0": {"id": "a"}, "2": {"id": "b"}}}"#,
    );
    assert_eq!(document.entries.len(), 2);
}

#[test]
fn hints_fill_in_what_the_feed_does_not_say() {
    let hints = Hints {
        base_url: Some(Url::parse("https://example.org/a/feed.json").unwrap()),
        content_language: Some("fr, en".to_owned()),
        ..Hints::default()
    };
    let text = r#"{"items": [{"id": "x", "url": "../b", "image": "HTTPS://Example.org/Ä"}]}"#;
    let document = parse_json(text, &hints).unwrap();
    assert_eq!(document.meta.language.as_deref(), Some("fr"));
    assert_eq!(document.entries[0].link.as_deref(), Some("https://example.org/b"));
    let image = document.entries[0].image.as_ref().and_then(|image| image.url.as_deref());
    assert_eq!(image, Some("HTTPS://Example.org/Ä"), "what is absolute stays as written");
}

#[test]
fn what_is_no_feed_says_what_it_is() {
    for (text, message) in [
        ("", "the document is empty"),
        (" \n", "the document is empty"),
        ("[1, 2]", "no feed in it: JSON, but not an object"),
        ("\"text\"", "no feed in it: JSON, but not an object"),
        (r#"{"a": 1}"#, "no feed in it: a JSON object without a list of `items`"),
        (r#"{"items": 1}"#, "no feed in it: a JSON object without a list of `items`"),
        ("{\n \"a\" 1}", "line 2, column 6: expected `:`"),
        (
            r#"{"version": "https://jsonfeed.org/version/1", "ti"#,
            "line 1, column 49: EOF while parsing a string",
        ),
    ] {
        let error = parse_json(text, &Hints::default()).unwrap_err();
        assert_eq!(error.to_string(), message, "{text}");
    }
}

#[test]
fn slightly_broken_json_is_repaired() {
    let text = "\u{feff}{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": [\n\
        {\"id\": \"a\", \"title\": \"it\\'s\ta C:\\q and\na \\u12 and ,] too\",\n},\n{\"id\": \"b\"}, ],}";
    let document = read(text);
    let titles: Vec<_> =
        document.entries.iter().map(|entry| entry.title.as_ref().map(|text| text.value.as_str())).collect();
    assert_eq!(titles, [Some("it's\ta C:\\q and\na \\u12 and ,] too"), None]);
    let places: Vec<_> = document.warnings.iter().map(|w| (w.code, w.line, w.column)).collect();
    let expected = [
        ("bad-escape", 2, 25),
        ("control-character", 2, 28),
        ("bad-escape", 2, 33),
        ("control-character", 2, 39),
        ("bad-escape", 3, 3),
        ("trailing-comma", 3, 19),
        ("trailing-comma", 5, 12),
        ("trailing-comma", 5, 15),
    ];
    assert_eq!(places, expected);
}

#[test]
fn a_document_that_breaks_off_keeps_the_items_before() {
    let whole = r#"{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "a"}, {"id": "b"}, {"id": "c"}]}"#;
    for (cut, entries) in
        [(whole.len() - 1, 3), (whole.len() - 2, 3), (whole.len() - 4, 2), (whole.len() - 14, 2)]
    {
        let document = read(&whole[..cut]);
        assert_eq!((document.entries.len(), codes(&document)), (entries, vec!["unreadable-rest"]), "{cut}");
    }
    let document = read(&format!("{whole} </body>"));
    assert_eq!((document.entries.len(), codes(&document)), (3, vec!["unreadable-rest"]));
}

#[test]
fn depth_and_counts_are_bounded() {
    let deep =
        format!(r#"{{"items": [{{"id": "a", "_deep": {}1{}}}]}}"#, "[".repeat(100_000), "]".repeat(100_000));
    let document = read(&deep);
    assert_eq!(
        (document.entries[0].extensions.len(), codes(&document)),
        (0, vec!["missing-version", "extension-left-out"])
    );
    assert!(parse_json(&"[".repeat(100_000), &Hints::default()).is_err());
    let many = format!(r#"{{"items": [{}1]}}"#, "1,".repeat(MAX_ITEMS));
    let document = read(&many);
    assert_eq!((document.entries.len(), document.warnings.len()), (0, fields::MAX_WARNINGS));
    assert!(codes(&document).contains(&"too-many-entries"));
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic(text in "[\\[\\]{}\":,\\\\ua-f0-9\n é]{0,80}") {
        let _ = parse_json(&text, &Hints::default());
        let _ = parse_json(&format!(r#"{{"version": "jsonfeed/1", "items": [{{"id": "{text}"}}]}}"#), &Hints::default());
    }

    #[test]
    fn any_title_is_read_as_written(title: String) {
        let text = json!({"version": "https://jsonfeed.org/version/1.1", "items": [{"title": title}]}).to_string();
        let document = read(&text);
        prop_assert_eq!(document.entries[0].title.as_ref().map(|text| text.value.as_str()), Some(title.as_str()));
        prop_assert!(document.warnings.is_empty());
    }
}

#[test]
fn what_is_nearly_json_is_repaired() {
    let table = [
        (r#"{'items': [{'id': 'a"b', 'title': 'it\'s'}]}"#, "a\"b", "bad-quotes"),
        (r#"{items: [{id: 7, title: "x", _a: NaN, _b: undefined}]}"#, "7", "bare-word"),
        (r#"{"items": [{"id": "<a href="x">", "title": "y"}]}"#, "<a href=\"x\">", "bad-quotes"),
        ("// by hand\n{/* a */\"items\": [{\"id\": \"//\"} // b\n]}", "//", "comment"),
        ("{\"items\": [{\"title\": \"x\"\n\"id\": \"1\"}]}", "1", "missing-comma"),
        (r#"{,"items": [,{"id": "1",,},]}"#, "1", "trailing-comma"),
        (r#"{"items": [{"id": 007, "title": None}]}"#, "007", "bare-word"),
    ];
    for (text, id, code) in table {
        let document = read(text);
        assert_eq!(document.entries[0].id.as_deref(), Some(id), "{text}");
        assert!(codes(&document).contains(&code), "{text}: {:?}", document.warnings);
    }
    let hostile = ["\"/*", "\" /*", ",/*", "a/*", "//", "'", "\"", "a ", "\" "];
    for piece in hostile {
        let _ = parse_json(&format!("{{\"items\": [{}", piece.repeat(200_000)), &Hints::default());
    }
}

#[test]
fn a_list_of_items_is_a_feed_and_so_are_items_line_by_line() {
    let feed = r#"{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1"}]}"#;
    let table = [
        (r#"[{"title": "a"}, {"title": "b"}]"#.to_owned(), 2),
        ("{\"title\": \"a\"}\n{\"title\": \"b\"}\n".to_owned(), 2),
        (format!("[{feed}]"), 1),
    ];
    for (text, entries) in table {
        assert_eq!(read(&text).entries.len(), entries, "{text}");
    }
    for other in ["[1, 2]", r#"[{"name": "x"}]"#, "[]", "{\"name\": 1}\n{\"name\": 2}"] {
        assert!(parse_json(other, &Hints::default()).is_err(), "{other}");
    }
}
