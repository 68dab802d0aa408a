//! `completions`, `man`, `schema`: what Feedmill says of itself.

use clap::CommandFactory;
use clap_complete::Shell;

use crate::cli::Cli;
use crate::config;

use super::Ended;
use super::session::Session;

pub(super) fn completions(session: &Session<'_>, shell: Shell) -> anyhow::Result<Ended> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "feedmill", &mut script);
    session.output.data(&String::from_utf8_lossy(&script))?;
    Ok(Ended::Well)
}

pub(super) fn man(session: &Session<'_>) -> anyhow::Result<Ended> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Cli::command()).render(&mut page)?;
    session.output.data(&String::from_utf8_lossy(&page))?;
    Ok(Ended::Well)
}

/// `config.schema.json` as it stands in the repository.
pub(super) fn schema_text() -> String {
    format!("{:#}\n", config::schema())
}

pub(super) fn schema(session: &Session<'_>) -> anyhow::Result<Ended> {
    session.output.data(&schema_text())?;
    Ok(Ended::Well)
}
