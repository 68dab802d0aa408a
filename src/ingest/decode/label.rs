//! Names of encodings: the labels of the WHATWG Encoding Standard, and what feeds write instead.

use encoding_rs::{Encoding, GB18030, GBK, REPLACEMENT, UTF_16BE, UTF_16LE, X_USER_DEFINED};

/// The eight-bit encoding a label means, however sloppily it is written (`windows_1251`, `latin-1`, `Cp1252`).
pub(super) fn encoding_for(label: &str) -> Option<&'static Encoding> {
    let label = label.trim_matches(|c: char| c.is_ascii_whitespace() || c == '"' || c == '\'');
    let encoding = Encoding::for_label(label.as_bytes()).or_else(|| for_sloppy_label(label))?;
    match encoding {
        // Not eight-bit, or not an encoding that anybody writes.
        e if e == UTF_16LE || e == UTF_16BE || e == REPLACEMENT || e == X_USER_DEFINED => None,
        e if e == GBK => Some(GB18030),
        e => Some(e),
    }
}

/// Longer names than this are none.
const LONGEST_LABEL: usize = 40;

fn for_sloppy_label(label: &str) -> Option<&'static Encoding> {
    if label.len() > LONGEST_LABEL {
        return None;
    }
    let bare: String = label.chars().filter(char::is_ascii_alphanumeric).collect();
    let bare = bare.to_ascii_lowercase();
    let bare = bare.strip_prefix("cs").or_else(|| bare.strip_prefix('x')).unwrap_or(&bare);
    let name = SPELLINGS.iter().find(|(spelling, _)| *spelling == bare).map(|(_, name)| *name);
    let name = name.map_or_else(|| numbered_name(bare), |name| Some(name.to_owned()))?;
    Encoding::for_label(name.as_bytes())
}

/// The standard's label for a name that ends in a number: `cp1251`, `win1251`, `iso88592`, `latin2`.
fn numbered_name(bare: &str) -> Option<String> {
    let digits = bare.trim_start_matches(|c: char| !c.is_ascii_digit());
    let family = bare.strip_suffix(digits)?;
    if let ("iso" | "", Some(part)) = (family, digits.strip_prefix("8859")) {
        return Some(format!("iso-8859-{part}"));
    }
    match (family, digits) {
        ("windows" | "win" | "cp" | "ms" | "mswin" | "ansi" | "codepage" | "ibm" | "", _) => {
            Some(code_page(digits))
        }
        ("latin" | "isolatin" | "l", number) => Some(format!("latin{number}")),
        ("tis", _) => Some("windows-874".to_owned()),
        _ => None,
    }
}

fn code_page(digits: &str) -> String {
    match digits {
        "932" | "943" => "shift_jis".to_owned(),
        "936" => "gbk".to_owned(),
        "54936" => "gb18030".to_owned(),
        "949" => "euc-kr".to_owned(),
        "950" => "big5".to_owned(),
        "866" => "ibm866".to_owned(),
        "20866" => "koi8-r".to_owned(),
        "21866" => "koi8-u".to_owned(),
        "65001" => "utf-8".to_owned(),
        "367" | "819" => "windows-1252".to_owned(),
        page => format!("windows-{page}"),
    }
}

/// Letters and digits of a name, without a leading `cs` or `x`, and the standard's label for it.
#[rustfmt::skip]
const SPELLINGS: &[(&str, &str)] = &[
    ("ascii", "us-ascii"), ("usascii", "us-ascii"), ("usascii7", "us-ascii"), ("iso646us", "us-ascii"),
    ("utf8", "utf-8"), ("u8", "utf-8"), ("utf8mb4", "utf-8"), ("utf8n", "utf-8"), ("utf8bom", "utf-8"),
    ("ansi", "windows-1252"), ("latin", "latin1"), ("western", "latin1"),
    ("big5", "big5"), ("big5hkscs", "big5"), ("big5eten", "big5"), ("big5tw", "big5"),
    ("gb", "gbk"), ("gbk", "gbk"), ("gb2312", "gbk"), ("gb18030", "gb18030"), ("euccn", "gbk"),
    ("gb231280", "gbk"), ("eucgb2312", "gbk"),
    ("shiftjis", "shift_jis"), ("sjis", "shift_jis"), ("mskanji", "shift_jis"), ("windows31j", "shift_jis"),
    ("eucjp", "euc-jp"), ("ujis", "euc-jp"), ("iso2022jp", "iso-2022-jp"), ("jis", "iso-2022-jp"),
    ("euckr", "euc-kr"), ("ksc5601", "euc-kr"), ("ksc56011987", "euc-kr"), ("uhc", "euc-kr"),
    ("koi8", "koi8-r"), ("koi8r", "koi8-r"), ("koi8u", "koi8-u"), ("koi8ru", "koi8-u"),
    ("macroman", "macintosh"), ("macintosh", "macintosh"), ("mac", "macintosh"),
    ("maccyrillic", "x-mac-cyrillic"), ("macukrainian", "x-mac-cyrillic"),
    ("hebrew", "hebrew"), ("arabic", "arabic"), ("greek", "greek"), ("cyrillic", "cyrillic"), ("thai", "windows-874"),
];

/// The name of an encoding in lower case.
pub(super) fn whatwg_name(encoding: &'static Encoding) -> &'static str {
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
