//! No published document holds more of a source's words than the source allows.

use std::collections::BTreeSet;

use crate::mill::Mill;

const DOCUMENTS: [&str; 4] = ["news.rss", "news.atom", "news.json", "index.html"];

/// Two hundred different words, in sentences of ten; their letter is none of a UUID.
fn words(letter: char) -> String {
    let end = |number: usize| if number % 10 == 9 { "." } else { "" };
    (0..200).map(|number| format!("{letter}{number}{} ", end(number))).collect()
}

/// A feed of one item with a picture, a recording and these texts.
fn document(summary: bool, body: bool) -> String {
    let summary = if summary { format!("<description>{}</description>", words('z')) } else { String::new() };
    let body = if body {
        format!("<content:encoded>&lt;p&gt;{}&lt;/p&gt;</content:encoded>", words('q'))
    } else {
        String::new()
    };
    format!(
        "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
         xmlns:media=\"http://search.yahoo.com/mrss/\"><channel><title>One</title>\
         <link>https://one.example.com/</link><item><title>Alpha</title><link>https://one.example.com/a</link>\
         <pubDate>Fri, 20 Nov 2026 10:00:00 GMT</pubDate>{summary}{body}\
         <enclosure url=\"https://one.example.com/a.mp3\" type=\"audio/mpeg\" length=\"9\"/>\
         <media:content url=\"https://one.example.com/a.jpg\" medium=\"image\"/></item></channel></rss>"
    )
}

/// How many of the words that begin with this letter a document holds, and the number of the last.
fn held(document: &str, letter: char) -> (usize, Option<usize>) {
    let tokens = document.split(|c: char| !c.is_ascii_alphanumeric());
    let numbers: BTreeSet<usize> =
        tokens.filter_map(|token| token.strip_prefix(letter)?.parse().ok()).collect();
    (numbers.len(), numbers.last().copied())
}

#[test]
fn no_document_exceeds_the_ceiling_whatever_texts_an_item_has() {
    for (ceiling, most) in [("link", 0), ("excerpt", 60), ("full", 200)] {
        for (summary, body) in [(true, false), (false, true), (true, true)] {
            let mill = Mill::new(&format!(
                "[sources.one]\nfiles = \"one.rss\"\nrepublish = \"{ceiling}\"\n\
                 [feeds.news]\ntitle = \"News\"\nrepublish = \"full\"\n"
            ));
            mill.write("one.rss", &document(summary, body));
            mill.run(&["run"]).with(0);
            for name in DOCUMENTS {
                let case = format!("{ceiling}, summary {summary}, body {body}, {name}");
                let text = mill.read(&format!("feeds/{name}"));
                let counts = [held(&text, 'z'), held(&text, 'q')];
                assert!(counts.iter().all(|(count, _)| *count <= most), "{case}: {counts:?}");
                let printed = if ceiling == "full" && body { counts[1] } else { counts[0].max(counts[1]) };
                if name != "index.html" && most > 0 {
                    assert_eq!(printed, (most, Some(most - 1)), "{case}: to the end of a sentence");
                }
                let has_files = text.contains("a.mp3") || text.contains("a.jpg");
                assert!(ceiling != "link" || !has_files, "{case}: files");
                assert!(ceiling != "excerpt" || counts.contains(&(0, None)), "{case}: of one text only");
            }
        }
    }
}
