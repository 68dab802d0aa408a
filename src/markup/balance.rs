//! The balancer: writes tags so that HTML's tree construction (§13.2.6) has nothing to repair. Every element is
//! closed where it ends, by its own tag; cells stand in rows and rows in tables; nothing is deeper than [`MAX_DEPTH`].
//!
//! This is what makes the sanitizer linear and its output stable: a parser's repairs (adoption, foster parents,
//! formatting opened again in each paragraph) cost time and space that an attacker can multiply, and what they build
//! need not parse to itself.

use std::borrow::Cow;

use super::canon::push_text;
use super::elements::{closes_p, is_block, is_heading, is_scope, is_table_frame, is_table_part, is_void};
use super::entity::decode_text;
use super::outline::{Kind, Outline};

/// Elements inside each other; articles have ten, the worst of mails forty.
pub(crate) const MAX_DEPTH: usize = 128;

/// Bytes of text without markup between; a longer one gets an empty comment, because html5ever writes a text node
/// out in a time that is quadratic in its `&`.
pub(super) const TEXT_NODE: usize = 4 << 10;

/// That comment.
pub(super) const BREAK: &str = "<!---->";

/// Bytes that a character reference can have.
const REFERENCE: usize = 40;

/// Writes balanced HTML.
#[derive(Debug, Default)]
pub(crate) struct Balancer<'a> {
    out: String,
    open: Vec<Cow<'a, str>>,
    /// Names whose next end tag belongs to an element that was left out or is closed already, with how many.
    orphans: Vec<(Cow<'a, str>, usize)>,
    /// What was written, where somebody asked for that.
    outline: Option<Outline>,
}

