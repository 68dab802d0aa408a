//! Two texts side by side: the sentences that went and those that came, as people read them. Pure.

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::spelled;

/// Sentences of one text that are compared one by one. What is longer is compared as a whole, but for what both begin and
/// end with: the time that comparing takes grows with the square.
const MOST_SENTENCES: usize = 2000;

/// A sentence that one of two texts has and the other has not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line<'a> {
    /// Only the old one has it.
    Gone(&'a str),
    /// Only the new one has it.
    Come(&'a str),
}

/// The sentences in which two texts differ, in their order: what went before what came in its place.
#[must_use]
pub fn lines<'a>(old: &'a str, new: &'a str) -> Vec<Line<'a>> {
    let (old, new) = (sentences(old), sentences(new));
    let (old_keys, new_keys) = (keys(&old), keys(&new));
    let alike = |(one, other): &(&String, &String)| one == other;
    let head = old_keys.iter().zip(&new_keys).take_while(alike).count();
    let rest = old_keys[head..].iter().rev().zip(new_keys[head..].iter().rev());
    let tail = rest.take_while(alike).count();
    let (old_end, new_end) = (old.len() - tail, new.len() - tail);
    let (old_keys, new_keys) = (&old_keys[head..old_end], &new_keys[head..new_end]);
    let (old, new) = (&old[head..old_end], &new[head..new_end]);
    let mut lines = Vec::new();
    let mut differ = |gone: &[&'a str], come: &[&'a str]| {
        lines.extend(gone.iter().copied().map(Line::Gone));
        lines.extend(come.iter().copied().map(Line::Come));
    };
    if old.len().max(new.len()) > MOST_SENTENCES {
        differ(old, new);
        return lines;
    }
    for step in capture_diff_slices(Algorithm::Myers, old_keys, new_keys) {
        if step.tag() != DiffTag::Equal {
            differ(&old[step.old_range()], &new[step.new_range()]);
        }
    }
    lines
}

fn keys(sentences: &[&str]) -> Vec<String> {
    sentences.iter().map(|sentence| spelled(sentence).collect()).collect()
}

/// A text's sentences: lines, cut behind full stops, question and exclamation marks. An abbreviation cuts too; it does
/// so in both texts.
fn sentences(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    for line in text.lines() {
        let mut start = 0;
        let mut before = ' ';
        for (at, c) in line.char_indices() {
            let ends = matches!(before, '.' | '!' | '?' | '…') && c.is_whitespace();
            if ends || matches!(before, '。' | '！' | '？') {
                sentences.push(line[start..at].trim());
                start = at;
            }
            before = c;
        }
        sentences.push(line[start..].trim());
    }
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_the_sentences_that_differ_are_shown() {
        let old = "The dam holds. It holds 30 litres. Ann says so.\n\nIt was built in May.";
        let new = "The dam holds. It holds 31 litres. Ann says so.\n\nIt was built in May. It leaks.";
        assert_eq!(
            lines(old, new),
            [Line::Gone("It holds 30 litres."), Line::Come("It holds 31 litres."), Line::Come("It leaks.")]
        );
    }

    #[test]
    fn quotes_white_space_and_line_breaks_make_no_difference() {
        assert_eq!(lines("He said \"no\".\nShe left.", "He  said “no”. She\u{a0}left."), []);
    }

    #[test]
    fn sentences_end_where_other_scripts_end_them() {
        assert_eq!(
            sentences("水は深い。静かだ！ Well? Yes…  no"),
            ["水は深い。", "静かだ！", "Well?", "Yes…", "no"]
        );
    }

    #[test]
    fn very_long_texts_are_compared_as_a_whole_between_their_common_ends() {
        let text = |word: &str| {
            let middle: String = (0..3000).map(|number| format!("{word} {number}. ")).collect();
            format!("Start. {middle}End.")
        };
        let (old, new) = (text("a"), text("b"));
        let lines = lines(&old, &new);
        assert_eq!(lines.len(), 6000);
        assert_eq!((lines[0], lines[5999]), (Line::Gone("a 0."), Line::Come("b 2999.")));
    }

    proptest! {
        #[test]
        fn a_text_differs_from_none_by_all_and_from_itself_by_nothing(text in "[a-c .!?\n。]{0,60}") {
            prop_assert_eq!(lines(&text, &text), []);
            prop_assert_eq!(lines("", &text).len(), sentences(&text).len());
            prop_assert_eq!(lines(&text, "").len(), sentences(&text).len());
        }
    }
}
