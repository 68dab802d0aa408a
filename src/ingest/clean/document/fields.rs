//! What a front matter, a head or a `<meta>` says of an article.

use ::url::Url;

use super::byline::{named, people};
use super::moment::Moment;
use super::value::Value;
use crate::model::labels::language_tag;
use crate::model::link::{absolute, clean_url};
use crate::model::{Author, PlainText};

/// Tags, or authors, that one article may have.
const MANY: usize = 50;

/// What is said of an article, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Fields {
    pub(super) title: Option<String>,
    pub(super) date: Option<Moment>,
    pub(super) updated: Option<Moment>,
    pub(super) authors: Vec<Author>,
    pub(super) summary: Option<String>,
    pub(super) tags: Vec<String>,
    pub(super) language: Option<String>,
    pub(super) url: Option<Url>,
    /// May be relative to `url`.
    image_as_written: Option<String>,
    pub(super) id: Option<String>,
    pub(super) draft: bool,
    /// Of one of the authors, until [`Fields::settle_bio`] knows of which.
    pub(super) bio: Option<String>,
    pub(super) author_url: Option<Url>,
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
    Bio,
    AuthorUrl,
}

/// The keys, in the languages people write heads in; in lower case.
#[rustfmt::skip]
const KEYS: &[(Field, &[&str])] = &[
    (Field::Title, &[
        "title", "headline", "subject", "titel", "überschrift", "betreff", "titre", "objet", "título", "titulo", "asunto",
        "assunto", "titolo", "oggetto", "onderwerp", "tytuł", "temat", "rubrik", "ämne", "overskrift", "başlık", "konu",
        "заголовок", "тема", "标题", "標題", "题目", "タイトル", "件名", "見出し", "제목", "العنوان", "عنوان",
    ]),
    (Field::Date, &[
        "date", "published", "publishdate", "publish_date", "publication date", "pubdate", "date_published", "posted",
        "datum", "veröffentlicht", "fecha", "publicado", "data", "publié", "publicada", "pubblicato", "gepubliceerd",
        "opublikowano", "publicerad", "dato", "tarih", "дата", "опубликовано", "日期", "日付", "发布日期", "发布时间",
        "날짜", "التاريخ",
    ]),
    (Field::Updated, &[
        "updated", "lastmod", "last_modified", "modified", "last_modified_at", "last updated", "date_modified",
        "aktualisiert", "stand", "mis à jour", "actualizado", "aggiornato", "atualizado", "bijgewerkt", "обновлено",
    ]),
    (Field::Authors, &[
        "author", "authors", "author(s)", "byline", "by", "written by", "from", "autor", "autorin", "autoren", "autor:in",
        "von", "auteur", "auteure", "auteurs", "autrice", "auteur·e", "autora", "autores", "autoras", "autore", "autori",
        "autorka", "autorzy", "författare", "skribent", "forfatter", "yazar", "автор", "авторы", "作者", "著者", "筆者",
        "글쓴이", "저자", "الكاتب", "المؤلف",
    ]),
    (Field::Summary, &[
        "summary", "description", "subtitle", "subheading", "subhead", "dek", "deck", "standfirst", "excerpt", "abstract",
        "zusammenfassung", "untertitel", "teaser", "beschreibung", "vorspann", "résumé", "chapô", "chapeau", "sous-titre",
        "description courte", "resumen", "subtítulo", "entradilla", "resumo", "sommario", "sottotitolo", "samenvatting",
        "ondertitel", "streszczenie", "podtytuł", "ingress", "sammanfattning", "özet", "подзаголовок", "аннотация",
        "описание", "лид", "摘要", "副标题", "副標題", "概要", "要約", "요약", "부제", "الملخص",
    ]),
    (Field::Tags, &[
        "tags", "tag", "categories", "category", "keywords", "topics", "schlagwörter", "schlagworte", "stichwörter",
        "kategorie", "kategorien", "étiquettes", "mots-clés", "catégorie", "catégories", "etiquetas", "palabras clave",
        "categorías", "categoría", "palavras-chave", "categorias", "categoria", "parole chiave", "etichette", "trefwoorden",
        "słowa kluczowe", "tagi", "taggar", "nyckelord", "etiketler", "теги", "метки", "ключевые слова", "рубрика", "рубрики",
        "标签", "關鍵詞", "关键词", "分类", "タグ", "カテゴリー", "태그", "الوسوم",
    ]),
    (Field::Language, &[
        "language", "lang", "locale", "sprache", "langue", "idioma", "lingua", "taal", "język", "språk", "dil", "язык",
        "语言", "語言", "言語", "언어", "اللغة",
    ]),
    (Field::Url, &[
        "url", "link", "canonical", "canonicalurl", "canonical_url", "permalink", "source", "source_url", "sourceurl",
        "original", "originally published at", "quelle", "fuente", "enlace", "lien", "fonte", "bron", "źródło", "källa",
        "kaynak", "источник", "ссылка", "来源", "來源", "原文", "出典", "출처", "المصدر", "الرابط",
    ]),
    (Field::Image, &[
        "image", "images", "cover", "thumbnail", "featured_image", "featuredimage", "feature_image", "cover_image",
        "coverimage", "hero", "hero_image", "banner", "og_image", "bild", "titelbild", "imagen",
    ]),
    (Field::Id, &["id", "guid"]),
    (Field::Draft, &["draft"]),
    (Field::Bio, &["bio", "author_bio", "authorbio", "author bio", "about the author"]),
    (Field::AuthorUrl, &["author_url", "authorurl", "author_link", "author url"]),
];

