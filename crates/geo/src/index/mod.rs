//! Which shapes a plan overlaps, and by how much.
//!
//! Space is divided into square cells. For each cell the index knows which items cover it as a whole, and of the others
//! their edges there and whether the cell's corner is inside. A plan is cut up in the same way, and compared cell by
//! cell. Being inside, touching and lying on a border are decided exactly.

mod cut;
mod grid;
mod inside;
mod wedge;

use crate::edge::{Edge, Point};
use crate::shape::{Dimension, Shape};
use cut::Cut;
use grid::Cell;
use inside::{length_inside, position};
use rayon::prelude::*;
use wedge::Wedges;

pub use inside::Position;

/// What an item is called: the number the caller gave it. Several shapes may share it.
pub type Key = u32;

/// A plan and an item together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Overlap {
    /// The item.
    pub key: Key,
    /// What of the item the plan meets: its surface, lines or points.
    pub dimension: Dimension,
    /// What they share: m² of two surfaces; m of a line and a surface or of two lines; the number of points when one
    /// of them has points.
    pub measure: f64,
}

/// An area of this much, in m², is not due to rounding.
const ROUNDING: f64 = 1e-6;

/// Shapes, ready to be asked about.
#[derive(Debug, Default)]
pub struct Index {
    first_row: i32,
    first_column: i32,
    rows: i32,
    columns: i32,
    /// For each cell where its entries start.
    starts: Vec<u32>,
    entries: Vec<Entry>,
    edges: Vec<Edge>,
    points: Vec<Point>,
}

/// What of an item is in a cell.
#[derive(Debug, Clone, Copy)]
struct Entry {
    key: Key,
    dimension: Dimension,
    corner: i8,
    /// Its edges or points in the cell.
    first: u32,
    count: u32,
}

impl Entry {
    /// Whether the item covers the whole cell.
    fn whole(&self) -> bool {
        self.dimension == Dimension::Surface && self.count == 0
    }
}

/// An item cut up, while the index is made.
struct Item {
    key: Key,
    dimension: Dimension,
    cut: Cut,
    points: Vec<(Cell, Point)>,
}

impl Index {
    /// An index of these shapes.
    #[must_use]
    pub fn new(items: &[(Key, &Shape)]) -> Self {
        let items: Vec<Item> = items
            .par_iter()
            .map(|(key, shape)| {
                let mut points: Vec<(Cell, Point)> =
                    shape.points.iter().map(|p| (Cell::of(*p), *p)).collect();
                points.sort_by_key(|(cell, _)| *cell);
                let cut = Cut::of(&shape.edges, shape.dimension == Dimension::Surface);
                Item { key: *key, dimension: shape.dimension, cut, points }
            })
            .collect();
        Self::gather(&items)
    }

    fn gather(items: &[Item]) -> Self {
        let cells = || {
            items.iter().flat_map(|item| {
                item.cut
                    .pieces
                    .iter()
                    .map(|piece| piece.cell)
                    .chain(item.points.iter().map(|(cell, _)| *cell))
            })
        };
        let (mut low, mut high) = ((i32::MAX, i32::MAX), (i32::MIN, i32::MIN));
        for cell in cells() {
            low = (low.0.min(cell.row), low.1.min(cell.column));
            high = (high.0.max(cell.row), high.1.max(cell.column));
        }
        if low.0 > high.0 {
            return Self::default();
        }
        let mut index = Self {
            first_row: low.0,
            first_column: low.1,
            rows: high.0 - low.0 + 1,
            columns: high.1 - low.1 + 1,
            ..Self::default()
        };
        // Count, sum, place: entries end up by cell, and within one in the order of the items.
        let mut starts = vec![0_u32; index.slots() + 1];
        let mut last = None;
        for item in items {
            for cell in item
                .cut
                .pieces
                .iter()
                .map(|piece| piece.cell)
                .chain(item.points.iter().map(|(cell, _)| *cell))
            {
                if let Some(start) =
                    index.slot(cell).filter(|_| last != Some(cell)).and_then(|slot| starts.get_mut(slot + 1))
                {
                    *start += 1;
                }
                last = Some(cell);
            }
            last = None;
        }
        for n in 1..starts.len() {
            let before = starts.get(n - 1).copied().unwrap_or_default();
            if let Some(start) = starts.get_mut(n) {
                *start += before;
            }
        }
        let total = starts.last().copied().unwrap_or_default() as usize;
        let nothing = Entry { key: 0, dimension: Dimension::Points, corner: 0, first: 0, count: 0 };
        index.entries = vec![nothing; total];
        let mut next = starts.clone();
        let mut place = |index: &mut Self, cell: Cell, entry: Entry| {
            if let Some(next) = index.slot(cell).and_then(|slot| next.get_mut(slot)) {
                if let Some(place) = index.entries.get_mut(*next as usize) {
                    *place = entry;
                }
                *next += 1;
            }
        };
        for item in items {
            let base = index.edges.len() as u32;
            index.edges.extend_from_slice(&item.cut.edges);
            for piece in &item.cut.pieces {
                // How often shapes of one item overlap is small; an item is made whole before it comes here.
                let corner = i8::try_from(piece.corner).unwrap_or(i8::MAX);
                let entry = Entry {
                    key: item.key,
                    dimension: item.dimension,
                    corner,
                    first: base + piece.first,
                    count: piece.count,
                };
                place(&mut index, piece.cell, entry);
            }
            for run in item.points.chunk_by(|a, b| a.0 == b.0) {
                let first = index.points.len() as u32;
                index.points.extend(run.iter().map(|(_, point)| *point));
                let entry = Entry {
                    key: item.key,
                    dimension: item.dimension,
                    corner: 0,
                    first,
                    count: run.len() as u32,
                };
                if let Some((cell, _)) = run.first() {
                    place(&mut index, *cell, entry);
                }
            }
        }
        index.starts = starts;
        index
    }

