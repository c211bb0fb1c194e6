//! The index against the answers of a library that cuts geometries: same areas, lengths and positions, whatever the
//! shapes and wherever the borders of the cells are.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use brink_geo::edge::Edge;
use brink_geo::index::{Index, Overlap, Position};
use brink_geo::shape::{Dimension, Shape};
use geo::{Area, BooleanOps, Euclidean, Intersects, Length};
use geo_types::{Coord, Geometry, LineString, MultiLineString, Point, Polygon};
use proptest::prelude::*;

/// A star with its middle at `x`, `y`: never crosses itself.
fn star(x: f64, y: f64, radii: &[f64]) -> Polygon<f64> {
    let step = std::f64::consts::TAU / radii.len() as f64;
    let ring: Vec<Coord<f64>> = radii
        .iter()
        .enumerate()
        .map(|(n, radius)| Coord {
            x: x + radius * (n as f64 * step).cos(),
            y: y + radius * (n as f64 * step).sin(),
        })
        .collect();
    Polygon::new(LineString::new(ring), Vec::new())
}

fn stars() -> impl Strategy<Value = Polygon<f64>> {
    let radii = prop::collection::vec(5.0..900.0_f64, 3..40);
    (233_000.0..235_000.0_f64, 555_000.0..557_000.0_f64, radii).prop_map(|(x, y, radii)| star(x, y, &radii))
}

/// Squares on whole hundreds and cell borders: edges that coincide, corners that touch.
fn squares() -> impl Strategy<Value = Polygon<f64>> {
    let place = prop_oneof![
        (0..20_i32).prop_map(|n| f64::from(n) * 64.0),
        (0..20_i32).prop_map(|n| f64::from(n) * 100.0)
    ];
    (place.clone(), place, 1..12_i32, 1..12_i32).prop_map(|(x, y, w, h)| {
        let (x, y) = (234_240.0 + x, 556_032.0 + y);
        let (w, h) = (f64::from(w) * 64.0, f64::from(h) * 64.0);
        Polygon::new(LineString::from(vec![(x, y), (x + w, y), (x + w, y + h), (x, y + h)]), Vec::new())
    })
}

fn shapes() -> impl Strategy<Value = Polygon<f64>> {
    prop_oneof![stars(), squares()]
}

fn shape(geometry: impl Into<Geometry<f64>>) -> Shape {
    Shape::of(&geometry.into()).pop().unwrap()
}

fn index(shapes: &[Shape]) -> Index {
    let items: Vec<(u32, &Shape)> = shapes.iter().enumerate().map(|(n, shape)| (n as u32, shape)).collect();
    Index::new(&items)
}

fn of(found: &[Overlap], key: u32) -> Option<f64> {
    found.iter().find(|overlap| overlap.key == key).map(|overlap| overlap.measure)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn surfaces_share_what_cutting_says(plan in shapes(), areas in prop::collection::vec(shapes(), 1..5)) {
        let all: Vec<Shape> = areas.iter().map(|area| shape(area.clone())).collect();
        let found = index(&all).overlaps(&shape(plan.clone()));
        for (n, area) in areas.iter().enumerate() {
            let expected = plan.intersection(area).unsigned_area();
            let got = of(&found, n as u32);
            prop_assert!((got.unwrap_or(0.0) - expected).abs() < 1e-2, "{got:?} against {expected}");
            prop_assert_eq!(got.is_some(), plan.intersects(area), "{:?}", got);
        }
    }

    #[test]
    fn a_ring_leaves_out_its_hole(plan in shapes(), x in 234_000.0..234_600.0_f64, y in 555_800.0..556_400.0_f64) {
        let outer = star(x, y, &[700.0; 17]);
        let hole = star(x, y, &[300.0; 9]);
        let ring = Polygon::new(outer.exterior().clone(), vec![hole.exterior().clone()]);
        let found = index(&[shape(ring.clone())]).overlaps(&shape(plan.clone()));
        let expected = plan.intersection(&ring).unsigned_area();
        prop_assert!((of(&found, 0).unwrap_or(0.0) - expected).abs() < 1e-2);
        // The other way round it is the same.
        let turned = index(&[shape(plan)]).overlaps(&shape(ring));
        prop_assert!((of(&turned, 0).unwrap_or(0.0) - expected).abs() < 1e-2);
    }

    #[test]
    fn points_are_where_geometry_says(area in shapes(), x in 233_000.0..235_000.0_f64, y in 555_000.0..557_000.0_f64, whole in any::<bool>()) {
        let (x, y) = if whole { ((x / 64.0).round() * 64.0, (y / 64.0).round() * 64.0) } else { (x, y) };
        let index = index(&[shape(area.clone())]);
        let point = Point::new(x, y);
        let expected = area.intersects(&point);
        prop_assert_eq!(index.overlaps(&Shape::point([x, y])).len() == 1, expected);
        let mut found = None;
        index.at([x, y], |_, position| found = Some(position));
        prop_assert_eq!(found.is_some(), expected);
    }

    #[test]
    fn corners_lie_on_the_border(area in shapes()) {
        let index = index(&[shape(area.clone())]);
        for corner in area.exterior().coords() {
            let mut found = None;
            index.at([corner.x, corner.y], |_, position| found = Some(position));
            prop_assert_eq!(found, Some(Position::Border));
        }
    }

    #[test]
    fn lines_run_as_far_inside_as_cutting_says(area in stars(), points in prop::collection::vec((233_000.0..235_000.0_f64, 555_000.0..557_000.0_f64), 2..8)) {
        let line = LineString::from(points);
        let expected = Euclidean.length(&area.clip(&MultiLineString(vec![line.clone()]), false));
        let found = index(&[shape(area.clone())]).overlaps(&shape(line.clone()));
        prop_assert!((of(&found, 0).unwrap_or(0.0) - expected).abs() < 1e-3, "{:?} against {expected}", found);
        // A line area under a surface plan.
        let turned = index(&[shape(line)]).overlaps(&shape(area));
        prop_assert!((of(&turned, 0).unwrap_or(0.0) - expected).abs() < 1e-3);
    }

    #[test]
    fn the_order_of_shapes_is_of_no_matter(plan in shapes(), areas in prop::collection::vec(shapes(), 2..5)) {
        let all: Vec<Shape> = areas.iter().map(|area| shape(area.clone())).collect();
        let items: Vec<(u32, &Shape)> = all.iter().enumerate().map(|(n, shape)| (n as u32, shape)).collect();
        let turned: Vec<(u32, &Shape)> = items.iter().rev().copied().collect();
        let plan = shape(plan);
        prop_assert_eq!(Index::new(&items).overlaps(&plan), Index::new(&turned).overlaps(&plan));
    }
}

