//! `init`: a small config to start from.

use std::path::{Component, Path, PathBuf};

use anyhow::{Context, bail};

use crate::publish::target::write_atomically;

use super::Ended;
use super::manual::schema_text;
use super::session::Session;

const STARTER: &str = include_str!("starter.toml");

pub(super) fn init(session: &Session<'_>, folder: &Path) -> anyhow::Result<Ended> {
    // Without `./`, as people name it.
    let path: PathBuf =
        folder.join("config.toml").components().filter(|part| *part != Component::CurDir).collect();
    if path.exists() {
        bail!("{} is there already; it was left as it is", path.display());
    }
    if session.global.dry_run {
        session.output.say(&format!("dry run: {} would be written", path.display()));
        return Ok(Ended::Well);
    }
    std::fs::create_dir_all(folder)
        .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    // The schema first: editors look for it as soon as they open the config.
    write_atomically(&folder.join("config.schema.json"), schema_text().as_bytes())?;
    write_atomically(&path, STARTER.as_bytes())?;
    session.output.say(&format!(
        "wrote {}\nnext: `feedmill add URL` for each site you read, then `feedmill run`",
        path.display()
    ));
    Ok(Ended::Well)
}

#[cfg(test)]
mod tests {
    use crate::config;

    use super::*;

    #[test]
    fn the_starter_config_is_a_config() {
        let loaded = config::read(STARTER, Path::new("/srv/feedmill"), "config.toml").unwrap();
        assert_eq!(loaded.plan.sources.len(), 1);
        assert_eq!(loaded.plan.feeds.len(), 1);
    }
}
