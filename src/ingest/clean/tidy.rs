//! A feed record with its HTML clean: what `feedmill parse` prints.

use ::url::Url;

use crate::model::link::absolute;
use crate::model::parts::{Text, TextKind};
use crate::model::{Entry, FeedDocument, FeedMeta};

use super::Sanitizer;

/// Sanitises every HTML text of a record, with absolute URLs; nothing else is touched. `location` is where the document was
/// fetched from.
#[must_use]
pub fn tidy(mut document: FeedDocument, location: Option<&Url>) -> FeedDocument {
    let tidier = Tidier { sanitizer: Sanitizer::new(), location };
    tidier.meta(&mut document.meta);
    document.entries.iter_mut().for_each(|entry| tidier.entry(entry));
    document
}

struct Tidier<'a> {
    sanitizer: Sanitizer,
    location: Option<&'a Url>,
}

impl Tidier<'_> {
    fn meta(&self, meta: &mut FeedMeta) {
        self.texts([&mut meta.title, &mut meta.subtitle, &mut meta.rights]);
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
    }

    fn texts<const N: usize>(&self, texts: [&mut Option<Text>; N]) {
        texts.into_iter().flatten().for_each(|text| self.text(text));
    }

    fn text(&self, text: &mut Text) {
        if text.kind == TextKind::Html {
            let own = text.base.as_deref().and_then(|base| absolute(base, self.location));
            let clean = self.sanitizer.sanitize(&text.value, own.as_ref().or(self.location));
            text.value = clean.as_str().to_owned();
        }
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
}
