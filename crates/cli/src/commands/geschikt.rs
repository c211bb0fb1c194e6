//! `brink geschikt`: where a plan would fit.

mod output;

use crate::Status;
use crate::area::area;
use crate::arguments::{Cli, Geschikt};
use crate::commands::toets::{today, typed};
use crate::error::CliError;
use crate::show;
use crate::{embedded, ground};
use brink_assess::{Canvas, Options, Part, Wanted};
use brink_reply::{Finding, Refused};
use output::Output;
use std::io::Write;

pub(crate) fn run(cli: &Cli, arguments: &Geschikt) -> Result<Status, CliError> {
    let package = embedded::package(cli)?;
    let plan = typed(&arguments.plan, &package)?;
    let at_most = brink_reply::check(&package, &plan, arguments.raster, arguments.minimaal, &arguments.tot)
        .map_err(|refused| refusal(&refused, arguments))?;
    let within =
        arguments.binnen.iter().map(|id| Ok(area(&package, id)?.0)).collect::<Result<Vec<_>, CliError>>()?;
    let output = arguments.uit.as_deref().map(Output::to).transpose()?;
    let bar = busy();
    let ground = ground::ground(cli, &package)?;
    let part = if arguments.plaatsgebonden { Part::ByPlace } else { Part::All };
    let options = Options { today: today(), part, ground: Some(&ground), ..Options::default() };
    let canvas = Canvas::new(&package, &ground, arguments.raster);
    let wanted = Wanted {
        hectares: arguments.minimaal,
        within,
        count: arguments.aantal,
        at_most,
        exact_up_to: f64::INFINITY,
    };
    let found = Finding::new(&package, &ground, &canvas, &plan, &arguments.plan.gegeven, &options, &wanted);
    bar.finish_and_clear();
    if let Some(output) = &output {
        output.write(&found)?;
    }
    let answer = found.reply().map_err(|error| CliError::Map(error.to_string()))?;
    let mut out = anstream::stdout().lock();
    if cli.json {
        writeln!(out, "{}", brink_reply::text(&answer).map_err(std::io::Error::from)?)?;
    } else {
        write!(out, "{}", show::suitability::text(&answer))?;
        if let Some(path) = &arguments.uit {
            writeln!(out, "Geschreven: {}", path.display())?;
        }
    }
    Ok(Status::Answered)
}

/// What is wrong, in terms of the command line.
fn refusal(refused: &Refused, arguments: &Geschikt) -> CliError {
    let help = refused.help().map_or_else(String::new, |help| format!("\n  {help}"));
    CliError::Usage(match refused {
        Refused::Placed => format!("{refused}, of beperk het zoeken met --binnen"),
        Refused::Step => format!("`--raster {}`: {refused}", arguments.raster),
        Refused::Hectares => format!("`--minimaal {}`: {refused}", arguments.minimaal),
        Refused::Verdict(_) => format!("`--tot {}` is geen oordeel{help}", arguments.tot),
        Refused::Distance => format!("{refused}\n  toets een lijst van plekken met `brink toets --lijst`"),
    })
}

/// A bar that shows only when it takes long.
fn busy() -> indicatif::ProgressBar {
    let bar =
        indicatif::ProgressBar::new_spinner().with_message("gebieden op het raster leggen en beoordelen");
    bar.enable_steady_tick(std::time::Duration::from_secs(1));
    bar
}
