//! No text makes the reader of dates panic, and what it reads is a date that can be written and read again.

#![no_main]

use chrono::{Datelike, SubsecRound};
use feedmill::ingest::parse::date::parse_date;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Some(date) = parse_date(text) else { return };
    // Four digits are what RFC 3339 and RFC 5322 can write.
    assert!((0..=9999).contains(&date.year()), "{text:?} was read as {date:?}");
    assert_eq!(parse_date(&date.to_rfc3339()), Some(date), "{text:?}, written as RFC 3339");
    assert_eq!(parse_date(&date.to_rfc2822()), Some(date.trunc_subsecs(0)), "{text:?}, written as RFC 2822");
});
