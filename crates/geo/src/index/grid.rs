//! The square cells that space is divided into. Their borders are whole metres, so that no rounding can put a point on
//! the wrong side of one.

use crate::edge::Point;

/// The side of a cell, in metres.
pub(crate) const SIZE: f64 = 256.0;
/// How far beyond its border a cell still lists an edge, in metres: rounding may not lose one.
pub(crate) const SLACK: f64 = 1e-6;

/// A cell by row, then column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Cell {
    pub row: i32,
    pub column: i32,
}

impl Cell {
    /// The cell that holds a point; of its borders a cell has the left and the lower.
    pub fn of(point: Point) -> Self {
        Self { row: step(point[1]), column: step(point[0]) }
    }

    /// The left border.
    pub fn left(self) -> f64 {
        f64::from(self.column) * SIZE
    }

    /// The right border.
    pub fn right(self) -> f64 {
        f64::from(self.column + 1) * SIZE
    }

    /// The lower border.
    pub fn floor(self) -> f64 {
        f64::from(self.row) * SIZE
    }

    /// The upper border.
    pub fn top(self) -> f64 {
        f64::from(self.row + 1) * SIZE
    }

    /// The upper left corner.
    pub fn corner(self) -> Point {
        [self.left(), self.top()]
    }
}

/// The row or column a coordinate is in.
pub(crate) fn step(value: f64) -> i32 {
    // Coordinates are checked to be those of the country, far below the limit.
    #[allow(clippy::cast_possible_truncation)]
    let step = (value / SIZE).floor() as i32;
    step
}
