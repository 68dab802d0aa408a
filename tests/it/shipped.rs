//! The shipped config: what a newcomer runs first.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use crate::mill::Mill;

fn shipped() -> Mill {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mill = Mill::new(&std::fs::read_to_string(root.join("config.toml")).unwrap());
    for folder in ["samples", "samples/articles", "samples/pages"] {
        for entry in std::fs::read_dir(root.join(folder)).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_file() {
                let name = format!("{folder}/{}", entry.file_name().into_string().unwrap());
                mill.write(&name, &std::fs::read_to_string(entry.path()).unwrap());
            }
        }
    }
    mill
}

#[test]
fn the_shipped_config_makes_feeds_and_a_second_run_touches_nothing() {
    let mill = shipped();
    let first = mill.run(&["run"]).with(0);
    let before = mill.published();
    let names: Vec<&str> = before.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "climate.atom",
            "climate.json",
            "climate.rss",
            "feeds.opml",
            "index.html",
            "news.atom",
            "news.json",
            "news.rss"
        ]
    );
    for source in ["gazette", "field-notes", "workbench", "desk", "picks"] {
        assert!(first.stdout.contains(source), "{}", first.stdout);
    }
    let second = mill.run_at("2026-11-24T07:00:00Z", &["run"]).with(0);
    assert!(
        second.stdout.contains("nothing changed: 8 files as they were, none rewritten"),
        "{}",
        second.stdout
    );
    assert_eq!(mill.published(), before, "bytes and modification times stay");
}

#[test]
fn the_sample_newsroom_reads_as_its_authors_wrote_it() {
    let mill = shipped();
    mill.run(&["run"]).with(0);
    let titles = mill.titles("news");
    for title in [
        "Council votes for tidal turbines at the north mole",
        "A warm November, measured",
        "Withdrawn: Otters at the weir",
        "Reading a river — part two",
        "A soil moisture logger from parts in a drawer",
        "The last keeper hands over the lamp",
        "A library that lends seeds",
        "Night market moves to the old rope works",
    ] {
        assert!(titles.contains(&title.to_owned()), "{title} is missing from {titles:#?}");
    }
    assert!(!titles.iter().any(|title| title.contains("Sponsored")), "{titles:#?}");
    let rss = mill.read("feeds/news.rss");
    assert!(
        rss.contains("Withdrawn by the source on 22 November 2026.") && !rss.contains("a slide in the mud")
    );
    assert!(rss.contains("<dc:creator>Mairi Sutherland</dc:creator>"));
    assert!(!rss.contains("utm_source"), "tracking parameters stay behind");
    assert!(!rss.contains("never published"), "scripts stay behind");
    assert!(
        rss.contains("https://fieldnotes.example.org/data/2026-11.csv"),
        "relative links become absolute"
    );
}

#[test]
fn the_samples_show_what_is_cleaned_of_an_article() {
    let mill = shipped();
    mill.run(&["run"]).with(0);
    let river = |mill: &Mill| {
        let items = mill.items("news");
        let item = items.iter().find(|item| item["title"].as_str().unwrap().starts_with("Reading a river"));
        item.unwrap()["content_html"].as_str().unwrap().to_owned()
    };
    let clean = river(&mill);
    let image = "src=\"https://fieldnotes.example.org/img/gravel-bar.jpg\"";
    assert_eq!(clean.matches("<img").count(), 1, "{clean}");
    assert!(clean.contains(image) && clean.contains("\"https://rivers.example.net/gauge/7\""), "{clean}");
    for litter in ["piwik", "appeared first", "Share this", "Facebook", "google"] {
        assert!(!clean.contains(litter), "{litter}: {clean}");
    }
    assert!(clean.contains("youtube.com/embed/M7lc1UVf-VE\"") && clean.contains("sandbox="), "{clean}");
    assert!(!clean.contains("autoplay") && !clean.contains("onload"), "{clean}");
    let config = mill.read("config.toml");
    mill.write(
        "config.toml",
        &config.replace("[sources.field-notes]\n", "[sources.field-notes]\nclean = [\"-footers\"]\n"),
    );
    mill.run(&["run"]).with(0);
    let other = river(&mill);
    assert!(
        other.contains("appeared first") && !other.contains("Share this"),
        "the list has changed: {other}"
    );
}

#[test]
fn the_sample_page_is_read_without_what_stands_around_its_story() {
    let mill = shipped();
    mill.run(&["run"]).with(0);
    let items = mill.items("news");
    let page = items.iter().find(|item| item["title"] == "What the harbour keeps over winter").unwrap();
    assert_eq!(page["authors"][0]["name"], "Ishbel Rae");
    assert_eq!(page["url"], "https://slipway.example.net/2026/winter-harbour");
    assert!(page["date_published"].as_str().unwrap().starts_with("2026-11-16T09:15:00"), "{page}");
    let html = page["content_html"].as_str().unwrap();
    for told in ["forty-one of them", "brings us tea", "painted red", "door left open"] {
        assert!(html.contains(told), "{told}: {html}");
    }
    for around in
        ["cookies", "Read also", "Facebook", "smell the tar", "newsletter", "since 2019", "By Ishbel"]
    {
        assert!(!html.contains(around), "{around}: {html}");
    }
}

#[test]
fn urls_are_cleaned_by_hand_a_line_each() {
    let mill = shipped();
    let lines = "https://example.org/a?utm_source=x&b=1\r\nno url\n\nhttps://l.facebook.com/l.php?u=https%3A%2F%2Fexample.com%2F\n";
    let cleaned = mill.feed(&["clean-url"], lines).with(0);
    assert_eq!(cleaned.stdout, "https://example.org/a?b=1\nno url\n\nhttps://example.com/\n");
    let given = mill.run(&["clean-url", "https://example.org/a?fbclid=1", "x"]).with(0);
    assert_eq!(given.stdout, "https://example.org/a\nx\n");
}

#[test]
fn an_excerpt_source_is_never_printed_whole() {
    let mill = shipped();
    mill.run(&["run"]).with(0);
    for name in ["news.rss", "news.atom", "news.json"] {
        let document = mill.read(&format!("feeds/{name}"));
        assert!(!document.contains("as much power as the town uses"), "{name} prints the gazette's body");
        assert!(
            document.contains("Numbers first, then adjectives"),
            "{name} lacks the body that may be printed"
        );
    }
}

#[test]
fn the_reference_names_every_key_and_warning_of_the_feed_record() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let reference = std::fs::read_to_string(root.join("docs/reference/record.md")).unwrap();
    let words: BTreeSet<&str> =
        reference.split(|c: char| !c.is_alphanumeric() && !"_-".contains(c)).collect();
    let mut files = 0;
    for folder in std::fs::read_dir(root.join("src/ingest/parse/fixtures")).unwrap() {
        for file in std::fs::read_dir(folder.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "json") {
                let record = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
                let missing = names(&record).into_iter().find(|name| !words.contains(name.as_str()));
                assert_eq!(missing, None, "{}", path.display());
                files += 1;
            }
        }
    }
    assert!(files > 20, "only {files} records");
}

/// The keys of a record at any depth, and its warnings' codes; not the names of its extensions, which are the feed's.
fn names(value: &Value) -> Vec<String> {
    match value {
        Value::Array(values) => values.iter().flat_map(names).collect(),
        Value::Object(members) => {
            let code = members.get("code").and_then(Value::as_str).map(str::to_owned);
            let inside = members.iter().filter(|(name, _)| *name != "extensions").flat_map(|(_, v)| names(v));
            members.keys().cloned().chain(code).chain(inside).collect()
        }
        _ => Vec::new(),
    }
}
