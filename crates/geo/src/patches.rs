//! Connected groups of cells that are alike, and their outlines.

use crate::edge::Point;
use crate::raster::Grid;
use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use std::collections::BTreeMap;

/// A connected group of cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patch {
    /// What its cells have in common.
    pub label: u32,
    /// How many cells.
    pub cells: usize,
    /// A cell of it: its first, by row and then column.
    pub first: (usize, usize),
    /// Lowest and highest row.
    pub rows: (usize, usize),
    /// Lowest and highest column.
    pub columns: (usize, usize),
}

/// The patches of a grid.
#[derive(Debug)]
pub struct Patches {
    grid: Grid,
    /// For each cell the number of its patch plus one; 0 for none.
    of_cell: Vec<u32>,
    /// The patches.
    pub patches: Vec<Patch>,
}

impl Patches {
    /// The groups of cells with the same label that share a side; cells without a label are in none. Labels are by row,
    /// from the lower left.
    #[must_use]
    pub fn new(grid: Grid, labels: &[Option<u32>]) -> Self {
        let mut groups = Groups::default();
        let mut of_cell = vec![0_u32; labels.len()];
        let columns = grid.columns.max(1);
        for (n, label) in labels.iter().enumerate() {
            let Some(label) = label else {
                continue;
            };
            let alike = |other: Option<usize>| {
                let other = other?;
                (labels.get(other).copied().flatten() == Some(*label)).then(|| of_cell.get(other).copied())?
            };
            let left = alike((n % columns > 0).then(|| n - 1));
            let below = alike(n.checked_sub(columns));
            let group = match (left, below) {
                (Some(left), Some(below)) => groups.join(left, below),
                (Some(one), None) | (None, Some(one)) => one,
                (None, None) => groups.start(),
            };
            if let Some(cell) = of_cell.get_mut(n) {
                *cell = group;
            }
        }
        let mut numbers = vec![0_u32; groups.parents.len() + 1];
        let mut patches: Vec<Patch> = Vec::new();
        for (n, cell) in of_cell.iter_mut().enumerate() {
            if *cell == 0 {
                continue;
            }
            let root = groups.root(*cell);
            let (row, column) = (n / columns, n % columns);
            let Some(number) = numbers.get_mut(root as usize) else {
                continue;
            };
            if *number == 0 {
                let label = labels.get(n).copied().flatten().unwrap_or_default();
                let (rows, columns) = ((row, row), (column, column));
                patches.push(Patch { label, cells: 0, first: (row, column), rows, columns });
                *number = patches.len() as u32;
            }
            if let Some(patch) = patches.get_mut(*number as usize - 1) {
                patch.cells += 1;
                patch.rows.1 = row;
                patch.columns = (patch.columns.0.min(column), patch.columns.1.max(column));
            }
            *cell = *number;
        }
        Self { grid, of_cell, patches }
    }

    /// The number of the patch that holds a cell.
    #[must_use]
    pub fn of(&self, row: usize, column: usize) -> Option<usize> {
        if column >= self.grid.columns {
            return None;
        }
        let number = self.of_cell.get(row * self.grid.columns + column).copied().unwrap_or_default();
        (number as usize).checked_sub(1)
    }

    /// The outline of a patch, along the sides of its cells; `wider` takes that many cells more on each side.
    #[must_use]
    pub fn outline(&self, number: usize, wider: usize) -> MultiPolygon<f64> {
        let Some(patch) = self.patches.get(number) else {
            return MultiPolygon(Vec::new());
        };
        // A window round the patch; beyond it nothing is inside.
        let margin = wider + 1;
        let (rows, columns) = (
            patch.rows.1 - patch.rows.0 + 1 + 2 * margin,
            patch.columns.1 - patch.columns.0 + 1 + 2 * margin,
        );
        let mut inside = vec![false; rows * columns];
        for row in patch.rows.0..=patch.rows.1 {
            for column in patch.columns.0..=patch.columns.1 {
                if self.of(row, column) != Some(number) {
                    continue;
                }
                let (r, c) = (row - patch.rows.0 + margin, column - patch.columns.0 + margin);
                for r in r - wider..=r + wider {
                    for c in c - wider..=c + wider {
                        if let Some(cell) = inside.get_mut(r * columns + c) {
                            *cell = true;
                        }
                    }
                }
            }
        }
        let corner = |row: usize, column: usize| -> Point {
            let along = |origin: f64, first: usize, n: usize| {
                origin + (first as f64 + n as f64 - margin as f64) * self.grid.step
            };
            [
                along(self.grid.origin[0], patch.columns.0, column),
                along(self.grid.origin[1], patch.rows.0, row),
            ]
        };
        polygons(&inside, rows, columns, corner)
    }
}

