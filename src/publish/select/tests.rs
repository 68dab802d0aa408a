use std::sync::Arc;
use std::time::Duration;

use url::Url;

use crate::model::selection::{
    CapPeriod, FirstRun, HandDecisions, PatternUse, PerSource, Sort, Test, TextPattern,
};
use crate::model::{About, ArticleBody, DateBasis, Flood, Guid, Origin};

use super::*;

mod laws;
mod withdrawn;

const HOUR: i64 = 3600;

fn now() -> DateTime<Utc> {
    "2026-11-23T12:00:00Z".parse().unwrap()
}

/// An article, `hours` old, that no other is a copy of.
fn article(id: u64, source: &str, hours: i64) -> Article {
    let origin = Origin { source: SourceId::new(source), scope: String::new(), about: About::default() };
    let published = now() - TimeDelta::seconds(hours * HOUR);
    Article {
        id: ArticleId::new(id),
        origin: Arc::new(origin),
        guid: Guid { value: format!("urn:example:{source}:{id}"), is_permalink: false },
        body: ArticleBody {
            title: PlainText::line(&format!("Headline {id}")),
            url: Some(Url::parse(&format!("https://{source}.example.org/{id}")).unwrap()),
            ..ArticleBody::default()
        },
        published,
        date_basis: DateBasis::Given,
        updated: None,
        first_seen: published,
        revision: 1,
        flood: None,
        withdrawn: None,
    }
}

trait With: Sized {
    fn titled(self, title: &str) -> Self;
    fn linked(self, url: &str) -> Self;
    fn guid(self, value: &str, is_permalink: bool) -> Self;
}

impl With for Article {
    fn titled(mut self, title: &str) -> Self {
        self.body.title = PlainText::line(title);
        self
    }

    fn linked(mut self, url: &str) -> Self {
        self.body.url = Url::parse(url).ok();
        self
    }

    fn guid(mut self, value: &str, is_permalink: bool) -> Self {
        self.guid = Guid { value: value.to_owned(), is_permalink };
        self
    }
}

fn ids(numbers: &[u64]) -> Vec<ArticleId> {
    numbers.iter().copied().map(ArticleId::new).collect()
}

fn sources(names: &[&str]) -> Vec<SourceId> {
    names.iter().map(|name| SourceId::new(name)).collect()
}

fn titled(name: &str, pattern: &str) -> Rule {
    let pattern = TextPattern::compile(pattern, PatternUse::Text).unwrap();
    Rule { name: name.to_owned(), tests: vec![Test::Title(vec![pattern])] }
}

fn all() -> Selection {
    Selection { from: sources(&["a", "b", "c"]).into(), limit: 1000, ..Selection::default() }
}

fn run_entered(articles: &[Article], selection: &Selection, entered: &[(u64, i64)]) -> Selected {
    let entered = entered
        .iter()
        .map(|&(id, hours)| (ArticleId::new(id), now() - TimeDelta::seconds(hours * HOUR)))
        .collect();
    let source_tags = BTreeMap::new();
    select(articles, selection, &Context { now: now(), source_tags: &source_tags, entered: &entered })
}

fn run(articles: &[Article], selection: &Selection) -> Selected {
    run_entered(articles, selection, &[])
}

fn verdicts(articles: &[Article], selection: &Selection) -> Vec<Verdict> {
    run(articles, selection).decisions.into_iter().map(|decision| decision.verdict).collect()
}

fn duplicate(of: u64) -> Verdict {
    Verdict::Duplicate { of: ArticleId::new(of) }
}

fn included(rule: &str) -> Verdict {
    Verdict::Included { rule: rule.to_owned() }
}

#[test]
fn each_article_gets_its_verdict_in_the_order_of_deciding() {
    let articles = [
        article(1, "a", 1).titled("dam sponsored"),
        article(2, "z", 900).titled("dam sponsored"),
        article(3, "z", 900).titled("dam"),
        article(4, "a", 49).titled("dam sponsored"),
        article(5, "a", 48).titled("dam sponsored"),
        article(6, "a", 48).titled("dam flood"),
        article(7, "b", 1).titled("flood"),
        article(8, "c", -1).titled("chess"),
    ];
    let mut selection = all();
    selection.window = Some(Duration::from_secs(48 * 3600));
    selection.exclude = vec![titled("ads", "sponsored")];
    selection.include = vec![titled("dams", "dam"), titled("floods", "flood")];
    selection.hand = HandDecisions { picked: ids(&[1, 2]), blocked: ids(&[1]) };
    let expected = [
        Verdict::Blocked,
        Verdict::Picked,
        Verdict::OtherSource,
        Verdict::TooOld,
        Verdict::Excluded { rule: "ads".to_owned() },
        included("dams"),
        included("floods"),
        Verdict::NotIncluded,
    ];
    assert_eq!(verdicts(&articles, &selection), expected);
    assert_eq!(run(&articles, &selection).order, ids(&[7, 6, 2]));
    selection.include.clear();
    assert_eq!(verdicts(&articles, &selection)[5..], [Verdict::NoRules, Verdict::NoRules, Verdict::NoRules]);
}

