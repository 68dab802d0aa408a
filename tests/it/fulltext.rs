//! `full_text`: articles read from their pages, on a news site with robots.txt.

use std::collections::BTreeMap;
use std::process::Stdio;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use crate::mill::{Mill, NOW};
use crate::server::Server;
use crate::stop::silent;

const LATER: &str = "2026-11-23T08:00:00Z";
const NEXT_DAY: &str = "2026-11-24T08:00:00Z";
const TEASER: &str = "The first lines of it";
/// On every page of the site, beside its story.
const BOILERPLATE: &str = "This paper is printed by the society of friends of mills, which was founded in the year of the \
                           great flood, and has kept the wheels of this valley turning ever since, as it says.";

/// Sentences that no other story has.
fn story(name: &str) -> String {
    let sentence = |number: u32| {
        format!(
            "<p>In paragraph {number} of {name} the miller told our reporter that the wheel of {name} had turned for \
             {number} days without rest, and that its flour, of which {name} is proud, was sold as far as the coast.</p>"
        )
    };
    (1..=6).map(sentence).collect()
}

fn page(name: &str, text: &str) -> String {
    format!(
        "<!doctype html><html lang=en><head><title>{name} - The Valley Paper</title></head><body>\
         <nav><a href=/>Home</a> <a href=/news>News</a></nav><article><h1>{name}</h1>{text}<p>{BOILERPLATE}</p></article>\
         <footer>All rights reserved</footer></body></html>"
    )
}

/// A feed of these stories, the newest first, each with this description.
fn feed(url: &str, items: &[(&str, &str)]) -> String {
    let item = |(place, (name, description)): (usize, &(&str, &str))| {
        let minute = 59 - place;
        format!(
            "<item><title>Story {name}</title><link>{url}/news/{name}</link><guid isPermaLink=\"false\">{name}</guid>\
             <pubDate>Sun, 22 Nov 2026 10:{minute}:00 GMT</pubDate><description>{description}</description></item>"
        )
    };
    let items: String = items.iter().enumerate().map(item).collect();
    format!(
        "<rss version=\"2.0\"><channel><title>The Valley Paper</title><link>{url}/</link>{items}</channel></rss>"
    )
}

/// A site of which every story in the feed is a teaser, and its page the whole.
struct Site {
    server: Server,
    mill: Mill,
}

impl Site {
    fn new(keys: &str, names: &[&str]) -> Self {
        let server = Server::start();
        let config = format!(
            "[sources.paper]\nurl = \"{}/feed\"\nrepublish = \"full\"\n{keys}\n[feeds.all]\ntitle = \"All\"\n\
             formats = [\"rss\", \"atom\", \"json\"]\n",
            server.url
        );
        let site = Self { server, mill: Mill::new(&config) };
        site.server.put("/robots.txt", "text/plain", "User-agent: *\nDisallow: /news/secret\n");
        names.iter().for_each(|name| site.put(name, &story(name)));
        site.feed(&names.iter().map(|name| (*name, TEASER)).collect::<Vec<_>>());
        site
    }

    fn put(&self, name: &str, text: &str) {
        self.server.put(&format!("/news/{name}"), "text/html; charset=utf-8", page(name, text));
    }

    fn feed(&self, items: &[(&str, &str)]) {
        self.server.put("/feed", "application/rss+xml", feed(&self.server.url, items));
    }

    /// Paths asked for since the last call, but for the feed, and how often.
    fn asked(&self) -> BTreeMap<String, usize> {
        let mut asked = BTreeMap::new();
        for path in self.server.asked().into_iter().map(|asked| asked.path).filter(|path| path != "/feed") {
            *asked.entry(path).or_default() += 1;
        }
        asked
    }

    fn text(&self, name: &str) -> String {
        let items = self.mill.items("all");
        let item = items.iter().find(|item| item["title"] == format!("Story {name}")).unwrap();
        let text = item["content_html"].as_str().or(item["summary"].as_str());
        text.unwrap_or_default().to_owned()
    }

