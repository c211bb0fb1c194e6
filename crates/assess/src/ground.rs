//! A package on the map: which areas of the vocabulary a place lies in.
//!
//! Every area that has a layer is asked; the rest follows. Who lies in an area lies in those above it, and who is outside
//! one is outside those below it; an area that is nothing but its parts is left when all parts are; a complement is the
//! other side. What does not follow is unknown. A real map overrules a schematic one.

use crate::answer::LayerReceipt;
use crate::error::{Fault, Remedy};
use crate::receipt;
use crate::somewhere::Certain;
use brink_geo::atlas::{Atlas, LEAST, Placed, Relation};
use brink_geo::distance::Outline;
use brink_geo::index::{Desk, Key};
use brink_geo::layer::{About, Coverage, Kind, Layer};
use brink_geo::place::Place;
use brink_geo::union::Union;
use brink_geo::zone;
use brink_policy::AreaId;
use brink_policy::compiled::{Compiled, Vocabulary};
use brink_policy::feel::Truth;
use brink_policy::written::Determination;
use std::sync::OnceLock;

/// A package on the map.
#[derive(Debug)]
pub struct Ground {
    atlas: Atlas,
    /// For each area its layer.
    layers: Vec<Option<usize>>,
    territory: Option<AreaId>,
    /// What answers say of the layers; made once, as it is in every answer.
    receipt: Vec<LayerReceipt>,
    /// For each area what holds wherever in it; made when first asked for.
    pub(crate) certain: Vec<OnceLock<Option<Certain>>>,
}

/// How a place lies to an area.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AreaPlace {
    /// Whether it lies in it.
    pub truth: Truth,
    /// How, when a map says so.
    pub relation: Relation,
    /// Share of the place that is in it, when known.
    pub share: Option<f64>,
    /// The map it rests on: the best that shows it lies in it, the least of those it takes to say it does not.
    pub kind: Option<Kind>,
}

const UNKNOWN: AreaPlace =
    AreaPlace { truth: Truth::Unknown, relation: Relation::Buiten, share: None, kind: None };

/// How a place lies to all areas, by number.
#[derive(Debug, Clone, PartialEq)]
pub struct Located {
    /// For each area of the vocabulary.
    pub areas: Vec<AreaPlace>,
    /// Share of the place that is in the territory of the vision; `None` when no map shows that.
    pub in_territory: Option<f64>,
    /// The distance in metres to areas for which that can matter and is known.
    pub distances: Vec<(AreaId, f64)>,
}

impl Located {
    /// How the place lies to an area.
    #[must_use]
    pub fn area(&self, area: AreaId) -> AreaPlace {
        self.areas.get(area.index()).copied().unwrap_or(UNKNOWN)
    }
}

impl Ground {
    /// The areas of `package` where these layers say they are. Of two layers for one area, the last counts. Layers for
    /// areas the package does not have, are left out.
    #[must_use]
    pub fn new(package: &Compiled, layers: Vec<Layer>) -> Self {
        let vocabulary = &package.vocabulary;
        let mut kept: Vec<Option<Layer>> = Vec::new();
        kept.resize_with(vocabulary.areas.len(), || None);
        for layer in layers {
            let area = vocabulary.index.areas.get(&layer.about.area);
            if let Some(place) = area.and_then(|area| kept.get_mut(area.index())) {
                *place = Some(layer);
            }
        }
        for zone in zones(vocabulary, &kept) {
            let area = vocabulary.index.areas.get(&zone.about.area);
            if let Some(place) = area.and_then(|area| kept.get_mut(area.index())) {
                *place = Some(zone);
            }
        }
        let mut numbers = vec![None; kept.len()];
        let mut layers = Vec::new();
        for (number, layer) in numbers.iter_mut().zip(kept) {
            if let Some(layer) = layer {
                *number = Some(layers.len());
                layers.push(layer);
            }
        }
        Self {
            receipt: receipt::layers(&layers),
            atlas: Atlas::new(layers),
            certain: numbers.iter().map(|_| OnceLock::new()).collect(),
            layers: numbers,
            territory: package.info.territory,
        }
    }

    /// What answers say of the layers.
    pub(crate) fn receipt(&self) -> &[LayerReceipt] {
        &self.receipt
    }

    /// The layers.
    #[must_use]
    pub fn atlas(&self) -> &Atlas {
        &self.atlas
    }

    /// The layer of an area itself.
    #[must_use]
    pub fn layer(&self, area: AreaId) -> Option<&Layer> {
        let number = self.layers.get(area.index()).copied().flatten()?;
        self.atlas.layers().get(number)
    }

    /// The number of the territory's layer.
    pub(crate) fn territory(&self) -> Option<usize> {
        self.layers.get(self.territory?.index()).copied().flatten()
    }

