//! Writing a decision into the overrides as text: what is not concerned stays as it was, byte for byte.

use std::ops::Range;

use toml_edit::{Array, Value};

use crate::config::edit::EditError;
use crate::config::reader;
use crate::config::shapes::Placed;
use crate::config::text::Lines;
use crate::model::FeedId;
use crate::store::HandVerb;

use super::{Entry, HandEntry, Overrides, Written, opposite};

/// Stands at the head of a new file.
const HEAD: &str = "# Decided by hand: `feedmill pick` and `feedmill block` write here, and so may you.\n";

/// A change of the text.
struct Change {
    at: Range<usize>,
    by: String,
}

impl Overrides {
    /// The text of the file with this decision in it. An opposite decision goes as far as the new one reaches; a
    /// decision that is there already is kept, with a new title and note where the new one has them.
    ///
    /// # Errors
    /// [`EditError::Unusual`] where an entry to change is not a `[[pick]]` or `[[block]]` table.
    pub fn decide(&self, new: &HandEntry) -> Result<String, EditError> {
        let lines = Lines::new(&self.text);
        let written = reader::read::<Written>(&lines).value.unwrap_or_default();
        let mut changes = Vec::new();
        let mut covered = false;
        for (verb, entry) in written.entries() {
            let old = entry.value.as_meant(verb);
            if old.article != new.article {
                continue;
            }
            if verb == opposite(new.verb) {
                changes.extend(self.without(entry, verb, new.feeds.as_deref())?);
            } else if !covered && covers(old.feeds.as_deref(), new.feeds.as_deref()) {
                covered = true;
                changes.extend(self.noted(&entry.value, new));
            } else if new.feeds.is_none() {
                changes.push(self.removal(entry, verb)?);
            }
        }
        let mut text = self.with(changes);
        if !covered {
            append(&mut text, new);
        }
        Ok(text)
    }

    /// The text of the file without this decision, as far as it reaches: for every feed, or for those it names.
    ///
    /// # Errors
    /// [`EditError::Unusual`] where an entry to change is not a `[[pick]]` or `[[block]]` table.
    pub fn undo(&self, old: &HandEntry) -> Result<String, EditError> {
        let lines = Lines::new(&self.text);
        let written = reader::read::<Written>(&lines).value.unwrap_or_default();
        let mut changes = Vec::new();
        for (verb, entry) in written.entries() {
            if verb == old.verb && entry.value.as_meant(verb).article == old.article {
                changes.extend(self.without(entry, verb, old.feeds.as_deref())?);
            }
        }
        let text = self.with(changes);
        // An entry that began the file leaves the blank line below it at the head.
        Ok(if self.text.starts_with("[[") { text.trim_start().to_owned() } else { text })
    }

    /// The text with these changes, which do not overlap.
    fn with(&self, mut changes: Vec<Change>) -> String {
        let mut text = self.text.clone();
        changes.sort_by_key(|change| std::cmp::Reverse(change.at.start));
        for change in changes {
            text.replace_range(change.at, &change.by);
        }
        text
    }

    /// The entry less these feeds; less all where `feeds` is `None`. An entry for every feed stays beside a decision
    /// for some, which is nearer.
    fn without(
        &self,
        entry: &Placed<Entry>,
        verb: HandVerb,
        feeds: Option<&[FeedId]>,
    ) -> Result<Option<Change>, EditError> {
        let Some(gone) = feeds else { return self.removal(entry, verb).map(Some) };
        let Some(named) = &entry.value.feeds else { return Ok(None) };
        let stays = |feed: &&Placed<String>| !gone.iter().any(|gone| gone.as_str() == feed.value);
        let left: Array = named.value.0.iter().filter(stays).map(|feed| feed.value.as_str()).collect();
        if left.is_empty() {
            return self.removal(entry, verb).map(Some);
        }
        let change = Change { at: named.span.clone(), by: Value::from(left).to_string() };
        Ok(Some(change).filter(|_| named.value.0.iter().any(|feed| !stays(&feed))))
    }

    /// The entry with the title and note of the new decision, where it has them.
    fn noted(&self, old: &Entry, new: &HandEntry) -> Vec<Change> {
        let mut changes = Vec::new();
        for (key, old_value, new_value) in [("title", &old.title, &new.title), ("note", &old.note, &new.note)]
        {
            let Some(new_value) = new_value else { continue };
            let value = string(new_value.as_str());
            match old_value {
                Some(old_value) if old_value.value == new_value.as_str() => {}
                Some(old_value) => changes.push(Change { at: old_value.span.clone(), by: value }),
                None => {
                    let end = old.article.span.end;
                    let inline = self.text[..end]
                        .rfind(['{', '\n'])
                        .is_some_and(|at| self.text[at..].starts_with('{'));
                    let gap = if inline { ", " } else { "\n" };
                    let at = if inline { end } else { end + line_end(&self.text[end..]) };
                    changes.push(Change { at: at..at, by: format!("{gap}{key} = {value}") });
                }
            }
        }
        changes
    }

