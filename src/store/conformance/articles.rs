//! Articles: written, recognised, read.

use std::collections::HashMap;

use super::*;
use crate::store::Wanted;

/// A body with something in every field.
fn full_body() -> ArticleBody {
    ArticleBody {
        title: PlainText::line("A \"title\" & more: ünï"),
        url: Some(page("a?b=c")),
        summary: Some(PlainText::block("one\n\ntwo")),
        content: Some(SafeHtml::from_text(&PlainText::line("a < b"))),
        authors: vec![
            Author {
                name: PlainText::line("Ann"),
                url: Some(page("ann")),
                bio: Some(PlainText::line("Ann writes.")),
            },
            Author { name: PlainText::line("Bob"), ..Author::default() },
        ],
        tags: vec![PlainText::line("x"), PlainText::line("y")],
        language: Some("en-GB".to_owned()),
        rights: Some(PlainText::line("© Ann")),
        image: Some(page("a.png")),
        attachments: vec![Attachment {
            url: page("a.mp3"),
            media_type: "audio/mpeg".to_owned(),
            length: Some(u64::from(u32::MAX) + 1),
        }],
        credits: Some(Box::new(About { title: Some(PlainText::line("Another")), ..About::default() })),
        words: 3,
    }
}

pub(in crate::store) async fn an_article_reads_back_as_it_was_written(bench: &impl Bench) {
    let about =
        About { title: Some(PlainText::line("A feed")), feed: Some(page("feed")), ..About::default() };
    let wanted =
        NewArticle { body: full_body(), updated: Some(at(5)), date_basis: DateBasis::FirstSeen, ..new(3) };
    let changes = vec![added(wanted.clone())];
    bench
        .connect()
        .record(DocumentUpdate { about: Some(about.clone()), ..update(document("one", "a"), changes) })
        .await
        .unwrap();

    let article = the_article(&bench.connect(), 3).await;
    let origin = &article.origin;
    assert_eq!((origin.source.as_str(), origin.scope.as_str(), &origin.about), ("one", "a", &about));
    assert_eq!((article.id, &article.guid, &article.body), (wanted.id, &wanted.guid, &wanted.body));
    assert_eq!((article.published, article.date_basis), (wanted.published, wanted.date_basis));
    assert_eq!((article.updated, article.first_seen), (wanted.updated, wanted.first_seen));
    assert_eq!(article.flood, wanted.flood);
    assert_eq!(article.revision, 1);
}

pub(in crate::store) async fn times_are_kept_to_the_millisecond(bench: &impl Bench) {
    let store = bench.connect();
    let before_1970 = at(-1) + TimeDelta::milliseconds(7);
    let article =
        NewArticle { published: before_1970, first_seen: at(3) + TimeDelta::microseconds(4_999), ..new(1) };
    store.record(update(document("one", ""), vec![added(article)])).await.unwrap();
    let article = the_article(&store, 1).await;
    assert_eq!((article.published, article.first_seen), (before_1970, at(3) + TimeDelta::milliseconds(4)));
}

pub(in crate::store) async fn many_new_articles_at_once_have_each_their_own_words_and_keys(
    bench: &impl Bench,
) {
    let store = bench.connect();
    for (turn, count) in [1, 2, 15, 16, 17, 33, 100].into_iter().enumerate() {
        let (source, first) = (format!("s{count}"), turn as u64 * 1_000);
        fill(&store, &source, first..first + count).await;
        for number in first..first + count {
            let article = the_article(&store, number).await;
            assert_eq!((article.guid, article.published), (new(number).guid, at(number.cast_signed())));
            assert_eq!(article.body.title, new(number).body.title);
            assert_eq!(article.flood, new(number).flood);
        }
        let keys: HashMap<Key, ArticleId> = (first..first + count)
            .flat_map(|number| [(guid(number), id(number)), (link(number), id(number))])
            .collect();
        let asked = keys.keys().cloned().collect();
        assert_eq!(store.known(&document(&source, ""), &asked).await.unwrap().by_key, keys);
    }
}

pub(in crate::store) async fn known_gives_the_keys_asked_for_and_counts_all_of_their_articles(
    bench: &impl Bench,
) {
    let (store, one) = (bench.connect(), document("one", ""));
    fill(&store, "one", 1..=3).await;
    let further = Key::Hash("abc".to_owned());
    let edit = EditedArticle { keys: vec![link(20)], ..edit(2, 2) };
    let changes = vec![Change::Keys { id: id(1), keys: vec![further] }, edited(edit.clone())];
    store.record(update(one.clone(), changes)).await.unwrap();

    let asked = BTreeSet::from([link(1), link(20), link(7), Key::Guid("abc".to_owned())]);
    let known = store.known(&one, &asked).await.unwrap();
    assert_eq!(known.by_key, [(link(1), id(1)), (link(20), id(2))].into());
    assert_eq!(known.articles.len(), 2);
    assert!(known.has_articles);
    let (first, second) = (&known.articles[&id(1)], &known.articles[&id(2)]);
    assert_eq!((first.fingerprint, first.revision, first.updated), (new(1).fingerprint, 1, None));
    assert_eq!(first.keys, KeyCounts { guids: 1, links: 1, hashes: 1 });
    assert_eq!(second.keys, KeyCounts { guids: 1, links: 2, hashes: 0 });
    assert_eq!((second.fingerprint, second.revision), (edit.fingerprint, 2));
    assert_eq!((second.published, second.updated), (edit.published, edit.updated));
}

