//! Feeds that are well-formed and mean harm: what they say must stay words.

use std::io;

use super::case::Case;
use super::line::Line;
use super::rss_of;

pub(crate) fn cases() -> Vec<Case> {
    vec![
        Case::reads(has_escapes_in_its_titles, 2),
        Case::reads(has_ids_like_paths, 3),
        Case::reads(has_ids_like_sql, 2),
        Case::reads(has_ids_like_patterns, 2),
        Case::reads(has_links_like_scripts, 3),
        Case::reads(is_dated_beyond_time, 4),
        Case::reads(has_one_guid_for_a_thousand_items, 1000),
        Case::reads(has_new_guids_at_each_fetch, 2),
        Case::reads(takes_the_ids_of_others, 2),
    ]
}

fn send(line: &mut Line, items: &str) -> io::Result<()> {
    line.answer("200 OK", &["Content-Type: application/rss+xml"], rss_of(items).as_bytes())
}

fn item(guid: &str, title: &str, rest: &str) -> String {
    format!("<item><guid isPermaLink=\"false\">{guid}</guid><title>{title}</title>{rest}</item>")
}

/// C0, C1, and what turns the direction of a terminal's line.
fn has_escapes_in_its_titles(line: &mut Line) -> io::Result<()> {
    let first = item("e1", "\u{1b}]0;owned\u{7}\u{1b}[2J&#27;[31m&#x9b;31mred", "<author>\u{1b}[5m</author>");
    let second = item("e2\u{1b}[31m", "a\r\nb\u{8}\u{8}c\u{0}d", "<category>\u{1b}c</category>");
    send(line, &format!("{first}{second}"))
}

fn has_ids_like_paths(line: &mut Line) -> io::Result<()> {
    let ids = ["../../../../etc/passwd", "C:\\windows\\system32", "/dev/null\u{0}.xml"];
    let items: String = ids.iter().enumerate().map(|(n, id)| item(id, &format!("Path {n}"), "")).collect();
    send(line, &items)
}

fn has_ids_like_sql(line: &mut Line) -> io::Result<()> {
    let (drop, union) = ("'); DROP TABLE articles; --", "\" UNION SELECT * FROM documents WHERE '%'='");
    send(line, &format!("{}{}", item(drop, drop, ""), item(union, union, "")))
}

fn has_ids_like_patterns(line: &mut Line) -> io::Result<()> {
    let (slow, broken) = ("(a+)+$".repeat(50), "[[[(?P&lt;x".to_owned());
    send(line, &format!("{}{}", item(&slow, &slow, ""), item(&broken, &broken, "")))
}

fn has_links_like_scripts(line: &mut Line) -> io::Result<()> {
    let links = ["javascript:alert(1)", "data:text/html,&lt;script&gt;", "file:///etc/passwd"];
    let body =
        "<description>&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;</description>";
    let items: String = links
        .iter()
        .enumerate()
        .map(|(n, link)| item(&format!("l{n}"), &format!("Link {n}"), &format!("<link>{link}</link>{body}")))
        .collect();
    send(line, &items)
}

fn is_dated_beyond_time(line: &mut Line) -> io::Result<()> {
    let dates = [
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "-0001-01-01T00:00:00Z",
        "99999999999999999999-13-45T99:99:99Z",
        "Mon, 01 Jan 0000 00:00:00 +9999",
    ];
    let items: String = dates
        .iter()
        .enumerate()
        .map(|(n, date)| item(&format!("d{n}"), &format!("Dated {n}"), &format!("<pubDate>{date}</pubDate>")))
        .collect();
    send(line, &items)
}

/// A key that is not unique in its document is none.
fn has_one_guid_for_a_thousand_items(line: &mut Line) -> io::Result<()> {
    let items: String = (0..1000)
        .map(|n| {
            item("same", &format!("Story {n}"), &format!("<link>https://hostile.example.com/{n}</link>"))
        })
        .collect();
    send(line, &items)
}

/// The port of the client's end is another each time.
fn has_new_guids_at_each_fetch(line: &mut Line) -> io::Result<()> {
    let salt = line.stream.peer_addr()?.port();
    let items: String = (0..2)
        .map(|n| {
            let link = format!("<link>https://hostile.example.com/random/{n}</link>");
            item(&format!("{salt}-{n}"), &format!("Random {n}"), &link)
        })
        .collect();
    send(line, &items)
}

/// Ids and links of a good feed beside it: neither is its article replaced nor its place taken.
fn takes_the_ids_of_others(line: &mut Line) -> io::Result<()> {
    let items: String = (1..=2)
        .map(|n| {
            let link = format!("<link>https://good.example.com/good-00/{n}</link>");
            item(&format!("tag:good.example.com,2026:good-00-{n}"), "Stolen", &link)
        })
        .collect();
    send(line, &items)
}
