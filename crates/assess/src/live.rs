//! The unknowns that can still change the outcome of a norm.

use crate::judge::{Bench, Judgement, met};
use crate::lanes::{Lanes, Outcomes};
use crate::links::Links;
use crate::outcome::OutcomeSet;
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
    pub fn analyse(&self, norm: &'p Norm, judged: Judgement, known: &mut Known<'_>) -> Candidate<'p> {
        let quick = self.possible(norm, known);
        let links = Links::unknown(norm, self.package, known);
        let mut candidate = Candidate {
            norm,
            applies: judged.applies,
            outcome: judged.outcome,
            possible: quick,
            exact: true,
            links,
            trials: None,
        };
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
                let ways = ways(&repeated);
                let mut trials = Trials::new(self, norm, repeated, known);
                candidate.possible = match &mut trials.lanes {
                    Some(_) => trials.possible_outcomes(quick),
                    None => {
                        let mut seen = OutcomeSet::default();
                        trials.make_room(ways);
                        see(&mut trials, Spot { depth: 0, at: 0, size: ways }, known, quick, &mut seen);
                        seen
                    }
                };
                candidate.trials = Some(trials);
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
        let Some(trials) = &mut candidate.trials else {
            return found;
        };
        if let Some(live) = trials.live(&found, known) {
            found.retain(|variable| live.contains(variable));
            return found;
        }
        let ways = ways(&trials.repeated);
        let mut table = Table {
            sets: vec![None; ways],
            dimensions: trials
                .repeated
                .iter()
                .map(|(variable, values)| (*variable, values.len().max(1)))
                .collect(),
            live: Vec::new(),
            wanted: found.clone(),
        };
        if !fill(trials, Spot { depth: 0, at: 0, size: ways }, known, &mut table) {
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

/// Where trying stands: how many unknowns have been filled in, and which of all ways are left.
#[derive(Debug, Clone, Copy)]
struct Spot {
    depth: usize,
    at: usize,
    size: usize,
}

impl Spot {
    /// The part with value `n` of `count` for the next unknown.
    fn part(self, n: usize, count: usize) -> Self {
        let size = self.size / count.max(1);
        Self { depth: self.depth + 1, at: self.at + n * size, size }
    }
}

impl<'p> Trials<'p> {
    fn new(
        bench: &Bench<'p>,
        norm: &'p Norm,
        repeated: Vec<(Variable, Vec<Value>)>,
        known: &mut Known<'_>,
    ) -> Self {
        let residue = Residue::new(bench, [norm], known);
        let lanes = Lanes::new(&residue, &repeated, known);
        Self { residue, repeated, lanes, words: Vec::new(), tried: Vec::new() }
    }

    /// Remembers what was tried, if there is room for so many ways.
    fn make_room(&mut self, ways: usize) {
        let places = self.repeated.len().saturating_add(1).saturating_mul(ways);
        if places <= MAX_WAYS {
            self.tried = vec![OutcomeSet::default(); places];
        }
    }

    /// Computes ways until all of `wanted` has been seen; gives what was seen.
    fn possible_outcomes(&mut self, wanted: OutcomeSet) -> OutcomeSet {
        let mut seen = OutcomeSet::default();
        while !seen.holds(wanted)
            && let Some(outcomes) = self.next_word()
        {
            seen.extend(outcomes.all());
        }
        seen
    }

    fn next_word(&mut self) -> Option<Outcomes> {
        let lanes = self.lanes.as_mut().filter(|lanes| self.words.len() < lanes.words())?;
        let can_be = lanes.compute(&self.residue, self.words.len());
        let outcomes = lanes.outcomes(&self.residue, 0, can_be);
        self.words.push(outcomes);
        Some(outcomes)
    }

    /// Which of `wanted`, and maybe some others, make a difference; nothing when ways can't be computed together.
    fn live(&mut self, wanted: &[Variable], known: &mut Known<'_>) -> Option<Vec<Variable>> {
        self.lanes.as_ref()?;
        while self.next_word().is_some() {}
        let lanes = self.lanes.as_mut()?;
        let mut live = Vec::new();
        lanes.compare(&self.words, &mut live);
        for (n, outcomes) in self.words.iter().enumerate() {
            if wanted.iter().all(|variable| live.contains(variable)) {
                break;
            }
            let ways = outcomes.several & outcomes.can_be;
            if ways != 0 {
                lanes.compute(&self.residue, n);
                self.residue.collect_ways(0, lanes, ways, known, &mut live);
            }
        }
        Some(live)
    }

    /// What can come out at a spot. It is looked at when the outcomes are gathered and again for the questions.
    fn possible(&mut self, spot: Spot, known: &Known<'_>) -> OutcomeSet {
        let ways = self.tried.len() / (self.repeated.len() + 1);
        let Some(place) = self.tried.get_mut(spot.depth * ways + spot.at) else {
            return self.residue.possible(0, known);
        };
        if place.is_empty() {
            *place = self.residue.possible(0, known);
        }
        *place
    }

    /// The next unknown to fill in, and its value if that followed from others.
    fn next(&self, spot: Spot, known: &Known<'_>) -> Option<(Variable, usize, Option<usize>)> {
        let (variable, values) = self.repeated.get(spot.depth)?;
        let followed = known
            .knows(*variable)
            .then(|| values.iter().position(|value| known.has(*variable, *value)).unwrap_or_default());
        Some((*variable, values.len(), followed))
    }

    fn value(&self, spot: Spot, n: usize) -> Option<Value> {
        self.repeated.get(spot.depth).and_then(|(_, values)| values.get(n)).copied()
    }
}

/// Fills in what occurs more than once until every outcome that seems possible has been seen.
fn see(
    trials: &mut Trials<'_>,
    spot: Spot,
    known: &mut Known<'_>,
    wanted: OutcomeSet,
    seen: &mut OutcomeSet,
) {
    let quick = trials.possible(spot, known);
    if quick.is_single() {
        seen.extend(quick);
        return;
    }
    let Some((variable, count, followed)) = trials.next(spot, known) else {
        // At the end of the road, this is what there is.
        seen.extend(quick);
        return;
    };
    if seen.holds(quick) {
        // What was seen before is no reason to look further.
        return;
    }
    if let Some(n) = followed {
        return see(trials, spot.part(n, count), known, wanted, seen);
    }
    for n in 0..count {
        let mark = known.mark();
        if trials.value(spot, n).is_some_and(|value| known.assume(variable, value)) {
            see(trials, spot.part(n, count), known, wanted, seen);
        }
        known.undo(mark);
        if seen.holds(wanted) {
            return;
        }
    }
}

/// Fills in a part of the table; says whether all that is wanted has been found to matter.
fn fill(trials: &mut Trials<'_>, spot: Spot, known: &mut Known<'_>, table: &mut Table) -> bool {
    let quick = trials.possible(spot, known);
    let Some((variable, count, followed)) = trials.next(spot, known).filter(|_| !quick.is_single()) else {
        if let Some(part) = table.sets.get_mut(spot.at..spot.at + spot.size) {
            part.fill(Some(quick));
        }
        if !quick.is_single() {
            trials.residue.collect(0, known, &mut table.live);
        }
        table.compare(spot.at);
        return table.is_complete();
    };
    if let Some(n) = followed {
        // It followed from another: only the part with that value can be.
        return fill(trials, spot.part(n, count), known, table);
    }
    for n in 0..count {
        let mark = known.mark();
        let complete = trials.value(spot, n).is_some_and(|value| known.assume(variable, value))
            && fill(trials, spot.part(n, count), known, table);
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
