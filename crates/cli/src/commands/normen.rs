//! `brink normen`: the norms of a section, activity or area.

use crate::Status;
use crate::arguments::{Cli, Normen};
use crate::embedded;
use crate::error::CliError;
use crate::show::{Styles, paragraph};
use brink_policy::compiled::{Compiled, Norm, within_section};
use brink_policy::{nearest, written};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::io::Write;

pub(crate) fn run(cli: &Cli, arguments: &Normen) -> Result<Status, CliError> {
    let loaded = embedded::loaded(cli)?;
    let Some(package) = &loaded.compiled else {
        return Ok(Status::Findings);
    };
    let words = &package.vocabulary;
    let section = arguments.onderdeel.as_deref();
    if let Some(number) = section
        && !words.index.sections.contains_key(number)
    {
        return Err(unknown("onderdeel", number, words.index.sections.keys()));
    }
    let activity = match &arguments.activiteit {
        Some(id) => match words.index.activities.get(id) {
            Some(activity) => Some(*activity),
            None => return Err(unknown("activiteit", id, words.index.activities.keys())),
        },
        None => None,
    };
    let area = match &arguments.gebied {
        Some(id) => match words.index.areas.get(id) {
            Some(area) => Some(*area),
            None => return Err(unknown("gebied", id, words.index.areas.keys())),
        },
        None => None,
    };
    let wanted = |index: usize, norm: &Norm| {
        let in_section = section.is_none_or(|outer| {
            let number = words.section(norm.section).map_or("", |section| &section.number);
            within_section(number, outer)
        });
        let about =
            activity.is_none_or(|activity| package.norms_for(activity).iter().any(|id| id.index() == index));
        // In an area hold the norms of that area and of what it lies in.
        let there = area.is_none_or(|area| {
            words
                .area(area)
                .is_some_and(|area| norm.areas.iter().any(|wanted| area.ancestors.contains(wanted)))
        });
        in_section && about && there
    };
    let norms: Vec<&Norm> =
        package.norms.iter().enumerate().filter(|(n, norm)| wanted(*n, norm)).map(|(_, norm)| norm).collect();
    let written: HashMap<&str, &written::Statement> =
        loaded.written.statements.iter().map(|item| (item.id.as_str(), &item.value)).collect();
    let mut out = anstream::stdout().lock();
    if cli.json {
        let list: Vec<Value> =
            norms.iter().map(|norm| as_json(package, norm, written.get(norm.id.as_str()))).collect();
        writeln!(out, "{:#}", json!({ "normen": list }))?;
        return Ok(Status::Answered);
    }
    let mut last = None;
    for norm in &norms {
        if last != Some(norm.section) {
            last = Some(norm.section);
            if let Some(section) = words.section(norm.section) {
                let style = Styles::HEADING;
                let heading = format!("{style}{} {}{style:#}", section.number, section.title);
                write!(out, "\n{}", paragraph(&heading, 0))?;
            }
        }
        let quiet = Styles::QUIET;
        writeln!(
            out,
            "  {} · {} {quiet}· regels {}-{}{quiet:#}",
            norm.id,
            norm.effect.dutch(),
            norm.lines[0],
            norm.lines[1]
        )?;
        write!(out, "{}", paragraph(&norm.summary, 4))?;
        if let Some(when) = written.get(norm.id.as_str()).and_then(|statement| statement.als.as_ref()) {
            write!(out, "{}", paragraph(&format!("als {when}"), 4))?;
        }
        for condition in &norm.conditions {
            write!(out, "{}", crate::show::paragraph_with(&condition.text, "    - ", "      "))?;
        }
    }
    writeln!(out, "\n{} normen", norms.len())?;
    Ok(Status::Answered)
}

fn as_json(package: &Compiled, norm: &Norm, statement: Option<&&written::Statement>) -> Value {
    let words = &package.vocabulary;
    let ids = |list: Vec<Option<&String>>| list.into_iter().flatten().cloned().collect::<Vec<String>>();
    json!({
        "id": norm.id,
        "uitspraken": norm.statements,
        "onderdeel": words.section(norm.section).map(|section| &section.number),
        "samenvatting": norm.summary,
        "soort": norm.kind,
        "effect": norm.effect.dutch(),
        "als": statement.and_then(|statement| statement.als.as_ref()),
        "activiteiten": ids(norm.activities.iter().map(|id| words.activity(*id).map(|a| &a.id)).collect()),
        "gebieden": ids(norm.areas.iter().map(|id| words.area(*id).map(|a| &a.id)).collect()),
        "belangen": ids(norm.interests.iter().map(|id| words.interest(*id).map(|i| &i.id)).collect()),
        "voorwaarden": statement.map(|statement| &statement.voorwaarden),
        "uitzonderingen": statement.map(|statement| &statement.uitzonderingen),
        "binding": norm.binding,
        "documenten": norm.documents,
        "bron": { "regels": norm.lines },
    })
}

/// A fault for an id that does not exist, with the nearest that do.
pub(crate) fn unknown<'a>(what: &str, id: &str, known: impl Iterator<Item = &'a String>) -> CliError {
    let near = nearest(id, known.map(String::as_str), 3);
    let help = if near.is_empty() { String::new() } else { format!("\n  bedoeld: {}?", near.join(", ")) };
    CliError::Usage(format!("{what} `{id}` bestaat niet{help}"))
}
