use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use super::super::plain::is_plain;
use super::address::is_clean;
use super::attributes::{link, read_link, read_resource, resource};
use super::*;
use crate::model::link::UrlCleaning;

/// Start tags as the filter writes them.
#[rustfmt::skip]
const STARTS: &[&str] = &[
    "<a href=\"https://example.com/a?b=c&amp;d#e\" rel=\"noopener noreferrer\">", "<a href=\"mailto:a@example.com\" rel=\"noopener noreferrer\">",
    "<a rel=\"noopener noreferrer\">", "<b>", "<b title=\"&quot;&lt;&gt;&nbsp;&amp;'\">", "<i>", "<code>", "<small>", "<span lang=\"de\">", "<del>", "<p>", "<p dir=\"rtl\">",
    "<div>", "<blockquote cite=\"http://example.com\">", "<h1>", "<h2>", "<pre>", "<pre lang=\"x\">", "<ul>", "<ol start=\"3\" reversed=\"\">", "<li>",
    "<li value=\"1\">", "<dl>", "<dt>", "<dd>", "<ruby>", "<rt>", "<rp>", "<details open=\"\">", "<summary>", "<figure>", "<figcaption>", "<table>",
    "<caption>", "<thead>", "<tbody>", "<tfoot>", "<tr>", "<td colspan=\"2\">", "<td>", "<th>", "<picture>", "<video controls=\"\">", "<address>", "<section>",
];

/// What else stands between tags.
#[rustfmt::skip]
const LEAVES: &[&str] = &[
    "<br>", "<hr>", "<wbr>", "<img src=\"https://example.com/a.png\" alt=\"b\">", "<img srcset=\"https://example.com/a.png 1x, https://example.com/b.png 2x\">",
    "<source src=\"https://example.com/a.mp4\">", "word", " ", "\n", "\t", "&amp;", "&lt;", "&gt;", "&nbsp;", "é", "'\"", "=\"", " x", "\u{feff}", "",
];

/// What the filter does not write, or ammonia has to look at.
#[rustfmt::skip]
const HOSTILE: &[&str] = &[
    "<", ">", "&", "\u{a0}", "\r", "\0", "\u{c}", "\u{1}", "&quot;", "&#39;", "&amp", "&copy;", "</", "</a>", "</p>", "</div>", "</b>", "</br>", "</table>", "</li>", "</td>",
    "<P>", "<p >", "<p/>", "<p  title=\"x\">", "<p title='x'>", "<p title=x>", "<p title>", "<p title=\"a\" title=\"b\">", "<p title=\"<\">", "<p title=\"&\">",
    "<p title=\"\u{a0}\">", "<p onclick=\"x\">", "<p class=\"x\">", "<p xml:lang=\"x\">", "<p rel=\"noopener noreferrer\">", "<br/>", "<br></br>", "<a href=\"https://example.com\">",
    "<a rel=\"noopener noreferrer\" href=\"https://example.com\">", "<a href=\"javascript:x\" rel=\"noopener noreferrer\">", "<a href=\"/x\" rel=\"noopener noreferrer\">",
    "<a href=\"https://[\" rel=\"noopener noreferrer\">", "<a href=\"data:,x\" rel=\"noopener noreferrer\">", "<a href=\"https:x\" rel=\"noopener noreferrer\">",
    "<a href=\"HTTPS://EXAMPLE.com:80/\" rel=\"noopener noreferrer\">", "<a href=\"https://xn--a.example/\" rel=\"noopener noreferrer\">", "<a href=\"https://0x7f.1/\" rel=\"noopener noreferrer\">",
    "<img src=\"https://256.256.256.256/\">", "<img src=\"//example.com\">", "<img src=\"mailto:x\">", "<img srcset=\"javascript:x 1x\">", "<img src=\"x\" onerror=\"y\">", "<script>", "<style>",
    "<svg>", "<math>", "<mtext>", "<title>", "<textarea>", "<select>", "<option>", "<template>", "<noscript>", "<plaintext>", "<xmp>", "<iframe>", "<iframe src=\"https://www.youtube.com/embed/a\"></iframe>",
    "<form>", "<input>", "<button>", "<nobr>", "<font>", "<center>", "<main>", "<rb>", "<rtc>", "<col>", "<colgroup>", "<frameset>", "<body>", "<html>", "<head>", "<menu>", "<image>", "<object>", "<marquee>",
    "<!---->", "<!-- x -->", "<!doctype html>", "<?x>", "<![CDATA[x]]>", "<b",
];

