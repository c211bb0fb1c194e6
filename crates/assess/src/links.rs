//! Which unknowns norms share: the same one, or two areas that say something about each other.

use brink_policy::Known;
use brink_policy::compiled::{Compiled, Norm};
use brink_policy::feel::Variable;

/// The unknowns of a norm, by number: facts first, then areas.
#[derive(Debug, Clone, Default)]
pub(crate) struct Links {
    facts: usize,
    /// Sorted.
    own: Vec<usize>,
    /// Areas that say something about areas among its own; sorted.
    related: Vec<usize>,
}

impl Links {
    /// Those of what `norm` depends on.
    pub fn unknown(norm: &Norm, package: &Compiled, known: &Known<'_>) -> Self {
        let facts = package.vocabulary.facts.len();
        let mut links = Self { facts, ..Self::default() };
        for variable in norm.variables.iter().filter(|variable| !known.knows(**variable)) {
            links.own.push(number(*variable, facts));
            if let Variable::Area(area) | Variable::Distance(area) | Variable::Share(area) = variable {
                let related = package.vocabulary.area(*area).into_iter().flat_map(|area| &area.related);
                links.related.extend(related.map(|other| facts + other.index()));
            }
        }
        links.own.sort_unstable();
        links.own.dedup();
        links.related.sort_unstable();
        links.related.dedup();
        links
    }

    /// The unknowns themselves.
    pub fn own(&self) -> impl Iterator<Item = usize> {
        self.own.iter().copied()
    }

    /// The unknowns and all that say something about them; some twice.
    pub fn linked(&self) -> impl Iterator<Item = usize> {
        self.own.iter().chain(&self.related).copied()
    }

    /// Whether it is one of these unknowns, or membership, distance or share of one of their areas.
    pub fn hold(&self, variable: Variable) -> bool {
        self.own.binary_search(&number(variable, self.facts)).is_ok()
    }
}

fn number(variable: Variable, facts: usize) -> usize {
    match variable {
        Variable::Fact(fact) => fact.index(),
        Variable::Area(area) | Variable::Distance(area) | Variable::Share(area) => facts + area.index(),
    }
}
