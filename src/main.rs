//! The program: arguments to the library to an exit code.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    feedmill::commands::execute(feedmill::cli::Cli::parse())
}
