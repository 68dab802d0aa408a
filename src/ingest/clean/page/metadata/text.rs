//! Texts as the witnesses compare them.

use std::borrow::Cow;

use crate::markup::decode_text;
use crate::model::PlainText;
use crate::model::fold::fold;

/// A text that was meant as plain: in one line, without the character references that some programs write twice.
pub(super) fn clean(text: &str) -> String {
    let mut text = Cow::Borrowed(text);
    for _ in 0..2 {
        if text.contains('&') && text.contains(';') {
            text = Cow::Owned(decode_text(&text).into_owned());
        }
    }
    PlainText::line(&text).into()
}

/// The letters and digits of a text, folded: what two spellings share.
pub(super) fn loose(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The words of a text, folded, in order of the alphabet. A script without blanks counts by characters.
#[derive(Debug, Default)]
pub(super) struct Words(Vec<String>);

impl Words {
    pub(super) fn of(text: &str) -> Self {
        let mut words: Vec<String> = Vec::new();
        let mut is_open = false;
        for c in fold(text).chars() {
            let is_alone =
                matches!(c, '\u{e00}'..='\u{eff}' | '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}');
            match words.last_mut().filter(|_| is_open && !is_alone) {
                Some(word) if c.is_alphanumeric() => word.push(c),
                _ if c.is_alphanumeric() => words.push(c.to_string()),
                _ => {}
            }
            is_open = (c.is_alphanumeric() || c == '\'') && !is_alone;
        }
        words.sort_unstable();
        Self(words)
    }

    /// How alike two texts are: 1 for the same words, 0 for none in common.
    pub(super) fn likeness(&self, other: &Self) -> f32 {
        let (mut left, mut right, mut common) = (self.0.iter().peekable(), other.0.iter().peekable(), 0_u16);
        while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
            match a.cmp(b) {
                std::cmp::Ordering::Less => drop(left.next()),
                std::cmp::Ordering::Greater => drop(right.next()),
                std::cmp::Ordering::Equal => {
                    common = common.saturating_add(1);
                    left.next();
                    right.next();
                }
            }
        }
        let all = u16::try_from(self.0.len() + other.0.len()).unwrap_or(u16::MAX);
        if all == 0 { 0.0 } else { f32::from(common) * 2.0 / f32::from(all) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_escaped_twice_is_plain_again() {
        assert_eq!(clean(" A&amp;#8217;s\n title &amp; more; "), "A’s title & more;");
        assert_eq!(clean("AT&T <dialog>"), "AT&T <dialog>");
    }

    #[test]
    fn texts_are_alike_by_their_words() {
        let likeness = |one: &str, other: &str| Words::of(one).likeness(&Words::of(other));
        assert!(likeness("The mill – turns!", "the mill turns") > 0.99);
        assert!(likeness("商品の改造が商標法違反に", "商品の改造が商標法") > 0.8);
        assert!(likeness("The mill turns", "Weather on Monday") < 0.1);
        assert!(likeness("", "") < 0.1);
    }
}
