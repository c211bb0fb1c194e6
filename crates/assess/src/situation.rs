//! From a plan to what is known: what was said, what follows from that, and what follows from the activity.

use crate::ground::{AreaPlace, Located};
use crate::plan::Plan;
use brink_policy::compiled::{Compiled, Vocabulary};
use brink_policy::feel::{Situation, Truth};
use brink_policy::written::Determination;
use brink_policy::{AreaId, FactId, Known};
use rust_decimal::Decimal;

/// What is known about `plan`, which lies where `located` says.
pub(crate) fn known<'p>(
    plan: &Plan,
    located: Option<&Located>,
    package: &'p Compiled,
    today: Decimal,
) -> Known<'p> {
    let vocabulary = &package.vocabulary;
    let mut known = without_place(plan, package, today);
    areas(plan, located, vocabulary, &mut known);
    if let Some(located) = located {
        shares(located, vocabulary, &mut known);
        distances(located, &mut known);
    }
    known
}

/// What is known about `plan`, wherever it lies.
pub(crate) fn without_place<'p>(plan: &Plan, package: &'p Compiled, today: Decimal) -> Known<'p> {
    let mut known = Known::new(package, Some(plan.activity), today);
    for (reading, option) in &plan.readings {
        known.take_reading(*reading, *option);
    }
    facts(plan, &package.vocabulary, &mut known);
    known
}

fn facts(plan: &Plan, vocabulary: &Vocabulary, known: &mut Known<'_>) {
    for (id, answer) in &plan.facts {
        // Said to be unknown: then it is, whatever the activity suggests.
        if let Some(answer) = answer {
            known.state_fact(*id, *answer);
        }
    }
    for (n, fact) in vocabulary.facts.iter().enumerate().filter(|(_, fact)| !fact.follows.is_empty()) {
        let id = FactId::from_index(n);
        if plan.facts.contains_key(&id) {
            continue;
        }
        let follows = fact.follows.iter().find(|(activity, _)| vocabulary.is_a(plan.activity, *activity));
        if let Some((_, answer)) = follows {
            known.state_fact(id, *answer);
        }
    }
}

/// What is said, then what follows: in a child is in its parents; the rest is out (nothing but the areas named is
/// known to hold the plan) or, when no areas were given at all, unknown; complements follow. When the plan has a place,
/// the map says the rest.
fn areas(plan: &Plan, located: Option<&Located>, vocabulary: &Vocabulary, known: &mut Known<'_>) {
    let count = vocabulary.areas.len();
    let mut truths = vec![None; count];
    let mut set = |area: AreaId, truth: Truth, over: bool| {
        if let Some(place) = truths.get_mut(area.index())
            && (over || place.is_none())
        {
            *place = Some(truth);
        }
    };
    let given = plan.areas.as_ref();
    for area in given.iter().flat_map(|m| &m.inside) {
        for ancestor in vocabulary.area(*area).into_iter().flat_map(|area| &area.ancestors) {
            set(*ancestor, Truth::Yes, true);
        }
    }
    // Whoever may lie in a child may lie in its parents.
    for area in given.iter().flat_map(|m| &m.unknown) {
        let above = vocabulary.area(*area).into_iter().flat_map(|area| &area.ancestors);
        // What the map says of those above still holds.
        for ancestor in above.filter(|above| located.is_none() || *above == area) {
            set(*ancestor, Truth::Unknown, false);
        }
    }
    for area in given.iter().flat_map(|m| &m.outside) {
        set(*area, Truth::No, true);
    }
    for (n, area) in vocabulary.areas.iter().enumerate() {
        if area.determination == Determination::Overal {
            for ancestor in &area.ancestors {
                set(*ancestor, Truth::Yes, false);
            }
            set(AreaId::from_index(n), Truth::Yes, false);
        }
    }
    // Below something outside, all is outside.
    for outside in given.iter().flat_map(|m| &m.outside) {
        for (n, area) in vocabulary.areas.iter().enumerate() {
            if area.ancestors.contains(outside) {
                set(AreaId::from_index(n), Truth::No, true);
            }
        }
    }
    // A complement that was not mentioned follows the other side.
    let said = truths.clone();
    let rest = if given.is_some() { Truth::No } else { Truth::Unknown };
    let rest = |area: AreaId| located.map_or(rest, |located| located.area(area).truth);
    let of = |area: AreaId| said.get(area.index()).copied().flatten();
    for (n, area) in vocabulary.areas.iter().enumerate() {
        let id = AreaId::from_index(n);
        let truth = match (of(id), area.complement) {
            (Some(truth), _) => truth,
            // The one that names the other follows; the other is as closed as any area.
            (None, Some(other)) => match of(other) {
                Some(truth) => !truth,
                // On the map both may hold a part of the plan.
                None if located.is_none() && follows(vocabulary, id, other) => !rest(other),
                None => rest(id),
            },
            (None, None) => rest(id),
        };
        known.state_area(id, truth);
    }
    // In a complement is in what lies above it; perhaps in a complement is perhaps in what lies above it.
    for (n, area) in vocabulary.areas.iter().enumerate() {
        let id = AreaId::from_index(n);
        let truth = known.within(id);
        if truth.is_no() || (!truth.is_yes() && area.complement.is_none()) {
            continue;
        }
        for ancestor in &area.ancestors {
            if of(*ancestor).is_none() && (truth.is_yes() || known.within(*ancestor).is_no()) {
                known.state_area(*ancestor, truth);
            }
        }
    }
}

/// How much of the plan is in the areas for which that can matter.
fn shares(located: &Located, vocabulary: &Vocabulary, known: &mut Known<'_>) {
    for (n, area) in vocabulary.areas.iter().enumerate() {
        let id = AreaId::from_index(n);
        let place = located.area(id);
        if area.share.representatives.is_empty() || known.within(id) != place.truth {
            continue;
        }
        if let Some(share) = share(place) {
            known.state_share(id, share);
        }
    }
}

/// How far the plan is from the areas for which that can matter.
fn distances(located: &Located, known: &mut Known<'_>) {
    for (area, metres) in &located.distances {
        // What was said about the area goes before the map.
        if known.within(*area).is_yes() != (*metres == 0.0) {
            continue;
        }
        if let Some(metres) = Decimal::from_f64_retain(*metres) {
            known.state_distance(*area, metres.round_dp(3));
        }
    }
}

/// How much of a place is in an area, when known.
pub(crate) fn share(place: AreaPlace) -> Option<Decimal> {
    let share = place.share.and_then(Decimal::from_f64_retain)?;
    // What counts as inside is never nothing.
    let least = if place.truth.is_yes() { Decimal::new(1, 9) } else { Decimal::ZERO };
    Some(share.round_dp(9).max(least))
}

/// Whether `area` is the one defined as everything outside `other`.
fn follows(vocabulary: &Vocabulary, area: AreaId, other: AreaId) -> bool {
    vocabulary.area(area).is_some_and(|area| area.is_complement) && vocabulary.area(other).is_some()
}
