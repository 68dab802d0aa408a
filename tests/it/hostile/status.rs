//! Answers that are no document, and how long they want to be left alone.

use std::io;

use super::case::{Case, Fault};
use super::feed;
use super::line::Line;

/// 30 days, the longest that a server is granted; with jitter.
const LONGEST: std::ops::RangeInclusive<i64> = 30 * 24 * 60..=30 * 24 * 60 + 60 * 10;

/// The longest that a feed is granted.
const WEEK: i64 = 7 * 24 * 60;

pub(crate) fn cases() -> Vec<Case> {
    use Fault::{Status, Unasked304};
    vec![
        Case::fails(has_no_content, Status(204)),
        Case::fails(resets_content, Status(205)),
        Case::fails(sends_a_part_unasked, Status(206)),
        Case::fails(has_not_changed_though_unasked, Unasked304),
        Case::fails(has_not_changed_and_sends_a_body, Unasked304),
        Case::fails(wants_a_password, Status(401)),
        Case::fails(refuses, Status(403)),
        Case::fails(finds_nothing, Status(404)),
        Case::fails(is_gone, Status(410)).never_due(),
        Case::fails(sends_a_change_unasked, Status(226)),
        Case::reads(wants_never_to_be_asked_again, 2).due(WEEK..=WEEK + 60),
        Case::fails(is_a_teapot, Status(418)),
        Case::fails(is_busy_for_an_hour, Status(429)).due(60..=90),
        Case::fails(is_busy_for_ages, Status(429)).due(LONGEST),
        Case::fails(is_busy_for_less_than_nothing, Status(429)),
        Case::fails(is_busy_for_rubbish, Status(429)),
        Case::fails(is_busy_until_the_past, Status(503)),
        Case::fails(is_busy_until_a_date, Status(503)).due(5 * 60..=8 * 60),
        Case::fails(is_busy_until_the_year_9999, Status(503)).due(LONGEST),
        Case::fails(is_broken_at_length, Status(500)),
        Case::fails(has_status_999, Status(999)),
    ]
}

fn has_no_content(line: &mut Line) -> io::Result<()> {
    line.head("204 No Content", &["Connection: close"])
}

fn resets_content(line: &mut Line) -> io::Result<()> {
    line.answer("205 Reset Content", &[], b"")
}

fn sends_a_part_unasked(line: &mut Line) -> io::Result<()> {
    line.answer("206 Partial Content", &["Content-Range: bytes 0-99/9999"], &feed().as_bytes()[..100])
}

fn has_not_changed_though_unasked(line: &mut Line) -> io::Result<()> {
    line.head("304 Not Modified", &["ETag: \"never given\""])
}

/// A 304 has no body (RFC 9110 §15.4.5): what follows is not the next answer.
fn has_not_changed_and_sends_a_body(line: &mut Line) -> io::Result<()> {
    line.answer("304 Not Modified", &[], feed().as_bytes())
}

fn wants_a_password(line: &mut Line) -> io::Result<()> {
    let challenge = "WWW-Authenticate: Basic realm=\"\u{9b}31m\", Negotiate, NTLM";
    line.answer("401 Unauthorized", &[challenge], b"")
}

fn refuses(line: &mut Line) -> io::Result<()> {
    line.answer("403 Forbidden", &[], b"<html>Attention required</html>")
}

fn finds_nothing(line: &mut Line) -> io::Result<()> {
    line.answer("404 Not Found", &[], feed().as_bytes())
}

fn is_gone(line: &mut Line) -> io::Result<()> {
    line.answer("410 Gone", &[], b"")
}

/// RFC 3229 §10.4.1: only for who asked for it.
fn sends_a_change_unasked(line: &mut Line) -> io::Result<()> {
    line.answer("226 IM Used", &["IM: feed"], feed().as_bytes())
}

/// By each of the ways that there are.
fn wants_never_to_be_asked_again(line: &mut Line) -> io::Result<()> {
    let hours: String = (0..24).map(|hour| format!("<hour>{hour}</hour>")).collect();
    let wishes = format!("<ttl>99999999999</ttl><skipHours>{hours}</skipHours><item>");
    let headers = ["Cache-Control: max-age=99999999999", "Expires: Fri, 31 Dec 9999 23:59:59 GMT"];
    line.answer("200 OK", &headers, feed().replacen("<item>", &wishes, 1).as_bytes())
}

fn is_a_teapot(line: &mut Line) -> io::Result<()> {
    line.answer("418 I'm a teapot", &[], b"short and stout")
}

fn busy(line: &mut Line, status: &str, retry_after: &str) -> io::Result<()> {
    line.answer(status, &[&format!("Retry-After: {retry_after}")], b"")
}

fn is_busy_for_an_hour(line: &mut Line) -> io::Result<()> {
    busy(line, "429 Too Many Requests", "3600")
}

fn is_busy_for_ages(line: &mut Line) -> io::Result<()> {
    busy(line, "429 Too Many Requests", "99999999999999999999999")
}

fn is_busy_for_less_than_nothing(line: &mut Line) -> io::Result<()> {
    busy(line, "429 Too Many Requests", "-3600")
}

fn is_busy_for_rubbish(line: &mut Line) -> io::Result<()> {
    busy(line, "429 Too Many Requests", "\u{9b}31msoon")
}

fn is_busy_until_the_past(line: &mut Line) -> io::Result<()> {
    busy(line, "503 Service Unavailable", "Sun, 06 Nov 1994 08:49:37 GMT")
}

/// Five hours after the tests' present.
fn is_busy_until_a_date(line: &mut Line) -> io::Result<()> {
    busy(line, "503 Service Unavailable", "Mon, 23 Nov 2026 12:00:00 GMT")
}

fn is_busy_until_the_year_9999(line: &mut Line) -> io::Result<()> {
    busy(line, "503 Service Unavailable", "Fri, 31 Dec 9999 23:59:59 GMT")
}

/// The body of an error is not read, however long.
fn is_broken_at_length(line: &mut Line) -> io::Result<()> {
    line.head("500 Internal Server Error", &["Content-Length: 1099511627776"])?;
    line.forever([b'x'; 65_536], std::time::Duration::ZERO)
}

fn has_status_999(line: &mut Line) -> io::Result<()> {
    line.answer("999 Request denied", &[], b"")
}
