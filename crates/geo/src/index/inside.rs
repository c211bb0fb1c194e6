//! Where a point or a line is with regard to a surface, within one cell.

use super::grid::Cell;
use crate::edge::{Edge, Point, side};

/// Where a point is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Position {
    /// In the surface.
    Inside,
    /// On its border.
    Border,
    /// Not in it.
    Outside,
}

/// Where `point`, which is in `cell`, is with regard to the surface that has these edges in the cell; exact. It follows
/// the surface from the upper left corner along the top, and then straight down.
pub(crate) fn position(cell: Cell, corner: i32, edges: &[Edge], point: Point) -> Position {
    let top = cell.top();
    let [x, y] = point;
    let mut inside = corner;
    for edge in edges {
        let ([x1, y1], [x2, y2]) = (edge.from, edge.to);
        // Along the top.
        if (y1 > top) != (y2 > top) && !edge.passes_left_of(cell.corner()) && edge.passes_left_of([x, top]) {
            inside += if y2 < y1 { 1 } else { -1 };
        }
        // Most edges are well to the left or right of the point, or below it.
        if (x1 < x && x2 < x) || (x1 > x && x2 > x) || (y1 < y && y2 < y) {
            continue;
        }
        if edge.holds(point) {
            return Position::Border;
        }
        // And down.
        if (x1 > x) != (x2 > x) && edge.above([x, top]) >= 0.0 && edge.above(point) < 0.0 {
            inside += if x2 < x1 { 1 } else { -1 };
        }
    }
    if inside == 0 { Position::Outside } else { Position::Inside }
}

/// The part of an edge within a cell, as parts of the way; a cell has its left and lower border. `None` when there is
/// none.
fn clip(cell: Cell, edge: &Edge) -> Option<(f64, f64)> {
    let (mut from, mut to) = (0.0_f64, 1.0_f64);
    for (start, end, low, high) in [
        (edge.from[0], edge.to[0], cell.left(), cell.right()),
        (edge.from[1], edge.to[1], cell.floor(), cell.top()),
    ] {
        let way = end - start;
        if way == 0.0 {
            if start < low || start >= high {
                return None;
            }
            continue;
        }
        let (a, b) = ((low - start) / way, (high - start) / way);
        from = from.max(a.min(b));
        to = to.min(a.max(b));
    }
    (from < to).then_some((from, to))
}

/// The length of `line` that is both in the cell and in the surface with these edges there.
pub(crate) fn length_inside(cell: Cell, corner: i32, surface: &[Edge], line: &Edge) -> f64 {
    let Some((from, to)) = clip(cell, line) else {
        return 0.0;
    };
    let length = line.length();
    if surface.is_empty() {
        return if corner == 0 { 0.0 } else { (to - from) * length };
    }
    let mut stops = vec![from, to];
    // Where the line runs on the border itself: the middle of such a part, rounded, may be just beside it.
    let mut along: Vec<[f64; 2]> = Vec::new();
    for edge in surface {
        let crossings = crossings(line, edge);
        if let [Some(a), Some(b)] = crossings
            && side(line.from, line.to, edge.from) == 0.0
            && side(line.from, line.to, edge.to) == 0.0
        {
            along.push([a.min(b), a.max(b)]);
        }
        stops.extend(crossings.into_iter().flatten().filter(|part| *part > from && *part < to));
    }
    stops.sort_by(f64::total_cmp);
    let inside = |part: f64| {
        if along.iter().any(|[a, b]| (*a..=*b).contains(&part)) {
            return true;
        }
        let point = line.at(part);
        // Rounding may put a point just over the border of the cell.
        let point = [point[0].clamp(cell.left(), cell.right()), point[1].clamp(cell.floor(), cell.top())];
        position(cell, corner, surface, point) != Position::Outside
    };
    let parts: f64 = stops
        .windows(2)
        .filter_map(|pair| match pair {
            [a, b] if b > a && inside(0.5 * (a + b)) => Some(b - a),
            _ => None,
        })
        .sum();
    parts * length
}

/// Where on `line`, as parts of the way, `edge` crosses it, or begins and ends along it.
fn crossings(line: &Edge, edge: &Edge) -> [Option<f64>; 2] {
    let (dx, dy) = (line.to[0] - line.from[0], line.to[1] - line.from[1]);
    let (ex, ey) = (edge.to[0] - edge.from[0], edge.to[1] - edge.from[1]);
    let (fx, fy) = (edge.from[0] - line.from[0], edge.from[1] - line.from[1]);
    let cross = dx * ey - dy * ex;
    let square = dx * dx + dy * dy;
    if square == 0.0 {
        return [None, None];
    }
    if cross.abs() <= 1e-12 * square.sqrt() * ex.hypot(ey) {
        let part = |x: f64, y: f64| (x * dx + y * dy) / square;
        return [Some(part(fx, fy)), Some(part(fx + ex, fy + ey))];
    }
    let along = (fx * ey - fy * ex) / cross;
    let across = (fx * dy - fy * dx) / cross;
    [(-1e-9..=1.0 + 1e-9).contains(&across).then_some(along), None]
}

/// The length within the cell that two edges run along each other, to a tenth of a millimetre.
pub(crate) fn length_along(cell: Cell, one: &Edge, other: &Edge) -> f64 {
    const NEAR: f64 = 1e-4;
    let Some((from, to)) = clip(cell, one) else {
        return 0.0;
    };
    let length = one.length();
    let away = |point: Point| {
        let (dx, dy) = (one.to[0] - one.from[0], one.to[1] - one.from[1]);
        (dx * (point[1] - one.from[1]) - dy * (point[0] - one.from[0])).abs() / length
    };
    if away(other.from) > NEAR || away(other.to) > NEAR {
        return 0.0;
    }
    let part = |point: Point| {
        let (dx, dy) = (one.to[0] - one.from[0], one.to[1] - one.from[1]);
        ((point[0] - one.from[0]) * dx + (point[1] - one.from[1]) * dy) / (length * length)
    };
    let (a, b) = (part(other.from), part(other.to));
    let shared = to.min(a.max(b)) - from.max(a.min(b));
    shared.max(0.0) * length
}
