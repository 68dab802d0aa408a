//! `config.toml`: read as written (`Config`), checked and compiled into what is meant ([`Plan`]). And the
//! two edits Feedmill makes to files people write: a source added to the config, a decision by hand to the overrides.

mod check;
mod cleaning;
mod edit;
mod limits;
mod listed;
mod overrides;
mod plan;
mod problem;
mod reader;
mod schema;
mod secret;
mod shapes;
mod suggest;
#[cfg(test)]
mod tests;
mod text;
mod written;

use std::path::{Path, PathBuf};

pub use edit::{EditError, add_source, free_id};
pub use limits::Limits;
pub use overrides::{HandEntry, Overrides};
pub use plan::{
    Attribution, Auth, BoxedExtras, Embeds, Extras, FeedPlan, FetchPlan, FullText, Input, OnEdit,
    PickedArticle, Place, Plan, PublishPlan, Republish, RobotsPolicy, SourcePlan,
};
pub use problem::{ConfigError, Problem, Report, Spot};
pub use schema::schema;
pub use secret::{Secret, SecretError};
pub(crate) use suggest::hint as did_you_mean;

use check::Desk;
use listed::Listed;
use reader::Reading;
use text::Lines;
use written::Config;

/// A config that can be used.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// What is meant.
    pub plan: Plan,
    /// What works, but probably not as wished. In file order.
    pub warnings: Vec<Problem>,
    /// What is well, and would be better with a key that is not set.
    pub advice: Vec<Problem>,
    /// Of the text.
    pub digest: blake3::Hash,
}

/// Reads a config file. Relative paths in it start at its folder.
///
/// # Errors
/// [`ConfigError`] with every problem found.
pub fn load(path: &Path) -> Result<Loaded, ConfigError> {
    let whole = |message: String, hint: Option<String>| ConfigError {
        path: path.to_owned(),
        problems: vec![Problem::of_file(message, hint)],
    };
    let Some(text) = text::read_file(path)? else {
        let hint = "`feedmill init` writes a first one here; `--config FILE` names another";
        return Err(whole("there is no such file".to_owned(), Some(hint.to_owned())));
    };
    let absolute =
        std::path::absolute(path).map_err(|cause| whole(format!("has no absolute path: {cause}"), None))?;
    let root = absolute.parent().unwrap_or(Path::new("/"));
    read(&text, root, &path.display().to_string())
}

/// Reads the text of a config whose relative paths start at `root` (absolute); `name` is what errors call the file.
///
/// # Errors
/// [`ConfigError`] with every problem found.
pub fn read(text: &str, root: &Path, name: &str) -> Result<Loaded, ConfigError> {
    let lines = Lines::new(text);
    let (reading, listed) = listed::read(&lines);
    let (plan, warnings, advice) = plan_of(&lines, root, (reading, &listed))
        .map_err(|problems| ConfigError { path: PathBuf::from(name), problems })?;
    Ok(Loaded { plan, warnings, advice, digest: blake3::hash(text.as_bytes()) })
}

/// The plan, warnings and advice, or the problems.
fn plan_of(
    lines: &Lines<'_>,
    root: &Path,
    (mut reading, listed): (Reading<Config>, &Listed<'_>),
) -> Result<(Plan, Vec<Problem>, Vec<Problem>), Vec<Problem>> {
    let mut problems = reading.problems;
    let mut checked = None;
    if let Some(config) = reading.value.take() {
        let mut desk = Desk::new(lines, &reading.lost, root);
        let plan = check::plan(&mut desk, config, listed);
        let findings = desk.into_findings();
        let told = |problem: &Problem| reading.faulty.contains(&problem.line());
        problems.extend(findings.problems.into_iter().filter(|problem| !told(problem)));
        checked = Some((plan, findings.warnings, findings.advice));
    }
    match checked {
        Some((plan, warnings, advice)) if problems.is_empty() => Ok((plan, in_order(warnings), advice)),
        _ => Err(in_order(problems)),
    }
}

/// In file order, each once: a wrong default is met by everything that inherits it.
fn in_order(mut problems: Vec<Problem>) -> Vec<Problem> {
    problems.sort_by(|a, b| (&a.spot, &a.message).cmp(&(&b.spot, &b.message)));
    problems.dedup();
    problems
}
