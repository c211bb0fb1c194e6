//! Where the project lives, and how its tools are run.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::error::Error;

/// The folder of the workspace.
pub fn root() -> Result<PathBuf, Error> {
    let manifest =
        env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    match manifest.parent() {
        Some(root) => Ok(root.to_owned()),
        None => Err(Error::failed(format!("`{}` has no parent folder", manifest.display()))),
    }
}

/// A program to be run in the folder of the workspace.
pub fn command(program: impl AsRef<OsStr>) -> Result<Command, Error> {
    let mut command = Command::new(program);
    command.current_dir(root()?);
    Ok(command)
}

/// `cargo` with these arguments, in the folder of the workspace.
pub fn cargo<const N: usize>(arguments: [&str; N]) -> Result<Command, Error> {
    let mut cargo = command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))?;
    cargo.args(arguments);
    Ok(cargo)
}

/// Runs a command to its end, its output shown as it comes.
pub fn run(command: &mut Command) -> Result<(), Error> {
    let status = command.status().map_err(|error| cannot_start(command, &error))?;
    if status.success() {
        Ok(())
    } else {
        Err(Error::failed(format!("`{}` ended with {status}", shown(command))))
    }
}

/// Whether a command runs and says yes; what it prints is dropped.
pub fn succeeds(command: &mut Command) -> bool {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// The message for a program that could not be started at all.
pub fn cannot_start(command: &Command, error: &io::Error) -> Error {
    Error::failed(format!("cannot start `{}`: {error}", command.get_program().display()))
}

/// Makes sure of a cargo subcommand: `cargo NAME --version` answers, or crate CRATE is installed.
pub fn ensure_subcommand(name: &str, crate_name: &str) -> Result<(), Error> {
    if succeeds(&mut cargo([name, "--version"])?) {
        return Ok(());
    }
    println!("{crate_name} is missing, installing it (once)");
    run(&mut cargo(["install", crate_name, "--locked"])?)
}

/// Makes sure of a part of the toolchain that a minimal installation leaves out.
pub fn ensure_component(subcommand: &str, component: &str) -> Result<(), Error> {
    if succeeds(&mut cargo([subcommand, "--version"])?) {
        return Ok(());
    }
    println!("{component} is missing, adding it to the toolchain");
    run(command("rustup")?.args(["component", "add", component]))
}

/// A path the developer typed, as seen from where it was typed.
pub fn absolute(path: &Path) -> Result<PathBuf, Error> {
    std::path::absolute(path).map_err(|error| Error::failed(format!("`{}`: {error}", path.display())))
}

/// The text of a file, with its name in the message when that fails.
pub fn read(path: &Path) -> Result<String, Error> {
    fs::read_to_string(path)
        .map_err(|error| Error::failed(format!("cannot read `{}`: {error}", path.display())))
}

/// A command as a developer would type it.
pub fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(command.get_program());
    std::iter::once(name)
        .chain(command.get_args())
        .map(|word| word.to_string_lossy())
        .map(|word| if word.contains(char::is_whitespace) { format!("'{word}'").into() } else { word })
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_holds_the_workspace() {
        assert!(root().unwrap().join("xtask/Cargo.toml").is_file());
    }

    #[test]
    fn commands_are_shown_as_typed() {
        let mut command = Command::new("/somewhere/bin/cargo");
        command.args(["clippy", "--", "-D", "two words"]);
        assert_eq!(shown(&command), "cargo clippy -- -D 'two words'");
    }

    #[test]
    fn a_failing_command_is_named_with_its_status() {
        let error = run(&mut cargo(["no-such-subcommand-here"]).unwrap()).unwrap_err().to_string();
        assert!(error.contains("no-such-subcommand-here` ended with exit status"), "{error}");
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let error = run(&mut Command::new("brink-no-such-program")).unwrap_err().to_string();
        assert!(error.contains("cannot start `brink-no-such-program`"), "{error}");
        assert!(!succeeds(&mut Command::new("brink-no-such-program")));
    }
}
