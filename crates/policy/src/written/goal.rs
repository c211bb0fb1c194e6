//! `doelen.yaml`

use super::Number;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The two groups of `doelen.yaml`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Goals {
    /// Wat op een dag bereikt moet zijn.
    #[serde(default)]
    pub doelen: Vec<Goal>,
    /// Wat doorlopend wordt geboden of niet wordt overschreden.
    #[serde(default)]
    pub diensten: Vec<ServiceLevel>,
}

/// A goal (*doel*): what the vision wants to have reached.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Goal {
    /// Unieke naam in kleine letters met koppeltekens.
    pub id: String,
    /// Wat bereikt moet zijn.
    pub naam: String,
    /// Het belang of thema waaronder het staat.
    pub thema: String,
    /// Eenheid van de waarden; leeg bij een mijlpaal, die er is of niet.
    #[serde(default)]
    pub eenheid: Option<String>,
    /// Waarmee wordt vergeleken.
    #[serde(default)]
    pub nulmeting: Option<Baseline>,
    /// Wat bereikt moet zijn, en wanneer.
    #[serde(default)]
    pub streef: Target,
    /// Waaruit de streefwaarde is opgebouwd.
    #[serde(default)]
    pub delen: Vec<Part>,
    /// Wat er volgens de bron al is; met delen volgt het daaruit.
    #[serde(default)]
    pub gerealiseerd: Option<Number>,
    /// Dezelfde streefwaarde in een andere maat.
    #[serde(default)]
    pub maten: Vec<Measure>,
    /// Sommen van de bron die niet kloppen, met beide lezingen.
    #[serde(default)]
    pub verschil_verklaard: Vec<Difference>,
    /// Waarom niemand kan zeggen of het is bereikt: een maat, basisjaar of Drents aandeel ontbreekt.
    #[serde(default)]
    pub niet_te_bepalen: Option<String>,
    /// Gegevens die het meten.
    #[serde(default)]
    pub meting: Vec<Gauge>,
    /// Gebieden waarvoor het geldt; leeg: de hele provincie.
    #[serde(default)]
    pub gebieden: Vec<String>,
    /// Uitspraken waarin het staat.
    pub uitspraken: Vec<String>,
    /// Regels in de bron.
    pub regels: Vec<[u32; 2]>,
    /// Tegenstrijdigheden en leemten van de bron die het raken.
    #[serde(default)]
    pub inconsistenties: Vec<String>,
    /// Uitleg voor de lezer.
    #[serde(default)]
    pub toelichting: Option<String>,
}

/// A service level (*dienst*): what is offered, or not exceeded, all the time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ServiceLevel {
    /// Unieke naam in kleine letters met koppeltekens.
    pub id: String,
    /// Wat wordt geboden of niet overschreden.
    pub naam: String,
    /// Het belang of thema waaronder het staat.
    pub thema: String,
    /// Eenheid van de waarde.
    #[serde(default)]
    pub eenheid: Option<String>,
    /// De waarde.
    #[serde(default)]
    pub streef: Target,
    /// Waarboven het pas geldt.
    #[serde(default)]
    pub geldt_boven: Option<Threshold>,
    /// Minimale bediening per soort lijn.
    #[serde(default)]
    pub bediening: Vec<Line>,
    /// Het eerste jaar waarvoor het niet meer zeker is.
    #[serde(default)]
    pub tot: Option<u16>,
    /// Gegevens die het meten.
    #[serde(default)]
    pub meting: Vec<Gauge>,
    /// Gebieden waarvoor het geldt; leeg: de hele provincie.
    #[serde(default)]
    pub gebieden: Vec<String>,
    /// Uitspraken waarin het staat.
    pub uitspraken: Vec<String>,
    /// Regels in de bron.
    pub regels: Vec<[u32; 2]>,
    /// Tegenstrijdigheden en leemten van de bron die het raken.
    #[serde(default)]
    pub inconsistenties: Vec<String>,
    /// Uitleg voor de lezer.
    #[serde(default)]
    pub toelichting: Option<String>,
}

/// What is compared with (*nulmeting*).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    /// De waarde; leeg als de bron haar niet geeft.
    #[serde(default)]
    pub waarde: Option<Number>,
    /// Het jaar.
    #[serde(default)]
    pub jaar: Option<u16>,
}

