//! The scanner: HTML's tokenization (HTML §13.2.5) as far as it matters for a fragment, in one pass and without
//! allocation. Comments, declarations and the content of scripts and the like never come out of it.

use std::ops::Range;

use memchr::memchr;

use super::elements::{InPage, SKIPPED_NAMES, Skip, skip};

/// A piece of HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// Text with its character references as written. May hold `<` where no tag follows.
    Text(&'a str),
    /// A start tag.
    Start(Tag<'a>),
    /// The name of an end tag, as written.
    End(&'a str),
    /// The start tag of an `<iframe>`, whose content is left out and which has no end tag to come.
    Frame(Tag<'a>),
    /// An element that a page keeps as it is: script and title, from `<` to the `>` of its end tag.
    Whole(&'a str),
}

/// A start tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tag<'a> {
    /// The name as written.
    pub(crate) name: &'a str,
    /// All between the name and `>`.
    rest: &'a str,
}

impl<'a> Tag<'a> {
    /// A tag of somebody's own writing; `rest` as it would stand in the tag.
    pub(crate) fn new(name: &'a str, rest: &'a str) -> Self {
        Self { name, rest }
    }

    /// Names and values as written, in order; a value's character references are not resolved.
    pub(crate) fn attributes(self) -> Attributes<'a> {
        Attributes { rest: self.rest, at: 0 }
    }

    /// As [`Self::attributes`]: each name, and all of the attribute as written.
    pub(crate) fn written(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let mut attributes = self.attributes();
        std::iter::from_fn(move || {
            let (name, _) = attributes.next_range()?;
            Some((&self.rest[name.clone()], &self.rest[name.start..attributes.at]))
        })
    }

    /// All between the name and `>`, as written.
    pub(crate) fn rest(self) -> &'a str {
        self.rest
    }

    /// Whether it ends in a `/` that is not the last letter of an unquoted value.
    fn is_self_closing(self) -> bool {
        let mut attributes = self.attributes();
        let mut end = 0;
        while let Some((name, value)) = attributes.next_range() {
            end = name.end.max(value.end);
        }
        self.rest.ends_with('/') && end < self.rest.len()
    }
}

/// Cuts HTML into tokens.
#[derive(Debug)]
pub(crate) struct Scanner<'a> {
    html: &'a str,
    at: usize,
    page: bool,
    /// Names of which no end tag is left: they are not looked for again, which would make scanning quadratic.
    unclosed: [bool; SKIPPED_NAMES],
}

impl<'a> Scanner<'a> {
    /// Scans a fragment: what [`skip`] names is left out with its content.
    pub(crate) fn fragment(html: &'a str) -> Self {
        Self { html, at: 0, page: false, unclosed: [false; SKIPPED_NAMES] }
    }

    /// Scans a whole page: its head is scanned, its title and scripts come out whole.
    pub(crate) fn page(html: &'a str) -> Self {
        Self { page: true, ..Self::fragment(html) }
    }

