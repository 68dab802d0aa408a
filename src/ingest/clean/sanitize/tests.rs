mod attacks;
mod frames;
mod laws;
mod plain;

use std::time::{Duration, Instant};

use super::*;

fn clean(html: &str) -> String {
    let base = Url::parse("https://example.org/news/today").unwrap();
    sanitize(html, Some(&base)).as_str().to_owned()
}

/// What must go, with what is left of it.
const MUST_GO: &[(&str, &str)] = &[
    ("a<script>alert(1)</script>b", "ab"),
    ("a<SCRIPT SRC=//example.com/x.js></SCRIPT>b", "ab"),
    ("<scr<script>ipt>alert(1)</script>", "ipt&gt;alert(1)"),
    ("<script/x>alert(1)</script>b", "b"),
    ("<style>p{background:url(javascript:x)}</style>b", "b"),
    ("<img src=x onerror=alert(1)>", "<img src=\"https://example.org/news/x\">"),
    ("<img/src='x'/onerror='alert(1)'>", "<img src=\"https://example.org/news/x\">"),
    ("<img src=\"x\"onerror=\"alert(1)\">", "<img src=\"https://example.org/news/x\">"),
    ("<img src=javascript:alert(1)>", ""),
    ("<img src=data:image/svg+xml;base64,PHN2Zz4=>", ""),
    (
        "<img src=x srcset='javascript:a 1x, y.png 2x'>",
        "<img src=\"https://example.org/news/x\" srcset=\"https://example.org/news/y.png 2x\">",
    ),
    ("<a href=javascript:alert(1)>a</a>", "a"),
    ("<a href=' &#1; javascript:alert(1)'>a</a>", "a"),
    ("<a href='java&#10;script:alert(1)'>a</a>", "a"),
    ("<a href='java&Tab;script&colon;alert(1)'>a</a>", "a"),
    ("<a href='&#x6a;avascript:alert(1)'>a</a>", "a"),
    ("<a href=JaVaScRiPt:alert(1)>a</a>", "a"),
    ("<a href=vbscript:x>a</a>", "a"),
    ("<a href='data:text/html,<script>x</script>'>a</a>", "a"),
    ("<a href=file:///etc/passwd>a</a>", "a"),
    ("<a href=ftp://example.com/a>a</a>", "a"),
    (
        "<a id=x name=y class=z style='color:red' data-a=1 target=_blank ping=/p href=/a>a</a>",
        "<a href=\"https://example.org/a\" rel=\"noopener noreferrer\">a</a>",
    ),
    ("<a rel=opener href=/a>a</a>", "<a href=\"https://example.org/a\" rel=\"noopener noreferrer\">a</a>"),
    ("<p onclick=x onmouseover='y' ONFOCUS=z>a</p>", "<p>a</p>"),
    ("<blockquote cite=javascript:x>a</blockquote>", "<blockquote>a</blockquote>"),
    ("<video poster=javascript:x src=data:,x controls autoplay></video>", "<video controls=\"\"></video>"),
    (
        "<iframe src=https://example.com/><p>inside</p></iframe>b",
        "<a href=\"https://example.com/\" rel=\"noopener noreferrer\">example.com</a> b",
    ),
    ("<iframe srcdoc='<script>x</script>'/>b", "b"),
    ("<object data=x.swf><param name=a>inside</object>b", "insideb"),
    ("<embed src=x.swf>b", "b"),
    ("<applet code=x>a</applet>", "a"),
    ("<form action=/f><input name=a><button formaction=javascript:x>Send</button>a</form>", "<div>a</div>"),
    ("<textarea><script>x</script></textarea>b", "b"),
    ("<select><option>1</select>b", "b"),
    ("<svg><script>alert(1)</script><a xlink:href=javascript:x>t</a></svg>b", "b"),
    ("<svg/onload=alert(1)>b", "b"),
    ("<svg><style><img src=x onerror=alert(1)></style></svg>b", "b"),
    ("<math><mtext><table><mglyph><style><img src onerror=x></style></mglyph></table></mtext></math>b", "b"),
    ("<math><annotation-xml encoding='text/html'><img src=x onerror=y></annotation-xml></math>b", "b"),
    (
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>a</p></noscript>",
        "<p title=\"&lt;/noscript&gt;&lt;img src=x onerror=alert(1)&gt;\">a</p>",
    ),
    (
        "<xmp><p title='</xmp><img src=x onerror=y>'>a</xmp>",
        "<pre><p title=\"&lt;/xmp&gt;&lt;img src=x onerror=y&gt;\">a</p></pre>",
    ),
    ("<!--[if IE]><script>x</script><![endif]-->b", "b"),
    ("<!--><img src=x onerror=y>-->", "<img src=\"https://example.org/news/x\">--&gt;"),
    ("<![CDATA[<script>x</script>]]>b", "]]&gt;b"),
    ("<?php echo 1 ?>b", "b"),
    (
        "<base href=javascript:x//><a href=b>a</a>",
        "<a href=\"https://example.org/news/b\" rel=\"noopener noreferrer\">a</a>",
    ),
    ("<meta http-equiv=refresh content='0;url=javascript:x'>b", "b"),
    ("<link rel=stylesheet href=//example.com/x.css>b", "b"),
    ("<head><title>T</title></head><body onload=x>b</body>", "b"),
    ("<template><script>x</script></template>b", "b"),
    ("<marquee onstart=x>a</marquee><blink>b</blink>", "ab"),
    ("<fb:like>a</fb:like><o:p>b</o:p>", "ab"),
    ("<p dir=x lang='\"><script>'>a", "<p dir=\"x\" lang=\"&quot;&gt;&lt;script&gt;\">a</p>"),
    ("\u{feff} \u{feff}<b></b>\u{feff}a", "<b></b>\u{feff}a"),
    ("\u{feff}a", "a"),
    ("a\u{0}b\u{b}c\u{fffe}d&#11;e&#1;f", "abcdef"),
    ("<img width=1e9 height='1\"onload=x' src=x>", "<img src=\"https://example.org/news/x\">"),
    ("<span class=x>a</span><font color=red>b</font>", "ab"),
    (
        "<details open ontoggle=x><summary>a</summary>b</details>",
        "<details open=\"\"><summary>a</summary>b</details>",
    ),
    ("a<p title=\"never closed", "a"),
];

