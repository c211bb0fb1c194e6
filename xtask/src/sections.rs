//! `cargo xtask onderdelen FILE` and `cargo xtask dekking`: files the program itself writes.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::error::Error;
use crate::project;

/// The file that is written, from the folder of the workspace.
const SECTIONS: &str = "policies/drenthe-2022/onderdelen.yaml";
const LEDGER: &str = "docs/dekking.md";

/// Writes the section tree with its fingerprints anew.
pub fn run(source: &Path) -> Result<(), Error> {
    let mut command = project::cargo(["run", "-p", "brink", "--", "bron", "onderdelen"])?;
    command.arg(project::absolute(source)?);
    write(command, SECTIONS)
}

/// Writes the page with the coverage of the source anew.
pub fn ledger() -> Result<(), Error> {
    write(project::cargo(["run", "-p", "brink", "--", "controleer", "--dekking"])?, LEDGER)
}

/// Writes what a command prints to a file. The old file stays when the command fails.
fn write(mut command: Command, file: &str) -> Result<(), Error> {
    command.stderr(Stdio::inherit());
    let output = command.output().map_err(|error| project::cannot_start(&command, &error))?;
    if !output.status.success() {
        return Err(Error::failed(format!("`{}` ended with {}", project::shown(&command), output.status)));
    }
    if output.stdout.is_empty() {
        return Err(Error::failed(format!("`{}` printed nothing", project::shown(&command))));
    }
    let target = project::root()?.join(file);
    fs::write(&target, &output.stdout)
        .map_err(|error| Error::failed(format!("cannot write `{file}`: {error}")))?;
    println!("wrote {file}");
    Ok(())
}
