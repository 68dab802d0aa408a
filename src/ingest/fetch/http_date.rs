//! Dates as HTTP writes them (RFC 9110 §5.6.7).

use chrono::{DateTime, NaiveDateTime, Utc};

/// How the only zone there is is spelt, by some against the rule.
const ZONES: [&str; 4] = ["GMT", "UTC", "+0000", "-0000"];

/// IMF-fixdate, RFC 850 and asctime; the day's name is not checked against the date.
pub(super) fn http_date(value: &str) -> Option<DateTime<Utc>> {
    let after_comma = value.split_once(',').map(|(_, rest)| rest.trim());
    let (text, formats): (&str, &[&str]) = match after_comma {
        Some(rest) => {
            let text = ZONES.iter().find_map(|zone| rest.strip_suffix(zone))?.trim_end();
            (text, &["%d %b %Y %H:%M:%S", "%d-%b-%y %H:%M:%S"])
        }
        None => (value.split_once(' ')?.1.trim(), &["%b %e %H:%M:%S %Y"]),
    };
    formats
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
        .map(|date| date.and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_of_the_three_forms_is_read_and_nothing_else() {
        let moment = "1994-11-06T08:49:37Z".parse().ok();
        for (value, expected) in [
            ("Sun, 06 Nov 1994 08:49:37 GMT", moment),
            ("Sunday, 06-Nov-94 08:49:37 GMT", moment),
            ("Sun Nov  6 08:49:37 1994", moment),
            ("Fri, 06 Nov 1994 08:49:37 GMT", moment),
            ("Sun, 06 Nov 1994 08:49:37 UTC", moment),
            ("Sun, 06 Nov 1994 08:49:37 +0000", moment),
            ("Sun, 06 Nov 1994 08:49:37 +0100", None),
            ("Sun, 06 Nov 1994 08:49:37", None),
            ("0", None),
            ("-1", None),
            ("", None),
            ("1994-11-06T08:49:37Z", None),
            ("Sun, 99 Nov 1994 08:49:37 GMT", None),
        ] {
            assert_eq!(http_date(value), expected, "{value:?}");
        }
    }
}
