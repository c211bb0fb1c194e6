//! Which unknowns norms share: the same one, or two areas that say something about each other.

use brink_policy::Known;
use brink_policy::compiled::{Compiled, Norm};
use brink_policy::feel::Variable;

/// A set of unknowns: a bit for every fact, then one for every area.
#[derive(Debug, Clone, Default)]
pub(crate) struct Unknowns(Vec<u64>);

impl Unknowns {
    fn insert(&mut self, n: usize) {
        if let Some(word) = self.0.get_mut(n / 64) {
            *word |= 1 << (n % 64);
        }
    }

    fn contains(&self, n: usize) -> bool {
        self.0.get(n / 64).is_some_and(|word| word >> (n % 64) & 1 == 1)
    }

    /// Takes in those of another set.
    pub fn extend(&mut self, other: &Self) {
        if self.0.is_empty() {
            self.0.clone_from(&other.0);
        } else {
            self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a |= b);
        }
    }
}

/// The unknowns of a norm, and all that say something about those.
#[derive(Debug, Clone, Default)]
pub(crate) struct Links {
    facts: usize,
    own: Unknowns,
    linked: Unknowns,
}

impl Links {
    /// Those of what `norm` depends on.
    pub fn unknown(norm: &Norm, package: &Compiled, known: &Known<'_>) -> Self {
        let facts = package.vocabulary.facts.len();
        let mut links = Self { facts, ..Self::default() };
        let words = (facts + package.vocabulary.areas.len()).div_ceil(64);
        for variable in norm.variables.iter().filter(|variable| !known.knows(**variable)) {
            if links.own.0.is_empty() {
                links.own.0 = vec![0; words];
                links.linked.0 = vec![0; words];
            }
            let n = number(*variable, facts);
            links.own.insert(n);
            links.linked.insert(n);
            if let Variable::Area(area) | Variable::Distance(area) | Variable::Share(area) = variable {
                for other in package.vocabulary.area(*area).into_iter().flat_map(|area| &area.related) {
                    links.linked.insert(facts + other.index());
                }
            }
        }
        links
    }

    /// The unknowns themselves.
    pub fn own(&self) -> &Unknowns {
        &self.own
    }

    /// Whether it is one of these unknowns, or membership, distance or share of one of their areas.
    pub fn hold(&self, variable: Variable) -> bool {
        self.own.contains(number(variable, self.facts))
    }

    /// Whether these say something about one of `others`.
    pub fn meet(&self, others: &Unknowns) -> bool {
        self.linked.0.iter().zip(&others.0).any(|(a, b)| a & b != 0)
    }
}

fn number(variable: Variable, facts: usize) -> usize {
    match variable {
        Variable::Fact(fact) => fact.index(),
        Variable::Area(area) | Variable::Distance(area) | Variable::Share(area) => facts + area.index(),
    }
}
