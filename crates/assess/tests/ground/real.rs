//! The package in the repository with its schematic map: a cell says what a full assessment says at its middle.

use brink_assess::{Canvas, Ground, Options, Plan, Spots, assess, assess_inside, default_coverage};
use brink_geo::layer::{About, Coverage, Kind, Layer};
use brink_geo::place::Place;
use brink_geo::read::{ReadOptions, read_file};
use brink_policy::compiled::Compiled;
use brink_policy::{Depth, load, read_folder};
use geo_types::{Geometry, MultiPolygon, Point};
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies/drenthe-2022")
}

fn package() -> Compiled {
    let mut files = read_folder(&folder()).unwrap();
    files.retain(|file| !file.name.starts_with("gevallen/"));
    load(&files, Depth::Use).compiled.unwrap()
}

fn ground(package: &Compiled) -> Ground {
    let read = read_file(&folder().join("schets/kaart.geojson"), &ReadOptions::default()).unwrap();
    let territory = package.vocabulary.area(package.info.territory.unwrap()).unwrap();
    let layers = read.features.into_iter().map(|feature| {
        let area = feature.properties["gebied"].clone();
        let coverage = if area == territory.id {
            Coverage::Everywhere
        } else if feature.properties.get("volledig").is_some_and(|whole| whole == "nee") {
            Coverage::Shape(MultiPolygon(Vec::new()))
        } else {
            default_coverage(package)
        };
        Layer::new(About::new(&area, Kind::Schets, &area, String::new()), coverage, vec![feature.geometry])
    });
    Ground::new(package, layers.collect())
}

/// Numbers that look random and are the same every time.
fn next(state: &mut u64) -> usize {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) as usize
}

#[test]
fn three_hundred_cells_and_ten_activities() {
    let package = package();
    let ground = ground(&package);
    let options = Options { today: "2026-11-25".to_owned(), ground: Some(&ground), ..Options::default() };
    let canvas = Canvas::new(&package, &ground, 50.0);
    let mut state = 20_261_125;
    let activities: Vec<&str> = package
        .vocabulary
        .activities
        .iter()
        .filter(|activity| !activity.group)
        .map(|activity| activity.id.as_str())
        .collect();
    let (mut inside, mut seen) = (0, std::collections::BTreeSet::new());
    for _ in 0..10 {
        let activity = activities[next(&mut state) % activities.len()];
        let plan = Plan::from_value(&serde_json::json!({ "activiteit": activity }), &package).unwrap();
        let suitability = canvas.judge(&package, &plan, &options);
        let mut spots = Spots::new(&package, &ground, &plan, &options);
        for _ in 0..30 {
            let (row, column) =
                (next(&mut state) % canvas.grid().rows, next(&mut state) % canvas.grid().columns);
            let [x, y] = canvas.grid().middle(row, column);
            let place = Place::new(Geometry::Point(Point::new(x, y))).unwrap();
            let cell = suitability.at(row, column);
            let spot = spots.at(&place).ok();
            assert_eq!(spot.as_ref(), cell, "{activity} at {x} {y}");
            let Some(cell) = cell else {
                let plan = Plan { place: Some(place), ..plan.clone() };
                assert!(assess_inside(&package, &plan, &options).is_err(), "{x} {y}");
                continue;
            };
            inside += 1;
            seen.insert(cell.oordeel);
            let plan = Plan { place: Some(place), ..plan.clone() };
            let answer = assess(&package, &plan, &options);
            assert_eq!((answer.oordeel, answer.bereik), (cell.oordeel, cell.bereik), "{activity} at {x} {y}");
        }
    }
    assert!(inside > 100, "{inside}");
    assert!(seen.len() > 1, "{seen:?}");
}
