//! Bytes to text, once, before parsing.
//!
//! Bytes that are packed are unpacked first. Who is believed about the encoding, in this order: a byte order mark,
//! HTTP's charset, the XML declaration (or an HTML `<meta>`), the shape of `<` in UTF-16, UTF-32 and EBCDIC, valid
//! UTF-8, the detector, windows-1252. Whatever the bytes contradict is overruled: bytes that are valid UTF-8 beyond
//! ASCII are UTF-8 (chance hardly ever makes them so), eight-bit bytes are not UTF-16, and a label under which the
//! bytes do not decode is not theirs.

mod charset;
mod declared;
mod detect;
mod double;
mod inflate;
mod johab;
mod label;
mod mend;
mod modal;
mod pages;
#[cfg(test)]
mod round_trips;
mod shape;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use encoding_rs::{ISO_2022_JP, UTF_8, WINDOWS_1252};

use crate::ingest::parse::Hints;
use crate::model::parts::Warning;

use charset::{Charset, Reading};
use declared::{Claim, Claims};
use pages::Page;
use shape::Shape;

/// What stands for a byte that could not be read.
const REPLACEMENT: char = '\u{fffd}';
/// `<` in EBCDIC.
const EBCDIC_LESS_THAN: u8 = 0x4c;
const BYTE_ORDER_MARK: char = '\u{feff}';

/// A document as text.
#[derive(Debug, Clone, PartialEq)]
pub struct Decoded<'a> {
    /// The text, without byte order mark.
    pub text: Cow<'a, str>,
    /// The WHATWG name of the encoding used, in lower case; of one that WHATWG does not have IANA's (`utf-32le`,
    /// `ibm437`), else the usual one.
    pub encoding: &'static str,
    /// What had to be repaired, and which declaration was overruled: one a kind, with the place of the first.
    pub warnings: Vec<Warning>,
}

/// Decodes a document: byte order mark, then the charset of `hints`' content type, then the XML declaration, then the
/// bytes themselves; see the module for what overrules what. UTF-8 is borrowed, not copied.
#[must_use]
pub fn decode<'a>(bytes: &'a [u8], hints: &Hints) -> Decoded<'a> {
    match inflate::inflated(bytes) {
        (Cow::Borrowed(bytes), _) => decode_unpacked(bytes, hints),
        (Cow::Owned(bytes), packing) => {
            let Decoded { text, encoding, mut warnings } = decode_unpacked(&bytes, hints);
            let message = format!("{} that nobody announced, unpacked", packing.unwrap_or("compression"));
            warnings.insert(0, warning("", 0, "compressed", message));
            Decoded { text: Cow::Owned(text.into_owned()), encoding, warnings }
        }
    }
}

fn decode_unpacked<'a>(bytes: &'a [u8], hints: &Hints) -> Decoded<'a> {
    let (shape, body) = shape::look(bytes);
    let content_type = hints.content_type.as_deref();
    match shape {
        Shape::Wide(wide) => told(wide.name(), wide.read(body)),
        Shape::MarkedUtf8 => {
            let claim = Claim { label: "utf-8", charset: Some(Charset::UTF_8) };
            eight_bit(body, &Claims { http: Some(claim), ..Claims::default() }, hints)
        }
        Shape::Ebcdic => ebcdic(body, content_type),
        Shape::EightBit => {
            let claims = Claims::read(body, content_type);
            if body.first() == Some(&EBCDIC_LESS_THAN) && claims.charsets().any(Charset::is_ebcdic) {
                return ebcdic(body, content_type);
            }
            let mut decoded = eight_bit(body, &claims, hints);
            decoded.warnings.splice(0..0, overruled(&claims, &decoded));
            decoded
        }
    }
}

/// Decodes EBCDIC. Its pages have the letters of the declaration in the same places.
fn ebcdic<'a>(bytes: &'a [u8], content_type: Option<&str>) -> Decoded<'a> {
    const HEAD_BYTES: usize = 256;
    let usual = Page::of_ebcdic();
    let head = bytes.get(..HEAD_BYTES).unwrap_or(bytes);
    let head = usual.map(|page| page.decode(head).0).unwrap_or_default();
    let claimed = Claims::read(head.as_bytes(), content_type).charsets().find(|charset| charset.is_ebcdic());
    let charset = claimed.or(usual.map(Charset::Page)).unwrap_or(Charset::UTF_8);
    told(charset.name(), charset.read(bytes))
}

