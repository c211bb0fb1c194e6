//! The unknowns that can still change the outcome of a norm.

use crate::judge::{Bench, met};
use crate::outcome::OutcomeSet;
use brink_policy::Known;
use brink_policy::compiled::{Condition, Norm, Requirement};
use brink_policy::feel::{Expr, Number, Truth, Variable, evaluate};

/// The most ways to fill in the unknowns of one norm that are tried one by one.
pub(crate) const MAX_WAYS: usize = 4_096;

impl Bench<'_> {
    /// The unknowns that can still change the outcome of the norm, each once. For a norm in which something occurs
    /// twice all ways are tried; were they too many, this may name some that don't matter.
    pub fn live(&self, norm: &Norm, known: &mut Known<'_>) -> Vec<Variable> {
        let mut found = Vec::new();
        self.collect(norm, known, &mut found);
        if !norm.read_once && !found.is_empty() {
            let unknown: Vec<Variable> = norm
                .variables
                .iter()
                .copied()
                .filter(|v| !known.knows(*v))
                .collect();
            if ways(&unknown, known) <= MAX_WAYS {
                found.retain(|variable| self.changes(norm, *variable, &unknown, known));
            }
        }
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
            let off = other
                .conditions
                .iter()
                .fold(self.applies(other, known), |truth, condition| {
                    truth.and(met(condition, known))
                });
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

    /// Whether there is a way to fill in the others in which this one makes a difference.
    fn changes(&self, norm: &Norm, variable: Variable, unknown: &[Variable], known: &mut Known<'_>) -> bool {
        let others: Vec<Variable> = unknown
            .iter()
            .copied()
            .filter(|other| *other != variable)
            .collect();
        self.changes_below(norm, variable, &others, known)
    }

    fn changes_below(
        &self,
        norm: &Norm,
        variable: Variable,
        others: &[Variable],
        known: &mut Known<'_>,
    ) -> bool {
        if self.possible(norm, known).is_single() {
            return false;
        }
        let Some((first, rest)) = others.split_first() else {
            let mut outcomes: Option<OutcomeSet> = None;
            if known.knows(variable) {
                return false;
            }
            for value in known.values(variable) {
                let mark = known.mark();
                let fits = known.assume(variable, value);
                let set = self.possible(norm, known);
                known.undo(mark);
                if fits && outcomes.replace(set).is_some_and(|earlier| earlier != set) {
                    return true;
                }
            }
            return false;
        };
        if known.knows(*first) {
            return self.changes_below(norm, variable, rest, known);
        }
        for value in known.values(*first) {
            let mark = known.mark();
            let changes = known.assume(*first, value) && self.changes_below(norm, variable, rest, known);
            known.undo(mark);
            if changes {
                return true;
            }
        }
        false
    }

    /// Every outcome that is still possible, exactly where that can be had; says whether it is exact.
    pub fn possible_exactly(&self, norm: &Norm, known: &mut Known<'_>) -> (OutcomeSet, bool) {
        let quick = self.possible(norm, known);
        if norm.read_once || quick.is_single() {
            return (quick, true);
        }
        let unknown: Vec<Variable> = norm
            .variables
            .iter()
            .copied()
            .filter(|v| !known.knows(*v))
            .collect();
        if ways(&unknown, known) > MAX_WAYS {
            return (quick, false);
        }
        let mut set = OutcomeSet::default();
        self.try_all(norm, &unknown, known, &mut set);
        (set, true)
    }

    fn try_all(&self, norm: &Norm, unknown: &[Variable], known: &mut Known<'_>, set: &mut OutcomeSet) {
        let quick = self.possible(norm, known);
        let Some((first, rest)) = unknown.split_first().filter(|_| !quick.is_single()) else {
            set.extend(quick);
            return;
        };
        if known.knows(*first) {
            return self.try_all(norm, rest, known, set);
        }
        for value in known.values(*first) {
            let mark = known.mark();
            if known.assume(*first, value) {
                self.try_all(norm, rest, known, set);
            }
            known.undo(mark);
        }
    }
}

/// In how many ways the unknowns can be filled in.
fn ways(unknown: &[Variable], known: &Known<'_>) -> usize {
    unknown.iter().fold(1_usize, |product, variable| {
        product.saturating_mul(known.values(*variable).len().max(1))
    })
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
