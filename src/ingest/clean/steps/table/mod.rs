//! The policy table: each rule with cases that go and near twins that stay.

mod images;
mod links;
mod litter;

use std::collections::BTreeMap;

use ::url::Url;

use super::super::Sanitizer;
use super::Subject;
use crate::model::CleanSteps;
use crate::model::link::clean_line;

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
