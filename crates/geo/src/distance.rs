//! How far apart two shapes are.

use crate::edge::{Edge, Point};
use crate::shape::{Dimension, Shape};

/// The distance between two shapes in metres, 0 when they meet; `None` when one of them is empty. A surface that holds the
/// other as a whole is at distance 0 as well.
#[must_use]
pub fn distance(one: &Shape, other: &Shape) -> Option<f64> {
    let (from, to) = (one.bounds()?, other.bounds()?);
    if holds(one, other) || holds(other, one) {
        return Some(0.0);
    }
    let mut best = f64::INFINITY;
    // What is farther away than the best so far, by its bounds alone, is not looked at.
    for edge in &one.edges {
        if apart(bounds(edge), to) >= best {
            continue;
        }
        for theirs in &other.edges {
            if apart(bounds(edge), bounds(theirs)) < best {
                best = best.min(between(edge, theirs));
            }
        }
        for point in &other.points {
            best = best.min(edge.distance(*point));
        }
    }
    for point in &one.points {
        if apart((*point, *point), to) >= best {
            continue;
        }
        for theirs in &other.edges {
            if apart((*point, *point), bounds(theirs)) < best {
                best = best.min(theirs.distance(*point));
            }
        }
        for theirs in &other.points {
            best = best.min((theirs[0] - point[0]).hypot(theirs[1] - point[1]));
        }
    }
    debug_assert!(best >= apart(from, to) - 1e-6);
    Some(best)
}

/// The distance from a shape to the border of a surface, or to a line or point, whichever side it is on.
#[must_use]
pub fn to_border(one: &Shape, surface: &Shape) -> Option<f64> {
    let border = Shape { dimension: Dimension::Lines, ..surface.clone() };
    let outline = match one.dimension {
        Dimension::Surface => Shape { dimension: Dimension::Lines, ..one.clone() },
        _ => one.clone(),
    };
    distance(&outline, &border)
}

fn between(one: &Edge, other: &Edge) -> f64 {
    if one.meets(other) {
        return 0.0;
    }
    one.distance(other.from)
        .min(one.distance(other.to))
        .min(other.distance(one.from))
        .min(other.distance(one.to))
}

/// Whether a surface holds the first point of the other shape.
fn holds(surface: &Shape, other: &Shape) -> bool {
    if surface.dimension != Dimension::Surface {
        return false;
    }
    let Some(point) = other.points.first().copied().or_else(|| other.edges.first().map(|edge| edge.from))
    else {
        return false;
    };
    let mut inside = false;
    for edge in &surface.edges {
        if edge.holds(point) {
            return true;
        }
        if edge.straddles(point[1]) && edge.passes_left_of(point) {
            inside = !inside;
        }
    }
    inside
}

type Bounds = (Point, Point);

fn bounds(edge: &Edge) -> Bounds {
    (
        [edge.from[0].min(edge.to[0]), edge.from[1].min(edge.to[1])],
        [edge.from[0].max(edge.to[0]), edge.from[1].max(edge.to[1])],
    )
}

fn apart((low, high): Bounds, (from, to): Bounds) -> f64 {
    let gap = |n: usize| {
        let get = |point: Point| point.get(n).copied().unwrap_or_default();
        (get(from) - get(high)).max(get(low) - get(to)).max(0.0)
    };
    gap(0).hypot(gap(1))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use geo::{Distance, Euclidean};
    use geo_types::{Coord, Geometry, LineString, Point as GeoPoint, Polygon};
    use proptest::prelude::*;

    fn star(x: f64, y: f64, radii: &[f64]) -> Polygon<f64> {
        let step = std::f64::consts::TAU / radii.len() as f64;
        let ring = radii.iter().enumerate().map(|(n, radius)| Coord {
            x: x + radius * (n as f64 * step).cos(),
            y: y + radius * (n as f64 * step).sin(),
        });
        Polygon::new(LineString::new(ring.collect()), Vec::new())
    }

    fn shape(geometry: impl Into<Geometry<f64>>) -> Shape {
        Shape::of(&geometry.into()).pop().unwrap()
    }

    proptest! {
        #[test]
        fn as_a_library_measures(
            a in prop::collection::vec(5.0..400.0_f64, 3..12),
            b in prop::collection::vec(5.0..400.0_f64, 3..12),
            x in -1_000.0..1_000.0_f64,
            y in -1_000.0..1_000.0_f64,
        ) {
            let (one, other) = (star(234_000.0, 556_000.0, &a), star(234_000.0 + x, 556_000.0 + y, &b));
            let expected = Euclidean.distance(&one, &other);
            let got = distance(&shape(one.clone()), &shape(other)).unwrap();
            prop_assert!((got - expected).abs() < 1e-6, "{got} against {expected}");
            let point = GeoPoint::new(234_000.0 + x, 556_000.0 + y);
            let expected = Euclidean.distance(&point, &one);
            prop_assert!((distance(&shape(point), &shape(one)).unwrap() - expected).abs() < 1e-6);
        }
    }

    #[test]
    fn the_border_is_near_from_either_side() {
        let surface = shape(star(234_000.0, 556_000.0, &[100.0; 4]));
        let middle = Shape::point([234_000.0, 556_000.0]);
        assert_eq!(distance(&middle, &surface), Some(0.0));
        let border = to_border(&middle, &surface).unwrap();
        assert!((border - 100.0 / 2.0_f64.sqrt()).abs() < 1e-6, "{border}");
    }
}
