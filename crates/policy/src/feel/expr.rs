//! The typed form of an expression: names are ids, types and units have been checked.

use crate::ids::{ActivityId, AreaId, FactId, ReadingId};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A truth-valued expression.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Expr {
    /// Always true or always false.
    Constant(bool),
    /// A yes-or-no fact.
    Fact(FactId),
    /// The plan lies in an area.
    Within(AreaId),
    /// The plan is about an activity or one below it.
    Activity(ActivityId),
    /// The package takes this option of a reading.
    Reading(ReadingId, u16),
    /// A choice fact is one of these options (bit `n` is option `n`).
    Choice(FactId, u64),
    /// Two numbers compared.
    Compare(Compare, Number, Number),
    /// Not.
    Not(Box<Expr>),
    /// All of these.
    All(Vec<Expr>),
    /// Any of these.
    Any(Vec<Expr>),
}

/// A numeric expression. Dates are days since 1 January 1970.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Number {
    /// A number as written.
    Constant(Decimal),
    /// A number or date fact, in its own unit.
    Fact(FactId),
    /// Metres to an area, 0 inside.
    Distance(AreaId),
    /// Part of the plan inside an area, 0 to 1.
    Share(AreaId),
    /// The date of judgement.
    Today,
    /// Minus.
    Negate(Box<Number>),
    /// Sum, difference, product or quotient.
    Arithmetic(Arithmetic, Box<Number>, Box<Number>),
}

/// How two numbers are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Compare {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

impl Compare {
    /// The same comparison with its sides exchanged.
    #[must_use]
    pub fn turned(self) -> Self {
        match self {
            Self::Equal => Self::Equal,
            Self::NotEqual => Self::NotEqual,
            Self::Less => Self::Greater,
            Self::LessOrEqual => Self::GreaterOrEqual,
            Self::Greater => Self::Less,
            Self::GreaterOrEqual => Self::LessOrEqual,
        }
    }

    /// Whether it holds between two known numbers.
    #[must_use]
    pub fn holds(self, left: Decimal, right: Decimal) -> bool {
        match self {
            Self::Equal => left == right,
            Self::NotEqual => left != right,
            Self::Less => left < right,
            Self::LessOrEqual => left <= right,
            Self::Greater => left > right,
            Self::GreaterOrEqual => left >= right,
        }
    }
}

/// How two numbers are combined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Arithmetic {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

/// Something a plan may leave unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Variable {
    /// A fact.
    Fact(FactId),
    /// Membership of an area.
    Area(AreaId),
    /// Distance to an area.
    Distance(AreaId),
    /// Share of an area.
    Share(AreaId),
}

impl Expr {
    /// All of `parts`, without needless nesting.
    #[must_use]
    pub fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut parts: Vec<Self> = parts.into_iter().filter(|part| *part != Self::Constant(true)).collect();
        match parts.len() {
            0 => Self::Constant(true),
            1 => parts.swap_remove(0),
            _ => Self::All(parts),
        }
    }

    /// Any of `parts`, without needless nesting.
    #[must_use]
    pub fn any(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut parts: Vec<Self> = parts.into_iter().filter(|part| *part != Self::Constant(false)).collect();
        match parts.len() {
            0 => Self::Constant(false),
            1 => parts.swap_remove(0),
            _ => Self::Any(parts),
        }
    }

    /// Calls `visit` for every occurrence of something a plan may leave unknown, in order.
    pub fn variables(&self, visit: &mut impl FnMut(Variable)) {
        match self {
            Self::Constant(_) | Self::Activity(_) | Self::Reading(..) => {}
            Self::Fact(fact) | Self::Choice(fact, _) => visit(Variable::Fact(*fact)),
            Self::Within(area) => visit(Variable::Area(*area)),
            Self::Compare(_, left, right) => {
                left.variables(visit);
                right.variables(visit);
            }
            Self::Not(inner) => inner.variables(visit),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.variables(visit)),
        }
    }

    /// Calls `visit` for every comparison.
    pub fn comparisons(&self, visit: &mut impl FnMut(Compare, &Number, &Number)) {
        match self {
            Self::Compare(compare, left, right) => visit(*compare, left, right),
            Self::Not(inner) => inner.comparisons(visit),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.comparisons(visit)),
            _ => {}
        }
    }

    /// Calls `visit` for every question which options a choice is among.
    pub fn choices(&self, visit: &mut impl FnMut(FactId, u64)) {
        match self {
            Self::Choice(fact, options) => visit(*fact, *options),
            Self::Not(inner) => inner.choices(visit),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.choices(visit)),
            _ => {}
        }
    }

    /// Calls `visit` for every reading.
    pub fn readings(&self, visit: &mut impl FnMut(ReadingId)) {
        match self {
            Self::Reading(reading, _) => visit(*reading),
            Self::Not(inner) => inner.readings(visit),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.readings(visit)),
            _ => {}
        }
    }
}

impl Number {
    /// Calls `visit` for every occurrence of something a plan may leave unknown, in order.
    pub fn variables(&self, visit: &mut impl FnMut(Variable)) {
        match self {
            Self::Constant(_) | Self::Today => {}
            Self::Fact(fact) => visit(Variable::Fact(*fact)),
            Self::Distance(area) => visit(Variable::Distance(*area)),
            Self::Share(area) => visit(Variable::Share(*area)),
            Self::Negate(inner) => inner.variables(visit),
            Self::Arithmetic(_, left, right) => {
                left.variables(visit);
                right.variables(visit);
            }
        }
    }
}
