//! The guard, credentials and what reaches a terminal, with the program itself.

use crate::mill::{Ended, Mill, NOW, rss};
use crate::server::Server;

const RSS: &str = "application/rss+xml";
const SECRET: &str = "hunter2-s3cret";

fn serving() -> Server {
    let server = Server::start();
    server.put("/feed", RSS, rss("A", &[("1", "One", "https://a.example.com/1")]));
    server
}

fn config(server: &Server, keys: &str) -> String {
    format!("[sources.a]\nurl = \"{}/feed\"\n{keys}\n[feeds.news]\ntitle = \"News\"\n", server.url)
}

#[test]
fn this_machine_is_not_asked_unless_the_config_says_so() {
    let server = serving();
    let ended = Mill::exactly(&config(&server, "")).run(&["run"]).with(3);
    for part in ["127.0.0.1", "loopback", "allow_private = true", "fetch.allow_networks"] {
        assert!(ended.stderr.contains(part), "{part} in {}", ended.stderr);
    }
    assert_eq!(server.asked().len(), 0);
    for open in ["allow_private = true\n", "[fetch]\nallow_networks = [\"127.0.0.1\"]\n"] {
        let mill = Mill::exactly(&config(&server, open));
        mill.run(&["run"]).with(0);
        assert_eq!(mill.titles("news"), ["One"]);
    }
}

#[test]
fn every_spelling_of_this_machine_is_refused() {
    let server = serving();
    let port = server.url.rsplit(':').next().unwrap();
    for host in ["2130706433", "0x7f.1", "0177.0.0.1", "127.1", "localhost", "[::ffff:127.0.0.1]"] {
        let mill = Mill::exactly(&format!(
            "[sources]\na = \"http://{host}:{port}/feed\"\n[feeds.news]\ntitle = \"News\"\n"
        ));
        let ended = mill.run(&["run"]).with(3);
        assert!(ended.stderr.contains("loopback"), "{host}: {}", ended.stderr);
    }
    assert_eq!(server.asked().len(), 0);
}

fn with_secret(mill: &Mill, arguments: &[&str]) -> Ended {
    Ended::from(mill.command(NOW).args(arguments).env("FEEDMILL_TEST_SECRET", SECRET).output().unwrap())
}

#[test]
fn credentials_reach_their_host_and_no_output_and_no_file() {
    for (auth, header) in [
        ("{ bearer = { env = \"FEEDMILL_TEST_SECRET\" } }", format!("Bearer {SECRET}")),
        (
            "{ basic = { user = \"me\", password = { env = \"FEEDMILL_TEST_SECRET\" } } }",
            "Basic bWU6aHVudGVyMi1zM2NyZXQ=".to_owned(),
        ),
    ] {
        let server = serving();
        let mill = Mill::new(&config(&server, &format!("auth = {auth}")));
        let mut said = String::new();
        for arguments in [&["run", "-vv"][..], &["check"], &["status", "--format", "json"], &["list"]] {
            let ended = with_secret(&mill, arguments).with(0);
            said.push_str(&ended.stdout);
            said.push_str(&ended.stderr);
        }
        assert_eq!(server.asked()[0].headers["authorization"], header);
        server.refuse("/feed", 401);
        let failed = with_secret(&mill, &["fetch", "--force", "-vv"]).with(3);
        said.push_str(&failed.stderr);
        let store = std::fs::read(mill.path("state/feedmill.db")).unwrap();
        said.push_str(&String::from_utf8_lossy(&store));
        for secret in [SECRET, "bWU6aHVudGVyMi1zM2NyZXQ="] {
            assert!(!said.contains(secret), "{secret}");
        }
    }
}

#[test]
fn a_missing_secret_is_named_and_nothing_is_asked() {
    let server = serving();
    let mill = Mill::new(&config(&server, "auth = { bearer = { env = \"FEEDMILL_TEST_UNSET\" } }"));
    let ended = mill.run(&["run"]).with(3);
    assert!(ended.stderr.contains("FEEDMILL_TEST_UNSET"), "{}", ended.stderr);
    assert_eq!(server.asked().len(), 0);
    assert!(mill.run(&["check"]).with(4).stderr.contains("FEEDMILL_TEST_UNSET"));
}

#[test]
fn nothing_a_feed_says_steers_a_terminal() {
    let server = Server::start();
    let sly = "\u{1b}[31mred\u{9b}2J \u{202e}gpj\u{202c} &#27;]0;x&#7; &#x9b;2J &#x202e;x\r\n2 faked";
    let link = "https://a.example.com/\u{202e}1";
    server.put("/feed", RSS, rss("A", &[("\u{1b}[2J1", sly, link)]));
    let mill = Mill::new(&config(&server, ""));
    for arguments in [
        &["run", "-vv"][..],
        &["list"],
        &["list", "--format", "json"],
        &["status"],
        &["publish"],
        &["fetch", "--force", "--format", "json"],
    ] {
        let ended = mill.run(arguments).with(0);
        let said = format!("{}{}", ended.stdout, ended.stderr);
        let steering = |c: char| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c);
        assert!(!said.contains(steering), "{arguments:?}: {said:?}");
    }
    assert!(mill.run(&["list"]).stdout.lines().count() == 1);
}
