//! A plan of which only is known in which areas it lies: what follows for all other areas.

use crate::ground::{AreaPlace, Ground, Located};
use brink_geo::atlas::{Placed, Relation};
use brink_geo::index::Desk;
use brink_geo::layer::{Kind, Layer, polygons};
use brink_geo::place::Place;
use brink_policy::AreaId;
use brink_policy::compiled::Vocabulary;
use brink_policy::feel::Truth;
use geo::{BooleanOps, unary_union};
use geo_types::{Geometry, MultiPolygon};

/// What holds wherever in an area.
#[derive(Debug)]
pub(crate) struct Certain {
    /// How all of it lies to each area.
    areas: Vec<AreaPlace>,
    /// That none of it is in the territory.
    elsewhere: bool,
}

impl Ground {
    /// Where a plan lies that is somewhere in the territory and in all of these areas: in what holds one of them, out of
    /// what lies nowhere in one of them, and of the rest it is unknown.
    #[must_use]
    pub fn somewhere_in(&self, vocabulary: &Vocabulary, named: &[AreaId]) -> Located {
        let certain: Vec<&Certain> =
            named.iter().filter_map(|area| self.wherever_in(vocabulary, *area)).collect();
        let elsewhere = certain.iter().any(|certain| certain.elsewhere);
        let areas = (0..vocabulary.areas.len())
            .map(AreaId::from_index)
            .map(|area| {
                let named = named.iter().filter_map(|named| vocabulary.area(*named));
                if named.clone().any(|named| named.ancestors.contains(&area)) {
                    return place(Truth::Yes, None);
                }
                let mut found = certain.iter().filter_map(|certain| certain.areas.get(area.index()).copied());
                let out = found.clone().find(|found| found.truth.is_no());
                out.or_else(|| found.find(|found| found.truth.is_yes()))
                    .unwrap_or_else(|| place(Truth::Unknown, None))
            })
            .collect();
        Located { areas, in_territory: Some(if elsewhere { 0.0 } else { 1.0 }), distances: Vec::new() }
    }

    /// All surface where a plan can be that is in an area and in the territory, by its map and the maps of what lies below
    /// it; empty when they lie apart. `None` when it is not to be told: there is no map, or it speaks for a part of the
    /// territory only and a complement may tell of the rest, or what it shows are lines.
    fn extent(&self, vocabulary: &Vocabulary, area: AreaId) -> Option<MultiPolygon<f64>> {
        let number = self.number(area).filter(|number| self.tells_of_all(*number))?;
        let areas = (0..vocabulary.areas.len()).map(AreaId::from_index);
        let below = areas.zip(&vocabulary.areas).filter(|(_, below)| below.ancestors.contains(&area));
        let layers: Vec<&Layer> = below.filter_map(|(below, _)| self.layer(below)).collect();
        let surface = union(&layers)?;
        match self.territory().filter(|territory| *territory != number) {
            Some(territory) => Some(surface.intersection(&union(&[self.atlas().layers().get(territory)?])?)),
            None => Some(surface),
        }
    }

    /// What holds wherever in the territory's part of an area. To find that takes long for an area with many borders: it is
    /// found once.
    fn wherever_in(&self, vocabulary: &Vocabulary, area: AreaId) -> Option<&Certain> {
        let find = || {
            let extent = self.extent(vocabulary, area)?;
            if extent.0.is_empty() {
                return Some(Certain { areas: Vec::new(), elsewhere: true });
            }
            let extent = Place::new(Geometry::MultiPolygon(extent)).ok()?;
            Some(Certain { areas: self.certain(vocabulary, &extent), elsewhere: false })
        };
        self.certain.get(area.index())?.get_or_init(find).as_ref()
    }