    /// Whether no part of a place lies in the territory: there the vision says nothing.
    #[must_use]
    pub fn is_outside(&self, vocabulary: &Vocabulary, place: &Place) -> bool {
        self.locate(vocabulary, place, &mut Desk::default()).in_territory == Some(0.0)
    }

    /// How `place` lies to all areas.
    #[must_use]
    pub fn locate(&self, vocabulary: &Vocabulary, place: &Place, desk: &mut Desk) -> Located {
        let of = Union::new(&self.atlas, place);
        let union = |areas: &[AreaId]| {
            let layers = areas.iter().filter_map(|area| self.layers.get(area.index()).copied().flatten());
            of.share(&layers.collect::<Vec<_>>())
        };
        let placed = self.atlas.place(place.shape(), desk);
        let mut located = self.conclude(vocabulary, &placed, place.shape().measure, &union);
        located.distances = self.distances(vocabulary, place);
        located
    }

    /// What follows from how a place lies to the layers; no distances. `union` tells of areas which share of it is in any.
    pub(crate) fn conclude(
        &self,
        vocabulary: &Vocabulary,
        placed: &[Placed],
        measure: f64,
        union: &dyn Fn(&[AreaId]) -> f64,
    ) -> Located {
        let own: Vec<AreaPlace> = self
            .layers
            .iter()
            .map(|layer| match layer.and_then(|layer| placed.get(layer)) {
                Some(placed) => self.own(placed),
                None => UNKNOWN,
            })
            .collect();
        self.close(vocabulary, own, measure, union)
    }

    /// The distance to the areas that norms compare a distance with.
    fn distances(&self, vocabulary: &Vocabulary, place: &Place) -> Vec<(AreaId, f64)> {
        let Some(outline) = Outline::of(place.shape()) else {
            return Vec::new();
        };
        let areas = vocabulary.areas.iter().enumerate();
        areas
            .filter(|(_, area)| !area.distance.representatives.is_empty())
            .map(|(n, _)| AreaId::from_index(n))
            .filter_map(|id| Some((id, self.distance(vocabulary, id, &outline)?)))
            .collect()
    }

    /// The distance in metres from a place to an area that has a layer, or to the nearest below it; `None` when it can't
    /// be told.
    #[must_use]
    pub fn distance(&self, vocabulary: &Vocabulary, area: AreaId, place: &Outline) -> Option<f64> {
        self.layer(area)?;
        let layers: Vec<usize> = vocabulary
            .areas
            .iter()
            .zip(&self.layers)
            .filter(|(below, _)| below.ancestors.contains(&area))
            .filter_map(|(_, layer)| *layer)
            .collect();
        self.atlas.distance(&layers, place)
    }

    /// How a point lies to all areas, when the keys of the layers that hold it are known.
    #[must_use]
    pub fn locate_held(&self, vocabulary: &Vocabulary, held: &[Key]) -> Located {
        let holds = |key: Key| held.binary_search(&key).is_ok();
        let own = self
            .layers
            .iter()
            .map(|layer| match layer {
                Some(layer) => {
                    let inside = holds(*layer as Key);
                    self.own(&Placed {
                        layer: *layer,
                        relation: if inside { Relation::Binnen } else { Relation::Buiten },
                        share: f64::from(u8::from(inside)),
                        covered: self.atlas.coverage_key(*layer).is_none_or(holds),
                    })
                }
                None => UNKNOWN,
            })
            .collect();
        self.close(vocabulary, own, 1.0, &|_| 1.0)
    }

    /// What the layer of an area says itself.
    fn own(&self, placed: &Placed) -> AreaPlace {
        let truth = match placed.relation {
            Relation::Binnen | Relation::Deels => Truth::Yes,
            Relation::Raakt | Relation::Buiten if placed.covered => Truth::No,
            _ => Truth::Unknown,
        };
        let share = (placed.covered || placed.relation == Relation::Binnen).then_some(placed.share);
        let kind = self.atlas.about(placed.layer).map(|about| about.kind);
        AreaPlace { truth, relation: placed.relation, share, kind }
    }

    /// What follows from what the layers say.
    fn close(
        &self,
        vocabulary: &Vocabulary,
        own: Vec<AreaPlace>,
        measure: f64,
        union: &dyn Fn(&[AreaId]) -> f64,
    ) -> Located {
        let in_territory =
            self.territory.and_then(|area| own.get(area.index())).filter(|own| own.truth != Truth::Unknown);
        let in_territory = in_territory.and_then(|own| own.share);
        let mut closing = Closing { vocabulary, areas: own, measure };
        closing.real_over_schematic();
        closing.fixed(in_territory == Some(1.0));
        closing.upwards(union);
        // Each step may settle what the others go by.
        loop {
            let settled = closing.downwards() | closing.nothing_but_parts() | closing.complements();
            if !settled {
                break;
            }
        }
        Located { areas: closing.areas, in_territory, distances: Vec::new() }
    }
}

