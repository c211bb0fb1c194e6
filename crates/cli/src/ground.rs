//! The map a command works with: the drawings of the package, and over them the layers a user brought in.

use crate::arguments::Cli;
use crate::embedded;
use crate::error::CliError;
use brink_assess::{DRAWINGS, Ground};
use brink_geo::layer::Layer;
use brink_geo::store;
use brink_policy::Compiled;
use std::path::PathBuf;

/// The map to work with.
pub(crate) fn ground(cli: &Cli, package: &Compiled) -> Result<Ground, CliError> {
    Ok(Ground::new(package, layers(cli, package)?))
}

/// The drawings of the package, then the layers a user brought in.
pub(crate) fn layers(cli: &Cli, package: &Compiled) -> Result<Vec<Layer>, CliError> {
    let mut layers = drawings(cli, package)?;
    let paths = store::list(&folder(cli, package)?).map_err(|error| CliError::Map(error.to_string()))?;
    layers.extend(store::read_all(&paths).map_err(|error| CliError::Map(error.to_string()))?);
    Ok(layers)
}

/// The folder with the layers a user brought in.
pub(crate) fn folder(cli: &Cli, package: &Compiled) -> Result<PathBuf, CliError> {
    if let Some(folder) = &cli.kaarten {
        return Ok(folder.clone());
    }
    let folders = directories::ProjectDirs::from("nl", "", "brink").ok_or_else(|| {
        CliError::Usage("er is geen map voor kaarten\n  noem er een met --kaarten MAP".to_owned())
    })?;
    Ok(folders.data_dir().join("kaarten").join(&package.info.id))
}

fn drawings(cli: &Cli, package: &Compiled) -> Result<Vec<Layer>, CliError> {
    let Some(bytes) = embedded::bytes(cli, DRAWINGS)? else {
        return Ok(Vec::new());
    };
    brink_assess::drawings(package, &bytes)
        .map_err(|error| CliError::Map(format!("de schetskaart van het pakket is niet te lezen: {error}")))
}
