//! The iTunes podcast module (`itunes:`).

use super::super::person::parse_person;
use super::super::reader::Reader;
use super::super::record::{Building, Record, Weak, add_category, add_person, fill, fill_text};
use super::super::xml::names::Module;
use super::super::xml::tree::Element;
use super::rss::{fold, listed};
use crate::model::parts::{Category, Image, Itunes, Person};

/// As many categories or keywords as are read.
const MAX_WORDS: usize = 200;

/// Reads a child of a feed or an entry.
pub(super) fn any<'a, R: Record>(
    reader: &mut Reader<'a>,
    element: &Element<'a>,
    to: &mut Building<R>,
) -> bool {
    let (shared, weak) = (to.record.shared(), &mut to.weak);
    let itunes = shared.itunes.get_or_insert_default();
    match fold(element.local()).as_ref() {
        "author" => author(reader, element, itunes, weak),
        "owner" => owner(reader, element, itunes, weak),
        "image" => image(reader, element, itunes, weak),
        "summary" => {
            let text = reader.guessed_text(element);
            fill(&mut itunes.summary, Some(text.value.clone()).filter(|value| !value.is_empty()));
            fill_text(&mut weak.summary, text);
        }
        "subtitle" => {
            let text = reader.guessed_text(element);
            fill(&mut itunes.subtitle, Some(text.value.clone()).filter(|value| !value.is_empty()));
            fill_text(&mut weak.subtitle, text);
        }
        "title" => fill_text(&mut weak.title, reader.guessed_line(element)),
        "category" => category(reader, element, itunes),
        "keywords" => {
            let text = reader.text(element);
            let room = MAX_WORDS.saturating_sub(itunes.keywords.len());
            itunes.keywords.extend(listed(&text).take(room).map(str::to_owned));
        }
        name => return fact(reader, element, fact_of(itunes, name)),
    }
    true
}

/// The field of a plain fact.
fn fact_of<'i>(itunes: &'i mut Itunes, name: &str) -> Option<&'i mut Option<String>> {
    Some(match name {
        "block" => &mut itunes.block,
        "explicit" => &mut itunes.explicit,
        "duration" => &mut itunes.duration,
        "episode" => &mut itunes.episode,
        "season" => &mut itunes.season,
        "episodetype" => &mut itunes.episode_type,
        "type" => &mut itunes.feed_type,
        _ => return None,
    })
}

fn fact<'a>(reader: &mut Reader<'a>, element: &Element<'a>, to: Option<&mut Option<String>>) -> bool {
    let Some(to) = to else { return false };
    fill(to, reader.filled(element));
    true
}

fn author<'a>(reader: &mut Reader<'a>, element: &Element<'a>, itunes: &mut Itunes, weak: &mut Weak) {
    let Some(name) = reader.filled(element) else { return };
    add_person(&mut weak.authors, Some(parse_person(&name)));
    fill(&mut itunes.author, Some(name));
}

fn owner<'a>(reader: &mut Reader<'a>, element: &Element<'a>, itunes: &mut Itunes, weak: &mut Weak) {
    let mut owner = Person::default();
    reader.children(element, |reader, child| match child.local() {
        _ if !matches!(child.module, Module::Itunes | Module::Rss | Module::Atom) => {}
        "name" => fill(&mut owner.name, reader.filled(child)),
        "email" => fill(&mut owner.email, reader.filled(child)),
        _ => {}
    });
    if owner != Person::default() {
        fill(&mut weak.publisher, Some(owner.clone()));
        fill(&mut itunes.owner, Some(owner));
    }
}

fn image<'a>(reader: &mut Reader<'a>, element: &Element<'a>, itunes: &mut Itunes, weak: &mut Weak) {
    let href = reader.attribute_url(element, "href").or_else(|| reader.attribute_url(element, "url"));
    let Some(url) = href.or_else(|| reader.url(element)) else { return };
    fill(&mut itunes.image, Some(url.clone()));
    fill(&mut weak.image, Some(Image { url: Some(url), ..Image::default() }));
}

/// Categories stand in categories: all are listed, the outer one first.
fn category<'a>(reader: &mut Reader<'a>, element: &Element<'a>, itunes: &mut Itunes) {
    let outer = reader.attribute_string(element, "text");
    let list = &mut itunes.categories;
    let mut add = |name: Option<String>| list.extend(name.filter(|_| list.len() < MAX_WORDS));
    add(outer);
    let written =
        reader.children_and_text(element, |reader, child| add(reader.attribute_string(child, "text")));
    add((!written.is_empty()).then(|| written.into_owned()));
}

/// The categories and keywords of the module as categories of a record that has no other.
pub(in crate::ingest::parse) fn words(itunes: &Itunes) -> Vec<Category> {
    const SCHEME: &str = "http://www.itunes.com/";
    let mut found = Vec::new();
    for term in itunes.categories.iter().chain(&itunes.keywords) {
        let scheme = Some(SCHEME.to_owned());
        add_category(&mut found, Category { term: term.clone(), scheme, label: None });
    }
    found
}
