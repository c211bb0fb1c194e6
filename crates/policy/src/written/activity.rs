//! `activiteiten.yaml`

use super::OneOrMany;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An activity (*activiteit*): what somebody wants to do. A norm on a parent holds for its children.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Activity {
    /// Unieke naam in kleine letters met koppeltekens.
    pub id: String,
    /// Naam zoals een lezer hem ziet.
    pub naam: String,
    /// Activiteit waar deze onder valt; meer dan een mag.
    #[serde(default)]
    pub ouder: OneOrMany,
    /// Uitleg in een zin.
    pub omschrijving: String,
    /// Alledaagse woorden waarmee iemand deze activiteit zoekt.
    #[serde(default)]
    pub zoekwoorden: Vec<String>,
    /// Initiatief, beheer, bestuurshandeling of monitoring.
    pub soort: ActivityKind,
    /// Andere namen die vroeger voor hetzelfde gebruikt zijn.
    #[serde(default)]
    pub aliassen: Vec<String>,
    /// Alleen om te ordenen: geen mens kiest dit.
    #[serde(default)]
    pub groep: bool,
}

/// What kind of activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ActivityKind {
    /// A plan.
    Initiatief,
    /// Ordinary use.
    Beheer,
    /// An act of an authority.
    Bestuurshandeling,
    /// Monitoring.
    Monitoring,
}