/// What must stay as it is, each a near twin of something above.
const MUST_STAY: &[&str] = &[
    "a &lt;script&gt;alert(1)&lt;/script&gt; b",
    "javascript:alert(1) is no link",
    "<p>onerror=alert(1)</p>",
    "<p title=\"onclick=x\">a</p>",
    "<p lang=\"ar\" dir=\"rtl\">a</p>",
    "<img src=\"https://example.org/a.png\" alt=\"javascript:x\" width=\"640\" height=\"50%\">",
    "<img srcset=\"https://example.org/a.png 1.5x, https://example.org/b.png 640w\" sizes=\"(max-width: 1px) 2px\">",
    "<a href=\"https://example.org/?q=javascript:x\" rel=\"noopener noreferrer\">a</a>",
    "<a href=\"mailto:a@example.org\" rel=\"noopener noreferrer\">a</a>",
    "<a href=\"https://example.org/news/today#part\" rel=\"noopener noreferrer\">a</a>",
    "<blockquote cite=\"https://example.org/a\"><p>a</p></blockquote>",
    "<video src=\"https://example.org/a.mp4\" poster=\"https://example.org/a.png\" controls=\"\"></video>",
    "<audio controls=\"\"><source src=\"https://example.org/a.mp3\" type=\"audio/mpeg\"></audio>",
    "<picture><source srcset=\"https://example.org/a.webp\" media=\"print\"><img src=\"https://example.org/a.png\"></picture>",
    "<figure><img src=\"https://example.org/a.png\"><figcaption>a</figcaption></figure>",
    "<table><caption>c</caption><thead><tr><th scope=\"col\" colspan=\"2\">a</th></tr></thead><tbody><tr><td rowspan=\"2\">b</td></tr></tbody></table>",
    "<ol start=\"3\" reversed=\"\"><li value=\"7\">a</li></ol>",
    "<pre><code>a\n  &lt;b&gt;</code></pre>",
    "<p>a<br>b<wbr>c</p><hr><h2>d</h2>",
    "<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>",
    "<p><del datetime=\"2024-05-01\">a</del> <ins>b</ins> <sub>c</sub><sup>d</sup> <kbd>e</kbd> <mark>f</mark></p>",
    "<time datetime=\"2024-05-01\">May</time>",
    "“quotes” – dashes … &amp; &nbsp; 日本語 🎉",
    "<dl><dt>a</dt><dd>b</dd></dl>",
];

