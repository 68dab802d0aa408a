//! `overrides.toml`: what people decided by hand. Plain text that is kept in git: `[[pick]]` and `[[block]]` tables,
//! each with `article` (URL or short id), `feeds` (a list; absent: every feed), `title` and `note`.
//!
//! Nearer wins: a decision that names feeds beats one for every feed. At the same distance a block beats a pick.

mod edit;

use std::collections::{HashMap, HashSet};
use std::path::Path;

use serde::Deserialize;
use url::Url;

use crate::model::{ArticleId, FeedId, PlainText};
use crate::store::{HandDecision, HandVerb};

use super::problem::{ConfigError, Problem, Spot};
use super::reader;
use super::shapes::{OneOrMany, Placed};
use super::suggest;
use super::text::{self, Lines};

/// The overrides file.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    /// The file, byte for byte: what is edited.
    text: String,
    entries: Vec<HandEntry>,
    /// The feeds named, and where.
    named: Vec<(FeedId, Spot)>,
}

/// One decision by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandEntry {
    /// `pick` or `block`.
    pub verb: HandVerb,
    /// URL or short id.
    pub article: String,
    /// The output feeds concerned; `None`: every one.
    pub feeds: Option<Vec<FeedId>>,
    /// A better headline, for a picked page that no source has.
    pub title: Option<PlainText>,
    /// Why.
    pub note: Option<PlainText>,
}

/// The file as written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    pick: Vec<Placed<Entry>>,
    #[serde(default)]
    block: Vec<Placed<Entry>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    article: Placed<String>,
    feeds: Option<Placed<OneOrMany<String>>>,
    title: Option<Placed<String>>,
    note: Option<Placed<String>>,
}

impl Written {
    /// Every entry with its verb, in file order.
    fn entries(&self) -> Vec<(HandVerb, &Placed<Entry>)> {
        let picks = self.pick.iter().map(|entry| (HandVerb::Pick, entry));
        let blocks = self.block.iter().map(|entry| (HandVerb::Block, entry));
        let mut entries: Vec<_> = picks.chain(blocks).collect();
        entries.sort_by_key(|(_, entry)| entry.span.start);
        entries
    }
}

impl Entry {
    fn as_meant(&self, verb: HandVerb) -> HandEntry {
        let line = |text: &Option<Placed<String>>| {
            text.as_ref().map(|text| PlainText::line(&text.value)).filter(|line| !line.is_empty())
        };
        HandEntry {
            verb,
            article: self.article.value.trim().to_owned(),
            feeds: self
                .feeds
                .as_ref()
                .map(|feeds| feeds.value.0.iter().map(|feed| FeedId::new(&feed.value)).collect()),
            title: line(&self.title),
            note: line(&self.note),
        }
    }
}

impl Overrides {
    /// Reads the file; one that is not there is empty.
    ///
    /// # Errors
    /// [`ConfigError`] with every problem found.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let text = text::read_file(path)?.unwrap_or_default();
        Self::of_text(text).map_err(|problems| ConfigError { path: path.to_owned(), problems })
    }

    /// Reads the text of the file.
    ///
    /// # Errors
    /// Every problem found, in file order.
    pub fn of_text(text: String) -> Result<Self, Vec<Problem>> {
        let lines = Lines::new(&text);
        let reading = reader::read::<Written>(&lines);
        let mut problems = reading.problems;
        let written = reading.value.unwrap_or_default();
        let mut entries = Vec::new();
        let mut named = Vec::new();
        for (verb, entry) in written.entries() {
            problems.extend(fault(&lines, &entry.value));
            entries.push(entry.value.as_meant(verb));
            for feed in entry.value.feeds.iter().flat_map(|feeds| &feeds.value.0) {
                named.push((FeedId::new(&feed.value), lines.spot(&feed.span)));
            }
        }
        if problems.is_empty() { Ok(Self { text, entries, named }) } else { Err(super::in_order(problems)) }
    }

    /// The file as it was read, byte for byte.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The entries, in file order.
    #[must_use]
    pub fn entries(&self) -> &[HandEntry] {
        &self.entries
    }

    /// What they come to for these output feeds, each decision once: see the module for which one wins.
    #[must_use]
    pub fn decisions(&self, feeds: &[FeedId]) -> Vec<HandDecision> {
        let mut nearer: HashMap<(HandVerb, &str), HashSet<&FeedId>> = HashMap::new();
        for entry in &self.entries {
            for feed in entry.feeds.iter().flatten() {
                nearer.entry((entry.verb, &entry.article)).or_default().insert(feed);
            }
        }
        let mut decisions = Vec::new();
        for entry in &self.entries {
            let decided = |feed: Option<&FeedId>| HandDecision {
                verb: entry.verb,
                article: entry.article.clone(),
                feed: feed.cloned(),
            };
            match (&entry.feeds, nearer.get(&(opposite(entry.verb), entry.article.as_str()))) {
                (Some(named), _) => decisions.extend(named.iter().map(|feed| decided(Some(feed)))),
                (None, None) => decisions.push(decided(None)),
                (None, Some(opposed)) => {
                    let others = feeds.iter().filter(|feed| !opposed.contains(feed));
                    decisions.extend(others.map(|feed| decided(Some(feed))));
                }
            }
        }
        let mut seen = HashSet::new();
        decisions.retain(|decision| seen.insert(decision.clone()));
        decisions
    }

    /// A warning for each feed named here that is not among these.
    #[must_use]
    pub fn unknown_feeds(&self, feeds: &[FeedId]) -> Vec<Problem> {
        let known: Vec<&str> = feeds.iter().map(FeedId::as_str).collect();
        let unknown = self.named.iter().filter(|(feed, _)| !feeds.contains(feed));
        unknown
            .map(|(feed, spot)| Problem {
                spot: Some(spot.clone()),
                message: format!("there is no feed `{feed}`"),
                hint: suggest::hint(feed.as_str(), &known),
            })
            .collect()
    }
}

