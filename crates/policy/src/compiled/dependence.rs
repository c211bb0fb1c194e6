//! What norms depend on: each other, and what a plan may leave unknown.

use super::norm::Norm;
use super::vocabulary::Vocabulary;
use crate::feel::Variable;
use crate::ids::{AreaId, InterestId, NormId};
use crate::package::WrittenPackage;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Fills in which norms switch which off.
pub(super) fn switch_off(written: &WrittenPackage, vocabulary: &Vocabulary, norms: &mut [Norm]) {
    let numbers: HashMap<String, NormId> =
        norms.iter().enumerate().map(|(n, norm)| (norm.id.clone(), NormId::from_index(n))).collect();
    let by_statement: HashMap<String, NormId> = norms
        .iter()
        .enumerate()
        .flat_map(|(n, norm)| norm.statements.iter().map(move |id| (id.clone(), NormId::from_index(n))))
        .collect();
    for statement in &written.statements {
        let (Some(off), Some(by)) = (&statement.schakelt_uit, numbers.get(&statement.id)) else {
            continue;
        };
        let interests: Vec<InterestId> =
            off.belangen.iter().filter_map(|id| vocabulary.index.interests.get(id)).copied().collect();
        let under = |interest: &InterestId| {
            vocabulary.interest(*interest).is_some_and(|i| i.ancestors.iter().any(|a| interests.contains(a)))
        };
        let spared: Vec<&NormId> = off.behalve.iter().filter_map(|id| by_statement.get(id)).collect();
        let named: Vec<&NormId> = off.normen.iter().filter_map(|id| by_statement.get(id)).collect();
        for (n, norm) in norms.iter_mut().enumerate() {
            let id = NormId::from_index(n);
            let by_interest = !norm.interests.is_empty() && norm.interests.iter().all(under);
            let number = vocabulary.section(norm.section).map_or("", |section| &section.number);
            let by_section = off.onderdelen.iter().any(|section| within_section(number, section));
            let hit = named.contains(&&id) || ((by_interest || by_section) && !spared.contains(&&id));
            if hit && id != *by && !norm.switched_off_by.contains(by) {
                norm.switched_off_by.push(*by);
            }
        }
    }
    for norm in norms {
        norm.switched_off_by.sort();
    }
}

/// Whether a section number is `outer` or lies below it.
#[must_use]
#[inline]
pub fn within_section(number: &str, outer: &str) -> bool {
    // Most differ in the first digit.
    number.as_bytes().first() == outer.as_bytes().first()
        && number.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Fills in what the outcome of a norm depends on.
pub(super) fn settle_variables(index: usize, norms: &mut [Norm], vocabulary: &Vocabulary) {
    let mut occurrences: Vec<Variable> = Vec::new();
    let mut reading = false;
    let mut seen = BTreeSet::new();
    let mut queue = vec![index];
    while let Some(n) = queue.pop() {
        let Some(norm) = norms.get(n) else { continue };
        if !seen.insert(n) {
            continue;
        }
        queue.extend(norm.switched_off_by.iter().map(|id| id.index()));
        norm.expressions(&mut |expr| {
            expr.variables(&mut |variable| occurrences.push(variable));
            expr.readings(&mut |_| reading = true);
        });
    }
    let mut variables: Vec<Variable> = occurrences;
    variables.sort();
    let counts: BTreeMap<Variable, usize> = variables.iter().fold(BTreeMap::new(), |mut counts, variable| {
        *counts.entry(*variable).or_default() += 1;
        counts
    });
    let mut repeated: BTreeSet<Variable> =
        counts.iter().filter(|(_, count)| **count > 1).map(|(variable, _)| *variable).collect();
    variables.dedup();
    // The areas of the norm itself are one "any of": related ones among them do no harm there.
    let own_areas: &[AreaId] = norms.get(index).map_or(&[], |norm| &norm.areas);
    for (n, a) in variables.iter().enumerate() {
        for b in variables.iter().skip(n + 1) {
            let (Some(first), Some(second)) = (area_of(*a), area_of(*b)) else {
                continue;
            };
            let related = first == second
                || vocabulary.area(first).is_some_and(|area| area.related.binary_search(&second).is_ok());
            let both_own = own_areas.contains(&first)
                && own_areas.contains(&second)
                && !repeated.contains(a)
                && !repeated.contains(b);
            if related && !both_own {
                repeated.extend([*a, *b]);
            }
        }
    }
    if let Some(norm) = norms.get_mut(index) {
        norm.repeated = repeated.into_iter().collect();
        // What occurs most settles most: tried first, it prunes most.
        norm.repeated
            .sort_by_key(|variable| std::cmp::Reverse(counts.get(variable).copied().unwrap_or_default()));
        norm.variables = variables;
        norm.depends_on_reading = reading;
    }
}

fn area_of(variable: Variable) -> Option<AreaId> {
    match variable {
        Variable::Area(area) | Variable::Distance(area) | Variable::Share(area) => Some(area),
        Variable::Fact(_) => None,
    }
}