/// Decodes what is ASCII, and something for other characters.
fn eight_bit<'a>(bytes: &'a [u8], claims: &Claims<'_>, hints: &Hints) -> Decoded<'a> {
    match UTF_8.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(Cow::Borrowed(text)) => valid_utf8(text, claims, hints),
        _ => not_utf8(bytes, claims, hints),
    }
}

/// Decodes bytes that are valid UTF-8: as the declared encoding as long as they are ASCII, else as UTF-8.
fn valid_utf8<'a>(text: &'a str, claims: &Claims<'_>, hints: &Hints) -> Decoded<'a> {
    if let Some(decoded) = modal(text, claims, hints) {
        return decoded;
    }
    match claims.charsets().find(|charset| !charset.is_ebcdic() && !charset.is_modal()) {
        Some(charset) if charset == Charset::UTF_8 => {}
        Some(charset) if text.is_ascii() => {
            return told(charset.name(), Reading { text: Cow::Borrowed(text), clean: true });
        }
        Some(charset) if charset.passes_for_utf8() && is_barely_utf8(text) => {
            let reading = charset.read(text.as_bytes());
            if reading.clean {
                return told(charset.name(), reading);
            }
        }
        _ => {}
    }
    utf8(Charset::UTF_8.name(), text)
}

/// Decodes ASCII that switches modes, if it is declared to, or has the escape sequences of ISO-2022-JP: XML and JSON
/// have no use for their first character.
fn modal<'a>(text: &'a str, claims: &Claims<'_>, hints: &Hints) -> Option<Decoded<'a>> {
    const ESCAPE: u8 = 0x1b;
    let declared = claims.charsets().find(|charset| charset.is_modal());
    if declared.is_none() && (claims.charsets().next().is_some() || !text.as_bytes().contains(&ESCAPE)) {
        return None;
    }
    if !text.is_ascii() {
        return None;
    }
    let charset = declared.unwrap_or_else(|| Charset::Standard(detect::detect(text.as_bytes(), hints)));
    let reading = charset.read(text.as_bytes());
    (reading.clean || charset == Charset::Standard(ISO_2022_JP)).then(|| told(charset.name(), reading))
}

fn utf8<'a>(encoding: &'static str, text: &'a str) -> Decoded<'a> {
    let Some((right, first)) = double::undone(text) else {
        return told(encoding, Reading { text: Cow::Borrowed(text), clean: true });
    };
    let message = "UTF-8 that was encoded twice, put right".to_owned();
    let warnings = vec![warning(text, first, "double-utf8", message)];
    Decoded { text: strip_mark(Cow::Owned(right)), encoding, warnings }
}

/// Whether so little of a text is not ASCII that chance may have made it UTF-8.
fn is_barely_utf8(text: &str) -> bool {
    const LITTLE: usize = 2;
    let mut foreign = text.chars().filter(|c| !c.is_ascii());
    let little = foreign.by_ref().take(LITTLE).all(|c| c.len_utf8() == 2);
    little && foreign.next().is_none()
}

fn not_utf8<'a>(bytes: &'a [u8], claims: &Claims<'_>, hints: &Hints) -> Decoded<'a> {
    let evidence = mend::Evidence::of(bytes);
    let says_utf8 = claims.charsets().any(|charset| charset == Charset::UTF_8);
    if evidence.convinces() || (says_utf8 && evidence.agrees()) {
        return mended(&mend::read(bytes, &evidence));
    }
    let candidates = candidates(bytes, claims, hints);
    let readings = || candidates.iter().map(|charset| (charset, charset.read(bytes)));
    let clean = readings().find(|(_, reading)| reading.clean);
    let found = clean.or_else(|| readings().find(|(_, reading)| mostly_readable(&reading.text)));
    let western = Charset::Standard(WINDOWS_1252);
    match found {
        Some((&charset, reading)) if charset != western || !detect::is_plainly_not_western(bytes) => {
            told(charset.name(), reading)
        }
        _ => {
            let charset = Charset::Standard(detect::detect(bytes, hints));
            told(charset.name(), charset.read(bytes))
        }
    }
}

