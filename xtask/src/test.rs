//! `cargo xtask test`: everything that must pass, from a fresh clone on.

use std::env;
use std::io::{self, BufRead, BufReader, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::acceptance;
use crate::error::Error;
use crate::overlap;
use crate::peers;
use crate::project::{self, cargo};
use crate::schets;

/// The text of the vision, beside the project when it is at hand.
const SOURCE: &str = "../shared/bron/omgevingsvisie-drenthe-2022.txt";

/// How a step that did not fail ended.
pub enum Outcome {
    /// It passed.
    Passed,
    /// It passed, and this line of its output is worth repeating at the end.
    Noted(String),
    /// It could not run here, and need not.
    Skipped(&'static str),
}

/// Runs all steps in order and stops at the first that fails.
pub fn run() -> Result<(), Error> {
    let mut steps = Steps::default();
    let result = all(&mut steps);
    steps.print_summary();
    result
}

fn all(steps: &mut Steps) -> Result<(), Error> {
    steps.step("tools", || {
        project::ensure_component("fmt", "rustfmt")?;
        project::ensure_component("clippy", "clippy")?;
        project::ensure_subcommand("nextest", "cargo-nextest")?;
        Ok(Outcome::Passed)
    })?;
    steps.step("format", || {
        project::run(&mut cargo(["fmt", "--all", "--check"])?)?;
        Ok(Outcome::Passed)
    })?;
    steps.step("clippy", || {
        project::run(&mut cargo(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])?)?;
        Ok(Outcome::Passed)
    })?;
    steps.step("documentation", || {
        project::run(cargo(["doc", "--no-deps", "--workspace"])?.env("RUSTDOCFLAGS", "-D warnings"))?;
        Ok(Outcome::Passed)
    })?;
    steps.step("postgis", || {
        Ok(match peers::postgis() {
            true => Outcome::Passed,
            false => Outcome::Skipped("PostGIS is not here: tests don't compare with it"),
        })
    })?;
    steps.step("tests", nextest)?;
    steps.step("doctests", || {
        project::run(&mut cargo(["test", "--doc", "--workspace"])?)?;
        Ok(Outcome::Passed)
    })?;
    steps.step("release build", || {
        project::run(&mut cargo(["build", "--release", "-p", "brink"])?)?;
        Ok(Outcome::Passed)
    })?;
    let brink = release_binary()?;
    steps.step("brink controleer", || {
        project::run(project::command(&brink)?.arg("controleer"))?;
        Ok(Outcome::Passed)
    })?;
    steps.step("schematic map", || {
        schets::run(true)?;
        Ok(Outcome::Passed)
    })?;
    steps.step("acceptance cases", || acceptance::run(&brink))?;
    steps.step("real servers", servers)?;
    steps.step("API contract", || contract(&brink))?;
    steps.step("OGC APIs", || ogc(&brink))?;
    steps.step("scripts of the pages", scripts)?;
    steps.step("browser", || script(&brink, "e2e/browser/test.sh"))?;
    steps.step("hostile clients", || script(&brink, "e2e/vijandig/test.sh"))?;
    steps.step("copied sentences", || {
        let source = project::root()?.join(SOURCE);
        if !source.is_file() {
            return Ok(Outcome::Skipped("../shared/bron is not here"));
        }
        overlap::run(&source)?;
        Ok(Outcome::Passed)
    })
}

/// Runs the tests and keeps nextest's closing line, so that it also stands at the end of everything.
fn nextest() -> Result<Outcome, Error> {
    let mut command = cargo(["nextest", "run", "--workspace"])?;
    if io::stderr().is_terminal() {
        command.args(["--color", "always"]);
    }
    let mut child =
        command.stderr(Stdio::piped()).spawn().map_err(|error| project::cannot_start(&command, &error))?;
    let mut closing = None;
    if let Some(stderr) = child.stderr.take() {
        let mut stderr = BufReader::new(stderr);
        let mut line = Vec::new();
        while stderr.read_until(b'\n', &mut line).is_ok_and(|length| length > 0) {
            // A terminal that went away is no reason to stop testing.
            let _ = io::stderr().write_all(&line);
            let text = plain(&String::from_utf8_lossy(&line));
            if text.contains(" tests run: ") || text.contains(" test run: ") {
                closing = Some(text.trim().to_owned());
            }
            line.clear();
        }
    }
    let status = child.wait().map_err(|error| project::cannot_start(&command, &error))?;
    if !status.success() {
        return Err(Error::failed(format!("`{}` ended with {status}", project::shown(&command))));
    }
    Ok(closing.map_or(Outcome::Passed, Outcome::Noted))
}

/// Downloads from real servers, as far as those can be installed.
fn servers() -> Result<Outcome, Error> {
    if !project::succeeds(project::command("bash")?.args(["-c", "python3 -c 'import venv'"])) {
        return Ok(Outcome::Skipped("bash or python3 is not here"));
    }
    let mapserver = peers::mapserver();
    project::run(project::command("bash")?.arg("e2e/diensten/draai.sh"))?;
    Ok(match mapserver {
        true => Outcome::Passed,
        false => Outcome::Noted("MapServer is not here: only pygeoapi".to_owned()),
    })
}

/// What `e2e/contract/test.sh` ends with when its tools can't be installed.
const NO_TOOLS: i32 = 77;

/// Holds a real server to the description of its API.
fn contract(brink: &Path) -> Result<Outcome, Error> {
    if !project::succeeds(project::command("bash")?.args(["-c", "npm --version && python3 -c 'import venv'"]))
    {
        return Ok(Outcome::Skipped("bash, npm or python3 is not here"));
    }
    let mut command = project::command("bash")?;
    command.arg("e2e/contract/test.sh").env("BRINK", brink);
    let status = command.status().map_err(|error| project::cannot_start(&command, &error))?;
    match status.code() {
        Some(0) => Ok(Outcome::Passed),
        Some(NO_TOOLS) => Ok(Outcome::Skipped("Spectral or Schemathesis can't be installed")),
        _ => Err(Error::failed(format!("`{}` ended with {status}", project::shown(&command)))),
    }
}

/// The OGC APIs of the server, read by GDAL.
fn ogc(brink: &Path) -> Result<Outcome, Error> {
    if !project::succeeds(project::command("bash")?.args(["-c", "python3 --version"])) {
        return Ok(Outcome::Skipped("bash or python3 is not here"));
    }
    if !peers::gdal() {
        return Ok(Outcome::Skipped("GDAL is not here"));
    }
    project::run(project::command("bash")?.arg("e2e/ogc/draai.sh").arg(brink))?;
    Ok(Outcome::Passed)
}

/// Types and unit tests of the scripts; building the server has installed what they need.
fn scripts() -> Result<Outcome, Error> {
    for task in ["typecheck", "test"] {
        project::run(project::command("npm")?.args(["run", "--silent", task, "--prefix", "web"]))?;
    }
    Ok(Outcome::Passed)
}

/// A script that starts the server and does to it what its name says.
fn script(brink: &Path, path: &str) -> Result<Outcome, Error> {
    if !project::succeeds(project::command("bash")?.args(["-c", "npm --version"])) {
        return Ok(Outcome::Skipped("bash or npm is not here"));
    }
    project::run(project::command("bash")?.arg(path).arg(brink))?;
    Ok(Outcome::Passed)
}

/// A line without the colours of a terminal.
fn plain(line: &str) -> String {
    let mut parts = line.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once('m').map_or(part, |(_, after)| after))
}

