//! Texts that patterns are tried on.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashSet;
use std::ops::Range;

use url::Url;

use crate::model::fold::fold;

use super::lexicon::Lexicon;

/// A text that patterns are tried on: as it is, and folded once, when a pattern first asks.
#[derive(Debug, Clone)]
pub struct Searched<'a> {
    plain: Cow<'a, str>,
    folded: OnceCell<String>,
    fold: fn(&str) -> String,
    lexicon: Option<&'a Lexicon<'a>>,
    found: OnceCell<HashSet<String>>,
}

impl<'a> Searched<'a> {
    /// A text.
    #[must_use]
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::new(text.into(), fold)
    }

    /// An article's URL.
    #[must_use]
    pub fn url(url: &'a Url) -> Self {
        Self::new(url.as_str().into(), fold_url)
    }

    fn new(plain: Cow<'a, str>, fold: fn(&str) -> String) -> Self {
        Self { plain, folded: OnceCell::new(), fold, lexicon: None, found: OnceCell::new() }
    }

    /// The text, to be read with a lexicon; only patterns in the lexicon may then be tried on it.
    #[must_use]
    pub fn with(mut self, lexicon: Option<&'a Lexicon<'a>>) -> Self {
        self.lexicon = lexicon;
        self
    }

    /// As it is.
    #[must_use]
    pub fn plain(&self) -> &str {
        &self.plain
    }

    /// Folded: see [`fold`]; a URL is percent-decoded before, and `-`, `_`, `+` and the space are one in it.
    #[must_use]
    pub fn folded(&self) -> &str {
        self.folded.get_or_init(|| (self.fold)(&self.plain))
    }

    /// Which words of its lexicon stand whole in it, if it has a lexicon.
    pub(super) fn found(&self) -> Option<&HashSet<String>> {
        let lexicon = self.lexicon?;
        Some(self.found.get_or_init(|| lexicon.found(self.folded())))
    }

    /// The words around a place in the folded text, as they stand in the plain one; the folded ones where they cannot
    /// be made out or are no words (in scripts without spaces a whole sentence is one).
    pub(super) fn around(&self, place: Range<usize>) -> &str {
        const LONGEST: usize = 120;
        let wanted = &self.folded()[place.clone()];
        match self.words_at(&place) {
            Some(words) if words.len() <= LONGEST && (self.fold)(words).contains(wanted) => words,
            _ => wanted,
        }
    }

    /// White space folds to white space, so the words before a place fold to what stands before it.
    fn words_at(&self, place: &Range<usize>) -> Option<&str> {
        let (mut folded, mut end, mut first) = (0, 0, None);
        for word in self.plain.split_inclusive(char::is_whitespace) {
            let start = end;
            end += word.len();
            let length = (self.fold)(word.trim()).trim().len();
            if length == 0 {
                continue;
            }
            folded += length;
            if folded > place.start {
                first.get_or_insert(start);
            }
            if folded >= place.end {
                return self.plain.get(first?..end).map(str::trim);
            }
            folded += " ".len();
        }
        None
    }
}

/// A URL folded: percent-encoding read, and `-`, `_`, `+` and the space, which all part the words of a slug, made one.
pub(super) fn fold_url(url: &str) -> String {
    let mut bytes = Vec::with_capacity(url.len());
    let mut rest = url.as_bytes();
    while let Some((&byte, behind)) = rest.split_first() {
        match (byte, percent_encoded(behind)) {
            (b'%', Some(decoded)) => {
                bytes.push(decoded);
                rest = &behind[2..];
            }
            _ => {
                bytes.push(byte);
                rest = behind;
            }
        }
    }
    fold(&String::from_utf8_lossy(&bytes)).replace([' ', '_', '+'], "-")
}

/// The byte that the two digits behind a `%` write.
fn percent_encoded(digits: &[u8]) -> Option<u8> {
    let digit = |at: usize| char::from(*digits.get(at)?).to_digit(16);
    u8::try_from(digit(0)? * 16 + digit(1)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_around_a_match_are_those_of_the_text() {
        for (text, found, words) in [
            ("Make your home  Climate-Proof\u{a0}today", "climate", "Climate-Proof"),
            ("Au  « Café\n Noir », ce soir", "cafe noir", "Café\n Noir"),
            ("\u{ad} Élan vital", "elan", "Élan"),
            ("une ÉLECTION", "election", "ÉLECTION"),
        ] {
            let searched = Searched::text(text);
            let start = searched.folded().find(found).unwrap();
            assert_eq!(searched.around(start..start + found.len()), words, "{text}");
        }
        let long = "気候変動".repeat(50);
        assert_eq!(Searched::text(&*long).around(0..12), "気候変動");
    }

    #[test]
    fn a_folded_url_is_decoded_and_its_words_are_parted_by_hyphens() {
        for (url, folded) in [
            (
                "https://example.org/Pol%C3%ADtica/El_ni%C3%B1o+hoy",
                "https://example.org/politica/el-nino-hoy",
            ),
            ("https://example.org/100%/%zz%4", "https://example.org/100%/%zz%4"),
        ] {
            assert_eq!(fold_url(url), folded);
        }
    }
}
