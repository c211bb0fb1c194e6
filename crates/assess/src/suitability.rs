//! Where a plan would fit: the verdict for every cell of a fine grid over the territory.
//!
//! Norms see a place through memberships only. So the memberships of all cells are found once, cells with the same ones
//! share a class, and it is the classes that are judged: some thousands, not millions of cells. Of those again only the
//! differences count that matter for the plan ([`Verdicts`]).

use crate::assess::Options;
use crate::ground::{Ground, Located};
use crate::plan::Plan;
use crate::verdicts::{Verdict, Verdicts};
use brink_geo::raster::{Grid, Raster};
use brink_geo::shape::Shape;
use brink_policy::compiled::Compiled;
use brink_policy::feel::Truth;
use brink_policy::{AreaId, NormId};
use rayon::prelude::*;
use std::sync::Arc;

/// The memberships of all cells of a grid over the territory.
#[derive(Debug)]
pub struct Canvas {
    raster: Raster,
    /// For each class of the raster, how its cells lie to all areas; nothing outside the territory.
    classes: Vec<Option<Vec<Truth>>>,
    /// For each class of the raster, how many cells it has.
    cells: Vec<u64>,
}

/// The verdict on a plan for every class of cells: what to keep of it. [`Canvas::look`] makes a map of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// For each class of the raster, which of the verdicts.
    of_class: Vec<Option<u32>>,
    /// The verdicts that occur.
    pub verdicts: Vec<Verdict>,
}

impl Judged {
    /// What it takes in memory, about.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let norms: usize = self.verdicts.iter().map(|verdict| verdict.normen.len()).sum();
        size_of_val(self.of_class.as_slice())
            + size_of_val(self.verdicts.as_slice())
            + norms * size_of::<NormId>()
    }
}

/// The verdict on a plan for every cell.
#[derive(Debug, Clone)]
pub struct Suitability<'c> {
    canvas: &'c Canvas,
    judged: Arc<Judged>,
}

impl Canvas {
    /// The memberships of cells of `step` metres.
    #[must_use]
    pub fn new(package: &Compiled, ground: &Ground, step: f64) -> Self {
        let shapes = ground.atlas().shapes();
        let territory = package.info.territory.and_then(|area| ground.layer(area));
        let bounds = match territory {
            Some(layer) => bounds(layer.parts().iter()),
            None => bounds(shapes.iter().map(|(_, shape)| shape)),
        };
        let (low, high) = bounds.unwrap_or(([0.0, 0.0], [step, step]));
        let raster = Raster::new(Grid::over(low, high, step), &shapes);
        let classes = raster
            .classes
            .par_iter()
            .map(|held| {
                let located: Located = ground.locate_held(&package.vocabulary, held);
                let inside = located.in_territory.is_none_or(|share| share > 0.0);
                inside.then(|| located.areas.iter().map(|place| place.truth).collect())
            })
            .collect();
        let mut cells = vec![0; raster.classes.len()];
        for class in &raster.cells {
            if let Some(count) = cells.get_mut(*class as usize) {
                *count += 1;
            }
        }
        Self { raster, classes, cells }
    }

    /// The grid.
    #[must_use]
    pub fn grid(&self) -> &Grid {
        &self.raster.grid
    }

    /// How many different sets of memberships there are.
    #[must_use]
    pub fn classes(&self) -> usize {
        self.classes.len()
    }

    /// How a cell lies to all areas; `None` outside the territory.
    #[must_use]
    pub fn memberships(&self, row: usize, column: usize) -> Option<&[Truth]> {
        let class = self.raster.class(row, column)?;
        self.classes.get(class as usize)?.as_deref()
    }

    /// The verdict on `plan` for every cell; what the plan says about its place is passed over.
    #[must_use]
    pub fn judge(&self, package: &Compiled, plan: &Plan, options: &Options<'_>) -> Suitability<'_> {
        self.look(Arc::new(self.judged(package, plan, options)))
    }

    /// What was judged with this canvas before, as a map. With another canvas the cells would have verdicts of others.
    #[must_use]
    pub fn look(&self, judged: Arc<Judged>) -> Suitability<'_> {
        Suitability { canvas: self, judged }
    }

