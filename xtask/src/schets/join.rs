//! Putting shapes together.

use geo::algorithm::orient::{Direction, Orient};
use geo::bool_ops::unary_union;
use geo::{LineString, MultiPolygon, Polygon};

/// All shapes as one. Unlike `unary_union` it does not matter which way round their rings run.
pub fn together<'a>(shapes: impl IntoIterator<Item = &'a MultiPolygon>) -> MultiPolygon {
    let oriented: Vec<MultiPolygon> =
        shapes.into_iter().map(|shape| shape.orient(Direction::Default)).collect();
    unary_union(&oriented)
}

/// A polygon without holes.
pub fn polygon(ring: LineString) -> MultiPolygon {
    MultiPolygon(vec![Polygon::new(ring, vec![])])
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::Area;

    #[test]
    fn shapes_written_either_way_round_add_up() {
        let ring = |mut points: Vec<(f64, f64)>, turned: bool| {
            if turned {
                points.reverse();
            }
            polygon(points.into())
        };
        let square = vec![(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)];
        let beside = vec![(5.0, 0.0), (15.0, 0.0), (15.0, 10.0), (5.0, 10.0)];
        for (first, second) in [(false, false), (false, true), (true, false), (true, true)] {
            let all = together([&ring(square.clone(), first), &ring(beside.clone(), second)]);
            assert!((all.unsigned_area() - 150.0).abs() < 1e-6, "{first} {second}");
        }
    }
}