/// What must be reached, and when.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// Streefwaarde; leeg bij een mijlpaal.
    #[serde(default)]
    pub waarde: Option<Number>,
    /// Bovenkant, als de bron een bandbreedte noemt; de streefwaarde is de onderkant.
    #[serde(default)]
    pub bovenkant: Option<Number>,
    /// Of de streefwaarde een minimum of een maximum is.
    #[serde(default)]
    pub vergelijking: Comparison,
    /// De bron noemt de waarde bij benadering.
    #[serde(default)]
    pub circa: bool,
    /// Streefjaar; leeg als de bron er geen noemt.
    #[serde(default)]
    pub jaar: Option<u16>,
    /// Wanneer in of voor dat jaar.
    #[serde(default)]
    pub termijn: Moment,
}

/// How a measured value must lie to the target.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Comparison {
    /// At least.
    #[default]
    Minstens,
    /// At most.
    Hoogstens,
}

/// When the target must be reached.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Moment {
    /// In or at the end of the year.
    #[default]
    Eind,
    /// Halfway through the year.
    Medio,
    /// Before the year.
    Voor,
    /// The year has passed and the source holds on to the target without a new one.
    Verstreken,
    /// The source names a term without a year.
    Onbepaald,
}

/// A part of a sum (*deel*).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Waarvan.
    pub naam: String,
    /// Bijdrage aan de streefwaarde.
    pub waarde: Number,
    /// Het doel met dezelfde waarde, als het deel zelf een doel is.
    #[serde(default)]
    pub doel: Option<String>,
    /// Wat er volgens de bron al is.
    #[serde(default)]
    pub gerealiseerd: Option<Number>,
    /// Wat er volgens de bron wordt gebouwd.
    #[serde(default)]
    pub in_aanbouw: Option<Number>,
    /// Het gegeven dat het meet.
    #[serde(default)]
    pub gegeven: Option<String>,
    /// Uitspraken waarin het staat.
    #[serde(default)]
    pub uitspraken: Vec<String>,
}

/// The same target in another unit (*maat*).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// De waarde.
    pub waarde: Number,
    /// De eenheid.
    pub eenheid: String,
    /// Waardoor te delen om op de eenheid van het doel te komen.
    #[serde(default)]
    pub deel_door: Option<Number>,
    /// Waarvan het een percentage is, in de eenheid van het doel.
    #[serde(default)]
    pub procent_van: Option<Number>,
    /// Het gegeven voor het getal waarvan het een percentage is.
    #[serde(default)]
    pub gegeven: Option<String>,
}

/// A sum of the source that does not add up: both readings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Difference {
    /// De ene lezing: het getal dat de bron noemt.
    pub genoemd: Number,
    /// De andere lezing: wat de getallen van de bron samen zijn.
    pub berekend: Number,
    /// De getallen, als het niet gewoon de delen zijn of een maat is.
    #[serde(default)]
    pub van: Vec<Number>,
    /// De tegenstrijdigheid waar het bij hoort.
    pub inconsistentie: String,
    /// Wat er aan de hand is, in een zin.
    pub uitleg: String,
}

/// A fact that measures a goal (*meting*).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Gauge {
    /// Het gegeven.
    pub gegeven: String,
    /// Een ja op het gegeven laat zien dat het doel niet is gehaald; een nee zegt niets.
    #[serde(default)]
    pub weerlegt: bool,
}

/// A number above which something holds (*drempel*).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// Meer dan dit.
    pub waarde: Number,
    /// De eenheid.
    pub eenheid: String,
    /// Het gegeven dat het meet.
    #[serde(default)]
    pub gegeven: Option<String>,
}

/// What a kind of public transport line offers at least (*bediening*).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Soort lijn.
    pub lijntype: String,
    /// Weekdagen waarvoor het zeker geldt; op andere dagen is de bediening onbekend.
    pub dagen: Vec<Weekday>,
    /// Per tijdvak hoe vaak er minstens wordt gereden; daarbuiten is niets gegarandeerd.
    pub tijdvakken: Vec<Period>,
    /// Uitspraken waarin het staat.
    #[serde(default)]
    pub uitspraken: Vec<String>,
}

/// A period of the day (*tijdvak*), from its first hour until but not including its last.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// Vanaf dit uur.
    pub van: Number,
    /// Tot dit uur, dat er zelf niet bij hoort.
    pub tot: Number,
    /// Hoe vaak per uur minstens.
    pub per_uur: u32,
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the days of the week")]
pub enum Weekday {
    Ma,
    Di,
    Wo,
    Do,
    Vr,
    Za,
    Zo,
}
