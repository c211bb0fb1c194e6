//! The area two shapes share, without cutting one by the other.
//!
//! A shape in a cell is a sum of wedges: the regions under its edges, down to the floor of the cell, counted positive
//! when the inside is below the edge and negative when it is above. The area of the overlap of two shapes then is the sum,
//! over all pairs of wedges, of the area two wedges share: an integral of the lower of two straight lines, which has a
//! closed form. Nothing can go wrong in it: there are no crossing points to find and no degenerate cases.

use super::grid::{Cell, SIZE};
use crate::edge::Edge;

/// The region under a straight line, down to the floor of a cell. Coordinates are relative to the cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Wedge {
    left: f64,
    right: f64,
    /// Height at the left.
    height: f64,
    slope: f64,
    /// 1 when the inside is below, -1 when it is above; more when shapes overlap.
    weight: f64,
}

impl Wedge {
    fn area(&self) -> f64 {
        let width = self.right - self.left;
        self.weight * width * (self.height + 0.5 * self.slope * width)
    }

    #[inline]
    fn shared(&self, other: &Self) -> f64 {
        let left = self.left.max(other.left);
        let width = self.right.min(other.right) - left;
        if width <= 0.0 {
            return 0.0;
        }
        let a = self.height + self.slope * (left - self.left);
        let b = other.height + other.slope * (left - other.left);
        let (rise_a, rise_b) = (self.slope * width, other.slope * width);
        // The lower of two lines is their mean less half the distance between them.
        let mean = 0.5 * (a + b) + 0.25 * (rise_a + rise_b);
        let (start, end) = (a - b, a + rise_a - b - rise_b);
        let apart = if start * end >= 0.0 {
            0.5 * (start.abs() + end.abs())
        } else {
            0.5 * (start * start + end * end) / (start.abs() + end.abs())
        };
        self.weight * other.weight * width * (mean - 0.5 * apart)
    }
}

/// The wedges of a shape in a cell.
#[derive(Debug, Default)]
pub(crate) struct Wedges(Vec<Wedge>);

impl Wedges {
    /// Takes the shape that has these edges in the cell, and this often holds the cell's upper left corner.
    pub fn fill(&mut self, cell: Cell, corner: i32, edges: &[Edge]) {
        self.0.clear();
        if corner != 0 {
            self.level(0.0, f64::from(corner));
        }
        let (left, floor, top) = (cell.left(), cell.floor(), cell.top());
        for edge in edges {
            let ([x1, y1], [x2, y2]) = (edge.from, edge.to);
            let (x1, y1, x2, y2) = (x1 - left, y1 - floor, x2 - left, y2 - floor);
            if edge.straddles(top) && !edge.passes_left_of(cell.corner()) {
                // From here on along the top, the shape is entered or left.
                let x = x1 + (SIZE - y1) * (x2 - x1) / (y2 - y1);
                self.level(x, if y2 < y1 { 1.0 } else { -1.0 });
            }
            if x1 < x2 {
                self.slanted([x1, y1, x2, y2], -1.0);
            } else if x2 < x1 {
                self.slanted([x2, y2, x1, y1], 1.0);
            }
        }
    }

    /// From `left` on, everything in the cell.
    fn level(&mut self, left: f64, weight: f64) {
        let left = left.max(0.0);
        if left < SIZE {
            self.0.push(Wedge { left, right: SIZE, height: SIZE, slope: 0.0, weight });
        }
    }

    /// Under the part of an edge that is in the cell.
    fn slanted(&mut self, [x1, y1, x2, y2]: [f64; 4], weight: f64) {
        let slope = (y2 - y1) / (x2 - x1);
        let (mut left, mut right) = (x1.max(0.0), x2.min(SIZE));
        let at = |x: f64| y1 + (x - x1) * slope;
        if slope > 0.0 {
            if y1 < 0.0 {
                left = left.max(x1 - y1 / slope);
            }
            if y2 > SIZE {
                right = right.min(x1 + (SIZE - y1) / slope);
            }
        } else if slope < 0.0 {
            if y1 > SIZE {
                left = left.max(x1 + (SIZE - y1) / slope);
            }
            if y2 < 0.0 {
                right = right.min(x1 - y1 / slope);
            }
        } else if !(0.0..=SIZE).contains(&y1) {
            return;
        }
        if left < right {
            self.0.push(Wedge { left, right, height: at(left), slope, weight });
        }
    }

    /// The area of the shape in the cell, in m².
    pub fn area(&self) -> f64 {
        self.0.iter().map(Wedge::area).sum()
    }

    /// The area two shapes share in the cell, in m².
    pub fn shared(&self, other: &Self) -> f64 {
        let mut sum = 0.0;
        for one in &self.0 {
            for another in &other.0 {
                sum += one.shared(another);
            }
        }
        sum
    }
}
