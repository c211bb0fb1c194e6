//! `cargo xtask`: the one door for developers. Every command here is explained by `cargo xtask help`.

use std::env;
use std::process::ExitCode;

mod acceptance;
mod args;
mod bench;
mod error;
mod fuzz;
mod overlap;
mod peers;
mod project;
mod rd_grid;
mod schema;
mod schets;
mod sections;
mod test;

use args::Command;
use error::Error;

fn main() -> ExitCode {
    match args::parse(env::args().skip(1)).and_then(run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask: {error}");
            error.exit_code()
        }
    }
}

fn run(command: Command) -> Result<(), Error> {
    match command {
        Command::Help => {
            print!("{}", args::HELP);
            Ok(())
        }
        Command::Test => test::run(),
        Command::Fuzz(options) => fuzz::run(&options),
        Command::Bench => bench::run(),
        Command::Places => bench::places(),
        Command::Schema => schema::run(),
        Command::Sketch { check } => schets::run(check),
        Command::Ledger => sections::ledger(),
        Command::Sections { source } => sections::run(&source),
        Command::RdGrid { source } => rd_grid::run(&source),
        Command::Overlap { source } => overlap::run(&source),
    }
}
