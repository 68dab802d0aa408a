//! What Feedmill writes, Feedmill reads: every output format, parsed again, says what was rendered. A format's losses
//! are what [`as_said_by`] leaves out or changes, and nothing else.

mod arbitrary;

use chrono::{DateTime, Utc};
use feedmill::ingest::decode::decode;
use feedmill::ingest::parse::person::parse_person;
use feedmill::ingest::parse::{Hints, parse};
use feedmill::model::parts::{
    Category, Enclosure, Generator, Image, Link, Media, Person, Text, TextKind, Thumbnail,
};
use feedmill::model::uri::{escape_uri, urn_uuid};
use feedmill::model::{
    Author, DeletedEntry, Entry, FeedDocument, FeedMeta, InputFormat, ItemCredit, OutputFeed, OutputFormat,
    OutputItem, PlainText, SafeHtml, Tombstone,
};
use feedmill::publish::render::render;
use proptest::prelude::*;
use url::Url;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn what_is_rendered_reads_back(feed in arbitrary::feed()) {
        for format in OutputFormat::ALL {
            let document = render(&feed, format).unwrap();
            let text = decode(&document, &Hints::default()).text;
            let read = comparable(parse(&text, &Hints::default()).unwrap());
            let expected = as_said_by(format, &feed);
            prop_assert_eq!(&read.meta, &expected.meta, "{}", text);
            for (read, expected) in read.entries.iter().zip(&expected.entries) {
                prop_assert_eq!(read, expected, "{}", text);
            }
            prop_assert_eq!(read, expected, "{}", text);
        }
    }
}

/// The record of a feed's document.
fn as_said_by(format: OutputFormat, feed: &OutputFeed) -> FeedDocument {
    match format {
        OutputFormat::Rss => as_said_by_rss(feed),
        OutputFormat::Atom => as_said_by_atom(feed),
        OutputFormat::Json => as_said_by_json(feed),
    }
}

/// RSS does not say whether a text is plain or HTML (but of `content:encoded`). The reader goes by its looks; what of a
/// text looks like markup and what does not is its own matter.
fn comparable(mut document: FeedDocument) -> FeedDocument {
    let unsaid = |text: &mut Option<Text>| {
        let doubtful = text.iter_mut().filter(|text| text.value.contains(['<', '&']));
        doubtful.for_each(|text| text.kind = TextKind::Plain);
    };
    if document.format == InputFormat::Rss20 {
        unsaid(&mut document.meta.title);
        unsaid(&mut document.meta.subtitle);
        for entry in &mut document.entries {
            unsaid(&mut entry.title);
            unsaid(&mut entry.summary);
            unsaid(&mut entry.rights);
            entry.source.iter_mut().for_each(|source| unsaid(&mut source.title));
        }
    }
    document
}

/// Lost: what was deleted (JSON Feed too); `updated` of a feed without items. `link` must be there: the base, else a name, stands in.
fn as_said_by_rss(feed: &OutputFeed) -> FeedDocument {
    let name = || urn_uuid(&[feed.id.as_str(), feed.title.as_str()]);
    let home = feed.link.as_ref().or(feed.base_url.as_ref()).map_or_else(name, uri);
    let own = feed.self_url(OutputFormat::Rss).map(|url| typed(link("self", &url), OutputFormat::Rss));
    let meta = FeedMeta {
        title: Some(plain(&feed.title, None)),
        subtitle: Some(plain(&feed.description, None)),
        links: [Some(alternate(home.clone())), own].into_iter().flatten().collect(),
        link: Some(home),
        language: feed.language.clone(),
        updated: Some(seconds(feed.updated)).filter(|_| !feed.items.is_empty()),
        generator: generator(),
        ..FeedMeta::default()
    };
    document(InputFormat::Rss20, meta, feed.items.iter().map(|item| rss_entry(feed, item)).collect())
}

/// Lost: `excerpt` (the summary has its words); the page of an author; all attachments but the first; the site and id
/// of the source, and all of it if its feed is not known; `updated` of what did not change.
/// Changed: an empty summary stands before a content; a length not known is 0; an author is one line of text, in which
/// an address is an address; a permalink is the link of an item that has none.
fn rss_entry(feed: &OutputFeed, item: &OutputItem) -> Entry {
    let summary = item.summary.as_ref().map(SafeHtml::as_str);
    let permalink = || Some(item.guid.value.clone()).filter(|_| item.guid.is_permalink);
    let enclosure = |enclosure: Enclosure| Enclosure { length: enclosure.length.or(Some(0)), ..enclosure };
    Entry {
        guid_is_permalink: Some(item.guid.is_permalink),
        title: Some(plain(&item.title, None)),
        summary: summary.or(item.content.as_ref().map(|_| "")).map(Text::plain),
        content: item.content.iter().map(|content| html(content, None)).collect(),
        link: item.url.as_ref().map(uri).or_else(permalink),
        links: item.url.iter().map(|url| alternate(uri(url))).collect(),
        language: own_language(feed, item),
        updated: changed(item),
        authors: distinct(item.authors.iter().map(|author| parse_person(author.name.as_str()))),
        enclosures: enclosures(item).into_iter().take(1).map(enclosure).collect(),
        rights: item.rights.as_ref().map(|rights| plain(rights, None)),
        source: item.credit.as_ref().and_then(rss_source).map(Box::new),
        media: thumbnail(item),
        ..entry(item)
    }
}

