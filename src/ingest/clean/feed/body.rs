//! The texts of an entry: which is its summary, which its body.

use std::borrow::Cow;

use ::url::Url;

use crate::model::parts::{Text, TextKind};
use crate::model::{Entry, PlainText, SafeHtml};

use super::super::{Sanitizer, Subject};
use super::{Feed, Places, block_of};
use crate::markup::has_tags;
use crate::markup::text::{html_block, text_of};
use crate::model::link::absolute_or_base;

/// An entry's texts, cleaned.
#[derive(Debug, Default)]
pub(super) struct Bodies {
    pub(super) summary: Option<PlainText>,
    pub(super) content: Option<SafeHtml>,
    /// The text of the content, where there is some.
    text: String,
}

impl Bodies {
    pub(super) fn of(
        entry: &Entry,
        feed: &Feed<'_>,
        (places, title): (Places<'_>, Option<&PlainText>),
    ) -> Self {
        let cleaner = Cleaner { feed, places, title: title.map_or("", PlainText::as_str) };
        let summary = entry.summary.as_ref().filter(|text| is_there(text));
        let content = longest(&entry.content).and_then(|text| cleaner.content(text));
        match (summary, content) {
            (None, None) => Self::plain(said_elsewhere(entry)),
            (None, Some(content)) => Self::with(None, content),
            (Some(summary), Some(content)) => Self::with(Some(block_of(summary)), content),
            // A description with markup is the article's body, as most RSS has it; one without is a summary.
            (Some(body), None) if body.kind == TextKind::Html && has_tags(&body.value) => {
                cleaner.content(body).map(|content| Self::with(None, content)).unwrap_or_default()
            }
            (Some(summary), None) => Self::plain(block_of(summary)),
        }
    }

    /// The text of the body, else the summary: what is counted.
    pub(super) fn text(&self) -> &str {
        match (&self.content, &self.summary) {
            (None, Some(summary)) => summary.as_str(),
            _ => &self.text,
        }
    }

    pub(super) fn is_nothing(&self) -> bool {
        self.summary.is_none() && self.content.is_none()
    }

    fn plain(summary: PlainText) -> Self {
        let summary = Some(summary).filter(|summary| !summary.is_empty());
        Self { summary, content: None, text: String::new() }
    }

    fn with(summary: Option<PlainText>, (content, text): (SafeHtml, String)) -> Self {
        let is_own = |summary: &PlainText| !summary.is_empty() && !same_words(summary.as_str(), &text);
        Self { summary: summary.filter(is_own), content: Some(content), text }
    }
}

struct Cleaner<'a> {
    feed: &'a Feed<'a>,
    places: Places<'a>,
    title: &'a str,
}

impl Cleaner<'_> {
    /// What is in a text to be shown, and its words.
    fn content(&self, text: &Text) -> Option<(SafeHtml, String)> {
        let (html, words) = match text.kind {
            TextKind::Plain => {
                let html = SafeHtml::from_text(&PlainText::block(&text.value));
                let words = text_of(&html).into();
                (html, words)
            }
            TextKind::Html => self.html(text),
        };
        (!html.is_empty()).then_some((html, words))
    }

    fn html(&self, text: &Text) -> (SafeHtml, String) {
        let base = self.base(text);
        let (page, steps) = (self.places.page, self.feed.steps);
        let subject = Subject { base: base.as_deref(), page, title: self.title, steps };
        self.feed.sanitizer.get_or_init(Sanitizer::new).clean_with_text(&text.value, &subject)
    }

    fn base(&self, text: &Text) -> Option<Cow<'_, Url>> {
        let own = text.base.as_deref().and_then(|base| absolute_or_base(base, self.places.links));
        own.or(self.places.html.map(Cow::Borrowed))
    }
}

/// The longest text, HTML before plain.
fn longest(contents: &[Text]) -> Option<&Text> {
    let there = contents.iter().filter(|text| is_there(text));
    // The first of equals: `max_by_key` would take the last.
    there.rev().max_by_key(|text| (text.kind == TextKind::Html, text.value.len()))
}

/// What modules say where the feed itself says nothing.
fn said_elsewhere(entry: &Entry) -> PlainText {
    let media = entry.media.iter().find_map(|media| media.description.as_ref()).map(block_of);
    let itunes = entry.itunes.as_deref();
    let podcast = || itunes.and_then(|itunes| itunes.summary.as_deref().or(itunes.subtitle.as_deref()));
    media.or_else(|| podcast().map(html_block)).unwrap_or_default()
}

fn is_there(text: &Text) -> bool {
    !text.value.trim().is_empty()
}

fn same_words(one: &str, other: &str) -> bool {
    one.split_whitespace().eq(other.split_whitespace())
}
