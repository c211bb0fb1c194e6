//! A package on the map: which areas of the vocabulary a place lies in.
//!
//! Every area that has a layer is asked; the rest follows. Who lies in an area lies in those above it, and who is outside
//! one is outside those below it; an area that is nothing but its parts is left when all parts are; a complement is the
//! other side. What does not follow is unknown. A real map overrules a schematic one.

use crate::answer::LayerReceipt;
use crate::closing::close;
use crate::error::{Fault, Remedy};
use crate::receipt;
use crate::somewhere::Certain;
use brink_geo::atlas::{Atlas, Placed, Relation};
use brink_geo::distance::Outline;
use brink_geo::index::{Desk, Key};
use brink_geo::layer::{About, Coverage, Kind, Layer};
use brink_geo::place::Place;
use brink_geo::union::Union;
use brink_geo::zone;
use brink_policy::AreaId;
use brink_policy::compiled::{Compiled, Vocabulary};
use brink_policy::feel::Truth;
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

pub(crate) const UNKNOWN: AreaPlace =
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
        self.atlas.layers().get(self.number(area)?)
    }

    /// The number of an area's layer in the atlas.
    pub(crate) fn number(&self, area: AreaId) -> Option<usize> {
        self.layers.get(area.index()).copied().flatten()
    }

    /// The number of the territory's layer.
    pub(crate) fn territory(&self) -> Option<usize> {
        self.number(self.territory?)
    }

    /// Whether a layer tells of every place in the territory whether it is in its area.
    pub(crate) fn tells_of_all(&self, layer: usize) -> bool {
        let territory = self.territory().map(|layer| layer as Key);
        self.atlas.coverage_key(layer).is_none_or(|covered| Some(covered) == territory)
    }

    /// Whether no part of a place lies in the territory: there the vision says nothing.
    #[must_use]
    pub fn is_outside(&self, place: &Place) -> bool {
        let placed = self.atlas.place(place.shape(), &mut Desk::default());
        let territory = self.territory().and_then(|layer| placed.get(layer));
        territory.and_then(|placed| known_share(self.own(placed))) == Some(0.0)
    }

    /// How `place` lies to all areas.
    #[must_use]
    pub fn locate(&self, vocabulary: &Vocabulary, place: &Place, desk: &mut Desk) -> Located {
        let of = Union::new(&self.atlas, place);
        let union = |areas: &[AreaId]| {
            of.share(&areas.iter().filter_map(|area| self.number(*area)).collect::<Vec<_>>())
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
        let territory = self.territory.and_then(|area| own.get(area.index()));
        let in_territory = territory.and_then(|own| known_share(*own));
        let areas = close(vocabulary, own, measure, in_territory == Some(1.0), union);
        Located { areas, in_territory, distances: Vec::new() }
    }
}

/// The share of a place that is in an area, when the map tells whether it is.
fn known_share(own: AreaPlace) -> Option<f64> {
    own.share.filter(|_| own.truth != Truth::Unknown)
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
