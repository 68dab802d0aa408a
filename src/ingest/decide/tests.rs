//! What must never double, what must never be lost, and the laws of deciding.

mod laws;
mod tombstones;

use std::collections::{BTreeSet, HashSet};

use chrono::{DateTime, TimeDelta, Utc};
use url::Url;

use super::*;
use crate::model::{PlainText, SourceId};

/// An entry as a feed gives it; `""` and 0 stand for "not given".
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    guid: &'static str,
    link: &'static str,
    title: &'static str,
    day: i64,
    text: &'static str,
}

const fn entry(guid: &'static str, link: &'static str, title: &'static str, day: i64) -> Entry {
    Entry { guid, link, title, day, text: "" }
}

impl Entry {
    const fn text(self, text: &'static str) -> Self {
        Self { text, ..self }
    }

    /// As the clean step makes it.
    fn draft(self) -> Draft {
        let mut keys = Vec::new();
        if !self.guid.is_empty() {
            keys.push(Key::Guid(
                self.guid.trim_start_matches("https:").trim_start_matches("http:").to_owned(),
            ));
        }
        if !self.link.is_empty() {
            keys.push(Key::Link(self.link.to_owned()));
        }
        keys.push(Key::Hash(format!("{}/{}", self.title, self.day)));
        Draft {
            keys,
            guid: (!self.guid.is_empty()).then(|| Guid { value: self.guid.to_owned(), is_permalink: false }),
            body: ArticleBody {
                title: PlainText::line(self.title),
                url: Url::parse(&format!("https://{}", self.link)).ok(),
                summary: Some(PlainText::line(self.text)),
                ..ArticleBody::default()
            },
            published: (self.day > 0).then(|| day(self.day)),
            updated: None,
            file_time: None,
        }
    }
}

fn day(number: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(number)
}

const NOW: i64 = 1_000;

/// What a store would know after some documents.
#[derive(Debug, Default)]
struct Memory(Known);

impl Memory {
    fn of(entries: &[Entry]) -> Self {
        let mut memory = Self::default();
        memory.read(entries);
        memory
    }

    /// What [`crate::store::Store::known`] would answer.
    fn known(&self, keys: &BTreeSet<Key>) -> Known {
        let ids: HashSet<ArticleId> = keys.iter().filter_map(|key| self.0.by_key.get(key)).copied().collect();
        let of_these = |id: &ArticleId| ids.contains(id);
        Known {
            by_key: self
                .0
                .by_key
                .iter()
                .filter(|(key, _)| keys.contains(key))
                .map(|(k, id)| (k.clone(), *id))
                .collect(),
            articles: self
                .0
                .articles
                .iter()
                .filter(|(id, _)| of_these(id))
                .map(|(id, a)| (*id, KnownArticle { keys: self.keys_of(*id), ..a.clone() }))
                .collect(),
            has_articles: !self.0.articles.is_empty(),
        }
    }

    fn keys_of(&self, id: ArticleId) -> KeyCounts {
        let own = self.0.by_key.iter().filter(|(_, owner)| **owner == id);
        KeyCounts::of(&own.map(|(key, _)| key.clone()).collect::<Vec<_>>())
    }

    /// Decides one document and remembers the outcome.
    fn read(&mut self, entries: &[Entry]) -> Vec<Change> {
        let drafts: Vec<Draft> = entries.iter().map(|entry| entry.draft()).collect();
        let document = DocumentKey { source: SourceId::new("one"), scope: String::new() };
        let known = self.known(&keys_to_ask(&drafts));
        let changes = decide(&document, drafts, &known, day(NOW));
        for change in &changes {
            self.apply(change);
        }
        changes
    }

