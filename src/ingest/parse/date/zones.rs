//! Zones by offset and by name. Where an abbreviation stands for several zones, the one that feeds mean most: `CST` and
//! `EST` are North American, `IST` is India's, `BST` Britain's. `ET`, `CT`, `MT`, `PT` are taken as the standard time.

use super::moment::offset;
use super::tokens::{Token, Tokens};

/// Reads an offset: `+01`, `+1`, `+100`, `+0100`, `+1:00`, `+01:00`, `+01.00`, `+5.5`; the sign was read, the next token
/// is the number. Seconds east of Greenwich.
pub(super) fn read_offset(east: bool, tokens: &mut Tokens<'_>) -> Option<i32> {
    let digits = tokens.number(0)?;
    let behind = tokens.number(2).filter(|_| !tokens.is_spaced(1) && !tokens.is_spaced(2));
    let (hours, minutes, length) = match (digits.len(), tokens.peek(1), behind) {
        (1 | 2, Some(Token::Sign('.')), Some("5")) => (digits, "30", 3),
        (1 | 2, Some(Token::Sign(':' | '.')), Some(minutes)) if minutes.len() == 2 => (digits, minutes, 3),
        (1 | 2, _, _) => (digits, "0", 1),
        (3 | 4, _, _) => {
            let (hours, minutes) = digits.split_at(digits.len() - 2);
            (hours, minutes, 1)
        }
        _ => return None,
    };
    tokens.skip(length);
    offset(east, hours.parse().ok()?, minutes.parse().ok()?)
}

/// Reads a zone's name, which begins with the next token, a word. `None`: it is not one, or is in no table.
pub(super) fn read_name(tokens: &mut Tokens<'_>) -> Option<i32> {
    if let Some((length, minutes)) = phrase(tokens) {
        tokens.skip(length);
        return Some(minutes * 60);
    }
    // `Etc/UTC`; `Etc/GMT+2`, which is west, is nothing that anybody writes knowingly.
    if tokens.word(0).is_some_and(|word| word.eq_ignore_ascii_case("etc")) && tokens.is_sign(1, '/') {
        let is_plain = !tokens.is_sign(3, '+') && !tokens.is_sign(3, '-');
        let offset = tokens.word(2).and_then(offset_of).filter(|_| is_plain)?;
        tokens.skip(3);
        return Some(offset);
    }
    let offset = offset_of(tokens.word(0)?)?;
    tokens.skip(1);
    Some(offset)
}

/// A zone's name in full, how many words it has and its minutes east.
fn phrase(tokens: &Tokens<'_>) -> Option<(usize, i32)> {
    let begins = |phrase: &str| {
        phrase
            .split(' ')
            .enumerate()
            .all(|(at, part)| tokens.word(at).is_some_and(|word| word.eq_ignore_ascii_case(part)))
    };
    let (phrase, minutes) = PHRASES.iter().find(|(phrase, _)| begins(phrase))?;
    Some((phrase.split(' ').count(), *minutes))
}

/// The offset of a zone abbreviation in seconds east of Greenwich.
pub(super) fn offset_of(name: &str) -> Option<i32> {
    let upper = name.bytes().map(|byte| byte.to_ascii_uppercase());
    let found = ZONES.binary_search_by(|(zone, _)| zone.bytes().cmp(upper.clone())).ok()?;
    ZONES.get(found).map(|(_, minutes)| minutes * 60)
}

/// The offset of a military letter, in upper case. RFC 822 §5.1 has their signs the wrong way round, and RFC 1123 §5.2.14
/// says so; but it is RFC 822 that RSS refers to, and what readers of feeds go by. `J` is the time of wherever one is.
pub(super) fn military(word: &str) -> Option<i32> {
    let [letter] = word.as_bytes() else { return None };
    let hours = match letter {
        b'A'..=b'I' => -i32::from(letter - b'A' + 1),
        b'J' | b'Z' => 0,
        b'K'..=b'M' => -i32::from(letter - b'A'),
        b'N'..=b'Y' => i32::from(letter - b'N' + 1),
        _ => return None,
    };
    Some(hours * 3600)
}

/// Whether a word looks like a zone abbreviation that is in no table: RFC 5322 §4.3 takes it as UTC.
pub(super) fn is_unknown_zone(word: &str) -> bool {
    let is_one_case = word.bytes().all(|byte| byte.is_ascii_uppercase())
        || word.bytes().all(|byte| byte.is_ascii_lowercase());
    (3..=5).contains(&word.len()) && is_one_case
}

