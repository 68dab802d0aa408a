//! The values of one key, tried together.

use aho_corasick::AhoCorasick;

use super::pattern::{TextPattern, Words};
use super::searched::Searched;

/// The patterns that are the values of one key of a rule. However many of them are words, a text is read once.
#[derive(Debug, Clone, Default)]
pub struct Patterns {
    /// Those that are words come first.
    patterns: Vec<TextPattern>,
    /// Finds the words, by their place in `patterns`. `None` where there are none, or too many for one automaton.
    automaton: Option<AhoCorasick>,
}

impl From<Vec<TextPattern>> for Patterns {
    fn from(mut patterns: Vec<TextPattern>) -> Self {
        patterns.sort_by_key(|pattern| pattern.words().is_none());
        let words: Vec<&str> = patterns.iter().filter_map(TextPattern::words).map(Words::folded).collect();
        let automaton = if words.is_empty() { None } else { AhoCorasick::new(words).ok() };
        Self { patterns, automaton }
    }
}

impl Patterns {
    /// A pattern that matches the text: words before regular expressions and globs.
    #[must_use]
    pub fn matching(&self, text: &Searched<'_>) -> Option<&TextPattern> {
        let Some(automaton) = &self.automaton else {
            return self.patterns.iter().find(|pattern| pattern.is_match(text));
        };
        // Overlapping: a word that does not stand whole may hide one that does, as `cat` hides `cats`.
        let words = automaton.find_overlapping_iter(text.folded()).find_map(|found| {
            let pattern = &self.patterns[found.pattern().as_usize()];
            pattern.words()?.stand_whole(text.folded(), found.range()).then_some(pattern)
        });
        words.or_else(|| {
            self.patterns
                .iter()
                .filter(|pattern| pattern.words().is_none())
                .find(|pattern| pattern.is_match(text))
        })
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &TextPattern> {
        self.patterns.iter()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::selection::PatternUse;

    fn compile(patterns: &[&str]) -> Patterns {
        let compiled: Result<Vec<_>, _> =
            patterns.iter().map(|pattern| TextPattern::compile(pattern, PatternUse::Text)).collect();
        compiled.unwrap().into()
    }

    #[test]
    fn one_of_many_patterns_is_found_whatever_its_kind() {
        let patterns = compile(&["/^storm/i", "cat", "cats", "scat", "北京"]);
        for (text, found) in [
            ("two CATS", Some("cats")),
            ("scats, a cat", Some("cat")),
            ("Stormy", Some("/^storm/i")),
            ("去北京吧", Some("北京")),
            ("concat", None),
        ] {
            assert_eq!(patterns.matching(&Searched::text(text)).map(TextPattern::written), found, "{text}");
        }
        assert!(Patterns::default().matching(&Searched::text("x")).is_none());
        assert_eq!(patterns.iter().count(), 5);
    }

    proptest! {
        #[test]
        fn together_they_match_what_one_of_them_matches_alone(
            patterns in prop::collection::vec("[ab中.]{1,3}", 1..5), text in "[abé中 .-]{0,12}"
        ) {
            let written: Vec<&str> = patterns.iter().map(String::as_str).collect();
            let together = compile(&written);
            let text = Searched::text(text);
            let alone = together.iter().any(|pattern| pattern.is_match(&text));
            prop_assert_eq!(together.matching(&text).is_some(), alone);
        }
    }
}
