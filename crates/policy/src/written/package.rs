//! `pakket.yaml`

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the package is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Package {
    /// Unieke naam in kleine letters met koppeltekens.
    pub id: String,
    /// Titel van de visie.
    pub titel: String,
    /// Wie de visie vaststelde.
    pub bevoegd_gezag: String,
    /// Het gebied waar de visie over gaat; daarbuiten zegt zij niets.
    #[serde(default)]
    pub grondgebied: Option<String>,
    /// Versie van het pakket.
    pub versie: String,
    /// Vanaf en tot wanneer de visie geldt.
    #[serde(default)]
    pub geldigheid: Validity,
    /// Taal van de teksten.
    pub taal: String,
    /// De gelezen tekst.
    pub bron: Source,
    /// Wat een lezer vooraf moet weten: een indicatie is geen besluit.
    pub voorbehoud: String,
    /// Onderdelen die helemaal uitvoerbaar zijn; over andere zwijgt het pakket en zegt dat.
    #[serde(default)]
    pub uitgewerkt: Vec<String>,
    /// Plekken waar de bron meer lezingen toelaat, en de gekozen lezing.
    #[serde(default)]
    pub lezingen: Vec<Reading>,
}

/// From when to when.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Validity {
    /// Eerste dag (jjjj-mm-dd).
    #[serde(default)]
    pub van: Option<String>,
    /// Laatste dag (jjjj-mm-dd).
    #[serde(default)]
    pub tot: Option<String>,
}

/// The text that was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Bestandsnaam.
    pub naam: String,
    /// SHA-256 van het bestand.
    pub sha256: String,
    /// Aantal regels.
    pub regels: u32,
}

/// A place where the source can be read in more than one way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    /// Unieke naam.
    pub id: String,
    /// Waar het om gaat, als vraag.
    pub vraag: String,
    /// De gekozen optie.
    pub keuze: String,
    /// De mogelijkheden.
    pub opties: Vec<ReadingOption>,
    /// Waarom deze keuze.
    #[serde(default)]
    pub toelichting: Option<String>,
    /// De tegenstrijdigheid waar de keuze bij hoort.
    #[serde(default)]
    pub inconsistentie: Option<String>,
}

/// One way to read it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadingOption {
    /// Unieke naam binnen de lezing.
    pub id: String,
    /// Wat deze lezing zegt.
    pub naam: String,
}
