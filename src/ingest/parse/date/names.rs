//! The words of dates: months, halves of the day, units, eras, and what is read over.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::fast::english_month;
use super::months;

/// What is written behind a number in Chinese, Japanese and Korean dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
}

pub(super) fn unit(c: char) -> Option<Unit> {
    Some(match c {
        '年' | '년' => Unit::Year,
        '月' | '월' => Unit::Month,
        '日' | '일' | '号' | '號' => Unit::Day,
        '時' | '时' | '시' | '点' | '點' => Unit::Hour,
        '分' | '분' => Unit::Minute,
        '秒' | '초' => Unit::Second,
        _ => return None,
    })
}

/// Whether a text has Korean letters in it.
pub(super) fn is_korean(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{ac00}'..='\u{d7a3}'))
}

/// The year before the first of an era that years are counted from: 令和8年 is 2026.
pub(super) fn era(word: &str) -> Option<i32> {
    Some(match word {
        "令和" => 2018,
        "平成" => 1988,
        "昭和" => 1925,
        "民國" | "民国" => 1911,
        _ => return None,
    })
}

/// The half of the day that a 12-hour clock names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Half {
    pub(super) afternoon: bool,
    /// Written as Americans do.
    pub(super) english: bool,
}

pub(super) fn half_of_day(word: &str) -> Option<Half> {
    let (afternoon, english) = match fold(word).as_ref() {
        "am" => (false, true),
        "pm" => (true, true),
        "πμ" | "dop" | "oo" | "ص" | "صباحا" | "قظ" | "परवहन" | "上午" | "午前" | "凌晨" | "早上" => {
            (false, false)
        }
        "μμ" | "odp" | "os" | "م" | "مساء" | "بظ" | "अपरहन" | "下午" | "午後" | "晚上" => {
            (true, false)
        }
        // Hangul falls apart into its letters when folded.
        _ => match word {
            "오전" => (false, false),
            "오후" => (true, false),
            _ => return None,
        },
    };
    Some(Half { afternoon, english })
}

/// The month a word names, in full or short, in any of the languages of the table.
pub(super) fn month(word: &str) -> Option<u32> {
    // Nearly always English; the table has twelve rows to search.
    english_month(word.as_bytes()).or_else(|| {
        let folded = fold(word);
        // Hebrew writes "in" as a letter in front: 2 בנובמבר.
        months::month(&folded).or_else(|| months::month(folded.strip_prefix('ב')?))
    })
}

/// The month that two words name together: the Levant has a first and a second Kanun and Tishrin.
pub(super) fn month_of_two_words(first: &str, second: &str) -> Option<u32> {
    Some(match (fold(first).as_ref(), fold(second).as_ref()) {
        ("كانون", "الثاني") => 1,
        ("تشرين", "الاول") => 10,
        ("تشرين", "الثاني") => 11,
        ("كانون", "الاول") => 12,
        _ => return None,
    })
}

/// The English month that a word was meant to be: "Janaury", "Decembr".
pub(super) fn misspelt_month(word: &str) -> Option<u32> {
    english_month(word.as_bytes().get(..3).filter(|_| word.len() > 3)?)
}

/// Whether a number behind that word is a month: Vietnamese "tháng 11".
pub(super) fn counts_months(word: &str) -> bool {
    matches!(fold(word).as_ref(), "thang" | "thg")
}

/// Words that say nothing of their own: "2 *de* noviembre", "November 2*nd*", "10:00 *Uhr*", a weekday.
pub(super) fn is_filler(word: &str) -> bool {
    let weekday = word.ends_with("曜日") || word.ends_with("요일") || word.starts_with(['星', '周', '週']);
    weekday || FILLERS.binary_search(&fold(word).as_ref()).is_ok()
}

/// Lower case, without accents.
fn fold(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Cow::Borrowed(word);
    }
    if word.is_ascii() {
        return Cow::Owned(word.to_ascii_lowercase());
    }
    let plain = word.to_lowercase().nfd().filter(|&c| !is_combining_mark(c)).collect::<String>();
    // The one Turkish letter that is no letter with a mark.
    Cow::Owned(plain.replace('ı', "i"))
}

/// Sorted; folded as [`fold`] does.
#[rustfmt::skip]
const FILLERS: &[&str] = &[
    "a", "alle", "ar", "as", "at", "carsamba", "csutortok", "cuma", "cumartesi", "czwartek", "d", "das", "de",
    "del", "den", "di", "dia", "dienstag", "dimanche", "dinsdag", "dne", "dnia", "do", "domenica", "domingo",
    "donderdag", "donnerstag", "du", "e", "el", "er", "feira", "fr", "freitag", "fri", "friday", "g", "gada",
    "giovedi", "god", "godine", "godz", "h", "hetfo", "heures", "hod", "horas", "hours", "hr", "hrs", "hs",
    "il", "jam", "jeudi", "jueves", "kedd", "kell", "kello", "kl", "klo", "klokken", "klukkan", "ko", "la",
    "las", "le", "les", "luc", "lundi", "lunedi", "lunes", "m", "maandag", "mardi", "martedi", "martes",
    "mercoledi", "mercredi", "mi", "miercoles", "mittwoch", "mo", "mon", "monday", "montag", "nam", "nd",
    "ngay", "niedziela", "o", "ob", "och", "of", "og", "om", "on", "ora", "ore", "pazar", "pazartesi", "pentek",
    "persembe", "piatek", "plkst", "poniedziałek", "pukul", "quarta", "quinta", "r", "rd", "roku", "sa", "saat",
    "sabado", "sabato", "sali", "samedi", "samstag", "sat", "saturday", "segunda", "sexta", "so", "sobota",
    "sonntag", "sroda", "st", "sun", "sunday", "szerda", "szombat", "terca", "th", "the", "thu", "thur",
    "thurs", "thursday", "tid", "tue", "tues", "tuesday", "u", "uhr", "um", "uur", "v", "vasarnap", "ve",
    "vendredi", "venerdi", "viernes", "vrijdag", "w", "wed", "wednesday", "woensdag", "wtorek", "y", "zaterdag",
    "zondag", "στις", "ωρα", "в", "воскресенье", "время", "вс", "вт", "вторник", "г", "го", "год", "года",
    "году", "о", "пн", "понедельник", "пт", "пятница", "р", "року", "сб", "ср", "среда", "суббота", "ч", "час",
    "четверг", "чт", "בשעה", "الساعة", "ساعت", "في", "क", "बज",
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_tables_are_sorted_and_folded_so_that_they_can_be_searched() {
        for list in months::MONTHS.into_iter().chain([FILLERS]) {
            assert!(list.is_sorted_by(|a, b| a < b), "{list:?}");
            for name in list {
                assert_eq!(fold(name), *name);
            }
        }
    }

    #[test]
    fn no_name_stands_for_two_months() {
        let names: Vec<_> = months::MONTHS.into_iter().flatten().collect();
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
    }
}
