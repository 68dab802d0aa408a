//! UTF-8 that is not UTF-8 throughout: the odd bytes are read as what they were before somebody pasted or cut them.

use encoding_rs::WINDOWS_1252;

use super::REPLACEMENT;

/// What bytes that are not UTF-8 throughout show for and against being meant as UTF-8.
pub(super) struct Evidence {
    /// Valid sequences of two to four bytes. One beside a break is none: in other encodings, any two letters of a word
    /// may look like one.
    sequences: usize,
    /// Places where the bytes are not UTF-8. A sequence cut by the end of the document is none.
    breaks: usize,
    /// Which first bytes the valid sequences have, by their number above 0xc0.
    leads: u64,
}

/// With so many breaks, and no more sequences, the rest need not be looked at.
const PLENTY: usize = 256;

impl Evidence {
    pub(super) fn of(bytes: &[u8]) -> Self {
        let mut evidence = Self { sequences: 0, breaks: 0, leads: 0 };
        let (mut touching, mut behind_break) = (0, false);
        for chunk in without_cut_end(bytes).utf8_chunks() {
            let valid = chunk.valid().as_bytes();
            for byte in valid.iter().filter(|&&byte| byte >= 0xc0) {
                evidence.sequences += 1;
                evidence.leads |= 1 << (byte & 0x3f);
            }
            let foreign = |byte: Option<&u8>| byte.is_some_and(|byte| !byte.is_ascii());
            touching += usize::from(behind_break && foreign(valid.first()));
            behind_break = !chunk.invalid().is_empty();
            touching += usize::from(behind_break && foreign(valid.last()));
            evidence.breaks += usize::from(behind_break);
            if evidence.breaks >= PLENTY && evidence.breaks > evidence.sequences {
                break;
            }
        }
        evidence.sequences = evidence.sequences.saturating_sub(touching);
        evidence
    }

    /// Enough to overrule a declaration, and the detector.
    pub(super) fn convinces(&self) -> bool {
        self.sequences > 0 && self.sequences >= 4 * self.breaks
    }

    /// Enough where UTF-8 is declared.
    pub(super) fn agrees(&self) -> bool {
        self.sequences > 0 && self.sequences >= self.breaks
    }

    fn leads_with(&self, byte: u8) -> bool {
        byte >= 0xc0 && self.leads & (1 << (byte & 0x3f)) != 0
    }
}

/// The bytes without a sequence that is cut by their end.
fn without_cut_end(bytes: &[u8]) -> &[u8] {
    let cut = |tail: &[u8]| std::str::from_utf8(tail).is_err_and(|error| error.error_len().is_none());
    let whole = (1..=3)
        .filter_map(|length| bytes.split_at_checked(bytes.len().checked_sub(length)?))
        .find(|(_, tail)| cut(tail));
    whole.map_or(bytes, |(front, _)| front)
}

/// A text in UTF-8, and what had to be mended in it.
pub(super) struct Mended {
    pub(super) text: String,
    /// Where in the text the first odd byte was.
    pub(super) first: usize,
    /// How many places there were.
    pub(super) places: usize,
}

/// Reads UTF-8 in which odd bytes stand: those of windows-1252 as that, pairs of surrogates (CESU-8) as the
/// character they mean, and what is left of a cut sequence, as well as the overlong forms that RFC 3629 forbids, as
/// U+FFFD.
pub(super) fn read(bytes: &[u8], evidence: &Evidence) -> Mended {
    let mut mended = Mended { text: String::with_capacity(bytes.len()), first: 0, places: 0 };
    let mut rest = bytes;
    while let Some(chunk) = rest.utf8_chunks().next() {
        mended.text.push_str(chunk.valid());
        let odd = rest.get(chunk.valid().len()..).unwrap_or_default();
        if odd.is_empty() {
            break;
        }
        if mended.places == 0 {
            mended.first = mended.text.len();
        }
        mended.places += 1;
        let (character, length) = mend(odd, chunk.invalid(), evidence);
        mended.text.push(character);
        rest = odd.get(length..).unwrap_or_default();
    }
    mended
}

/// What stands for the bytes at the front of `odd`, of which `invalid` are no UTF-8, and how many of them.
fn mend(odd: &[u8], invalid: &[u8], evidence: &Evidence) -> (char, usize) {
    if let [0xed, a @ 0xa0..=0xaf, b @ 0x80..=0xbf, rest @ ..] = odd {
        let high = 0xd000 | u32::from(a & 0x3f) << 6 | u32::from(b & 0x3f);
        if let [0xed, c @ 0xb0..=0xbf, d @ 0x80..=0xbf, ..] = rest {
            let low = u32::from(c & 0x0f) << 6 | u32::from(d & 0x3f);
            let point = 0x1_0000 + ((high & 0x3ff) << 10) + low;
            return (char::from_u32(point).unwrap_or(REPLACEMENT), 6);
        }
        return (REPLACEMENT, 3);
    }
    match odd {
        [0xed, 0xb0..=0xbf, 0x80..=0xbf, ..] => (REPLACEMENT, 3),
        [0xc0 | 0xc1, 0x80..=0xbf, ..] => (REPLACEMENT, 2),
        [0xe0, 0x80..=0x9f, 0x80..=0xbf, ..] => (REPLACEMENT, 3),
        // The first byte of a sequence as others here: its rest was cut off.
        [lead, ..] if invalid.len() > 1 || evidence.leads_with(*lead) => (REPLACEMENT, invalid.len().max(1)),
        [byte, ..] => (windows_1252(*byte), 1),
        [] => (REPLACEMENT, 1),
    }
}

/// A byte of windows-1252; U+FFFD for the five that it does not have.
fn windows_1252(byte: u8) -> char {
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(std::slice::from_ref(&byte));
    text.chars().next().filter(|c| !c.is_control()).unwrap_or(REPLACEMENT)
}