/// A tree, as pieces: each element is closed, most stand where they may.
fn tree() -> impl Strategy<Value = Vec<String>> {
    let leaf = select(LEAVES).prop_map(|leaf| vec![leaf.to_owned()]);
    leaf.prop_recursive(6, 48, 5, |inner| {
        (select(STARTS), proptest::collection::vec(inner, 0..5)).prop_map(|(start, children)| {
            let name = start[1..].split([' ', '>']).next().unwrap();
            let parts = match name {
                "ul" | "ol" => &["<li>", "</li>"][..],
                "dl" => &["<dd>", "</dd>"],
                "tr" => &["<td>", "</td>"],
                "tbody" | "thead" | "tfoot" => &["<tr><td>", "</td></tr>"],
                "table" => &["<tbody><tr><td>", "</td></tr></tbody>"],
                _ => &["", ""],
            };
            let children = children.into_iter().flat_map(|child| {
                // Mostly in its right place.
                let is_part = ["<li", "<dd", "<dt", "<td", "<th", "<tr", "<tb", "<tf", "<ca"]
                    .iter()
                    .any(|part| child.first().is_some_and(|first| first.starts_with(part)));
                let [open, close] = if is_part { ["", ""] } else { [parts[0], parts[1]] };
                [vec![open.to_owned()], child, vec![close.to_owned()]].concat()
            });
            [vec![start.to_owned()], children.collect(), vec![format!("</{name}>")]].concat()
        })
    })
}

/// Trees, with a few pieces gone, doubled, in another place or of another kind.
fn damaged() -> impl Strategy<Value = String> {
    let trees = proptest::collection::vec(tree(), 0..4).prop_map(|trees| trees.concat());
    let hostile = prop_oneof![select(HOSTILE), select(STARTS), select(LEAVES)];
    let damage = proptest::collection::vec((any::<Index>(), any::<Index>(), 0..5, hostile), 0..3);
    (trees, damage).prop_map(|(mut pieces, damage)| {
        for (at, other, kind, hostile) in damage {
            if pieces.is_empty() {
                pieces.push(String::new());
            }
            let (at, other) = (at.index(pieces.len()), other.index(pieces.len()));
            match kind {
                0 => drop(pieces.remove(at)),
                1 => pieces.insert(at, pieces[other].clone()),
                2 => pieces.swap(at, other),
                3 => hostile.clone_into(&mut pieces[at]),
                _ => pieces.insert(at, hostile.to_owned()),
            }
        }
        pieces.concat()
    })
}

fn by_ammonia(html: &str) -> String {
    compiled(ammonia::UrlRelative::Deny).clean(html).to_string()
}

