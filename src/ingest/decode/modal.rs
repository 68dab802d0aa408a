//! Encodings of seven bits a byte that switch modes and that the WHATWG standard does not have: ISO 2022 but for its
//! plain Japanese form, HZ, and UTF-7. They are read only where a document says that it is written in one.

use encoding_rs::{EUC_JP, EUC_KR, Encoding, GBK, ISO_8859_7, WINDOWS_1252};

use super::REPLACEMENT;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Modal {
    /// ISO-2022-JP-1, -2, -3, -KR, -CN (RFC 2237, 1554, 1557, 1922), by its name. Their escape sequences do not clash.
    Iso2022(&'static str),
    /// RFC 1843.
    Hz,
    /// RFC 2152.
    Utf7,
}

impl Modal {
    /// The encoding of that name, in lower-case letters and digits only.
    pub(super) fn called(bare: &str) -> Option<Self> {
        Some(match bare {
            "iso2022jp1" => Self::Iso2022("iso-2022-jp-1"),
            "iso2022jp2" => Self::Iso2022("iso-2022-jp-2"),
            "iso2022jp3" => Self::Iso2022("iso-2022-jp-3"),
            "iso2022jp2004" => Self::Iso2022("iso-2022-jp-2004"),
            "iso2022jpext" => Self::Iso2022("iso-2022-jp-ext"),
            "iso2022kr" => Self::Iso2022("iso-2022-kr"),
            "iso2022cn" | "iso2022cnext" => Self::Iso2022("iso-2022-cn"),
            "hz" | "hzgb" | "hzgb2312" => Self::Hz,
            "utf7" | "u7" | "unicode11utf7" | "unicode20utf7" | "65000" => Self::Utf7,
            _ => return None,
        })
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Iso2022(name) => name,
            Self::Hz => "hz-gb-2312",
            Self::Utf7 => "utf-7",
        }
    }

    /// The text, and whether all of it could be read.
    pub(super) fn decode(self, bytes: &[u8]) -> (String, bool) {
        match self {
            Self::Iso2022(_) => iso2022(bytes),
            Self::Hz => hz(bytes),
            Self::Utf7 => utf7(bytes),
        }
    }
}

/// A set of characters that a mode selects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Set {
    Ascii,
    Katakana,
    Jis0208,
    Jis0212,
    Gb2312,
    Ksx1001,
    Latin1,
    Greek,
}

impl Set {
    /// The eight-bit encoding that has the set, what stands before each of its characters there, and their width.
    fn home(self) -> (&'static Encoding, Option<u8>, usize) {
        match self {
            Self::Ascii | Self::Latin1 => (WINDOWS_1252, None, 1),
            Self::Greek => (ISO_8859_7, None, 1),
            Self::Katakana => (EUC_JP, Some(0x8e), 1),
            Self::Jis0208 => (EUC_JP, None, 2),
            Self::Jis0212 => (EUC_JP, Some(0x8f), 2),
            Self::Gb2312 => (GBK, None, 2),
            Self::Ksx1001 => (EUC_KR, None, 2),
        }
    }
}

/// What an escape sequence selects a set for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slot {
    /// All that follows.
    Now,
    /// What stands between SO and SI.
    ShiftOut,
    /// The one character behind `ESC N`.
    Single,
}

/// The escape sequences, without their ESC. JIS X 0213's first plane is read as JIS X 0208, of which it is a superset.
#[rustfmt::skip]
const ESCAPES: &[(&[u8], Slot, Set)] = &[
    (b"(B", Slot::Now, Set::Ascii), (b"(J", Slot::Now, Set::Ascii), (b"(I", Slot::Now, Set::Katakana),
    (b"$@", Slot::Now, Set::Jis0208), (b"$B", Slot::Now, Set::Jis0208), (b"$(B", Slot::Now, Set::Jis0208),
    (b"$(O", Slot::Now, Set::Jis0208), (b"$(Q", Slot::Now, Set::Jis0208), (b"$(D", Slot::Now, Set::Jis0212),
    (b"$A", Slot::Now, Set::Gb2312), (b"$(A", Slot::Now, Set::Gb2312), (b"$(C", Slot::Now, Set::Ksx1001),
    (b"$)A", Slot::ShiftOut, Set::Gb2312), (b"$)C", Slot::ShiftOut, Set::Ksx1001),
    (b".A", Slot::Single, Set::Latin1), (b".F", Slot::Single, Set::Greek),
];

/// Seven-bit bytes to text, a character at a time, through the eight-bit encodings that have their sets.
struct Writer {
    text: String,
    clean: bool,
}

impl Writer {
    fn new(bytes: &[u8]) -> Self {
        Self { text: String::with_capacity(bytes.len()), clean: true }
    }

