//! Small shapes that values of the config come in. Each is a visitor of its own and not an untagged enum, so that
//! every error and every value keeps its place.

mod count;
mod part;

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::net::IpAddr;
use std::ops::Range;
use std::time::Duration;

use ipnet::IpNet;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, IntoDeserializer, MapAccess, SeqAccess, Visitor};

pub(super) use count::Count;
pub(super) use part::Part;

/// Stands between the message and the hint of an error that a visitor raises; see [`refusal`].
pub(super) const HINT: &str = "\u{1f}hint: ";

/// An error of a visitor, with a hint.
fn refusal<E: Error>(message: impl fmt::Display, hint: impl fmt::Display) -> E {
    E::custom(format_args!("{message}{HINT}{hint}"))
}

/// A value and its place.
#[derive(Debug, Clone)]
pub(super) struct Placed<T> {
    /// Bytes of the file. For a table under a header: the header.
    pub(super) span: Range<usize>,
    /// The value.
    pub(super) value: T,
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Placed<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let spanned = toml::Spanned::<T>::deserialize(from)?;
        Ok(Self { span: spanned.span(), value: spanned.into_inner() })
    }
}

/// A type whose schema is another's.
macro_rules! schema_of {
    ($type:ident<$param:ident> => $inner:ty) => {
        impl<$param: JsonSchema> JsonSchema for $type<$param> {
            fn inline_schema() -> bool {
                <$inner>::inline_schema()
            }
            fn schema_name() -> Cow<'static, str> {
                <$inner>::schema_name()
            }
            fn schema_id() -> Cow<'static, str> {
                <$inner>::schema_id()
            }
            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                <$inner>::json_schema(generator)
            }
        }
    };
}
schema_of!(Placed<T> => T);

/// A table whose keys are names the user chose, in file order.
#[derive(Debug, Clone)]
pub(super) struct Entries<T>(pub(super) Vec<(Placed<String>, Placed<T>)>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Table<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Table<T> {
            type Value = Vec<(Placed<String>, Placed<T>)>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a table")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                // The tree that this is read from is in memory: it knows its size.
                let mut entries = Vec::with_capacity(map.size_hint().unwrap_or(0));
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(entries)
            }
        }
        let mut entries = from.deserialize_map(Table(PhantomData))?;
        entries.sort_by_key(|(key, _)| key.span.start);
        Ok(Self(entries))
    }
}

impl<T: JsonSchema> JsonSchema for Entries<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        format!("Entries_of_{}", T::schema_name()).into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "object", "additionalProperties": generator.subschema_for::<T>() })
    }
}

/// `"x"` or `["x", "y"]`.
#[derive(Debug, Clone)]
pub(super) struct OneOrMany<T>(pub(super) Vec<Placed<T>>);

/// What [`OneOrMany`] finds, before the place of a single value is known.
enum OneOrManyForm<T> {
    One(T),
    Many(Vec<Placed<T>>),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOrManyForm<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Form<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Form<T> {
            type Value = OneOrManyForm<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string or a list of strings")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
                T::deserialize(text.into_deserializer()).map(OneOrManyForm::One)
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
                let mut values = Vec::new();
                while let Some(value) = list.next_element()? {
                    values.push(value);
                }
                Ok(OneOrManyForm::Many(values))
            }
        }
        from.deserialize_any(Form(PhantomData))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let form = Placed::<OneOrManyForm<T>>::deserialize(from)?;
        Ok(Self(match form.value {
            OneOrManyForm::One(value) => vec![Placed { span: form.span, value }],
            OneOrManyForm::Many(values) => values,
        }))
    }
}

impl<T: JsonSchema> JsonSchema for OneOrMany<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        format!("OneOrMany_of_{}", T::schema_name()).into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let one = generator.subschema_for::<T>();
        json_schema!({ "anyOf": [one, { "type": "array", "items": one }] })
    }
}

/// A table that has a short form, written as a string.
#[derive(Debug, Clone)]
pub(super) enum ShortOr<T> {
    /// The string.
    Short(String),
    /// The table; most have none, and it is large.
    Table(Box<T>),
}

/// What a table's short form is called.
pub(super) trait ShortForm {
    /// For the error about any other type of value.
    const EXPECTING: &'static str;

    /// The schema of the string; `None` where it is read only to be refused.
    fn short_schema() -> Option<Schema>;
}

impl<'de, T: Deserialize<'de> + ShortForm> Deserialize<'de> for ShortOr<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Form<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de> + ShortForm> Visitor<'de> for Form<T> {
            type Value = ShortOr<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(T::EXPECTING)
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
                Ok(ShortOr::Short(text.to_owned()))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map)).map(|table| ShortOr::Table(Box::new(table)))
            }
        }
        from.deserialize_any(Form(PhantomData))
    }
}

impl<T: JsonSchema + ShortForm> JsonSchema for ShortOr<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        format!("ShortOr_{}", T::schema_name()).into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let table = generator.subschema_for::<T>();
        match T::short_schema() {
            Some(short) => json_schema!({ "anyOf": [short, table] }),
            None => table,
        }
    }
}

