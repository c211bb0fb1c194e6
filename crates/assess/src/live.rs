//! The unknowns that can still change the outcome of a norm.

use crate::judge::{Bench, met};
use crate::links::Links;
use crate::outcome::{Outcome, OutcomeSet};
use crate::range::{Candidate, Trials};
use crate::residue::Residue;
use brink_policy::compiled::{Condition, Norm, Requirement};
use brink_policy::feel::{Expr, Number, Truth, Variable, evaluate};
use brink_policy::{Known, Value};

/// The most ways to fill in the unknowns of one norm that are tried one by one.
pub(crate) const MAX_WAYS: usize = 4_096;

impl<'p> Bench<'p> {
    /// What can come out of a norm. Where unknowns occur more than once, ways to fill those in are tried until all that
    /// seems possible has been seen; unless there are too many ways.
    pub fn analyse(&self, norm: &'p Norm, judged: Outcome, known: &mut Known<'_>) -> Candidate<'p> {
        let quick = self.possible(norm, known);
        let links = Links::unknown(norm, self.package, known);
        let mut candidate =
            Candidate { norm, outcome: judged, possible: quick, exact: true, links, trials: None };
        if !quick.is_single() && norm.repeated.iter().any(|variable| !known.knows(*variable)) {
            let repeated: Vec<(Variable, Vec<Value>)> = norm
                .repeated
                .iter()
                .filter(|variable| !known.knows(**variable))
                .map(|variable| (*variable, known.values(*variable)))
                .collect();
            if ways(&repeated) > MAX_WAYS {
                candidate.exact = false;
            } else {
                let mut residue = Residue::new(self, [norm], known);
                let mut seen = OutcomeSet::default();
                see(&mut residue, &repeated, known, quick, &mut seen);
                candidate.possible = seen;
                candidate.trials = Some(Trials { residue, repeated });
            }
        }
        // An outcome that the unknowns can't change is that outcome, even where each by itself seems to leave it open.
        if candidate.exact && candidate.possible.is_single() {
            candidate.outcome = candidate.possible.mildest();
        }
        candidate
    }

    /// The unknowns that can still change the outcome of the norm, each once. Were there too many ways to fill in what
    /// occurs more than once, or where two unknowns only matter together, this may name one that makes no difference; it
    /// never leaves out one that does.
    pub fn live(&self, candidate: &mut Candidate<'_>, known: &mut Known<'_>) -> Vec<Variable> {
        let mut found = Vec::new();
        self.collect(candidate.norm, known, &mut found);
        let Some(Trials { residue, repeated }) = &mut candidate.trials else {
            return found;
        };
        let ways = ways(repeated);
        let mut table = Table {
            sets: vec![None; ways],
            dimensions: repeated.iter().map(|(variable, values)| (*variable, values.len().max(1))).collect(),
            live: Vec::new(),
            wanted: found.clone(),
        };
        if !fill(residue, repeated, known, 0, ways, &mut table) {
            table.finish();
        }
        found.retain(|variable| table.live.contains(variable));
        found
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
            if self.switches_off(*id, known, 0) == Truth::Unknown {
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

/// Fills in what occurs more than once until every outcome that seems possible has been seen.
fn see(
    residue: &mut Residue<'_>,
    repeated: &[(Variable, Vec<Value>)],
    known: &mut Known<'_>,
    wanted: OutcomeSet,
    seen: &mut OutcomeSet,
) {
    let quick = residue.possible(0, known);
    let Some(((first, values), rest)) = repeated.split_first().filter(|_| !seen.holds(quick)) else {
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
        return see(residue, rest, known, wanted, seen);
    }
    for value in values {
        let mark = known.mark();
        if known.assume(*first, *value) {
            see(residue, rest, known, wanted, seen);
        }
        known.undo(mark);
        if seen.holds(wanted) {
            return;
        }
    }
}

/// Fills in a part of the table; says whether all that is wanted has been found to matter.
fn fill(
    residue: &mut Residue<'_>,
    repeated: &[(Variable, Vec<Value>)],
    known: &mut Known<'_>,
    at: usize,
    size: usize,
    table: &mut Table,
) -> bool {
    let quick = residue.possible(0, known);
    let Some(((first, values), rest)) = repeated.split_first().filter(|_| !quick.is_single()) else {
        if let Some(part) = table.sets.get_mut(at..at + size) {
            part.fill(Some(quick));
        }
        if !quick.is_single() {
            residue.collect(0, known, &mut table.live);
        }
        table.compare(at);
        return table.is_complete();
    };
    let step = size / values.len().max(1);
    if known.knows(*first) {
        // It followed from another: only the part with that value can be.
        let place = values.iter().position(|value| known.has(*first, *value)).unwrap_or_default();
        return fill(residue, rest, known, at + place * step, step, table);
    }
    for (n, value) in values.iter().enumerate() {
        let mark = known.mark();
        let complete = known.assume(*first, *value) && fill(residue, rest, known, at + n * step, step, table);
        known.undo(mark);
        if complete {
            return true;
        }
    }
    false
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
fn ways(unknown: &[(Variable, Vec<Value>)]) -> usize {
    unknown.iter().fold(1_usize, |product, (_, values)| product.saturating_mul(values.len().max(1)))
}

pub(crate) fn push(variable: Variable, found: &mut Vec<Variable>) {
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

pub(crate) fn unsettled(expr: &Expr, known: &Known<'_>, found: &mut Vec<Variable>) {
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