    fn show(&self, name: &str) -> Value {
        let url = format!("{}/news/{name}", self.server.url);
        let shown = self.mill.run_at(LATER, &["--format", "json", "show", &url]).with(0);
        serde_json::from_str(shown.stdout.lines().next().unwrap()).unwrap()
    }
}

fn once(paths: &[&str]) -> BTreeMap<String, usize> {
    paths.iter().map(|path| ((*path).to_owned(), 1)).collect()
}

#[test]
fn whole_articles_are_published_and_each_page_is_asked_once() {
    let site = Site::new("full_text = \"always\"", &["one", "two", "three", "four"]);
    site.mill.run(&["run"]).with(0);
    let expected = ["/robots.txt", "/news/one", "/news/two", "/news/three", "/news/four"];
    assert_eq!(site.asked(), once(&expected));
    for name in ["one", "two", "three", "four"] {
        let text = site.text(name);
        assert!(text.contains(&format!("In paragraph 6 of {name}")) && !text.contains("Home"), "{text}");
    }
    for format in ["rss", "atom", "json"] {
        let document = site.mill.read(&format!("feeds/all.{format}"));
        assert!(document.contains("In paragraph 6 of one") && document.contains(TEASER), "{format}");
    }
    let before = site.mill.published();
    site.mill.run_at(LATER, &["run"]).with(0);
    site.mill.run_at(NEXT_DAY, &["run"]).with(0);
    assert_eq!(site.asked(), once(&[]));
    assert_eq!(site.mill.published(), before, "a page's text is not taken back at the next reading");
}

#[test]
fn what_the_pages_of_a_site_repeat_is_no_part_of_a_story() {
    let site = Site::new("full_text = \"always\"", &["one", "two", "three", "four"]);
    site.mill.run(&["run"]).with(0);
    let repeated = |name: &str| site.text(name).contains("society of friends of mills");
    assert!(repeated("one") && !repeated("three") && !repeated("four"));
}

#[test]
fn a_page_that_cannot_be_had_leaves_the_feeds_own_text() {
    let site = Site::new("full_text = \"always\"", &["one", "secret", "gone", "busy", "picture"]);
    site.server.refuse("/news/gone", 404);
    site.server.refuse("/news/busy", 503);
    site.server.put("/news/picture", "image/png", "no text");
    site.mill.run(&["run"]).with(0);
    let expected = ["/robots.txt", "/news/one", "/news/gone", "/news/busy", "/news/picture"];
    assert_eq!(site.asked(), once(&expected));
    for (name, why) in
        [("secret", "robots.txt does not allow it"), ("gone", "404 Not Found"), ("picture", "image/png")]
    {
        assert!(site.text(name).contains(TEASER), "{name}");
        let page = &site.show(name)["page"];
        assert_eq!((&page["state"], &page["is_text"]), (&Value::from("failed"), &Value::from(false)));
        assert!(page["problem"].as_str().unwrap().contains(why), "{page}");
    }
    let status = site.mill.run(&["status"]).with(0).stdout;
    assert!(status.contains("1 page waiting, 3 without text"), "{status}");
    // Only what may have passed is tried again.
    site.put("busy", &story("busy"));
    site.mill.run_at(LATER, &["run"]).with(0);
    assert_eq!(site.asked(), once(&["/news/busy"]));
    assert!(site.text("busy").contains("In paragraph 6 of busy"));
    assert_eq!(site.show("busy")["page"]["state"], "read");
}

#[test]
fn only_short_texts_are_completed_if_so_wished() {
    let site = Site::new("full_text = \"short\"", &["one", "long", "cut"]);
    let long = "The feed has the whole of it. ".repeat(30);
    let cut = format!("{long}And so on […]");
    site.feed(&[("one", TEASER), ("long", &long), ("cut", &cut)]);
    site.mill.run(&["run"]).with(0);
    assert_eq!(site.asked(), once(&["/robots.txt", "/news/one", "/news/cut"]));
    assert!(site.text("long").contains("The feed has the whole of it."));
}

