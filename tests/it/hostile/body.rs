//! Bodies that are cut, framed wrongly, or never end.

use std::io;
use std::time::Duration;

use super::case::{Case, Fault};
use super::feed;
use super::head::DRIP;
use super::line::Line;

pub(crate) fn cases() -> Vec<Case> {
    use Fault::{Body, Empty, Timeout, TooMuch};
    vec![
        Case::fails(stalls_half_way, Timeout),
        Case::fails(drips_for_ever, Timeout),
        Case::fails(pours_for_ever, TooMuch).patient(),
        Case::fails(promises_more_than_it_sends, Body),
        Case::fails(promises_more_than_anyone_takes, TooMuch),
        Case::reads(sends_more_than_it_promised, 1).tells("it ends in the middle"),
        Case::reads(closes_without_a_length, 2),
        Case::fails(has_a_bad_chunk_size, Body),
        Case::fails(has_a_negative_chunk_size, Body),
        Case::fails(has_a_chunk_size_beyond_numbers, Body),
        Case::fails(sends_endless_chunks_of_a_byte, Timeout),
        Case::fails(pours_chunks_for_ever, TooMuch).patient(),
        Case::fails(never_ends_its_chunks, Body),
        Case::fails(has_a_huge_chunk_extension, Body),
        Case::reads(sends_trailers, 2),
        Case::fails(sends_endless_trailers, Body),
        Case::fails(sends_50_mb_of_white_space, TooMuch).patient(),
        Case::fails(sends_one_line_of_20_mb, TooMuch).patient(),
        Case::fails(sends_8_mb_of_white_space, Empty).patient(),
        Case::reads(answers_twice_on_one_connection, 2),
        Case::reads(promises_to_keep_the_connection_and_closes_it, 2),
    ]
}

fn stalls_half_way(line: &mut Line) -> io::Result<()> {
    line.head("200 OK", &[&format!("Content-Length: {}", feed().len())])?;
    line.send(&feed()[..200])?;
    line.hold()
}

fn drips_for_ever(line: &mut Line) -> io::Result<()> {
    line.head("200 OK", &[])?;
    line.send("<rss version=\"2.0\"><channel><title>")?;
    line.forever("x", DRIP)
}

fn pours_for_ever(line: &mut Line) -> io::Result<()> {
    line.head("200 OK", &[])?;
    line.forever([b'x'; 65_536], Duration::ZERO)
}

fn promises_more_than_it_sends(line: &mut Line) -> io::Result<()> {
    line.head("200 OK", &[&format!("Content-Length: {}", feed().len() + 1)])?;
    line.send(feed())
}

/// Room for a terabyte is not set aside on a server's word.
fn promises_more_than_anyone_takes(line: &mut Line) -> io::Result<()> {
    line.head("200 OK", &["Content-Length: 1099511627776"])?;
    line.hold()
}

/// What is within the length is a document that was cut; what is behind it is nobody's.
fn sends_more_than_it_promised(line: &mut Line) -> io::Result<()> {
    let second = feed().rfind("<item>").unwrap_or_default();
    line.head("200 OK", &[&format!("Content-Length: {second}")])?;
    line.send(feed())
}

fn closes_without_a_length(line: &mut Line) -> io::Result<()> {
    line.head("200 OK", &[])?;
    line.send(feed())
}

fn chunked(line: &mut Line, body: &str) -> io::Result<()> {
    line.head("200 OK", &["Transfer-Encoding: chunked"])?;
    line.send(body)
}

fn has_a_bad_chunk_size(line: &mut Line) -> io::Result<()> {
    chunked(line, "5\r\n<rss \r\nwhat\r\nversion\r\n0\r\n\r\n")
}

fn has_a_negative_chunk_size(line: &mut Line) -> io::Result<()> {
    chunked(line, "-5\r\n<rss \r\n0\r\n\r\n")
}

fn has_a_chunk_size_beyond_numbers(line: &mut Line) -> io::Result<()> {
    chunked(line, "fffffffffffffffffffff\r\n<rss \r\n0\r\n\r\n")
}

fn sends_endless_chunks_of_a_byte(line: &mut Line) -> io::Result<()> {
    chunked(line, "")?;
    line.forever("1\r\nx\r\n", Duration::from_millis(5))
}

fn pours_chunks_for_ever(line: &mut Line) -> io::Result<()> {
    chunked(line, "")?;
    line.forever(format!("8000\r\n{}\r\n", "x".repeat(0x8000)), Duration::ZERO)
}

/// The whole document is there, and yet the server did not say that this is all.
fn never_ends_its_chunks(line: &mut Line) -> io::Result<()> {
    let feed = feed();
    chunked(line, &format!("{:x}\r\n{feed}\r\n", feed.len()))
}

fn has_a_huge_chunk_extension(line: &mut Line) -> io::Result<()> {
    chunked(line, &format!("5;{}\r\n<rss>\r\n0\r\n\r\n", "x".repeat(1 << 20)))
}

fn sends_trailers(line: &mut Line) -> io::Result<()> {
    let feed = feed();
    chunked(line, &format!("{:x}\r\n{feed}\r\n0\r\nETag: \"late\"\r\nLocation: /else\r\n\r\n", feed.len()))
}

fn sends_endless_trailers(line: &mut Line) -> io::Result<()> {
    chunked(line, "5\r\n<rss>\r\n0\r\n")?;
    line.forever("X-More: and more\r\n".repeat(100), Duration::ZERO)
}

fn sends_50_mb_of_white_space(line: &mut Line) -> io::Result<()> {
    line.head("200 OK", &[])?;
    for _ in 0..50 {
        line.send(vec![b' '; 1 << 20])?;
    }
    line.send(feed())
}

fn sends_one_line_of_20_mb(line: &mut Line) -> io::Result<()> {
    line.answer("200 OK", &[], &vec![b'x'; 20 << 20])
}

fn sends_8_mb_of_white_space(line: &mut Line) -> io::Result<()> {
    line.answer("200 OK", &[], &vec![b'\n'; 8 << 20])
}

/// The second answer belongs to no question.
fn answers_twice_on_one_connection(line: &mut Line) -> io::Result<()> {
    let feed = feed();
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{feed}", feed.len());
    let other = "HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n<rss>bait</rss>";
    line.send(format!("{answer}{other}"))?;
    line.next_request()?;
    line.send(other)
}

/// Asked twice on one connection, it hangs up at the second time; a redirect asks twice.
fn promises_to_keep_the_connection_and_closes_it(line: &mut Line) -> io::Result<()> {
    if line.path()? == "/" {
        line.head("302 Found", &["Location: /next", "Content-Length: 0", "Connection: keep-alive"])?;
        return Ok(());
    }
    line.answer("200 OK", &[], feed().as_bytes())
}
