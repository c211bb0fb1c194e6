//! Geometry as GeoJSON.

use crate::error::ReplyError;
use brink_geo::crs::rd_to_lonlat;
use geo::MapCoords;
use geo_types::{Coord, Geometry};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;

/// A geometry in RD New as GeoJSON: longitude and latitude to seven decimals, about a centimetre.
pub fn geometry(geometry: &Geometry<f64>) -> Result<geojson::Geometry, ReplyError> {
    let round = |value: f64| (value * 1e7).round() / 1e7;
    let lonlat = geometry
        .try_map_coords(|c| rd_to_lonlat(c.x, c.y).map(|[x, y]| Coord { x: round(x), y: round(y) }))?;
    Ok(geojson::Geometry::from(&lonlat))
}

/// A place with what is known of it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "Vorm{P}")]
pub struct Feature<P> {
    /// Vorm in GeoJSON: lengte- en breedtegraad in WGS84 (CRS84).
    #[schemars(schema_with = "shape")]
    pub geometry: geojson::Geometry,
    /// Wat er van de vorm bekend is.
    pub properties: P,
    /// Altijd `Feature`.
    #[serde(rename = "type")]
    #[schemars(extend("enum" = ["Feature"]))]
    pub kind: &'static str,
}

impl<P> Feature<P> {
    /// A shape in RD New with what is known of it.
    pub fn new(shape: &Geometry<f64>, properties: P) -> Result<Self, ReplyError> {
        Ok(Self { geometry: geometry(shape)?, properties, kind: "Feature" })
    }
}

/// Places; what goes for all of them is added beside.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "Vormen{P}")]
pub struct FeatureCollection<P> {
    /// De vormen.
    pub features: Vec<Feature<P>>,
    /// Altijd `FeatureCollection`.
    #[serde(rename = "type")]
    #[schemars(extend("enum" = ["FeatureCollection"]))]
    pub kind: &'static str,
}

impl<P> FeatureCollection<P> {
    /// These places.
    #[must_use]
    pub fn new(features: Vec<Feature<P>>) -> Self {
        Self { features, kind: "FeatureCollection" }
    }
}

fn shape(_: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "type": "object",
        "required": ["type", "coordinates"],
        "properties": {
            "type": {
                "type": "string",
                "enum": ["Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"]
            },
            "coordinates": { "type": "array", "items": {} }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo_types::Point;

    #[test]
    fn seven_decimals_of_longitude_and_latitude() {
        let made = geometry(&Geometry::Point(Point::new(233_883.131, 556_533.456))).unwrap();
        let text = serde_json::to_string(&made).unwrap();
        assert_eq!(text, r#"{"type":"Point","coordinates":[6.561969,52.9899973]}"#);
    }

    #[test]
    fn a_place_outside_the_grid_is_no_place() {
        assert!(geometry(&Geometry::Point(Point::new(f64::NAN, 0.0))).is_err());
    }
}
