//! `belangen.yaml` and `termen.yaml`

use super::OneOrMany;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An interest (*belang*) or theme.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Interest {
    /// Unieke naam in kleine letters met koppeltekens.
    pub id: String,
    /// Naam zoals een lezer hem ziet.
    pub naam: String,
    /// Belang (de bron noemt het provinciaal belang) of thema.
    pub soort: String,
    /// Belang waar dit onder valt.
    #[serde(default)]
    pub ouder: OneOrMany,
    /// Belangen die dit ook raakt.
    #[serde(default)]
    pub ook_onder: Vec<String>,
    /// Uitleg.
    pub omschrijving: String,
    /// Waar het is uitgesproken.
    #[serde(default)]
    pub status: Option<String>,
    /// Kaartnummer in de visie.
    #[serde(default)]
    pub kaart: Option<u16>,
    /// Wie binnen bestaand stedelijk gebied aan zet is.
    #[serde(default)]
    pub in_bsg: Option<String>,
    /// Onderdelen die het uitwerken.
    #[serde(default)]
    pub uitwerking: Vec<String>,
    /// Tegenstrijdigheid in de bron.
    #[serde(default)]
    pub inconsistentie: OneOrMany,
    /// Opmerking van de redactie.
    #[serde(default)]
    pub opmerking: Option<String>,
    /// Andere namen.
    #[serde(default)]
    pub aliassen: Vec<String>,
}

/// `termen.yaml`: parties, documents, instruments and concepts.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// Wie er meedoet.
    #[serde(default)]
    pub partijen: Vec<Party>,
    /// Welke stukken gevraagd worden.
    #[serde(default)]
    pub documenten: Vec<Document>,
    /// Waarmee wordt gestuurd.
    #[serde(default)]
    pub instrumenten: Vec<Instrument>,
    /// Begrippen met hun betekenis.
    #[serde(default)]
    pub begrippen: Vec<Concept>,
}

/// A party (*partij*).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// Unieke naam.
    pub id: String,
    /// Naam zoals een lezer hem ziet.
    pub naam: String,
    /// Overheid, adviseur, initiatiefnemer, ...
    pub soort: String,
    /// Partij waar deze onder valt.
    #[serde(default)]
    pub ouder: OneOrMany,
    /// Wie erbij horen.
    #[serde(default)]
    pub leden: Vec<String>,
    /// Uitleg.
    #[serde(default)]
    pub omschrijving: Option<String>,
    /// Andere namen.
    #[serde(default)]
    pub aliassen: Vec<String>,
}

/// A document (*document*) an initiator or authority brings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Unieke naam.
    pub id: String,
    /// Naam zoals een lezer hem ziet.
    pub naam: String,
    /// Onderzoek, plan, verslag, ...
    pub vorm: String,
    /// Uitleg.
    pub omschrijving: String,
    /// Wie het maakt.
    #[serde(default)]
    pub opsteller: Vec<String>,
    /// Of de bron het noemt (ja) of dat het is afgeleid.
    #[serde(default)]
    pub genoemd: Option<String>,
    /// Ja, nee of voorwaarde.
    #[serde(default)]
    pub verplicht: Option<String>,
    /// Groter document waar het deel van is.
    #[serde(default)]
    pub deel_van: Option<String>,
    /// Andere namen.
    #[serde(default)]
    pub aliassen: Vec<String>,
}

/// An instrument: law, programme, subsidy, agreement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Instrument {
    /// Unieke naam.
    pub id: String,
    /// Naam zoals een lezer hem ziet.
    pub naam: String,
    /// Wet, juridisch, financieel, programma, ...
    pub soort: String,
    /// Vorm binnen de soort.
    #[serde(default)]
    pub vorm: Option<String>,
    /// Stand volgens de bron.
    #[serde(default)]
    pub status: Option<String>,
    /// Wie erover gaat.
    #[serde(default)]
    pub eigenaar: Vec<String>,
    /// Groter instrument waar het deel van is.
    #[serde(default)]
    pub onderdeel_van: OneOrMany,
    /// Begin van de looptijd: jaar of datum.
    #[serde(default)]
    pub van: Option<String>,
    /// Einde van de looptijd: jaar of datum, of `omgevingswet`.
    #[serde(default)]
    pub tot: Option<String>,
    /// Waar de voorwaarden van een subsidie of fonds staan, als de visie ze niet geeft.
    #[serde(default)]
    pub eigen_voorwaarden: Option<String>,
    /// Opmerking van de redactie.
    #[serde(default)]
    pub opmerking: Option<String>,
    /// Andere namen.
    #[serde(default)]
    pub aliassen: Vec<String>,
}

/// A concept (*begrip*) and its meaning.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Concept {
    /// Unieke naam.
    pub id: String,
    /// Naam zoals een lezer hem ziet.
    pub naam: String,
    /// Betekenis in eigen woorden.
    pub betekenis: String,
    /// Uitspraak die het begrip geeft.
    #[serde(default)]
    pub uitspraak: Option<String>,
}
