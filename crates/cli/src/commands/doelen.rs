//! `brink doelen`: the goals and service levels of the vision, and the sums of the source that do not add up.

use crate::Status;
use crate::arguments::Cli;
use crate::embedded;
use crate::error::CliError;
use crate::show::{Styles, count, paragraph, paragraph_with};
use brink_policy::Loaded;
use brink_policy::goal::{Sum, SumOf};
use brink_policy::goal_words::{in_other_unit, number, offered, part, reading, target, with_unit};
use brink_policy::written::{Goal, ServiceLevel};
use std::io::Write;

pub(crate) fn run(cli: &Cli) -> Result<Status, CliError> {
    let loaded = embedded::loaded(cli)?;
    let (goals, services) = (&loaded.written.goals, &loaded.written.services);
    let wrong = brink_reply::wrong_sums(&loaded.written);
    let status = if wrong.iter().all(|(_, sum)| sum.explained.is_some()) {
        Status::Answered
    } else {
        Status::Findings
    };
    let mut out = anstream::stdout().lock();
    if cli.json {
        let answer = brink_reply::goals(&loaded.written);
        writeln!(out, "{}", brink_reply::text(&answer).map_err(std::io::Error::from)?)?;
        return Ok(status);
    }
    let style = Styles::HEADING;
    let all = goals.iter().map(|goal| &goal.thema);
    for theme in themes(all.chain(services.iter().map(|service| &service.thema))) {
        writeln!(out, "{style}{}{style:#}", name(&loaded, theme))?;
        for goal in goals.iter().filter(|goal| goal.thema == theme) {
            show_goal(&mut out, goal)?;
        }
        for service in services.iter().filter(|service| service.thema == theme) {
            show_service(&mut out, service)?;
        }
        writeln!(out)?;
    }
    if !wrong.is_empty() {
        writeln!(out, "{style}Sommen in de bron die niet kloppen{style:#}")?;
        for (goal, sum) in &wrong {
            write!(out, "{}", paragraph_with(&clash(goal, sum), "  - ", "    "))?;
            let why = sum.explained.map_or("Hiervoor is geen verklaring vastgelegd.", |d| d.uitleg.as_str());
            write!(out, "{}", paragraph(why, 4))?;
        }
        writeln!(out)?;
    }
    let counts = [
        count(goals.len(), "doel", "doelen"),
        count(services.len(), "dienst", "diensten"),
        count(wrong.len(), "som die niet klopt", "sommen die niet kloppen"),
    ];
    writeln!(out, "{}", counts.join(", "))?;
    Ok(status)
}

/// The themes, each once, in the order of the file.
fn themes<'a>(all: impl Iterator<Item = &'a String>) -> Vec<&'a str> {
    let mut themes: Vec<&str> = Vec::new();
    for theme in all {
        if !themes.contains(&theme.as_str()) {
            themes.push(theme);
        }
    }
    themes
}

fn name<'a>(loaded: &'a Loaded, theme: &'a str) -> &'a str {
    let found = loaded.written.interests.iter().find(|interest| interest.id == theme);
    found.map_or(theme, |interest| interest.naam.as_str())
}

fn show_goal(out: &mut impl Write, goal: &Goal) -> Result<(), CliError> {
    let unit = goal.eenheid.as_deref();
    write!(out, "{}", paragraph_with(&goal.naam, "  ", "    "))?;
    let mut facts = vec![target(&goal.streef, unit)];
    if let Some(baseline) = &goal.nulmeting {
        let year = baseline.jaar.map_or_else(|| "jaar onbekend".to_owned(), |year| year.to_string());
        let value = baseline.waarde.map(|value| format!(" ({})", number(value.0)));
        facts.push(format!("nulmeting {year}{}", value.unwrap_or_default()));
    }
    if let Some(there) = goal.realised() {
        facts.push(format!("gerealiseerd {}", with_unit(there, unit)));
        match goal.remaining(there) {
            Some(left) if !left.is_zero() => facts.push(format!("resteert {}", with_unit(left, unit))),
            Some(_) => facts.push("gehaald".to_owned()),
            None => {}
        }
    }
    write!(out, "{}", paragraph(&facts.join("; "), 4))?;
    if !goal.delen.is_empty() {
        let parts: Vec<String> = goal.delen.iter().map(part).collect();
        write!(out, "{}", paragraph(&format!("delen: {}", parts.join("; ")), 4))?;
    }
    for sum in goal.sums() {
        if sum.adds_up() {
            let text = match &sum.of {
                SumOf::Parts => format!("de delen zijn samen {}: klopt", number(sum.computed)),
                SumOf::Measure(measure) => format!("{}: klopt", in_other_unit(measure)),
                SumOf::Numbers(_) => continue,
            };
            write!(out, "{}", paragraph(&text, 4))?;
        } else {
            write!(out, "{}", paragraph(&format!("klopt niet: {}", reading(&sum, unit)), 4))?;
        }
    }
    if let Some(why) = &goal.niet_te_bepalen {
        write!(out, "{}", paragraph(&format!("niet te bepalen: {why}"), 4))?;
    }
    footer(out, goal.toelichting.as_deref(), &goal.id, &goal.uitspraken, &goal.regels)
}

fn show_service(out: &mut impl Write, service: &ServiceLevel) -> Result<(), CliError> {
    write!(out, "{}", paragraph_with(&service.naam, "  ", "    "))?;
    if service.streef.waarde.is_some() {
        let above = service
            .geldt_boven
            .as_ref()
            .map(|above| format!("; geldt bij meer dan {} {}", number(above.waarde.0), above.eenheid));
        let text = target(&service.streef, service.eenheid.as_deref()) + &above.unwrap_or_default();
        write!(out, "{}", paragraph(&text, 4))?;
    }
    for line in &service.bediening {
        write!(out, "{}", paragraph_with(&offered(line), "    ", "      "))?;
    }
    if let Some(end) = service.tot {
        write!(out, "{}", paragraph(&format!("gegarandeerd tot {end}"), 4))?;
    }
    footer(out, service.toelichting.as_deref(), &service.id, &service.uitspraken, &service.regels)
}

fn footer(
    out: &mut impl Write,
    remark: Option<&str>,
    id: &str,
    statements: &[String],
    lines: &[[u32; 2]],
) -> Result<(), CliError> {
    if let Some(remark) = remark {
        write!(out, "{}", paragraph(remark, 4))?;
    }
    let lines: Vec<String> = lines
        .iter()
        .map(|[from, to]| if from == to { from.to_string() } else { format!("{from}-{to}") })
        .collect();
    let text = format!("{id} · {} · regels {}", statements.join(", "), lines.join(", "));
    let quiet = Styles::QUIET;
    write!(out, "{quiet}{}{quiet:#}", paragraph(&text, 4))?;
    Ok(())
}

fn clash(goal: &Goal, sum: &Sum<'_>) -> String {
    format!("{}: {}", goal.naam, reading(sum, goal.eenheid.as_deref()))
}
