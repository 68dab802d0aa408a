//! What a document can be written in, and reading it as that.

use std::borrow::Cow;

use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, ISO_2022_JP, SHIFT_JIS, UTF_8, WINDOWS_874};

use super::johab;
use super::modal::Modal;
use super::pages::Page;

/// An encoding whose unit is the byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Charset {
    /// One of the WHATWG standard's.
    Standard(&'static Encoding),
    /// One byte a character, by a table.
    Page(Page),
    /// Seven bits a byte, with modes.
    Modal(Modal),
    Johab,
}

/// A document read as some encoding.
pub(super) struct Reading<'a> {
    pub(super) text: Cow<'a, str>,
    /// Whether the bytes are of that encoding throughout; U+FFFD stands where they are not.
    pub(super) clean: bool,
}

impl Charset {
    pub(super) const UTF_8: Self = Self::Standard(UTF_8);

    /// The WHATWG name in lower case, IANA's where that standard has none.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Standard(encoding) => whatwg_name(encoding),
            Self::Page(page) => page.name,
            Self::Modal(modal) => modal.name(),
            Self::Johab => "johab",
        }
    }

    pub(super) fn read(self, bytes: &[u8]) -> Reading<'_> {
        let (text, clean) = match self {
            Self::Standard(encoding) => {
                let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
                return Reading { text, clean: !had_errors };
            }
            Self::Page(page) => page.decode(bytes),
            Self::Modal(modal) => modal.decode(bytes),
            Self::Johab => johab::decode(bytes),
        };
        Reading { text: Cow::Owned(text), clean }
    }

    pub(super) fn is_ebcdic(self) -> bool {
        matches!(self, Self::Page(page) if page.is_ebcdic())
    }

    /// Whether its texts are seven-bit bytes throughout.
    pub(super) fn is_modal(self) -> bool {
        matches!(self, Self::Modal(_)) || self == Self::Standard(ISO_2022_JP)
    }

    /// Whether a short text in it may be UTF-8 by chance: its letters are pairs of any high bytes, or so many that
    /// any two make a word.
    pub(super) fn passes_for_utf8(self) -> bool {
        match self {
            Self::Standard(encoding) => {
                [GB18030, GBK, BIG5, EUC_JP, EUC_KR, SHIFT_JIS, WINDOWS_874].contains(&encoding)
            }
            Self::Johab => true,
            Self::Page(_) | Self::Modal(_) => false,
        }
    }
}

/// The name of an encoding in lower case.
fn whatwg_name(encoding: &'static Encoding) -> &'static str {
    let name = encoding.name();
    LOWER_NAMES.iter().copied().find(|lower| lower.eq_ignore_ascii_case(name)).unwrap_or(name)
}

/// The names that the standard writes with capitals; the most used first.
#[rustfmt::skip]
const LOWER_NAMES: &[&str] = &[
    "utf-8", "iso-8859-2", "gb18030", "shift_jis", "big5", "euc-jp", "euc-kr", "koi8-r", "koi8-u", "ibm866",
    "iso-2022-jp", "iso-8859-3", "iso-8859-4", "iso-8859-5", "iso-8859-6", "iso-8859-7", "iso-8859-8",
    "iso-8859-8-i", "iso-8859-10", "iso-8859-13", "iso-8859-14", "iso-8859-15", "iso-8859-16", "gbk",
];