#[test]
fn neighbours_that_touch_are_told_apart_from_those_that_overlap() {
    let square = |x: f64| star_square(x);
    let all = [shape(square(0.0)), shape(square(100.0)), shape(square(100.5)), shape(square(300.0))];
    let found = index(&all).overlaps(&shape(square(0.0)));
    assert_eq!(of(&found, 0).map(f64::round), Some(10_000.0));
    assert_eq!(of(&found, 1), Some(0.0), "touches");
    assert_eq!(of(&found, 2), None, "half a metre away");
    assert_eq!(of(&found, 3), None);
}

fn star_square(x: f64) -> Polygon<f64> {
    let (x, y) = (234_000.0 + x, 556_000.0);
    Polygon::new(
        LineString::from(vec![(x, y), (x + 100.0, y), (x + 100.0, y + 100.0), (x, y + 100.0)]),
        Vec::new(),
    )
}

#[test]
fn a_line_along_a_line_is_measured() {
    let road = shape(LineString::from(vec![(234_000.0, 556_000.0), (235_000.0, 556_000.0)]));
    let path = shape(LineString::from(vec![(234_900.0, 556_000.0), (235_100.0, 556_000.0)]));
    let found = index(&[road]).overlaps(&path);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].dimension, Dimension::Lines);
    assert!((found[0].measure - 100.0).abs() < 1e-6, "{found:?}");
    let crossing = shape(LineString::from(vec![(234_500.0, 555_000.0), (234_500.0, 557_000.0)]));
    let found = index(&[shape(LineString::from(vec![(234_000.0, 556_000.0), (235_000.0, 556_000.0)]))])
        .overlaps(&crossing);
    assert_eq!(of(&found, 0), Some(0.0));
}

#[test]
fn nothing_is_found_in_nothing() {
    let empty = Index::new(&[]);
    assert!(empty.overlaps(&Shape::point([234_000.0, 556_000.0])).is_empty());
    assert!(!Edge::new([0.0, 0.0], [1.0, 0.0]).holds([2.0, 0.0]));
}

#[test]
fn a_line_on_a_border_is_in_whatever_rounding_makes_of_its_middle() {
    // An edge with coordinates whose mean is no number of the machine: the middle lies beside it.
    let area = Polygon::new(
        LineString::from(vec![
            (234_024.214_213_159_15, 556_793.019_398_562_3),
            (234_015.845_940_492_35, 556_798.599_196_078_5),
            (234_005.926_592_227_28, 556_624.488_804_032_9),
        ]),
        Vec::new(),
    );
    let ring: Vec<Coord<f64>> = area.exterior().coords().copied().collect();
    for shift in 0..200 {
        let shift = f64::from(shift) * 0.123_456_789;
        let at = |coord: &Coord<f64>| Coord { x: coord.x + shift, y: coord.y + shift };
        let ring: Vec<Coord<f64>> = ring.iter().map(at).collect();
        let border = LineString::new(ring.clone());
        let length = Euclidean.length(&border);
        let found = index(&[shape(Polygon::new(LineString::new(ring), Vec::new()))]).overlaps(&shape(border));
        assert!((of(&found, 0).unwrap() - length).abs() < 1e-6, "{found:?} of {length}");
    }
}
