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

/// The drawing of one area and the layer a user brought in for it; what is wrong with other layers is no matter here.
pub(crate) fn layers_of(cli: &Cli, package: &Compiled, area: &str) -> Result<Vec<Layer>, CliError> {
    let mut layers = drawings(cli, package)?;
    layers.retain(|layer| layer.about.area == area);
    let path = store::path(&folder(cli, package)?, area);
    if path.exists() {
        layers.push(store::read(&path).map_err(|error| CliError::Map(error.to_string()))?);
    }
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

/// The same, for looking after it; `None` when there is no package to tell.
pub(crate) fn folder_of_layers(cli: &Cli) -> Result<Option<PathBuf>, CliError> {
    let package = embedded::package(cli)?;
    Ok(folder(cli, &package).ok())
}

fn drawings(cli: &Cli, package: &Compiled) -> Result<Vec<Layer>, CliError> {
    let Some(bytes) = embedded::bytes(cli, DRAWINGS)? else {
        return Ok(Vec::new());
    };
    brink_assess::drawings(package, &bytes)
        .map_err(|error| CliError::Map(format!("de schetskaart van het pakket is niet te lezen: {error}")))
}
