//! `gegevens.yaml`

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A fact (*gegeven*) about a plan, as a question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// Unieke naam in kleine letters met koppeltekens.
    pub id: String,
    /// De vraag zoals een lezer hem ziet.
    pub vraag: String,
    /// Ja-nee, getal, keuze, datum of tekst.
    #[serde(rename = "type")]
    pub kind: FactType,
    /// Eenheid van een getal.
    #[serde(default)]
    pub eenheid: Option<String>,
    /// Kleinste waarde die zin heeft; 0 als er niets staat.
    #[serde(default)]
    pub minimum: Option<f64>,
    /// Grootste waarde die zin heeft.
    #[serde(default)]
    pub maximum: Option<f64>,
    /// Mogelijkheden van een keuze.
    #[serde(default)]
    pub waarden: Vec<FactOption>,
    /// Waar het antwoord vandaan komt.
    pub herkomst: FactOrigin,
    /// Documenten waaruit het blijkt.
    #[serde(default)]
    pub bewijs: Vec<String>,
    /// Welk antwoord gunstig is: ja of nee.
    #[serde(default)]
    pub polariteit: Option<String>,
    /// Uitleg.
    #[serde(default)]
    pub toelichting: Option<String>,
    /// Onderwerp waaronder de vraag hoort.
    #[serde(default)]
    pub thema: Option<String>,
    /// Plan, bestuur, monitor, ov of soort.
    #[serde(default)]
    pub onderwerp: Option<String>,
    /// Gebieden waarover de vraag gaat.
    #[serde(default)]
    pub gebieden: Vec<String>,
    /// Activiteiten die het antwoord al geven.
    #[serde(default)]
    pub volgt_uit: Vec<Follows>,
    /// Andere namen.
    #[serde(default)]
    pub aliassen: Vec<String>,
}

/// The type of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum FactType {
    /// Yes or no.
    #[serde(rename = "ja-nee")]
    YesNo,
    /// A number with a unit.
    #[serde(rename = "getal")]
    Number,
    /// One of a list.
    #[serde(rename = "keuze")]
    Choice,
    /// A date.
    #[serde(rename = "datum")]
    Date,
    /// Free text, which no expression can use.
    #[serde(rename = "tekst")]
    Text,
}

impl FactType {
    /// The Dutch word.
    #[must_use]
    pub fn dutch(self) -> &'static str {
        match self {
            Self::YesNo => "ja-nee",
            Self::Number => "getal",
            Self::Choice => "keuze",
            Self::Date => "datum",
            Self::Text => "tekst",
        }
    }
}

/// One option of a choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FactOption {
    /// Unieke naam binnen de keuze.
    pub id: String,
    /// Naam zoals een lezer hem ziet.
    pub naam: String,
}

/// Where an answer comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FactOrigin {
    /// The initiator tells.
    Opgave,
    /// Computed.
    Berekend,
    /// Read from a map.
    Kaart,
    /// Somebody must judge.
    Oordeel,
}

/// An answer that follows from the activity.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Follows {
    /// De activiteit (of een eronder).
    pub activiteit: String,
    /// Het antwoord.
    pub waarde: serde_json::Value,
}
