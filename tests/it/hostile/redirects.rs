//! Redirects that lead nowhere, in circles, or where nobody should go.

use std::io;
use std::time::Duration;

use super::case::{Case, Fault};
use super::feed;
use super::line::Line;

pub(crate) fn cases() -> Vec<Case> {
    use Fault::{Connect, Forbidden, HeadTooLarge, Redirect, Status, Timeout, TooManyRedirects, WebPage};
    let (endless, scheme) = (Redirect("this never ends"), Redirect("only http and https are followed"));
    vec![
        Case::fails(redirects_to_itself, endless),
        Case::fails(redirects_in_a_circle, endless),
        Case::fails(redirects_without_end, TooManyRedirects),
        Case::fails(redirects_slowly_without_end, Timeout),
        Case::fails(redirects_to_a_file, scheme),
        Case::fails(redirects_to_data, scheme),
        Case::fails(redirects_to_a_script, scheme),
        Case::fails(redirects_to_ftp, scheme),
        Case::fails(redirects_to_nowhere, Redirect("the answer has no `Location`")),
        Case::fails(redirects_to_rubbish, Redirect("is not a URL")),
        Case::fails(redirects_to_escapes, scheme),
        Case::reads(redirects_with_line_ends_in_the_path, 2),
        Case::fails(redirects_to_1_mb_of_address, HeadTooLarge),
        Case::fails(redirects_to_a_closed_port, Connect),
        Case::fails(redirects_into_a_private_network, Forbidden),
        Case::fails(redirects_to_the_metadata_of_a_cloud, Forbidden),
        Case::fails(redirects_to_an_address_in_decimal, Forbidden),
        Case::fails(redirects_to_an_address_in_another, Forbidden),
        Case::fails(redirects_to_a_portal, WebPage),
        Case::reads(redirects_with_an_endless_body, 2),
        Case::fails(offers_a_choice, Status(300)),
        Case::fails(wants_a_proxy, Status(305)),
    ]
}

fn redirects_to_itself(line: &mut Line) -> io::Result<()> {
    line.redirect("301 Moved Permanently", "/#again")
}

fn redirects_in_a_circle(line: &mut Line) -> io::Result<()> {
    let next = if line.path()? == "/" { "/other" } else { "/" };
    line.redirect("302 Found", next)
}

fn redirects_without_end(line: &mut Line) -> io::Result<()> {
    let next = format!("{}x", line.path()?);
    line.redirect("302 Found", &next)
}

/// Each hop is quick enough, all together are not.
fn redirects_slowly_without_end(line: &mut Line) -> io::Result<()> {
    let next = format!("{}x", line.path()?);
    line.pause(Duration::from_millis(450));
    line.redirect("302 Found", &next)
}

fn redirects_to_a_file(line: &mut Line) -> io::Result<()> {
    line.redirect("301 Moved Permanently", "file:///etc/passwd")
}

fn redirects_to_data(line: &mut Line) -> io::Result<()> {
    line.redirect("302 Found", "data:application/rss+xml,<rss version=\"2.0\"></rss>")
}

fn redirects_to_a_script(line: &mut Line) -> io::Result<()> {
    line.redirect("302 Found", "javascript:alert(1)")
}

fn redirects_to_ftp(line: &mut Line) -> io::Result<()> {
    line.redirect("302 Found", "ftp://ftp.example.com/feed.xml")
}

fn redirects_to_nowhere(line: &mut Line) -> io::Result<()> {
    line.answer("301 Moved Permanently", &[], b"")
}

fn redirects_to_rubbish(line: &mut Line) -> io::Result<()> {
    line.redirect("302 Found", "http://[::::]:99999/")
}

/// What is refused is named, without what a terminal obeys.
fn redirects_to_escapes(line: &mut Line) -> io::Result<()> {
    line.redirect("302 Found", "cow:\u{9b}31m\u{9d}0;owned\u{9c}")
}

/// Line ends in an address must not become lines of the next request.
fn redirects_with_line_ends_in_the_path(line: &mut Line) -> io::Result<()> {
    if line.path()? == "/" {
        return line.redirect("302 Found", "/next%0d%0aX-Injected:%20yes\tand more");
    }
    if line.request()?.to_lowercase().contains("\nx-injected") {
        return line.answer("500 Injected", &[], b"");
    }
    line.answer("200 OK", &[], feed().as_bytes())
}

fn redirects_to_1_mb_of_address(line: &mut Line) -> io::Result<()> {
    let far = format!("/{}", "x".repeat(1 << 20));
    line.redirect("302 Found", &far)
}

fn redirects_to_a_closed_port(line: &mut Line) -> io::Result<()> {
    line.redirect("302 Found", "http://127.0.0.1:1/")
}

fn redirects_into_a_private_network(line: &mut Line) -> io::Result<()> {
    line.redirect("302 Found", "http://10.0.0.1/")
}

fn redirects_to_the_metadata_of_a_cloud(line: &mut Line) -> io::Result<()> {
    line.redirect("307 Temporary Redirect", "http://169.254.169.254/latest/meta-data/")
}

/// 10.0.0.1 as one number.
fn redirects_to_an_address_in_decimal(line: &mut Line) -> io::Result<()> {
    line.redirect("302 Found", "http://167772161/")
}

/// 10.0.0.1 as IPv6 (RFC 4291 §2.5.5.2).
fn redirects_to_an_address_in_another(line: &mut Line) -> io::Result<()> {
    line.redirect("302 Found", "http://[::ffff:a00:1]/")
}

/// A network that wants to be paid first; nothing of it is remembered.
fn redirects_to_a_portal(line: &mut Line) -> io::Result<()> {
    if line.path()? == "/" {
        return line.redirect("301 Moved Permanently", "/portal");
    }
    let page = b"<html><body><form>Accept our terms</form></body></html>";
    line.answer("200 OK", &["Content-Type: text/html"], page)
}

/// The body of a redirect is for people: it is not read.
fn redirects_with_an_endless_body(line: &mut Line) -> io::Result<()> {
    if line.path()? != "/" {
        return line.answer("200 OK", &[], feed().as_bytes());
    }
    line.head("302 Found", &["Location: /next"])?;
    line.forever([b'x'; 65_536], Duration::ZERO)
}

fn offers_a_choice(line: &mut Line) -> io::Result<()> {
    line.answer("300 Multiple Choices", &["Location: /one"], b"one, two")
}

/// RFC 9110 §15.4.6: deprecated, for the danger in it.
fn wants_a_proxy(line: &mut Line) -> io::Result<()> {
    line.answer("305 Use Proxy", &["Location: http://127.0.0.1:1/"], b"")
}
