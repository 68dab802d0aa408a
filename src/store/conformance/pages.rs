//! Pages of articles: who waits, what came of it.

use super::*;
use crate::model::Revision;
use crate::store::{
    Completed, HostBlocks, PageCounts, PageOutcome, PageState, PageUpdate, PageWish, Traffic,
};

fn wish(number: u64, path: &str, minute: i64) -> PageWish {
    PageWish { article: id(number), url: page(path), since: at(minute), next_at: at(minute) }
}

/// New articles of the one document of a source, whose pages are to be read.
async fn wanted(store: &impl Store, source: &str, numbers: &[u64]) {
    let changes = numbers.iter().map(|number| added(new(*number))).collect();
    let pages = numbers.iter().map(|number| wish(*number, &number.to_string(), 0)).collect();
    store.record(DocumentUpdate { pages, ..update(document(source, ""), changes) }).await.unwrap();
}

fn got(number: u64, minute: i64, outcome: PageOutcome) -> PageUpdate {
    let traffic = Traffic { requests: 2, bytes: 100, not_modified: 0 };
    PageUpdate { article: id(number), asked_at: Some(at(minute)), outcome, traffic }
}

fn whole(number: u64) -> ArticleBody {
    let content = Some(SafeHtml::from_text(&PlainText::line(&format!("Whole body {number}"))));
    ArticleBody { content, words: 3, ..new(number).body }
}

fn read(number: u64, revision: u32) -> PageOutcome {
    let (published, problem) = (None, None);
    PageOutcome::Read(Box::new(Completed { body: whole(number), revision, published, problem }))
}

async fn waiting(store: &impl Store, minute: i64) -> Vec<u64> {
    let sources = [SourceId::new("one"), SourceId::new("two")];
    let pages = store.waiting_pages(&sources, at(minute), 2).await.unwrap();
    pages.iter().map(|page| page.article.number()).collect()
}

async fn history(store: &impl Store, number: u64) -> Vec<Revision> {
    store.revisions(id(number)).await.unwrap()
}

pub(in crate::store) async fn of_each_source_the_newest_articles_pages_come_first(bench: &impl Bench) {
    let store = bench.connect();
    wanted(&store, "one", &[1, 2, 3]).await;
    wanted(&store, "two", &[4]).await;
    wanted(&store, "three", &[5]).await;
    assert_eq!(waiting(&store, -1).await, [0; 0], "not before their time");
    assert_eq!(waiting(&store, 0).await, [4, 3, 2]);
    store.put_off_pages(&[id(3), id(4)], at(9)).await.unwrap();
    assert_eq!(waiting(&bench.connect(), 8).await, [2, 1]);
    assert_eq!(waiting(&store, 9).await, [4, 3, 2]);
}

pub(in crate::store) async fn words_of_a_page_are_no_revision_and_those_of_the_feed_are_kept(
    bench: &impl Bench,
) {
    let store = bench.connect();
    wanted(&store, "one", &[1, 2]).await;
    let before = the_article(&store, 1).await;
    store.record_pages(vec![got(1, 5, read(1, 1)), got(2, 5, read(2, 9))]).await.unwrap();
    assert_eq!(the_article(&store, 1).await, Article { body: whole(1), ..before.clone() });
    assert_eq!(store.own_words(&[id(1), id(2)]).await.unwrap(), [(id(1), before.body)].into());
    let known = store.known(&document("one", ""), &BTreeSet::from([link(1)])).await.unwrap();
    assert_eq!(known.articles[&id(1)].fingerprint, new(1).fingerprint, "it is known by the feed's words");
    assert_eq!(history(&store, 1).await.len(), 1);
    assert_eq!(waiting(&store, 5).await, [2], "what was read for another revision is not taken");
}

pub(in crate::store) async fn what_pages_cost_their_document_has_cost(bench: &impl Bench) {
    let store = bench.connect();
    wanted(&store, "one", &[1, 2]).await;
    store.record_pages(vec![got(1, 5, read(1, 1)), got(2, 5, PageOutcome::HasLess)]).await.unwrap();
    let traffic = store.documents(&SourceId::new("one")).await.unwrap()[""].traffic;
    assert_eq!((traffic.requests, traffic.bytes), (4, 200));
}