    /// The token or gap that starts with the `<` at `self.at`; the position moves behind it.
    fn markup(&mut self) -> Option<Token<'a>> {
        let bytes = self.html.as_bytes();
        let start = self.at;
        match (bytes.get(start + 1), bytes.get(start + 2)) {
            (Some(b'!'), _) => self.skip_declaration(),
            (Some(b'?'), _) => self.skip_past(start, ">"),
            (Some(b'/'), Some(letter)) if letter.is_ascii_alphabetic() => {
                let (name, _) = self.tag(start + 2)?;
                return Some(Token::End(name));
            }
            (Some(b'/'), _) => self.skip_past(start, ">"),
            _ => {
                let (name, rest) = self.tag(start + 1)?;
                return self.started(start, Tag { name, rest });
            }
        }
        None
    }

    /// Reads a tag's name from `from`, then moves behind its `>`; a tag that the end cuts off is none.
    fn tag(&mut self, from: usize) -> Option<(&'a str, &'a str)> {
        let bytes = self.html.as_bytes();
        let name_end =
            position(bytes, from, |byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'));
        self.at = name_end;
        if bytes.get(name_end) != Some(&b'>') {
            let mut attributes = Attributes { rest: self.html, at: name_end };
            while attributes.next_range().is_some() {}
            self.at = attributes.at;
        }
        if bytes.get(self.at) != Some(&b'>') {
            self.at = bytes.len();
            return None;
        }
        self.at += 1;
        Some((&self.html[from..name_end], &self.html[name_end..self.at - 1]))
    }

    /// Decides what becomes of an element whose start tag was just read.
    fn started(&mut self, start: usize, tag: Tag<'a>) -> Option<Token<'a>> {
        let Some((index, rule, in_page)) = skip(tag.name) else { return Some(Token::Start(tag)) };
        if self.page && in_page == InPage::Open {
            return Some(Token::Start(tag));
        }
        let frame = (rule == Skip::Frame).then_some(Token::Frame(tag));
        if tag.is_self_closing() {
            return frame;
        }
        let end = if self.unclosed[index] { None } else { self.end_of(tag.name) };
        match end {
            Some(end) => {
                self.at = end;
                let whole = self.page && in_page == InPage::Whole;
                return frame.or_else(|| whole.then(|| Token::Whole(&self.html[start..end])));
            }
            None if rule == Skip::Greedy => self.at = self.html.len(),
            None => self.unclosed[index] = true,
        }
        frame
    }

    /// Behind the first end tag of this name from here on.
    fn end_of(&self, name: &str) -> Option<usize> {
        let bytes = self.html.as_bytes();
        let mut at = self.at;
        loop {
            at += memchr::memmem::find(bytes.get(at..)?, b"</")? + 2;
            let behind = at + name.len();
            let named =
                bytes.get(at..behind).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()));
            let ended = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>');
            if named && bytes.get(behind).is_some_and(ended) {
                let close = self.html[behind..].find('>')?;
                return Some(behind + close + 1);
            }
        }
    }

    /// Moves behind a comment or declaration. CDATA is no comment here: only its opening goes, because what stands
    /// in it is words of a feed that was escaped twice.
    fn skip_declaration(&mut self) {
        let rest = &self.html[self.at..];
        if rest.starts_with("<![CDATA[") {
            self.at += "<![CDATA[".len();
        } else if rest.starts_with("<!-->") || rest.starts_with("<!--->") {
            self.skip_past(self.at, ">");
        } else if rest.starts_with("<!--") {
            self.skip_comment();
        } else {
            self.skip_past(self.at, ">");
        }
    }

    /// Moves behind the `-->` or `--!>` of a comment; one that is never closed reaches to the end.
    fn skip_comment(&mut self) {
        let mut at = self.at + 4;
        while let Some(found) = memchr::memmem::find(&self.html.as_bytes()[at..], b"--") {
            at += found;
            let rest = &self.html[at..];
            for end in ["-->", "--!>"] {
                if rest.starts_with(end) {
                    self.at = at + end.len();
                    return;
                }
            }
            at += 1;
        }
        self.at = self.html.len();
    }

    fn skip_past(&mut self, from: usize, end: &str) {
        self.at = self.html[from..].find(end).map_or(self.html.len(), |found| from + found + end.len());
    }
}

impl<'a> Iterator for Scanner<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let bytes = self.html.as_bytes();
        while self.at < bytes.len() {
            let start = self.at;
            let mut end = start;
            loop {
                end = memchr(b'<', &bytes[end..]).map_or(bytes.len(), |found| end + found);
                if end == bytes.len() || opens_markup(&bytes[end..]) {
                    break;
                }
                end += 1;
            }
            if end > start {
                self.at = end;
                return Some(Token::Text(&self.html[start..end]));
            }
            if let Some(token) = self.markup() {
                return Some(token);
            }
        }
        None
    }
}

/// Whether the `<` at the start is markup and not text (HTML §13.2.5.6).
fn opens_markup(bytes: &[u8]) -> bool {
    match bytes.get(1) {
        Some(b'!' | b'?') => true,
        Some(b'/') => bytes.get(2).is_some(),
        Some(byte) => byte.is_ascii_alphabetic(),
        None => false,
    }
}

/// Where the first byte that fits stands, else the end.
fn position(bytes: &[u8], from: usize, fits: impl Fn(u8) -> bool) -> usize {
    bytes[from..].iter().position(|&byte| fits(byte)).map_or(bytes.len(), |found| from + found)
}

