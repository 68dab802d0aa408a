//! Whole rounds against a loopback server and a store that only remembers documents.

mod manners;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::TimeDelta;
use url::Url;

use crate::config::{BoxedExtras, Input, PublishPlan};
use crate::ingest::decide::Known;
use crate::ingest::fetch::testing::{Server, Step, answer, head};
use crate::model::{About, Article, ArticleBody, ArticleId, FeedId, Key, Revision};
use crate::store::{
    ArticleQuery, DocumentKey, DocumentState, DocumentUpdate, HandDecision, HostBlocks, PageCounts, PageNote,
    PageUpdate, Publication, Recall, Remembered, Result as Stored, RobotsNote, Standing, WaitingPage, Wanted,
};

use super::mark::{Facts, Label, digest};
use super::turn::testing::{fetch_plan, job_of, source};
use super::*;

#[test]
fn only_a_document_that_nothing_is_remembered_of_is_taken_to_have_no_articles() {
    let job = |stored| job_of(expand::What::FeedFile("a.xml".into()), "", stored);
    assert!(job(None).is_new && !job(Some(DocumentState::default())).is_new);
}

/// Documents and nothing else; notes each write.
#[derive(Default)]
struct Memory {
    documents: Mutex<BTreeMap<DocumentKey, DocumentState>>,
    writes: Arc<Mutex<Vec<String>>>,
    robots: Mutex<BTreeMap<String, RobotsNote>>,
}

impl Memory {
    fn holding(source: &str, state: DocumentState) -> Self {
        let memory = Self::default();
        let key = DocumentKey { source: SourceId::new(source), scope: String::new() };
        memory.documents.lock().unwrap().insert(key, state);
        memory
    }

    fn state(&self, source: &str, scope: &str) -> DocumentState {
        let key = DocumentKey { source: SourceId::new(source), scope: scope.to_owned() };
        self.documents.lock().unwrap()[&key].clone()
    }

    fn writes(&self) -> Vec<String> {
        self.writes.lock().unwrap().clone()
    }

    fn note(&self, what: &str, document: &DocumentKey) {
        self.writes.lock().unwrap().push(format!("{what} {}", document.source));
    }
}

impl Store for Memory {
    async fn documents_of(&self, sources: &[SourceId]) -> Stored<Recall> {
        let (documents, mut recall) = (self.documents.lock().unwrap(), Recall::default());
        for (place, source) in sources.iter().enumerate() {
            for (key, state) in documents.iter().filter(|(key, _)| key.source == *source) {
                recall.keep(place, &Remembered { scope: &key.scope, row: None, state: state.as_view() });
            }
        }
        Ok(recall.in_order())
    }
    async fn note_pulses(&self, beats: Vec<Beat>) -> Stored<()> {
        for Beat { document, pulse, .. } in beats {
            self.note("pulse", &document);
            let mut documents = self.documents.lock().unwrap();
            let state = documents.entry(document).or_default();
            *state = std::mem::take(state).with_pulse(pulse);
        }
        Ok(())
    }
    async fn record_all(&self, updates: Vec<DocumentUpdate>) -> Stored<()> {
        for update in updates {
            self.note("record", &update.document);
            self.documents.lock().unwrap().insert(update.document, update.state);
        }
        Ok(())
    }
    async fn known_of(&self, questions: Vec<(DocumentKey, BTreeSet<Key>)>) -> Stored<Vec<Known>> {
        Ok(questions.iter().map(|_| Known::default()).collect())
    }
    async fn waiting_pages(&self, _: &[SourceId], _: DateTime<Utc>, _: usize) -> Stored<Vec<WaitingPage>> {
        Ok(Vec::new())
    }
    async fn put_off_pages(&self, _: &[ArticleId], _: DateTime<Utc>) -> Stored<()> {
        Ok(())
    }
    async fn record_pages(&self, _: Vec<PageUpdate>) -> Stored<()> {
        Ok(())
    }
    async fn own_words(&self, _: &[ArticleId]) -> Stored<BTreeMap<ArticleId, ArticleBody>> {
        Ok(BTreeMap::new())
    }
    async fn page_notes(&self, _: &[ArticleId]) -> Stored<BTreeMap<ArticleId, PageNote>> {
        Ok(BTreeMap::new())
    }
    async fn page_counts(&self) -> Stored<BTreeMap<SourceId, PageCounts>> {
        Ok(BTreeMap::new())
    }
    async fn host_blocks(&self, _: &str) -> Stored<HostBlocks> {
        Ok(HostBlocks::default())
    }
    async fn note_host_blocks(&self, _: &str, _: &HostBlocks) -> Stored<()> {
        Ok(())
    }
    async fn articles(&self, _: ArticleQuery) -> Stored<Vec<Article>> {
        Ok(Vec::new())
    }
    async fn find(&self, _: &Wanted) -> Stored<Vec<ArticleId>> {
        Ok(Vec::new())
    }
    async fn histories(&self, _: &[ArticleId]) -> Stored<BTreeMap<ArticleId, Vec<Revision>>> {
        Ok(BTreeMap::new())
    }
    async fn readings_of(&self, documents: &[DocumentKey]) -> Stored<Vec<Vec<ArticleId>>> {
        Ok(vec![Vec::new(); documents.len()])
    }
    async fn withdrawn(&self) -> Stored<BTreeMap<SourceId, u64>> {
        Ok(BTreeMap::new())
    }
    async fn published(&self, _: &FeedId) -> Stored<BTreeMap<ArticleId, Publication>> {
        Ok(BTreeMap::new())
    }
    async fn note_published(&self, _: &FeedId, _: &BTreeMap<ArticleId, Publication>) -> Stored<()> {
        Ok(())
    }
    async fn standing(&self) -> Stored<Option<Standing>> {
        Ok(None)
    }
    async fn keep_standing(&self, _: &Standing) -> Stored<()> {
        Ok(())
    }
    async fn keep_decisions(
        &self,
        _: &[HandDecision],
        _: DateTime<Utc>,
    ) -> Stored<Vec<(HandDecision, DateTime<Utc>)>> {
        Ok(Vec::new())
    }
    async fn counts(&self) -> Stored<BTreeMap<SourceId, u64>> {
        Ok(BTreeMap::new())
    }
    async fn every_document(&self) -> Stored<BTreeMap<DocumentKey, (DocumentState, About)>> {
        let documents = self.documents.lock().unwrap().clone();
        Ok(documents.into_iter().map(|(key, state)| (key, (state, About::default()))).collect())
    }
    async fn robots(&self) -> Stored<BTreeMap<String, RobotsNote>> {
        Ok(self.robots.lock().unwrap().clone())
    }
    async fn note_robots(&self, origin: &str, note: &RobotsNote) -> Stored<()> {
        self.robots.lock().unwrap().insert(origin.to_owned(), note.clone());
        Ok(())
    }
}

