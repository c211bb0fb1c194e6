//! All layers together, ready to be asked which areas a plan lies in.

use crate::distance::Outline;
use crate::edge::Point;
use crate::index::{Desk, Index, Key, Overlap};
use crate::layer::{About, Coverage, Layer};
use crate::shape::{Dimension, Shape};
use rayon::prelude::*;
use std::collections::HashMap;
use std::sync::OnceLock;

/// The least that counts as lying in: a square metre, or a metre of a line.
pub const LEAST: f64 = 1.0;

/// How a plan lies to an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// Not in it.
    Buiten,
    /// It meets the border, or shares less than counts.
    Raakt,
    /// A part is in it.
    Deels,
    /// All of it is.
    Binnen,
}

/// How a plan lies to the area of a layer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placed {
    /// Number of the layer.
    pub layer: usize,
    /// How it lies.
    pub relation: Relation,
    /// Share of the plan's area, length or points that is in it.
    pub share: f64,
    /// Whether the layer speaks for all of the plan: when not, what is not in it may still be in the area.
    pub covered: bool,
}

/// All layers together.
#[derive(Debug)]
pub struct Atlas {
    layers: Vec<Layer>,
    by_area: HashMap<String, usize>,
    index: Index,
    /// For each layer the key of the shape it speaks for; `None` when it speaks for everywhere.
    coverage: Vec<Option<Key>>,
    /// For each layer what distances are measured from.
    outlines: Vec<OnceLock<Vec<Outline>>>,
}

impl Atlas {
    /// An atlas of these layers; of two for one area, the last counts.
    #[must_use]
    pub fn new(layers: Vec<Layer>) -> Self {
        let by_area: HashMap<String, usize> =
            layers.iter().enumerate().map(|(n, layer)| (layer.about.area.clone(), n)).collect();
        let mut next = layers.len() as Key;
        let mut coverage = Vec::new();
        for layer in &layers {
            coverage.push(match &layer.coverage {
                Coverage::Everywhere => None,
                Coverage::Area(area) => by_area.get(area).map(|n| *n as Key),
                Coverage::Shape(_) => {
                    next += 1;
                    Some(next - 1)
                }
            });
        }
        let shapes = keyed(&layers, &coverage);
        let items: Vec<(Key, &Shape)> = shapes.iter().map(|(key, shape)| (*key, shape)).collect();
        let index = Index::new(&items);
        let outlines = layers.iter().map(|_| OnceLock::new()).collect();
        Self { layers, by_area, index, coverage, outlines }
    }

    /// Its layers.
    #[must_use]
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// The number of an area's layer.
    #[must_use]
    pub fn layer_of(&self, area: &str) -> Option<usize> {
        self.by_area.get(area).copied()
    }

    /// What is known of a layer.
    #[must_use]
    pub fn about(&self, layer: usize) -> Option<&About> {
        self.layers.get(layer).map(|layer| &layer.about)
    }

    /// The shapes of all layers and of what they speak for, with their keys.
    #[must_use]
    pub fn shapes(&self) -> Vec<(Key, Shape)> {
        keyed(&self.layers, &self.coverage)
    }

    /// The surfaces and borders that hold a point, as sorted keys.
    pub fn held(&self, point: Point, held: &mut Vec<Key>) {
        held.clear();
        self.index.holding(point, |key| held.push(key));
        held.sort_unstable();
        held.dedup();
    }

    /// The key of the shape a layer speaks for; `None` when it speaks for everywhere.
    #[must_use]
    pub fn coverage_key(&self, layer: usize) -> Option<Key> {
        self.coverage.get(layer).copied().flatten()
    }

