//! robots.txt: asked for pages, never for feeds.

use super::recorder::Reply;
use super::world::{World, tagged};

const DAY: i64 = 24 * 60;
const PICKS: &str = "[sources.picks]\narticles = [\"{}/private/1\", \"{}/open/1\", \"{}/open/2\"]";
const PAGE: &str = "<!doctype html><html><head><title>A page of news</title></head><body><article><h1>A page of news</h1>\
                    <p>There is enough of a text in this page to be an article of some length, with a sentence or two, \
                    commas included, so that a reader finds it.</p><p>And another paragraph, which says as much again, \
                    and then a little more, to be sure.</p></article></body></html>";

fn site(robots: Reply) -> impl Fn(&super::recorder::Asked) -> Reply + Send + Sync + 'static {
    move |asked| match asked.path.as_str() {
        "/robots.txt" => robots.clone(),
        "/feed" => tagged(asked, 1),
        _ => Reply::new(200, PAGE).with("Content-Type", "text/html").with("ETag", "\"1\""),
    }
}

fn rules(rules: &str) -> Reply {
    Reply::new(200, format!("User-agent: *\n{rules}\n")).with("Content-Type", "text/plain")
}

#[test]
fn robots_txt_is_obeyed_for_pages() {
    let world = World::with("", PICKS, site(rules("Disallow: /private/")));
    let reports = world.run_at(0);
    assert_eq!((world.asked("/private/1").len(), world.asked("/open/1").len()), (0, 1));
    assert_eq!((reports[0].new, reports[0].failures.len()), (2, 1));
    let said = &reports[0].failures[0].message;
    assert!(said.contains("/robots.txt does not allow it") && said.contains("fetch.robots"), "{said}");
}

#[test]
fn robots_txt_is_not_asked_for_a_feed() {
    let world = World::with("", "a = \"{}/feed\"", site(rules("Disallow: /")));
    world.cron(0..2 * DAY, 60);
    assert!(world.asked("/robots.txt").is_empty());
    assert!(!world.asked("/feed").is_empty());
}

#[test]
fn robots_txt_is_asked_at_most_once_a_day() {
    let picks =
        "[sources.picks]\narticles = [\"{}/1\", \"{}/2\", \"{}/3\"]\n[sources.more]\narticles = [\"{}/4\"]";
    let mut world = World::with("max_interval = \"2h\"", picks, site(rules("Disallow: /x")));
    world.cron(0..DAY, 30);
    assert_eq!(world.asked("/robots.txt").len(), 1);
    assert!(!world.asked("/1").is_empty());
    world.reconfigure("max_interval = \"2h\"", &format!("{picks}\n[sources.new]\narticles = [\"{{}}/5\"]"));
    world.run_at(DAY + 5);
    assert_eq!((world.asked("/robots.txt").len(), world.asked("/5").len()), (2, 1));
}

#[test]
fn without_a_robots_txt_everything_may_be_asked_and_in_trouble_nothing() {
    for (robots, asked) in
        [(Reply::new(404, ""), 1), (Reply::new(403, ""), 1), (Reply::new(500, ""), 0), (Reply::hang_up(), 0)]
    {
        let world = World::with("", PICKS, site(robots.clone()));
        world.run_at(0);
        assert_eq!(world.asked("/open/1").len(), asked, "{robots:?}");
        assert_eq!(world.asked("/robots.txt").len(), 1, "{robots:?}");
    }
}

#[test]
fn robots_can_be_turned_off_for_sites_of_ones_own() {
    let world = World::with("robots = \"off\"", PICKS, site(rules("Disallow: /")));
    assert_eq!(world.run_at(0)[0].new, 3);
    assert!(world.asked("/robots.txt").is_empty());
}

#[test]
fn a_crawl_delay_is_the_least_time_between_two_pages() {
    let world = World::with("", PICKS, site(rules("Crawl-delay: 3600")));
    world.cron(0..4 * 60, 5);
    let mut pages: Vec<_> =
        world.server.asked().into_iter().filter(|asked| asked.path != "/robots.txt").collect();
    pages.sort_by_key(|asked| asked.at);
    assert_eq!(pages.len(), 3);
    for pair in pages.windows(2) {
        assert!((pair[1].at - pair[0].at).num_minutes() >= 60, "{pair:?}");
    }
}
