//! `brink waar`: what applies at a place, whatever the plan.

use crate::Status;
use crate::arguments::{Cli, Waar};
use crate::commands::toets::today;
use crate::error::CliError;
use crate::show;
use crate::{embedded, ground, spot};
use brink_assess::here;
use std::io::Write;

pub(crate) fn run(cli: &Cli, arguments: &Waar) -> Result<Status, CliError> {
    let Some(place) = spot::place(arguments.punt.as_deref(), arguments.vlak.as_deref())? else {
        return Err(CliError::Usage(
            "er is geen plek\n  geef --punt LON,LAT of --vlak BESTAND, bijvoorbeeld: brink waar --punt 6.56,52.99".to_owned(),
        ));
    };
    let package = embedded::package(cli)?;
    let ground = ground::ground(cli, &package)?;
    let answer = here(&package, &ground, &place, &today());
    let mut out = anstream::stdout().lock();
    if arguments.geojson {
        let shapes = brink_reply::here_shapes(&package, &ground, &place, &answer)
            .map_err(|error| CliError::Map(error.to_string()))?;
        let all = brink_reply::value(&shapes).map_err(std::io::Error::from)?;
        serde_json::to_writer(&mut out, &all).map_err(std::io::Error::from)?;
        writeln!(out)?;
    } else if cli.json {
        serde_json::to_writer_pretty(&mut out, &answer).map_err(std::io::Error::from)?;
        writeln!(out)?;
    } else {
        write!(out, "{}", show::here::text(&answer, arguments.alles))?;
    }
    Ok(Status::Answered)
}
