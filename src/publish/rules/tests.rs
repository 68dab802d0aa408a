use std::sync::Arc;

use chrono::TimeDelta;
use url::Url;

use crate::model::selection::{Comparison, PatternUse, TextPattern};
use crate::model::{
    About, ArticleBody, ArticleId, Author, DateBasis, Guid, Origin, PlainText, SafeHtml, SourceId,
};

use super::*;

#[allow(clippy::disallowed_methods, reason = "the test stands in for a store")]
fn body() -> SafeHtml {
    SafeHtml::vouched("<p>Rain &amp; <b>melt</b>water…</p><p>Rescue goes on.</p>".to_owned())
}

fn now() -> DateTime<Utc> {
    "2026-11-23T12:00:00Z".parse().unwrap()
}

fn line(text: &str) -> PlainText {
    PlainText::line(text)
}

fn article() -> Article {
    let origin = Origin { source: SourceId::new("bbc"), scope: String::new(), about: About::default() };
    let author = |name| Author { name: line(name), ..Author::default() };
    Article {
        id: ArticleId::new(1),
        origin: Arc::new(origin),
        guid: Guid { value: "https://example.org/1".to_owned(), is_permalink: true },
        body: ArticleBody {
            title: line("Dam fails in the North"),
            url: Some(Url::parse("https://example.org/world/dam-fails").unwrap()),
            summary: Some(line("Three villages are evacuated")),
            content: Some(body()),
            authors: vec![author("Zoë Okafor"), author("Jan Novák")],
            tags: vec![line("Floods"), line("World news")],
            words: 120,
            ..ArticleBody::default()
        },
        published: now() - TimeDelta::hours(50),
        date_basis: DateBasis::Given,
        updated: None,
        first_seen: now(),
        revision: 1,
        flood: None,
        withdrawn: None,
    }
}

fn text(patterns: &[&str]) -> Vec<TextPattern> {
    patterns.iter().map(|pattern| TextPattern::compile(pattern, PatternUse::Text).unwrap()).collect()
}

fn url(pattern: &str) -> Test {
    Test::Url(vec![TextPattern::compile(pattern, PatternUse::Url).unwrap()])
}

fn age(bound: &str) -> Test {
    Test::Age(vec![Comparison::of_age(bound).unwrap()])
}

fn words(bounds: &[&str]) -> Test {
    Test::Words(bounds.iter().map(|bound| Comparison::of_count(bound).unwrap()).collect())
}

fn sources(names: &[&str]) -> Test {
    Test::Source(names.iter().map(|name| SourceId::new(name)).collect())
}

fn rule(tests: Vec<Test>) -> Rule {
    Rule { name: "r".to_owned(), tests }
}

/// Asks both ways of asking, which must agree.
fn holds(tests: Vec<Test>) -> bool {
    let (article, tags) = (article(), [line("English"), line("C++")]);
    let subject = Subject::new(&article, &tags, now());
    let rule = rule(tests);
    assert_eq!(subject.matches(&rule), subject.explain(&rule).is_some());
    subject.matches(&rule)
}

#[test]
fn each_key_reads_its_own_part_of_the_article() {
    for (test, expected) in [
        (Test::Title(text(&["dam"])), true),
        (Test::Title(text(&["villages"])), false),
        (Test::Text(text(&["north"])), true),
        (Test::Text(text(&["villages"])), true),
        (Test::Text(text(&["rain & meltwater"])), true),
        (Test::Text(text(&["/Rain & meltwater…\n\nRescue/"])), true),
        (Test::Text(text(&["north three"])), false),
        (Test::Text(text(&["b"])), false),
        (Test::Text(text(&["okafor"])), false),
        (Test::Author(text(&["zoe okafor"])), true),
        (Test::Author(text(&["novak"])), true),
        (Test::Author(text(&["okafor jan"])), false),
        (Test::Tag(text(&["world"])), true),
        (Test::Tag(text(&["ENGLISH"])), true),
        (Test::Tag(text(&["c++"])), true),
        (Test::Tag(text(&["bbc"])), false),
        (url("*/world/*"), true),
        (url("dam"), true),
        (url("sport"), false),
        (sources(&["bbc"]), true),
        (sources(&["bb"]), false),
        (sources(&["BBC"]), false),
        (age("< 51h"), true),
        (age("< 50h"), false),
        (age("= 50h"), true),
        (words(&["> 119"]), true),
        (words(&["> 120"]), false),
    ] {
        let told = format!("{test:?}");
        assert_eq!(holds(vec![test]), expected, "{told}");
    }
}

