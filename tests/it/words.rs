//! What people are told: the right name for a wrong one, what was not done, what to do next.

use std::path::Path;

use crate::mill::{Mill, rss};
use crate::server::Server;

const SMALL: &str = "[sources.gazette]\nfiles = \"a.xml\"\n[feeds.news]\ntitle = \"News\"\n";

fn small() -> Mill {
    let mill = Mill::new(SMALL);
    mill.write("a.xml", &rss("A", &[("1", "One", "https://a.example.com/1")]));
    mill
}

#[test]
fn an_unknown_name_is_exit_2_and_says_which_was_meant() {
    let mill = small();
    mill.run(&["run"]).with(0);
    for (arguments, meant) in [
        (["list", "--source", "gazete"], "`gazette`"),
        (["list", "--feed", "nws"], "`news`"),
        (["run", "--force", "gazete"], "`gazette`"),
        (["publish", "--offline", "nws"], "`news`"),
        (["pick", "https://a.example.com/1", "--feed=nws"], "`news`"),
    ] {
        let ended = mill.run(&arguments).with(2);
        assert!(ended.stderr.contains(&format!("did you mean {meant}?")), "{arguments:?}: {}", ended.stderr);
    }
}

#[test]
fn articles_of_a_source_that_left_the_config_can_still_be_listed() {
    let mill = small();
    mill.run(&["run"]).with(0);
    mill.write("config.toml", &SMALL.replace("sources.gazette", "sources.herald"));
    assert!(mill.run(&["list", "--source", "gazette"]).with(0).stdout.contains("One"));
}

#[test]
fn a_dry_run_makes_no_file_and_no_folder() {
    let mill = small();
    let names = || -> Vec<String> {
        let folder = std::fs::read_dir(mill.path("config.toml").parent().unwrap()).unwrap();
        let mut names: Vec<String> =
            folder.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    };
    for verb in [&["run"][..], &["fetch"], &["publish"], &["list"], &["status"]] {
        mill.run(&[verb, &["--dry-run"]].concat()).with(0);
    }
    mill.run(&["pick", "https://example.org/x", "--dry-run"]).with(0);
    mill.run(&["init", "fresh", "--dry-run"]).with(0);
    assert_eq!(names(), ["a.xml", "config.toml"]);
}

#[test]
fn a_source_that_was_not_asked_is_not_said_to_have_nothing_new() {
    let server = Server::start();
    server.put("/feed", "application/rss+xml", rss("A", &[("1", "One", "https://a.example.com/1")]));
    let mill =
        Mill::new(&format!("[sources]\na = \"{}/feed\"\n[feeds.news]\ntitle = \"News\"\n", server.url));
    let offline = mill.run(&["run", "--offline"]).with(0).stdout;
    assert!(offline.contains("a  not asked: offline\n"), "{offline}");
    mill.run(&["run"]).with(0);
    let early = mill.run(&["run"]).with(0).stdout;
    assert!(early.contains("a  not due yet\n"), "{early}");
}

#[test]
fn a_fresh_config_checks_without_a_warning() {
    let mill = small();
    mill.run(&["init", "fresh"]).with(0);
    let path = mill.path("fresh/config.toml");
    let ended = mill.run(&["check", "--config", path.to_str().unwrap()]).with(0);
    assert!(ended.stderr.contains("advice: ") && ended.stdout.contains("0 warnings"), "{}", ended.stderr);
}

#[test]
fn check_warns_of_what_this_machine_does_not_have() {
    let mill = Mill::new(
        "[sources.a]\nfiles = \"no/*.xml\"\n[sources.b]\ndocuments = \"nowhere\"\n[sources.c]\narticles = [\"c.md\"]\n\
         [sources.d]\nurl = \"https://d.example.com/\"\nheaders = { X = { env = \"FEEDMILL_TEST_UNSET\" } }\n\
         [feeds.news]\ntitle = \"News\"\n",
    );
    mill.write("overrides.toml", "[[pick]]\narticle = \"https://example.org/x\"\nfeeds = [\"nws\"]\n");
    let said = mill.run(&["check"]).with(4).stderr;
    for part in
        ["`a`: no file matches", "`b`: there is no folder", "`c`: there is no file", "FEEDMILL_TEST_UNSET"]
    {
        assert!(said.contains(part), "{part} in {said}");
    }
    assert!(said.contains("overrides.toml:3:10: there is no feed `nws`"), "{said}");
}

