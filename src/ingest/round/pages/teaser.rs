//! Whether the feed's own text is only the beginning of an article. Pure.

use crate::markup::text::text_of;
use crate::model::ArticleBody;

/// Less words than this are a teaser, or a note whose page is as short and soon read.
const FEW: u32 = 120;

/// How a text ends that goes on elsewhere. In small letters, without what may stand around.
const ENDS: &[&str] = &[
    "…",
    "...",
    "read more",
    "continue reading",
    "read on",
    "read the full story",
    "full story",
    "more",
    "weiterlesen",
    "mehr lesen",
    "lire la suite",
    "lire plus",
    "leer más",
    "seguir leyendo",
    "leia mais",
    "continua a leggere",
    "leggi tutto",
    "lees verder",
    "läs mer",
    "les mer",
    "læs mere",
    "czytaj dalej",
    "číst dál",
    "читать далее",
    "続きを読む",
    "阅读全文",
    "더 보기",
];
/// Those that are also the end of a sentence like any other: only between brackets.
const BRACKETED: &[&str] = &["more", "full story", "read on"];

/// Whether a text has few words.
pub(super) fn is_brief(body: &ArticleBody) -> bool {
    body.words < FEW
}

/// Whether the text is short: it has few words, or it ends like a teaser.
pub(super) fn is_short(body: &ArticleBody) -> bool {
    if is_brief(body) {
        return true;
    }
    let text = body.content.as_ref().map(text_of).or_else(|| body.summary.clone()).unwrap_or_default();
    ends_like_a_teaser(text.as_str())
}

fn ends_like_a_teaser(text: &str) -> bool {
    const LONGEST: usize = 80;
    let text = text.trim_end();
    let end = &text[text.ceil_char_boundary(text.len().saturating_sub(LONGEST))..];
    let end = end.to_lowercase();
    let bare = end.trim_end_matches([')', ']', '>', '»', '›', '→', ' ', '.']);
    let is_bracketed = bare.len() < end.trim_end_matches('.').len() && end.ends_with([')', ']']);
    if end.ends_with("...") || bare.ends_with('…') || end.ends_with("...]") || end.ends_with("...)") {
        return true;
    }
    let bare = bare.trim_end_matches('…');
    ENDS.iter().any(|phrase| {
        bare.strip_suffix(phrase).is_some_and(|before| {
            let opens = before.ends_with(['(', '[']);
            let stands_alone = before.is_empty() || before.ends_with(['\n', '.', '…', '!', '?']) || opens;
            let before = before.trim_end();
            let follows = before.is_empty() || before.ends_with(['.', '…', '!', '?', '"', '”', '(', '[']);
            if BRACKETED.contains(phrase) { is_bracketed && opens } else { stands_alone || follows }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::PlainText;

    fn body(words: u32, end: &str) -> ArticleBody {
        let summary = PlainText::block(&format!("{}{end}", "word ".repeat(words as usize)));
        ArticleBody { summary: Some(summary), words, ..ArticleBody::default() }
    }

    #[test]
    fn few_words_are_short_and_many_are_not() {
        assert!(is_short(&body(119, "")) && !is_short(&body(120, "")));
        assert!(is_short(&ArticleBody::default()));
    }

    #[test]
    fn a_long_text_that_breaks_off_is_short() {
        for end in [
            "and …",
            "and […]",
            "and...",
            "and [...]",
            "stopped. Read more",
            "stopped.\n\nRead more »",
            "stopped. Continue reading →",
            "(more…)",
            "stopped. [more]",
            "stopped.\n\nWeiterlesen",
            "stopped. Lire la suite",
            "stopped. Читать далее",
        ] {
            assert!(is_short(&body(200, end)), "{end}");
        }
    }

    #[test]
    fn a_long_text_that_ends_is_not_short() {
        for end in [
            "and stopped.",
            "she wanted more",
            "he had to read more",
            "asked for more.",
            "(and no more)",
            "the full story",
        ] {
            assert!(!is_short(&body(200, end)), "{end}");
        }
    }
}
