//! What cannot be searched for.

use brink_assess::{Outcome, Plan, looks_at_distance};
use brink_policy::compiled::Compiled;

/// The side of a cell may not be less than this, in metres: the grid has to fit in memory.
pub const LEAST_STEP: f64 = 5.0;
/// The side of a cell may not be more than this, in metres.
pub const MOST_STEP: f64 = 10_000.0;

/// Why a search is refused.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Refused {
    /// The plan says where it is.
    #[error("geschikt zoekt zelf plekken: geef geen plek of gebied")]
    Placed,
    /// A cell of that size is too small, too large or no size.
    #[error("een cel is ten minste {LEAST_STEP} en ten hoogste 10.000 meter")]
    Step,
    /// The package looks at distances for this activity.
    #[error("voor deze activiteit rekent het pakket met afstanden, en daarmee kan geschikt niet zoeken")]
    Distance,
    /// A zone cannot be that large.
    #[error("een oppervlakte is nul of meer hectare")]
    Hectares,
    /// No verdict has that name.
    #[error("`{0}` is geen oordeel")]
    Verdict(String),
}

impl Refused {
    /// What to do instead.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        let all: Vec<&str> = Outcome::ALL.iter().map(|outcome| outcome.word()).collect();
        matches!(self, Self::Verdict(_)).then(|| format!("kies uit: {}", all.join(", ")))
    }
}

/// Whether a plan can be searched for with cells of `step` metres and zones of at least `hectares` that have the verdict
/// `until` or a milder one; gives that verdict.
pub fn check(
    package: &Compiled,
    plan: &Plan,
    step: f64,
    hectares: f64,
    until: &str,
) -> Result<Outcome, Refused> {
    if plan.place.is_some() || plan.areas.is_some() {
        return Err(Refused::Placed);
    }
    if !(LEAST_STEP..=MOST_STEP).contains(&step) {
        return Err(Refused::Step);
    }
    if looks_at_distance(package, plan) {
        return Err(Refused::Distance);
    }
    if !(hectares >= 0.0 && hectares.is_finite()) {
        return Err(Refused::Hectares);
    }
    let found = Outcome::ALL.iter().copied().find(|outcome| outcome.word() == until);
    found.ok_or_else(|| Refused::Verdict(until.to_owned()))
}
