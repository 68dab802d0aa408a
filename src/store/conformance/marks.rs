//! What became of articles: revisions that go, withdrawals, readings.

use std::collections::BTreeMap;

use super::*;
use crate::model::{Withdrawal, WithdrawalReason};
use crate::store::REVISIONS_KEPT;

fn withdrawn(number: impl Into<Option<u64>>, minute: i64, reason: WithdrawalReason) -> Change {
    let withdrawal = Withdrawal { at: at(minute), reason };
    Change::Withdrawn { id: number.into().map(id), withdrawal }
}

async fn marks(store: &impl Store, numbers: &[u64]) -> Vec<Option<(i64, WithdrawalReason)>> {
    let mut marks = Vec::new();
    for number in numbers {
        let mark = the_article(store, *number).await.withdrawn;
        marks.push(mark.map(|mark| (mark.at.timestamp() / 60, mark.reason)));
    }
    marks
}

pub(in crate::store) async fn a_withdrawn_article_is_marked_and_nothing_of_it_is_lost(bench: &impl Bench) {
    use WithdrawalReason::{Gone, Missing, Tombstone};
    let (store, one) = (bench.connect(), document("one", ""));
    fill(&store, "one", 1..=3).await;
    let before = the_article(&store, 2).await;
    let changes = vec![withdrawn(1, 5, Gone), withdrawn(2, 6, Tombstone), withdrawn(3, 7, Missing)];
    store.record(update(one.clone(), changes)).await.unwrap();
    assert_eq!(
        marks(&bench.connect(), &[1, 2, 3]).await,
        [Some((5, Gone)), Some((6, Tombstone)), Some((7, Missing))]
    );
    let mark = Some(Withdrawal { at: at(6), reason: Tombstone });
    assert_eq!(the_article(&store, 2).await, Article { withdrawn: mark, ..before.clone() });
    store.record(update(one, vec![Change::Returned { id: Some(id(2)) }])).await.unwrap();
    assert_eq!(the_article(&store, 2).await, before);
}

pub(in crate::store) async fn deciding_and_status_know_of_marks(bench: &impl Bench) {
    let (store, one) = (bench.connect(), document("one", ""));
    fill(&store, "one", [1, 2]).await;
    let changes = vec![withdrawn(1, 5, WithdrawalReason::Gone), withdrawn(2, 6, WithdrawalReason::Tombstone)];
    for (changes, marked, count) in
        [(changes, true, 2), (vec![Change::Returned { id: Some(id(2)) }], false, 1)]
    {
        store.record(update(one.clone(), changes)).await.unwrap();
        let known = store.known(&one, &BTreeSet::from([link(2)])).await.unwrap();
        assert_eq!(known.articles[&id(2)].is_withdrawn, marked);
        assert_eq!(store.withdrawn().await.unwrap(), [(SourceId::new("one"), count)].into());
    }
}

pub(in crate::store) async fn the_first_mark_of_a_withdrawal_stays(bench: &impl Bench) {
    use WithdrawalReason::{Missing, Tombstone};
    let (store, one) = (bench.connect(), document("one", ""));
    fill(&store, "one", [1]).await;
    for change in [withdrawn(1, 5, Missing), withdrawn(1, 6, Tombstone)] {
        store.record(update(one.clone(), vec![change])).await.unwrap();
    }
    assert_eq!(marks(&store, &[1]).await, [Some((5, Missing))]);
}

pub(in crate::store) async fn a_document_takes_back_its_own_articles_only(bench: &impl Bench) {
    use WithdrawalReason::{Gone, Tombstone};
    let store = bench.connect();
    fill(&store, "one", [1, 2]).await;
    fill(&store, "two", [3]).await;
    let theirs = vec![withdrawn(1, 5, Tombstone), withdrawn(None, 6, Gone)];
    store.record(update(document("two", ""), theirs)).await.unwrap();
    assert_eq!(marks(&store, &[1, 2, 3]).await, [None, None, Some((6, Gone))]);
    store.record(update(document("two", ""), vec![Change::Returned { id: None }])).await.unwrap();
    assert_eq!(marks(&store, &[3]).await, [None]);
}

