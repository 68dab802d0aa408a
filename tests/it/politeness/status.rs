//! What people are told of our manners: `status`, `check` and `run --force`.

use std::sync::Arc;

use crate::mill::Mill;

use super::recorder::{Recorder, Reply};
use super::world::{config, tagged};

fn mill() -> (Recorder, Mill) {
    let server = Recorder::start(Arc::new(|asked| match asked.path.as_str() {
        "/b" => Reply::new(500, ""),
        _ => tagged(asked, 1),
    }));
    let mill = Mill::new(&config(&server.url, "", "a = \"{}/a\"\nb = \"{}/b\""));
    (server, mill)
}

#[test]
fn status_shows_requests_bytes_share_of_304_and_next_due() {
    let (_server, mill) = mill();
    for day in [23, 25, 27, 29] {
        mill.run_at(&format!("2026-11-{day}T07:00:00Z"), &["run"]).with(3);
    }
    let said = mill.run_at("2026-11-29T07:01:00Z", &["status"]).with(0).stdout;
    let lines: Vec<&str> = said.lines().collect();
    assert!(lines[0].starts_with("2 sources, 1 failing; 8 requests (37% answered 304), "), "{said}");
    assert!(lines[1].starts_with("b ") && lines[2].contains("FAILING (4 in a row)"), "{said}");
    assert!(lines[3].starts_with("a ") && lines[3].contains("4 requests (75% answered 304)"), "{said}");
    assert!(lines[3].contains(", due 2026-11-"), "{said}");
    let json = mill.run_at("2026-11-29T07:01:00Z", &["status", "--format", "json"]).with(0).stdout;
    let first: serde_json::Value = serde_json::from_str(json.lines().next().unwrap()).unwrap();
    let traffic = &first["traffic"];
    assert_eq!(
        (&first["source"], &traffic["requests"], &traffic["not_modified"]),
        (&"a".into(), &4.into(), &3.into())
    );
    assert!(traffic["bytes"].as_u64().unwrap() > 0 && first["next_at"].is_string(), "{first}");
}

#[test]
fn check_advises_a_contact_where_there_is_none() {
    let (server, mill) = mill();
    let said = mill.run(&["check"]).with(0).stderr;
    assert!(said.contains("advice: ") && said.contains("fetch.contact is not set"), "{said}");
    mill.write("config.toml", &config(&server.url, "contact = \"https://example.org/\"", "a = \"{}/a\""));
    let said = mill.run(&["check"]).with(0).stderr;
    assert!(!said.contains("fetch.contact"), "{said}");
}

#[test]
fn force_asks_early_and_says_what_it_overrides() {
    let (server, mill) = mill();
    mill.run_at("2026-11-23T07:00:00Z", &["run"]).with(3);
    mill.run_at("2026-11-23T07:05:00Z", &["run"]).with(0);
    assert_eq!(server.asked().len(), 2);
    let said = mill.run_at("2026-11-23T07:05:00Z", &["run", "a", "--force"]).with(0).stderr;
    assert_eq!(server.asked().len(), 3);
    assert!(said.contains("--force: 1 document asked for before"), "{said}");
}
