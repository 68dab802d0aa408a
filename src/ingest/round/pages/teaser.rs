//! Whether the feed's own text is only the beginning of an article. Pure.

use crate::markup::text::text_of;
use crate::model::ArticleBody;

/// Less words than this are a teaser, or a note whose page is as short and soon read.
const FEW: u32 = 120;

/// How a text ends that goes on elsewhere: in small letters, and on its own, behind the end of a sentence.
const PHRASES: &[&str] = &[
    "read more",
    "continue reading",
    "read the full story",
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
    let end = text[text.ceil_char_boundary(text.len().saturating_sub(LONGEST))..].to_lowercase();
    let cut = end.trim_end_matches([')', ']']);
    if cut.ends_with('…') || cut.ends_with("...") || cut.ends_with("(more") || cut.ends_with("[more") {
        return true;
    }
    let phrase = cut.trim_end_matches(['>', '»', '›', '→', '.', ' ']);
    PHRASES.iter().filter_map(|known| phrase.strip_suffix(known)).any(|before| {
        let stands_alone = before.is_empty() || before.ends_with(['\n', '(', '[']);
        stands_alone || before.trim_end().ends_with(['.', '!', '?', '…', '"', '”', '。'])
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
