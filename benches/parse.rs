//! How fast a document in memory becomes a record: bytes, articles and dates a second. `cargo bench --bench parse`; for
//! real documents see `examples/parse_corpus.rs`.

#![allow(clippy::unwrap_used, reason = "a bench that cannot be set up has nothing to say")]

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use feedmill::ingest::clean::clean;
use feedmill::ingest::decode::decode;
use feedmill::ingest::parse::date::parse_date;
use feedmill::ingest::parse::{Hints, parse};

fn main() {
    divan::main();
}

/// Kinds of documents, by what a parser has to do with them.
#[derive(Debug, Clone, Copy)]
enum Document {
    /// RSS with whole texts in CDATA sections: passed over.
    RssCdata,
    /// RSS with whole texts in escaped HTML: every tag is unescaped.
    RssEscaped,
    /// Atom with whole texts in XHTML: every tag is read and written.
    AtomXhtml,
    /// RSS 1.0 with Dublin Core: namespaces.
    Rdf,
    /// JSON Feed: strings with escapes.
    Json,
    /// RSS with headlines only: elements, not text.
    SmallItems,
    /// RSS with a fault in every item: repairs.
    Broken,
}

impl Document {
    const ALL: [Self; 7] = [
        Self::RssCdata,
        Self::RssEscaped,
        Self::AtomXhtml,
        Self::Rdf,
        Self::Json,
        Self::SmallItems,
        Self::Broken,
    ];

    fn items(self) -> usize {
        if matches!(self, Self::SmallItems) { 2_000 } else { 50 }
    }

    fn text(self) -> String {
        let items: Vec<String> = (0..self.items()).map(|number| self.item(number)).collect();
        let (head, foot) = self.frame();
        format!("{head}{}{foot}", items.join(if matches!(self, Self::Json) { ",\n" } else { "\n" }))
    }

    fn frame(self) -> (&'static str, &'static str) {
        match self {
            Self::AtomXhtml => (
                "<?xml version=\"1.0\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\"><title>The Mill</title>\
                 <id>tag:example.org,2026:mill</id><updated>2026-11-20T08:00:00Z</updated>",
                "</feed>\n",
            ),
            Self::Rdf => (
                "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\" \
                 xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel rdf:about=\"https://example.org/\">\
                 <title>The Mill</title><link>https://example.org/</link></channel>",
                "</rdf:RDF>\n",
            ),
            Self::Json => (
                "{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"The Mill\", \"items\": [\n",
                "]}\n",
            ),
            Self::RssCdata | Self::RssEscaped | Self::SmallItems | Self::Broken => (
                "<?xml version=\"1.0\"?>\n<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
                 xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>The Mill</title>\
                 <link>https://example.org/</link><description>Flour and news</description>\n",
                "</channel></rss>\n",
            ),
        }
    }

    fn item(self, number: usize) -> String {
        let address = format!("https://example.org/stories/{number}?from=feed&amp;edition=morning");
        let title = format!("Story {number}: what the millers say &amp; do");
        let hour = number % 24;
        let core = format!(
            "<title>{title}</title><link>{address}</link><guid isPermaLink=\"false\">tag:example.org,2026:{number}</guid>\
             <pubDate>Fri, 20 Nov 2026 {hour:02}:15:00 GMT</pubDate>"
        );
        let tags =
            "<category>Flour</category><category domain=\"https://example.org/topics\">Water</category>";
        let body = body(number);
        match self {
            Self::RssCdata => format!(
                "<item>{core}<dc:creator><![CDATA[Ann Miller]]></dc:creator>{tags}<description>In short.</description>\
                 <content:encoded><![CDATA[{body}]]></content:encoded></item>"
            ),
            Self::RssEscaped => {
                format!("<item>{core}{tags}<description>{}</description></item>", escaped(&body))
            }
            Self::AtomXhtml => format!(
                "<entry><title>{title}</title><id>tag:example.org,2026:{number}</id><link href=\"{address}\"/>\
                 <updated>2026-11-20T{hour:02}:15:00+01:00</updated><author><name>Ann Miller</name></author>\
                 <category term=\"flour\"/><content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">{body}</div>\
                 </content></entry>"
            ),
            Self::Rdf => format!(
                "<item rdf:about=\"{address}\"><title>{title}</title><link>{address}</link><dc:creator>Ann Miller</dc:creator>\
                 <dc:date>2026-11-20T{hour:02}:15:00Z</dc:date><dc:subject>Flour</dc:subject>\
                 <description>{}</description></item>",
                escaped(&body)
            ),
            Self::Json => serde_json::json!({
                "id": number, "url": address, "title": title, "content_html": body, "tags": ["Flour", "Water"],
                "date_published": format!("2026-11-20T{hour:02}:15:00Z"), "authors": [{ "name": "Ann Miller" }],
            })
            .to_string(),
            Self::SmallItems => format!("<item>{core}</item>"),
            Self::Broken => {
                format!("<item>{core}<description>Salt & pepper<br> and {body} &nothing;</description>{tags}")
            }
        }
    }
}

