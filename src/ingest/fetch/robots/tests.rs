//! Who asks for robots.txt, and what comes of the answer.

use super::super::testing::plan;
use super::super::testing::{Server, answer};
use super::*;
use crate::config::FetchPlan;

const RULES: &[u8] = b"User-agent: *\nDisallow: /private\n";

fn now() -> DateTime<Utc> {
    "2026-11-01T12:00:00Z".parse().unwrap()
}

fn robots(noted: BTreeMap<String, RobotsNote>) -> Robots {
    Robots::new(now(), Duration::from_millis(300), noted)
}

/// Asks for a page; says how it ended.
async fn visit(robots: &Robots, url: &Url) -> Result<Answer, FetchError> {
    let client = Client::new(&plan()).unwrap();
    let request = Request::new(url.clone(), Accept::Page);
    client.fetch_by_leave(&request, &robots.visitor(&client, &request)).await
}

fn paths(server: &Server) -> Vec<String> {
    server.seen().iter().map(|head| head.split(' ').nth(1).unwrap().to_owned()).collect()
}

/// A server whose robots.txt is answered so; all else is a page.
async fn server(status: &'static str, headers: &'static [&'static str], body: &'static [u8]) -> Server {
    Server::start(move |head| match head.split(' ').nth(1) {
        Some("/robots.txt") => answer(status, headers, body),
        _ => answer("200 OK", &[], b"a page"),
    })
    .await
}

#[tokio::test]
async fn robots_txt_is_asked_once_before_the_first_page_and_obeyed() {
    let server = server("200 OK", &[], RULES).await;
    let robots = robots(BTreeMap::new());
    visit(&robots, &server.url("/a")).await.unwrap();
    let refused = visit(&robots, &server.url("/private/b")).await.unwrap_err();
    assert!(
        matches!(&refused, FetchError::Robots { robots, .. } if robots.ends_with("/robots.txt")),
        "{refused}"
    );
    visit(&robots, &server.url("/c")).await.unwrap();
    assert_eq!(paths(&server), ["/robots.txt", "/a", "/c"]);
}

#[tokio::test]
async fn the_robots_txt_of_a_private_host_that_may_be_asked_is_obeyed() {
    let server = server("200 OK", &[], RULES).await;
    let client = Client::new(&FetchPlan { allow_networks: Vec::new(), ..plan() }).unwrap();
    let page = Request::new(server.url("/private/b"), Accept::Page);
    let request = Request { allow_private: true, ..page };
    let robots = robots(BTreeMap::new());
    let refused = client.fetch_by_leave(&request, &robots.visitor(&client, &request)).await.unwrap_err();
    assert!(matches!(&refused, FetchError::Robots { .. }), "{refused}");
    assert_eq!(paths(&server), ["/robots.txt"]);
}

#[tokio::test]
async fn no_robots_txt_allows_everything_and_trouble_forbids_everything() {
    for (status, headers, allowed) in [
        ("404 Not Found", &[][..], true),
        ("401 Unauthorized", &[], true),
        ("403 Forbidden", &[], true),
        ("410 Gone", &[], true),
        ("204 No Content", &[], true),
        ("302 Found", &["Location: /robots.txt"], true),
        ("429 Too Many Requests", &[], false),
        ("500 Oops", &[], false),
        ("503 Service Unavailable", &[], false),
    ] {
        let server = server(status, headers, b"").await;
        match visit(&robots(BTreeMap::new()), &server.url("/a")).await {
            Ok(_) => assert!(allowed, "{status}"),
            Err(FetchError::RobotsUnread { cause, .. }) => assert!(!allowed, "{status}: {cause}"),
            Err(error) => panic!("{status}: {error}"),
        }
    }
}

#[tokio::test]
async fn a_robots_txt_behind_five_redirects_is_found_whatever_is_configured() {
    let server = Server::start(|head| match head.split(' ').nth(1).unwrap() {
        "/robots.txt" => answer("301 Moved Permanently", &["Location: /1"], b""),
        "/5" => answer("200 OK", &[], RULES),
        path => {
            let next = path[1..].parse::<u32>().map_or(0, |number| number + 1);
            answer("302 Found", &[&format!("Location: /{next}")], b"")
        }
    })
    .await;
    let refused = visit(&robots(BTreeMap::new()), &server.url("/private")).await.unwrap_err();
    assert!(matches!(refused, FetchError::Robots { .. }), "{refused}");
}

#[tokio::test]
async fn where_a_page_redirects_to_has_a_robots_txt_too() {
    let other = server("200 OK", &[], RULES).await;
    let to_other = format!("Location: {}", other.url("/private/page"));
    let first = Server::start(move |head| match head.split(' ').nth(1) {
        Some("/robots.txt") => answer("404 Not Found", &[], b""),
        _ => answer("302 Found", &[&to_other], b""),
    })
    .await;
    let refused = visit(&robots(BTreeMap::new()), &first.url("/a")).await.unwrap_err();
    assert!(matches!(refused, FetchError::Robots { .. }), "{refused}");
    assert_eq!(paths(&other), ["/robots.txt"]);
}

#[tokio::test]
async fn what_is_remembered_serves_for_a_day_and_longer_only_in_trouble() {
    let server = server("200 OK", &[], b"User-agent: *\nDisallow: /new\n").await;
    let origin = server.url("/").origin().ascii_serialization();
    let noted = |hours| {
        let rules = "User-agent: feedmill\nDisallow: /old\n".to_owned();
        let read_at = now() - TimeDelta::hours(hours);
        BTreeMap::from([(origin.clone(), RobotsNote { read_at, asked_at: None, rules })])
    };
    for (hours, asked) in [(0, 0), (23, 0), (24, 1), (-1, 2)] {
        let robots = robots(noted(hours));
        let is_old = visit(&robots, &server.url("/old")).await.is_err();
        let asked_now = paths(&server).iter().filter(|path| *path == "/robots.txt").count();
        assert_eq!((is_old, asked_now), (hours == 0 || hours == 23, asked), "{hours} h");
        assert_eq!(robots.note(&server.url("/")).is_some(), !is_old, "{hours} h: news for the store");
    }
    let down = self::server("503 Service Unavailable", &[], b"").await;
    let rules = "User-agent: feedmill\nDisallow: /old\n".to_owned();
    let note = RobotsNote { read_at: now() - TimeDelta::days(9), asked_at: None, rules };
    let robots = robots(BTreeMap::from([(down.url("/").origin().ascii_serialization(), note)]));
    assert!(visit(&robots, &down.url("/old")).await.is_err());
    visit(&robots, &down.url("/new")).await.unwrap();
    assert_eq!(robots.note(&down.url("/")), None);
}

#[tokio::test]
async fn a_short_crawl_delay_is_waited_for_and_a_long_one_puts_off() {
    let short = server("200 OK", &[], b"User-agent: *\nCrawl-delay: 0.1\n").await;
    let robots_of_short = robots(BTreeMap::new());
    let began = Instant::now();
    for path in ["/a", "/b", "/c"] {
        visit(&robots_of_short, &short.url(path)).await.unwrap();
    }
    assert!(began.elapsed() >= Duration::from_millis(200));
    let long = server("200 OK", &[], b"User-agent: *\nCrawl-delay: 60\n").await;
    let robots = robots(BTreeMap::new());
    visit(&robots, &long.url("/a")).await.unwrap();
    for (path, minutes) in [("/b", 1), ("/c", 2)] {
        match visit(&robots, &long.url(path)).await.unwrap_err() {
            FetchError::PutOff { until, .. } => {
                let wait = until - now();
                assert!(
                    wait >= TimeDelta::minutes(minutes) && wait < TimeDelta::minutes(minutes + 1),
                    "{wait}"
                );
            }
            error => panic!("{error}"),
        }
    }
    assert_eq!(paths(&long), ["/robots.txt", "/a"]);
    let (_, note) = robots.note(&long.url("/")).unwrap();
    assert!(note.asked_at.unwrap() - now() < TimeDelta::minutes(1), "only /a was asked for");
}

#[test]
fn a_place_is_a_delay_behind_the_last_and_too_late_beyond_patience() {
    let (minute, at) = (Duration::from_secs(60), |seconds| now() + TimeDelta::seconds(seconds));
    for (last, expected) in [
        (None, Slot::At(at(0))),
        (Some(at(-3600)), Slot::At(at(0))),
        (Some(at(-60)), Slot::At(at(0))),
        (Some(at(-50)), Slot::At(at(10))),
        (Some(at(0)), Slot::After(at(60))),
        (Some(at(60)), Slot::After(at(120))),
    ] {
        assert_eq!(slot(last, minute, now(), at(20)), expected, "{last:?}");
    }
    assert_eq!(slot(Some(at(0)), minute, at(90), at(20)), Slot::At(at(90)), "a long round needs no wait");
}