    /// The verdict on `plan` for every class of cells; what the plan says about its place is passed over.
    #[must_use]
    pub fn judged(&self, package: &Compiled, plan: &Plan, options: &Options<'_>) -> Judged {
        let share = self.classes.len().div_ceil(rayon::current_num_threads()).max(1);
        let parts: Vec<(Vec<Option<u32>>, Vec<Verdict>)> = self
            .classes
            .par_chunks(share)
            .map(|classes| {
                let mut judge = Verdicts::new(package, plan, options).of_points();
                let within = |truths: &[Truth], area: AreaId| truths.get(area.index()).copied();
                let numbers = classes
                    .iter()
                    .map(|class| {
                        let truths = class.as_deref()?;
                        Some(judge.number(|area| within(truths, area).unwrap_or_default()))
                    })
                    .collect();
                (numbers, judge.all_met().to_vec())
            })
            .collect();
        let mut of_class = Vec::with_capacity(self.classes.len());
        let mut verdicts: Vec<Verdict> = Vec::new();
        for (numbers, met) in parts {
            let own: Vec<u32> = met
                .into_iter()
                .map(|verdict| {
                    let known = verdicts.iter().position(|other| *other == verdict);
                    known.unwrap_or_else(|| {
                        verdicts.push(verdict);
                        verdicts.len() - 1
                    }) as u32
                })
                .collect();
            of_class.extend(numbers.into_iter().map(|number| own.get(number? as usize).copied()));
        }
        Judged { of_class, verdicts }
    }
}

impl Suitability<'_> {
    /// The verdicts that occur.
    #[must_use]
    pub fn verdicts(&self) -> &[Verdict] {
        &self.judged.verdicts
    }

    /// For each of the verdicts, how many cells have it.
    #[must_use]
    pub fn cells(&self) -> Vec<u64> {
        let mut cells = vec![0; self.judged.verdicts.len()];
        for (number, count) in self.judged.of_class.iter().zip(&self.canvas.cells) {
            if let Some(sum) = number.and_then(|number| cells.get_mut(number as usize)) {
                *sum += count;
            }
        }
        cells
    }

    /// The verdict for a cell, as its number in `verdicts`; `None` outside the territory.
    #[must_use]
    pub fn number(&self, row: usize, column: usize) -> Option<u32> {
        let class = self.canvas.raster.class(row, column)?;
        self.judged.of_class.get(class as usize).copied().flatten()
    }

    /// The verdict for a cell; `None` outside the territory.
    #[must_use]
    pub fn at(&self, row: usize, column: usize) -> Option<&Verdict> {
        self.judged.verdicts.get(self.number(row, column)? as usize)
    }

    /// The grid.
    #[must_use]
    pub fn grid(&self) -> &Grid {
        self.canvas.grid()
    }

    /// Takes away the labels of cells that are in none of these areas.
    pub(crate) fn keep_within(&self, areas: &[AreaId], labels: &mut [Option<u32>]) {
        let kept: Vec<bool> = self
            .canvas
            .classes
            .iter()
            .map(|class| {
                class.as_ref().is_some_and(|truths| {
                    areas.iter().any(|area| truths.get(area.index()) == Some(&Truth::Yes))
                })
            })
            .collect();
        for (label, class) in labels.iter_mut().zip(&self.canvas.raster.cells) {
            if !kept.get(*class as usize).copied().unwrap_or_default() {
                *label = None;
            }
        }
    }

    /// The verdicts of all cells by number, row by row from the lower left.
    pub fn numbers(&self) -> impl Iterator<Item = Option<u32>> + '_ {
        self.canvas
            .raster
            .cells
            .iter()
            .map(|class| self.judged.of_class.get(*class as usize).copied().flatten())
    }
}

fn bounds<'s>(shapes: impl Iterator<Item = &'s Shape>) -> Option<([f64; 2], [f64; 2])> {
    shapes.filter_map(Shape::bounds).reduce(|(low, high), (a, b)| {
        ([low[0].min(a[0]), low[1].min(a[1])], [high[0].max(b[0]), high[1].max(b[1])])
    })
}