pub(in crate::store) async fn an_edit_keeps_both_words_and_gives_the_pages_up_where_told(bench: &impl Bench) {
    let (store, one) = (bench.connect(), document("one", ""));
    wanted(&store, "one", &[1]).await;
    store.record_pages(vec![got(1, 5, read(1, 1))]).await.unwrap();
    let own = Some(Box::new(edit(1, 2).body));
    let completed = EditedArticle { body: whole(1), own, ..edit(1, 2) };
    store.record(update(one.clone(), vec![edited(completed)])).await.unwrap();
    assert_eq!(the_article(&store, 1).await.body, whole(1));
    assert_eq!(store.own_words(&[id(1)]).await.unwrap(), [(id(1), edit(1, 2).body)].into());
    store.record(update(one, vec![edited(edit(1, 3))])).await.unwrap();
    assert_eq!(the_article(&store, 1).await.body, edit(1, 3).body);
    assert!(store.own_words(&[id(1)]).await.unwrap().is_empty());
    let bodies: Vec<ArticleBody> =
        history(&store, 1).await.into_iter().map(|revision| revision.body).collect();
    assert_eq!(bodies, [whole(1), whole(1), edit(1, 3).body]);
}

pub(in crate::store) async fn a_page_of_the_same_address_is_known_unless_an_edit_asks_anew(
    bench: &impl Bench,
) {
    let store = bench.connect();
    wanted(&store, "one", &[1]).await;
    store.record_pages(vec![got(1, 5, read(1, 1))]).await.unwrap();
    for (source, number, since, is_known) in [("two", 2, 0, true), ("three", 3, 6, false)] {
        let pages = vec![wish(number, "1?utm_source=x", since)];
        let document = document(source, "");
        store.record(DocumentUpdate { pages, ..update(document, vec![added(new(number))]) }).await.unwrap();
        let waiting = store.waiting_pages(&[SourceId::new(source)], at(9), 9).await.unwrap();
        let by = waiting[0].answer.as_ref().map(|answer| (answer.article, answer.at, answer.problem.clone()));
        assert_eq!(by, is_known.then_some((id(1), at(5), None)));
    }
}

pub(in crate::store) async fn how_it_stands_with_a_page_is_noted_and_counted(bench: &impl Bench) {
    let store = bench.connect();
    wanted(&store, "one", &[1, 2, 3]).await;
    let problem = || "404 Not Found".to_owned();
    let waits = PageOutcome::Waits { next_at: at(30), tries: 1, problem: Some(problem()) };
    let updates = vec![got(1, 5, waits), got(2, 5, PageOutcome::Failed { problem: problem() })];
    store.record_pages(updates).await.unwrap();
    let notes = store.page_notes(&[id(1), id(2), id(3), id(9)]).await.unwrap();
    let states: Vec<_> = notes.values().map(|note| (note.state, note.asked_at, note.next_at)).collect();
    assert_eq!(
        states,
        [
            (PageState::Waiting, Some(at(5)), Some(at(30))),
            (PageState::Failed, Some(at(5)), None),
            (PageState::Waiting, None, Some(at(0))),
        ]
    );
    assert_eq!((&notes[&id(2)].problem, notes[&id(2)].is_text), (&Some(problem()), false));
    let counts = PageCounts { waiting: 2, failed: 1 };
    assert_eq!(store.page_counts().await.unwrap(), [(SourceId::new("one"), counts)].into());
    assert_eq!(waiting(&store, 29).await, [3]);
}

pub(in crate::store) async fn what_a_hosts_pages_have_in_common_reads_back(bench: &impl Bench) {
    let store = bench.connect();
    let mut blocks = store.host_blocks("example.org").await.unwrap();
    assert_eq!(blocks, HostBlocks::default());
    blocks.learn(&[1, u64::MAX]);
    store.note_host_blocks("example.org", &blocks).await.unwrap();
    assert_eq!(bench.connect().host_blocks("example.org").await.unwrap(), blocks);
}
