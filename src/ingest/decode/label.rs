//! Names of encodings: the labels of the WHATWG Encoding Standard, those of IANA and Python, and what feeds write
//! instead.

use encoding_rs::{Encoding, GB18030, GBK, REPLACEMENT, UTF_16BE, UTF_16LE, X_USER_DEFINED};

use super::charset::Charset;
use super::modal::Modal;
use super::pages::Page;

/// Longer names than this are none.
const LONGEST_LABEL: usize = 64;

/// The encoding a label means, however sloppily it is written (`windows_1251`, `latin-1`, `Cp1252`).
pub(super) fn charset_for(label: &str) -> Option<Charset> {
    let label = label.trim_matches(|c: char| c.is_ascii_whitespace() || c == '"' || c == '\'');
    if label.len() > LONGEST_LABEL {
        return None;
    }
    standard(label).or_else(|| {
        let bare: String = label.chars().filter(char::is_ascii_alphanumeric).collect();
        let bare = bare.to_ascii_lowercase();
        let short = bare.strip_prefix("cs").or_else(|| bare.strip_prefix('x'));
        for_bare_name(&bare).or_else(|| for_bare_name(short?))
    })
}

/// Whether a label names UTF-16 or UTF-32. Bytes show those by themselves, so the label is not needed.
pub(super) fn is_wide(label: &str) -> bool {
    let bare: String = label.chars().filter(char::is_ascii_alphanumeric).collect();
    let bare = bare.to_ascii_lowercase();
    ["utf16", "utf32", "u16", "u32", "ucs", "csucs", "iso10646", "unicode", "csunicode"]
        .iter()
        .any(|name| bare.starts_with(name))
}

/// The standard's encoding for one of its labels; none for those that are not of bytes or that nobody writes.
fn standard(label: &str) -> Option<Charset> {
    match Encoding::for_label(label.as_bytes())? {
        e if [UTF_16LE, UTF_16BE, REPLACEMENT, X_USER_DEFINED].contains(&e) => None,
        e if e == GBK => Some(Charset::Standard(GB18030)),
        e => Some(Charset::Standard(e)),
    }
}

/// The encoding of a name in lower-case letters and digits only.
fn for_bare_name(bare: &str) -> Option<Charset> {
    if let Some((_, label)) = SPELLINGS.iter().find(|(spelling, _)| *spelling == bare) {
        return standard(label);
    }
    if bare == "johab" {
        return Some(Charset::Johab);
    }
    let modal = Modal::called(bare).map(Charset::Modal);
    modal.or_else(|| Page::called(bare).map(Charset::Page)).or_else(|| numbered(bare))
}

/// The encoding of a name that ends in a number: `cp1251`, `win1251`, `iso88592`, `latin2`, `ibm00858`.
fn numbered(bare: &str) -> Option<Charset> {
    let digits = bare.trim_start_matches(|c: char| !c.is_ascii_digit());
    match (bare.strip_suffix(digits)?, digits) {
        ("iso" | "", _) if digits.starts_with("8859") => iso8859(digits.strip_prefix("8859")?),
        ("latin" | "isolatin" | "l", number) => standard(LATIN.get(number.parse::<usize>().ok()?)?),
        ("isoir", number) => match ISO_REGISTER.iter().find(|(registered, _)| *registered == number) {
            Some((_, label)) => standard(label),
            None => standard(&format!("iso-ir-{number}")),
        },
        (family, _) if family.is_empty() || FAMILIES.contains(&family) => code_page(digits),
        _ => None,
    }
}

/// What stands in front of the number of a code page.
const FAMILIES: &[&str] = &[
    "windows",
    "windowscp",
    "win",
    "cp",
    "ms",
    "mswin",
    "ansi",
    "codepage",
    "ibm",
    "dos",
    "oem",
    "ccsid",
    "ebcdic",
];

