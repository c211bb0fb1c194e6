//! The kinds of answers the norms of a package tell apart.

use super::answer::Answer;
use super::domain::NumberDomain;
use super::norm::Norm;
use super::vocabulary::{FactKind, Vocabulary};
use crate::feel::{Compare, Number, Variable};
use crate::ids::{AreaId, FactId};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// How the expressions of a package look at a fact, distance or share.
#[derive(Default)]
struct Looks {
    /// Compared with these constants.
    tests: BTreeMap<Variable, Vec<(Compare, Decimal)>>,
    /// Asked to be one of these options.
    masks: BTreeMap<FactId, Vec<u64>>,
    /// Compared with each other.
    groups: Vec<BTreeSet<Variable>>,
}

impl Looks {
    fn of(norms: &[Norm]) -> Self {
        let mut looks = Self::default();
        for norm in norms {
            norm.expressions(&mut |expr| {
                expr.comparisons(&mut |compare, left, right| match (plain(left), plain(right)) {
                    (Some(variable), None) => looks.test(variable, compare, right),
                    (None, Some(variable)) => looks.test(variable, compare.turned(), left),
                    (Some(a), Some(b)) => join(&mut looks.groups, a, b),
                    (None, None) => {}
                });
                expr.choices(&mut |fact, options| looks.masks.entry(fact).or_default().push(options));
            });
        }
        looks
    }

    fn test(&mut self, variable: Variable, compare: Compare, other: &Number) {
        if let Some(constant) = constant(other) {
            self.tests.entry(variable).or_default().push((compare, constant));
        }
    }

    /// One number of every kind: on, below and above each constant it is compared with, and of those that no comparison
    /// tells apart only the first.
    fn domain(&self, variable: Variable, minimum: Option<Decimal>, maximum: Option<Decimal>) -> NumberDomain {
        let constants = |variable: &Variable| {
            self.tests.get(variable).into_iter().flatten().map(|(_, constant)| *constant).collect::<Vec<_>>()
        };
        if let Some(group) = self.groups.iter().find(|group| group.contains(&variable)) {
            return NumberDomain::new(
                group.iter().flat_map(constants).collect(),
                group.len(),
                minimum,
                maximum,
            );
        }
        let mut domain = NumberDomain::new(constants(&variable), 1, minimum, maximum);
        let mut seen = BTreeSet::new();
        domain.representatives.retain(|value| {
            let tests = self.tests.get(&variable).into_iter().flatten();
            seen.insert(
                tests.map(|(compare, constant)| compare.holds(*value, *constant)).collect::<Vec<bool>>(),
            )
        });
        domain
    }

    /// One option of every kind.
    fn options(&self, fact: FactId, count: usize) -> Vec<Answer> {
        let mut seen = BTreeSet::new();
        (0..count)
            .filter_map(|option| u16::try_from(option).ok())
            .filter(|option| {
                let masks = self.masks.get(&fact).into_iter().flatten();
                seen.insert(masks.map(|mask| mask >> option & 1 == 1).collect::<Vec<bool>>())
            })
            .map(Answer::Choice)
            .collect()
    }
}

/// Fills in the answers that make a difference.
pub(super) fn set_domains(vocabulary: &mut Vocabulary, norms: &[Norm]) {
    let looks = Looks::of(norms);
    let used: BTreeSet<Variable> = norms.iter().flat_map(|norm| norm.variables.iter().copied()).collect();
    let numbers = |domain: NumberDomain| domain.representatives.into_iter().map(Answer::Number).collect();
    for (n, fact) in vocabulary.facts.iter_mut().enumerate() {
        let id = FactId::from_index(n);
        fact.domain.answers = match &fact.kind {
            FactKind::YesNo => vec![Answer::YesNo(false), Answer::YesNo(true)],
            FactKind::Choice(options) => looks.options(id, options.len()),
            FactKind::Number { minimum, maximum, .. } => {
                numbers(looks.domain(Variable::Fact(id), Some(*minimum), *maximum))
            }
            FactKind::Date => numbers(looks.domain(Variable::Fact(id), None, None)),
            FactKind::Text => vec![Answer::Text],
        };
    }
    for (n, area) in vocabulary.areas.iter_mut().enumerate() {
        let id = AreaId::from_index(n);
        // Empty when no norm looks at it: then it need not be measured.
        if used.contains(&Variable::Distance(id)) {
            area.distance = looks.domain(Variable::Distance(id), Some(Decimal::ZERO), None);
        }
        if used.contains(&Variable::Share(id)) {
            area.share = looks.domain(Variable::Share(id), Some(Decimal::ZERO), Some(Decimal::ONE));
        }
    }
}

fn plain(number: &Number) -> Option<Variable> {
    match number {
        Number::Fact(fact) => Some(Variable::Fact(*fact)),
        Number::Distance(area) => Some(Variable::Distance(*area)),
        Number::Share(area) => Some(Variable::Share(*area)),
        _ => None,
    }
}

fn constant(number: &Number) -> Option<Decimal> {
    match number {
        Number::Constant(value) => Some(*value),
        Number::Negate(inner) => constant(inner).map(|value| -value),
        _ => None,
    }
}

/// Puts `a` and `b` in one group.
fn join(groups: &mut Vec<BTreeSet<Variable>>, a: Variable, b: Variable) {
    let mut merged = BTreeSet::from([a, b]);
    groups.retain(|group| {
        let overlaps = group.contains(&a) || group.contains(&b);
        if overlaps {
            merged.extend(group);
        }
        !overlaps
    });
    groups.push(merged);
}
