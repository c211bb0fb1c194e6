//! The small package with a map: a square kilometre with a heath in the west and houses in the east.

use crate::run::{Ran, brink, brink_with, edit, file, folder, klein_copy};
use brink_geo::crs::rd_to_lonlat;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// The lower left corner, in RD.
pub const ORIGIN: [f64; 2] = [230_000.0, 550_000.0];
/// Areas of the drawing: left, bottom, right and top in metres from the corner.
pub const WHOLE: [f64; 4] = [0.0, 0.0, 1_000.0, 1_000.0];
pub const HEATH: [f64; 4] = [0.0, 0.0, 400.0, 1_000.0];
pub const HOUSES: [f64; 4] = [600.0, 0.0, 1_000.0, 1_000.0];

const AREA: &str = r#"
- id: streek
  naam: De streek
  soort: deelgebied
  geometrie: vlak
  begrensd: "ja"
  bepaling: kaart
"#;

/// A package and a folder for layers, for one test.
pub struct Streek {
    pub package: PathBuf,
    pub maps: PathBuf,
}

impl Streek {
    pub fn new(name: &str) -> Self {
        let package = klein_copy(&format!("{name}-pakket"));
        let areas = package.join("gebieden.yaml");
        let text = std::fs::read_to_string(&areas).unwrap();
        std::fs::write(areas, text + AREA).unwrap();
        edit(&package, "pakket.yaml", "taal: nl", "taal: nl\ngrondgebied: streek");
        let drawing = collection(&[
            feature(&rect(WHOLE), &json!({ "gebied": "streek" })),
            feature(&rect(HEATH), &json!({ "gebied": "heide" })),
            feature(&rect(HOUSES), &json!({ "gebied": "bebouwd" })),
            feature(&line(&[[990.0, 0.0], [990.0, 1_000.0]]), &json!({ "gebied": "vaart" })),
        ]);
        file(&package, "schets/kaart.geojson", drawing.to_string());
        Self { package, maps: folder(&format!("{name}-kaarten")) }
    }

    fn with<'a>(&'a self, arguments: &[&'a str]) -> Vec<&'a str> {
        let (package, maps) = (self.package.to_str().unwrap(), self.maps.to_str().unwrap());
        [arguments, &["--pakket", package, "--kaarten", maps]].concat()
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        brink(&self.with(arguments))
    }

    pub fn run_with(&self, arguments: &[&str], input: &[u8]) -> Ran {
        brink_with(&self.with(arguments), input)
    }

    /// What a command answers that must succeed.
    pub fn json(&self, arguments: &[&str]) -> Value {
        let ran = self.run(&[arguments, &["--json"]].concat());
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
        ran.json()
    }

    /// The fault of a command that must be refused, which prints nothing else, in Dutch.
    pub fn refused(&self, arguments: &[&str]) -> String {
        fault(&self.run(arguments))
    }

    /// A file beside the package.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        file(&self.maps.with_extension("invoer"), name, content)
    }
}

/// The fault of a run that was refused.
pub fn fault(ran: &Ran) -> String {
    assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{ran:?}");
    assert!(ran.err.starts_with("fout: "), "{}", ran.err);
    for english in ["error", "expected", "invalid", "panicked", "No such"] {
        assert!(!ran.err.contains(english), "{}", ran.err);
    }
    ran.err.clone()
}

/// Longitude and latitude of a place in the streek.
pub fn lonlat(x: f64, y: f64) -> [f64; 2] {
    rd_to_lonlat(ORIGIN[0] + x, ORIGIN[1] + y).unwrap()
}

/// The same, as `--punt` takes it.
pub fn spot(x: f64, y: f64) -> String {
    let [longitude, latitude] = lonlat(x, y);
    format!("{longitude},{latitude}")
}

/// A rectangle, in degrees.
pub fn rect([left, bottom, right, top]: [f64; 4]) -> Value {
    let corners = [(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)];
    json!({ "type": "Polygon", "coordinates": [corners.map(|(x, y)| lonlat(x, y))] })
}

pub fn line(points: &[[f64; 2]]) -> Value {
    let points: Vec<_> = points.iter().map(|[x, y]| lonlat(*x, *y)).collect();
    json!({ "type": "LineString", "coordinates": points })
}

pub fn feature(geometry: &Value, properties: &Value) -> Value {
    json!({ "type": "Feature", "geometry": geometry, "properties": properties })
}

pub fn collection(features: &[Value]) -> Value {
    json!({ "type": "FeatureCollection", "features": features })
}

/// A rectangle in RD, as the writer of GeoPackages takes it.
pub fn surface([left, bottom, right, top]: [f64; 4]) -> geo_types::MultiPolygon<f64> {
    let corners = [(left, bottom), (right, bottom), (right, top), (left, top)];
    let ring = corners.map(|(x, y)| (ORIGIN[0] + x, ORIGIN[1] + y)).to_vec();
    geo_types::MultiPolygon(vec![geo_types::Polygon::new(ring.into(), Vec::new())])
}

/// A GeoPackage with these rectangles.
pub fn geopackage(bounds: &[[f64; 4]]) -> Vec<u8> {
    let shapes: Vec<_> = bounds.iter().copied().map(surface).collect();
    let rows: Vec<_> =
        shapes.iter().map(|shape| brink_geo::write::Row { shape, cells: Vec::new() }).collect();
    let table = brink_geo::write::Table {
        name: "plan",
        title: "Plan",
        description: "",
        date: "2026-11-25",
        columns: &[],
        rows: &rows,
    };
    brink_geo::write::geopackage(&table).unwrap()
}

/// What a file holds.
pub fn read(path: &Path) -> brink_geo::feature::Features {
    brink_geo::read::read_file(path, &brink_geo::read::ReadOptions::default()).unwrap()
}
