//! Dates in other than plain characters: full-width digits, digits of other scripts, no-break spaces, invisible marks.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

pub(super) struct Plain<'a> {
    /// With compatibility characters as what they stand for (Unicode NFKC), without invisible ones, with ASCII digits.
    pub(super) text: Cow<'a, str>,
    /// Digits were those of a script whose readers may count their years from another event.
    pub(super) has_native_digits: bool,
}

impl<'a> Plain<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        if text.is_ascii() {
            return Self { text: Cow::Borrowed(text), has_native_digits: false };
        }
        let mut has_native_digits = false;
        let text = text.nfkc().filter(|&c| !is_invisible(c)).map(|c| {
            let digit = native_digit(c);
            has_native_digits |= digit.is_some();
            digit.unwrap_or(c)
        });
        Self { text: Cow::Owned(text.collect()), has_native_digits }
    }
}

/// Marks of direction, joiners, the byte order mark, the soft hyphen.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// The ASCII digit for one of the Arabic, Persian, Devanagari, Bengali and Thai scripts.
fn native_digit(c: char) -> Option<char> {
    let zero =
        ['٠', '۰', '०', '০', '๐'].into_iter().find(|&zero| (zero..).take(10).any(|digit| digit == c))?;
    char::from_digit(u32::from(c) - u32::from(zero), 10)
}