#[test]
fn a_window_beyond_all_time_keeps_every_age() {
    let selection = Selection { window: Some(Duration::MAX), ..all() };
    assert_eq!(verdicts(&[article(1, "a", 500_000)], &selection), [Verdict::NoRules]);
}

#[test]
fn the_tags_of_a_source_are_tags_of_its_articles() {
    let pattern = TextPattern::compile("local", PatternUse::Text).unwrap();
    let include = vec![Rule { name: "local".to_owned(), tests: vec![Test::Tag(vec![pattern])] }];
    let selection = Selection { include, ..all() };
    let source_tags = BTreeMap::from([(SourceId::new("b"), vec![PlainText::line("local")])]);
    let context = Context { now: now(), source_tags: &source_tags, entered: &BTreeMap::new() };
    let selected = select(&[article(1, "a", 1), article(2, "b", 1)], &selection, &context);
    assert_eq!(selected.order, ids(&[2]));
}

#[test]
fn copies_are_known_by_published_id_and_by_link_in_any_spelling() {
    let link = "https://news.example.org/story";
    let first = || article(1, "a", 2).linked(link);
    for (copy, is_copy) in [
        (article(2, "b", 1).linked("http://NEWS.example.org/story/?utm_source=b#top"), true),
        (article(2, "b", 1).guid("urn:example:a:1", false), true),
        (article(2, "b", 1).guid("http://news.example.org/story", true), true),
        (article(2, "b", 1).guid("http://news.example.org/story", false), false),
        (article(2, "b", 1).linked("https://news.example.org/story?id=2"), false),
        (article(2, "b", 1).titled("Headline 1"), false),
        (article(2, "a", 1).linked(link).titled("HEADLINE 1"), true),
    ] {
        let expected = if is_copy { duplicate(1) } else { Verdict::NoRules };
        assert_eq!(verdicts(&[first(), copy.clone()], &all()), [Verdict::NoRules, expected], "{copy:?}");
    }
}

#[test]
fn a_link_that_names_no_article_makes_no_copies() {
    let home = "https://a.example.org/";
    let live = "https://a.example.org/live";
    for link in [home, live] {
        let articles = [
            article(1, "a", 1).linked(link).titled("One"),
            article(2, "a", 2).linked(link).titled("Two"),
            article(3, "b", 3).linked(link).titled("One"),
        ];
        assert_eq!(verdicts(&articles, &all()), [Verdict::NoRules, Verdict::NoRules, duplicate(1)]);
    }
    let by_two = [article(1, "a", 1).linked(home), article(2, "b", 1).linked(home)];
    assert_eq!(run(&by_two, &all()).order.len(), 2);
    let by_two = [article(1, "a", 1).linked(live), article(2, "b", 1).linked(live)];
    assert_eq!(run(&by_two, &all()).order.len(), 1, "two newsrooms may head one page differently");
}

#[test]
fn a_copy_of_a_copy_is_a_copy_even_through_one_that_is_out() {
    let articles = [
        article(1, "a", 1).guid("urn:example:same", false),
        article(2, "b", 1)
            .guid("urn:example:same", false)
            .linked("https://example.org/x")
            .titled("sponsored"),
        article(3, "c", 1).linked("https://example.org/x"),
    ];
    assert_eq!(verdicts(&articles, &all()), [Verdict::NoRules, duplicate(1), duplicate(1)]);
    let selection = Selection { exclude: vec![titled("ads", "sponsored")], ..all() };
    let excluded = Verdict::Excluded { rule: "ads".to_owned() };
    assert_eq!(verdicts(&articles, &selection), [Verdict::NoRules, excluded, duplicate(1)]);
}

