//! Every change that a source can make to what names its articles, from the wire to the published feed: nothing doubles,
//! nothing is lost, no published id changes.

use std::collections::BTreeMap;

use crate::mill::Mill;

/// An item as a source writes it; `""`: not given.
#[derive(Clone, Copy, Default)]
struct Item {
    guid: &'static str,
    link: &'static str,
    title: &'static str,
    date: &'static str,
    text: &'static str,
}

const MONDAY: &str = "Mon, 16 Nov 2026 08:00:00 GMT";
const TUESDAY: &str = "Tue, 17 Nov 2026 08:00:00 GMT";
const FRIDAY: &str = "Fri, 20 Nov 2026 08:00:00 GMT";

const fn item(number: usize) -> Item {
    const ITEMS: [(&str, &str, &str); 4] = [
        ("https://one.example.com/?p=1", "https://one.example.com/2026/alpha", "Alpha"),
        ("https://one.example.com/?p=2", "https://one.example.com/2026/bravo", "Bravo"),
        ("https://one.example.com/?p=3", "https://one.example.com/2026/charlie", "Charlie"),
        ("https://one.example.com/?p=4", "https://one.example.com/2026/delta", "Delta"),
    ];
    let (guid, link, title) = ITEMS[number];
    Item { guid, link, title, date: if number == 0 { MONDAY } else { TUESDAY }, text: title }
}

fn document(items: &[Item]) -> String {
    let part = |name: &str, text: &str| {
        let text = text.replace('&', "&amp;");
        if text.is_empty() { String::new() } else { format!("<{name}>{text}</{name}>") }
    };
    let item = |item: &Item| {
        let guid = if item.guid.is_empty() {
            String::new()
        } else {
            format!("<guid isPermaLink=\"false\">{}</guid>", item.guid.replace('&', "&amp;"))
        };
        let (title, link, date) =
            (part("title", item.title), part("link", item.link), part("pubDate", item.date));
        format!("<item>{guid}{title}{link}{date}{}</item>", part("description", item.text))
    };
    let items: String = items.iter().map(item).collect();
    format!(
        "<rss version=\"2.0\"><channel><title>One</title><link>https://one.example.com/</link>\
         <description>d</description>{items}</channel></rss>"
    )
}

/// A mill whose source showed these documents one after the other, an hour apart.
fn after(history: &[Vec<Item>]) -> Mill {
    let mill = Mill::new("[sources.one]\nfiles = \"one.rss\"\n[feeds.news]\ntitle = \"News\"\n");
    for (hour, items) in history.iter().enumerate() {
        mill.write("one.rss", &document(items));
        mill.run_at(&format!("2026-11-23T{hour:02}:00:00Z"), &["run", "--quiet"]).with(0);
    }
    mill
}

/// The published ids, by title.
fn ids(mill: &Mill) -> BTreeMap<String, String> {
    let text = |item: &serde_json::Value, key: &str| item[key].as_str().unwrap().to_owned();
    let items = mill.items("news");
    let ids: BTreeMap<_, _> = items.iter().map(|item| (text(item, "title"), text(item, "id"))).collect();
    assert_eq!(ids.len(), items.len(), "two items of one title: {ids:?}");
    ids
}

/// The four items, each changed.
fn each(change: impl Fn(usize, Item) -> Item) -> Vec<Item> {
    (0..4).map(|number| change(number, item(number))).collect()
}

fn leak(text: String) -> &'static str {
    text.leak()
}

/// What a source may do to its items: they stay the same four articles under the same ids, there and back.
fn changes() -> Vec<(&'static str, Vec<Item>)> {
    let guid = |to: fn(&str) -> String| each(move |_, item| Item { guid: leak(to(item.guid)), ..item });
    let link = |to: fn(&str) -> String| each(move |_, item| Item { link: leak(to(item.link)), ..item });
    let both = |to: fn(&str) -> String| {
        each(move |_, item| Item { guid: leak(to(item.guid)), link: leak(to(item.link)), ..item })
    };
    let first = |change: fn(Item) -> Item| each(move |n, item| if n == 0 { change(item) } else { item });
    let reversed: Vec<Item> = each(|_, item| item).into_iter().rev().collect();
    vec![
        ("http in guids and links", both(|text| text.replace("https:", "http:"))),
        ("http in guids", guid(|text| text.replace("https:", "http:"))),
        ("tracking parameters", link(|text| format!("{text}?utm_source=rss&utm_medium=feed&fbclid=1"))),
        ("a fragment", link(|text| format!("{text}#comments"))),
        ("a trailing slash", link(|text| format!("{text}/"))),
        ("the host in capitals", link(|text| text.replace("one.example", "ONE.Example"))),
        ("another host, www", link(|text| text.replace("//one", "//www.one"))),
        ("mobile pages", link(|text| text.replace("//one", "//m.one"))),
        ("AMP pages", link(|text| format!("{text}/amp"))),
        ("other links under the same guids", link(|text| text.replace("2026", "archive"))),
        (
            "guids of another scheme",
            guid(|text| text.replace("https://one.example.com/?p=", "urn:one:post-")),
        ),
        ("guids that are the links", each(|_, item| Item { guid: item.link, ..item })),
        ("no guids any more", each(|_, item| Item { guid: "", ..item })),
        ("no links any more", each(|_, item| Item { link: "", ..item })),
        (
            "a feed that moved to another host",
            both(|text| text.replace("one.example.com", "two.example.net")),
        ),
        (
            "everything keyed anew, links too",
            both(|text| text.replace("one.example.com/", "one.example.com/new/x")),
        ),
        ("one guid of another scheme", first(|item| Item { guid: "urn:one:first", ..item })),
        ("another title", first(|item| Item { title: "Alpha, corrected", ..item })),
        ("another text", first(|item| Item { text: "Other words", ..item })),
        ("a later date", first(|item| Item { date: FRIDAY, ..item })),
        ("no date", first(|item| Item { date: "", ..item })),
        ("another order", reversed),
        ("an item twice", [each(|_, item| item), vec![item(1)]].concat()),
    ]
}

