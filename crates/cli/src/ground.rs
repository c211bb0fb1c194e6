//! The map a command works with: the drawings of the package, and over them the layers a user brought in.

use crate::arguments::Cli;
use crate::embedded;
use crate::error::CliError;
use brink_assess::{Ground, default_coverage};
use brink_geo::layer::{About, Coverage, Kind, Layer};
use brink_geo::read::{ReadOptions, read_bytes};
use brink_geo::store;
use brink_policy::Compiled;
use std::path::PathBuf;

/// Where the drawings are in a package.
pub(crate) const DRAWINGS: &str = "schets/kaart.geojson";

/// The map to work with.
pub(crate) fn ground(cli: &Cli, package: &Compiled) -> Result<Ground, CliError> {
    Ok(Ground::new(package, layers(cli, package)?))
}

/// The drawings of the package, then the layers a user brought in.
pub(crate) fn layers(cli: &Cli, package: &Compiled) -> Result<Vec<Layer>, CliError> {
    let mut layers = drawings(cli, package)?;
    for path in store::list(&folder(cli, package)?).map_err(|error| CliError::Map(error.to_string()))? {
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

fn drawings(cli: &Cli, package: &Compiled) -> Result<Vec<Layer>, CliError> {
    let Some(bytes) = embedded::bytes(cli, DRAWINGS)? else {
        return Ok(Vec::new());
    };
    let read = read_bytes(DRAWINGS, &bytes, &ReadOptions::default())
        .map_err(|error| CliError::Map(format!("de schetskaart van het pakket is niet te lezen: {error}")))?;
    let territory = package.info.territory.and_then(|area| package.vocabulary.area(area));
    let layers = read.features.into_iter().filter_map(|feature| {
        let area = feature.properties.get("gebied")?.clone();
        let named = package.vocabulary.index.areas.get(&area).and_then(|id| package.vocabulary.area(*id))?;
        // The territory itself is known everywhere: outside it is outside.
        let coverage = if territory.is_some_and(|territory| territory.id == area) {
            Coverage::Everywhere
        } else if feature.properties.get("volledig").is_some_and(|whole| whole == "nee") {
            // Only part of it is drawn: it speaks for no place beside.
            Coverage::Shape(geo_types::MultiPolygon(Vec::new()))
        } else {
            default_coverage(package)
        };
        let source = format!("{DRAWINGS} van {}", package.info.id);
        let about = About {
            date: feature.properties.get("datum").cloned().unwrap_or_default(),
            ..About::new(&area, Kind::Schets, &named.name, source)
        };
        Some(Layer::new(about, coverage, vec![feature.geometry]))
    });
    Ok(layers.collect())
}
