//! Words: what the length of a text is counted in, and where an excerpt may be cut. Pure.
//!
//! Words are what white space parts; a script that does without counts by its characters, see `Script`.

use unicode_normalization::char::is_combining_mark;

/// How many words a text has.
#[must_use]
pub fn count_words(text: &str) -> u32 {
    let mut ends = WordEnds::of(text);
    let mut words = ends.pass_plain();
    while ends.next().is_some() {
        words += 1 + ends.pass_plain();
    }
    u32::try_from(words).unwrap_or(u32::MAX)
}

/// How a character's script parts words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    /// By white space.
    Spaced,
    /// Not at all, and a character is about a word: Han, kana, bopomofo.
    Ideographic,
    /// Not at all, and a word has about four letters: Thai, Lao, Khmer, Myanmar.
    Unspaced,
}

impl Script {
    fn of(c: char) -> Self {
        match c {
            '\u{3005}'..='\u{3007}'
            | '\u{3041}'..='\u{312f}'
            | '\u{31a0}'..='\u{31ff}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{ff66}'..='\u{ff9f}'
            | '\u{20000}'..='\u{3ffff}' => Self::Ideographic,
            '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' => Self::Unspaced,
            _ => Self::Spaced,
        }
    }

    /// Letters that one word has at most: for [`Script::Spaced`] a bound on what has no end, such as a long URL.
    const fn letters(self) -> usize {
        match self {
            Self::Spaced => 40,
            Self::Ideographic => 1,
            Self::Unspaced => 4,
        }
    }
}

/// A word has at most this many characters, marks and punctuation included.
pub(crate) const LONGEST: usize = 80;

/// As many bytes of ASCII are more than a word.
const MOST_PLAIN: usize = Script::Spaced.letters() + 1;

/// Where the words of a text end, in bytes.
pub(crate) struct WordEnds<'a> {
    text: &'a str,
    /// Where the next word is looked for.
    at: usize,
}

impl<'a> WordEnds<'a> {
    pub(crate) fn of(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// Passes words as far as they are short ones in ASCII, [`BLOCK`] bytes at a time: how many.
    fn pass_plain(&mut self) -> usize {
        let bytes = self.text.as_bytes();
        let (mut words, mut at) = (0, self.at);
        while let Some(ended) = bytes.get(at..).and_then(|rest| rest.first_chunk()).and_then(plain_ends) {
            words += ended;
            at += BLOCK;
        }
        if at > self.at {
            // A word that has not ended is looked at from its beginning.
            let is_inside = !is_space(bytes[at]);
            let begun = bytes[..at].iter().rev().take_while(|byte| is_inside && !is_space(**byte)).count();
            self.at = at - begun;
        }
        words
    }
}

/// Bytes that are looked at together.
const BLOCK: usize = 16;

/// How many words end in a block, of which the last byte is the first of the next; `None` where it is not all visible ASCII and
/// white space, or has no white space. So a word that ends in the next block is shorter than two of them.
fn plain_ends(block: &[u8; BLOCK + 1]) -> Option<usize> {
    const { assert!(2 * BLOCK < MOST_PLAIN) };
    let (mut ends, mut spaces, mut is_odd) = (0_u8, 0_u8, false);
    // Without a way out in the middle, so that all bytes are compared at once.
    for (&byte, &next) in block.iter().zip(&block[1..]) {
        is_odd |= !(is_space(byte) | byte.is_ascii_graphic());
        spaces += u8::from(is_space(byte));
        ends += u8::from(!is_space(byte) & is_space(next));
    }
    (!is_odd && spaces > 0).then_some(usize::from(ends))
}

impl Iterator for WordEnds<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut start = self.at;
        while start < bytes.len() && is_space(bytes[start]) {
            start += 1;
        }
        // Nearly every word is a short one in ASCII, up to a space.
        let most = bytes.len().min(start + MOST_PLAIN);
        let mut end = start;
        while end < most && bytes[end].is_ascii_graphic() {
            end += 1;
        }
        let is_short = start < end && end < start + MOST_PLAIN;
        if is_short && bytes.get(end).is_none_or(|&byte| is_space(byte)) {
            self.at = end;
            return Some(end);
        }
        let rest = self.text[start..].trim_start();
        if rest.is_empty() {
            return None;
        }
        self.at = self.text.len() - rest.len() + first_word(rest);
        Some(self.at)
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n')
}

/// The length of the word that a text starts with, in any script.
fn first_word(text: &str) -> usize {
    let mut script = Script::Spaced;
    let mut letters = 0;
    for (place, (at, c)) in text.char_indices().enumerate() {
        if c.is_whitespace() || place >= LONGEST && !is_combining_mark(c) && c != '…' {
            return at;
        }
        if !is_letter(c) {
            continue;
        }
        let own = Script::of(c);
        if letters > 0 && (own != script || letters >= own.letters()) {
            return at;
        }
        script = own;
        letters += 1;
    }
    text.len()
}

/// A letter or digit that is no mark on another.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || !c.is_ascii() && c.is_alphanumeric() && !is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The ends of words, each looked for in every script.
    fn ends_in_any_script(text: &str) -> Vec<usize> {
        let mut ends = Vec::new();
        let mut rest = text.trim_start();
        while !rest.is_empty() {
            rest = &rest[first_word(rest)..];
            ends.push(text.len() - rest.len());
            rest = rest.trim_start();
        }
        ends
    }

    proptest! {
        #[test]
        fn a_short_word_in_ascii_ends_where_it_would_in_any_script(text in "([ \\t\\n]|[a-z.<]{1,12}|[a-z]{30,90}|\\PC){0,40}") {
            prop_assert_eq!(WordEnds::of(&text).collect::<Vec<_>>(), ends_in_any_script(&text));
        }
    }

    proptest! {
        #[test]
        fn words_are_counted_together_as_one_by_one(text in "([ \\t\\n]{1,3}|[a-z.<]{1,12} |[a-z.]{10,50}|[!-~ ]{20}|\\PC| ’){0,40}") {
            prop_assert_eq!(count_words(&text) as usize, ends_in_any_script(&text).len());
        }
    }

    #[test]
    fn what_has_no_end_is_not_looked_through_for_each_of_its_words() {
        // Billions of looks, if each word looked for its end to the end of the text.
        let letters = 400_000;
        assert_eq!(count_words(&"<".repeat(letters)), u32::try_from(letters / LONGEST).unwrap());
    }

    #[test]
    fn words_are_counted_in_every_script() {
        let table = [
            ("", 0),
            (" \n ", 0),
            ("x", 1),
            ("one two — three", 4),
            ("日本語の文章", 6),
            ("新しいiPhone", 4),
            ("ไทย", 1),
            ("ภาษาไทย", 2),
            ("cafe\u{301} noir", 2),
        ];
        for (text, words) in table {
            assert_eq!(count_words(text), words, "{text}");
        }
    }
}
