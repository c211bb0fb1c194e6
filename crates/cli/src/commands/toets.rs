//! `brink toets`: assess a plan, a folder of plans, or many plans line by line.

use crate::Status;
use crate::arguments::{Cli, Toets};
use crate::embedded;
use crate::error::{CliError, reason};
use crate::input::{self, Line};
use crate::show;
use crate::usage;
use brink_assess::{Assessment, Fault, MAX_BYTES, Options, Plan, PlanError, assess};
use brink_policy::Compiled;
use brink_policy::compiled::FactKind;
use serde_json::{Map, Value, json};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

pub(crate) fn run(cli: &Cli, arguments: &Toets) -> Result<Status, CliError> {
    if arguments.punt.is_some() || arguments.vlak.is_some() {
        return Err(CliError::Usage(
            "een plek op de kaart kan deze versie nog niet lezen\n  noem de gebieden waar het plan in ligt, met --gebied ID".to_owned(),
        ));
    }
    let package = embedded::package(cli)?;
    let options = Options { today: today(), all: arguments.alles, ground: None };
    match &arguments.plan {
        Some(path) if arguments.jsonl => lines(path, arguments, &package, &options),
        Some(path) if path.is_dir() => folder(cli, path, arguments, &package, &options),
        Some(path) => {
            let plan = read(path, arguments, &package)?;
            print(cli, &assess(&package, &plan, &options), arguments.alles)?;
            Ok(Status::Answered)
        }
        None if arguments.activiteit.is_some() => {
            let mut plan = Map::new();
            overlay(&mut plan, arguments, &package)?;
            let plan = Plan::from_value(&Value::Object(plan), &package)
                .map_err(|error| CliError::Plan { what: "dit plan".to_owned(), error })?;
            print(cli, &assess(&package, &plan, &options), arguments.alles)?;
            Ok(Status::Answered)
        }
        None => Err(CliError::Usage(
            "er is geen plan\n  geef een bestand, een map, - voor standaardinvoer, of --activiteit ID\n  bijvoorbeeld: brink toets --activiteit zonnepark --gebied beekdal".to_owned(),
        )),
    }
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
    if !has_overlay(arguments) {
        return Plan::from_json(&text, package).map_err(wrong);
    }
    let Ok(mut value) = serde_json::from_str(&text) else {
        return Plan::from_json(&text, package).map_err(wrong);
    };
    overlay_plan(&mut value, arguments, package)?;
    Plan::from_value(&value, package).map_err(wrong)
}

/// Flags add to a plan that was read, or overrule it; of a Feature its properties are the plan.
fn overlay_plan(value: &mut Value, arguments: &Toets, package: &Compiled) -> Result<(), CliError> {
    let feature = value.get("type").and_then(Value::as_str) == Some("Feature");
    let target = if feature { value.get_mut("properties") } else { Some(value) };
    match target.and_then(Value::as_object_mut) {
        Some(plan) => overlay(plan, arguments, package),
        None => Ok(()),
    }
}

fn has_overlay(arguments: &Toets) -> bool {
    !arguments.gegeven.is_empty()
        || !arguments.gebied.is_empty()
        || !arguments.gebied_onbekend.is_empty()
        || !arguments.onderdeel.is_empty()
        || arguments.peildatum.is_some()
}

/// Puts what the flags say into a plan.
fn overlay(plan: &mut Map<String, Value>, arguments: &Toets, package: &Compiled) -> Result<(), CliError> {
    if let Some(activity) = &arguments.activiteit {
        plan.insert("activiteit".to_owned(), json!(activity));
    }
    if let Some(date) = &arguments.peildatum {
        plan.insert("peildatum".to_owned(), json!(date));
    }
    if !arguments.onderdeel.is_empty() {
        plan.insert("onderdelen".to_owned(), json!(arguments.onderdeel));
    }
    for (key, ids) in [("binnen", &arguments.gebied), ("onbekend", &arguments.gebied_onbekend)] {
        if ids.is_empty() {
            continue;
        }
        let areas = plan.entry("gebieden").or_insert_with(|| json!({}));
        if let Some(list) = areas.as_object_mut().map(|areas| areas.entry(key).or_insert_with(|| json!([])))
            && let Some(list) = list.as_array_mut()
        {
            list.extend(ids.iter().map(|id| json!(id)));
        }
    }
    for given in &arguments.gegeven {
        let Some((id, value)) = given.split_once('=') else {
            return Err(CliError::Usage(format!(
                "`--gegeven {given}` mist een waarde\n  schrijf --gegeven ID=WAARDE, bijvoorbeeld --gegeven landschappelijk-ingepast=ja"
            )));
        };
        let facts = plan.entry("gegevens").or_insert_with(|| json!({}));
        if let Some(facts) = facts.as_object_mut() {
            facts.insert(id.trim().to_owned(), fact_value(id.trim(), value.trim(), package));
        }
    }
    Ok(())
}

