//! Comparisons of rules: `"< 3d"`, `">= 100"`.

use std::fmt;

use super::pattern::PatternError;

/// A comparison with a number (words) or seconds (age).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Comparison {
    /// How.
    pub operator: Operator,
    /// With what.
    pub bound: u64,
}

/// `<`, `<=`, `>`, `>=`, `=`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Operator {
    Less,
    AtMost,
    More,
    AtLeast,
    Equal,
}

/// How each is written; one that another begins with stands behind it.
const OPERATORS: [(&str, Operator); 5] = [
    ("<=", Operator::AtMost),
    (">=", Operator::AtLeast),
    ("<", Operator::Less),
    (">", Operator::More),
    ("=", Operator::Equal),
];

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(OPERATORS.iter().find(|(_, operator)| operator == self).map_or("", |(sign, _)| sign))
    }
}

impl Comparison {
    /// Whether a value passes.
    #[must_use]
    pub fn holds(self, value: u64) -> bool {
        match self.operator {
            Operator::Less => value < self.bound,
            Operator::AtMost => value <= self.bound,
            Operator::More => value > self.bound,
            Operator::AtLeast => value >= self.bound,
            Operator::Equal => value == self.bound,
        }
    }

    /// Reads a comparison of a count: `">= 100"`.
    ///
    /// # Errors
    /// [`PatternError::Comparison`].
    pub fn of_count(text: &str) -> Result<Self, PatternError> {
        Self::read(text, "\">= 100\"", |bound| {
            // `parse` alone would take a sign.
            bound.bytes().all(|byte| byte.is_ascii_digit()).then(|| bound.parse().ok())?
        })
    }

    /// Reads a comparison of an age: `"< 3d"`, `">= 1h 30m"`; the bound is in whole seconds.
    ///
    /// # Errors
    /// [`PatternError::Comparison`].
    pub fn of_age(text: &str) -> Result<Self, PatternError> {
        Self::read(text, "\"< 3d\"", |bound| {
            let age = humantime::parse_duration(bound).ok()?;
            (age.subsec_nanos() == 0).then_some(age.as_secs())
        })
    }

    fn read(
        text: &str,
        example: &'static str,
        bound: impl Fn(&str) -> Option<u64>,
    ) -> Result<Self, PatternError> {
        OPERATORS
            .iter()
            .find_map(|&(sign, operator)| Some((text.trim().strip_prefix(sign)?, operator)))
            .and_then(|(rest, operator)| Some(Self { operator, bound: bound(rest.trim())? }))
            .ok_or_else(|| PatternError::Comparison(text.to_owned(), example))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_is_an_operator_and_a_whole_number() {
        for (text, operator, bound) in [
            (">= 100", Operator::AtLeast, 100),
            ("<=0", Operator::AtMost, 0),
            (" < 40 ", Operator::Less, 40),
            (">7", Operator::More, 7),
            ("=  12", Operator::Equal, 12),
        ] {
            assert_eq!(Comparison::of_count(text), Ok(Comparison { operator, bound }), "{text}");
        }
        for text in
            ["", "100", "> ", "> x", "> -1", "> +1", "=> 1", "== 1", "> 1.5", "> 99999999999999999999"]
        {
            let error = Comparison::of_count(text).unwrap_err();
            assert_eq!(error, PatternError::Comparison(text.to_owned(), "\">= 100\""), "{text}");
        }
    }

    #[test]
    fn an_age_is_an_operator_and_a_duration_in_whole_seconds() {
        for (text, bound) in
            [("< 3d", 259_200), ("<90s", 90), ("< 1h 30m", 5400), ("< 2weeks", 1_209_600), ("< 0s", 0)]
        {
            assert_eq!(
                Comparison::of_age(text),
                Ok(Comparison { operator: Operator::Less, bound }),
                "{text}"
            );
        }
        for text in ["3d", "< 3", "< d", "< -3d", "< 500ms", "< 3 parsecs", "< 99999999999999999999y"] {
            assert!(Comparison::of_age(text).is_err(), "{text}");
        }
    }

    #[test]
    fn each_operator_holds_on_its_side_of_the_bound() {
        for (text, holds) in [
            ("< 5", [true, false, false]),
            ("<= 5", [true, true, false]),
            ("= 5", [false, true, false]),
            (">= 5", [false, true, true]),
            ("> 5", [false, false, true]),
        ] {
            let comparison = Comparison::of_count(text).unwrap();
            assert_eq!([4, 5, 6].map(|value| comparison.holds(value)), holds, "{text}");
            assert_eq!(format!("{} 5", comparison.operator), text);
        }
    }
}
