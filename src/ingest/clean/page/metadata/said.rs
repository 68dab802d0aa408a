//! What the attributes of one element say.

use dom_query::Element;

use super::hints::{Hints, hints};
use super::survey::MarkKind;

/// What the attributes of an element say.
#[derive(Default)]
pub(super) struct Said<'a> {
    pub(super) hints: Hints,
    /// It counts comments, or leads to them.
    pub(super) is_count: bool,
    /// It is the foot of the article, and no foot of the page.
    pub(super) is_own_foot: bool,
    pub(super) rel: Option<&'a str>,
    pub(super) property: Option<&'a str>,
    /// `content` or `datetime`.
    pub(super) value: Option<&'a str>,
    pub(super) href: Option<&'a str>,
}

impl<'a> Said<'a> {
    pub(super) fn of(element: &'a Element) -> Self {
        let mut said = Self::default();
        for attr in &element.attrs {
            let value: &'a str = &attr.value;
            match &*attr.name.local {
                "class" | "id" => {
                    said.hints = said.hints.with(hints(value));
                    said.is_count |= value.contains("comments-link") || value.contains("comments-open");
                    said.is_own_foot |=
                        value.contains("entry-") || value.contains("post-") || value.contains("article");
                }
                "rel" => said.rel = Some(value),
                "itemprop" => said.property = Some(value),
                "content" | "datetime" => said.value = Some(value),
                // Old blogs have the date in full there: <abbr class=published title="2019-05-03T10:00:00Z">.
                "title" if &*element.name.local == "abbr" => said.value = Some(value),
                "href" => said.href = Some(value),
                _ => {}
            }
        }
        said
    }

    pub(super) fn is_update(&self) -> bool {
        self.hints.has(Hints::UPDATED) && !self.hints.has(Hints::PUBLISHED)
    }

    pub(super) fn kind(&self, name: &str) -> Option<MarkKind> {
        let property = self.property.unwrap_or_default().trim();
        let kind = match property {
            "author" | "creator" => MarkKind::Author,
            "headline" => MarkKind::Headline,
            "datePublished" | "dateCreated" => MarkKind::Published,
            "dateModified" => MarkKind::Modified,
            _ if self.rel.is_some_and(|rel| rel.split_ascii_whitespace().any(|word| word == "author")) => {
                MarkKind::Author
            }
            _ if name == "time" => MarkKind::Time,
            _ if self.hints.has(Hints::COMMENT) => return None,
            _ if self.hints.has(Hints::BIO) => MarkKind::Bio,
            _ if self.hints.has(Hints::AUTHOR) && !self.hints.has(Hints::PICTURE) => MarkKind::Byline,
            _ if self.hints.has(Hints::DATE) => MarkKind::Date,
            _ => return None,
        };
        Some(kind)
    }
}
