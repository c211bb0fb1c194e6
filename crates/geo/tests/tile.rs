//! Tiles, read back with another library than the one that wrote them.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::cast_possible_truncation)]

use brink_geo::layer::{About, Coverage, Kind, Layer};
use brink_geo::read::{ReadOptions, read_file};
use brink_geo::tile::{BUFFER, EXTENT, Matrix, TileError, TileSet};
use geo::{Area, BoundingRect, Centroid, Contains, CoordsIter, Distance, Euclidean, Validation};
use geo_types::{Coord, Geometry, LineString, MultiPoint, Point, Polygon};
use mvt_reader::Reader;
use mvt_reader::feature::{Feature, Value};
use proptest::prelude::*;
use std::f64::consts::TAU;
use std::path::PathBuf;
use std::time::Instant;

fn layer(area: &str, shapes: Vec<Geometry<f64>>) -> Layer {
    Layer::new(About::new(area, Kind::Echt, "Een naam", "proef".to_owned()), Coverage::Everywhere, shapes)
}

fn ring(points: &[(f64, f64)]) -> LineString<f64> {
    LineString::from(points.to_vec())
}

fn square(x: f64, y: f64, side: f64) -> LineString<f64> {
    ring(&[(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)])
}

/// The features of the only layer; none for a tile without.
fn features(bytes: Vec<u8>) -> Vec<Feature<i32>> {
    if bytes.is_empty() {
        return Vec::new();
    }
    let reader = Reader::new(bytes).unwrap();
    assert_eq!(reader.get_layer_metadata().unwrap()[0].extent, EXTENT);
    reader.get_features_as::<i32>(0).unwrap()
}

/// The polygons of features, in units.
fn polygons(features: &[Feature<i32>]) -> Vec<Polygon<f64>> {
    let float = |ring: &LineString<i32>| {
        LineString::new(ring.0.iter().map(|c| Coord { x: f64::from(c.x), y: f64::from(c.y) }).collect())
    };
    let polygon =
        |p: &Polygon<i32>| Polygon::new(float(p.exterior()), p.interiors().iter().map(float).collect());
    features
        .iter()
        .flat_map(|feature| match &feature.geometry {
            Geometry::Polygon(one) => vec![polygon(one)],
            Geometry::MultiPolygon(many) => many.iter().map(polygon).collect(),
            _ => Vec::new(),
        })
        .collect()
}

/// A point of RD in the units of a tile.
fn units(matrix: Matrix, zoom: u8, row: u32, column: u32, rd: [f64; 2]) -> Point<f64> {
    let bounds = matrix.bounds(zoom, row, column).unwrap();
    let [x, y] = matrix.crs().from_rd(rd).unwrap();
    let per_metre = f64::from(EXTENT) / matrix.span(zoom);
    Point::new((x - bounds.low[0]) * per_metre, (bounds.high[1] - y) * per_metre)
}

fn tile_at(matrix: Matrix, zoom: u8, rd: [f64; 2]) -> (u32, u32) {
    matrix.tile_of(zoom, matrix.crs().from_rd(rd).unwrap()).unwrap()
}

const HERE: [f64; 2] = [233_868.57, 558_065.07];

