//! Feeds: entries as parsed to drafts.

mod about;
mod body;
mod files;
mod people;
#[cfg(test)]
mod tests;

use std::cell::OnceCell;

use ::url::Url;
use chrono::{DateTime, Utc};

use crate::model::labels::language_tag;
use crate::model::parts::{Text, TextKind};
use crate::model::words::count_words;
use crate::model::{
    About, ArticleBody, Author, CleanSteps, DeletedEntry, Deletion, Draft, Entry, FeedDocument, Guid,
    InputFormat, Key, PlainText,
};

use super::keys::{article_link_key, hash_key};
use super::steps::links_cleaned;
use super::{Cleaned, Sanitizer};
use crate::markup::text::{html_block, html_line};
use crate::model::link::{UrlCleaning, absolute, cleaned, form_of_clean, guid_key, link_form, link_key};
use body::Bodies;

/// Words of a body that stand in for a headline that is not there.
const TITLE_WORDS: usize = 12;

/// Cleans a feed document. `location` is where it was fetched from, `None` for a file. An entry that says nothing at
/// all (no headline, link, text or file) gives no draft.
#[must_use]
pub fn clean(document: FeedDocument, location: Option<&Url>) -> Cleaned {
    clean_by(document, location, CleanSteps::ALL)
}

/// As [`clean`], with the steps that a source's config leaves.
#[must_use]
pub fn clean_by(document: FeedDocument, location: Option<&Url>, steps: CleanSteps) -> Cleaned {
    let FeedDocument { format, meta, entries, deleted, .. } = document;
    let declared = meta.base.as_deref().and_then(|base| absolute(base, location));
    let base = declared.clone().or_else(|| location.cloned());
    let about =
        About { is_page: format == InputFormat::HFeed, ..about::about(&meta, base.as_ref(), location) };
    let feed = Feed {
        sanitizer: OnceCell::new(),
        steps,
        authors: people::authors(&meta.authors, base.as_ref()),
        base: base.or_else(|| about.site.clone()),
        declared,
        site: about.site.as_ref().map(link_key),
        about: &about,
    };
    let drafts = entries.iter().filter_map(|entry| feed.draft(entry)).collect();
    let deletion = |entry: DeletedEntry| Deletion { key: guid_key(entry.id.trim()), at: entry.when };
    Cleaned { about, drafts, deleted: deleted.into_iter().map(deletion).collect() }
}

/// What an entry takes from its feed.
struct Feed<'a> {
    /// Made for the first text with markup: many feeds have none, and making it costs as much as cleaning some.
    sanitizer: OnceCell<Sanitizer>,
    steps: CleanSteps,
    about: &'a About,
    /// The key of the site: a link to it tells no article from another.
    site: Option<Key>,
    authors: Vec<Author>,
    /// The feed's `xml:base`.
    declared: Option<Url>,
    /// Where relative URLs start: `xml:base`, location, site.
    base: Option<Url>,
}

/// An entry's page, and where its URLs start.
#[derive(Clone, Copy)]
struct Places<'a> {
    /// The article's page.
    page: Option<&'a Url>,
    /// For the entry's own links.
    links: Option<&'a Url>,
    /// For HTML that names no base of its own.
    html: Option<&'a Url>,
}