#[derive(Default)]
struct Heard(Mutex<Vec<String>>);

impl Observer for Heard {
    fn started(&self, sources: usize) {
        self.0.lock().unwrap().push(sources.to_string());
    }
    fn finished(&self, report: &SourceReport) {
        self.0.lock().unwrap().push(report.source.to_string());
    }
}

fn plan(root: &Path, sources: Vec<SourcePlan>) -> Plan {
    Plan {
        root: root.to_owned(),
        store: root.join("store.db"),
        overrides: root.join("overrides.toml"),
        fetch: fetch_plan(),
        sources,
        feeds: Vec::new(),
        publish: PublishPlan { dir: root.join("feeds"), base_url: None, index: false },
    }
}

/// A feed source without extra headers.
fn feed(id: &str, url: Url) -> SourcePlan {
    SourcePlan { extras: BoxedExtras::default(), ..source(id, Input::Feed(Arc::new(url))) }
}

fn files(id: &str, root: &Path, pattern: &str) -> SourcePlan {
    source(id, Input::Files(vec![root.join(pattern).to_str().unwrap().to_owned()]))
}

fn now() -> DateTime<Utc> {
    "2026-11-01T12:00:00Z".parse().unwrap()
}

fn options() -> RoundOptions {
    RoundOptions { now: now(), offline: false, force: false, only: None, stop: Stop::default() }
}

async fn run(plan: &Plan, store: &Memory, options: &RoundOptions) -> Vec<SourceReport> {
    round(plan, store, options, &Heard::default()).await.unwrap()
}

/// A feed that was read an hour ago and is due now.
fn read_before(url: &Url) -> DocumentState {
    DocumentState {
        url: Some(url.to_string()),
        etag: Some("\"a\"".to_owned()),
        body_hash: Some(Facts::plain().mark(&digest(b"<rss/>", Label::default()))),
        last_at: Some(now() - TimeDelta::hours(1)),
        next_at: Some(now()),
        last_ok: Some(now() - TimeDelta::hours(1)),
        entries: 30,
        validators_of: Some(url.to_string()),
        ..DocumentState::default()
    }
}

