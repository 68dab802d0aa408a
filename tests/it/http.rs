//! Sources over HTTP: conditional requests, due times, failures that stay where they are.

use crate::mill::{Mill, rss};
use crate::server::Server;

const RSS: &str = "application/rss+xml";

fn two_sources(server: &Server) -> Mill {
    server.put("/a.xml", RSS, rss("Alpha", &[("a1", "Alpha one", "https://alpha.example.com/1")]));
    server.put("/b.xml", RSS, rss("Beta", &[("b1", "Beta one", "https://beta.example.com/1")]));
    Mill::new(&format!(
        "[sources]\nalpha = \"{0}/a.xml\"\nbeta = \"{0}/b.xml\"\n[feeds.news]\ntitle = \"News\"\n",
        server.url
    ))
}

#[test]
fn the_smallest_useful_config_works() {
    let server = Server::start();
    server.put("/rss.xml", RSS, rss("Alpha", &[("a1", "Alpha one", "https://alpha.example.com/1")]));
    let mill = Mill::new(&format!(
        "[sources]\nbbc = \"{}/rss.xml\"\n[feeds.news]\ntitle = \"My news\"\n",
        server.url
    ));
    mill.run(&["run"]).with(0);
    assert_eq!(mill.titles("news"), ["Alpha one"]);
}

#[test]
fn a_second_run_when_due_is_conditional_and_gets_304_for_every_source() {
    let server = Server::start();
    let mill = two_sources(&server);
    mill.run_at("2026-11-23T07:00:00Z", &["run"]).with(0);
    assert!(server.asked().iter().all(|asked| asked.status == 200));
    let before = mill.published();
    mill.run_at("2026-11-23T08:00:00Z", &["run"]).with(0);
    let asked = server.asked();
    assert_eq!(asked.len(), 2);
    for request in asked {
        assert_eq!(request.status, 304);
        assert_eq!(request.headers["if-modified-since"], "Fri, 20 Nov 2026 10:00:00 GMT");
        assert!(request.headers["user-agent"].starts_with("Feedmill/"));
    }
    assert_eq!(mill.published(), before);
}

#[test]
fn a_run_before_the_sources_are_due_sends_nothing_unless_forced() {
    let server = Server::start();
    let mill = two_sources(&server);
    mill.run_at("2026-11-23T07:00:00Z", &["run"]).with(0);
    server.asked();
    mill.run_at("2026-11-23T07:20:00Z", &["run"]).with(0);
    assert_eq!(server.asked().len(), 0);
    mill.run_at("2026-11-23T07:20:00Z", &["run", "--force"]).with(0);
    assert_eq!(server.asked().len(), 2);
}

#[test]
fn offline_asks_nobody_and_is_no_failure() {
    let server = Server::start();
    let mill = two_sources(&server);
    let ended = mill.run(&["run", "--offline"]).with(0);
    assert_eq!(server.asked().len(), 0);
    assert!(ended.stdout.contains("offline"), "{}", ended.stdout);
}

#[test]
fn a_failing_source_is_named_the_others_go_on_and_the_exit_code_is_3() {
    let server = Server::start();
    let mill = two_sources(&server);
    server.refuse("/a.xml", 500);
    let ended = mill.run(&["run"]).with(3);
    assert!(ended.stderr.contains("source alpha: "), "{}", ended.stderr);
    assert!(ended.stderr.contains("500"), "{}", ended.stderr);
    assert_eq!(mill.titles("news"), ["Beta one"]);
    let status = mill.run(&["status"]).with(0);
    assert!(status.stdout.contains("FAILING"), "{}", status.stdout);
}

#[test]
fn a_feed_that_turns_into_a_web_page_or_nothing_keeps_its_articles() {
    let server = Server::start();
    let mill = two_sources(&server);
    mill.run_at("2026-11-23T07:00:00Z", &["run"]).with(0);
    let before = mill.published();
    let front =
        "<html><body class=h-feed><p class=h-entry><a class='p-name u-url' href=/x>Else</a></body></html>";
    let bodies = ["<!doctype html><html><body>Log in</body></html>", "", "{\"error\": true}", front];
    for (hour, body) in bodies.iter().enumerate() {
        server.put("/a.xml", "text/html", *body);
        let now = format!("2026-11-2{}T12:00:00Z", 4 + hour);
        let ended = mill.run_at(&now, &["run"]).with(3);
        assert!(ended.stderr.contains("source alpha: "), "{body}: {}", ended.stderr);
        assert_eq!(mill.published(), before, "{body}");
    }
}

