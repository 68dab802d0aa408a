//! Whole answers with something in them that is no feed, or that is one to choke on.

use std::io;

use super::case::{Case, Fault};
use super::line::Line;
use super::{feed, rss_of};

pub(crate) fn cases() -> Vec<Case> {
    use Fault::{Empty, NotAFeed, Syntax, TooMuch, WebPage};
    vec![
        Case::fails(sends_an_empty_body, Empty),
        Case::fails(sends_a_web_page, WebPage),
        Case::fails(sends_a_login_page_as_rss, WebPage),
        Case::fails(sends_an_error_page, WebPage),
        Case::fails(sends_a_json_error, NotAFeed),
        Case::fails(sends_an_image, NotAFeed),
        Case::fails(sends_a_pdf, NotAFeed),
        Case::fails(sends_random_bytes, NotAFeed),
        Case::reads(says_utf_16_and_sends_utf_8, 2),
        Case::fails(sends_nuls, Empty),
        Case::reads(is_full_of_nuls, 2),
        Case::reads(laughs_a_billion_times, 1),
        Case::reads(blows_up_quadratically, 1),
        Case::reads(names_an_external_entity, 1),
        Case::reads(names_a_style_sheet_and_an_include, 2),
        Case::reads(nests_100_000_elements, 0).tells("no articles in it"),
        Case::reads(nests_100_000_elements_in_html, 1).tells("`fetch.max_text` sets the limit"),
        Case::fails(nests_100_000_lists_of_json, Syntax),
        Case::reads(has_100_000_attributes, 1),
        Case::reads(has_100_000_namespaces, 1),
        Case::reads(has_100_000_categories, 1),
        Case::reads(opens_100_000_comments, 1),
        Case::reads(has_a_title_of_5_mb, 1).memory(192).tells("`fetch.max_field` sets the limit"),
        Case::reads(has_100_000_items, 10_000)
            .patient()
            .memory(192)
            .tells("`fetch.max_items` sets the limit"),
        Case::fails(has_a_million_items, TooMuch).patient(),
        Case::reads(is_cut_in_the_middle, 1).tells("it ends in the middle"),
    ]
}

fn send(line: &mut Line, media_type: &str, body: impl AsRef<[u8]>) -> io::Result<()> {
    line.answer("200 OK", &[&format!("Content-Type: {media_type}")], body.as_ref())
}

fn send_rss(line: &mut Line, body: impl AsRef<[u8]>) -> io::Result<()> {
    send(line, "application/rss+xml", body)
}

fn sends_an_empty_body(line: &mut Line) -> io::Result<()> {
    send_rss(line, "")
}

fn sends_a_web_page(line: &mut Line) -> io::Result<()> {
    send(line, "text/html", "<!doctype html><title>Front</title><p>Welcome. We have moved to apps.")
}

fn sends_a_login_page_as_rss(line: &mut Line) -> io::Result<()> {
    send_rss(line, "<html><body><form action=/login><input type=password name=p></form></body></html>")
}

fn sends_an_error_page(line: &mut Line) -> io::Result<()> {
    let page = "<html><head><title>500</title></head><body><pre>\u{1b}[31mPDOException in /var/www</pre></body></html>";
    send(line, "text/html", page)
}

fn sends_a_json_error(line: &mut Line) -> io::Result<()> {
    send(line, "application/json", "{\"error\": {\"code\": 403, \"message\": \"quota \\u001b[31mexceeded\"}}")
}

fn sends_an_image(line: &mut Line) -> io::Result<()> {
    send(
        line,
        "image/png",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89",
    )
}

fn sends_a_pdf(line: &mut Line) -> io::Result<()> {
    send(
        line,
        "application/pdf",
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Type /Catalog>>\nendobj\n%%EOF\n",
    )
}

fn sends_random_bytes(line: &mut Line) -> io::Result<()> {
    let noise = |n: u32| (n.wrapping_add(7).wrapping_mul(2_654_435_761) >> 23) as u8;
    send_rss(line, (0..100_000).map(noise).collect::<Vec<_>>())
}

fn says_utf_16_and_sends_utf_8(line: &mut Line) -> io::Result<()> {
    let lie = feed().replace("<?xml version=\"1.0\"?>", "<?xml version=\"1.0\" encoding=\"UTF-16\"?>");
    send(line, "application/rss+xml; charset=utf-16le", lie)
}

fn sends_nuls(line: &mut Line) -> io::Result<()> {
    send_rss(line, vec![0; 1 << 20])
}

fn is_full_of_nuls(line: &mut Line) -> io::Result<()> {
    send_rss(line, feed().replace("Hostile", "Hos\0\0tile").replace("</item>", "</item>\0\0\0"))
}

