//! What goals and service levels say about a measured value, and whether the sums of the source add up.

use crate::feel::Truth;
use crate::written::{
    Comparison, Difference, Goal, Line, Measure, Moment, Number, ServiceLevel, Target, Threshold, Weekday,
};
use rust_decimal::Decimal;
use serde::Serialize;

/// What was measured: a value, or whether a milestone is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measured {
    /// A value in the unit of the goal.
    Value(Decimal),
    /// Whether it is there.
    Ready(bool),
}

impl From<Decimal> for Measured {
    fn from(value: Decimal) -> Self {
        Self::Value(value)
    }
}

impl From<i64> for Measured {
    fn from(value: i64) -> Self {
        Self::Value(value.into())
    }
}

impl From<bool> for Measured {
    fn from(ready: bool) -> Self {
        Self::Ready(ready)
    }
}

/// How a goal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum GoalStatus {
    /// Reached.
    Gehaald,
    /// Not reached, and the year has passed.
    Gemist,
    /// Not reached yet.
    Loopt,
    /// The source does not say enough, or nothing was measured.
    NietTeBepalen,
}

/// A sum of the source: what it states and what its own numbers make.
#[derive(Debug, Clone, PartialEq)]
pub struct Sum<'a> {
    /// What the numbers are.
    pub of: SumOf<'a>,
    /// What the source states.
    pub stated: Decimal,
    /// What its numbers make.
    pub computed: Decimal,
    /// Why these differ.
    pub explained: Option<&'a Difference>,
}

impl Sum<'_> {
    /// Whether it adds up.
    #[must_use]
    pub fn adds_up(&self) -> bool {
        self.stated == self.computed
    }
}

/// What the numbers of a sum are.
#[derive(Debug, Clone, PartialEq)]
pub enum SumOf<'a> {
    /// All parts of the goal.
    Parts,
    /// The goal in another unit.
    Measure(&'a Measure),
    /// Numbers named with the difference.
    Numbers(&'a [Number]),
}

impl Target {
    /// Whether a value is good enough.
    #[must_use]
    pub fn met(&self, measured: Measured) -> Truth {
        match (measured, self.waarde) {
            (Measured::Value(value), Some(Number(wanted))) => Truth::from(match self.vergelijking {
                Comparison::Minstens => value >= wanted,
                Comparison::Hoogstens => value <= wanted,
            }),
            (Measured::Ready(ready), None) => Truth::from(ready),
            (Measured::Value(_), None) | (Measured::Ready(_), Some(_)) => Truth::Unknown,
        }
    }

    /// The lower and upper end, where the source gives both.
    #[must_use]
    pub fn band(&self) -> Option<[Decimal; 2]> {
        Some([self.waarde?.0, self.bovenkant?.0])
    }

    /// Whether the time for it is over in a year.
    fn over(&self, year: u16) -> bool {
        match (self.jaar, self.termijn) {
            (Some(last), Moment::Eind | Moment::Medio) => year > last,
            (Some(last), Moment::Voor) => year >= last,
            (_, Moment::Verstreken | Moment::Onbepaald) | (None, _) => false,
        }
    }
}

impl Goal {
    /// Whether the goal is met by what was measured; unknown where the source does not say enough.
    #[must_use]
    pub fn met(&self, measured: impl Into<Measured>) -> Truth {
        if self.niet_te_bepalen.is_some() {
            return Truth::Unknown;
        }
        self.streef.met(measured.into())
    }

    /// How the goal stands with what was measured in a year. In the target year itself it can still be reached.
    #[must_use]
    pub fn status(&self, measured: impl Into<Measured>, year: Option<u16>) -> GoalStatus {
        match self.met(measured) {
            Truth::Unknown => GoalStatus::NietTeBepalen,
            Truth::Yes => GoalStatus::Gehaald,
            Truth::No => match year {
                Some(year) if self.streef.over(year) => GoalStatus::Gemist,
                None if self.streef.jaar.is_some() && self.streef.termijn != Moment::Verstreken => {
                    GoalStatus::NietTeBepalen
                }
                _ => GoalStatus::Loopt,
            },
        }
    }

    /// What the parts make together; `None` when there are none, or more than can be computed with.
    #[must_use]
    pub fn sum(&self) -> Option<Decimal> {
        add(self.delen.iter().map(|part| part.waarde.0))
    }

    /// What is there, according to the source.
    #[must_use]
    pub fn realised(&self) -> Option<Decimal> {
        match self.gerealiseerd {
            Some(Number(value)) => Some(value),
            None => add(self.delen.iter().filter_map(|part| part.gerealiseerd).map(|value| value.0)),
        }
    }

    /// What is being built, according to the source.
    #[must_use]
    pub fn under_construction(&self) -> Option<Decimal> {
        add(self.delen.iter().filter_map(|part| part.in_aanbouw).map(|value| value.0))
    }

    /// What is still to be done when this much is there; nothing when the goal is met.
    #[must_use]
    pub fn remaining(&self, value: Decimal) -> Option<Decimal> {
        let wanted = self.streef.waarde?.0;
        let left = match self.streef.vergelijking {
            Comparison::Minstens => wanted.checked_sub(value)?,
            Comparison::Hoogstens => value.checked_sub(wanted)?,
        };
        Some(left.max(Decimal::ZERO))
    }

    /// The sums the source makes with this goal: its parts, its other units, and what else does not add up.
    #[must_use]
    pub fn sums(&self) -> Vec<Sum<'_>> {
        let Some(Number(stated)) = self.streef.waarde else {
            return Vec::new();
        };
        let explained = |computed: Decimal| {
            self.verschil_verklaard.iter().find(|difference| {
                difference.van.is_empty()
                    && difference.genoemd.0 == stated
                    && difference.berekend.0 == rounded_like(computed, difference.berekend.0)
            })
        };
        let sum = |of: SumOf<'static>, computed: Decimal| Sum {
            of,
            stated,
            computed,
            explained: explained(computed),
        };
        let mut sums: Vec<Sum<'_>> = self.sum().map(|all| sum(SumOf::Parts, all)).into_iter().collect();
        for measure in &self.maten {
            if let Some(computed) = measure.converted() {
                sums.push(Sum { of: SumOf::Measure(measure), ..sum(SumOf::Parts, computed) });
            }
        }
        for difference in &self.verschil_verklaard {
            if !difference.van.is_empty()
                && let Some(computed) = add(difference.van.iter().map(|value| value.0))
            {
                sums.push(Sum {
                    of: SumOf::Numbers(&difference.van),
                    stated,
                    computed,
                    explained: (difference.genoemd.0 == stated && difference.berekend.0 == computed)
                        .then_some(difference),
                });
            }
        }
        sums
    }
}

