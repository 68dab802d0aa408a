//! What was published, and what hands decided.

use std::collections::BTreeMap;

use super::*;
use crate::model::FeedId;
use crate::store::{HandDecision, HandVerb, Publication, Standing, StandingFeed};

fn publication(minute: i64, guid: &str) -> Publication {
    Publication { at: at(minute), guid: Guid { value: guid.to_owned(), is_permalink: minute % 2 == 0 } }
}

pub(in crate::store) async fn the_first_note_of_a_publication_stays(bench: &impl Bench) {
    let (store, feed) = (bench.connect(), FeedId::new("news"));
    fill(&store, "one", [1, 2]).await;
    let (first, second, later) =
        (publication(1, "urn:x:1"), publication(2, "urn:x:2"), publication(3, "urn:x:3"));
    store.note_published(&feed, &[(id(1), first.clone())].into()).await.unwrap();
    let entered = [(id(1), later.clone()), (id(2), second.clone()), (id(7), later)].into();
    store.note_published(&feed, &entered).await.unwrap();
    assert_eq!(store.published(&feed).await.unwrap(), [(id(1), first), (id(2), second)].into());
}

pub(in crate::store) async fn publications_are_told_apart_by_feed(bench: &impl Bench) {
    let store = bench.connect();
    fill(&store, "one", [1]).await;
    for (name, minute) in [("news", 1), ("rust", 2)] {
        let entered = [(id(1), publication(minute, name))].into();
        store.note_published(&FeedId::new(name), &entered).await.unwrap();
        assert_eq!(store.published(&FeedId::new(name)).await.unwrap(), entered);
    }
    assert!(store.published(&FeedId::new("none")).await.unwrap().is_empty());
}

pub(in crate::store) async fn a_hand_decision_that_stays_keeps_its_date(bench: &impl Bench) {
    let store = bench.connect();
    let decision = |verb, feed: Option<&str>| HandDecision {
        verb,
        article: "https://example.org/1".to_owned(),
        feed: feed.map(FeedId::new),
    };
    let pick = decision(HandVerb::Pick, None);
    let block = decision(HandVerb::Block, None);
    let block_in_news = decision(HandVerb::Block, Some("news"));
    let rounds = [
        (vec![&pick, &block], vec![(&pick, 1), (&block, 1)]),
        (vec![&block_in_news, &pick, &pick], vec![(&pick, 1), (&block_in_news, 2)]),
        (vec![&block, &pick, &block_in_news], vec![(&pick, 1), (&block, 3), (&block_in_news, 2)]),
        (vec![], vec![]),
        (vec![&pick], vec![(&pick, 5)]),
    ];
    for (round, (decisions, wanted)) in (1..).zip(rounds) {
        let decisions: Vec<HandDecision> = decisions.into_iter().cloned().collect();
        let kept = store.keep_decisions(&decisions, at(round)).await.unwrap();
        let wanted: Vec<_> =
            wanted.into_iter().map(|(decision, since)| (decision.clone(), at(since))).collect();
        assert_eq!(kept, wanted, "round {round}");
    }
}

fn edition() -> Standing {
    let documents = vec![("news.rss".to_owned(), "ab".to_owned())];
    let feeds = vec![
        StandingFeed { feed: Some(FeedId::new("news")), items: 1, documents },
        StandingFeed { feed: None, items: 1, documents: Vec::new() },
    ];
    Standing { inputs: "cd".to_owned(), at: at(1), until: at(9), feeds }
}

pub(in crate::store) async fn an_edition_stands_until_something_is_written_that_it_is_made_of(
    bench: &impl Bench,
) {
    let (store, news) = (bench.connect(), FeedId::new("news"));
    fill(&store, "one", [1]).await;
    let entered = |guid| BTreeMap::from([(id(1), publication(1, guid))]);
    store.keep_standing(&edition()).await.unwrap();
    store.note_published(&news, &entered("urn:x:1")).await.unwrap();
    assert_eq!(store.standing().await.unwrap(), None, "an article entered a feed");
    store.keep_standing(&edition()).await.unwrap();
    fill(&store, "one", [2]).await;
    assert_eq!(store.standing().await.unwrap(), None, "an article came");
    store.keep_standing(&edition()).await.unwrap();
    let renamed = DocumentUpdate { about: Some(About::default()), ..update(document("one", ""), Vec::new()) };
    store.record(renamed).await.unwrap();
    assert_eq!(store.standing().await.unwrap(), None, "the source may be called otherwise");
}

pub(in crate::store) async fn an_edition_stands_whatever_is_written_that_it_is_not_made_of(
    bench: &impl Bench,
) {
    let (store, news) = (bench.connect(), FeedId::new("news"));
    assert_eq!(store.standing().await.unwrap(), None);
    fill(&store, "one", [1]).await;
    store.note_published(&news, &[(id(1), publication(1, "urn:x:1"))].into()).await.unwrap();
    store.keep_standing(&edition()).await.unwrap();
    store.note_published(&news, &[(id(1), publication(2, "urn:x:2"))].into()).await.unwrap();
    store.record(update(document("one", ""), Vec::new())).await.unwrap();
    assert_eq!(store.standing().await.unwrap(), Some(edition()));
}
