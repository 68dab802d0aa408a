//! `first_run`: a source that brings much at once floods no reader.

use crate::mill::{Mill, rss};
use crate::server::Server;

const RSS: &str = "application/rss+xml";

/// A document of thirty items, named after `word`.
fn thirty(word: &str) -> String {
    let texts: Vec<(String, String, String)> = (0..30)
        .map(|n| {
            (format!("urn:{word}:{n}"), format!("{word} {n}"), format!("https://a.example.com/{word}/{n}"))
        })
        .collect();
    let items: Vec<_> = texts.iter().map(|(guid, title, link)| (&**guid, &**title, &**link)).collect();
    rss("A", &items)
}

fn mill(server: &Server, first_run: &str) -> Mill {
    server.put("/a.xml", RSS, thirty("Alpha"));
    Mill::new(&format!(
        "[sources.a]\nurl = \"{}/a.xml\"\n{first_run}\n[feeds.news]\ntitle = \"News\"\nlimit = 1000\n",
        server.url
    ))
}

fn count(mill: &Mill, word: &str) -> usize {
    mill.titles("news").iter().filter(|title| title.starts_with(word)).count()
}

#[test]
fn a_new_feed_takes_all_that_its_sources_have_and_an_explicit_first_run_counts_always() {
    let server = Server::start();
    for (first_run, wanted) in [("", 30), ("first_run = 5", 5), ("first_run = 0", 0)] {
        let mill = mill(&server, first_run);
        mill.run(&["run"]).with(0);
        assert_eq!(count(&mill, "Alpha"), wanted, "{first_run}");
        let listed = mill.run(&["list", "--limit", "0", "--format", "json"]).with(0).stdout;
        assert_eq!(listed.lines().count(), 30, "all are kept");
    }
}

#[test]
fn the_newest_of_a_flood_are_taken_and_later_runs_change_nothing() {
    let server = Server::start();
    let mill = mill(&server, "first_run = 5");
    mill.run(&["run"]).with(0);
    assert_eq!(mill.titles("news"), ["Alpha 29", "Alpha 28", "Alpha 27", "Alpha 26", "Alpha 25"]);
    let before = mill.published();
    mill.run_at("2026-11-26T07:00:00Z", &["run"]).with(0);
    assert_eq!(mill.published(), before);
}

#[test]
fn a_source_added_to_a_feed_of_a_week_brings_twenty() {
    let server = Server::start();
    let mill = mill(&server, "");
    mill.run_at("2026-11-23T07:00:00Z", &["run"]).with(0);
    server.put("/b.xml", RSS, thirty("Bravo"));
    let config = mill.read("config.toml");
    mill.write(
        "config.toml",
        &config.replace("[feeds", &format!("[sources.b]\nurl = \"{}/b.xml\"\n[feeds", server.url)),
    );
    let ended = mill.run_at("2026-11-30T07:00:00Z", &["run"]).with(0);
    assert_eq!((count(&mill, "Alpha"), count(&mill, "Bravo")), (30, 20));
    assert!(!ended.stderr.contains("first_run"), "{}", ended.stderr);
}

#[test]
fn a_feed_of_which_nothing_is_known_any_more_brings_first_run_and_a_warning() {
    let server = Server::start();
    let mill = mill(&server, "");
    mill.run_at("2026-11-23T07:00:00Z", &["run"]).with(0);
    server.put("/a.xml", RSS, thirty("Bravo"));
    let ended = mill.run_at("2026-11-25T07:00:00Z", &["run"]).with(0);
    assert_eq!((count(&mill, "Alpha"), count(&mill, "Bravo")), (30, 20));
    assert!(ended.stderr.contains("none of its 30 entries was known"), "{}", ended.stderr);
    let before = mill.published();
    mill.run_at("2026-11-27T07:00:00Z", &["run"]).with(0);
    assert_eq!(mill.published(), before);
}

#[test]
fn what_is_on_disk_is_no_flood_unless_the_config_says_so() {
    for (first_run, wanted) in [("", 30), ("[defaults.source]\nfirst_run = 7\n", 7)] {
        let mill = Mill::new(&format!(
            "{first_run}[sources.a]\nfiles = \"a.xml\"\n[feeds.news]\ntitle = \"News\"\nlimit = 1000\n"
        ));
        mill.write("a.xml", &thirty("Alpha"));
        mill.run(&["run"]).with(0);
        assert_eq!(count(&mill, "Alpha"), wanted, "{first_run}");
    }
}
