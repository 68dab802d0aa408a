//! Counts.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::{Deserializer, Error, Visitor};

use super::refusal;

/// A whole number from `MIN` to a million.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::config) struct Count<const MIN: u32>(pub(in crate::config) u32);

/// Above this no count of the config means anything.
const MOST: u32 = 1_000_000;

impl<const MIN: u32> Count<MIN> {
    /// The number.
    pub(in crate::config) fn get(self) -> usize {
        self.0 as usize
    }
}

impl<'de, const MIN: u32> Deserialize<'de> for Count<MIN> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Number<const MIN: u32>;
        impl<const MIN: u32> Visitor<'_> for Number<MIN> {
            type Value = Count<MIN>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "a whole number from {MIN} to {MOST}")
            }
            fn visit_i64<E: Error>(self, number: i64) -> Result<Count<MIN>, E> {
                u32::try_from(number)
                    .ok()
                    .filter(|number| (MIN..=MOST).contains(number))
                    .map(Count)
                    .ok_or_else(|| {
                        let hint = format!("write {MIN} or more, or leave the key out for the default");
                        let most = format!("write {MOST} or less");
                        let hint = if number < i64::from(MIN) { hint } else { most };
                        refusal(format_args!("{number} is not a whole number from {MIN} to {MOST}"), hint)
                    })
            }
        }
        from.deserialize_any(Number)
    }
}

impl<const MIN: u32> JsonSchema for Count<MIN> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        format!("Count_from_{MIN}").into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "integer", "minimum": MIN, "maximum": MOST })
    }
}
