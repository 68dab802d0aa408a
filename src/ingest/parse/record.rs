//! What feeds and entries have in common, so that a module is written once for both.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::module::{itunes, media};
use super::texts::Own;
use crate::model::parts::{Category, Geo, Image, Itunes, Link, Person, PodcastPerson, Text};
use crate::model::{Entry, FeedMeta};

/// A feed or an entry in the making.
#[derive(Debug, Default)]
pub(super) struct Building<R> {
    /// What the format itself says.
    pub(super) record: R,
    /// What counts only where the format itself says nothing.
    pub(super) weak: Weak,
    /// What Media RSS says, if anything; of entries only.
    pub(super) media: Option<Box<media::Group>>,
}

/// Values of lower rank: the same thing said by a module, or by a link.
#[derive(Debug, Default)]
pub(super) struct Weak {
    pub(super) id: Option<String>,
    pub(super) title: Option<Text>,
    pub(super) summary: Option<Text>,
    /// Said in few words: a summary where there is no other.
    pub(super) subtitle: Option<Text>,
    pub(super) link: Option<String>,
    /// `link` is of a media type that is no web page.
    pub(super) link_is_no_page: bool,
    pub(super) published: Option<DateTime<Utc>>,
    pub(super) updated: Option<DateTime<Utc>>,
    pub(super) authors: Vec<Person>,
    pub(super) publisher: Option<Person>,
    pub(super) image: Option<Image>,
    pub(super) categories: Vec<Category>,
    pub(super) language: Option<String>,
    /// `xml:lang` of the element itself: it is of the texts inside first of all.
    pub(super) scope_language: Option<String>,
    /// Where a guid that says it is a permalink leads.
    pub(super) permalink: Option<String>,
    /// The second of two texts of an item; see [`super::module::rss`].
    pub(super) second_text: Option<Text>,
    /// `geo:lat`, until `geo:long` is there, too.
    pub(super) latitude: Option<f64>,
    pub(super) longitude: Option<f64>,
}

/// The fields of a record that both have. Of a feed, `summary` is its subtitle.
pub(super) struct Shared<'r> {
    pub(super) id: &'r mut Option<String>,
    pub(super) title: &'r mut Option<Text>,
    pub(super) summary: &'r mut Option<Text>,
    pub(super) rights: &'r mut Option<Text>,
    pub(super) link: &'r mut Option<String>,
    pub(super) links: &'r mut Vec<Link>,
    pub(super) base: &'r mut Option<String>,
    pub(super) language: &'r mut Option<String>,
    pub(super) published: &'r mut Option<DateTime<Utc>>,
    pub(super) updated: &'r mut Option<DateTime<Utc>>,
    pub(super) authors: &'r mut Vec<Person>,
    pub(super) contributors: &'r mut Vec<Person>,
    pub(super) publisher: &'r mut Option<Person>,
    pub(super) image: &'r mut Option<Image>,
    pub(super) categories: &'r mut Vec<Category>,
    pub(super) license: &'r mut Option<String>,
    pub(super) itunes: &'r mut Option<Box<Itunes>>,
    pub(super) persons: &'r mut Vec<PodcastPerson>,
    pub(super) geo: &'r mut Option<Box<Geo>>,
    pub(super) extensions: &'r mut BTreeMap<String, String>,
}

macro_rules! shared {
    ($record:expr, $summary:ident) => {
        Shared {
            id: &mut $record.id,
            title: &mut $record.title,
            summary: &mut $record.$summary,
            rights: &mut $record.rights,
            link: &mut $record.link,
            links: &mut $record.links,
            base: &mut $record.base,
            language: &mut $record.language,
            published: &mut $record.published,
            updated: &mut $record.updated,
            authors: &mut $record.authors,
            contributors: &mut $record.contributors,
            publisher: &mut $record.publisher,
            image: &mut $record.image,
            categories: &mut $record.categories,
            license: &mut $record.license,
            itunes: &mut $record.itunes,
            persons: &mut $record.persons,
            geo: &mut $record.geo,
            extensions: &mut $record.extensions,
        }
    };
}

/// A feed or an entry.
pub(super) trait Record: Default {
    /// The fields that both have.
    fn shared(&mut self) -> Shared<'_>;

    /// Notes when it was made.
    fn created(&mut self, _date: Option<DateTime<Utc>>) {}

