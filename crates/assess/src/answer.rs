//! The answer: what a user gets, in the words of the contract.

use crate::outcome::{Outcome, Range};
use brink_policy::written::{Available, Binding, StatementKind};
use schemars::JsonSchema;
use serde::Serialize;

/// An assessment (*toets*) of a plan.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
#[schemars(rename = "Toets")]
pub struct Assessment<'p> {
    /// Titel van het plan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub titel: Option<String>,
    /// De activiteit waarop het plan is getoetst.
    pub activiteit: Named<'p>,
    /// Het oordeel over het geheel: de strengste uitkomst.
    pub oordeel: Outcome,
    /// Of wat nog niet bekend is het oordeel kan veranderen.
    pub onzeker: bool,
    /// Wat het oordeel nog kan worden.
    pub bereik: Range,
    /// Wat het oordeel betekent, in een of twee zinnen.
    pub samenvatting: String,
    /// Het oordeel per belang dat meespeelt.
    pub belangen: Vec<InterestVerdict<'p>>,
    /// Het oordeel per onderdeel van de visie dat iets zegt.
    pub onderdelen: Vec<SectionVerdict<'p>>,
    /// De normen die gelden of kunnen gelden, de strengste uitkomst eerst.
    pub normen: Vec<NormVerdict<'p>>,
    /// Wat nog bekend moet worden, wat het meest beslist eerst.
    pub vragen: Vec<Question<'p>>,
    /// Stukken die gevraagd worden.
    pub documenten: Vec<Needed<'p>>,
    /// Met wie te overleggen is.
    pub overleg: Vec<Talk<'p>>,
    /// Procedures die volgen.
    pub procedures: Vec<Follow<'p>>,
    /// Wie beslist.
    pub bevoegd: Vec<Needed<'p>>,
    /// Instrumenten die bij de normen horen.
    pub instrumenten: Vec<InstrumentUse<'p>>,
    /// Kansen om te combineren die de visie zelf noemt.
    pub kansen: Vec<Chance<'p>>,
    /// In welke gebieden het plan ligt.
    pub gebieden: Vec<Place<'p>>,
    /// Lezingen van de bron waarop het oordeel rust.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lezingen: Vec<ReadingUse<'p>>,
    /// Wat een lezer erbij moet weten.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub meldingen: Vec<String>,
    /// Dat dit geen besluit is.
    pub voorbehoud: &'p str,
    /// Waarmee het antwoord is gemaakt: pakket, kaarten, programma en peildatum.
    pub bewijs: Receipt<'p>,
}

/// An id with its name.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
#[schemars(rename = "Genoemd")]
pub struct Named<'p> {
    /// Id.
    pub id: &'p str,
    /// Naam voor een lezer.
    pub naam: &'p str,
}

/// The verdict for an interest.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
#[schemars(rename = "BelangOordeel")]
pub struct InterestVerdict<'p> {
    /// Id.
    pub id: &'p str,
    /// Naam voor een lezer.
    pub naam: &'p str,
    /// De belangen direct erboven.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub onder: Vec<&'p str>,
    /// De strengste uitkomst van de normen over dit belang.
    pub oordeel: Outcome,
    /// Wat het oordeel nog kan worden.
    pub bereik: Range,
}

/// The verdict of a section.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
#[schemars(rename = "OnderdeelOordeel")]
pub struct SectionVerdict<'p> {
    /// Nummer.
    pub nummer: &'p str,
    /// Titel.
    pub titel: &'p str,
    /// De strengste uitkomst van de normen in dit onderdeel.
    pub oordeel: Outcome,
}

/// What a norm makes of the plan.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
#[schemars(rename = "NormOordeel")]
pub struct NormVerdict<'p> {
    /// Id.
    pub id: &'p str,
    /// Alle uitspraken die in de norm zijn opgegaan.
    pub uitspraken: &'p [String],
    /// Nummer van het onderdeel van de visie.
    pub onderdeel: &'p str,
    /// Wat het zegt, in eigen woorden.
    pub samenvatting: &'p str,
    /// Wat voor uitspraak het is.
    pub soort: StatementKind,
    /// Wat de norm van een plan vindt; `bron-zwijgt` als de visie een regel aankondigt en niet geeft.
    pub effect: &'static str,
    /// Of de norm voor vrijwel elk plan hetzelfde zegt.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub algemeen: bool,
    /// Of de norm geldt: ja, nee of onbekend.
    pub van_toepassing: &'static str,
    /// Wat eruit komt.
    pub uitkomst: Outcome,
    /// Waarom.
    pub waarom: String,
    /// De voorwaarden.
    pub voorwaarden: Vec<ConditionVerdict<'p>>,
    /// De trede van een voorkeursvolgorde waarop het plan staat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trede: Option<StepVerdict<'p>>,
    /// Ids van belangen.
    pub belangen: Vec<&'p str>,
    /// Hoe zwaar de norm bindt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub binding: Option<Binding>,
    /// Uitleg.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub toelichting: Option<&'p str>,
    /// Waar het in de tekst van de visie staat.
    pub bron: Lines,
}

