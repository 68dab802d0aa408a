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

/// Whether a text whose XML references are resolved is HTML: it has a tag of HTML, or a reference that HTML resolves.
pub(super) fn looks_like_html(text: &str) -> bool {
    has_tags_or(text, is_tag, is_reference)
}

/// Whether a headline is HTML. Headlines speak of elements ("How to use &lt;dialog&gt;"): a tag that is never closed
/// and has no attributes is a word in them.
pub(super) fn line_looks_like_html(text: &str) -> bool {
    let is_used = |rest: &str| {
        let tag = &rest[..memchr::memchr(b'>', rest.as_bytes()).unwrap_or(rest.len())];
        let is_break = |name: &str| tag.get(..name.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(name));
        is_tag(rest)
            && (tag.starts_with(['/', '!']) || tag.contains('=') || is_break("br") || is_break("wbr"))
    };
    has_tags_or(text, is_used, is_reference)
}

/// Whether there are tags of HTML in a text.
pub(in crate::ingest) fn has_html_tags(text: &str) -> bool {
    has_tags_or(text, is_tag, |_| false)
}

/// Whether what stands behind a `<` or an `&` somewhere in a text is a tag or a reference.
fn has_tags_or(text: &str, is_tag: impl Fn(&str) -> bool, is_reference: impl Fn(&str) -> bool) -> bool {
    let bytes = text.as_bytes();
    let last_end = memchr::memrchr(b'>', bytes).unwrap_or_default();
    memchr::memchr2_iter(b'<', b'&', bytes).any(|at| {
        let rest = &text[at + 1..];
        if bytes[at] == b'<' { at < last_end && is_tag(rest) } else { is_reference(rest) }
    })
}

/// Whether an attribute of this name is a URL.
pub(super) fn is_url_attribute(name: &str) -> bool {
    URL_ATTRIBUTES.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Whether what stands behind a `<` makes a tag of HTML, or a comment.
fn is_tag(rest: &str) -> bool {
    if rest.starts_with("!--") {
        return true;
    }
    let name = rest.strip_prefix('/').unwrap_or(rest);
    let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let ends =
        name.as_bytes().get(length).is_some_and(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/'));
    ends && TELLING.iter().any(|known| known.eq_ignore_ascii_case(&name[..length]))
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
            "<b = >",
        ] {
            assert!(!line_looks_like_html(text), "{text}");
        }
    }

    #[test]
    fn html_is_told_by_tags_and_references_of_html() {
        for html in
            ["<p>x</p>", "a<BR/>b", "x &amp; y", "caf&eacute;", "&#8217;", "&#x2019;", "a <a href='x'>b</a>"]
        {
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
