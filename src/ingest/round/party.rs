//! Sources that name one and the same URL: one request serves them all. Pure.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use foldhash::fast::RandomState;
use url::Url;

use crate::config::{Input, SourcePlan};

use super::expand::What;
use super::turn::{Job, Turn};

/// The feeds that more than one source names, while their jobs come in.
#[derive(Debug)]
pub(super) struct Parties {
    waiting: BTreeMap<Url, Vec<(Job, Turn)>>,
}

impl Parties {
    /// Knows the URLs that several of these sources name. A user name and password are part of a URL.
    pub(super) fn of(sources: &[&SourcePlan]) -> Self {
        let mut named: HashMap<&Url, u32, RandomState> = HashMap::default();
        named.reserve(sources.len());
        for source in sources {
            if let Input::Feed(url) = &source.input {
                *named.entry(url).or_default() += 1;
            }
        }
        let several = named.into_iter().filter(|(_, sources)| *sources > 1);
        Self { waiting: several.map(|(url, _)| (url.clone(), Vec::new())).collect() }
    }

    /// Whether a job is to wait for others of its URL.
    pub(super) fn expects(&self, job: &Job) -> bool {
        matches!(&job.what, What::Feed(url) if self.waiting.contains_key(url))
    }

    /// Takes a job that is expected, whether its own time has come or not.
    pub(super) fn join(&mut self, job: Job, turn: Turn) {
        if let What::Feed(url) = &job.what {
            self.waiting.entry(url.clone()).or_default().push((job, turn));
        }
    }

    /// The jobs that are due, each with all that the same request serves, due or not; and those that nobody takes along.
    pub(super) fn assemble(self) -> (Vec<Job>, Vec<Job>) {
        let (mut due, mut early) = (Vec::new(), Vec::new());
        for jobs in self.waiting.into_values() {
            for party in alike(jobs) {
                match lead(party) {
                    Ok(job) => due.push(job),
                    Err(jobs) => early.extend(jobs),
                }
            }
        }
        (due, early)
    }
}

/// Whether "not modified" would be the same answer to a job and to all its riders.
pub(super) fn agree(job: &Job) -> bool {
    fn said(job: &Job) -> [&Option<String>; 4] {
        let state = &job.state;
        [&state.etag, &state.last_modified, &state.validators_of, &state.body_hash]
    }
    job.riders.iter().all(|rider| said(rider) == said(job))
}

/// Jobs of one URL, apart where they send other headers, may go elsewhere, or know that it has moved: those may get
/// other documents.
fn alike(jobs: Vec<(Job, Turn)>) -> Vec<Vec<(Job, Turn)>> {
    fn same(one: &Job, other: &Job) -> bool {
        one.headers == other.headers
            && one.auth == other.auth
            && one.allow_private == other.allow_private
            && one.state.moved_to == other.state.moved_to
    }
    let mut parties: Vec<Vec<(Job, Turn)>> = Vec::new();
    for (job, turn) in jobs {
        match parties.iter_mut().find(|party| same(&party[0].0, &job)) {
            Some(party) => party.push((job, turn)),
            None => parties.push(vec![(job, turn)]),
        }
    }
    parties
}

/// The first job that is due, with the others as its riders; all of them if none is.
fn lead(mut party: Vec<(Job, Turn)>) -> Result<Job, Vec<Job>> {
    let Some(first) = party.iter().position(|(_, turn)| *turn != Turn::NotDue) else {
        return Err(party.into_iter().map(|(job, _)| job).collect());
    };
    let (mut job, _) = party.remove(first);
    job.riders = party.into_iter().map(|(rider, _)| Arc::new(rider)).collect();
    Ok(job)
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use crate::config::Secret;
    use crate::model::SourceId;
    use crate::store::DocumentState;

    use super::super::turn::testing::{job, source};
    use super::*;

    const FEED: &str = "https://example.org/feed";

    fn of(id: &str, url: &str) -> Job {
        let mut job = job(url);
        job.document.source = SourceId::new(id);
        job
    }

    fn parties(urls: &[&str]) -> Parties {
        let feeds: Vec<SourcePlan> =
            urls.iter().map(|url| source("x", Input::Feed(Url::parse(url).unwrap()))).collect();
        Parties::of(&feeds.iter().collect::<Vec<_>>())
    }

    fn names<'a>(jobs: impl IntoIterator<Item = &'a Job>) -> Vec<&'a str> {
        jobs.into_iter().map(|job| job.document.source.as_str()).collect()
    }

    #[test]
    fn only_a_url_of_several_sources_waits_for_others() {
        let parties = parties(&[FEED, "https://example.org/other", FEED, "https://a@example.org/other"]);
        assert!(parties.expects(&of("a", FEED)));
        for alone in ["https://example.org/other", "https://a@example.org/other", "/news/feed.xml"] {
            assert!(!parties.expects(&of("a", alone)), "{alone}");
        }
    }

    #[test]
    fn whoever_is_due_takes_all_the_others_along() {
        let mut parties = parties(&[FEED, FEED, FEED]);
        for (id, turn) in [("a", Turn::NotDue), ("b", Turn::Now), ("c", Turn::Early)] {
            parties.join(of(id, FEED), turn);
        }
        let (due, early) = parties.assemble();
        assert_eq!((names(&due), names(&early)), (vec!["b"], vec![]));
        assert_eq!(names(due[0].riders.iter().map(AsRef::as_ref)), ["a", "c"]);
    }

    #[test]
    fn nobody_is_asked_while_none_is_due() {
        let mut parties = parties(&[FEED, FEED]);
        parties.join(of("a", FEED), Turn::NotDue);
        parties.join(of("b", FEED), Turn::NotDue);
        let (due, early) = parties.assemble();
        assert_eq!((names(&due), names(&early)), (vec![], vec!["a", "b"]));
    }

    #[test]
    fn other_credentials_make_another_request() {
        let mut parties = parties(&[FEED, FEED]);
        let mut other = of("b", FEED);
        other.headers.insert("X-Token".to_owned(), Secret::File(PathBuf::from("other")));
        parties.join(of("a", FEED), Turn::Now);
        parties.join(other, Turn::Now);
        assert_eq!(names(&parties.assemble().0), ["a", "b"]);
    }

    #[test]
    fn not_modified_serves_only_those_who_have_read_the_same() {
        let with = |etag: &str| {
            let state = DocumentState {
                etag: Some(etag.to_owned()),
                body_hash: Some("1::a".to_owned()),
                ..DocumentState::default()
            };
            Arc::new(Job { state: Box::new(state), ..of("r", FEED) })
        };
        let mut lead = Job { riders: vec![with("\"a\"")], ..(*with("\"a\"")).clone() };
        assert!(agree(&lead));
        lead.riders.push(with("\"b\""));
        assert!(!agree(&lead));
        lead.riders = vec![Arc::new(of("new", FEED))];
        assert!(!agree(&lead));
    }
}
