//! `brink woordenlijst`: the words a plan can use, and finding them by everyday words.

use crate::Status;
use crate::arguments::{Cli, List, Woordenlijst};
use crate::embedded;
use crate::error::CliError;
use crate::show::{Styles, paragraph};
use brink_policy::compiled::{Compiled, FactKind, Term};
use brink_policy::find::{Match, find_activities};
use serde_json::{Value, json};
use std::io::Write;

/// An entry: its id, its name or question, and what else is good to know.
struct Entry<'p> {
    id: &'p str,
    name: &'p str,
    more: String,
    json: Value,
}

pub(crate) fn run(cli: &Cli, arguments: &Woordenlijst) -> Result<Status, CliError> {
    let package = embedded::package(cli)?;
    let words = arguments.words.join(" ");
    if arguments.list == List::Zoek {
        return search(cli, &package, &words);
    }
    if !words.is_empty() {
        return Err(CliError::Usage(format!("zoeken gaat met `brink woordenlijst zoek \"{words}\"`")));
    }
    let entries = match arguments.list {
        List::Activiteiten | List::Zoek => activities(&package),
        List::Gebieden => areas(&package),
        List::Gegevens => facts(&package),
        List::Belangen => interests(&package),
        List::Termen => terms(&package),
    };
    print(cli, &entries)
}

fn print(cli: &Cli, entries: &[Entry<'_>]) -> Result<Status, CliError> {
    let mut out = anstream::stdout().lock();
    if cli.json {
        let list: Vec<&Value> = entries.iter().map(|entry| &entry.json).collect();
        writeln!(out, "{:#}", json!(list))?;
        return Ok(Status::Answered);
    }
    let (style, quiet) = (Styles::HEADING, Styles::QUIET);
    for entry in entries {
        writeln!(out, "{style}{}{style:#}", entry.id)?;
        write!(out, "{}", paragraph(entry.name, 2))?;
        if !entry.more.is_empty() {
            write!(out, "{quiet}{}{quiet:#}", paragraph(&entry.more, 2))?;
        }
    }
    Ok(Status::Answered)
}

fn activities(package: &Compiled) -> Vec<Entry<'_>> {
    let words = &package.vocabulary;
    let list = words.activities.iter();
    list.map(|activity| {
        let parents: Vec<&str> =
            activity.parents.iter().filter_map(|id| words.activity(*id)).map(|a| a.id.as_str()).collect();
        let under = if parents.is_empty() { String::new() } else { format!("valt onder {}", parents.join(", ")) };
        Entry {
            id: &activity.id,
            name: &activity.name,
            more: under,
            json: json!({
                "id": activity.id, "naam": activity.name, "omschrijving": activity.description,
                "ouder": parents, "zoekwoorden": activity.words, "soort": activity.kind, "groep": activity.group,
            }),
        }
    })
    .collect()
}

fn areas(package: &Compiled) -> Vec<Entry<'_>> {
    let words = &package.vocabulary;
    let list = words.areas.iter();
    list.map(|area| {
        let parents: Vec<&str> =
            area.parents.iter().filter_map(|id| words.area(*id)).map(|a| a.id.as_str()).collect();
        Entry {
            id: &area.id,
            name: &area.name,
            more: area.location.clone().unwrap_or_default(),
            json: json!({
                "id": area.id, "naam": area.name, "soort": area.kind, "ouder": parents,
                "ligging": area.location, "bepaling": area.determination,
            }),
        }
    })
    .collect()
}

fn facts(package: &Compiled) -> Vec<Entry<'_>> {
    let list = package.vocabulary.facts.iter();
    list.map(|fact| {
        let (more, options) = match &fact.kind {
            FactKind::YesNo => ("ja of nee".to_owned(), json!(null)),
            FactKind::Number { unit, .. } => {
                (format!("getal in {}", unit.as_deref().unwrap_or("?")), json!(null))
            }
            FactKind::Choice(options) => {
                let ids: Vec<&str> = options.iter().map(|(id, _)| id.as_str()).collect();
                (format!("keuze uit {}", ids.join(", ")), json!(ids))
            }
            FactKind::Date => ("datum".to_owned(), json!(null)),
            FactKind::Text => ("tekst".to_owned(), json!(null)),
        };
        let unit = if let FactKind::Number { unit, .. } = &fact.kind { unit.as_deref() } else { None };
        Entry {
            id: &fact.id,
            name: &fact.question,
            more,
            json: json!({
                "id": fact.id, "vraag": fact.question, "toelichting": fact.explanation,
                "type": fact.kind.written(), "eenheid": unit, "mogelijkheden": options,
                "herkomst": fact.origin, "bewijs": fact.evidence,
            }),
        }
    })
    .collect()
}

fn interests(package: &Compiled) -> Vec<Entry<'_>> {
    let words = &package.vocabulary;
    let list = words.interests.iter();
    list.map(|interest| {
        let parents: Vec<&str> =
            interest.parents.iter().filter_map(|id| words.interest(*id)).map(|i| i.id.as_str()).collect();
        Entry {
            id: &interest.id,
            name: &interest.name,
            more: interest.description.clone(),
            json: json!({ "id": interest.id, "naam": interest.name, "omschrijving": interest.description, "ouder": parents }),
        }
    })
    .collect()
}

fn terms(package: &Compiled) -> Vec<Entry<'_>> {
    let words = &package.vocabulary;
    let kinds =
        [("partij", &words.parties), ("document", &words.documents), ("instrument", &words.instruments)];
    let entry = |kind: &str, term: &Term| json!({ "soort": kind, "id": term.id, "naam": term.name, "omschrijving": term.description });
    kinds
        .into_iter()
        .flat_map(|(kind, terms)| {
            terms.values().map(move |term| Entry {
                id: &term.id,
                name: &term.name,
                more: term
                    .description
                    .as_ref()
                    .map_or_else(|| kind.to_owned(), |text| format!("{kind}: {text}")),
                json: entry(kind, term),
            })
        })
        .collect()
}

fn search(cli: &Cli, package: &Compiled, query: &str) -> Result<Status, CliError> {
    if query.trim().is_empty() {
        return Err(CliError::Usage(
            "wat te zoeken?\n  bijvoorbeeld: brink woordenlijst zoek \"zonnepanelen in het weiland\""
                .to_owned(),
        ));
    }
    let found = find_activities(&package.vocabulary, query, 8);
    let mut out = anstream::stdout().lock();
    let named = |matches: &[Match]| -> Vec<Value> {
        let list = matches.iter().filter_map(|found| package.vocabulary.activity(found.activity));
        list.map(|activity| json!({ "id": activity.id, "naam": activity.name, "omschrijving": activity.description })).collect()
    };
    if cli.json {
        writeln!(out, "{:#}", json!({ "gevonden": found.sure, "activiteiten": named(&found.matches) }))?;
        return Ok(if found.sure { Status::Answered } else { Status::Findings });
    }
    if !found.sure {
        let nearest = if found.matches.is_empty() { "." } else { "; het dichtst in de buurt komen:" };
        write!(out, "{}", paragraph(&format!("`{query}` staat niet in de woordenlijst{nearest}"), 0))?;
    }
    let (style, quiet) = (Styles::HEADING, Styles::QUIET);
    for activity in found.matches.iter().filter_map(|found| package.vocabulary.activity(found.activity)) {
        let heading = format!("{style}{}{style:#} {quiet}{}{quiet:#}", activity.id, activity.name);
        write!(out, "{}", paragraph(&heading, 0))?;
        write!(out, "{}", paragraph(&activity.description, 2))?;
    }
    Ok(if found.sure { Status::Answered } else { Status::Findings })
}
