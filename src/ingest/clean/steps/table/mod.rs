//! The policy table: each rule with cases that go and near twins that stay.

mod images;
mod links;
mod litter;

use std::collections::BTreeMap;

use ::url::Url;
use proptest::prelude::*;

use super::super::Sanitizer;
use super::Subject;
use crate::model::link::clean_line;
use crate::model::{CleanStep, CleanSteps};

/// One row of a rule.
enum Case {
    /// What goes, and what is left.
    Goes(&'static str, &'static str),
    /// What stays as it is.
    Stays(&'static str),
}

use Case::{Goes, Stays};

fn check(rows: &[(&str, Case)], clean: impl Fn(&str) -> String) {
    let mut kinds: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (rule, case) in rows {
        let kind = kinds.entry(rule).or_default();
        let (input, left) = match case {
            Goes(input, left) => {
                kind.0 += 1;
                assert_ne!(input, left, "{rule}");
                (input, left)
            }
            Stays(input) => {
                kind.1 += 1;
                (input, input)
            }
        };
        let found = clean(input);
        if found != **left {
            wrong.push(format!("{rule}: {input}\n  wanted {left}\n  got    {found}"));
        }
        assert_eq!(clean(&found), found, "{rule}, twice");
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
    let one_sided: Vec<_> = kinds.iter().filter(|(_, (goes, stays))| *goes == 0 || *stays == 0).collect();
    assert!(one_sided.is_empty(), "no case that goes, or no twin that stays: {one_sided:?}");
}

#[test]
fn links_of_the_policy_table() {
    check(links::ROWS, |url| clean_line(url).into_owned());
}

const TITLE: &str = "The mill turns again";
const PAGE: &str = "https://example.org/news/the-mill-turns";

fn clean(html: &str) -> String {
    let page = Url::parse(PAGE).unwrap();
    let subject = Subject { base: Some(&page), page: Some(&page), title: TITLE, steps: CleanSteps::ALL };
    Sanitizer::new().clean(html, &subject).as_str().replace(" rel=\"noopener noreferrer\"", "")
}

#[test]
fn images_of_the_policy_table() {
    check(images::ROWS, clean);
}

#[test]
fn litter_of_the_policy_table() {
    check(litter::ROWS, clean);
}

#[test]
fn a_step_that_is_switched_off_leaves_what_it_would_take() {
    let page = Url::parse(PAGE).unwrap();
    let table = [
        (CleanStep::LazyImages, "<img src='/a.jpg' data-src='/b.jpg'>", "a.jpg"),
        (CleanStep::Trackers, "<img src='/a.jpg' width=1 height=1>", "a.jpg"),
        (CleanStep::Redirects, "<a href='https://href.li/?https://example.com/'>a</a>", "href.li"),
        (CleanStep::TrackingParams, "<a href='/b?utm_source=x'>a</a>", "utm_source"),
        (CleanStep::ShareLinks, "<p>a</p><p><a href='https://t.me/share/url?url=x'>Share</a></p>", "Share"),
        (CleanStep::Related, "<p>a</p><div class=jp-relatedposts><a href='/c'>Related</a></div>", "Related"),
        (CleanStep::SignUp, "<p>a</p><form>Subscribe</form>", "Subscribe"),
        (CleanStep::Ads, "<p>a</p><p>Advertisement</p>", "Advertisement"),
        (CleanStep::Footers, "<p>a</p><p>Filed under: <a href='/tag/c'>c</a></p>", "Filed"),
        (CleanStep::ReadMore, "<p>a</p><p><a href='/news/the-mill-turns'>Read more</a></p>", "Read more"),
        (CleanStep::Headline, "<h1>The mill turns again</h1><p>a</p>", "<h1>"),
        (CleanStep::Empty, "<p>a</p><p></p>", "<p></p>"),
    ];
    for (step, html, mark) in table {
        let kept = |steps| {
            let subject = Subject { base: Some(&page), page: Some(&page), title: TITLE, steps };
            Sanitizer::new().clean(html, &subject).as_str().contains(mark)
        };
        assert!(!kept(CleanSteps::ALL) && kept(CleanSteps::ALL.without(step)), "{step:?}");
        assert!(!kept(CleanSteps::NONE.with(step)) && kept(CleanSteps::NONE), "{step:?} alone");
    }
    assert_eq!(table.map(|(step, ..)| step), CleanStep::ALL);
}

/// Pieces that bodies and litter are made of.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "<p>", "</p>", "<div class=sharedaddy>", "<div class=ad>", "<div hidden>", "</div>", "<br>", "<hr>", "<b>", "</b>", " ", "word ", "&nbsp;",
    "Advertisement", "Read more", "<a href='/news/the-mill-turns'>", "<a href='https://t.me/share/url?url=x'>", "</a>", "<h1>", "</h1>",
    "The mill turns again", "The post ", " appeared first on ", "<a href='/'>", "<img src=data:,>", "<img data-src=/a.jpg>", "<noscript>",
    "</noscript>", "<img src=/a.jpg>", "<img width=1 src=/b>", "<ul>", "<li>", "</ul>", "<table>", "<td>", "</table>", "<form>", "subscribe",
    "</form>", "[link]", "Filed under: ", "<a href='/tag/x'>", "<base href='/x/'>",
];

proptest! {
    #[test]
    fn cleaning_twice_changes_nothing_more(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..24)) {
        let once = clean(&pieces.concat());
        prop_assert_eq!(clean(&once), once);
    }
}

#[test]
fn many_of_anything_take_no_longer_than_their_bytes_say() {
    let many = 20_000;
    let attacks = [
        "<p>Advertisement</p>".repeat(many),
        "<a href='/news/the-mill-turns'>Read more</a> ".repeat(many),
        "<p><a href='/news/the-mill-turns'>Read more</a></p>".repeat(many),
        "<div class=ad>".repeat(many),
        "<div class=ad>a</div>".repeat(many),
        "<p><a href='https://t.me/share/url?url=x'>Share</a></p>".repeat(many),
        "<noscript><img src=/a.jpg></noscript>".repeat(many),
        format!("<p>{}", "<b>".repeat(many)),
        "<h1>The mill turns again</h1>".repeat(many),
    ];
    for attack in attacks {
        let start = std::time::Instant::now();
        assert!(clean(&attack).len() <= attack.len() * 2);
        assert!(start.elapsed() < std::time::Duration::from_secs(20), "{}", &attack[..40]);
    }
}
