//! Names on the command line: a source or an output feed of the config, or a refusal that says which was meant.

use crate::config::{Plan, did_you_mean};
use crate::model::{FeedId, SourceId};

use super::Usage;

/// The output feed of that name.
pub(super) fn feed(plan: &Plan, name: &str) -> Result<FeedId, Usage> {
    let known: Vec<&str> = plan.feeds.iter().map(|feed| feed.id.as_str()).collect();
    among(&known, name, "output feed").map(FeedId::new)
}

/// The sources of these names, among these.
pub(super) fn sources(known: &[&SourceId], names: &[String]) -> Result<Vec<SourceId>, Usage> {
    let known: Vec<&str> = known.iter().map(|id| id.as_str()).collect();
    names.iter().map(|name| among(&known, name, "source").map(SourceId::new)).collect()
}

fn among<'n>(known: &[&str], name: &'n str, what: &str) -> Result<&'n str, Usage> {
    if known.contains(&name) {
        return Ok(name);
    }
    let hint = did_you_mean(name, known).map_or(String::new(), |hint| format!("; {hint}"));
    Err(Usage(format!("no {what} is called `{name}`{hint}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_name_is_answered_with_the_nearest_else_with_all() {
        let (news, sport) = (SourceId::new("news"), SourceId::new("sport"));
        let refused = |name: &str| sources(&[&news, &sport], &[name.to_owned()]).unwrap_err().to_string();
        assert_eq!(refused("nws"), "no source is called `nws`; did you mean `news`?");
        assert_eq!(refused("culture"), "no source is called `culture`; known here: `news`, `sport`");
        assert_eq!(sources(&[&news, &sport], &["sport".to_owned()]), Ok(vec![sport.clone()]));
    }
}