    /// Takes a table out of the text: its header, its keys and the comment that stands directly above, unless that is
    /// the head of the file.
    fn removal(&self, entry: &Placed<Entry>, verb: HandVerb) -> Result<Change, EditError> {
        let header = entry.span.clone();
        if !self.text[header.start..].starts_with("[[") {
            let key = name(verb);
            return Err(EditError::Unusual { key: key.to_owned(), wanted: format!("[[{key}]] tables") });
        }
        let Entry { article, feeds, title, note } = &entry.value;
        let lines = [Some(article), title.as_ref(), note.as_ref()];
        let ends = lines.into_iter().flatten().map(|key| key.span.end);
        let last = ends.chain(feeds.as_ref().map(|feeds| feeds.span.end)).fold(header.end, usize::max);
        let end = last + line_end(&self.text[last..]);
        let end = next_line(&self.text, end);
        let mut start = with_comment_above(&self.text, line_start(&self.text, header.start));
        // One of the blank lines around it goes too.
        let (before, after) = (&self.text[..start], &self.text[end..]);
        if before.ends_with("\n\n") && (after.is_empty() || after.starts_with('\n')) {
            start -= 1;
        }
        Ok(Change { at: start..end, by: String::new() })
    }
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |at| at + 1)
}

/// Behind the line end that stands at `at`, if one does.
fn next_line(text: &str, at: usize) -> usize {
    let end = ["\r\n", "\n"].into_iter().find(|end| text[at..].starts_with(end));
    at + end.map_or(0, str::len)
}

/// The start of the comment directly above a line, else of the line. A comment that begins the file is about the file.
fn with_comment_above(text: &str, line: usize) -> usize {
    let mut start = line;
    while start > 0 {
        let above = line_start(text, start - 1);
        if !text[above..].trim_start_matches([' ', '\t']).starts_with('#') {
            return start;
        }
        start = above;
    }
    line
}

/// Bytes to the end of the line, without the end itself.
fn line_end(rest: &str) -> usize {
    rest.find(['\r', '\n']).unwrap_or(rest.len())
}

/// Whether a decision for `old` feeds says all that one for `new` feeds says.
fn covers(old: Option<&[FeedId]>, new: Option<&[FeedId]>) -> bool {
    match (old, new) {
        (None, None) => true,
        (Some(old), Some(new)) => new.iter().all(|feed| old.contains(feed)),
        // One for every feed covers one for some only where nothing nearer opposes it: write it out.
        _ => false,
    }
}

fn append(text: &mut String, new: &HandEntry) {
    if text.trim().is_empty() {
        HEAD.clone_into(text);
    } else if !text.ends_with('\n') {
        text.push('\n');
    }
    text.push_str(&format!("\n[[{}]]\narticle = {}\n", name(new.verb), string(&new.article)));
    if let Some(feeds) = &new.feeds {
        let feeds: Array = feeds.iter().map(FeedId::as_str).collect();
        text.push_str(&format!("feeds = {}\n", Value::from(feeds).to_string().trim()));
    }
    for (key, value) in [("title", &new.title), ("note", &new.note)] {
        if let Some(value) = value {
            text.push_str(&format!("{key} = {}\n", string(value.as_str())));
        }
    }
}

fn name(verb: HandVerb) -> &'static str {
    match verb {
        HandVerb::Pick => "pick",
        HandVerb::Block => "block",
    }
}

