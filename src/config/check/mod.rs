//! From the config as written to the plan: values are checked against each other, defaults resolved, rules compiled.
//! Nothing stops at the first problem; the plan counts only if there was none.

mod auth;
mod desk;
mod feeds;
mod limits;
mod manner;
mod outputs;
mod plain_url;
mod roster;
mod rules;
mod sources;

pub(super) use desk::Desk;

use std::time::Duration;

use plain_url::plain_url;
use url::Url;

use super::listed::Listed;
use super::plan::{FetchPlan, Input, Place, Plan, SourcePlan};
use super::problem::Problem;
use super::shapes::{Entries, Placed};
use super::written::{Config, Fetch};

/// The version of the format that this program reads.
const VERSION: usize = 1;

/// The smallest useful config.
pub(super) const SMALLEST: &str = "the smallest config is four lines:\n\
    [sources]\n\
    news = \"https://example.org/feed.xml\"\n\
    [feeds.news]\n\
    title = \"My news\"";

/// Turns the config, and the sources listed apart from it, into the plan. What is wrong is on the desk afterwards.
pub(super) fn plan(desk: &mut Desk<'_>, mut config: Config, listed: &Listed<'_>) -> Plan {
    version(desk, &config);
    emptiness(desk, &config, listed);
    let fetch = fetch(desk, &config.fetch);
    let written = config.sources.take();
    let shared = manner::Shared::new(&config.defaults.source, &fetch);
    let (sources, roster) = sources::check(desk, (listed, written), &shared);
    let publish = outputs::publish(desk, &config);
    let feeds = feeds::check(desk, &config, &roster, publish.base_url.as_ref());
    let (store, overrides) = outputs::own_files(desk, &config, &publish);
    missing_manners(desk, &config, &sources);
    Plan { root: desk.root().to_owned(), store, overrides, fetch, sources, feeds, publish }
}

fn version(desk: &mut Desk<'_>, config: &Config) {
    let Some(version) = &config.config_version else { return };
    if version.value.get() != VERSION {
        let found = version.value.get();
        let hint = if found > VERSION {
            "a newer Feedmill wrote it: use that one".to_owned()
        } else {
            format!("write config_version = {VERSION}")
        };
        desk.refuse(&version.span, format!("config_version {found} is not known, only {VERSION} is"), hint);
    }
}

/// A config without sources or without feeds does nothing: say so once, with the example.
fn emptiness(desk: &mut Desk<'_>, config: &Config, listed: &Listed<'_>) {
    let sources = desk.lost().top("sources") || entries(config.sources.as_ref()).next().is_some();
    let feeds = desk.lost().top("feeds") || entries(config.feeds.as_ref()).next().is_some();
    let lost_inside = |span: Option<&std::ops::Range<usize>>| span.is_some_and(|span| desk.lost().any(span));
    let sources =
        sources || !listed.is_empty() || lost_inside(config.sources.as_ref().map(|table| &table.span));
    let feeds = feeds || lost_inside(config.feeds.as_ref().map(|table| &table.span));
    let missing = match (sources, feeds) {
        (true, true) => return,
        (false, false) => "nothing to read and nothing to publish: there is no source and no feed",
        (false, true) => "nothing to read: there is no source",
        (true, false) => "nothing to publish: there is no feed",
    };
    desk.refuse_file(missing, SMALLEST);
}

/// The entries of a table that may be left out.
fn entries<T>(table: Option<&Placed<Entries<T>>>) -> impl Iterator<Item = &(Placed<String>, Placed<T>)> {
    table.into_iter().flat_map(|table| &table.value.0)
}

