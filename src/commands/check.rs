//! `check`: the config, what it means, and what is probably not meant.

use serde::Serialize;

use crate::config::{self, FeedPlan, Input, Loaded, Overrides, Place, Problem, SourcePlan};
use crate::model::FeedId;

use super::Ended;
use super::output::{count, visible};
use super::session::Session;

pub(super) fn check(session: &Session<'_>) -> anyhow::Result<Ended> {
    let json = session.output.json()?;
    let Loaded { plan, warnings, advice, .. } = config::load(&session.global.config)?;
    let overrides = Overrides::read(&plan.overrides)?;
    let file = session.global.config.display().to_string();
    let of_overrides = plan.overrides.display().to_string();
    let feeds: Vec<FeedId> = plan.feeds.iter().map(|feed| feed.id.clone()).collect();
    let unknown = overrides.unknown_feeds(&feeds);
    let absent: Vec<Problem> = plan.sources.iter().flat_map(absent).collect();
    let found = [(&file, &warnings), (&of_overrides, &unknown), (&file, &absent)];
    for (file, problems) in found {
        say(session, "warning", file, problems)?;
    }
    say(session, "advice", &file, &advice)?;
    for feed in &plan.feeds {
        let line = FeedLine::of(feed);
        if json {
            session.output.json_line(&line)?;
        } else {
            session.output.summary(&visible(&line.text()))?;
        }
    }
    let warnings: usize = found.iter().map(|(_, problems)| problems.len()).sum();
    if !json {
        let sources = count(plan.sources.len(), "source");
        let feeds = count(plan.feeds.len(), "output feed");
        session.output.summary(&format!("{file}: {sources}, {feeds}, {}\n", count(warnings, "warning")))?;
    }
    Ok(if warnings == 0 { Ended::Well } else { Ended::Found })
}

/// Warnings are what `check` is asked for; advice is talk.
fn say(session: &Session<'_>, kind: &str, file: &str, problems: &[Problem]) -> anyhow::Result<()> {
    for problem in problems {
        if session.output.json()? {
            session.output.json_line(&Finding { kind, file, problem })?;
        } else if kind == "warning" {
            session.output.warn(&format!("warning: {}", problem.report(file)));
        } else {
            session.output.say(&format!("{kind}: {}", problem.report(file)));
        }
    }
    Ok(())
}

/// A warning or a piece of advice in `--format json`.
#[derive(Serialize)]
struct Finding<'a> {
    kind: &'a str,
    file: &'a str,
    #[serde(flatten)]
    problem: &'a Problem,
}

/// What one output feed reads and writes.
#[derive(Serialize)]
struct FeedLine<'a> {
    feed: &'a str,
    title: &'a str,
    from: Vec<&'a str>,
    files: Vec<String>,
    #[serde(skip)]
    rules: usize,
}

impl<'a> FeedLine<'a> {
    fn of(feed: &'a FeedPlan) -> Self {
        let file = |format: &crate::model::OutputFormat| format!("{}.{}", feed.id, format.extension());
        Self {
            feed: feed.id.as_str(),
            title: feed.title.as_str(),
            from: feed.selection.from.iter().map(|source| source.as_str()).collect(),
            files: feed.formats.iter().map(file).collect(),
            rules: feed.selection.include.len() + feed.selection.exclude.len(),
        }
    }

    fn text(&self) -> String {
        let (files, from) = (self.files.join(" "), self.from.join(", "));
        format!("{}: {files} from {from}, {}\n", self.feed, count(self.rules, "rule"))
    }
}

/// What a source needs of this machine and does not find. The config may be meant for another, so these are warnings.
fn absent(source: &SourcePlan) -> Vec<Problem> {
    const HINT: &str = "paths start at the folder of the config";
    let warn = |what: String, hint: Option<&str>| {
        Problem::of_file(format!("the source `{}`: {what}", source.id), hint.map(str::to_owned))
    };
    let paths = missing_paths(&source.input);
    let secrets = source.extras.headers.values().chain(source.extras.auth.iter().map(|auth| auth.secret()));
    let secrets = secrets.filter_map(|secret| secret.resolve().err());
    paths
        .into_iter()
        .map(|what| warn(what, Some(HINT)))
        .chain(secrets.map(|fault| warn(fault.to_string(), None)))
        .collect()
}

fn missing_paths(input: &Input) -> Vec<String> {
    match input {
        Input::Feed(_) => Vec::new(),
        Input::Files(patterns) => {
            let empty = |pattern: &&String| glob::glob(pattern).is_ok_and(|mut found| found.next().is_none());
            patterns.iter().filter(empty).map(|pattern| format!("no file matches {pattern}")).collect()
        }
        Input::Documents(folder) if folder.is_dir() => Vec::new(),
        Input::Documents(folder) => vec![format!("there is no folder {}", folder.display())],
        Input::Articles(articles) => {
            let missing = |place: &Place| match place {
                Place::File(path) if !path.is_file() => Some(format!("there is no file {}", path.display())),
                _ => None,
            };
            articles.iter().filter_map(|article| missing(&article.place)).collect()
        }
    }
}
