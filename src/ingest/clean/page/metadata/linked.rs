//! The page's JSON-LD as a witness: the one article in it that this page is about, and what it says of itself.

use ::url::Url;
use serde_json::{Map, Value};

use super::super::json_ld::is_article;
use super::text::{clean, loose};
use crate::model::link::{absolute, link_form};

/// Names, tags or pictures that are read of one object.
const MANY: usize = 50;

/// The score of an article of which nothing else is known.
const ARTICLE: u32 = 4;

/// What the page's JSON-LD says of its article; empty where there is none.
#[derive(Debug, Default)]
pub(super) struct Linked {
    pub(super) headline: Option<String>,
    pub(super) description: Option<String>,
    pub(super) authors: Vec<Person>,
    pub(super) published: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) language: Option<String>,
    pub(super) images: Vec<String>,
    pub(super) tags: Vec<String>,
    /// Names of publishers, sites and organisations: whose name is among them is no author.
    pub(super) sites: Vec<String>,
}

/// Somebody who wrote it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Person {
    pub(super) name: String,
    pub(super) url: Option<Url>,
    pub(super) bio: Option<String>,
}

impl Linked {
    /// Reads the objects of a page that was fetched from `url` and whose titles, as far as known, are these.
    pub(super) fn of(objects: &[Value], titles: &[&str], url: Option<&Url>) -> Self {
        let graph = Graph { objects, url };
        let mut linked = Self { sites: graph.sites(), ..Self::default() };
        let titles: Vec<String> = titles.iter().map(|title| loose(title)).collect();
        let Some(article) = graph.article(&titles) else { return linked };
        let page = objects.iter().filter_map(Value::as_object).find(|object| is_kind(object, &["WebPage"]));
        let (headlines, said) =
            (["headline", "name"], |name: &str| text(article.get(name)).or_else(|| text(page?.get(name))));
        linked.headline = headlines.iter().find_map(|name| text(article.get(*name)));
        linked.description = text(article.get("description"));
        linked.published = said("datePublished").or_else(|| text(article.get("dateCreated")));
        linked.modified = said("dateModified");
        linked.language = said("inLanguage");
        linked.authors = graph.people(article);
        linked.images = images(article.get("image"), &graph);
        linked.tags = tags(article);
        linked
    }
}

struct Graph<'a> {
    objects: &'a [Value],
    url: Option<&'a Url>,
}

impl<'a> Graph<'a> {
    /// The article the page is about: the one with its address or its title; else the first, unless there are several
    /// that are of one kind, as in a list of news.
    fn article(&self, titles: &[String]) -> Option<&'a Map<String, Value>> {
        let scored: Vec<(u32, &Value)> =
            self.objects.iter().map(|object| (self.score(object, titles), object)).collect();
        let most = scored.iter().map(|(score, _)| *score).max().filter(|most| *most > 0)?;
        let mut best = scored.iter().filter(|(score, _)| *score == most).map(|(_, object)| *object);
        let first = best.next()?;
        let is_one_of_many =
            most <= ARTICLE && best.any(|other| text(other.get("headline")) != text(first.get("headline")));
        first.as_object().filter(|_| !is_one_of_many)
    }

    /// How likely the object is the page's article; 0 for what is none.
    fn score(&self, value: &Value, titles: &[String]) -> u32 {
        let Some(object) = value.as_object() else { return 0 };
        let kind = match () {
            () if is_article(value) => ARTICLE,
            () if is_kind(object, WORKS) => 2,
            () if is_kind(object, &["WebPage", "ItemPage"]) => 1,
            () => return 0,
        };
        let is_here = ["url", "@id", "mainEntityOfPage"].iter().any(|name| self.is_here(object.get(*name)));
        let headline = ["headline", "name"].iter().find_map(|name| text(object.get(*name)));
        let headline = headline.map(|headline| loose(&headline)).unwrap_or_default();
        let is_named = headline.len() > 3 && titles.iter().any(|title| agree(title, &headline));
        kind + 2 * u32::from(is_here) + 4 * u32::from(is_named)
    }

    /// Whether an address is that of this page.
    fn is_here(&self, value: Option<&Value>) -> bool {
        let address = value.and_then(|value| value.as_str().or_else(|| value.get("@id")?.as_str()));
        let address = address.and_then(|address| absolute(address, self.url));
        address.zip(self.url).is_some_and(|(address, url)| link_form(&address) == link_form(url))
    }

    /// The object itself, or the one in the graph that it refers to.
    fn resolved(&self, value: &'a Value) -> &'a Value {
        let Some(id) = value.get("@id").filter(|_| value.get("name").is_none()) else { return value };
        self.objects.iter().find(|object| object.get("@id") == Some(id)).unwrap_or(value)
    }

    fn people(&self, article: &'a Map<String, Value>) -> Vec<Person> {
        let people: Vec<Person> = self.named(article.get("author")).collect();
        if people.is_empty() { self.named(article.get("creator")).collect() } else { people }
    }

    fn named(&self, value: Option<&'a Value>) -> impl Iterator<Item = Person> {
        let persons = value.into_iter().flat_map(list).take(MANY).map(|value| self.resolved(value));
        persons.flat_map(|value| self.person(value))
    }

    fn person(&self, value: &'a Value) -> Vec<Person> {
        let Value::Object(object) = value else {
            return text(Some(value)).map(|name| Person { name, ..Person::default() }).into_iter().collect();
        };
        if is_kind(object, ORGANISATIONS) {
            return Vec::new();
        }
        let address = |name: &str| absolute(text(object.get(name))?.as_str(), self.url);
        let url =
            ["url", "sameAs", "@id"].into_iter().find_map(address).filter(|url| url.fragment().is_none());
        let bio = text(object.get("description"));
        let names = object.get("name").into_iter().flat_map(list).filter_map(|name| text(Some(name)));
        names.take(MANY).map(|name| Person { name, url: url.clone(), bio: bio.clone() }).collect()
    }

    fn sites(&self) -> Vec<String> {
        let mut sites = Vec::new();
        for object in self.objects.iter().filter_map(Value::as_object).take(MANY) {
            if is_kind(object, ORGANISATIONS) {
                sites.extend(["name", "alternateName"].iter().filter_map(|name| text(object.get(*name))));
            }
            for name in ["publisher", "sourceOrganization", "copyrightHolder"] {
                let named = object.get(name).map(|value| self.resolved(value));
                sites.extend(named.and_then(|value| text(value.get("name")).or_else(|| text(Some(value)))));
            }
        }
        sites
    }
}

