//! `brink woordenlijst`: the words a plan can use, and finding them by everyday words.

use crate::Status;
use crate::arguments::{Cli, List, Woordenlijst};
use crate::embedded;
use crate::error::CliError;
use crate::show::{Styles, paragraph};
use brink_policy::compiled::Compiled;
use brink_policy::written::FactType;
use brink_reply::FactReply;
use serde::Serialize;
use std::io::Write;

pub(crate) fn run(cli: &Cli, arguments: &Woordenlijst) -> Result<Status, CliError> {
    let package = embedded::package(cli)?;
    let words = arguments.words.join(" ");
    if arguments.list == List::Zoek {
        return search(cli, &package, &words);
    }
    if !words.is_empty() {
        return Err(CliError::Usage(format!("zoeken gaat met `brink woordenlijst zoek \"{words}\"`")));
    }
    match arguments.list {
        List::Activiteiten | List::Zoek => print(cli, &brink_reply::activities(&package), |activity| {
            let under = match activity.ouder.join(", ") {
                parents if parents.is_empty() => String::new(),
                parents => format!("valt onder {parents}"),
            };
            (activity.id, activity.naam, under)
        }),
        List::Gebieden => print(cli, &brink_reply::areas(&package), |area| {
            (area.id, area.naam, area.ligging.unwrap_or_default().to_owned())
        }),
        List::Gegevens => {
            print(cli, &brink_reply::facts(&package), |fact| (fact.id, fact.vraag, answers(fact)))
        }
        List::Belangen => print(cli, &brink_reply::interests(&package), |interest| {
            (interest.id, interest.naam, interest.omschrijving.to_owned())
        }),
        List::Termen => print(cli, &brink_reply::terms(&package), |term| {
            let more = match term.omschrijving {
                Some(text) => format!("{}: {text}", term.soort),
                None => term.soort.to_owned(),
            };
            (term.id, term.naam, more)
        }),
    }
}

/// A list: for a program as it is, for people per entry its id, its name or question, and what else is good to know.
fn print<'p, E: Serialize>(
    cli: &Cli,
    entries: &[E],
    shown: impl Fn(&E) -> (&'p str, &'p str, String),
) -> Result<Status, CliError> {
    let mut out = anstream::stdout().lock();
    if cli.json {
        writeln!(out, "{}", brink_reply::text(&entries).map_err(std::io::Error::from)?)?;
        return Ok(Status::Answered);
    }
    let (style, quiet) = (Styles::HEADING, Styles::QUIET);
    for (id, name, more) in entries.iter().map(shown) {
        writeln!(out, "{style}{id}{style:#}")?;
        write!(out, "{}", paragraph(name, 2))?;
        if !more.is_empty() {
            write!(out, "{quiet}{}{quiet:#}", paragraph(&more, 2))?;
        }
    }
    Ok(Status::Answered)
}

/// What answers a fact takes.
fn answers(fact: &FactReply<'_>) -> String {
    match fact.kind {
        FactType::YesNo => "ja of nee".to_owned(),
        FactType::Number => format!("getal in {}", fact.eenheid.unwrap_or("?")),
        FactType::Choice => {
            format!("keuze uit {}", fact.mogelijkheden.as_deref().unwrap_or_default().join(", "))
        }
        FactType::Date => "datum".to_owned(),
        FactType::Text => "tekst".to_owned(),
    }
}

fn search(cli: &Cli, package: &Compiled, query: &str) -> Result<Status, CliError> {
    if query.trim().is_empty() {
        return Err(CliError::Usage(
            "wat te zoeken?\n  bijvoorbeeld: brink woordenlijst zoek \"zonnepanelen in het weiland\""
                .to_owned(),
        ));
    }
    let found = brink_reply::search(package, query);
    let status = if found.gevonden { Status::Answered } else { Status::Findings };
    let mut out = anstream::stdout().lock();
    if cli.json {
        writeln!(out, "{}", brink_reply::text(&found).map_err(std::io::Error::from)?)?;
        return Ok(status);
    }
    if !found.gevonden {
        let nearest = if found.activiteiten.is_empty() { "." } else { "; het dichtst in de buurt komen:" };
        write!(out, "{}", paragraph(&format!("`{query}` staat niet in de woordenlijst{nearest}"), 0))?;
    }
    let (style, quiet) = (Styles::HEADING, Styles::QUIET);
    for activity in &found.activiteiten {
        let heading = format!("{style}{}{style:#} {quiet}{}{quiet:#}", activity.id, activity.naam);
        write!(out, "{}", paragraph(&heading, 0))?;
        write!(out, "{}", paragraph(activity.omschrijving, 2))?;
    }
    Ok(status)
}
