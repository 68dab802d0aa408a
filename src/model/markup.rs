//! Clean HTML read as text.

use super::clean::{PlainText, SafeHtml};

/// The words of clean HTML: a blank line between blocks, no markup, references resolved. Linear.
#[must_use]
pub fn text_of(html: &SafeHtml) -> PlainText {
    let mut text = Flow::default();
    let mut rest = html.as_str();
    while let Some(at) = rest.find('<') {
        text.words(&rest[..at]);
        let inside = &rest[at + 1..];
        let end = tag_end(inside);
        text.tag(&inside[..end]);
        rest = inside.get(end + 1..).unwrap_or("");
    }
    text.words(rest);
    PlainText::block(&text.written)
}

/// The `>` that ends a tag: one in a quoted attribute value does not.
fn tag_end(inside: &str) -> usize {
    let mut quoted = false;
    let end = inside.bytes().position(|byte| {
        quoted ^= byte == b'"';
        byte == b'>' && !quoted
    });
    end.unwrap_or(inside.len())
}

/// Text as it is laid out.
#[derive(Default)]
struct Flow {
    written: String,
    /// What stands before the next word.
    gap: &'static str,
}

impl Flow {
    fn words(&mut self, markup: &str) {
        if markup.starts_with(char::is_whitespace) {
            self.widen(" ");
        }
        for word in markup.split_ascii_whitespace() {
            self.written.push_str(std::mem::take(&mut self.gap));
            push_unescaped(&mut self.written, word);
            self.gap = " ";
        }
        if !markup.is_empty() && !markup.ends_with(char::is_whitespace) {
            self.gap = "";
        }
    }

    fn tag(&mut self, tag: &str) {
        let name = tag.trim_start_matches('/').split([' ', '/', '\n', '\t']).next().unwrap_or("");
        match name {
            "br" => self.widen("\n"),
            "a" | "abbr" | "b" | "bdi" | "bdo" | "cite" | "code" | "del" | "dfn" | "em" | "i" | "img"
            | "ins" | "kbd" | "mark" | "q" | "s" | "samp" | "small" | "span" | "strong" | "sub" | "sup"
            | "time" | "u" | "var" | "wbr" => {}
            _ => self.widen("\n\n"),
        }
    }

    fn widen(&mut self, gap: &'static str) {
        if !self.written.is_empty() && gap.len() + usize::from(gap.starts_with('\n')) > self.gap.len() {
            self.gap = gap;
        }
    }
}

/// The references that the sanitizer writes.
fn push_unescaped(text: &mut String, word: &str) {
    const REFERENCES: [(&str, char); 5] =
        [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&nbsp;", '\u{a0}')];
    let mut rest = word;
    while let Some(at) = rest.find('&') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let (length, c) = REFERENCES
            .iter()
            .find(|(name, _)| rest.starts_with(name))
            .map_or((1, '&'), |&(name, c)| (name.len(), c));
        text.push(c);
        rest = &rest[length..];
    }
    text.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_parted_by_a_blank_line_and_inline_tags_by_nothing() {
        for (html, text) in [
            ("<p>One <b>two</b>three</p><p>four</p>", "One twothree\n\nfour"),
            ("<ul><li>a</li>\n<li>b<br>c</li></ul>", "a\n\nb\nc"),
            ("a &amp; b &lt;c&gt; &unknown; &amp;lt;", "a & b <c> &unknown; &lt;"),
            ("<p>a</p> <img alt=\"x > y\"><a>b</a>", "a\n\nb"),
            ("", ""),
        ] {
            assert_eq!(text_of(&SafeHtml::vouched(html.to_owned())).as_str(), text, "{html}");
        }
    }
}
