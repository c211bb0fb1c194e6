//! The unknowns that can still change the outcome of a norm.

use crate::judge::{Bench, met};
use crate::outcome::{Outcome, OutcomeSet};
use crate::range::Candidate;
use brink_policy::Known;
use brink_policy::compiled::{Condition, Norm, Requirement};
use brink_policy::feel::{Expr, Number, Truth, Variable, evaluate};

/// The most ways to fill in the unknowns of one norm that are tried one by one.
pub(crate) const MAX_WAYS: usize = 4_096;

impl Bench<'_> {
    /// What can come out of a norm. Where unknowns occur more than once, ways to fill those in are tried until all that
    /// seems possible has been seen; unless there are too many ways.
    pub fn analyse<'n>(&self, norm: &'n Norm, judged: Outcome, known: &mut Known<'_>) -> Candidate<'n> {
        let quick = self.possible(norm, known);
        let unknown: Vec<Variable> =
            norm.variables.iter().copied().filter(|variable| !known.knows(*variable)).collect();
        let repeated: Vec<Variable> = norm.repeated.iter().copied().filter(|v| unknown.contains(v)).collect();
        let mut candidate =
            Candidate { norm, outcome: judged, possible: quick, exact: true, unknown, repeated };
        if !quick.is_single() && !candidate.repeated.is_empty() {
            if ways(&candidate.repeated, known) > MAX_WAYS {
                candidate.exact = false;
            } else {
                let mut seen = OutcomeSet::default();
                self.see(norm, &candidate.repeated, known, quick, &mut seen);
                candidate.possible = seen;
            }
        }
        // An outcome that the unknowns can't change is that outcome, even where each by itself seems to leave it open.
        if candidate.exact && candidate.possible.is_single() {
            candidate.outcome = candidate.possible.mildest();
        }
        candidate
    }

    /// Fills in what occurs more than once until every outcome that seems possible has been seen.
    fn see(
        &self,
        norm: &Norm,
        repeated: &[Variable],
        known: &mut Known<'_>,
        wanted: OutcomeSet,
        seen: &mut OutcomeSet,
    ) {
        let quick = self.possible(norm, known);
        let Some((first, rest)) = repeated.split_first().filter(|_| !seen.holds(quick)) else {
            // What was seen before is no reason to look further; at the end of the road, this is what there is.
            if repeated.is_empty() || quick.is_single() {
                seen.extend(quick);
            }
            return;
        };
        if quick.is_single() {
            seen.extend(quick);
            return;
        }
        if known.knows(*first) {
            return self.see(norm, rest, known, wanted, seen);
        }
        for value in known.values(*first) {
            let mark = known.mark();
            if known.assume(*first, value) {
                self.see(norm, rest, known, wanted, seen);
            }
            known.undo(mark);
            if seen.holds(wanted) {
                return;
            }
        }
    }

    /// The unknowns that can still change the outcome of the norm, each once. Were there too many ways to fill in what
    /// occurs more than once, or where two unknowns only matter together, this may name one that makes no difference; it
    /// never leaves out one that does.
    pub fn live(&self, candidate: &Candidate<'_>, known: &mut Known<'_>) -> Vec<Variable> {
        let mut found = Vec::new();
        self.collect(candidate.norm, known, &mut found);
        if candidate.repeated.is_empty() || !candidate.exact {
            return found;
        }
        let ways = ways(&candidate.repeated, known);
        let sizes: Vec<usize> = candidate.repeated.iter().map(|v| known.values(*v).len().max(1)).collect();
        let mut table = Table {
            sets: vec![None; ways],
            dimensions: candidate.repeated.iter().copied().zip(sizes).collect(),
            live: Vec::new(),
            wanted: found.clone(),
        };
        if !self.fill(candidate.norm, &candidate.repeated, known, 0, ways, &mut table) {
            table.finish();
        }
        found.retain(|variable| table.live.contains(variable));
        found
    }

    /// Fills in a part of the table; says whether all that is wanted has been found to matter.
    fn fill(
        &self,
        norm: &Norm,
        repeated: &[Variable],
        known: &mut Known<'_>,
        at: usize,
        size: usize,
        table: &mut Table,
    ) -> bool {
        let quick = self.possible(norm, known);
        let Some((first, rest)) = repeated.split_first().filter(|_| !quick.is_single()) else {
            if let Some(part) = table.sets.get_mut(at..at + size) {
                part.fill(Some(quick));
            }
            if !quick.is_single() {
                self.collect(norm, known, &mut table.live);
            }
            table.compare(at);
            return table.is_complete();
        };
        let values = known.values(*first);
        let step = size / values.len().max(1);
        if known.knows(*first) {
            // It followed from another: only the part with that value can be.
            let place = values.iter().position(|value| known.has(*first, *value)).unwrap_or_default();
            return self.fill(norm, rest, known, at + place * step, step, table);
        }
        for (n, value) in values.into_iter().enumerate() {
            let mark = known.mark();
            let complete =
                known.assume(*first, value) && self.fill(norm, rest, known, at + n * step, step, table);
            known.undo(mark);
            if complete {
                return true;
            }
        }
        false
    }

    /// The unknowns in the parts that are not settled.
    pub fn collect(&self, norm: &Norm, known: &Known<'_>, found: &mut Vec<Variable>) {
        let applies = self.applies(norm, known);
        if applies.is_no() {
            return;
        }
        if applies == Truth::Unknown {
            self.collect_applies(norm, known, found);
        }
        for (index, condition) in norm.conditions.iter().enumerate() {
            if self.matters(norm, index, known) {
                unsettled_condition(condition, known, found);
            }
        }
    }

    /// The unknowns that decide whether the norm applies.
    pub fn deciding(&self, norm: &Norm, known: &Known<'_>) -> Vec<Variable> {
        let mut found = Vec::new();
        if self.applies(norm, known) == Truth::Unknown {
            self.collect_applies(norm, known, &mut found);
        }
        found
    }

    fn collect_applies(&self, norm: &Norm, known: &Known<'_>, found: &mut Vec<Variable>) {
        unsettled(&norm.applies, known, found);
        for id in &norm.switched_off_by {
            let Some(other) = self.package.norm(*id).filter(|other| self.about(other)) else {
                continue;
            };
            let off = other
                .conditions
                .iter()
                .fold(self.applies(other, known), |truth, condition| truth.and(met(condition, known)));
            if off == Truth::Unknown {
                self.collect_switch(other, known, found);
            }
        }
    }

    fn collect_switch(&self, norm: &Norm, known: &Known<'_>, found: &mut Vec<Variable>) {
        unsettled(&norm.applies, known, found);
        for condition in &norm.conditions {
            unsettled_condition(condition, known, found);
        }
        for id in &norm.switched_off_by {
            if let Some(other) = self.package.norm(*id).filter(|other| self.about(other)) {
                self.collect_switch(other, known, found);
            }
        }
    }
}