/// What is wrong with an id, if anything; `what` is "source" or "feed".
///
/// Ids are names of files, of arguments and of anchors in pages, on every system.
fn id_fault(id: &str, what: &str) -> Option<String> {
    const LONGEST: usize = 100;
    let bytes = id.as_bytes();
    let fine = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    if !bytes.first().is_some_and(u8::is_ascii_alphanumeric) || !bytes.iter().all(fine) {
        Some(format!("`{id}` cannot be the id of a {what}"))
    } else if bytes.windows(2).any(|two| two == b"..") || is_device(id) {
        Some(format!("`{id}` cannot be the id of a {what}: it is not safe as a file name"))
    } else if id.len() > LONGEST {
        Some(format!("the id of this {what} is longer than {LONGEST} characters"))
    } else {
        None
    }
}

/// Whether a name is a device's on Windows, whatever its extension.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    matches!(stem.len(), 3 | 4) && DEVICES.iter().any(|device| device.eq_ignore_ascii_case(stem))
}

/// Whether a source may have this id, as far as its letters go.
pub(super) fn is_free_for_sources(id: &str) -> bool {
    id != sources::HAND_PICKED && id_fault(id, "source").is_none()
}

/// File names that are devices on Windows.
const DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
    "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

const ID_HINT: &str = "an id is made of A-Z a-z 0-9 . _ - and starts with a letter or digit";

fn fetch(desk: &mut Desk<'_>, written: &Fetch) -> FetchPlan {
    const MINUTE: Duration = Duration::from_secs(60);
    let plan = FetchPlan {
        contact: written.contact.as_ref().and_then(|contact| contact_line(desk, contact)),
        min_interval: written.min_interval.as_ref().map_or(30 * MINUTE, |period| period.value.0),
        max_interval: written.max_interval.as_ref().map_or(24 * 60 * MINUTE, |period| period.value.0),
        concurrency: written.concurrency.map_or(16, super::shapes::Count::get),
        per_host: written.per_host.map_or(1, super::shapes::Count::get),
        timeout: written.timeout.map_or(Duration::from_secs(20), |period| period.0),
        max_size: written.max_size.map_or(10 * 1024 * 1024, |size| size.0),
        max_redirects: written.max_redirects.map_or(5, super::shapes::Count::get),
        schedule: written.schedule.as_ref().and_then(|schedule| schedule.value.0),
        jitter: written.jitter.map_or(0.2, super::shapes::Part::get),
        allow_networks: limits::networks(written),
        limits: limits::limits(written),
        robots: written.robots.unwrap_or_default(),
    };
    if plan.min_interval > plan.max_interval
        && let Some(place) = written.min_interval.as_ref().or(written.max_interval.as_ref())
    {
        let (min, max) = (period(plan.min_interval), period(plan.max_interval));
        desk.refuse(
            &place.span,
            format!("min_interval ({min}) is longer than max_interval ({max})"),
            "min_interval is how soon a source may be asked again, max_interval how late",
        );
    }
    if let (Some(every), Some(written)) = (plan.schedule, &written.schedule)
        && every < plan.min_interval
    {
        let (asked, least) = (period(every), period(plan.min_interval));
        let message = format!("schedule {asked} is more often than min_interval ({least}) allows");
        desk.refuse(&written.span, message, "raise it, or lower min_interval");
    }
    plan
}

/// The contact goes into a header: visible ASCII on one line, so that no server chokes on it.
fn contact_line(desk: &mut Desk<'_>, contact: &Placed<String>) -> Option<String> {
    let line = contact.value.trim();
    if line.is_empty() || !line.chars().all(|c| c.is_ascii_graphic() || c == ' ') {
        let hint = "write a URL or a mail address: contact = \"https://example.org/about\"";
        desk.refuse(&contact.span, "the contact goes into a header: it is one line of ASCII", hint);
        return None;
    }
    Some(line.to_owned())
}

/// A duration as people write it.
fn period(duration: Duration) -> String {
    humantime::format_duration(duration).to_string()
}