#[test]
fn a_short_id_that_no_article_has_is_not_written_down() {
    let mill = small();
    mill.run(&["run"]).with(0);
    let ended = mill.run(&["block", "0123456789ab"]).with(1);
    assert!(ended.stderr.contains("no article is known as `0123456789ab`"), "{}", ended.stderr);
    assert!(!mill.path("overrides.toml").exists());
}

#[test]
fn a_decision_taken_back_counts_no_longer() {
    let mill = small();
    mill.run(&["run"]).with(0);
    mill.run(&["block", "https://a.example.com/1"]).with(0);
    mill.run(&["run"]).with(0);
    assert!(mill.titles("news").is_empty());
    mill.run(&["block", "https://a.example.com/1", "--undo"]).with(0);
    mill.run(&["run"]).with(0);
    assert_eq!(mill.titles("news"), ["One"]);
    let ended = mill.run(&["block", "https://a.example.com/1", "--undo"]).with(0);
    assert!(ended.stderr.contains("nothing is taken back"), "{}", ended.stderr);
}

#[test]
fn the_first_source_can_be_added_to_a_config_that_has_none() {
    let server = Server::start();
    server.put("/feed", "application/rss+xml", rss("A", &[("1", "One", "https://a.example.com/1")]));
    let mill = Mill::new("# mine\n[feeds.news]\ntitle = \"News\" # keep\n");
    let url = format!("{}/feed", server.url);
    mill.run(&["add", &url]).with(0);
    let config = mill.read("config.toml");
    assert!(config.starts_with("# mine\n[feeds.news]\ntitle = \"News\" # keep\n"), "{config}");
    assert!(config.contains(&format!("source = \"{url}\"")), "{config}");
    mill.run(&["add", &format!("{url}/gone"), "--id", "b"]).with(1);
    assert_eq!(mill.read("config.toml"), config);
}

#[test]
fn since_counts_for_the_articles_of_a_feed_too() {
    let mill = small();
    mill.run(&["run"]).with(0);
    let listed = |since: &str| mill.run(&["list", "--feed", "news", "--since", since]).with(0).stdout;
    assert!(listed("5d").contains("One"));
    assert_eq!(listed("1d"), "");
}

#[test]
fn only_documents_that_changed_are_named() {
    let mill = small();
    mill.run(&["run"]).with(0);
    mill.write("feeds/news.atom", "spoilt");
    let said = mill.run(&["run"]).with(0).stdout;
    assert!(said.contains("news  1 item: news.atom\n1 file written, 4 unchanged\n"), "{said}");
}

#[test]
fn talk_in_a_log_has_no_colours() {
    let mill = small();
    let said = mill.run(&["run", "-vv"]).with(0).stderr;
    assert!(said.contains("DEBUG") && !said.contains('\u{1b}'), "{said}");
}

#[test]
fn a_picked_page_takes_its_headline_from_the_overrides() {
    let server = Server::start();
    let text = "<p>A paragraph of a real article, long enough to be taken for one by any reader of pages, and more.</p>";
    let page = format!(
        "<html><head><title>Plain</title></head><body><article>{}</article></body></html>",
        text.repeat(6)
    );
    server.put("/story", "text/html", page);
    let mill = small();
    mill.write(
        "overrides.toml",
        &format!("[[pick]]\narticle = \"{}/story\"\ntitle = \"Better\"\n", server.url),
    );
    mill.run(&["run"]).with(0);
    assert!(mill.titles("news").contains(&"Better".to_owned()), "{:?}", mill.titles("news"));
}

#[test]
fn an_address_without_scheme_is_answered_with_one() {
    let ended = small().run(&["add", "example.org/news"]).with(2);
    assert!(ended.stderr.contains("did you mean https://example.org/news?"), "{}", ended.stderr);
}

#[test]
fn one_bad_request_of_stdio_lines_does_not_end_the_others() {
    let mill = small();
    let mut child = mill.command(crate::mill::NOW);
    let requests = [&b"no json\n\xff\xfe\n{\"path\": \"gone\"}\n"[..], b"{\"path\": \"a.xml\"}\n"].concat();
    mill.write("requests", "");
    std::fs::File::options()
        .write(true)
        .open(mill.path("requests"))
        .and_then(|mut file| std::io::Write::write_all(&mut file, &requests))
        .unwrap();
    let stdin = std::fs::File::open(Path::new(&mill.path("requests"))).unwrap();
    let output = child.args(["parse", "--stdio-lines"]).stdin(stdin).output().unwrap();
    let lines: Vec<serde_json::Value> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 4);
    assert!(lines[..3].iter().all(|line| line["error"].is_string()), "{lines:?}");
    assert_eq!(lines[3]["title"], "A");
}
