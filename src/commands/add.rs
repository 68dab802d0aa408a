//! `add`: the feed behind a page or URL, into the config.

use std::path::Path;

use anyhow::{Context, bail};
use url::Url;

use crate::cli::Add;
use crate::config::{self, Input, Plan};
use crate::ingest::decode::decode;
use crate::ingest::fetch::{Accept, Answer, Client, Fetched, Request};
use crate::ingest::parse::discover::linked_feeds;
use crate::ingest::parse::{Hints, ParseError};
use crate::ingest::read::read_feed;
use crate::model::{FeedDocument, InputFormat};
use crate::publish::target::write_atomically;

use super::output::{count, cut, visible};
use super::session::Session;
use super::{Ended, Usage};

/// Entries shown before the source is added.
const SHOWN: usize = 5;

pub(super) async fn add(session: &Session<'_>, what: &Add) -> anyhow::Result<Ended> {
    if session.global.offline {
        return Err(Usage(format!("`add` has to ask {}: leave out --offline", what.url)).into());
    }
    let path = &session.global.config;
    let plan = plan(path, &what.url)?;
    let client = Client::new(&plan.fetch)?;
    let (url, document) = find_feed(session, &client, &what.url).await?;
    if let Some(known) =
        plan.sources.iter().find(|source| matches!(&source.input, Input::Feed(has) if **has == url))
    {
        session.output.say(&format!("{url} is in {} already, as `{}`", path.display(), known.id));
        return Ok(Ended::Well);
    }
    session.output.summary(&visible(&preview(&url, &document)))?;
    let id = match &what.id {
        Some(id) => id.clone(),
        None => config::free_id(&wanted_id(&url), &known_ids(&plan)),
    };
    let before = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let after = config::add_source(&before, &id, url.as_str())?;
    // Nothing is written that the next run would refuse.
    config::read(&after, &plan.root, &path.display().to_string())?;
    if session.global.dry_run {
        session.output.say(&format!("dry run: {} would get {id} = \"{url}\"", path.display()));
    } else {
        write_atomically(path, after.as_bytes())?;
        session.output.say(&format!("added {id} = \"{url}\" to {}", path.display()));
    }
    Ok(Ended::Well)
}

/// The plan to add to. A config that lacks only its first source is what `add` is for: then the plan is that of the
/// config with one, less that one.
fn plan(path: &Path, url: &Url) -> anyhow::Result<Plan> {
    let fault = match config::load(path) {
        Ok(loaded) => return Ok(loaded.plan),
        Err(fault) => fault,
    };
    let Ok(text) = std::fs::read_to_string(path) else { return Err(fault.into()) };
    let root = std::path::absolute(path)?.parent().unwrap_or(Path::new("/")).to_owned();
    let with_one = config::add_source(&text, "first", url.as_str()).ok();
    match with_one.map(|text| config::read(&text, &root, &path.display().to_string())) {
        Some(Ok(loaded)) if loaded.plan.sources.len() == 1 => Ok(Plan { sources: Vec::new(), ..loaded.plan }),
        _ => Err(fault.into()),
    }
}

/// The feed at a URL, or the first feed that the page there links to.
async fn find_feed(session: &Session<'_>, client: &Client, url: &Url) -> anyhow::Result<(Url, FeedDocument)> {
    let linked = match fetch_feed(client, url).await? {
        Ok(found) => return Ok(found),
        Err(ParseError::WebPage { feeds }) if !feeds.is_empty() => feeds,
        Err(fault) => return Err(fault).with_context(|| format!("{url}")),
    };
    session.output.say(&format!("{url} is a page; it links to {}:", count(linked.len(), "feed")));
    for feed in &linked {
        session.output.say(&format!("  {}", visible(feed)));
    }
    if linked.len() > 1 {
        session.output.say("taking the first that can be read; to take another, add its own address");
    }
    for feed in &linked {
        let Ok(feed) = Url::parse(feed) else { continue };
        match fetch_feed(client, &feed).await? {
            Ok(found) => return Ok(found),
            Err(fault) => session.output.say(&format!("  {feed}: {fault}")),
        }
    }
    bail!("none of the feeds that {url} links to can be read")
}

async fn fetch_feed(client: &Client, url: &Url) -> anyhow::Result<Result<(Url, FeedDocument), ParseError>> {
    let request = Request::new(url.clone(), Accept::Feed);
    let Answer::Body(fetched) = client.fetch(&request).await? else {
        bail!("{url} answered 304 to a first request")
    };
    let bytes = fetched.unpack()?.into_owned();
    let Fetched { url, base, content_type, content_language, .. } = *fetched;
    let hints = Hints { base_url: Some(base), content_type, content_language };
    let read = match read_feed(&bytes, &hints) {
        // A page may be a feed itself; the feeds it links to were made for programs, and say more.
        Ok(document) if document.format == InputFormat::HFeed => {
            let feeds = linked_feeds(&decode(&bytes, &hints).text, hints.base_url.as_ref());
            if feeds.is_empty() { Ok(document) } else { Err(ParseError::WebPage { feeds }) }
        }
        read => read,
    };
    Ok(read.map(|document| (url, document)))
}

fn known_ids(plan: &Plan) -> Vec<&str> {
    plan.sources.iter().map(|source| source.id.as_str()).collect()
}

fn preview(url: &Url, document: &FeedDocument) -> String {
    let text = |text: &Option<crate::model::parts::Text>| {
        text.as_ref().map_or("(no title)", |text| text.value.trim()).to_owned()
    };
    let mut shown =
        format!("{}\n{url}, {}\n", text(&document.meta.title), count(document.entries.len(), "entry"));
    for entry in document.entries.iter().take(SHOWN) {
        let date = entry
            .published
            .or(entry.updated)
            .map_or("no date   ".to_owned(), |at| at.format("%Y-%m-%d").to_string());
        shown.push_str(&format!("  {date}  {}\n", cut(&text(&entry.title), 90)));
    }
    shown
}

/// A name made from the host: `https://feeds.bbci.co.uk/news/rss.xml` gives `bbci`.
fn wanted_id(url: &Url) -> String {
    const NOT_A_NAME: [&str; 8] = ["www", "feeds", "feed", "rss", "blog", "news", "co", "com"];
    let is_name =
        |label: &&&str| !NOT_A_NAME.contains(label) && label.contains(|c: char| c.is_ascii_alphabetic());
    let host = url.host_str().unwrap_or("source").to_ascii_lowercase();
    let labels: Vec<&str> = host.split('.').collect();
    let named = labels.iter().take(labels.len().saturating_sub(1).max(1)).find(|label| is_name(label));
    let name: String =
        named.unwrap_or(&"source").chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    if name.is_empty() { "source".to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_named_after_its_host() {
        let cases = [
            ("https://feeds.bbci.co.uk/news/rss.xml", "bbci"),
            ("https://www.example.org/feed", "example"),
            ("https://lwn.net/headlines/rss", "lwn"),
            ("http://localhost:8080/a.xml", "localhost"),
            ("https://news.com/rss", "source"),
            ("http://192.0.2.7/rss", "source"),
        ];
        for (url, id) in cases {
            assert_eq!(wanted_id(&Url::parse(url).unwrap()), id, "{url}");
        }
    }
}
