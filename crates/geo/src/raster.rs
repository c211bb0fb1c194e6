//! Which layers hold the middle of each cell of a fine grid. Cells that lie in the same layers share a class, so that
//! whoever judges the whole province judges each class once. A cell says exactly what asking at its middle says.

use crate::edge::{Edge, Point};
use crate::index::Key;
use crate::shape::{Dimension, Shape};
use rayon::prelude::*;
use std::collections::HashMap;

/// A grid of square cells.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Grid {
    /// The lower left corner.
    pub origin: Point,
    /// The side of a cell, in metres.
    pub step: f64,
    /// How many cells wide.
    pub columns: usize,
    /// How many cells high.
    pub rows: usize,
}

impl Grid {
    /// The grid that covers these bounds, on whole multiples of the step.
    #[must_use]
    pub fn over(low: Point, high: Point, step: f64) -> Self {
        let start = |value: f64| (value / step).floor() * step;
        let origin = [start(low[0]), start(low[1])];
        let count = |from: f64, to: f64| {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let count = ((to - from) / step).ceil().max(1.0) as usize;
            count
        };
        Self { origin, step, columns: count(origin[0], high[0]), rows: count(origin[1], high[1]) }
    }

    /// The middle of a cell. Rows count upwards.
    #[must_use]
    pub fn middle(&self, row: usize, column: usize) -> Point {
        [self.x(column), self.y(row)]
    }

    fn x(&self, column: usize) -> f64 {
        self.origin[0] + (column as f64 + 0.5) * self.step
    }

    fn y(&self, row: usize) -> f64 {
        self.origin[1] + (row as f64 + 0.5) * self.step
    }

    /// The first row or column whose middle is at or beyond a coordinate, kept within the grid.
    fn first(&self, value: f64, origin: f64, count: usize) -> usize {
        let place = ((value - origin) / self.step - 0.5).ceil();
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let place = place.clamp(0.0, count as f64) as usize;
        place
    }

    /// The cell that holds a point; `None` outside the grid.
    #[must_use]
    pub fn cell(&self, point: Point) -> Option<(usize, usize)> {
        let place = |value: f64, origin: f64, count: usize| {
            let place = ((value - origin) / self.step).floor();
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            (place >= 0.0 && place < count as f64).then_some(place as usize)
        };
        Some((place(point[1], self.origin[1], self.rows)?, place(point[0], self.origin[0], self.columns)?))
    }
}

/// The classes of the cells of a grid.
#[derive(Debug)]
pub struct Raster {
    /// The grid.
    pub grid: Grid,
    /// The class of each cell, row by row from the lower left.
    pub cells: Vec<u32>,
    /// For each class the keys that hold its cells, in order.
    pub classes: Vec<Box<[Key]>>,
}

/// From here on, in this row, a key is entered or left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Turn {
    row: u32,
    column: u32,
    key: Key,
    weight: i8,
}

/// Rows that are worked on together.
const BAND: usize = 64;

impl Raster {
    /// The classes that these shapes make.
    #[must_use]
    pub fn new(grid: Grid, shapes: &[(Key, Shape)]) -> Self {
        let mut turns: Vec<Turn> =
            shapes.par_iter().flat_map_iter(|(key, shape)| turns(&grid, *key, shape)).collect();
        turns.par_sort_unstable();
        let keys = shapes.iter().map(|(key, _)| *key as usize + 1).max().unwrap_or_default();
        let bands: Vec<usize> = (0..grid.rows).step_by(BAND).collect();
        let bands: Vec<Band> = bands
            .par_iter()
            .map(|first| {
                let last = (first + BAND).min(grid.rows);
                let from = turns.partition_point(|turn| (turn.row as usize) < *first);
                let to = turns.partition_point(|turn| (turn.row as usize) < last);
                Band::new(&grid, *first..last, turns.get(from..to).unwrap_or_default(), keys)
            })
            .collect();
        let mut known: HashMap<Box<[Key]>, u32> = HashMap::new();
        let mut classes: Vec<Box<[Key]>> = Vec::new();
        let mut cells = Vec::with_capacity(grid.rows * grid.columns);
        for band in bands {
            let own: Vec<u32> = band
                .classes
                .into_iter()
                .map(|class| {
                    *known.entry(class.clone()).or_insert_with(|| {
                        classes.push(class);
                        classes.len() as u32 - 1
                    })
                })
                .collect();
            cells.extend(band.cells.iter().map(|cell| own.get(*cell as usize).copied().unwrap_or_default()));
        }
        Self { grid, cells, classes }
    }

    /// The class of a cell.
    #[must_use]
    pub fn class(&self, row: usize, column: usize) -> Option<u32> {
        if column >= self.grid.columns {
            return None;
        }
        self.cells.get(row * self.grid.columns + column).copied()
    }
}

