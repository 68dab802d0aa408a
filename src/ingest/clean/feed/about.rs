//! What a feed says of itself, and the feed that an entry credits.

use ::url::Url;

use crate::model::labels::language_tag;
use crate::model::{About, FeedMeta, PlainText};

use super::line_of;
use crate::model::link::{absolute, guid_key, link_key};

/// What a feed says of itself. `location` stands in where it does not say where it is.
pub(super) fn about(meta: &FeedMeta, base: Option<&Url>, location: Option<&Url>) -> About {
    let own = meta.links.iter().find(|link| link.rel.as_deref() == Some("self"));
    let line = |text: &Option<_>| text.as_ref().map(line_of).filter(|line: &PlainText| !line.is_empty());
    About {
        title: line(&meta.title),
        site: meta
            .link
            .as_deref()
            .filter(|link| !link.trim().is_empty())
            .and_then(|link| absolute(link, base)),
        feed: own.and_then(|link| absolute(&link.href, base)).or_else(|| location.cloned()),
        id: meta.id.as_deref().map(str::trim).filter(|id| is_uri(id)).map(str::to_owned),
        language: meta.language.as_deref().and_then(language_tag),
        rights: line(&meta.rights),
        updated: meta.updated,
        is_page: false,
    }
}

/// The feed that an entry credits, where it is another than its own and can be named.
pub(super) fn credits(source: &FeedMeta, own: &About) -> Option<About> {
    let base = source.base.as_deref().and_then(|base| absolute(base, None));
    let credited = about(source, base.as_ref(), None);
    let is_named = credited.title.is_some() || credited.site.is_some() || credited.feed.is_some();
    (is_named && !is_same(&credited, own)).then_some(credited)
}

fn is_same(one: &About, other: &About) -> bool {
    let id = |about: &About| about.id.as_deref().map(guid_key);
    let feed = |about: &About| about.feed.as_ref().map(link_key);
    let same = |one: Option<_>, other| one.is_some() && one == other;
    same(id(one), id(other)) || same(feed(one), feed(other))
}

/// Whether a text is an absolute URI (RFC 3986 §4.3).
fn is_uri(text: &str) -> bool {
    Url::parse(text).is_ok() && !text.contains(char::is_whitespace)
}
