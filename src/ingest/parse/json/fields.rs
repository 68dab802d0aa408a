//! Raw JSON values to what the record wants of them. A value of the wrong type is none, and a warning.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::value::RawValue;

use super::repair;
use super::skeleton::Object;
use crate::ingest::parse::date::parse_date;
use crate::ingest::parse::person::{email_address, parse_person};
use crate::model::parts::{Person, Warning};
use crate::model::reference::url_of;

/// Further warnings of one document are not kept.
pub(super) const MAX_WARNINGS: usize = 100;
/// At most this many extensions an object, each name and text of at most so many bytes.
const MAX_EXTENSIONS: usize = 64;
const MAX_EXTENSION_NAME: usize = 256;
const MAX_EXTENSION_TEXT: usize = 16 * 1024;

/// Reads raw values that lie in one text, and notes what is wrong with them.
pub(super) struct Reader<'a> {
    text: &'a str,
    /// What relative URLs are relative to.
    pub(super) base: Option<String>,
    warnings: Vec<Warning>,
    /// The picture of the first author read who has one: the record has no place for it in a person.
    avatar: Option<String>,
    /// A place in the text up to which lines are counted: byte, line, start of the line.
    counted: (usize, u32, usize),
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, warnings: Vec<Warning>) -> Self {
        Self { text, base: None, avatar: None, warnings, counted: (0, 1, 0) }
    }

    pub(super) fn into_warnings(self) -> Vec<Warning> {
        self.warnings
    }

    /// Notes something wrong at a value.
    pub(super) fn warn(&mut self, raw: &RawValue, code: &'static str, message: String) {
        if self.warnings.len() < MAX_WARNINGS {
            let (line, column) = self.place(raw);
            self.warnings.push(Warning { line, column, code, message });
        }
    }

    /// Notes something wrong with the whole document.
    pub(super) fn warn_at_start(&mut self, code: &'static str, message: &str) {
        if self.warnings.len() < MAX_WARNINGS {
            self.warnings.push(Warning { line: 1, column: 1, code, message: message.to_owned() });
        }
    }

    /// Line and column of a value, which is a slice of the text.
    fn place(&mut self, raw: &RawValue) -> (u32, u32) {
        let offset = raw.get().as_ptr().addr().saturating_sub(self.text.as_ptr().addr());
        if offset < self.counted.0 {
            self.counted = (0, 1, 0);
        }
        let (from, mut line, mut line_start) = self.counted;
        for (at, _) in self.text.get(from..offset).unwrap_or_default().match_indices('\n') {
            line += 1;
            line_start = from + at + 1;
        }
        self.counted = (offset, line, line_start);
        let before = self.text.get(line_start..offset).unwrap_or_default();
        (line, u32::try_from(before.chars().count()).unwrap_or(u32::MAX).saturating_add(1))
    }

    fn wrong_type(&mut self, raw: &RawValue, wanted: &str) {
        self.warn(raw, "wrong-type", format!("{} in the place of {wanted}", kind(raw)));
    }

    /// A string; a number is taken as its digits, a list of strings as the first of them.
    pub(super) fn string(&mut self, raw: &RawValue) -> Option<String> {
        match kind(raw) {
            "a string" => self.decode(raw),
            "a number" => Some(raw.get().to_owned()),
            "a list" => {
                self.wrong_type(raw, "a string");
                let first = serde_json::from_str::<Vec<&RawValue>>(raw.get()).ok()?.into_iter().next()?;
                if kind(first) == "a string" { self.decode(first) } else { None }
            }
            _ => {
                self.wrong_type(raw, "a string");
                None
            }
        }
    }

    /// A string on which something depends: an empty one is none.
    pub(super) fn filled_string(&mut self, raw: &RawValue) -> Option<String> {
        self.string(raw).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    fn decode(&mut self, raw: &RawValue) -> Option<String> {
        if let Ok(text) = serde_json::from_str(raw.get()) {
            return Some(text);
        }
        // Half a surrogate pair passes as JSON, but is no text.
        let repaired = repair::repair(raw.get());
        let text = serde_json::from_str(&repaired.text).ok()?;
        for fault in repaired.warnings.into_iter().take(1) {
            self.warn(raw, fault.code, fault.message);
        }
        Some(text)
    }

    /// A URL, absolute where a base is known; one that is absolute is left as it is written. Also an object that has one.
    pub(super) fn url(&mut self, raw: &RawValue) -> Option<String> {
        let inner =
            serde_json::from_str::<Object<'_>>(raw.get()).ok().and_then(|mut inner| inner.take("url"));
        let written = self.filled_string(inner.unwrap_or(raw))?;
        self.absolute(raw, &written)
    }

    fn absolute(&mut self, raw: &RawValue, written: &str) -> Option<String> {
        let url = url_of(written, self.base.as_deref().unwrap_or_default());
        if url.is_none() {
            self.warn(raw, "unsafe-url", "a URL that runs or carries content, left out".to_owned());
        }
        url
    }

    pub(super) fn date(&mut self, raw: &RawValue) -> Option<DateTime<Utc>> {
        let written = self.filled_string(raw)?;
        // As .NET writes them: /Date(1700000000000)/
        let stamp = written.strip_prefix("/Date(").and_then(|stamp| stamp.strip_suffix(")/"));
        let date = parse_date(stamp.unwrap_or(&written));
        if date.is_none() {
            let shown: String = written.chars().take(60).collect();
            self.warn(raw, "bad-date", format!("`{shown}` is no date"));
        }
        date
    }

    /// A whole number that is not negative, also as a string or written with a fraction of nothing.
    pub(super) fn count(&mut self, raw: &RawValue) -> Option<u64> {
        let written = self.filled_string(raw)?;
        let whole = written.split_once('.').filter(|(_, rest)| rest.bytes().all(|byte| byte == b'0'));
        let count = whole.map_or(written.as_str(), |(whole, _)| whole).parse().ok();
        if count.is_none() {
            self.wrong_type(raw, "a whole number");
        }
        count
    }

    /// The members of a list. What stands alone where a list should is a list of one.
    pub(super) fn list(&mut self, raw: &'a RawValue) -> Vec<&'a RawValue> {
        if kind(raw) == "a list" {
            return serde_json::from_str(raw.get()).unwrap_or_default();
        }
        self.wrong_type(raw, "a list");
        vec![raw]
    }

    pub(super) fn object(&mut self, raw: &'a RawValue) -> Option<Object<'a>> {
        let object = serde_json::from_str(raw.get()).ok();
        if object.is_none() {
            self.wrong_type(raw, "an object");
        }
        object
    }

    /// `authors` (1.1), else `author` (1.0). One written as a mere string is read as a line of text.
    pub(super) fn authors(&mut self, object: &mut Object<'a>) -> Vec<Person> {
        let (many, one) = (object.take("authors"), object.take("author"));
        let raws = many.map(|raw| self.list(raw)).filter(|raws| !raws.is_empty());
        let raws = raws.unwrap_or_else(|| one.into_iter().collect());
        let persons = raws.into_iter().filter_map(|raw| self.person(raw));
        persons.filter(|person| *person != Person::default()).collect()
    }

    fn person(&mut self, raw: &'a RawValue) -> Option<Person> {
        if kind(raw) == "a string" {
            self.wrong_type(raw, "an object");
            return self.string(raw).map(|line| parse_person(&line));
        }
        let mut object = self.object(raw)?;
        let name = object.take("name").and_then(|raw| self.filled_string(raw));
        let address = object.take("url").and_then(|raw| self.filled_string(raw));
        let email = object.take("email").and_then(|raw| self.filled_string(raw));
        let avatar = object.take("avatar").and_then(|raw| self.url(raw));
        self.avatar = self.avatar.take().or(avatar);
        // `mailto:` is how the format itself gives an address (jsonfeed.org/version/1.1, "authors").
        let linked = address.as_deref().and_then(email_address).map(str::to_owned);
        let page = address.filter(|_| linked.is_none());
        let uri = page.and_then(|page| self.absolute(raw, &page));
        Some(Person { name, email: email.or(linked), uri })
    }

    /// What no other field took: strings as they are, everything else as JSON.
    pub(super) fn extensions(&mut self, object: Object<'a>) -> BTreeMap<String, String> {
        let avatar = self.avatar.take().map(|avatar| ("author_avatar".to_owned(), avatar));
        let mut extensions: BTreeMap<_, _> = avatar.into_iter().collect();
        for (name, raw) in object.0 {
            if raw.get() == "null" {
                continue;
            }
            let too_large = name.len() > MAX_EXTENSION_NAME || raw.get().len() > MAX_EXTENSION_TEXT;
            if too_large || extensions.len() == MAX_EXTENSIONS {
                self.warn(raw, "extension-left-out", "too large, or one too many".to_owned());
                continue;
            }
            let text = if kind(raw) == "a string" { self.decode(raw) } else { Some(raw.get().to_owned()) };
            extensions.extend(text.map(|text| (name.into_owned(), text)));
        }
        extensions
    }
}

/// What a value is.
fn kind(raw: &RawValue) -> &'static str {
    match raw.get().as_bytes().first() {
        Some(b'"') => "a string",
        Some(b'{') => "an object",
        Some(b'[') => "a list",
        Some(b't' | b'f') => "a boolean",
        Some(b'n') => "null",
        _ => "a number",
    }
}
