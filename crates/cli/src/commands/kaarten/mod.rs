//! `brink kaarten`: the layers of areas. A layer from a file or a service takes the place of the drawing.

mod collect;
mod import;
mod keep;
mod list;
mod progress;

use crate::Status;
use crate::area::area;
use crate::arguments::{Cli, Kaarten, KaartenCommand};
use crate::error::{CliError, reason};
use crate::{embedded, ground};
use brink_geo::store;
use std::io::Write;

pub(crate) fn run(cli: &Cli, arguments: &Kaarten) -> Result<Status, CliError> {
    match &arguments.command {
        KaartenCommand::Lijst => list::list(cli),
        KaartenCommand::Importeer(arguments) => import::import(cli, arguments),
        KaartenCommand::Ophalen(arguments) => collect::collect(cli, arguments),
        KaartenCommand::Verwijder { area } => remove(cli, area),
    }
}

fn remove(cli: &Cli, id: &str) -> Result<Status, CliError> {
    let package = embedded::package(cli)?;
    let (_, area) = area(&package, id)?;
    let path = store::path(&ground::folder(cli, &package)?, &area.id);
    let mut out = anstream::stdout().lock();
    match std::fs::remove_file(&path) {
        Ok(()) => writeln!(out, "{}: kaartlaag verwijderd", area.id)?,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(CliError::Map(format!("{} heeft geen eigen kaartlaag", area.id)));
        }
        Err(error) => return Err(CliError::Unreadable { path, reason: reason(&error) }),
    }
    Ok(Status::Answered)
}
