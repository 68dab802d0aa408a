//! Text and values as HTML's serialisation writes them (HTML §13.3): of all ways to write them, one.

use memchr::{memchr_iter, memchr2, memchr3};

use super::entity::reference;
use crate::model::is_xml_text;

/// Writes text that stands between tags. Its references may be written in any way; one to what no document may hold
/// stays as it is.
pub(crate) fn push_text(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = memchr3(b'&', b'<', b'>', rest.as_bytes()) {
        push_run(out, &rest[..at]);
        let used = match rest.as_bytes()[at] {
            b'<' => push_for(out, "&lt;", 1),
            b'>' => push_for(out, "&gt;", 1),
            _ => push_reference(out, &rest[at..]),
        };
        rest = &rest[at + used..];
    }
    push_run(out, rest);
}

/// Writes the value of an attribute, of which the references are resolved.
pub(crate) fn push_value(out: &mut String, value: &str) {
    let bytes = value.as_bytes();
    if memchr3(b'&', b'<', b'>', bytes).is_none() && memchr2(b'"', 0xc2, bytes).is_none() {
        return out.push_str(value);
    }
    let mut from = 0;
    for (at, byte) in value.bytes().enumerate() {
        let (written, length) = match byte {
            b'&' => ("&amp;", 1),
            b'<' => ("&lt;", 1),
            b'>' => ("&gt;", 1),
            b'"' => ("&quot;", 1),
            0xc2 if value.as_bytes().get(at + 1) == Some(&0xa0) => ("&nbsp;", 2),
            _ => continue,
        };
        out.push_str(&value[from..at]);
        out.push_str(written);
        from = at + length;
    }
    out.push_str(&value[from..]);
}

/// Writes what has no `&`, `<` or `>`.
fn push_run(out: &mut String, run: &str) {
    let mut from = 0;
    for at in memchr_iter(0xc2, run.as_bytes()) {
        if run.as_bytes().get(at + 1) == Some(&0xa0) {
            out.push_str(&run[from..at]);
            out.push_str("&nbsp;");
            from = at + 2;
        }
    }
    out.push_str(&run[from..]);
}

/// Writes the reference that a text begins with, or the `&` if that is all it is; how many bytes it has there.
fn push_reference(out: &mut String, text: &str) -> usize {
    if let Some(own) = ["&amp;", "&lt;", "&gt;", "&nbsp;"].into_iter().find(|own| text.starts_with(own)) {
        return push_for(out, own, own.len());
    }
    let start = out.len();
    let Some(used) = reference(text, false, out) else { return push_for(out, "&amp;", 1) };
    let written = match &out[start..] {
        "&" => "&amp;",
        "<" => "&lt;",
        ">" => "&gt;",
        "\u{a0}" => "&nbsp;",
        meant if is_xml_text(meant) && !meant.contains(['<', '>']) => return used,
        _ => &text[..used],
    };
    out.truncate(start);
    push_for(out, written, used)
}

/// Writes one thing for another, of which the length comes back.
fn push_for(out: &mut String, written: &str, length: usize) -> usize {
    out.push_str(written);
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_values_are_written_as_a_serialiser_writes_them() {
        let table = [
            ("a < b > c & d \" '", "a &lt; b &gt; c &amp; d \" '"),
            ("&quot;&#38;&#x3C;&gt;&nbsp;&#160;", "\"&amp;&lt;&gt;&nbsp;&nbsp;"),
            ("&eacute;\u{a0}é«»&hellip;&copy=1", "é&nbsp;é«»…©=1"),
            ("&#0;&#10;&#55;", "\u{fffd}\n7"),
            ("&#1;&nvlt;x", "&#1;&nvlt;x"),
            ("&nosuch; &", "&amp;nosuch; &amp;"),
        ];
        for (text, written) in table {
            let mut out = String::new();
            push_text(&mut out, text);
            assert_eq!(out, written, "{text}");
        }
        let mut out = String::new();
        push_value(&mut out, "<a \"&\u{a0}\u{a9}'>");
        assert_eq!(out, "&lt;a &quot;&amp;&nbsp;\u{a9}'&gt;");
    }
}
