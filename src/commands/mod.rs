//! One file a verb. Only this room knows all others; only here are the clock read and things printed.

mod add;
mod check;
mod clean_url;
mod extract;
mod fetch;
mod init;
mod interrupt;
mod items;
mod list;
mod lock;
mod manual;
mod names;
mod output;
mod parse;
mod pick;
mod picks;
mod publish;
mod render;
mod run;
mod sanitize;
mod session;
mod show;
mod status;

use std::process::ExitCode;

use crate::cli::{Cli, Fetch, Verb};
use crate::config::ConfigError;
use crate::stop::Signal;
use crate::store::HandVerb;

use output::Output;
use session::Session;

/// How a verb ended, when it did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ended {
    /// Done.
    Well,
    /// Done, but some source or feed failed.
    Partly,
    /// `check` found something.
    Found,
    /// Asked to stop before all was done; what was done is kept.
    Stopped(Signal),
}

/// What was typed cannot be meant: exit 2, as for what clap refuses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
struct Usage(String);

/// The exit code of a wrong command line.
const EX_USAGE: u8 = 2;
/// The config's exit code, from sysexits.h.
const EX_CONFIG: u8 = 78;

/// Runs the verb and turns its end into the exit code (`docs/reference/cli.md`). Never panics on what files, feeds or people say.
#[must_use]
pub fn execute(cli: Cli) -> ExitCode {
    let output = Output::new(&cli.global);
    match dispatch(cli, &output) {
        Ok(Ended::Well) => ExitCode::SUCCESS,
        Ok(Ended::Partly) => ExitCode::from(3),
        Ok(Ended::Found) => ExitCode::from(4),
        Ok(Ended::Stopped(signal)) => ExitCode::from(interrupt::code(signal)),
        Err(fault) if output::is_broken_pipe(&fault) => ExitCode::SUCCESS,
        Err(fault) => {
            output.failure(&fault);
            code_of(&fault)
        }
    }
}

fn code_of(fault: &anyhow::Error) -> ExitCode {
    if fault.is::<ConfigError>() {
        ExitCode::from(EX_CONFIG)
    } else if fault.is::<Usage>() {
        ExitCode::from(EX_USAGE)
    } else {
        ExitCode::FAILURE
    }
}

fn dispatch(cli: Cli, output: &Output) -> anyhow::Result<Ended> {
    let session = Session::new(cli.global, output)?;
    match cli.verb.unwrap_or_else(|| Verb::Run(Fetch::default())) {
        Verb::Run(what) => session.wait(run::run(&session, &what)),
        Verb::Init { folder } => init::init(&session, &folder),
        Verb::Add(what) => session.wait(add::add(&session, &what)),
        Verb::Check => check::check(&session),
        Verb::Fetch(what) => session.wait(fetch::fetch(&session, &what)),
        Verb::Publish { feeds } => session.wait(publish::publish(&session, &feeds)),
        Verb::List(what) => session.wait(list::list(&session, &what)),
        Verb::Show { article, history } => session.wait(show::show(&session, &article, history)),
        Verb::Status => session.wait(status::status(&session)),
        Verb::Pick(what) => session.wait(pick::decide(&session, HandVerb::Pick, &what)),
        Verb::Block(what) => session.wait(pick::decide(&session, HandVerb::Block, &what)),
        Verb::Parse(what) => parse::parse(&session, &what),
        Verb::Extract(what) => session.wait(extract::extract(&session, &what)),
        Verb::Render(what) => render::render(&session, &what),
        Verb::Sanitize(what) => sanitize::sanitize_fragment(&session, &what),
        Verb::CleanUrl { urls } => clean_url::clean_url(&session, &urls),
        Verb::Completions { shell } => manual::completions(&session, shell),
        Verb::Man => manual::man(&session),
        Verb::Schema => manual::schema(&session),
    }
}
