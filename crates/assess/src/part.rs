//! Which norms a judgement is about: all, those that tell one place from another, or the others.

use crate::judge::Bench;
use crate::verdicts::area_of;
use brink_policy::compiled::Norm;
use brink_policy::feel::{Expr, Truth, evaluate};
use brink_policy::{Known, NormId};

/// Which norms are judged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Part {
    /// All.
    #[default]
    All,
    /// Those that can come out differently from place to place, by what is known of the plan.
    ByPlace,
    /// The others: what they make of the plan holds wherever it lies.
    Everywhere,
}

impl Part {
    /// Whether a norm that asks this about areas is of this part.
    pub(crate) fn holds(self, asks: &[&Expr]) -> bool {
        match self {
            Self::All => true,
            Self::ByPlace => !asks.is_empty(),
            Self::Everywhere => asks.is_empty(),
        }
    }
}

/// What the outcome of a norm asks about areas and is not settled, norms that can switch it off included.
pub(crate) fn asks<'p>(bench: &Bench<'p>, norm: &'p Norm, known: &Known<'_>) -> Vec<&'p Expr> {
    let mut asks = Vec::new();
    for_each_expr(bench, norm, known, &mut |expr| about_areas(expr, known, &mut |part| asks.push(part)));
    asks
}

/// The expressions the outcome of a norm rests on, those of norms that can switch it off included.
fn for_each_expr<'p>(bench: &Bench<'p>, norm: &'p Norm, known: &Known<'_>, visit: &mut impl FnMut(&'p Expr)) {
    let mut seen: Vec<NormId> = Vec::new();
    let mut queue: Vec<&'p Norm> = vec![norm];
    while let Some(norm) = queue.pop() {
        norm.expressions(&mut *visit);
        for id in &norm.switched_off_by {
            if !seen.contains(id) && !bench.switches_off(*id, known, 0).is_no() {
                seen.push(*id);
                queue.extend(bench.package.norm(*id));
            }
        }
    }
}

/// The largest parts of `expr` that are about areas only, and not settled.
fn about_areas<'p>(expr: &'p Expr, known: &Known<'_>, visit: &mut impl FnMut(&'p Expr)) {
    if evaluate(expr, known) != Truth::Unknown {
        return;
    }
    let (mut some, mut all) = (false, true);
    expr.variables(&mut |variable| {
        let area = area_of(variable).is_some();
        some |= area;
        all &= area;
    });
    match expr {
        _ if !some => {}
        _ if all => visit(expr),
        Expr::Not(inner) => about_areas(inner, known, visit),
        Expr::All(parts) | Expr::Any(parts) => parts.iter().for_each(|part| about_areas(part, known, visit)),
        // A comparison of something about an area with a fact.
        _ => visit(expr),
    }
}