    fn apply(&mut self, change: &Change) {
        let (id, keys) = match change {
            Change::New(new) => {
                assert!(!self.0.articles.contains_key(&new.id), "one id twice");
                (new.id, &new.keys)
            }
            Change::Edited(edited) => (edited.id, &edited.keys),
            Change::Keys { id, keys } => (*id, keys),
            Change::Withdrawn { .. } | Change::Returned { .. } => return self.mark(change),
        };
        for key in keys {
            assert_eq!(self.0.by_key.insert(key.clone(), id), None, "one key twice");
        }
        match change {
            Change::New(new) => {
                let article = KnownArticle {
                    fingerprint: new.fingerprint,
                    revision: 1,
                    published: new.published,
                    date_basis: new.date_basis,
                    updated: new.updated,
                    keys: KeyCounts::default(),
                    is_withdrawn: false,
                };
                self.0.articles.insert(id, article);
            }
            Change::Edited(edited) => {
                let article = self.0.articles.get_mut(&id).unwrap();
                assert_eq!(edited.revision, article.revision + 1);
                article.revision = edited.revision;
                article.fingerprint = edited.fingerprint;
                article.published = edited.published;
                article.date_basis = edited.date_basis;
                article.updated = edited.updated;
            }
            Change::Keys { .. } | Change::Withdrawn { .. } | Change::Returned { .. } => {}
        }
    }

    fn mark(&mut self, change: &Change) {
        let (Change::Withdrawn { id: Some(id), .. } | Change::Returned { id: Some(id) }) = change else {
            panic!("{change:?}")
        };
        let article = self.0.articles.get_mut(id).unwrap();
        let is_withdrawn = matches!(change, Change::Withdrawn { .. });
        assert_ne!(article.is_withdrawn, is_withdrawn, "marked twice");
        article.is_withdrawn = is_withdrawn;
    }

    fn len(&self) -> usize {
        self.0.articles.len()
    }
}

/// `N`ew, `E`dited, further `K`eys, `W`ithdrawn, `R`eturned: a letter a change.
fn letters(changes: &[Change]) -> String {
    let letter = |change: &Change| match change {
        Change::New(_) => 'N',
        Change::Edited(_) => 'E',
        Change::Keys { .. } => 'K',
        Change::Withdrawn { .. } => 'W',
        Change::Returned { .. } => 'R',
    };
    changes.iter().map(letter).collect()
}

const A: Entry = entry("https://example.org/?p=1", "example.org/a", "A", 1);
const B: Entry = entry("https://example.org/?p=2", "example.org/b", "B", 2);
const C: Entry = entry("https://example.org/?p=3", "example.org/c", "C", 3);

#[test]
fn the_same_article_stays_one_whatever_the_feed_does_to_it() {
    let guid = |guid, entry: Entry| Entry { guid, ..entry };
    let link = |link, entry: Entry| Entry { link, ..entry };
    let title = |title, entry: Entry| Entry { title, ..entry };
    let cases = [
        ("nothing", vec![A, B, C], ""),
        ("a guid from http to https", vec![guid("http://example.org/?p=1", A), B, C], ""),
        ("an edit", vec![A.text("more"), B, C], "E"),
        ("another title", vec![title("A!", A), B, C], "E"),
        ("a later date", vec![Entry { day: 5, ..A }, B, C], "K"),
        ("another link", vec![link("example.org/aa", A), B, C], "E"),
        ("another guid", vec![guid("tag:example.org,2026:1", A), B, C], "K"),
        ("no guid any more", vec![guid("", A), B, C], ""),
        ("neither guid nor link", vec![link("", guid("", A)), B, C], "E"),
        ("another guid and link", vec![link("example.com/a", guid("x1", A)), B, C], "E"),
        ("a guid scheme of the whole feed", vec![guid("x1", A), guid("x2", B), guid("x3", C)], "KKK"),
        (
            "a guid scheme of the whole feed, and an edit",
            vec![title("A!", guid("x1", A)), guid("x2", B), guid("x3", C)],
            "EKK",
        ),
        (
            "a move of the whole site",
            vec![link("example.com/a", guid("x1", A)), link("example.com/b", guid("x2", B)), C],
            "EE",
        ),
        ("another order", vec![C, A, B], ""),
        ("an entry twice", vec![A, B, A, C], ""),
        ("an entry in two versions", vec![A, B, A.text("more"), C], "E"),
    ];
    for (case, entries, wanted) in cases {
        let mut memory = Memory::of(&[A, B, C]);
        let mut changes = letters(&memory.read(&entries));
        // Which of two versions of one entry stays is not said: the article may be edited or not.
        if case == "an entry in two versions" && changes.is_empty() {
            changes.push('E');
        }
        assert_eq!(changes, wanted, "{case}");
        assert_eq!(memory.len(), 3, "{case}");
        assert_eq!(letters(&memory.read(&entries)), "", "{case}, again");
        memory.read(&[A, B, C]);
        assert_eq!(memory.len(), 3, "{case}, and back");
    }
}

