//! Edits: what counts as one, and what each feed says of it.

use super::{at, atom, item, mill, round};
use crate::mill::Mill;

const FIRST: (u32, &str, &str) = (20, "The dam holds", "<p>It holds 30 litres.</p><p>Ann says so.</p>");
const SECOND: (u32, &str, &str) = (20, "The dam leaks", "<p>It holds 31 litres.</p><p>Ann says so.</p>");
const OTHER: (u32, &str, &str) = (19, "A quiet day", "<p>Nothing moved.</p>");

fn edited(feed: &str) -> Mill {
    let mill = mill(feed);
    round(&mill, 7, &atom(&[FIRST, OTHER], ""));
    round(&mill, 14, &atom(&[SECOND, OTHER], ""));
    mill
}

#[test]
fn update_says_the_new_words_and_when_under_the_same_id_and_in_its_place() {
    for feed in ["", "on_edit = \"update\"\n"] {
        let mill = edited(feed);
        let html = "<p>It holds 31 litres.</p><p>Ann says so.</p>".to_owned();
        assert_eq!(item(&mill, 20), ("The dam leaks".to_owned(), html, Some(at(14))));
        assert_eq!(mill.titles("news"), ["The dam leaks", "A quiet day"]);
    }
}

#[test]
fn silent_says_the_new_words_and_moves_no_date() {
    let mill = edited("on_edit = \"silent\"\n");
    let html = "<p>It holds 31 litres.</p><p>Ann says so.</p>".to_owned();
    assert_eq!(item(&mill, 20), ("The dam leaks".to_owned(), html, None));
    for name in ["news.rss", "news.atom", "news.json"] {
        let document = mill.read(&format!("feeds/{name}"));
        assert!(!document.contains("2026-11-23") && !document.contains("23 Nov"), "{name}: {document}");
    }
}

#[test]
fn note_says_what_was_corrected_and_when_in_the_language_of_the_feed() {
    let cases = [
        ("en", "Corrected 23 November 2026, 14:00 UTC: headline (was “The dam holds”), text."),
        ("de", "Berichtigt am 23. November 2026, 14:00 UTC: Überschrift (vorher „The dam holds“), Text."),
    ];
    for (language, note) in cases {
        let mill = mill("on_edit = \"note\"\n");
        let config = mill.read("config.toml").replace("\"en\"", &format!("\"{language}\""));
        mill.write("config.toml", &config);
        round(&mill, 7, &atom(&[FIRST, OTHER], ""));
        round(&mill, 14, &atom(&[SECOND, OTHER], ""));
        let html = format!("<p>{note}</p><p>It holds 31 litres.</p><p>Ann says so.</p>");
        assert_eq!(item(&mill, 20), ("The dam leaks".to_owned(), html, Some(at(14))));
        assert!(!item(&mill, 19).1.contains("2026"), "nothing was corrected in the other");
        let before = mill.published();
        round(&mill, 20, &atom(&[SECOND, OTHER], ""));
        assert_eq!(mill.published(), before, "a later run rewrites nothing");
    }
}

#[test]
fn what_readers_cannot_see_is_the_newest_text_and_no_update() {
    let (first, rest) = ("<p>It holds 30 litres.</p><p>Ann says so.</p>", ("A quiet day", OTHER.2));
    let pictured = |html: &str, image: &str| {
        let html = format!("{html}<p><img src=\"https://a.example.org/{image}\" alt=\"\"></p>");
        atom(&[(20, "The dam holds", &html), (19, rest.0, rest.1)], "")
    };
    for on_edit in ["update", "note", "silent"] {
        let mill = mill(&format!("on_edit = \"{on_edit}\"\n"));
        round(&mill, 7, &pictured(first, "a.jpg?w=300"));
        let spaced = "<p>It   holds\n 30 litres.</p> <div>Ann <b>says</b> so.</div>";
        round(&mill, 14, &pictured(spaced, "a.jpg?w=640&amp;ad=7"));
        let (_, html, changed) = item(&mill, 20);
        assert_eq!(changed, None, "{on_edit}");
        assert!(html.contains("<b>says</b>") && html.contains("w=640"), "{html}");
        assert!(!html.contains("Corrected"), "{html}");
        let history = mill.run(&["show", "https://a.example.org/20", "--history"]).with(0).stdout;
        assert!(history.contains("Revision 1") && !history.contains("Revision 2"), "{history}");
    }
}

#[test]
fn a_tag_is_a_revision_and_no_update() {
    let mill = mill("");
    let document = atom(&[FIRST], "");
    round(&mill, 7, &document);
    round(&mill, 14, &document.replace("<author>", "<category term=\"water\"/><author>"));
    assert_eq!(item(&mill, 20).2, None);
    let history = mill.run(&["show", "https://a.example.org/20", "--history"]).with(0).stdout;
    assert!(history.contains("Revision 2") && history.contains("  tags:\n    + water\n"), "{history}");
}

#[test]
fn the_history_shows_each_revision_with_what_went_and_what_came() {
    let mill = edited("");
    let ended = mill.run(&["show", "https://a.example.org/20", "--history"]).with(0).stdout;
    let history = &ended[ended.find("\nRevision 1").unwrap()..];
    assert_eq!(
        history,
        "\nRevision 1, seen 2026-11-23T07:00:00Z: The dam holds\n\
         \nRevision 2, seen 2026-11-23T14:00:00Z: The dam leaks\n  title:\n    - The dam holds\n    + The dam leaks\n  \
         text:\n    - It holds 30 litres.\n    + It holds 31 litres.\n"
    );
    let json =
        mill.run(&["show", "https://a.example.org/20", "--history", "--format", "json"]).with(0).stdout;
    let shown: serde_json::Value = serde_json::from_str(&json).unwrap();
    let changes = &shown["history"][1]["changes"];
    assert_eq!(changes[1]["part"], "text");
    assert_eq!(
        (&changes[1]["old"][0], &changes[1]["new"][0]),
        (&"It holds 30 litres.".into(), &"It holds 31 litres.".into())
    );
    assert_eq!(
        (&shown["history"][0]["is_correction"], &shown["history"][1]["is_correction"]),
        (&false.into(), &true.into())
    );
}

#[test]
fn a_text_that_is_another_at_each_fetch_keeps_its_first_and_newest_revisions() {
    let mill = mill("");
    for number in 0..30 {
        mill.write("alpha.atom", &atom(&[(20, "Ticker", &format!("<p>Minute {number}.</p>"))], ""));
        mill.run_at(&format!("2026-11-23T07:{number:02}:00Z"), &["fetch"]).with(0);
    }
    let json =
        mill.run(&["show", "https://a.example.org/20", "--history", "--format", "json"]).with(0).stdout;
    let shown: serde_json::Value = serde_json::from_str(&json).unwrap();
    let numbers: Vec<u64> =
        shown["history"].as_array().unwrap().iter().map(|line| line["revision"].as_u64().unwrap()).collect();
    assert_eq!(numbers, std::iter::once(1).chain(11..=30).collect::<Vec<u64>>());
}
