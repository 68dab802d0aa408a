//! Authors and tags.

use std::collections::HashSet;

use ::url::Url;

use crate::model::parts::{Category, Person};
use crate::model::{Author, PlainText};

use crate::markup::text::html_line;
use crate::model::link::absolute;

/// Authors, or tags, that one article may have.
const MANY: usize = 50;

/// The people by name, each once.
pub(super) fn authors(people: &[Person], base: Option<&Url>) -> Vec<Author> {
    if let [person] = people {
        return author(person, base).into_iter().collect();
    }
    let mut seen = HashSet::new();
    let named = people.iter().filter_map(|person| author(person, base));
    named.filter(|author| seen.insert(author.name.as_str().to_lowercase())).take(MANY).collect()
}

/// A person by name, else by the local part of the address; the address itself is nobody's business.
fn author(person: &Person, base: Option<&Url>) -> Option<Author> {
    let own = person.name.as_deref().map(html_line).unwrap_or_default();
    let name = match own.as_str() {
        "" => local_part(person.email.as_deref()?),
        address if is_address(address) => local_part(address),
        _ => own,
    };
    let url = person.uri.as_deref().filter(|uri| !uri.trim().is_empty()).and_then(|uri| absolute(uri, base));
    (!name.is_empty()).then_some(Author { name, url, bio: None })
}

fn is_address(text: &str) -> bool {
    text.contains('@') && !text.starts_with('@') && !text.contains(char::is_whitespace)
}

fn local_part(address: &str) -> PlainText {
    PlainText::line(address.trim().split('@').next().unwrap_or_default())
}

/// Labels of categories, else their terms; each once, whatever its case.
pub(super) fn tags(categories: &[Category]) -> Vec<PlainText> {
    let mut seen = HashSet::new();
    let named = categories.iter().map(|category| {
        let label = category.label.as_deref().filter(|label| !label.trim().is_empty());
        html_line(label.unwrap_or(&category.term))
    });
    named.filter(|tag| !tag.is_empty() && seen.insert(tag.as_str().to_lowercase())).take(MANY).collect()
}