    fn slots(&self) -> usize {
        usize::try_from(self.rows).unwrap_or_default() * usize::try_from(self.columns).unwrap_or_default()
    }

    fn slot(&self, cell: Cell) -> Option<usize> {
        let (row, column) = (cell.row - self.first_row, cell.column - self.first_column);
        if row < 0 || column < 0 || row >= self.rows || column >= self.columns {
            return None;
        }
        usize::try_from(row * self.columns + column).ok()
    }

    fn entries(&self, cell: Cell) -> &[Entry] {
        let Some(slot) = self.slot(cell) else {
            return &[];
        };
        match (self.starts.get(slot), self.starts.get(slot + 1)) {
            (Some(from), Some(to)) => self.entries.get(*from as usize..*to as usize).unwrap_or_default(),
            _ => &[],
        }
    }

    fn edges(&self, entry: &Entry) -> &[Edge] {
        let first = entry.first as usize;
        self.edges.get(first..first + entry.count as usize).unwrap_or_default()
    }

    fn points(&self, entry: &Entry) -> &[Point] {
        let first = entry.first as usize;
        self.points.get(first..first + entry.count as usize).unwrap_or_default()
    }

    /// The surfaces a point lies in or on the border of, in the order of the index.
    pub fn at(&self, point: Point, mut found: impl FnMut(Key, Position)) {
        let cell = Cell::of(point);
        for entry in self.entries(cell) {
            if entry.dimension != Dimension::Surface {
                continue;
            }
            let position = if entry.whole() {
                Position::Inside
            } else {
                position(cell, i32::from(entry.corner), self.edges(entry), point)
            };
            if position != Position::Outside {
                found(entry.key, position);
            }
        }
    }

    /// What `plan` overlaps or touches, by key.
    #[must_use]
    pub fn overlaps(&self, plan: &Shape) -> Vec<Overlap> {
        self.overlaps_with(plan, &mut Desk::default())
    }

    /// What `plan` overlaps or touches, with room to work in that can be used again.
    #[must_use]
    pub fn overlaps_with(&self, plan: &Shape, desk: &mut Desk) -> Vec<Overlap> {
        desk.found.clear();
        match plan.dimension {
            Dimension::Points => self.points_over(plan, desk),
            Dimension::Lines => self.lines_over(plan, desk),
            Dimension::Surface => self.surface_over(plan, desk),
        }
        desk.merged()
    }

    fn surface_over(&self, plan: &Shape, desk: &mut Desk) {
        let Desk { cut, mine, other, found, .. } = desk;
        cut.fill(&plan.edges, true);
        for piece in &cut.pieces {
            let entries = self.entries(piece.cell);
            if entries.is_empty() {
                continue;
            }
            let edges = piece_edges(cut, piece);
            mine.fill(piece.cell, piece.corner, edges);
            let own = mine.area();
            for entry in entries {
                let (measure, touch) = match entry.dimension {
                    Dimension::Surface if entry.whole() => (own, true),
                    Dimension::Surface => {
                        let theirs = self.edges(entry);
                        other.fill(piece.cell, i32::from(entry.corner), theirs);
                        let shared = mine.shared(other);
                        // Only where nothing that rounding could not explain is shared, whether they touch is asked.
                        let touch = shared > ROUNDING
                            || meet(edges, theirs)
                            || holds_any(piece.cell, piece.corner, edges, theirs)
                            || holds_any(piece.cell, i32::from(entry.corner), theirs, edges);
                        (shared, touch)
                    }
                    Dimension::Lines => {
                        let theirs = self.edges(entry);
                        let length: f64 = theirs
                            .iter()
                            .map(|edge| length_inside(piece.cell, piece.corner, edges, edge))
                            .sum();
                        (length, length > 0.0 || meet(edges, theirs))
                    }
                    Dimension::Points => {
                        let inside = |point: &&Point| {
                            position(piece.cell, piece.corner, edges, **point) != Position::Outside
                        };
                        let count = self.points(entry).iter().filter(inside).count();
                        (count as f64, count > 0)
                    }
                };
                if touch {
                    found.push(Overlap { key: entry.key, dimension: entry.dimension, measure });
                }
            }
        }
    }