#[test]
fn the_leading_copy_is_chosen_by_preference_pick_place_date_and_id() {
    let copy = |id, source, hours| article(id, source, hours).linked("https://example.org/x").titled("X");
    let lead = |articles: &[Article], selection: &Selection| {
        let order = run(articles, selection).order;
        assert_eq!(order.len(), 1);
        order[0].number()
    };
    let three = [copy(1, "c", 9), copy(2, "b", 5), copy(3, "a", 1)];
    assert_eq!(lead(&three, &all()), 3, "config order of `from`");
    let picked = Selection { hand: HandDecisions { picked: ids(&[1]), blocked: vec![] }, ..all() };
    assert_eq!(lead(&three, &picked), 1, "a pick before config order");
    let preferred = Selection { prefer: sources(&["b"]), ..picked };
    assert_eq!(lead(&three, &preferred), 2, "preference before a pick");
    let preferred = Selection { prefer: sources(&["c", "b"]), ..all() };
    assert_eq!(lead(&three, &preferred), 1, "the first preference first");
    assert_eq!(lead(&[copy(1, "a", 1), copy(2, "a", 2)], &all()), 2, "the earlier one");
    assert_eq!(lead(&[copy(2, "a", 1), copy(1, "a", 1)], &all()), 1, "the lower id");
}

#[test]
fn a_copy_that_leads_a_pick_is_as_safe_as_the_pick() {
    let articles = [
        article(1, "a", 9).linked("https://example.org/x"),
        article(2, "b", 9).linked("https://example.org/x"),
        article(3, "b", 1),
    ];
    let selection = Selection {
        prefer: sources(&["b"]),
        hand: HandDecisions { picked: ids(&[1]), blocked: vec![] },
        limit: 0,
        per_source: Some(PerSource { max: 0, per: CapPeriod::Feed }),
        ..all()
    };
    assert_eq!(verdicts(&articles, &selection), [duplicate(2), Verdict::Picked, Verdict::OverCap]);
}

#[test]
fn a_block_reaches_the_copies_even_picked_ones() {
    let copy = |id, source| article(id, source, 1).linked("https://example.org/x");
    let articles = [copy(1, "a"), copy(2, "b"), copy(3, "z"), copy(4, "c"), article(5, "a", 1)];
    let hand = HandDecisions { picked: ids(&[2]), blocked: ids(&[4]) };
    let of_four = Verdict::BlockedCopy { of: ArticleId::new(4) };
    let expected = [of_four.clone(), of_four, Verdict::OtherSource, Verdict::Blocked, Verdict::NoRules];
    assert_eq!(verdicts(&articles, &Selection { hand, ..all() }), expected);
}

#[test]
fn a_source_keeps_its_newest_up_to_the_cap_and_picks_count() {
    let articles =
        [article(1, "a", 1), article(2, "a", 2), article(3, "a", 3), article(4, "a", 4), article(5, "b", 5)];
    let mut selection = Selection { per_source: Some(PerSource { max: 2, per: CapPeriod::Feed }), ..all() };
    assert_eq!(run(&articles, &selection).order, ids(&[1, 2, 5]));
    selection.hand.picked = ids(&[4]);
    assert_eq!(run(&articles, &selection).order, ids(&[1, 4, 5]));
    selection.hand.picked = ids(&[2, 3, 4]);
    assert_eq!(run(&articles, &selection).order, ids(&[2, 3, 4, 5]));
    assert_eq!(verdicts(&articles, &selection)[0], Verdict::OverCap);
}

#[test]
fn a_cap_per_day_counts_utc_days_of_publication() {
    // 12 and 13 hours before noon lie on two sides of midnight.
    let articles = [article(1, "a", 1), article(2, "a", 12), article(3, "a", 13), article(4, "a", 14)];
    let selection = Selection { per_source: Some(PerSource { max: 1, per: CapPeriod::Day }), ..all() };
    assert_eq!(run(&articles, &selection).order, ids(&[1, 3]));
}

#[test]
fn the_limit_keeps_the_newest_and_every_pick() {
    let articles = [article(1, "a", 1), article(2, "b", 2), article(3, "a", 3), article(4, "b", 4)];
    let mut selection = Selection { limit: 2, ..all() };
    assert_eq!(run(&articles, &selection).order, ids(&[1, 2]));
    assert_eq!(verdicts(&articles, &selection)[2..], [Verdict::OverLimit, Verdict::OverLimit]);
    selection.hand.picked = ids(&[4]);
    assert_eq!(run(&articles, &selection).order, ids(&[1, 4]));
    selection.hand.picked = ids(&[2, 3, 4]);
    assert_eq!(run(&articles, &selection).order, ids(&[2, 3, 4]));
}

