//! The words of dates: months, halves of the day, units, and what is read over.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

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
        '日' | '일' | '号' => Unit::Day,
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
        "πμ" => (false, false),
        "μμ" => (true, false),
        _ => match word {
            "오전" | "上午" | "午前" => (false, false),
            "오후" | "下午" | "午後" => (true, false),
            _ => return None,
        },
    };
    Some(Half { afternoon, english })
}

/// The month a word names, in full or short, in any of the languages of the table.
pub(super) fn month(word: &str) -> Option<u32> {
    let folded = fold(word);
    let found = MONTHS.binary_search_by_key(&folded.as_ref(), |(name, _)| name).ok()?;
    MONTHS.get(found).map(|(_, month)| *month)
}

/// Words that say nothing of their own: "2 *de* noviembre", "November 2*nd*", "10:00 *Uhr*", a weekday.
pub(super) fn is_filler(word: &str) -> bool {
    let weekday = word.ends_with("曜日") || word.ends_with("요일") || word.starts_with("星期");
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
    "a", "alle", "as", "at", "das", "de", "del", "den", "di", "e", "er", "fri", "friday", "godz", "h", "kl",
    "klokken", "le", "les", "mon", "monday", "nd", "o", "of", "on", "ora", "ore", "r", "rd", "roku", "sat",
    "saturday", "st", "sun", "sunday", "th", "the", "thu", "thur", "thurs", "thursday", "tue", "tues",
    "tuesday", "uhr", "um", "wed", "wednesday", "y", "в", "г", "года", "году",
];

