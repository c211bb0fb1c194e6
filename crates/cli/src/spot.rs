//! The place on the command line: a point, or a file with a shape.

use crate::error::CliError;
use crate::input;
use brink_geo::crs::Crs;
use brink_geo::place::Place;
use brink_geo::read::{Limits, ReadOptions, read_file};
use geo_types::{Geometry, GeometryCollection};
use std::path::Path;

/// The most a drawn plan may be, in bytes.
const MAX_BYTES: usize = 32 << 20;

/// The place that `--punt` and `--vlak` say; `None` when they are not there.
pub(crate) fn place(point: Option<&str>, file: Option<&Path>) -> Result<Option<Place>, CliError> {
    match (point, file) {
        (Some(text), _) => at(text).map(Some),
        (None, Some(path)) => drawn(path).map(Some),
        (None, None) => Ok(None),
    }
}

fn at(text: &str) -> Result<Place, CliError> {
    let wrong = |reason: &str| {
        CliError::Usage(format!(
            "`--punt {text}`: {reason}\n  schrijf lengte en breedte met een komma ertussen, bijvoorbeeld --punt 6.56,52.99"
        ))
    };
    let Some((longitude, latitude)) = text.split_once([',', ' ', ';']) else {
        return Err(wrong("hier horen twee getallen"));
    };
    let number = |part: &str| part.trim().parse::<f64>().ok().filter(|number| number.is_finite());
    match (number(longitude), number(latitude)) {
        (Some(longitude), Some(latitude)) => Place::at(longitude, latitude)
            .map_err(|error| CliError::Usage(format!("`--punt {text}`: {error}"))),
        _ => Err(wrong("dit zijn geen twee getallen")),
    }
}

/// GeoJSON is taken as drawn; of other files what is safe to mend is mended, and said.
fn drawn(path: &Path) -> Result<Place, CliError> {
    let wrong = |reason: String| CliError::Usage(format!("{} is geen plek: {reason}", input::name(path)));
    let extension = path.extension().map(|extension| extension.to_ascii_lowercase());
    if path.as_os_str() == "-"
        || extension.is_some_and(|extension| extension == "json" || extension == "geojson")
    {
        let text = input::text(path, MAX_BYTES)?;
        let value: serde_json::Value = serde_json::from_str(&text).map_err(|error| {
            wrong(format!("geen geldige JSON op regel {}, kolom {}", error.line(), error.column()))
        })?;
        let features = value.get("features").and_then(serde_json::Value::as_array);
        let one = match features.map(Vec::as_slice) {
            None => &value,
            Some([feature]) => feature,
            Some(several) => {
                return Err(wrong(format!(
                    "er staan {} vormen in, en een plan heeft er een; toets er meer tegelijk met --lijst",
                    several.len()
                )));
            }
        };
        return Place::from_geojson(one).map_err(|error| wrong(error.to_string()));
    }
    let options = ReadOptions {
        limits: Limits { bytes: MAX_BYTES as u64, ..Limits::default() },
        ..ReadOptions::default()
    };
    let read = read_file(path, &options).map_err(|error| CliError::Usage(error.to_string()))?;
    if let Some(remark) = read.remarks.first() {
        return Err(wrong(remark.text.clone()));
    }
    let mut shapes: Vec<Geometry<f64>> = read.features.into_iter().map(|feature| feature.geometry).collect();
    let shape = match (shapes.pop(), shapes.is_empty()) {
        (Some(shape), true) => shape,
        (Some(shape), false) => {
            shapes.push(shape);
            Geometry::GeometryCollection(GeometryCollection(shapes))
        }
        (None, _) => return Err(wrong("er staat geen vorm in".to_owned())),
    };
    Place::in_crs(&shape, Crs::RdNew).map_err(|error| wrong(error.to_string()))
}
