//! Dates in short texts: in whatever words stand around them.

use std::borrow::Cow;

use chrono::{DateTime, Datelike, Utc};

use crate::ingest::parse::date::parse_date;

/// Bytes of a text in which a date is looked for.
const LONGEST: usize = 200;
/// Words a date may have: "Monday, 18 November 2019 at 10:05 am EST".
const MOST_WORDS: usize = 9;
/// Words of a text that are looked at.
const MANY_WORDS: usize = 40;

/// Ends of hosts that are of a country, and used everywhere.
const WORLDWIDE: &[&str] = &["ai", "cc", "co", "fm", "gg", "io", "ly", "me", "tv", "to", "ws"];

/// Which of two small numbers is the month: `03/04/2019`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Order {
    /// Nobody can say.
    #[default]
    Unknown,
    DayFirst,
    MonthFirst,
}

impl Order {
    /// The order of a page in this language (BCP 47), on a host that ends so. English without a country could be
    /// either, but most countries begin with the day.
    pub(super) fn of(language: Option<&str>, host: &str) -> Self {
        match language.map(|tag| (tag.split('-').next().unwrap_or(tag), tag)) {
            Some(("en", "en-US" | "en-PH")) => Self::MonthFirst,
            Some(("en", "en")) | None => match host.rsplit('.').next() {
                Some("us") => Self::MonthFirst,
                Some(end) if end.len() == 2 && !WORLDWIDE.contains(&end) => Self::DayFirst,
                _ => Self::Unknown,
            },
            Some(_) => Self::DayFirst,
        }
    }
}

/// Reads a date that a machine was meant to read. Years before the web's articles are a program's zero.
pub(super) fn machine_date(text: &str, order: Order) -> Option<DateTime<Utc>> {
    let text = text.trim();
    // A browser's own way, with the zone's name behind: "Wed Nov 20 2019 08:00:58 GMT+0000 (Coordinated Universal Time)".
    let text = text.split_once(" (").map_or(text, |(date, _)| date);
    let read = || parse_date(text).filter(|_| is_whole(text));
    read().or_else(|| spot(text, order)).filter(is_likely)
}

fn is_likely(date: &DateTime<Utc>) -> bool {
    date.year() > 1970
}

/// The first date in a text, with its time if that stands beside it. A month alone, or a year, is none.
pub(super) fn spot(text: &str, order: Order) -> Option<DateTime<Utc>> {
    let digits = text.chars().filter(|c| c.is_numeric()).count();
    if text.len() > LONGEST || digits < 4 || text.contains('©') {
        return None;
    }
    let parts = text
        .split(['|', '•', '·', '(', ')', '\u{1f}'])
        .flat_map(|part| part.split(" - "))
        .flat_map(|part| part.split(" – "));
    parts
        .filter(|part| part.chars().any(char::is_numeric))
        .find_map(|part| in_words(part, order))
        .filter(is_likely)
}

/// Whether a text has a date in it, and is no name for that.
pub(super) fn has_date(text: &str) -> bool {
    spot(text, Order::DayFirst).is_some()
}

/// Where the first date of a text begins, in bytes: at its day or month, behind words such as "on".
pub(super) fn date_start(text: &str) -> Option<usize> {
    let date = spot(text, Order::DayFirst)?;
    let starts = text
        .char_indices()
        .filter(|&(at, c)| !c.is_whitespace() && text[..at].ends_with(char::is_whitespace));
    let digit = text.find(|c: char| c.is_numeric())?;
    let is_start = |at: &usize| *at <= digit && spot(&text[*at..], Order::DayFirst) == Some(date);
    std::iter::once(0).chain(starts.map(|(at, _)| at)).rev().find(is_start)
}

