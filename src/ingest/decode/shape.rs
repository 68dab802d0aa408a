//! What the first bytes show whatever is declared: a byte order mark, and the width, order and family of the first
//! characters (XML 1.0 appendix F.1).

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

use super::REPLACEMENT;
use super::charset::Reading;

/// How the characters of a document are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// ASCII in bytes, and something for other characters.
    EightBit,
    /// UTF-8 by its byte order mark.
    MarkedUtf8,
    /// Bytes, but not ASCII's.
    Ebcdic,
    /// UTF-16 or UTF-32.
    Wide(Wide),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wide {
    Utf16Le,
    Utf16Be,
    Utf32Le,
    Utf32Be,
    /// UTF-32 with the bytes of a character in the order 2143, or 3412.
    Utf32Order2143,
    Utf32Order3412,
}

/// `<?xm` in EBCDIC.
const EBCDIC_DECLARATION: [u8; 4] = [0x4c, 0x6f, 0xa7, 0x94];

/// Looks at the first bytes; gives back the rest behind a byte order mark.
///
/// Every feed document begins with an ASCII character, so zeros around the first ones tell the width and order
/// without a mark.
pub(super) fn look(bytes: &[u8]) -> (Shape, &[u8]) {
    match bytes {
        [0xff, 0xfe, 0, 0, rest @ ..] => (Shape::Wide(Wide::Utf32Le), rest),
        [0, 0, 0xfe, 0xff, rest @ ..] => (Shape::Wide(Wide::Utf32Be), rest),
        [0, 0, 0xff, 0xfe, rest @ ..] => (Shape::Wide(Wide::Utf32Order2143), rest),
        [0xfe, 0xff, 0, 0, rest @ ..] => (Shape::Wide(Wide::Utf32Order3412), rest),
        [0xff, 0xfe, rest @ ..] => (behind_mark(rest, Wide::Utf16Le), rest),
        [0xfe, 0xff, rest @ ..] => (behind_mark(rest, Wide::Utf16Be), rest),
        [0xef, 0xbb, 0xbf, rest @ ..] => (Shape::MarkedUtf8, rest),
        _ if bytes.starts_with(&EBCDIC_DECLARATION) => (Shape::Ebcdic, bytes),
        _ => (by_zeros(bytes).map_or(Shape::EightBit, Shape::Wide), bytes),
    }
}

fn by_zeros(bytes: &[u8]) -> Option<Wide> {
    match bytes {
        [1..=0x7f, 0, 0, 0, ..] => Some(Wide::Utf32Le),
        [0, 0, 0, 1..=0x7f, ..] => Some(Wide::Utf32Be),
        [0, 0, 1..=0x7f, 0, ..] => Some(Wide::Utf32Order2143),
        [0, 1..=0x7f, 0, 0, ..] => Some(Wide::Utf32Order3412),
        [1..=0x7f, 0, 1..=0x7f, 0, ..] => Some(Wide::Utf16Le),
        [0, 1..=0x7f, 0, 1..=0x7f, ..] => Some(Wide::Utf16Be),
        _ => None,
    }
}

/// A mark of UTF-16 in front of plain ASCII, or of the other order, was put there by mistake.
fn behind_mark(rest: &[u8], marked: Wide) -> Shape {
    match rest {
        [1..=0x7f, 1..=0x7f, 1..=0x7f, 1..=0x7f, ..] => Shape::EightBit,
        _ => Shape::Wide(by_zeros(rest).filter(|wide| wide.is_utf16()).unwrap_or(marked)),
    }
}

impl Wide {
    /// The label, as encoding labels go (RFC 2781, Unicode Standard Annex 19).
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Utf32Le => "utf-32le",
            Self::Utf32Be => "utf-32be",
            Self::Utf32Order2143 => "x-iso-10646-ucs-4-2143",
            Self::Utf32Order3412 => "x-iso-10646-ucs-4-3412",
        }
    }

    fn is_utf16(self) -> bool {
        matches!(self, Self::Utf16Le | Self::Utf16Be)
    }

    pub(super) fn read(self, bytes: &[u8]) -> Reading<'_> {
        let (text, clean) = match self {
            Self::Utf16Le => standard(UTF_16LE, bytes),
            Self::Utf16Be => standard(UTF_16BE, bytes),
            Self::Utf32Le => utf32(bytes, |[a, b, c, d]| [d, c, b, a]),
            Self::Utf32Be => utf32(bytes, |unit| unit),
            Self::Utf32Order2143 => utf32(bytes, |[b, a, d, c]| [a, b, c, d]),
            Self::Utf32Order3412 => utf32(bytes, |[c, d, a, b]| [a, b, c, d]),
        };
        Reading { text: Cow::Owned(text), clean }
    }
}

fn standard(encoding: &'static Encoding, bytes: &[u8]) -> (String, bool) {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    (text.into_owned(), !had_errors)
}

/// UTF-32, which `encoding_rs` does not have. A unit that is no character, or is cut by the end, becomes U+FFFD.
fn utf32(bytes: &[u8], ordered: fn([u8; 4]) -> [u8; 4]) -> (String, bool) {
    let mut clean = true;
    let text = bytes.chunks(4).map(|unit| {
        let unit = <[u8; 4]>::try_from(unit).map(ordered).ok().map(u32::from_be_bytes);
        unit.and_then(char::from_u32).unwrap_or_else(|| {
            clean = false;
            REPLACEMENT
        })
    });
    let text = text.collect();
    (text, clean)
}
