//! Cuts the edges of a shape up by cell.

use super::grid::{Cell, SIZE, SLACK, step};
use crate::edge::Edge;

/// What of a shape is in one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Piece {
    pub cell: Cell,
    /// How often the upper left corner of the cell is inside the shape: 0 or 1, unless shapes overlap.
    pub corner: i32,
    /// Its edges in this cell, in the list of all; none when the cell is inside the shape as a whole.
    pub first: u32,
    pub count: u32,
}

/// A shape cut up: pieces by cell, in order, and their edges.
#[derive(Debug, Default)]
pub(crate) struct Cut {
    pub pieces: Vec<Piece>,
    pub edges: Vec<Edge>,
    listed: Vec<(Cell, u32)>,
    turns: Vec<(Cell, i32)>,
}

impl Cut {
    /// Cuts `edges`; `surface` when they are the rings of a surface.
    pub fn of(edges: &[Edge], surface: bool) -> Self {
        let mut cut = Self::default();
        cut.fill(edges, surface);
        cut
    }

    /// Cuts `edges` up in what an earlier cut used.
    pub fn fill(&mut self, edges: &[Edge], surface: bool) {
        self.pieces.clear();
        self.edges.clear();
        self.listed.clear();
        self.turns.clear();
        for (n, edge) in edges.iter().enumerate() {
            // A shape has far fewer edges than that: readers limit them.
            let Ok(n) = u32::try_from(n) else {
                break;
            };
            self.list(n, edge);
            if surface {
                self.turn(edge);
            }
        }
        self.listed.sort_unstable();
        self.turns.sort_unstable();
        self.gather(edges);
    }

    /// Notes the cells an edge passes through or touches.
    fn list(&mut self, n: u32, edge: &Edge) {
        let ([x1, y1], [x2, y2]) =
            if edge.from[1] <= edge.to[1] { (edge.from, edge.to) } else { (edge.to, edge.from) };
        let rows = step(y1 - SLACK)..=step(y2 + SLACK);
        let single = rows.start() == rows.end();
        let slope = if y2 > y1 { (x2 - x1) / (y2 - y1) } else { 0.0 };
        for row in rows {
            let (a, b) = if single || y2 <= y1 {
                (x1, x2)
            } else {
                let floor = f64::from(row) * SIZE - SLACK;
                let top = floor + SIZE + 2.0 * SLACK;
                let at = |y: f64| {
                    if y <= y1 {
                        x1
                    } else if y >= y2 {
                        x2
                    } else {
                        x1 + (y - y1) * slope
                    }
                };
                (at(floor), at(top))
            };
            for column in step(a.min(b) - SLACK)..=step(a.max(b) + SLACK) {
                self.listed.push((Cell { row, column }, n));
            }
        }
    }

    /// Notes from which corner on, in each row, the shape is entered or left through an edge.
    fn turn(&mut self, edge: &Edge) {
        let (y1, y2) = (edge.from[1].min(edge.to[1]), edge.from[1].max(edge.to[1]));
        if y1 == y2 {
            return;
        }
        let slope = (edge.to[0] - edge.from[0]) / (edge.to[1] - edge.from[1]);
        let weight = if edge.to[1] < edge.from[1] { 1 } else { -1 };
        for row in step(y1) - 1..=step(y2) {
            let top = f64::from(row + 1) * SIZE;
            if !edge.straddles(top) {
                continue;
            }
            let x = edge.from[0] + (top - edge.from[1]) * slope;
            let mut cell = Cell { row, column: step(x - 1e-3) };
            // The first corner at or right of where it passes.
            while !edge.passes_left_of(cell.corner()) {
                cell.column += 1;
            }
            self.turns.push((cell, weight));
        }
    }

    /// Row by row, from left to right: which cells have edges, and which lie inside.
    fn gather(&mut self, edges: &[Edge]) {
        let mut turns = self.turns.iter().copied().peekable();
        let mut listed = self.listed.iter().copied().peekable();
        let mut inside = 0_i32;
        loop {
            // The cell of the next thing that happens.
            let cell = match (turns.peek(), listed.peek()) {
                (Some((a, _)), Some((b, _))) => *a.min(b),
                (Some((a, _)), None) => *a,
                (None, Some((b, _))) => *b,
                (None, None) => break,
            };
            while let Some((_, weight)) = turns.next_if(|(at, _)| *at == cell) {
                inside += weight;
            }
            let first = self.edges.len();
            while let Some((_, n)) = listed.next_if(|(at, _)| *at == cell) {
                if let Some(edge) = edges.get(n as usize) {
                    self.edges.push(*edge);
                }
            }
            let count = self.edges.len() - first;
            if count > 0 || inside != 0 {
                self.pieces.push(Piece { cell, corner: inside, first: first as u32, count: count as u32 });
            }
            if inside == 0 {
                continue;
            }
            // The cells up to the next thing lie inside as a whole.
            let next = match (turns.peek(), listed.peek()) {
                (Some((a, _)), Some((b, _))) => *a.min(b),
                (Some((a, _)), None) => *a,
                (None, Some((b, _))) => *b,
                (None, None) => break,
            };
            if next.row == cell.row {
                let first = self.edges.len() as u32;
                self.pieces.extend((cell.column + 1..next.column).map(|column| Piece {
                    cell: Cell { row: cell.row, column },
                    corner: inside,
                    first,
                    count: 0,
                }));
            } else {
                inside = 0;
            }
        }
    }
}
