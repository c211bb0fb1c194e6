//! A smooth function of two numbers, on a rectangle, as a polynomial that is fitted to it once.
//!
//! The transformation and the projection take a dozen sines, roots and logarithms a point. They are so smooth over the
//! few degrees of the grid that a polynomial gives the same to well under a micrometre, several times as fast.

use std::f64::consts::PI;

/// A polynomial in two variables with two results.
pub struct Smooth {
    /// The middle of the rectangle.
    middle: [f64; 2],
    /// One over half its sides.
    per_half: [f64; 2],
    /// The highest sum of the two powers.
    degree: usize,
    /// For each power of the first variable, from the highest, the factors of the powers of the second, from the highest:
    /// one, then two, and so on.
    terms: Vec<[f64; 2]>,
}

impl Smooth {
    /// Fits a polynomial through the Chebyshev points of a rectangle: first and second number, each from and to.
    pub fn fit(
        [first, second]: [[f64; 2]; 2],
        degree: usize,
        function: impl Fn([f64; 2]) -> [f64; 2],
    ) -> Self {
        let middle = [first, second].map(|[from, to]| (from + to) / 2.0);
        let half = [first, second].map(|[from, to]| (to - from) / 2.0);
        let count = degree + 3;
        let angles: Vec<f64> = (0..count).map(|k| PI * (k as f64 + 0.5) / count as f64).collect();
        let mut samples = Vec::with_capacity(count * count);
        for a in &angles {
            for b in &angles {
                let at = [middle[0] + half[0] * a.cos(), middle[1] + half[1] * b.cos()];
                samples.push(function(at));
            }
        }
        // cos(i angle) for every degree i and every angle.
        let cosines: Vec<Vec<f64>> =
            (0..=degree).map(|i| angles.iter().map(|angle| (i as f64 * angle).cos()).collect()).collect();
        // First over the second variable, for each sample of the first; then over the first.
        let by_second: Vec<Vec<[f64; 2]>> = samples
            .chunks(count)
            .map(|row| cosines.iter().map(|cosine| projected(row.iter().copied(), cosine)).collect())
            .collect();
        let chebyshev: Vec<Vec<[f64; 2]>> = cosines
            .iter()
            .enumerate()
            .map(|(i, cosine)| {
                (0..=degree - i)
                    .map(|j| projected(by_second.iter().filter_map(|row| row.get(j).copied()), cosine))
                    .collect()
            })
            .collect();
        let powers = chebyshev_polynomials(degree);
        let mut terms = Vec::new();
        for a in (0..=degree).rev() {
            for b in (0..=degree - a).rev() {
                let mut term = [0.0, 0.0];
                for (row, of_first) in chebyshev.iter().zip(&powers) {
                    for (factor, of_second) in row.iter().zip(&powers) {
                        let (p, q) = (of_first.get(a).unwrap_or(&0.0), of_second.get(b).unwrap_or(&0.0));
                        term = add(term, *factor, p * q);
                    }
                }
                terms.push(term);
            }
        }
        Self { middle, per_half: half.map(|half| 1.0 / half), degree, terms }
    }

    /// Its value; sensible only inside the rectangle.
    pub fn at(&self, point: [f64; 2]) -> [f64; 2] {
        let u = (point[0] - self.middle[0]) * self.per_half[0];
        let v = (point[1] - self.middle[1]) * self.per_half[1];
        let mut rest = self.terms.as_slice();
        let mut value = [0.0, 0.0];
        for length in 1..=self.degree + 1 {
            let (row, after) = rest.split_at_checked(length).unwrap_or((rest, &[]));
            rest = after;
            let inner = row.iter().fold([0.0, 0.0], |sum, term| add(*term, sum, v));
            value = add(inner, value, u);
        }
        value
    }
}

fn add(a: [f64; 2], b: [f64; 2], times: f64) -> [f64; 2] {
    [a[0] + b[0] * times, a[1] + b[1] * times]
}

/// How much of a cosine there is in samples.
fn projected(samples: impl Iterator<Item = [f64; 2]>, cosine: &[f64]) -> [f64; 2] {
    let sum = samples.zip(cosine).fold([0.0, 0.0], |sum, (sample, cosine)| add(sum, sample, *cosine));
    // Twice the mean, but the mean itself for the constant, which is the only one whose first cosine is 1.
    let constant = cosine.first() == Some(&1.0);
    sum.map(|sum| sum * if constant { 1.0 } else { 2.0 } / cosine.len() as f64)
}

/// The factors of the powers, from the zeroth, of each Chebyshev polynomial.
fn chebyshev_polynomials(degree: usize) -> Vec<Vec<f64>> {
    let (mut before, mut this) = (vec![0.0, 1.0], vec![1.0]);
    (0..=degree)
        .map(|_| {
            // T(n+1) = 2 x T(n) - T(n-1); T(-1) is T(1).
            let mut next: Vec<f64> =
                std::iter::once(0.0).chain(this.iter().map(|factor| 2.0 * factor)).collect();
            for (factor, old) in next.iter_mut().zip(&before) {
                *factor -= old;
            }
            before = std::mem::replace(&mut this, next);
            before.clone()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chebyshev_polynomials_are_the_known_ones() {
        assert_eq!(
            chebyshev_polynomials(4),
            [
                vec![1.0],
                vec![0.0, 1.0],
                vec![-1.0, 0.0, 2.0],
                vec![0.0, -3.0, 0.0, 4.0],
                vec![1.0, 0.0, -8.0, 0.0, 8.0],
            ]
        );
    }

    #[test]
    fn a_polynomial_is_fitted_exactly() {
        let function = |[x, y]: [f64; 2]| [3.0 + x * x * y - 2.0 * y, x - y * y * y];
        let smooth = Smooth::fit([[1.0, 3.0], [-2.0, 5.0]], 3, function);
        for point in [[1.0, -2.0], [3.0, 5.0], [2.0, 1.5], [1.7, 4.2]] {
            let (fitted, exact) = (smooth.at(point), function(point));
            assert!(
                (fitted[0] - exact[0]).abs() < 1e-12 && (fitted[1] - exact[1]).abs() < 1e-12,
                "{fitted:?}"
            );
        }
    }
}
