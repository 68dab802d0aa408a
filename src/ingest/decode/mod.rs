//! Bytes to text, once, before parsing.
//!
//! Who is believed, in this order: a byte order mark, HTTP's charset, the XML declaration (or an HTML `<meta>`), the
//! shape of `<` in UTF-16 and UTF-32, valid UTF-8, the detector, windows-1252. Whatever the bytes contradict is
//! overruled: bytes that are valid UTF-8 beyond ASCII are UTF-8 (chance hardly ever makes them so), eight-bit bytes
//! are not UTF-16, and a label under which the bytes do not decode is not theirs.

mod declared;
mod label;
#[cfg(test)]
mod tests;
mod wide;

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, GBK, ISO_2022_JP, KOI8_R, KOI8_U, UTF_8};

use label::whatwg_name;

/// How much the detector is shown: enough to be sure, and bounded.
const DETECTOR_BYTES: usize = 256 * 1024;
/// The letters that KOI8-U has where KOI8-R draws boxes: є і ї ґ Є І Ї Ґ (RFC 2319).
const UKRAINIAN_KOI8: [u8; 8] = [0xa4, 0xa6, 0xa7, 0xad, 0xb4, 0xb6, 0xb7, 0xbd];
/// What stands for a byte that could not be read.
const REPLACEMENT: char = '\u{fffd}';
const BYTE_ORDER_MARK: char = '\u{feff}';

/// A document as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The text, without byte order mark.
    pub text: Cow<'a, str>,
    /// The WHATWG name of the encoding used, in lower case (and `utf-32le`, `utf-32be`, which WHATWG does not have).
    pub encoding: &'static str,
}

/// Decodes a document: byte order mark, then `content_type`'s charset, then the XML declaration, then the bytes
/// themselves; see the module for what overrules what. UTF-8 is borrowed, not copied.
#[must_use]
pub fn decode<'a>(bytes: &'a [u8], content_type: Option<&str>) -> Decoded<'a> {
    let (width, body) = wide::look(bytes);
    match width {
        wide::Width::Wide(wide) => Decoded { text: strip_mark(wide.decode(body)), encoding: wide.name() },
        wide::Width::MarkedUtf8 => eight_bit(body, &[UTF_8]),
        wide::Width::EightBit => eight_bit(body, &declared::encodings(body, content_type)),
    }
}

/// Decodes what is not UTF-16 or UTF-32; `declared` is what was said about it, the most trusted first.
fn eight_bit<'a>(bytes: &'a [u8], declared: &[&'static Encoding]) -> Decoded<'a> {
    match std::str::from_utf8(bytes) {
        Ok(text) => valid_utf8(text, declared),
        Err(_) => not_utf8(bytes, declared),
    }
}

/// Names the encoding of bytes that are valid UTF-8: the declared one as long as they are ASCII, else UTF-8.
fn valid_utf8<'a>(text: &'a str, declared: &[&'static Encoding]) -> Decoded<'a> {
    let encoding = match declared.first().copied() {
        Some(encoding) if encoding != UTF_8 && text.is_ascii() => encoding,
        // Escape sequences are all there is to see of ISO-2022-JP; XML and JSON have no use for the character.
        None if text.as_bytes().contains(&0x1b) && text.is_ascii() => detect(text.as_bytes()),
        _ => UTF_8,
    };
    if encoding == ISO_2022_JP {
        return decoded(encoding, encoding.decode_without_bom_handling(text.as_bytes()).0);
    }
    decoded(encoding, Cow::Borrowed(text))
}

fn not_utf8<'a>(bytes: &'a [u8], declared: &[&'static Encoding]) -> Decoded<'a> {
    let evidence = Utf8Evidence::of(bytes);
    let says_utf8 = declared.contains(&UTF_8);
    if evidence.convinces() || (says_utf8 && evidence.agrees()) {
        return decoded(UTF_8, String::from_utf8_lossy(bytes));
    }
    let others = declared.iter().copied().filter(|&encoding| encoding != UTF_8);
    for encoding in others {
        let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
        if !had_errors || mostly_readable(&text) {
            return decoded(encoding, text);
        }
    }
    let encoding = detect(bytes);
    decoded(encoding, encoding.decode_without_bom_handling(bytes).0)
}

fn decoded<'a>(encoding: &'static Encoding, text: Cow<'a, str>) -> Decoded<'a> {
    Decoded { text: strip_mark(text), encoding: whatwg_name(encoding) }
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

/// What bytes that are not UTF-8 throughout show for and against being meant as UTF-8.
struct Utf8Evidence {
    /// Valid sequences of two to four bytes.
    sequences: usize,
    /// Places where the bytes are not UTF-8. A sequence cut by the end of the document is none, unless it is all
    /// there is.
    breaks: usize,
}

impl Utf8Evidence {
    fn of(bytes: &[u8]) -> Self {
        let (mut sequences, mut breaks, mut end) = (0, 0, &bytes[..0]);
        for chunk in bytes.utf8_chunks() {
            sequences += chunk.valid().bytes().filter(|&byte| byte >= 0xc0).count();
            breaks += usize::from(!chunk.invalid().is_empty());
            end = chunk.invalid();
        }
        let cut = std::str::from_utf8(end).is_err_and(|error| error.error_len().is_none());
        if cut && sequences > 0 {
            breaks -= 1;
        }
        Self { sequences, breaks }
    }

    /// Enough to overrule a declaration, and the detector.
    fn convinces(&self) -> bool {
        self.sequences > 0 && self.sequences >= 4 * self.breaks
    }

    /// Enough where UTF-8 is declared.
    fn agrees(&self) -> bool {
        self.sequences > 0 && self.sequences >= self.breaks
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

/// Guesses the encoding of bytes that nothing right was said about. ASCII in front of the first foreign byte is left
/// out, but for the word that byte is in.
fn detect(bytes: &[u8]) -> &'static Encoding {
    let foreign = bytes.iter().position(|&byte| byte >= 0x80 || byte == 0x1b).unwrap_or(0);
    let word = bytes.iter().take(foreign).rposition(|&byte| byte <= b' ' || byte == b'>').unwrap_or(0);
    let shown = bytes.get(word..).unwrap_or_default();
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    match shown.get(..DETECTOR_BYTES) {
        Some(start) => detector.feed(start, false),
        None => detector.feed(shown, true),
    };
    match detector.guess(None, Utf8Detection::Deny) {
        // The same decoder, under the name of the larger set.
        encoding if encoding == GBK => GB18030,
        // The detector knows one of the pair; without Ukrainian letters the Russian one is meant.
        encoding if encoding == KOI8_U && !bytes.iter().any(|byte| UKRAINIAN_KOI8.contains(byte)) => KOI8_R,
        encoding => encoding,
    }
}
