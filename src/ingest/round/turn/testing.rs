//! Jobs for tests.

use std::path::PathBuf;

use crate::config::Republish;
use crate::config::{Extras, FullText, Input, PickedArticle, Place};
use crate::ingest::fetch::testing::loopback;
use crate::model::SourceId;
use crate::store::Recall;

use super::*;

pub(in super::super) fn fetch_plan() -> FetchPlan {
    FetchPlan {
        contact: None,
        min_interval: Duration::from_secs(1800),
        max_interval: Duration::from_secs(86_400),
        concurrency: 4,
        per_host: 1,
        timeout: Duration::from_secs(1),
        max_size: 1 << 20,
        max_redirects: 3,
        schedule: None,
        jitter: 0.0,
        allow_networks: loopback(),
        limits: Limits::default(),
        robots: crate::config::RobotsPolicy::Pages,
    }
}

pub(in super::super) fn source(id: &str, input: Input) -> SourcePlan {
    let headers = BTreeMap::from([("X-Token".to_owned(), Secret::File(PathBuf::from("token")))]);
    SourcePlan {
        id: SourceId::new(id),
        input,
        republish: Republish::Excerpt,
        every: Some(Duration::from_secs(3600)),
        force_every: false,
        allow_private: false,
        first_run: None,
        full_text: FullText::Never,
        clean: crate::model::CleanSteps::ALL,
        extras: Extras { headers, ..Extras::default() }.into(),
    }
}

pub(in super::super) fn pick(url: &str, note: Option<&str>) -> PickedArticle {
    let note = note.map(crate::model::PlainText::block);
    PickedArticle { place: Place::Url(Url::parse(url).unwrap()), title: None, note, tags: Vec::new() }
}

/// The job of a feed: a URL or a path, which is its scope too.
pub(in super::super) fn job(place: &str) -> Job {
    let what = Url::parse(place)
        .map_or_else(|_| What::FeedFile(PathBuf::from(place)), |url| What::Feed(Arc::new(url)));
    job_of(what, place, None)
}

pub(in super::super) fn job_of(what: What, scope: &str, stored: Option<DocumentState>) -> Job {
    let source = source("s", Input::Articles(Vec::new()));
    let fetch = fetch_plan();
    let limits = Arc::new(fetch.limits);
    let owner =
        Owner { index: 0, source: &source, fetch: &fetch, limits: &limits, now: DateTime::UNIX_EPOCH };
    let recall = stored.map_or_else(Recall::default, |state| recalling(scope, &state));
    Job::new(owner, Target { scope: scope.to_owned(), what }, recall.of(0).next())
}

/// What a store says that remembers this.
fn recalling(scope: &str, state: &DocumentState) -> Recall {
    let mut recall = Recall::default();
    recall.keep(0, &Remembered { scope, row: None, state: state.as_view() });
    recall.in_order()
}

impl Job {
    /// Whether to ask now.
    pub(in super::super) fn turn(&self, options: &RoundOptions) -> Turn {
        let recall = recalling("", &self.state);
        let past = Past::of(recall.of(0).next(), self.state.url.as_deref());
        past.turn(&self.what, &self.facts, options)
    }
}
