//! What goes over the wire, and what never does.

use super::recorder::{Asked, Reply};
use super::world::{World, feed, tagged};

const DAY: i64 = 24 * 60;
const FIVE: &str = "a = \"{}/a\"\nb = \"{}/b\"\nc = \"{}/c\"\nd = \"{}/d\"\ne = \"{}/e\"";

/// What the requests for a feed say that moves, fails once and sets cookies.
fn eventful() -> Vec<Asked> {
    let world = World::with("contact = \"https://example.org/about\"", "a = \"{}/a?x=1\"", |asked| {
        let reply = match (asked.path.as_str(), asked.number) {
            ("/a?x=1", 1) => Reply::new(503, "sorry"),
            ("/a?x=1", _) => Reply::to(302, "/there"),
            _ => tagged(asked, 1),
        };
        reply.with("Set-Cookie", "id=1; Path=/").with("Date", "Mon, 23 Nov 2026 07:00:00 GMT")
    });
    (0..4).for_each(|day| drop(world.run_at(day * 2 * DAY)));
    let asked = world.server.asked();
    assert!(asked.len() >= 7, "{asked:?}");
    asked
}

#[test]
fn no_cookie_is_sent() {
    assert!(eventful().iter().all(|asked| !asked.headers.contains_key("cookie")));
}

#[test]
fn no_referrer_is_sent() {
    assert!(eventful().iter().all(|asked| !asked.headers.contains_key("referer")));
}

#[test]
fn no_cache_is_busted() {
    for asked in eventful() {
        assert!(["/a?x=1", "/there"].contains(&asked.path.as_str()), "{}", asked.path);
        for header in ["cache-control", "pragma", "expires"] {
            assert!(!asked.headers.contains_key(header), "{header}");
        }
    }
}

#[test]
fn the_user_agent_names_program_version_and_contact() {
    let agent = format!("Feedmill/{} (+https://example.org/about)", env!("CARGO_PKG_VERSION"));
    assert!(eventful().iter().all(|asked| asked.header("user-agent") == Some(agent.clone())));
}

#[test]
fn nothing_else_is_sent_than_what_is_listed() {
    const LISTED: [&str; 8] = [
        "host",
        "user-agent",
        "accept",
        "accept-encoding",
        "if-none-match",
        "if-modified-since",
        "a-im",
        "connection",
    ];
    for asked in eventful() {
        for header in asked.headers.keys() {
            assert!(LISTED.contains(&header.as_str()), "{header}");
        }
    }
}

#[test]
fn compressed_answers_are_asked_for() {
    for asked in eventful() {
        let codings = asked.header("accept-encoding").unwrap_or_default();
        let codings: Vec<&str> = codings.split(',').map(str::trim).collect();
        assert!(["gzip", "br", "zstd"].iter().all(|coding| codings.contains(coding)), "{codings:?}");
    }
}

#[test]
fn one_connection_serves_all_feeds_of_a_host() {
    let world = World::with("", FIVE, |asked| tagged(asked, 1));
    world.run_at(0);
    let connections: Vec<usize> = world.server.asked().iter().map(|asked| asked.connection).collect();
    assert_eq!(connections, [0; 5]);
    world.run_at(2 * DAY);
    let unchanged: Vec<usize> = world.server.asked().iter().skip(5).map(|asked| asked.connection).collect();
    assert_eq!(unchanged, [1; 5], "304s, in the next run");
}

#[test]
fn http_2_is_offered() {
    let hello = super::client_hello();
    assert!(hello.windows(3).any(|bytes| bytes == b"\x02h2"), "ALPN names h2 (RFC 7301, RFC 9113)");
}

#[test]
fn one_request_at_a_time_goes_to_a_host() {
    let world = World::with("", FIVE, |asked| tagged(asked, 1));
    world.run_at(0);
    world.run_at(2 * DAY);
    assert_eq!((world.server.asked().len(), world.server.peak()), (10, 1));
}

#[test]
fn no_head_request_is_sent() {
    assert!(eventful().iter().all(|asked| asked.method == "GET"));
}

#[test]
fn nothing_is_asked_for_that_the_config_does_not_name() {
    let page = "<html><head><link rel=icon href=/favicon.ico><link rel=stylesheet href=/style.css></head>\
                <body><img src=/a.png></body></html>";
    let sources = "a = \"{}/a\"\nb = \"{}/b\"";
    let world = World::with("", sources, move |asked| match asked.path.as_str() {
        "/a" => tagged(asked, 1),
        "/b" => Reply::new(200, page).with("Content-Type", "text/html"),
        _ => Reply::new(404, ""),
    });
    world.cron(0..2 * DAY, 60);
    let asked = world.server.asked();
    assert!(asked.iter().all(|asked| ["/a", "/b"].contains(&asked.path.as_str())), "{asked:?}");
}

#[test]
fn a_failure_is_not_tried_again_in_the_same_cycle() {
    for failed in [
        Reply::new(500, ""),
        Reply::new(503, ""),
        Reply::new(429, ""),
        Reply::new(408, ""),
        Reply::new(200, "no feed"),
        Reply::hang_up(),
    ] {
        let world = World::new(move |_| failed.clone());
        world.run_at(0);
        assert_eq!(world.asked("/a").len(), 1);
    }
}

#[test]
fn one_url_of_several_sources_is_one_request() {
    let sources = "a = \"{}/a\"\nb = \"{}/a\"\nc = \"{}/a\"\nd = \"{}/d\"";
    let mut world = World::with("", sources, |asked| tagged(asked, asked.number / 2));
    let reports = world.run_at(0);
    assert_eq!(reports.iter().map(|report| report.new).collect::<Vec<_>>(), [1; 4]);
    assert_eq!(reports.iter().map(|report| report.traffic.requests).collect::<Vec<_>>(), [1, 0, 0, 1]);
    let reports = world.run_at(2 * DAY);
    assert_eq!(reports.iter().map(|report| report.unchanged_documents).collect::<Vec<_>>(), [1; 4]);
    world.reconfigure("", &format!("{sources}\ne = \"{{}}/a\""));
    let reports = world.run_at(2 * DAY + 10);
    assert_eq!((reports[4].new, reports[0].new), (1, 1), "a newcomer takes the others along");
    assert_eq!((world.asked("/a").len(), world.asked("/d").len()), (3, 2));
    assert_eq!(world.asked("/a")[2].header("if-none-match"), None, "it has not read what the others have");
}

#[test]
fn a_feed_failing_for_several_sources_is_still_one_request() {
    let world = World::with("", "a = \"{}/a\"\nb = \"{}/a\"", |_| Reply::new(500, ""));
    let reports = world.run_at(0);
    assert!(reports.iter().all(|report| report.failures.len() == 1));
    assert_eq!(world.asked("/a").len(), 1);
}

#[test]
fn requests_bytes_and_304s_are_counted() {
    let world = World::new(|asked| match asked.path.as_str() {
        "/a" => Reply::to(302, "/b"),
        _ => tagged(asked, 1),
    });
    let first = world.run_at(0)[0].traffic;
    let second = world.run_at(2 * DAY)[0].traffic;
    assert_eq!((first.requests, first.bytes, first.not_modified), (2, feed(1).len() as u64, 0));
    assert_eq!((second.requests, second.bytes, second.not_modified), (2, 0, 1));
}