/// Some rows, with classes of their own.
struct Band {
    cells: Vec<u32>,
    classes: Vec<Box<[Key]>>,
}

impl Band {
    fn new(grid: &Grid, rows: std::ops::Range<usize>, turns: &[Turn], keys: usize) -> Self {
        let mut band = Self { cells: Vec::with_capacity(rows.len() * grid.columns), classes: Vec::new() };
        let mut known: HashMap<Vec<Key>, u32> = HashMap::new();
        let mut depth = vec![0_i32; keys];
        let mut inside: Vec<Key> = Vec::new();
        let mut turns = turns.iter().copied().peekable();
        for row in rows {
            // What begins in a row ends in it, but what runs off the right of the grid is not told.
            inside.drain(..).for_each(|key| {
                if let Some(depth) = depth.get_mut(key as usize) {
                    *depth = 0;
                }
            });
            let mut column = 0;
            while column < grid.columns {
                while let Some(turn) =
                    turns.next_if(|turn| turn.row as usize == row && turn.column as usize <= column)
                {
                    let Some(depth) = depth.get_mut(turn.key as usize) else {
                        continue;
                    };
                    let was = *depth != 0;
                    *depth += i32::from(turn.weight);
                    match (was, *depth != 0, inside.binary_search(&turn.key)) {
                        (false, true, Err(at)) => inside.insert(at, turn.key),
                        (true, false, Ok(at)) => {
                            inside.remove(at);
                        }
                        _ => {}
                    }
                }
                let end = match turns.peek() {
                    Some(turn) if turn.row as usize == row => (turn.column as usize).min(grid.columns),
                    _ => grid.columns,
                };
                let class = match known.get(&inside) {
                    Some(class) => *class,
                    None => {
                        let class = band.classes.len() as u32;
                        band.classes.push(inside.clone().into_boxed_slice());
                        known.insert(inside.clone(), class);
                        class
                    }
                };
                band.cells.resize(band.cells.len() + (end - column), class);
                column = end;
            }
            while turns.next_if(|turn| turn.row as usize == row).is_some() {}
        }
        band
    }
}

/// Where in the grid a shape is entered and left.
fn turns(grid: &Grid, key: Key, shape: &Shape) -> Vec<Turn> {
    let mut turns = Vec::new();
    let mut note = |row: usize, column: usize, weight: i8| {
        turns.push(Turn { row: row as u32, column: column as u32, key, weight });
    };
    for edge in &shape.edges {
        let (low, high) = (edge.from[1].min(edge.to[1]), edge.from[1].max(edge.to[1]));
        for row in grid.first(low, grid.origin[1], grid.rows)..grid.rows {
            let y = grid.y(row);
            if y > high {
                break;
            }
            on_edge(grid, edge, row, &mut note);
            if shape.dimension == Dimension::Surface && edge.straddles(y) {
                let column = crossing(grid, edge, y);
                note(row, column, if edge.to[1] < edge.from[1] { 1 } else { -1 });
            }
        }
    }
    for point in &shape.points {
        if let Some((row, column)) =
            grid.cell(*point).filter(|(row, column)| grid.middle(*row, *column) == *point)
        {
            note(row, column, 1);
            note(row, column + 1, -1);
        }
    }
    turns
}

/// The first column whose middle is right of where the edge crosses a height; exact.
fn crossing(grid: &Grid, edge: &Edge, y: f64) -> usize {
    let x = edge.from[0] + (y - edge.from[1]) * (edge.to[0] - edge.from[0]) / (edge.to[1] - edge.from[1]);
    let mut column = grid.first(x - 1e-3, grid.origin[0], grid.columns);
    while column < grid.columns && !edge.passes_left_of([grid.x(column), y]) {
        column += 1;
    }
    column
}

/// The middles in a row that lie on the edge itself: on a border is in.
fn on_edge(grid: &Grid, edge: &Edge, row: usize, note: &mut impl FnMut(usize, usize, i8)) {
    let y = grid.y(row);
    let (from, to) = if edge.from[1] == edge.to[1] {
        (edge.from[0].min(edge.to[0]), edge.from[0].max(edge.to[0]))
    } else {
        let x = edge.from[0] + (y - edge.from[1]) * (edge.to[0] - edge.from[0]) / (edge.to[1] - edge.from[1]);
        (x - 1e-3, x + 1e-3)
    };
    for column in grid.first(from, grid.origin[0], grid.columns)..grid.columns {
        let middle = [grid.x(column), y];
        if middle[0] > to {
            break;
        }
        if edge.holds(middle) {
            // A weight of its own, so that it can't cancel what an edge of the surface turns.
            note(row, column, 64);
            note(row, column + 1, -64);
        }
    }
}
