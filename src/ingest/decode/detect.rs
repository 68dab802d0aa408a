//! Guessing the encoding of bytes that nothing right was said about.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    Encoding, GB18030, GBK, ISO_8859_2, ISO_8859_4, KOI8_R, KOI8_U, SHIFT_JIS, WINDOWS_1250, WINDOWS_1251,
    WINDOWS_1252, WINDOWS_1254, WINDOWS_1257, WINDOWS_1258,
};
use url::Url;

use super::Hints;

/// How much of a document is looked at ..
const LOOKED_AT: usize = 1 << 20;
/// .. and how much of its text the detector is shown: enough to be sure, and bounded.
const SHOWN: usize = 64 * 1024;
/// The letters that KOI8-U has where KOI8-R draws boxes: є і ї ґ Є І Ї Ґ (RFC 2319).
const UKRAINIAN_KOI8: [u8; 8] = [0xa4, 0xa6, 0xa7, 0xad, 0xb4, 0xb6, 0xb7, 0xbd];

/// The encoding that the letters of a document suggest, and its language and place where those are told.
pub(super) fn detect(bytes: &[u8], hints: &Hints) -> &'static Encoding {
    let letters = letters(bytes);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    // Without any, there may still be escape sequences.
    detector.feed(if letters.is_empty() { bytes.get(..LOOKED_AT).unwrap_or(bytes) } else { &letters }, true);
    let unhinted = detector.guess(None, Utf8Detection::Deny);
    let place = place(bytes, hints).map(str::as_bytes);
    let hinted = place.map_or(unhinted, |place| detector.guess(Some(place), Utf8Detection::Deny));
    match weigh(unhinted, hinted, &letters) {
        // The same decoder, under the name of the larger set.
        encoding if encoding == GBK => GB18030,
        // The detector knows one of the pair; without Ukrainian letters the Russian one is meant.
        encoding if encoding == KOI8_U && !letters.iter().any(|byte| UKRAINIAN_KOI8.contains(byte)) => KOI8_R,
        encoding => encoding,
    }
}

/// The better of two guesses. A language is often told wrongly, and the detector believes it more than its eyes: it
/// may only choose among Latin alphabets, or where there is little to see.
fn weigh(unhinted: &'static Encoding, hinted: &'static Encoding, letters: &[u8]) -> &'static Encoding {
    const LITTLE: usize = 64;
    let script = Script::of(letters);
    match (is_latin(unhinted), is_latin(hinted)) {
        _ if is_japanese(letters) => SHIFT_JIS,
        (true, false) if script.fills_words(4) => hinted,
        (true, latin) if script.fills_words(4) => {
            not_latin(letters).unwrap_or(if latin { hinted } else { unhinted })
        }
        // Symbols alone: `50 €`, `© 2020`.
        (true, _) if script.ascii == 0 => WINDOWS_1252,
        (true, true) => hinted,
        (false, false) if script.bytes < LITTLE => hinted,
        _ => unhinted,
    }
}

/// The likely encoding of words without ASCII letters that the detector takes for Latin ones: Russian, by where most
/// of its letters are small, or Japanese.
fn not_latin(letters: &[u8]) -> Option<&'static Encoding> {
    let foreign = || letters.iter().filter(|byte| !byte.is_ascii());
    if foreign().all(|&byte| byte >= 0xc0) {
        let high = foreign().filter(|&&byte| byte >= 0xe0).count();
        return Some(if 2 * high > foreign().count() { WINDOWS_1251 } else { KOI8_R });
    }
    shift_jis(letters).map(|_| SHIFT_JIS)
}

/// The text in Shift_JIS, if all of it is full-width. Katakana of half the width are single high bytes, which any text
/// may have.
fn shift_jis(letters: &[u8]) -> Option<Cow<'_, str>> {
    let text = SHIFT_JIS.decode_without_bom_handling_and_without_replacement(letters)?;
    let wide = |c: char| {
        c.is_ascii() || ('\u{3000}'..'\u{a000}').contains(&c) || ('\u{ff00}'..'\u{ff61}').contains(&c)
    };
    text.chars().all(wide).then_some(text)
}

/// Whether there are kana in a text that can be Shift_JIS. In other encodings their bytes are controls and quotes.
fn is_japanese(letters: &[u8]) -> bool {
    letters.iter().any(|byte| matches!(byte, 0x82 | 0x83))
        && shift_jis(letters).is_some_and(|text| text.contains(|c| ('\u{3041}'..'\u{30fb}').contains(&c)))
}

/// Whether an encoding is for languages in Latin letters.
fn is_latin(encoding: &'static Encoding) -> bool {
    [WINDOWS_1252, WINDOWS_1250, ISO_8859_2, WINDOWS_1254, WINDOWS_1257, ISO_8859_4, WINDOWS_1258]
        .contains(&encoding)
}

/// How words are made up that have bytes beyond ASCII.
struct Script {
    /// So many of those.
    bytes: usize,
    /// Of those, in runs that are longer than any of a language in Latin letters.
    in_runs: usize,
    /// ASCII letters.
    ascii: usize,
}

impl Script {
    fn of(letters: &[u8]) -> Self {
        const LONG: usize = 4;
        let bytes = letters.iter().filter(|byte| !byte.is_ascii()).count();
        let ascii = letters.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
        // A row of dashes or dots is not meant.
        let runs = letters
            .split(u8::is_ascii)
            .filter(|run| run.len() >= LONG && run.iter().any(|byte| *byte != run[0]));
        Self { bytes, in_runs: runs.map(<[u8]>::len).sum(), ascii }
    }

    /// Whether there are enough words of (nearly) nothing but such bytes. No Latin alphabet has those.
    fn fills_words(&self, enough: usize) -> bool {
        self.bytes >= enough && self.bytes > 2 * self.ascii
    }
}

