//! Adding a source to a config that a person wrote: everything else stays as it was, byte for byte.

use toml_edit::{DocumentMut, Item, Table, value};

/// Why a file was not edited. It is as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// The file is no TOML: `check` says where.
    #[error("the file is not TOML, so nothing can be added to it: {0}")]
    NotToml(String),
    /// The id is there.
    #[error("there is a source `{0}` already")]
    Taken(String),
    /// What is to be edited is written in a way that is not understood.
    #[error("`{key}` is written in a way that Feedmill does not edit: write {wanted}")]
    Unusual {
        /// The key.
        key: String,
        /// How it should be written.
        wanted: String,
    },
}

/// Adds `id = "url"` to `[sources]` in the text of a config, and returns the new text.
///
/// # Errors
/// [`EditError`] where the id is taken or the text is not such that the source can be added and nothing else changes.
pub fn add_source(text: &str, id: &str, url: &str) -> Result<String, EditError> {
    let before: toml::Table = toml::from_str(text).map_err(|error| EditError::NotToml(brief(&error)))?;
    let unusual = || EditError::Unusual { key: "sources".to_owned(), wanted: "a [sources] table".to_owned() };
    let edited = match before.get("sources") {
        None => appended(text, id, url),
        Some(toml::Value::Table(sources)) if sources.contains_key(id) => {
            return Err(EditError::Taken(id.to_owned()));
        }
        Some(_) => inserted(text, id, url).ok_or_else(unusual)?,
    };
    if adds_only(&before, &edited, id) { Ok(edited) } else { Err(unusual()) }
}

/// The first line of an error, without the picture.
fn brief(error: &toml::de::Error) -> String {
    error.message().lines().next().unwrap_or_default().to_owned()
}

/// A text without sources gets a table at its end: there it cannot take other keys into itself.
fn appended(text: &str, id: &str, url: &str) -> String {
    let gap = match text {
        "" => "",
        _ if text.ends_with('\n') => "\n",
        _ => "\n\n",
    };
    let (key, url) = (toml_edit::Key::new(id), toml_edit::Value::from(url));
    format!("{text}{gap}[sources]\n{key} = {}\n", url.to_string().trim())
}

fn inserted(text: &str, id: &str, url: &str) -> Option<String> {
    let mut document: DocumentMut = text.parse().ok()?;
    let before = document.to_string();
    match document.get_mut("sources")? {
        // There are [sources.x] tables only: the new one looks like them. A [sources] header before the first would
        // stand above the comments at the head of the file.
        Item::Table(sources) if sources.is_implicit() && !sources.is_dotted() => {
            let mut source = Table::new();
            source.decor_mut().set_prefix("\n");
            source.insert("url", value(url));
            sources.insert(id, Item::Table(source));
        }
        sources => {
            sources.as_table_like_mut()?.insert(id, value(url));
        }
    }
    insert_alike(text, &before, &document.to_string())
}

/// Inserts into `text` what `after` has more than `before`, which is `text` less its carriage returns: toml_edit
/// writes line feeds only.
fn insert_alike(text: &str, before: &str, after: &str) -> Option<String> {
    let added = after.len().checked_sub(before.len())?;
    let same = before.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
    let at = (0..=same)
        .rev()
        .find(|&at| after.is_char_boundary(at) && after.get(at + added..) == before.get(at..))?;
    let chunk = after.get(at..at + added)?;
    let returns = text.contains("\r\n");
    let in_text = if returns { offset_with_returns(text, at) } else { text.len() - before.len() + at };
    let chunk = if returns { chunk.replace('\n', "\r\n") } else { chunk.to_owned() };
    let (head, tail) = (text.get(..in_text)?, text.get(in_text..)?);
    Some(format!("{head}{chunk}{tail}"))
}

/// Where in `text` an offset falls that was counted without the carriage returns of line ends.
fn offset_with_returns(text: &str, without: usize) -> usize {
    let mut left = without;
    let mut bytes = text.bytes().enumerate().peekable();
    while let Some((at, byte)) = bytes.next() {
        let line_end = byte == b'\r' && bytes.peek().is_some_and(|&(_, next)| next == b'\n');
        if left == 0 {
            return at;
        }
        left -= usize::from(!line_end);
    }
    text.len()
}