#[test]
fn keys_of_a_rule_are_anded_and_values_of_a_key_are_ored() {
    let (yes, no) = (|| Test::Title(text(&["dam"])), || Test::Title(text(&["bridge"])));
    assert!(holds(vec![Test::Title(text(&["bridge", "dam"]))]));
    assert!(holds(vec![yes(), age("> 1d"), words(&["= 1", "= 120"]), sources(&["lwn", "bbc"])]));
    assert!(!holds(vec![yes(), no()]));
    assert!(!holds(vec![yes(), sources(&["lwn"])]));
    assert!(!holds(vec![words(&["= 1", "= 2"])]));
}

#[test]
fn not_holds_unless_all_tests_inside_hold() {
    let (yes, no) = (|| Test::Title(text(&["dam"])), || Test::Text(text(&["bridge"])));
    assert!(!holds(vec![Test::Not(vec![yes()])]));
    assert!(holds(vec![Test::Not(vec![no()])]));
    assert!(holds(vec![Test::Not(vec![yes(), no()])]));
    assert!(!holds(vec![Test::Not(vec![yes(), sources(&["bbc"])])]));
    assert!(holds(vec![Test::Not(vec![Test::Not(vec![yes()])])]));
    assert!(holds(vec![yes(), Test::Not(vec![no()])]));
}

#[test]
fn what_an_article_does_not_have_matches_nothing() {
    let mut bare = article();
    bare.body = ArticleBody { title: line("x"), ..ArticleBody::default() };
    bare.published = now() + TimeDelta::hours(1);
    let subject = Subject::new(&bare, &[], now());
    for test in
        [url("*"), Test::Author(text(&["/.*/"])), Test::Tag(text(&["/.*/"])), Test::Text(text(&["dam"]))]
    {
        assert!(!subject.matches(&rule(vec![test])));
    }
    assert!(subject.matches(&rule(vec![Test::Not(vec![url("*")])])));
    assert!(subject.matches(&rule(vec![age("= 0s")])), "an article to come has no age yet");
}

#[test]
fn a_match_says_which_value_made_each_key_hold_and_where() {
    let (article, tags) = (article(), [line("English")]);
    let subject = Subject::new(&article, &tags, now());
    for (tests, because) in [
        (vec![Test::Title(text(&["bridge", "north"]))], "title has \"north\" (\"North\")"),
        (vec![Test::Title(text(&["/[Dd]am \\w+/"]))], "title has \"/[Dd]am \\w+/\" (\"Dam fails\")"),
        (vec![Test::Text(text(&["villages"]))], "summary has \"villages\""),
        (vec![Test::Text(text(&["rescue"]))], "body has \"rescue\" (\"Rescue\")"),
        (vec![Test::Author(text(&["novak"]))], "author has \"novak\" (\"Novák\")"),
        (vec![Test::Tag(text(&["english"]))], "tag has \"english\" (\"English\")"),
        (vec![url("*/WORLD/*")], "url has \"*/WORLD/*\" (\"https://example.org/world/dam-fails\")"),
        (vec![sources(&["lwn", "bbc"])], "source is \"bbc\""),
        (vec![age("< 3d")], "age < 3d (2d 2h)"),
        (vec![age("> 1h 30m")], "age > 1h 30m (2d 2h)"),
        (vec![words(&["< 40", ">= 100"])], "words >= 100 (120)"),
        (
            vec![
                Test::Title(text(&["North"])),
                Test::Not(vec![Test::Tag(text(&["sport", "chess"])), sources(&["bbc"])]),
            ],
            "title has \"North\", and not (tag has \"sport\" or \"chess\" and source is \"bbc\")",
        ),
        (
            vec![Test::Not(vec![
                age("< 0s"),
                words(&["= 1"]),
                url("x"),
                Test::Not(vec![Test::Text(text(&["a"]))]),
            ])],
            "not (age < 0s and words = 1 and url has \"x\" and not (text has \"a\"))",
        ),
        (
            vec![Test::Not(vec![Test::Author(text(&["a"])), Test::Title(text(&["b"]))])],
            "not (author has \"a\" and title has \"b\")",
        ),
    ] {
        let told = subject.explain(&rule(tests)).unwrap();
        assert_eq!(told.to_string(), format!("\"r\": {because}"));
    }
    assert_eq!(subject.explain(&rule(vec![sources(&["bbc"]), sources(&["lwn"])])), None);
}

#[test]
fn a_long_match_is_told_in_one_short_line() {
    let mut article = article();
    article.body.summary = Some(PlainText::block(&"long\nwords ".repeat(50)));
    let told =
        Subject::new(&article, &[], now()).explain(&rule(vec![Test::Text(text(&["/(?s)long.*/"]))])).unwrap();
    let because = &told.because[0];
    assert!(because.len() < 130 && because.ends_with("…\")") && !because.contains('\n'), "{because}");
}
