//! How much of a document is kept: so many entries, so much of each field. What is left out is said. Pure.

use crate::config::Limits;
use crate::model::parts::Text;
use crate::model::{Entry, FeedDocument, FeedMeta};

/// Cuts a document to its limits and says in words what was left out; nothing is said of what fits.
///
/// The first entries are kept, which are the newest wherever order means something. Texts are cut at a character; an id or
/// URL is left out whole, since a part of it would be another.
pub fn keep_within(document: &mut FeedDocument, limits: &Limits) -> Vec<String> {
    let mut knife = Knife { limits, texts: 0, fields: 0 };
    let entries = document.entries.len();
    document.entries.truncate(limits.max_items);
    knife.meta(&mut document.meta);
    for entry in &mut document.entries {
        knife.entry(entry);
    }
    let of = |number: usize, what: &str, size: u64, key: &str| {
        let size = bytesize::ByteSize(size);
        (number > 0).then(|| format!("{number} {what} longer than {size} (`fetch.{key}` sets the limit)"))
    };
    let items = (entries > limits.max_items).then(|| {
        let most = limits.max_items;
        format!("only the first {most} of {entries} entries are read (`fetch.max_items` sets the limit)")
    });
    let texts = of(knife.texts, "text(s) cut,", limits.max_text, "max_text");
    let fields = of(knife.fields, "field(s) cut or left out,", limits.max_field, "max_field");
    items.into_iter().chain(texts).chain(fields).collect()
}

/// Cuts, and counts what it cut.
struct Knife<'a> {
    limits: &'a Limits,
    texts: usize,
    fields: usize,
}

impl Knife<'_> {
    fn entry(&mut self, entry: &mut Entry) {
        entry.content.iter_mut().chain(&mut entry.summary).for_each(|text| self.text(text));
        entry.title.iter_mut().chain(&mut entry.rights).for_each(|text| self.line(&mut text.value));
        for address in [&mut entry.id, &mut entry.link, &mut entry.base, &mut entry.language] {
            self.whole(address);
        }
        entry.links.retain(|link| self.fits(&link.href));
        entry.enclosures.retain(|file| self.fits(&file.url));
        entry.media.retain(|media| media.url.as_ref().is_none_or(|url| self.fits(url)));
        for person in entry.authors.iter_mut().chain(&mut entry.contributors) {
            self.some_line(&mut person.name);
            self.whole(&mut person.uri);
            self.whole(&mut person.email);
        }
        for category in &mut entry.categories {
            self.line(&mut category.term);
            self.some_line(&mut category.label);
        }
        if let Some(image) = &mut entry.image {
            self.whole(&mut image.url);
        }
        if let Some(source) = &mut entry.source {
            self.meta(source);
        }
    }

    fn meta(&mut self, meta: &mut FeedMeta) {
        let texts = meta.title.iter_mut().chain(&mut meta.subtitle).chain(&mut meta.rights);
        texts.for_each(|text| self.line(&mut text.value));
        for address in [&mut meta.link, &mut meta.id, &mut meta.base, &mut meta.language, &mut meta.icon] {
            self.whole(address);
        }
        meta.links.retain(|link| self.fits(&link.href));
        for person in &mut meta.authors {
            self.some_line(&mut person.name);
            self.whole(&mut person.uri);
            self.whole(&mut person.email);
        }
        if let Some(image) = &mut meta.image {
            self.whole(&mut image.url);
        }
    }

    fn text(&mut self, text: &mut Text) {
        self.texts += usize::from(cut(&mut text.value, self.limits.max_text));
    }

    fn line(&mut self, line: &mut String) {
        self.fields += usize::from(cut(line, self.limits.max_field));
    }

    fn some_line(&mut self, line: &mut Option<String>) {
        line.iter_mut().for_each(|line| self.line(line));
    }

    fn whole(&mut self, field: &mut Option<String>) {
        if field.as_ref().is_some_and(|value| !self.fits(value)) {
            *field = None;
        }
    }

    fn fits(&mut self, value: &str) -> bool {
        let fits = value.len() as u64 <= self.limits.max_field;
        self.fields += usize::from(!fits);
        fits
    }
}

fn cut(text: &mut String, most: u64) -> bool {
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let is_long = text.len() > most;
    if is_long {
        text.truncate(text.floor_char_boundary(most));
    }
    is_long
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::parts::{Person, TextKind};

    fn limits() -> Limits {
        Limits { max_items: 2, max_text: 10, max_field: 5, ..Limits::default() }
    }

    fn text(value: &str) -> Text {
        Text { value: value.to_owned(), kind: TextKind::Html, ..Text::default() }
    }

    fn entry(id: &str, title: &str, content: &str) -> Entry {
        let (title, content) = (Some(text(title)), vec![text(content)]);
        Entry { id: Some(id.to_owned()), title, content, ..Entry::default() }
    }

    #[test]
    fn what_fits_is_left_as_it_is_and_nothing_is_said() {
        let mut document =
            FeedDocument { entries: vec![entry("1", "title", "0123456789")], ..FeedDocument::default() };
        let before = document.clone();
        assert_eq!(keep_within(&mut document, &limits()), Vec::<String>::new());
        assert_eq!(document, before);
    }

    #[test]
    fn the_first_entries_are_kept_and_the_number_of_the_others_is_said() {
        let entries = (0..5).map(|n| entry(&n.to_string(), "t", "c")).collect();
        let mut document = FeedDocument { entries, ..FeedDocument::default() };
        let said = keep_within(&mut document, &limits());
        assert_eq!(said, ["only the first 2 of 5 entries are read (`fetch.max_items` sets the limit)"]);
        let kept: Vec<&str> = document.entries.iter().filter_map(|entry| entry.id.as_deref()).collect();
        assert_eq!(kept, ["0", "1"]);
    }

    #[test]
    fn texts_are_cut_at_a_character_and_ids_and_urls_left_out_whole() {
        let mut long = entry("urn:long", "fünfte", "<p>012345ß89</p>");
        long.link = Some("https://example.org/".to_owned());
        long.authors = vec![Person { name: Some("Somebody".to_owned()), ..Person::default() }];
        let mut document = FeedDocument { entries: vec![long], ..FeedDocument::default() };
        let said = keep_within(&mut document, &limits());
        let entry = &document.entries[0];
        assert_eq!((&entry.id, &entry.link), (&None, &None));
        assert_eq!(entry.title.as_ref().unwrap().value, "fünf");
        assert_eq!(entry.content[0].value, "<p>012345");
        assert_eq!(entry.authors[0].name.as_deref(), Some("Someb"));
        assert!(said[0].starts_with("1 text(s) cut") && said[0].contains("`fetch.max_text`"), "{said:?}");
        assert!(said[1].starts_with("4 field(s)") && said[1].contains("`fetch.max_field`"), "{said:?}");
    }
}