impl Measure {
    /// The value in the unit of the goal.
    #[must_use]
    pub fn converted(&self) -> Option<Decimal> {
        self.converted_with(self.procent_van.map(|whole| whole.0))
    }

    /// The same, with another whole to be a percentage of.
    #[must_use]
    pub fn converted_with(&self, whole: Option<Decimal>) -> Option<Decimal> {
        let value = match self.deel_door {
            Some(Number(by)) => self.waarde.0.checked_div(by)?,
            None => self.waarde.0,
        };
        match whole {
            Some(whole) => value.checked_mul(whole)?.checked_div(Decimal::ONE_HUNDRED),
            None => Some(value),
        }
    }
}

/// What a public transport service guarantees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Guarantee {
    /// At least this often an hour; 0 is no guarantee.
    PerHour(u32),
    /// The source does not say.
    Unknown,
}

impl ServiceLevel {
    /// Whether a value keeps to it. Whether it holds at all is for [`Self::applies`] and [`Self::guaranteed_in`].
    #[must_use]
    pub fn met(&self, measured: impl Into<Measured>) -> Truth {
        self.streef.met(measured.into())
    }

    /// Whether it holds for something of this size.
    #[must_use]
    pub fn applies(&self, size: Option<Decimal>) -> Truth {
        match &self.geldt_boven {
            None => Truth::Yes,
            Some(Threshold { waarde, .. }) => Truth::from(size.map(|size| size > waarde.0)),
        }
    }

    /// Whether it still holds in a year: certainly before the year it runs until, and certainly not after.
    #[must_use]
    pub fn guaranteed_in(&self, year: u16) -> Truth {
        match self.tot {
            None => Truth::Yes,
            Some(end) if year < end => Truth::Yes,
            Some(end) if year == end => Truth::Unknown,
            Some(_) => Truth::No,
        }
    }

    /// How often a kind of line is guaranteed to run on a day, at an hour of 24. Periods hold their first moment and
    /// not their last.
    #[must_use]
    pub fn minimum(&self, line_type: &str, weekday: Weekday, hour: Decimal) -> Guarantee {
        let Some(line) = self.bediening.iter().find(|line| line.lijntype == line_type) else {
            return Guarantee::Unknown;
        };
        if !line.dagen.contains(&weekday) || hour < Decimal::ZERO || hour >= Decimal::from(24) {
            return Guarantee::Unknown;
        }
        let period = line.tijdvakken.iter().find(|period| hour >= period.van.0 && hour < period.tot.0);
        Guarantee::PerHour(period.map_or(0, |period| period.per_uur))
    }
}

impl Line {
    /// Whether its periods follow each other within a day.
    #[must_use]
    pub fn in_order(&self) -> bool {
        let ends = self.tijdvakken.iter().flat_map(|period| [period.van.0, period.tot.0]);
        let within = self.tijdvakken.iter().all(|p| p.van.0 >= Decimal::ZERO && p.van.0 < p.tot.0);
        let ends: Vec<Decimal> = ends.collect();
        within && ends.is_sorted() && ends.last().is_none_or(|last| *last <= Decimal::from(24))
    }
}

impl Weekday {
    /// All, from Monday.
    pub const ALL: [Self; 7] = [Self::Ma, Self::Di, Self::Wo, Self::Do, Self::Vr, Self::Za, Self::Zo];

    /// The Dutch abbreviation.
    #[must_use]
    pub fn dutch(self) -> &'static str {
        match self {
            Self::Ma => "ma",
            Self::Di => "di",
            Self::Wo => "wo",
            Self::Do => "do",
            Self::Vr => "vr",
            Self::Za => "za",
            Self::Zo => "zo",
        }
    }
}

/// The sum, when there is anything to add.
fn add(mut values: impl Iterator<Item = Decimal>) -> Option<Decimal> {
    let first = values.next()?;
    values.try_fold(first, Decimal::checked_add)
}

/// Rounded to as many digits as another number has.
fn rounded_like(value: Decimal, other: Decimal) -> Decimal {
    value.round_dp_with_strategy(other.scale(), rust_decimal::RoundingStrategy::MidpointAwayFromZero)
}
