//! A place from GeoJSON. What its drawer meant is theirs to say: nothing is mended, and nothing is moved.

use super::{Place, PlaceError};
use crate::crs::{Crs, guess};
use crate::read::check_plan;
use geo_types::{Coord, Geometry, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon};
use serde_json::{Map, Value};

impl Place {
    /// A place from a GeoJSON geometry: longitude and latitude (WGS84), unless it has a `crs` that says otherwise.
    pub fn from_geojson(value: &Value) -> Result<Self, PlaceError> {
        let object =
            value.as_object().ok_or_else(|| PlaceError::Form("geen GeoJSON-geometrie".to_owned()))?;
        // A Feature may say it of itself or of its geometry.
        let inner = object.get("geometry").and_then(Value::as_object);
        let crs = match (object.get("crs"), inner) {
            (None | Some(Value::Null), Some(inner)) => stated_crs(inner)?,
            _ => stated_crs(object)?,
        };
        let raw = geometry(object, 0)?;
        let points: Vec<[f64; 2]> = positions(&raw);
        if points.is_empty() {
            return Err(PlaceError::Empty);
        }
        if let Some(hint) = guess(crs, &points) {
            return Err(PlaceError::Hint(hint.to_string()));
        }
        Self::in_crs(&raw, crs)
    }

    /// A place from a geometry in a coordinate system.
    pub fn in_crs(geometry: &Geometry<f64>, crs: Crs) -> Result<Self, PlaceError> {
        let rd =
            geo::MapCoords::try_map_coords(geometry, |c| crs.to_rd([c.x, c.y]).map(|[x, y]| Coord { x, y }))?;
        check_plan(&rd)?;
        Self::new(rd)
    }

    /// A point by longitude and latitude.
    pub fn at(longitude: f64, latitude: f64) -> Result<Self, PlaceError> {
        let raw = [longitude, latitude];
        if let Some(hint) = guess(Crs::Crs84, &[raw]) {
            return Err(PlaceError::Hint(hint.to_string()));
        }
        Self::in_crs(&Geometry::Point(Point::new(longitude, latitude)), Crs::Crs84)
    }
}

/// The system the coordinates are in, easting or longitude first: GeoJSON never has it otherwise.
fn stated_crs(object: &Map<String, Value>) -> Result<Crs, PlaceError> {
    let name = match object.get("crs") {
        None | Some(Value::Null) => return Ok(Crs::Crs84),
        Some(Value::String(name)) => name.as_str(),
        Some(crs) => crs.pointer("/properties/name").and_then(Value::as_str).ok_or_else(|| {
            PlaceError::Form(
                "`crs` noemt geen coördinatenstelsel; schrijf bijvoorbeeld EPSG:28992".to_owned(),
            )
        })?,
    };
    Ok(match Crs::parse(name)? {
        Crs::Epsg4326 | Crs::Epsg4258 => Crs::Crs84,
        other => other,
    })
}

fn geometry(object: &Map<String, Value>, depth: usize) -> Result<Geometry<f64>, PlaceError> {
    let form = |text: String| PlaceError::Form(text);
    let Some(kind) = object.get("type").and_then(Value::as_str) else {
        return Err(form(
            "`type` ontbreekt; schrijf bijvoorbeeld {\"type\": \"Point\", \"coordinates\": [6.56, 52.99]}"
                .to_owned(),
        ));
    };
    let coordinates = || object.get("coordinates").ok_or_else(|| form("`coordinates` ontbreekt".to_owned()));
    Ok(match kind {
        "Point" => Geometry::Point(Point(position(coordinates()?)?)),
        "MultiPoint" => Geometry::MultiPoint(MultiPoint(
            list(coordinates()?)?.iter().map(|p| position(p).map(Point)).collect::<Result<_, _>>()?,
        )),
        "LineString" => Geometry::LineString(line(coordinates()?)?),
        "MultiLineString" => Geometry::MultiLineString(MultiLineString(
            list(coordinates()?)?.iter().map(line).collect::<Result<_, _>>()?,
        )),
        "Polygon" => Geometry::Polygon(polygon(coordinates()?)?),
        "MultiPolygon" => Geometry::MultiPolygon(MultiPolygon(
            list(coordinates()?)?.iter().map(polygon).collect::<Result<_, _>>()?,
        )),
        "GeometryCollection" if depth == 0 => {
            let parts = object
                .get("geometries")
                .and_then(Value::as_array)
                .ok_or_else(|| form("`geometries` ontbreekt".to_owned()))?;
            let parts = parts
                .iter()
                .map(|part| match part.as_object() {
                    Some(part) => geometry(part, depth + 1),
                    None => Err(form("in `geometries` staat iets anders dan een geometrie".to_owned())),
                })
                .collect::<Result<Vec<_>, _>>()?;
            Geometry::GeometryCollection(geo_types::GeometryCollection(parts))
        }
        "Feature" if depth == 0 => match object.get("geometry").and_then(Value::as_object) {
            Some(inner) => geometry(inner, depth + 1)?,
            None => return Err(PlaceError::Empty),
        },
        other => {
            let other: String = other.chars().take(40).collect();
            return Err(form(format!(
                "`{other}` is geen geometrie; kies uit Point, LineString, Polygon, MultiPoint, MultiLineString en MultiPolygon"
            )));
        }
    })
}