/// The outcomes per way to fill in what occurs more than once, and what was found to matter.
struct Table {
    sets: Vec<Option<OutcomeSet>>,
    dimensions: Vec<(Variable, usize)>,
    live: Vec<Variable>,
    wanted: Vec<Variable>,
}

impl Table {
    fn is_complete(&self) -> bool {
        self.wanted.iter().all(|variable| self.live.contains(variable))
    }

    /// Two outcomes along one unknown, the others the same: does that one matter? Two equal sets of several outcomes may
    /// still differ, in the rest.
    fn differ(one: OutcomeSet, other: OutcomeSet) -> bool {
        one != other || !one.is_single()
    }

    /// Compares one entry with those beside it along every unknown.
    fn compare(&mut self, at: usize) {
        let Some(own) = self.sets.get(at).copied().flatten() else {
            return;
        };
        let mut stride = self.sets.len();
        for (variable, size) in &self.dimensions {
            stride /= size;
            let base = at - (at / stride.max(1)) % size * stride;
            let differs = (0..*size)
                .map(|n| base + n * stride)
                .filter(|other| *other != at)
                .filter_map(|other| self.sets.get(other).copied().flatten())
                .any(|other| Self::differ(own, other));
            if differs {
                push(*variable, &mut self.live);
            }
        }
    }

    /// Compares every entry along the unknowns that were not yet found to matter.
    fn finish(&mut self) {
        let mut stride = self.sets.len();
        for (variable, size) in &self.dimensions {
            stride /= size;
            if self.live.contains(variable) {
                continue;
            }
            let get = |n: usize| self.sets.get(n).copied().flatten();
            let matters =
                (0..self.sets.len()).filter(|n| (n / stride.max(1)).is_multiple_of(*size)).any(|base| {
                    let mut first = None;
                    (0..*size).filter_map(|n| get(base + n * stride)).any(|set| match first {
                        None => {
                            first = Some(set);
                            false
                        }
                        Some(earlier) => Self::differ(earlier, set),
                    })
                });
            if matters {
                push(*variable, &mut self.live);
            }
        }
    }
}

/// In how many ways the unknowns can be filled in.
fn ways(unknown: &[Variable], known: &Known<'_>) -> usize {
    unknown
        .iter()
        .fold(1_usize, |product, variable| product.saturating_mul(known.values(*variable).len().max(1)))
}

fn push(variable: Variable, found: &mut Vec<Variable>) {
    if !found.contains(&variable) {
        found.push(variable);
    }
}

fn unsettled_condition(condition: &Condition, known: &Known<'_>, found: &mut Vec<Variable>) {
    if met(condition, known) != Truth::Unknown {
        return;
    }
    unsettled(&condition.when, known, found);
    match &condition.requirement {
        Requirement::Expr(expr) => unsettled(expr, known, found),
        Requirement::OneOf(grounds) => {
            grounds
                .iter()
                .filter_map(|ground| ground.requirement.as_ref())
                .for_each(|expr| unsettled(expr, known, found));
        }
        Requirement::Open(_) => {}
    }
}

fn unsettled(expr: &Expr, known: &Known<'_>, found: &mut Vec<Variable>) {
    if evaluate(expr, known) != Truth::Unknown {
        return;
    }
    match expr {
        Expr::Fact(fact) | Expr::Choice(fact, _) => push(Variable::Fact(*fact), found),
        Expr::Within(area) => push(Variable::Area(*area), found),
        Expr::Compare(_, left, right) => {
            for number in [left, right] {
                unknown_numbers(number, known, found);
            }
        }
        Expr::Not(inner) => unsettled(inner, known, found),
        Expr::All(parts) | Expr::Any(parts) => parts.iter().for_each(|part| unsettled(part, known, found)),
        Expr::Constant(_) | Expr::Activity(_) | Expr::Reading(..) => {}
    }
}

fn unknown_numbers(number: &Number, known: &Known<'_>, found: &mut Vec<Variable>) {
    number.variables(&mut |variable| {
        if !known.knows(variable) {
            push(variable, found);
        }
    });
}
