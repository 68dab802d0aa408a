//! Dates of documents: read strictly, `03/04/2026` only once the language is known; and the lines that hold one.

use chrono::{DateTime, Utc};

use super::byline::{behind_by, byline};
use super::fields::Field;
use crate::ingest::parse::date::parse_date;

/// A date as far as it is understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Moment {
    Known(DateTime<Utc>),
    /// Day and month, or month and day, year, and what stands behind them.
    Open {
        first: u32,
        second: u32,
        year: u32,
        rest: String,
    },
}

impl Moment {
    /// Reads a date; a month and year alone are none, and neither is a number.
    pub(super) fn read(text: &str) -> Option<Self> {
        let text = text.trim().trim_end_matches("г.").trim_end_matches(" г").trim();
        let numbers = text.split(|c: char| !c.is_numeric()).filter(|digits| !digits.is_empty());
        // A year is no date, and neither is a month with one.
        if numbers.clone().count() < 2 && numbers.clone().all(|digits| digits.len() < 8) {
            return None;
        }
        parse_date(text).map(Self::Known).or_else(|| Self::open(text))
    }

    fn open(text: &str) -> Option<Self> {
        let end = text.find(char::is_whitespace).unwrap_or(text.len());
        let (date, rest) = text.split_at(end);
        let sign = ['/', '-'].into_iter().find(|sign| date.matches(*sign).count() == 2)?;
        let mut numbers = date.split(sign).map(|digits| (digits.len(), digits.parse::<u32>().ok()));
        let (Some((1..=2, Some(first))), Some((1..=2, Some(second))), Some((4, Some(year)))) =
            (numbers.next(), numbers.next(), numbers.next())
        else {
            return None;
        };
        ((1..=12).contains(&first) && (1..=12).contains(&second)).then(|| Self::Open {
            first,
            second,
            year,
            rest: rest.to_owned(),
        })
    }

    /// The date, with the language's help where it needs any.
    pub(super) fn settle(&self, language: Option<&str>) -> Option<DateTime<Utc>> {
        match self {
            Self::Known(at) => Some(*at),
            Self::Open { first, second, year, rest } => {
                let (day, month) = match order(language?)? {
                    Order::DayFirst => (first, second),
                    Order::MonthFirst => (second, first),
                };
                parse_date(&format!("{year:04}-{month:02}-{day:02}{rest}"))
            }
        }
    }
}

enum Order {
    DayFirst,
    MonthFirst,
}

/// Languages whose readers put the day first, wherever they live.
#[rustfmt::skip]
const DAY_FIRST: &[&str] = &[
    "ar", "bg", "ca", "cs", "da", "de", "el", "es", "et", "eu", "fi", "fr", "ga", "gl", "he", "hi", "hr", "id", "is", "it",
    "lv", "mk", "ms", "nb", "nl", "nn", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "th", "tr", "uk", "ur", "vi",
];

/// Regions of English that put the day first.
const BRITISH: &[&str] = &["GB", "IE", "AU", "NZ", "IN", "SG", "MT", "JM", "TT", "NG"];

/// How a language writes day and month; English says so only with its region.
fn order(language: &str) -> Option<Order> {
    let mut subtags = language.split('-');
    let primary = subtags.next()?.to_lowercase();
    let region = subtags.find(|subtag| subtag.len() == 2).unwrap_or_default().to_uppercase();
    match (primary.as_str(), region.as_str()) {
        (_, "US" | "PH") => Some(Order::MonthFirst),
        ("en", region) => BRITISH.contains(&region).then_some(Order::DayFirst),
        // Canada writes both.
        (_, "CA") => None,
        (other, _) => DAY_FIRST.contains(&other).then_some(Order::DayFirst),
    }
}

/// Words before a date that say it is the day of publication; in lower case.
#[rustfmt::skip]
const PUBLISHED: &[&str] = &[
    "published on", "published", "posted on", "posted", "first published", "date", "veröffentlicht am", "veröffentlicht",
    "erschienen am", "publié le", "publié", "paru le", "publicado el", "publicado em", "publicado", "publicada el",
    "pubblicato il", "pubblicato", "gepubliceerd op", "gepubliceerd", "opublikowano", "publicerad", "publicerat",
    "udgivet", "publisert", "yayınlanma", "опубликовано", "发布于", "發布於", "发布时间", "公開日", "掲載日", "입력",
    "نشر في",
];

/// Words before a date that say it is the day of a change; in lower case.
#[rustfmt::skip]
const UPDATED: &[&str] = &[
    "last updated on", "last updated", "updated on", "updated", "last modified", "aktualisiert am", "aktualisiert", "stand",
    "mis à jour le", "actualizado el", "actualizado", "atualizado em", "aggiornato il", "aggiornato", "bijgewerkt op",
    "bijgewerkt", "zaktualizowano", "uppdaterad", "opdateret", "oppdatert", "обновлено", "更新于", "更新日", "수정",
];

/// Small words between a place, or a label, and its date.
const BEFORE: &[&str] = &["den ", "dem ", "le ", "el ", "il ", "em ", "on ", "the ", "op ", "am "];

