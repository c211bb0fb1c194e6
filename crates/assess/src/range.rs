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
use crate::lanes::{Lanes, Outcomes};
use crate::links::Links;
use crate::outcome::{Outcome, OutcomeSet, Range};
use crate::residue::Residue;
use brink_policy::compiled::Norm;
use brink_policy::feel::{Truth, Variable};
use brink_policy::{Known, Mark, Value};

/// The most steps of one search.
pub(crate) const MAX_STEPS: usize = 20_000;

/// The most ways to fill in the unknowns of a group that are all computed, instead of searched.
const MAX_AT_ONCE: usize = 512;

/// A norm and what can come out of it.
pub(crate) struct Candidate<'p> {
    pub norm: &'p Norm,
    /// Whether it applies, with what is known.
    pub applies: Truth,
    /// What comes out with what is known.
    pub outcome: Outcome,
    pub possible: OutcomeSet,
    /// Whether `possible` is exact, not too wide.
    pub exact: bool,
    /// What it depends on that is not known.
    pub links: Links,
    /// For a norm in which unknowns occur more than once: how to fill those in.
    pub trials: Option<Trials<'p>>,
}

/// What is left of one norm, and its unknowns that occur more than once, with the values each can have.
pub(crate) struct Trials<'p> {
    pub residue: Residue<'p>,
    pub repeated: Vec<(Variable, Vec<Value>)>,
    /// The ways to fill them in, many at once, where that can be done.
    pub lanes: Option<Lanes>,
    /// What comes out, per word of ways that was computed.
    pub words: Vec<Outcomes>,
    /// What was found to be possible with some of them filled in, while there is room to keep that; else empty.
    pub tried: Vec<OutcomeSet>,
}