fn rss_source(credit: &ItemCredit) -> Option<FeedMeta> {
    let feed = credit.feed.as_ref()?;
    Some(FeedMeta {
        title: Some(plain(&credit.name, None)),
        link: Some(uri(feed)),
        links: vec![link("self", feed)],
        ..FeedMeta::default()
    })
}

/// `id` must be there: where the feed is served nowhere, a name stands in.
fn as_said_by_atom(feed: &OutputFeed) -> FeedDocument {
    let language = feed.language.as_deref();
    let name = || urn_uuid(&[feed.id.as_str(), feed.title.as_str()]);
    let own = feed.self_url(OutputFormat::Atom);
    let self_link = own.as_ref().map(|url| typed(link("self", url), OutputFormat::Atom));
    let meta = FeedMeta {
        title: Some(plain(&feed.title, language)),
        subtitle: Some(plain(&feed.description, language)),
        link: feed.link.as_ref().map(uri),
        links: self_link.into_iter().chain(feed.link.iter().map(|url| link("alternate", url))).collect(),
        id: Some(own.as_ref().map_or_else(name, uri)),
        language: feed.language.clone(),
        updated: Some(seconds(feed.updated)),
        generator: generator(),
        ..FeedMeta::default()
    };
    let entries = feed.items.iter().map(|item| atom_entry(feed, item)).collect();
    let deleted = |tombstone: &Tombstone| DeletedEntry {
        id: tombstone.id.clone(),
        when: Some(seconds(tombstone.at)),
        ..DeletedEntry::default()
    };
    let deleted = feed.deleted.iter().map(deleted).collect();
    FeedDocument { deleted, ..document(InputFormat::Atom10, meta, entries) }
}

/// Lost: `excerpt` (the summary has its words); whether the id is a permalink. The language is that of the texts.
/// Changed: one without authors is by its source, else by the feed; one without content and page, or without any words,
/// has its summary or title for content.
fn atom_entry(feed: &OutputFeed, item: &OutputItem) -> Entry {
    let all = feed.language.as_deref();
    let language = item.language.as_deref().or(all);
    let files = item.attachments.iter().zip(enclosures(item)).map(|(attachment, enclosure)| Link {
        media_type: enclosure.media_type,
        length: enclosure.length,
        ..link("enclosure", &attachment.url)
    });
    let content = match (&item.content, &item.summary) {
        (Some(content), _) => Some(html(content, language)),
        (None, Some(summary)) => item.url.is_none().then(|| html(summary, language)),
        (None, None) => Some(plain(&item.title, language)),
    };
    let by = |name: &PlainText| vec![person(name, None)];
    let authors = match &item.credit {
        _ if !item.authors.is_empty() => item.authors.iter().map(author).collect(),
        Some(credit) => by(&credit.name),
        None => by(&feed.title),
    };
    Entry {
        title: Some(plain(&item.title, language)),
        summary: item.summary.as_ref().map(|summary| html(summary, language)),
        content: content.into_iter().collect(),
        link: item.url.as_ref().map(uri),
        links: item.url.iter().map(|url| link("alternate", url)).chain(files).collect(),
        updated: Some(seconds(item.updated)),
        authors,
        enclosures: enclosures(item),
        rights: item.rights.as_ref().map(|rights| plain(rights, all)),
        source: item.credit.as_ref().map(|credit| Box::new(atom_source(credit, all))),
        media: thumbnail(item),
        ..entry(item)
    }
}

/// A source without an id has one made of its name.
fn atom_source(credit: &ItemCredit, language: Option<&str>) -> FeedMeta {
    let own = credit.feed.iter().map(|url| link("self", url));
    FeedMeta {
        title: Some(plain(&credit.name, language)),
        id: credit.id.clone().or_else(|| Some(urn_uuid(&[credit.name.as_str()]))),
        link: credit.site.as_ref().map(uri),
        links: own.chain(credit.site.iter().map(|url| link("alternate", url))).collect(),
        updated: Some(seconds(credit.updated)),
        ..FeedMeta::default()
    }
}

/// Lost: `updated`.
fn as_said_by_json(feed: &OutputFeed) -> FeedDocument {
    let own = feed.self_url(OutputFormat::Json);
    let meta = FeedMeta {
        title: Some(plain(&feed.title, None)),
        subtitle: Some(plain(&feed.description, None)),
        link: feed.link.as_ref().map(uri),
        links: own.iter().map(|url| link("self", url)).collect(),
        language: feed.language.clone(),
        ..FeedMeta::default()
    };
    document(InputFormat::JsonFeed11, meta, feed.items.iter().map(|item| json_entry(feed, item)).collect())
}

