use super::*;
use proptest::prelude::*;

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

#[test]
fn a_line_that_is_no_web_address_stays_as_it_is() {
    for line in
        ["", "  ", "no url", "/a?utm_source=x", "mailto:a@example.org?utm_source=x", "javascript:x?fbclid=1"]
    {
        assert_eq!(clean_line(line), line);
    }
    assert_eq!(clean_line(" https://example.org/a?fbclid=1 \r"), "https://example.org/a");
    assert_eq!(
        clean_line("HTTPS://Bücher.example/Straße?b=%c3%A9&fbclid=1"),
        "HTTPS://Bücher.example/Straße?b=%c3%A9"
    );
}

proptest! {
    #[test]
    fn a_base_is_the_same_read_once_more(
        scheme in "https?|ftp|file", host in "[a-z.:@0-9-]{1,9}|\\[::1\\]", path in "(/|[a-z]|\\.|%2e|%|;|\\\\|é| |\\PC){0,9}", rest in "([?#]|[a-z]|é| |\\PC){0,9}",
    ) {
        let Ok(base) = Url::parse(&format!("{scheme}://{host}/{path}{rest}")) else { return Ok(()) };
        let read = absolute_or_base(base.as_str(), Some(&base)).map(Cow::into_owned);
        prop_assert_eq!(read, absolute(base.as_str(), Some(&base)));
    }
}

#[test]
fn redirectors_inside_each_other_are_unwrapped_to_the_last() {
    let mut wrapped = "https://example.org/a?utm_source=x&b=1".to_owned();
    for _ in 0..6 {
        let target: String = ::url::form_urlencoded::byte_serialize(wrapped.as_bytes()).collect();
        wrapped = format!("https://l.facebook.com/l.php?h=AT0&u={target}");
    }
    assert_eq!(clean_line(&wrapped), "https://example.org/a?b=1");
    let chain = format!("{}https://example.org/a", "https://href.li/?".repeat(2_000));
    assert_eq!(clean_line(&chain), "https://example.org/a");
}

#[test]
fn a_host_without_ending_or_query_is_no_danger() {
    for line in [
        "http://google/url",
        "http://[::1]/url?q=x",
        "https://google.com/amp/",
        "https://google.com/amp/s/",
        "https://x.cdn.ampproject.org/c",
        "https://www.bing.com/ck/a?u=a1%ff",
        "https://urldefense.com/v3/__https://a*b__;%ff!!x",
    ] {
        assert_eq!(clean_line(line), line);
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
    fn cleaning_a_url_twice_changes_nothing_more(host in "(example\\.org|www\\.google\\.com/url|href\\.li|l\\.facebook\\.com/l\\.php|google\\.com/amp/s|a\\.cdn\\.ampproject\\.org/c/s)", tail in "[a-z/]{0,6}([?#&=:~,!]|utm_|ref=rss|amp;|xtor=|u=|q=|https://example\\.org/|https%3A%2F%2Fhref\\.li/|[a-z%é ]){0,24}") {
        let once = clean_url(&url(&format!("https://{host}/{tail}")));
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