#[test]
fn what_executes_tracks_or_breaks_out_goes() {
    for (html, left) in MUST_GO {
        assert_eq!(clean(html), *left, "{html}");
    }
}

#[test]
fn what_belongs_to_the_story_stays() {
    for html in MUST_STAY {
        assert_eq!(clean(html), *html);
    }
}

#[test]
fn a_line_feed_that_a_parser_drops_is_dropped_at_once() {
    assert_eq!(clean("<pre>\n\na\n</pre>"), "<pre>a\n</pre>");
    assert_eq!(clean("<pre lang='>'>\n\na\n</pre>"), "<pre lang=\"&gt;\">a\n</pre>");
}

#[test]
fn every_attack_cleaned_is_clean() {
    for (html, _) in MUST_GO {
        let once = clean(html);
        assert_eq!(clean(&once), once, "{html}");
    }
}

#[test]
fn urls_are_absolute_and_clean_or_gone() {
    assert_eq!(
        clean("<a href='../b?utm_source=x&amp;c=1'>a</a>"),
        "<a href=\"https://example.org/b?c=1\" rel=\"noopener noreferrer\">a</a>"
    );
    assert_eq!(
        sanitize("<a href=/b>a</a><img src=c><img src=//example.com/d>", None).as_str(),
        "a<img src=\"https://example.com/d\">"
    );
}

#[test]
fn urls_stay_as_they_were_written_where_that_is_sound() {
    let table = [
        ("http://example.com", "http://example.com"),
        ("HTTP://Example.com/a/../b", "HTTP://Example.com/a/../b"),
        ("http://bücher.example/straße", "http://bücher.example/straße"),
        ("?q", "https://example.org/news/today?q"),
        ("", "https://example.org/news/today"),
        (" /a&#10;b ", "https://example.org/ab"),
        ("a b", "https://example.org/news/a%20b"),
        ("http://example.com/{a}|b", "http://example.com/%7Ba%7D|b"),
        ("\\\\example.com\\a", "https://example.com/a"),
        ("//example.com?utm_source=x", "https://example.com"),
        ("mailto:A@example.org", "mailto:A@example.org"),
    ];
    for (written, kept) in table {
        let expected = format!("<a href=\"{kept}\" rel=\"noopener noreferrer\">a</a>");
        assert_eq!(clean(&format!("<a href='{written}'>a</a>")), expected, "{written}");
    }
    assert_eq!(clean("<img src=''><img src=' '><video poster=''></video>"), "<video></video>");
}

#[test]
fn a_record_keeps_what_is_relative_to_nobody_knows_what() {
    let html = "<a href='/b c'>a</a><img src=c srcset='d 2x'><a href='//example.com/e'>e</a><a href='java\tscript:f'>f</a>";
    let kept = |base: &str| RecordSanitizer::new().sanitize(html, base);
    assert_eq!(
        kept(""),
        "<a href=\"/b%20c\" rel=\"noopener noreferrer\">a</a><img src=\"c\" srcset=\"d 2x\">\
         <a href=\"https://example.com/e\" rel=\"noopener noreferrer\">e</a>f"
    );
    assert!(kept("/x/").contains("<img src=\"/x/c\" srcset=\"/x/d 2x\">"));
    assert!(kept("https://example.org").contains("<img src=\"https://example.org/c\""));
}

