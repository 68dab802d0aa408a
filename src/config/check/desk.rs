//! Where a check works: the text, the folder, and the list of what was found.

use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::config::problem::{Problem, Spot};
use crate::config::reader::Lost;
use crate::config::shapes::Placed;
use crate::config::text::Lines;
use crate::model::PlainText;
use crate::model::labels::language_tag;

use super::Findings;

/// What every check needs and fills.
pub(in crate::config) struct Desk<'a> {
    lines: &'a Lines<'a>,
    lost: &'a Lost,
    root: &'a Path,
    findings: Findings,
}

impl<'a> Desk<'a> {
    /// A desk for one file whose relative paths start at `root`.
    pub(in crate::config) fn new(lines: &'a Lines<'a>, lost: &'a Lost, root: &'a Path) -> Self {
        Self { lines, lost, root, findings: Findings::default() }
    }

    /// What was found.
    pub(in crate::config) fn into_findings(self) -> Findings {
        self.findings
    }

    /// How many problems were found so far.
    pub(super) fn problems(&self) -> usize {
        self.findings.problems.len()
    }

    /// The folder where relative paths start.
    pub(super) fn root(&self) -> &'a Path {
        self.root
    }

    /// What was refused when the file was read.
    pub(super) fn lost(&self) -> &'a Lost {
        self.lost
    }

    /// Notes a problem at a place.
    pub(super) fn refuse(&mut self, at: &Range<usize>, message: impl Into<String>, hint: impl Into<String>) {
        let spot = self.lines.spot(at);
        self.push_problem(Some(spot), message.into(), hint.into());
    }

    /// Notes a problem of the file as a whole.
    pub(super) fn refuse_file(&mut self, message: impl Into<String>, hint: impl Into<String>) {
        self.push_problem(None, message.into(), hint.into());
    }

    /// Notes a problem at a place that is not to be shown: a secret in the config shall not get into a log as well.
    pub(super) fn refuse_secret(
        &mut self,
        at: &Range<usize>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        let mut spot = self.lines.spot(at);
        let hidden = "\"***\"";
        let before = spot.text.chars().take(spot.column - 1);
        let after = spot.text.chars().skip(spot.column - 1 + spot.width);
        spot.text = before.chain(hidden.chars()).chain(after).collect();
        spot.width = hidden.len();
        self.push_problem(Some(spot), message.into(), hint.into());
    }

    fn push_problem(&mut self, spot: Option<Spot>, message: String, hint: String) {
        self.findings.problems.push(Problem { spot, message, hint: Some(hint) });
    }

    /// Notes a warning at a place.
    pub(super) fn warn(&mut self, at: &Range<usize>, message: impl Into<String>, hint: impl Into<String>) {
        let spot = Some(self.lines.spot(at));
        self.findings.warnings.push(Problem { spot, message: message.into(), hint: Some(hint.into()) });
    }

    /// Notes a key that would do good.
    pub(super) fn advise(&mut self, message: impl Into<String>, hint: impl Into<String>) {
        self.findings.advice.push(Problem::of_file(message.into(), Some(hint.into())));
    }

    /// A path of the config, from the config's folder.
    pub(super) fn path(&self, written: &str) -> PathBuf {
        // Through the components, so that `./x` and `x//y` are `x` and `x/y`.
        self.root.join(written).components().collect()
    }

    /// A path of the config that must not be empty.
    pub(super) fn some_path(&mut self, written: &Placed<String>) -> Option<PathBuf> {
        if written.value.trim().is_empty() {
            self.refuse(&written.span, "this path is empty", "write a path, relative to this file");
            return None;
        }
        Some(self.path(&written.value))
    }

    /// A language tag that a reader knows, in its usual case.
    pub(super) fn language(&mut self, written: &Placed<String>) -> Option<String> {
        let tag = written.value.trim();
        let known = language_tag(tag);
        if !tag.contains('_') && known.is_some() {
            return known;
        }
        let hint = known.map_or_else(
            || "write a BCP 47 tag such as \"en\", \"pt-BR\" or \"zh-Hant\"".to_owned(),
            |known| format!("did you mean `{known}`?"),
        );
        self.refuse(&written.span, format!("`{tag}` is not a language tag"), hint);
        None
    }
}

/// A line of text; `None` where nothing is left of it.
pub(super) fn line(written: &str) -> Option<PlainText> {
    Some(PlainText::line(written)).filter(|line| !line.is_empty())
}

/// Lines of text without empty ones and doubles, in the order written.
pub(super) fn distinct_lines(written: &[Placed<String>]) -> Vec<PlainText> {
    let mut seen = std::collections::HashSet::new();
    written.iter().filter_map(|text| line(&text.value)).filter(|text| seen.insert(text.clone())).collect()
}
