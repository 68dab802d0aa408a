//! Front matter: YAML between `---`, TOML between `+++`, a JSON object, as Hugo and Jekyll write it.

use super::DocumentError;
use super::fields::{Fields, field_of};
use super::yaml;

/// Nothing nested deeper than this is looked at: `author: { name: .. }`.
const MAX_DEPTH: usize = 2;

/// What the front matter says, and the text behind it. A text without one is all body.
pub(super) fn split(text: &str) -> Result<(Fields, &str), DocumentError> {
    let text = text.trim_start_matches('\n');
    if text.starts_with('{') {
        return json(text);
    }
    if let Some(matter) = fenced(text, "---", looks_like_yaml)? {
        let pairs = yaml::read(matter.head).map_err(|(line, cause)| fault(line + 1, cause))?;
        return Ok((fields(&pairs), matter.body));
    }
    if let Some(matter) = fenced(text, "+++", |_| true)? {
        return Ok((toml(matter.head)?, matter.body));
    }
    Ok((Fields::default(), text))
}

struct Matter<'a> {
    head: &'a str,
    body: &'a str,
}

/// What stands between two lines of the same fence, the first of them on line 1.
fn fenced<'a>(
    text: &'a str,
    fence: &str,
    fits: fn(&str) -> bool,
) -> Result<Option<Matter<'a>>, DocumentError> {
    let Some((first, rest)) = text.split_once('\n').filter(|(first, _)| first.trim_end() == fence) else {
        return Ok(None);
    };
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        if line.trim_end() == fence || (fence == "---" && line.trim_end() == "...") {
            let head = &rest[..at];
            return Ok(fits(head).then(|| Matter { head, body: &rest[at + line.len()..] }));
        }
        at += line.len();
    }
    // A lone `---` is a line across the page, unless a key follows it.
    if fits(rest.lines().next().unwrap_or_default()) && !rest.trim().is_empty() {
        return Err(fault(
            1,
            format!("`{}` is never closed: put the same line behind the last key", first.trim_end()),
        ));
    }
    Ok(None)
}

/// Whether the first line that says anything is a key.
fn looks_like_yaml(head: &str) -> bool {
    let first = head.lines().find(|line| !line.trim().is_empty() && !line.starts_with('#'));
    first.is_none_or(|line| yaml::key(line).is_some())
}

/// A key with its values.
pub(super) type Pair = (String, Vec<String>);

fn fields(pairs: &[Pair]) -> Fields {
    let mut fields = Fields::default();
    for (key, values) in pairs {
        let key = key.strip_suffix(".name").or_else(|| key.strip_suffix(".url")).unwrap_or(key);
        if let Some(field) = field_of(key) {
            fields.take(field, values);
        }
    }
    fields
}

fn toml(head: &str) -> Result<Fields, DocumentError> {
    let table: toml::Table = head.parse().map_err(|error: toml::de::Error| {
        let before = error.span().map_or("", |span| head.get(..span.start).unwrap_or_default());
        fault(before.matches('\n').count() + 2, error.message().to_owned())
    })?;
    let pairs: Vec<Pair> = table.iter().map(|(key, value)| (key.clone(), toml_values(value, 0))).collect();
    Ok(fields(&pairs))
}

fn toml_values(value: &toml::Value, depth: usize) -> Vec<String> {
    match value {
        toml::Value::String(text) => vec![text.clone()],
        toml::Value::Array(values) if depth < MAX_DEPTH => {
            values.iter().flat_map(|value| toml_values(value, depth + 1)).collect()
        }
        toml::Value::Table(table) => {
            table.get("name").and_then(toml::Value::as_str).map(str::to_owned).into_iter().collect()
        }
        toml::Value::Array(_) => Vec::new(),
        scalar => vec![scalar.to_string()],
    }
}

fn json(text: &str) -> Result<(Fields, &str), DocumentError> {
    let mut stream =
        serde_json::Deserializer::from_str(text).into_iter::<serde_json::Map<String, serde_json::Value>>();
    let object = match stream.next() {
        Some(Ok(object)) => object,
        // `{` may be the first letter of a story; an object begins with a key.
        Some(Err(_)) if !text[1..].trim_start().starts_with('"') => return Ok((Fields::default(), text)),
        Some(Err(error)) => return Err(fault(error.line(), error.to_string())),
        None => return Ok((Fields::default(), text)),
    };
    let body = &text[stream.byte_offset()..];
    let pairs: Vec<Pair> = object.iter().map(|(key, value)| (key.clone(), json_values(value, 0))).collect();
    Ok((fields(&pairs), body))
}

fn json_values(value: &serde_json::Value, depth: usize) -> Vec<String> {
    match value {
        serde_json::Value::String(text) => vec![text.clone()],
        serde_json::Value::Array(values) if depth < MAX_DEPTH => {
            values.iter().flat_map(|value| json_values(value, depth + 1)).collect()
        }
        serde_json::Value::Object(object) => {
            object.get("name").and_then(serde_json::Value::as_str).map(str::to_owned).into_iter().collect()
        }
        serde_json::Value::Null | serde_json::Value::Array(_) => Vec::new(),
        scalar => vec![scalar.to_string()],
    }
}

fn fault(line: usize, cause: impl Into<String>) -> DocumentError {
    DocumentError::FrontMatter { line, cause: cause.into() }
}
