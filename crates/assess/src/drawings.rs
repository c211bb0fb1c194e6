//! The map that is drawn by hand in a package, as layers.

use crate::ground::default_coverage;
use brink_geo::layer::{About, Coverage, Kind, Layer};
use brink_geo::read::{ReadError, ReadOptions, read_bytes};
use brink_policy::compiled::Compiled;

/// Where the drawings are in a package.
pub const DRAWINGS: &str = "schets/kaart.geojson";

/// The layers in the file of drawings of a package; drawings of areas it does not have, are left out.
pub fn drawings(package: &Compiled, bytes: &[u8]) -> Result<Vec<Layer>, ReadError> {
    let read = read_bytes(DRAWINGS, bytes, &ReadOptions::default())?;
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
