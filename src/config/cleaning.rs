//! `clean`: which steps of cleaning a source takes.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::{Deserializer, Error, Visitor};

use crate::model::{CleanStep, CleanSteps};

use super::shapes::{HINT, OneOrMany, Placed};
use super::suggest::hint;

/// What executes goes in any case; the config may say so.
const SCRIPTS: &str = "scripts";

/// A step's name, perhaps with a `-` before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CleanStepName {
    /// `None`: what executes.
    step: Option<CleanStep>,
    removes: bool,
}

impl CleanStepName {
    fn read(written: &str) -> Result<Self, (String, String)> {
        let (name, removes) = written.strip_prefix('-').map_or((written, false), |name| (name, true));
        let step = CleanStep::ALL.into_iter().find(|step| step.name() == name);
        match (step, name) {
            (None, SCRIPTS) if removes => {
                Err(("what executes always goes".to_owned(), "remove \"-scripts\"".to_owned()))
            }
            (None, SCRIPTS) | (Some(_), _) => Ok(Self { step, removes }),
            (None, _) => {
                let known = names();
                let hint = hint(name, &known).unwrap_or_default();
                Err((format!("`{name}` is no step of cleaning"), hint))
            }
        }
    }
}

fn names() -> Vec<&'static str> {
    std::iter::once(SCRIPTS).chain(CleanStep::ALL.map(CleanStep::name)).collect()
}

impl<'de> Deserialize<'de> for CleanStepName {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Name;
        impl Visitor<'_> for Name {
            type Value = CleanStepName;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a step of cleaning")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<CleanStepName, E> {
                CleanStepName::read(text)
                    .map_err(|(message, hint)| E::custom(format_args!("{message}{HINT}{hint}")))
            }
        }
        from.deserialize_str(Name)
    }
}

impl JsonSchema for CleanStepName {
    fn schema_name() -> Cow<'static, str> {
        "CleanStep".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let kept = names().into_iter().map(str::to_owned);
        let all: Vec<String> = kept.chain(CleanStep::ALL.map(|step| format!("-{}", step.name()))).collect();
        json_schema!({ "type": "string", "enum": all, "description": "A step of cleaning; with \"-\" before it, all but this." })
    }
}

/// The steps that a list leaves: those it names, or all that are inherited but those it removes.
pub(super) fn steps(written: Option<&Placed<OneOrMany<CleanStepName>>>, inherited: CleanSteps) -> CleanSteps {
    let Some(written) = written else { return inherited };
    let names = || written.value.0.iter().map(|name| name.value);
    let only_removes = written.value.0.iter().all(|name| name.value.removes) && names().next().is_some();
    let start = if only_removes { inherited } else { CleanSteps::NONE };
    names().fold(start, |steps, name| match name.step {
        Some(step) if name.removes => steps.without(step),
        Some(step) => steps.with(step),
        None => steps,
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::config::read;

    fn plan(defaults: &str, source: &str) -> Result<CleanSteps, String> {
        let text = format!(
            "[defaults.source]\n{defaults}\n[sources.a]\nfiles = \"a.xml\"\n{source}\n[feeds.f]\ntitle = \"F\"\n"
        );
        match read(&text, Path::new("/"), "config.toml") {
            Ok(read) => Ok(read.plan.sources[0].clean),
            Err(error) => Err(error.problems.iter().map(|problem| format!("{problem:?}")).collect()),
        }
    }

    #[test]
    fn a_list_names_the_steps_or_those_left_out() {
        let (share, empty) = (CleanStep::ShareLinks, CleanStep::Empty);
        let table = [
            ("", "", CleanSteps::ALL),
            ("", "clean = [\"-share-links\"]", CleanSteps::ALL.without(share)),
            ("", "clean = \"-share-links\"", CleanSteps::ALL.without(share)),
            ("", "clean = [\"scripts\", \"empty\"]", CleanSteps::NONE.with(empty)),
            ("", "clean = [\"empty\", \"share-links\", \"-empty\"]", CleanSteps::NONE.with(share)),
            ("", "clean = []", CleanSteps::NONE),
            ("clean = [\"-empty\"]", "", CleanSteps::ALL.without(empty)),
            (
                "clean = [\"-empty\"]",
                "clean = [\"-share-links\"]",
                CleanSteps::ALL.without(empty).without(share),
            ),
            ("clean = [\"-empty\"]", "clean = [\"empty\"]", CleanSteps::NONE.with(empty)),
        ];
        for (defaults, source, steps) in table {
            assert_eq!(plan(defaults, source), Ok(steps), "{defaults} {source}");
        }
    }

    #[test]
    fn a_step_that_nobody_knows_is_refused_with_the_nearest_one() {
        let refused = |list: &str| plan("", &format!("clean = [\"{list}\"]")).unwrap_err();
        assert!(refused("share-link").contains("did you mean `share-links`?"));
        assert!(refused("-trackers-").contains("did you mean `trackers`?"));
        assert!(refused("nonsense").contains("known here"));
        assert!(refused("-scripts").contains("what executes always goes"));
    }
}
