use super::*;

fn resolved(base: &str, reference: &str) -> String {
    resolve(&tidy(reference), base).into_owned()
}

/// The examples of RFC 3986 §5.4.1 and §5.4.2.
#[test]
fn references_are_resolved_as_in_the_examples_of_rfc_3986() {
    let table = [
        ("g:h", "g:h"),
        ("g", "http://a/b/c/g"),
        ("./g", "http://a/b/c/g"),
        ("g/", "http://a/b/c/g/"),
        ("/g", "http://a/g"),
        ("//g", "http://g"),
        ("?y", "http://a/b/c/d;p?y"),
        ("g?y", "http://a/b/c/g?y"),
        ("#s", "http://a/b/c/d;p?q#s"),
        ("g#s", "http://a/b/c/g#s"),
        ("g?y#s", "http://a/b/c/g?y#s"),
        (";x", "http://a/b/c/;x"),
        ("g;x", "http://a/b/c/g;x"),
        ("g;x?y#s", "http://a/b/c/g;x?y#s"),
        ("", "http://a/b/c/d;p?q"),
        (".", "http://a/b/c/"),
        ("./", "http://a/b/c/"),
        ("..", "http://a/b/"),
        ("../", "http://a/b/"),
        ("../g", "http://a/b/g"),
        ("../..", "http://a/"),
        ("../../", "http://a/"),
        ("../../g", "http://a/g"),
        ("../../../g", "http://a/g"),
        ("../../../../g", "http://a/g"),
        ("/./g", "http://a/g"),
        ("/../g", "http://a/g"),
        ("g.", "http://a/b/c/g."),
        (".g", "http://a/b/c/.g"),
        ("g..", "http://a/b/c/g.."),
        ("..g", "http://a/b/c/..g"),
        ("./../g", "http://a/b/g"),
        ("./g/.", "http://a/b/c/g/"),
        ("g/./h", "http://a/b/c/g/h"),
        ("g/../h", "http://a/b/c/h"),
        ("g;x=1/./y", "http://a/b/c/g;x=1/y"),
        ("g;x=1/../y", "http://a/b/c/y"),
        ("g?y/./x", "http://a/b/c/g?y/./x"),
        ("g?y/../x", "http://a/b/c/g?y/../x"),
        ("g#s/./x", "http://a/b/c/g#s/./x"),
        ("g#s/../x", "http://a/b/c/g#s/../x"),
        // "Strict" parsers would leave it; browsers and Python do not.
        ("http:g", "http://a/b/c/g"),
    ];
    for (reference, expected) in table {
        assert_eq!(resolved("http://a/b/c/d;p?q", reference), expected, "{reference}");
    }
}

#[test]
fn what_is_absolute_stays_byte_for_byte() {
    for reference in [
        "http://example.com",
        "HTTP://Example.COM/A/../b",
        "https://user:pass@example.com:443/?#",
        "http://example.com/a b",
        "http://bücher.example/straße?ß#ü",
        "http://example.com/%7euser/%zz",
        "http://example.com:80/",
        "mailto:a@example.org?subject=x",
        "tel:+1-201-555-0123",
        "urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8",
        "tag:example.org,2024:1",
        "magnet:?xt=urn:btih:1",
        "feed://example.com/rss",
        "feed:https://example.com/rss",
        "svn+ssh://example.com/x",
        "file:///etc/hosts",
        "ftp://example.com/x;type=a",
        "https:other-scheme",
        "x:",
    ] {
        for base in ["http://example.org/a/b", "", "/a/"] {
            assert_eq!(resolved(base, reference), reference, "{base}");
        }
    }
}

