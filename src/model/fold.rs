//! Folding: what two spellings share when they are the same word to a reader. Pure.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::decompose_canonical;
use unicode_normalization::{IsNormalized, is_nfkc_quick};

/// The text in lower case, without accents, with plain apostrophes and hyphens, every run of white space one space,
/// and nothing that cannot be seen. Linear.
///
/// Compatibility forms are resolved (NFKC: full width, ligatures), so `Ｃafé ﬁn` and `cafe fin` fold alike. Accents are
/// folded where people leave them out: on Latin, Greek, Cyrillic, Hebrew and Arabic letters. The vowel signs of Indic
/// scripts and the voicing marks of Japanese are combining marks too, but they make another word, so they stay.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(odd) = odd_byte(rest.as_bytes(), at_space(&folded)) {
        push_plain(&mut folded, &rest[..odd]);
        rest = &rest[odd..];
        let other = rest.bytes().position(|byte| byte.is_ascii()).unwrap_or(rest.len());
        if other > 0 {
            push_other(&mut folded, &rest[..other]);
            rest = &rest[other..];
        } else {
            push_char(&mut folded, char::from(rest.as_bytes()[0]));
            rest = &rest[1..];
        }
    }
    push_plain(&mut folded, rest);
    folded
}

/// The first byte that lower case alone does not fold: not ASCII, white space but for one space, a control character.
fn odd_byte(bytes: &[u8], mut after_space: bool) -> Option<usize> {
    bytes.iter().position(|&byte| {
        let space = byte == b' ';
        let odd = !byte.is_ascii() || byte < b' ' || (space && after_space);
        after_space = space;
        odd
    })
}

/// Most text is ASCII, with one space between words: copied in long runs.
fn push_plain(folded: &mut String, run: &str) {
    let start = folded.len();
    folded.push_str(run);
    folded[start..].make_ascii_lowercase();
}

/// A run without ASCII. It can be normalised apart from its neighbours: an accent behind an ASCII letter goes anyway.
fn push_other(folded: &mut String, run: &str) {
    match is_nfkc_quick(run.chars()) {
        IsNormalized::Yes => run.chars().for_each(|c| push_char(folded, c)),
        _ => run.chars().map(upright).nfkc().for_each(|c| push_char(folded, c)),
    }
}

/// An acute accent that stands alone is meant as an apostrophe; NFKC would make it a space with an accent.
fn upright(c: char) -> char {
    if c == '´' { '\'' } else { c }
}

fn push_char(folded: &mut String, c: char) {
    match c {
        // Han, Hangul and kana have no case and no accents.
        '\u{3041}'..='\u{30fe}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' => folded.push(c),
        _ if c.is_whitespace() => push_space(folded),
        _ if is_accent(c) || is_invisible(c) => {}
        _ => c.to_lowercase().for_each(|lower| push_letter(folded, lower)),
    }
}

fn push_space(folded: &mut String) {
    if !at_space(folded) {
        folded.push(' ');
    }
}

/// Whether one more space would be too many.
fn at_space(folded: &str) -> bool {
    folded.is_empty() || folded.ends_with(' ')
}

fn push_letter(folded: &mut String, c: char) {
    // Letters of their own on every keyboard that has them; nobody leaves the mark out.
    if matches!(c, 'й' | 'ў' | 'ї') {
        return folded.push(c);
    }
    let mut bare = None;
    let mut accented = false;
    decompose_canonical(c, |part| {
        if is_accent(part) {
            accented = true;
        } else {
            bare.get_or_insert(part);
        }
    });
    let c = if accented { bare.unwrap_or(c) } else { c };
    match spelled(c) {
        Some(spelling) => folded.push_str(spelling),
        None if accented && bare.is_none() => {}
        None => folded.push(c),
    }
}

/// What Unicode does not decompose, but people spell otherwise.
fn spelled(c: char) -> Option<&'static str> {
    Some(match c {
        '‘' | '’' | '‛' | 'ʼ' | 'ʹ' | '′' | 'ʻ' | '‵' => "'",
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '⁃' => "-",
        'ß' => "ss",
        'ø' => "o",
        'æ' => "ae",
        'œ' => "oe",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ħ' => "h",
        'ŧ' => "t",
        'ı' => "i",
        'ς' => "σ",
        _ => return None,
    })
}

/// Combining marks that are accents or points: general, Cyrillic, Hebrew, Arabic, and their supplements.
fn is_accent(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{487}'
        | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}'
        | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}'
        | '\u{6df}'..='\u{6e4}' | '\u{6e7}' | '\u{6e8}' | '\u{6ea}'..='\u{6ed}' | '\u{8d3}'..='\u{8ff}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// Soft hyphens, joiners, direction marks, variation selectors, the Arabic stretch.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{640}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spellings_of_one_word_fold_alike() {
        for (written, folded) in [
            ("Climate  CHANGE\u{a0}now", "climate change now"),
            ("Café CAFE\u{301} ＣＡＦＥ", "cafe cafe cafe"),
            ("Straße STRASSE ẞ", "strasse strasse ss"),
            ("Ærø Łódź Đorđe Œuvre Þór", "aero lodz dorde oeuvre thor"),
            ("İstanbul Iğdır", "istanbul igdir"),
            ("Ελλάδα ΟΔΟΣ οδός", "ελλαδα οδοσ οδοσ"),
            ("Ёлка Зелёный", "елка зеленый"),
            ("Дай и\u{306} йод", "дай й йод"),
            ("l’été l'été l´été", "l'ete l'ete l'ete"),
            ("e‑mail e–mail e-mail", "e-mail e-mail e-mail"),
            ("cli\u{ad}mate cli\u{200b}mate", "climate climate"),
            ("مُحَمَّد أحمد آب", "محمد احمد اب"),
            ("שָׁלוֹם", "שלום"),
            ("ｶﾞｽ ガス カ\u{3099}ス", "ガス ガス ガス"),
            ("한글 \u{1112}\u{1161}\u{11ab}글", "한글 한글"),
            ("की का", "की का"),
            ("ﬁn ½ ™", "fin 1⁄2 tm"),
            (" \n a \t\r\n b ", "a b "),
        ] {
            assert_eq!(fold(written), folded, "{written}");
        }
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in "\\PC{0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
