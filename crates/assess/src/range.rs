//! The mildest and strictest verdict over all ways the unknowns can turn out.
//!
//! A verdict is the strictest outcome of the norms. So the strictest verdict is the strictest outcome any norm can
//! have by itself, and that is found norm by norm: norms have few unknowns each.
//!
//! The mildest is not: two norms may not be at their mildest together. It is at least the greatest of the mildest
//! outcomes per norm. Whether that can be reached is a search: norms that can exceed it are split in groups that share
//! no unknowns, and per group values are filled in, most dangerous norm first, with a bound after every step. The
//! first level at which every group has a way out is the answer, exactly. After [`MAX_STEPS`] steps the search gives up
//! and the bound stands, which is never stricter than the truth; the range then says that it is bounded.

use crate::judge::{Bench, Searched};
use crate::outcome::{Outcome, OutcomeSet, Range};
use brink_policy::Known;
use brink_policy::compiled::Norm;
use brink_policy::feel::Variable;

/// The most steps of one search.
pub(crate) const MAX_STEPS: usize = 20_000;

/// A norm and what can come out of it.
pub(crate) struct Candidate<'p> {
    pub norm: &'p Norm,
    /// What comes out with what is known.
    pub outcome: Outcome,
    pub possible: OutcomeSet,
    /// Whether `possible` is exact, not too wide.
    pub exact: bool,
    /// What it depends on that is not known.
    pub unknown: Vec<Variable>,
    /// Those of that that occur more than once.
    pub repeated: Vec<Variable>,
}

impl Bench<'_> {
    /// The range over these norms.
    pub fn range(&self, candidates: &[&Candidate<'_>], known: &mut Known<'_>) -> Range {
        let floor = candidates.iter().map(|c| c.possible.mildest()).max().unwrap_or(Outcome::GeenBelang);
        let strengst = candidates.iter().map(|c| c.possible.strictest()).max().unwrap_or(Outcome::GeenBelang);
        let exact = candidates.iter().all(|c| c.exact || c.possible.strictest() <= floor);
        let risky: Vec<&Candidate<'_>> =
            candidates.iter().copied().filter(|c| c.possible.strictest() > floor).collect();
        let mut mildst = floor;
        let mut gave_up = false;
        for group in groups(&risky, self) {
            let (outcome, sure) = self.mildest(&group, floor, known);
            mildst = mildst.max(outcome);
            gave_up |= !sure;
        }
        Range { mildst, strengst, begrensd: gave_up || !exact }
    }

    /// The mildest verdict of a group of norms that share unknowns, not below `floor`; and whether it is sure.
    fn mildest(&self, group: &[&Candidate<'_>], floor: Outcome, known: &mut Known<'_>) -> (Outcome, bool) {
        if let [only] = group
            && only.exact
        {
            // By itself it can be as mild as its own mildest, which the floor is not below.
            return (floor, true);
        }
        let group: Vec<&Norm> = group.iter().map(|candidate| candidate.norm).collect();
        let (outcome, sure) = self.search(&group, known);
        (outcome.max(floor), sure)
    }

    /// The mildest verdict of a group of norms, and whether it is sure. The same group comes up for several interests.
    fn search(&self, group: &[&Norm], known: &mut Known<'_>) -> (Outcome, bool) {
        let mut norms: Vec<*const Norm> = group.iter().map(|norm| std::ptr::from_ref(*norm)).collect();
        norms.sort_unstable();
        if let Some(found) = self.searched.borrow().iter().find(|found| found.norms == norms) {
            return (found.outcome, found.sure);
        }
        let floor = group.iter().map(|norm| self.possible(norm, known).mildest()).max();
        let mut steps = 0;
        let mut result = (Outcome::Strijdig, true);
        for level in Outcome::ALL.into_iter().filter(|level| Some(*level) >= floor) {
            match self.reach(group, level, known, &mut steps) {
                Reach::Yes => {
                    result = (level, true);
                    break;
                }
                Reach::No => {}
                Reach::GaveUp => {
                    result = (level, false);
                    break;
                }
            }
        }
        let (outcome, sure) = result;
        self.searched.borrow_mut().push(Searched { norms, outcome, sure });
        result
    }

    /// Whether all norms of the group can stay at or below `level` together.
    fn reach(&self, group: &[&Norm], level: Outcome, known: &mut Known<'_>, steps: &mut usize) -> Reach {
        *steps += 1;
        if *steps > MAX_STEPS {
            return Reach::GaveUp;
        }
        let mut worst: Option<(&Norm, OutcomeSet)> = None;
        for norm in group {
            let possible = self.possible(norm, known);
            if possible.mildest() > level {
                return Reach::No;
            }
            if possible.strictest() > level
                && worst.is_none_or(|(_, other)| possible.strictest() > other.strictest())
            {
                worst = Some((norm, possible));
            }
        }
        let Some((norm, _)) = worst else { return Reach::Yes };
        let mut unknown = Vec::new();
        self.collect(norm, known, &mut unknown);
        // Nothing left to fill in: only a sum can still be unknown, and it may turn out well.
        let Some(variable) = unknown.first().copied() else {
            return Reach::GaveUp;
        };
        let mut options: Vec<(OutcomeSet, _)> = Vec::new();
        for value in known.values(variable) {
            let mark = known.mark();
            if known.assume(variable, value) {
                options.push((self.possible(norm, known), value));
            }
            known.undo(mark);
        }
        options.sort_by_key(|(set, value)| (set.strictest(), set.mildest(), *value));
        let mut gave_up = false;
        for (_, value) in options {
            let mark = known.mark();
            let reach = if known.assume(variable, value) {
                self.reach(group, level, known, steps)
            } else {
                Reach::No
            };
            known.undo(mark);
            match reach {
                Reach::Yes => return Reach::Yes,
                Reach::No => {}
                Reach::GaveUp => gave_up = true,
            }
            if *steps > MAX_STEPS {
                break;
            }
        }
        if gave_up { Reach::GaveUp } else { Reach::No }
    }
}

enum Reach {
    Yes,
    No,
    GaveUp,
}

/// Splits norms in groups that share no unknowns.
fn groups<'a, 'p>(candidates: &[&'a Candidate<'p>], bench: &Bench<'_>) -> Vec<Vec<&'a Candidate<'p>>> {
    let mut groups: Vec<Vec<&'a Candidate<'p>>> = Vec::new();
    for candidate in candidates {
        let mut members = vec![*candidate];
        groups.retain_mut(|others| {
            let shared = others.iter().any(|other| share(candidate, other, bench));
            if shared {
                members.append(others);
            }
            !shared
        });
        groups.push(members);
    }
    groups
}

fn share(one: &Candidate<'_>, other: &Candidate<'_>, bench: &Bench<'_>) -> bool {
    one.unknown.iter().any(|a| other.unknown.iter().any(|b| linked(*a, *b, bench)))
}

fn linked(a: Variable, b: Variable, bench: &Bench<'_>) -> bool {
    let area = |variable| match variable {
        Variable::Area(area) | Variable::Distance(area) | Variable::Share(area) => Some(area),
        Variable::Fact(_) => None,
    };
    match (area(a), area(b)) {
        (Some(a), Some(b)) => bench.package.related(a, b),
        _ => a == b,
    }
}