#[test]
fn a_page_with_an_h_feed_is_a_source_and_add_prefers_the_feeds_it_links_to() {
    let server = Server::start();
    let mill = two_sources(&server);
    let entries = "<p class=h-entry><a class='p-name u-url' href=/1>Delta one</a>";
    let page = |head: &str| format!("<html><head>{head}</head><body class=h-feed>{entries}</body></html>");
    server.put("/delta", "text/html", page(""));
    mill.run(&["add", &format!("{}/delta", server.url), "--id", "delta"]).with(0);
    mill.run(&["run"]).with(0);
    assert!(mill.titles("news").contains(&"Delta one".to_owned()));
    server.put("/both", "text/html", page("<link rel=alternate type=application/rss+xml href=/a.xml>"));
    let ended = mill.run(&["add", &format!("{}/both", server.url), "--id", "both"]).with(0);
    assert!(!mill.read("config.toml").contains("both ="), "{}{}", ended.stdout, ended.stderr);
}

#[test]
fn an_edited_article_keeps_its_id_and_gets_a_revision() {
    let server = Server::start();
    let mill = two_sources(&server);
    mill.run_at("2026-11-23T07:00:00Z", &["run"]).with(0);
    let before = mill.items("news");
    server.put(
        "/a.xml",
        RSS,
        rss("Alpha", &[("a1", "Alpha one, corrected", "https://alpha.example.com/1?utm_source=x")]),
    );
    mill.run_at("2026-11-23T09:00:00Z", &["run"]).with(0);
    let after = mill.items("news");
    assert_eq!(after.len(), before.len());
    let find = |items: &[serde_json::Value], title: &str| {
        items.iter().find(|item| item["title"] == title).unwrap_or_else(|| panic!("no {title}")).clone()
    };
    let (old, new) = (find(&before, "Alpha one"), find(&after, "Alpha one, corrected"));
    assert_eq!(old["id"], new["id"]);
    assert_eq!(old["date_published"], new["date_published"]);
    assert_eq!(new["date_modified"], "2026-11-23T09:00:00Z");
    let shown = mill.run(&["show", "https://alpha.example.com/1", "--history"]).with(0).stdout;
    assert!(shown.contains("Revision 1") && shown.contains("Revision 2"), "{shown}");
}

#[test]
fn add_finds_the_feed_behind_a_page_and_keeps_the_configs_comments() {
    let server = Server::start();
    let mill = two_sources(&server);
    let page = "<html><head><link rel=\"alternate\" type=\"application/rss+xml\" href=\"/deep/feed.xml\"></head></html>";
    server.put("/", "text/html", page);
    server.put("/deep/feed.xml", RSS, rss("Gamma", &[("g1", "Gamma one", "https://gamma.example.com/1")]));
    let config = mill.read("config.toml").replace("[feeds.news]", "# keep me\n[feeds.news]");
    mill.write("config.toml", &config);
    let ended = mill.run(&["add", &server.url, "--id", "gamma"]).with(0);
    assert!(ended.stdout.contains("Gamma one"), "{}", ended.stdout);
    let after = mill.read("config.toml");
    assert!(after.contains("# keep me"), "{after}");
    assert!(after.contains(&format!("gamma = \"{}/deep/feed.xml\"", server.url)), "{after}");
    mill.run(&["run"]).with(0);
    assert!(mill.titles("news").contains(&"Gamma one".to_owned()));
}

#[test]
fn a_dry_run_writes_nothing() {
    let server = Server::start();
    let mill = two_sources(&server);
    let ended = mill.run(&["run", "--dry-run"]).with(0);
    assert!(ended.stdout.contains("dry run"), "{}", ended.stdout);
    assert!(!mill.path("feeds").exists());
    assert!(!mill.path("state/feedmill.db").exists());
}
