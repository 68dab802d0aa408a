//! All scenarios at once beside fifty good feeds, over days: first all are good, then the hostile ones turn, then
//! they come to their senses.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::all_cases;
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

/// The figures of docs/internals.md: `cargo test --test it -- --ignored --nocapture all_at_once`.
#[test]
#[ignore = "a soak of some minutes"]
fn all_at_once_harm_nobody_over_days_at_a_deadline_of_8_s() {
    all_at_once("8s", 6);
}

fn all_at_once(timeout: &str, hostile_days: usize) {
    let cases = all_cases();
    let servers: Vec<Hostile> = cases.iter().map(|case| Hostile::start(case.name, &case.serve)).collect();
    let sources: Vec<(String, String)> = cases
        .iter()
        .zip(&servers)
        // Calm, a server knows no TLS.
        .map(|(case, server)| (case.id(), format!("http://{}/", server.address())))
        .collect();
    let yard = Yard::new(GOOD, &sources, timeout);
    let last = hostile_days + 1;
    for day in 0..=last {
        servers.iter().for_each(|server| server.calm(day == 0 || day == last));
        yard.publish_good(day);
        // The longest that a server is left alone is thirty days.
        let start: DateTime<Utc> = NOW.parse().unwrap();
        let date = start + TimeDelta::days(if day == last { 60 } else { 2 * i64::try_from(day).unwrap() });
        let run = yard.run(&date.to_rfc3339());
        println!(
            "day {day}: {:.1} s, {} MB, exit code {}",
            run.took.as_secs_f64(),
            run.peak >> 10,
            run.ended.code
        );
        assert_unharmed(&yard, &run, day);
    }
    let status = yard.status();
    let lost: Vec<&String> =
        sources.iter().map(|(id, _)| id).filter(|id| status[*id]["failures"] != 0).collect();
    assert!(lost.is_empty(), "one success brings a source back: {lost:?}");
}

fn assert_unharmed(yard: &Yard, run: &Run, day: usize) {
    let mut harm = yard.harm(day + 1);
    harm.extend(yard.leaks(run));
    assert!(harm.is_empty(), "day {day}:\n{}\n{}", harm.join("\n"), run.ended.stderr);
    assert!(run.took < CYCLE, "day {day} took {:?}", run.took);
    assert!(run.peak < MEMORY, "day {day} had {} KB", run.peak);
    // What was published of the hostile sources while they were calm stays.
    let calm = yard
        .mill
        .items("news")
        .iter()
        .filter(|item| item["id"].as_str().unwrap().contains("calm.example"))
        .count();
    assert_eq!(calm, 2 * super::all_cases().len(), "day {day}");
}
