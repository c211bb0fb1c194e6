//! Zones where a plan would get one verdict, with the exact borders of the areas that make them.

use crate::assess::Options;
use crate::ground::Ground;
use crate::outcome::Outcome;
use crate::plan::Plan;
use crate::suitability::Suitability;
use crate::verdicts::Verdicts;
use brink_geo::atlas::Relation;
use brink_geo::index::{Desk, Key};
use brink_geo::layer::{Kind, near};
use brink_geo::patches::{Patch, Patches};
use brink_geo::place::Place;
use brink_policy::AreaId;
use brink_policy::compiled::Compiled;
use brink_policy::feel::Truth;
use geo::{Area, BooleanOps, BoundingRect, InteriorPoint, Intersects, unary_union};
use geo_types::{Geometry, MultiPolygon, Polygon, Rect};

/// The most layers whose borders are cut along within one zone, and the most pieces that may make.
const MAX_CUTS: usize = 200;
const MAX_PIECES: usize = 4_000;
/// A piece smaller than this, in m², is left by rounding.
const SLIVER: f64 = 1.0;

/// Cutting along many borders and joining again leaves holes and crumbs of rounding; those smaller than this, in m², are
/// no part of a zone worth telling.
const CRUMB: f64 = 10.0;

/// A zone with one verdict.
#[derive(Debug, Clone, PartialEq)]
pub struct Zone {
    /// The verdict.
    pub oordeel: Outcome,
    /// Its shape, in RD New.
    pub shape: MultiPolygon<f64>,
    /// Its area.
    pub hectares: f64,
    /// Whether its borders are those of the areas; when not, those of cells of the grid.
    pub exact: bool,
    /// The numbers, in the verdicts of the suitability, that occur in it, most first.
    pub verdicts: Vec<u32>,
}

/// What zones to look for.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The least area, in hectares.
    pub hectares: f64,
    /// Only in these areas: in any of them.
    pub within: Vec<AreaId>,
    /// The most zones.
    pub count: usize,
    /// Up to and with this verdict.
    pub at_most: Outcome,
    /// The largest zone that gets the exact borders of the areas, in hectares; cutting along them takes a while.
    pub exact_up_to: f64,
}

/// The zones, those with the mildest verdict first, and of those the largest.
#[must_use]
pub fn zones(
    package: &Compiled,
    ground: &Ground,
    plan: &Plan,
    options: &Options<'_>,
    suitability: &Suitability<'_>,
    wanted: &Wanted,
) -> Vec<Zone> {
    let grid = *suitability.grid();
    let outcome = |number: u32| suitability.verdicts().get(number as usize).map(|verdict| verdict.oordeel);
    let mut labels: Vec<Option<u32>> = suitability
        .numbers()
        .map(|number| number.and_then(outcome).filter(|outcome| *outcome <= wanted.at_most).map(|o| o as u32))
        .collect();
    if !wanted.within.is_empty() {
        suitability.keep_within(&wanted.within, &mut labels);
    }
    let patches = Patches::new(grid, &labels);
    let cell = grid.step * grid.step / 10_000.0;
    let mut order: Vec<(usize, Patch)> = patches
        .patches
        .iter()
        .copied()
        .enumerate()
        // A zone that is too small by its cells may still be just large enough by its borders.
        .filter(|(_, patch)| {
            (patch.cells as f64 + (patch.cells as f64).sqrt() * 2.0) * cell >= wanted.hectares
        })
        .collect();
    order.sort_by(|(_, a), (_, b)| {
        a.label.cmp(&b.label).then(b.cells.cmp(&a.cells)).then(a.first.cmp(&b.first))
    });
    let mut tracer =
        Tracer { package, ground, wanted, judge: Verdicts::new(package, plan, options).of_points() };
    let mut zones: Vec<Zone> = Vec::new();
    for (number, patch) in order {
        if zones.len() >= wanted.count {
            break;
        }
        let mut counts: Vec<(u32, usize)> = Vec::new();
        for row in patch.rows.0..=patch.rows.1 {
            for column in patch.columns.0..=patch.columns.1 {
                if patches.of(row, column) == Some(number)
                    && let Some(verdict) = suitability.number(row, column)
                {
                    match counts.iter_mut().find(|(known, _)| *known == verdict) {
                        Some((_, count)) => *count += 1,
                        None => counts.push((verdict, 1)),
                    }
                }
            }
        }
        counts.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        let Some(oordeel) = counts.first().and_then(|(verdict, _)| outcome(*verdict)) else {
            continue;
        };
        let cells = patches.outline(number, 0);
        let small = patch.cells as f64 * cell <= wanted.exact_up_to;
        let traced = small.then(|| tracer.trace(&cells, &patches.outline(number, 1), oordeel)).flatten();
        let exact = traced.is_some();
        let shape = traced.unwrap_or(cells);
        let hectares = shape.unsigned_area() / 10_000.0;
        if hectares >= wanted.hectares {
            let verdicts = counts.into_iter().map(|(verdict, _)| verdict).collect();
            zones.push(Zone { oordeel, shape, hectares, exact, verdicts });
        }
    }
    zones.sort_by(|a, b| a.oordeel.cmp(&b.oordeel).then(b.hectares.total_cmp(&a.hectares)));
    zones
}

struct Tracer<'a> {
    package: &'a Compiled,
    ground: &'a Ground,
    wanted: &'a Wanted,
    judge: Verdicts<'a>,
}

