//! `show --history`: each revision with when it was seen and what it changed. Pure.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;

use crate::markup::text::text_of;
use crate::model::{ArticleBody, Revision};
use crate::revision::diff::{Line, lines};
use crate::revision::{Part, changed};

/// One revision, in `--format json`.
#[derive(Debug, Serialize)]
pub(super) struct RevisionLine {
    revision: u32,
    seen: DateTime<Utc>,
    title: String,
    content_html: Option<String>,
    /// Whether feeds publish it as an update.
    is_correction: bool,
    /// What it changed; nothing for the first one.
    changes: Vec<Difference>,
}

/// What one part of an article said before, and says since.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Difference {
    part: &'static str,
    /// What went; of summary and text, the sentences.
    old: Vec<String>,
    /// What came.
    new: Vec<String>,
}

/// The revisions for programs.
pub(super) fn records(revisions: &[Revision]) -> Vec<RevisionLine> {
    let record = |(revision, changes): (&Revision, Vec<Difference>)| RevisionLine {
        revision: revision.number,
        seen: revision.seen,
        title: revision.body.title.to_string(),
        content_html: revision.body.content.as_ref().map(|html| html.as_str().to_owned()),
        is_correction: revision.is_correction,
        changes,
    };
    with_differences(revisions).map(record).collect()
}

/// The revisions for people.
pub(super) fn page(revisions: &[Revision]) -> String {
    let mut text = String::new();
    for (revision, differences) in with_differences(revisions) {
        let seen = revision.seen.to_rfc3339_opts(SecondsFormat::Secs, true);
        text.push_str(&format!("\nRevision {}, seen {seen}: {}\n", revision.number, revision.body.title));
        for Difference { part, old, new } in differences {
            text.push_str(&format!("  {part}:\n"));
            old.iter().for_each(|line| text.push_str(&format!("    - {line}\n")));
            new.iter().for_each(|line| text.push_str(&format!("    + {line}\n")));
        }
    }
    text
}

/// Each revision, and in what it differs from the one before it that is still there.
fn with_differences(revisions: &[Revision]) -> impl Iterator<Item = (&Revision, Vec<Difference>)> {
    let before = std::iter::once(None).chain(revisions.iter().map(Some));
    revisions.iter().zip(before).map(|(revision, before)| {
        (revision, before.map_or_else(Vec::new, |before| differences(before, revision)))
    })
}

fn differences(old: &Revision, new: &Revision) -> Vec<Difference> {
    let parts = changed(&old.body, &new.body).into_iter();
    let mut differences: Vec<Difference> = parts.map(|part| difference(part, &old.body, &new.body)).collect();
    if let (Some(before), Some(since)) = (old.published, new.published)
        && before != since
    {
        let (old, new) = (vec![before.to_rfc3339()], vec![since.to_rfc3339()]);
        differences.push(Difference { part: "published", old, new });
    }
    differences
}

fn difference(part: Part, old: &ArticleBody, new: &ArticleBody) -> Difference {
    let (old, new) = match part {
        Part::Summary | Part::Text | Part::Length => {
            let (old, new) = (prose(part, old), prose(part, new));
            let lines = lines(&old, &new);
            let of = |wanted: fn(&Line<'_>) -> Option<String>| lines.iter().filter_map(wanted).collect();
            let gone = of(|line| matches!(line, Line::Gone(_)).then(|| words(*line)));
            (gone, of(|line| matches!(line, Line::Come(_)).then(|| words(*line))))
        }
        Part::Tags => {
            let (old, new) = (values(part, old), values(part, new));
            let gone = old.iter().filter(|tag| !new.contains(tag)).cloned().collect();
            (gone, new.into_iter().filter(|tag| !old.contains(tag)).collect())
        }
        _ => (values(part, old), values(part, new)),
    };
    Difference { part: part.name(), old, new }
}

fn words(line: Line<'_>) -> String {
    match line {
        Line::Gone(words) | Line::Come(words) => words.to_owned(),
    }
}

fn prose(part: Part, body: &ArticleBody) -> String {
    let text = match part {
        Part::Summary => body.summary.clone(),
        _ => body.content.as_ref().map(text_of),
    };
    text.unwrap_or_default().to_string()
}

/// What a part says, for people.
fn values(part: Part, body: &ArticleBody) -> Vec<String> {
    let one = |value: Option<String>| value.into_iter().collect();
    match part {
        Part::Headline => vec![body.title.to_string()],
        Part::Authors => body.authors.iter().map(|author| author.name.to_string()).collect(),
        Part::Files => body.attachments.iter().map(|file| file.url.to_string()).collect(),
        Part::Link => one(body.url.as_ref().map(ToString::to_string)),
        Part::Image => one(body.image.as_ref().map(ToString::to_string)),
        Part::Tags => body.tags.iter().map(ToString::to_string).collect(),
        Part::Language => one(body.language.clone()),
        Part::Rights => one(body.rights.as_ref().map(ToString::to_string)),
        Part::Credit => {
            one(body.credits.as_ref().and_then(|about| about.title.as_ref()).map(ToString::to_string))
        }
        Part::Summary | Part::Text | Part::Length => Vec::new(),
    }
}
