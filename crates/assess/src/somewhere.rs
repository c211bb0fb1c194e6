//! A plan of which only is known in which areas it lies: what follows for all other areas.

use crate::ground::{AreaPlace, Ground, Located};
use brink_geo::atlas::Relation;
use brink_geo::index::{Desk, Key};
use brink_geo::layer::{Layer, polygons};
use brink_geo::place::Place;
use brink_policy::AreaId;
use brink_policy::compiled::Vocabulary;
use brink_policy::feel::Truth;
use geo::{BooleanOps, unary_union};
use geo_types::{Geometry, MultiPolygon};

impl Ground {
    /// Where a plan lies that is somewhere in the territory and in all of these areas: in what holds one of them, out of
    /// what lies nowhere in one of them, and of the rest it is unknown.
    #[must_use]
    pub fn somewhere_in(&self, vocabulary: &Vocabulary, named: &[AreaId]) -> Located {
        let extents: Vec<MultiPolygon<f64>> =
            named.iter().filter_map(|area| self.extent(vocabulary, *area)).collect();
        let elsewhere = extents.iter().any(|extent| extent.0.is_empty());
        let places = extents.into_iter().filter_map(|extent| Place::new(Geometry::MultiPolygon(extent)).ok());
        let located: Vec<Located> = places.map(|place| self.whole(vocabulary, &place)).collect();
        let areas = (0..vocabulary.areas.len())
            .map(AreaId::from_index)
            .map(|area| {
                let named = named.iter().filter_map(|named| vocabulary.area(*named));
                if named.clone().any(|named| named.ancestors.contains(&area)) {
                    return place(Truth::Yes, None);
                }
                let mut found = located.iter().map(|located| located.area(area));
                if let Some(out) = found.clone().find(|found| found.truth == Truth::No) {
                    return AreaPlace { kind: out.kind, ..place(Truth::No, Some(0.0)) };
                }
                match found.find(|found| found.truth.is_yes() && found.relation == Relation::Binnen) {
                    Some(whole) => AreaPlace { kind: whole.kind, ..place(Truth::Yes, Some(1.0)) },
                    None => place(Truth::Unknown, None),
                }
            })
            .collect();
        Located { areas, in_territory: Some(if elsewhere { 0.0 } else { 1.0 }), distances: Vec::new() }
    }

    /// All surface where a plan can be that is in an area and in the territory, by its map and the maps of what lies below
    /// it; empty when they lie apart. `None` when it is not to be told: there is no map, or it speaks for a part of the
    /// territory only and a complement may tell of the rest, or what it shows are lines.
    fn extent(&self, vocabulary: &Vocabulary, area: AreaId) -> Option<MultiPolygon<f64>> {
        let territory = self.territory();
        let number = self.atlas().layer_of(&vocabulary.area(area)?.id)?;
        let covered = self.atlas().coverage_key(number);
        if covered.is_some() && covered != territory.map(|layer| layer as Key) {
            return None;
        }
        let areas = (0..vocabulary.areas.len()).map(AreaId::from_index);
        let below = areas.zip(&vocabulary.areas).filter(|(_, below)| below.ancestors.contains(&area));
        let layers: Vec<&Layer> = below.filter_map(|(below, _)| self.layer(below)).collect();
        let surface = union(&layers)?;
        match territory.filter(|territory| *territory != number) {
            Some(territory) => Some(surface.intersection(&union(&[self.atlas().layers().get(territory)?])?)),
            None => Some(surface),
        }
    }

    /// How all of an extent lies. That it is in the territory is known; what cutting it out rounded off does not count.
    fn whole(&self, vocabulary: &Vocabulary, extent: &Place) -> Located {
        let territory = self.territory();
        let mut placed = self.atlas().place(extent.shape(), &mut Desk::default());
        for placed in &mut placed {
            if Some(placed.layer) == territory {
                (placed.relation, placed.share) = (Relation::Binnen, 1.0);
            }
            let covered = self.atlas().coverage_key(placed.layer);
            placed.covered |= covered.is_some() && covered == territory.map(|layer| layer as Key);
        }
        self.conclude(vocabulary, extent, &placed)
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

fn place(truth: Truth, share: Option<f64>) -> AreaPlace {
    let relation = if truth.is_yes() { Relation::Binnen } else { Relation::Buiten };
    AreaPlace { truth, relation, share, kind: None }
}