/// The longest run of words that is a date; the first of such.
fn in_words(text: &str, order: Order) -> Option<DateTime<Utc>> {
    let words: Vec<Cow<'_, str>> =
        text.split_whitespace().take(MANY_WORDS).map(|word| ordered(word, order)).collect();
    for start in 0..words.len() {
        let longest = MOST_WORDS.min(words.len() - start);
        for count in (1..=longest).rev() {
            let run = words[start..start + count].join(" ");
            let run = run.trim_matches(|c: char| matches!(c, ',' | '.' | ';' | ':' | '-' | '/' | '–'));
            if !is_whole(run) {
                break;
            }
            if let Some(date) = parse_date(run) {
                return Some(date);
            }
        }
    }
    // Scripts without blanks: "发布时间：2019年11月20日", "Datum:3.5.2019".
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let end = text.rfind(|c: char| c.is_ascii_digit() || matches!(c, '日' | '일'))?;
    let inner = &text[start..end + text[end..].chars().next().map_or(0, char::len_utf8)];
    (start > 0 || inner.len() < text.len())
        .then(|| parse_date(&ordered(inner, order)))
        .flatten()
        .filter(|_| is_whole(inner))
}

/// Whether a text says year, month and day: a year in four digits (or a date in six), and two more numbers or a word.
fn is_whole(text: &str) -> bool {
    let mut groups = text.split(|c: char| !c.is_numeric()).filter(|group| !group.is_empty());
    let (mut years, mut others, mut full) = (0, 0, false);
    for group in groups.by_ref() {
        match group.chars().count() {
            4 if group.starts_with(['1', '2', '１', '２', '١', '٢', '۱', '۲', '०', '२']) => {
                years += 1;
            }
            1 | 2 => others += 1,
            8 | 10 | 13 | 14 => full = true,
            _ => {}
        }
    }
    let has_word = text.split(|c: char| !c.is_alphabetic()).any(|word| word.chars().count() > 2);
    full || years == 1 && (others >= 2 || others == 1 && has_word)
        || years == 0 && others >= 3 && text.contains(['/', '.', '-'])
}

/// A date in numbers alone with its parts in the order of ISO 8601, where the language tells which is the month.
fn ordered(word: &str, order: Order) -> Cow<'_, str> {
    let bare = word.trim_matches([',', ';']);
    let mut parts = bare.split('/');
    let (Some(first), Some(second), Some(year), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Cow::Borrowed(word);
    };
    let is_number = |part: &str, most: usize| {
        !part.is_empty() && part.len() <= most && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_date =
        is_number(first, 2) && is_number(second, 2) && is_number(year, 4) && matches!(year.len(), 2 | 4);
    let (day, month) = match order {
        Order::DayFirst if is_date => (first, second),
        Order::MonthFirst if is_date => (second, first),
        _ => return Cow::Borrowed(word),
    };
    let century = if year.len() == 2 { "20" } else { "" };
    Cow::Owned(format!("{century}{year}-{month:0>2}-{day:0>2}"))
}

