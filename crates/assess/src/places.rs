//! Where the plan lies, as the answer shows it.

use crate::answer::Place;
use crate::ground::Located;
use crate::plan::{Memberships, Plan};
use brink_geo::atlas::Relation;
use brink_geo::layer::Kind;
use brink_policy::compiled::{Compiled, Vocabulary};
use brink_policy::feel::{Situation, Truth};
use brink_policy::{AreaId, Known};

/// The areas the plan lies in or touches, and those that were named.
pub(crate) fn places<'p>(
    package: &'p Compiled,
    plan: &Plan,
    located: Option<&Located>,
    known: &Known<'p>,
) -> Vec<Place<'p>> {
    if plan.areas.is_none() && located.is_none() {
        return Vec::new();
    }
    let vocabulary = &package.vocabulary;
    let nothing = Memberships::default();
    let given = plan.areas.as_ref().unwrap_or(&nothing);
    let mut places = Vec::new();
    for (n, area) in vocabulary.areas.iter().enumerate() {
        let id = AreaId::from_index(n);
        let truth = known.within(id);
        let named = given.unknown.contains(&id) || given.outside.contains(&id);
        let Some(located) = located.filter(|_| !named && !follows(vocabulary, given, id)) else {
            let relatie = match truth {
                Truth::Yes => "binnen",
                Truth::Unknown if located.is_none() || named => "onbekend",
                Truth::No if given.outside.contains(&id) => "buiten",
                _ => continue,
            };
            let (id, naam) = (area.id.as_str(), area.name.as_str());
            places.push(Place { id, naam, relatie, aandeel: None, kaartsoort: "opgegeven" });
            continue;
        };
        let place = located.area(id);
        let relatie = match (truth, place.relation) {
            (Truth::Yes, Relation::Binnen) => "binnen",
            (Truth::Yes, _) => "deels",
            (_, Relation::Raakt) => "raakt",
            _ => continue,
        };
        places.push(Place {
            id: &area.id,
            naam: &area.name,
            relatie,
            aandeel: place.share.filter(|_| truth.is_yes()).map(rounded),
            kaartsoort: sort(place.kind),
        });
    }
    places
}

/// Whether it was said, or follows from what was said.
fn follows(vocabulary: &Vocabulary, given: &Memberships, id: AreaId) -> bool {
    given
        .inside
        .iter()
        .any(|inside| vocabulary.area(*inside).is_some_and(|inside| inside.ancestors.contains(&id)))
}

/// To a millionth, as precise as maps are.
pub(crate) fn rounded(share: f64) -> f64 {
    (share * 1e6).round() / 1e6
}

/// Echt or schets; what holds everywhere is real.
pub(crate) fn sort(kind: Option<Kind>) -> &'static str {
    match kind {
        Some(Kind::Schets) => "schets",
        Some(Kind::Echt) | None => "echt",
    }
}
