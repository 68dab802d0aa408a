//! Excerpts: the first words of a text, cut where a sentence ends if one does.

use crate::model::PlainText;
use crate::model::words::WordEnds;

/// The beginning of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// At most the words asked for.
    pub(super) text: PlainText,
    /// Whether the text goes on behind it.
    pub(super) cut: bool,
}

/// The beginning of a text, of at most `limit` words. A text that is longer is cut behind the last sentence or paragraph
/// that ends in the last two thirds, else behind a word, with "…". `None` for a text without words, or no limit to fill.
pub(super) fn excerpt(text: &PlainText, limit: usize) -> Option<Excerpt> {
    let text = text.as_str();
    let mut ends = WordEnds::of(text);
    let mut least = 0;
    let mut end = 0;
    for place in 0..limit {
        match ends.next() {
            Some(at) => end = at,
            None if end == 0 => return None,
            None => return Some(Excerpt { text: PlainText::block(text), cut: false }),
        }
        if place == limit / 3 {
            least = end;
        }
    }
    if end == 0 {
        return None;
    }
    if ends.next().is_none() {
        return Some(Excerpt { text: PlainText::block(text), cut: false });
    }
    let kept = match last_sentence_end(text, end).filter(|&at| at >= least) {
        Some(at) => text[..at].to_owned(),
        None => at_word(&text[..end]),
    };
    Some(Excerpt { text: PlainText::block(&kept), cut: true })
}

/// A text cut behind a word: what belongs to the words that follow goes.
fn at_word(text: &str) -> String {
    let bare = text.trim_end_matches(|c: char| {
        c.is_whitespace()
            || matches!(c, ',' | ';' | ':' | '-' | '–' | '—' | '(' | '[' | '"' | '“' | '„' | '«')
            || matches!(c, '、' | '，' | '；' | '：' | '「' | '『' | '（' | '《' | '…')
    });
    format!("{}…", if bare.is_empty() { text } else { bare })
}

/// The end of the last sentence or paragraph that ends at or before `end`, in bytes. Linear.
fn last_sentence_end(text: &str, end: usize) -> Option<usize> {
    let mut last = None;
    let mut chars = text.char_indices().take_while(|&(at, _)| at < end).peekable();
    while let Some((at, c)) = chars.next() {
        if c == '\n' && text[at..].starts_with("\n\n") {
            last = Some(at);
        }
        if !is_terminator(c) {
            continue;
        }
        let mut behind = at + c.len_utf8();
        while let Some((next, closer)) = chars.next_if(|&(_, c)| is_terminator(c) || is_closer(c)) {
            behind = next + closer.len_utf8();
        }
        if ends_sentence(c, &text[..at], &text[behind..]) {
            last = Some(behind);
        }
    }
    last
}

fn is_terminator(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '؟' | '۔' | '।' | '॥' | '։' | '።') || is_wide_terminator(c)
}

fn is_wide_terminator(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '．' | '｡')
}

fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | ')' | ']' | '”' | '’' | '»' | '›' | '」' | '』' | '）' | '】')
}

/// Whether the terminator between these two ends a sentence.
fn ends_sentence(terminator: char, before: &str, behind: &str) -> bool {
    if is_wide_terminator(terminator) || behind.is_empty() {
        return true;
    }
    behind.starts_with(char::is_whitespace)
        && !behind.trim_start().starts_with(char::is_lowercase)
        && !(terminator == '.' && is_abbreviated(before))
}

/// Words before a full stop that seldom end a sentence.
const ABBREVIATIONS: &str = " mr mrs ms dr prof st no vs jr sr gen rep sen gov lt col sgt capt rev hon mt ft art fig vol \
    ca bzw nr abs bd str mme mlle sra srta dra approx jan feb mar apr jun jul aug sep sept oct nov dec ";

/// Whether the text ends with an initial, an ordinal ("3."), or a known abbreviation.
fn is_abbreviated(text: &str) -> bool {
    let word = text.rsplit(char::is_whitespace).next().unwrap_or("");
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    let mut chars = word.chars();
    match (chars.next(), chars.next(), chars.next()) {
        (Some(c), None, _) => c.is_alphanumeric(),
        (Some(a), Some(b), None) if a.is_ascii_digit() && b.is_ascii_digit() => true,
        (Some(_), ..) => word.contains('.') || ABBREVIATIONS.contains(&format!(" {} ", word.to_lowercase())),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::words::LONGEST;

    fn cut(text: &str, limit: usize) -> String {
        excerpt(&PlainText::block(text), limit).map(|excerpt| excerpt.text.into()).unwrap_or_default()
    }

    #[test]
    fn an_excerpt_ends_with_a_sentence_if_it_can_else_with_a_word() {
        for (text, limit, expected) in [
            ("Three short words.", 3, "Three short words."),
            ("One two. Three four. Five six seven.", 5, "One two. Three four."),
            ("One two three four five six", 4, "One two three four…"),
            ("One two three, four five", 3, "One two three…"),
            ("A b. Then a sentence that goes on and on", 8, "A b. Then a sentence that goes on…"),
            ("It is by Mr. Smith of the town hall", 5, "It is by Mr. Smith…"),
            ("Born in the U.S. He left at once then", 6, "Born in the U.S. He left…"),
            ("Am 3. Oktober war es so weit gewesen", 4, "Am 3. Oktober war…"),
            ("He cost 3.5 million. \"Too much!\" said she then", 6, "He cost 3.5 million."),
            ("She asked: \"Why?\" Nobody had an answer", 4, "She asked: \"Why?\""),
            ("First part\n\nSecond part that is long", 4, "First part"),
            ("Really?! Yes it is so", 2, "Really?!"),
            ("今日は晴れ。明日は雨だろう。", 8, "今日は晴れ。"),
            ("今日は晴れ、明日は雨", 6, "今日は晴れ、明…"),
            ("iPhone手机发布了", 3, "iPhone手机…"),
            ("— — —", 2, "— —…"),
            ("", 5, ""),
            ("word", 0, ""),
        ] {
            assert_eq!(cut(text, limit), expected, "{limit} of {text}");
        }
    }

    #[test]
    fn a_text_without_spaces_is_no_single_word() {
        assert!(cut(&"ภาษาไทย".repeat(1000), 60).chars().count() < 400);
        assert!(cut(&"x".repeat(100_000), 60).len() <= 60 * LONGEST + 3);
        assert!(cut(&".".repeat(100_000), 60).len() <= 60 * LONGEST + 3);
    }

    proptest! {
        #[test]
        fn an_excerpt_is_never_above_its_limit(
            text in r#"([a-zA-Zé日本。，「ไ\u{301}0-9.,!?"'() \n…—]|[a-z]{1,9} ){0,300}"#, limit in 0usize..40,
        ) {
            let text = PlainText::block(&text);
            let found = excerpt(&text, limit);
            prop_assert_eq!(found.is_none(), limit == 0 || text.is_empty());
            if let Some(found) = found {
                let words = WordEnds::of(found.text.as_str()).count();
                prop_assert!(words <= limit, "{} words in {:?}", words, found.text);
                prop_assert!(found.text.as_str().split_whitespace().count() <= limit);
                let kept = found.text.as_str().trim_end_matches('…');
                prop_assert!(text.as_str().starts_with(kept), "{kept:?} does not begin {text:?}");
                prop_assert_eq!(found.cut, found.text != text);
            }
        }
    }
}
