use super::*;

fn outline(text: &str) -> String {
    let mut tree = Tree::new(text, None, None);
    let mut out = String::new();
    loop {
        match tree.next() {
            Event::Open(element) => out.push_str(&format!("({} ", element.name)),
            Event::Close => out.push(')'),
            Event::Text(text) | Event::Cdata(text) => out.push_str(text),
            Event::End => return out,
        }
    }
}

#[test]
fn whatever_is_forgotten_or_doubled_the_stream_is_balanced() {
    let table = [
        ("<a><b>x</b><c/></a>", "(a (b x)(c ))"),
        ("<a><b>x</a>", "(a (b x))"),
        ("<a>x</b>y</a>", "(a xy)"),
        ("<a><b>x", "(a (b x))"),
        ("<d>one<br>two<img src='x'>three</d>", "(d one(br )two(img )three)"),
        ("<channel><item><title>a<link>b</link></item></channel>", "(channel (item (title a)(link b)))"),
        ("<channel><item>a<item>b</channel>", "(channel (item a)(item b))"),
        (
            "<feed><entry><source><title>t</title><entry>b</feed>",
            "(feed (entry (source (title t)))(entry b))",
        ),
        ("<Title>x</title>", "(Title x)"),
        ("<item><description><link>x</link></description></item>", "(item (description (link x)))"),
        ("<item><title>a<dc:date>b</item>", "(item (title a)(dc:date b))"),
        ("<item><category>a<category>b</category></item>", "(item (category a)(category b))"),
        ("<item><![CDATA[<title>a</title>]]></item>", "(item (title a)]]>)"),
        ("<title>a <b@c.d> <e:/></title>", "(title a <b@c.d> <e:/>)"),
        ("<rss a=b/><x/></rss><i a=b/>c", "(rss (x ))(i )c"),
    ];
    for (text, expected) in table {
        assert_eq!(outline(text), expected, "{text}");
    }
}

#[test]
fn elements_nested_too_deeply_are_read_as_their_text() {
    let text = format!("<a>{}x{}y</a>z", "<b>".repeat(5000), "</b>".repeat(5000));
    let outline = outline(&text);
    assert_eq!(outline.matches('(').count(), MAX_DEPTH);
    assert!(outline.ends_with("y)z"));
}

#[test]
fn bases_are_inherited_nested_and_left_again() {
    let text =
        "<a xml:base='http://example.org/x/'><b xml:base='y/'>1</b><c xml:base='javascript:1'>2</c></a>";
    let mut tree = Tree::new(text, None, None);
    let mut seen = Vec::new();
    loop {
        match tree.next() {
            Event::Open(_) => seen.push(tree.base().map(str::to_owned).unwrap_or_default()),
            Event::End => break,
            _ => {}
        }
    }
    assert_eq!(seen, ["http://example.org/x/", "http://example.org/x/y/", "http://example.org/x/"]);
}

#[test]
fn prefixes_mean_their_uri_and_undeclared_ones_what_they_usually_mean() {
    let text = "<r xmlns:x='http://purl.org/dc/elements/1.1/' xmlns:media='http://example.org/'>\
                <x:a/><media:a/><dc:a/><q:a/><a/></r>";
    let mut tree = Tree::new(text, None, None);
    let mut seen = Vec::new();
    loop {
        match tree.next() {
            Event::Open(element) => seen.push(element.module),
            Event::End => break,
            _ => {}
        }
    }
    let expected =
        [Module::Rss, Module::DublinCore, Module::Foreign, Module::DublinCore, Module::Foreign, Module::Rss];
    assert_eq!(seen, expected);
}

#[test]
fn an_entry_nested_too_deeply_costs_no_entry_after_it() {
    for end in ["</item>", ""] {
        let text = format!("<channel><item>{}{end}<item>next</item></channel>", "<b>".repeat(5000));
        assert!(outline(&text).ends_with("(item next))"), "{end}");
    }
}