/// The `brink` that the release build made: beside the folder of this program, whatever the target folder is.
fn release_binary() -> Result<PathBuf, Error> {
    let own =
        env::current_exe().map_err(|error| Error::failed(format!("cannot find this program: {error}")))?;
    let name = format!("brink{}", env::consts::EXE_SUFFIX);
    own.ancestors()
        .nth(2)
        .map(|target| target.join("release").join(name))
        .filter(|binary| binary.is_file())
        .ok_or_else(|| Error::failed(format!("no release build of brink beside `{}`", own.display())))
}

/// The steps so far, for the summary.
#[derive(Default)]
struct Steps {
    rows: Vec<(&'static str, Duration, String)>,
}

impl Steps {
    fn step(
        &mut self,
        name: &'static str,
        work: impl FnOnce() -> Result<Outcome, Error>,
    ) -> Result<(), Error> {
        println!("\n== {name}");
        let start = Instant::now();
        let result = work();
        let (text, result) = match result {
            Ok(Outcome::Passed) => ("passed".to_owned(), Ok(())),
            Ok(Outcome::Noted(note)) => (format!("passed: {note}"), Ok(())),
            Ok(Outcome::Skipped(reason)) => {
                println!("skipped: {reason}");
                (format!("skipped: {reason}"), Ok(()))
            }
            Err(error) => ("FAILED".to_owned(), Err(Error::failed(format!("step `{name}` failed: {error}")))),
        };
        self.rows.push((name, start.elapsed(), text));
        result
    }

    fn print_summary(&self) {
        println!("\n== summary");
        print!("{}", self.summary());
    }

    fn summary(&self) -> String {
        let mut lines = String::new();
        for (name, time, text) in &self.rows {
            lines += &format!("{name:<18} {:>7.1} s  {text}\n", time.as_secs_f64());
        }
        let total: Duration = self.rows.iter().map(|(_, time, _)| time).sum();
        lines += &format!("{:<18} {:>7.1} s\n", "total", total.as_secs_f64());
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_step_is_named_and_stands_in_the_summary() {
        let mut steps = Steps::default();
        steps.step("good", || Ok(Outcome::Passed)).unwrap();
        steps.step("noted", || Ok(Outcome::Noted("3 tests run".to_owned()))).unwrap();
        steps.step("absent", || Ok(Outcome::Skipped("it is not here"))).unwrap();
        let error = steps.step("bad", || Err(Error::failed("`cargo x` ended with 1"))).unwrap_err();
        assert_eq!(error.to_string(), "step `bad` failed: `cargo x` ended with 1");

        let rows: Vec<_> = steps.rows.iter().map(|(name, _, text)| (*name, text.as_str())).collect();
        assert_eq!(
            rows,
            [
                ("good", "passed"),
                ("noted", "passed: 3 tests run"),
                ("absent", "skipped: it is not here"),
                ("bad", "FAILED")
            ]
        );
        assert!(steps.summary().ends_with(" s\n"));
    }

    #[test]
    fn colours_are_taken_out() {
        assert_eq!(
            plain("\u{1b}[32;1m Summary\u{1b}[0m [ 0.1s] \u{1b}[1m3\u{1b}[0m tests run"),
            " Summary [ 0.1s] 3 tests run"
        );
        assert_eq!(plain("no colours"), "no colours");
    }
}