#[test]
fn a_tile_tells_what_it_shows() {
    let hole = square(HERE[0] - 300.0, HERE[1] - 300.0, 600.0);
    let outer = square(HERE[0] - 1_000.0, HERE[1] - 1_000.0, 2_000.0);
    let far = square(HERE[0] + 4_000.0, HERE[1], 500.0);
    let set = TileSet::new(&[layer(
        "proefgebied",
        vec![Polygon::new(outer, vec![hole]).into(), Polygon::new(far, vec![]).into()],
    )]);
    for (matrix, zoom) in [(Matrix::WebMercator, 9), (Matrix::Rd, 4)] {
        let (row, column) = tile_at(matrix, zoom, HERE);
        let bytes = set.tile(&[0], matrix, zoom, row, column).unwrap();
        let reader = Reader::new(bytes.clone()).unwrap();
        assert_eq!(reader.get_layer_names().unwrap(), ["proefgebied"]);
        assert_eq!(reader.get_layer_metadata().unwrap()[0].version, 2);
        let features = features(bytes);
        assert_eq!(features.iter().map(|f| f.id).collect::<Vec<_>>(), [Some(1), Some(2)]);
        let properties = features[0].properties.as_ref().unwrap();
        let text = |value: &str| Some(Value::String(value.to_owned()));
        assert_eq!(properties.get("naam").cloned(), text("Een naam"));
        assert_eq!(properties.get("gebied").cloned(), text("proefgebied"));
        assert_eq!(properties.get("kaartsoort").cloned(), text("echt"));
        assert_eq!(properties.len(), 3);
        let polygons = polygons(&features);
        assert_eq!(polygons[0].interiors().len(), 1, "{matrix:?}");
        assert!(!polygons[0].contains(&units(matrix, zoom, row, column, HERE)));
        assert!(polygons[0].contains(&units(matrix, zoom, row, column, [HERE[0] + 600.0, HERE[1]])));
    }
}

#[test]
fn a_tile_inside_an_area_is_full_and_one_in_a_hole_is_empty() {
    let outer = square(HERE[0] - 60_000.0, HERE[1] - 60_000.0, 120_000.0);
    let hole = square(HERE[0] - 20_000.0, HERE[1] - 20_000.0, 40_000.0);
    let set = TileSet::new(&[layer("a", vec![Polygon::new(outer, vec![hole]).into()])]);
    let full = f64::from(EXTENT + 2 * BUFFER).powi(2);
    for matrix in Matrix::ALL {
        for zoom in 11..=Matrix::MAX_ZOOM {
            let (row, column) = tile_at(matrix, zoom, [HERE[0] + 40_000.0, HERE[1]]);
            let polygons = polygons(&features(set.tile(&[0], matrix, zoom, row, column).unwrap()));
            let area: f64 = polygons.iter().map(Area::unsigned_area).sum();
            assert_eq!((polygons.len(), area), (1, full), "{matrix:?} {zoom}");
            let (row, column) = tile_at(matrix, zoom, HERE);
            let polygons = self::polygons(&features(set.tile(&[0], matrix, zoom, row, column).unwrap()));
            assert!(polygons.iter().all(|p| p.unsigned_area() == 0.0), "{matrix:?} {zoom}");
        }
    }
}

#[test]
fn points_and_lines_are_shown() {
    let points =
        MultiPoint::from(vec![(HERE[0], HERE[1]), (HERE[0] + 50.0, HERE[1]), (HERE[0] + 90_000.0, HERE[1])]);
    let line = ring(&[(HERE[0] - 90_000.0, HERE[1] + 10.0), (HERE[0] + 90_000.0, HERE[1] + 10.0)]);
    let set = TileSet::new(&[layer("punten", vec![points.into()]), layer("lijnen", vec![line.into()])]);
    for matrix in Matrix::ALL {
        let (row, column) = tile_at(matrix, 12, HERE);
        let of = |n: usize| features(set.tile(&[n], matrix, 12, row, column).unwrap());
        assert!(matches!(&of(0)[0].geometry, Geometry::MultiPoint(points) if points.0.len() == 2));
        let line = of(1).remove(0).geometry;
        let rect = line.bounding_rect().unwrap();
        assert_eq!((rect.min().x, rect.max().x), (-(BUFFER as i32), (EXTENT + BUFFER) as i32));
        // A straight line in RD of 180 km is bent in Web Mercator, but not within a tile of some kilometres.
        assert!(rect.max().y - rect.min().y < 600, "{rect:?}");
    }
}

