//! A feed that answers 200 with something else than itself keeps its articles and its last good state, and the next good
//! answer is read in full.

use std::io::{Read, Write};
use std::net::TcpListener;

use crate::mill::{Mill, rss};
use crate::server::Server;

const ITEMS: [(&str, &str, &str); 4] = [
    ("urn:x:1", "Alpha", "https://a.example.com/1"),
    ("urn:x:2", "Bravo", "https://a.example.com/2"),
    ("urn:x:3", "Charlie", "https://a.example.com/3"),
    ("urn:x:4", "Delta", "https://a.example.com/4"),
];

/// What comes instead of the feed, the exit code, and what `status` says.
fn answers() -> Vec<(&'static str, String, i32, &'static str)> {
    let page = |text: &str| {
        format!("<!doctype html><html><head><title>{text}</title></head><body>{text}</body></html>")
    };
    let whole = rss("A", &ITEMS);
    let cut = |at: &str| whole[..whole.find(at).unwrap() + at.len()].to_owned();
    vec![
        ("nothing", String::new(), 3, "FAILING"),
        ("blanks", " \n\n".to_owned(), 3, "FAILING"),
        ("a login page", page("Please log in"), 3, "FAILING"),
        ("an error page", page("503 Service Unavailable"), 3, "FAILING"),
        ("a word", "Database error".to_owned(), 3, "FAILING"),
        ("an error in JSON", "{\"error\": \"rate limited\"}".to_owned(), 3, "FAILING"),
        ("XML that is no feed", "<?xml version=\"1.0\"?><error/>".to_owned(), 3, "FAILING"),
        ("a feed without entries", rss("A", &[]), 0, "Note: "),
        (
            "a feed cut off in its head",
            "<?xml version=\"1.0\"?><rss version=\"2.0\"><chan".to_owned(),
            0,
            "Note: ",
        ),
        (
            "a feed cut off in its second item",
            cut("<title>Bravo</title><link>https://a.exa"),
            0,
            "ends in the middle",
        ),
        ("a feed cut off between items", cut("About Alpha.</description></item>"), 0, "ends in the middle"),
    ]
}

#[test]
fn whatever_comes_in_the_place_of_a_feed_takes_nothing_away() {
    for (case, answer, code, word) in answers() {
        let server = Server::start();
        let url = format!("{}/a.xml", server.url);
        let mill = Mill::new(&format!("[sources]\na = \"{url}\"\n[feeds.news]\ntitle = \"News\"\n"));
        server.put("/a.xml", "application/rss+xml", rss("A", &ITEMS[..3]));
        mill.run_at("2026-11-23T07:00:00Z", &["run"]).with(0);
        let before = mill.published();
        server.put("/a.xml", "application/rss+xml", answer);
        let ended = mill.run_at("2026-11-25T07:00:00Z", &["run"]);
        assert_eq!(ended.code, code, "{case}: {}", ended.stderr);
        assert!(ended.stderr.contains("source a: "), "{case}: {}", ended.stderr);
        assert_eq!(mill.published(), before, "{case}");
        let status = mill.run_at("2026-11-25T07:00:00Z", &["status"]).with(0).stdout;
        assert!(status.contains(word), "{case}: {status}");
        server.put("/a.xml", "application/rss+xml", rss("A", &ITEMS));
        mill.run_at("2026-11-28T07:00:00Z", &["run"]).with(0);
        assert_eq!(mill.titles("news"), ["Delta", "Charlie", "Bravo", "Alpha"], "{case}");
        let status = mill.run_at("2026-11-28T07:00:00Z", &["status"]).with(0).stdout;
        assert!(!status.contains("FAILING") && !status.contains("Note"), "{case}: {status}");
    }
}

#[test]
fn a_document_cut_off_the_first_time_is_not_the_mark_that_makes_the_rest_unchanged() {
    let server = Server::start();
    let mill =
        Mill::new(&format!("[sources]\na = \"{}/a.xml\"\n[feeds.news]\ntitle = \"News\"\n", server.url));
    let whole = rss("A", &ITEMS);
    let half = whole.find("About Bravo").unwrap();
    server.put("/a.xml", "application/rss+xml", &whole[..half]);
    mill.run_at("2026-11-23T07:00:00Z", &["run"]).with(0);
    assert_eq!(mill.titles("news"), ["Alpha"], "half an item is none");
    server.asked();
    mill.run_at("2026-11-25T07:00:00Z", &["run"]).with(0);
    let asked = server.asked();
    assert!(!asked[0].headers.contains_key("if-none-match"), "asked again in full");
    server.put("/a.xml", "application/rss+xml", whole);
    mill.run_at("2026-11-27T07:00:00Z", &["run"]).with(0);
    assert_eq!(mill.titles("news").len(), 4);
}

/// Says that the body is longer than it is, and hangs up.
fn lying_server(body: String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/a.xml", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = stream.read(&mut [0; 4096]);
            let head = "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nETag: \"a\"\r\n";
            let _ = write!(stream, "{head}Content-Length: {}\r\n\r\n{body}", body.len() + 100);
        }
    });
    url
}

#[test]
fn a_body_shorter_than_its_length_is_a_failure_and_none_of_it_is_read() {
    let url = lying_server(rss("A", &ITEMS));
    let mill = Mill::new(&format!("[sources]\na = \"{url}\"\n[feeds.news]\ntitle = \"News\"\n"));
    let said = mill.run(&["run"]).with(3).stderr;
    assert!(said.contains("source a: "), "{said}");
    assert_eq!(mill.titles("news").len(), 0);
}
