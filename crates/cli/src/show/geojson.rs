//! Geometry as GeoJSON.

use crate::error::CliError;
use brink_geo::crs::rd_to_lonlat;
use geo::MapCoords;
use geo_types::{Coord, Geometry};
use serde_json::Value;

/// A geometry in RD New as GeoJSON: longitude and latitude to seven decimals, about a centimetre.
pub(crate) fn geometry(geometry: &Geometry<f64>) -> Result<Value, CliError> {
    let round = |value: f64| (value * 1e7).round() / 1e7;
    let lonlat = geometry
        .try_map_coords(|c| rd_to_lonlat(c.x, c.y).map(|[x, y]| Coord { x: round(x), y: round(y) }))
        .map_err(|error| CliError::Map(error.to_string()))?;
    serde_json::to_value(geojson::Geometry::from(&lonlat)).map_err(|error| CliError::Write(error.into()))
}
