//! What the tests share.

use brink_geo::crs::Crs;
use brink_geo::feature::Features;
use brink_geo::read::{ReadOptions, read_bytes, read_file};
use geo::algorithm::coords_iter::CoordsIter;
use geo_types::{Coord, Geometry};
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

pub fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/read").join(name)
}

pub fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(data(name)).unwrap()
}

pub fn file(name: &str) -> Features {
    read_file(&data(name), &ReadOptions::default()).unwrap()
}

/// Reads text in the named system.
pub fn text(name: &str, text: &str) -> Features {
    read_bytes(name, text.as_bytes(), &ReadOptions::default()).unwrap()
}

pub fn error(name: &str, content: impl AsRef<[u8]>) -> String {
    match read_bytes(name, content.as_ref(), &ReadOptions::default()) {
        Ok(features) => panic!("{name} was read: {features:?}"),
        Err(error) => error.to_string(),
    }
}

pub fn rd() -> ReadOptions {
    ReadOptions { crs: Some(Crs::RdNew), ..ReadOptions::default() }
}

/// GeoJSON in RD of one geometry.
pub fn in_rd(geometry: &str) -> Features {
    read_bytes("x.json", geometry.as_bytes(), &rd()).unwrap()
}

pub fn coords(geometry: &Geometry<f64>) -> Vec<Coord<f64>> {
    geometry.coords_iter().collect()
}

/// How far the points of two lists lie apart, at most.
pub fn apart(one: &Features, other: &Features) -> f64 {
    assert_eq!(one.features.len(), other.features.len());
    let mut most: f64 = 0.0;
    for (a, b) in one.features.iter().zip(&other.features) {
        assert_eq!(
            std::mem::discriminant(&a.geometry),
            std::mem::discriminant(&b.geometry),
            "{} {}",
            a.id,
            b.id
        );
        let (a, b) = (coords(&a.geometry), coords(&b.geometry));
        assert_eq!(a.len(), b.len());
        most = a.iter().zip(&b).map(|(a, b)| (a.x - b.x).hypot(a.y - b.y)).fold(most, f64::max);
    }
    most
}

pub fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        let options =
            zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        writer.start_file(*name, options).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The pieces of the shapefile in a zip.
pub fn unzip(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..zip.len())
        .map(|n| {
            let mut entry = zip.by_index(n).unwrap();
            let mut content = Vec::new();
            std::io::Read::read_to_end(&mut entry, &mut content).unwrap();
            (entry.name().unwrap().into_owned(), content)
        })
        .collect()
}

/// A polygon in GML in RD.
pub fn gml(inner: &str) -> String {
    format!(
        r#"<c xmlns:gml="http://www.opengis.net/gml/3.2"><gml:featureMember><x gml:id="a">
        <naam>Aa &amp; Hunze</naam><vorm>{inner}</vorm></x></gml:featureMember></c>"#
    )
}