/// Minutes east.
#[rustfmt::skip]
const PHRASES: &[(&str, i32)] = &[
    ("atlantic standard time", -240), ("atlantic daylight time", -180), ("eastern standard time", -300),
    ("eastern daylight time", -240), ("eastern time", -300), ("central standard time", -360),
    ("central daylight time", -300), ("central time", -360), ("mountain standard time", -420),
    ("mountain daylight time", -360), ("mountain time", -420), ("pacific standard time", -480),
    ("pacific daylight time", -420), ("pacific time", -480), ("central european summer time", 120),
    ("central european standard time", 60), ("central european time", 60), ("british summer time", 60),
    ("greenwich mean time", 0), ("coordinated universal time", 0), ("india standard time", 330),
    ("japan standard time", 540),
];

/// Sorted by name; minutes east.
#[rustfmt::skip]
const ZONES: &[(&str, i32)] = &[
    ("ACDT", 630), ("ACST", 570), ("ACWST", 525), ("ADT", -180), ("AEDT", 660), ("AEST", 600), ("AFT", 270),
    ("AKDT", -480), ("AKST", -540), ("ART", -180), ("AST", -240), ("AT", -240), ("AWST", 480), ("AZOT", -60),
    ("AZT", 240), ("BNT", 480), ("BOT", -240), ("BRST", -120), ("BRT", -180), ("BST", 60), ("BTT", 360),
    ("CAT", 120), ("CDT", -300), ("CEDT", 120), ("CEST", 120), ("CET", 60), ("CHADT", 825), ("CHAST", 765),
    ("CHST", 600), ("CLST", -180), ("CLT", -240), ("COT", -300), ("CST", -360), ("CT", -360), ("CVT", -60),
    ("EAT", 180), ("ECT", -300), ("EDT", -240), ("EEDT", 180), ("EEST", 180), ("EET", 120), ("EGT", -60),
    ("EST", -300), ("ET", -300), ("FET", 180), ("FJT", 720), ("FKST", -180), ("GET", 240), ("GFT", -180),
    ("GMT", 0), ("GST", 240), ("GYT", -240), ("HAA", -180), ("HAC", -300), ("HADT", -540), ("HAE", -240),
    ("HAEC", 120), ("HAP", -420), ("HAR", -360), ("HAST", -600), ("HDT", -540), ("HKT", 480), ("HNA", -240),
    ("HNC", -360), ("HNE", -300), ("HNEC", 60), ("HNP", -480), ("HNR", -420), ("HST", -600), ("ICT", 420),
    ("IDT", 180), ("IRDT", 270), ("IRKT", 480), ("IRST", 210), ("IST", 330), ("JST", 540), ("KDT", 600),
    ("KRAT", 420), ("KST", 540), ("LHST", 630), ("LKT", 330), ("MAGT", 660), ("MDT", -360), ("MEST", 120),
    ("MESZ", 120), ("MET", 60), ("MEWT", 60), ("MEZ", 60), ("MMT", 390), ("MSD", 240), ("MSK", 180),
    ("MST", -420), ("MT", -420), ("MUT", 240), ("MVT", 300), ("MYT", 480), ("NCT", 660), ("NDT", -150),
    ("NFT", 660), ("NOVT", 420), ("NPT", 345), ("NST", -210), ("NZDT", 780), ("NZST", 720), ("NZT", 720),
    ("OESZ", 180), ("OEZ", 120), ("OMST", 360), ("PDT", -420), ("PET", -300), ("PETT", 720), ("PGT", 600),
    ("PHT", 480), ("PKT", 300), ("PST", -480), ("PT", -480), ("PYST", -180), ("PYT", -180), ("RET", 240),
    ("SAMT", 240), ("SAST", 120), ("SBT", 660), ("SCT", 240), ("SGT", 480), ("SST", -660), ("TJT", 300),
    ("TMT", 300), ("TOT", 780), ("TRT", 180), ("UCT", 0), ("ULAT", 480), ("UT", 0), ("UTC", 0), ("UYT", -180),
    ("UZT", 300), ("VET", -240), ("VLAT", 600), ("WAST", 120), ("WAT", 60), ("WEDT", 60), ("WEST", 60),
    ("WESZ", 60), ("WET", 0), ("WEZ", 0), ("WGT", -180), ("WIB", 420), ("WIT", 540), ("WITA", 480),
    ("YAKT", 540), ("YEKT", 300), ("Z", 0), ("ZULU", 0), ("МСК", 180), ("мск", 180),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_so_that_it_can_be_searched() {
        assert!(ZONES.is_sorted_by(|a, b| a.0 < b.0));
    }
}
