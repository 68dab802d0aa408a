//! A quick no: names of elements have many words, and most are in no list.

/// For each first letter the lengths of the words of a list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shapes([u32; 26]);

impl Shapes {
    pub(super) const NONE: Self = Self([0; 26]);

    /// With these words, of small letters.
    pub(super) const fn with(mut self, words: &[&str]) -> Self {
        let mut at = 0;
        while at < words.len() {
            let word = words[at].as_bytes();
            self.0[(word[0] - b'a') as usize] |= 1 << word.len();
            at += 1;
        }
        self
    }

    /// Whether the list may have this word.
    pub(super) fn fit(&self, word: &str) -> bool {
        let letter = word.bytes().next().and_then(|letter| letter.checked_sub(b'a'));
        let lengths = letter.and_then(|letter| self.0.get(usize::from(letter))).copied().unwrap_or(0);
        word.len() < 32 && lengths & 1 << word.len() != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_list_fits_and_most_others_do_not() {
        const SHAPES: Shapes = Shapes::NONE.with(&["ad", "share", "zergnet"]);
        for word in ["ad", "share", "zergnet", "as", "sheep"] {
            assert!(SHAPES.fit(word), "{word}");
        }
        for word in ["", "a", "ads", "Ad", "1d", "shares", "über", "content"] {
            assert!(!SHAPES.fit(word), "{word}");
        }
        assert!(!SHAPES.fit(&"a".repeat(99)));
    }
}