impl Feed<'_> {
    fn draft(&self, entry: &Entry) -> Option<Draft> {
        let declared = entry.base.as_deref().and_then(|base| absolute(base, self.base.as_ref()));
        let links = declared.as_ref().or(self.base.as_ref());
        let page = page_of(entry, links, self.steps);
        let html = declared.as_ref().or(self.declared.as_ref()).or(page.as_ref()).or(links);
        let title = entry.title.as_ref().map(line_of).filter(|title| !title.is_empty());
        let texts = Bodies::of(entry, self, (Places { page: page.as_ref(), links, html }, title.as_ref()));
        let body = self.body(entry, texts, (links, page, title))?;
        let (published, updated) = dates(entry);
        let guid = guid(entry, body.url.is_some());
        Some(Draft { keys: self.keys(entry, &body), guid, body, published, updated, file_time: None })
    }

    fn body(
        &self,
        entry: &Entry,
        texts: Bodies,
        (base, page, told): (Option<&Url>, Option<Url>, Option<PlainText>),
    ) -> Option<ArticleBody> {
        let attachments = files::attachments(entry, base);
        let is_nothing = told.is_none() && page.is_none() && texts.is_nothing() && attachments.is_empty();
        if is_nothing {
            return None;
        }
        let authors = people::authors(&entry.authors, base);
        Some(ArticleBody {
            title: told.unwrap_or_else(|| stand_in_title(texts.text(), page.as_ref())),
            words: count_words(texts.text()),
            authors: if authors.is_empty() { self.authors.clone() } else { authors },
            tags: people::tags(&entry.categories),
            language: self.language(entry),
            rights: entry.rights.as_ref().map(line_of).filter(|rights| !rights.is_empty()),
            image: files::image(entry, base),
            attachments,
            credits: entry
                .source
                .as_deref()
                .and_then(|source| about::credits(source, self.about))
                .map(Box::new),
            summary: texts.summary,
            content: texts.content,
            url: page,
        })
    }

    /// The entry's own language, else its text's, else the feed's; `xml:lang=""` says that there is none.
    fn language(&self, entry: &Entry) -> Option<String> {
        let of_text = || entry.content.iter().chain(&entry.summary).find_map(|text| text.language.as_deref());
        match entry.language.as_deref().or_else(of_text) {
            Some("") => None,
            Some(own) => language_tag(own).or_else(|| self.about.language.clone()),
            None => self.about.language.clone(),
        }
    }

    fn keys(&self, entry: &Entry, body: &ArticleBody) -> Vec<Key> {
        let mut keys: Vec<Key> = own_id(entry).map(guid_key).into_iter().collect();
        // A page that was cleaned in full need not be so again.
        let is_clean = links_cleaned(self.steps) == UrlCleaning::ALL;
        let form = if is_clean { form_of_clean } else { link_form };
        keys.extend(body.url.as_ref().and_then(|url| article_link_key(url, form, self.site.as_ref())));
        let (published, _) = dates(entry);
        // A headline without a date ("Weekly links") is too weak to stand beside a key of the feed's own.
        if published.is_some() || keys.is_empty() {
            keys.push(hash_key(body.title.as_str(), published));
        }
        keys
    }
}

fn own_id(entry: &Entry) -> Option<&str> {
    entry.id.as_deref().map(str::trim).filter(|id| !id.is_empty())
}

/// The article's page: the entry's link, else a guid that says it is one.
fn page_of(entry: &Entry, base: Option<&Url>, steps: CleanSteps) -> Option<Url> {
    let link = entry.link.as_deref().filter(|link| !link.trim().is_empty());
    let permalink = own_id(entry).filter(|_| entry.guid_is_permalink == Some(true));
    let url = link.and_then(|link| absolute(link, base)).or_else(|| absolute(permalink?, None))?;
    Some(cleaned(url, links_cleaned(steps)))
}

/// The entry's own id, and whether it is the URL of its page: where RSS says so, or where it is its link.
fn guid(entry: &Entry, has_page: bool) -> Option<Guid> {
    let value = own_id(entry)?;
    let is_link = entry.link.as_deref().is_some_and(|link| link.trim() == value);
    // Where it is the link and has a scheme, it was read as a URL already.
    let is_page =
        is_link && has_page && ["http://", "https://"].iter().any(|scheme| value.starts_with(scheme));
    let is_permalink =
        is_page || (entry.guid_is_permalink == Some(true) || is_link) && absolute(value, None).is_some();
    Some(Guid { value: value.to_owned(), is_permalink })
}

/// When it was published, and when it was changed after that.
fn dates(entry: &Entry) -> (Option<DateTime<Utc>>, Option<DateTime<Utc>>) {
    let published = entry.published.or(entry.created).or(entry.updated);
    (published, entry.updated.filter(|&updated| Some(updated) > published))
}

/// A headline for an article without: its first words, else its address.
fn stand_in_title(text: &str, url: Option<&Url>) -> PlainText {
    let mut words = text.split_whitespace();
    let first: Vec<&str> = words.by_ref().take(TITLE_WORDS).collect();
    let more = if words.next().is_some() { "…" } else { "" };
    match (first.is_empty(), url) {
        (false, _) => PlainText::line(&format!("{}{more}", first.join(" "))),
        (true, Some(url)) => PlainText::line(url.as_str()),
        (true, None) => PlainText::line("Untitled"),
    }
}

/// A text of a feed as one line.
fn line_of(text: &Text) -> PlainText {
    match text.kind {
        TextKind::Plain => PlainText::line(&text.value),
        TextKind::Html => html_line(&text.value),
    }
}

/// A text of a feed with its blocks.
fn block_of(text: &Text) -> PlainText {
    match text.kind {
        TextKind::Plain => PlainText::block(&text.value),
        TextKind::Html => html_block(&text.value),
    }
}
