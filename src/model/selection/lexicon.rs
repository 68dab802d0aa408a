//! All words that the rules of a selection look for, found in one reading of a text.

use std::collections::HashSet;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::pattern::{TextPattern, Words};
use super::{Selection, Test};

/// Bytes of all words up to which the automaton is a full table: the fastest, and then a few MiB at most.
const TABLE: usize = 16 << 10;

/// The words of all patterns of a selection in one automaton: with it, a text is read once however many rules ask.
#[derive(Debug, Clone)]
pub struct Lexicon<'a> {
    words: Vec<&'a Words>,
    automaton: AhoCorasick,
}

impl<'a> Lexicon<'a> {
    /// The lexicon of a selection; `None` if it looks for no words, or for too many for one automaton.
    #[must_use]
    pub fn of(selection: &'a Selection) -> Option<Self> {
        let mut words = Vec::new();
        for rule in selection.exclude.iter().chain(&selection.include) {
            collect(&rule.tests, &mut words);
        }
        let size: usize = words.iter().map(|words| words.folded().len()).sum();
        let automaton = AhoCorasick::builder()
            .kind((size <= TABLE).then_some(AhoCorasickKind::DFA))
            // It looks for rare bytes, which are not rare when there are many words.
            .prefilter(false)
            .build(words.iter().map(|words| words.folded()))
            .ok()?;
        (!words.is_empty()).then_some(Self { words, automaton })
    }

    /// Those that stand whole in a folded text. Overlapping ones too: a word that is part of a longer one must not hide
    /// it, as `cat` hides `cats`.
    pub(super) fn found(&self, folded: &str) -> HashSet<String> {
        let places = self.automaton.find_overlapping_iter(folded);
        let whole = places.filter_map(|place| {
            let words = self.words[place.pattern().as_usize()];
            words.stand_whole(folded, place.range()).then(|| words.folded().to_owned())
        });
        whole.collect()
    }
}

fn collect<'a>(tests: &'a [Test], words: &mut Vec<&'a Words>) {
    for test in tests {
        match test {
            Test::Title(patterns)
            | Test::Text(patterns)
            | Test::Author(patterns)
            | Test::Tag(patterns)
            | Test::Url(patterns) => words.extend(patterns.iter().filter_map(TextPattern::words)),
            Test::Not(tests) => collect(tests, words),
            Test::Source(_) | Test::Age(_) | Test::Words(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::selection::{PatternUse, Rule, Searched};

    fn selection(patterns: &[String]) -> Selection {
        let compile = |pattern: &String| TextPattern::compile(pattern, PatternUse::Text).ok();
        let (one, other) = patterns.split_at(patterns.len() / 2);
        let rule = |patterns: &[String], negated: bool| {
            let test = Test::Title(patterns.iter().filter_map(compile).collect());
            Rule { name: String::new(), tests: vec![if negated { Test::Not(vec![test]) } else { test }] }
        };
        Selection {
            exclude: vec![rule(one, true)],
            include: vec![rule(other, false)],
            ..Selection::default()
        }
    }

    #[test]
    fn a_selection_without_words_has_no_lexicon() {
        assert!(Lexicon::of(&selection(&["/a/".to_owned(), "/b/i".to_owned()])).is_none());
    }

    proptest! {
        #[test]
        fn a_pattern_matches_with_a_lexicon_where_it_matches_without(
            patterns in prop::collection::vec("[ab中.]{1,3}|/[ab]{1,3}/", 1..6), text in "[abé中 .-]{0,12}"
        ) {
            let selection = selection(&patterns);
            let lexicon = Lexicon::of(&selection);
            for pattern in &patterns {
                let pattern = TextPattern::compile(pattern, PatternUse::Text).unwrap();
                let alone = pattern.is_match(&Searched::text(&*text));
                let together = pattern.is_match(&Searched::text(&*text).with(lexicon.as_ref()));
                prop_assert_eq!(alone, together);
            }
        }
    }
}
