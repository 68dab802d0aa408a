//! What a page says of its article besides the words: headline, authors, dates, site, language, image.
//!
//! One walk over the tree ([`survey`]) collects what may tell; each witness is then heard in order of trust
//! ([`Witness`]), and each field weighs them in a file of its own.

mod authors;
mod dates;
mod headline;
mod hints;
mod linked;
mod outlets;
mod people;
mod pieces;
mod said;
mod site;
mod spot;
mod survey;
#[cfg(test)]
mod tests;
mod text;
mod topics;
mod zone;

use ::url::Url;
use chrono::{DateTime, Utc};
use dom_query::Document;
use serde_json::Value;

use crate::model::labels::language_tag;
use crate::model::link::absolute;
use crate::model::{Author, PlainText};

use dates::Dates;
use headline::Titles;
use linked::Linked;
use pieces::joined;
use site::Site;
use spot::Order;
use survey::Survey;
use zone::Zone;

/// Who says something, in order of trust.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Witness {
    /// JSON-LD of the page's article.
    JsonLd,
    /// OpenGraph and its `article:` names (ogp.me).
    OpenGraph,
    /// Twitter cards.
    Card,
    /// Meta elements for other machines: Parse.ly, Sailthru, Dublin Core, Highwire.
    Publisher,
    /// `itemprop`, `rel=author`.
    Microdata,
    /// What readers see: headline, by-line, date.
    Visible,
    /// Meta elements that could mean anything.
    Meta,
    /// `<title>`.
    Title,
    /// The page's address.
    Address,
}

/// What was found; what the page does not say is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Metadata {
    /// The headline, without the site's name.
    pub(super) title: PlainText,
    /// The dek or description.
    pub(super) summary: Option<PlainText>,
    /// The names of who wrote it, in one line.
    pub(super) byline: Option<PlainText>,
    pub(super) authors: Vec<Author>,
    /// Some lines about the author, where there is one.
    pub(super) author_bio: Option<PlainText>,
    pub(super) published: Option<DateTime<Utc>>,
    pub(super) updated: Option<DateTime<Utc>>,
    pub(super) site_name: Option<PlainText>,
    /// BCP 47.
    pub(super) language: Option<String>,
    pub(super) image: Option<Url>,
    pub(super) tags: Vec<PlainText>,
    /// The address the page gives itself, on its own host.
    pub(super) canonical: Option<Url>,
}

/// Reads the metadata of a page that was fetched from `url`, where that is known. `objects` is its JSON-LD
/// ([`super::json_ld::objects`]). The page is only read.
pub(super) fn of(page: &Document, objects: &[Value], url: Option<&Url>) -> Metadata {
    let survey = Survey::of(page, url);
    let address = canonical(&survey, url);
    // A file knows where it is from, at best.
    let url = url.or(address.as_ref());
    let heading =
        survey.headings.iter().find(|heading| heading.level == 1).map(|heading| joined(&heading.text));
    let titles =
        [survey.meta(&["og:title", "twitter:title"]), Some(survey.title.as_str()), heading.as_deref()];
    let titles: Vec<&str> = titles.into_iter().flatten().collect();
    let linked = Linked::of(objects, &titles, address.as_ref().or(url));
    let names = survey.meta(&["og:site_name"]).into_iter().chain(survey.meta(SITE_NAMES));
    let names: Vec<&str> = names.chain(linked.sites.iter().map(String::as_str)).collect();
    let site = Site::new(&names, url);
    let titles = Titles::of(&survey, linked.headline.as_deref(), &site);
    let headline = headline::headline(&survey, &titles, &site);
    let zone = Zone::of(&survey, headline.as_ref());
    let language = language(&survey, &linked);
    let order = Order::of(language.as_deref(), url.and_then(Url::host_str).unwrap_or_default());
    let dates = Dates { survey: &survey, linked: &linked, zone: &zone, order, url };
    let people =
        authors::authors(&survey, &linked, (&site, &zone), url).map(|found| found.people).unwrap_or_default();
    let names: Vec<&str> = people.iter().map(|person| person.name.as_str()).collect();
    let byline = PlainText::line(&names.join(", "));
    let bio = people.iter().find_map(|person| person.bio.as_deref()).map(PlainText::line);
    let title = headline.map(|headline| PlainText::line(&headline.text)).unwrap_or_default();
    Metadata {
        summary: topics::summary(&survey, &linked, title.as_str()),
        title,
        byline: Some(byline).filter(|byline| !byline.is_empty()),
        author_bio: bio.filter(|bio| !bio.is_empty()),
        authors: people
            .into_iter()
            .map(|person| Author { name: PlainText::line(&person.name), url: person.url, bio: None })
            .collect(),
        published: dates.published().map(|dated| dated.at),
        updated: dates.updated(),
        site_name: site_name(&survey, &linked),
        language,
        image: topics::image(&survey, &linked, url),
        tags: topics::tags(&survey, &linked, &site),
        canonical: address.clone(),
    }
}

/// Meta elements that name the site.
const SITE_NAMES: &[&str] = &[
    "application-name",
    "apple-mobile-web-app-title",
    "twitter:site",
    "copyright",
    "dc.publisher",
    "publisher",
];

/// What the site calls itself. An account's name is none, but better than nothing to know it by.
fn site_name(survey: &Survey, linked: &Linked) -> Option<PlainText> {
    let given = survey.meta(&["og:site_name"]).filter(|name| !name.starts_with('@'));
    let given =
        given.or(linked.sites.first().map(String::as_str)).or_else(|| survey.meta(&["application-name"]));
    given.map(|name| PlainText::line(&text::clean(name))).filter(|name| !name.is_empty())
}

fn language(survey: &Survey, linked: &Linked) -> Option<String> {
    let metas =
        ["og:locale", "content-language", "language", "dc.language", "dcterms.language", "inlanguage"];
    let said = survey.language.as_deref().into_iter().chain(metas.iter().flat_map(|name| survey.metas(name)));
    said.chain(linked.language.as_deref()).find_map(language_tag)
}

/// The address the page gives itself, on its own host: another host's would be somebody else's article.
fn canonical(survey: &Survey, url: Option<&Url>) -> Option<Url> {
    let given = survey.canonical.as_deref().into_iter().chain(survey.metas("og:url"));
    let own = |address: &str| {
        let canonical = absolute(address, url)?;
        let is_front = canonical.path() == "/" && canonical.query().is_none();
        let Some(url) = url else { return Some(canonical).filter(|_| !is_front) };
        (canonical.host() == url.host() && (!is_front || url.path() == "/")).then_some(canonical)
    };
    given.filter_map(own).next()
}
