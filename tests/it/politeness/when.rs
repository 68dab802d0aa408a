//! When a source is asked again: never earlier than anybody allows, and not more often than it changes.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::recorder::{Asked, Reply};
use super::world::{World, feed, feed_with, gaps, tagged};

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;

/// A feed that changes with every request, so that nothing but its wishes slows us down.
fn busy(channel: &str, asked: &Asked) -> Reply {
    Reply::new(200, feed_with(channel, asked.number)).with("ETag", format!("\"{}\"", asked.number))
}

/// The shortest time between two requests of a busy feed, under a cron every ten minutes.
fn shortest_gap(channel: &'static str, headers: &'static [(&'static str, &'static str)]) -> i64 {
    let world = World::new(move |asked| {
        headers.iter().fold(busy(channel, asked), |reply, (name, value)| reply.with(name, value))
    });
    world.cron(0..3 * DAY, 10);
    world.shortest_gap("/a")
}

#[test]
fn no_source_is_asked_more_often_than_the_minimum() {
    let gap = shortest_gap("", &[]);
    assert!((30..=HOUR).contains(&gap), "{gap}");
    let asked = shortest_gap("<ttl>1</ttl>", &[("Cache-Control", "max-age=60")]);
    assert!(asked >= 30, "{asked}");
}

#[test]
fn max_age_is_kept_to() {
    let gap = shortest_gap("", &[("Cache-Control", "public, max-age=10800")]);
    assert!(gap >= 3 * HOUR, "{gap}");
}

#[test]
fn expires_is_kept_to() {
    let headers = &[("Date", "Mon, 23 Nov 2026 07:00:00 GMT"), ("Expires", "Mon, 23 Nov 2026 10:00:00 GMT")];
    let gap = shortest_gap("", headers);
    assert!(gap >= 3 * HOUR, "{gap}");
}

#[test]
fn the_longest_wish_wins() {
    let gap = shortest_gap("<ttl>240</ttl>", &[("Cache-Control", "max-age=3600")]);
    assert!(gap >= 4 * HOUR, "{gap}");
}

#[test]
fn ttl_is_kept_to() {
    let gap = shortest_gap("<ttl>180</ttl>", &[]);
    assert!(gap >= 3 * HOUR, "{gap}");
}

#[test]
fn the_update_period_of_the_syndication_module_is_kept_to() {
    let channel = "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>";
    let gap = shortest_gap(channel, &[]);
    assert!(gap >= 6 * HOUR, "{gap}");
}

#[test]
fn skip_hours_are_skipped() {
    let hours: String = (12..24).map(|hour| format!("<hour>{hour}</hour>")).collect();
    let channel = format!("<skipHours>{hours}</skipHours>");
    let world = World::new(move |asked| busy(&channel, asked));
    world.cron(0..3 * DAY, 10);
    let minutes = world.minutes("/a");
    // The world begins at 7:00.
    let hours: Vec<i64> = minutes.iter().map(|minute| (minute / HOUR + 7) % 24).collect();
    assert!(hours.len() > 3 && hours.iter().all(|hour| *hour < 12), "{hours:?}");
}

#[test]
fn skip_days_are_skipped() {
    let world =
        World::new(|asked| busy("<skipDays><day>Tuesday</day><day>Wednesday</day></skipDays>", asked));
    world.cron(0..8 * DAY, 30);
    // The world begins on Monday, at 7:00.
    let days: Vec<i64> = world.minutes("/a").iter().map(|minute| (minute + 7 * HOUR) / DAY % 7).collect();
    assert!(days.contains(&3) && !days.contains(&1) && !days.contains(&2), "{days:?}");
}

/// The time to the second request, if the first is answered so.
fn wait_after(first: Reply) -> i64 {
    let world = World::new(move |asked| if asked.number == 0 { first.clone() } else { tagged(asked, 1) });
    world.cron(0..12 * HOUR, 10);
    world.cron(12 * HOUR..40 * DAY, 6 * 60);
    world.minutes("/a")[1]
}

#[test]
fn retry_after_in_seconds_is_kept_to() {
    for status in [429, 503] {
        let wait = wait_after(Reply::new(status, "").with("Retry-After", "10800"));
        assert!((3 * HOUR..=4 * HOUR).contains(&wait), "{status}: {wait}");
    }
}

#[test]
fn retry_after_as_a_date_is_kept_to() {
    for status in [429, 503] {
        let wait = wait_after(Reply::new(status, "").with("Retry-After", "Mon, 23 Nov 2026 10:00:00 GMT"));
        assert!((3 * HOUR..=4 * HOUR).contains(&wait), "{status}: {wait}");
    }
}