#[test]
fn what_was_never_closed_swallows_nothing() {
    let link = "<a href=\"https://example.org/news/x\" rel=\"noopener noreferrer\">example.org/news/x</a>";
    assert_eq!(clean("<p>a<iframe src=x><p>b<b>c"), format!("<p>a {link} </p><p>b<b>c</b></p>"));
}

/// Ways to make an HTML parser work for more than its input, in time or in space.
#[test]
fn work_and_output_grow_with_the_input_only() {
    let many = 10_000;
    let bold: String = (0..200).map(|number| format!("<b title={number}>")).collect();
    let attacks = [
        "<div>".repeat(many),
        "<b>".repeat(many),
        "<a href=x>".repeat(many),
        "<table>".repeat(many),
        "<table><tr><td>".repeat(many),
        "<ul><li>".repeat(many),
        "<svg>".repeat(many),
        "<iframe>".repeat(many),
        "<!--".repeat(many),
        "</p>".repeat(many),
        "<p x".repeat(many),
        "&".repeat(many),
        "&amp;".repeat(many),
        "\u{a0}".repeat(many),
        format!("<p>{bold}{}", "<p>x</p>".repeat(many)),
        format!("{bold}<table>{}", "<tr>x".repeat(many)),
        format!("<ul><li>{bold}{}", "<li>x</li>".repeat(many)),
        format!("{}{}", "<span><div>".repeat(many), "</span>".repeat(many)),
    ];
    for attack in attacks {
        let start = Instant::now();
        let once = clean(&attack);
        assert!(start.elapsed() < Duration::from_secs(5), "{}", &attack[..40]);
        assert!(once.len() < attack.len() * 12 + 100_000, "{}: {}", &attack[..40], once.len());
        assert_eq!(clean(&once), once);
    }
}

/// What HTML's parser makes of it, written out again.
fn parsed(html: &str) -> String {
    dom_query::Document::fragment(html).select("html").inner_html().to_string()
}

/// What a browser's parser finds in clean HTML that the policy does not name.
fn offences(html: &str) -> Vec<String> {
    let document = dom_query::Document::fragment(html);
    let mut found = Vec::new();
    for node in document.root().descendants_it() {
        if !node.is_element() {
            found.extend((!node.is_text()).then(|| format!("{:?}", node.html())));
            continue;
        }
        let name = node.node_name().unwrap_or_default();
        // What the fragment is parsed into.
        if name.as_ref() == "html" && node.attrs().is_empty() {
            continue;
        }
        if policy::kept_as(&name) != Some(&*name) {
            found.push(format!("<{name}>"));
        }
        if &*name == "iframe" && (node.first_child().is_some() || node.attr("sandbox").is_none()) {
            found.push(format!("{:?}", node.html()));
        }
        for attribute in node.attrs() {
            let (key, value) = (attribute.name.local.as_ref(), attribute.value.as_ref());
            let is_rel = (key, value) == ("rel", "noopener noreferrer");
            let kind = policy::Attributes::of(&name).next(key).map(|(_, _, kind)| kind);
            let is_web =
                |url: &str| Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
            let is_sound = match kind {
                None => is_rel,
                Some(policy::Value::Link) => is_web(value) || value.starts_with("mailto:"),
                Some(policy::Value::Resource) => is_web(value),
                Some(policy::Value::SrcSet) => {
                    value.split(", ").all(|part| is_web(part.split(' ').next().unwrap()))
                }
                Some(policy::Value::Made) if key == "src" => is_player(value),
                Some(policy::Value::Made) => policy::FRAME.contains(&(key, value)),
                Some(policy::Value::Text | policy::Value::Number | policy::Value::Flag) => true,
            };
            found.extend((!is_sound).then(|| format!("<{name} {key}={value:?}>")));
        }
    }
    found
}

#[test]
fn a_browser_finds_nothing_in_what_is_left_that_the_policy_does_not_name() {
    assert_eq!(offences("<p onclick=x>a</p><script></script><a href=javascript:x>b</a><!-- c -->").len(), 4);
    for (html, _) in MUST_GO {
        assert_eq!(offences(&clean(html)), [""; 0], "{html}");
    }
}