impl<'a> Balancer<'a> {
    /// An empty one, with room for so many bytes.
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self { out: String::with_capacity(bytes), ..Self::default() }
    }

    /// An empty one that also notes what it writes where; see [`Self::finish_outlined`].
    pub(crate) fn outlined(bytes: usize) -> Self {
        Self { outline: Some(Outline::with_room_for(bytes)), ..Self::with_capacity(bytes) }
    }

    /// Bytes written so far.
    pub(crate) fn len(&self) -> usize {
        self.out.len()
    }

    fn note(&mut self, kind: Kind, note: u8) {
        if let Some(outline) = &mut self.outline {
            outline.push(self.out.len(), kind, note);
        }
    }

    /// Writes text, and escapes a `<` in it. Its character references stay as they are, but in outlined HTML, which is written
    /// as a serialiser would write it.
    pub(crate) fn text(&mut self, text: &str) {
        if self.in_frame() && !text.trim_ascii().is_empty() {
            self.open_cell();
        }
        if self.outline.is_some() {
            // Empty comments go between the pieces of a longer one.
            let is_worded = text.len() > TEXT_NODE || is_worded(text);
            self.note(Kind::Text { is_worded }, 0);
        }
        let mut rest = text;
        while rest.len() > TEXT_NODE {
            let (piece, behind) = rest.split_at(text_cut(rest));
            self.escaped(piece);
            self.out.push_str(BREAK);
            rest = behind;
        }
        self.escaped(rest);
    }

    fn escaped(&mut self, text: &str) {
        if self.outline.is_some() {
            return push_text(&mut self.out, text);
        }
        let mut parts = text.split('<');
        self.out.push_str(parts.next().unwrap_or_default());
        for part in parts {
            self.out.push_str("&lt;");
            self.out.push_str(part);
        }
    }

    /// Writes an element that has no markup of its own inside, as it is.
    pub(crate) fn whole(&mut self, html: &str) {
        self.out.push_str(html);
    }

    /// Opens an element (a void one is closed at once), after closing what ends where it begins. `name` is in lower
    /// case; `attributes` is empty, or a space and what stands in the tag.
    pub(crate) fn start(&mut self, name: Cow<'a, str>, attributes: &str) {
        self.start_noted(name, attributes, 0);
    }

    /// As [`Self::start`], with what the caller wants to know of the element later.
    pub(crate) fn start_noted(&mut self, name: Cow<'a, str>, attributes: &str, note: u8) {
        let fits = if is_table_part(&name) { self.enter_table(&name) } else { self.enter(&name) };
        let void = is_void(&name);
        if !fits || self.open.len() >= MAX_DEPTH {
            if !void {
                self.orphan(name);
            }
            return;
        }
        let is_block = self.outline.is_some() && is_block(&name);
        self.note(if void { Kind::Void } else { Kind::Open { is_block } }, note);
        self.out.push('<');
        self.out.push_str(&name);
        self.out.push_str(attributes);
        self.out.push('>');
        if !void {
            self.open.push(name);
        }
    }

    /// Notes that a start tag was left out: its end tag must close nothing else.
    pub(crate) fn orphan(&mut self, name: Cow<'a, str>) {
        match self.orphans.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => *count += 1,
            None => self.orphans.push((name, 1)),
        }
    }

    /// Closes the element of this name, if one is open within reach.
    pub(crate) fn end(&mut self, name: &str) {
        if let Some((_, count)) = self.orphans.iter_mut().find(|(known, count)| known == name && *count > 0) {
            *count -= 1;
            return;
        }
        let reaches_cells = name == "table" || is_table_part(name);
        let barrier = |open: &str| match name {
            _ if reaches_cells => open == "table",
            "li" => is_scope(open) || matches!(open, "ul" | "ol"),
            _ => is_scope(open),
        };
        let Some(at) = self.find(|open| open == name, barrier) else { return };
        // What is closed early on the way has its own end tag still to come; those of paragraphs and the like do no
        // harm when they find nothing open.
        while self.open.len() > at + 1
            && let Some(inner) = self.close_last()
        {
            if !has_optional_end(&inner) {
                self.orphan(inner);
            }
        }
        self.close_to(at);
    }

    /// The HTML, all closed.
    pub(crate) fn finish(mut self) -> String {
        self.close_to(0);
        self.out
    }

    /// The HTML, all closed, and what stands in it where.
    pub(crate) fn finish_outlined(mut self) -> (String, Outline) {
        self.close_to(0);
        (self.out, self.outline.unwrap_or_default())
    }

    /// Closes what an element that is no part of a table ends by beginning.
    fn enter(&mut self, name: &str) -> bool {
        if self.in_frame() {
            self.open_cell();
        }
        let ended = match name {
            "a" => self.find(|open| open == "a", is_scope),
            "li" => self.find(|open| open == "li", |open| is_scope(open) || matches!(open, "ul" | "ol")),
            "dt" | "dd" => {
                self.find(|open| matches!(open, "dt" | "dd"), |open| is_scope(open) || open == "dl")
            }
            "rt" | "rp" => self.top_if(|open| matches!(open, "rt" | "rp")),
            "option" => self.top_if(|open| open == "option"),
            _ => None,
        };
        if let Some(at) = ended {
            self.close_to(at);
        }
        if closes_p(name)
            && let Some(at) = self.find(|open| open == "p", is_scope)
        {
            self.close_to(at);
        }
        if is_heading(name)
            && let Some(at) = self.top_if(is_heading)
        {
            self.close_to(at);
        }
        true
    }

    /// Makes place for a part of a table; whether there is a table at all.
    fn enter_table(&mut self, name: &str) -> bool {
        let Some(table) = self.find(|open| open == "table", |_| false) else { return false };
        let section = table + 1;
        let has_section =
            self.open.get(section).is_some_and(|open| matches!(&**open, "tbody" | "thead" | "tfoot"));
        match name {
            "tr" => self.close_to(section + usize::from(has_section)),
            "td" | "th" => {
                let row = section + usize::from(has_section);
                if self.open.get(row).is_some_and(|open| open == "tr") {
                    self.close_to(row + 1);
                } else {
                    self.close_to(row);
                }
            }
            _ => self.close_to(section),
        }
        if matches!(name, "tr" | "td" | "th") {
            self.open_frame(name == "tr");
        }
        true
    }

    /// Opens the section and row that the parser would imply.
    fn open_frame(&mut self, section_only: bool) {
        if self.open.last().is_some_and(|open| open == "table") {
            self.push("tbody");
        }
        if !section_only && self.open.last().is_some_and(|open| open != "tr") {
            self.push("tr");
        }
    }

    /// Opens a cell for what stands between the parts of a table, where a parser would move it in front.
    fn open_cell(&mut self) {
        self.open_frame(false);
        self.push("td");
    }

    fn push(&mut self, name: &'static str) {
        self.note(Kind::Open { is_block: true }, 0);
        self.out.push('<');
        self.out.push_str(name);
        self.out.push('>');
        self.open.push(Cow::Borrowed(name));
    }

    fn in_frame(&self) -> bool {
        self.open.last().is_some_and(|open| is_table_frame(open))
    }

    /// The innermost open element that fits, if none that bars the way is further in.
    fn find(&self, fits: impl Fn(&str) -> bool, bars: impl Fn(&str) -> bool) -> Option<usize> {
        for (at, open) in self.open.iter().enumerate().rev() {
            if fits(open) {
                return Some(at);
            }
            if bars(open) {
                return None;
            }
        }
        None
    }

    fn top_if(&self, fits: impl Fn(&str) -> bool) -> Option<usize> {
        let top = self.open.len().checked_sub(1)?;
        fits(&self.open[top]).then_some(top)
    }

    /// Closes all from `at` inwards.
    fn close_to(&mut self, at: usize) {
        while self.open.len() > at {
            self.close_last();
        }
    }

    fn close_last(&mut self) -> Option<Cow<'a, str>> {
        let name = self.open.pop()?;
        self.note(Kind::Close, 0);
        write_end(&mut self.out, &name);
        Some(name)
    }
}

