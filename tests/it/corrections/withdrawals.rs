//! Withdrawals: how they are found out, and what each feed does.

use super::{at, atom, item, mill, round};
use crate::mill::Mill;
use crate::server::Server;

const FOUR: [(u32, &str, &str); 4] = [
    (20, "Alpha", "<p>First words.</p>"),
    (19, "Bravo", "<p>Second words.</p>"),
    (18, "Charlie", "<p>Third words.</p>"),
    (17, "Delta", "<p>Fourth words.</p>"),
];

const BRAVO: &str = "https://a.example.org/19";

fn without(number: u32) -> Vec<(u32, &'static str, &'static str)> {
    FOUR.into_iter().filter(|entry| entry.0 != number).collect()
}

fn tombstone(number: u32) -> String {
    format!("<at:deleted-entry ref=\"tag:a.example.org,2026:{number}\" when=\"2026-11-22T09:00:00Z\"/>")
}

/// A mill whose source has taken Bravo back by a tombstone.
fn withdrawn(feed: &str) -> Mill {
    let mill = mill(feed);
    round(&mill, 7, &atom(&FOUR, ""));
    round(&mill, 8, &atom(&without(19), &tombstone(19)));
    mill
}

fn shown(mill: &Mill, article: &str) -> serde_json::Value {
    let line = mill.run(&["show", article, "--format", "json"]).with(0).stdout;
    serde_json::from_str(&line).unwrap()
}

#[test]
fn mark_keeps_id_and_place_and_says_so_instead_of_the_words() {
    for feed in ["", "on_withdrawn = \"mark\"\n", "on_edit = \"silent\"\n"] {
        let mill = withdrawn(feed);
        let (title, html, changed) = item(&mill, 19);
        assert_eq!(title, "Withdrawn: Bravo");
        assert_eq!(html, "<p>Withdrawn by the source on 22 November 2026.</p>");
        assert_eq!(changed.as_deref(), Some("2026-11-22T09:00:00Z"));
        assert_eq!(mill.titles("news"), ["Alpha", "Withdrawn: Bravo", "Charlie", "Delta"]);
        for name in ["news.rss", "news.atom", "news.json"] {
            assert!(
                !mill.read(&format!("feeds/{name}")).contains("Second words"),
                "{name} prints what was taken back"
            );
        }
    }
}

#[test]
fn drop_leaves_it_out_and_atom_says_so_for_a_month() {
    let mill = withdrawn("on_withdrawn = \"drop\"\nwindow = \"off\"\n");
    assert_eq!(mill.titles("news"), ["Alpha", "Charlie", "Delta"]);
    let dead = "<at:deleted-entry ref=\"tag:a.example.org,2026:19\" when=\"2026-11-22T09:00:00Z\"";
    let document = mill.read("feeds/news.atom");
    assert!(document.contains(dead), "{document}");
    let record = mill.feed(&["parse"], &document).with(0).stdout;
    let record: serde_json::Value = serde_json::from_str(&record).unwrap();
    assert_eq!(record["deleted"][0]["ref"], "tag:a.example.org,2026:19");
    assert_eq!(record["entries"].as_array().unwrap().len(), 3);
    assert_eq!(record["updated"], "2026-11-22T09:00:00Z");
    for name in ["news.rss", "news.json"] {
        assert!(!mill.read(&format!("feeds/{name}")).contains("2026:19"), "{name}");
    }
    let before = mill.published();
    mill.run_at("2026-12-20T09:00:00Z", &["run"]).with(0);
    assert_eq!(mill.published(), before, "a later run rewrites nothing");
    mill.run_at("2026-12-24T09:00:00Z", &["run"]).with(0);
    assert!(!mill.read("feeds/news.atom").contains("deleted-entry"), "it has been told long enough");
}

#[test]
fn keep_publishes_as_if_nothing_had_happened() {
    let mill = mill("on_withdrawn = \"keep\"\n");
    round(&mill, 7, &atom(&FOUR, ""));
    let before = mill.published();
    round(&mill, 8, &atom(&without(19), &tombstone(19)));
    assert_eq!(mill.published(), before);
}

#[test]
fn nothing_is_named_dead_that_the_feed_never_had() {
    let mill = mill("on_withdrawn = \"drop\"\nexclude = [ { title = \"Bravo\" } ]\n");
    round(&mill, 7, &atom(&FOUR, ""));
    round(&mill, 8, &atom(&without(19), &tombstone(19)));
    assert!(!mill.read("feeds/news.atom").contains("deleted-entry"));
}

#[test]
fn show_list_and_status_tell_of_it_and_a_return_takes_the_mark_away() {
    let mill = withdrawn("");
    let page = mill.run(&["show", BRAVO]).with(0).stdout;
    assert!(page.contains("Withdrawn:  2026-11-22T09:00:00+00:00: its feed says so"), "{page}");
    assert!(page.contains("Second words."), "it is kept: {page}");
    assert_eq!(shown(&mill, BRAVO)["withdrawn"]["reason"], "tombstone");
    let list = mill.run(&["list"]).with(0).stdout;
    assert!(list.contains("[withdrawn] Bravo") && !list.contains("[withdrawn] Alpha"), "{list}");
    let status = mill.run(&["status"]).with(0).stdout;
    assert!(status.contains("4 articles, 1 withdrawn"), "{status}");
    round(&mill, 9, &atom(&FOUR, ""));
    assert_eq!(item(&mill, 19), ("Bravo".to_owned(), "<p>Second words.</p>".to_owned(), None));
    assert!(shown(&mill, BRAVO)["withdrawn"].is_null());
}

