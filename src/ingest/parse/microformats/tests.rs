use super::*;

fn entries(html: &str) -> Option<usize> {
    page(html, &Hints::default()).ok().map(|document| document.entries.len())
}

#[test]
fn a_page_is_a_feed_if_it_says_so_or_has_entries_and_links_to_no_feed() {
    let entry = "<p class=h-entry><a class='u-url p-name' href=http://a.example/1>x</a></p>";
    let classic = "<p class=hentry><a class=entry-title rel=bookmark href=http://a.example/1>x</a></p>";
    let linked = "<link rel=alternate type=application/rss+xml href=http://a.example/feed>";
    let in_feed = |class: &str, entry: &str| format!("<html><body class={class}>{entry}");
    let table = [
        (format!("<html>{entry}"), Some(1)),
        (format!("<html>{linked}{entry}"), None),
        (in_feed("h-feed", entry), Some(1)),
        (in_feed("h-feed", &format!("{linked}{entry}")), Some(1)),
        (in_feed("h-feed", ""), None),
        (in_feed("h-feed", &format!("{linked}{classic}")), None),
        (in_feed("hfeed", classic), Some(1)),
        (format!("<html>{classic}{classic}"), Some(2)),
        (format!("<html>{linked}{classic}"), None),
        ("<html><p class=hentry>words".to_owned(), None),
        ("<html><p class=hentry><a rel=bookmark href=/x>words</a>".to_owned(), None),
        ("<html><p>h-entry".to_owned(), None),
        (format!("<html>{entry}{classic}"), Some(1)),
    ];
    for (html, expected) in table {
        assert_eq!(entries(&html), expected, "{html}");
    }
}

#[test]
fn a_hostile_page_is_read_in_bounds() {
    let many = "<p class=h-entry><a class='u-url p-name' href=/1>x</a></p>".repeat(3000);
    let document = page(&format!("<html class=h-feed>{many}"), &Hints::default()).unwrap();
    assert_eq!((document.entries.len(), document.warnings[0].code), (MAX_ENTRIES, "too-many-entries"));
    let deep = "<div class='h-entry e-content p-name dt-published u-url'>".repeat(20_000);
    assert_eq!(entries(&format!("<html class=h-feed>{deep}")), None);
    let nested = "<div class='e-content p-name p-author dt-updated u-in-reply-to'>x".repeat(50_000);
    let document = page(
        &format!("<html class=h-feed><div class=h-entry><a class=u-url href=http://a.example/>#</a>{nested}"),
        &Hints::default(),
    )
    .unwrap();
    let size: usize = document.entries[0].content.iter().map(|text| text.value.len()).sum();
    assert!(size < 50_000_000, "{size}");
}
