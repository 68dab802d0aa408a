//! Decisions by hand.

use crate::mill::{Mill, rss};
use crate::server::Server;

fn mill() -> Mill {
    let mill = Mill::new(
        "[sources.a]\nfiles = \"a.xml\"\n[feeds.news]\ntitle = \"News\"\ninclude = [{ title = \"wanted\" }]\n",
    );
    let items =
        [("1", "Wanted story", "https://a.example.com/1"), ("2", "Other story", "https://a.example.com/2")];
    mill.write("a.xml", &rss("A", &items));
    mill
}

#[test]
fn a_picked_article_is_in_and_a_blocked_one_is_out() {
    let mill = mill();
    mill.run(&["run"]).with(0);
    assert_eq!(mill.titles("news"), ["Wanted story"]);
    mill.run(&["pick", "https://a.example.com/2", "--feed", "news", "--note", "worth it"]).with(0);
    mill.run(&["run"]).with(0);
    assert_eq!(mill.titles("news"), ["Other story", "Wanted story"]);
    mill.run(&["block", "https://a.example.com/1"]).with(0);
    mill.run(&["run"]).with(0);
    assert_eq!(mill.titles("news"), ["Other story"]);
    let overrides = mill.read("overrides.toml");
    assert!(overrides.contains("worth it"), "{overrides}");
}

#[test]
fn a_short_id_from_list_can_be_picked() {
    let mill = mill();
    mill.run(&["run"]).with(0);
    let listed = mill.run(&["list"]).with(0).stdout;
    let id = listed
        .lines()
        .find(|line| line.contains("Other story"))
        .unwrap()
        .split(' ')
        .next()
        .unwrap()
        .to_owned();
    mill.run(&["pick", &id]).with(0);
    mill.run(&["run"]).with(0);
    assert_eq!(mill.titles("news"), ["Other story", "Wanted story"]);
}

#[test]
fn a_picked_page_that_no_source_has_is_fetched_and_published() {
    let server = Server::start();
    let page = format!(
        "<html lang=en><head><title>Found elsewhere</title></head><body><article><h1>Found elsewhere</h1>{}</article></body></html>",
        "<p>A paragraph of a real article, long enough to be taken for one by any reader of pages, and then some more words.</p>"
            .repeat(6)
    );
    server.put("/story", "text/html", page);
    let mill = mill();
    mill.run(&["pick", &format!("{}/story", server.url)]).with(0);
    mill.run(&["run"]).with(0);
    assert!(mill.titles("news").contains(&"Found elsewhere".to_owned()), "{:?}", mill.titles("news"));
    server.asked();
    mill.run_at("2026-11-23T09:00:00Z", &["run"]).with(0);
    assert_eq!(server.asked().len(), 0, "a page that was read is not asked again so soon");
}

#[test]
fn what_is_neither_id_nor_url_is_refused() {
    let mill = mill();
    let ended = mill.run(&["pick", "that one"]).with(2);
    assert!(ended.stderr.contains("neither an article's short id"), "{}", ended.stderr);
}
