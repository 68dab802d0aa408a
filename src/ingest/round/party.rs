//! Sources that name one and the same URL: one request serves them all. Pure.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use foldhash::fast::RandomState;
use url::Url;

use crate::config::{Input, SourcePlan};

use super::expand::What;
use super::roll::{Roll, Waiting};
use super::turn::{Job, Turn};

/// The feeds that more than one source names, while their documents come in.
#[derive(Debug)]
pub(super) struct Parties {
    waiting: BTreeMap<Arc<Url>, Vec<(Waiting, Turn)>>,
}

impl Parties {
    /// Knows the URLs that several of these sources name. A user name and password are part of a URL.
    pub(super) fn of(sources: &[&SourcePlan]) -> Self {
        let mut named: HashMap<&Arc<Url>, u32, RandomState> = HashMap::default();
        named.reserve(sources.len());
        for source in sources {
            if let Input::Feed(url) = &source.input {
                *named.entry(url).or_default() += 1;
            }
        }
        let several = named.into_iter().filter(|(_, sources)| *sources > 1);
        Self { waiting: several.map(|(url, _)| (Arc::clone(url), Vec::new())).collect() }
    }

    /// Whether a document is to wait for others of its URL.
    pub(super) fn expects(&self, what: &What) -> bool {
        matches!(what, What::Feed(url) if self.waiting.contains_key(url))
    }

    /// Takes a document that is expected, whether its own time has come or not.
    pub(super) fn join(&mut self, waiting: Waiting, turn: Turn) {
        if let What::Feed(url) = &waiting.target.what {
            self.waiting.entry(Arc::clone(url)).or_default().push((waiting, turn));
        }
    }

    /// The documents that are due, each with all that the same request serves, due or not; and those that nobody takes along.
    pub(super) fn assemble(self, roll: &Roll<'_>) -> (Vec<Waiting>, Vec<Waiting>) {
        let (mut due, mut early) = (Vec::new(), Vec::new());
        for those in self.waiting.into_values() {
            for party in alike(those, roll) {
                match lead(party) {
                    Ok(one) => due.push(one),
                    Err(all) => early.extend(all),
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

/// Documents of one URL, apart where they are not alike.
fn alike(those: Vec<(Waiting, Turn)>, roll: &Roll<'_>) -> Vec<Vec<(Waiting, Turn)>> {
    let mut parties: Vec<Vec<(Waiting, Turn)>> = Vec::new();
    for (one, turn) in those {
        match parties.iter_mut().find(|party| roll.are_alike(&party[0].0, &one)) {
            Some(party) => party.push((one, turn)),
            None => parties.push(vec![(one, turn)]),
        }
    }
    parties
}

/// The first document that is due, with the others as its riders; all of them if none is.
fn lead(mut party: Vec<(Waiting, Turn)>) -> Result<Waiting, Vec<Waiting>> {
    let Some(first) = party.iter().position(|(_, turn)| *turn != Turn::NotDue) else {
        return Err(party.into_iter().map(|(one, _)| one).collect());
    };
    let (mut one, _) = party.remove(first);
    one.riders = party.into_iter().map(|(rider, _)| rider).collect();
    Ok(one)
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use chrono::DateTime;

    use crate::config::{Extras, Secret};
    use crate::model::SourceId;
    use crate::stop::Stop;
    use crate::store::{DocumentState, Recall};

    use super::super::RoundOptions;
    use super::super::expand::Target;
    use super::super::turn::testing::{fetch_plan, job, source};
    use super::*;

    const FEED: &str = "https://example.org/feed";

    fn of(id: &str, url: &str) -> Job {
        let mut job = job(url);
        job.document.source = SourceId::new(id);
        job
    }

    fn feed(url: &str) -> Arc<Url> {
        Arc::new(Url::parse(url).unwrap())
    }

    fn options() -> RoundOptions {
        let now = DateTime::UNIX_EPOCH;
        RoundOptions { now, offline: false, force: false, only: None, stop: Stop::default() }
    }

    fn sources(urls: &[&str]) -> Vec<SourcePlan> {
        urls.iter().map(|url| source("x", Input::Feed(feed(url)))).collect()
    }

    /// The numbers of the sources that are asked, with those whom each takes along, and of those that are not, when each of
    /// them has its turn so.
    fn assembled(sources: &[SourcePlan], turns: &[Turn]) -> (Vec<(usize, Vec<usize>)>, Vec<usize>) {
        let (sources, fetch): (Vec<&SourcePlan>, _) = (sources.iter().collect(), fetch_plan());
        let mut parties = Parties::of(&sources);
        let roll = Roll::new(sources, &fetch, Recall::default(), DateTime::UNIX_EPOCH);
        for (number, turn) in turns.iter().enumerate() {
            let target = Target { scope: String::new(), what: What::Feed(feed(FEED)) };
            parties.join(roll.look_at(number, target, &options()).0, *turn);
        }
        let numbers = |those: &[Waiting]| those.iter().map(|one| one.source).collect();
        let (due, early) = parties.assemble(&roll);
        (due.iter().map(|one| (one.source, numbers(&one.riders))).collect(), numbers(&early))
    }

    #[test]
    fn only_a_url_of_several_sources_waits_for_others() {
        let sources = sources(&[FEED, "https://example.org/other", FEED, "https://a@example.org/other"]);
        let parties = Parties::of(&sources.iter().collect::<Vec<_>>());
        assert!(parties.expects(&What::Feed(feed(FEED))));
        for alone in ["https://example.org/other", "https://a@example.org/other"] {
            assert!(!parties.expects(&What::Feed(feed(alone))), "{alone}");
        }
        assert!(!parties.expects(&What::FeedFile(PathBuf::from("/news/feed.xml"))));
    }

    #[test]
    fn whoever_is_due_takes_all_the_others_along() {
        let turns = [Turn::NotDue, Turn::Now, Turn::Early];
        assert_eq!(assembled(&sources(&[FEED; 3]), &turns), (vec![(1, vec![0, 2])], vec![]));
    }

    #[test]
    fn nobody_is_asked_while_none_is_due() {
        assert_eq!(assembled(&sources(&[FEED; 2]), &[Turn::NotDue; 2]), (vec![], vec![0, 1]));
    }

    #[test]
    fn other_credentials_make_another_request() {
        let mut sources = sources(&[FEED; 2]);
        let headers = BTreeMap::from([("X-Token".to_owned(), Secret::File(PathBuf::from("other")))]);
        sources[1].extras = Extras { headers, ..Extras::default() }.into();
        assert_eq!(assembled(&sources, &[Turn::Now; 2]), (vec![(0, vec![]), (1, vec![])], vec![]));
    }

    #[test]
    fn not_modified_serves_only_those_who_have_read_the_same() {
        let with = |etag: &str| {
            let state = DocumentState {
                etag: Some(etag.to_owned()),
                body_hash: Some("1::a".to_owned()),
                ..DocumentState::default()
            };
            Arc::new(Job { state, ..of("r", FEED) })
        };
        let mut lead = Job { riders: vec![with("\"a\"")], ..(*with("\"a\"")).clone() };
        assert!(agree(&lead));
        lead.riders.push(with("\"b\""));
        assert!(!agree(&lead));
        lead.riders = vec![Arc::new(of("new", FEED))];
        assert!(!agree(&lead));
    }
}