/// Groups that turn out to be one.
#[derive(Default)]
struct Groups {
    /// For each group, from 1, the one it was joined to.
    parents: Vec<u32>,
}

impl Groups {
    fn start(&mut self) -> u32 {
        let number = self.parents.len() as u32 + 1;
        self.parents.push(number);
        number
    }

    fn parent(&self, group: u32) -> u32 {
        self.parents.get((group as usize).wrapping_sub(1)).copied().unwrap_or(group)
    }

    fn root(&mut self, mut group: u32) -> u32 {
        loop {
            let parent = self.parent(group);
            if parent == group {
                return group;
            }
            let above = self.parent(parent);
            if let Some(place) = self.parents.get_mut(group as usize - 1) {
                *place = above;
            }
            group = above;
        }
    }

    fn join(&mut self, one: u32, other: u32) -> u32 {
        let (one, other) = (self.root(one), self.root(other));
        let (low, high) = (one.min(other), one.max(other));
        if let Some(place) = self.parents.get_mut((high as usize).wrapping_sub(1)) {
            *place = low;
        }
        low
    }
}

type Corner = (usize, usize);

/// The polygons of the cells that are inside. Cells that only share a corner are apart.
fn polygons(
    inside: &[bool],
    rows: usize,
    columns: usize,
    place: impl Fn(usize, usize) -> Point,
) -> MultiPolygon<f64> {
    let at = |row: usize, column: usize| inside.get(row * columns + column).copied().unwrap_or_default();
    // Sides of cells with the inside at their left, by where they start.
    let mut sides: BTreeMap<Corner, Vec<Corner>> = BTreeMap::new();
    for row in 1..rows.saturating_sub(1) {
        for column in 1..columns.saturating_sub(1) {
            if !at(row, column) {
                continue;
            }
            let mut side = |from: Corner, to: Corner| sides.entry(from).or_default().push(to);
            if !at(row - 1, column) {
                side((row, column), (row, column + 1));
            }
            if !at(row, column + 1) {
                side((row, column + 1), (row + 1, column + 1));
            }
            if !at(row + 1, column) {
                side((row + 1, column + 1), (row + 1, column));
            }
            if !at(row, column - 1) {
                side((row + 1, column), (row, column));
            }
        }
    }
    let (mut outer, mut holes): (Vec<Vec<Corner>>, Vec<Vec<Corner>>) = (Vec::new(), Vec::new());
    while let Some((start, _)) = sides.first_key_value().map(|(start, to)| (*start, to.len())) {
        let mut ring = vec![start];
        let (mut here, mut before) = (start, None);
        while let Some(next) = take(&mut sides, here, before) {
            before = Some(here);
            here = next;
            if here == start {
                break;
            }
            ring.push(here);
        }
        for ring in simple(ring).into_iter().map(straight) {
            if twice_area(&ring) > 0 { outer.push(ring) } else { holes.push(ring) }
        }
    }
    let line = |ring: &[Corner]| {
        let points = ring.iter().chain(ring.first()).map(|(row, column)| place(*row, *column));
        LineString(points.map(|[x, y]| Coord { x, y }).collect())
    };
    let mut polygons: Vec<(Vec<Corner>, Polygon<f64>)> =
        outer.into_iter().map(|ring| (ring.clone(), Polygon::new(line(&ring), Vec::new()))).collect();
    // The smallest ring that holds a hole is its own.
    polygons.sort_by_key(|(ring, _)| twice_area(ring));
    for hole in holes {
        // The cell at the upper right of its lowest corner lies in it.
        let Some(first) = hole.iter().min() else {
            continue;
        };
        if let Some((_, polygon)) = polygons.iter_mut().find(|(ring, _)| holds(ring, *first)) {
            polygon.interiors_push(line(&hole));
        }
    }
    MultiPolygon(polygons.into_iter().map(|(_, polygon)| polygon).collect())
}

/// The next side from a corner; where two start, the one that turns left, so that cells that share a corner stay apart.
fn take(sides: &mut BTreeMap<Corner, Vec<Corner>>, here: Corner, before: Option<Corner>) -> Option<Corner> {
    let list = sides.get_mut(&here)?;
    let turn = |next: &Corner| match before {
        None => 0,
        Some(before) => {
            let way = |from: Corner, to: Corner| (to.0 as i64 - from.0 as i64, to.1 as i64 - from.1 as i64);
            let ((ay, ax), (by, bx)) = (way(before, here), way(here, *next));
            ax * by - ay * bx
        }
    };
    let best = (0..list.len()).max_by_key(|n| list.get(*n).map(turn))?;
    let next = list.swap_remove(best);
    if list.is_empty() {
        sides.remove(&here);
    }
    Some(next)
}