    /// Writes a byte that stands for itself, if any does.
    fn single(&mut self, byte: u8) {
        if byte.is_ascii() {
            self.text.push(char::from(byte));
        } else {
            self.error();
        }
    }

    fn error(&mut self) {
        self.text.push(REPLACEMENT);
        self.clean = false;
    }

    /// Writes the first character of `bytes`, which is of a set; gives back what follows it.
    fn character<'a>(&mut self, set: Set, bytes: &'a [u8]) -> &'a [u8] {
        let (home, before, width) = set.home();
        let Some((character, rest)) = bytes.split_at_checked(width) else {
            self.error();
            return &[];
        };
        if character.iter().any(|byte| !(0x20..0x80).contains(byte)) {
            self.error();
            return bytes.get(1..).unwrap_or_default();
        }
        let there: Vec<u8> = before.into_iter().chain(character.iter().map(|byte| byte | 0x80)).collect();
        match home.decode_without_bom_handling_and_without_replacement(&there) {
            Some(text) => self.text.push_str(&text),
            None => self.error(),
        }
        rest
    }
}

fn iso2022(bytes: &[u8]) -> (String, bool) {
    let mut writer = Writer::new(bytes);
    let (mut now, mut shifted_out, mut single) = (Set::Ascii, None, None);
    let mut shifted = false;
    let mut rest = bytes;
    while let [first, after @ ..] = rest {
        rest = match *first {
            0x1b if after.starts_with(b"N") && single.is_some() => {
                writer.character(single.unwrap_or(Set::Latin1), after.get(1..).unwrap_or_default())
            }
            0x1b => match ESCAPES.iter().find(|(sequence, ..)| after.starts_with(sequence)) {
                Some(&(sequence, slot, set)) => {
                    match slot {
                        Slot::Now => now = set,
                        Slot::ShiftOut => shifted_out = Some(set),
                        Slot::Single => single = Some(set),
                    }
                    after.get(sequence.len()..).unwrap_or_default()
                }
                None => {
                    writer.error();
                    after
                }
            },
            0x0e => {
                shifted = true;
                after
            }
            0x0f => {
                shifted = false;
                after
            }
            byte => match if shifted { shifted_out.unwrap_or(now) } else { now } {
                set if set != Set::Ascii && (0x21..0x7f).contains(&byte) => writer.character(set, rest),
                _ => {
                    writer.single(byte);
                    after
                }
            },
        };
    }
    (writer.text, writer.clean)
}

fn hz(bytes: &[u8]) -> (String, bool) {
    let mut writer = Writer::new(bytes);
    let mut chinese = false;
    let mut rest = bytes;
    while let [first, after @ ..] = rest {
        rest = match (*first, after) {
            (b'~', [b'{', after @ ..]) => {
                chinese = true;
                after
            }
            (b'~', [b'}', after @ ..]) => {
                chinese = false;
                after
            }
            (b'~', [b'\n', after @ ..]) => after,
            (b'~', [b'~', after @ ..]) => {
                writer.text.push('~');
                after
            }
            (0x21..=0x7e, _) if chinese => writer.character(Set::Gb2312, rest),
            (byte, _) => {
                writer.single(byte);
                after
            }
        };
    }
    (writer.text, writer.clean)
}

fn utf7(bytes: &[u8]) -> (String, bool) {
    let mut writer = Writer::new(bytes);
    let mut rest = bytes;
    while let [first, after @ ..] = rest {
        rest = match *first {
            b'+' => match after {
                [b'-', after @ ..] => {
                    writer.text.push('+');
                    after
                }
                _ => base64(after, &mut writer),
            },
            byte => {
                writer.single(byte);
                after
            }
        };
    }
    (writer.text, writer.clean)
}

/// UTF-16 in Base64 up to the first byte that is no digit of it; a `-` there belongs to it.
fn base64<'a>(bytes: &'a [u8], writer: &mut Writer) -> &'a [u8] {
    let (mut bits, mut count) = (0_u32, 0);
    let mut units = Vec::new();
    let mut length = 0;
    for digit in bytes.iter().map_while(|&byte| base64_digit(byte)) {
        bits = (bits << 6) | u32::from(digit);
        count += 6;
        length += 1;
        if count >= 16 {
            count -= 16;
            units.push(u16::try_from((bits >> count) & 0xffff).unwrap_or_default());
            bits &= (1 << count) - 1;
        }
    }
    for unit in char::decode_utf16(units.iter().copied()) {
        match unit {
            Ok(character) => writer.text.push(character),
            Err(_) => writer.error(),
        }
    }
    // Less than a character, or filled up with something: no Base64 was meant.
    if units.is_empty() || count >= 6 || bits != 0 {
        writer.clean = false;
    }
    let rest = bytes.get(length..).unwrap_or_default();
    rest.strip_prefix(b"-").unwrap_or(rest)
}

fn base64_digit(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}