fn opposite(verb: HandVerb) -> HandVerb {
    match verb {
        HandVerb::Pick => HandVerb::Block,
        HandVerb::Block => HandVerb::Pick,
    }
}

/// What is wrong with the values of an entry.
fn fault(lines: &Lines<'_>, entry: &Entry) -> Option<Problem> {
    let article = entry.article.value.trim();
    let is_url = Url::parse(article).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    let (span, message, hint) = if !is_url && article.parse::<ArticleId>().is_err() {
        let message = format!("`{article}` is neither a URL nor the id of an article");
        (&entry.article.span, message, "`feedmill list` shows the ids")
    } else if let Some(feeds) = entry.feeds.as_ref().filter(|feeds| feeds.value.0.is_empty()) {
        (
            &feeds.span,
            "this list of feeds is empty".to_owned(),
            "name feeds, or remove the key for every feed",
        )
    } else {
        return None;
    };
    Some(Problem { spot: Some(lines.spot(span)), message, hint: Some(hint.to_owned()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn overrides(text: &str) -> Overrides {
        Overrides::of_text(text.to_owned()).unwrap()
    }

    fn said(decisions: &[HandDecision]) -> Vec<String> {
        let feed = |decision: &HandDecision| decision.feed.as_ref().map_or("*".into(), ToString::to_string);
        decisions.iter().map(|decision| format!("{:?} {}", decision.verb, feed(decision))).collect()
    }

    #[test]
    fn a_missing_file_is_empty() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Overrides::read(&folder.path().join("overrides.toml")).unwrap().entries().is_empty());
    }

    #[test]
    fn entries_are_read_in_file_order() {
        let read = overrides(
            "[[block]]\narticle = '0123456789ab'\n[[pick]]\narticle = 'https://example.org/a'\n\
             feeds = ['news']\ntitle = 'Better'\nnote = 'why'\n",
        );
        let [block, pick] = read.entries() else { panic!("two entries") };
        assert_eq!((block.verb, block.feeds.as_ref()), (HandVerb::Block, None));
        assert_eq!(pick.title.as_ref().unwrap().as_str(), "Better");
        assert_eq!(pick.feeds, Some(vec![FeedId::new("news")]));
    }

    #[test]
    fn every_problem_is_found_at_its_place() {
        let text = "[[pik]]\narticle = 'https://example.org/'\n\n[[pick]]\nartikel = 'x'\n[[block]]\narticle = 'nonsense'\n\
                    [[block]]\nfeeds = []\narticle = 'https://example.org/'\n[[pick]]\n";
        let problems = Overrides::of_text(text.to_owned()).unwrap_err();
        let found: Vec<_> = problems
            .iter()
            .map(|problem| (problem.spot.as_ref().unwrap().line, problem.message.as_str()))
            .collect();
        assert_eq!(
            found,
            [
                (1, "unknown key `pik`"),
                (5, "unknown key `artikel`"),
                (7, "`nonsense` is neither a URL nor the id of an article"),
                (9, "this list of feeds is empty"),
                (11, "`article` is missing"),
            ]
        );
        assert_eq!(problems[0].hint.as_deref(), Some("did you mean `pick`?"));
    }

    #[test]
    fn a_decision_for_one_feed_beats_one_for_all() {
        let feeds = ["a", "b", "c"].map(FeedId::new);
        let article = "article = 'https://example.org/'";
        let both = overrides(&format!("[[block]]\n{article}\n[[pick]]\n{article}\nfeeds = ['b']\n"));
        assert_eq!(said(&both.decisions(&feeds)), ["Block a", "Block c", "Pick b"]);
        let one = overrides(&format!("[[pick]]\n{article}\n[[pick]]\n{article}\n"));
        assert_eq!(said(&one.decisions(&feeds)), ["Pick *"]);
    }

    #[test]
    fn a_feed_that_is_not_there_is_warned_of() {
        let read = overrides("[[pick]]\narticle = 'https://example.org/'\nfeeds = ['nws', 'news']\n");
        let warnings = read.unknown_feeds(&[FeedId::new("news")]);
        assert_eq!(warnings.len(), 1);
        assert_eq!(warnings[0].spot.as_ref().unwrap().column, 10);
        assert_eq!(warnings[0].hint.as_deref(), Some("did you mean `news`?"));
    }
}