pub(in crate::store) async fn keys_are_known_within_their_document_only(bench: &impl Bench) {
    let store = bench.connect();
    fill(&store, "one", [1]).await;
    for other in [document("two", ""), document("one", "a")] {
        store.record(update(other.clone(), Vec::new())).await.unwrap();
        assert_eq!(store.known(&other, &BTreeSet::from([link(1)])).await.unwrap(), Default::default());
        let theirs = Change::Keys { id: id(1), keys: vec![link(9)] };
        store.record(update(other, vec![theirs])).await.unwrap_err();
    }
    let same_keys = NewArticle { id: id(2), ..new(1) };
    store.record(update(document("two", ""), vec![added(same_keys)])).await.unwrap();
    let known = store.known(&document("two", ""), &BTreeSet::from([link(1)])).await.unwrap();
    assert_eq!(known.by_key[&link(1)], id(2));
}

pub(in crate::store) async fn an_article_is_found_by_id_link_and_guid_whatever_its_source(
    bench: &impl Bench,
) {
    let store = bench.connect();
    fill(&store, "one", [1, 2]).await;
    let elsewhere = NewArticle { id: id(3), keys: vec![link(1)], ..new(1) };
    store.record(update(document("two", ""), vec![added(elsewhere)])).await.unwrap();
    let cases = [
        (Wanted::Id(id(2)), vec![2]),
        (Wanted::Id(id(7)), vec![]),
        (Wanted::Keys(vec![link(1)]), vec![1, 3]),
        (Wanted::Keys(vec![guid(1), link(1)]), vec![1, 3]),
        (Wanted::Keys(vec![guid(2)]), vec![2]),
        (Wanted::Keys(vec![link(7), Key::Hash("example.org/1".to_owned())]), vec![]),
        (Wanted::Keys(vec![]), vec![]),
    ];
    for (wanted, found) in cases {
        let found: Vec<ArticleId> = found.into_iter().map(id).collect();
        assert_eq!(store.find(&wanted).await.unwrap(), found, "{wanted:?}");
    }
}

pub(in crate::store) async fn an_edit_is_a_revision_and_keeps_what_was_said_before(bench: &impl Bench) {
    let (store, one) = (bench.connect(), document("one", ""));
    fill(&store, "one", [1]).await;
    let third =
        EditedArticle { body: full_body(), published: at(0), date_basis: DateBasis::FirstSeen, ..edit(1, 3) };
    for edit in [edit(1, 2), third.clone()] {
        store.record(update(one.clone(), vec![edited(edit)])).await.unwrap();
    }
    let revisions = store.revisions(id(1)).await.unwrap();
    let said: Vec<_> =
        revisions.iter().map(|revision| (revision.number, revision.seen, &revision.body)).collect();
    let (first, second) = (new(1), edit(1, 2));
    let wanted =
        [(1, first.first_seen, &first.body), (2, second.seen, &second.body), (3, third.seen, &third.body)];
    assert_eq!(said, wanted);

    let article = the_article(&store, 1).await;
    assert_eq!((article.revision, &article.body, &article.guid), (3, &third.body, &first.guid));
    assert_eq!((article.published, article.date_basis), (at(0), DateBasis::FirstSeen));
    assert_eq!((article.updated, article.first_seen), (third.updated, first.first_seen));
}

pub(in crate::store) async fn an_edit_of_a_revision_that_is_no_more_is_refused(bench: &impl Bench) {
    let (store, one) = (bench.connect(), document("one", ""));
    fill(&store, "one", [1]).await;
    for (revision, fits) in [(3, false), (2, true), (2, false), (3, true)] {
        let outcome = store.record(update(one.clone(), vec![edited(edit(1, revision))])).await;
        assert_eq!(outcome.is_ok(), fits, "{outcome:?}");
    }
}

