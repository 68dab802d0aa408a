//! Feeds that move, vanish, or lead in circles.

use super::recorder::{Asked, Reply};
use super::world::{World, gaps, tagged};

const DAY: i64 = 24 * 60;

/// How often `/a` and `/b` were asked for in three runs, if `/a` redirects to `/b` so.
fn asked_after(status: u16) -> (usize, usize) {
    let world = World::new(move |asked| match asked.path.as_str() {
        "/a" => Reply::to(status, "/b"),
        _ => tagged(asked, 1),
    });
    let reports = world.run_at(0);
    let told = reports[0].notices.iter().any(|notice| notice.message.contains("/b"));
    assert_eq!(told, [301, 308].contains(&status), "{reports:?}");
    world.run_at(2 * DAY);
    world.run_at(4 * DAY);
    (world.asked("/a").len(), world.asked("/b").len())
}

#[test]
fn a_301_is_remembered_and_reported() {
    assert_eq!(asked_after(301), (1, 3));
}

#[test]
fn a_308_is_remembered_and_reported() {
    assert_eq!(asked_after(308), (1, 3));
}

#[test]
fn a_302_303_and_307_are_not_remembered() {
    for status in [302, 303, 307] {
        assert_eq!(asked_after(status), (3, 3), "{status}");
    }
}

#[test]
fn only_the_permanent_beginning_of_a_chain_is_remembered() {
    let world = World::new(|asked| match asked.path.as_str() {
        "/a" => Reply::to(301, "/b"),
        "/b" => Reply::to(302, "/c"),
        "/c" => Reply::to(301, "/d"),
        _ => tagged(asked, 1),
    });
    world.run_at(0);
    world.run_at(2 * DAY);
    let asked: Vec<usize> = ["/a", "/b", "/c", "/d"].iter().map(|path| world.asked(path).len()).collect();
    assert_eq!(asked, [1, 2, 2, 2]);
}

#[test]
fn a_301_to_a_web_page_changes_nothing() {
    let world = World::new(|asked| match (asked.path.as_str(), asked.number) {
        ("/a", 1) => Reply::to(301, "/login"),
        ("/a", _) => tagged(asked, 1),
        _ => Reply::new(200, "<!doctype html><title>Log in</title>").with("ETag", "\"login\""),
    });
    world.run_at(0);
    assert_eq!(world.run_at(2 * DAY)[0].failures.len(), 1);
    assert_eq!(world.run_at(4 * DAY)[0].unchanged_documents, 1);
    assert_eq!(world.asked("/a")[2].header("if-none-match").as_deref(), Some("\"1\""));
    assert_eq!(world.asked("/login").len(), 1);
}

#[test]
fn a_410_stops_and_says_so() {
    let world = World::new(|_| Reply::new(410, ""));
    let said = world.run_at(0)[0].failures[0].message.clone();
    assert!(said.contains("410") && said.contains("gone"), "{said}");
    world.cron(60..30 * DAY, 720);
    assert_eq!(world.asked("/a").len(), 1);
}

#[test]
fn a_404_backs_off_and_is_no_farewell() {
    let world = World::new(|asked: &Asked| match asked.number {
        0..8 => Reply::new(404, ""),
        _ => tagged(asked, 1),
    });
    world.cron(0..10 * DAY, 60);
    let gaps = gaps(&world.minutes("/a"));
    assert!(gaps[..6].is_sorted() && gaps[6] >= 12 * 60, "{gaps:?}");
    assert!(world.asked("/a").len() > 9, "{gaps:?}");
}

#[test]
fn a_loop_of_redirects_ends() {
    let world = World::new(|asked| match asked.path.as_str() {
        "/a" => Reply::to(301, "/b"),
        _ => Reply::to(301, "/a"),
    });
    let reports = world.run_at(0);
    assert_eq!((reports[0].failures.len(), world.server.asked().len()), (1, 2));
    world.run_at(2 * DAY);
    assert_eq!(world.asked("/a").len(), 2, "a loop is not remembered");
}

#[test]
fn a_chain_of_redirects_without_end_ends() {
    let world = World::new(|asked| Reply::to(302, &format!("{}x", asked.path)));
    let reports = world.run_at(0);
    assert_eq!((reports[0].failures.len(), world.server.asked().len()), (1, 6));
}