/// A value typed on the command line, as JSON of the type the fact has.
fn fact_value(id: &str, text: &str, package: &Compiled) -> Value {
    if matches!(text, "onbekend" | "null" | "?") {
        return Value::Null;
    }
    let vocabulary = &package.vocabulary;
    let kind = vocabulary.index.facts.get(id).and_then(|fact| vocabulary.fact(*fact)).map(|fact| &fact.kind);
    match (kind, text) {
        (Some(FactKind::YesNo), "ja" | "true" | "j") => Value::Bool(true),
        (Some(FactKind::YesNo), "nee" | "false" | "n") => Value::Bool(false),
        // A comma is a decimal sign to a Dutch hand.
        (Some(FactKind::Number { .. }), text) => Value::String(text.replace(',', ".")),
        _ => Value::String(text.to_owned()),
    }
}

fn folder(
    cli: &Cli,
    path: &Path,
    arguments: &Toets,
    package: &Compiled,
    options: &Options,
) -> Result<Status, CliError> {
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
        match read(file, arguments, package) {
            Ok(plan) => {
                let answer = assess(package, &plan, options);
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

/// A plan a line in, an answer a line out, in the same order. A bad line gives a fault in its place.
fn lines(path: &Path, arguments: &Toets, package: &Compiled, options: &Options) -> Result<Status, CliError> {
    let unreadable =
        |error: std::io::Error| CliError::Unreadable { path: path.to_owned(), reason: reason(&error) };
    let mut reader: Box<dyn std::io::BufRead> = if path.as_os_str() == "-" {
        Box::new(std::io::stdin().lock())
    } else {
        Box::new(std::io::BufReader::new(std::fs::File::open(path).map_err(unreadable)?))
    };
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut status = Status::Answered;
    let mut number = 0_u64;
    while let Some(line) = input::line(&mut reader, MAX_BYTES).map_err(unreadable)? {
        number += 1;
        let result = match line {
            Line::Text(text) if text.trim().is_empty() => continue,
            Line::Text(text) => line_plan(&text, arguments, package),
            Line::TooLong => Err(vec![fault(format!("regel is langer dan {MAX_BYTES} bytes"))]),
            Line::NotText => Err(vec![fault("regel is geen leesbare tekst (UTF-8)".to_owned())]),
        };
        match result {
            Ok(plan) => serde_json::to_writer(&mut out, &assess(package, &plan, options))
                .map_err(std::io::Error::from)?,
            Err(faults) => {
                status = Status::BadInput;
                let fault = json!({ "fout": { "regel": number, "meldingen": faults } });
                serde_json::to_writer(&mut out, &fault).map_err(std::io::Error::from)?;
            }
        }
        writeln!(out)?;
    }
    out.flush()?;
    Ok(status)
}

fn line_plan(text: &str, arguments: &Toets, package: &Compiled) -> Result<Plan, Vec<Fault>> {
    let faults = |error: PlanError| error.faults;
    if !has_overlay(arguments) {
        return Plan::from_json(text, package).map_err(faults);
    }
    let Ok(mut plan) = serde_json::from_str(text) else {
        return Plan::from_json(text, package).map_err(faults);
    };
    overlay_plan(&mut plan, arguments, package).map_err(|error| vec![fault(error.to_string())])?;
    Plan::from_value(&plan, package).map_err(faults)
}

fn fault(message: String) -> Fault {
    Fault { veld: String::new(), melding: message, hulp: None }
}