impl<'p> Bench<'p> {
    /// The range over these norms.
    pub fn range(&self, candidates: &[&Candidate<'p>], known: &mut Known<'_>) -> Range {
        let floor = candidates.iter().map(|c| c.possible.mildest()).max().unwrap_or(Outcome::GeenBelang);
        let strengst = candidates.iter().map(|c| c.possible.strictest()).max().unwrap_or(Outcome::GeenBelang);
        let exact = candidates.iter().all(|c| c.exact || c.possible.strictest() <= floor);
        let risky: Vec<&Candidate<'p>> =
            candidates.iter().copied().filter(|c| c.possible.strictest() > floor).collect();
        let mut mildst = floor;
        let mut gave_up = false;
        for group in groups(&risky, &mut self.owners.borrow_mut()) {
            let (outcome, sure) = self.mildest(&group, floor, known);
            mildst = mildst.max(outcome);
            gave_up |= !sure;
        }
        Range { mildst, strengst, begrensd: gave_up || !exact }
    }

    /// The mildest verdict of a group of norms that share unknowns, not below `floor`; and whether it is sure.
    fn mildest(&self, group: &[&Candidate<'p>], floor: Outcome, known: &mut Known<'_>) -> (Outcome, bool) {
        if let [only] = group
            && only.exact
        {
            // By itself it can be as mild as its own mildest, which the floor is not below.
            return (floor, true);
        }
        let (outcome, sure) = self.search(group, floor, known);
        (outcome.max(floor), sure)
    }

    /// The mildest verdict of a group of norms, or something milder than `floor`; and whether it is sure. The same
    /// group, or a part of one, comes up for several interests.
    fn search(&self, group: &[&Candidate<'p>], floor: Outcome, known: &mut Known<'_>) -> (Outcome, bool) {
        let mut members: Vec<usize> =
            group.iter().map(|candidate| std::ptr::from_ref(*candidate).addr()).collect();
        members.sort_unstable();
        if let Some(found) = self.searched.borrow().iter().find_map(|found| found.answers(&members, floor)) {
            return found;
        }
        let residue = Residue::new(self, group.iter().map(|candidate| candidate.norm), known);
        if let Some(outcome) = mildest_of_all(&residue, group.len(), floor, known) {
            self.searched.borrow_mut().push(Searched { members, floor, outcome, sure: true });
            return (outcome, true);
        }
        let mut search =
            Search { residue, links: group.iter().map(|candidate| &candidate.links).collect(), steps: 0 };
        let possible: Vec<OutcomeSet> = (0..group.len()).map(|n| search.residue.possible(n, known)).collect();
        let least = possible.iter().map(|possible| possible.mildest()).max().max(Some(floor));
        let mut result = (Outcome::Strijdig, true);
        for level in Outcome::ALL.into_iter().filter(|level| Some(*level) >= least) {
            match search.reach(&possible, level, known) {
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
        self.searched.borrow_mut().push(Searched { members, floor, outcome, sure });
        result
    }
}

/// The mildest verdict of a few norms, or `floor`, from all ways to fill in what they look at. Nothing when there are too
/// many, or when something stays open however that is filled in.
fn mildest_of_all(
    residue: &Residue<'_>,
    norms: usize,
    floor: Outcome,
    known: &mut Known<'_>,
) -> Option<Outcome> {
    let mut unknowns: Vec<(Variable, Vec<Value>)> = Vec::new();
    let mut ways = 1_usize;
    for (_, expr) in residue.leaves() {
        expr.variables(&mut |variable| {
            if ways <= MAX_AT_ONCE
                && !known.knows(variable)
                && !unknowns.iter().any(|(other, _)| *other == variable)
            {
                let values = known.values(variable);
                ways = ways.saturating_mul(values.len());
                unknowns.push((variable, values));
            }
        });
        if ways > MAX_AT_ONCE {
            return None;
        }
    }
    let mut lanes = Lanes::new(residue, &unknowns, known)?;
    let mut mildest = Outcome::Strijdig;
    for word in 0..lanes.words() {
        let can_be = lanes.compute(residue, word);
        // Per outcome the ways in which some norm is as strict as that.
        let mut strictest = [0; 10];
        for norm in 0..norms {
            let outcomes = lanes.outcomes(residue, norm, can_be);
            if outcomes.several & can_be != 0 {
                return None;
            }
            for (all, own) in strictest.iter_mut().zip(outcomes.planes) {
                *all |= own;
            }
        }
        let mut left = can_be;
        for (outcome, ways) in Outcome::ALL.into_iter().zip(strictest).rev() {
            if left & !ways == 0 {
                // Every way that is left is as strict as this.
                mildest = if left == 0 { mildest } else { mildest.min(outcome) };
                break;
            }
            left &= !ways;
        }
        if mildest <= floor {
            break;
        }
    }
    Some(mildest.max(floor))
}

/// A search among the ways a group of norms can turn out.
struct Search<'s, 'p> {
    residue: Residue<'p>,
    /// Per norm what it depends on.
    links: Vec<&'s Links>,
    steps: usize,
}

impl Search<'_, '_> {
    /// Whether all norms of the group can stay at or below `level` together; `possible` is what can come out of each.
    fn reach(&mut self, possible: &[OutcomeSet], level: Outcome, known: &mut Known<'_>) -> Reach {
        self.steps += 1;
        if self.steps > MAX_STEPS {
            return Reach::GaveUp;
        }
        let mut worst: Option<(usize, OutcomeSet)> = None;
        for (norm, possible) in possible.iter().enumerate() {
            if possible.mildest() > level {
                return Reach::No;
            }
            if possible.strictest() > level
                && worst.is_none_or(|(_, other)| possible.strictest() > other.strictest())
            {
                worst = Some((norm, *possible));
            }
        }
        let Some((norm, _)) = worst else { return Reach::Yes };
        let mut unknown = Vec::new();
        self.residue.collect(norm, known, &mut unknown);
        // Nothing left to fill in: only a sum can still be unknown, and it may turn out well.
        let Some(variable) = unknown.first().copied() else {
            return Reach::GaveUp;
        };
        let mut options: Vec<(OutcomeSet, _)> = Vec::new();
        for value in known.values(variable) {
            let mark = known.mark();
            if known.assume(variable, value) {
                options.push((self.residue.possible(norm, known), value));
            }
            known.undo(mark);
        }
        options.sort_by_key(|(set, value)| (set.strictest(), set.mildest(), *value));
        let mut gave_up = false;
        for (_, value) in options {
            let mark = known.mark();
            let reach = if known.assume(variable, value) {
                let next = self.after(possible, mark, known);
                self.reach(&next, level, known)
            } else {
                Reach::No
            };
            known.undo(mark);
            match reach {
                Reach::Yes => return Reach::Yes,
                Reach::No => {}
                Reach::GaveUp => gave_up = true,
            }
            if self.steps > MAX_STEPS {
                break;
            }
        }
        if gave_up { Reach::GaveUp } else { Reach::No }
    }

    /// What can come out of each norm after more was assumed: another set only where the norm looks at that.
    fn after(&mut self, before: &[OutcomeSet], mark: Mark, known: &Known<'_>) -> Vec<OutcomeSet> {
        let mut after = before.to_vec();
        for (n, (set, links)) in after.iter_mut().zip(&self.links).enumerate() {
            if !set.is_single() && known.assumed_since(mark).any(|variable| links.hold(variable)) {
                *set = self.residue.possible(n, known);
            }
        }
        after
    }
}

enum Reach {
    Yes,
    No,
    GaveUp,
}

/// Per unknown the group that has it, kept from one division in groups to the next.
#[derive(Default)]
pub(crate) struct Owners {
    /// With the division it was for.
    groups: Vec<(u32, u32)>,
    division: u32,
}

impl Owners {
    /// Makes room for so many unknowns, of which none has a group.
    fn forget(&mut self, unknowns: usize) {
        if self.division == u32::MAX {
            self.groups.clear();
            self.division = 0;
        }
        self.division += 1;
        if self.groups.len() < unknowns {
            self.groups.resize(unknowns, (0, 0));
        }
    }

    fn get(&self, unknown: usize) -> Option<usize> {
        let (_, group) = self.groups.get(unknown).filter(|(division, _)| *division == self.division)?;
        usize::try_from(*group).ok()
    }

    fn set(&mut self, unknown: usize, group: usize) {
        if let (Some(owner), Ok(group)) = (self.groups.get_mut(unknown), u32::try_from(group)) {
            *owner = (self.division, group);
        }
    }
}

/// Splits norms in groups that share no unknowns.
fn groups<'a, 'p>(candidates: &[&'a Candidate<'p>], owners: &mut Owners) -> Vec<Vec<&'a Candidate<'p>>> {
    if candidates.is_empty() {
        return Vec::new();
    }
    if let [only] = candidates {
        return vec![vec![*only]];
    }
    let mut groups: Vec<Vec<&'a Candidate<'p>>> = Vec::with_capacity(candidates.len());
    // Per group in which other one it went up, if it did; per unknown the group that has it.
    let mut merged: Vec<Option<usize>> = Vec::with_capacity(candidates.len());
    let unknowns = candidates.iter().filter_map(|candidate| candidate.links.own().last()).max();
    owners.forget(unknowns.map_or(0, |last| last + 1));
    let mut touched: Vec<usize> = Vec::new();
    for candidate in candidates {
        let new = groups.len();
        touched.clear();
        for unknown in candidate.links.linked() {
            if let Some(mut group) = owners.get(unknown) {
                while let Some(next) = merged.get(group).copied().flatten() {
                    group = next;
                }
                if !touched.contains(&group) {
                    touched.push(group);
                }
            }
        }
        touched.sort_unstable();
        let mut members = vec![*candidate];
        for group in &touched {
            members.append(groups.get_mut(*group).unwrap_or(&mut Vec::new()));
            if let Some(place) = merged.get_mut(*group) {
                *place = Some(new);
            }
        }
        for unknown in candidate.links.own() {
            owners.set(unknown, new);
        }
        groups.push(members);
        merged.push(None);
    }
    groups.retain(|members| !members.is_empty());
    groups
}
