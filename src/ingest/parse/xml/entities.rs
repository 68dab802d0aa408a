//! Entities: predefined, numeric, HTML by name, and the plain strings of an internal DTD.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::repairs::{Fault, Repairs};
use crate::markup::{character, named_reference, numeric_reference};

/// The longest reference looked for: the longest HTML name has 32 characters.
const MAX_REFERENCE: usize = 40;
/// As many declarations of an internal DTD as are read (the three HTML sets have 253).
const MAX_DECLARED: usize = 512;
/// The longest declared string, in bytes.
const MAX_VALUE: usize = 4096;
/// As many bytes as declared entities may add to one document.
const MAX_EXPANSION: usize = 1 << 20;

/// Resolves references in raw character data.
#[derive(Debug)]
pub(in crate::ingest::parse) struct Entities<'a> {
    text: &'a str,
    declared: BTreeMap<&'a str, String>,
    expanded: usize,
    /// Whether the document names a DTD elsewhere: what that declares is not known.
    has_dtd: bool,
    /// Whether the document has characters that must not come through: looked up once instead of for each text.
    dirty: bool,
}

impl<'a> Entities<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, declared: BTreeMap::new(), expanded: 0, has_dtd: false, dirty: has_unwanted(text) }
    }

    /// Reads the general entities of an internal DTD that are plain strings. External and parameter entities are
    /// not read; a value's own references are resolved here, as far as they were declared before it and it stays short.
    pub(super) fn declare(&mut self, doctype: &'a str) {
        let head = doctype.split('[').next().unwrap_or_default();
        self.has_dtd = head.contains("PUBLIC") || head.contains("SYSTEM");
        for declaration in doctype.split("<!ENTITY").skip(1).take(MAX_DECLARED) {
            let Some((name, rest)) = declaration.trim_start().split_once(|c: char| c.is_ascii_whitespace())
            else {
                continue;
            };
            let rest = rest.trim_start();
            let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'')) else { continue };
            let Some((value, _)) = rest[1..].split_once(quote) else { continue };
            if value.len() <= MAX_VALUE {
                let plain = self.unescape(value, &mut Repairs::default());
                if plain.len() <= MAX_VALUE {
                    let plain = plain.into_owned();
                    self.declared.entry(name).or_insert(plain);
                }
            }
        }
    }

    /// The text that raw character data stands for. Borrowed if there is nothing to resolve.
    pub(in crate::ingest::parse) fn unescape(&mut self, raw: &'a str, repairs: &mut Repairs) -> Cow<'a, str> {
        match memchr::memchr(b'&', raw.as_bytes()) {
            Some(first) => {
                let resolved = self.resolve(raw, first, repairs);
                Cow::Owned(if self.dirty { self.clean(&resolved).into_owned() } else { resolved })
            }
            None => self.clean(raw),
        }
    }

    /// A text without control characters and with `\n` as its line ends (XML 1.0 §2.11).
    pub(in crate::ingest::parse) fn clean<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if !self.dirty || !has_unwanted(text) {
            return Cow::Borrowed(text);
        }
        let mut kept = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.bytes().position(is_unwanted) {
            kept.push_str(&rest[..at]);
            // Of a line end of two characters the second one stays.
            let is_line_end = rest[at..].starts_with('\r') && !rest[at + 1..].starts_with('\n');
            kept.push_str(if is_line_end { "\n" } else { "" });
            rest = &rest[at + 1..];
        }
        kept.push_str(rest);
        Cow::Owned(kept)
    }

    /// Where the first control character stands that XML forbids, if there is one.
    pub(super) fn first_forbidden(&self) -> Option<usize> {
        let is_forbidden = |byte: u8| is_unwanted(byte) && byte != b'\r';
        // No early exit: most of the documents that get here have other line ends and nothing worse.
        let found = self.dirty && self.text.bytes().fold(false, |found, byte| found | is_forbidden(byte));
        if found { self.text.bytes().position(is_forbidden) } else { None }
    }

    fn resolve(&mut self, raw: &'a str, first: usize, repairs: &mut Repairs) -> String {
        let mut out = String::with_capacity(raw.len());
        // What was read of the text.
        let mut read = 0;
        let mut has_url = None;
        for at in memchr::memchr_iter(b'&', &raw.as_bytes()[first..]).map(|at| first + at) {
            // An ampersand inside a reference: of the second half of a character.
            if at < read {
                continue;
            }
            out.push_str(&raw[read..at]);
            read = at + 1;
            let (mut length, mut fault) = self.reference(&raw[read..], &mut out);
            if fault == Some(Fault::BareAmpersand)
                && let Some((character, open)) = open_reference(&raw[read..])
                && !*has_url.get_or_insert_with(|| raw.contains("://"))
            {
                out.push(character);
                (length, fault) = (open, Some(Fault::OpenReference));
            }
            if let Some(fault) = fault {
                repairs.note(offset_in(self.text, &raw[at..]), fault);
            }
            out.push_str(if length == 0 { "&" } else { "" });
            read += length;
        }
        out.push_str(&raw[read..]);
        out
    }

    /// Writes what the reference behind an `&` stands for: its length with the semicolon, zero for none, and what
    /// was wrong with it.
    fn reference(&mut self, text: &str, out: &mut String) -> (usize, Option<Fault>) {
        if let Some((character, length)) = predefined(text.as_bytes()) {
            out.push(character);
            return (length, None);
        }
        if let Some(number) = text.strip_prefix('#') {
            return numeric(number, out)
                .map_or((0, Some(Fault::BareAmpersand)), |(length, fault)| (length + 1, fault));
        }
        let length = text.bytes().take(MAX_REFERENCE).take_while(|&b| is_name_byte(b)).count();
        if length == 0 || text.as_bytes().get(length) != Some(&b';') {
            return (0, Some(Fault::BareAmpersand));
        }
        match self.named(&text[..=length], out) {
            Ok(fault) => (length + 1, fault),
            Err(fault) => (0, Some(fault)),
        }
    }

    /// Writes what a name with its semicolon stands for; what is wrong with it, though it is resolved, or why it is not.
    fn named(&mut self, name: &str, out: &mut String) -> Result<Option<Fault>, Fault> {
        if let Some(value) = self.declared.get(name.trim_end_matches(';')) {
            self.expanded += value.len();
            if self.expanded > MAX_EXPANSION {
                return Err(Fault::EntityExpansion);
            }
            out.push_str(value);
            return Ok(None);
        }
        out.extend(named_reference(name).ok_or(Fault::UnknownEntity)?);
        Ok((!self.has_dtd).then_some(Fault::UndeclaredEntity))
    }
}

