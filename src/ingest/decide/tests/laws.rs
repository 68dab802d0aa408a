//! Laws that hold for any documents, drawn from so few keys that they clash all the time.

use proptest::prelude::*;

use super::*;

fn any_entry() -> impl Strategy<Value = Entry> {
    let pick = |values: &'static [&'static str]| prop::sample::select(values);
    (
        pick(&["", "g1", "g2", "g3", "g4", "https://example.org/1"]),
        pick(&["", "l1", "l2", "l3", "l4"]),
        pick(&["t1", "t2", "t3"]),
        0..3_i64,
        pick(&["", "x", "y"]),
    )
        .prop_map(|(guid, link, title, day, text)| entry(guid, link, title, day).text(text))
}

fn any_document() -> impl Strategy<Value = Vec<Entry>> {
    prop::collection::vec(any_entry(), 0..7)
}

/// What a list of changes amounts to, whatever its order; that order shows in what is dated by when it was seen.
fn outcome(mut changes: Vec<Change>) -> BTreeSet<String> {
    for change in &mut changes {
        if let Change::New(article) = change
            && article.date_basis == DateBasis::FirstSeen
        {
            article.published = article.first_seen;
        }
    }
    changes.iter().map(|change| format!("{change:?}")).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn a_document_read_twice_changes_nothing_the_second_time(history in prop::collection::vec(any_document(), 1..5)) {
        let mut memory = Memory::default();
        for document in history {
            memory.read(&document);
            let again = memory.read(&document);
            prop_assert!(again.is_empty(), "{:?}\nin {:?}", again, document);
        }
    }

    #[test]
    fn the_order_of_a_document_decides_nothing_but_the_order_of_what_has_no_date(
        (history, document, shuffled) in (prop::collection::vec(any_document(), 0..4), any_document())
            .prop_flat_map(|(history, document)| (Just(history), Just(document.clone()), Just(document).prop_shuffle()))
    ) {
        let (mut one, mut other) = (Memory::default(), Memory::default());
        for earlier in &history {
            one.read(earlier);
            other.read(earlier);
        }
        prop_assert_eq!(outcome(one.read(&document)), outcome(other.read(&shuffled)));
    }

    #[test]
    fn entries_that_share_no_key_are_as_many_articles(count in 0..40_usize) {
        let numbered = |number: usize| {
            let name: &'static str = format!("k{number}").leak();
            entry(name, name, name, 1)
        };
        let entries: Vec<Entry> = (0..count).map(numbered).collect();
        let mut memory = Memory::default();
        memory.read(&entries);
        prop_assert_eq!(memory.len(), count);
    }
}