fn base() -> Base<'static> {
    Base { url: "https://example.org/news/", keeps_relative: false, links: UrlCleaning::ALL }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]
    #[test]
    fn what_is_plain_is_what_ammonia_and_a_browser_make_of_it(html in damaged()) {
        if is_plain(&html) {
            prop_assert_eq!(&by_ammonia(&html), &html);
            prop_assert_eq!(&parsed(&html), &html);
            prop_assert_eq!(offences(&html), Vec::<String>::new());
            let whole = trimmed(&html).to_owned();
            let again = clean(&whole);
            prop_assert_eq!(clean(&again), again);
        }
    }

    #[test]
    fn what_is_damaged_is_cleaned_into_what_a_browser_reads(html in damaged()) {
        let once = clean(&html);
        prop_assert_eq!(&parsed(&once), &once);
        prop_assert_eq!(&clean(&once), &once);
    }

    #[test]
    fn the_text_of_what_was_written_is_that_of_what_is_read(html in damaged()) {
        for html in [html.clone(), format!(" \n{html}"), format!("\u{feff}{html}"), format!(" \u{feff}<p>{html}")] {
            let (html, text) = with_text(&html);
            let read = text_of(&html);
            prop_assert_eq!(text.trim(), read.as_str(), "{}", html.as_str());
        }
    }

    #[test]
    fn an_address_that_is_not_read_is_what_reading_it_says(
        address in "https?://(([a-z0-9-]{1,4}|xn--[a-z0-9]{1,5}|google|cdn\\.ampproject|r\\.search|yahoo)\\.){0,3}([a-z]{2,3}|[0-9]{1,3}|0x[0-9a-f]|com|org)(:[0-9]{0,5}|\\.)?(/(amp|v3|\\.\\.?|%2e|[a-z0-9&;=@:\\[\\]%_~!*()',+$-]{0,6})){0,4}([?#/\\\\][a-z0-9&;=?#/%.]{0,9})?"
    ) {
        prop_assert_eq!(link(&address, base()).map(Cow::into_owned), read_link(&address, base()));
        prop_assert_eq!(resource(&address, base()).map(Cow::into_owned), read_resource(&address, base()));
    }

    #[test]
    fn an_address_of_any_kind_is_what_reading_it_says(address in "(https?://)?[!-~é\u{a0}]{0,12}(/[!-~]{0,8}){0,3}") {
        prop_assert_eq!(link(&address, base()).map(Cow::into_owned), read_link(&address, base()));
        prop_assert_eq!(resource(&address, base()).map(Cow::into_owned), read_resource(&address, base()));
    }
}

fn with_text(html: &str) -> (SafeHtml, String) {
    let subject = Subject { base: None, page: None, title: "", steps: CleanSteps::ALL };
    Sanitizer::new().clean_with_text(html, &subject)
}

#[test]
fn the_text_of_what_was_written_in_several_pieces_is_that_of_what_is_read() {
    let long = format!("<p>{}<b>{}</b></p>", "word &lt; ".repeat(2000), "x".repeat(9000));
    for html in [
        &long,
        "<ul><li>a<p>b</ul><pre>\n c \n</pre> d",
        "no markup",
        "&amp;lt;",
        "<iframe src=https://example.com/>",
    ] {
        let (html, text) = with_text(html);
        assert_eq!(text.trim(), text_of(&html).as_str());
    }
}

#[test]
fn what_may_stay_is_plain_and_what_is_not_of_the_policy_is_not() {
    for html in MUST_STAY {
        assert!(is_plain(html), "{html}");
    }
    for (html, left) in MUST_GO {
        assert!(!is_plain(html), "{html}");
        assert_eq!(by_ammonia(left), *left, "{left}");
    }
    for html in HOSTILE {
        assert!(!is_plain(&format!("<p>{html}</p>")), "{html}");
    }
}

#[test]
fn much_of_what_is_damaged_is_plain_and_much_is_not() {
    let mut runner = TestRunner::deterministic();
    let mut fragments = (0..1000).map(|_| damaged().new_tree(&mut runner).unwrap().current());
    let plain = fragments.by_ref().filter(|html| html.len() > 40 && is_plain(html)).count();
    assert!((60..900).contains(&plain), "{plain}");
}

#[test]
fn a_redirector_is_not_taken_for_a_page() {
    for address in [
        "https://www.google.com/amp/s/example.com/a",
        "https://cdn.ampproject.org/c/s/example.com/a",
        "https://r.search.yahoo.com/x/RU=https%3a%2f%2fexample.com/b",
        "https://urldefense.com/v3/__https://example.com/__;!!a",
        "https://example.com/a/../amp/x",
        "https://example.com/%2e%2e/amp/x",
        "https://example.com/a?utm_source=b",
        "https://example.com/a#utm_source=b",
    ] {
        assert!(!is_clean(address, UrlCleaning::ALL), "{address}");
    }
    assert!(is_clean("https://example.com/a", UrlCleaning::ALL));
}
