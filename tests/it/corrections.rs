//! What becomes of articles after they were published: edits, silent changes, withdrawals; in every format.

mod edits;
mod withdrawals;

use crate::mill::Mill;

/// An Atom feed with these entries: number, title, text; newest first.
fn atom(entries: &[(u32, &str, &str)], deleted: &str) -> String {
    let entry = |(number, title, text): &(u32, &str, &str)| {
        format!(
            "<entry><id>tag:a.example.org,2026:{number}</id><title>{title}</title>\
             <link href=\"https://a.example.org/{number}\"/><published>2026-11-{number:02}T10:00:00Z</published>\
             <updated>2026-11-{number:02}T10:00:00Z</updated><author><name>Ann</name></author>\
             <content type=\"html\"><![CDATA[{text}]]></content></entry>\n"
        )
    };
    let entries: String = entries.iter().map(entry).collect();
    format!(
        "<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\" \
         xmlns:at=\"http://purl.org/atompub/tombstones/1.0\"><title>Alpha</title><id>tag:a.example.org,2026:feed</id>\
         <updated>2026-11-20T10:00:00Z</updated>{deleted}{entries}</feed>"
    )
}

/// A mill with one source on disk, and these lines in its one feed.
fn mill(feed: &str) -> Mill {
    Mill::new(&format!(
        "[sources.alpha]\nfiles = \"alpha.atom\"\nrepublish = \"full\"\n\
         [feeds.news]\ntitle = \"News\"\nlanguage = \"en\"\nattribution = \"off\"\n{feed}"
    ))
}

/// The moment of a round: an hour of the 23rd.
fn at(hour: u32) -> String {
    format!("2026-11-23T{hour:02}:00:00Z")
}

/// Publishes what the source says now.
fn round(mill: &Mill, hour: u32, document: &str) {
    mill.write("alpha.atom", document);
    mill.run_at(&at(hour), &["run"]).with(0);
}

/// An item as all three formats tell it: those who differ are caught here. Title, text and date of change.
fn item(mill: &Mill, number: u32) -> (String, String, Option<String>) {
    let id = format!("tag:a.example.org,2026:{number}");
    let json = mill.items("news").into_iter().find(|item| item["id"] == id.as_str()).unwrap();
    let text = |key: &str| json[key].as_str().map(str::to_owned);
    let (title, html, changed) =
        (text("title").unwrap(), text("content_html").unwrap_or_default(), text("date_modified"));
    for (format, end) in [("rss", "</item>"), ("atom", "</entry>")] {
        let document = mill.read(&format!("feeds/news.{format}"));
        let at = document.find(&format!(">{id}<")).unwrap_or_else(|| panic!("{format} lacks {id}"));
        let start = document[..at].rfind(&end.replace('/', "")).unwrap();
        let part = &document[start..start + document[start..].find(end).unwrap()];
        assert!(part.contains(&format!("<title>{title}</title>")), "{format}: {part}");
        let words = html.replace("<p>", "").replace("</p>", " ");
        for word in words.split_whitespace().filter(|word| word.chars().all(char::is_alphanumeric)) {
            assert!(part.contains(word), "{format} lacks {word}: {part}");
        }
        let is_there = changed.as_ref().is_some_and(|changed| part.contains(changed.trim_end_matches('Z')));
        match (format, &changed) {
            ("rss", None) => assert!(!part.contains("atom:updated"), "{part}"),
            (_, Some(_)) => assert!(is_there, "{format}: {part}"),
            _ => {}
        }
    }
    (title, html, changed)
}