/// Where to cut a text that is longer than [`TEXT_NODE`]: not inside a character reference.
fn text_cut(text: &str) -> usize {
    let cut = text.floor_char_boundary(TEXT_NODE);
    let near = text.floor_char_boundary(cut - REFERENCE);
    text[near..cut].rfind('&').map_or(cut, |reference| near + reference)
}

/// Whether text has anything to read.
fn is_worded(text: &str) -> bool {
    // Nearly every text begins with a word.
    if text.bytes().next().is_some_and(|first| first.is_ascii_alphanumeric()) {
        return true;
    }
    let text = text.trim();
    !text.is_empty() && (!text.starts_with(['&', '<']) || !decode_text(text).trim().is_empty())
}

fn write_end(out: &mut String, name: &str) {
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

/// Elements whose end tag may be left out (HTML §13.1.2.4).
fn has_optional_end(name: &str) -> bool {
    is_table_part(name) || matches!(name, "p" | "li" | "dt" | "dd" | "rt" | "rp" | "option")
}

#[cfg(test)]
mod tests {
    use super::super::{Scanner, Token};
    use super::*;

    fn balanced(html: &str) -> String {
        let mut out = Balancer::with_capacity(html.len());
        for token in Scanner::fragment(html) {
            match token {
                Token::Text(text) => out.text(text),
                Token::Start(tag) => out.start(Cow::Borrowed(tag.name), ""),
                Token::End(name) => out.end(name),
                Token::Frame(_) | Token::Whole(_) => unreachable!(),
            }
        }
        out.finish()
    }

    #[test]
    fn elements_end_where_html_ends_them() {
        let table = [
            ("<p>a<p>b<div>c", "<p>a</p><p>b</p><div>c</div>"),
            ("<p><b>a<p>c", "<p><b>a</b></p><p>c</p>"),
            (
                "<ul><li>a<li><b>b</b><ul><li>c</ul><li>d</ul>",
                "<ul><li>a</li><li><b>b</b><ul><li>c</li></ul></li><li>d</li></ul>",
            ),
            ("<dl><dt>a<dd>b<dt>c</dl>", "<dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>"),
            ("<a>1<a>2</a></a>", "<a>1</a><a>2</a>"),
            ("<h1>a<h2>b</h2>", "<h1>a</h1><h2>b</h2>"),
            ("<ruby>a<rp>(<rt>b<rp>)</ruby>", "<ruby>a<rp>(</rp><rt>b</rt><rp>)</rp></ruby>"),
            ("a</p></div>b<br>c", "ab<br>c"),
            ("<b><div>x</b>y</div>z", "<b><div>x</div></b>yz"),
            ("<div>1<b><div>2</b>3</div>4</div>5", "<div>1<b><div>2</div></b>34</div>5"),
        ];
        for (html, wanted) in table {
            assert_eq!(balanced(html), wanted, "{html}");
        }
    }

    #[test]
    fn tables_are_made_whole() {
        let table = [
            (
                "<table><tr><td>a<td>b<tr><td>c</table>d",
                "<table><tbody><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></tbody></table>d",
            ),
            ("<table><td>a", "<table><tbody><tr><td>a</td></tr></tbody></table>"),
            (
                "<table>a<tr><b>c",
                "<table><tbody><tr><td>a</td></tr><tr><td><b>c</b></td></tr></tbody></table>",
            ),
            ("<td>a</td>b", "ab"),
            (
                "<table><tr><td><p>a</table><p>b",
                "<table><tbody><tr><td><p>a</p></td></tr></tbody></table><p>b</p>",
            ),
            (
                "<table><caption>a<thead><tr><th>b",
                "<table><caption>a</caption><thead><tr><th>b</th></tr></thead></table>",
            ),
        ];
        for (html, wanted) in table {
            assert_eq!(balanced(html), wanted, "{html}");
        }
    }

    #[test]
    fn nothing_is_deeper_than_the_limit_and_no_text_is_lost() {
        let html = balanced(&format!("{}x{}y", "<div>".repeat(1000), "</div>".repeat(1000)));
        assert_eq!(html.matches("<div>").count(), MAX_DEPTH);
        assert!(html.contains('x') && html.ends_with("</div>y"), "{html}");
    }
}