#[test]
fn an_endless_retry_after_ends_after_thirty_days() {
    for endless in ["99999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT"] {
        let wait = wait_after(Reply::new(503, "").with("Retry-After", endless));
        assert!((30 * DAY..=31 * DAY).contains(&wait), "{endless}: {wait}");
    }
}

#[test]
fn force_does_not_override_retry_after() {
    let world = World::new(|_| Reply::new(429, "").with("Retry-After", "10800"));
    world.run_at(0);
    world.force_at(HOUR);
    assert_eq!(world.asked("/a").len(), 1);
}

#[test]
fn a_source_without_validators_is_asked_at_most_daily() {
    let world = World::new(|asked| Reply::new(200, feed(asked.number)));
    world.cron(0..5 * DAY, 30);
    let gap = world.shortest_gap("/a");
    assert!((DAY..2 * DAY).contains(&gap), "{gap}");
}

#[test]
fn a_quiet_source_is_asked_less_and_less_but_never_less_than_the_maximum() {
    let world = World::new(|asked| tagged(asked, 1));
    world.cron(0..10 * DAY, 30);
    let gaps = gaps(&world.minutes("/a"));
    let (first, last) = (gaps[0], gaps[gaps.len() - 1]);
    assert!(last > 4 * first, "{gaps:?}");
    assert!(gaps.iter().all(|gap| *gap <= DAY + HOUR), "{gaps:?}");
}

#[test]
fn a_source_that_changes_again_is_asked_more_often_again() {
    let awake = Arc::new(AtomicBool::new(false));
    let shared = Arc::clone(&awake);
    let world = World::new(move |asked| {
        let number = if shared.load(Ordering::Relaxed) { 1 + asked.number } else { 1 };
        tagged(asked, number)
    });
    world.cron(0..10 * DAY, 30);
    let quiet = gaps(&world.minutes("/a"));
    awake.store(true, Ordering::Relaxed);
    world.cron(10 * DAY..20 * DAY, 30);
    let all = gaps(&world.minutes("/a"));
    assert!(all[all.len() - 1] * 2 < quiet[quiet.len() - 1], "{all:?}");
}

#[test]
fn sources_added_at_once_are_spread_over_time() {
    let sources: Vec<String> = (0..20).map(|number| format!("s{number} = \"{{}}/{number}\"")).collect();
    let world = World::with("", &sources.join("\n"), |asked| tagged(asked, 1));
    world.cron(0..DAY, 10);
    let last = |number| *world.minutes(&format!("/{number}")).last().unwrap();
    let last: std::collections::BTreeSet<i64> = (0..20).map(last).collect();
    assert!(last.len() >= 5, "still all at once: {last:?}");
}

#[test]
fn a_failing_source_backs_off_to_the_maximum_and_is_never_abandoned() {
    let world = World::new(|_| Reply::new(500, ""));
    world.cron(0..30 * DAY, 30);
    let gaps = gaps(&world.minutes("/a"));
    assert!((30..=HOUR).contains(&gaps[0]), "{gaps:?}");
    assert!(gaps[1] > gaps[0] && gaps[2] > gaps[1], "{gaps:?}");
    let last = &gaps[gaps.len() - 5..];
    assert!(last.iter().all(|gap| (12 * HOUR..=30 * HOUR).contains(gap)), "{gaps:?}");
}

#[test]
fn one_success_brings_a_failing_source_back() {
    let world = World::new(|asked| match asked.number {
        0..8 => Reply::new(500, ""),
        _ => busy("", asked),
    });
    world.cron(0..10 * DAY, 30);
    let gaps = gaps(&world.minutes("/a"));
    assert!(gaps[6] >= 12 * HOUR && gaps[8] <= 2 * HOUR, "{gaps:?}");
}

#[test]
fn a_run_killed_at_a_request_does_not_ask_again_at_once() {
    let mut world = World::new(|asked| if asked.number == 0 { Reply::stall() } else { tagged(asked, 1) });
    world.run_killed_at(0);
    world.restart();
    world.cron(1..20, 1);
    assert_eq!(world.asked("/a").len(), 1);
    world.cron(20..3 * HOUR, 10);
    assert!(world.asked("/a").len() > 1, "it is asked again in time");
}

#[test]
fn a_clock_that_was_wrong_stops_nobody() {
    let world = World::new(|asked| tagged(asked, 1));
    world.run_at(365 * DAY);
    world.run_at(0);
    assert_eq!(world.asked("/a").len(), 2);
    world.run_at(5);
    assert_eq!(world.asked("/a").len(), 2, "the new clock counts");
}

#[test]
fn a_restart_asks_for_nothing_again() {
    let mut world = World::new(|asked| tagged(asked, 1));
    for minute in 0..20 {
        world.restart();
        world.run_at(minute);
    }
    assert_eq!(world.asked("/a").len(), 1);
}
