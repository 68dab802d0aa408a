//! UTF-8 that was read as windows-1252 and written as UTF-8 again: `Ã©` for `é`, `â€™` for `’`.
//!
//! A text is put right only where that is plainly what happened: all but a few of its non-ASCII characters form such
//! sequences, and they stand in words. An article that shows `Ã©` as an example shows it among blanks or quotes, or
//! beside characters that are right.

use encoding_rs::{Encoding, WINDOWS_1252};

/// So many sequences there must be for each character beyond ASCII that is part of none.
const SEQUENCES_A_CHARACTER: usize = 4;
/// Looking at more than so many right characters is not needed to know that a text is right.
const ENOUGH: usize = 3;
/// A text that was encoded more often than this stays as it is.
const MOST_LAYERS: usize = 3;

/// The text put right, and where the first sequence stood; `None` for a text that is right.
pub(super) fn undone(text: &str) -> Option<(String, usize)> {
    let first = first_of_doubled(text)?;
    let mut right = undo(text);
    for _ in 1..MOST_LAYERS {
        if first_of_doubled(&right).is_none() {
            break;
        }
        right = undo(&right);
    }
    Some((right, first))
}

/// Where the first sequence is of a text that is encoded twice.
fn first_of_doubled(text: &str) -> Option<usize> {
    let mut tally = Tally::default();
    let mut at = next_foreign(text, 0);
    while at < text.len() {
        let rest = text.get(at..)?;
        let length = match sequence(rest) {
            Some(found) => {
                tally.count(text, at, &found);
                found.length
            }
            None => {
                tally.others += 1;
                rest.chars().next()?.len_utf8()
            }
        };
        if tally.others >= ENOUGH && !tally.prevails() {
            return None;
        }
        at = next_foreign(text, at + length);
    }
    tally.first.filter(|_| tally.convinces())
}

/// What a text shows for and against being encoded twice.
#[derive(Default)]
struct Tally {
    sequences: usize,
    /// Of those, beside a letter or another sequence.
    in_words: usize,
    /// Of those, hardly there by chance.
    telling: usize,
    /// Characters beyond ASCII that belong to none.
    others: usize,
    first: Option<usize>,
    end_of_last: Option<usize>,
}

impl Tally {
    fn count(&mut self, text: &str, at: usize, found: &Sequence) {
        let before = text.as_bytes().get(at.wrapping_sub(1)).copied();
        let after = text.as_bytes().get(at + found.length).copied();
        let letter = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric());
        let adjoins = self.end_of_last == Some(at);
        self.sequences += 1;
        self.in_words += usize::from(letter(before) || letter(after) || adjoins || found.has_control);
        self.telling += usize::from(!found.ends_like_text || found.has_control || adjoins);
        self.first = self.first.or(Some(at));
        self.end_of_last = Some(at + found.length);
    }

    fn prevails(&self) -> bool {
        self.sequences >= self.others * SEQUENCES_A_CHARACTER
    }

    fn convinces(&self) -> bool {
        self.telling > 0 && self.in_words * 2 >= self.sequences && self.prevails()
    }
}

/// The text with every sequence replaced by the character it was.
fn undo(text: &str) -> String {
    let mut right = String::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let foreign = next_foreign(text, at);
        right.push_str(text.get(at..foreign).unwrap_or_default());
        let rest = text.get(foreign..).unwrap_or_default();
        let Some(character) = rest.chars().next() else { break };
        let (original, length) =
            sequence(rest).map_or((character, character.len_utf8()), |found| (found.original, found.length));
        right.push(original);
        at = foreign + length;
    }
    right
}

/// The next character from `at` on that is not ASCII.
fn next_foreign(text: &str, at: usize) -> usize {
    at + Encoding::ascii_valid_up_to(text.as_bytes().get(at..).unwrap_or_default())
}

