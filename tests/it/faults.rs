//! What goes wrong with files and folders, and what must not be lost then.

use crate::mill::{Mill, rss};

const CONFIG: &str = "[sources.one]\nfiles = \"one.rss\"\n[feeds.news]\ntitle = \"News\"\n";

const FIRST: (&str, &str, &str) = ("1", "Alpha", "https://one.example.com/a");
const SECOND: (&str, &str, &str) = ("2", "Bravo", "https://one.example.com/b");

#[test]
fn a_format_that_cannot_be_written_leaves_the_other_formats_up_to_date() {
    let mill = Mill::new(CONFIG);
    mill.write("one.rss", &rss("One", &[FIRST]));
    mill.write("feeds/news.rss/in-the-way", "");
    let said = mill.run(&["run"]).with(3).stderr;
    assert!(said.contains("news.rss"), "{said}");
    assert_eq!(mill.titles("news"), ["Alpha"]);
    assert!(mill.read("feeds/news.atom").contains("Alpha"));
}

#[test]
fn a_store_that_is_no_database_is_refused_and_what_is_published_stays() {
    let mill = Mill::new(CONFIG);
    mill.write("one.rss", &rss("One", &[FIRST]));
    mill.run(&["run"]).with(0);
    let documents = mill.published();
    for name in ["state/feedmill.db-wal", "state/feedmill.db-shm"] {
        let _ = std::fs::remove_file(mill.path(name));
    }
    mill.write("state/feedmill.db", &"no database ".repeat(1000));
    let said = mill.run(&["run"]).with(1).stderr;
    assert!(said.contains("feedmill.db cannot be read") && said.contains("move it away"), "{said}");
    assert_eq!(mill.published(), documents);
}

#[test]
fn a_lost_store_fills_again_and_every_published_byte_is_the_same() {
    let mill = Mill::new(CONFIG);
    mill.write("one.rss", &rss("One", &[FIRST, SECOND]));
    mill.run(&["run"]).with(0);
    let documents = mill.published();
    std::fs::remove_dir_all(mill.path("state")).unwrap();
    mill.run_at("2026-11-24T07:00:00Z", &["run"]).with(0);
    assert_eq!(mill.published(), documents);
    std::fs::remove_dir_all(mill.path("feeds")).unwrap();
    mill.run_at("2026-11-25T07:00:00Z", &["run"]).with(0);
    let bytes = |documents: &std::collections::BTreeMap<String, (Vec<u8>, std::time::SystemTime)>| {
        documents.iter().map(|(name, (bytes, _))| (name.clone(), bytes.clone())).collect::<Vec<_>>()
    };
    assert_eq!(bytes(&mill.published()), bytes(&documents));
}

#[test]
fn a_draft_is_left_out_and_is_no_failure() {
    let mill = Mill::new("[sources.desk]\ndocuments = \"articles\"\n[feeds.news]\ntitle = \"News\"\n");
    mill.write("articles/done.md", "# Done\n\nWords.\n");
    mill.write("articles/draft.md", "---\ntitle: Not yet\ndraft: true\n---\nWords.\n");
    mill.write("articles/unpublished.md", "---\ntitle: Not yet either\npublished: false\n---\nWords.\n");
    let said = mill.run(&["run"]).with(0).stderr;
    assert!(said.contains("draft.md: a draft"), "{said}");
    assert_eq!(mill.titles("news"), ["Done"]);
    let said = mill.run(&["run"]).with(0);
    assert!(!said.stderr.contains("draft") && said.stdout.contains("unchanged"), "{}", said.stderr);
    mill.write("articles/draft.md", "---\ntitle: At last\n---\nWords.\n");
    mill.run(&["run"]).with(0);
    assert_eq!(mill.titles("news").len(), 2);
}
