//! Whether a drawn plan can be judged as it is.

use super::crossing;
use super::error::ShapeError;
use super::repair::{is_inside, nested, on_a_line, rings};
use geo::algorithm::coords_iter::CoordsIter;
use geo_types::{Coord, Geometry, LineString, Polygon};

/// The most vertices a plan may have.
pub const PLAN_VERTICES: usize = 100_000;

/// Looks whether a plan, in RD, is a shape that means one thing: not empty, with numbers for coordinates, not too many,
/// every polygon with area and a boundary that does not cross itself, holes inside, parts apart. A plan is never mended:
/// what its drawer meant is theirs to say.
pub fn check_plan(geometry: &Geometry<f64>) -> Result<(), ShapeError> {
    let count = geometry.coords_count();
    if count == 0 {
        return Err(ShapeError::Empty);
    }
    if count > PLAN_VERTICES {
        return Err(ShapeError::TooManyVertices { count, limit: PLAN_VERTICES });
    }
    if geometry.coords_iter().any(|c| !c.x.is_finite() || !c.y.is_finite()) {
        return Err(ShapeError::NotFinite);
    }
    check(geometry)
}

fn check(geometry: &Geometry<f64>) -> Result<(), ShapeError> {
    match geometry {
        Geometry::Point(_) | Geometry::MultiPoint(_) => Ok(()),
        Geometry::Line(line) => check_line(&LineString(vec![line.start, line.end])),
        Geometry::LineString(line) => check_line(line),
        Geometry::MultiLineString(lines) => lines.0.iter().try_for_each(check_line),
        Geometry::Polygon(polygon) => check_polygons(std::slice::from_ref(polygon)),
        Geometry::MultiPolygon(polygons) => check_polygons(&polygons.0),
        Geometry::Rect(rect) => check_polygons(&[rect.to_polygon()]),
        Geometry::Triangle(triangle) => check_polygons(&[triangle.to_polygon()]),
        Geometry::GeometryCollection(all) => all.0.iter().try_for_each(check),
    }
}

fn place(c: Option<&Coord<f64>>) -> Option<[f64; 2]> {
    c.map(|c| [c.x, c.y])
}

fn check_line(line: &LineString<f64>) -> Result<(), ShapeError> {
    let first = line.0.first();
    if line.0.iter().all(|point| Some(point) == first) {
        return Err(ShapeError::NoLength { place: place(first) });
    }
    Ok(())
}