    /// The distance in metres from a place to the nearest of these layers; `None` when it can't be told: there is no
    /// layer, or what no layer speaks for is nearer.
    #[must_use]
    pub fn distance(&self, layers: &[usize], place: &Outline) -> Option<f64> {
        let parts = layers.iter().flat_map(|layer| self.outlines(*layer));
        let nearest = parts.map(|part| place.distance(part)).fold(f64::INFINITY, f64::min);
        // Layers mostly speak for the same places: of each such shape the border is looked at once.
        let mut spoken: Vec<&Coverage> = Vec::new();
        for layer in layers.iter().filter_map(|layer| self.layers.get(*layer)) {
            if !spoken.contains(&&layer.coverage) {
                spoken.push(&layer.coverage);
            }
        }
        for coverage in spoken {
            let own;
            let border = match coverage {
                Coverage::Everywhere => continue,
                Coverage::Area(area) => self.outlines(self.layer_of(area)?),
                Coverage::Shape(shape) => {
                    own = outlines(Shape::of(&shape.clone().into()));
                    own.as_slice()
                }
            };
            if border.iter().any(|part| place.between(part) < nearest) {
                return None;
            }
        }
        nearest.is_finite().then_some(nearest)
    }

    /// The outlines of a layer; made when first asked for.
    fn outlines(&self, layer: usize) -> &[Outline] {
        let (Some(known), Some(layer)) = (self.outlines.get(layer), self.layers.get(layer)) else {
            return &[];
        };
        known.get_or_init(|| outlines(layer.parts()))
    }

    /// How `plan` lies to every layer, by number.
    #[must_use]
    pub fn place(&self, plan: &Shape, desk: &mut Desk) -> Vec<Placed> {
        let overlaps = self.index.overlaps_with(plan, desk);
        let of = |key: Key| {
            let from = overlaps.partition_point(|overlap| overlap.key < key);
            overlaps.get(from..).unwrap_or_default().iter().take_while(move |overlap| overlap.key == key)
        };
        let share = |key: Key| of(key).map(|overlap| share(plan, overlap)).fold(0.0, f64::max);
        let mut placed = Vec::with_capacity(self.layers.len());
        for (n, coverage) in self.coverage.iter().enumerate() {
            let key = n as Key;
            let mut relation = Relation::Buiten;
            for overlap in of(key) {
                relation = relation.max(self::relation(plan, overlap));
            }
            // What would not count as lying in, does not count as lying outside what is covered either.
            let least = LEAST.min(plan.measure);
            let covered = coverage.is_none_or(|key| (1.0 - share(key)) * plan.measure < least.max(ALL));
            placed.push(Placed { layer: n, relation, share: share(key).min(1.0), covered });
        }
        placed
    }
}

fn outlines(shapes: Vec<Shape>) -> Vec<Outline> {
    shapes.iter().filter_map(Outline::of).collect()
}

/// The shapes of layers, by number, and of what they speak for.
fn keyed(layers: &[Layer], coverage: &[Option<Key>]) -> Vec<(Key, Shape)> {
    layers
        .par_iter()
        .zip(coverage)
        .enumerate()
        .flat_map_iter(|(n, (layer, coverage))| {
            let own = layer.parts().into_iter().map(move |shape| (n as Key, shape));
            let spoken = match (&layer.coverage, coverage) {
                (Coverage::Shape(shape), Some(key)) => {
                    Shape::of(&shape.clone().into()).into_iter().map(|shape| (*key, shape)).collect()
                }
                _ => Vec::new(),
            };
            own.chain(spoken)
        })
        .collect()
}

/// What may be missing from all of a plan, as a share, by rounding.
const ALL: f64 = 1e-9;

/// The share of the plan that is in a surface, or on a line or point when the plan has no area itself.
pub(crate) fn share(plan: &Shape, overlap: &Overlap) -> f64 {
    if overlap.dimension < plan.dimension || plan.measure <= 0.0 {
        return 0.0;
    }
    let share = overlap.measure / plan.measure;
    if share >= 1.0 - ALL { 1.0 } else { share.max(0.0) }
}

fn relation(plan: &Shape, overlap: &Overlap) -> Relation {
    let counts = match (plan.dimension, overlap.dimension) {
        // A point on the border is in.
        (Dimension::Points, _) | (_, Dimension::Points) => overlap.measure >= 1.0,
        // A plan smaller than what counts is in when all of it is.
        _ => overlap.measure >= LEAST.min(plan.measure),
    };
    if !counts {
        Relation::Raakt
    } else if share(plan, overlap) >= 1.0 {
        Relation::Binnen
    } else {
        Relation::Deels
    }
}
