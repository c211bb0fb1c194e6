//! How far apart two shapes are.

use crate::edge::{Edge, Point};
use crate::shape::{Dimension, Shape};

/// How many edges that follow each other share bounds.
const RUN: usize = 16;

/// The edges and points of a shape, ready to be measured from: those that follow each other lie near each other, and what is
/// too far away by their common bounds is not looked at one by one.
#[derive(Debug, Clone)]
pub struct Outline {
    is_surface: bool,
    /// A point is an edge without length.
    edges: Vec<Edge>,
    /// The bounds of each [`RUN`] of edges.
    runs: Vec<Bounds>,
    /// The bounds of all.
    bounds: Bounds,
}

impl Outline {
    /// Of a shape; `None` when it is empty.
    #[must_use]
    pub fn of(shape: &Shape) -> Option<Self> {
        let bounds = shape.bounds()?;
        let points = shape.points.iter().map(|point| Edge::new(*point, *point));
        let edges: Vec<Edge> = shape.edges.iter().copied().chain(points).collect();
        let runs = edges.chunks(RUN).filter_map(|run| run.iter().map(around).reduce(join)).collect();
        Some(Self { is_surface: shape.dimension == Dimension::Surface, edges, runs, bounds })
    }

    /// The distance to another in metres, 0 when they meet. A surface that holds the other as a whole is at distance 0 as
    /// well.
    #[must_use]
    pub fn distance(&self, other: &Self) -> f64 {
        if self.holds(other) || other.holds(self) { 0.0 } else { self.between(other) }
    }

    /// The distance of the outlines, whichever side of a surface they are on.
    #[must_use]
    pub fn between(&self, other: &Self) -> f64 {
        // The nearest run by its bounds first: with its distance most others need not be looked at.
        let far = |run: &Bounds| apart_squared(*run, self.bounds);
        let first = other.runs().min_by(|(a, _), (b, _)| far(a).total_cmp(&far(b)));
        let best = first.map_or(f64::INFINITY, |(_, edges)| self.nearest(edges, f64::INFINITY));
        other.runs().fold(
            best,
            |best, (run, edges)| {
                if far(run) < best * best { self.nearest(edges, best) } else { best }
            },
        )
    }

    /// The distance to the nearest of these edges, when nearer than `best`.
    fn nearest(&self, theirs: &[Edge], mut best: f64) -> f64 {
        let Some(all) = theirs.iter().map(around).reduce(join) else {
            return best;
        };
        for (run, edges) in self.runs() {
            if apart_squared(*run, all) >= best * best {
                continue;
            }
            for edge in edges {
                for other in theirs {
                    if apart_squared(around(edge), around(other)) < best * best {
                        best = best.min(between(edge, other));
                    }
                }
            }
        }
        best
    }

    fn runs(&self) -> impl Iterator<Item = (&Bounds, &[Edge])> {
        self.runs.iter().zip(self.edges.chunks(RUN))
    }

    /// Whether this is a surface that holds the first point of the other.
    fn holds(&self, other: &Self) -> bool {
        let Some(point) = other.edges.first().map(|edge| edge.from).filter(|_| self.is_surface) else {
            return false;
        };
        let [x, y] = point;
        let mut inside = false;
        for ((low, high), edges) in self.runs() {
            // Only what crosses the line to the left of the point counts.
            if low[0] > x || low[1] > y || high[1] < y {
                continue;
            }
            for edge in edges {
                if edge.holds(point) {
                    return true;
                }
                if edge.straddles(y) && edge.passes_left_of(point) {
                    inside = !inside;
                }
            }
        }
        inside
    }
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

/// The lowest and highest coordinates.
type Bounds = (Point, Point);

fn around(edge: &Edge) -> Bounds {
    (
        [edge.from[0].min(edge.to[0]), edge.from[1].min(edge.to[1])],
        [edge.from[0].max(edge.to[0]), edge.from[1].max(edge.to[1])],
    )
}

fn join((low, high): Bounds, (from, to): Bounds) -> Bounds {
    ([low[0].min(from[0]), low[1].min(from[1])], [high[0].max(to[0]), high[1].max(to[1])])
}

/// The square of how far apart two bounds are.
fn apart_squared((low, high): Bounds, (from, to): Bounds) -> f64 {
    let gap = |n: usize| {
        let get = |point: Point| point.get(n).copied().unwrap_or_default();
        (get(from) - get(high)).max(get(low) - get(to)).max(0.0)
    };
    gap(0) * gap(0) + gap(1) * gap(1)
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

    fn outline(geometry: impl Into<Geometry<f64>>) -> Outline {
        Outline::of(&Shape::of(&geometry.into()).pop().unwrap()).unwrap()
    }

    proptest! {
        #[test]
        fn as_a_library_measures(
            a in prop::collection::vec(5.0..400.0_f64, 3..90),
            b in prop::collection::vec(5.0..400.0_f64, 3..90),
            x in -1_000.0..1_000.0_f64,
            y in -1_000.0..1_000.0_f64,
        ) {
            let (one, other) = (star(234_000.0, 556_000.0, &a), star(234_000.0 + x, 556_000.0 + y, &b));
            let expected = Euclidean.distance(&one, &other);
            let got = outline(one.clone()).distance(&outline(other));
            prop_assert!((got - expected).abs() < 1e-6, "{got} against {expected}");
            let point = GeoPoint::new(234_000.0 + x, 556_000.0 + y);
            let expected = Euclidean.distance(&point, &one);
            prop_assert!((outline(point).distance(&outline(one.clone())) - expected).abs() < 1e-6);
            let expected = Euclidean.distance(&point, one.exterior());
            prop_assert!((outline(point).between(&outline(one)) - expected).abs() < 1e-6);
        }
    }

    #[test]
    fn the_border_is_near_from_either_side() {
        let surface = outline(star(234_000.0, 556_000.0, &[100.0; 4]));
        let middle = outline(GeoPoint::new(234_000.0, 556_000.0));
        assert!(middle.distance(&surface) == 0.0 && surface.distance(&middle) == 0.0);
        let border = middle.between(&surface);
        assert!((border - 100.0 / 2.0_f64.sqrt()).abs() < 1e-6, "{border}");
    }
}
