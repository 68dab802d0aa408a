//! Tables of dates as written and as read, a file a kind.

mod iso;
mod languages;
mod mail;
mod none;
mod numbers;
mod zones;

use chrono::{Datelike, FixedOffset, NaiveDate, SecondsFormat, TimeZone};
use proptest::prelude::*;

use super::*;

/// The date in RFC 3339, or `-`.
fn read(text: &str) -> String {
    parse_date(text).map_or("-".to_owned(), |date| date.to_rfc3339_opts(SecondsFormat::AutoSi, true))
}

fn assert_rows(rows: &[(&str, &str)]) {
    let wrong: Vec<_> = rows
        .iter()
        .filter(|(text, expected)| read(text) != *expected)
        .map(|(text, expected)| (text, read(text), expected))
        .collect();
    assert!(wrong.is_empty(), "(text, read, expected): {wrong:#?}");
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic(text in "\\PC{0,60}", dateish in "[0-9TZWh :.,/+()a-z年月日時오후-]{0,40}") {
        let _ = (parse_date(&text), parse_date(&dateish));
    }

    /// Whatever the numbers are, they are read as they stand or not at all.
    #[test]
    fn nothing_is_rolled_over(year in 1_i32..=9999, parts in (0_u32..15, 0_u32..40, 0_u32..30, 0_u32..70, 0_u32..70)) {
        let (month, day, hour, minute, second) = parts;
        let expected = match (hour, minute, second) {
            (24, 0, 0) => NaiveDate::from_ymd_opt(year, month, day).and_then(|date| date.succ_opt()?.and_hms_opt(0, 0, 0)),
            (23, 59, 60) => NaiveDate::from_ymd_opt(year, month, day).and_then(|date| date.succ_opt()?.and_hms_opt(0, 0, 0)),
            _ => NaiveDate::from_ymd_opt(year, month, day).and_then(|date| date.and_hms_opt(hour, minute, second)),
        };
        let expected = expected.map(|time| time.and_utc()).filter(|date| date.year() < 10_000);
        let iso = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}");
        for text in [format!("{iso}Z"), iso.clone(), iso.replace('-', "/"), iso.replace(['-', ':'], "")] {
            prop_assert_eq!(parse_date(&text), expected, "{}", text);
        }
        let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        let Some(name) = (month as usize).checked_sub(1).and_then(|month| names.get(month)) else { return Ok(()) };
        for text in [
            format!("{day:02} {name} {year:04} {hour:02}:{minute:02}:{second:02} GMT"),
            format!("{name} {day}, {year:04} {hour}:{minute}:{second}"),
            format!("Mon {name} {day:2} {hour:02}:{minute:02}:{second:02} UTC {year:04}"),
        ] {
            prop_assert_eq!(parse_date(&text), expected, "{}", text);
        }
    }

    #[test]
    fn what_chrono_writes_reads_back(seconds in 0_i64..7_258_118_400, nanos in 0_u32..1_000_000_000, minutes in -1439_i32..1440) {
        let zone = FixedOffset::east_opt(minutes * 60).unwrap();
        let date = zone.timestamp_opt(seconds, nanos).unwrap();
        prop_assert_eq!(parse_date(&date.to_rfc3339()), Some(date.to_utc()));
        prop_assert_eq!(parse_date(&date.to_rfc2822()).map(|read| read.timestamp()), Some(seconds));
        // The scanner reads what the fast paths do.
        let slow = reading::read(&date.to_rfc3339()).and_then(moment::Moment::instant);
        prop_assert_eq!(slow, Some(date.to_utc()));
        let slow = reading::read(&date.to_rfc2822()).and_then(moment::Moment::instant);
        prop_assert_eq!(slow.map(|read| read.timestamp()), Some(seconds));
        let local = date.format("%Y-%m-%d %H:%M:%S").to_string();
        for zone in ["%z", "%:z", "GMT%:z", "UTC %z", "(%z) %z"] {
            let text = format!("{local} {}", date.format(zone));
            prop_assert_eq!(parse_date(&text).map(|read| read.timestamp()), Some(seconds), "{}", text);
        }
    }
}