    /// What holds wherever in an extent. That it is in the territory is known; what cutting it out rounded off does not
    /// count.
    fn certain(&self, vocabulary: &Vocabulary, extent: &Place) -> Vec<AreaPlace> {
        let territory = self.territory();
        let mut placed = self.atlas().place(extent.shape(), &mut Desk::default());
        for placed in &mut placed {
            if Some(placed.layer) == territory {
                (placed.relation, placed.share) = (Relation::Binnen, 1.0);
            }
            placed.covered |= self.tells_of_all(placed.layer);
        }
        let mut certain = self.conclusions(vocabulary, &placed, extent);
        let doubtful = self.overruled_somewhere(vocabulary, &placed);
        if !doubtful.is_empty() {
            for drawing in doubtful {
                if let Some(placed) = placed.get_mut(drawing) {
                    (placed.relation, placed.share, placed.covered) = (Relation::Buiten, 0.0, false);
                }
            }
            for (certain, without) in certain.iter_mut().zip(self.conclusions(vocabulary, &placed, extent)) {
                if certain.truth != without.truth {
                    *certain = place(Truth::Unknown, None);
                }
            }
        }
        certain
    }

    /// What follows for all of an extent.
    fn conclusions(&self, vocabulary: &Vocabulary, placed: &[Placed], extent: &Place) -> Vec<AreaPlace> {
        // That areas only hold all of it together is not looked at: then they may not, which is never wrong.
        let most = |areas: &[AreaId]| {
            let layers = areas.iter().filter_map(|area| self.number(*area));
            layers.filter_map(|layer| placed.get(layer)).map(|placed| placed.share).fold(0.0, f64::max)
        };
        let located = self.conclude(vocabulary, placed, extent.shape().measure, &most);
        located.areas.into_iter().map(settled).collect()
    }

    /// The drawings of what a real map may leave out: it shows that some of the extent is not in what lies above.
    fn overruled_somewhere(&self, vocabulary: &Vocabulary, placed: &[Placed]) -> Vec<usize> {
        let kind = |layer: usize| self.atlas().about(layer).map(|about| about.kind);
        let areas = (0..vocabulary.areas.len()).map(AreaId::from_index).zip(&vocabulary.areas);
        areas
            .filter_map(|(id, area)| {
                Some((self.number(id).filter(|own| kind(*own) == Some(Kind::Schets))?, area))
            })
            .filter(|(_, area)| {
                let mut above = area.ancestors.iter().filter_map(|above| self.number(*above));
                above.any(|above| {
                    let partly = |placed: &Placed| placed.relation != Relation::Binnen;
                    kind(above) == Some(Kind::Echt) && placed.get(above).is_some_and(partly)
                })
            })
            .map(|(own, _)| own)
            .collect()
    }
}

/// All surface of layers; `None` when they show lines or points too.
fn union(layers: &[&Layer]) -> Option<MultiPolygon<f64>> {
    let mut shapes = layers.iter().flat_map(|layer| &layer.shapes);
    if !shapes.all(|shape| matches!(shape, Geometry::Polygon(_) | Geometry::MultiPolygon(_))) {
        return None;
    }
    let surfaces = layers.iter().flat_map(|layer| polygons(&layer.shapes)).collect::<Vec<_>>();
    // Those of one layer do not overlap.
    Some(if layers.len() == 1 { MultiPolygon(surfaces) } else { unary_union(&surfaces) })
}

/// What of how a whole extent lies is so for all that lies in it.
fn settled(found: AreaPlace) -> AreaPlace {
    match found.truth {
        Truth::No => AreaPlace { kind: found.kind, ..place(Truth::No, Some(0.0)) },
        Truth::Yes if found.relation == Relation::Binnen => {
            AreaPlace { kind: found.kind, ..place(Truth::Yes, Some(1.0)) }
        }
        _ => place(Truth::Unknown, None),
    }
}

fn place(truth: Truth, share: Option<f64>) -> AreaPlace {
    let relation = if truth.is_yes() { Relation::Binnen } else { Relation::Buiten };
    AreaPlace { truth, relation, share, kind: None }
}
