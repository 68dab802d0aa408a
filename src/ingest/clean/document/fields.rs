//! What a front matter, a head or a `<meta>` says of an article.

use ::url::Url;
use chrono::{DateTime, Utc};

use crate::ingest::parse::date::parse_date;

use super::byline::names;
use crate::model::labels::language_tag;
use crate::model::link::{absolute, clean_url};

/// Tags that one article may have.
const MANY: usize = 50;

/// What is said of an article, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Fields {
    pub(super) title: Option<String>,
    pub(super) date: Option<DateTime<Utc>>,
    pub(super) updated: Option<DateTime<Utc>>,
    pub(super) authors: Vec<String>,
    pub(super) summary: Option<String>,
    pub(super) tags: Vec<String>,
    pub(super) language: Option<String>,
    pub(super) url: Option<Url>,
    pub(super) image: Option<Url>,
    pub(super) id: Option<String>,
    pub(super) draft: bool,
}

/// What a key means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Title,
    Date,
    Updated,
    Authors,
    Summary,
    Tags,
    Language,
    Url,
    Image,
    Id,
    Draft,
}

/// The keys, in the languages people write heads in; in lower case.
const KEYS: &[(Field, &[&str])] = &[
    (
        Field::Title,
        &["title", "headline", "titel", "überschrift", "titre", "título", "titulo", "titolo", "заголовок"],
    ),
    (
        Field::Date,
        &["date", "published", "publishdate", "pubdate", "datum", "fecha", "data", "дата", "日期", "日付"],
    ),
    (Field::Updated, &["updated", "lastmod", "modified", "last_modified_at", "aktualisiert"]),
    (
        Field::Authors,
        &[
            "author",
            "authors",
            "byline",
            "by",
            "autor",
            "autorin",
            "autoren",
            "auteur",
            "auteurs",
            "autore",
            "автор",
            "авторы",
            "作者",
            "著者",
        ],
    ),
    (
        Field::Summary,
        &[
            "summary",
            "description",
            "subtitle",
            "dek",
            "deck",
            "standfirst",
            "excerpt",
            "zusammenfassung",
            "résumé",
            "resumen",
        ],
    ),
    (
        Field::Tags,
        &[
            "tags",
            "tag",
            "categories",
            "category",
            "keywords",
            "schlagwörter",
            "schlagworte",
            "étiquettes",
            "etiquetas",
            "теги",
        ],
    ),
    (Field::Language, &["language", "lang", "sprache", "langue", "idioma", "lingua"]),
    (
        Field::Url,
        &[
            "url",
            "link",
            "canonical",
            "canonicalurl",
            "canonical_url",
            "permalink",
            "source",
            "quelle",
            "fuente",
            "lien",
        ],
    ),
    (Field::Image, &["image", "cover", "thumbnail", "featured_image"]),
    (Field::Id, &["id", "guid"]),
    (Field::Draft, &["draft"]),
];

/// What a key means, if it is known.
pub(super) fn field_of(key: &str) -> Option<Field> {
    let key = key.trim().to_lowercase();
    KEYS.iter().find(|(_, names)| names.contains(&key.as_str())).map(|(field, _)| *field)
}

impl Fields {
    /// Takes what a key says. The first to say a thing counts; a value that cannot be read says nothing.
    pub(super) fn take(&mut self, field: Field, values: &[String]) {
        let first = || values.iter().map(|value| value.trim()).find(|value| !value.is_empty());
        let Some(value) = first() else { return };
        match field {
            // Jekyll's `published: false`, beside the date that others write under that key.
            Field::Date if is_no(value) => self.draft = true,
            Field::Title => fill(&mut self.title, || Some(value.to_owned())),
            Field::Date => fill(&mut self.date, || parse_date(value)),
            Field::Updated => fill(&mut self.updated, || parse_date(value)),
            Field::Summary => fill(&mut self.summary, || Some(value.to_owned())),
            Field::Language => fill(&mut self.language, || language_tag(value)),
            Field::Url => fill(&mut self.url, || absolute(value, None).map(|url| clean_url(&url))),
            Field::Image => fill(&mut self.image, || absolute(value, None)),
            Field::Id => fill(&mut self.id, || Some(value.to_owned())),
            Field::Draft => self.draft |= is_yes(value),
            Field::Authors if self.authors.is_empty() => {
                self.authors = values.iter().flat_map(|value| names(value)).collect();
            }
            Field::Tags => self.add_tags(values),
            Field::Authors => {}
        }
    }

    /// A list as it is; a single text is a list with commas.
    fn add_tags(&mut self, values: &[String]) {
        let tags = values.iter().flat_map(|value| {
            let comma = if values.len() == 1 { &[',', ';', '，', '、'][..] } else { &[] };
            value.split(comma).map(|tag| tag.trim().trim_start_matches('#').to_owned())
        });
        for tag in tags.filter(|tag| !tag.is_empty()).collect::<Vec<_>>() {
            let is_known = self.tags.iter().any(|known| known.to_lowercase() == tag.to_lowercase());
            if !is_known && self.tags.len() < MANY {
                self.tags.push(tag);
            }
        }
    }
}

fn is_yes(value: &str) -> bool {
    ["true", "yes"].iter().any(|yes| value.eq_ignore_ascii_case(yes))
}

fn is_no(value: &str) -> bool {
    ["false", "no"].iter().any(|no| value.eq_ignore_ascii_case(no))
}

fn fill<T>(place: &mut Option<T>, value: impl FnOnce() -> Option<T>) {
    if place.is_none() {
        *place = value();
    }
}
