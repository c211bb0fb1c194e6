//! Arcs drawn as chords.

use super::shape::{Arc, Path};
use geo_types::Coord;
use std::f64::consts::{PI, TAU};

/// How far a chord may lie from its arc, in metres.
pub const CHORD_ERROR: f64 = 0.05;

/// No chord spans more than this, however small the circle.
const WIDEST: f64 = PI / 8.0;

/// The points of a path in RD with its arcs drawn. `allow` is asked for each point that is added; `None` when it
/// refuses.
pub(super) fn draw(path: Path, allow: &dyn Fn(usize) -> bool) -> Option<Vec<Coord<f64>>> {
    if path.arcs.is_empty() {
        return Some(path.points);
    }
    let mut drawn = Vec::with_capacity(path.points.len() * 4);
    let mut arcs = path.arcs.iter().peekable();
    let mut at = 0;
    while let Some(point) = path.points.get(at) {
        let arc = arcs.next_if(|arc| arc.first == at);
        let three = (path.points.get(at), path.points.get(at + 1), path.points.get(at + 2));
        match (arc, three) {
            (Some(Arc { circle, .. }), (Some(a), Some(b), Some(c))) => {
                let chords = if *circle { circle_points(*a, *b, *c) } else { arc_points(*a, *b, *c) };
                if !allow(chords.len()) {
                    return None;
                }
                drawn.extend(chords);
                // The last point of an arc may be the first of the next.
                at += if *circle { 3 } else { 2 };
            }
            _ => {
                drawn.push(*point);
                at += 1;
            }
        }
    }
    Some(drawn)
}

/// From `a` through `b` up to, and not with, `c`. The way back gives the same points in reverse, so that two areas that
/// share an arc still fit.
fn arc_points(a: Coord<f64>, b: Coord<f64>, c: Coord<f64>) -> Vec<Coord<f64>> {
    if a == c {
        // Only a full circle ends where it starts: `b` is the point across.
        let centre = Coord { x: a.x + (b.x - a.x) / 2.0, y: a.y + (b.y - a.y) / 2.0 };
        return turn(a, centre, TAU);
    }
    if (c.x, c.y) < (a.x, a.y) {
        let mut points = arc_points(c, b, a);
        points.reverse();
        // It held `c` and not `a`.
        points.pop();
        points.insert(0, a);
        return points;
    }
    let Some(centre) = centre(a, b, c) else {
        return vec![a, b];
    };
    let angle = |point: Coord<f64>| (point.y - centre.y).atan2(point.x - centre.x);
    let (from, through, to) = (angle(a), angle(b), angle(c));
    let anticlockwise = (through - from).rem_euclid(TAU) <= (to - from).rem_euclid(TAU);
    let sweep = if anticlockwise { (to - from).rem_euclid(TAU) } else { -(from - to).rem_euclid(TAU) };
    turn(a, centre, sweep)
}

/// The circle through three points, from `a` by `b` and `c` back to, and not with, `a`.
fn circle_points(a: Coord<f64>, b: Coord<f64>, c: Coord<f64>) -> Vec<Coord<f64>> {
    let Some(centre) = centre(a, b, c) else {
        return vec![a, b, c];
    };
    let cross = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
    turn(a, centre, if cross > 0.0 { TAU } else { -TAU })
}

/// Points from `start`, turning round `centre`, without the last.
fn turn(start: Coord<f64>, centre: Coord<f64>, sweep: f64) -> Vec<Coord<f64>> {
    let (dx, dy) = (start.x - centre.x, start.y - centre.y);
    let radius = dx.hypot(dy);
    let step = if radius > CHORD_ERROR { 2.0 * (1.0 - CHORD_ERROR / radius).acos() } else { WIDEST };
    let step = step.clamp(1e-5, WIDEST);
    let chords = (sweep.abs() / step).ceil().max(1.0);
    let from = dy.atan2(dx);
    // At most TAU / 1e-5 of them.
    let count = chords as usize;
    let point = |n: usize| {
        let angle = from + sweep * (n as f64) / chords;
        Coord { x: centre.x + radius * angle.cos(), y: centre.y + radius * angle.sin() }
    };
    std::iter::once(start).chain((1..count).map(point)).collect()
}