/// Advises of what works without, but better with.
fn missing_manners(desk: &mut Desk<'_>, config: &Config, sources: &[SourcePlan]) {
    if config.base_url.is_none() && !desk.lost().top("base_url") {
        desk.advise(
            "base_url is not set: the feeds will not link to themselves, and readers and validators miss that",
            "say where the output folder is served: base_url = \"https://example.org/\"",
        );
    }
    if config.fetch.contact.is_none() && sources.iter().any(asks_servers) {
        desk.advise(
            "fetch.contact is not set: servers cannot tell whom to ask about our requests",
            "write a URL or a mail address: [fetch] contact = \"https://example.org/about\"",
        );
    }
}

fn asks_servers(source: &SourcePlan) -> bool {
    match &source.input {
        Input::Feed(_) => true,
        Input::Articles(articles) => articles.iter().any(|article| matches!(article.place, Place::Url(_))),
        Input::Files(_) | Input::Documents(_) => false,
    }
}

/// Reads an address of the web, or says why it is none.
fn web_url(desk: &mut Desk<'_>, written: &Placed<String>, hint_for_path: &str) -> Option<Url> {
    let text = written.value.trim();
    let (message, hint) = match plain_url(text).map_or_else(|| Url::parse(text), Ok) {
        Ok(url) if !matches!(url.scheme(), "http" | "https") => {
            let message =
                format!("`{}:` is not a scheme Feedmill reads, only http and https are", url.scheme());
            (message, "write https:// or http://".to_owned())
        }
        Ok(url) if url.password().is_some() || !url.username().is_empty() => {
            let hint = "send it as a header: headers = { Authorization = { env = \"NAME\" } }";
            desk.refuse_secret(
                &written.span,
                "a name or password in a URL would be printed in credits",
                hint,
            );
            return None;
        }
        Ok(url) => return Some(url),
        Err(_) if names_a_host(text) => {
            (format!("`{text}` is not a URL"), format!("write the whole address: \"https://{text}\""))
        }
        Err(url::ParseError::RelativeUrlWithoutBase) => {
            (format!("`{text}` is not an http or https URL"), hint_for_path.replace("{}", text))
        }
        Err(error) => {
            (format!("`{text}` is not a URL: {error}"), "write https://example.org/feed".to_owned())
        }
    };
    desk.refuse(&written.span, message, hint);
    None
}

/// Whether a text without scheme is more likely a host and path than a path on disk.
fn names_a_host(text: &str) -> bool {
    let host = text.split(['/', '?', '#']).next().unwrap_or_default();
    let top = host.rsplit('.').next().unwrap_or_default();
    let file = ["xml", "rss", "atom", "json", "rdf", "txt", "md", "html", "htm"].contains(&top);
    let labels = host
        .split('.')
        .all(|label| !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'));
    host.contains('.') && labels && !file && !top.chars().all(|c| c.is_ascii_digit())
}

/// What was found besides the plan.
#[derive(Default)]
pub(super) struct Findings {
    /// What makes the plan useless.
    pub(super) problems: Vec<Problem>,
    /// What does not.
    pub(super) warnings: Vec<Problem>,
    /// What could be better.
    pub(super) advice: Vec<Problem>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_safe_as_a_file_name_on_every_system() {
        for good in ["bbc", "rust-blog", "A.b_c-9", "9to5", "console"] {
            assert_eq!(id_fault(good, "feed"), None, "{good}");
        }
        let long = "x".repeat(101);
        for bad in ["", ".git", "-x", "a/b", "../x", "a..b", "a\\b", "ä", "a b", "NUL", "com1.x", &long] {
            assert!(id_fault(bad, "feed").is_some(), "{bad}");
        }
    }

    #[test]
    fn a_host_without_scheme_is_told_from_a_path() {
        for host in ["example.org", "www.example.org/feed", "feeds.example.co.uk/a.xml"] {
            assert!(names_a_host(host), "{host}");
        }
        for path in ["samples/rss.xml", "news.xml", "./a.b/c", "../x", "*.xml", "/var/x"] {
            assert!(!names_a_host(path), "{path}");
        }
    }
}