#[test]
fn a_document_of_which_nothing_is_known_is_a_flood_and_any_known_entry_makes_it_none() {
    let floods = |changes: &[Change]| -> Vec<Option<Flood>> {
        let flood = |change: &Change| match change {
            Change::New(new) => Some(new.flood),
            _ => None,
        };
        changes.iter().filter_map(flood).collect()
    };
    let mut memory = Memory::default();
    assert_eq!(floods(&memory.read(&[A])), [Some(Flood::First)]);
    assert_eq!(floods(&memory.read(&[A, B])), [None]);
    assert_eq!(floods(&memory.read(&[C])), [Some(Flood::Later)]);
}

#[test]
fn without_guid_and_link_the_words_make_the_article_whatever_its_date() {
    let dated = |day| entry("", "", "Rain", day).text("It rains.");
    let mut memory = Memory::of(&[dated(1)]);
    for day in 2..20 {
        memory.read(&[dated(day)]);
        assert_eq!(memory.len(), 1, "{day}");
    }
    assert!(memory.0.by_key.len() < 12, "{}", memory.0.by_key.len());
    assert_eq!(
        letters(&memory.read(&[dated(20), dated(21)])),
        "NN",
        "words that two entries share tell nothing"
    );
}

#[test]
fn a_guid_made_up_at_each_fetch_doubles_nothing_and_fills_no_store() {
    let guids: Vec<&'static str> = (0..100).map(|number| &*format!("urn:x:{number}").leak()).collect();
    let mut memory = Memory::default();
    for pair in guids.chunks(2) {
        let edited: &'static str = format!("A {}", pair[0]).leak();
        memory.read(&[Entry { guid: pair[0], title: edited, ..A }, Entry { guid: pair[1], ..B }]);
        assert_eq!(memory.len(), 2);
    }
    assert!(memory.0.by_key.len() < 40, "{}", memory.0.by_key.len());
}

#[test]
fn without_guid_and_date_a_link_makes_the_article() {
    let undated = |link, title| entry("", link, title, 0);
    let mut memory = Memory::of(&[undated("example.org/a", "Daily links")]);
    assert_eq!(letters(&memory.read(&[undated("example.org/b", "Daily links")])), "N");
    assert_eq!(letters(&memory.read(&[undated("example.org/b", "Daily links, edited")])), "E");
}

#[test]
fn one_page_may_carry_one_article_after_the_other() {
    let report = |guid, title, day| entry(guid, "example.org/weather", title, day);
    let mut memory = Memory::of(&[report("w1", "Rain", 1)]);
    assert_eq!(letters(&memory.read(&[report("w2", "Sun", 2)])), "N");
    assert_eq!(letters(&memory.read(&[report("w2", "Sun", 2)])), "");
    assert_eq!(letters(&memory.read(&[report("w3", "Sun", 2)])), "K", "the title and date say it");
    let mut both = Memory::of(&[report("w1", "Rain", 1)]);
    assert_eq!(letters(&both.read(&[report("w2", "Rain", 2), entry("w1", "", "Rain", 1), C])), "NEN");
}