#[test]
fn the_ceiling_holds_for_pages_too() {
    let site = Site::new("full_text = \"always\"", &["one"]);
    let config = site.mill.read("config.toml").replace("republish = \"full\"", "republish = \"excerpt\"");
    site.mill.write("config.toml", &config);
    site.mill.run(&["run"]).with(0);
    assert_eq!(site.asked(), once(&["/robots.txt", "/news/one"]));
    let text = site.text("one");
    assert!(text.contains(TEASER) && !text.contains("In paragraph 6"), "{text}");
}

#[test]
fn the_pages_of_an_article_are_joined_without_doubles() {
    let site = Site::new("full_text = \"always\"", &["one"]);
    let part = |number: u32| story(&format!("part{number}"));
    let lead = story("lead");
    site.put("one", &format!("{}{}<a rel=next href=/news/one?page=2>Next</a>", lead, part(1)));
    site.put("one?page=2", &format!("{}{}<a rel=next href=/news/one?page=3>Next</a>", lead, part(2)));
    site.put("one?page=3", &part(3));
    site.mill.run(&["run"]).with(0);
    assert_eq!(site.asked(), once(&["/robots.txt", "/news/one", "/news/one?page=2", "/news/one?page=3"]));
    let text = site.text("one");
    let places: Vec<usize> =
        (1..=3).map(|number| text.find(&format!("In paragraph 1 of part{number}")).unwrap()).collect();
    assert!(places.is_sorted(), "{text}");
    assert_eq!(text.matches("In paragraph 1 of lead").count(), 1, "{text}");
}

#[test]
fn an_edit_of_the_feed_asks_the_page_again_and_is_told_once() {
    let site = Site::new("full_text = \"always\"", &["one", "two"]);
    site.mill.run(&["run"]).with(0);
    site.asked();
    let updated = |name: &str| site.show(name)["updated"].clone();
    assert_eq!(updated("one"), Value::Null, "a page is no edit");
    site.put("one", &story("one").replace("the coast", "the far islands"));
    site.feed(&[("one", "The first lines of it, corrected"), ("two", TEASER)]);
    site.mill.run_at(LATER, &["run"]).with(0);
    assert_eq!(site.asked(), once(&["/news/one"]));
    let text = site.text("one");
    assert!(text.contains("the far islands") && !text.contains("the coast"), "{text}");
    let history = site.mill.run_at(LATER, &["show", &format!("{}/news/one", site.server.url), "--history"]);
    assert!(history.stdout.contains("far islands"), "{}", history.stdout);
    assert_eq!((updated("one") != Value::Null, updated("two")), (true, Value::Null));
}

#[test]
fn offline_asks_nothing_and_the_pages_wait() {
    let site = Site::new("full_text = \"always\"", &["one"]);
    let files = site
        .mill
        .read("config.toml")
        .replace(&format!("url = \"{}/feed\"", site.server.url), "files = \"feed.xml\"");
    site.mill.write("config.toml", &files);
    site.mill.write("feed.xml", &feed(&site.server.url, &[("one", TEASER)]));
    site.mill.run(&["--offline", "run"]).with(0);
    assert_eq!(site.asked(), once(&[]));
    assert!(site.text("one").contains(TEASER));
    site.mill.run_at(LATER, &["run"]).with(0);
    assert_eq!(site.asked(), once(&["/robots.txt", "/news/one"]));
    assert!(site.text("one").contains("In paragraph 6 of one"));
}