/// The attributes of a tag (HTML §13.2.5.32 to .39).
#[derive(Debug, Clone)]
pub(crate) struct Attributes<'a> {
    rest: &'a str,
    at: usize,
}

impl Attributes<'_> {
    /// The next name and value; stops before `>` or at the end.
    fn next_range(&mut self) -> Option<(Range<usize>, Range<usize>)> {
        let bytes = self.rest.as_bytes();
        self.at = position(bytes, self.at, |byte| !byte.is_ascii_whitespace() && byte != b'/');
        if bytes.get(self.at).is_none_or(|&byte| byte == b'>') {
            return None;
        }
        let start = self.at;
        let ends_name = |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>' | b'=');
        // An `=` in the first place is part of the name.
        let name = start..position(bytes, start + 1, ends_name);
        let equals = position(bytes, name.end, |byte| !byte.is_ascii_whitespace());
        if bytes.get(equals) != Some(&b'=') {
            self.at = name.end;
            return Some((name.clone(), name.end..name.end));
        }
        let value = position(bytes, equals + 1, |byte| !byte.is_ascii_whitespace());
        let value = match bytes.get(value) {
            Some(&quote @ (b'"' | b'\'')) => {
                let end = memchr(quote, &bytes[value + 1..]).map_or(bytes.len(), |found| value + 1 + found);
                self.at = (end + 1).min(bytes.len());
                value + 1..end
            }
            _ => {
                let end = position(bytes, value, |byte| byte.is_ascii_whitespace() || byte == b'>');
                self.at = end;
                value..end
            }
        };
        Some((name, value))
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let (name, value) = self.next_range()?;
        Some((&self.rest[name], &self.rest[value]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(html: &str) -> String {
        let tokens = Scanner::fragment(html).map(|token| match token {
            Token::Text(text) => format!("[{text}]"),
            Token::Start(tag) => {
                let attributes: String =
                    tag.attributes().map(|(name, value)| format!(" {name}={value}")).collect();
                format!("<{}{attributes}>", tag.name)
            }
            Token::End(name) => format!("</{name}>"),
            Token::Frame(tag) => {
                let source = tag.attributes().find(|(name, _)| *name == "src");
                format!("<frame {}>", source.unwrap_or_default().1)
            }
            Token::Whole(whole) => format!("({whole})"),
        });
        tokens.collect()
    }

    #[test]
    fn tags_are_told_from_text_as_a_browser_does() {
        let table = [
            ("a < b <b>c</b> <3", "[a < b ]<b>[c]</b>[ <3]"),
            ("<a href='x>y' b=1 c>t", "<a href=x>y b=1 c=>[t]"),
            ("<a/href=x/y>t</a >", "<a href=x/y>[t]</a>"),
            ("<a =x='1' = 2>t", "<a =x=1 == 2=>[t]"),
            ("x<p title=\"cut", "[x]"),
            ("x</", "[x</]"),
            ("a</ b>c<?php d ?>e<!doctype html>f", "[a][c][e][f]"),
            ("a<!-- <b> -->c<!-->d<!--->e<!-- f --!>g<!-- h", "[a][c][d][e][g]"),
            ("<![CDATA[a]]>", "[a]]>]"),
        ];
        for (html, tokens) in table {
            assert_eq!(shown(html), tokens, "{html}");
        }
    }

    #[test]
    fn what_is_no_words_of_the_story_is_left_out_with_its_content() {
        let table = [
            ("a<script>if (1 < 2) '<p>'</SCRIPT >b", "[a][b]"),
            ("a<style>p{}</stylex></style/x>b", "[a][b]"),
            ("a<svg><style><!--</style><p>--></svg>b", "[a][b]"),
            ("a<script>never closed <p>b", "[a]"),
            ("a<script src=x />b", "[a][b]"),
            ("a<iframe src=x/>b<iframe src=y>c", "[a]<frame x/>[b]<frame y>[c]"),
            ("a<iframe src=x><script>s</script><p></iframe>b", "[a]<frame x>[b]"),
            ("a<iframe src=x /><p></p></iframe>b", "[a]<frame x><p></p></iframe>[b]"),
            ("<svg><iframe src=x></iframe></svg>b", "[b]"),
        ];
        for (html, tokens) in table {
            assert_eq!(shown(html), tokens, "{html}");
        }
    }
}
