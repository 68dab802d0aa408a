//! Documents, and what a transaction is.

use super::*;
use crate::model::{Pace, Rhythm};
use crate::store::{Beat, DocumentRow, Missing, Pulse, Remembered, RobotsNote, Traffic};

fn state() -> DocumentState {
    DocumentState {
        url: Some("https://example.org/feed".to_owned()),
        etag: Some("W/\"ä\"".to_owned()),
        last_modified: Some("Mon, 05 Jan 2026 10:00:00 GMT".to_owned()),
        body_hash: Some("1:abc".to_owned()),
        last_at: Some(at(1)),
        next_at: Some(at(2)),
        last_ok: Some(at(3)),
        failures: 4,
        error: Some("timed out".to_owned()),
        entries: 5,
        is_page: true,
        validators_of: Some("https://cdn.example.org/feed".to_owned()),
        moved_to: Some("https://example.org/feed.xml".to_owned()),
        gone_since: Some(at(7)),
        wait_until: Some(at(8)),
        rhythm: Rhythm {
            pace: Pace { every: 60, skip_hours: 1 << 23, skip_days: 1 },
            max_age: Some(u64::MAX),
            changed_at: Some(at(9)),
            gap: Some(10),
        },
        traffic: Traffic { requests: 7, bytes: 1 << 40, not_modified: 6 },
        missing: vec![
            Missing { article: id(1 << 59), since: at(10) },
            Missing { article: id(2), since: at(11) },
        ],
    }
}

fn about() -> About {
    About {
        title: Some(PlainText::line("A feed")),
        site: Some(page("")),
        feed: Some(page("feed")),
        id: Some("urn:x:1".to_owned()),
        language: Some("en".to_owned()),
        rights: Some(PlainText::line("©")),
        updated: Some(at(6)),
        is_page: true,
    }
}

pub(in crate::store) async fn a_source_never_seen_has_no_documents(bench: &impl Bench) {
    let (store, nobody) = (bench.connect(), document("nobody", ""));
    assert!(store.documents(&nobody.source).await.unwrap().is_empty());
    assert_eq!(store.known(&nobody, &BTreeSet::from([link(1)])).await.unwrap(), Default::default());
    let query = ArticleQuery { sources: vec![nobody.source], ..ArticleQuery::default() };
    fill(&store, "somebody", [1]).await;
    assert!(store.articles(query).await.unwrap().is_empty());
    assert!(store.revisions(id(7)).await.unwrap().is_empty());
}

pub(in crate::store) async fn a_document_state_reads_back_as_it_was_written(bench: &impl Bench) {
    let (store, one) = (bench.connect(), document("one", "a"));
    for state in [state(), DocumentState::default(), state()] {
        store.record(DocumentUpdate::of_state(one.clone(), state.clone())).await.unwrap();
        assert_eq!(bench.connect().documents(&one.source).await.unwrap(), [("a".to_owned(), state)].into());
    }
}

pub(in crate::store) async fn what_a_document_says_of_itself_stays_until_it_says_something_else(
    bench: &impl Bench,
) {
    let (store, one) = (bench.connect(), document("one", ""));
    let other = About { title: Some(PlainText::line("Another")), ..About::default() };
    for (said, expected) in [
        (None, About::default()),
        (Some(about()), about()),
        (None, about()),
        (Some(other.clone()), other.clone()),
        (Some(About::default()), About::default()),
    ] {
        store
            .record(DocumentUpdate { about: said, ..DocumentUpdate::of_state(one.clone(), state()) })
            .await
            .unwrap();
        assert_eq!(store.every_document().await.unwrap()[&one], (state(), expected));
    }
}

fn pulse() -> Pulse {
    Pulse { last_at: Some(at(20)), next_at: Some(at(21)), failures: 0, ..state().pulse() }
}

async fn remembered(store: &impl Store, source: &str) -> Vec<(String, Option<DocumentRow>, DocumentState)> {
    let recall = store.documents_of(&[SourceId::new(source)]).await.unwrap();
    let owned = |one: Remembered<'_>| (one.scope.to_owned(), one.row, one.state.into_owned());
    recall.of(0).map(owned).collect()
}

pub(in crate::store) async fn a_pulse_is_noted_and_leaves_the_rest(bench: &impl Bench) {
    let (store, one) = (bench.connect(), document("one", "a"));
    let beat = |row, pulse| vec![Beat { document: one.clone(), row, pulse }];
    store.note_pulses(beat(None, pulse())).await.unwrap();
    let (scope, row, state_of_it) = remembered(&store, "one").await.remove(0);
    assert_eq!((state_of_it, scope.as_str()), (DocumentState::default().with_pulse(pulse()), "a"));
    let update = DocumentUpdate { about: Some(about()), ..DocumentUpdate::of_state(one.clone(), state()) };
    store.record(update).await.unwrap();
    // By its row as by its key.
    for (row, pulse) in [(row, pulse()), (None, state().pulse()), (row, Pulse::default())] {
        store.note_pulses(beat(row, pulse)).await.unwrap();
        let expected = (state().with_pulse(pulse), about());
        assert_eq!(bench.connect().every_document().await.unwrap(), [(one.clone(), expected)].into());
    }
}

