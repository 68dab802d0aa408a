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

/// Bytes that are looked at together.
const BLOCK: usize = 16;
/// Where each block has white space in it, every word is a short one.
const _: () = assert!(2 * BLOCK <= MOST_PLAIN);

impl<'a> WordEnds<'a> {
    pub(crate) fn of(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// Passes over the words up to the next block that is not ASCII with white space in it, and says how many they are.
    fn pass_plain(&mut self) -> usize {
        let bytes = &self.text.as_bytes()[self.at..];
        let (mut words, mut end, mut before) = (0, 0, 0);
        for block in bytes.as_chunks::<BLOCK>().0 {
            let ([one, other], _) = block.as_chunks() else { break };
            let (Some(one), Some(other)) = (graphic(*one), graphic(*other)) else { break };
            if one & other == HIGHS {
                break;
            }
            words += begun(one, before) + begun(other, one);
            before = other;
            end += BLOCK;
        }
        // A word at the end may go on.
        let in_word = before >> 63;
        let last_space = || bytes[..end].iter().rposition(|&byte| is_space(byte));
        self.at += if in_word == 0 { end } else { last_space().unwrap_or(0) };
        usize::try_from(words - in_word).unwrap_or(0)
    }
}

/// Eight bytes of one, and the highest bits of eight bytes.
const ONES: u64 = u64::MAX / 255;
const HIGHS: u64 = ONES << 7;

/// The highest bit of each byte that is seen, if all are seen or [spaces](is_space). All eight are looked at together.
fn graphic(bytes: [u8; 8]) -> Option<u64> {
    let bytes = u64::from_le_bytes(bytes);
    // Right for ASCII: only there no sum runs over into the next byte.
    let is_not = |byte: u8| (bytes ^ (ONES * u64::from(byte))).wrapping_add(ONES * 0x7f);
    let is_from = |byte: u8| bytes.wrapping_add(ONES * u64::from(0x80 - byte));
    let graphic = is_from(b'!') & !is_from(0x7f);
    let no_space = is_not(b' ') & is_not(b'\n');
    ((bytes | (graphic ^ no_space)) & HIGHS == 0).then_some(graphic & HIGHS)
}

/// How many words begin in eight bytes, of which `graphic` are seen, behind eight others.
fn begun(graphic: u64, before: u64) -> u64 {
    let begins = graphic & !(graphic << 8 | before >> 56);
    (begins >> 7).wrapping_mul(ONES) >> 56
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

        #[test]
        fn words_are_as_many_as_their_ends(text in "([ \\t\\n]|[ \\n]{1,3}[a-z.<]{1,9}|[a-z]{12,44}|é|\\PC){0,60}") {
            prop_assert_eq!(count_words(&text), u32::try_from(ends_in_any_script(&text).len()).unwrap());
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
