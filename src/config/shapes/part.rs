//! A part of a whole.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::{Deserializer, Error, Visitor};

use super::refusal;

/// A number from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::config) struct Part(f64);

impl Part {
    /// The number.
    pub(in crate::config) fn get(self) -> f64 {
        self.0
    }
}

impl<'de> Deserialize<'de> for Part {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Number;
        impl Visitor<'_> for Number {
            type Value = Part;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number from 0 to 1, such as 0.2")
            }
            fn visit_f64<E: Error>(self, number: f64) -> Result<Part, E> {
                if (0.0..=1.0).contains(&number) {
                    return Ok(Part(number));
                }
                Err(refusal(
                    format_args!("{number} is not a number from 0 to 1"),
                    "write a part of a whole, such as 0.2",
                ))
            }
            fn visit_i64<E: Error>(self, number: i64) -> Result<Part, E> {
                // Whatever is lost of a large one, it stays large.
                #[allow(clippy::cast_precision_loss, reason = "only 0 and 1 are taken")]
                self.visit_f64(number as f64)
            }
        }
        from.deserialize_any(Number)
    }
}

impl JsonSchema for Part {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Part".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "number", "minimum": 0, "maximum": 1 })
    }
}