pub(in crate::store) async fn pulses_are_noted_of_many_documents_at_once(bench: &impl Bench) {
    let store = bench.connect();
    let pulse = |failures| Pulse { failures, ..Pulse::default() };
    for round in [0, 100] {
        let mut beats = Vec::new();
        for (number, scope) in (1..).zip(["b", "a", "c"]) {
            let known = remembered(&store, "one").await;
            let row = known.iter().find(|(known, ..)| known == scope).and_then(|(_, row, _)| *row);
            beats.push(Beat { document: document("one", scope), row, pulse: pulse(round + number) });
        }
        store.note_pulses(beats).await.unwrap();
        let noted = remembered(&store, "one").await;
        let noted: Vec<_> = noted.iter().map(|(scope, _, state)| (scope.as_str(), state.failures)).collect();
        assert_eq!(noted, [("a", round + 2), ("b", round + 1), ("c", round + 3)]);
    }
}

pub(in crate::store) async fn documents_are_told_apart_by_source_and_scope(bench: &impl Bench) {
    let store = bench.connect();
    for (source, scope, failures) in [("one", "a", 1), ("one", "b", 2), ("two", "a", 3)] {
        let state = DocumentState { failures, ..DocumentState::default() };
        store.record(DocumentUpdate::of_state(document(source, scope), state)).await.unwrap();
    }
    let documents = store.documents(&SourceId::new("one")).await.unwrap();
    let failures: Vec<_> = documents.iter().map(|(scope, state)| (scope.as_str(), state.failures)).collect();
    assert_eq!(failures, [("a", 1), ("b", 2)]);
}

pub(in crate::store) async fn every_document_comes_in_one_go(bench: &impl Bench) {
    let store = bench.connect();
    assert!(store.every_document().await.unwrap().is_empty());
    let all = [document("one", "a"), document("one", "b"), document("two", "")];
    for document in all.clone() {
        let update = DocumentUpdate { about: Some(about()), ..DocumentUpdate::of_state(document, state()) };
        store.record(update).await.unwrap();
    }
    let found = store.every_document().await.unwrap();
    assert_eq!(found, all.into_iter().map(|document| (document, (state(), about()))).collect());
}

pub(in crate::store) async fn what_robots_txt_said_reads_back_and_is_replaced(bench: &impl Bench) {
    let store = bench.connect();
    let note = |minute, asked_at| {
        let rules = format!("User-agent: feedmill\nDisallow: /{minute}\n");
        RobotsNote { read_at: at(minute), asked_at, rules }
    };
    for (origin, note) in [
        ("https://a.example", note(1, None)),
        ("http://b.example:81", note(2, None)),
        ("https://a.example", note(3, Some(at(4)))),
    ] {
        store.note_robots(origin, &note).await.unwrap();
    }
    let expected = [
        ("https://a.example".to_owned(), note(3, Some(at(4)))),
        ("http://b.example:81".to_owned(), note(2, None)),
    ];
    assert_eq!(bench.connect().robots().await.unwrap(), expected.into());
}

pub(in crate::store) async fn an_update_happens_whole_or_not_at_all(bench: &impl Bench) {
    let store = bench.connect();
    fill(&store, "one", [1]).await;
    let same_key = NewArticle { keys: vec![link(1)], ..new(9) };
    let unknown = Change::Keys { id: id(8), keys: vec![link(8)] };
    for fault in [added(same_key), unknown, edited(edit(8, 2))] {
        let changes = vec![added(new(2)), edited(edit(1, 2)), fault];
        let update = DocumentUpdate { changes, ..DocumentUpdate::of_state(document("one", ""), state()) };
        store.record(update).await.unwrap_err();
        assert_eq!(store.documents(&SourceId::new("one")).await.unwrap()[""], DocumentState::default());
        assert_eq!(numbers(&store, ArticleQuery::default()).await, [1]);
        assert_eq!(the_article(&store, 1).await.revision, 1);
    }
    fill(&store, "one", [2]).await;
    assert_eq!(numbers(&store, ArticleQuery::default()).await, [2, 1]);
}

pub(in crate::store) async fn a_misfit_takes_no_other_document_with_it(bench: &impl Bench) {
    let store = bench.connect();
    fill(&store, "one", [1]).await;
    let update = |source, change| DocumentUpdate {
        changes: vec![change],
        ..DocumentUpdate::of_state(document(source, ""), state())
    };
    let updates =
        vec![update("two", added(new(2))), update("one", edited(edit(1, 7))), update("three", added(new(3)))];
    store.record_all(updates).await.unwrap_err();
    assert_eq!(numbers(&store, ArticleQuery::default()).await, [3, 2, 1]);
    assert_eq!(the_article(&store, 1).await.revision, 1);
    let recall = store.documents_of(&["one", "two", "three"].map(SourceId::new)).await.unwrap();
    let states: Vec<_> =
        (0..3).flat_map(|source| recall.of(source)).map(|document| document.state.into_owned()).collect();
    assert_eq!(states, [DocumentState::default(), state(), state()]);
}

pub(in crate::store) async fn two_connections_take_turns_at_writing<B: Bench>(bench: &B) {
    let stores = [Arc::new(bench.connect()), Arc::new(bench.connect())];
    let mut writers = tokio::task::JoinSet::new();
    for number in 0..40_u64 {
        let store = Arc::clone(&stores[usize::from(number % 2 == 0)]);
        writers.spawn(async move { fill(&*store, &format!("source-{number}"), [number]).await });
    }
    writers.join_all().await;
    assert_eq!(numbers(&*stores[0], ArticleQuery::default()).await, (0..40).rev().collect::<Vec<_>>());
}
