//! `extract`: a web page or an article document to its article, by hand.

use std::path::Path;

use anyhow::{Context, bail};
use chrono::{DateTime, SubsecRound, Utc};
use serde::Serialize;
use url::Url;

use crate::cli;
use crate::config::{self, FetchPlan};
use crate::ingest::clean::document::{DocumentFile, is_page, read_document};
use crate::ingest::clean::page::{PageArticle, read_page};
use crate::ingest::decode::decode;
use crate::ingest::fetch::{Accept, Answer, Client, Request};
use crate::ingest::parse::Hints;
use crate::markup::text::story_of;
use crate::model::{Author, DateBasis, PlainText};

use super::parse::{called, read};
use super::session::Session;
use super::{Ended, Usage};

/// An article as `docs/reference/record.md` has it; what is not known is left out.
#[derive(Debug, Default, Serialize)]
struct Record {
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    byline: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Person>,
    #[serde(skip_serializing_if = "Option::is_none")]
    author_bio: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<DateTime<Utc>>,
    /// Only where `published` is a guess.
    #[serde(skip_serializing_if = "Option::is_none")]
    date_basis: Option<DateBasis>,
    #[serde(skip_serializing_if = "Option::is_none")]
    updated: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    site_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<Url>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    excerpt: Option<String>,
    content_html: String,
    content_text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<Url>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pages: Vec<Url>,
}

#[derive(Debug, Serialize)]
struct Person {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri: Option<Url>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bio: Option<String>,
}

impl From<&Author> for Person {
    fn from(author: &Author) -> Self {
        Self {
            name: author.name.to_string(),
            uri: author.url.clone(),
            bio: author.bio.as_ref().map(ToString::to_string),
        }
    }
}

pub(super) async fn extract(session: &Session<'_>, what: &cli::Extract) -> anyhow::Result<Ended> {
    let article = match &what.input {
        cli::Input::Url(url) => page_at(session, url, what.url.as_ref()).await?,
        cli::Input::File(file) => {
            let bytes = read(file)?;
            let text = decode(&bytes, &Hints::default()).text;
            if is_page(&file.to_string_lossy(), &text) {
                read_page(&text, what.url.as_ref()).with_context(|| called(file))?
            } else {
                document(file, &bytes)?
            }
        }
    };
    session.output.data(&format!("{}\n", serde_json::to_string_pretty(&record(article))?))?;
    Ok(Ended::Well)
}

fn document(file: &Path, bytes: &[u8]) -> anyhow::Result<PageArticle> {
    let name = file.to_string_lossy();
    let modified = std::fs::metadata(file).and_then(|data| data.modified()).ok();
    let modified = modified.map(|at| DateTime::<Utc>::from(at).trunc_subsecs(0));
    let draft =
        read_document(&DocumentFile { name: &name, bytes, modified }).with_context(|| called(file))?;
    Ok(PageArticle { draft, byline: None, author_bio: None, site_name: None, next: None, blocks: Vec::new() })
}

/// Asks for one page, as a browser would that somebody sits at.
async fn page_at(session: &Session<'_>, url: &Url, own: Option<&Url>) -> anyhow::Result<PageArticle> {
    if session.global.offline {
        return Err(Usage(format!("`extract` has to ask {url}: leave out --offline, or give a file")).into());
    }
    let client = Client::new(&fetch_plan(session, url)?)?;
    let Answer::Body(fetched) = client.fetch(&Request::new(url.clone(), Accept::Page)).await? else {
        bail!("{url} answered 304 to a first request")
    };
    let hints = Hints { content_type: fetched.content_type.clone(), ..Hints::default() };
    let bytes = fetched.unpack()?;
    let text = decode(&bytes, &hints).text;
    read_page(&text, Some(own.unwrap_or(&fetched.url))).with_context(|| format!("{url}"))
}

/// How the config says to fetch; without a config, as it is by default.
fn fetch_plan(session: &Session<'_>, url: &Url) -> anyhow::Result<FetchPlan> {
    let path = &session.global.config;
    if path.exists() {
        return Ok(config::load(path)?.plan.fetch);
    }
    let alone = config::add_source("", "page", url.as_str())?;
    Ok(config::read(&alone, &std::path::absolute(".")?, "the config by default")?.plan.fetch)
}

/// What is said of the authors, in one text.
fn author_bio(authors: &[Author]) -> Option<String> {
    let bios: Vec<&str> =
        authors.iter().filter_map(|author| author.bio.as_ref()).map(PlainText::as_str).collect();
    (!bios.is_empty()).then(|| bios.join("\n"))
}

fn record(article: PageArticle) -> Record {
    let body = article.draft.body;
    let text = body.content.as_ref().map(story_of).unwrap_or_default();
    let plain = |text: Option<PlainText>| text.map(|text| text.to_string());
    Record {
        title: body.title.to_string(),
        excerpt: plain(body.summary.clone()),
        summary: plain(body.summary),
        byline: plain(article.byline),
        authors: body.authors.iter().map(Person::from).collect(),
        author_bio: plain(article.author_bio).or_else(|| author_bio(&body.authors)),
        published: article.draft.published.or(article.draft.file_time),
        date_basis: match (article.draft.published, article.draft.file_time) {
            (None, Some(_)) => Some(DateBasis::FileTime),
            _ => None,
        },
        updated: article.draft.updated,
        site_name: plain(article.site_name),
        language: body.language,
        image: body.image,
        tags: body.tags.iter().map(ToString::to_string).collect(),
        content_html: body.content.map(|html| html.as_str().to_owned()).unwrap_or_default(),
        content_text: text.to_string(),
        url: body.url,
        pages: article.next.into_iter().collect(),
    }
}
