//! Rules: whether an article passes them, and why. Pure.

mod hit;

use std::borrow::Cow;
use std::cell::OnceCell;
use std::fmt;
use std::slice;

use chrono::{DateTime, Utc};

use crate::markup::text::text_of;
use crate::model::selection::{Lexicon, Rule, Searched, Test};
use crate::model::{Article, PlainText};

use hit::{Hit, first_bound, first_hit};

/// An article as rules see it. Its texts are read out and folded when a rule first asks, and only once.
#[derive(Debug)]
pub struct Subject<'a> {
    article: &'a Article,
    source_tags: &'a [PlainText],
    now: DateTime<Utc>,
    lexicon: Option<&'a Lexicon<'a>>,
    title: Searched<'a>,
    summary: Option<Searched<'a>>,
    content: OnceCell<Option<Searched<'a>>>,
    url: Option<Searched<'a>>,
    authors: OnceCell<Vec<Searched<'a>>>,
    tags: OnceCell<Vec<Searched<'a>>>,
}

/// Why a rule matches an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// The rule's name.
    pub rule: String,
    /// One line for each key of the rule: `title has "climate" ("Climate-proof")`.
    pub because: Vec<String>,
}

impl fmt::Display for Match {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\": {}", self.rule, self.because.join(", and "))
    }
}

impl<'a> Subject<'a> {
    /// The article, with the tags that the config gives its source. Ages are counted to `now`.
    #[must_use]
    pub fn new(article: &'a Article, source_tags: &'a [PlainText], now: DateTime<Utc>) -> Self {
        let body = &article.body;
        Self {
            article,
            source_tags,
            now,
            lexicon: None,
            title: Searched::text(body.title.as_str()),
            summary: body.summary.as_ref().map(|summary| Searched::text(summary.as_str())),
            content: OnceCell::new(),
            url: body.url.as_ref().map(Searched::url),
            authors: OnceCell::new(),
            tags: OnceCell::new(),
        }
    }

    /// The subject, to be read with the lexicon of a selection: for the rules of that selection only.
    pub(super) fn with(mut self, lexicon: Option<&'a Lexicon<'a>>) -> Self {
        self.lexicon = lexicon;
        self.title = self.title.with(lexicon);
        self.summary = self.summary.map(|summary| summary.with(lexicon));
        self.url = self.url.map(|url| url.with(lexicon));
        self
    }

    /// Whether all tests of the rule hold.
    #[must_use]
    pub fn matches(&self, rule: &Rule) -> bool {
        self.all_hold(&rule.tests)
    }

    /// Why the rule matches; `None` if it does not.
    #[must_use]
    pub fn explain(&self, rule: &Rule) -> Option<Match> {
        let hits: Option<Vec<String>> =
            rule.tests.iter().map(|test| self.hit(test).map(|hit| hit.to_string())).collect();
        Some(Match { rule: rule.name.clone(), because: hits? })
    }

    /// Tries what costs least first: most rules fail, and a body takes a thousand times the work of a number.
    fn all_hold(&self, tests: &[Test]) -> bool {
        [Cost::Number, Cost::Line, Cost::Body].into_iter().all(|cost| {
            tests.iter().filter(|test| Cost::of(test) == cost).all(|test| self.hit(test).is_some())
        })
    }

    /// What makes a test hold: the first of its values that does.
    fn hit<'s>(&'s self, test: &'s Test) -> Option<Hit<'s>> {
        match test {
            Test::Title(patterns) => first_hit("title", slice::from_ref(&self.title), patterns),
            Test::Text(patterns) => first_hit("title", slice::from_ref(&self.title), patterns)
                .or_else(|| first_hit("summary", self.summary.as_slice(), patterns))
                .or_else(|| first_hit("body", self.content(), patterns)),
            Test::Author(patterns) => first_hit("author", self.authors(), patterns),
            Test::Tag(patterns) => first_hit("tag", self.tags(), patterns),
            Test::Url(patterns) => first_hit("url", self.url.as_slice(), patterns),
            Test::Source(sources) => {
                sources.iter().find(|&source| *source == self.article.origin.source).map(Hit::Source)
            }
            Test::Age(bounds) => first_bound(bounds, self.age()).map(|bound| Hit::Age(bound, self.age())),
            Test::Words(bounds) => {
                let words = u64::from(self.article.body.words);
                first_bound(bounds, words).map(|bound| Hit::Words(bound, words))
            }
            Test::Not(tests) => (!self.all_hold(tests)).then_some(Hit::Not(tests)),
        }
    }

    fn content(&self) -> &[Searched<'a>] {
        let content = self.content.get_or_init(|| {
            let html = self.article.body.content.as_ref()?;
            Some(self.searched(String::from(text_of(html))))
        });
        content.as_slice()
    }

    fn authors(&self) -> &[Searched<'a>] {
        let authors = &self.article.body.authors;
        self.authors
            .get_or_init(|| authors.iter().map(|author| self.searched(author.name.as_str())).collect())
    }

    fn tags(&self) -> &[Searched<'a>] {
        let tags = self.article.body.tags.iter().chain(self.source_tags);
        self.tags.get_or_init(|| tags.map(|tag| self.searched(tag.as_str())).collect())
    }

    fn searched(&self, text: impl Into<Cow<'a, str>>) -> Searched<'a> {
        Searched::text(text).with(self.lexicon)
    }

    /// Seconds since publication; 0 for an article that is to come.
    fn age(&self) -> u64 {
        u64::try_from((self.now - self.article.published).num_seconds()).unwrap_or(0)
    }
}

/// What a test has to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Cost {
    Number,
    Line,
    Body,
}

impl Cost {
    fn of(test: &Test) -> Self {
        match test {
            Test::Source(_) | Test::Age(_) | Test::Words(_) => Self::Number,
            Test::Title(_) | Test::Author(_) | Test::Tag(_) | Test::Url(_) => Self::Line,
            Test::Text(_) => Self::Body,
            Test::Not(tests) => tests.iter().map(Self::of).max().unwrap_or(Self::Number),
        }
    }
}

#[cfg(test)]
mod tests;
