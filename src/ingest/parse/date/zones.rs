//! Zone abbreviations. Where one stands for several zones, the one that feeds mean most: `CST` and `EST` are North
//! American, `IST` is India's, `BST` Britain's. `ET`, `CT`, `MT`, `PT` are taken as the standard time.

/// The offset of a zone abbreviation in seconds east of Greenwich.
pub(super) fn offset_of(name: &str) -> Option<i32> {
    let upper = name.bytes().map(|byte| byte.to_ascii_uppercase());
    let found = ZONES.binary_search_by(|(zone, _)| zone.bytes().cmp(upper.clone())).ok()?;
    ZONES.get(found).map(|(_, minutes)| minutes * 60)
}

/// Whether a word looks like a zone abbreviation that is in no table: RFC 5322 §4.3 takes it as UTC.
pub(super) fn is_unknown_zone(word: &str) -> bool {
    word.len() <= 5 && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Sorted by name; minutes east.
#[rustfmt::skip]
const ZONES: &[(&str, i32)] = &[
    ("ACDT", 630), ("ACST", 570), ("ADT", -180), ("AEDT", 660), ("AEST", 600), ("AKDT", -480), ("AKST", -540),
    ("ART", -180), ("AST", -240), ("AT", -240), ("AWST", 480), ("BRST", -120), ("BRT", -180), ("BST", 60),
    ("CAT", 120), ("CDT", -300), ("CEST", 120), ("CET", 60), ("CLST", -180), ("CLT", -240), ("COT", -300),
    ("CST", -360), ("CT", -360), ("EAT", 180), ("EDT", -240), ("EEST", 180), ("EET", 120), ("EST", -300),
    ("ET", -300), ("GMT", 0), ("GST", 240), ("HKT", 480), ("HST", -600), ("ICT", 420), ("IDT", 180), ("IST", 330),
    ("JST", 540), ("KST", 540), ("MDT", -360), ("MEST", 120), ("MESZ", 120), ("MET", 60), ("MEZ", 60),
    ("MSD", 240), ("MSK", 180), ("MST", -420), ("MT", -420), ("NDT", -150), ("NPT", 345), ("NST", -210),
    ("NZDT", 780), ("NZST", 720), ("PDT", -420), ("PET", -300), ("PHT", 480), ("PKT", 300), ("PST", -480),
    ("PT", -480), ("SAST", 120), ("SGT", 480), ("SST", -660), ("TRT", 180), ("UT", 0), ("UTC", 0), ("UYT", -180),
    ("WAT", 60), ("WEST", 60), ("WET", 0), ("WIB", 420), ("WIT", 540), ("WITA", 480), ("Z", 0),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_so_that_it_can_be_searched() {
        assert!(ZONES.is_sorted_by(|a, b| a.0 < b.0));
    }
}
