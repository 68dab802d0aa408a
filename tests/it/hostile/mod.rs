//! A misbehaving server of our own, and for each of its scenarios what must come of it: a file a family, in it the
//! table and below it the scenarios, one a function.
//!
//! Each scenario is one source beside twenty good feeds, and one run of the program, mostly at a deadline of a second. However it
//! ends: the good feeds' articles are in the store and published, each once; the run ends in time and stays small;
//! nothing of what the server says reaches the terminal as more than words.

mod beside;
mod body;
mod case;
mod coding;
mod connection;
mod document;
mod head;
mod line;
mod redirects;
mod status;
mod tls;
mod words;
mod yard;

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use case::{Case, Ends};
use line::Hostile;
use serde_json::Value;
use yard::{Yard, minutes_until};

use crate::mill::{NOW, rss};

/// Good feeds beside each scenario.
const GOOD: usize = 20;
/// A run's end. Roomy, for a slow machine: without a limit, a scenario takes minutes, or for ever.
const IN_TIME: Duration = Duration::from_secs(30);

/// Every scenario there is.
fn all_cases() -> Vec<Case> {
    [
        connection::cases(),
        head::cases(),
        body::cases(),
        coding::cases(),
        document::cases(),
        words::cases(),
        redirects::cases(),
        status::cases(),
        tls::cases(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A feed of two articles, as a scenario would send it if it meant well.
fn feed() -> String {
    let (one, two) = ("https://hostile.example.com/1", "https://hostile.example.com/2");
    rss("Hostile", &[("tag:hostile,2026:1", "Hostile one", one), ("tag:hostile,2026:2", "Hostile two", two)])
}

/// A feed with these items.
fn rss_of(items: &str) -> String {
    format!("<rss version=\"2.0\"><channel><title>Hostile</title>{items}</channel></rss>")
}

/// Runs each case and shows all that went wrong.
fn hold(cases: &[Case]) {
    const AT_ONCE: usize = 4;
    let wrong = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for share in cases.chunks(cases.len().div_ceil(AT_ONCE)) {
            let wrong = &wrong;
            scope.spawn(move || {
                for case in share {
                    let found = check(case);
                    wrong.lock().unwrap().extend(found);
                }
            });
        }
    });
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "{} of {} scenarios:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

/// What went wrong in one case, all in one text.
fn check(case: &Case) -> Option<String> {
    let server = Hostile::start(case.name, &case.serve);
    let yard = Yard::new(GOOD, &[(case.id(), server.url(case.scheme))], case.timeout);
    let run = yard.run(NOW);
    let source = yard.source(&case.id());
    let mut wrong = ending(case, &source, &run.ended.stderr);
    let code = if matches!(case.ends, Ends::Fails(_)) { 3 } else { 0 };
    if run.ended.code != code {
        wrong.push(format!("exit code {} instead of {code}", run.ended.code));
    }
    if run.took > IN_TIME {
        wrong.push(format!("it took {:?}", run.took));
    }
    if run.peak > case.memory * 1024 {
        wrong.push(format!("it had {} KB of memory", run.peak));
    }
    let due = minutes_until(&source["next_at"]);
    let as_stated = match (&case.due, due) {
        (Some(range), Some(due)) => range.contains(&due),
        (stated, due) => stated.is_none() && due.is_none(),
    };
    if !as_stated {
        wrong.push(format!("due in {due:?} min instead of {:?}", case.due));
    }
    let asked = server.asked();
    if asked.iter().any(|line| line.contains("bait")) {
        wrong.push("what a document names was asked for".to_owned());
    }
    if asked.iter().collect::<BTreeSet<_>>().len() != asked.len() {
        wrong.push(format!("it was asked again in the same run: {asked:?}"));
    }
    wrong.extend(yard.harm(1));
    wrong.extend(yard.leaks(&run));
    (!wrong.is_empty()).then(|| format!("{}:\n    {}", case.name, wrong.join("\n    ")))
}

/// What is wrong with what was made of the source.
fn ending(case: &Case, source: &Value, said: &str) -> Vec<String> {
    let told: Vec<&str> = said.lines().filter(|line| line.contains(&case.id())).collect();
    let failed = source["failures"] != 0;
    let is_right = match &case.ends {
        Ends::Reads => !failed && told.is_empty(),
        Ends::Tells(words) => !failed && told.iter().any(|line| line.contains(words)),
        Ends::Fails(fault) => {
            let words = fault.words();
            let kept = source["errors"][0]["message"].as_str().is_some_and(|error| error.contains(&words));
            failed && kept && told.iter().any(|line| line.contains(&words))
        }
    };
    let mut wrong = Vec::new();
    if !is_right {
        wrong.push(format!("{:?}, but: {told:?}", case.ends));
    }
    if source["articles"] != case.articles {
        wrong.push(format!("{} articles instead of {}", source["articles"], case.articles));
    }
    wrong
}

#[test]
fn there_are_at_least_sixty_scenarios_each_with_a_name_of_its_own() {
    let cases = all_cases();
    let names: BTreeSet<&str> = cases.iter().map(|case| case.name).collect();
    assert!(names.len() == cases.len() && names.len() >= 60, "{} of {}", names.len(), cases.len());
}

#[test]
fn a_server_without_an_answer_harms_nobody() {
    hold(&connection::cases());
}

#[test]
fn a_head_that_lies_or_never_ends_harms_nobody() {
    hold(&head::cases());
}

#[test]
fn a_body_that_lies_or_never_ends_harms_nobody() {
    hold(&body::cases());
}

#[test]
fn compression_that_lies_or_explodes_harms_nobody() {
    hold(&coding::cases());
}

#[test]
fn a_document_that_is_no_feed_or_one_to_choke_on_harms_nobody() {
    hold(&document::cases());
}

#[test]
fn a_feed_that_means_harm_stays_words() {
    hold(&words::cases());
}

#[test]
fn a_redirect_to_nowhere_harms_nobody() {
    hold(&redirects::cases());
}

#[test]
fn a_status_without_a_document_harms_nobody_and_is_due_when_it_may_be() {
    hold(&status::cases());
}

#[test]
fn tls_that_cannot_be_trusted_is_not() {
    hold(&tls::cases());
}