/// English, German, French, Spanish, Italian, Portuguese, Dutch, Polish, Russian, Greek, Hungarian, Turkish, Swedish,
/// Danish, Norwegian, Finnish, Czech, Romanian, Ukrainian, Chinese. Sorted by name; folded as [`fold`] does.
#[rustfmt::skip]
const MONTHS: &[(&str, u32)] = &[
    ("abr", 4), ("abril", 4), ("ago", 8), ("agosto", 8), ("agu", 8), ("agustos", 8), ("aou", 8), ("aout", 8),
    ("apr", 4), ("april", 4), ("aprile", 4), ("aprilie", 4), ("aprilis", 4), ("ara", 12), ("aralik", 12),
    ("aug", 8), ("august", 8), ("augusti", 8), ("augustus", 8), ("augusztus", 8), ("avr", 4), ("avril", 4),
    ("brezen", 3), ("brezna", 3), ("cerven", 6), ("cervence", 7), ("cervenec", 7), ("cervna", 6), ("cze", 6),
    ("czerwca", 6), ("czerwiec", 6), ("dec", 12), ("december", 12), ("decembre", 12), ("decembrie", 12),
    ("des", 12), ("desember", 12), ("dez", 12), ("dezember", 12), ("dezembro", 12), ("dic", 12),
    ("dicembre", 12), ("diciembre", 12), ("duben", 4), ("dubna", 4), ("eki", 10), ("ekim", 10), ("elokuu", 8),
    ("elokuuta", 8), ("ene", 1), ("enero", 1), ("eyl", 9), ("eylul", 9), ("feb", 2), ("febbraio", 2),
    ("febrero", 2), ("februar", 2), ("februari", 2), ("februarie", 2), ("february", 2), ("fev", 2),
    ("fevereiro", 2), ("fevr", 2), ("fevrier", 2), ("gen", 1), ("gennaio", 1), ("giu", 6), ("giugno", 6),
    ("gru", 12), ("grudnia", 12), ("grudzien", 12), ("haz", 6), ("haziran", 6), ("heinakuu", 7),
    ("heinakuuta", 7), ("helmikuu", 2), ("helmikuuta", 2), ("huhtikuu", 4), ("huhtikuuta", 4), ("ian", 1),
    ("ianuarie", 1), ("iul", 7), ("iulie", 7), ("iun", 6), ("iunie", 6), ("jan", 1), ("janeiro", 1),
    ("januar", 1), ("januari", 1), ("january", 1), ("janv", 1), ("janvier", 1), ("joulukuu", 12),
    ("joulukuuta", 12), ("juil", 7), ("juillet", 7), ("juin", 6), ("jul", 7), ("julho", 7), ("juli", 7),
    ("julio", 7), ("julius", 7), ("july", 7), ("jun", 6), ("june", 6), ("junho", 6), ("juni", 6), ("junio", 6),
    ("junius", 6), ("kas", 11), ("kasim", 11), ("kesakuu", 6), ("kesakuuta", 6), ("kveten", 5), ("kvetna", 5),
    ("kwi", 4), ("kwiecien", 4), ("kwietnia", 4), ("leden", 1), ("ledna", 1), ("lip", 7), ("lipca", 7),
    ("lipiec", 7), ("lis", 11), ("listopad", 11), ("listopada", 11), ("listopadu", 11), ("lokakuu", 10),
    ("lokakuuta", 10), ("lug", 7), ("luglio", 7), ("lut", 2), ("lutego", 2), ("luty", 2), ("maaliskuu", 3),
    ("maaliskuuta", 3), ("maart", 3), ("maerz", 3), ("mag", 5), ("maggio", 5), ("mai", 5), ("maio", 5),
    ("maj", 5), ("maja", 5), ("majus", 5), ("mar", 3), ("marc", 3), ("marca", 3), ("march", 3), ("marcius", 3),
    ("marco", 3), ("marraskuu", 11), ("marraskuuta", 11), ("mars", 3), ("mart", 3), ("martie", 3), ("marz", 3),
    ("marzec", 3), ("marzo", 3), ("may", 5), ("mayis", 5), ("mayo", 5), ("mei", 5), ("mrt", 3), ("nis", 4),
    ("nisan", 4), ("noi", 11), ("noiembrie", 11), ("nov", 11), ("november", 11), ("novembre", 11),
    ("novembro", 11), ("noviembre", 11), ("oca", 1), ("ocak", 1), ("oct", 10), ("october", 10), ("octobre", 10),
    ("octombrie", 10), ("octubre", 10), ("okt", 10), ("oktober", 10), ("ott", 10), ("ottobre", 10), ("out", 10),
    ("outubro", 10), ("paz", 10), ("pazdziernik", 10), ("pazdziernika", 10), ("prosince", 12), ("prosinec", 12),
    ("rijen", 10), ("rijna", 10), ("sep", 9), ("sept", 9), ("september", 9), ("septembre", 9),
    ("septembrie", 9), ("septiembre", 9), ("set", 9), ("setembro", 9), ("setiembre", 9), ("settembre", 9),
    ("sie", 8), ("sierpien", 8), ("sierpnia", 8), ("srpen", 8), ("srpna", 8), ("sty", 1), ("styczen", 1),
    ("stycznia", 1), ("sub", 2), ("subat", 2), ("syyskuu", 9), ("syyskuuta", 9), ("szept", 9),
    ("szeptember", 9), ("tammikuu", 1), ("tammikuuta", 1), ("tem", 7), ("temmuz", 7), ("toukokuu", 5),
    ("toukokuuta", 5), ("unor", 2), ("unora", 2), ("wrz", 9), ("wrzesien", 9), ("wrzesnia", 9), ("zari", 9),
    ("απρ", 4), ("απριλιος", 4), ("απριλιου", 4), ("αυγ", 8), ("αυγουστος", 8), ("αυγουστου", 8), ("δεκ", 12),
    ("δεκεμβριος", 12), ("δεκεμβριου", 12), ("ιαν", 1), ("ιανουαριος", 1), ("ιανουαριου", 1), ("ιουλ", 7),
    ("ιουλιος", 7), ("ιουλιου", 7), ("ιουν", 6), ("ιουνιος", 6), ("ιουνιου", 6), ("μαι", 5), ("μαιος", 5),
    ("μαιου", 5), ("μαρ", 3), ("μαρτιος", 3), ("μαρτιου", 3), ("νοε", 11), ("νοεμβριος", 11), ("νοεμβριου", 11),
    ("οκτ", 10), ("οκτωβριος", 10), ("οκτωβριου", 10), ("σεπ", 9), ("σεπτ", 9), ("σεπτεμβριος", 9),
    ("σεπτεμβριου", 9), ("φεβ", 2), ("φεβρουαριος", 2), ("φεβρουαριου", 2), ("авг", 8), ("август", 8),
    ("августа", 8), ("апр", 4), ("апрель", 4), ("апреля", 4), ("бер", 3), ("березень", 3), ("березня", 3),
    ("вер", 9), ("вересень", 9), ("вересня", 9), ("груд", 12), ("грудень", 12), ("грудня", 12), ("дек", 12),
    ("декабрь", 12), ("декабря", 12), ("жовт", 10), ("жовтень", 10), ("жовтня", 10), ("июл", 7), ("июль", 7),
    ("июля", 7), ("июн", 6), ("июнь", 6), ("июня", 6), ("квіт", 4), ("квітень", 4), ("квітня", 4), ("лип", 7),
    ("липень", 7), ("липня", 7), ("листопад", 11), ("листопада", 11), ("лют", 2), ("лютии", 2), ("лютого", 2),
    ("маи", 5), ("мар", 3), ("март", 3), ("марта", 3), ("мая", 5), ("ноя", 11), ("нояб", 11), ("ноябрь", 11),
    ("ноября", 11), ("окт", 10), ("октябрь", 10), ("октября", 10), ("сен", 9), ("сент", 9), ("сентябрь", 9),
    ("сентября", 9), ("серп", 8), ("серпень", 8), ("серпня", 8), ("січ", 1), ("січень", 1), ("січня", 1),
    ("трав", 5), ("травень", 5), ("травня", 5), ("фев", 2), ("февр", 2), ("февраль", 2), ("февраля", 2),
    ("черв", 6), ("червень", 6), ("червня", 6), ("янв", 1), ("январь", 1), ("января", 1), ("一月", 1), ("七月", 7),
    ("三月", 3), ("九月", 9), ("二月", 2), ("五月", 5), ("八月", 8), ("六月", 6), ("十一月", 11), ("十二月", 12), ("十月", 10),
    ("四月", 4),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted_and_folded_so_that_they_can_be_searched() {
        assert!(MONTHS.is_sorted_by(|a, b| a.0 < b.0));
        assert!(FILLERS.is_sorted_by(|a, b| a < b));
        for name in MONTHS.iter().map(|(name, _)| name).chain(FILLERS) {
            assert_eq!(fold(name), *name);
        }
    }
}
