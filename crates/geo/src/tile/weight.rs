//! How much each vertex of a line matters: what Douglas and Peucker's method would keep, for all tolerances at once.

use crate::edge::Point;

/// For each vertex the greatest tolerance at which it is kept, in the unit of the coordinates. The ends are always kept.
pub(super) fn weights(points: &[Point]) -> Vec<f32> {
    let mut weights = vec![0.0_f32; points.len()];
    let Some(last) = points.len().checked_sub(1) else {
        return weights;
    };
    for end in [0, last] {
        if let Some(weight) = weights.get_mut(end) {
            *weight = f32::INFINITY;
        }
    }
    // What lies between two vertices that are kept, and the least weight of those two.
    let mut open = vec![(0, last, f64::INFINITY)];
    while let Some((from, to, most)) = open.pop() {
        let (Some(a), Some(b), Some(between)) = (points.get(from), points.get(to), points.get(from + 1..to))
        else {
            continue;
        };
        let (mut middle, mut furthest) = (0, 0.0);
        for (n, point) in between.iter().enumerate() {
            let distance = squared(*point, *a, *b);
            if distance > furthest {
                (middle, furthest) = (from + 1 + n, distance);
            }
        }
        if furthest > 0.0 {
            let weight = furthest.sqrt().min(most);
            if let Some(slot) = weights.get_mut(middle) {
                #[allow(clippy::cast_possible_truncation)]
                let small = weight as f32;
                *slot = small;
            }
            open.push((from, middle, weight));
            open.push((middle, to, weight));
        }
    }
    weights
}

/// The square of the distance from a point to a piece of a line.
fn squared(point: Point, from: Point, to: Point) -> f64 {
    let along = [to[0] - from[0], to[1] - from[1]];
    let off = [point[0] - from[0], point[1] - from[1]];
    let length = along[0] * along[0] + along[1] * along[1];
    let share =
        if length > 0.0 { ((off[0] * along[0] + off[1] * along[1]) / length).clamp(0.0, 1.0) } else { 0.0 };
    let (x, y) = (off[0] - share * along[0], off[1] - share * along[1]);
    x * x + y * y
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::Simplify;
    use geo_types::LineString;
    use proptest::prelude::*;

    #[test]
    fn straight_vertices_weigh_nothing_and_corners_much() {
        let ring = [[0.0, 0.0], [5.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0], [0.0, 0.0]];
        let weights = weights(&ring);
        assert_eq!(weights[1], 0.0);
        assert!(weights[3] > 14.0 && weights[2] > 7.0 && weights[4] > 7.0, "{weights:?}");
    }

    #[test]
    fn few_vertices_are_all_kept() {
        assert!(weights(&[]).is_empty());
        assert_eq!(weights(&[[1.0, 1.0]]), [f32::INFINITY]);
        assert_eq!(weights(&[[1.0, 1.0], [2.0, 2.0]]), [f32::INFINITY; 2]);
    }

    proptest! {
        /// The vertices above a tolerance are those that `geo` keeps at that tolerance.
        #[test]
        fn agrees_with_geo(points in prop::collection::vec((0.0..100.0_f64, 0.0..100.0_f64), 2..40), tolerance in 0.01..50.0_f64) {
            let points: Vec<Point> = points.into_iter().map(|(x, y)| [x, y]).collect();
            let weights = weights(&points);
            let kept: Vec<Point> = points
                .iter()
                .zip(&weights)
                .filter(|(_, weight)| f64::from(**weight) > tolerance)
                .map(|(point, _)| *point)
                .collect();
            let line = LineString::from(points.clone());
            let geo: Vec<Point> = line.simplify(tolerance).0.iter().map(|c| [c.x, c.y]).collect();
            // A weight that is the tolerance to within rounding may fall either way.
            prop_assume!(weights.iter().all(|weight| (f64::from(*weight) - tolerance).abs() > 1e-4));
            prop_assert_eq!(kept, geo);
        }
    }
}
