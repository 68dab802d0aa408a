//! What can go wrong before there is an HTTP answer.

use std::io;
use std::time::Duration;

use super::case::{Case, Fault};
use super::line::Line;

pub(crate) fn cases() -> Vec<Case> {
    use Fault::{HeadTooLarge, Protocol, Timeout};
    vec![
        Case::fails(accepts_and_never_answers, Timeout),
        Case::fails(closes_at_once, Protocol),
        Case::fails(resets_the_connection, Protocol),
        Case::fails(closes_after_the_request, Protocol),
        Case::fails(sends_half_a_status_line, Protocol),
        Case::fails(stalls_in_the_status_line, Timeout),
        Case::fails(sends_an_endless_status_line, HeadTooLarge),
        Case::fails(sends_garbage, Protocol),
        Case::fails(sends_nothing_but_nuls, Protocol),
        Case::fails(answers_in_http_0_9, Protocol),
        Case::fails(answers_in_http_9, Protocol),
        Case::fails(is_a_mail_server, Protocol),
        Case::fails(speaks_http_2_unasked, Protocol),
        Case::fails(sends_the_request_back, Protocol),
    ]
}

fn accepts_and_never_answers(line: &mut Line) -> io::Result<()> {
    line.hold()
}

fn closes_at_once(line: &mut Line) -> io::Result<()> {
    line.stream.shutdown(std::net::Shutdown::Both)
}

/// A socket closed with unread bytes in it is reset.
fn resets_the_connection(line: &mut Line) -> io::Result<()> {
    line.stream.peek(&mut [0]).map(drop)
}

fn closes_after_the_request(line: &mut Line) -> io::Result<()> {
    line.request().map(drop)
}

fn sends_half_a_status_line(line: &mut Line) -> io::Result<()> {
    line.send("HTTP/1.1 20")
}

fn stalls_in_the_status_line(line: &mut Line) -> io::Result<()> {
    line.send("HTTP/1.1 20")?;
    line.hold()
}

fn sends_an_endless_status_line(line: &mut Line) -> io::Result<()> {
    line.send("HTTP/1.1 200 ")?;
    line.forever([b'O'; 4096], Duration::ZERO)
}

fn sends_garbage(line: &mut Line) -> io::Result<()> {
    line.send((0..65_536u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect::<Vec<_>>())
}

fn sends_nothing_but_nuls(line: &mut Line) -> io::Result<()> {
    line.forever([0; 4096], Duration::ZERO)
}

fn answers_in_http_0_9(line: &mut Line) -> io::Result<()> {
    line.send("<rss version=\"2.0\"><channel><title>Old</title></channel></rss>")
}

fn answers_in_http_9(line: &mut Line) -> io::Result<()> {
    line.send("HTTP/9.9 200 OK\r\nContent-Length: 0\r\n\r\n")
}

/// It speaks first, and is no web server.
fn is_a_mail_server(line: &mut Line) -> io::Result<()> {
    line.send("220 mail.example.com ESMTP ready\r\n500 unrecognised command\r\n")?;
    line.hold()
}

/// A SETTINGS frame, though nobody agreed on HTTP/2 (RFC 9113 §3.3).
fn speaks_http_2_unasked(line: &mut Line) -> io::Result<()> {
    line.send(b"\0\0\0\x04\0\0\0\0\0")?;
    line.hold()
}

fn sends_the_request_back(line: &mut Line) -> io::Result<()> {
    let request = line.request()?.to_owned();
    line.send(request)
}
