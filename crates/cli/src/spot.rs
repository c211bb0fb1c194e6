//! The place on the command line: a point, or a file with a shape.

use crate::error::CliError;
use crate::input;
use brink_geo::crs::Crs;
use brink_geo::place::Place;
use brink_geo::read::{Limits, PLAN_VERTICES, ReadOptions, read_file};
use geo_types::Geometry;
use serde_json::Value;
use std::borrow::Cow;
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
        let value: Value = serde_json::from_str(&text).map_err(|error| {
            let place = format!("regel {}, kolom {}", error.line(), error.column());
            wrong(if error.is_eof() {
                format!("het houdt midden in op ({place})\n  het bestand is afgebroken; bewaar of haal het opnieuw")
            } else {
                format!("geen geldige JSON op {place}\n  kijk daar naar komma's, aanhalingstekens en haakjes")
            })
        })?;
        let one = only(&value).map_err(wrong)?;
        return Place::from_geojson(&one).map_err(|error| wrong(error.to_string()));
    }
    let options = ReadOptions {
        limits: Limits { bytes: MAX_BYTES as u64, vertices: PLAN_VERTICES, ..Limits::default() },
        strict: true,
        ..ReadOptions::default()
    };
    // What is remarked on, such as heights that are left out, changes nothing to where the plan lies.
    let read = read_file(path, &options).map_err(|error| CliError::Usage(error.to_string()))?;
    let mut shapes: Vec<Geometry<f64>> = read.features.into_iter().map(|feature| feature.geometry).collect();
    let shape = match (shapes.pop(), shapes.len()) {
        (Some(shape), 0) => shape,
        (last, others) => return Err(wrong(not_one(others + usize::from(last.is_some())))),
    };
    Place::in_crs(&shape, Crs::RdNew).map_err(|error| wrong(error.to_string()))
}

/// The one feature of a collection; anything else is taken as it is.
fn only(value: &Value) -> Result<Cow<'_, Value>, String> {
    let Some(features) = value.get("features").and_then(Value::as_array) else {
        return Ok(Cow::Borrowed(value));
    };
    let [feature] = features.as_slice() else {
        return Err(not_one(features.len()));
    };
    let mut feature = feature.clone();
    // What the collection says of the coordinates holds for its feature.
    if let (Some(object), Some(crs)) = (feature.as_object_mut(), value.get("crs")) {
        object.entry("crs").or_insert_with(|| crs.clone());
    }
    Ok(Cow::Owned(feature))
}

fn not_one(count: usize) -> String {
    match count {
        0 => "er staat geen vorm in\n  teken een punt, lijn of vlak".to_owned(),
        count => format!(
            "er staan {count} vormen in, en een plan heeft er een\n  maak er een vorm van, of toets ze allemaal met --lijst"
        ),
    }
}
