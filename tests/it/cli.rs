//! The command line: exit codes, JSON, and errors that say where.

use crate::mill::{Mill, rss};

const SMALL: &str = "[sources.a]\nfiles = \"a.xml\"\n[feeds.news]\ntitle = \"News\"\n";

fn small() -> Mill {
    let mill = Mill::new(SMALL);
    mill.write("a.xml", &rss("A", &[("1", "One", "https://a.example.com/1")]));
    mill
}

#[test]
fn a_broken_config_is_exit_78_with_every_place() {
    let mill = Mill::new(
        "[sources]\na = \"https://a.example.com/\"\n[feeds.news]\ntitel = \"News\"\nlimit = \"ten\"\n",
    );
    let ended = mill.run(&["run"]).with(78);
    assert!(ended.stderr.contains("config.toml:4:1"), "{}", ended.stderr);
    assert!(ended.stderr.contains("title"), "{}", ended.stderr);
    assert!(ended.stderr.contains("config.toml:5:9"), "{}", ended.stderr);
    assert!(!mill.path("state").exists(), "nothing is made before the config is right");
}

#[test]
fn a_missing_config_says_how_to_get_one() {
    let mill = small();
    let ended = mill.run(&["--config", "nowhere.toml", "run"]).with(78);
    assert!(
        ended.stderr.contains("nowhere.toml") && ended.stderr.contains("feedmill init"),
        "{}",
        ended.stderr
    );
}

#[test]
fn usage_faults_are_exit_2() {
    let mill = small();
    mill.run(&["frobnicate"]).with(2);
    mill.run_at("yesterday", &["run"]).with(2);
}

#[test]
fn init_writes_a_config_that_checks_and_never_overwrites() {
    let mill = small();
    mill.run(&["init", "fresh"]).with(0);
    let path = mill.path("fresh/config.toml");
    mill.run(&["check", "--config", path.to_str().unwrap()]);
    let ended = mill.run(&["init", "fresh"]).with(1);
    assert!(ended.stderr.contains("already"), "{}", ended.stderr);
}

#[test]
fn json_lines_are_json() {
    let mill = small();
    for verb in ["run", "list", "status", "check", "publish", "fetch"] {
        let ended = mill.run(&[verb, "--format", "json"]);
        assert!(!ended.stdout.is_empty(), "{verb}: {}", ended.stderr);
        for line in ended.stdout.lines() {
            serde_json::from_str::<serde_json::Value>(line)
                .unwrap_or_else(|fault| panic!("{verb}: {fault}: {line}"));
        }
    }
}

#[test]
fn quiet_runs_print_nothing_when_all_is_well() {
    let mill = small();
    let ended = mill.run(&["run", "--quiet"]).with(0);
    assert_eq!((ended.stdout.as_str(), ended.stderr.as_str()), ("", ""));
}

#[test]
fn what_list_prints_render_turns_into_a_feed() {
    let mill = small();
    mill.run(&["run"]).with(0);
    let articles = mill.run(&["list", "--format", "json"]).with(0).stdout;
    for (format, sign) in [("rss", "<rss"), ("atom", "<feed"), ("json", "jsonfeed.org")] {
        let feed = mill.feed(&["render", "--format", format], &articles).with(0).stdout;
        assert!(feed.contains(sign) && feed.contains("https://a.example.com/1"), "{feed}");
    }
    let ended = mill.feed(&["render", "--format", "atom"], "{\"title\": \"x\"}\nnot json\n").with(1);
    assert!(ended.stderr.contains("line 2"), "{}", ended.stderr);
}

#[test]
fn completions_man_page_and_schema_are_printed() {
    let mill = small();
    assert!(mill.run(&["completions", "bash"]).with(0).stdout.contains("_feedmill"));
    assert!(mill.run(&["man"]).with(0).stdout.contains(".TH feedmill"));
    assert!(mill.run(&["schema"]).with(0).stdout.contains("draft-07"));
}

#[test]
fn a_newer_store_is_refused_and_left_alone() {
    let mill = small();
    mill.run(&["run"]).with(0);
    let before = mill.published();
    let store = rusqlite::Connection::open(mill.path("state/feedmill.db")).unwrap();
    store.pragma_update(None, "user_version", 9999).unwrap();
    drop(store);
    let ended = mill.run(&["run"]).with(1);
    assert!(ended.stderr.contains("9999"), "{}", ended.stderr);
    assert_eq!(mill.published(), before);
}

#[test]
fn two_runs_do_not_overlap() {
    let mill = small();
    mill.run(&["run"]).with(0);
    let lock = std::fs::File::create(mill.path("state/feedmill.db.lock")).unwrap();
    lock.lock().unwrap();
    let ended = mill.run(&["run"]).with(1);
    assert!(ended.stderr.contains("another Feedmill"), "{}", ended.stderr);
}

#[test]
fn a_listed_article_names_its_source_as_the_config_does() {
    let mill =
        Mill::new("[sources.a]\nfiles = \"a.xml\"\nname = \"My own name\"\n[feeds.news]\ntitle = \"News\"\n");
    mill.write("a.xml", &rss("A", &[("1", "One", "https://a.example.com/1")]));
    mill.run(&["run"]).with(0);
    for verb in [&["list", "--format", "json"][..], &["show", "https://a.example.com/1", "--format", "json"]]
    {
        let article: serde_json::Value = serde_json::from_str(&mill.run(verb).with(0).stdout).unwrap();
        assert_eq!(article["source"]["name"], "My own name");
    }
}