/// The strips round areas whose width is known and that have no layer of their own.
fn zones(vocabulary: &Vocabulary, layers: &[Option<Layer>]) -> Vec<Layer> {
    let mut zones = Vec::new();
    for (n, area) in vocabulary.areas.iter().enumerate() {
        let Some((around, Some(metres))) = area.zone else {
            continue;
        };
        if layers.get(n).is_some_and(Option::is_some) {
            continue;
        }
        // The area itself and what lies below it.
        let of: Vec<&Layer> = vocabulary
            .areas
            .iter()
            .zip(layers)
            .filter(|(below, _)| below.ancestors.contains(&around))
            .filter_map(|(_, layer)| layer.as_ref())
            .collect();
        let Some(first) = of.first() else {
            continue;
        };
        // Where the strip is not, is known only when the area itself has a layer.
        let whole = layers.get(around.index()).and_then(Option::as_ref).unwrap_or(first);
        let shapes: Vec<_> = of.iter().flat_map(|layer| layer.shapes.iter().cloned()).collect();
        let kind = of.iter().map(|layer| layer.about.kind).max().unwrap_or(Kind::Schets);
        let source = format!("{metres} m om {}: {}", whole.about.area, whole.about.source);
        let about = About {
            date: whole.about.date.clone(),
            licence: whole.about.licence.clone(),
            ..About::new(&area.id, kind, &area.name, source)
        };
        zones.push(Layer::new(about, whole.coverage.clone(), zone::around(&shapes, metres)));
    }
    zones
}

struct Closing<'v> {
    vocabulary: &'v Vocabulary,
    areas: Vec<AreaPlace>,
    measure: f64,
}