#[tokio::test]
async fn a_feed_is_asked_conditionally_when_due_and_not_at_all_before() {
    let server = Server::always(answer("304 Not Modified", &[], b"")).await;
    let url = server.url("/feed");
    let plan = plan(Path::new("/n"), vec![feed("a", url.clone())]);
    let store = Memory::holding("a", read_before(&url));
    let reports = run(&plan, &store, &options()).await;
    assert_eq!((reports[0].unchanged_documents, reports[0].entries), (1, 30));
    assert!(server.seen()[0].contains("if-none-match: \"a\""));
    let reports = run(&plan, &store, &options()).await;
    assert_eq!((reports[0].not_due, reports[0].entries, server.seen().len()), (1, 30, 1));
    let later = RoundOptions { now: now() + TimeDelta::hours(1), ..options() };
    assert_eq!(run(&plan, &store, &later).await[0].unchanged_documents, 1);
    assert_eq!(run(&plan, &store, &RoundOptions { force: true, ..later }).await[0].unchanged_documents, 1);
    assert_eq!(server.seen().len(), 3);
}

#[tokio::test]
async fn validators_are_not_sent_for_what_another_reader_read() {
    let server = Server::always(answer("404 Not Found", &[], b"")).await;
    let url = server.url("/feed");
    let state = DocumentState { body_hash: Some("0::abc".to_owned()), ..read_before(&url) };
    let store = Memory::holding("a", state);
    run(&plan(Path::new("/n"), vec![feed("a", url)]), &store, &options()).await;
    assert!(!server.seen()[0].contains("if-none-match"));
}

#[tokio::test]
async fn an_attempt_is_noted_before_the_request_goes_out() {
    let store = Memory::default();
    let writes = Arc::clone(&store.writes);
    let server = Server::start(move |_| {
        let noted = writes.lock().unwrap().contains(&"pulse a".to_owned());
        answer(if noted { "410 Gone" } else { "500 Too Early" }, &[], b"")
    })
    .await;
    let plan = plan(Path::new("/n"), vec![feed("a", server.url("/feed"))]);
    let reports = run(&plan, &store, &options()).await;
    assert!(reports[0].failures[0].message.contains("410"), "{:?}", reports[0].failures);
    assert_eq!(store.writes(), ["pulse a", "record a"]);
}

#[tokio::test]
async fn what_is_no_feed_keeps_the_last_good_state_and_says_so() {
    let front =
        "<html><body class=h-feed><p class=h-entry><a class='p-name u-url' href=/1>One</a></body></html>";
    let login = "<!DOCTYPE html><html><body><p>Please log in</body></html>";
    for body in ["", "   ", login, front, "\u{0}\u{1}garbage"] {
        let server = Server::always(answer("200 OK", &["ETag: \"bad\""], body.as_bytes())).await;
        let url = server.url("/feed");
        let store = Memory::holding("a", read_before(&url));
        let reports = run(&plan(Path::new("/n"), vec![feed("a", url.clone())]), &store, &options()).await;
        assert!(reports[0].failures[0].message.starts_with(url.as_str()), "{:?}", reports[0].failures);
        let (before, after) = (read_before(&url), store.state("a", ""));
        assert_eq!((after.etag, after.body_hash, after.entries), (before.etag, before.body_hash, 30));
        assert_eq!((after.failures, after.last_ok), (1, before.last_ok));
        assert!(after.error.is_some() && after.next_at > Some(now()));
    }
}

#[tokio::test]
async fn one_sources_failure_stops_no_other_and_reports_keep_the_plans_order() {
    let server = Server::start(|head| match head.split(' ').nth(1) {
        Some("/slow") => {
            [vec![Step::Wait(Duration::from_millis(50))], answer("304 Not Modified", &[], b"")].concat()
        }
        Some("/hangs") => vec![Step::Wait(Duration::from_secs(60))],
        _ => answer("503 Service Unavailable", &["Retry-After: 86400"], b""),
    })
    .await;
    let slow = server.url("/slow");
    let root = tempfile::tempdir().unwrap();
    let sources = vec![
        feed("slow", slow.clone()),
        feed("hangs", server.url("/hangs")),
        files("none", root.path(), "*.xml"),
        feed("busy", server.url("/busy")),
        source("folder", Input::Documents(root.path().join("gone"))),
        feed("ftp", Url::parse("ftp://example.org/feed").unwrap()),
    ];
    let mut plan = plan(root.path(), sources);
    plan.fetch.timeout = Duration::from_millis(300);
    let (store, heard) = (Memory::holding("slow", read_before(&slow)), Heard::default());
    let reports = round(&plan, &store, &options(), &heard).await.unwrap();
    let order: Vec<(&str, usize)> =
        reports.iter().map(|report| (report.source.as_str(), report.failures.len())).collect();
    assert_eq!(order, [("slow", 0), ("hangs", 1), ("none", 1), ("busy", 1), ("folder", 1), ("ftp", 1)]);
    assert_eq!(store.state("busy", "").next_at, Some(now() + TimeDelta::days(1)));
    let mut heard = heard.0.into_inner().unwrap();
    assert_eq!(heard.remove(0), "6");
    heard.sort();
    assert_eq!(heard, ["busy", "folder", "ftp", "hangs", "none", "slow"]);
}

