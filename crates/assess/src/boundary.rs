//! The boundaries of a norm: its comparisons of a number with another, found, told apart and replaced.

use crate::plan::Plan;
use brink_policy::compiled::{FactKind, Norm, Requirement, Vocabulary};
use brink_policy::feel::{Arithmetic, Compare, Expr, Number, Variable, evaluate};
use brink_policy::yaml::Segment;
use brink_policy::{Decimal, Known};
use serde::Serialize;

/// A side of a boundary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// Just below.
    Onder,
    /// On it.
    Op,
    /// Just above.
    Boven,
}

impl Side {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Onder, Self::Op, Self::Boven];

    /// In a sentence.
    #[must_use]
    pub fn dutch(self) -> &'static str {
        match self {
            Self::Onder => "vlak onder",
            Self::Op => "op",
            Self::Boven => "vlak boven",
        }
    }
}

/// A comparison in a norm.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Boundary {
    compare: Compare,
    left: Number,
    right: Number,
    /// Where in the statement it is written.
    pub path: Vec<Segment>,
}

/// Every comparison the outcome of `norm` rests on, in the order in which [`replaced`] counts them.
pub(crate) fn boundaries(norm: &Norm) -> Vec<Boundary> {
    let mut found = Vec::new();
    let mut add = |expr: &Expr, path: &[Segment]| {
        expr.comparisons(&mut |compare, left, right| {
            // What is said of the plan on the left, the limit on the right.
            let (compare, left, right) = match left {
                Number::Constant(_) => (compare.turned(), right, left),
                _ => (compare, left, right),
            };
            found.push(Boundary { compare, left: left.clone(), right: right.clone(), path: path.to_vec() });
        });
    };
    // The order of `Norm::applies`: its areas compare nothing.
    add(&norm.when, &["als".into()]);
    for (n, exception) in norm.exceptions.iter().enumerate() {
        add(&exception.when, &["uitzonderingen".into(), n.into(), "als".into()]);
    }
    for (n, condition) in norm.conditions.iter().enumerate() {
        let base = ["voorwaarden".into(), n.into()];
        add(&condition.when, &below(&base, &["als".into()]));
        match &condition.requirement {
            Requirement::Expr(expr) => add(expr, &below(&base, &["eis".into()])),
            Requirement::OneOf(grounds) => {
                for (m, ground) in grounds.iter().enumerate() {
                    if let Some(expr) = &ground.requirement {
                        add(expr, &below(&base, &["een_van".into(), m.into(), "eis".into()]));
                    }
                }
            }
            Requirement::Open(_) => {}
        }
    }
    found
}

fn below(base: &[Segment], rest: &[Segment]) -> Vec<Segment> {
    base.iter().chain(rest).cloned().collect()
}

/// The norm with comparison `index` replaced.
pub(crate) fn replaced(norm: &Norm, index: usize, with: &Expr) -> Norm {
    let mut norm = norm.clone();
    let mut left = index;
    let mut replace = |expr: &mut Expr| replace_in(expr, &mut left, with);
    if replace(&mut norm.applies) {
        return norm;
    }
    for condition in &mut norm.conditions {
        let done = replace(&mut condition.when)
            || match &mut condition.requirement {
                Requirement::Expr(expr) => replace(expr),
                Requirement::OneOf(grounds) => {
                    grounds.iter_mut().filter_map(|ground| ground.requirement.as_mut()).any(&mut replace)
                }
                Requirement::Open(_) => false,
            };
        if done {
            break;
        }
    }
    norm
}

/// Replaces the comparison that `left` others come before; whether it was there.
fn replace_in(expr: &mut Expr, left: &mut usize, with: &Expr) -> bool {
    match expr {
        Expr::Compare(..) if *left == 0 => {
            *expr = with.clone();
            true
        }
        Expr::Compare(..) => {
            *left -= 1;
            false
        }
        Expr::Not(inner) => replace_in(inner, left, with),
        Expr::All(parts) | Expr::Any(parts) => parts.iter_mut().any(|part| replace_in(part, left, with)),
        _ => false,
    }
}

impl Boundary {
    /// The comparison with its answer turned about on one side, and as it was on the other two.
    pub fn turned(&self, side: Side) -> Expr {
        let holds = |of: Side| match self.compare {
            Compare::Equal => of == Side::Op,
            Compare::NotEqual => of != Side::Op,
            Compare::Less => of == Side::Onder,
            Compare::LessOrEqual => of != Side::Boven,
            Compare::Greater => of == Side::Boven,
            Compare::GreaterOrEqual => of != Side::Onder,
        };
        let [below, on, above] = Side::ALL.map(|of| holds(of) != (of == side));
        let compare = match (below, on, above) {
            (false, false, false) => return Expr::Constant(false),
            (true, true, true) => return Expr::Constant(true),
            (true, false, false) => Compare::Less,
            (true, true, false) => Compare::LessOrEqual,
            (false, true, false) => Compare::Equal,
            (true, false, true) => Compare::NotEqual,
            (false, true, true) => Compare::GreaterOrEqual,
            (false, false, true) => Compare::Greater,
        };
        Expr::Compare(compare, self.left.clone(), self.right.clone())
    }

    /// Whether a plan can be on this side at all: a fact has a smallest and a largest value.
    pub fn exists(&self, side: Side, vocabulary: &Vocabulary) -> bool {
        let (Number::Fact(fact), Number::Constant(limit)) = (&self.left, &self.right) else {
            return true;
        };
        match vocabulary.facts.get(fact.index()).map(|fact| &fact.kind) {
            Some(FactKind::Number { minimum, maximum, .. }) => match side {
                Side::Onder => limit > minimum,
                Side::Op => limit >= minimum && maximum.is_none_or(|maximum| *limit <= maximum),
                Side::Boven => maximum.is_none_or(|maximum| *limit < maximum),
            },
            _ => true,
        }
    }

