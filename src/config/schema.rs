//! `config.schema.json`: the config's types as a JSON schema (draft 7), for editors.

use schemars::Schema;
use schemars::generate::SchemaSettings;
use schemars::transform::{Transform, transform_subschemas};
use serde_json::Value;

use super::written::Config;

/// The schema of `config.toml`.
#[must_use]
pub fn schema() -> Value {
    let settings = SchemaSettings::draft07().with_transform(WithoutNull);
    settings.into_generator().into_root_schema_for::<Config>().to_value()
}

/// Takes `null` out: TOML has none, a key that may be left out is left out.
#[derive(Debug, Clone)]
struct WithoutNull;

impl Transform for WithoutNull {
    fn transform(&mut self, schema: &mut Schema) {
        let null = Value::from("null");
        if let Some(Value::Array(types)) = schema.get_mut("type") {
            types.retain(|kind| *kind != null);
            if let [only] = types.as_slice() {
                let only = only.clone();
                schema.insert("type".to_owned(), only);
            }
        }
        if let Some(Value::Array(choices)) = schema.get_mut("anyOf") {
            choices.retain(|choice| choice.get("type") != Some(&null));
            if let [only] = choices.as_slice() {
                let only = only.clone();
                schema.remove("anyOf");
                merge(schema, only);
            }
        }
        transform_subschemas(self, schema);
    }
}

/// Puts the only choice left in the place of the choice. Draft 7 ignores what stands beside a `$ref`.
fn merge(schema: &mut Schema, only: Value) {
    match only {
        Value::Object(only)
            if !only.contains_key("$ref") || schema.as_object().is_none_or(|o| o.is_empty()) =>
        {
            for (key, value) in only {
                if schema.get(&key).is_none() {
                    schema.insert(key, value);
                }
            }
        }
        only => {
            schema.insert("allOf".to_owned(), Value::Array(vec![only]));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    #[allow(clippy::disallowed_methods, reason = "writes the schema on request, for a person")]
    fn the_schema_in_the_repository_is_the_one_of_the_types() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("config.schema.json");
        if std::env::var_os("FEEDMILL_BLESS").is_some() {
            std::fs::write(&path, format!("{:#}\n", schema())).unwrap();
        }
        let found: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let advice = "config.schema.json is stale: FEEDMILL_BLESS=1 cargo test --lib config::schema";
        assert!(found == schema(), "{advice}");
    }

    #[test]
    fn no_table_takes_unknown_keys_and_nothing_may_be_null() {
        fn walk(value: &Value, path: &str) {
            match value {
                Value::Object(object) => {
                    if object.contains_key("properties") {
                        assert_eq!(object.get("additionalProperties"), Some(&Value::Bool(false)), "{path}");
                    }
                    object.iter().for_each(|(key, value)| walk(value, &format!("{path}/{key}")));
                }
                Value::Array(list) => list.iter().for_each(|value| walk(value, path)),
                other => assert_ne!(other, "null", "{path}"),
            }
        }
        walk(&schema(), "");
    }
}