/// A character's bytes in UTF-8, each as a character of windows-1252.
struct Sequence {
    original: char,
    /// Of it in the text, in bytes.
    length: usize,
    /// Whether all but its first are characters that may well follow a letter, as in the Portuguese `AMANHÃ…`:
    /// blanks, quotes, dashes.
    ends_like_text: bool,
    /// Whether there is one of the control characters in it that nobody writes.
    has_control: bool,
}

fn sequence(text: &str) -> Option<Sequence> {
    let mut characters = text.chars();
    let lead = characters.next().filter(|c| ('\u{c2}'..='\u{f4}').contains(c))?;
    let mut bytes = [0; 4];
    let (mut length, mut ends_like_text, mut has_control) = (lead.len_utf8(), true, false);
    let first = byte_of(lead)?;
    let width = match first {
        ..0xe0 => 2,
        0xe0..0xf0 => 3,
        _ => 4,
    };
    bytes[0] = first;
    for place in bytes.iter_mut().take(width).skip(1) {
        let next = characters.next()?;
        *place = byte_of(next).filter(|byte| (0x80..0xc0).contains(byte))?;
        length += next.len_utf8();
        ends_like_text &= "\u{a0}«»ºª°’‘“”–—…™".contains(next);
        has_control |= next.is_control();
    }
    let original = std::str::from_utf8(bytes.get(..width)?).ok()?.chars().next()?;
    Some(Sequence { original, length, ends_like_text, has_control })
}

/// The byte of a character in windows-1252, or in ISO 8859-1, whose controls stand where the former has nothing.
fn byte_of(character: char) -> Option<u8> {
    match character {
        '\u{80}'..='\u{ff}' => u8::try_from(u32::from(character)).ok(),
        '\u{152}'..='\u{2122}' => {
            let mut written = [0; 4];
            match &*WINDOWS_1252.encode(character.encode_utf8(&mut written)).0 {
                &[byte] => Some(byte),
                _ => None,
            }
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Encodes a text in UTF-8, reads it as windows-1252.
    fn doubled(text: &str) -> String {
        WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned()
    }

    #[test]
    fn what_was_encoded_twice_or_three_times_is_undone() {
        for text in [
            "Le café est ouvert",
            "don’t",
            "Café",
            "He said “no” — and left…",
            "Été à la plage",
            "Новости дня",
            "Νέα της ημέρας",
            "今日のニュース",
            "חדשות היום",
            "Zażółć gęślą jaźń",
            "naïve 😀 smile",
            "São Paulo",
            "新闻",
        ] {
            let once = doubled(text);
            assert_eq!(undone(&once).map(|(right, _)| right).as_deref(), Some(text), "{once}");
            let twice = doubled(&once);
            assert_eq!(undone(&twice).map(|(right, _)| right).as_deref(), Some(text), "{twice}");
        }
        for text in ["Le café", "50 € – a bargain", "À la une"] {
            let latin1: String = text.bytes().map(char::from).collect();
            assert_eq!(undone(&latin1).map(|(right, _)| right).as_deref(), Some(text), "{latin1:?}");
        }
    }

    #[test]
    fn a_text_that_is_right_stays() {
        for text in [
            "plain",
            "Été à la plage",
            "You see \"Ã©\" where é should be",
            "Mojibake: Ã© and â€™ are the best known",
            "what does “Ã©” mean?",
            "AMANHÃ…",
            "AMANHÃ\u{a0}É FERIADO",
            "IRMÃ’S",
            "«\u{a0}Voilà\u{a0}» © 2020",
            "Så er det på»",
            "MÃE, PÃO",
            "© 2020 Ünïcode",
        ] {
            assert_eq!(undone(text), None, "{text}");
        }
    }

    #[test]
    fn a_right_character_among_many_that_are_not_stays_as_it_is() {
        let text = format!("{} — ", "donâ€™t ".repeat(20));
        let right = format!("{} — ", "don’t ".repeat(20));
        assert_eq!(undone(&text), Some((right, 3)));
    }
}
