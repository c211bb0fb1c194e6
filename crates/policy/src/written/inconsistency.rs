//! `inconsistenties.yaml`

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A place where the source clashes with itself, is open, or points elsewhere.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Inconsistency {
    /// Unieke naam.
    pub id: String,
    /// Tegenspraak, naam, onbepaald, ...
    pub soort: String,
    /// Onderdelen waar het speelt.
    #[serde(default)]
    pub secties: Vec<String>,
    /// Regels in de bron.
    #[serde(default)]
    pub regels: Vec<[u32; 2]>,
    /// Wat botst of openblijft.
    pub botst: String,
    /// De gekozen lezing.
    pub lezing: String,
    /// Of een andere lezing een oordeel verandert: ja, nee of mogelijk.
    pub verandert_oordeel: String,
    /// Wat een andere lezing zou doen.
    #[serde(default)]
    pub gevolg: Option<String>,
    /// Uitspraken die erop steunen.
    #[serde(default)]
    pub normen: Vec<String>,
    /// Gevallen die erover gaan.
    #[serde(default)]
    pub gevallen: Vec<String>,
    /// Opmerking van de redactie.
    #[serde(default)]
    pub opmerking: Option<String>,
}
