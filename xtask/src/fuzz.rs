//! `cargo xtask fuzz`.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::args::FuzzOptions;
use crate::error::Error;
use crate::project;

/// Runs the asked target, or each in turn, and stops at the first that finds something.
pub fn run(options: &FuzzOptions) -> Result<(), Error> {
    let root = project::root()?;
    let all = targets(&root.join("fuzz/fuzz_targets"));
    let chosen = choose(&all, options.target.as_deref())?;
    if !project::succeeds(nightly(&root).args(["rustc", "--version"])) {
        return Err(Error::failed(
            "fuzzing needs a nightly toolchain: `rustup toolchain install nightly --profile minimal`",
        ));
    }
    project::ensure_subcommand("fuzz", "cargo-fuzz")?;
    for target in chosen {
        println!("\n== fuzz {target}, {} seconds", options.seconds);
        project::run(&mut fuzz_command(&root, target, options.seconds)?)?;
    }
    Ok(())
}

/// A command of the nightly toolchain.
fn nightly(root: &Path) -> Command {
    let mut command = Command::new("rustup");
    command.current_dir(root).args(["run", "nightly"]);
    command
}

/// One run: new finds go to `fuzz/corpus`, checked-in examples in `fuzz/seeds` are read along.
fn fuzz_command(root: &Path, target: &str, seconds: u32) -> Result<Command, Error> {
    let corpus = format!("fuzz/corpus/{target}");
    fs::create_dir_all(root.join(&corpus))
        .map_err(|error| Error::failed(format!("cannot make `{corpus}`: {error}")))?;
    let mut command = nightly(root);
    command.args(["cargo", "fuzz", "run", "--fuzz-dir", "fuzz"]);
    // Without the search engine and the server it builds in a fraction of the time.
    command.args(match target {
        "source_text" => &[][..],
        "request" => &["--no-default-features", "--features", "web"],
        _ => &["--no-default-features"],
    });
    command.args([target, &corpus]);
    let seeds = format!("fuzz/seeds/{target}");
    if root.join(&seeds).is_dir() {
        command.arg(seeds);
    }
    command.arg("--").arg(format!("-max_total_time={seconds}")).args(["-timeout=10", "-rss_limit_mb=1024"]);
    Ok(command)
}

/// The names of the targets: one file each, so the folder is the list.
fn targets(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .collect();
    names.sort();
    names
}

fn choose<'a>(all: &'a [String], asked: Option<&str>) -> Result<Vec<&'a String>, Error> {
    let chosen: Vec<&String> =
        all.iter().filter(|target| asked.is_none_or(|asked| asked == target.as_str())).collect();
    match (chosen.is_empty(), asked) {
        (false, _) => Ok(chosen),
        (true, None) => Err(Error::failed("there are no targets in fuzz/fuzz_targets")),
        (true, Some(asked)) => {
            Err(Error::usage(format!("there is no fuzz target `{asked}`; there is: {}", all.join(", "))))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn all_targets_unless_one_is_asked() {
        let all = names(&["expression", "plan_json"]);
        assert_eq!(choose(&all, None).unwrap(), ["expression", "plan_json"]);
        assert_eq!(choose(&all, Some("plan_json")).unwrap(), ["plan_json"]);
    }

    #[test]
    fn an_unknown_target_is_answered_with_the_known_ones() {
        let all = names(&["expression", "plan_json"]);
        let error = choose(&all, Some("plan")).unwrap_err().to_string();
        assert!(error.contains("no fuzz target `plan`; there is: expression, plan_json"), "{error}");
        assert!(choose(&[], None).unwrap_err().to_string().contains("no targets"));
    }

    #[test]
    fn a_missing_folder_has_no_targets() {
        assert_eq!(targets(Path::new("no/such/folder")), Vec::<String>::new());
    }
}
