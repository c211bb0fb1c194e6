//! What follows from what the layers say of a place.

use crate::ground::{AreaPlace, UNKNOWN};
use brink_geo::atlas::{LEAST, Relation};
use brink_geo::layer::Kind;
use brink_policy::AreaId;
use brink_policy::compiled::Vocabulary;
use brink_policy::feel::Truth;
use brink_policy::written::Determination;

/// How a place lies to all areas, from what their layers say of it. `in_territory` says that all of it is in the territory,
/// `union` which share of it is in any of some areas.
pub(crate) fn close(
    vocabulary: &Vocabulary,
    own: Vec<AreaPlace>,
    measure: f64,
    in_territory: bool,
    union: &dyn Fn(&[AreaId]) -> f64,
) -> Vec<AreaPlace> {
    let mut closing = Closing { vocabulary, areas: own, measure };
    closing.real_over_schematic();
    closing.fixed(in_territory);
    closing.upwards(union);
    // Each step may settle what the others go by.
    loop {
        let settled = closing.downwards() | closing.nothing_but_parts() | closing.complements();
        if !settled {
            return closing.areas;
        }
    }
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
