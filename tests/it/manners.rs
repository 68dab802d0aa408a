//! When and where servers are asked, as a person sees it: what is said of it, and what is asked.

use crate::mill::{Mill, rss};
use crate::server::Server;

const RSS: &str = "application/rss+xml";
const CONTACT: &str = "[fetch]\ncontact = \"https://example.org/\"\n";

fn mill(server: &Server, path: &str) -> Mill {
    server.put("/a.xml", RSS, rss("Alpha", &[("a1", "Alpha one", "https://alpha.example.com/1")]));
    Mill::new(&format!(
        "{CONTACT}[sources]\nalpha = \"{}{path}\"\n[feeds.news]\ntitle = \"News\"\n",
        server.url
    ))
}

#[test]
fn force_says_what_it_overrides_and_what_it_does_not() {
    let server = Server::start();
    let mill = mill(&server, "/a.xml");
    mill.run_at("2026-11-23T07:00:00Z", &["run"]).with(0);
    let early = mill.run_at("2026-11-23T07:10:00Z", &["run", "--force"]).with(0);
    assert!(early.stderr.contains("--force: 1 document asked for before"), "{}", early.stderr);
    server.refuse_saying("/a.xml", 503, "Retry-After: 86400");
    mill.run_at("2026-11-23T09:00:00Z", &["run"]).with(3);
    server.asked();
    let alone = mill.run_at("2026-11-23T12:00:00Z", &["run", "--force"]).with(0);
    assert!(alone.stderr.contains("--force: 1 document left alone"), "{}", alone.stderr);
    assert_eq!(server.asked().len(), 0);
    mill.run_at("2026-11-23T12:00:00Z", &["run", "--force", "alpha"]).with(3);
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn what_is_gone_is_said_to_be_so_and_left_alone() {
    let server = Server::start();
    let mill = mill(&server, "/a.xml");
    mill.run_at("2026-11-23T07:00:00Z", &["run"]).with(0);
    server.refuse("/a.xml", 410);
    let gone = mill.run_at("2026-11-23T09:00:00Z", &["run"]).with(3);
    assert!(gone.stderr.contains("not asked any more"), "{}", gone.stderr);
    server.asked();
    let later = mill.run_at("2027-11-23T09:00:00Z", &["run"]).with(0);
    assert!(later.stdout.contains("gone for good"), "{}", later.stdout);
    assert_eq!(server.asked().len(), 0);
    let status = mill.run_at("2027-11-23T09:00:00Z", &["status"]).with(0);
    assert!(status.stdout.contains("GONE since 2026-11-23"), "{}", status.stdout);
    assert!(status.stdout.contains("1 article"), "{}", status.stdout);
}

#[test]
fn a_feed_that_moved_for_good_is_asked_where_it_is_now() {
    let server = Server::start();
    let mill = mill(&server, "/old.xml");
    server.refuse_saying("/old.xml", 301, "Location: /a.xml");
    let moved = mill.run_at("2026-11-23T07:00:00Z", &["run"]).with(0);
    assert!(moved.stderr.contains("/a.xml, which is asked from now on"), "{}", moved.stderr);
    assert_eq!(server.asked().len(), 2);
    mill.run_at("2026-11-23T08:00:00Z", &["run"]).with(0);
    let asked = server.asked();
    assert_eq!(asked.iter().map(|request| request.status).collect::<Vec<_>>(), [304]);
    let status = mill.run_at("2026-11-23T08:00:00Z", &["status"]).with(0);
    assert!(status.stdout.contains("/a.xml: change it in the config"), "{}", status.stdout);
}

#[test]
fn sources_fetched_together_are_not_due_together() {
    let server = Server::start();
    let sources: String = (0..30)
        .map(|number| {
            server.put(
                &format!("/{number}"),
                RSS,
                rss("Alpha", &[("a1", "Alpha", "https://alpha.example.com/1")]),
            );
            format!("s{number} = \"{}/{number}\"\n", server.url)
        })
        .collect();
    let mill = Mill::new(&format!("{CONTACT}[sources]\n{sources}[feeds.news]\ntitle = \"News\"\n"));
    let asked: Vec<usize> = ["07:00", "07:29", "07:32", "07:34", "07:36"]
        .map(|time| {
            mill.run_at(&format!("2026-11-23T{time}:00Z"), &["fetch"]).with(0);
            server.asked().len()
        })
        .to_vec();
    assert_eq!((asked[0], asked[1], asked.iter().sum::<usize>()), (30, 0, 60), "{asked:?}");
    assert!(asked[2..].iter().all(|&asked| (3..=20).contains(&asked)), "{asked:?}");
}