#[test]
fn a_page_of_two_sources_is_asked_once() {
    let site = Site::new("full_text = \"always\"", &["one"]);
    let config = site.mill.read("config.toml");
    let other = format!(
        "[sources.other]\nurl = \"{}/other\"\nfull_text = \"always\"\nrepublish = \"full\"\n",
        site.server.url
    );
    site.mill.run(&["run"]).with(0);
    site.mill.write("config.toml", &format!("{other}{config}"));
    site.server.put("/other", "application/rss+xml", feed(&site.server.url, &[("one", TEASER)]));
    site.mill.run_at(LATER, &["run"]).with(0);
    let asked = site.asked();
    assert_eq!(asked.get("/news/one"), Some(&1), "{asked:?}");
    let shown = site.mill.run_at(LATER, &["show", &format!("{}/news/one", site.server.url)]).with(0).stdout;
    assert_eq!(shown.matches("from its page").count(), 2, "{shown}");
}

#[test]
fn credentials_of_the_feed_go_to_no_page() {
    let site = Site::new("full_text = \"always\"\nheaders = { X-Key = { file = \"key\" } }", &["one"]);
    site.mill.write("key", "secret");
    site.mill.run(&["run"]).with(0);
    for asked in site.server.asked() {
        assert_eq!(asked.headers.contains_key("x-key"), asked.path == "/feed", "{asked:?}");
    }
}

#[test]
fn a_run_that_ends_at_a_page_loses_nothing_and_the_page_is_asked_later() {
    // Asked to stop, it gives the page back; killed, it has noted that it asked.
    for (signal, next) in [(Signal::TERM, NOW), (Signal::KILL, LATER)] {
        let site = Site::new("full_text = \"always\"", &["one"]);
        let (url, heard) = silent();
        let hasty = "[fetch]\nrobots = \"off\"\ntimeout = \"2s\"\n";
        site.mill.write("config.toml", &site.mill.read("config.toml").replace("[fetch]\n", hasty));
        site.server.put("/feed", "application/rss+xml", feed(&url, &[("one", TEASER)]));
        let mut child =
            site.mill.command(NOW).arg("run").stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        heard.recv().unwrap();
        kill_process(Pid::from_child(&child), signal).unwrap();
        child.wait().unwrap();
        let listed = site.mill.run(&["list"]).with(0).stdout;
        assert_eq!(listed.matches("Story one").count(), 1, "{listed}");
        if next != NOW {
            site.mill.run(&["run"]).with(0);
            assert!(heard.try_recv().is_err(), "not again at once");
        }
        site.mill.run_at(next, &["run"]).with(0);
        assert!(heard.try_recv().is_ok(), "asked again after {signal:?}");
        assert!(site.text("one").contains(TEASER));
    }
}

#[test]
fn a_crawl_delay_spreads_pages_over_runs_and_a_sick_host_is_left_alone() {
    let names = ["one", "two", "three"];
    let slow = Site::new("full_text = \"always\"", &names);
    slow.server.put("/robots.txt", "text/plain", "User-agent: *\nCrawl-delay: 3600\n");
    slow.mill.run(&["run"]).with(0);
    assert_eq!(slow.asked(), once(&["/robots.txt", "/news/one"]));
    slow.mill.run_at("2026-11-23T08:05:00Z", &["run"]).with(0);
    assert_eq!(slow.asked(), once(&["/news/two"]));
    let sick = Site::new("full_text = \"always\"", &names);
    names.iter().for_each(|name| sick.server.refuse(&format!("/news/{name}"), 503));
    sick.mill.run(&["run"]).with(0);
    assert_eq!(sick.asked(), once(&["/robots.txt", "/news/one", "/news/two"]), "two in a row are enough");
    let busy = Site::new("full_text = \"always\"", &names);
    busy.server.refuse_saying("/news/one", 429, "Retry-After: 7200");
    busy.mill.run(&["run"]).with(0);
    assert_eq!(busy.asked(), once(&["/robots.txt", "/news/one"]));
    busy.mill.run_at(LATER, &["run"]).with(0);
    assert_eq!(busy.asked(), once(&[]), "as long as it wishes");
    names.iter().for_each(|name| busy.put(name, &story(name)));
    busy.mill.run_at("2026-11-23T09:05:00Z", &["run"]).with(0);
    assert_eq!(busy.asked(), once(&["/news/one", "/news/two", "/news/three"]));
}