/// A part of ISO 8859, perhaps with its year.
fn iso8859(part: &str) -> Option<Charset> {
    let part = ["1986", "1987", "1988", "1989", "1992", "1998", "1999", "2001", "2003"]
        .iter()
        .find_map(|year| part.strip_suffix(year))
        .unwrap_or(part);
    standard(&if part.is_empty() { "iso-8859-1".to_owned() } else { format!("iso-8859-{part}") })
}

/// A code page of DOS, Windows, EBCDIC or Macintosh by its number.
fn code_page(digits: &str) -> Option<Charset> {
    let number = digits.trim_start_matches('0');
    if let Some((_, label)) = CODE_PAGES.iter().find(|(page, _)| *page == number) {
        return standard(label);
    }
    match number.parse::<u32>().ok()? {
        part @ 28_591..=28_606 => standard(&format!("iso-8859-{}", part - 28_590)),
        1361 => Some(Charset::Johab),
        _ => standard(&format!("windows-{number}")).or_else(|| Page::called(number).map(Charset::Page)),
    }
}

/// `latin1`, `latin2`, ..; there is no `latin0`, which stood for Latin-9 when that was new.
#[rustfmt::skip]
const LATIN: [&str; 11] = [
    "iso-8859-15", "iso-8859-1", "iso-8859-2", "iso-8859-3", "iso-8859-4", "iso-8859-9", "iso-8859-10", "iso-8859-13",
    "iso-8859-14", "iso-8859-15", "iso-8859-16",
];

/// Numbers in ISO's register that the standard has not.
#[rustfmt::skip]
const ISO_REGISTER: &[(&str, &str)] = &[
    ("6", "us-ascii"), ("13", "shift_jis"), ("87", "iso-2022-jp"), ("166", "tis-620"), ("179", "iso-8859-13"), ("199", "iso-8859-14"), ("203", "iso-8859-15"),
    ("226", "iso-8859-16"),
];

/// Code pages that the standard has under names without the number.
#[rustfmt::skip]
const CODE_PAGES: &[(&str, &str)] = &[
    ("932", "shift_jis"), ("943", "shift_jis"), ("936", "gbk"), ("1386", "gbk"), ("54936", "gb18030"),
    ("949", "euc-kr"), ("970", "euc-kr"), ("51949", "euc-kr"), ("950", "big5"), ("51932", "euc-jp"),
    ("50220", "iso-2022-jp"), ("50221", "iso-2022-jp"), ("50222", "iso-2022-jp"),
    ("20866", "koi8-r"), ("878", "koi8-r"), ("21866", "koi8-u"), ("1168", "koi8-u"), ("65001", "utf-8"),
    ("367", "us-ascii"), ("20127", "us-ascii"), ("646", "us-ascii"), ("819", "iso-8859-1"),
    ("10000", "macintosh"), ("10007", "x-mac-cyrillic"), ("10017", "x-mac-cyrillic"),
];