pub(in crate::store) async fn articles_come_newest_first_then_by_id(bench: &impl Bench) {
    let store = bench.connect();
    let changes = [(5, 10), (4, 10), (6, 10), (7, 20), (3, 5)]
        .map(|(number, minute)| added(NewArticle { published: at(minute), ..new(number) }));
    store.record(update(document("one", ""), changes.into())).await.unwrap();
    for limit in 0..=6 {
        let query = ArticleQuery { limit: Some(limit), ..ArticleQuery::default() };
        assert_eq!(numbers(&store, query).await, [7, 4, 5, 6, 3][..limit.min(5)], "{limit}");
    }
    let two = ArticleQuery { limit: Some(2), also: vec![id(3), id(6)], ..ArticleQuery::default() };
    assert_eq!(numbers(&store, two).await, [7, 4, 6, 3]);
}

pub(in crate::store) async fn articles_are_chosen_by_source_and_date(bench: &impl Bench) {
    let store = bench.connect();
    fill(&store, "one", [1, 4, 7]).await;
    fill(&store, "two", [2, 5, 8]).await;
    store.record(update(document("two", "b"), vec![added(new(3))])).await.unwrap();
    fill(&store, "six", [6]).await;
    let cases: [(&[&str], _, _, &[u64]); 8] = [
        (&[], None, None, &[8, 7, 6, 5, 4, 3, 2, 1]),
        (&[], Some(5), None, &[8, 7, 6, 5]),
        (&["two"], None, None, &[8, 5, 3, 2]),
        (&["two"], Some(3), Some(2), &[8, 5]),
        (&["two", "one"], None, Some(3), &[8, 7, 5]),
        (&["two", "one", "six"], None, Some(3), &[8, 7, 6]),
        (&["two", "nobody"], Some(6), None, &[8]),
        (&["one"], Some(8), None, &[]),
    ];
    for (sources, since, limit, wanted) in cases {
        let query = ArticleQuery {
            sources: sources.iter().map(|name| SourceId::new(name)).collect(),
            since: since.map(at),
            limit,
            ..ArticleQuery::default()
        };
        assert_eq!(numbers(&store, query.clone()).await, wanted, "{query:?}");
    }
}

pub(in crate::store) async fn articles_named_come_too_whatever_their_source_and_date(bench: &impl Bench) {
    let store = bench.connect();
    fill(&store, "one", [1, 4]).await;
    fill(&store, "two", [2, 5]).await;
    let query = ArticleQuery {
        sources: vec![SourceId::new("one")],
        since: Some(at(3)),
        also: vec![id(5), id(1), id(4), id(1), id(7)],
        ..ArticleQuery::default()
    };
    assert_eq!(numbers(&store, query).await, [5, 4, 1]);
    assert_eq!(numbers(&store, ArticleQuery::only(vec![id(2), id(7)])).await, [2]);
}

pub(in crate::store) async fn what_is_sifted_is_what_articles_gives(bench: &impl Bench) {
    let store = bench.connect();
    fill(&store, "one", [1, 4, 7]).await;
    fill(&store, "two", [2, 5, 8]).await;
    let (two, also) = (vec![SourceId::new("two")], vec![id(4), id(5), id(9), id(4)]);
    let all = ArticleQuery { content: true, ..ArticleQuery::default() };
    for query in [
        ArticleQuery { also: also.clone(), ..all.clone() },
        ArticleQuery { sources: two, since: Some(at(3)), also: also.clone(), ..all.clone() },
        ArticleQuery { limit: Some(2), also: also.clone(), ..all.clone() },
        ArticleQuery::only(also),
        ArticleQuery::only(Vec::new()),
        all,
    ] {
        let sifted = store.sift(query.clone(), |articles| articles.collect::<Vec<Article>>());
        let mut sifted = sifted.await.unwrap();
        sifted.sort_by_key(|article| (std::cmp::Reverse(article.published), article.id));
        assert_eq!(sifted, store.articles(query.clone()).await.unwrap(), "{query:?}");
        let first = store.sift(query, |articles| articles.next().map(|article| article.id)).await.unwrap();
        assert_eq!(first.is_none(), sifted.is_empty(), "whoever has seen enough may stop");
    }
}

pub(in crate::store) async fn bodies_are_read_only_if_asked_for(bench: &impl Bench) {
    let store = bench.connect();
    fill(&store, "one", [1]).await;
    for content in [false, true] {
        let query = ArticleQuery { content, ..ArticleQuery::default() };
        let articles = store.articles(query).await.unwrap();
        assert_eq!(
            articles[0].body,
            ArticleBody { content: new(1).body.content.filter(|_| content), ..new(1).body }
        );
    }
}

pub(in crate::store) async fn articles_are_counted_by_source(bench: &impl Bench) {
    let store = bench.connect();
    fill(&store, "one", [1, 2]).await;
    fill(&store, "two", [3]).await;
    fill(&store, "none", []).await;
    store.record(update(document("two", "b"), vec![added(new(4)), added(new(5))])).await.unwrap();
    let counts = store.counts().await.unwrap();
    assert_eq!(counts, [("one", 2), ("two", 3)].map(|(name, count)| (SourceId::new(name), count)).into());
}