/// The ring as rings that come by each corner once: cells that meet at a corner may close off a hole.
fn simple(ring: Vec<Corner>) -> Vec<Vec<Corner>> {
    let mut rings = Vec::new();
    let mut open: Vec<Corner> = Vec::new();
    for corner in ring {
        if let Some(at) = open.iter().position(|known| *known == corner) {
            rings.push(open.split_off(at));
        }
        open.push(corner);
    }
    rings.push(open);
    rings
}

/// The ring without corners it runs straight through.
fn straight(ring: Vec<Corner>) -> Vec<Corner> {
    let count = ring.len();
    let turns = |n: &usize| {
        let (Some(a), Some(b), Some(c)) =
            (ring.get((n + count - 1) % count), ring.get(*n), ring.get((n + 1) % count))
        else {
            return false;
        };
        !(a.0 == b.0 && b.0 == c.0 || a.1 == b.1 && b.1 == c.1)
    };
    (0..count).filter(turns).filter_map(|n| ring.get(n).copied()).collect()
}

fn twice_area(ring: &[Corner]) -> i64 {
    ring.iter()
        .zip(ring.iter().cycle().skip(1))
        .map(|((ay, ax), (by, bx))| *ax as i64 * *by as i64 - *bx as i64 * *ay as i64)
        .sum()
}

/// Whether a ring holds the cell at the upper right of a corner that is not on it, or the hole that starts there.
fn holds(ring: &[Corner], corner: Corner) -> bool {
    let (y, x) = (corner.0 as f64 + 0.25, corner.1 as f64 + 0.25);
    let mut inside = false;
    for ((ay, ax), (by, bx)) in ring.iter().zip(ring.iter().cycle().skip(1)) {
        let (ay, ax, by, bx) = (*ay as f64, *ax as f64, *by as f64, *bx as f64);
        if (ay > y) != (by > y) && x < ax + (y - ay) * (bx - ax) / (by - ay) {
            inside = !inside;
        }
    }
    inside
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;
    use geo::{Area, Validation};
    use proptest::prelude::*;

    fn grid(columns: usize, rows: usize) -> Grid {
        Grid { origin: [0.0, 0.0], step: 10.0, columns, rows }
    }

    #[test]
    fn a_ring_of_cells_has_a_hole() {
        let labels: Vec<Option<u32>> = (0..25).map(|n| Some(u32::from(n == 12))).collect();
        let patches = Patches::new(grid(5, 5), &labels);
        assert_eq!(patches.patches.len(), 2);
        let ring = patches.outline(patches.of(0, 0).unwrap(), 0);
        assert_eq!((ring.0.len(), ring.0[0].interiors().len()), (1, 1));
        assert!((ring.unsigned_area() - 2_400.0).abs() < 1e-9);
        let wider = patches.outline(patches.of(2, 2).unwrap(), 1);
        assert!((wider.unsigned_area() - 900.0).abs() < 1e-9);
    }

    #[test]
    fn cells_that_meet_at_a_corner_close_off_a_hole() {
        // Rows from below: a ring of cells round an empty one, open only at a corner.
        let rows = ["##..", "#.#.", "###.", "...."];
        let labels: Vec<Option<u32>> = rows.concat().chars().map(|cell| (cell == '#').then_some(2)).collect();
        let patches = Patches::new(grid(4, 4), &labels);
        let outline = patches.outline(0, 0);
        assert!(outline.is_valid(), "{outline:?}");
        assert_eq!((outline.0.len(), outline.0[0].interiors().len()), (1, 1));
        assert!((outline.unsigned_area() - 700.0).abs() < 1e-9);
    }

    proptest! {
        #[test]
        fn outlines_are_valid_and_as_large_as_their_cells(labels in prop::collection::vec(prop::option::of(0..3_u32), 144)) {
            let patches = Patches::new(grid(12, 12), &labels);
            let cells: usize = patches.patches.iter().map(|patch| patch.cells).sum();
            prop_assert_eq!(cells, labels.iter().flatten().count());
            for (n, patch) in patches.patches.iter().enumerate() {
                let outline = patches.outline(n, 0);
                prop_assert!((outline.unsigned_area() - patch.cells as f64 * 100.0).abs() < 1e-6);
                prop_assert!(outline.is_valid(), "{:?}", outline);
                prop_assert_eq!(outline.0.len(), 1);
            }
            // Neighbours are in the same patch exactly when they are alike.
            for row in 0..12 {
                for column in 0..11 {
                    let (a, b) = (labels[row * 12 + column], labels[row * 12 + column + 1]);
                    if a.is_some() {
                        prop_assert_eq!(patches.of(row, column) == patches.of(row, column + 1), a == b);
                    }
                }
            }
        }
    }
}