fn check_polygons(polygons: &[Polygon<f64>]) -> Result<(), ShapeError> {
    let complex = |_| ShapeError::TooComplex;
    let all = rings(polygons);
    for ring in &all {
        if on_a_line(&ring.line.0) {
            return Err(ShapeError::NoArea { place: place(ring.line.0.first()) });
        }
    }
    // Points given twice are no fault, but would hide which segments are neighbours.
    let plain: Vec<LineString<f64>> = all
        .iter()
        .map(|ring| {
            let mut points = ring.line.0.clone();
            points.dedup();
            LineString(points)
        })
        .collect();
    let all: Vec<crossing::Ring<'_>> =
        all.iter().zip(&plain).map(|(ring, line)| crossing::Ring { part: ring.part, line }).collect();
    if let Some(conflict) = crossing::conflicts(&all, 1).map_err(complex)?.first() {
        return Err(ShapeError::Crosses { place: place(Some(&conflict.at)) });
    }
    let mut budget = 500_000_000;
    for polygon in polygons {
        for hole in polygon.interiors() {
            if !is_inside(hole, polygon.exterior(), &mut budget).map_err(complex)? {
                return Err(ShapeError::HoleOutside { place: place(hole.0.first()) });
            }
        }
        let holes: Vec<Polygon<f64>> =
            polygon.interiors().iter().map(|hole| Polygon::new(hole.clone(), Vec::new())).collect();
        if nested(&holes, &mut budget).map_err(complex)? {
            return Err(ShapeError::HoleOutside {
                place: place(holes.first().and_then(|h| h.exterior().0.first())),
            });
        }
    }
    if nested(polygons, &mut budget).map_err(complex)? {
        return Err(ShapeError::Crosses {
            place: place(polygons.first().and_then(|p| p.exterior().0.first())),
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo_types::{MultiPolygon, Point, polygon};

    fn square(x: f64, y: f64, size: f64) -> Polygon<f64> {
        polygon![(x: x, y: y), (x: x + size, y: y), (x: x + size, y: y + size), (x: x, y: y + size)]
    }

    fn with_hole(outer: &Polygon<f64>, hole: &Polygon<f64>) -> Geometry<f64> {
        Polygon::new(outer.exterior().clone(), vec![hole.exterior().clone()]).into()
    }

    #[test]
    fn good_plans_pass() {
        let home = square(233_000.0, 556_000.0, 100.0);
        check_plan(&home.clone().into()).unwrap();
        check_plan(&with_hole(&home, &square(233_020.0, 556_020.0, 10.0))).unwrap();
        check_plan(&MultiPolygon(vec![home.clone(), square(234_000.0, 556_000.0, 5.0)]).into()).unwrap();
        check_plan(&Point::new(1.0, 2.0).into()).unwrap();
        // A polygon in the hole of another is apart from it.
        let ring = Polygon::new(
            home.exterior().clone(),
            vec![square(233_020.0, 556_020.0, 50.0).exterior().clone()],
        );
        check_plan(&MultiPolygon(vec![ring, square(233_030.0, 556_030.0, 10.0)]).into()).unwrap();
        // A point given twice.
        check_plan(&polygon![(x: 0.0, y: 0.0), (x: 5.0, y: 0.0), (x: 5.0, y: 0.0), (x: 5.0, y: 5.0)].into())
            .unwrap();
    }

    #[test]
    fn each_fault_is_named() {
        let home = square(233_000.0, 556_000.0, 100.0);
        let said = |geometry: Geometry<f64>| check_plan(&geometry).unwrap_err();
        assert_eq!(said(MultiPolygon::<f64>(vec![]).into()), ShapeError::Empty);
        assert_eq!(said(Point::new(f64::NAN, 2.0).into()), ShapeError::NotFinite);
        assert_eq!(said(Point::new(f64::INFINITY, 2.0).into()), ShapeError::NotFinite);
        let tie = polygon![(x: 0.0, y: 0.0), (x: 10.0, y: 10.0), (x: 10.0, y: 0.0), (x: 0.0, y: 10.0)];
        assert_eq!(said(tie.into()), ShapeError::Crosses { place: Some([5.0, 5.0]) });
        let hole = with_hole(&home, &square(234_000.0, 556_000.0, 10.0));
        assert!(matches!(said(hole), ShapeError::HoleOutside { .. }));
        let sticks_out = with_hole(&home, &square(233_050.0, 556_050.0, 100.0));
        assert!(matches!(said(sticks_out), ShapeError::Crosses { .. }));
        let inside = MultiPolygon(vec![home.clone(), square(233_010.0, 556_010.0, 10.0)]);
        assert!(matches!(said(inside.into()), ShapeError::Crosses { .. }));
        let thin = polygon![(x: 0.0, y: 0.0), (x: 5.0, y: 5.0), (x: 9.0, y: 9.0)];
        assert!(matches!(said(thin.into()), ShapeError::NoArea { .. }));
        let still = LineString(vec![Coord { x: 1.0, y: 1.0 }; 2]);
        assert!(matches!(said(still.into()), ShapeError::NoLength { .. }));
        let many = LineString((0..=PLAN_VERTICES).map(|n| Coord { x: n as f64, y: 0.0 }).collect());
        assert!(matches!(said(many.into()), ShapeError::TooManyVertices { .. }));
    }
}
