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
pub(super) fn is_reference(rest: &str) -> bool {
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
