//! A directed edge, and on which side of it a point lies.

use robust::{Coord, orient2d};

/// A point in RD New.
pub type Point = [f64; 2];

/// A directed straight edge.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edge {
    /// Where it starts.
    pub from: Point,
    /// Where it ends.
    pub to: Point,
}

impl Edge {
    /// An edge from one point to another.
    #[must_use]
    pub fn new(from: Point, to: Point) -> Self {
        Self { from, to }
    }

    /// Its length in metres.
    #[must_use]
    pub fn length(&self) -> f64 {
        (self.to[0] - self.from[0]).hypot(self.to[1] - self.from[1])
    }

    /// The end with the lower first coordinate, then the other.
    fn left_to_right(&self) -> (Point, Point) {
        if self.from[0] <= self.to[0] { (self.from, self.to) } else { (self.to, self.from) }
    }

    /// The lower end, then the upper.
    fn upwards(&self) -> (Point, Point) {
        if self.from[1] <= self.to[1] { (self.from, self.to) } else { (self.to, self.from) }
    }

    /// Whether `point` is above the line through this edge (positive), on it (0) or below; exact. For an edge that is
    /// not vertical.
    #[must_use]
    pub fn above(&self, point: Point) -> f64 {
        let (left, right) = self.left_to_right();
        side(left, right, point)
    }

    /// Whether the edge passes at or left of `corner` on the line just above its height: exact, and consistent for
    /// every point, as the line counts as a hair above the height and the corner as a smaller hair to the right. For an
    /// edge that straddles that line.
    #[must_use]
    pub fn passes_left_of(&self, corner: Point) -> bool {
        let (low, high) = self.upwards();
        let side = side(low, high, corner);
        // Left of an upward line is positive.
        side < 0.0 || (side == 0.0 && high[0] <= low[0])
    }

    /// Whether the line just above height `y` crosses the edge.
    #[must_use]
    pub fn straddles(&self, y: f64) -> bool {
        (self.from[1] > y) != (self.to[1] > y)
    }

    /// Whether the point lies on the edge; exact.
    #[must_use]
    pub fn holds(&self, point: Point) -> bool {
        let ([x1, y1], [x2, y2]) = (self.from, self.to);
        let [x, y] = point;
        x >= x1.min(x2)
            && x <= x1.max(x2)
            && y >= y1.min(y2)
            && y <= y1.max(y2)
            && side(self.from, self.to, point) == 0.0
    }

    /// Whether two edges have a point in common; exact.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        let (a, b) = (side(self.from, self.to, other.from), side(self.from, self.to, other.to));
        let (c, d) = (side(other.from, other.to, self.from), side(other.from, other.to, self.to));
        if ((a > 0.0 && b < 0.0) || (a < 0.0 && b > 0.0)) && ((c > 0.0 && d < 0.0) || (c < 0.0 && d > 0.0)) {
            return true;
        }
        self.holds(other.from) || self.holds(other.to) || other.holds(self.from) || other.holds(self.to)
    }

    /// The distance from a point to the edge, in metres.
    #[must_use]
    pub fn distance(&self, point: Point) -> f64 {
        let (dx, dy) = (self.to[0] - self.from[0], self.to[1] - self.from[1]);
        let square = dx * dx + dy * dy;
        let along = if square == 0.0 {
            0.0
        } else {
            (((point[0] - self.from[0]) * dx + (point[1] - self.from[1]) * dy) / square).clamp(0.0, 1.0)
        };
        (self.from[0] + along * dx - point[0]).hypot(self.from[1] + along * dy - point[1])
    }

    /// The point at a part of the way.
    #[must_use]
    pub fn at(&self, part: f64) -> Point {
        [self.from[0] + (self.to[0] - self.from[0]) * part, self.from[1] + (self.to[1] - self.from[1]) * part]
    }
}

/// Positive when `point` is left of the line from `a` to `b`, 0 on it; the sign is exact.
#[must_use]
pub fn side(a: Point, b: Point, point: Point) -> f64 {
    let coord = |point: Point| Coord { x: point[0], y: point[1] };
    orient2d(coord(a), coord(b), coord(point))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn on_the_edge_is_exact() {
        let edge = Edge::new([0.0, 0.0], [3.0, 1.0]);
        assert!(edge.holds([1.5, 0.5]));
        assert!(!edge.holds([1.5, 0.5000000000000001]));
        assert!(!edge.holds([6.0, 2.0]));
    }

    #[test]
    fn a_touch_is_a_meeting() {
        let edge = Edge::new([0.0, 0.0], [4.0, 0.0]);
        assert!(edge.meets(&Edge::new([2.0, 0.0], [2.0, 5.0])));
        assert!(edge.meets(&Edge::new([4.0, 0.0], [8.0, 0.0])));
        assert!(!edge.meets(&Edge::new([5.0, 0.0], [8.0, 0.0])));
        assert!(edge.meets(&Edge::new([1.0, -1.0], [1.0, 1.0])));
        assert!(!edge.meets(&Edge::new([1.0, 0.1], [1.0, 1.0])));
    }
}