/// A type written as a string of its own grammar.
macro_rules! written_as_string {
    ($(#[$doc:meta])* $name:ident($inner:ty), expecting $expecting:literal, read $read:expr, schema $schema:tt) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) struct $name(pub(super) $inner);

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                struct Text;
                impl Visitor<'_> for Text {
                    type Value = $name;
                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str($expecting)
                    }
                    fn visit_str<E: Error>(self, text: &str) -> Result<$name, E> {
                        $read(text).map($name).map_err(|fault| {
                            refusal(format_args!("`{text}` {fault}"), format_args!("write {}", $expecting))
                        })
                    }
                }
                from.deserialize_any(Text)
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }
    };
}

written_as_string! {
    /// A length of time; never zero.
    Period(Duration),
    expecting "a duration such as \"90s\", \"30m\", \"6h\" or \"7d\"",
    read read_period,
    schema {
        "type": "string", "description": "A duration: \"90s\", \"30m\", \"6h\", \"7d\".",
        "pattern": "^\\s*[0-9]", "examples": ["90s", "30m", "6h", "7d"],
    }
}

written_as_string! {
    /// A number of bytes; never zero.
    Size(u64),
    expecting "a size such as \"512 KiB\" or \"10 MiB\"",
    read read_size,
    schema {
        "type": "string", "description": "A size in bytes: \"512 KiB\", \"10 MiB\".",
        "pattern": "^[0-9]", "examples": ["512 KiB", "10 MiB"],
    }
}

written_as_string! {
    /// How far back a feed reaches; `None`: without end.
    Window(Option<Duration>),
    expecting "a duration such as \"30d\", or \"off\"",
    read |text: &str| if text == "off" { Ok(None) } else { read_period(text).map(Some) },
    schema {
        "type": "string", "description": "A duration such as \"30d\", or \"off\".",
        "pattern": "^(off$|\\s*[0-9])", "examples": ["30d", "off"],
    }
}

written_as_string! {
    /// How often sources are asked; `None`: as is learnt from their changes.
    Schedule(Option<Duration>),
    expecting "\"adaptive\", or a duration such as \"1h\"",
    read |text: &str| if text == "adaptive" { Ok(None) } else { read_period(text).map(Some) },
    schema {
        "type": "string", "description": "\"adaptive\", or a duration such as \"1h\".",
        "pattern": "^(adaptive$|\\s*[0-9])", "examples": ["adaptive", "1h"],
    }
}

written_as_string! {
    /// A network of addresses; a single address is one too.
    Network(IpNet),
    expecting "a network such as \"10.1.0.0/16\" or \"fd00::/8\", or an address",
    read read_network,
    schema {
        "type": "string", "description": "A network in CIDR notation, or an address.",
        "pattern": "^[0-9a-fA-F.:]+(/[0-9]+)?$", "examples": ["10.1.0.0/16", "fd00::/8", "127.0.0.1"],
    }
}

fn read_network(text: &str) -> Result<IpNet, String> {
    let address = || text.parse::<IpAddr>().map(IpNet::from);
    text.parse::<IpNet>().or_else(|_| address()).map_err(|_| "is not a network".to_owned())
}

/// Longer than any interval that means something, and short enough for every calendar.
const LONGEST: Duration = Duration::from_secs(100 * 366 * 24 * 60 * 60);

fn read_period(text: &str) -> Result<Duration, String> {
    // The parser's list of units is cut off: the hint shows how durations are written.
    let why = |error: humantime::DurationError| {
        let said = error.to_string();
        format!("is not a duration: {}", said.split(", supported").next().unwrap_or_default())
    };
    let period = humantime::parse_duration(text).map_err(why)?;
    match period {
        Duration::ZERO => Err("is no time at all".to_owned()),
        _ if period > LONGEST => Err("is more than 100 years".to_owned()),
        _ => Ok(period),
    }
}

fn read_size(text: &str) -> Result<u64, String> {
    let size: bytesize::ByteSize = text.parse().map_err(|_| "is not a size".to_owned())?;
    match size.as_u64() {
        0 => Err("leaves no room at all".to_owned()),
        bytes => Ok(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_written_with_their_unit() {
        for (text, seconds) in
            [("90s", 90), ("30m", 1_800), ("6h", 21_600), ("7d", 604_800), ("1h 30m", 5_400)]
        {
            assert_eq!(read_period(text), Ok(Duration::from_secs(seconds)), "{text}");
        }
        for wrong in ["", "30", "0s", "-5m", "soon", "200years", "99999999999999999999d"] {
            assert!(read_period(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn networks_are_written_as_cidr_or_as_one_address() {
        for (text, network) in [
            ("10.1.0.0/16", "10.1.0.0/16"),
            ("127.0.0.1", "127.0.0.1/32"),
            ("::1", "::1/128"),
            ("fd00::/8", "fd00::/8"),
        ] {
            assert_eq!(read_network(text).unwrap().to_string(), network);
        }
        for wrong in ["", "10.1", "localhost", "10.0.0.0/33", "10.0.0.0/", "::1/129", "10.0.0.0 /8"] {
            assert!(read_network(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn sizes_are_written_with_their_unit() {
        assert_eq!(read_size("512 KiB"), Ok(512 * 1024));
        assert_eq!(read_size("10 MiB"), Ok(10 * 1024 * 1024));
        for wrong in ["", "0 B", "-1 MiB", "10 apples", "MiB"] {
            assert!(read_size(wrong).is_err(), "{wrong}");
        }
    }
}
