use super::*;
use proptest::prelude::*;

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

#[test]
fn tracking_parameters_go_and_the_rest_stays_byte_for_byte() {
    let table = [
        ("https://example.org/a?utm_source=rss&b=1", "https://example.org/a?b=1"),
        ("https://example.org/a?b=%C3%A9+x&UTM_Medium=x&a=2&&c", "https://example.org/a?b=%C3%A9+x&a=2&&c"),
        ("https://example.org/a?fbclid=1", "https://example.org/a"),
        ("https://example.org/a?a=1&amp;utm_term=x&mc_cid=2&mc_eid=3", "https://example.org/a?a=1"),
        ("https://example.org/a?ref=rss&source=rss-front", "https://example.org/a"),
        ("https://example.org/a?source=rss----abc---4", "https://example.org/a"),
        ("https://example.org/a#xtor=RSS-3", "https://example.org/a"),
        ("https://example.org/a#utm_source=x&utm_medium=y", "https://example.org/a"),
        ("https://example.org/a#:~:text=some%20words", "https://example.org/a"),
        ("https://example.org/a?hsa_acc=1&gclid=2&id=7#part:~:text=x", "https://example.org/a?id=7#part"),
    ];
    for (dirty, clean) in table {
        assert_eq!(clean_url(&url(dirty)).as_str(), clean, "{dirty}");
    }
}

#[test]
fn parameters_that_say_what_the_page_is_stay() {
    for text in [
        "https://example.org/a?ref=main&source=reuters",
        "https://example.org/a?ref=rsspage",
        "https://example.org/wiki?title=utm_source",
        "https://example.org/a?utmost=1&gclids=2",
        "https://example.org/a?",
        "https://example.org/a?#",
        "https://example.org/a#section-2",
        "https://example.org/a?q=a%20b&x=~!",
        "mailto:a@example.org?utm_source=x",
    ] {
        assert_eq!(clean_url(&url(text)).as_str(), text);
    }
}

#[test]
fn the_key_of_a_link_ignores_what_does_not_make_another_page() {
    let same = [
        "https://example.org/News/1",
        "http://EXAMPLE.org/News/1",
        "https://example.org:443/News/1/",
        "https://example.org/News/1?utm_source=rss",
        "https://example.org/News/1#comments",
        "https://example.org/News/1?",
    ];
    for text in same {
        assert_eq!(link_key(&url(text)), Key::Link("example.org/News/1".into()), "{text}");
    }
    let others = [
        ("https://www.example.org/News/1", "www.example.org/News/1"),
        ("https://example.org/news/1", "example.org/news/1"),
        ("https://example.org:8080/", "example.org:8080"),
        ("https://example.org/a/?id=2", "example.org/a?id=2"),
        ("https://example.org/#!/a", "example.org#!/a"),
    ];
    for (text, key) in others {
        assert_eq!(link_key(&url(text)), Key::Link(key.into()));
    }
}

#[test]
fn the_key_of_a_guid_has_no_scheme() {
    for guid in ["http://example.org/?p=1", " https://example.org/?p=1\n", "HTTPS://example.org/?p=1"] {
        assert_eq!(guid_key(guid), Key::Guid("example.org/?p=1".into()));
    }
    assert_eq!(guid_key("urn:uuid:1"), Key::Guid("urn:uuid:1".into()));
    assert_eq!(guid_key("tag:example.org,2024:1"), Key::Guid("tag:example.org,2024:1".into()));
}

#[test]
fn only_web_addresses_become_absolute() {
    let base = url("https://example.org/a/b");
    assert_eq!(absolute(" ../c?d ", Some(&base)).unwrap().as_str(), "https://example.org/c?d");
    assert_eq!(absolute("//example.com/x", None).unwrap().as_str(), "https://example.com/x");
    for text in ["javascript:alert(1)", "ftp://example.org/", "data:text/html,x", "http://"] {
        assert_eq!(absolute(text, Some(&base)), None, "{text}");
    }
    assert_eq!(absolute("/c", None), None);
}

proptest! {
    #[test]
    fn cleaning_a_url_twice_changes_nothing_more(tail in "[a-z/]{0,6}([?#&=:~,!]|utm_|ref=rss|amp;|xtor=|[a-z%é ]){0,24}") {
        let once = clean_url(&url(&format!("https://example.org/{tail}")));
        prop_assert_eq!(&clean_url(&once), &once);
        prop_assert_eq!(Url::parse(once.as_str()).unwrap(), once);
    }

    #[test]
    fn the_key_of_a_key_is_itself(tail in "[a-z/]{0,6}([?#&=!/:]|utm_|[a-z%é ]){0,24}", guid in "( |http://|HTTPS://|[a-z:/]){0,12}") {
        let Key::Link(key) = link_key(&url(&format!("http://example.org/{tail}"))) else { unreachable!() };
        prop_assert_eq!(link_key(&url(&format!("https://{key}"))), Key::Link(key));
        let Key::Guid(key) = guid_key(&guid) else { unreachable!() };
        prop_assert_eq!(guid_key(&key), Key::Guid(key));
    }
}