/// Lines of the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize)]
#[schemars(rename = "Bronregels")]
pub struct Lines {
    /// Eerste en laatste regel in de tekst van de visie.
    pub regels: [u32; 2],
}

/// How a condition stands.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
#[schemars(rename = "VoorwaardeOordeel")]
pub struct ConditionVerdict<'p> {
    /// Id.
    pub id: &'p str,
    /// Wat wordt gevraagd.
    pub tekst: &'p str,
    /// Of eraan is voldaan: voldaan, niet-voldaan of onbekend.
    pub uitkomst: &'static str,
    /// De gegevens waar de voorwaarde naar kijkt.
    pub gegevens: Vec<&'p str>,
    /// De voorwaarde waarvoor dit een van de gronden is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grond_van: Option<&'p str>,
    /// Waarom niemand dit uit de visie kan vaststellen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open: Option<&'p str>,
    /// Stukken waaruit het blijkt.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub bewijs: &'p [String],
}

/// The step of a preference order.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
#[schemars(rename = "TredeOordeel")]
pub struct StepVerdict<'p> {
    /// Plaats in de volgorde, vanaf 1.
    pub nummer: usize,
    /// Hoeveel treden er zijn.
    pub van: usize,
    /// Id.
    pub id: &'p str,
    /// Wat het zegt, in eigen woorden.
    pub tekst: &'p str,
    /// Wat eerst moet zijn aangetoond.
    pub eerst: Vec<&'p str>,
}

/// Something that still has to be known.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
#[schemars(rename = "Vraag")]
pub struct Question<'p> {
    /// Een gegeven of een gebied.
    pub soort: &'static str,
    /// Id.
    pub id: &'p str,
    /// De vraag.
    pub vraag: String,
    /// Of het antwoord het oordeel over het geheel kan veranderen.
    pub doorslaggevend: bool,
    /// Of alleen normen het vragen die voor vrijwel elk plan hetzelfde zeggen.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub algemeen: bool,
    /// De strengste uitkomst waar het aan kan bijdragen.
    pub kan_leiden_tot: Outcome,
    /// Wat voor antwoord erbij hoort.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Eenheid van een getal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub eenheid: Option<&'p str>,
    /// Waaruit te kiezen is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub mogelijkheden: Vec<Named<'p>>,
    /// Uitleg.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub toelichting: Option<&'p str>,
    /// Of iemand hier een oordeel over moet geven.
    pub oordeel_nodig: bool,
    /// De normen die het vragen.
    pub normen: Vec<&'p str>,
}

/// Something needed, and the norms that need it.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
#[schemars(rename = "Nodig")]
pub struct Needed<'p> {
    /// Id.
    pub id: &'p str,
    /// Naam voor een lezer.
    pub naam: &'p str,
    /// Alleen als een norm blijkt te gelden waarvan dat nog niet bekend is.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub misschien: bool,
    /// De normen die het vragen.
    pub normen: Vec<&'p str>,
}

/// Whom to talk to and about what.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
#[schemars(rename = "Overleg")]
pub struct Talk<'p> {
    /// Id van de partij.
    pub partij: &'p str,
    /// Naam voor een lezer.
    pub naam: &'p str,
    /// Waarover.
    pub waarover: &'p str,
    /// Alleen als een norm blijkt te gelden waarvan dat nog niet bekend is.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub misschien: bool,
    /// De normen die het vragen.
    pub normen: Vec<&'p str>,
}