/// Whether the edited text says what the old one said, and the new source, and nothing else.
fn adds_only(before: &toml::Table, edited: &str, id: &str) -> bool {
    let Ok(mut after) = toml::from_str::<toml::Table>(edited) else { return false };
    let Some(toml::Value::Table(sources)) = after.get_mut("sources") else { return false };
    let added = sources.remove(id).is_some();
    if sources.is_empty() && !before.contains_key("sources") {
        after.remove("sources");
    }
    added && after == *before
}

/// An id like the one wanted (a host name, a title) that is a legal id and not among the existing ones.
#[must_use]
pub fn free_id<S: AsRef<str>>(wanted: &str, existing: &[S]) -> String {
    const LONGEST: usize = 40;
    let mut id = String::new();
    for c in wanted.chars().take(LONGEST) {
        if c.is_ascii_alphanumeric() {
            id.push(c.to_ascii_lowercase());
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
    }
    let stem = id.trim_end_matches('-');
    let stem = if super::check::is_free_for_sources(stem) { stem } else { "source" };
    let taken = |id: &str| existing.iter().any(|other| other.as_ref() == id);
    if !taken(stem) {
        return stem.to_owned();
    }
    // One more number than there are names: one of them is free.
    let numbered = (2..existing.len() + 3).map(|number| format!("{stem}-{number}"));
    numbered.into_iter().find(|id| !taken(id)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "https://example.org/feed.xml?a=1&b=\"2\"";

    #[test]
    fn a_source_is_added_and_every_other_byte_stays() {
        let cases = [
            ("", "[sources]\nnew = "),
            ("# only a comment", "# only a comment\n\n[sources]\nnew = "),
            ("store = 'x'\n[feeds.a]\ntitle = 'A'\n", "title = 'A'\n\n[sources]\nnew = "),
            ("[sources]\na = 'http://a/' # why\n\n# Feeds\n[feeds.a]\n", "# why\nnew = "),
            (
                "#:schema x\n[sources.a]\nurl = 'http://a/'\n\n[feeds.a]\n",
                "url = 'http://a/'\n\n[sources.new]\nurl = ",
            ),
            ("[sources]\n\n[sources.a]\nurl = 'http://a/'\n", "[sources]\nnew = "),
            ("sources = { a = 'http://a/' }\n", "{ a = 'http://a/' , new = "),
            ("sources.a = 'http://a/'\n[feeds.a]\n", "'http://a/'\nsources.new = "),
            ("[sources]\r\na = 'http://a/'\r\n[feeds.a]\r\n", "a = 'http://a/'\r\nnew = "),
        ];
        for (text, part) in cases {
            let edited = add_source(text, "new", URL).unwrap();
            assert!(edited.contains(part), "{text:?} became {edited:?}");
            let table: toml::Table = toml::from_str(&edited).unwrap();
            let source = &table["sources"]["new"];
            let url = source.as_str().or_else(|| source.get("url")?.as_str());
            assert_eq!(url, Some(URL), "{edited}");
            let mut rest = edited.lines();
            assert!(
                text.lines().all(|line| line.contains('{') || rest.any(|other| other == line)),
                "{edited:?}"
            );
        }
    }

    #[test]
    fn a_config_that_cannot_take_a_source_is_left_alone() {
        assert!(matches!(add_source("[sources", "a", URL), Err(EditError::NotToml(_))));
        assert!(matches!(add_source("sources = 5", "a", URL), Err(EditError::Unusual { .. })));
        let taken = add_source("[sources]\na = 'http://a/'", "a", URL);
        assert_eq!(taken, Err(EditError::Taken("a".into())));
    }

    #[test]
    fn a_free_id_is_legal_and_free() {
        let taken = ["example-org", "example-org-2", "source"];
        for (wanted, id) in [
            ("Example Blog!", "example-blog"),
            ("example.org", "example-org-3"),
            ("…", "source-2"),
            ("hand-picked", "source-2"),
            ("con", "source-2"),
            ("9to5", "9to5"),
        ] {
            assert_eq!(free_id(wanted, &taken), id);
        }
    }
}
