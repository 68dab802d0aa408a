//! Front matter: YAML between `---`, TOML between `+++`, a JSON object, as Hugo and Jekyll write it.

use super::DocumentError;
use super::fields::{Field, Fields, field_of};
use super::value::Value;
use super::yaml;

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
    let below = rest.lines().next().unwrap_or_default();
    if fits(below) && !below.trim().is_empty() {
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

/// Keys that hold others which Hugo and Zola want set apart.
const DRAWERS: &[&str] = &["params", "extra", "taxonomies"];

fn fields(pairs: &[(String, Value)]) -> Fields {
    let mut fields = Fields::default();
    // Jekyll parts categories and tags by spaces where there is no list, and no other program wants a `layout`.
    let is_jekyll = pairs.iter().any(|(key, _)| key == "layout");
    for (key, value) in pairs {
        // `published: false` is Jekyll's word for a draft; others write a date there.
        if key.eq_ignore_ascii_case("published") && value.texts().first().is_some_and(|text| is_no(text)) {
            fields.draft = true;
        } else if let Some(field) = field_of(key) {
            match value {
                Value::Text(text) if is_jekyll && field == Field::Tags && !text.contains(',') => {
                    fields.take(field, &Value::List(text.split_whitespace().map(Value::text).collect()));
                }
                _ => {
                    fields.take(field, value);
                }
            }
        }
    }
    for (key, value) in pairs {
        let Value::Map(inner) = value else { continue };
        if DRAWERS.iter().any(|drawer| key.eq_ignore_ascii_case(drawer)) {
            for (key, value) in inner {
                if let Some(field) = field_of(key).filter(|field| *field != Field::Draft) {
                    fields.take(field, value);
                }
            }
        }
    }
    fields
}

fn is_no(value: &str) -> bool {
    ["false", "no"].iter().any(|no| value.eq_ignore_ascii_case(no))
}

fn toml(head: &str) -> Result<Fields, DocumentError> {
    let table: toml::Table = head.parse().map_err(|error: toml::de::Error| {
        let before = error.span().map_or("", |span| head.get(..span.start).unwrap_or_default());
        fault(before.matches('\n').count() + 2, error.message().to_owned())
    })?;
    let pairs: Vec<_> = table.iter().map(|(key, value)| (key.clone(), Value::of_toml(value, 0))).collect();
    Ok(fields(&pairs))
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
    let pairs: Vec<_> = object.iter().map(|(key, value)| (key.clone(), Value::of_json(value, 0))).collect();
    Ok((fields(&pairs), body))
}

fn fault(line: usize, cause: impl Into<String>) -> DocumentError {
    DocumentError::FrontMatter { line, cause: cause.into() }
}
