//! Whether a document ends before it is at its end: a body that was cut off on its way, by a server or a proxy whose
//! count of bytes was right all the same. Pure.

use regex::bytes::Regex;

use crate::model::FeedDocument;

/// Where a document was cut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cut {
    /// Behind an entry: those that came are whole.
    BetweenEntries,
    /// In its last entry.
    InEntry,
}

/// Where a document was cut off, if it was. An end tag that its author forgot looks the same: such a document is read
/// each time anew, and loses nothing by it.
pub(super) fn cut(bytes: &[u8], document: &FeedDocument) -> Option<Cut> {
    let told = |code: fn(&str) -> bool| document.warnings.iter().any(|warning| code(warning.code));
    if told(|code| code == "unreadable-rest") {
        return Some(Cut::BetweenEntries);
    }
    // A whole document has no need of the look at its end.
    told(|code| code.starts_with("unclosed-")).then(|| cut_xml(bytes)).flatten()
}

fn cut_xml(bytes: &[u8]) -> Option<Cut> {
    let last_end = |pattern: &str| find(pattern, bytes).map_or(0, |found| found.end());
    let rest = &bytes[last_end(r"(?i-u)</(?:[a-z0-9_.-]+:)?(?:item|entry)\b")..];
    // Only where one of these was opened must one be closed.
    find(r"(?i-u)<(?:[a-z0-9_.-]+:)?(?:rss|feed|rdf)\b", bytes)?;
    if find(r"(?i-u)</(?:[a-z0-9_.-]+:)?(?:rss|feed|rdf|channel)\b", rest).is_some() {
        return None;
    }
    let opened = find(r"(?i-u)<(?:[a-z0-9_.-]+:)?(?:item|entry)\b", rest);
    Some(if opened.is_some() { Cut::InEntry } else { Cut::BetweenEntries })
}

/// The last match.
fn find<'a>(pattern: &str, bytes: &'a [u8]) -> Option<regex::bytes::Match<'a>> {
    Regex::new(pattern).ok()?.find_iter(bytes).last()
}

#[cfg(test)]
mod tests {
    use crate::ingest::parse::Hints;
    use crate::ingest::read::read_feed;

    use super::*;

    fn cut_of(text: &str) -> Option<Cut> {
        cut(text.as_bytes(), &read_feed(text.as_bytes(), &Hints::default()).unwrap())
    }

    #[test]
    fn a_document_cut_anywhere_behind_its_first_entry_is_told_from_a_whole_one() {
        let whole = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>T</title>\
                     <item><title>a</title><description>x &amp; y</description></item>\
                     <item><title>b</title><link>https://example.org/b</link></item></channel></rss>";
        assert_eq!(cut_of(whole), None);
        assert_eq!(cut_of(&format!("{whole}<!-- cached -->\n")), None);
        let first = whole.find("</item>").unwrap() + "</item>".len();
        let second = whole.rfind("<link>").unwrap();
        let end = whole.find("</channel>").unwrap();
        for at in first..end {
            assert!(cut_of(&whole[..at]).is_some(), "{at}: {}", &whole[..at]);
        }
        assert_eq!(cut_of(&whole[..first]), Some(Cut::BetweenEntries));
        assert_eq!(cut_of(&whole[..second + 9]), Some(Cut::InEntry));
        assert_eq!(cut_of(&whole[..end]), Some(Cut::BetweenEntries));
    }

    #[test]
    fn a_careless_author_is_not_taken_for_a_cut_line() {
        for text in [
            "<rss><channel><item><title>a</title><item><title>b</title></channel></rss>",
            "<rss><channel><item><title>a<br></title><p>x</item></channel>",
            "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>a</entry></feed>",
        ] {
            assert_eq!(cut_of(text), None, "{text}");
        }
    }

    #[test]
    fn atom_with_a_prefix_and_json_are_cut_too() {
        let atom = "<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:title>T</a:title>\
                    <a:entry><a:title>x</a:title></a:entry><a:entry><a:title>y";
        assert_eq!(cut_of(atom), Some(Cut::InEntry));
        let json = r#"{"version":"https://jsonfeed.org/version/1.1","title":"T","items":[{"id":"1","title":"a"},{"id":"2","ti"#;
        assert_eq!(cut_of(json), Some(Cut::BetweenEntries));
    }
}
