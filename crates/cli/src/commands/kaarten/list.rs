//! `brink kaarten lijst`

use crate::Status;
use crate::arguments::Cli;
use crate::error::CliError;
use crate::show::Styles;
use crate::{embedded, ground};
use std::io::Write;

/// Every area of the package, with its layer or without.
pub(super) fn list(cli: &Cli) -> Result<Status, CliError> {
    let package = embedded::package(cli)?;
    let ground = ground::ground(cli, &package)?;
    let mut out = anstream::stdout().lock();
    let layers = brink_reply::layers(&package, &ground);
    if cli.json {
        writeln!(out, "{}", brink_reply::text(&layers).map_err(std::io::Error::from)?)?;
        return Ok(Status::Answered);
    }
    let (heading, quiet) = (Styles::HEADING, Styles::QUIET);
    writeln!(
        out,
        "{heading}{:<46} {:<11} {:<10} {:>6} {:>10}{heading:#}",
        "gebied", "kaart", "datum", "vormen", "hectare"
    )?;
    for layer in &layers {
        let (area, kind) = (layer.gebied, layer.kaartsoort);
        match (layer.datum, layer.vormen, layer.hectare) {
            (Some(date), Some(shapes), Some(hectares)) => {
                writeln!(out, "{area:<46} {kind:<11} {date:<10} {shapes:>6} {hectares:>10.0}")?;
            }
            _ => writeln!(out, "{quiet}{area:<46} {kind}{quiet:#}")?,
        }
    }
    let count = |kinds: &[&str]| layers.iter().filter(|layer| kinds.contains(&layer.kaartsoort)).count();
    let (real, drawn, without) = (count(&["echt"]), count(&["schets"]), count(&["geen kaart"]));
    let follows = count(&["overal-of-buiten", "afgeleid"]);
    let folder = ground::folder(cli, &package)?;
    writeln!(
        out,
        "\n{real} met een echte kaart, {drawn} met een schets, {follows} volgen uit andere, {without} zonder kaart.\nEchte kaarten staan in {}.",
        folder.display()
    )?;
    Ok(Status::Answered)
}