#[test]
fn a_key_that_entries_share_tells_no_articles_apart() {
    let home = "https://example.org/";
    let cases = [
        ("one guid", [Entry { guid: home, ..A }, Entry { guid: home, ..B }]),
        ("one link", [Entry { link: "example.org", ..A }, Entry { link: "example.org", ..B }]),
        ("one title and date", [Entry { link: "", ..A }, Entry { link: "", title: "A", day: 1, ..B }]),
        ("one guid and link", [entry("g", "l", "A", 1), entry("g", "l", "B", 1)]),
        ("all but the words", [entry("", "l", "A", 1).text("a"), entry("", "l", "A", 1).text("b")]),
    ];
    for (case, [one, other]) in cases {
        let mut memory = Memory::default();
        assert_eq!(letters(&memory.read(&[one, other])), "NN", "{case}");
        assert_eq!(letters(&memory.read(&[other, one])), "", "{case}, again");
        memory.read(&[one, C]);
        memory.read(&[C, other]);
        assert_eq!(memory.len(), 3, "{case}, one by one");
    }
}

#[test]
fn the_same_entry_twice_is_one_article() {
    for twice in [A, entry("", "example.org/a", "A", 0), entry("", "", "A", 0)] {
        let mut memory = Memory::default();
        assert_eq!(letters(&memory.read(&[twice, B, twice])), "NN");
        assert_eq!(letters(&memory.read(&[twice, B])), "");
    }
    assert_eq!(letters(&Memory::default().read(&[A, A.text("more")])), "N", "in two versions");
}

#[test]
fn a_second_entry_for_one_article_is_its_own_if_it_has_a_key_of_its_own() {
    let before = Entry { guid: "x9", title: "A!", ..A };
    let cases =
        [(Entry { guid: "x8", ..A }, "N"), (entry("x9", "", "Z", 1), "N"), (entry("x9", "", "A!", 1), "")];
    for (second, wanted) in cases {
        let mut memory = Memory::of(&[before]);
        memory.read(&[Entry { guid: A.guid, ..before }]);
        memory.read(&[A]);
        assert_eq!(letters(&memory.read(&[A, second])), wanted, "{second:?}");
        assert_eq!(letters(&memory.read(&[second, A])), "", "{second:?}");
    }
}

#[test]
fn an_article_is_published_under_its_own_guid_where_that_is_unique() {
    let guids = |entries: &[Entry]| -> Vec<String> {
        let changes = Memory::default().read(entries);
        let guid = |change: &Change| match change {
            Change::New(new) => Some(new.guid.value.clone()),
            _ => None,
        };
        changes.iter().filter_map(guid).collect()
    };
    assert_eq!(guids(&[A, B]), [A.guid, B.guid]);
    let shared = guids(&[A, Entry { guid: A.guid, ..B }]);
    assert!(shared.iter().all(|guid| guid.starts_with("urn:uuid:")), "{shared:?}");
    assert_ne!(shared[0], shared[1]);
    for guid in ["", "5", "https://example.org/"] {
        assert!(guids(&[Entry { guid, ..A }])[0].starts_with("urn:uuid:"), "{guid}");
    }
}

#[test]
fn an_edit_keeps_the_publication_date_and_counts_revisions() {
    let mut memory = Memory::of(&[A]);
    let changes = memory.read(&[Entry { day: 4, ..A }.text("more")]);
    let Change::Edited(edited) = &changes[0] else { panic!("{changes:?}") };
    assert_eq!((edited.published, edited.updated, edited.revision), (day(1), Some(day(4)), 2));
    let changes = memory.read(&[A.text("even more")]);
    let Change::Edited(edited) = &changes[0] else { panic!("{changes:?}") };
    assert_eq!((edited.published, edited.updated, edited.revision), (day(1), Some(day(NOW)), 3));
}
