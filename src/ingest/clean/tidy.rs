//! A feed record with its HTML clean: what `feedmill parse` prints.

use std::borrow::Cow;
use std::collections::BTreeMap;

use ::url::Url;

use crate::ingest::parse::has_html_tags;
use crate::model::parts::{Image, Itunes, Text, TextKind};
use crate::model::reference::resolve;
use crate::model::{Entry, FeedDocument, FeedMeta};

use super::sanitize::RecordSanitizer;

/// Sanitises every HTML text of a record, with absolute URLs, and strings that look like HTML; nothing else is touched. `location` is where the document was
/// fetched from.
#[must_use]
pub fn tidy(mut document: FeedDocument, location: Option<&Url>) -> FeedDocument {
    let location = location.filter(|url| !url.cannot_be_a_base());
    let tidier = Tidier { sanitizer: RecordSanitizer::new(), location };
    tidier.meta(&mut document.meta);
    document.entries.iter_mut().for_each(|entry| tidier.entry(entry));
    document
}

struct Tidier<'a> {
    sanitizer: RecordSanitizer,
    location: Option<&'a Url>,
}

impl Tidier<'_> {
    fn meta(&self, meta: &mut FeedMeta) {
        let base = meta.base.clone();
        self.texts([&mut meta.title, &mut meta.subtitle, &mut meta.rights]);
        if let Some(input) = &mut meta.text_input {
            self.strings([&mut input.title, &mut input.description], base.as_deref());
        }
        self.shared(&mut meta.image, &mut meta.itunes, &mut meta.extensions, base.as_deref());
    }

    fn entry(&self, entry: &mut Entry) {
        self.texts([&mut entry.title, &mut entry.summary, &mut entry.rights]);
        entry.content.iter_mut().for_each(|text| self.text(text));
        for media in &mut entry.media {
            self.texts([&mut media.title, &mut media.description]);
        }
        if let Some(source) = &mut entry.source {
            self.meta(source);
        }
        let base = entry.base.clone();
        self.shared(&mut entry.image, &mut entry.itunes, &mut entry.extensions, base.as_deref());
    }

    /// What feeds and entries have in common of strings that are plain text by rights, and HTML in some feeds.
    fn shared(
        &self,
        image: &mut Option<Image>,
        itunes: &mut Option<Box<Itunes>>,
        extensions: &mut BTreeMap<String, String>,
        base: Option<&str>,
    ) {
        if let Some(image) = image {
            self.strings([&mut image.title, &mut image.description], base);
        }
        if let Some(itunes) = itunes {
            self.strings([&mut itunes.subtitle, &mut itunes.summary], base);
        }
        extensions.values_mut().for_each(|value| self.string(value, base));
    }

    fn texts<const N: usize>(&self, texts: [&mut Option<Text>; N]) {
        texts.into_iter().flatten().for_each(|text| self.text(text));
    }

    fn text(&self, text: &mut Text) {
        if text.kind == TextKind::Html {
            text.value = self.html(&text.value, text.base.as_deref());
        }
    }

    fn strings<const N: usize>(&self, strings: [&mut Option<String>; N], base: Option<&str>) {
        strings.into_iter().flatten().for_each(|string| self.string(string, base));
    }

    fn string(&self, string: &mut String, base: Option<&str>) {
        if has_html_tags(string) {
            *string = self.html(string, base);
        }
    }

    /// Clean HTML, with URLs against the text's own base, itself seen from where the document is from.
    fn html(&self, html: &str, base: Option<&str>) -> String {
        let location = self.location.map_or("", Url::as_str);
        let base = base.map_or(Cow::Borrowed(location), |base| resolve(base, location));
        self.sanitizer.sanitize(html, &base)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_html_text_of_a_record_is_clean_and_plain_text_stays() {
        let dirty = || Some(Text::html("<b onclick=x>b</b><script>s</script><a href=/p>p</a>"));
        let mut document = FeedDocument::default();
        document.meta.subtitle = dirty();
        document.meta.title = Some(Text::plain("a < b & c"));
        let source = FeedMeta { rights: dirty(), ..FeedMeta::default() };
        document.entries.push(Entry {
            content: vec![Text { base: Some("https://b.example.com/x/".into()), ..dirty().unwrap() }],
            source: Some(Box::new(source)),
            ..Entry::default()
        });
        let base = Url::parse("https://a.example.com/feed").unwrap();
        let document = tidy(document, Some(&base));
        let clean = |host: &str| {
            format!("<b>b</b><a href=\"https://{host}.example.com/p\" rel=\"noopener noreferrer\">p</a>")
        };
        assert_eq!(document.meta.title.unwrap().value, "a < b & c");
        assert_eq!(document.meta.subtitle.unwrap().value, clean("a"));
        assert_eq!(document.entries[0].content[0].value, clean("b"));
        assert_eq!(document.entries[0].source.as_ref().unwrap().rights.as_ref().unwrap().value, clean("a"));
    }

    #[test]
    fn html_in_a_field_of_plain_text_is_clean_too_and_plain_text_stays() {
        let mut document = FeedDocument::default();
        let dirty = || Some("<b onclick=x>b</b><a href=p>p</a>".to_owned());
        document.meta.base = Some("x/".into());
        document.meta.image =
            Some(Image { description: dirty(), title: Some("1 < 2 & 3".into()), ..Image::default() });
        document.meta.extensions.insert("info".into(), "a<script>s</script>".into());
        document.meta.extensions.insert("note".into(), "Vec<T> &amp;".into());
        document.entries.push(Entry {
            itunes: Some(Box::new(Itunes { summary: dirty(), ..Itunes::default() })),
            ..Entry::default()
        });
        let document = tidy(document, Some(&Url::parse("https://example.com/feed").unwrap()));
        let clean = |base: &str| {
            format!("<b>b</b><a href=\"https://example.com/{base}p\" rel=\"noopener noreferrer\">p</a>")
        };
        let image = document.meta.image.unwrap();
        assert_eq!((image.title.unwrap().as_str(), image.description.unwrap()), ("1 < 2 & 3", clean("x/")));
        assert_eq!(document.meta.extensions["info"], "a");
        assert_eq!(document.meta.extensions["note"], "Vec<T> &amp;");
        assert_eq!(document.entries[0].itunes.as_ref().unwrap().summary, Some(clean("")));
    }

    #[test]
    fn a_base_that_is_relative_is_seen_from_where_the_document_is_from() {
        let text = || Text { base: Some("b/".into()), ..Text::html("<a href=p>p</a>") };
        let resolved = |location: Option<&str>| {
            let mut document = FeedDocument::default();
            document.meta.title = Some(text());
            let location = location.map(|location| Url::parse(location).unwrap());
            tidy(document, location.as_ref()).meta.title.unwrap().value
        };
        assert!(resolved(Some("https://example.com/a/feed")).contains("\"https://example.com/a/b/p\""));
        assert!(resolved(Some("urn:isbn:0451450523")).contains("\"b/p\""));
        assert!(resolved(None).contains("\"b/p\""));
    }
}
