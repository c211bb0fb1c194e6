//! `gevallen/*.yaml`

use super::OneOrMany;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// An acceptance case: a plan and what its answer must be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Unieke naam.
    pub id: String,
    /// Waar het over gaat.
    pub titel: String,
    /// Plan, of een andere soort toets.
    #[serde(default)]
    pub soort: CaseKind,
    /// De lezing waar het geval over gaat.
    #[serde(default)]
    pub lezing: Option<String>,
    /// Het plan.
    pub plan: Map<String, Value>,
    /// Wat eruit moet komen.
    pub verwacht: Expectation,
}

/// What a case tests.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CaseKind {
    /// A plan.
    #[default]
    Plan,
    /// An act of an authority.
    Bestuur,
    /// A goal.
    Doel,
    /// A service level.
    Dienst,
    /// A subsidy.
    Subsidie,
}

/// Whether a subsidy or fund can carry a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Available {
    /// Everything the vision asks is met.
    Ja,
    /// It depends on what is still open, or on conditions the vision does not give.
    OnderVoorwaarden,
    /// Something is not met, or it has ended.
    Nee,
}

impl Available {
    /// The Dutch word.
    #[must_use]
    pub fn dutch(self) -> &'static str {
        match self {
            Self::Ja => "ja",
            Self::OnderVoorwaarden => "onder-voorwaarden",
            Self::Nee => "nee",
        }
    }
}

/// What must come out. Other keys than these are for other kinds of cases.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Expectation {
    /// Toegestane oordelen.
    #[serde(default)]
    pub oordeel: OneOrMany,
    /// Oordelen als de andere lezing was gekozen.
    #[serde(default)]
    pub oordeel_lezing_b: OneOrMany,
    /// Uitspraken die in het antwoord moeten staan.
    #[serde(default)]
    pub normen: Vec<String>,
    /// Uitspraken die niet mogen gelden.
    #[serde(default)]
    pub niet_van_toepassing: Vec<String>,
    /// Per uitspraak de toegestane uitkomsten.
    #[serde(default)]
    pub uitkomst: indexmap::IndexMap<String, OneOrMany>,
    /// Documenten die in het antwoord moeten staan.
    #[serde(default)]
    pub documenten: Vec<String>,
    /// Partijen waarmee overleg nodig is.
    #[serde(default)]
    pub overleg: Vec<String>,
    /// Bij een subsidie: de regeling waar het om gaat.
    #[serde(default)]
    pub regeling: Option<String>,
    /// Bij een subsidie: of zij dit plan kan dragen.
    #[serde(default)]
    pub beschikbaar: Option<Available>,
    /// Bij een subsidie: het jaar waarin zij wordt gevraagd.
    #[serde(default)]
    pub aanvraagjaar: Option<u16>,
    /// Waarop het oordeel rust, voor de lezer.
    #[serde(default)]
    pub berust_op: Vec<String>,
    /// Waarom, voor de lezer.
    #[serde(default)]
    pub waarom: String,
    /// Wat andere soorten gevallen verwachten.
    #[serde(flatten)]
    pub overig: Map<String, Value>,
}