/// A procedure that follows.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
#[schemars(rename = "Vervolg")]
pub struct Follow<'p> {
    /// Id van het instrument.
    pub instrument: &'p str,
    /// Naam voor een lezer.
    pub naam: &'p str,
    /// Wat er gebeurt.
    pub tekst: &'p str,
    /// Termijn, zoals de bron hem noemt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub termijn: Option<&'p str>,
    /// Wie beslist.
    pub wie: Vec<Named<'p>>,
    /// Alleen als een norm blijkt te gelden waarvan dat nog niet bekend is.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub misschien: bool,
    /// De normen die het vragen.
    pub normen: Vec<&'p str>,
}

/// An instrument, with its running time on the date of judgement.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
#[schemars(rename = "InstrumentGebruik")]
pub struct InstrumentUse<'p> {
    /// Id.
    pub id: &'p str,
    /// Naam voor een lezer.
    pub naam: &'p str,
    /// Wet, programma, financieel, ...
    #[serde(skip_serializing_if = "Option::is_none")]
    pub soort: Option<&'p str>,
    /// Hoe het op de peildatum staat: loopt, afgelopen, nog-niet of onbekend.
    pub stand: &'static str,
    /// Bij een subsidie of fonds: of het plan ermee kan worden betaald.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub beschikbaar: Option<Available>,
    /// Waar de voorwaarden staan, als de visie ze niet geeft.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voorwaarden: Option<&'p str>,
    /// Begin van de looptijd.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub van: Option<&'p str>,
    /// Einde van de looptijd.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tot: Option<&'p str>,
    /// De normen die het vragen.
    pub normen: Vec<&'p str>,
}

/// A combination the vision names.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
#[schemars(rename = "Kans")]
pub struct Chance<'p> {
    /// Wat te combineren is.
    pub tekst: &'p str,
    /// Id van de norm.
    pub norm: &'p str,
    /// Nummer van het onderdeel van de visie.
    pub onderdeel: &'p str,
}

/// Where the plan lies.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
#[schemars(rename = "GebiedLigging")]
pub struct Place<'p> {
    /// Id.
    pub id: &'p str,
    /// Naam voor een lezer.
    pub naam: &'p str,
    /// Hoe het plan ligt: binnen, deels, raakt, buiten of onbekend.
    pub relatie: &'static str,
    /// Deel van het plan dat erin ligt, van 0 tot 1, als dat bekend is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aandeel: Option<f64>,
    /// Waar dat op rust: een echte kaart, een schets, of wat het plan zelf opgeeft.
    pub kaartsoort: &'static str,
}

/// A reading on which the verdict rests.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
#[schemars(rename = "LezingGebruik")]
pub struct ReadingUse<'p> {
    /// Id.
    pub id: &'p str,
    /// Waar het om gaat, als vraag.
    pub vraag: &'p str,
    /// De gekozen lezing.
    pub keuze: &'p str,
    /// Wat die lezing zegt.
    pub naam: &'p str,
    /// Het oordeel bij de andere lezingen.
    pub anders: Vec<OtherReading<'p>>,
}

/// The verdict under another reading.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
#[schemars(rename = "AndereLezing")]
pub struct OtherReading<'p> {
    /// De lezing.
    pub keuze: &'p str,
    /// Wat het zegt, in eigen woorden.
    pub naam: &'p str,
    /// Het oordeel.
    pub oordeel: Outcome,
}

/// What the answer was made with.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
#[schemars(rename = "Bewijs")]
pub struct Receipt<'p> {
    /// Het pakket.
    pub pakket: PackageReceipt<'p>,
    /// De kaartlagen; geen als het plan zelf de gebieden opgeeft.
    pub lagen: Vec<LayerReceipt>,
    /// Het programma en zijn versie.
    pub motor: &'static str,
    /// De dag waarvoor is getoetst (jjjj-mm-dd).
    pub peildatum: String,
}

/// The package.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
#[schemars(rename = "BewijsPakket")]
pub struct PackageReceipt<'p> {
    /// Id.
    pub id: &'p str,
    /// Versie.
    pub versie: &'p str,
    /// SHA-256 van de bestanden.
    pub hash: &'p str,
}

/// A map layer.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
#[schemars(rename = "BewijsLaag")]
pub struct LayerReceipt {
    /// Id.
    pub id: String,
    /// SHA-256.
    pub hash: String,
    /// Datum (jjjj-mm-dd); leeg als die niet bekend is.
    pub datum: String,
    /// Echte kaart of schets.
    pub soort: String,
}