pub(in crate::store) async fn a_retouch_takes_the_place_of_the_newest_words(bench: &impl Bench) {
    let (store, one) = (bench.connect(), document("one", ""));
    fill(&store, "one", [1]).await;
    store.record(update(one.clone(), vec![edited(edit(1, 2))])).await.unwrap();
    let retouch = EditedArticle {
        updated: edit(1, 2).updated,
        seen: at(5_000),
        revision: 2,
        weight: Weight::Retouch,
        ..edit(1, 7)
    };
    store.record(update(one.clone(), vec![edited(retouch.clone())])).await.unwrap();
    let revisions = store.revisions(id(1)).await.unwrap();
    let said: Vec<_> =
        revisions.iter().map(|revision| (revision.number, revision.seen, &revision.body)).collect();
    let first = new(1);
    assert_eq!(said, [(1, first.first_seen, &first.body), (2, edit(1, 2).seen, &retouch.body)]);
    let known = store.known(&one, &BTreeSet::from([link(1)])).await.unwrap();
    assert_eq!(
        (known.articles[&id(1)].fingerprint, known.articles[&id(1)].revision),
        (retouch.fingerprint, 2)
    );
    assert!(revisions[1].is_correction, "it was one, and stays one");
    let stale = EditedArticle { revision: 1, ..retouch };
    store.record(update(one, vec![edited(stale)])).await.unwrap_err();
}

pub(in crate::store) async fn revisions_say_how_they_were_dated_and_whether_they_corrected(
    bench: &impl Bench,
) {
    let (store, one) = (bench.connect(), document("one", ""));
    fill(&store, "one", [1]).await;
    let detail = EditedArticle { weight: Weight::Detail, updated: None, ..edit(1, 2) };
    for change in [detail, EditedArticle { published: at(0), ..edit(1, 3) }] {
        store.record(update(one.clone(), vec![edited(change)])).await.unwrap();
    }
    let revisions = store.revisions(id(1)).await.unwrap();
    let facts: Vec<_> = revisions
        .iter()
        .map(|revision| (revision.is_correction, revision.published, revision.updated))
        .collect();
    assert_eq!(
        facts,
        [(false, Some(at(1)), None), (false, Some(at(1)), None), (true, Some(at(0)), edit(1, 3).updated)]
    );
}

pub(in crate::store) async fn the_first_and_the_newest_revisions_are_kept(bench: &impl Bench) {
    let (store, one) = (bench.connect(), document("one", ""));
    fill(&store, "one", [1, 2]).await;
    let last = REVISIONS_KEPT + 7;
    for revision in 2..=last {
        store.record(update(one.clone(), vec![edited(edit(1, revision))])).await.unwrap();
    }
    store.record(update(one, vec![edited(edit(2, 2))])).await.unwrap();
    let histories = store.histories(&[id(1), id(2), id(9)]).await.unwrap();
    let numbers =
        |number| -> Vec<u32> { histories[&id(number)].iter().map(|revision| revision.number).collect() };
    let kept: Vec<u32> = std::iter::once(1).chain(last - REVISIONS_KEPT + 1..=last).collect();
    assert_eq!((numbers(1), numbers(2), histories.len()), (kept, vec![1, 2], 2));
    for revision in &histories[&id(1)][1..] {
        assert_eq!(revision.body, edit(1, revision.number).body, "each has its own words");
    }
    assert_eq!(histories[&id(1)][0].body, new(1).body);
}

pub(in crate::store) async fn the_order_of_a_reading_is_kept_until_there_is_another(bench: &impl Bench) {
    let (store, one, two) = (bench.connect(), document("one", ""), document("two", "a"));
    let ordered = |order: &[u64]| Some(order.iter().copied().map(id).collect::<Vec<_>>());
    let readings = [ordered(&[3, 1, 2]), None, ordered(&[]), ordered(&[1 << 59, 7])];
    let mut expected: BTreeMap<usize, _> =
        [(1, ordered(&[3, 1, 2])), (2, ordered(&[])), (3, readings[3].clone())].into();
    for (number, order) in readings.into_iter().enumerate() {
        store.record(DocumentUpdate { order, ..update(one.clone(), Vec::new()) }).await.unwrap();
        if let Some(Some(order)) = expected.remove(&number) {
            let read = store.readings_of(&[two.clone(), one.clone()]).await.unwrap();
            assert_eq!(read, [Vec::new(), order]);
        }
    }
    assert!(expected.is_empty());
}