/// What a source does to its document.
type Change = fn(&str) -> String;

#[test]
fn whatever_a_source_does_to_its_items_they_stay_one_article_each_under_one_id() {
    let before = each(|_, item| item);
    let wanted: Vec<String> = ids(&after(std::slice::from_ref(&before))).into_values().collect();
    for (change, items) in changes() {
        for history in [vec![before.clone(), items.clone()], vec![before.clone(), items, before.clone()]] {
            let mill = after(&history);
            let mut now: Vec<String> = ids(&mill).into_values().collect();
            let mut wanted = wanted.clone();
            now.sort();
            wanted.sort();
            assert_eq!(now, wanted, "{change}, {} documents", history.len());
        }
    }
}

#[test]
fn without_guids_links_may_change_as_they_like_too() {
    let changes: [(&str, Change); 8] = [
        ("http", |link| link.replace("https:", "http:")),
        ("tracking parameters", |link| format!("{link}?utm_source=rss&utm_campaign=x")),
        ("a fragment", |link| format!("{link}#top")),
        ("a trailing slash", |link| format!("{link}/")),
        ("www", |link| link.replace("//one", "//www.one")),
        ("mobile pages", |link| link.replace("//one", "//m.one")),
        ("AMP pages", |link| format!("{link}/amp")),
        ("other links", |link| link.replace("2026", "archive")),
    ];
    let before = each(|_, item| Item { guid: "", ..item });
    let wanted = ids(&after(std::slice::from_ref(&before)));
    for (change, to) in changes {
        let items = each(|_, item| Item { guid: "", link: leak(to(item.link)), ..item });
        assert_eq!(ids(&after(&[before.clone(), items, before.clone()])), wanted, "{change}");
    }
}

#[test]
fn guids_that_appear_later_name_no_new_articles() {
    let without = each(|_, item| Item { guid: "", ..item });
    let mill = after(&[without.clone(), each(|_, item| item), without]);
    assert_eq!(ids(&mill).len(), 4);
}

#[test]
fn a_random_guid_at_each_fetch_doubles_nothing() {
    let random = |fetch: usize| {
        each(move |number, item| Item { guid: leak(format!("urn:x:{}", fetch * 7919 + number)), ..item })
    };
    let history: Vec<_> = (0..12).map(random).collect();
    let first: Vec<String> = ids(&after(&history[..1])).into_values().collect();
    assert_eq!(ids(&after(&history)).into_values().collect::<Vec<_>>(), first);
}

#[test]
fn an_item_without_guid_and_link_dated_anew_at_each_fetch_stays_one() {
    const DATES: [&str; 3] = [MONDAY, TUESDAY, FRIDAY];
    let history: Vec<_> = (0..12)
        .map(|fetch| each(|_, item| Item { guid: "", link: "", date: DATES[fetch % 3], ..item }))
        .collect();
    assert_eq!(ids(&after(&history)), ids(&after(&history[..1])));
}

#[test]
fn a_guid_given_to_items_of_one_document_twice_tells_them_not_apart() {
    let mut items = each(|_, item| item);
    items[1].guid = items[0].guid;
    let mill = after(&[items.clone(), items.clone()]);
    assert_eq!(ids(&mill).len(), 4);
    items.reverse();
    assert_eq!(ids(&after(&[items.clone(), items])).len(), 4);
}

#[test]
fn a_guid_used_again_for_another_story_is_an_edit_as_the_source_says() {
    let mut items = each(|_, item| item);
    items[0] = Item {
        guid: item(0).guid,
        ..Item {
            title: "Echo",
            text: "Echo",
            date: FRIDAY,
            link: "https://one.example.com/2026/echo",
            guid: "",
        }
    };
    let mill = after(&[each(|_, item| item), items]);
    let titles: Vec<String> = ids(&mill).into_keys().collect();
    assert_eq!(titles, ["Bravo", "Charlie", "Delta", "Echo"]);
    let shown = mill.run(&["show", item(0).link, "--history"]).with(0).stdout;
    assert!(shown.contains("Alpha"), "its first words are kept: {shown}");
}

#[test]
fn an_item_that_comes_back_after_it_scrolled_off_is_the_old_one() {
    let short = |numbers: &[usize]| numbers.iter().map(|&number| item(number)).collect::<Vec<_>>();
    let mill = after(&[short(&[1, 0]), short(&[3, 2]), short(&[3, 0])]);
    assert_eq!(ids(&mill), ids(&after(&[each(|_, item| item)])));
}
