//! The real layers, where they are beside the repository.

use crate::support::apart;
use brink_geo::feature::Features;
use brink_geo::read::{ReadOptions, read_file};
use geo::algorithm::coords_iter::CoordsIter;
use geo_types::Geometry;
use std::path::PathBuf;

fn geodata() -> Option<PathBuf> {
    let shared = std::env::var_os("BRINK_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    let path = shared.join("geodata");
    if !path.join("HERKOMST.md").is_file() {
        eprintln!("skipped: {} is not there", path.display());
        return None;
    }
    Some(path)
}

fn vertices(features: &Features) -> usize {
    features.features.iter().map(|feature| feature.geometry.coords_count()).sum()
}

/// The rows of the table: file, features, vertices, whether it is a layer of polygons.
fn table(text: &str) -> Vec<(String, usize, usize)> {
    text.lines()
        .filter(|line| line.contains(".geojson |"))
        .map(|line| {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            (cells[1].to_owned(), cells[2].parse().unwrap(), cells[4].parse().unwrap())
        })
        .collect()
}

/// How many points a remark says were given twice. There is to be no other remark.
fn doubles(text: &str) -> usize {
    match text.split_once(" dubbel") {
        Some(("een", " punt weggelaten" | "e punt weggelaten")) => 1,
        Some((count, "e punten weggelaten")) => count.parse().unwrap(),
        _ => panic!("{text}"),
    }
}

#[test]
fn every_layer_has_the_features_and_vertices_it_should() {
    let Some(path) = geodata() else { return };
    let rows = table(&std::fs::read_to_string(path.join("HERKOMST.md")).unwrap());
    assert!(rows.len() > 25);
    for (name, features, points) in rows {
        let read = read_file(&path.join(&name), &ReadOptions::default()).unwrap();
        // Rounded to eight decimals some points became the same; each that was left out is told.
        let doubles: usize = read.remarks.iter().map(|remark| doubles(&remark.text)).sum();
        println!("{name}: {} features, {} vertices, {doubles} doubles", read.features.len(), vertices(&read));
        assert_eq!(read.features.len(), features, "{name} {:?}", read.remarks);
        assert_eq!(vertices(&read) + doubles, points, "{name} {:?}", read.remarks);
    }
}

#[test]
fn the_geopackage_agrees_with_the_geojson() {
    let Some(path) = geodata() else { return };
    let gpkg = path.join("rd/drenthe_rd.gpkg");
    let said = read_file(&gpkg, &ReadOptions::default()).unwrap_err().to_string();
    let layers: Vec<&str> =
        said.split("lagen: ").nth(1).unwrap().split(';').next().unwrap().split(", ").collect();
    assert!(layers.len() > 8, "{said}");
    let mut compared = 0;
    for layer in layers {
        let options = ReadOptions { layer: Some(layer.to_owned()), ..ReadOptions::default() };
        let read = read_file(&gpkg, &options).unwrap();
        let json = path.join(format!("{layer}.geojson"));
        if !json.is_file() {
            eprintln!("skipped: no GeoJSON of {layer}");
            continue;
        }
        let other = read_file(&json, &ReadOptions::default()).unwrap();
        assert_eq!(read.features.len(), other.features.len(), "{layer}");
        // Shapes that had to be mended have other vertices; they are few and told.
        let same = |one: &Geometry<f64>, other: &Geometry<f64>| one.coords_count() == other.coords_count();
        let (mut a, mut b) = (Features::default(), Features::default());
        let mut odd = 0;
        for (one, two) in read.features.into_iter().zip(other.features) {
            if same(&one.geometry, &two.geometry) {
                a.features.push(one);
                b.features.push(two);
            } else {
                odd += 1;
            }
        }
        let most = apart(&a, &b);
        println!(
            "{layer}: {} features, {most:.4} m apart at most, {odd} mended, {:?}",
            a.features.len(),
            read.remarks
        );
        assert!(most < 0.01, "{layer}: {most}");
        assert!(odd <= 8, "{layer}: {odd}");
        compared += 1;
    }
    assert!(compared > 8);
}
