//! The ledger: what of the source stands in statements, and how those work.

use crate::world::World;
use brink_policy::written::Execution;
use brink_policy::{LedgerRow, ledger};

/// Names of the figures, in the order of the columns.
pub(super) const COLUMNS: [&str; 10] = [
    "regels tekst",
    "daarvan in een uitspraak",
    "regels die oordelen",
    "opgenomen in een regel",
    "visie zwijgt",
    "gebieden",
    "doelen",
    "begrippen",
    "achtergrond",
    "gevallen",
];

/// What is covered, per section and together.
pub(super) struct Coverage {
    pub rows: Vec<Covered>,
    pub total: [usize; 10],
    /// Lines of text that stand in no statement.
    pub open: Vec<u32>,
}

/// One section.
pub(super) struct Covered {
    pub number: String,
    pub title: String,
    pub figures: [usize; 10],
}

impl Coverage {
    pub(super) fn of(world: &World) -> Self {
        let rows: Vec<LedgerRow> = ledger(&world.written);
        let mut total = [0; 10];
        for row in &rows {
            for (sum, figure) in total.iter_mut().zip(figures(row)) {
                *sum += figure;
            }
        }
        Self {
            total,
            open: rows.iter().flat_map(|row| &row.ongedekt).copied().collect(),
            rows: rows
                .into_iter()
                .map(|row| Covered { figures: figures(&row), number: row.onderdeel, title: row.titel })
                .collect(),
        }
    }

    /// How much of the text stands in a statement, as a whole percentage; only all of it is 100.
    pub(super) fn percentage(&self) -> usize {
        let [lines, covered, ..] = self.total;
        (covered * 100).checked_div(lines).unwrap_or_default()
    }
}

fn figures(row: &LedgerRow) -> [usize; 10] {
    let per = |kind: Execution| row.uitvoering.get(&kind).copied().unwrap_or_default();
    [
        row.regels,
        row.gedekt,
        per(Execution::Norm),
        row.verwerkt,
        per(Execution::BronZwijgt),
        per(Execution::Gebied),
        per(Execution::Doel),
        per(Execution::Term),
        per(Execution::Kennis),
        row.gevallen,
    ]
}