fn list(value: &Value) -> Result<&Vec<Value>, PlaceError> {
    value.as_array().ok_or_else(|| PlaceError::Form("in `coordinates` hoort een lijst".to_owned()))
}

/// A position; a height is dropped.
fn position(value: &Value) -> Result<Coord<f64>, PlaceError> {
    match list(value)?.as_slice() {
        [x, y] | [x, y, _] => match (x.as_f64(), y.as_f64()) {
            (Some(x), Some(y)) => Ok(Coord { x, y }),
            _ => Err(PlaceError::Form("een coördinaat is geen getal".to_owned())),
        },
        _ => Err(PlaceError::Form("een punt heeft twee getallen: lengte en breedte".to_owned())),
    }
}

fn line(value: &Value) -> Result<LineString<f64>, PlaceError> {
    let line = LineString(list(value)?.iter().map(position).collect::<Result<_, _>>()?);
    if line.0.len() < 2 {
        return Err(PlaceError::Form("een lijn heeft ten minste twee punten".to_owned()));
    }
    Ok(line)
}

fn polygon(value: &Value) -> Result<Polygon<f64>, PlaceError> {
    let mut rings = Vec::new();
    for ring in list(value)? {
        let ring = line(ring)?;
        if ring.0.first() != ring.0.last() {
            return Err(PlaceError::Form(
                "een vlak is niet gesloten: herhaal het eerste punt aan het eind".to_owned(),
            ));
        }
        if ring.0.len() < 4 {
            return Err(PlaceError::Form("een vlak heeft ten minste drie verschillende punten".to_owned()));
        }
        rings.push(ring);
    }
    let mut rings = rings.into_iter();
    let outer = rings.next().ok_or(PlaceError::Empty)?;
    Ok(Polygon::new(outer, rings.collect()))
}

fn positions(geometry: &Geometry<f64>) -> Vec<[f64; 2]> {
    use geo::CoordsIter;
    geometry.coords_iter().map(|c| [c.x, c.y]).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::shape::Dimension;
    use serde_json::json;

    fn fault(value: &Value) -> String {
        Place::from_geojson(value).unwrap_err().to_string()
    }

    #[test]
    fn a_drawn_field_is_a_surface_of_the_right_size() {
        let field = json!({"type": "Polygon", "coordinates": [[[6.8, 52.9], [6.81, 52.9], [6.81, 52.91], [6.8, 52.91], [6.8, 52.9]]]});
        let place = Place::from_geojson(&field).unwrap();
        assert_eq!(place.dimension(), Dimension::Surface);
        // A hundredth of a degree is some 673 m by 1,113 m here.
        assert!((place.shape().measure - 748_700.0).abs() < 1_500.0, "{}", place.shape().measure);
    }

    #[test]
    fn what_is_wrong_is_said() {
        assert!(
            fault(&json!({"type": "Point", "coordinates": [52.99, 6.56]})).contains("verwisseld"),
            "{}",
            fault(&json!({"type": "Point", "coordinates": [52.99, 6.56]}))
        );
        assert!(fault(&json!({"type": "Point", "coordinates": [233_000.0, 557_000.0]})).contains("28992"));
        assert!(fault(&json!({"type": "Point", "coordinates": [2.35, 48.85]})).contains("buiten"));
        assert!(fault(&json!({"type": "Point", "coordinates": ["a", 1]})).contains("geen getal"));
        assert!(fault(&json!({"type": "Cirkel", "coordinates": []})).contains("`Cirkel`"));
        assert!(fault(&json!({"coordinates": []})).contains("`type` ontbreekt"));
        assert!(fault(&json!({"type": "MultiPolygon", "coordinates": []})).contains("leeg"));
        let open = json!({"type": "Polygon", "coordinates": [[[6.8, 52.9], [6.81, 52.9], [6.81, 52.91], [6.8, 52.91]]]});
        assert!(fault(&open).contains("niet gesloten"));
        let twisted = json!({"type": "Polygon", "coordinates": [[[6.8, 52.9], [6.81, 52.91], [6.81, 52.9], [6.8, 52.91], [6.8, 52.9]]]});
        assert!(fault(&twisted).contains("kruist zichzelf bij"), "{}", fault(&twisted));
        let mixed = json!({"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [6.8, 52.9]}, {"type": "LineString", "coordinates": [[6.8, 52.9], [6.81, 52.9]]}]});
        assert!(fault(&mixed).contains("mengt"));
    }

    #[test]
    fn rd_is_taken_when_it_is_said() {
        let rd = json!({"type": "Point", "coordinates": [233_000.0, 557_000.0], "crs": {"type": "name", "properties": {"name": "EPSG:28992"}}});
        let place = Place::from_geojson(&rd).unwrap();
        assert_eq!(place.shape().points, vec![[233_000.0, 557_000.0]]);
        // Inside a Feature, or said by it.
        let mut bare = rd.clone();
        let crs = bare.as_object_mut().unwrap().remove("crs").unwrap();
        for feature in [
            json!({"type": "Feature", "geometry": rd}),
            json!({"type": "Feature", "geometry": bare, "crs": crs}),
        ] {
            assert_eq!(Place::from_geojson(&feature).unwrap(), place);
        }
    }
}
