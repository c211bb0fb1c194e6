//! Cutting rings and lines off at the edges of a square.

use crate::edge::Point;

/// Which of the two coordinates, and whether it is to stay below or above a limit.
#[derive(Clone, Copy)]
struct Side {
    axis: usize,
    limit: f64,
    below: bool,
}

impl Side {
    fn value(self, point: Point) -> f64 {
        if self.axis == 0 { point[0] } else { point[1] }
    }

    fn keeps(self, point: Point) -> bool {
        if self.below { self.value(point) <= self.limit } else { self.value(point) >= self.limit }
    }

    /// Where a line crosses the limit.
    fn crossing(self, from: Point, to: Point) -> Point {
        let share = (self.limit - self.value(from)) / (self.value(to) - self.value(from));
        if self.axis == 0 {
            [self.limit, from[1] + share * (to[1] - from[1])]
        } else {
            [from[0] + share * (to[0] - from[0]), self.limit]
        }
    }
}

/// The four sides of the square from `low` to `high` in both coordinates.
fn sides(low: f64, high: f64) -> [Side; 4] {
    [
        Side { axis: 0, limit: low, below: false },
        Side { axis: 0, limit: high, below: true },
        Side { axis: 1, limit: low, below: false },
        Side { axis: 1, limit: high, below: true },
    ]
}

/// What of an open ring is in the square (Sutherland and Hodgman). Where a ring leaves the square it follows the edge,
/// also between pieces that are apart: those stretches run back over themselves, enclose nothing and are taken out later.
pub(super) fn ring(ring: &mut Vec<Point>, spare: &mut Vec<Point>, low: f64, high: f64) {
    for side in sides(low, high) {
        spare.clear();
        let Some(mut before) = ring.last().copied() else {
            return;
        };
        let mut inside = side.keeps(before);
        for point in ring.iter().copied() {
            let now = side.keeps(point);
            if now != inside {
                spare.push(side.crossing(before, point));
            }
            if now {
                spare.push(point);
            }
            (before, inside) = (point, now);
        }
        std::mem::swap(ring, spare);
    }
}

/// The pieces of a line that are in the square.
pub(super) fn line(line: &[Point], low: f64, high: f64) -> Vec<Vec<Point>> {
    let mut pieces: Vec<Vec<Point>> = Vec::new();
    let mut piece: Vec<Point> = Vec::new();
    for pair in line.windows(2) {
        let [from, to] = *pair else { continue };
        let Some((start, end)) = segment(from, to, low, high) else {
            pieces.extend(take(&mut piece));
            continue;
        };
        if piece.last() != Some(&start) {
            pieces.extend(take(&mut piece));
            piece.push(start);
        }
        piece.push(end);
        if end != to {
            pieces.extend(take(&mut piece));
        }
    }
    pieces.extend(take(&mut piece));
    pieces
}

fn take(piece: &mut Vec<Point>) -> Option<Vec<Point>> {
    (!piece.is_empty()).then(|| std::mem::take(piece))
}

/// The part of one segment that is in the square (Liang and Barsky).
fn segment(from: Point, to: Point, low: f64, high: f64) -> Option<(Point, Point)> {
    let (mut start, mut end) = (from, to);
    for side in sides(low, high) {
        match (side.keeps(start), side.keeps(end)) {
            (true, true) => {}
            (false, false) => return None,
            (false, true) => start = side.crossing(start, end),
            (true, false) => end = side.crossing(start, end),
        }
    }
    Some((start, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clipped(mut points: Vec<Point>) -> Vec<Point> {
        ring(&mut points, &mut Vec::new(), 0.0, 10.0);
        points
    }

    fn area(points: &[Point]) -> f64 {
        let next = points.iter().cycle().skip(1);
        points.iter().zip(next).map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum::<f64>() / 2.0
    }

    #[test]
    fn rings_inside_outside_and_around() {
        let inside = vec![[1.0, 1.0], [9.0, 1.0], [5.0, 9.0]];
        assert_eq!(clipped(inside.clone()), inside);
        assert!(clipped(vec![[11.0, 1.0], [19.0, 1.0], [15.0, 9.0]]).is_empty());
        assert!(clipped(Vec::new()).is_empty());
        let around = clipped(vec![[-50.0, -50.0], [60.0, -50.0], [60.0, 60.0], [-50.0, 60.0]]);
        assert_eq!(area(&around), 100.0);
    }

    #[test]
    fn a_comb_keeps_the_area_of_its_teeth() {
        // Two teeth stick in from the left, joined outside.
        let comb = vec![
            [-5.0, 0.0],
            [4.0, 0.0],
            [4.0, 2.0],
            [-2.0, 2.0],
            [-2.0, 6.0],
            [4.0, 6.0],
            [4.0, 8.0],
            [-5.0, 8.0],
        ];
        assert_eq!(area(&clipped(comb)), 16.0);
    }

    #[test]
    fn a_line_through_twice_is_two_pieces() {
        let pieces = line(&[[-5.0, 2.0], [15.0, 2.0], [15.0, 8.0], [-5.0, 8.0]], 0.0, 10.0);
        assert_eq!(pieces, [vec![[0.0, 2.0], [10.0, 2.0]], vec![[10.0, 8.0], [0.0, 8.0]]]);
        assert!(line(&[[-5.0, 8.0], [8.0, 25.0]], 0.0, 10.0).is_empty());
        assert!(line(&[], 0.0, 10.0).is_empty());
        let whole = vec![[1.0, 1.0], [2.0, 5.0], [3.0, 1.0]];
        assert_eq!(line(&whole, 0.0, 10.0), [whole]);
    }
}