#[test]
fn what_browsers_forgive_is_forgiven() {
    let table = [
        ("  /x \n", "https://example.org/x"),
        ("\u{a0}x\u{3000}", "https://example.org/a/x"),
        ("\u{1}\u{0}x", "https://example.org/a/x"),
        ("/a\n/b\tc\r\n", "https://example.org/a/bc"),
        ("x y", "https://example.org/a/x y"),
        ("\\x\\y?a\\b#c\\d", "https://example.org/x/y?a\\b#c\\d"),
        ("\\\\example.com\\x", "https://example.com/x"),
        ("..\\x", "https://example.org/x"),
        ("http:///example.com/x", "http://example.com/x"),
        ("http:////example.com/x", "http://example.com/x"),
        ("http:\\\\example.com/x", "http://example.com/x"),
        ("https:x", "https://example.org/a/x"),
        ("https:/x", "https://example.org/x"),
        ("HTTPS:?x", "https://example.org/a/b?x"),
        ("é/ß?ü", "https://example.org/a/é/ß?ü"),
        ("%2e%2e/x", "https://example.org/a/%2e%2e/x"),
        ("//example.com", "https://example.com"),
        ("//example.com?x", "https://example.com?x"),
        ("//example.com/a/../b", "https://example.com/b"),
        ("1:2", "https://example.org/a/1:2"),
        ("a b:c", "https://example.org/a/a b:c"),
        ("./a:b", "https://example.org/a/a:b"),
        ("x//y", "https://example.org/a/x//y"),
        ("/", "https://example.org/"),
        ("#", "https://example.org/a/b?q#"),
        ("?", "https://example.org/a/b?"),
    ];
    for (reference, expected) in table {
        assert_eq!(resolved("https://example.org/a/b?q#f", reference), expected, "{reference:?}");
    }
}

#[test]
fn every_kind_of_base_is_one() {
    let table = [
        ("http://example.com", "x", "http://example.com/x"),
        ("http://example.com", "../x", "http://example.com/x"),
        ("http://example.com", "?x", "http://example.com?x"),
        ("http://example.com", "", "http://example.com"),
        ("http://example.com?a=/b/", "x", "http://example.com/x"),
        ("http://example.com#a/b", "x", "http://example.com/x"),
        ("http://example.com/a/b/", "x", "http://example.com/a/b/x"),
        ("http://example.com/a/b", "x", "http://example.com/a/x"),
        ("http://example.com/a/../b/", "x", "http://example.com/b/x"),
        ("http://example.com/a/?q=/1/#f/g", "x", "http://example.com/a/x"),
        ("http://u:p@example.com:8080/a/", "/x", "http://u:p@example.com:8080/x"),
        ("http://[2001:db8::1]:80/a", "x", "http://[2001:db8::1]:80/x"),
        ("http://bücher.example/straße/", "x", "http://bücher.example/straße/x"),
        ("file:///srv/feeds/", "x.xml", "file:///srv/feeds/x.xml"),
        ("file:///srv/feeds/", "/x.xml", "file:///x.xml"),
        ("HTTP://Example.com/A/", "x", "http://Example.com/A/x"),
        ("", "x", "x"),
        ("", "//example.com/x", "//example.com/x"),
        ("/a/b/", "x", "/a/b/x"),
        ("/a/b/", "../../../x", "/x"),
        ("a/b", "../x", "x"),
        ("a/b", "../../x", "../x"),
        ("a/", "b/", "a/b/"),
        ("../a/", "x", "../a/x"),
        ("//example.com/a/", "x", "//example.com/a/x"),
        ("/a/", "//example.com/x", "//example.com/x"),
    ];
    for (base, reference, expected) in table {
        assert_eq!(resolved(base, reference), expected, "{base} {reference}");
    }
}

#[test]
fn what_runs_or_carries_content_is_told() {
    for reference in [
        "javascript:alert(1)",
        " JavaScript:alert(1)",
        "java\nscript:alert(1)",
        "\u{1}javascript:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "javascript :x",
    ] {
        assert!(is_unsafe(&tidy(reference)), "{reference:?}");
    }
    for reference in ["javascript", "/javascript:x", "?data:x", "mailto:x", "datatracker:x", "data"] {
        assert!(!is_unsafe(&tidy(reference)), "{reference:?}");
    }
}

/// Where a browser's parser gives no error, ours leads to the same place.
#[test]
fn joined_references_lead_where_a_browser_goes() {
    let references =
        ["x", "../x", "/x", "?x", "#x", "", "./", "..", "//h/x", "http:x", "https:x", "a/../b", "\\x", "x;y"];
    let bases = [
        "http://e.org/",
        "http://e.org/a/b?c#d",
        "https://e.org/a/b/",
        "https://e.org:8/a//b/./c",
        "http://u@e.org/..",
        "file:///a/b",
    ];
    for base in bases {
        let url = ::url::Url::parse(base).unwrap();
        for reference in references {
            let expected = url.join(reference).map(|mut url| {
                if reference.is_empty() {
                    url.set_fragment(None);
                }
                url.to_string()
            });
            let found = ::url::Url::parse(resolved(base, reference).as_str()).map(|mut url| {
                if reference.is_empty() {
                    url.set_fragment(None);
                }
                url.to_string()
            });
            assert_eq!(found, expected, "{base} {reference}");
        }
    }
}
