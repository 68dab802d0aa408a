//! Validators: what a server gave is sent back as it was, to where it came from, and nothing else is.

use super::recorder::{Asked, Reply};
use super::world::{World, feed, tagged};

const DAY: i64 = 24 * 60;

/// The values of the two conditional headers, byte for byte.
fn conditions(asked: &Asked) -> (Option<&[u8]>, Option<&[u8]>) {
    let value = |name: &str| asked.headers.get(name).map(Vec::as_slice);
    (value("if-none-match"), value("if-modified-since"))
}

/// What the second request says after a first answer with these headers.
fn second_request(headers: &'static [(&'static str, &'static [u8])]) -> Asked {
    let world = World::new(move |_| {
        headers.iter().fold(Reply::new(200, feed(1)), |reply, (name, value)| reply.with(name, value))
    });
    world.run_at(0);
    world.run_at(2 * DAY);
    world.asked("/a")[1].clone()
}

#[test]
fn an_etag_goes_back_byte_for_byte() {
    for etag in [
        &b"\"a\""[..],
        b"W/\"a\"",
        b"w/\"a\"",
        b"unquoted",
        b"\"a, \"b\", c\"",
        b"\"\"",
        b"\"a-gzip\"",
        b"'single'",
        b"\"caf\xc3\xa9\"",
        b"\"caf\xe9\"",
        b"\"half",
    ] {
        let owned: &'static [u8] = etag;
        let headers: &'static [_] = Box::leak(Box::new([("ETag", owned)]));
        assert_eq!(conditions(&second_request(headers)), (Some(etag), None), "{etag:?}");
    }
}

#[test]
fn a_last_modified_goes_back_byte_for_byte() {
    for date in [
        &b"Fri, 20 Nov 2026 10:00:00 GMT"[..],
        b"2026-11-20T10:00:00Z",
        b"Fri, 20 Nov 2026 10:00:00 +0000",
        b"0",
        b"yesterday",
    ] {
        let owned: &'static [u8] = date;
        let headers: &'static [_] = Box::leak(Box::new([("Last-Modified", owned)]));
        assert_eq!(conditions(&second_request(headers)), (None, Some(date)), "{date:?}");
    }
}

#[test]
fn both_validators_go_back_when_both_were_given() {
    let asked = second_request(&[("ETag", b"\"a\""), ("Last-Modified", b"Fri, 20 Nov 2026 10:00:00 GMT")]);
    assert_eq!(conditions(&asked), (Some(&b"\"a\""[..]), Some(&b"Fri, 20 Nov 2026 10:00:00 GMT"[..])));
}

#[test]
fn no_validator_is_invented() {
    let asked = second_request(&[("Date", b"Fri, 20 Nov 2026 10:00:00 GMT"), ("Age", b"7")]);
    assert_eq!(conditions(&asked), (None, None));
}

#[test]
fn validators_are_not_sent_to_another_url() {
    let world = World::new(|asked| match (asked.path.as_str(), asked.number) {
        ("/a", 0) => Reply::to(302, "/b"),
        ("/a", _) => Reply::to(302, "/c"),
        _ => Reply::new(200, feed(1)).with("ETag", format!("\"{}\"", asked.path)),
    });
    world.run_at(0);
    world.run_at(2 * DAY);
    world.run_at(4 * DAY);
    let known: Vec<_> = world.asked("/c").iter().map(|asked| asked.header("if-none-match")).collect();
    assert_eq!(known, [None, Some("\"/c\"".to_owned())]);
    assert!(world.asked("/a").iter().all(|asked| conditions(asked) == (None, None)));
}

#[test]
fn validators_are_dropped_when_the_url_changes() {
    let mut world = World::new(|asked| tagged(asked, 1));
    world.run_at(0);
    world.reconfigure("", "a = \"{}/b\"");
    world.run_at(DAY);
    world.reconfigure("", "a = \"{}/a\"");
    world.run_at(2 * DAY);
    assert_eq!(conditions(&world.asked("/b")[0]), (None, None));
    assert_eq!(conditions(&world.asked("/a")[1]), (None, None));
}

#[test]
fn a_validator_that_is_not_sent_again_is_forgotten() {
    let world = World::new(|asked| {
        let reply = Reply::new(200, feed(asked.number));
        match asked.number {
            0 => reply.with("ETag", "\"a\"").with("Last-Modified", "Fri, 20 Nov 2026 10:00:00 GMT"),
            _ => reply.with("Last-Modified", "Sat, 21 Nov 2026 10:00:00 GMT"),
        }
    });
    (0..3).for_each(|day| drop(world.run_at(day * 2 * DAY)));
    let last = &world.asked("/a")[2];
    assert_eq!(conditions(last), (None, Some(&b"Sat, 21 Nov 2026 10:00:00 GMT"[..])));
}

#[test]
fn a_304_with_new_validators_updates_them() {
    let world = World::new(|asked| match asked.number {
        0 => Reply::new(200, feed(1)).with("ETag", "\"a\""),
        _ => Reply::not_modified().with("ETag", "\"b\""),
    });
    (0..3).for_each(|day| drop(world.run_at(day * 2 * DAY)));
    assert_eq!(conditions(&world.asked("/a")[2]), (Some(&b"\"b\""[..]), None));
}

#[test]
fn validators_of_a_document_that_failed_are_not_kept() {
    for failed in [
        Reply::new(500, "").with("ETag", "\"bad\""),
        Reply::new(404, "").with("ETag", "\"bad\""),
        Reply::new(200, "<!doctype html><title>Log in</title>").with("ETag", "\"bad\""),
        Reply::new(200, "").with("ETag", "\"bad\""),
    ] {
        let world = World::new(move |asked| match asked.number {
            0 => Reply::new(200, feed(1)).with("ETag", "\"good\""),
            _ => failed.clone(),
        });
        (0..3).for_each(|day| drop(world.run_at(day * 2 * DAY)));
        let last = world.asked("/a")[2].clone();
        assert_ne!(last.header("if-none-match").as_deref(), Some("\"bad\""));
    }
}

#[test]
fn only_what_is_new_is_asked_for_and_understood() {
    let world = World::new(|asked| match asked.number {
        0 => Reply::new(200, feed(1)).with("ETag", "\"a\""),
        _ => Reply::new(226, feed(2)).with("IM", "feed").with("ETag", "\"b\""),
    });
    world.run_at(0);
    let reports = world.run_at(2 * DAY);
    assert_eq!(world.asked("/a")[1].header("a-im").as_deref(), Some("feed"));
    assert_eq!((reports[0].new, reports[0].failures.len()), (1, 0));
    world.run_at(4 * DAY);
    assert_eq!(conditions(&world.asked("/a")[2]), (Some(&b"\"b\""[..]), None));
}
