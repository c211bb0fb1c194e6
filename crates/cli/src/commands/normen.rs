//! `brink normen`: the norms of a section, activity or area.

use crate::Status;
use crate::arguments::{Cli, Normen};
use crate::embedded;
use crate::error::CliError;
use crate::show::{Styles, paragraph};
use brink_reply::NormFilter;
use std::io::Write;

pub(crate) fn run(cli: &Cli, arguments: &Normen) -> Result<Status, CliError> {
    let loaded = embedded::loaded(cli)?;
    let Some(package) = &loaded.compiled else {
        return Ok(Status::Findings);
    };
    let filter = NormFilter {
        section: arguments.onderdeel.as_deref(),
        activity: arguments.activiteit.as_deref(),
        area: arguments.gebied.as_deref(),
    };
    let norms = brink_reply::norms(package, &loaded.written, &filter).map_err(|unknown| {
        let help = unknown.help().map_or_else(String::new, |help| format!("\n  {help}"));
        CliError::Usage(format!("{unknown}{help}"))
    })?;
    let mut out = anstream::stdout().lock();
    if cli.json {
        writeln!(out, "{}", brink_reply::text(&norms).map_err(std::io::Error::from)?)?;
        return Ok(Status::Answered);
    }
    let mut last = None;
    for norm in &norms.normen {
        if last != Some(norm.onderdeel) {
            last = Some(norm.onderdeel);
            let number = norm.onderdeel.and_then(|number| package.vocabulary.index.sections.get(number));
            if let Some(section) = number.and_then(|section| package.vocabulary.section(*section)) {
                let style = Styles::HEADING;
                let heading = format!("{style}{} {}{style:#}", section.number, section.title);
                write!(out, "\n{}", paragraph(&heading, 0))?;
            }
        }
        let quiet = Styles::QUIET;
        let [first, last] = norm.bron.regels;
        writeln!(out, "  {} · {} {quiet}· regels {first}-{last}{quiet:#}", norm.id, norm.effect)?;
        write!(out, "{}", paragraph(norm.samenvatting, 4))?;
        if let Some(when) = norm.als {
            write!(out, "{}", paragraph(&format!("als {when}"), 4))?;
        }
        for condition in norm.voorwaarden.unwrap_or_default() {
            write!(out, "{}", crate::show::paragraph_with(&condition.tekst, "    - ", "      "))?;
        }
    }
    writeln!(out, "\n{} normen", norms.normen.len())?;
    Ok(Status::Answered)
}
