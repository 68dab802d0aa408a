//! What readers know an article by, over time: one article stays one item under one id.

mod changes;

use crate::mill::{Mill, rss};

const ITEMS: [(&str, &str, &str); 2] = [
    ("tag:one.example.com,2026:a", "Alpha", "https://one.example.com/a"),
    ("tag:one.example.com,2026:b", "Bravo", "https://one.example.com/b"),
];

const TWO_SOURCES: &str = "[sources.one]\nfiles = \"one.rss\"\n[sources.two]\nfiles = \"two.rss\"\n\
                           [feeds.news]\ntitle = \"News\"\n";

/// Title and id of each published item, in the order of titles.
fn ids(mill: &Mill) -> Vec<(String, String)> {
    let text = |item: &serde_json::Value, key: &str| item[key].as_str().unwrap().to_owned();
    let mut ids: Vec<_> =
        mill.items("news").iter().map(|item| (text(item, "title"), text(item, "id"))).collect();
    ids.sort();
    ids
}

/// Two sources with the same two articles, each under ids of its own.
fn two_sources() -> Mill {
    let mill = Mill::new(TWO_SOURCES);
    let copies = [("1", ITEMS[0].1, ITEMS[0].2), ("2", ITEMS[1].1, ITEMS[1].2)];
    mill.write("one.rss", &rss("One", &ITEMS));
    mill.write("two.rss", &rss("Two", &copies));
    mill
}

#[test]
fn an_article_keeps_its_id_when_its_source_leaves_the_config_and_a_copy_takes_its_place() {
    let mill = two_sources();
    mill.run(&["run"]).with(0);
    let first = ids(&mill);
    assert_eq!(first.len(), 2);
    let without = TWO_SOURCES.replace("[sources.one]\nfiles = \"one.rss\"\n", "");
    let preferring = format!("{TWO_SOURCES}prefer = [\"two\"]\n");
    for config in [without.as_str(), TWO_SOURCES, &preferring] {
        mill.write("config.toml", config);
        mill.run(&["run"]).with(0);
        assert_eq!(ids(&mill), first, "{config}");
        let documents = mill.published();
        mill.run_at("2026-11-24T07:00:00Z", &["run"]).with(0);
        assert_eq!(mill.published(), documents, "a later run rewrites nothing");
    }
}

#[test]
fn another_article_at_the_place_of_an_old_one_gets_an_id_of_its_own() {
    let config = "[sources.one]\nfiles = \"one.rss\"\n[feeds.news]\ntitle = \"News\"\nlimit = 1\n";
    let mill = Mill::new(config);
    let place = "https://one.example.com/status";
    mill.write("one.rss", &rss("One", &[("1", "All is well", place)]));
    mill.run(&["run"]).with(0);
    let first = ids(&mill);
    let later = rss("One", &[("2", "Nothing is", place)]).replace("20 Nov", "21 Nov").replace("Fri", "Sat");
    mill.write("one.rss", &later);
    mill.run(&["run"]).with(0);
    assert_eq!(mill.titles("news"), ["Nothing is"]);
    assert_ne!(ids(&mill)[0].1, first[0].1);
}

#[test]
fn an_edit_of_title_body_or_date_is_one_revision_under_one_id() {
    let mill = Mill::new("[sources.one]\nfiles = \"one.rss\"\n[feeds.news]\ntitle = \"News\"\n");
    let document = rss("One", &[("1", "Alpha", "https://one.example.com/a")]);
    let edits = [
        document.clone(),
        document.replace("<title>Alpha", "<title>Beta"),
        document.replace("<title>Alpha", "<title>Beta").replace("About", "More about"),
    ];
    let mut id = None;
    for (number, edit) in (1..).zip(&edits) {
        mill.write("one.rss", edit);
        for hour in [number, number + 6] {
            mill.run_at(&format!("2026-11-23T{hour:02}:00:00Z"), &["run"]).with(0);
        }
        let now = ids(&mill);
        assert_eq!((now.len(), id.get_or_insert_with(|| now[0].1.clone()).clone()), (1, now[0].1.clone()));
        let listed = mill.run(&["list", "--format", "json"]).with(0).stdout;
        assert!(listed.contains(&format!("\"revision\":{number},")), "{listed}");
    }
}

#[test]
fn what_has_no_date_is_dated_when_first_seen_and_stays_in_the_order_of_its_document() {
    let mill = Mill::new("[sources.one]\nfiles = \"one.rss\"\n[feeds.news]\ntitle = \"News\"\n");
    let undated = |titles: &[&str]| {
        let link = |title: &str| format!("https://one.example.com/{title}");
        let links: Vec<String> = titles.iter().map(|title| link(title)).collect();
        let items: Vec<_> =
            titles.iter().zip(&links).map(|(title, link)| (*title, *title, link.as_str())).collect();
        rss("One", &items).replace("<pubDate>Fri", "<pubDate>someday").replace("Nov 2026", "")
    };
    let titles = ["Kiln", "Anvil", "Quay", "Barge", "Weir", "Lathe"];
    mill.write("one.rss", &undated(&titles));
    for now in ["2026-11-23T07:00:00Z", "2026-11-24T07:00:00Z"] {
        mill.run_at(now, &["run"]).with(0);
        assert_eq!(mill.titles("news"), titles, "{now}");
        assert!(mill.items("news").iter().all(|item| item["date_published"] == "2026-11-23T07:00:00Z"));
    }
    mill.write("one.rss", &undated(&["Sluice", "Kiln", "Weir"]));
    mill.run_at("2026-11-25T07:00:00Z", &["run"]).with(0);
    assert_eq!(mill.titles("news")[..2], ["Sluice", "Kiln"]);
}
