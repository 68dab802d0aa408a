//! Heads of answers that lie, or never end.

use std::io;
use std::time::Duration;

use super::case::{Case, Fault};
use super::feed;
use super::line::Line;

/// One byte so often: a limit on idle time alone never ends it.
pub(crate) const DRIP: Duration = Duration::from_millis(300);

pub(crate) fn cases() -> Vec<Case> {
    use Fault::{HeadTooLarge, Protocol, Status, Timeout};
    vec![
        Case::fails(sends_endless_headers, HeadTooLarge),
        Case::fails(sends_one_header_of_10_mb, HeadTooLarge),
        Case::fails(sends_ten_thousand_headers, HeadTooLarge),
        Case::fails(sends_a_header_byte_by_byte, Timeout),
        Case::fails(sends_a_line_without_colon, Protocol),
        Case::fails(sends_a_header_with_a_nul, Protocol),
        Case::reads(folds_a_header, 2),
        Case::fails(sends_status_0, Protocol),
        Case::fails(sends_a_status_of_four_digits, Protocol),
        Case::fails(sends_a_status_in_words, Protocol),
        Case::fails(continues_for_ever, Timeout),
        Case::fails(hints_early_for_ever, Timeout),
        Case::fails(switches_protocols_unasked, Status(101)),
        Case::fails(has_a_negative_length, Protocol),
        Case::fails(has_two_lengths, Protocol),
        Case::fails(has_a_length_beyond_numbers, Protocol),
        Case::reads(has_an_unknown_transfer_coding, 2),
        Case::reads(has_a_length_and_chunks, 2),
        Case::reads(floods_with_cookies, 2),
        Case::fails(sends_a_validator_of_1_mb, HeadTooLarge),
        Case::fails(sends_a_validator_with_control_characters, Protocol),
        Case::reads(sends_a_validator_that_is_no_ascii, 2),
        Case::fails(names_itself_in_escapes, Status(500)),
    ]
}

fn sends_endless_headers(line: &mut Line) -> io::Result<()> {
    line.send("HTTP/1.1 200 OK\r\n")?;
    line.forever("X-More: and more\r\n".repeat(100), Duration::ZERO)
}

fn sends_one_header_of_10_mb(line: &mut Line) -> io::Result<()> {
    line.send("HTTP/1.1 200 OK\r\nX-Long: ")?;
    for _ in 0..10_240 {
        line.send([b'x'; 1024])?;
    }
    line.send(format!("\r\n\r\n{}", feed()))
}

fn sends_ten_thousand_headers(line: &mut Line) -> io::Result<()> {
    let headers: Vec<String> = (0..10_000).map(|n| format!("X-{n}: {n}")).collect();
    let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
    line.answer("200 OK", &headers, feed().as_bytes())
}

fn sends_a_header_byte_by_byte(line: &mut Line) -> io::Result<()> {
    line.send("HTTP/1.1 200 OK\r\nX-Slow: ")?;
    line.forever("x", DRIP)
}

fn sends_a_line_without_colon(line: &mut Line) -> io::Result<()> {
    line.answer("200 OK", &["this is no header"], feed().as_bytes())
}

fn sends_a_header_with_a_nul(line: &mut Line) -> io::Result<()> {
    line.answer("200 OK", &["X-Nul: a\0b"], feed().as_bytes())
}

/// RFC 9112 §5.2: a fold is to be read as spaces.
fn folds_a_header(line: &mut Line) -> io::Result<()> {
    line.answer("200 OK", &["X-Folded: one\r\n two"], feed().as_bytes())
}

fn sends_status_0(line: &mut Line) -> io::Result<()> {
    line.answer("000 Nothing", &[], feed().as_bytes())
}

fn sends_a_status_of_four_digits(line: &mut Line) -> io::Result<()> {
    line.answer("2000 OK", &[], feed().as_bytes())
}

fn sends_a_status_in_words(line: &mut Line) -> io::Result<()> {
    line.answer("OK fine", &[], feed().as_bytes())
}

fn continues_for_ever(line: &mut Line) -> io::Result<()> {
    line.forever("HTTP/1.1 100 Continue\r\n\r\n", Duration::from_millis(5))
}

fn hints_early_for_ever(line: &mut Line) -> io::Result<()> {
    line.forever("HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n", Duration::from_millis(5))
}

fn switches_protocols_unasked(line: &mut Line) -> io::Result<()> {
    line.head("101 Switching Protocols", &["Connection: Upgrade", "Upgrade: websocket"])?;
    line.hold()
}

fn has_a_negative_length(line: &mut Line) -> io::Result<()> {
    line.head("200 OK", &["Content-Length: -1"])?;
    line.send(feed())
}

fn has_two_lengths(line: &mut Line) -> io::Result<()> {
    line.head("200 OK", &["Content-Length: 10", "Content-Length: 20"])?;
    line.send(feed())
}

fn has_a_length_beyond_numbers(line: &mut Line) -> io::Result<()> {
    line.head("200 OK", &["Content-Length: 99999999999999999999999999"])?;
    line.send(feed())
}

/// RFC 9112 §6.3: it ends with the connection, whatever length is given.
fn has_an_unknown_transfer_coding(line: &mut Line) -> io::Result<()> {
    line.head("200 OK", &["Transfer-Encoding: cow", "Content-Length: 5"])?;
    line.send(feed())
}

/// RFC 9112 §6.3: the chunks count; behind them a second answer is waiting to be taken for somebody else's.
fn has_a_length_and_chunks(line: &mut Line) -> io::Result<()> {
    let feed = feed();
    line.head("200 OK", &["Transfer-Encoding: chunked", "Content-Length: 5"])?;
    line.send(format!("{:x}\r\n{feed}\r\n0\r\n\r\n", feed.len()))?;
    line.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nsmuggled!")
}

fn floods_with_cookies(line: &mut Line) -> io::Result<()> {
    let cookies: Vec<String> = (0..60).map(|n| format!("Set-Cookie: c{n}={}", "x".repeat(500))).collect();
    let cookies: Vec<&str> = cookies.iter().map(String::as_str).collect();
    line.answer("200 OK", &cookies, feed().as_bytes())
}

fn sends_a_validator_of_1_mb(line: &mut Line) -> io::Result<()> {
    line.answer("200 OK", &[&format!("ETag: \"{}\"", "e".repeat(1 << 20))], feed().as_bytes())
}

fn sends_a_validator_with_control_characters(line: &mut Line) -> io::Result<()> {
    line.answer("200 OK", &["ETag: \"\u{1b}[31m\u{7}\""], feed().as_bytes())
}

fn sends_a_validator_that_is_no_ascii(line: &mut Line) -> io::Result<()> {
    line.answer("200 OK", &["ETag: \"é…\"", "Last-Modified: jeudi, le premier août"], feed().as_bytes())
}

/// Reasons and headers are a server's own words, and none of them are printed.
fn names_itself_in_escapes(line: &mut Line) -> io::Result<()> {
    let body = b"\x1b]0;owned\x07\x1b[2J\x9b31m";
    line.answer("500 \u{9b}31mred\u{9c}", &["Server: \u{9b}31m", "Content-Type: text/\u{9b}"], body)
}