/// The day in the path of an address: `/2024/05/17/`, `/2024-05-17-mill`, `/20240517/`. A month alone is none.
pub(super) fn in_address(path: &str) -> Option<DateTime<Utc>> {
    let numbers: Vec<&str> = path.split(|c: char| !c.is_ascii_digit()).collect();
    let is_year = |year: &str| year.len() == 4 && (year.starts_with("19") || year.starts_with("20"));
    let apart = numbers
        .windows(3)
        .find(|at| is_year(at[0]) && (1..=2).contains(&at[1].len()) && (1..=2).contains(&at[2].len()));
    let date = |year: &str, month: &str, day: &str| {
        parse_date(&format!("{year}-{month:0>2}-{day:0>2}")).filter(is_likely)
    };
    if let Some(at) = apart
        && let Some(found) = date(at[0], at[1], at[2])
    {
        return Some(found);
    }
    let together = |number: &&&str| number.len() == 8 && is_year(&number[..4]);
    numbers.iter().find(together).and_then(|number| date(&number[..4], &number[4..6], &number[6..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(date: Option<DateTime<Utc>>) -> String {
        date.map(|date| date.format("%F").to_string()).unwrap_or_default()
    }

    #[test]
    fn a_date_is_found_in_the_words_around_it() {
        let table = [
            ("Published Nov 18, 2019 at 4:07 PM | Updated at 5:36 PM CST on Nov 19, 2019", "2019-11-18"),
            ("Nov 18, 2019 at 9:24 pm ET • 2 min read", "2019-11-19"),
            ("Veröffentlicht am 3. Mai 2019 um 10:05 Uhr", "2019-05-03"),
            ("Publié le 3 mai 2019", "2019-05-03"),
            ("Publicado: 3 de mayo de 2019", "2019-05-03"),
            ("11 октября 2018, 10:05", "2018-10-11"),
            ("3 Mayıs 2019", "2019-05-03"),
            ("3 maja 2019", "2019-05-03"),
            ("发布时间：2019年11月20日 10:05", "2019-11-20"),
            ("by ライトハウス ／ 2016.12.01", "2016-12-01"),
            ("Posted on October 27, 2015 by Admin", "2015-10-27"),
            ("21/06/2014", "2014-06-21"),
            ("Datum:3.5.2019", "2019-05-03"),
            // Their twins, that are no date.
            ("May 2019", ""),
            ("© 2019 The Example, 3 May 2019", ""),
            ("2019", ""),
            ("In 2019 there were 3 mills", ""),
            ("03/04/2019", ""),
            ("Phone 030 2019 1133", ""),
            ("Windows 10 in 2019", ""),
        ];
        for (text, wanted) in table {
            assert_eq!(day(spot(text, Order::Unknown)), wanted, "{text}");
        }
    }

    #[test]
    fn two_small_numbers_are_read_with_the_help_of_the_language() {
        let table = [
            ("de", "03/04/2019", "2019-04-03"),
            ("fr-FR", "Le 03/04/2019 à 10h", "2019-04-03"),
            ("en-GB", "03/04/19", "2019-04-03"),
            ("en-US", "03/04/2019", "2019-03-04"),
            ("en", "03/04/2019", ""),
            ("en", "13/04/2019", "2019-04-13"),
        ];
        assert_eq!(Order::of(None, "www.example.br"), Order::DayFirst);
        assert_eq!(Order::of(Some("en"), "example.co.uk"), Order::DayFirst);
        assert_eq!(Order::of(Some("en"), "example.io"), Order::Unknown);
        for (language, text, wanted) in table {
            assert_eq!(
                day(spot(text, Order::of(Some(language), "example.org"))),
                wanted,
                "{language} {text}"
            );
        }
    }

    #[test]
    fn an_address_may_tell_the_day() {
        let table = [
            ("/2024/05/17/mill", "2024-05-17"),
            ("/2024/5/7/mill", "2024-05-07"),
            ("/news/2024-05-17-mill-turns", "2024-05-17"),
            ("/a/20240517/mill", "2024-05-17"),
            ("/2024/05/mill", ""),
            ("/2024/13/17/mill", ""),
            ("/article/20991733", ""),
            ("/1234/05/17", ""),
        ];
        for (path, wanted) in table {
            assert_eq!(day(in_address(path)), wanted, "{path}");
        }
    }

    #[test]
    fn what_machines_write_is_a_date_or_a_zero() {
        let table = [
            ("2019-11-20T06:35:39+0000", "2019-11-20"),
            ("Wed Nov 20 2019 08:00:58 GMT+0000 (Coordinated Universal Time)", "2019-11-20"),
            ("01:38:07 PM IST Nov 20, 2019", "2019-11-20"),
            ("20191118", "2019-11-18"),
            ("0001-01-01T00:00:00Z", ""),
            ("1970-01-01T00:00:00Z", ""),
            ("2019", ""),
        ];
        for (text, wanted) in table {
            assert_eq!(day(machine_date(text, Order::Unknown)), wanted, "{text}");
        }
    }
}
