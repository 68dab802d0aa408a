//! JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1), tolerantly: a field of the wrong type costs that field, a broken
//! item that item, and what can be repaired or read in spite of a cut is.
//!
//! The document is first taken apart into raw values (`skeleton`), since `feed_url`, the base of every relative URL,
//! may come last; then each value is read for itself (`fields`).

mod entry;
mod fields;
mod meta;
mod own;
mod repair;
mod rss;
mod skeleton;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use super::feed::parse_xml;
use super::{Hints, ParseError};
use crate::model::parts::Warning;
use crate::model::{FeedDocument, InputFormat};

use fields::Reader;
use skeleton::{Items, MAX_ITEMS, Skeleton};

/// A text that is nearly JSON, as JSON.
pub(in crate::ingest) fn repaired(text: &str) -> Cow<'_, str> {
    repair::repair(text).text
}

/// Reads a JSON Feed. Warnings of a document that had to be repaired before it could be read give their places in the
/// repaired text, in which line breaks inside strings are gone.
///
/// # Errors
/// [`ParseError::Json`] where it is no JSON, [`ParseError::NotAFeed`] where it is some other JSON.
pub fn parse_json(text: &str, hints: &Hints) -> Result<FeedDocument, ParseError> {
    let text = text.trim_start_matches('\u{feff}');
    if text.trim_start().is_empty() {
        return Err(ParseError::Empty);
    }
    let (skeleton, outcome) = Skeleton::read(text);
    let Err(error) = outcome else { return feed(text, skeleton, hints, Vec::new()) };
    if let (Items::None, Some(lines)) = (&skeleton.items, Skeleton::read_lines(text)) {
        return feed(text, lines, hints, Vec::new());
    }
    if skeleton.is_whole && skeleton.has_items() {
        return feed(text, skeleton, hints, vec![cut_off(&error)]);
    }
    let repaired = repair::repair(text);
    let mut warnings = repaired.warnings;
    let (skeleton, outcome) = match repaired.text {
        Cow::Borrowed(_) => (skeleton, Err(error)),
        // What is told of a document that is beyond repair is what was wrong first.
        Cow::Owned(_) => match Skeleton::read(&repaired.text) {
            (repaired, Err(_)) if !repaired.has_items() => (repaired, Err(error)),
            read => read,
        },
    };
    if let Err(error) = outcome {
        if !skeleton.has_items() {
            return Err(no_feed(&skeleton, &error));
        }
        warnings.push(cut_off(&error));
    }
    feed(&repaired.text, skeleton, hints, warnings)
}

/// Why a document out of which no item could be read is no feed.
fn no_feed(skeleton: &Skeleton<'_>, error: &serde_json::Error) -> ParseError {
    match skeleton.items {
        Items::NoObject => ParseError::NotAFeed { found: "JSON, but not an object".to_owned() },
        _ => ParseError::Json { line: error.line(), column: error.column().max(1), cause: cause(error) },
    }
}

fn cut_off(error: &serde_json::Error) -> Warning {
    Warning {
        line: u32::try_from(error.line()).unwrap_or(u32::MAX),
        column: u32::try_from(error.column().max(1)).unwrap_or(u32::MAX),
        code: "unreadable-rest",
        message: format!("{}: what comes from here on is left out", cause(error)),
    }
}

/// What the reader says, without the place, which stands in a field of its own.
fn cause(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    message.strip_suffix(&place).unwrap_or(&message).to_owned()
}

fn feed(
    text: &str,
    mut skeleton: Skeleton<'_>,
    hints: &Hints,
    warnings: Vec<Warning>,
) -> Result<FeedDocument, ParseError> {
    if let Some(feed) = skeleton.only_item().and_then(|only| listed_feed(only, hints)) {
        return Ok(feed);
    }
    if skeleton.is_list && !skeleton.is_of_items() {
        return Err(ParseError::NotAFeed { found: "JSON, but not an object".to_owned() });
    }
    let mut reader = Reader::new(text, warnings);
    let version = skeleton.fields.take("version").map(|raw| (reader.string(raw), raw));
    let version = version.and_then(|(version, raw)| version.map(|version| (version, raw)));
    let says_feed = version.as_ref().is_some_and(|(version, _)| version.contains("jsonfeed"));
    let items = match skeleton.items {
        Items::List(items) => items,
        _ if says_feed => {
            reader.warn_at_start("missing-items", "the feed has no list of `items`");
            Vec::new()
        }
        _ => {
            if let Some(xml) = rss::as_xml(text) {
                return parse_xml(&xml, hints);
            }
            return Err(ParseError::NotAFeed { found: "a JSON object without a list of `items`".to_owned() });
        }
    };
    let format = match &version {
        Some((version, raw)) => format_of(version).unwrap_or_else(|| {
            reader.warn(raw, "unknown-version", format!("version `{version}` is read as JSON Feed 1.1"));
            InputFormat::JsonFeed11
        }),
        None => {
            reader.warn_at_start("missing-version", "no `version`: read as JSON Feed 1.1");
            InputFormat::JsonFeed11
        }
    };
    if skeleton.too_many {
        reader.warn_at_start("too-many-entries", &format!("only the first {MAX_ITEMS} items are read"));
    }
    let meta = meta::meta(skeleton.fields, hints, &mut reader);
    let entries = items.into_iter().filter_map(|raw| entry::entry(raw, &mut reader)).collect();
    Ok(FeedDocument {
        format,
        encoding: None,
        meta,
        entries,
        warnings: reader.into_warnings(),
        deleted: Vec::new(),
    })
}

/// A feed that is the only thing in a list.
fn listed_feed(only: &serde_json::value::RawValue, hints: &Hints) -> Option<FeedDocument> {
    parse_json(only.get(), hints).ok().filter(|_| only.get().starts_with('{'))
}

/// `https://jsonfeed.org/version/1` and `.../1.1`, under any scheme and host prefix.
fn format_of(version: &str) -> Option<InputFormat> {
    match version.trim().trim_end_matches('/').rsplit('/').next()? {
        "1" | "1.0" => Some(InputFormat::JsonFeed10),
        "1.1" => Some(InputFormat::JsonFeed11),
        _ => None,
    }
}
