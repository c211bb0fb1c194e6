//! A plan of which only is known in which areas it lies: what follows for all other areas.

use crate::ground::Ground;
use crate::plan::Memberships;
use brink_geo::index::Desk;
use brink_geo::place::Place;
use brink_policy::AreaId;
use brink_policy::compiled::Compiled;
use brink_policy::feel::Truth;
use geo_types::{Geometry, MultiPolygon};

/// Where a plan lies that is somewhere in all of these areas: in what holds them, out of what lies nowhere in one of
/// them, and of the rest it is unknown. Areas without a map are unknown, unless the vocabulary says more.
#[must_use]
pub fn somewhere_in(package: &Compiled, ground: &Ground, named: &[AreaId]) -> Memberships {
    let vocabulary = &package.vocabulary;
    let mut memberships = Memberships { inside: named.to_vec(), ..Memberships::default() };
    let located: Vec<_> = named
        .iter()
        .filter_map(|area| {
            let place = Place::new(Geometry::MultiPolygon(surface(ground, *area)?)).ok()?;
            Some(ground.locate(vocabulary, &place, &mut Desk::default()))
        })
        .collect();
    for n in 0..vocabulary.areas.len() {
        let area = AreaId::from_index(n);
        let above = |id: &AreaId| vocabulary.area(*id).is_some_and(|known| known.ancestors.contains(&area));
        if named.contains(&area) || named.iter().any(above) {
            continue;
        }
        let mut relations = located.iter().map(|located| located.area(area));
        if relations.clone().any(|place| place.truth == Truth::No) {
            memberships.outside.push(area);
        } else if relations.any(|place| place.share.is_some_and(|share| share >= 1.0)) {
            memberships.inside.push(area);
        } else {
            memberships.unknown.push(area);
        }
    }
    memberships
}

/// The surface of an area that has a map.
fn surface(ground: &Ground, area: AreaId) -> Option<MultiPolygon<f64>> {
    let polygons: Vec<_> = ground
        .layer(area)?
        .shapes
        .iter()
        .flat_map(|shape| match shape {
            Geometry::Polygon(polygon) => vec![polygon.clone()],
            Geometry::MultiPolygon(polygons) => polygons.0.clone(),
            _ => Vec::new(),
        })
        .collect();
    (!polygons.is_empty()).then_some(MultiPolygon(polygons))
}