#[test]
fn what_is_missing_between_its_neighbours_twice_is_withdrawn() {
    let mill = mill("");
    round(&mill, 7, &atom(&FOUR, ""));
    round(&mill, 8, &atom(&without(19), ""));
    assert_eq!(mill.titles("news")[1], "Bravo", "once may be a slip");
    // The same bytes again: the source says so again.
    round(&mill, 9, &atom(&without(19), ""));
    assert_eq!(mill.titles("news")[1], "Withdrawn: Bravo");
    let mark = &shown(&mill, BRAVO)["withdrawn"];
    assert_eq!((&mark["reason"], &mark["at"]), (&"missing".into(), &at(8).into()));
    round(&mill, 10, &atom(&without(19)[..2], ""));
    assert_eq!(mill.titles("news")[1], "Withdrawn: Bravo");
    round(&mill, 11, &atom(&FOUR, ""));
    assert_eq!(mill.titles("news")[1], "Bravo", "it is back");
}

#[test]
fn what_is_missing_in_a_document_that_has_changed_again_is_withdrawn_too() {
    let mill = mill("");
    round(&mill, 7, &atom(&FOUR, ""));
    round(&mill, 8, &atom(&without(18), ""));
    let mut later = vec![(21, "Echo", "<p>New words.</p>")];
    later.extend(without(18));
    round(&mill, 9, &atom(&later, ""));
    assert_eq!(mill.titles("news"), ["Echo", "Alpha", "Bravo", "Withdrawn: Charlie", "Delta"]);
}

#[test]
fn scrolling_sorting_and_a_slip_withdraw_nothing() {
    let turned: Vec<_> = [0, 2, 1, 3].map(|at| FOUR[at]).to_vec();
    let with = |entry, place| {
        let mut entries = without(19);
        entries.insert(place, entry);
        entries
    };
    let cases: Vec<(&str, Vec<_>)> = vec![
        ("scrolled off", FOUR[..2].to_vec()),
        ("the newest is gone", FOUR[1..].to_vec()),
        ("another one in its place", with((19, "Foxtrot", "<p>x</p>"), 1)),
        ("sorted otherwise", turned),
        ("none of the old ones", vec![(22, "Golf", "<p>x</p>"), (21, "Hotel", "<p>x</p>")]),
        ("half of it: a filter", vec![FOUR[0], FOUR[3]]),
    ];
    for (case, entries) in cases {
        let mill = mill("");
        round(&mill, 7, &atom(&FOUR, ""));
        let document = atom(&entries, "").replace("2026:19</id><title>Foxtrot", "2026:99</id><title>Foxtrot");
        for hour in [8, 10, 12] {
            round(
                &mill,
                hour,
                &document.replace(
                    "a.example.org/19\"/><published>2026-11-19",
                    "a.example.org/99\"/><published>2026-11-19",
                ),
            );
        }
        assert!(!mill.titles("news").iter().any(|title| title.contains("Withdrawn")), "{case}");
    }
    let slip = mill("");
    for (hour, entries) in
        [(7, FOUR.to_vec()), (8, without(19)), (9, FOUR.to_vec()), (10, FOUR[..3].to_vec())]
    {
        round(&slip, hour, &atom(&entries, ""));
    }
    assert_eq!(slip.titles("news"), ["Alpha", "Bravo", "Charlie", "Delta"]);
}

#[test]
fn a_page_that_is_gone_takes_its_article_along_until_it_is_back() {
    let server = Server::start();
    let page = |title: &str| {
        format!(
            "<!doctype html><html><head><title>{title}</title></head><body><article><h1>{title}</h1>{}</article></body>",
            "<p>The mill stood by the river until May, and then it moved, which nobody had foreseen.</p>"
                .repeat(9)
        )
    };
    server.put("/a.html", "text/html", page("A mill moves"));
    let mill = Mill::new(&format!(
        "[sources.picks]\narticles = [\"{}/a.html\"]\nrepublish = \"full\"\n\
         [feeds.news]\ntitle = \"News\"\nattribution = \"off\"\n",
        server.url
    ));
    mill.run_at("2026-11-20T07:00:00Z", &["run"]).with(0);
    assert_eq!(mill.titles("news"), ["A mill moves"]);
    server.refuse("/a.html", 410);
    mill.run_at("2026-11-22T07:00:00Z", &["run"]).with(3);
    assert_eq!(mill.titles("news"), ["Withdrawn: A mill moves"]);
    assert!(!mill.read("feeds/news.json").contains("stood by the river"));
    server.put("/a.html", "text/html", page("A mill moves"));
    mill.run_at("2026-11-23T07:00:00Z", &["run", "--force"]).with(0);
    assert_eq!(mill.titles("news"), ["A mill moves"]);
}

#[test]
fn another_sources_copy_takes_the_place_of_what_was_taken_back() {
    let mill = Mill::new(
        "[sources.alpha]\nfiles = \"alpha.atom\"\nrepublish = \"full\"\n\
         [sources.beta]\nfiles = \"beta.atom\"\nrepublish = \"full\"\n\
         [feeds.news]\ntitle = \"News\"\nprefer = [\"alpha\"]\n",
    );
    mill.write(
        "beta.atom",
        &atom(&[FOUR[1]], "").replace("2026:19", "2026:b19").replace("Second words", "Copied words"),
    );
    round(&mill, 7, &atom(&FOUR, ""));
    assert!(item(&mill, 19).1.contains("Second words"));
    round(&mill, 8, &atom(&without(19), &tombstone(19)));
    assert!(item(&mill, 19).1.contains("Copied words"), "under the id that readers know");
}
