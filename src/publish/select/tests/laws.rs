//! What holds for every world of articles and every selection.

use proptest::prelude::*;

use super::*;

/// Small worlds in which copies, ties and every verdict are common.
fn world() -> impl Strategy<Value = (Vec<Article>, Selection)> {
    let articles = prop::collection::vec((0..4usize, 0..6i64, 0..8u8, 0..8u8, 0..5u8), 0..14);
    let hand = (prop::collection::vec(0..14u64, 0..3), prop::collection::vec(0..14u64, 0..3));
    let bounds = (0..8usize, prop::option::of(0..4usize), prop::option::of(0..6u64), any::<bool>());
    (articles, hand, bounds).prop_map(|(articles, (picked, blocked), (limit, cap, window, by_entry))| {
        let articles = articles.into_iter().zip(0..).map(|((source, age, link, guid, title), id)| {
            article(id, ["a", "b", "c", "z"][source], age)
                .linked(&format!("https://example.org/{link}"))
                .guid(&format!("urn:example:{guid}"), false)
                .titled(["dam", "flood", "chess", "sponsored", "storm"][usize::from(title)])
        });
        let selection = Selection {
            limit,
            per_source: cap.map(|max| PerSource { max, per: CapPeriod::Feed }),
            window: window.map(|hours| Duration::from_secs(hours * 3600)),
            sort: if by_entry { Sort::Selected } else { Sort::Published },
            exclude: vec![titled("chess", "chess")],
            prefer: sources(&["b"]),
            hand: HandDecisions { picked: ids(&picked), blocked: ids(&blocked) },
            ..all()
        };
        (articles.collect(), selection)
    })
}

fn unbounded(selection: &Selection) -> Selection {
    Selection { limit: usize::MAX, per_source: None, ..selection.clone() }
}

proptest! {
    #[test]
    fn the_order_of_the_articles_given_changes_nothing(
        ((articles, selection), shuffled) in world().prop_flat_map(|(articles, selection)| {
            let shuffled = Just(articles.clone()).prop_shuffle();
            (Just((articles, selection)), shuffled)
        })
    ) {
        let (one, other) = (run(&articles, &selection), run(&shuffled, &selection));
        prop_assert_eq!(one.order, other.order);
        let sorted = |mut decisions: Vec<Decision>| {
            decisions.sort_by_key(|decision| decision.article);
            decisions
        };
        prop_assert_eq!(sorted(one.decisions), sorted(other.decisions));
    }

    #[test]
    fn every_article_has_one_verdict_and_those_in_stand_in_the_order_once((articles, selection) in world()) {
        let selected = run(&articles, &selection);
        let given: Vec<ArticleId> = articles.iter().map(|article| article.id).collect();
        let decided: Vec<ArticleId> = selected.decisions.iter().map(|decision| decision.article).collect();
        prop_assert_eq!(given, decided);
        let mut inside: Vec<ArticleId> = selected.decisions.iter()
            .filter(|decision| decision.verdict.is_in()).map(|decision| decision.article).collect();
        let mut order = selected.order;
        inside.sort();
        order.sort();
        prop_assert_eq!(inside, order);
    }

    #[test]
    fn nothing_blocked_is_in_and_only_picks_exceed_limit_and_cap((articles, selection) in world()) {
        let selected = run(&articles, &selection);
        let of = |verdict: &Verdict| selected.decisions.iter().filter(|decision| decision.verdict == *verdict).count();
        prop_assert!(selected.order.iter().all(|id| !selection.hand.blocked.contains(id)));
        prop_assert!(selected.order.len() <= selection.limit.max(of(&Verdict::Picked)));
        if let Some(cap) = selection.per_source {
            for source in ["a", "b", "c"] {
                let (picked, others): (Vec<_>, Vec<_>) = articles.iter().zip(&selected.decisions)
                    .filter(|(article, decision)| article.origin.source.as_str() == source && decision.verdict.is_in())
                    .partition(|(_, decision)| decision.verdict == Verdict::Picked);
                prop_assert!(others.is_empty() || picked.len() + others.len() <= cap.max);
            }
        }
    }

    #[test]
    fn of_the_copies_of_one_article_one_leads_and_it_is_no_copy((articles, selection) in world()) {
        let selected = run(&articles, &unbounded(&selection));
        for decision in &selected.decisions {
            if let Verdict::Duplicate { of } = decision.verdict {
                prop_assert!(selected.order.contains(&of));
            }
        }
        let inside = articles.iter().filter(|article| selected.order.contains(&article.id));
        let mut guids: Vec<&str> = inside.map(|article| article.guid.value.as_str()).collect();
        let count = guids.len();
        guids.sort_unstable();
        guids.dedup();
        prop_assert_eq!(guids.len(), count);
    }

    #[test]
    fn one_more_exclude_rule_adds_no_article_that_is_not_a_copy_of_one_it_took((articles, selection) in world()) {
        let before = run(&articles, &unbounded(&selection));
        let mut stricter = unbounded(&selection);
        stricter.exclude.push(titled("more", "sponsored"));
        let after = run(&articles, &stricter);
        prop_assert!(after.order.len() <= before.order.len());
        for id in after.order.iter().filter(|id| !before.order.contains(id)) {
            let was = before.decisions.iter().find(|decision| decision.article == *id).unwrap();
            let Verdict::Duplicate { of } = was.verdict else { panic!("{was:?}") };
            prop_assert!(!after.order.contains(&of));
        }
    }

    #[test]
    fn a_second_run_with_nothing_new_selects_the_same((articles, selection) in world()) {
        let first = run(&articles, &selection);
        let entered: Vec<(u64, i64)> = first.order.iter().map(|id| (id.number(), 0)).collect();
        let second = run_entered(&articles, &selection, &entered);
        prop_assert_eq!(first.order, second.order);
    }

    #[test]
    fn the_order_stands_until_the_moment_it_names((articles, selection) in world(), part in 0..=4i32) {
        // What a store gives at a moment.
        let given = |at: DateTime<Utc>| -> Vec<Article> {
            let since = selection.window.map_or(DateTime::<Utc>::MIN_UTC, |window| at - window);
            let by_hand = |id| selection.hand.picked.contains(&id) || selection.hand.blocked.contains(&id);
            let given = articles.iter().filter(|article| article.published >= since || by_hand(article.id));
            given.cloned().collect()
        };
        let first = run(&given(now()), &selection);
        let entered = first.order.iter().map(|&id| (id, now())).collect();
        let later = now() + (first.until - now()).min(TimeDelta::days(900)) * part / 4;
        let context = Context { now: later, source_tags: &BTreeMap::new(), entered: &entered };
        prop_assert_eq!(first.order, select(&given(later), &selection, &context).order);
    }
}
