//! What the classes and ids of an element say about it, word by word: `ArticlePage-authorName` is of an author.

/// A set of hints.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Hints(u16);

impl Hints {
    /// Somebody's name, or the line it stands in.
    pub(super) const AUTHOR: Self = Self(1);
    /// Some lines about the author.
    pub(super) const BIO: Self = Self(1 << 1);
    pub(super) const DATE: Self = Self(1 << 2);
    /// When something was changed.
    pub(super) const UPDATED: Self = Self(1 << 3);
    pub(super) const COMMENT: Self = Self(1 << 4);
    /// Beside the article: other articles, navigation, sign-up forms.
    pub(super) const ASIDE: Self = Self(1 << 5);
    /// When it appeared; an unchanged post of a blog is `published updated`.
    pub(super) const PUBLISHED: Self = Self(1 << 7);
    /// A picture, or who took it.
    pub(super) const PICTURE: Self = Self(1 << 6);

    pub(super) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    #[must_use]
    pub(super) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    #[must_use]
    pub(super) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
}

/// Bytes of a class or id that are looked at.
const LONGEST: usize = 400;

/// What the names in a `class` or `id` say together.
pub(super) fn hints(names: &str) -> Hints {
    let names = &names[..names.floor_char_boundary(LONGEST)];
    names.split_ascii_whitespace().map(name_hints).fold(Hints::default(), Hints::with)
}

fn name_hints(name: &str) -> Hints {
    // The labels that a blog gives its posts say nothing of the element.
    if ["category-", "tag-", "elementor-", "has-", "no-", "with-", "hide-"]
        .iter()
        .any(|start| name.starts_with(start))
    {
        return Hints::default();
    }
    let found = Words { rest: name }.map(word_hints).fold(Hints::default(), Hints::with);
    // The foot of the article is a part of it.
    let is_own = name.starts_with("entry") || name.starts_with("post-") || name.starts_with("article");
    if is_own && !found.has(Hints::COMMENT) && name.contains("footer") {
        return found.without(Hints::ASIDE);
    }
    found
}

/// The words of one name, parted by signs and capitals.
struct Words<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Words<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let bytes = self.rest.as_bytes();
        let start = bytes.iter().position(u8::is_ascii_alphabetic)?;
        let is_end = |at: usize| {
            let (byte, before) = (bytes[at], bytes[at - 1]);
            !byte.is_ascii_alphabetic() && byte.is_ascii()
                || byte.is_ascii_uppercase() && before.is_ascii_lowercase()
        };
        let end = (start + 1..bytes.len()).find(|&at| is_end(at)).unwrap_or(bytes.len());
        let (word, rest) = (&self.rest[start..end], &self.rest[end..]);
        self.rest = rest;
        Some(word)
    }
}

fn word_hints(word: &str) -> Hints {
    if !(3..=24).contains(&word.len()) {
        return Hints::default();
    }
    let mut buffer = [0_u8; 24];
    let lower = &mut buffer[..word.len()];
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    let Ok(word) = std::str::from_utf8(lower) else { return Hints::default() };
    match word {
        "byline" | "bylines" | "vcard" | "writer" | "auteur" | "auteurs" | "autor" | "autoren"
        | "autorin" | "autores" | "autore" | "verfasser" | "skribent" | "contributor" | "contributors"
        | "journalist" | "creator" | "redacteur" | "yazar" => Hints::AUTHOR,
        _ if word.starts_with("author") => Hints::AUTHOR,
        "bio" | "biography" | "biographical" | "aboutauthor" => Hints::BIO,
        "date" | "dates" | "datetime" | "dateline" | "time" | "timestamp" | "datum" | "fecha" | "data"
        | "postdate" | "meta" | "metadata" | "info" | "zeit" | "tarih" => Hints::DATE,
        "published" | "publish" | "publishdate" | "pubdate" | "publication" | "posted" | "datepublished"
        | "created" | "entrydate" => Hints::DATE.with(Hints::PUBLISHED),
        "updated" | "modified" | "datemodified" | "update" | "lastupdated" => {
            Hints::UPDATED.with(Hints::DATE)
        }
        "comment" | "comments" | "commentlist" | "disqus" | "respond" | "kommentare" | "kommentar"
        | "commentaires" | "comentarios" | "commenter" | "replies" => Hints::COMMENT,
        "related" | "recommended" | "recommendations" | "recommendation" | "sidebar" | "popular"
        | "trending" | "mostread" | "newsletter" | "footer" | "outbrain" | "taboola" | "widget" | "menu"
        | "nav" | "navigation" | "promo" | "readmore" | "carousel" | "breadcrumb" | "breadcrumbs" => {
            Hints::ASIDE
        }
        "image" | "img" | "avatar" | "photo" | "picture" | "caption" | "credit" | "copyright" => {
            Hints::PICTURE
        }
        _ => Hints::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_class_tell_what_an_element_is() {
        let table = [
            ("ArticlePage-authorName", Hints::AUTHOR),
            ("c-byline__item", Hints::AUTHOR),
            ("authorname-txt", Hints::AUTHOR),
            ("author-bio", Hints::AUTHOR.with(Hints::BIO)),
            ("authority", Hints::AUTHOR),
            ("entry-date published", Hints::DATE.with(Hints::PUBLISHED)),
            ("candidate", Hints::default()),
            ("post category-related tag-comments", Hints::default()),
            ("comment-author vcard", Hints::COMMENT.with(Hints::AUTHOR)),
            ("has-sidebar", Hints::default()),
            ("sidebar-right", Hints::ASIDE),
            ("site-footer", Hints::ASIDE),
            ("entry-footer", Hints::default()),
            ("elementor-widget", Hints::default()),
            ("größe-datum", Hints::DATE),
            ("", Hints::default()),
        ];
        for (names, wanted) in table {
            assert_eq!(hints(names), wanted, "{names}");
        }
    }
}
