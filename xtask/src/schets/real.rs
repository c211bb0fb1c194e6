//! The schematic map against real layers, when they lie beside the project. Nothing of theirs is kept here.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::expect_used, clippy::panic)]

use super::draw::{self, Shapes};
use super::{Areas, FOLDER, Facts, PACKAGE, join, metric};
use crate::project;
use geo::{Area, BooleanOps, Contains, Coord, LineString, MultiPolygon, Point, Polygon};
use serde_json::Value;
use std::path::PathBuf;

/// The folder with real layers.
fn folder() -> Option<PathBuf> {
    let shared = std::env::var_os("BRINK_SHARED")
        .map_or_else(|| project::root().unwrap().join("../shared"), PathBuf::from);
    let folder = shared.join("geodata");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: ../shared/geodata is not here");
    None
}

fn features(folder: &std::path::Path, name: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(folder.join(name)).unwrap();
    let json: Value = serde_json::from_str(&text).unwrap();
    json["features"].as_array().unwrap().clone()
}

fn coordinate(value: &Value) -> Coord {
    metric::to_metres([value[0].as_f64().unwrap(), value[1].as_f64().unwrap()]).unwrap()
}

fn polygon(rings: &Value) -> Polygon {
    let mut rings = rings
        .as_array()
        .unwrap()
        .iter()
        .map(|ring| ring.as_array().unwrap().iter().map(coordinate).collect::<LineString>());
    Polygon::new(rings.next().unwrap(), rings.collect())
}

fn shape(feature: &Value) -> MultiPolygon {
    let geometry = &feature["geometry"];
    match geometry["type"].as_str().unwrap() {
        "Polygon" => MultiPolygon(vec![polygon(&geometry["coordinates"])]),
        "MultiPolygon" => geometry["coordinates"].as_array().unwrap().iter().map(polygon).collect(),
        other => panic!("{other}"),
    }
}

fn map() -> Shapes {
    let package = project::root().unwrap().join(PACKAGE);
    let facts = Facts::read(&package.join(FOLDER)).unwrap();
    let areas = Areas::read(&package).unwrap();
    draw::shapes(&facts, &areas, &mut Vec::new())
}

fn likeness(a: &MultiPolygon, b: &MultiPolygon) -> f64 {
    a.intersection(b).unsigned_area() / a.union(b).unsigned_area()
}

fn share(part: &MultiPolygon, of: &MultiPolygon) -> f64 {
    part.intersection(of).unsigned_area() / of.unsigned_area()
}

/// The id of the municipality with this name.
fn id(name: &str) -> String {
    format!("gemeente-{}", name.to_lowercase().replace(' ', "-"))
}

#[test]
fn the_province_and_its_municipalities_look_like_the_real_ones() {
    let Some(folder) = folder() else { return };
    let map = map();
    let province = shape(&features(&folder, "provincie_drenthe.geojson")[0]);
    let like = likeness(&map["provincie-drenthe"], &province);
    println!("provincie {like:.3}");
    assert!(like >= 0.93, "provincie {like:.3}");
    let municipalities = features(&folder, "gemeenten_drenthe.geojson");
    assert_eq!(municipalities.len(), 12);
    for real in municipalities {
        let id = id(real["properties"]["cbsnl:GM_NAAM"].as_str().unwrap());
        let like = likeness(&map[&id], &shape(&real));
        println!("{id} {like:.3}");
        assert!(like >= 0.75, "{id} {like:.3}");
    }
}

#[test]
fn populated_places_lie_in_their_municipality() {
    let Some(folder) = folder() else { return };
    let map = map();
    let real: Vec<(String, MultiPolygon)> = features(&folder, "gemeenten_drenthe.geojson")
        .iter()
        .map(|real| (id(real["properties"]["cbsnl:GM_NAAM"].as_str().unwrap()), shape(real)))
        .collect();
    let (mut right, mut all) = (0.0, 0.0);
    for place in features(&folder, "geonames_drenthe.geojson") {
        if !place["properties"]["feature_code"].as_str().unwrap().starts_with("PPL") {
            continue;
        }
        let at = Point(coordinate(&place["geometry"]["coordinates"]));
        let Some((id, _)) = real.iter().find(|(_, shape)| shape.contains(&at)) else { continue };
        all += 1.0;
        if map[id].contains(&at) {
            right += 1.0;
        }
    }
    println!("{right} van {all} plaatsen");
    assert!(all > 400.0);
    assert!(right / all >= 0.92, "{right} van {all}");
}

#[test]
fn natura_2000_and_glasshouses_are_where_they_are() {
    let Some(folder) = folder() else { return };
    let map = map();
    let province = shape(&features(&folder, "provincie_drenthe.geojson")[0]);
    for site in features(&folder, "natura2000_drenthe.geojson") {
        let name = site["properties"]["naamN2K"].as_str().unwrap();
        let real = shape(&site).intersection(&province);
        let covered = share(&map["natura-2000"], &real);
        println!("{name}: {:.0}% getekend", covered * 100.0);
        // Half of it: the many small streams of the Drentsche Aa are not to be hit by a sketch.
        assert!(covered >= 0.45, "{name} {covered:.2}");
    }
    let all: Vec<MultiPolygon> = features(&folder, "natura2000_drenthe.geojson").iter().map(shape).collect();
    let all = join::together(&all);
    let drawn = share(&all, &map["natura-2000"]);
    println!("{:.0}% van het getekende is Natura 2000", drawn * 100.0);
    assert!(drawn >= 0.7, "{drawn:.2}");
    let glass: Vec<MultiPolygon> = features(&folder, "glastuinbouw.geojson").iter().map(shape).collect();
    let glass = join::together(&glass);
    for id in ["glastuinbouwcluster-erica", "glastuinbouwcluster-klazienaveen"] {
        let built = share(&glass, &map[id]);
        println!("{id}: {:.0}% glas", built * 100.0);
        assert!(built >= 0.6, "{id} {built:.2}");
    }
}