/// A TOML string.
fn string(text: &str) -> String {
    Value::from(text).to_string().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::PlainText;

    fn entry(verb: HandVerb, feeds: Option<&[&str]>) -> HandEntry {
        HandEntry {
            verb,
            article: "https://example.org/a".to_owned(),
            feeds: feeds.map(|feeds| feeds.iter().copied().map(FeedId::new).collect()),
            title: None,
            note: None,
        }
    }

    fn decided(text: &str, new: &HandEntry) -> String {
        let after = Overrides::of_text(text.to_owned()).unwrap().decide(new).unwrap();
        let again = Overrides::of_text(after.clone()).unwrap().decide(new).unwrap();
        assert_eq!(again, after, "deciding the same again changes nothing");
        after
    }

    const A: &str = "article = \"https://example.org/a\"\n";

    #[test]
    fn a_new_file_has_a_head_and_the_decision() {
        let mut new = entry(HandVerb::Pick, Some(&["news", "rust"]));
        new.note = Some(PlainText::line("why \"so\""));
        let text = decided("", &new);
        assert!(text.starts_with("# Decided by hand"), "{text}");
        assert!(
            text.ends_with(&format!("\n[[pick]]\n{A}feeds = [\"news\", \"rust\"]\nnote = 'why \"so\"'\n")),
            "{text}"
        );
    }

    #[test]
    fn an_opposite_decision_goes_and_comments_stay() {
        let text = format!(
            "# head\n[[pick]]\narticle = 'https://example.org/x' # kept\n\n# about it\n[[block]]\n{A}note = 'n' # spam\n\n\
             # tail\n"
        );
        let after = decided(&text, &entry(HandVerb::Pick, None));
        let start = "# head\n[[pick]]\narticle = 'https://example.org/x' # kept\n\n# tail\n";
        assert_eq!(after, format!("{start}\n[[pick]]\n{A}"));
        let headed = decided(&format!("# head\n[[block]]\n{A}"), &entry(HandVerb::Pick, None));
        assert_eq!(headed, format!("# head\n\n[[pick]]\n{A}"));
    }

    #[test]
    fn a_decision_for_some_feeds_is_taken_from_the_opposite_one() {
        let some =
            decided(&format!("[[block]]\n{A}feeds = ['a', 'b']\n"), &entry(HandVerb::Pick, Some(&["a"])));
        assert_eq!(some, format!("[[block]]\n{A}feeds = [\"b\"]\n\n[[pick]]\n{A}feeds = [\"a\"]\n"));
        let all = decided(&format!("[[block]]\n{A}"), &entry(HandVerb::Pick, Some(&["a"])));
        assert_eq!(all, format!("[[block]]\n{A}\n[[pick]]\n{A}feeds = [\"a\"]\n"));
    }

    #[test]
    fn a_decision_for_every_feed_takes_the_place_of_those_for_some() {
        let text = format!("[[pick]]\n{A}feeds = ['a']\n\n[[block]]\n{A}feeds = ['b']\n");
        let after = decided(&text, &entry(HandVerb::Pick, None));
        let entries = Overrides::of_text(after).unwrap().entries().to_vec();
        assert_eq!(entries, [entry(HandVerb::Pick, None)]);
    }

    #[test]
    fn a_note_is_added_to_the_decision_that_is_there() {
        let mut new = entry(HandVerb::Pick, None);
        new.note = Some(PlainText::line("new"));
        assert_eq!(decided(&format!("[[pick]]\n{A}"), &new), format!("[[pick]]\n{A}note = \"new\"\n"));
        let old = decided(&format!("[[pick]]\n{A}note = 'old' # c\n"), &new);
        assert_eq!(old, format!("[[pick]]\n{A}note = \"new\" # c\n"));
        let inline = decided("pick = [{ article = 'https://example.org/a' }]\n", &new);
        assert_eq!(inline, "pick = [{ article = 'https://example.org/a', note = \"new\" }]\n");
    }

    #[test]
    fn a_decision_is_taken_back_as_far_as_it_is_said() {
        let text = format!("[[pick]]\n{A}feeds = ['a', 'b']\n\n[[block]]\n{A}");
        let undone =
            |verb, feeds| Overrides::of_text(text.clone()).unwrap().undo(&entry(verb, feeds)).unwrap();
        assert_eq!(undone(HandVerb::Pick, None), format!("[[block]]\n{A}"));
        assert_eq!(undone(HandVerb::Pick, Some(&["a"])), text.replace("['a', 'b']", "[\"b\"]"));
        assert_eq!(undone(HandVerb::Block, None), format!("[[pick]]\n{A}feeds = ['a', 'b']\n"));
        let other = HandEntry { article: "0123456789ab".to_owned(), ..entry(HandVerb::Pick, None) };
        assert_eq!(Overrides::of_text(text.clone()).unwrap().undo(&other).unwrap(), text);
    }

    #[test]
    fn an_inline_entry_is_not_taken_out() {
        let text = "block = [{ article = 'https://example.org/a' }]\n".to_owned();
        let error = Overrides::of_text(text).unwrap().decide(&entry(HandVerb::Pick, None));
        assert!(matches!(error, Err(EditError::Unusual { .. })), "{error:?}");
    }
}
