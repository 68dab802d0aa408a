//! What a key of a front matter holds, whichever language it is written in.

/// A value as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    /// A scalar, in letters; empty for null.
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// Keys with their values, in order.
    Map(Vec<(String, Value)>),
}

/// Nothing nested deeper than this is looked at: `params: { author: [{ name: .. }] }`.
pub(super) const MAX_DEPTH: usize = 6;

impl Value {
    pub(super) fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    /// The texts of a scalar or of a list of them, without the empty ones.
    pub(super) fn texts(&self) -> Vec<&str> {
        match self {
            Self::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()).into_iter().collect(),
            Self::List(values) => values
                .iter()
                .filter_map(|value| match value {
                    Self::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()),
                    _ => None,
                })
                .collect(),
            Self::Map(_) => Vec::new(),
        }
    }

    /// The first text that a map has under one of the keys, in the order of the keys.
    pub(super) fn under(&self, keys: &[&str]) -> Option<&str> {
        let Self::Map(pairs) = self else { return None };
        keys.iter().find_map(|wanted| {
            let (_, value) = pairs.iter().find(|(key, _)| key.eq_ignore_ascii_case(wanted))?;
            value.texts().first().copied()
        })
    }

    pub(super) fn of_toml(value: &toml::Value, depth: usize) -> Self {
        match value {
            toml::Value::String(text) => Self::text(text),
            toml::Value::Array(values) if depth < MAX_DEPTH => {
                Self::List(values.iter().map(|value| Self::of_toml(value, depth + 1)).collect())
            }
            toml::Value::Table(table) if depth < MAX_DEPTH => Self::Map(
                table.iter().map(|(key, value)| (key.clone(), Self::of_toml(value, depth + 1))).collect(),
            ),
            toml::Value::Array(_) | toml::Value::Table(_) => Self::Text(String::new()),
            scalar => Self::Text(scalar.to_string()),
        }
    }

    pub(super) fn of_json(value: &serde_json::Value, depth: usize) -> Self {
        match value {
            serde_json::Value::String(text) => Self::text(text),
            serde_json::Value::Array(values) if depth < MAX_DEPTH => {
                Self::List(values.iter().map(|value| Self::of_json(value, depth + 1)).collect())
            }
            serde_json::Value::Object(object) if depth < MAX_DEPTH => Self::Map(
                object.iter().map(|(key, value)| (key.clone(), Self::of_json(value, depth + 1))).collect(),
            ),
            serde_json::Value::Null | serde_json::Value::Array(_) | serde_json::Value::Object(_) => {
                Self::Text(String::new())
            }
            scalar => Self::Text(scalar.to_string()),
        }
    }
}