/// About 2 KB of HTML that is well-formed XML, too.
fn body(number: usize) -> String {
    format!(
        "<p>The {number}th sack of flour came down the <a href=\"https://example.org/river?at={number}\" title=\"the river\">\
         river</a> this morning, and “nobody” had asked for it.</p>\n<p>It was <em>finely</em> ground, white as snow \
         &#8211; which, at this time of the year, it has to be.<br/></p>\n<img src=\"https://example.org/{number}.jpg\" alt=\"\"/>\n"
    )
    .repeat(5)
}

fn escaped(html: &str) -> String {
    html.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[divan::bench(args = Document::ALL)]
fn text_to_record(bencher: Bencher<'_, '_>, document: Document) {
    let text = document.text();
    let hints = Hints::default();
    assert_eq!(parse(&text, &hints).unwrap().entries.len(), document.items());
    bencher
        .counter(BytesCount::of_str(&text))
        .counter(ItemsCount::new(document.items()))
        .bench(|| parse(divan::black_box(&text), &hints));
}

#[divan::bench(args = Document::ALL)]
fn text_to_clean_drafts(bencher: Bencher<'_, '_>, document: Document) {
    let text = document.text();
    let hints = Hints::default();
    bencher
        .counter(BytesCount::of_str(&text))
        .counter(ItemsCount::new(document.items()))
        .bench(|| parse(divan::black_box(&text), &hints).map(|record| clean(record, None)));
}

/// What bytes are in.
#[derive(Debug, Clone, Copy)]
enum Bytes {
    Utf8,
    Utf16,
    Declared,
    Detected,
}

#[divan::bench(args = [Bytes::Utf8, Bytes::Utf16, Bytes::Declared, Bytes::Detected])]
fn bytes_to_text(bencher: Bencher<'_, '_>, kind: Bytes) {
    let text = Document::RssCdata.text();
    let latin = |text: &str| encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
    let bytes = match kind {
        Bytes::Utf8 => text.into_bytes(),
        Bytes::Utf16 => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        Bytes::Declared => latin(&text.replacen("\"1.0\"", "\"1.0\" encoding=\"windows-1252\"", 1)),
        Bytes::Detected => latin(&text),
    };
    bencher
        .counter(BytesCount::of_slice(&bytes))
        .bench(|| decode(divan::black_box(&bytes), &Hints::default()));
}

/// Dates as feeds write them.
const DATES: [&str; 8] = [
    "Fri, 20 Nov 2026 08:15:00 GMT",
    "2026-11-20T08:15:00Z",
    "Fri, 20 Nov 2026 08:15:00 +0100",
    "2026-11-20T08:15:00.123+01:00",
    "20 November 2026 8:15 PM EST",
    "2026-11-20",
    "vendredi 20 novembre 2026 08:15",
    "1795162500",
];

#[divan::bench(args = DATES)]
fn date(bencher: Bencher<'_, '_>, text: &str) {
    assert!(parse_date(text).is_some(), "{text}");
    bencher.counter(ItemsCount::new(1usize)).bench(|| parse_date(divan::black_box(text)));
}