/// A reference without its semicolon, by one of the names that HTML reads so: its character and length. Not in front
/// of what makes it a parameter of a URL, `&copy=1`.
fn open_reference(text: &str) -> Option<(char, usize)> {
    let length = text.bytes().take(MAX_REFERENCE).take_while(u8::is_ascii_alphanumeric).count();
    let goes_on = matches!(text.as_bytes().get(length), Some(b'=' | b'_' | b'-' | b'&' | 0x80..));
    let character = named_reference(&text[..length])?.next()?;
    (!goes_on).then_some((character, length))
}

/// The character of a reference to one of XML's own entities (XML 1.0 §4.6), and the length of name and semicolon.
fn predefined(reference: &[u8]) -> Option<(char, usize)> {
    match reference {
        [b'l', b't', b';', ..] => Some(('<', 3)),
        [b'g', b't', b';', ..] => Some(('>', 3)),
        [b'a', b'm', b'p', b';', ..] => Some(('&', 4)),
        [b'q', b'u', b'o', b't', b';', ..] => Some(('"', 5)),
        [b'a', b'p', b'o', b's', b';', ..] => Some(('\'', 5)),
        _ => None,
    }
}

/// Where a part of the text begins in it.
pub(super) fn offset_in(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize).min(text.len())
}

/// Control characters that XML forbids, and `\r`, which becomes `\n`.
fn is_unwanted(byte: u8) -> bool {
    (byte < b' ' && byte != b'\t' && byte != b'\n') || byte == 0x7f
}

/// Whether a text has such characters. No early exit, and few operations a byte: the compiler makes vector code of it.
fn has_unwanted(text: &str) -> bool {
    // The least byte, the least one from 0x0b up, and the nearest to 0x7f.
    let (mut low, mut middle, mut delete) = (u8::MAX, u8::MAX, u8::MAX);
    for byte in text.bytes() {
        low = low.min(byte);
        middle = middle.min(byte.wrapping_sub(0x0b));
        delete = delete.min(byte ^ 0x7f);
    }
    low < b'\t' || middle < b' ' - 0x0b || delete == 0
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b':') || byte >= 0x80
}

