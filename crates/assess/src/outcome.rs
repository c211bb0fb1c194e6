//! Outcomes and their order, from mild to strict.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What a norm, a section, an interest or the whole vision makes of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "Oordeel")]
pub enum Outcome {
    /// No interest at stake.
    GeenBelang,
    /// Somebody else's call.
    Elders,
    /// Wanted.
    Gewenst,
    /// Fits.
    Past,
    /// To be taken into account.
    Aandacht,
    /// Yes, if.
    JaMits,
    /// Unwanted.
    Onwenselijk,
    /// Not known.
    Onbekend,
    /// Not, unless.
    NeeTenzij,
    /// In conflict.
    Strijdig,
}

impl Outcome {
    /// All, from mild to strict.
    pub const ALL: [Self; 10] = [
        Self::GeenBelang,
        Self::Elders,
        Self::Gewenst,
        Self::Past,
        Self::Aandacht,
        Self::JaMits,
        Self::Onwenselijk,
        Self::Onbekend,
        Self::NeeTenzij,
        Self::Strijdig,
    ];

    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::GeenBelang => "geen-belang",
            Self::Elders => "elders",
            Self::Gewenst => "gewenst",
            Self::Past => "past",
            Self::Aandacht => "aandacht",
            Self::JaMits => "ja-mits",
            Self::Onwenselijk => "onwenselijk",
            Self::Onbekend => "onbekend",
            Self::NeeTenzij => "nee-tenzij",
            Self::Strijdig => "strijdig",
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// The outcomes that are possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OutcomeSet(u16);

impl OutcomeSet {
    /// Just this one.
    #[must_use]
    pub fn of(outcome: Outcome) -> Self {
        Self(1 << outcome as u16)
    }

    /// Adds one.
    pub fn insert(&mut self, outcome: Outcome) {
        self.0 |= 1 << outcome as u16;
    }

    /// Adds all of another set.
    pub fn extend(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// Whether it holds this one.
    #[must_use]
    pub fn contains(self, outcome: Outcome) -> bool {
        self.0 >> (outcome as u16) & 1 == 1
    }

    /// Whether it holds all of another set.
    #[must_use]
    pub fn holds(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The mildest; no interest when empty.
    #[must_use]
    pub fn mildest(self) -> Outcome {
        Outcome::ALL.into_iter().find(|outcome| self.contains(*outcome)).unwrap_or(Outcome::GeenBelang)
    }

    /// The strictest; no interest when empty.
    #[must_use]
    pub fn strictest(self) -> Outcome {
        Outcome::ALL.into_iter().rev().find(|outcome| self.contains(*outcome)).unwrap_or(Outcome::GeenBelang)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether there is exactly one.
    #[must_use]
    pub fn is_single(self) -> bool {
        self.0.is_power_of_two()
    }
}

/// The mildest and strictest verdict over all ways the unknowns can turn out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize)]
#[schemars(rename = "Bereik")]
pub struct Range {
    /// Het mildste oordeel dat nog kan.
    pub mildst: Outcome,
    /// Het strengste oordeel dat nog kan.
    pub strengst: Outcome,
    /// Het zoeken naar het mildste is opgegeven: het kan strenger zijn dan dit, nooit milder.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub begrensd: bool,
}

impl Range {
    /// Whether more than one verdict is possible.
    #[must_use]
    pub fn is_open(self) -> bool {
        self.mildst != self.strengst
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_is_the_one_agreed() {
        assert!(Outcome::ALL.windows(2).all(|pair| pair[0] < pair[1]));
        let words: Vec<_> = Outcome::ALL.iter().map(|o| serde_json::to_value(o).unwrap()).collect();
        let expected: Vec<_> = Outcome::ALL.iter().map(|o| serde_json::Value::from(o.word())).collect();
        assert_eq!(words, expected);
    }

    #[test]
    fn sets() {
        let mut set = OutcomeSet::of(Outcome::Strijdig);
        assert!(set.is_single());
        set.insert(Outcome::Past);
        assert_eq!(
            (set.mildest(), set.strictest(), set.is_single()),
            (Outcome::Past, Outcome::Strijdig, false)
        );
    }
}
