//! Marks where an advertisement was: paragraphs of that one word, and blocks by class.

use super::body::{Body, Cut, Line};
use super::marks::{Mark, cut_marked};
use super::phrases::ADS;
use super::wording::{count, key};

/// Words that an advertisement has at most, when its class says that it is one.
const MANY: usize = 30;
/// Words that a mark has at most.
const WORDS: usize = 5;
/// Bytes of HTML that a mark may have.
const SHORT: usize = 160;

/// Cuts marks of advertisements.
pub(super) fn cut(body: &mut Body<'_>) {
    cut_marked(body, Mark::Ad, |body, open, close| {
        body.words(open, close, true).is_some_and(|words| count(&key(&words)) <= MANY)
    });
    let marks: Vec<Line> = body.lines.iter().filter(|line| is_mark(body, line)).copied().collect();
    for line in marks {
        body.cut(Cut::line(&line));
    }
}

fn is_mark(body: &Body<'_>, line: &Line) -> bool {
    if line.links > 0 || line.has_media || line.to - line.from > 12 || body.bytes(line.from, line.to) > SHORT
    {
        return false;
    }
    let is_paragraph =
        line.block.is_none_or(|block| matches!(body.name(block), "p" | "div" | "aside" | "section"));
    is_paragraph
        && body.is_whole(line)
        && body
            .words(line.from, line.to, true)
            .is_some_and(|words| !has_many_words(&words) && ADS.contains(&&*key(&words)))
}

/// Whether a text has more words than any of [`ADS`], as far as that is seen without folding it.
fn has_many_words(text: &str) -> bool {
    let is_word = |word: &&str| word.bytes().any(|byte| byte.is_ascii_alphanumeric());
    text.split_ascii_whitespace().filter(is_word).nth(WORDS).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_mark_of_an_advertisement_has_more_words() {
        assert_eq!(ADS.iter().map(|phrase| phrase.split(' ').count()).max(), Some(WORDS));
    }
}