/// Lost: whether the id is a permalink; `summary`, if there is a content; the source's id and `updated`; `updated` of
/// what did not change. Changed: one without content has its summary, else its title, for content.
fn json_entry(feed: &OutputFeed, item: &OutputItem) -> Entry {
    let base = feed.self_url(OutputFormat::Json).as_ref().map(uri);
    let body = item.content.as_ref().or(item.summary.as_ref()).map(|body| Text { base, ..html(body, None) });
    Entry {
        title: Some(plain(&item.title, None)),
        summary: item.excerpt.as_ref().map(|excerpt| plain(excerpt, None)),
        content: vec![body.unwrap_or_else(|| plain(&item.title, None))],
        link: item.url.as_ref().map(uri),
        language: own_language(feed, item),
        updated: changed(item),
        authors: item.authors.iter().map(author).collect(),
        image: item.image.as_ref().map(|url| Image { url: Some(uri(url)), ..Image::default() }),
        enclosures: enclosures(item),
        rights: item.rights.as_ref().map(|rights| plain(rights, None)),
        source: item.credit.as_ref().map(|credit| Box::new(json_source(credit))),
        ..entry(item)
    }
}

fn json_source(credit: &ItemCredit) -> FeedMeta {
    FeedMeta {
        title: Some(plain(&credit.name, None)),
        link: credit.site.as_ref().map(uri),
        links: credit.feed.iter().map(|url| link("self", url)).collect(),
        ..FeedMeta::default()
    }
}

fn document(format: InputFormat, meta: FeedMeta, entries: Vec<Entry>) -> FeedDocument {
    FeedDocument { format, meta, entries, ..FeedDocument::default() }
}

/// What all formats say of an item.
fn entry(item: &OutputItem) -> Entry {
    let category = |tag: &PlainText| Category { term: tag.as_str().to_owned(), ..Category::default() };
    Entry {
        id: Some(item.guid.value.clone()),
        published: Some(seconds(item.published)),
        categories: item.tags.iter().map(category).collect(),
        ..Entry::default()
    }
}

/// Written where it is later than the publication.
fn changed(item: &OutputItem) -> Option<DateTime<Utc>> {
    Some(seconds(item.updated)).filter(|_| item.updated > item.published)
}

/// Written where it is not the feed's.
fn own_language(feed: &OutputFeed, item: &OutputItem) -> Option<String> {
    item.language.clone().filter(|language| feed.language.as_ref() != Some(language))
}

/// All formats: whole seconds, years 1 to 9999.
fn seconds(date: DateTime<Utc>) -> DateTime<Utc> {
    let [first, last] = ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"].map(|date| date.parse().unwrap());
    DateTime::from_timestamp(date.timestamp(), 0).unwrap().clamp(first, last)
}

/// All formats: an URL is written as RFC 3986 has it.
fn uri(url: &Url) -> String {
    escape_uri(url.as_str()).into_owned()
}

fn link(rel: &str, url: &Url) -> Link {
    Link { rel: Some(rel.to_owned()), ..alternate(uri(url)) }
}

fn alternate(href: String) -> Link {
    Link { href, rel: Some("alternate".to_owned()), ..Link::default() }
}

fn typed(link: Link, format: OutputFormat) -> Link {
    Link { media_type: Some(format.media_type().to_owned()), ..link }
}

fn plain(text: &PlainText, language: Option<&str>) -> Text {
    Text { language: language.map(str::to_owned), ..Text::plain(text.as_str()) }
}

fn html(html: &SafeHtml, language: Option<&str>) -> Text {
    Text { language: language.map(str::to_owned), ..Text::html(html.as_str()) }
}

fn generator() -> Option<Generator> {
    Some(Generator { name: Some("Feedmill".to_owned()), ..Generator::default() })
}

fn author(author: &Author) -> Person {
    person(&author.name, author.url.as_ref())
}

fn person(name: &PlainText, url: Option<&Url>) -> Person {
    Person { name: Some(name.as_str().to_owned()), uri: url.map(uri), ..Person::default() }
}

fn distinct(persons: impl Iterator<Item = Person>) -> Vec<Person> {
    let mut kept: Vec<Person> = Vec::new();
    for person in persons {
        if person != Person::default() && !kept.iter().any(|known| known.name == person.name) {
            kept.push(person);
        }
    }
    kept
}

fn enclosures(item: &OutputItem) -> Vec<Enclosure> {
    let enclosure = |file: &feedmill::model::Attachment| Enclosure {
        url: uri(&file.url),
        media_type: Some(file.media_type.clone()),
        length: file.length,
    };
    item.attachments.iter().map(enclosure).collect()
}

/// RSS and Atom: the lead image is a thumbnail of Media RSS.
fn thumbnail(item: &OutputItem) -> Vec<Media> {
    let media = |url: &Url| Media {
        thumbnails: vec![Thumbnail { url: uri(url), ..Thumbnail::default() }],
        ..Media::default()
    };
    item.image.iter().map(media).collect()
}