/// Resolves `123;` or `x1F;`: its length, and what was wrong with it. Characters that XML forbids go, as where they
/// stand in the text; two halves of one character, as UTF-16 has them, are put together.
fn numeric(text: &str, out: &mut String) -> Option<(usize, Option<Fault>)> {
    let (code, length) = numeric_reference(text)?;
    if let Some((whole, length)) = halves(code, text, length) {
        out.push(whole);
        return Some((length, Some(Fault::BadReference)));
    }
    match u8::try_from(code) {
        Ok(b'\r') => out.push('\n'),
        Ok(byte) if is_unwanted(byte) => {}
        _ => out.push(character(code)),
    }
    let is_character =
        char::from_u32(code).is_some_and(|c| !c.is_control() || matches!(c, '\t' | '\n' | '\r'));
    let fault = match (is_character, text[..length].ends_with(';')) {
        (false, _) => Some(Fault::BadReference),
        (true, false) => Some(Fault::OpenReference),
        (true, true) => None,
    };
    Some((length, fault))
}

/// The character of a high surrogate and the reference behind it, if that is a low one, and the length of both.
fn halves(high: u32, text: &str, length: usize) -> Option<(char, usize)> {
    let low = text[length..].strip_prefix("&#").filter(|_| (0xd800..0xdc00).contains(&high))?;
    let (low, behind) = numeric_reference(low)?;
    let whole = 0x10000 + ((high - 0xd800) << 10) + low.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
    Some((char::from_u32(whole)?, length + 2 + behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unescaped(raw: &str) -> String {
        Entities::new(raw).unescape(raw, &mut Repairs::default()).into_owned()
    }

    #[test]
    fn references_become_their_characters_and_the_rest_stays() {
        let table = [
            ("plain", "plain"),
            ("a &lt;b&gt; &amp;amp; &quot;&apos;", "a <b> &amp; \"'"),
            ("&nbsp;&eacute;&hellip;", "\u{a0}é…"),
            ("AT&T & sons &", "AT&T & sons &"),
            ("&nosuch; &amp", "&nosuch; &"),
            ("caf&eacute au lait, &copy 2026; 1 &lt 2", "café au lait, © 2026; 1 < 2"),
            ("?a=1&copy=2&reg_x=3&region=4", "?a=1&copy=2&reg_x=3&region=4"),
            ("http://example.org/?a&copy", "http://example.org/?a&copy"),
            ("&#55357;&#56832; &#xD83D;&#xDE00; &#xD83D;&#65;", "😀 😀 \u{fffd}A"),
            ("&#8217;&#x2019;&#X41;&#65 ", "’’AA "),
            ("&#146;&#x80;", "’€"),
            ("&#xD800;&#99999999999;", "\u{fffd}\u{fffd}"),
            ("&#; &#x; &;", "&#; &#x; &;"),
            ("a\u{0}b\u{8}&#0;\u{7f}c\r\nd\re", "abc\nd\ne"),
        ];
        for (raw, expected) in table {
            assert_eq!(unescaped(raw), expected, "{raw:?}");
        }
    }

    #[test]
    fn text_without_references_is_borrowed() {
        let raw = "nothing to do";
        assert!(matches!(Entities::new(raw).unescape(raw, &mut Repairs::default()), Cow::Borrowed(_)));
    }

    #[test]
    fn plain_strings_of_an_internal_dtd_are_resolved() {
        let mut entities = Entities::new("&pub; &b; &ext; &aacute;");
        entities.declare(
            r#"rss [<!ENTITY pub "The &#169; Times"> <!ENTITY a "x"> <!ENTITY b '&a;&a;'>
               <!ENTITY ext SYSTEM "file:///etc/passwd"> <!ENTITY % p "q"> <!ENTITY aacute "own">]"#,
        );
        let text = entities.unescape("&pub; &b; &ext; &aacute;", &mut Repairs::default());
        assert_eq!(text, "The © Times xx &ext; own");
    }

    #[test]
    fn declared_entities_cannot_blow_a_document_up() {
        let raw = "&a;".repeat(2000);
        let bomb: String =
            (1..64).map(|n| format!("<!ENTITY e{n} \"{}\">", format!("&e{};", n - 1).repeat(9))).collect();
        let bomb = format!("rss [<!ENTITY e0 \"boom\">{bomb}]");
        let doctype = format!("rss [<!ENTITY a \"{}\">]", "x".repeat(MAX_VALUE));
        let mut entities = Entities::new(&raw);
        entities.declare(&bomb);
        entities.declare(&doctype);
        assert!(entities.unescape(&raw, &mut Repairs::default()).len() < MAX_EXPANSION + raw.len());
    }
}
