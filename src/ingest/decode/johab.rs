//! Johab (KS X 1001:1992 annex 3, code page 1361): Korean syllables composed of five bits a letter.

use encoding_rs::EUC_KR;

use super::REPLACEMENT;

/// No letter stands there.
const FILL: u32 = 0xff;

/// The text, and whether all of it could be read.
pub(super) fn decode(bytes: &[u8]) -> (String, bool) {
    let mut text = String::with_capacity(bytes.len() * 3 / 2);
    let mut clean = true;
    let mut rest = bytes;
    while let [first, after @ ..] = rest {
        rest = after;
        if first.is_ascii() {
            text.push(char::from(*first));
            continue;
        }
        let character = after.first().and_then(|&second| pair(*first, second));
        // The second byte of what is no pair may be markup.
        rest = if character.is_some() { after.get(1..).unwrap_or_default() } else { after };
        clean &= character.is_some();
        text.push(character.unwrap_or(REPLACEMENT));
    }
    (text, clean)
}

fn pair(first: u8, second: u8) -> Option<char> {
    match (first, second) {
        (0x84..=0xd3, 0x41..=0x7e | 0x81..=0xfe) => hangul(u32::from(first), u32::from(second)),
        (0xd9..=0xde | 0xe0..=0xf9, 0x31..=0x7e | 0x91..=0xfe) => other(first, second),
        _ => None,
    }
}

/// A syllable by its initial, medial and final letters, or a letter alone.
fn hangul(first: u32, second: u32) -> Option<char> {
    let initial = match (first >> 2) & 0x1f {
        1 => FILL,
        code @ 2..=20 => code - 2,
        _ => return None,
    };
    let medial = match ((first << 3) | (second >> 5)) & 0x1f {
        2 => FILL,
        code @ 3..=7 => code - 3,
        code @ 10..=15 => code - 5,
        code @ 18..=23 => code - 7,
        code @ 26..=29 => code - 9,
        _ => return None,
    };
    let last = match second & 0x1f {
        code @ 1..=17 => code - 1,
        code @ 19..=29 => code - 2,
        _ => return None,
    };
    match (initial, medial, last) {
        (FILL, FILL, 0) => Some('\u{3000}'),
        (FILL, FILL, last) => char::from_u32(FINALS.get(last as usize).copied()?),
        (initial, FILL, 0) => char::from_u32(INITIALS.get(initial as usize).copied()?),
        (FILL, medial, 0) => char::from_u32(0x314f + medial),
        (FILL, ..) | (_, FILL, _) => None,
        (initial, medial, last) => char::from_u32(0xac00 + (initial * 21 + medial) * 28 + last),
    }
}

/// A symbol or Chinese character: two rows of KS X 1001 for one first byte.
fn other(first: u8, second: u8) -> Option<char> {
    let row = if first < 0xe0 { 2 * (first - 0xd9) } else { 2 * (first - 0xe0) + 0x29 };
    let column = if second < 0x91 { second - 0x31 } else { second - 0x43 };
    let (row, column) = if column < 94 { (row, column) } else { (row + 1, column - 94) };
    let bytes = [row + 0xa1, column + 0xa1];
    EUC_KR.decode_without_bom_handling_and_without_replacement(&bytes)?.chars().next()
}

/// The letters that begin a syllable, as characters of their own.
#[rustfmt::skip]
const INITIALS: [u32; 19] = [
    0x3131, 0x3132, 0x3134, 0x3137, 0x3138, 0x3139, 0x3141, 0x3142, 0x3143, 0x3145, 0x3146, 0x3147, 0x3148, 0x3149,
    0x314a, 0x314b, 0x314c, 0x314d, 0x314e,
];

/// The letters that end one.
#[rustfmt::skip]
const FINALS: [u32; 28] = [
    0x3000, 0x3131, 0x3132, 0x3133, 0x3134, 0x3135, 0x3136, 0x3137, 0x3139, 0x313a, 0x313b, 0x313c, 0x313d, 0x313e,
    0x313f, 0x3140, 0x3141, 0x3142, 0x3144, 0x3145, 0x3146, 0x3147, 0x3148, 0x314a, 0x314b, 0x314c, 0x314d, 0x314e,
];
