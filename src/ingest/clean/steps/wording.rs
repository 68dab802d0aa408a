//! Words as they are compared.

use crate::model::fold::fold;

/// Words in the form in which they are compared: folded, without punctuation.
pub(super) fn key(text: &str) -> String {
    plain_key(text).unwrap_or_else(|| folded_key(text))
}

/// As [`folded_key`], of a text in ASCII and the punctuation that goes with it.
fn plain_key(text: &str) -> Option<String> {
    let mut key = String::with_capacity(text.len());
    let mut is_parted = false;
    for c in text.chars() {
        match c {
            _ if c.is_ascii_alphanumeric() => {
                if is_parted && !key.is_empty() {
                    key.push(' ');
                }
                is_parted = false;
                key.push(c.to_ascii_lowercase());
            }
            // Dashes, quotes, dots.
            '\0'..='\x7f' | '\u{a0}' | '\u{2010}'..='\u{2027}' => is_parted = true,
            _ => return None,
        }
    }
    Some(key)
}

fn folded_key(text: &str) -> String {
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// How many words a [`key`] has; a word of a script without spaces counts by its letters.
pub(super) fn count(key: &str) -> usize {
    key.split(' ')
        .filter(|word| !word.is_empty())
        .map(|word| if word.is_ascii() { 1 } else { word.chars().count().div_ceil(8) })
        .sum()
}

/// What stands behind each of these phrases that a [`key`] begins with.
pub(super) fn behind<'k>(
    key: &'k str,
    phrases: &'static [&'static str],
) -> impl Iterator<Item = (&'static str, &'k str)> {
    // Most begin with another letter, which is sooner compared.
    let first = key.as_bytes().first();
    phrases
        .iter()
        .filter(move |phrase| phrase.as_bytes().first() == first)
        .filter_map(move |phrase| Some((*phrase, key.strip_prefix(phrase)?)))
}

/// Whether a text has more than so many words, as far as that is seen without folding it: its [`key`] has no fewer.
pub(super) fn has_more_words(text: &str, most: usize) -> bool {
    let is_word = |word: &&str| word.contains(char::is_alphanumeric);
    text.split_ascii_whitespace().filter(is_word).nth(most).is_some()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_plain_key_is_the_folded_one(text in "[ -~\\n\u{a0}\u{2010}-\u{2027}]{0,20}", other in "\\PC{0,8}") {
            prop_assert_eq!(plain_key(&text), Some(folded_key(&text)));
            let mixed = text + &other;
            prop_assert_eq!(key(&mixed), folded_key(&mixed));
        }
    }
}