#[tokio::test]
async fn offline_nothing_is_asked_and_nothing_fails() {
    let server = Server::always(answer("200 OK", &[], b"")).await;
    let plan = plan(Path::new("/n"), vec![feed("a", server.url("/feed"))]);
    let store = Memory::default();
    let reports = run(&plan, &store, &RoundOptions { offline: true, force: true, ..options() }).await;
    assert_eq!((reports[0].skipped_offline, reports[0].failures.len()), (1, 0));
    assert_eq!((server.seen().len(), store.writes().len()), (0, 0));
}

#[tokio::test]
async fn only_the_sources_named_are_gone_through() {
    let root = tempfile::tempdir().unwrap();
    let plan = plan(root.path(), vec![files("a", root.path(), "a.xml"), files("b", root.path(), "b.xml")]);
    let options = RoundOptions { only: Some(vec![SourceId::new("b")]), ..options() };
    let reports = run(&plan, &Memory::default(), &options).await;
    assert_eq!(reports.len(), 1);
    assert_eq!(reports[0].source.as_str(), "b");
}

#[tokio::test]
async fn a_local_file_that_is_as_it_was_costs_no_write() {
    let root = tempfile::tempdir().unwrap();
    File::create(root.path().join("a.xml")).unwrap().write_all(b"<rss/>").unwrap();
    let key = DocumentKey { source: SourceId::new("a"), scope: "a.xml".to_owned() };
    let body_hash = Some(Facts::plain().mark(&digest(b"<rss/>", Label::default())));
    let unchanged = DocumentState { body_hash, entries: 3, ..DocumentState::default() };
    let plan = plan(root.path(), vec![files("a", root.path(), "*.xml")]);
    for (error, writes) in [(None, 0), (Some("it failed last time".to_owned()), 1)] {
        let store = Memory::default();
        let state = DocumentState { error, failures: 1, ..unchanged.clone() };
        store.documents.lock().unwrap().insert(key.clone(), state);
        let reports = run(&plan, &store, &options()).await;
        assert_eq!((reports[0].unchanged_documents, reports[0].entries), (1, 3));
        assert_eq!(store.writes().len(), writes);
    }
}

#[tokio::test]
async fn a_missing_secret_is_a_failure_and_nothing_is_sent() {
    let server = Server::always(answer("200 OK", &[], b"")).await;
    let plan = plan(Path::new("/n"), vec![source("a", Input::Feed(Arc::new(server.url("/feed"))))]);
    let reports = run(&plan, &Memory::default(), &options()).await;
    assert!(reports[0].failures[0].message.contains("header X-Token"), "{:?}", reports[0].failures);
    assert_eq!(server.seen().len(), 0);
}

#[tokio::test]
async fn the_feeds_of_one_host_are_asked_one_after_the_other() {
    let slow = [vec![Step::Wait(Duration::from_millis(10))], answer("404 Not Found", &[], b"")].concat();
    let server = Server::always(slow).await;
    let sources = (0..12).map(|n| feed(&format!("s{n}"), server.url(&format!("/{n}")))).collect();
    let reports = run(&plan(Path::new("/n"), sources), &Memory::default(), &options()).await;
    assert!(reports.iter().all(|report| report.failures.len() == 1));
    assert_eq!((server.seen().len(), server.peak()), (12, 1));
}

#[tokio::test]
async fn once_a_stop_is_asked_for_nobody_is_asked_and_what_waits_is_told() {
    let server = Server::always(answer("200 OK", &[], b"<rss/>")).await;
    let sources = ["a", "b", "c"].map(|id| feed(id, server.url(&format!("/{id}"))));
    let plan = plan(Path::new("/n"), sources.to_vec());
    let (asker, stop) = Stop::new();
    asker.send(Some(crate::stop::Signal::Terminate)).unwrap();
    let store = Memory::default();
    let reports = run(&plan, &store, &RoundOptions { stop, ..options() }).await;
    assert_eq!(reports.iter().map(|report| report.stopped).collect::<Vec<_>>(), [1, 1, 1]);
    assert_eq!((server.seen().len(), store.writes().len()), (0, 0));
    assert!(reports.iter().all(|report| report.failures.is_empty()));
}
