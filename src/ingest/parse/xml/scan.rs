//! Markup to tokens: one forward pass that never fails. What is broken is cut at the next sensible place and noted.
//!
//! A scanner of our own because recovery must stay linear: a general reader that is started anew behind each
//! fault reads to the end of the document for each unclosed quote, comment or CDATA section.

use super::ends::{Landmark, end_tag_of, subset_end, without_wrong_end, wrong_end};
use super::entities::offset_in;
use super::names::Name;
use super::repairs::{Fault, Repairs};

const CDATA: &str = "<![CDATA[";

/// A piece of the document, borrowed from it. Comments and instructions are passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Start(Tag<'a>),
    /// The name.
    End(&'a str),
    /// References not resolved.
    Text(&'a str),
    Cdata(&'a str),
    /// What stands between `<!DOCTYPE` and its `>`.
    Doctype(&'a str),
    Eof,
}

/// A start tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    pub(super) name: Name<'a>,
    /// What stands between the name and the end, as written.
    pub(super) attributes: &'a str,
    /// Whether there may be an `xmlns`, `xml:base` or `xml:lang` among them.
    pub(super) may_scope: bool,
    /// `<a/>`.
    pub(super) empty: bool,
}

/// Reads tokens off a text.
#[derive(Debug)]
pub(super) struct Scanner<'a> {
    text: &'a str,
    at: usize,
    cdata_end: Landmark,
    comment_end: Landmark,
    instruction_end: Landmark,
    quotes: [Landmark; 2],
    has_doctype: bool,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let landmark = Landmark::default();
        Self {
            text,
            at: 0,
            cdata_end: landmark,
            comment_end: landmark,
            instruction_end: landmark,
            quotes: [landmark; 2],
            has_doctype: false,
        }
    }

    /// Where the next token begins.
    pub(super) fn offset(&self) -> usize {
        self.at
    }

    /// Goes on at the next tag, if nothing but white space stands before it.
    pub(super) fn skip_blank(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        let blank = rest.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or_default();
        if rest.get(blank) == Some(&b'<') {
            self.at += blank;
        }
    }

    /// The next token. `open` is the name of the innermost open element: an unclosed CDATA section ends at its end tag.
    pub(super) fn next(&mut self, open: &'a str, repairs: &mut Repairs) -> Token<'a> {
        let text: &'a str = self.text;
        loop {
            match &text.as_bytes()[self.at..] {
                [b'<', b'/', ..] => return self.end_tag(open, repairs),
                [b'<', first, ..] if begins_name(*first) => return self.start_tag(repairs),
                [b'<', b'?', ..] => self.instruction(repairs),
                [b'<', b'!', ..] => {
                    if let Some(token) = self.bang(open, repairs) {
                        return token;
                    }
                }
                [] => return Token::Eof,
                _ => return self.text_run(repairs),
            }
        }
    }

    /// Text up to the next markup; a `<` that begins none belongs to it.
    fn text_run(&mut self, repairs: &mut Repairs) -> Token<'a> {
        let bytes = self.text.as_bytes();
        let start = self.at;
        let mut end = start;
        loop {
            if bytes.get(end) == Some(&b'<') {
                repairs.note(end, Fault::BareLessThan);
                end += 1;
            }
            end += memchr::memchr(b'<', &bytes[end..]).unwrap_or(bytes.len() - end);
            if end == bytes.len() || is_markup(bytes, end) {
                break;
            }
        }
        self.at = end;
        Token::Text(&self.text[start..end])
    }

    /// An end tag; nearly always that of the innermost open element, written as plainly as can be.
    fn end_tag(&mut self, open: &'a str, repairs: &mut Repairs) -> Token<'a> {
        let bytes = self.text.as_bytes();
        let start = self.at + 2;
        let plain = start + open.len();
        if bytes.get(plain) == Some(&b'>') && &bytes[start..plain] == open.as_bytes() {
            self.at = plain + 1;
            return Token::End(open);
        }
        let end = memchr::memchr2(b'>', b'<', &bytes[start..]).map_or(bytes.len(), |length| start + length);
        self.close_tag(end, repairs);
        let inside = &self.text[start..end];
        let name = inside.trim_ascii_start().split(|c: char| c.is_ascii_whitespace()).next();
        Token::End(name.unwrap_or_default())
    }

    /// Goes on behind a tag that ends before `end`.
    fn close_tag(&mut self, end: usize, repairs: &mut Repairs) {
        if self.text.as_bytes().get(end) == Some(&b'>') {
            self.at = end + 1;
        } else {
            repairs.note(self.at, Fault::UnclosedTag);
            self.at = end;
        }
    }

    fn start_tag(&mut self, repairs: &mut Repairs) -> Token<'a> {
        let text: &'a str = self.text;
        let bytes = text.as_bytes();
        let start = self.at + 1;
        let (name_end, colon) = name_end(bytes, start);
        let name = Name::parted(&text[start..name_end], colon);
        if bytes.get(name_end) == Some(&b'>') {
            self.at = name_end + 1;
            return Token::Start(Tag { name, attributes: "", may_scope: false, empty: false });
        }
        let (end, may_scope) = self.tag_end(name_end, repairs);
        let inside = &text[name_end..end];
        if bytes.get(end) == Some(&b'<') && !inside.contains('=') && !inside.trim().is_empty() {
            return self.not_a_tag(repairs);
        }
        self.close_tag(end, repairs);
        let (attributes, empty) = match inside.trim_ascii_end().strip_suffix('/') {
            Some(attributes) => (attributes, true),
            None => (inside, false),
        };
        Token::Start(Tag { name, attributes, may_scope, empty })
    }

    /// `a <b and c` in running text.
    fn not_a_tag(&mut self, repairs: &mut Repairs) -> Token<'a> {
        let start = self.at;
        repairs.note(start, Fault::BareLessThan);
        self.at += 1;
        let Token::Text(rest) = self.text_run(repairs) else { return Token::Eof };
        Token::Text(&self.text[start..start + 1 + rest.len()])
    }

    /// Where a start tag ends: its `>`, or the next `<` if it has none; and whether there may be an `xml` attribute in it.
    fn tag_end(&mut self, from: usize, repairs: &mut Repairs) -> (usize, bool) {
        let bytes = self.text.as_bytes();
        let (mut at, mut may_scope) = (from, false);
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'>' | b'<' => return (at, may_scope),
                b'"' | b'\'' if follows_equals(&bytes[from..at]) => match self.closing_quote(at) {
                    Some(closing) => at = closing,
                    None => {
                        repairs.note(at, Fault::UnclosedQuote);
                        let rest = &bytes[at + 1..];
                        let end = at + 1 + memchr::memchr2(b'>', b'<', rest).unwrap_or(rest.len());
                        return (end, may_scope);
                    }
                },
                b'x' => may_scope = may_scope || bytes[at..].starts_with(b"xml"),
                _ => {}
            }
            at += 1;
        }
        (bytes.len(), may_scope)
    }

    /// The quote that closes the one at `at`: none if the next such quote stands in another tag.
    fn closing_quote(&mut self, at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let quote = bytes[at];
        // Nearly always: no angle bracket in the value.
        let first = memchr::memchr3(quote, b'<', b'>', &bytes[at + 1..])? + at + 1;
        if bytes[first] == quote {
            return Some(first);
        }
        let landmark = &mut self.quotes[usize::from(quote == b'\'')];
        let closing = landmark.find(self.text, at + 1, if quote == b'"' { "\"" } else { "'" })?;
        let value = &bytes[at + 1..closing];
        let another_tag = memchr::memchr(b'>', value).is_some_and(|end| {
            memchr::memchr_iter(b'<', &value[end..]).any(|open| is_markup(value, end + open))
        });
        (!another_tag).then_some(closing)
    }

    /// `<!...`: a CDATA section, a DOCTYPE, or something to pass over.
    fn bang(&mut self, open: &str, repairs: &mut Repairs) -> Option<Token<'a>> {
        let rest = &self.text[self.at..];
        if rest.starts_with("<!--") {
            self.comment(repairs);
            None
        } else if has_prefix(rest, CDATA) {
            Some(self.cdata(open, repairs))
        } else if has_prefix(rest, "<!DOCTYPE") && !self.has_doctype {
            Some(self.doctype())
        } else {
            self.pass(None, Fault::BogusMarkup, repairs);
            None
        }
    }

    /// Passes over a comment.
    fn comment(&mut self, repairs: &mut Repairs) {
        let text = self.text;
        // `<!-->` and `<!--->` are whole comments to HTML.
        let rest = &text[self.at..];
        if let Some(whole) = ["<!-->", "<!--->"].iter().find(|whole| rest.starts_with(**whole)) {
            self.at += whole.len();
            return;
        }
        let from = self.at + "<!--".len();
        let end = self.comment_end.find(text, from, "-->");
        let inside = &text[from..end.unwrap_or(from)];
        let end = match memchr::memmem::find(inside.as_bytes(), b"<!--").map(|another| &inside[..another]) {
            // The end found may be that of the other one: is there something like an end before it?
            Some(before) => match wrong_end(before) {
                Some(length) => {
                    repairs.note(self.at, Fault::UnclosedComment);
                    Some(from + length)
                }
                None => end.map(|end| end + "-->".len()),
            },
            None => end.map(|end| end + "-->".len()),
        };
        self.pass(end, Fault::UnclosedComment, repairs);
    }

    /// Passes over a processing instruction or XML declaration. One that runs into the next has lost its `?`, and so
    /// has an instruction of XML's own that runs into markup; a script may well have markup in it.
    fn instruction(&mut self, repairs: &mut Repairs) {
        let from = self.at + 2;
        let rest = &self.text[from..];
        if self.at > 0 && has_prefix(rest, "xml") && rest[3..].starts_with(|c: char| c.is_ascii_whitespace())
        {
            repairs.note(self.at, Fault::LateDeclaration);
        }
        let end = self.instruction_end.find(self.text, from, "?>").filter(|end| {
            let inside = &self.text.as_bytes()[from..*end];
            let next: &[u8] = if has_prefix(rest, "xml") { b"<" } else { b"<?" };
            memchr::memmem::find(inside, next).is_none()
        });
        self.pass(end.map(|end| end + 2), Fault::UnclosedComment, repairs);
    }

    /// Goes on at `end`; without one, behind the next `>` or before the next `<`.
    fn pass(&mut self, end: Option<usize>, fault: Fault, repairs: &mut Repairs) {
        self.at = end.unwrap_or_else(|| {
            repairs.note(self.at, fault);
            let rest = &self.text.as_bytes()[self.at + 1..];
            let end = memchr::memchr2(b'>', b'<', rest).unwrap_or(rest.len());
            self.at + 1 + end + usize::from(rest.get(end) == Some(&b'>'))
        });
    }

    fn cdata(&mut self, open: &str, repairs: &mut Repairs) -> Token<'a> {
        let start = self.at + CDATA.len();
        let end = self.cdata_end.find(self.text, start, "]]>");
        let inside = &self.text[start..end.unwrap_or(self.text.len())];
        // Another section within means that the end found is the other's.
        let within = memchr::memmem::find(inside.as_bytes(), CDATA.as_bytes());
        let cut = match (end, within) {
            (Some(_), None) => None,
            (Some(end), Some(before)) => match self.wrapped_twice(inside, end, repairs) {
                Some(inner) => return Token::Cdata(inner),
                None => end_tag_of(&inside[..before], open),
            },
            (None, before) => end_tag_of(&inside[..before.unwrap_or(inside.len())], open).or(before),
        };
        if let (None, Some(end)) = (cut, end) {
            self.at = end + "]]>".len();
            return Token::Cdata(inside);
        }
        repairs.note(self.at, Fault::UnclosedCdata);
        let length = cut.unwrap_or(inside.len());
        self.at = start + length;
        Token::Cdata(without_wrong_end(&inside[..length]))
    }

    /// `<![CDATA[<![CDATA[x]]>]]>` is meant as `x`: goes on behind the whole of it.
    fn wrapped_twice(&mut self, inside: &'a str, end: usize, repairs: &mut Repairs) -> Option<&'a str> {
        let inner = inside.trim_ascii_start().strip_prefix(CDATA)?;
        let behind = &self.text[end + "]]>".len()..];
        let rest = behind.trim_ascii_start().strip_prefix("]]>")?;
        repairs.note(self.at, Fault::NestedCdata);
        self.at = offset_in(self.text, rest);
        Some(inner)
    }

    /// Goes back into a CDATA section to read its content as markup.
    pub(super) fn enter(&mut self, cdata: &'a str, repairs: &mut Repairs) {
        self.at = offset_in(self.text, cdata);
        repairs.note(self.at, Fault::MarkupInCdata);
    }

    /// A DOCTYPE ends at its `>`, behind the internal subset if it has one.
    fn doctype(&mut self) -> Token<'a> {
        self.has_doctype = true;
        let rest = &self.text[self.at + "<!DOCTYPE".len()..];
        let first = rest.find(['>', '[']).unwrap_or(rest.len());
        let plain = rest.find('>').unwrap_or(rest.len());
        let end = if rest[first..].starts_with('[') {
            subset_end(&rest[first..]).map_or(plain, |end| first + end)
        } else {
            plain
        };
        self.at = (offset_in(self.text, rest) + end + 1).min(self.text.len());
        Token::Doctype(&rest[..end])
    }
}