/// Other names, and the standard's label for each.
#[rustfmt::skip]
const SPELLINGS: &[(&str, &str)] = &[
    ("ascii", "us-ascii"), ("usascii", "us-ascii"), ("us", "us-ascii"), ("usascii7", "us-ascii"),
    ("iso646us", "us-ascii"), ("iso646irv1991", "us-ascii"), ("ansix341968", "us-ascii"), ("ansix341986", "us-ascii"),
    ("utf8", "utf-8"), ("u8", "utf-8"), ("utf", "utf-8"), ("utf8mb4", "utf-8"), ("utf8n", "utf-8"), ("utf8bom", "utf-8"),
    ("utf8sig", "utf-8"), ("utf8ucs2", "utf-8"), ("utf8ucs4", "utf-8"), ("cesu8", "utf-8"), ("unicode11utf8", "utf-8"),
    ("ansi", "windows-1252"), ("mbcs", "windows-1252"), ("dbcs", "windows-1252"), ("latin", "latin1"),
    ("western", "latin1"), ("isolatin", "latin1"),
    ("asmo708", "iso-8859-6"), ("ecma114", "iso-8859-6"), ("arabic", "iso-8859-6"),
    ("ecma118", "iso-8859-7"), ("elot928", "iso-8859-7"), ("greek", "iso-8859-7"), ("greek8", "iso-8859-7"),
    ("isolatingreek", "iso-8859-7"), ("isolatinarabic", "iso-8859-6"), ("isolatinhebrew", "iso-8859-8"),
    ("isolatincyrillic", "iso-8859-5"), ("hebrew", "iso-8859-8"), ("cyrillic", "iso-8859-5"),
    ("isoceltic", "iso-8859-14"), ("thai", "windows-874"), ("tis620", "windows-874"), ("tis6200", "windows-874"),
    ("tis62025290", "windows-874"), ("tis62025291", "windows-874"), ("tis62025330", "windows-874"),
    ("iso885911", "windows-874"), ("iso8859112001", "windows-874"),
    ("big5", "big5"), ("big5hkscs", "big5"), ("hkscs", "big5"), ("big5eten", "big5"), ("big5tw", "big5"),
    ("mactradchinese", "big5"), ("cnbig5", "big5"), ("big5hkscs2004", "big5"),
    ("gb", "gbk"), ("gbk", "gbk"), ("gb2312", "gbk"), ("chinese", "gbk"), ("gb18030", "gb18030"), ("gb180302000", "gb18030"),
    ("gb180302005", "gb18030"), ("euccn", "gbk"), ("gb23121980", "gbk"), ("gb231280", "gbk"), ("eucgb2312", "gbk"),
    ("eucgb2312cn", "gbk"), ("iso58gb231280", "gbk"), ("macsimpchinese", "gbk"), ("cngb", "gbk"),
    ("shiftjis", "shift_jis"), ("sjis", "shift_jis"), ("mskanji", "shift_jis"), ("windows31j", "shift_jis"),
    ("macjapanese", "shift_jis"), ("shiftjis2004", "shift_jis"), ("sjis2004", "shift_jis"),
    ("shiftjisx0213", "shift_jis"), ("sjisx0213", "shift_jis"), ("sjiswin", "shift_jis"), ("sjisopen", "shift_jis"),
    ("eucjp", "euc-jp"), ("ujis", "euc-jp"), ("eucjis2004", "euc-jp"), ("eucjisx0213", "euc-jp"), ("jisx0213", "euc-jp"),
    ("eucjpms", "euc-jp"), ("eucjpwin", "euc-jp"), ("eucpkdfmtjapanese", "euc-jp"),
    ("extendedunixcodepackedformatforjapanese", "euc-jp"),
    ("iso2022jp", "iso-2022-jp"), ("jis", "iso-2022-jp"), ("jis7", "iso-2022-jp"), ("jisencoding", "iso-2022-jp"),
    ("euckr", "euc-kr"), ("ksc5601", "euc-kr"), ("ksc56011987", "euc-kr"), ("ksc56011989", "euc-kr"), ("uhc", "euc-kr"),
    ("ksx1001", "euc-kr"), ("korean", "euc-kr"), ("mackorean", "euc-kr"),
    ("koi8", "koi8-r"), ("koi8r", "koi8-r"), ("koi8u", "koi8-u"), ("koi8ru", "koi8-u"),
    ("macroman", "macintosh"), ("macintosh", "macintosh"), ("mac", "macintosh"),
    ("maccyrillic", "x-mac-cyrillic"), ("macukrainian", "x-mac-cyrillic"), ("macukraine", "x-mac-cyrillic"),
    ("iso88591windows30latin1", "windows-1252"), ("iso88591windows31latin1", "windows-1252"),
    ("iso88592windowslatin2", "windows-1250"), ("iso88599windowslatin5", "windows-1254"),
    ("windows30latin1", "windows-1252"), ("windows31latin1", "windows-1252"), ("windows31latin2", "windows-1250"),
    ("windows31latin5", "windows-1254"),
];