#[test]
fn articles_of_one_moment_stand_in_the_order_of_their_ids() {
    let articles = [article(3, "a", 1), article(1, "b", 1), article(2, "a", 1)];
    for sort in [Sort::Published, Sort::Selected] {
        assert_eq!(run(&articles, &Selection { sort, ..all() }).order, ids(&[1, 2, 3]));
    }
}

#[test]
fn sorted_by_selection_what_enters_now_is_on_top() {
    let articles = [article(1, "a", 1), article(2, "a", 2), article(3, "a", 90), article(4, "a", 80)];
    let selection = Selection { sort: Sort::Selected, ..all() };
    assert_eq!(run_entered(&articles, &selection, &[(1, 50), (2, 10)]).order, ids(&[4, 3, 2, 1]));
}

#[test]
fn sorted_by_selection_a_late_find_enters_and_what_found_no_room_does_not_turn_the_feed_over() {
    let selection = Selection { sort: Sort::Selected, limit: 2, ..all() };
    let mut articles =
        vec![article(1, "a", 20), article(2, "a", 21), article(3, "a", 22), article(4, "a", 23)];
    assert_eq!(run(&articles, &selection).order, ids(&[1, 2]));
    let entered = [(1, 10), (2, 10)];
    assert_eq!(run_entered(&articles, &selection, &entered).order, ids(&[1, 2]), "3 and 4 were there before");
    let mut late = article(5, "a", 900);
    late.first_seen = now();
    articles.push(late);
    assert_eq!(run_entered(&articles, &selection, &entered).order, ids(&[5, 1]));
    assert_eq!(run_entered(&articles, &selection, &[(1, 10), (2, 10), (5, 0)]).order, ids(&[5, 1]));
}

/// Thirty articles that a source brought at once, so long after the feed was first published.
fn flooded(flood: Flood, after: TimeDelta) -> (Vec<Article>, BTreeMap<ArticleId, DateTime<Utc>>) {
    let brought = now() - TimeDelta::hours(1);
    let flood =
        |id| Article { first_seen: brought, flood: Some(flood), ..article(id, "a", id.cast_signed()) };
    let old = article(100, "b", 200);
    let entered = BTreeMap::from([(old.id, brought - after)]);
    ((1..=30).map(flood).chain([old]).collect(), entered)
}

fn number_in(flood: Flood, after: TimeDelta, first_run: FirstRun) -> usize {
    let (articles, entered) = flooded(flood, after);
    let selection =
        Selection { first_run: Arc::new(BTreeMap::from([(SourceId::new("a"), first_run)])), ..all() };
    let context = Context { now: now(), source_tags: &BTreeMap::new(), entered: &entered };
    select(&articles, &selection, &context).order.len() - 1
}

#[test]
fn a_source_floods_no_feed_that_is_a_day_old() {
    use Flood::{First, Later};
    let default = FirstRun { most: 20, spares_new_feeds: true };
    let asked = FirstRun { most: 5, spares_new_feeds: false };
    let (young, old) = (TimeDelta::hours(23), TimeDelta::hours(25));
    let cases = [
        (First, old, default, 20),
        (First, young, default, 30),
        (Later, young, default, 20),
        (First, young, asked, 5),
        (Later, old, asked, 5),
        (First, old, FirstRun { most: 0, ..asked }, 0),
    ];
    for (flood, after, first_run, wanted) in cases {
        assert_eq!(number_in(flood, after, first_run), wanted, "{flood:?} {after} {first_run:?}");
    }
}

#[test]
fn of_a_flood_the_newest_enter_and_what_entered_before_stays() {
    let (articles, mut entered) = flooded(Flood::Later, TimeDelta::days(9));
    entered.insert(ArticleId::new(30), now());
    let asked = FirstRun { most: 3, spares_new_feeds: false };
    let first_run = Arc::new(BTreeMap::from([(SourceId::new("a"), asked)]));
    let selection =
        Selection { first_run, hand: HandDecisions { picked: ids(&[20]), blocked: vec![] }, ..all() };
    let context = Context { now: now(), source_tags: &BTreeMap::new(), entered: &entered };
    let selected = select(&articles, &selection, &context);
    assert_eq!(selected.order, ids(&[1, 20, 30, 100]));
    assert_eq!(selected.decisions[1].verdict, Verdict::OverFirstRun);
}
