//! A cell of the grid says what asking at its middle says.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use brink_geo::index::Index;
use brink_geo::raster::{Grid, Raster};
use brink_geo::shape::Shape;
use geo_types::{Coord, Geometry, LineString, Polygon};
use proptest::prelude::*;

fn polygons() -> impl Strategy<Value = Polygon<f64>> {
    // On a quarter of the grid's step: middles of cells fall on borders and corners too.
    let quarter = |from: i32, to: i32| (from..to).prop_map(|n| f64::from(n) * 6.25);
    (prop::collection::vec(1..60_i32, 3..16), quarter(0, 160), quarter(0, 160)).prop_map(|(radii, x, y)| {
        let step = std::f64::consts::TAU / radii.len() as f64;
        let ring: Vec<Coord<f64>> = radii
            .iter()
            .enumerate()
            .map(|(n, radius)| {
                let on = |value: f64| (value / 6.25).round() * 6.25;
                let radius = f64::from(*radius) * 6.25;
                Coord {
                    x: 234_000.0 + x + on(radius * (n as f64 * step).cos()),
                    y: 556_000.0 + y + on(radius * (n as f64 * step).sin()),
                }
            })
            .collect();
        Polygon::new(LineString::new(ring), Vec::new())
    })
}

fn check(all: &[Geometry<f64>]) -> Result<(), TestCaseError> {
    let shapes: Vec<(u32, Shape)> = all
        .iter()
        .enumerate()
        .flat_map(|(n, shape)| Shape::of(shape).into_iter().map(move |shape| (n as u32, shape)))
        .collect();
    let items: Vec<(u32, &Shape)> = shapes.iter().map(|(key, shape)| (*key, shape)).collect();
    let index = Index::new(&items);
    let grid = Grid::over([234_100.0, 555_900.0], [235_100.0, 557_100.0], 25.0);
    let raster = Raster::new(grid, &shapes);
    prop_assert_eq!(raster.cells.len(), grid.rows * grid.columns);
    for row in 0..grid.rows {
        for column in 0..grid.columns {
            let middle = grid.middle(row, column);
            let asked: Vec<u32> =
                index.overlaps(&Shape::point(middle)).iter().map(|overlap| overlap.key).collect();
            let class = raster.class(row, column).unwrap();
            prop_assert_eq!(&raster.classes[class as usize].to_vec(), &asked, "{:?}", middle);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn a_cell_says_what_its_middle_says(polygons in prop::collection::vec(polygons(), 1..6)) {
        check(&polygons.into_iter().map(Geometry::Polygon).collect::<Vec<_>>())?;
    }

    #[test]
    fn lines_and_points_too(points in prop::collection::vec((0..80_i32, 0..80_i32), 2..9)) {
        let at = |(x, y): &(i32, i32)| Coord { x: 234_112.5 + f64::from(*x) * 12.5, y: 555_912.5 + f64::from(*y) * 12.5 };
        let line = LineString::new(points.iter().map(at).collect());
        let spots = points.iter().map(|point| geo_types::Point(at(point))).collect::<Vec<_>>();
        check(&[Geometry::LineString(line), Geometry::MultiPoint(geo_types::MultiPoint(spots))])?;
    }
}

#[test]
fn cells_are_found_back() {
    let grid = Grid::over([234_010.0, 556_000.0], [234_990.0, 557_000.0], 25.0);
    assert_eq!(grid.origin, [234_000.0, 556_000.0]);
    assert_eq!((grid.columns, grid.rows), (40, 40));
    assert_eq!(grid.cell(grid.middle(7, 12)), Some((7, 12)));
    assert_eq!(grid.cell([233_999.0, 556_010.0]), None);
    assert_eq!(grid.cell([234_999.0, 557_000.1]), None);
}
