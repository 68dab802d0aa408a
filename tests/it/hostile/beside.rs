//! All scenarios at once beside fifty good feeds, over days: first all are good, then the hostile ones turn, then
//! they come to their senses.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::all_cases;
use super::case::Case;
use super::line::Hostile;
use super::yard::{Run, Yard};
use crate::mill::NOW;

const GOOD: usize = 50;
/// The most memory, in KB.
const MEMORY: u64 = 256 * 1024;
/// The longest cycle.
const CYCLE: Duration = Duration::from_secs(60);

#[test]
fn all_at_once_harm_nobody_over_days_at_a_deadline_of_2_s() {
    all_at_once("2s", 2);
}

/// Shows its figures: `cargo test --test it all_at_once -- --ignored --nocapture`.
#[test]
#[ignore = "a soak of some minutes"]
fn all_at_once_harm_nobody_over_days_at_a_deadline_of_8_s() {
    all_at_once("8s", 6);
}

#[allow(clippy::print_stdout, reason = "the figures of a soak")]
fn all_at_once(timeout: &str, hostile_days: usize) {
    let cases = all_cases();
    let servers: Vec<Hostile> = cases.iter().map(|case| Hostile::start(case.name, &case.serve)).collect();
    let sources: Vec<(String, String)> =
        cases.iter().zip(&servers).map(|(case, server)| (case.id(), server.url(case.scheme))).collect();
    let yard = Yard::new(GOOD, &sources, timeout);
    let start: DateTime<Utc> = NOW.parse().unwrap();
    let last = hostile_days + 1;
    for day in 0..=last {
        for server in servers_that_calm_down(&cases, &servers) {
            server.calm(day == 0 || day == last);
        }
        yard.publish_good(day);
        // The longest that a server is left alone is thirty days.
        let date = start + TimeDelta::days(if day == last { 60 } else { 2 * i64::try_from(day).unwrap() });
        let run = yard.run(&date.to_rfc3339());
        println!(
            "day {day}: {:.1} s, {} MB, exit code {}",
            run.took.as_secs_f64(),
            run.peak >> 10,
            run.ended.code
        );
        assert_unharmed(&yard, &run, day);
        let calm = yard.mill.items("news").iter().filter(|item| is_calm(item)).count();
        assert_eq!(calm, 2 * servers_that_calm_down(&cases, &servers).count(), "what was published stays");
    }
    let status = yard.status();
    // What is gone for good is not asked any more.
    let plain = cases.iter().filter(|case| case.scheme == "http" && case.due.is_some());
    let lost: Vec<&str> =
        plain.filter(|case| status[&case.id()]["failures"] != 0).map(|case| case.name).collect();
    assert!(lost.is_empty(), "one success brings a source back: {lost:?}");
}

/// While it is calm, a server knows no TLS: those that should are hostile all the time.
fn servers_that_calm_down<'a>(
    cases: &'a [Case],
    servers: &'a [Hostile],
) -> impl Iterator<Item = &'a Hostile> {
    cases.iter().zip(servers).filter(|(case, _)| case.scheme == "http").map(|(_, server)| server)
}

/// Whether an article was published by a server while it was calm.
fn is_calm(item: &serde_json::Value) -> bool {
    item["id"].as_str().is_some_and(|id| id.starts_with("tag:calm.example.com,"))
}

fn assert_unharmed(yard: &Yard, run: &Run, day: usize) {
    let mut harm = yard.harm(day + 1);
    harm.extend(yard.leaks(run));
    assert!(harm.is_empty(), "day {day}:\n{}\n{}", harm.join("\n"), run.ended.stderr);
    assert!(run.took < CYCLE, "day {day} took {:?}", run.took);
    assert!(run.peak < MEMORY, "day {day} had {} KB", run.peak);
}