/// Works that are not of the kinds of `Article`, but read as such.
const WORKS: &[&str] = &[
    "Recipe",
    "ClaimReview",
    "HowTo",
    "FAQPage",
    "QAPage",
    "VideoObject",
    "PodcastEpisode",
    "DiscussionForumPosting",
    "SocialMediaPosting",
    "CreativeWork",
    "Blog",
    "Event",
    "Book",
];

const ORGANISATIONS: &[&str] =
    &["Organization", "NewsMediaOrganization", "Corporation", "LocalBusiness", "Brand", "WebSite"];

/// Whether two titles that are loose already are the same, but for a site's name or an end that was cut off.
fn agree(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    short == long || short.len() >= 12 && (long.starts_with(short) || long.ends_with(short))
}

fn is_kind(object: &Map<String, Value>, kinds: &[&str]) -> bool {
    let is_one = |name: &Value| {
        let name = name.as_str().unwrap_or_default();
        kinds.contains(&name.rsplit('/').next().unwrap_or(name))
    };
    object.get("@type").into_iter().flat_map(list).any(is_one)
}

/// The values of a list; one that is none is a list of one.
fn list(value: &Value) -> &[Value] {
    match value {
        Value::Array(values) => values,
        value => std::slice::from_ref(value),
    }
}

/// A text, however it is wrapped: alone, as the first of a list, with its language (`@value`).
fn text(value: Option<&Value>) -> Option<String> {
    let text = match value? {
        Value::String(text) => text,
        Value::Array(values) => match values.first()? {
            Value::String(text) => text,
            value => value.get("@value")?.as_str()?,
        },
        Value::Object(object) => object.get("@value")?.as_str()?,
        Value::Null | Value::Bool(_) | Value::Number(_) => return None,
    };
    Some(clean(text)).filter(|text| !text.is_empty())
}

fn images(value: Option<&Value>, graph: &Graph<'_>) -> Vec<String> {
    let images = value.into_iter().flat_map(list).take(MANY).map(|value| graph.resolved(value));
    let address = |image: &Value| {
        text(Some(image)).or_else(|| text(image.get("url"))).or_else(|| text(image.get("contentUrl")))
    };
    images.filter_map(address).collect()
}

/// `keywords`, as a list or as a text with commas.
fn tags(article: &Map<String, Value>) -> Vec<String> {
    let words = article.get("keywords").into_iter().flat_map(list).take(MANY);
    let words: Vec<String> =
        words.filter_map(|word| text(Some(word)).or_else(|| text(word.get("name")))).collect();
    match words.as_slice() {
        [line] => line
            .split([',', ';'])
            .map(|word| word.trim().to_owned())
            .filter(|word| !word.is_empty())
            .collect(),
        _ => words,
    }
}
