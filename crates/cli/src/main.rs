//! The `brink` program: thin. It reads arguments and files, lets the crates do the work, and prints.

mod area;
mod arguments;
mod commands;
mod embedded;
mod error;
mod ground;
mod input;
mod nearby;
mod proof;
mod show;
mod spot;
mod usage;

use arguments::Command;
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = match usage::parse() {
        Ok(cli) => cli,
        Err(code) => return code,
    };
    let result = match &cli.command {
        Command::Toets(arguments) => commands::toets::run(&cli, arguments),
        Command::Waar(arguments) => commands::waar::run(&cli, arguments),
        Command::Kaarten(arguments) => commands::kaarten::run(&cli, arguments),
        Command::Geschikt(arguments) => commands::geschikt::run(&cli, arguments),
        Command::Normen(arguments) => commands::normen::run(&cli, arguments),
        Command::Woordenlijst(arguments) => commands::woordenlijst::run(&cli, arguments),
        Command::Doelen => commands::doelen::run(&cli),
        Command::Controleer(arguments) => commands::controleer::run(&cli, arguments),
        Command::Bron(arguments) => commands::bron::run(&cli, arguments),
        Command::Server(arguments) => commands::server::run(&cli, arguments),
        Command::Schema(arguments) => commands::schema::run(arguments),
    };
    match result {
        Ok(status) => status.into(),
        Err(error::CliError::Pipe) => ExitCode::SUCCESS,
        Err(error) => {
            usage::report(&error, cli.json);
            ExitCode::from(2)
        }
    }
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    /// Answered.
    Answered,
    /// Answered, with findings.
    Findings,
    /// Part of the input was bad.
    BadInput,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Answered => 0,
            Status::Findings => 1,
            Status::BadInput => 2,
        })
    }
}
