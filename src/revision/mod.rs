//! What an upstream edit changed, and what that means to readers. Pure.
//!
//! Readers want to hear of it when the words have changed: headline, summary, text, who wrote it, the files. A tag, the
//! lead image, a rights line are kept as a revision and make no noise. Markup, white space, quotation marks and what
//! stands behind the `?` of an image or advertisement change with every fetch: they are the newest text, and no edit.

pub mod diff;

use url::Url;

use crate::markup::text::text_of;
use crate::model::link::link_form;
use crate::model::{ArticleBody, Attachment, Author, PlainText, SafeHtml, Weight};

/// A part of an article that readers tell from the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The title.
    Headline,
    /// The summary.
    Summary,
    /// The words of the body.
    Text,
    /// That there is a body at all.
    Length,
    /// The names of the authors.
    Authors,
    /// The enclosures, their queries aside.
    Files,
    /// The address of the article's page.
    Link,
    /// The lead image, its query aside.
    Image,
    /// The tags, in any order.
    Tags,
    /// The language.
    Language,
    /// The rights statement.
    Rights,
    /// The feed it credits.
    Credit,
}

impl Part {
    /// What a change of it means.
    #[must_use]
    pub fn weight(self) -> Weight {
        match self {
            Self::Headline | Self::Summary | Self::Text | Self::Authors | Self::Files => Weight::Correction,
            Self::Length | Self::Link | Self::Image | Self::Tags => Weight::Detail,
            Self::Language | Self::Rights | Self::Credit => Weight::Detail,
        }
    }

    /// What people call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Headline => "title",
            Self::Summary => "summary",
            Self::Text | Self::Length => "text",
            Self::Authors => "authors",
            Self::Files => "files",
            Self::Link => "url",
            Self::Image => "image",
            Self::Tags => "tags",
            Self::Language => "language",
            Self::Rights => "rights",
            Self::Credit => "credit",
        }
    }
}

/// The parts in which two bodies differ, in the order of [`Part`].
#[must_use]
pub fn changed(old: &ArticleBody, new: &ArticleBody) -> Vec<Part> {
    let title = |body: &ArticleBody| body.credits.as_ref().and_then(|about| about.title.clone());
    let parts = [
        (Part::Headline, !reads_alike(old.title.as_str(), new.title.as_str())),
        (Part::Summary, !alike(old.summary.as_ref(), new.summary.as_ref())),
        (Part::Text, is_reworded(old.content.as_ref(), new.content.as_ref())),
        (Part::Length, old.content.is_some() != new.content.is_some()),
        (Part::Authors, !same(&old.authors, &new.authors, same_author)),
        (Part::Files, !same(&old.attachments, &new.attachments, same_file)),
        (Part::Link, old.url.as_ref().map(link_form) != new.url.as_ref().map(link_form)),
        (Part::Image, old.image.as_ref().map(place) != new.image.as_ref().map(place)),
        (Part::Tags, sorted(&old.tags) != sorted(&new.tags)),
        (Part::Language, old.language != new.language),
        (Part::Rights, !alike(old.rights.as_ref(), new.rights.as_ref())),
        (Part::Credit, title(old) != title(new)),
    ];
    parts.into_iter().filter(|(_, is_changed)| *is_changed).map(|(part, _)| part).collect()
}

/// What an edit of these parts means: what the weightiest of them does.
#[must_use]
pub fn weight(parts: &[Part]) -> Weight {
    parts.iter().map(|part| part.weight()).max().unwrap_or(Weight::Retouch)
}

/// Whether two texts are the same words: white space, what cannot be seen and the shape of quotation marks and dashes
/// aside.
#[must_use]
pub fn reads_alike(one: &str, other: &str) -> bool {
    one == other || spelled(one).eq(spelled(other))
}

/// A text as it is compared.
pub(crate) fn spelled(text: &str) -> impl Iterator<Item = char> {
    let words =
        text.split(|c: char| c.is_whitespace()).map(seen).filter(|word| word.clone().next().is_some());
    words.flat_map(|word| std::iter::once(' ').chain(word))
}

fn seen(word: &str) -> impl Iterator<Item = char> + Clone {
    word.chars().filter(|c| !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')).map(
        |c| match c {
            '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}' | '\u{b4}' | '`' => '\'',
            '\u{201c}'..='\u{201f}' => '"',
            '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
            c => c,
        },
    )
}

fn alike(one: Option<&PlainText>, other: Option<&PlainText>) -> bool {
    let text = |given: Option<&PlainText>| given.map_or("", PlainText::as_str).to_owned();
    one == other || reads_alike(&text(one), &text(other))
}

/// A body that comes or goes is no other wording: see [`Part::Length`].
fn is_reworded(old: Option<&SafeHtml>, new: Option<&SafeHtml>) -> bool {
    let (Some(old), Some(new)) = (old, new) else { return false };
    old != new && !reads_alike(text_of(old).as_str(), text_of(new).as_str())
}

fn same<T>(one: &[T], other: &[T], alike: impl Fn(&T, &T) -> bool) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| alike(one, other))
}

fn same_author(one: &Author, other: &Author) -> bool {
    reads_alike(one.name.as_str(), other.name.as_str())
}

fn same_file(one: &Attachment, other: &Attachment) -> bool {
    place(&one.url) == place(&other.url)
}

/// A URL without scheme, query and fragment: the rest changes with each fetch where images and files are sold.
fn place(url: &Url) -> (Option<&str>, &str) {
    (url.host_str(), url.path())
}

fn sorted(tags: &[PlainText]) -> Vec<String> {
    let mut tags: Vec<String> = tags.iter().map(|tag| tag.as_str().to_lowercase()).collect();
    tags.sort_unstable();
    tags
}

#[cfg(test)]
mod tests;
