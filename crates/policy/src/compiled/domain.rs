//! The answers that can make a difference. Every expression of a package looks at a fact only through comparisons
//! with constants (or with other facts); so a handful of answers stands for all of them.

use super::answer::Answer;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// The answers of a fact that can make a difference.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Domain {
    /// One answer of every kind.
    pub answers: Vec<Answer>,
}

/// The constants a number is compared with, and one number of every kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberDomain {
    /// One number on, below and above each constant.
    pub representatives: Vec<Decimal>,
}

impl NumberDomain {
    /// One number on every constant and `width` between each two and at both ends, within the bounds. With `width`
    /// at the number of facts that are compared with each other, every order among them occurs.
    #[must_use]
    pub fn new(
        mut constants: Vec<Decimal>,
        width: usize,
        minimum: Option<Decimal>,
        maximum: Option<Decimal>,
    ) -> Self {
        let inside = |value: &Decimal| {
            minimum.is_none_or(|low| *value >= low) && maximum.is_none_or(|high| *value <= high)
        };
        constants.extend(minimum);
        constants.extend(maximum);
        constants.retain(inside);
        constants.sort();
        constants.dedup();
        let mut representatives = Vec::new();
        // Past the end of the scale there are no numbers, so none to stand for them.
        let steps = |low: Option<Decimal>, high: Option<Decimal>, out: &mut Vec<Decimal>| {
            let (Some(low), Some(high)) = (low, high) else {
                return;
            };
            for step in 1..=width {
                out.extend(between(low, high, Decimal::from(step), Decimal::from(width + 1)));
            }
        };
        match (constants.first(), constants.last()) {
            (Some(first), Some(last)) => {
                if minimum.is_none() {
                    steps(first.checked_sub(Decimal::TWO), Some(*first), &mut representatives);
                }
                for pair in constants.windows(2) {
                    if let [low, high] = pair {
                        steps(Some(*low), Some(*high), &mut representatives);
                    }
                }
                if maximum.is_none() {
                    steps(Some(*last), last.checked_add(Decimal::TWO), &mut representatives);
                }
            }
            _ => representatives.extend((0..width.max(1)).map(Decimal::from)),
        }
        representatives.extend(&constants);
        representatives.retain(inside);
        representatives.sort();
        representatives.dedup();
        Self { representatives }
    }
}

/// The number `step` of `parts` on the way from `low` to `high`.
fn between(low: Decimal, high: Decimal, step: Decimal, parts: Decimal) -> Option<Decimal> {
    let exact = || {
        let way = high.checked_sub(low)?.checked_mul(step)?;
        low.checked_add(way.checked_div(parts)?)
    };
    // Numbers so far apart that their difference is off the scale: a weighted mean is not.
    let rounded = || {
        let from_low = low.checked_div(parts)?.checked_mul(parts - step)?;
        from_low.checked_add(high.checked_div(parts)?.checked_mul(step)?)
    };
    exact().or_else(rounded)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(values: &[i64]) -> Vec<Decimal> {
        values.iter().map(|value| Decimal::from(*value)).collect()
    }

    #[test]
    fn on_and_between_every_constant() {
        let domain = NumberDomain::new(numbers(&[10, 2]), 1, Some(Decimal::ZERO), None);
        assert_eq!(domain.representatives, numbers(&[0, 1, 2, 6, 10, 11]));
    }

    #[test]
    fn bounds_hold() {
        let domain =
            NumberDomain::new(numbers(&[-5, 50, 200]), 1, Some(Decimal::ZERO), Some(Decimal::from(100)));
        assert_eq!(domain.representatives, numbers(&[0, 25, 50, 75, 100]));
    }

    #[test]
    fn the_ends_of_the_scale() {
        let ends = vec![Decimal::MIN, Decimal::MAX];
        let domain = NumberDomain::new(ends.clone(), 1, None, None);
        assert_eq!(domain.representatives, [Decimal::MIN, Decimal::ZERO, Decimal::MAX]);
        assert!(NumberDomain::new(ends, 5, None, None).representatives.len() >= 7);
    }

    #[test]
    fn room_for_every_order() {
        let domain = NumberDomain::new(vec![], 2, None, None);
        assert!(domain.representatives.len() >= 2);
    }
}