/// Where the name that begins at `start` ends, and the length of its prefix.
fn name_end(bytes: &[u8], start: usize) -> (usize, Option<usize>) {
    let mut colon = None;
    for (length, &byte) in bytes[start..].iter().enumerate() {
        match byte {
            b'?'.. => {}
            b':' => colon = colon.or(Some(length)),
            b'>' | b'/' | b'<' | ..=b' ' => return (start + length, colon),
            _ => {}
        }
    }
    (bytes.len(), colon)
}

/// Whether the `<` at `at` begins markup.
fn is_markup(bytes: &[u8], at: usize) -> bool {
    match bytes.get(at + 1) {
        Some(b'/' | b'!' | b'?') => true,
        Some(&byte) => begins_name(byte),
        None => false,
    }
}

/// Whether a name can begin with this byte (XML 1.0 §2.3).
fn begins_name(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || matches!(byte, b'_' | b':') || byte >= 0x80
}

/// Whether the last thing before, white space aside, is `=`.
fn follows_equals(before: &[u8]) -> bool {
    before.trim_ascii_end().last() == Some(&b'=')
}

fn has_prefix(text: &str, prefix: &str) -> bool {
    text.as_bytes().get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix.as_bytes()))
}

#[cfg(test)]
#[path = "scan_tests.rs"]
mod tests;