/// The declared encodings that may be those of eight-bit bytes, the most trusted first. Where HTTP says windows-1252 or
/// one of its other names, as many servers do of all they have, and the document does not, the letters decide.
fn candidates(bytes: &[u8], claims: &Claims<'_>, hints: &Hints) -> Vec<Charset> {
    let mut candidates: Vec<Charset> = claims
        .charsets_beyond_ascii()
        .filter(|&charset| charset != Charset::UTF_8 && !charset.is_ebcdic() && !charset.is_modal())
        .collect();
    candidates.dedup();
    if let [Charset::Standard(http), Charset::Standard(document)] = candidates[..]
        && http == WINDOWS_1252
        && detect::sides_with(document, bytes, hints)
    {
        candidates.reverse();
    }
    candidates
}

fn mended<'a>(mended: &mend::Mended) -> Decoded<'a> {
    let mut decoded = utf8(Charset::UTF_8.name(), &mended.text).into_owned();
    let places = mended.places;
    let message = format!(
        "{places} {} not UTF-8, read as windows-1252 or U+FFFD",
        if places == 1 { "place is" } else { "places are" }
    );
    decoded.warnings.insert(0, warning(&mended.text, mended.first, "bad-bytes", message));
    decoded
}

impl Decoded<'_> {
    fn into_owned<'a>(self) -> Decoded<'a> {
        Decoded { text: Cow::Owned(self.text.into_owned()), encoding: self.encoding, warnings: self.warnings }
    }
}

/// A reading as what is handed on; bytes that could not be read are told.
fn told<'a>(encoding: &'static str, reading: Reading<'a>) -> Decoded<'a> {
    let text = strip_mark(reading.text);
    let mut warnings = Vec::new();
    if !reading.clean {
        let first = text.find(REPLACEMENT).unwrap_or(0);
        let message = format!("bytes that are not {encoding}, read as U+FFFD");
        warnings.push(warning(&text, first, "bad-bytes", message));
    }
    Decoded { text, encoding, warnings }
}

/// What is to be said of the most trusted declaration if it was not followed. Of ASCII any eight-bit name is true.
fn overruled(claims: &Claims<'_>, decoded: &Decoded<'_>) -> Option<Warning> {
    let claim = claims.http.or(claims.document)?;
    let (label, encoding) = (claim.label, decoded.encoding);
    let message = match claim.charset {
        Some(charset) if charset.name() == encoding || claims.is_json => return None,
        Some(_) if decoded.text.is_ascii() => return None,
        None if !claim.is_wide() => {
            format!("declared as `{label}`, which is no encoding that is known, read as {encoding}")
        }
        _ => format!("declared as `{label}`, read as {encoding}"),
    };
    Some(warning("", 0, "wrong-encoding", message))
}

fn warning(text: &str, offset: usize, code: &'static str, message: String) -> Warning {
    let before = text.get(..offset).unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX).saturating_add(1);
    let line = number(memchr::memchr_iter(b'\n', before.as_bytes()).count());
    let column = number(before.get(line_start..).unwrap_or_default().chars().count());
    Warning { line, column, code, message }
}

/// Takes byte order marks off the front; programs that glue files together leave several.
fn strip_mark(text: Cow<'_, str>) -> Cow<'_, str> {
    if !text.starts_with(BYTE_ORDER_MARK) {
        return text;
    }
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim_start_matches(BYTE_ORDER_MARK)),
        Cow::Owned(text) => Cow::Owned(text.trim_start_matches(BYTE_ORDER_MARK).to_owned()),
    }
}

/// Whether a text that decoded with errors is still more text than errors.
fn mostly_readable(text: &str) -> bool {
    let (mut foreign, mut errors) = (0_usize, 0_usize);
    for c in text.chars().filter(|c| !c.is_ascii()) {
        foreign += 1;
        errors += usize::from(c == REPLACEMENT);
    }
    foreign >= 10 * errors
}