    /// Whether a plan says, or its activity implies, what is compared: a quick way to pass over most plans.
    pub fn may_be_told(&self, plan: &Plan, vocabulary: &Vocabulary) -> bool {
        let mut told = true;
        self.left.variables(&mut |variable| {
            if let Variable::Fact(id) = variable {
                let follows = vocabulary.facts.get(id.index()).is_some_and(|fact| !fact.follows.is_empty());
                told &= follows || plan.facts.get(&id).is_some_and(Option::is_some);
            }
        });
        told
    }

    /// Whether what is known lies on this side, and no farther off than a boundary case may: a tenth of the limit or
    /// one whole unit, or a month for a date.
    pub fn is_at(&self, side: Side, known: &Known<'_>, vocabulary: &Vocabulary) -> bool {
        let holds = |compare, left: &Number, right: &Number| {
            evaluate(&Expr::Compare(compare, left.clone(), right.clone()), known).is_yes()
        };
        let compare = match side {
            Side::Onder => Compare::Less,
            Side::Op => Compare::Equal,
            Side::Boven => Compare::Greater,
        };
        if !holds(compare, &self.left, &self.right) {
            return false;
        }
        // Between two things of the plan there is no limit to be near.
        let Number::Constant(limit) = self.right else {
            return true;
        };
        let room = if self.is_date(vocabulary) {
            Decimal::from(31)
        } else {
            let tenth = limit.abs() / Decimal::TEN;
            if limit.is_integer() { tenth.max(Decimal::ONE) } else { tenth }
        };
        let end = |end: Option<Decimal>| Number::Constant(end.unwrap_or(limit));
        holds(Compare::GreaterOrEqual, &self.left, &end(limit.checked_sub(room)))
            && holds(Compare::LessOrEqual, &self.left, &end(limit.checked_add(room)))
    }

    fn is_date(&self, vocabulary: &Vocabulary) -> bool {
        [&self.left, &self.right].into_iter().any(|number| match number {
            Number::Today => true,
            Number::Fact(fact) => {
                vocabulary.facts.get(fact.index()).is_some_and(|fact| fact.kind == FactKind::Date)
            }
            _ => false,
        })
    }

    /// As it is written, or nearly.
    pub fn text(&self, vocabulary: &Vocabulary) -> String {
        let sign = match self.compare {
            Compare::Equal => "=",
            Compare::NotEqual => "!=",
            Compare::Less => "<",
            Compare::LessOrEqual => "<=",
            Compare::Greater => ">",
            Compare::GreaterOrEqual => ">=",
        };
        let date = self.is_date(vocabulary);
        format!("{} {sign} {}", text(&self.left, vocabulary, date), text(&self.right, vocabulary, date))
    }
}

fn text(number: &Number, vocabulary: &Vocabulary, date: bool) -> String {
    let area = |id: &brink_policy::AreaId| vocabulary.area(*id).map_or("", |area| &area.id);
    match number {
        Number::Constant(days) if date => {
            let date = i64::try_from(*days).ok().and_then(brink_policy::dates::text);
            format!("date(\"{}\")", date.unwrap_or_default())
        }
        Number::Constant(value) => value.normalize().to_string(),
        Number::Fact(fact) => vocabulary.facts.get(fact.index()).map_or("", |fact| &fact.id).to_owned(),
        Number::Distance(id) => format!("afstand(\"{}\")", area(id)),
        Number::Share(id) => format!("aandeel(\"{}\")", area(id)),
        Number::Today => "peildatum".to_owned(),
        Number::Negate(inner) => format!("-{}", text(inner, vocabulary, date)),
        Number::Arithmetic(sign, left, right) => {
            let sign = match sign {
                Arithmetic::Add => "+",
                Arithmetic::Subtract => "-",
                Arithmetic::Multiply => "*",
                Arithmetic::Divide => "/",
            };
            format!("({} {sign} {})", text(left, vocabulary, date), text(right, vocabulary, date))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Compare; 6] = [
        Compare::Equal,
        Compare::NotEqual,
        Compare::Less,
        Compare::LessOrEqual,
        Compare::Greater,
        Compare::GreaterOrEqual,
    ];

    /// What a comparison with 0 answers below, on and above it.
    fn answers(expr: &Expr) -> [bool; 3] {
        [-1, 0, 1].map(|value| match expr {
            Expr::Constant(answer) => *answer,
            Expr::Compare(compare, _, _) => compare.holds(Decimal::from(value), Decimal::ZERO),
            other => unreachable!("{other:?}"),
        })
    }

    fn boundary(compare: Compare) -> Boundary {
        let zero = Number::Constant(Decimal::ZERO);
        Boundary { compare, left: Number::Today, right: zero, path: Vec::new() }
    }

    #[test]
    fn turned_about_on_one_side_only() {
        for compare in ALL {
            let boundary = boundary(compare);
            let own = answers(&Expr::Compare(compare, Number::Today, Number::Constant(Decimal::ZERO)));
            for (n, side) in Side::ALL.into_iter().enumerate() {
                let changed: Vec<usize> = answers(&boundary.turned(side))
                    .iter()
                    .zip(own)
                    .enumerate()
                    .filter(|(_, (turned, own))| *turned != own)
                    .map(|(m, _)| m)
                    .collect();
                assert_eq!(changed, [n], "{compare:?} {side:?}");
            }
        }
    }
}
