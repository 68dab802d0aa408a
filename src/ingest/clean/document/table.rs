//! Whole documents of our own in `tests/it/documents`: what is found in each, field by field, against what it says.

use std::collections::BTreeMap;
use std::path::Path;

use super::*;

/// What a document says: a field and its value, in letters.
type Said = BTreeMap<&'static str, String>;

const FIELDS: &[&str] = &[
    "title",
    "dek",
    "authors",
    "author_url",
    "bio",
    "date",
    "updated",
    "lang",
    "url",
    "image",
    "tags",
    "body",
];

fn joined<T: ToString>(values: impl IntoIterator<Item = T>) -> String {
    values.into_iter().map(|value| value.to_string()).collect::<Vec<_>>().join(" | ")
}

fn found(draft: &Draft) -> Said {
    let body = &draft.body;
    let text = body.content.as_ref().map(crate::markup::text::story_of).unwrap_or_default();
    let date = |at: Option<DateTime<Utc>>| at.map(|at| at.to_rfc3339());
    let values = [
        body.title.to_string(),
        joined(&body.summary),
        joined(body.authors.iter().map(|author| &author.name)),
        joined(body.authors.iter().filter_map(|author| author.url.as_ref())),
        joined(body.authors.iter().filter_map(|author| author.bio.as_ref())),
        date(draft.published).unwrap_or_default(),
        date(draft.updated).unwrap_or_default(),
        body.language.clone().unwrap_or_default(),
        joined(&body.url),
        joined(&body.image),
        joined(&body.tags),
        text.to_string(),
    ];
    FIELDS.iter().copied().zip(values).collect()
}

/// Whether a field was found as it is written; with what is expected, for the report.
fn is_right(field: &str, found: &str, wanted: Option<&toml::Value>) -> bool {
    let letters = |value: &toml::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    match (field, wanted) {
        (_, None) => found.is_empty(),
        ("date" | "updated", Some(wanted)) => found.starts_with(&letters(wanted)),
        ("body", Some(toml::Value::Array(parts))) => {
            let blocks = found.split("\n\n").count();
            let text = found.trim_start_matches("- ");
            Some(blocks) == parts[0].as_integer().and_then(|count| usize::try_from(count).ok())
                && text.starts_with(&letters(&parts[1]))
                && text.ends_with(&letters(&parts[2]))
        }
        (_, Some(toml::Value::Array(parts))) => found == joined(parts.iter().map(letters)),
        (_, Some(wanted)) => found == letters(wanted),
    }
}

#[test]
fn every_field_of_the_documents_is_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/documents");
    let wanted: toml::Table = std::fs::read_to_string(folder.join("expected.toml")).unwrap().parse().unwrap();
    assert!(wanted.len() >= 50);
    let mut wrong = Vec::new();
    let mut score: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (name, wanted) in &wanted {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        let said = match read_document(&DocumentFile { name, bytes: &bytes, modified: None }) {
            Ok(draft) => found(&draft),
            Err(error) => Said::from([("title", error.to_string())]),
        };
        for field in FIELDS {
            let found = said.get(field).map_or("", String::as_str);
            let wanted = wanted.get(field);
            let (right, total) = score.entry(field).or_default();
            *total += usize::from(wanted.is_some() || !found.is_empty());
            if is_right(field, found, wanted) {
                *right += usize::from(wanted.is_some());
            } else {
                wrong.push(format!("{name}: {field} is {found:?}, not {wanted:?}"));
            }
        }
    }
    println!("{} documents", wanted.len());
    for field in FIELDS {
        println!("{field:>10} {:>3} of {}", score[field].0, score[field].1);
    }
    assert!(wrong.is_empty(), "{} fields are wrong:\n{}", wrong.len(), wrong.join("\n"));
}