#[test]
fn small_areas_do_not_vanish() {
    // A hundred fields of a hectare, far apart from each other at this scale; and one alone.
    let fields = (0..100).map(|n| {
        let (row, column) = (f64::from(n / 10), f64::from(n % 10));
        Polygon::new(square(HERE[0] + column * 300.0, HERE[1] + row * 300.0, 100.0), vec![]).into()
    });
    let alone = vec![Polygon::new(square(HERE[0], HERE[1], 3.0), vec![]).into()];
    let line = vec![ring(&[(HERE[0], HERE[1]), (HERE[0] + 2.0, HERE[1])]).into()];
    let set = TileSet::new(&[layer("velden", fields.collect()), layer("een", alone), layer("lijn", line)]);
    for matrix in Matrix::ALL {
        for zoom in 0..=Matrix::MAX_ZOOM {
            let (row, column) = tile_at(matrix, zoom, [HERE[0] + 1.0, HERE[1] + 1.0]);
            for number in 0..3 {
                let features = features(set.tile(&[number], matrix, zoom, row, column).unwrap());
                assert!(!features.is_empty(), "{matrix:?} {zoom} {number}");
            }
        }
    }
    // Of fields that are each too small a part is drawn, as much as they are together.
    let (row, column) = tile_at(Matrix::Rd, 3, HERE);
    let drawn = polygons(&features(set.tile(&[0], Matrix::Rd, 3, row, column).unwrap()));
    let hectare = (f64::from(EXTENT) / Matrix::Rd.span(3) * 100.0).powi(2);
    let area: f64 = drawn.iter().map(Area::unsigned_area).sum();
    assert!((area - 100.0 * hectare).abs() <= 64.0, "{area} for {}", 100.0 * hectare);
}

#[test]
fn only_what_is_asked_and_no_area_twice() {
    let field = || vec![Polygon::new(square(HERE[0], HERE[1], 1_000.0), vec![]).into()];
    let set = TileSet::new(&[layer("a", field()), layer("b", field()), layer("a", field())]);
    let (row, column) = tile_at(Matrix::WebMercator, 10, HERE);
    let names = |numbers: &[usize]| {
        let bytes = set.tile(numbers, Matrix::WebMercator, 10, row, column).unwrap();
        Reader::new(bytes).unwrap().get_layer_names().unwrap()
    };
    assert_eq!(names(&[1, 0, 2, 1, 99]), ["b", "a"]);
    assert_eq!(names(&[0]), ["a"]);
    assert_eq!(set.tile(&[], Matrix::WebMercator, 10, row, column).unwrap(), b"");
    assert_eq!(set.tile(&[0, 1], Matrix::WebMercator, 10, 0, 0).unwrap(), b"");
    assert!(set.bounds(0, Matrix::Rd).is_some_and(|bounds| (bounds.low[0] - HERE[0]).abs() < 1e-6));
    assert!(set.bounds(3, Matrix::Rd).is_none());
}

/// A star round a point, and its radii.
fn star(x: f64, y: f64, radii: &[f64]) -> Polygon<f64> {
    let count = radii.len() as f64;
    let mut points: Vec<(f64, f64)> = radii
        .iter()
        .enumerate()
        .map(|(n, radius)| {
            let angle = n as f64 / count * TAU;
            (x + radius * angle.cos(), y + radius * angle.sin())
        })
        .collect();
    points.push(points[0]);
    Polygon::new(ring(&points), Vec::new())
}

