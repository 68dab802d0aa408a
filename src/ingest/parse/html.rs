//! HTML or plain text?

use crate::markup::{LONGEST_NAME, named_reference, numeric_reference};

/// Elements by which a text is known as HTML. Not all there are: names that are words of running text in angle
/// brackets, such as `<data>` or `<object>`, are left out.
const TELLING: &[&str] = &[
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "audio",
    "b",
    "big",
    "blockquote",
    "body",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "input",
    "ins",
    "kbd",
    "li",
    "link",
    "main",
    "nav",
    "noscript",
    "ol",
    "p",
    "picture",
    "pre",
    "q",
    "s",
    "samp",
    "script",
    "section",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
];

/// Attributes whose value is a URL.
const URL_ATTRIBUTES: &[&str] =
    &["action", "background", "cite", "data", "formaction", "href", "longdesc", "poster", "src", "usemap"];

/// Whether a text whose XML references are resolved is HTML: it has a tag, or a reference that HTML resolves.
pub(super) fn looks_like_html(text: &str) -> bool {
    has_any(text, is_of_text, is_reference)
}

/// Whether a headline is HTML. Headlines speak of elements ("How to use &lt;dialog&gt;"): a tag that is never closed
/// and has no attributes is a word in them.
pub(super) fn line_looks_like_html(text: &str) -> bool {
    has_any(text, is_of_line, is_reference)
}

/// Whether there are tags of HTML in a text.
pub(in crate::ingest) fn has_html_tags(text: &str) -> bool {
    has_any(text, is_of_text, |_| false)
}

/// Whether what stands behind a `<` or an `&` somewhere in a text is a tag or a reference.
fn has_any(text: &str, is_tag: fn(&Tag<'_>) -> bool, is_reference: fn(&str) -> bool) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr2_iter(b'<', b'&', bytes).any(|at| {
        let rest = &text[at + 1..];
        if bytes[at] == b'<' { Tag::read(rest).is_some_and(|tag| is_tag(&tag)) } else { is_reference(rest) }
    })
}

fn is_of_text(tag: &Tag<'_>) -> bool {
    tag.has_attributes || tag.is_closed && (tag.is_end || tag.is_html())
}

fn is_of_line(tag: &Tag<'_>) -> bool {
    let is_break = ["br", "wbr"].iter().any(|name| name.eq_ignore_ascii_case(tag.name));
    tag.has_attributes || tag.is_closed && (tag.is_end && tag.is_html() || is_break || tag.name == COMMENT)
}

/// What stands behind a `<`, if it may be a tag.
struct Tag<'a> {
    /// Or [`COMMENT`].
    name: &'a str,
    is_end: bool,
    /// Its `>` is there.
    is_closed: bool,
    has_attributes: bool,
}

/// As far as the end of a tag is looked for.
const LONGEST_TAG: usize = 1024;
const COMMENT: &str = "!--";

impl<'a> Tag<'a> {
    fn read(rest: &'a str) -> Option<Self> {
        let is_end = rest.starts_with('/');
        let rest = &rest[usize::from(is_end)..];
        let rest = &rest[..rest.floor_char_boundary(LONGEST_TAG)];
        let name = if rest.starts_with(COMMENT) { COMMENT } else { &rest[..name_length(rest)] };
        let behind = &rest[name.len()..];
        // `<https://example.org/?a=b>` is an address.
        let is_name = !name.is_empty() && !name.ends_with(':');
        let ends = behind.starts_with(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/'))
            || name == COMMENT;
        (is_name && ends).then(|| Self {
            name,
            is_end,
            is_closed: memchr::memchr(b'>', behind.as_bytes()).is_some(),
            has_attributes: has_attribute(behind),
        })
    }

    /// Whether it is of an element of [`TELLING`], or a comment.
    fn is_html(&self) -> bool {
        self.name == COMMENT || TELLING.iter().any(|known| known.eq_ignore_ascii_case(self.name))
    }
}

/// The length of the name of an element or attribute that a text begins with.
fn name_length(text: &str) -> usize {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b':' | b'_' | b'.');
    if text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        text.bytes().take_while(is_part).count()
    } else {
        0
    }
}

/// Whether what stands behind a tag's name begins with an attribute that has a value.
fn has_attribute(behind: &str) -> bool {
    let rest = behind.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
    let length = name_length(rest);
    length > 0 && rest[length..].trim_ascii_start().starts_with('=')
}

/// Whether an attribute of this name is a URL.
pub(super) fn is_url_attribute(name: &str) -> bool {
    URL_ATTRIBUTES.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Whether what stands behind an `&` makes a reference.
fn is_reference(rest: &str) -> bool {
    match rest.strip_prefix('#') {
        Some(number) => numeric_reference(number).is_some_and(|(_, length)| number[..length].ends_with(';')),
        None => {
            let end = rest.bytes().take(LONGEST_NAME).position(|byte| byte == b';');
            end.is_some_and(|end| named_reference(&rest[..=end]).is_some())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_headline_may_speak_of_elements() {
        for html in [
            "<b>x</b>",
            "a<br>b",
            "a<BR/>b",
            "<img src=x>",
            "R&amp;D",
            "x <!-- y -->",
            "caf&eacute;",
            "a</i>",
        ] {
            assert!(line_looks_like_html(html), "{html}");
        }
        for text in [
            "How to use <a>",
            "<table> or <div>?",
            "I <3 HTML",
            "if (a<b && c>d)",
            "AT&T",
            "&bogus;",
            "Vec<T></T>",
            "see <https://example.org/?a=b>",
            "a <b and c = d",
        ] {
            assert!(!line_looks_like_html(text), "{text}");
        }
    }

    #[test]
    fn html_is_told_by_tags_and_references_of_html() {
        for html in [
            "<object data='x'>",
            "<fb:like x=y></fb:like>",
            "<svg/onload=x>",
            "cut <img src='x",
            "<unheard-of>x</unheard-of>",
            "<p>x</p>",
            "a<BR/>b",
            "x &amp; y",
            "caf&eacute;",
            "&#8217;",
            "&#x2019;",
            "a <a href='x'>b</a>",
        ] {
            assert!(looks_like_html(html), "{html}");
        }
        for text in [
            "plain",
            "a < b > c",
            "AT&T; R&D",
            "Vec<T>",
            "x <y@example.org>",
            "<b",
            "1 & 2;",
            "&#;",
            "<title>",
        ] {
            assert!(!looks_like_html(text), "{text}");
        }
    }
}
