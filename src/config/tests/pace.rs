//! How often is asked: `schedule`, `jitter`, `every`, `force_every`.

use super::*;

fn config(fetch: &str, source: &str) -> String {
    format!("[fetch]\n{fetch}\n[sources.a]\nurl = 'https://example.org/'\n{source}\n[feeds.n]\ntitle = 'N'\n")
}

#[test]
fn a_schedule_is_learnt_or_fixed() {
    for (written, schedule, jitter) in [
        ("", None, 0.2),
        ("schedule = 'adaptive'\njitter = 0", None, 0.0),
        ("schedule = '1h'\njitter = 0.5", Some(Duration::from_secs(3600)), 0.5),
    ] {
        let fetch = plan(&config(written, "")).fetch;
        assert_eq!(fetch.schedule, schedule, "{written}");
        assert!((fetch.jitter - jitter).abs() < f64::EPSILON, "{written}");
    }
}

#[test]
fn an_interval_below_the_minimum_is_refused_unless_it_is_forced() {
    let forced = plan(&config("", "every = '15m'\nforce_every = true"));
    assert_eq!(
        (forced.sources[0].every, forced.sources[0].force_every),
        (Some(Duration::from_secs(900)), true)
    );
    for (fetch, source, message) in [
        ("schedule = '5m'", "", "schedule 5m is more often"),
        ("schedule = 'often'", "", "`often` is not a duration"),
        ("jitter = 1.5", "", "1.5 is not a number from 0 to 1"),
        ("jitter = 2", "", "2 is not a number from 0 to 1"),
        ("", "every = '15m'", "every 15m is more often"),
        ("", "every = '15m'\nforce_every = false", "every 15m is more often"),
        ("", "force_every = true", "force_every forces nothing"),
    ] {
        let problems = try_read(&config(fetch, source)).unwrap_err().to_string();
        assert!(problems.contains(message), "{fetch} {source}: {problems}");
    }
}