/// Whether a text in windows-1252 would have words of nothing but accented letters: then it is in some other encoding,
/// whatever is declared.
pub(super) fn is_plainly_not_western(bytes: &[u8]) -> bool {
    const BEGINNING: usize = 32 * 1024;
    const ENOUGH: usize = 6;
    let script = Script::of(&letters(bytes.get(..BEGINNING).unwrap_or(bytes)));
    script.in_runs >= ENOUGH && 2 * script.in_runs > script.bytes
}

/// Whether the letters of a document side with an encoding that it claims, and not with windows-1252.
pub(super) fn sides_with(encoding: &'static Encoding, bytes: &[u8], hints: &Hints) -> bool {
    let not_latin = !is_latin(encoding) && is_plainly_not_western(bytes);
    not_latin || detect(bytes, hints) == encoding
}

/// The words with bytes beyond ASCII, outside of markup unless there are none.
fn letters(bytes: &[u8]) -> Vec<u8> {
    let bytes = bytes.get(..LOOKED_AT).unwrap_or(bytes);
    let mut letters = Vec::new();
    // What follows the last tag is text, whatever brackets are in it.
    let (mut rest, behind_tags) = bytes.split_at(memchr::memrchr(b'>', bytes).map_or(0, |end| end + 1));
    while let Some(start) = memchr::memchr(b'<', rest) {
        let (text, markup) = rest.split_at(start);
        push_foreign_words(text, &mut letters);
        rest = behind_tag(markup);
    }
    push_foreign_words(rest, &mut letters);
    push_foreign_words(behind_tags, &mut letters);
    if letters.is_empty() {
        push_foreign_words(bytes, &mut letters);
    }
    letters
}

/// What follows a tag or comment, or is in a CDATA section.
fn behind_tag(markup: &[u8]) -> &[u8] {
    match markup.strip_prefix(b"<![CDATA[") {
        Some(content) => content,
        None => memchr::memchr(b'>', markup).and_then(|end| markup.get(end + 1..)).unwrap_or_default(),
    }
}

fn push_foreign_words(text: &[u8], letters: &mut Vec<u8>) {
    let words = text.split(|byte| byte.is_ascii_whitespace() || *byte == b'>');
    for word in words.filter(|word| !word.is_ascii()) {
        if letters.len() + word.len() > SHOWN && !letters.is_empty() {
            return;
        }
        letters.extend_from_slice(word.get(..SHOWN).unwrap_or(word));
        letters.push(b' ');
    }
}

/// The country whose old encodings are likely, as its top-level domain: by the document's language, HTTP's, or where
/// the document is from. English says nothing: it is what templates say that nobody filled in.
fn place(bytes: &[u8], hints: &Hints) -> Option<&'static str> {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let host = hints.base_url.as_ref().and_then(Url::host_str);
    value_behind(head, b"<language>")
        .or_else(|| value_behind(head, b"xml:lang=").or_else(|| value_behind(head, b"<dc:language>")))
        .and_then(country)
        .or_else(|| hints.content_language.as_deref().and_then(country))
        .or_else(|| country_of_host(host?))
}

/// Where a language is told, in a document of some language.
const HEAD: usize = 4096;

fn value_behind<'a>(head: &'a [u8], label: &[u8]) -> Option<&'a str> {
    let at = memchr::memmem::find(head, label)?;
    let value = head.get(at + label.len()..)?.trim_ascii_start();
    let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
    let end = value.iter().position(|byte| !byte.is_ascii_alphanumeric() && !b"-_".contains(byte))?;
    std::str::from_utf8(value.get(..end)?).ok()
}

/// The domain for a language tag.
fn country(tag: &str) -> Option<&'static str> {
    let mut parts = tag.trim().split(['-', '_', ',']);
    let (language, region) = (parts.next()?, parts.next().unwrap_or_default());
    if language.eq_ignore_ascii_case("zh")
        && ["tw", "hk", "mo", "hant"].iter().any(|r| r.eq_ignore_ascii_case(region))
    {
        return Some("tw");
    }
    COUNTRIES.iter().find(|(known, _)| known.eq_ignore_ascii_case(language)).map(|(_, country)| *country)
}

/// The domain of a host, if it tells one of these countries.
fn country_of_host(host: &str) -> Option<&'static str> {
    let domain = host.trim_end_matches('.').rsplit('.').next()?;
    COUNTRIES.iter().map(|(_, country)| *country).chain(["hk", "mo"]).find(|country| *country == domain)
}

/// Languages, and where they are at home.
#[rustfmt::skip]
const COUNTRIES: &[(&str, &str)] = &[
    ("ja", "jp"), ("zh", "cn"), ("ko", "kr"), ("ru", "ru"), ("uk", "ua"), ("be", "by"), ("bg", "bg"), ("mk", "mk"),
    ("sr", "rs"), ("kk", "kz"), ("th", "th"), ("he", "il"), ("iw", "il"), ("ar", "sa"), ("fa", "ir"), ("ur", "pk"),
    ("el", "gr"), ("tr", "tr"), ("az", "az"), ("pl", "pl"), ("cs", "cz"), ("sk", "sk"), ("hu", "hu"), ("ro", "ro"),
    ("sl", "si"), ("hr", "hr"), ("bs", "ba"), ("lt", "lt"), ("lv", "lv"), ("et", "ee"), ("vi", "vn"),
    ("fr", "fr"), ("de", "de"), ("es", "es"), ("pt", "pt"), ("it", "it"), ("nl", "nl"), ("sv", "se"), ("da", "dk"),
    ("nb", "no"), ("nn", "no"), ("no", "no"), ("fi", "fi"), ("is", "is"), ("ca", "es"),
];
