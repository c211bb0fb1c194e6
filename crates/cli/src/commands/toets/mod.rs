//! `brink toets`: assess a plan, a folder of plans, or many plans at once.

mod court;
mod lines;
mod list;
mod overlay;

use crate::Status;
use crate::arguments::{Cli, Toets, Typed};
use crate::embedded;
use crate::error::{CliError, reason};
use crate::input;
use crate::show;
use crate::spot;
use crate::usage;
use brink_assess::{Assessment, MAX_BYTES, Plan};
use brink_policy::Compiled;
use court::Court;
use overlay::{has_overlay, overlay, overlay_plan};
use serde_json::{Map, Value, json};
use std::io::Write;
use std::path::{Path, PathBuf};

pub(crate) fn run(cli: &Cli, arguments: &Toets) -> Result<Status, CliError> {
    let package = embedded::package(cli)?;
    let place = spot::place(arguments.punt.as_deref(), arguments.vlak.as_deref())?;
    let court = Court::new(cli, &package, place, arguments.alles);
    match (&arguments.plan, &arguments.lijst) {
        (_, Some(path)) => list::list(path, arguments, &court),
        (Some(path), _) if arguments.jsonl => lines::lines(path, arguments, &court),
        (Some(path), _) if path.is_dir() => folder(cli, path, arguments, &court),
        (Some(path), _) => {
            let plan = read(path, arguments, &package)?;
            print(cli, &court.judge(&plan)?, arguments.alles)?;
            Ok(Status::Answered)
        }
        (None, _) if arguments.typed.activiteit.is_some() => {
            let plan = typed(&arguments.typed, &package)?;
            print(cli, &court.judge(&plan)?, arguments.alles)?;
            Ok(Status::Answered)
        }
        (None, _) => Err(CliError::Usage(
            "er is geen plan\n  geef een bestand, een map, - voor standaardinvoer, of --activiteit ID\n  bijvoorbeeld: brink toets --activiteit zonnepark --punt 6.75,52.95".to_owned(),
        )),
    }
}

/// The plan that flags alone say.
pub(crate) fn typed(arguments: &Typed, package: &Compiled) -> Result<Plan, CliError> {
    let mut plan = Map::new();
    overlay(&mut plan, arguments, package)?;
    Plan::from_value(&Value::Object(plan), package)
        .map_err(|error| CliError::Plan { what: "dit plan".to_owned(), error })
}

/// Today, as the machine has it.
pub(crate) fn today() -> String {
    jiff::Zoned::now().date().to_string()
}

fn print(cli: &Cli, answer: &Assessment<'_>, all: bool) -> Result<(), CliError> {
    let mut out = anstream::stdout().lock();
    if cli.json {
        serde_json::to_writer_pretty(&mut out, answer).map_err(std::io::Error::from)?;
        writeln!(out)?;
    } else {
        write!(out, "{}", show::assessment::text(answer, all))?;
    }
    Ok(())
}

fn read(path: &Path, arguments: &Toets, package: &Compiled) -> Result<Plan, CliError> {
    let text = input::text(path, MAX_BYTES)?;
    let what = || format!("het plan in {}", input::name(path));
    let wrong = |error| CliError::Plan { what: what(), error };
    if !has_overlay(&arguments.typed) {
        return Plan::from_json(&text, package).map_err(wrong);
    }
    let Ok(mut value) = serde_json::from_str(&text) else {
        return Plan::from_json(&text, package).map_err(wrong);
    };
    overlay_plan(&mut value, &arguments.typed, package)?;
    Plan::from_value(&value, package).map_err(wrong)
}

fn folder(cli: &Cli, path: &Path, arguments: &Toets, court: &Court<'_>) -> Result<Status, CliError> {
    let unreadable =
        |error: std::io::Error| CliError::Unreadable { path: path.to_owned(), reason: reason(&error) };
    let mut plans: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(path).map_err(unreadable)? {
        let file = entry.map_err(unreadable)?.path();
        if file.extension().is_some_and(|extension| extension == "json" || extension == "geojson") {
            plans.push(file);
        }
    }
    plans.sort();
    if plans.is_empty() {
        return Err(CliError::Usage(format!(
            "in `{}` staan geen plannen (.json of .geojson)",
            path.display()
        )));
    }
    let mut out = anstream::stdout().lock();
    let mut status = Status::Answered;
    for (n, file) in plans.iter().enumerate() {
        match read(file, arguments, court.package).and_then(|plan| court.judge(&plan)) {
            Ok(answer) => {
                if cli.json {
                    serde_json::to_writer(&mut out, &answer).map_err(std::io::Error::from)?;
                    writeln!(out)?;
                } else {
                    if n > 0 {
                        writeln!(out)?;
                    }
                    writeln!(out, "{}", show::assessment::heading(&file.display().to_string()))?;
                    write!(out, "{}", show::assessment::text(&answer, arguments.alles))?;
                }
            }
            Err(error) => {
                status = Status::BadInput;
                if cli.json {
                    writeln!(out, "{}", json!({ "fout": error.to_json() }))?;
                } else {
                    usage::report(&error, false);
                }
            }
        }
    }
    Ok(status)
}
