//! UTF-16 and UTF-32: found by their byte order mark or by the zero bytes of their first characters.

use std::borrow::Cow;

use encoding_rs::{UTF_16BE, UTF_16LE};

use super::REPLACEMENT;

/// How wide the units of a document are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Width {
    /// Some eight-bit encoding.
    EightBit,
    /// UTF-8 by its byte order mark.
    MarkedUtf8,
    /// UTF-16 or UTF-32.
    Wide(Wide),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wide {
    Utf16Le,
    Utf16Be,
    Utf32Le,
    Utf32Be,
}

/// Looks at the first bytes; gives back the rest behind a byte order mark.
///
/// Every feed document begins with an ASCII character, so zeros around the first ones tell the width and order
/// without a mark (XML 1.0 appendix F.1), whatever is declared.
pub(super) fn look(bytes: &[u8]) -> (Width, &[u8]) {
    match bytes {
        [0xff, 0xfe, 0, 0, rest @ ..] => (Width::Wide(Wide::Utf32Le), rest),
        [0, 0, 0xfe, 0xff, rest @ ..] => (Width::Wide(Wide::Utf32Be), rest),
        [0xff, 0xfe, rest @ ..] => (unless_eight_bit(rest, Wide::Utf16Le), rest),
        [0xfe, 0xff, rest @ ..] => (unless_eight_bit(rest, Wide::Utf16Be), rest),
        [0xef, 0xbb, 0xbf, rest @ ..] => (Width::MarkedUtf8, rest),
        [1..=0x7f, 0, 0, 0, ..] => (Width::Wide(Wide::Utf32Le), bytes),
        [0, 0, 0, 1..=0x7f, ..] => (Width::Wide(Wide::Utf32Be), bytes),
        [1..=0x7f, 0, 1..=0x7f, 0, ..] => (Width::Wide(Wide::Utf16Le), bytes),
        [0, 1..=0x7f, 0, 1..=0x7f, ..] => (Width::Wide(Wide::Utf16Be), bytes),
        _ => (Width::EightBit, bytes),
    }
}

/// A mark in front of plain ASCII was put there by mistake.
fn unless_eight_bit(rest: &[u8], wide: Wide) -> Width {
    match rest {
        [1..=0x7f, 1..=0x7f, 1..=0x7f, 1..=0x7f, ..] => Width::EightBit,
        _ => Width::Wide(wide),
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
        }
    }

    pub(super) fn decode(self, bytes: &[u8]) -> Cow<'_, str> {
        match self {
            Self::Utf16Le => UTF_16LE.decode_without_bom_handling(bytes).0,
            Self::Utf16Be => UTF_16BE.decode_without_bom_handling(bytes).0,
            Self::Utf32Le => Cow::Owned(utf32(bytes, u32::from_le_bytes)),
            Self::Utf32Be => Cow::Owned(utf32(bytes, u32::from_be_bytes)),
        }
    }
}

/// UTF-32, which `encoding_rs` does not have. A unit that is no character, or is cut by the end, becomes U+FFFD.
fn utf32(bytes: &[u8], order: fn([u8; 4]) -> u32) -> String {
    let units = bytes.chunks(4).map(|unit| <[u8; 4]>::try_from(unit).map(order));
    units.map(|unit| unit.ok().and_then(char::from_u32).unwrap_or(REPLACEMENT)).collect()
}