/// What a key means, if it is known.
pub(super) fn field_of(key: &str) -> Option<Field> {
    let key = key.trim();
    // The longest has some thirty letters.
    if key.len() > 64 {
        return None;
    }
    let key = key.to_lowercase();
    KEYS.iter().find(|(_, names)| names.contains(&key.as_str())).map(|(field, _)| *field)
}

impl Fields {
    /// Takes what a key says, and tells whether it could be understood. The first to say a thing counts.
    pub(super) fn take(&mut self, field: Field, value: &Value) -> bool {
        match field {
            Field::Authors => return self.take_authors(value),
            Field::Tags => return self.add_tags(&value.texts()),
            Field::Image => {
                let texts = value.texts();
                let inner = || value.under(&["url", "src", "image", "path", "href", "feature", "full"]);
                let Some(image) = texts.first().copied().or_else(inner) else { return false };
                fill(&mut self.image_as_written, Some(image.to_owned()));
                return true;
            }
            _ => {}
        }
        let texts = value.texts();
        let Some(&text) = texts.first() else { return false };
        match field {
            Field::Title => fill(&mut self.title, Some(text.to_owned())),
            Field::Date => fill(&mut self.date, Moment::read(text)),
            Field::Updated => fill(&mut self.updated, Moment::read(text)),
            Field::Summary => fill(&mut self.summary, Some(text.to_owned())),
            Field::Language => fill(&mut self.language, language_tag(text)),
            Field::Url => fill(&mut self.url, absolute(text, None).map(|url| clean_url(&url))),
            Field::Id => fill(&mut self.id, Some(text.to_owned())),
            Field::Bio => fill(&mut self.bio, Some(text.to_owned())),
            Field::AuthorUrl => fill(&mut self.author_url, absolute(text, None)),
            Field::Draft => {
                self.draft |= is_yes(text);
                true
            }
            Field::Authors | Field::Tags | Field::Image => false,
        }
    }

    /// Authors as a text, a list of texts, a map or a list of maps.
    fn take_authors(&mut self, value: &Value) -> bool {
        let found = match value {
            Value::List(values) => values.iter().flat_map(author).collect(),
            single => author(single),
        };
        let is_some = !found.is_empty();
        if self.authors.is_empty() {
            self.add_authors(found);
        }
        is_some
    }

    /// Adds those who are not there; what is said of those who are is kept.
    pub(super) fn add_authors(&mut self, authors: Vec<Author>) {
        for author in authors.into_iter().filter(|author| !author.name.is_empty()) {
            let has_room = self.authors.len() < MANY;
            match self.authors.iter_mut().find(|known| is_same_name(&known.name, &author.name)) {
                Some(known) => {
                    known.bio = known.bio.take().or(author.bio);
                    known.url = known.url.take().or(author.url);
                }
                None if has_room => self.authors.push(author),
                None => {}
            }
        }
    }

    /// A list as it is; a single text is a list with commas.
    fn add_tags(&mut self, values: &[&str]) -> bool {
        let comma = if values.len() == 1 { &[',', ';', '，', '、', '،'][..] } else { &[] };
        let tags = values.iter().flat_map(|value| value.split(comma));
        for tag in tags.map(|tag| tag.trim().trim_start_matches('#')).filter(|tag| !tag.is_empty()) {
            let is_known = self.tags.iter().any(|known| known.to_lowercase() == tag.to_lowercase());
            if !is_known && self.tags.len() < MANY {
                self.tags.push(tag.to_owned());
            }
        }
        !values.is_empty()
    }

    /// Gives the bio to the author that it names, else to the first.
    pub(super) fn settle_bio(&mut self) {
        let Some(bio) = self.bio.take().map(|bio| PlainText::line(&bio)).filter(|bio| !bio.is_empty()) else {
            return;
        };
        let named = self.authors.iter().position(|author| bio.as_str().starts_with(author.name.as_str()));
        if let Some(author) = self.authors.get_mut(named.unwrap_or(0)) {
            author.bio.get_or_insert(bio);
        }
    }

    /// The image, absolute.
    pub(super) fn image(&self) -> Option<Url> {
        absolute(self.image_as_written.as_deref()?, self.url.as_ref())
    }
}

/// Names are one person's whatever their capitals.
fn is_same_name(one: &PlainText, other: &PlainText) -> bool {
    one == other || one.as_str().to_lowercase() == other.as_str().to_lowercase()
}

fn author(value: &Value) -> Vec<Author> {
    match value {
        Value::Text(text) => people(text),
        Value::List(_) => Vec::new(),
        Value::Map(_) => {
            let mut authors = value.under(&["name", "display_name", "title"]).map(named).unwrap_or_default();
            if let Some(first) = authors.first_mut() {
                let url = value.under(&["url", "uri", "link", "website", "homepage", "web"]);
                first.url = url.and_then(|url| absolute(url, None));
                let bio = value.under(&["bio", "about", "description"]).map(PlainText::line);
                first.bio = bio.filter(|bio| !bio.is_empty());
            }
            authors
        }
    }
}

fn is_yes(value: &str) -> bool {
    ["true", "yes"].iter().any(|yes| value.eq_ignore_ascii_case(yes))
}

/// Fills a place that is empty; whether it was, and the value one.
fn fill<T>(place: &mut Option<T>, value: Option<T>) -> bool {
    let is_news = place.is_none() && value.is_some();
    if is_news {
        *place = value;
    }
    is_news
}