impl Closing<'_> {
    fn get(&self, area: AreaId) -> AreaPlace {
        self.areas.get(area.index()).copied().unwrap_or(UNKNOWN)
    }

    fn put(&mut self, area: AreaId, place: AreaPlace) {
        if let Some(slot) = self.areas.get_mut(area.index()) {
            *slot = place;
        }
    }

    fn ids(&self) -> impl Iterator<Item = AreaId> + use<> {
        (0..self.areas.len()).map(AreaId::from_index)
    }

    /// Inside by a drawing, but outside something above it by a real map: the map is right.
    fn real_over_schematic(&mut self) {
        for id in self.ids() {
            let place = self.get(id);
            if place.truth != Truth::Yes || place.kind != Some(Kind::Schets) {
                continue;
            }
            let above = self.vocabulary.area(id).map_or(&[][..], |area| &area.ancestors);
            let outside = |above: &AreaId| {
                let above = self.get(*above);
                above.truth == Truth::No && above.kind == Some(Kind::Echt)
            };
            if above.iter().any(outside) {
                let relation = Relation::Buiten;
                self.put(
                    id,
                    AreaPlace { truth: Truth::No, relation, share: Some(0.0), kind: Some(Kind::Echt) },
                );
            }
        }
    }

    /// Areas that hold every place, and those that hold none in the territory.
    fn fixed(&mut self, in_territory: bool) {
        for (id, area) in self.ids().zip(&self.vocabulary.areas) {
            let place = match area.determination {
                Determination::Overal => {
                    AreaPlace { truth: Truth::Yes, relation: Relation::Binnen, share: Some(1.0), kind: None }
                }
                Determination::Buiten if in_territory => {
                    AreaPlace { truth: Truth::No, relation: Relation::Buiten, share: Some(0.0), kind: None }
                }
                _ => continue,
            };
            self.put(id, place);
        }
    }

    /// Who is in an area is in all above it.
    fn upwards(&mut self, union: &dyn Fn(&[AreaId]) -> f64) {
        let mut below: Vec<Vec<AreaId>> = vec![Vec::new(); self.areas.len()];
        for (id, area) in self.ids().zip(&self.vocabulary.areas) {
            if self.get(id).truth == Truth::Yes {
                for above in area.ancestors.iter().filter(|above| **above != id) {
                    if let Some(list) = below.get_mut(above.index()) {
                        list.push(id);
                    }
                }
            }
        }
        for (id, mut parts) in self.ids().zip(below) {
            if parts.is_empty() {
                continue;
            }
            let own = self.get(id);
            if own.truth == Truth::Yes {
                // Only better maps than its own add to what that shows.
                parts.retain(|part| self.get(*part).kind < own.kind);
                if parts.is_empty() {
                    continue;
                }
                parts.push(id);
            }
            let kind = parts.iter().filter_map(|part| self.get(*part).kind).min();
            let whole = parts.iter().any(|part| self.get(*part).relation == Relation::Binnen);
            let share = match parts.as_slice() {
                _ if whole => Some(1.0),
                [part] => self.get(*part).share,
                _ => Some(union(&parts)),
            };
            let relation = if share == Some(1.0) { Relation::Binnen } else { Relation::Deels };
            self.put(id, AreaPlace { truth: Truth::Yes, relation, share, kind });
        }
    }

    /// Who is outside an area is outside all below it.
    fn downwards(&mut self) -> bool {
        let mut settled = false;
        for (id, area) in self.ids().zip(&self.vocabulary.areas) {
            if self.get(id).truth != Truth::Unknown {
                continue;
            }
            let outside =
                area.ancestors.iter().map(|above| self.get(*above)).find(|above| above.truth == Truth::No);
            if let Some(above) = outside {
                self.put(id, AreaPlace { share: Some(0.0), relation: Relation::Buiten, ..above });
                settled = true;
            }
        }
        settled
    }

    /// An area that is nothing but its parts is left when all its parts are.
    fn nothing_but_parts(&mut self) -> bool {
        let mut settled = false;
        for (id, area) in self.ids().zip(&self.vocabulary.areas) {
            if self.get(id).truth != Truth::Unknown
                || area.determination != Determination::Afgeleid
                || area.complement.is_some() && area.is_complement
                || area.zone.is_some()
                || area.children.is_empty()
            {
                continue;
            }
            let parts = area.children.iter().map(|part| self.get(*part));
            if parts.clone().all(|part| part.truth == Truth::No) {
                let kind = parts.clone().filter_map(|part| part.kind).max();
                self.put(
                    id,
                    AreaPlace { truth: Truth::No, relation: Relation::Buiten, share: Some(0.0), kind },
                );
                settled = true;
            }
        }
        settled
    }

    /// A complement is everything else.
    fn complements(&mut self) -> bool {
        let mut settled = false;
        for (id, area) in self.ids().zip(&self.vocabulary.areas) {
            let Some(other) = area.complement.filter(|_| area.is_complement) else {
                continue;
            };
            settled |= self.rest(id, other) || self.rest(other, id);
        }
        settled
    }

    /// What of the place is not in an area, is in the other.
    fn rest(&mut self, id: AreaId, other: AreaId) -> bool {
        let other = self.get(other);
        let (Truth::Unknown, true, Some(share)) =
            (self.get(id).truth, other.truth != Truth::Unknown, other.share)
        else {
            return false;
        };
        let place = Self::part(1.0 - share, self.measure, other.kind);
        self.put(id, place);
        if place.truth == Truth::Yes {
            self.lift(id, place);
        }
        true
    }

    /// What lies above something that is settled last.
    fn lift(&mut self, id: AreaId, place: AreaPlace) {
        let above = self.vocabulary.area(id).map_or(&[][..], |area| &area.ancestors);
        for above in above {
            if self.get(*above).truth != Truth::Yes {
                self.put(*above, place);
            }
        }
    }

    fn part(share: f64, measure: f64, kind: Option<Kind>) -> AreaPlace {
        let least = if measure > 0.0 { (LEAST / measure).min(1.0) } else { 1.0 };
        let relation = if share >= 1.0 {
            Relation::Binnen
        } else if share >= least {
            Relation::Deels
        } else {
            Relation::Buiten
        };
        let truth = Truth::from(relation != Relation::Buiten);
        AreaPlace { truth, relation, share: Some(if truth.is_yes() { share } else { 0.0 }), kind }
    }
}

/// That a place is outside the territory, as far as its map can say.
pub(crate) fn outside_fault(package: &Compiled, ground: &Ground) -> Fault {
    let kind = package.info.territory.and_then(|area| ground.layer(area)).map(|layer| layer.about.kind);
    let territory = package.info.territory.and_then(|territory| package.vocabulary.area(territory));
    let name = territory.map_or("het grondgebied", |area| area.name.as_str());
    let fault = Fault::new("locatie", format!("het plan ligt buiten {name}: daar gaat deze visie niet over"));
    match kind {
        Some(Kind::Schets) => fault
            .help("de grens komt van een schetskaart; ligt het plan toch erbinnen, noem dan de gebieden zelf")
            .remedy(Remedy::BringBorder),
        _ => fault,
    }
}

/// A layer that is drawn by hand covers what the territory covers; so does one from elsewhere that does not say.
#[must_use]
pub fn default_coverage(package: &Compiled) -> Coverage {
    match package.info.territory.and_then(|area| package.vocabulary.area(area)) {
        Some(area) => Coverage::Area(area.id.clone()),
        None => Coverage::Everywhere,
    }
}