impl Tracer<'_> {
    /// The exact zone round `cells`: what of `region`, cut along all borders that matter, gets the same verdict and hangs
    /// together with the cells. `None` when there are too many borders.
    fn trace(
        &mut self,
        cells: &MultiPolygon<f64>,
        region: &MultiPolygon<f64>,
        oordeel: Outcome,
    ) -> Option<MultiPolygon<f64>> {
        let place = Place::new(Geometry::MultiPolygon(region.clone())).ok()?;
        let atlas = self.ground.atlas();
        let crossing: Vec<usize> = atlas
            .place(place.shape(), &mut Desk::default())
            .into_iter()
            .filter(|placed| placed.relation == Relation::Deels || placed.relation == Relation::Raakt)
            .map(|placed| placed.layer)
            .filter(|layer| self.matters(*layer))
            .collect();
        if crossing.len() > MAX_CUTS {
            return None;
        }
        let mut pieces: Vec<MultiPolygon<f64>> = vec![region.clone()];
        for layer in crossing {
            let area = near(&atlas.layers().get(layer)?.shapes, region);
            let area: Vec<(Rect<f64>, Polygon<f64>)> =
                area.into_iter().filter_map(|shape| Some((shape.bounding_rect()?, shape))).collect();
            let mut cut = Vec::with_capacity(pieces.len() + 4);
            for piece in pieces {
                // Of a layer that is all over the region most is nowhere near one piece of it.
                let area: MultiPolygon<f64> = match piece.bounding_rect() {
                    Some(piece) => {
                        let near = area.iter().filter(|(rect, _)| rect.intersects(&piece));
                        near.map(|(_, shape)| shape.clone()).collect()
                    }
                    None => MultiPolygon(Vec::new()),
                };
                if area.0.is_empty() {
                    cut.push(piece);
                    continue;
                }
                let inside = piece.intersection(&area);
                if inside.unsigned_area() < SLIVER {
                    cut.push(piece);
                    continue;
                }
                let outside = piece.difference(&area);
                if outside.unsigned_area() >= SLIVER {
                    cut.push(outside);
                }
                cut.push(inside);
            }
            if cut.len() > MAX_PIECES {
                return None;
            }
            pieces = cut;
        }
        let mut held: Vec<Key> = Vec::new();
        let mut same: Vec<Polygon<f64>> = Vec::new();
        for polygon in pieces.into_iter().flat_map(|piece| piece.0) {
            if polygon.unsigned_area() < SLIVER {
                continue;
            }
            let Some(point) = polygon.interior_point() else {
                continue;
            };
            atlas.held([point.x(), point.y()], &mut held);
            let located = self.ground.locate_held(&self.package.vocabulary, &held);
            let within = |area: &AreaId| located.area(*area).truth == Truth::Yes;
            if located.in_territory == Some(0.0)
                || !(self.wanted.within.is_empty() || self.wanted.within.iter().any(within))
            {
                continue;
            }
            if self.judge.verdict(|area| located.area(area).truth).oordeel == oordeel {
                same.push(polygon);
            }
        }
        let whole = unary_union(&same);
        let kept: Vec<Polygon<f64>> = whole
            .0
            .into_iter()
            .map(without_crumbs)
            .filter(|polygon| polygon.unsigned_area() >= CRUMB && polygon.intersects(cells))
            .collect();
        (!kept.is_empty()).then_some(MultiPolygon(kept))
    }

    /// Whether a border of this layer can change the verdict, or whether a place is looked at.
    fn matters(&self, layer: usize) -> bool {
        matters(self.package, self.ground, self.judge.relevant_areas(), &self.wanted.within, layer)
    }
}

/// A surface without holes that are only rounding.
fn without_crumbs(polygon: Polygon<f64>) -> Polygon<f64> {
    let (outer, mut holes) = polygon.into_inner();
    holes.retain(|hole| Polygon::new(hole.clone(), Vec::new()).unsigned_area() >= CRUMB);
    Polygon::new(outer, holes)
}

/// Whether a layer can change the verdict, or whether a place is looked at.
fn matters(
    package: &Compiled,
    ground: &Ground,
    relevant: &[AreaId],
    within: &[AreaId],
    layer: usize,
) -> bool {
    let Some(about) = ground.atlas().about(layer) else {
        return false;
    };
    let Some(id) = package.vocabulary.index.areas.get(&about.area).copied() else {
        return false;
    };
    let counts = |area: &AreaId| {
        relevant.contains(area) || within.contains(area) || package.info.territory == Some(*area)
    };
    counts(&id) || package.vocabulary.area(id).is_some_and(|area| area.related.iter().any(counts))
}

/// The least of the maps that verdicts on a plan rest on, anywhere: `Schets` as soon as one of them is drawn by hand;
/// `None` when they rest on no map.
#[must_use]
pub fn rests_on(
    package: &Compiled,
    ground: &Ground,
    plan: &Plan,
    options: &Options<'_>,
    within: &[AreaId],
) -> Option<Kind> {
    let judge = Verdicts::new(package, plan, options);
    let layers = ground.atlas().layers().iter().enumerate();
    layers
        .filter(|(n, _)| matters(package, ground, judge.relevant_areas(), within, *n))
        .map(|(_, layer)| layer.about.kind)
        .max()
}