/// A line that is a date: alone, behind a word that says what it is the date of, or behind a place.
pub(super) fn date_line(line: &str) -> Option<(Field, Moment)> {
    let line = line.trim();
    // The longest is a weekday, a date, a time and a zone behind `First published`.
    if line.len() > 300 || line.chars().count() > 90 || !line.contains(char::is_numeric) {
        return None;
    }
    let behind = |labels: &[&str]| labels.iter().find_map(|label| without_label(line, label));
    if let Some(at) = behind(UPDATED).and_then(bare_date) {
        return Some((Field::Updated, at));
    }
    // A by-line may have a date behind it.
    if behind_by(line).is_some() {
        return None;
    }
    let at = behind(PUBLISHED).and_then(bare_date).or_else(|| bare_date(line)).or_else(|| behind_place(line));
    at.map(|at| (Field::Date, at))
}

fn without_label<'a>(line: &'a str, label: &str) -> Option<&'a str> {
    let start = line.char_indices().nth(label.chars().count()).map_or(line.len(), |(at, _)| at);
    let (before, behind) = line.split_at(start);
    (before.to_lowercase() == label).then(|| behind.trim_start_matches([':', '：', ' ']))
}

fn bare_date(text: &str) -> Option<Moment> {
    let text = text.trim().trim_matches(['(', ')', '*', '_', '–', '—']).trim();
    if is_sentence(text) {
        return None;
    }
    let lower = |word: &&&str| text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    Moment::read(BEFORE.iter().find(lower).map_or(text, |word| &text[word.len()..]))
}

/// Whether words stand around a date that are no part of one: more than a weekday before, more than a zone behind.
fn is_sentence(text: &str) -> bool {
    let behind = text.rsplit(char::is_numeric).next().unwrap_or_default();
    let mut words = text.split_whitespace().take_while(|word| !word.contains(char::is_numeric));
    let before: Vec<&str> = words.by_ref().take(4).collect();
    let is_weekday = |words: &[&str]| words.last().is_some_and(|word| word.ends_with([',', '、']));
    let unneeded = before.len() > 1
        && !is_weekday(&before[..1])
        && !is_weekday(&before[..2])
        && text.split_once(before[1]).is_some_and(|(_, rest)| {
            Moment::read(rest.trim()).is_some_and(|at| Moment::read(text) == Some(at))
        });
    unneeded || behind.split_whitespace().count() > 3
}

/// `Berlin, den 3. Mai 2026`: a date behind a short name of a place.
fn behind_place(line: &str) -> Option<Moment> {
    let (place, date) = line.split_once(',')?;
    let is_place = byline(place).is_none()
        && !place.contains(char::is_numeric)
        && place.split_whitespace().count() <= 4
        && place.chars().next().is_some_and(|c| !c.is_lowercase());
    // `Monday, 3 May 2026` was read before.
    if is_place { bare_date(date) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn day_and_month_are_told_apart_by_the_language_only() {
        let table = [
            ("03/04/2026", Some("fr"), Some("2026-04-03")),
            ("03/04/2026", Some("en-US"), Some("2026-03-04")),
            ("3/4/2026 10:00", Some("en-GB"), Some("2026-04-03")),
            ("03-04-2026", Some("nl"), Some("2026-04-03")),
            ("03/04/2026", Some("en"), None),
            ("03/04/2026", Some("fr-CA"), None),
            ("03/04/2026", Some("ja"), None),
            ("03/04/2026", None, None),
            ("23/04/2026", None, Some("2026-04-23")),
        ];
        for (text, language, wanted) in table {
            let at = Moment::read(text).and_then(|moment| moment.settle(language));
            assert_eq!(at.map(|at| at.format("%F").to_string()).as_deref(), wanted, "{text} {language:?}");
        }
    }

    #[test]
    fn a_line_that_is_a_date_is_told_from_one_that_speaks_of_one() {
        let table = [
            ("May 3, 2026", Some("2026-05-03")),
            ("Published: May 3, 2026", Some("2026-05-03")),
            ("Leipzig, den 3. Mai 2026", Some("2026-05-03")),
            ("Madrid, 3 de mayo de 2026", Some("2026-05-03")),
            ("Publié le 3 mai 2026", Some("2026-05-03")),
            ("3 мая 2026 г.", Some("2026-05-03")),
            ("2026年5月3日", Some("2026-05-03")),
            ("Monday, May 3, 2026 at 5:30 pm EDT", Some("2026-05-03")),
            ("lundi 3 mai 2026", Some("2026-05-03")),
            ("Montag, 3. Mai 2026, 17:30 Uhr", Some("2026-05-03")),
            ("Mills, 1984", None),
            ("May 3, 2026 was a very bad day", None),
            ("1984", None),
            ("In May 2026 it rained", None),
            ("Room 2026", None),
            ("The flood of May 3, 2026", None),
            ("Storm over Kansas: 12 May 2026", None),
            ("By Jane Doe, 3 May 2026", None),
        ];
        for (line, wanted) in table {
            let at = date_line(line).and_then(|(_, moment)| moment.settle(None));
            assert_eq!(at.map(|at| at.format("%F").to_string()).as_deref(), wanted, "{line}");
        }
    }
}