    fn lines_over(&self, plan: &Shape, desk: &mut Desk) {
        let Desk { cut, found, .. } = desk;
        cut.fill(&plan.edges, false);
        for piece in &cut.pieces {
            let edges = piece_edges(cut, piece);
            for entry in self.entries(piece.cell) {
                let theirs = self.edges(entry);
                let (measure, touch) = match entry.dimension {
                    Dimension::Surface => {
                        let corner = i32::from(entry.corner);
                        let length: f64 =
                            edges.iter().map(|edge| length_inside(piece.cell, corner, theirs, edge)).sum();
                        let inside = || holds_any(piece.cell, corner, theirs, edges);
                        (length, length > 0.0 || meet(edges, theirs) || inside())
                    }
                    Dimension::Lines => {
                        let along = |one: &Edge| {
                            theirs.iter().map(|edge| inside::length_along(piece.cell, one, edge)).sum::<f64>()
                        };
                        (edges.iter().map(along).sum(), meet(edges, theirs))
                    }
                    Dimension::Points => {
                        let on = |point: &&Point| edges.iter().any(|edge| edge.holds(**point));
                        let count = self.points(entry).iter().filter(on).count();
                        (count as f64, count > 0)
                    }
                };
                if touch {
                    found.push(Overlap { key: entry.key, dimension: entry.dimension, measure });
                }
            }
        }
    }

    fn points_over(&self, plan: &Shape, desk: &mut Desk) {
        for point in &plan.points {
            let cell = Cell::of(*point);
            for entry in self.entries(cell).iter().filter(|entry| self.holds(cell, entry, *point)) {
                desk.found.push(Overlap { key: entry.key, dimension: entry.dimension, measure: 1.0 });
            }
        }
    }

    /// The items that hold a point: in a surface or on its border, on a line, or the same point.
    pub fn holding(&self, point: Point, mut found: impl FnMut(Key)) {
        let cell = Cell::of(point);
        for entry in self.entries(cell) {
            if self.holds(cell, entry, point) {
                found(entry.key);
            }
        }
    }

    fn holds(&self, cell: Cell, entry: &Entry, point: Point) -> bool {
        match entry.dimension {
            Dimension::Surface => {
                entry.whole()
                    || position(cell, i32::from(entry.corner), self.edges(entry), point) != Position::Outside
            }
            Dimension::Lines => self.edges(entry).iter().any(|edge| edge.holds(point)),
            Dimension::Points => self.points(entry).contains(&point),
        }
    }
}

fn piece_edges<'c>(cut: &'c Cut, piece: &cut::Piece) -> &'c [Edge] {
    let first = piece.first as usize;
    cut.edges.get(first..first + piece.count as usize).unwrap_or_default()
}

/// Whether any edge of the one meets any of the other.
fn meet(one: &[Edge], other: &[Edge]) -> bool {
    one.iter().any(|edge| {
        let (x1, x2) = (edge.from[0].min(edge.to[0]), edge.from[0].max(edge.to[0]));
        let (y1, y2) = (edge.from[1].min(edge.to[1]), edge.from[1].max(edge.to[1]));
        other.iter().any(|other| {
            other.from[0].min(other.to[0]) <= x2
                && other.from[0].max(other.to[0]) >= x1
                && other.from[1].min(other.to[1]) <= y2
                && other.from[1].max(other.to[1]) >= y1
                && edge.meets(other)
        })
    })
}

/// Whether the surface with these edges in the cell holds an end of one of the others that is in the cell.
fn holds_any(cell: Cell, corner: i32, surface: &[Edge], others: &[Edge]) -> bool {
    others.iter().flat_map(|edge| [edge.from, edge.to]).any(|point| {
        Cell::of(point) == cell
            && if surface.is_empty() {
                corner != 0
            } else {
                position(cell, corner, surface, point) != Position::Outside
            }
    })
}

/// Room to work in, to be used again.
#[derive(Debug, Default)]
pub struct Desk {
    cut: Cut,
    mine: Wedges,
    other: Wedges,
    found: Vec<Overlap>,
}

impl Desk {
    /// What was found, one for each key and dimension.
    fn merged(&mut self) -> Vec<Overlap> {
        self.found.sort_by_key(|overlap| (overlap.key, overlap.dimension));
        let mut merged: Vec<Overlap> = Vec::new();
        for overlap in &self.found {
            match merged.last_mut() {
                Some(last) if (last.key, last.dimension) == (overlap.key, overlap.dimension) => {
                    last.measure += overlap.measure;
                }
                _ => merged.push(*overlap),
            }
        }
        merged
    }
}
