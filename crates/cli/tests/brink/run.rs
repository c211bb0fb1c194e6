//! Running the program, and files to run it on.

use serde_json::Value;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// How a run ended.
#[derive(Debug, PartialEq, Eq)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    /// Standard output as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error} in {self:?}"))
    }

    /// The faults of a plan, as `field: message`, of an answer in JSON.
    pub fn faults(&self) -> Vec<String> {
        let answer = self.json();
        let list = answer["fout"]["meldingen"].as_array().unwrap().iter();
        list.map(|fault| format!("{}: {}", text(&fault["veld"]), text(&fault["melding"]))).collect()
    }
}

/// The text of a JSON string.
pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text"))
}

/// The program, with nothing of this machine's surroundings, 80 columns wide.
pub fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_brink"));
    command.args(arguments).env_clear().env("COLUMNS", "80").env("TZ", "UTC").stdin(Stdio::null());
    command
}

/// Runs the program to its end.
pub fn brink(arguments: &[&str]) -> Ran {
    ran(&mut command(arguments))
}

/// Runs a command to its end.
pub fn ran(command: &mut Command) -> Ran {
    let output = command.output().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Runs the program with something on standard input.
pub fn brink_with(arguments: &[&str], input: &[u8]) -> Ran {
    let mut child = command(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || match stdin.write_all(&input) {
        // The program may have read enough before the end.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => {}
        result => result.unwrap(),
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The small made-up package.
pub fn klein() -> String {
    project("crates/policy/tests/fixtures/klein")
}

/// The made-up text it was made from.
pub fn veldvisie() -> String {
    project("crates/source/tests/fixtures/veldvisie.txt")
}

/// Something in the project.
pub fn project(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap();
    root.join(path).display().to_string()
}

/// Runs a command on the small package.
pub fn on_klein(arguments: &[&str]) -> Ran {
    brink(&with_klein(arguments).iter().map(String::as_str).collect::<Vec<_>>())
}

/// The same, with something on standard input.
pub fn on_klein_with(arguments: &[&str], input: &[u8]) -> Ran {
    brink_with(&with_klein(arguments).iter().map(String::as_str).collect::<Vec<_>>(), input)
}

fn with_klein(arguments: &[&str]) -> Vec<String> {
    let all = arguments.iter().map(|argument| (*argument).to_owned());
    all.chain(["--pakket".to_owned(), klein()]).collect()
}

/// An empty folder for one test.
pub fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("brink").join(name);
    if path.exists() {
        std::fs::remove_dir_all(&path).unwrap();
    }
    std::fs::create_dir_all(&path).unwrap();
    path
}

/// A file in a folder.
pub fn file(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> String {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, content).unwrap();
    path.display().to_string()
}

/// A copy of the small package, to be spoiled.
pub fn klein_copy(name: &str) -> PathBuf {
    let copy = folder(name);
    let from = PathBuf::from(klein());
    for part in ["", "normen", "gevallen"] {
        std::fs::create_dir_all(copy.join(part)).unwrap();
        for entry in std::fs::read_dir(from.join(part)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                std::fs::copy(&path, copy.join(part).join(path.file_name().unwrap())).unwrap();
            }
        }
    }
    copy
}

/// Replaces a piece of a file, which must be there exactly once.
pub fn edit(folder: &Path, name: &str, from: &str, to: &str) {
    let path = folder.join(name);
    let text = std::fs::read_to_string(&path).unwrap();
    assert_eq!(text.matches(from).count(), 1, "`{from}` in {name}");
    std::fs::write(path, text.replace(from, to)).unwrap();
}

/// Lines wider than 80 characters.
pub fn wide(text: &str) -> Vec<&str> {
    text.lines().filter(|line| line.chars().count() > 80).collect()
}
