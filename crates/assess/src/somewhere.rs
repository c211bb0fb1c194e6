//! A plan of which only is known in which areas it lies: what follows for all other areas.

use crate::ground::{AreaPlace, Ground, Located};
use brink_geo::atlas::Relation;
use brink_geo::index::Desk;
use brink_geo::place::Place;
use brink_policy::AreaId;
use brink_policy::compiled::Vocabulary;
use brink_policy::feel::Truth;
use geo_types::{Geometry, MultiPolygon};

impl Ground {
    /// Where a plan lies that is somewhere in all of these areas: in what holds one of them, out of what lies nowhere in
    /// one of them, and of the rest it is unknown.
    #[must_use]
    pub fn somewhere_in(&self, vocabulary: &Vocabulary, named: &[AreaId]) -> Located {
        let located: Vec<Located> = named
            .iter()
            .filter_map(|area| Place::new(Geometry::MultiPolygon(self.surface(*area)?)).ok())
            .map(|place| self.locate(vocabulary, &place, &mut Desk::default()))
            .collect();
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
        let elsewhere = located.iter().any(|located| located.in_territory == Some(0.0));
        Located { areas, in_territory: Some(if elsewhere { 0.0 } else { 1.0 }), distances: Vec::new() }
    }

    /// The surface of an area that has a map.
    fn surface(&self, area: AreaId) -> Option<MultiPolygon<f64>> {
        let shapes = &self.layer(area)?.shapes;
        let polygons: Vec<_> = shapes
            .iter()
            .flat_map(|shape| match shape {
                Geometry::Polygon(polygon) => vec![polygon.clone()],
                Geometry::MultiPolygon(polygons) => polygons.0.clone(),
                _ => Vec::new(),
            })
            .collect();
        (!polygons.is_empty()).then_some(MultiPolygon(polygons))
    }
}

fn place(truth: Truth, share: Option<f64>) -> AreaPlace {
    let relation = if truth.is_yes() { Relation::Binnen } else { Relation::Buiten };
    AreaPlace { truth, relation, share, kind: None }
}
