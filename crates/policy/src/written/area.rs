//! `gebieden.yaml`

use super::OneOrMany;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An area (*gebied*). A plan in a child lies in its parents.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Area {
    /// Unieke naam in kleine letters met koppeltekens.
    pub id: String,
    /// Naam zoals een lezer hem ziet.
    pub naam: String,
    /// Bestuurlijk, groep, gebiedsaanwijzing, kaart, object, ondergrond of zone.
    pub soort: String,
    /// Nummer van de kaart in de visie.
    #[serde(default)]
    pub kaart: Option<u16>,
    /// Of dat kaartnummer vaststaat.
    #[serde(default)]
    pub kaart_zeker: Option<bool>,
    /// Gebied waar dit deel van is; meer dan een mag.
    #[serde(default)]
    pub ouder: OneOrMany,
    /// Vlak, lijn of punt.
    pub geometrie: GeometryKind,
    /// Strook om een ander gebied heen.
    #[serde(default)]
    pub zone: Option<Zone>,
    /// Of de bron de grens geeft: ja, nee of onbekend.
    pub begrensd: String,
    /// Hoe lidmaatschap wordt vastgesteld.
    pub bepaling: Determination,
    /// Alles wat buiten dat andere gebied ligt.
    #[serde(default)]
    pub complement_van: Option<String>,
    /// Beschermingsniveau, als de bron dat noemt.
    #[serde(default)]
    pub niveau: Option<String>,
    /// Waar het ligt, in woorden.
    #[serde(default)]
    pub ligging: Option<String>,
    /// Onderdelen van de visie die het gebied noemen.
    #[serde(default)]
    pub onderdelen: Vec<String>,
    /// Andere namen.
    #[serde(default)]
    pub aliassen: Vec<String>,
    /// Keuze of waarschuwing van de redactie.
    #[serde(default)]
    pub opmerking: Option<String>,
}

/// How membership is found out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Determination {
    /// From a map of the vision or the ordinance.
    Kaart,
    /// From a data set.
    Geodata,
    /// From children, a complement or a zone.
    Afgeleid,
    /// By asking.
    Opgave,
    /// Every place lies in it.
    Overal,
    /// The source says it is not delimited yet.
    NogTeBepalen,
}

/// The kind of geometry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum GeometryKind {
    /// A polygon.
    Vlak,
    /// A line.
    Lijn,
    /// A point.
    Punt,
}

/// A strip around another area.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Zone {
    /// Het gebied waar de strook omheen ligt.
    pub van: String,
    /// Breedte in meters; leeg als de bron geen maat geeft.
    #[serde(default)]
    pub meter: Option<f64>,
}