fn laughs_a_billion_times(line: &mut Line) -> io::Result<()> {
    let levels: String =
        (1..12).map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10))).collect();
    let item = "<item><title>&l11;</title><link>https://hostile.example.com/1</link></item>";
    send_rss(line, format!("<!DOCTYPE rss [<!ENTITY l0 \"lol\">{levels}]>{}", rss_of(item)))
}

/// One long entity, named often: linear tricks do not see it.
fn blows_up_quadratically(line: &mut Line) -> io::Result<()> {
    let doctype = format!("<!DOCTYPE rss [<!ENTITY a \"{}\">]>", "a".repeat(100_000));
    let item = format!("<item><title>T</title><description>{}</description></item>", "&a;".repeat(100_000));
    send_rss(line, format!("{doctype}{}", rss_of(&item)))
}

fn names_an_external_entity(line: &mut Line) -> io::Result<()> {
    let bait = line.url("/bait");
    let entities = format!(
        "<!ENTITY f SYSTEM \"file:///etc/passwd\"><!ENTITY h SYSTEM \"{bait}\"><!ENTITY % p SYSTEM \"{bait}\">%p;"
    );
    let item = "<item><title>T &f; &h;</title><description>&f;</description></item>";
    send_rss(line, format!("<!DOCTYPE rss SYSTEM \"{bait}\" [{entities}]>{}", rss_of(item)))
}

fn names_a_style_sheet_and_an_include(line: &mut Line) -> io::Result<()> {
    let bait = line.url("/bait");
    let sheet = format!("<?xml-stylesheet href=\"{bait}\"?>");
    let include = format!(
        "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"{bait}\"/>\
         <xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"file:///etc/passwd\" parse=\"text\"/>\
         <image><url>{bait}</url></image><item>"
    );
    send_rss(line, format!("{sheet}{}", feed().replacen("<item>", &include, 1)))
}

fn nests_100_000_elements(line: &mut Line) -> io::Result<()> {
    send_rss(line, rss_of(&format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000))))
}

fn nests_100_000_elements_in_html(line: &mut Line) -> io::Result<()> {
    let nest = format!("{}deep{}", "<div><b><i>".repeat(100_000), "</i></b></div>".repeat(100_000));
    send_rss(
        line,
        rss_of(&format!("<item><title>T</title><description><![CDATA[{nest}]]></description></item>")),
    )
}

fn nests_100_000_lists_of_json(line: &mut Line) -> io::Result<()> {
    send(line, "application/feed+json", format!("{{\"version\": {}", "[".repeat(100_000)))
}

fn has_100_000_attributes(line: &mut Line) -> io::Result<()> {
    let attributes: String = (0..100_000).map(|n| format!(" a{n}=\"{n}\"")).collect();
    send_rss(line, rss_of(&format!("<item{attributes}><title{attributes}>T</title></item>")))
}

fn has_100_000_namespaces(line: &mut Line) -> io::Result<()> {
    let names: String = (0..100_000).map(|n| format!(" xmlns:n{n}=\"http://example.com/{n}\"")).collect();
    send_rss(line, rss_of(&format!("<item{names}><title>T</title></item>")))
}

fn has_100_000_categories(line: &mut Line) -> io::Result<()> {
    let categories: String = (0..100_000).map(|n| format!("<category>c{n}</category>")).collect();
    send_rss(line, rss_of(&format!("<item><title>T</title>{categories}</item>")))
}

/// Each looks for its end: a parser that searches to the end of the document for each takes quadratic time.
fn opens_100_000_comments(line: &mut Line) -> io::Result<()> {
    let open = "<!-- <![CDATA[ <?pi \"<a b='".repeat(100_000);
    send_rss(line, rss_of(&format!("<item><title>T</title></item>{open}")))
}

fn has_a_title_of_5_mb(line: &mut Line) -> io::Result<()> {
    send_rss(line, rss_of(&format!("<item><title>{}</title></item>", "long ".repeat(1 << 20))))
}

/// Small enough to be read, and too many to be kept.
fn has_100_000_items(line: &mut Line) -> io::Result<()> {
    let items: String =
        (0..100_000).map(|n| format!("<item><guid>{n}</guid><title>{n}</title></item>")).collect();
    send_rss(line, rss_of(&items))
}

fn has_a_million_items(line: &mut Line) -> io::Result<()> {
    line.head("200 OK", &["Content-Type: application/rss+xml"])?;
    line.send("<rss version=\"2.0\"><channel><title>Hostile</title>")?;
    let thousand = "<item><title>Story</title></item>".repeat(1000);
    for _ in 0..1000 {
        line.send(&thousand)?;
    }
    line.send("</channel></rss>")
}

fn is_cut_in_the_middle(line: &mut Line) -> io::Result<()> {
    let cut = feed().rfind("<item>").unwrap_or_default();
    send_rss(line, &feed()[..cut])
}