/// The centre of the circle through three points; `None` when they are on a line.
fn centre(a: Coord<f64>, b: Coord<f64>, c: Coord<f64>) -> Option<Coord<f64>> {
    let (bx, by, cx, cy) = (b.x - a.x, b.y - a.y, c.x - a.x, c.y - a.y);
    let cross = 2.0 * (bx * cy - by * cx);
    let (b2, c2) = (bx * bx + by * by, cx * cx + cy * cy);
    let centre = Coord { x: a.x + (cy * b2 - by * c2) / cross, y: a.y + (bx * c2 - cx * b2) / cross };
    // A radius of thousands of kilometres is a straight line with noise.
    let radius = (centre.x - a.x).hypot(centre.y - a.y);
    (radius.is_finite() && radius < 1e7).then_some(centre)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(x: f64, y: f64) -> Coord<f64> {
        Coord { x, y }
    }

    fn drawn(points: &[Coord<f64>], circle: bool) -> Vec<Coord<f64>> {
        let path = Path { points: points.to_vec(), arcs: vec![Arc { first: 0, circle }] };
        draw(path, &|_| true).unwrap()
    }

    /// How far the chords lie from the circle, at most.
    fn error(points: &[Coord<f64>], centre: Coord<f64>, radius: f64) -> f64 {
        let off = |point: Coord<f64>| ((point.x - centre.x).hypot(point.y - centre.y) - radius).abs();
        let middles = points.windows(2).map(|w| off(at((w[0].x + w[1].x) / 2.0, (w[0].y + w[1].y) / 2.0)));
        points.iter().map(|point| off(*point)).chain(middles).fold(0.0, f64::max)
    }

    #[test]
    fn three_points_on_a_line_are_a_line() {
        let points = [at(0.0, 0.0), at(1.0, 1.0), at(2.0, 2.0)];
        assert_eq!(drawn(&points, false), points);
    }

    #[test]
    fn a_circle_ends_where_it_starts() {
        let points = [at(10.0, 0.0), at(0.0, 10.0), at(-10.0, 0.0), at(10.0, 0.0)];
        let circle = drawn(&points, true);
        assert_eq!(circle.first(), circle.last());
        assert!(error(&circle, at(0.0, 0.0), 10.0) <= CHORD_ERROR);
        assert!(circle.iter().any(|point| point.y < -9.9) && circle.iter().any(|point| point.y > 9.9));
        // The same as an arc that comes back to its start.
        let arc = drawn(&[at(10.0, 0.0), at(-10.0, 0.0), at(10.0, 0.0)], false);
        assert!(error(&arc, at(0.0, 0.0), 10.0) <= CHORD_ERROR);
    }

    #[test]
    fn a_refusal_stops_it() {
        let path = Path {
            points: vec![at(0.0, 0.0), at(1e5, 1e5), at(2e5, 0.0)],
            arcs: vec![Arc { first: 0, circle: false }],
        };
        assert!(draw(path, &|count| count < 10).is_none());
    }

    proptest! {
        #[test]
        fn chords_stay_within_five_centimetres(
            x in 0.0..300_000.0, y in 300_000.0..620_000.0, log in -2.0f64..5.0,
            from in 0.0..TAU, sweep in 0.05f64..6.2, part in 0.2..0.8, back in any::<bool>(),
        ) {
            let radius = 10f64.powf(log);
            let centre = at(x, y);
            let on = |angle: f64| at(x + radius * angle.cos(), y + radius * angle.sin());
            let sweep = if back { -sweep } else { sweep };
            let points = [on(from), on(from + sweep * part), on(from + sweep)];
            let arc = drawn(&points, false);
            prop_assert_eq!(arc.first(), points.first());
            prop_assert_eq!(arc.last(), points.last());
            // Reading the centre back from coordinates in RD costs a little.
            prop_assert!(error(&arc, centre, radius) <= CHORD_ERROR + 1e-3, "{}", error(&arc, centre, radius));
            // It goes by the middle point.
            let near = arc.windows(2).map(|w| {
                let middle = at((w[0].x + w[1].x) / 2.0, (w[0].y + w[1].y) / 2.0);
                (middle.x - points[1].x).hypot(middle.y - points[1].y)
                    - (w[0].x - w[1].x).hypot(w[0].y - w[1].y) / 2.0
            });
            prop_assert!(near.fold(f64::MAX, f64::min) <= CHORD_ERROR + 1e-3);
        }

        #[test]
        fn the_way_back_is_the_same(
            a in (0.0..1000.0, 0.0..1000.0), b in (0.0..1000.0, 0.0..1000.0), c in (0.0..1000.0, 0.0..1000.0),
        ) {
            let points = [at(a.0, a.1), at(b.0, b.1), at(c.0, c.1)];
            let there = drawn(&points, false);
            let mut back = drawn(&[points[2], points[1], points[0]], false);
            back.reverse();
            prop_assert_eq!(there, back);
        }
    }
}