    /// Notes until when it holds.
    fn expired(&mut self, _date: Option<DateTime<Utc>>) {}
}

impl Record for FeedMeta {
    fn shared(&mut self) -> Shared<'_> {
        shared!(self, subtitle)
    }
}

impl Record for Entry {
    fn shared(&mut self) -> Shared<'_> {
        shared!(self, summary)
    }

    fn created(&mut self, date: Option<DateTime<Utc>>) {
        fill(&mut self.created, date);
    }

    fn expired(&mut self, date: Option<DateTime<Utc>>) {
        fill(&mut self.expired, date);
    }
}

impl<R: Record> Building<R> {
    /// Notes what `xml:base` and `xml:lang` of the record's own element say.
    pub(super) fn enter(&mut self, own: Own) {
        let base = self.record.shared().base;
        *base = own.base.or_else(|| base.take());
        let language = &mut self.weak.scope_language;
        *language = own.language.or_else(|| language.take());
    }

    /// Puts what modules said where the format itself says nothing.
    pub(super) fn settle(&mut self) {
        let weak = &mut self.weak;
        let to = self.record.shared();
        fill(to.id, weak.id.take());
        fill(to.title, weak.title.take());
        fill(to.summary, weak.summary.take().or_else(|| weak.subtitle.take()));
        fill(to.link, weak.link.take().or_else(|| weak.permalink.take()));
        fill(to.published, weak.published);
        fill(to.updated, weak.updated);
        fill(to.publisher, weak.publisher.take());
        fill(to.image, weak.image.take());
        fill(to.language, weak.language.take().or_else(|| weak.scope_language.take()));
        if to.authors.is_empty() {
            *to.authors = std::mem::take(&mut weak.authors);
        }
        if to.categories.is_empty() {
            *to.categories = std::mem::take(&mut weak.categories);
        }
        if let Some(itunes) = to.itunes.as_deref().filter(|_| to.categories.is_empty()) {
            *to.categories = itunes::words(itunes);
        }
        if to.itunes.as_deref() == Some(&Itunes::default()) {
            *to.itunes = None;
        }
    }
}

/// Puts a value where there is none.
pub(super) fn fill<T>(to: &mut Option<T>, value: Option<T>) {
    if to.is_none() {
        *to = value;
    }
}

/// Puts a text where there is none, or an empty one.
pub(super) fn fill_text(to: &mut Option<Text>, text: Text) {
    if to.as_ref().is_none_or(|there| there.value.is_empty()) {
        *to = Some(text);
    }
}

/// Adds a person who is not there yet. Of two of one name, the one of whom more is said stays.
pub(super) fn add_person(to: &mut Vec<Person>, person: Option<Person>) {
    const MAX_PERSONS: usize = 200;
    let Some(person) = person.filter(|person| *person != Person::default()) else { return };
    let is_name_only = |person: &Person| person.email.is_none() && person.uri.is_none();
    match to.iter().position(|known| known.name == person.name) {
        Some(known) if is_name_only(&to[known]) => to[known] = person,
        Some(known) if is_name_only(&person) || to[known] == person => {}
        _ if to.len() < MAX_PERSONS => to.push(person),
        _ => {}
    }
}

/// Adds a category that is not there yet.
pub(super) fn add_category(to: &mut Vec<Category>, category: Category) {
    const MAX_CATEGORIES: usize = 200;
    let filled = !category.term.is_empty() || category.label.is_some();
    if filled && to.len() < MAX_CATEGORIES && !to.contains(&category) {
        to.push(category);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(name: Option<&str>, email: Option<&str>) -> Person {
        Person { name: name.map(str::to_owned), email: email.map(str::to_owned), uri: None }
    }

    #[test]
    fn a_person_named_twice_is_one_and_two_addresses_are_two() {
        let ann = person(Some("Ann"), Some("ann@example.org"));
        let (a, b) = (person(None, Some("a@example.org")), person(None, Some("b@example.org")));
        let table = [
            (vec![person(Some("Ann"), None), ann.clone()], vec![ann.clone()]),
            (vec![ann.clone(), person(Some("Ann"), None), ann.clone()], vec![ann]),
            (vec![a.clone(), b.clone(), Person::default()], vec![a, b]),
        ];
        for (given, expected) in table {
            let mut kept = Vec::new();
            given.into_iter().for_each(|person| add_person(&mut kept, Some(person)));
            assert_eq!(kept, expected);
        }
    }
}
