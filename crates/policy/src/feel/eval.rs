//! Evaluation with Kleene's three truth values.

use super::expr::{Arithmetic, Expr, Number};
use super::truth::Truth;
use crate::ids::{ActivityId, AreaId, FactId, ReadingId};
use rust_decimal::Decimal;

/// What is known about a plan.
pub trait Situation {
    /// A yes-or-no fact.
    fn boolean(&self, fact: FactId) -> Truth;
    /// A number fact in its unit, or a date fact in days since 1970.
    fn number(&self, fact: FactId) -> Option<Decimal>;
    /// The same, for use in a sum. Where facts are filled in for the sake of argument, one of each kind of value, a
    /// sum of two such values says nothing about the others: there it stays unknown.
    fn certain_number(&self, fact: FactId) -> Option<Decimal> {
        self.number(fact)
    }
    /// The option of a choice fact.
    fn choice(&self, fact: FactId) -> Option<u16>;
    /// Membership of an area.
    fn within(&self, area: AreaId) -> Truth;
    /// Distance to an area in metres.
    fn distance(&self, area: AreaId) -> Option<Decimal>;
    /// Share of the plan in an area.
    fn share(&self, area: AreaId) -> Option<Decimal>;
    /// Whether the plan's activity is this one or lies below it.
    fn activity(&self, activity: ActivityId) -> bool;
    /// The option taken of a reading.
    fn reading(&self, reading: ReadingId) -> u16;
    /// The date of judgement in days since 1970.
    fn today(&self) -> Decimal;
}

/// What `expr` is in `situation`.
pub fn evaluate<S: Situation>(expr: &Expr, situation: &S) -> Truth {
    match expr {
        Expr::Constant(value) => Truth::from(*value),
        Expr::Fact(fact) => situation.boolean(*fact),
        Expr::Within(area) => situation.within(*area),
        Expr::Activity(activity) => Truth::from(situation.activity(*activity)),
        Expr::Reading(reading, option) => Truth::from(situation.reading(*reading) == *option),
        Expr::Choice(fact, options) => {
            situation.choice(*fact).map_or(Truth::Unknown, |option| Truth::from(options >> option & 1 == 1))
        }
        Expr::Compare(compare, left, right) => match (number(left, situation), number(right, situation)) {
            (Some(left), Some(right)) => Truth::from(compare.holds(left, right)),
            _ => Truth::Unknown,
        },
        Expr::Not(inner) => !evaluate(inner, situation),
        Expr::All(parts) => {
            let mut truth = Truth::Yes;
            for part in parts {
                truth = truth.and(evaluate(part, situation));
                if truth.is_no() {
                    break;
                }
            }
            truth
        }
        Expr::Any(parts) => {
            let mut truth = Truth::No;
            for part in parts {
                truth = truth.or(evaluate(part, situation));
                if truth.is_yes() {
                    break;
                }
            }
            truth
        }
    }
}

/// What `number` is in `situation`; unknown when a part is, on overflow and on division by zero.
fn number<S: Situation + ?Sized>(number_: &Number, situation: &S) -> Option<Decimal> {
    match number_ {
        Number::Constant(value) => Some(*value),
        Number::Fact(fact) => situation.number(*fact),
        Number::Distance(area) => situation.distance(*area),
        Number::Share(area) => situation.share(*area),
        Number::Today => Some(situation.today()),
        Number::Negate(inner) => number(inner, situation).map(|value| -value),
        Number::Arithmetic(arithmetic, left, right) => {
            let (left, right) = (certain(left, situation)?, certain(right, situation)?);
            match arithmetic {
                Arithmetic::Add => left.checked_add(right),
                Arithmetic::Subtract => left.checked_sub(right),
                Arithmetic::Multiply => left.checked_mul(right),
                Arithmetic::Divide => left.checked_div(right),
            }
        }
    }
}

/// The same inside a sum, where assumed numbers are not known.
fn certain<S: Situation + ?Sized>(part: &Number, situation: &S) -> Option<Decimal> {
    match part {
        Number::Fact(fact) => situation.certain_number(*fact),
        Number::Negate(inner) => certain(inner, situation).map(|value| -value),
        other => number(other, situation),
    }
}