fn matrix() -> impl Strategy<Value = Matrix> {
    prop::sample::select(Matrix::ALL.to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// What is drawn lies on the tile or in its buffer, and is the same each time.
    #[test]
    fn nothing_lies_beyond_the_buffer(
        matrix in matrix(),
        zoom in 0..=Matrix::MAX_ZOOM,
        x in 100_000.0..260_000.0_f64,
        y in 420_000.0..600_000.0_f64,
        radii in prop::collection::vec(1.0..20_000.0_f64, 3..40),
        off in -1_i64..2,
    ) {
        let set = TileSet::new(&[layer("a", vec![star(x, y, &radii).into(), star(x, y, &radii).exterior().clone().into()])]);
        let (row, column) = tile_at(matrix, zoom, [x, y]);
        let shift = |n: u32| u32::try_from(i64::from(n) + off).unwrap_or(n);
        let (row, column) = (shift(row), shift(column));
        let Ok(bytes) = set.tile(&[0], matrix, zoom, row, column) else { return Ok(()) };
        prop_assert_eq!(&bytes, &set.tile(&[0], matrix, zoom, row, column).unwrap());
        let allowed = -(BUFFER as i32)..=(EXTENT + BUFFER) as i32;
        let features = features(bytes);
        for polygon in polygons(&features) {
            prop_assert!(polygon.is_valid(), "{:?}", polygon);
        }
        for feature in features {
            for c in feature.geometry.coords_iter() {
                prop_assert!(allowed.contains(&c.x) && allowed.contains(&c.y), "{:?}", c);
            }
        }
    }

    /// A place on the tile is in what is drawn when it is in the area, but for a unit along the border.
    #[test]
    fn inside_is_inside_and_outside_is_outside(
        matrix in matrix(),
        zoom in 8..=Matrix::MAX_ZOOM,
        x in 200_000.0..260_000.0_f64,
        y in 520_000.0..600_000.0_f64,
        radii in prop::collection::vec(500.0..8_000.0_f64, 3..40),
        hole in 0.1..0.9_f64,
        places in prop::collection::vec((0.0..TAU, 0.0..10_000.0_f64), 1..20),
    ) {
        let outer = star(x, y, &radii);
        let inner: Vec<f64> = radii.iter().map(|radius| radius * hole).collect();
        let polygon = Polygon::new(outer.exterior().clone(), vec![star(x, y, &inner).exterior().clone()]);
        let set = TileSet::new(&[layer("a", vec![polygon.clone().into()])]);
        for (angle, far) in places {
            let place = [x + far * angle.cos(), y + far * angle.sin()];
            let (row, column) = tile_at(matrix, zoom, place);
            let drawn = polygons(&features(set.tile(&[0], matrix, zoom, row, column).unwrap()));
            let at = units(matrix, zoom, row, column, place);
            let is = drawn.iter().any(|p| p.contains(&at));
            let point = Point::new(place[0], place[1]);
            let to_border = std::iter::once(polygon.exterior()).chain(polygon.interiors())
                .map(|ring| Euclidean.distance(&point, ring)).fold(f64::INFINITY, f64::min);
            // Half a unit of simplification, three quarters of rounding; a metre on the ground is 1.7 m in Web Mercator.
            let unit = matrix.span(zoom) / f64::from(EXTENT);
            // What is thinner than a pixel may be left out: that is tested elsewhere.
            if to_border > 2.0 * unit && hole * 500.0 > 8.0 * unit {
                prop_assert_eq!(is, polygon.contains(&point), "{:?} {} m, unit {} m", place, to_border, unit);
            }
        }
    }

    #[test]
    fn whatever_is_asked_there_is_an_answer(
        matrix in matrix(),
        zoom in any::<u8>(),
        row in any::<u32>(),
        column in any::<u32>(),
        layers in prop::collection::vec(any::<usize>(), 0..4),
    ) {
        let set = TileSet::new(&[layer("a", vec![star(230_000.0, 550_000.0, &[5_000.0; 7]).into()])]);
        let result = set.tile(&layers, matrix, zoom, row, column);
        let exists = matrix.bounds(zoom, row, column).is_some();
        prop_assert_eq!(exists, result.is_ok());
        if let Err(error) = result {
            let outside = matches!(error, TileError::Outside { .. });
            prop_assert!(outside);
        }
        let _ = brink_geo::tile::pixels(matrix, zoom, row, column, 4).map(Iterator::count);
    }
}

fn real() -> Option<Vec<Layer>> {
    let shared = std::env::var_os("BRINK_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    let folder = shared.join("geodata");
    if !folder.join("HERKOMST.md").is_file() {
        eprintln!("skipped: {} is not there", folder.display());
        return None;
    }
    let names = [
        "provincie_drenthe",
        "gemeenten_drenthe",
        "cbs_buurten_drenthe",
        "natura2000_drenthe",
        "nnn_realisatie_verbeteren",
        "kerngebied_akkervogels",
        "kerngebied_weidevogels",
        "glastuinbouw",
        "verbodszones_diepe_boring",
        "dc-2024-5400_vermoedelijk_grondwaterbescherming",
    ];
    let read = |name: &str| {
        let read = read_file(&folder.join(format!("{name}.geojson")), &ReadOptions::default()).unwrap();
        let shapes: Vec<_> = read.features.into_iter().map(|feature| feature.geometry).collect();
        layer(name, shapes)
    };
    Some(names.iter().map(|name| read(name)).collect())
}

#[test]
fn the_real_layers_are_drawn_where_they_are() {
    let Some(layers) = real() else { return };
    let start = Instant::now();
    let set = TileSet::new(&layers);
    println!("prepared in {:?}, {} MB", start.elapsed(), set.bytes() / 1_000_000);
    assert!(set.bytes() < 60_000_000, "{}", set.bytes());
    let mut checked = 0;
    for (number, layer) in layers.iter().enumerate() {
        let polygons: Vec<(Polygon<f64>, geo_types::Rect<f64>)> = layer
            .shapes
            .iter()
            .flat_map(|shape| match shape {
                Geometry::Polygon(one) => vec![one.clone()],
                Geometry::MultiPolygon(many) => many.0.clone(),
                _ => Vec::new(),
            })
            .filter_map(|polygon| polygon.bounding_rect().map(|rect| (polygon, rect)))
            .collect();
        // Round the middle of every so many shapes.
        for shape in layer.shapes.iter().step_by(layer.shapes.len().div_ceil(12)) {
            let middle = shape.centroid().unwrap();
            for (matrix, zoom) in [(Matrix::WebMercator, 11), (Matrix::Rd, 7), (Matrix::WebMercator, 14)] {
                let (row, column) = tile_at(matrix, zoom, [middle.x(), middle.y()]);
                let drawn =
                    self::polygons(&features(set.tile(&[number], matrix, zoom, row, column).unwrap()));
                let invalid = drawn.iter().find(|polygon| !polygon.is_valid());
                assert!(invalid.is_none(), "{} {matrix:?} {zoom} {invalid:?}", layer.about.area);
                let unit = matrix.span(zoom) / f64::from(EXTENT);
                for n in 0..24_i32 {
                    let off = |n: i32| f64::from(n - 2) * unit * 300.0;
                    let place = Point::new(middle.x() + off(n % 5), middle.y() + off(n / 5));
                    if tile_at(matrix, zoom, [place.x(), place.y()]) != (row, column) {
                        continue;
                    }
                    // Near a border, or in something smaller than a pixel, the two may differ.
                    let near = polygons.iter().any(|(polygon, rect)| {
                        let off = Coord { x: 8.0 * unit, y: 8.0 * unit };
                        geo_types::Rect::new(rect.min() - off, rect.max() + off).contains(&place)
                            && (rect.width().max(rect.height()) < 8.0 * unit
                                || std::iter::once(polygon.exterior())
                                    .chain(polygon.interiors())
                                    .any(|ring| Euclidean.distance(&place, ring) < 8.0 * unit))
                    });
                    if near {
                        continue;
                    }
                    let is = drawn
                        .iter()
                        .any(|p| p.contains(&units(matrix, zoom, row, column, [place.x(), place.y()])));
                    let should = polygons
                        .iter()
                        .any(|(polygon, rect)| rect.contains(&place) && polygon.contains(&place));
                    assert_eq!(is, should, "{} {matrix:?} {zoom} {place:?}", layer.about.area);
                    checked += 1;
                }
            }
        }
    }
    println!("{checked} places");
    let all: Vec<usize> = (0..layers.len()).collect();
    let mut times = Vec::new();
    for zoom in 8..=14 {
        let (row, column) = tile_at(Matrix::WebMercator, zoom, HERE);
        for (row, column) in (0..9).map(|n| (row + n / 3 - 1, column + n % 3 - 1)) {
            let start = Instant::now();
            let bytes = set.tile(&all, Matrix::WebMercator, zoom, row, column).unwrap();
            times.push((start.elapsed(), zoom, bytes.len()));
        }
    }
    times.sort();
    println!("slowest tiles, not optimised: {:?}", times.iter().rev().take(4).collect::<Vec<_>>());
    assert!(checked > 1_000, "{checked}");
}
