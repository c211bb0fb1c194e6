//! The answer: what a user gets, in the words of the contract.

use crate::outcome::{Outcome, Range};
use brink_policy::written::{Available, Binding, StatementKind};
use schemars::JsonSchema;
use serde::Serialize;

/// An assessment (*toets*) of a plan.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
pub struct Assessment<'p> {
    /// Title of the plan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub titel: Option<String>,
    /// The activity it was judged as.
    pub activiteit: Named<'p>,
    /// The overall verdict: the strictest outcome.
    pub oordeel: Outcome,
    /// Whether the unknowns can still change it.
    pub onzeker: bool,
    /// What it can still become.
    pub bereik: Range,
    /// What it means, in one or two sentences.
    pub samenvatting: String,
    /// Per interest at stake.
    pub belangen: Vec<InterestVerdict<'p>>,
    /// Per section that says something.
    pub onderdelen: Vec<SectionVerdict<'p>>,
    /// The norms that apply or may apply, strictest first.
    pub normen: Vec<NormVerdict<'p>>,
    /// What still has to be known, most decisive first.
    pub vragen: Vec<Question<'p>>,
    /// Documents to bring.
    pub documenten: Vec<Needed<'p>>,
    /// Whom to talk to.
    pub overleg: Vec<Talk<'p>>,
    /// Procedures that follow.
    pub procedures: Vec<Follow<'p>>,
    /// Who decides.
    pub bevoegd: Vec<Needed<'p>>,
    /// Instruments that belong to the norms.
    pub instrumenten: Vec<InstrumentUse<'p>>,
    /// Combinations the vision itself names.
    pub kansen: Vec<Chance<'p>>,
    /// Where the plan lies.
    pub gebieden: Vec<Place<'p>>,
    /// Readings of the source on which the verdict rests.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lezingen: Vec<ReadingUse<'p>>,
    /// What a reader must know besides.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub meldingen: Vec<String>,
    /// That this is no decision.
    pub voorbehoud: &'p str,
    /// What the answer was made with.
    pub bewijs: Receipt<'p>,
}

/// An id with its name.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
pub struct Named<'p> {
    /// Id.
    pub id: &'p str,
    /// Name.
    pub naam: &'p str,
}

/// The verdict for an interest.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
pub struct InterestVerdict<'p> {
    /// Id.
    pub id: &'p str,
    /// Name.
    pub naam: &'p str,
    /// The interests directly above it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub onder: Vec<&'p str>,
    /// The strictest outcome of the norms about it.
    pub oordeel: Outcome,
    /// What it can still become.
    pub bereik: Range,
}

/// The verdict of a section.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
pub struct SectionVerdict<'p> {
    /// Number.
    pub nummer: &'p str,
    /// Title.
    pub titel: &'p str,
    /// The strictest outcome of its norms.
    pub oordeel: Outcome,
}

/// What a norm makes of the plan.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
pub struct NormVerdict<'p> {
    /// Id.
    pub id: &'p str,
    /// Every statement it embodies.
    pub uitspraken: &'p [String],
    /// Section.
    pub onderdeel: &'p str,
    /// What it says.
    pub samenvatting: &'p str,
    /// Kind of statement.
    pub soort: StatementKind,
    /// Its effect, or that the source is silent.
    pub effect: &'static str,
    /// Whether it says the same to nearly every plan.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub algemeen: bool,
    /// Whether it applies: ja, nee or onbekend.
    pub van_toepassing: &'static str,
    /// What comes out.
    pub uitkomst: Outcome,
    /// Why.
    pub waarom: String,
    /// Its conditions.
    pub voorwaarden: Vec<ConditionVerdict<'p>>,
    /// The step of a preference order the plan is on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trede: Option<StepVerdict<'p>>,
    /// Interests.
    pub belangen: Vec<&'p str>,
    /// How firmly it binds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub binding: Option<Binding>,
    /// Explanation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub toelichting: Option<&'p str>,
    /// Where it stands in the source.
    pub bron: Lines,
}

/// Lines of the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize)]
pub struct Lines {
    /// First and last.
    pub regels: [u32; 2],
}

/// How a condition stands.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
pub struct ConditionVerdict<'p> {
    /// Id.
    pub id: &'p str,
    /// What it asks.
    pub tekst: &'p str,
    /// Voldaan, niet-voldaan or onbekend.
    pub uitkomst: &'static str,
    /// The facts it looks at.
    pub gegevens: Vec<&'p str>,
    /// The condition this is one of several grounds for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grond_van: Option<&'p str>,
    /// Why nobody can tell from the source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open: Option<&'p str>,
    /// Documents it shows from.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub bewijs: &'p [String],
}

/// The step of a preference order.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
pub struct StepVerdict<'p> {
    /// Its place, from 1.
    pub nummer: usize,
    /// How many there are.
    pub van: usize,
    /// Id.
    pub id: &'p str,
    /// What it says.
    pub tekst: &'p str,
    /// What must be shown first.
    pub eerst: Vec<&'p str>,
}

/// Something that still has to be known.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
pub struct Question<'p> {
    /// A fact (gegeven) or an area (gebied).
    pub soort: &'static str,
    /// Id.
    pub id: &'p str,
    /// The question.
    pub vraag: String,
    /// Whether the answer can change the overall verdict.
    pub doorslaggevend: bool,
    /// Whether only norms ask it that say the same to nearly every plan.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub algemeen: bool,
    /// The strictest outcome it has a part in.
    pub kan_leiden_tot: Outcome,
    /// Type of the answer.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Unit of a number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub eenheid: Option<&'p str>,
    /// Options of a choice.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub mogelijkheden: Vec<Named<'p>>,
    /// Explanation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub toelichting: Option<&'p str>,
    /// Whether somebody must judge.
    pub oordeel_nodig: bool,
    /// The norms that ask it.
    pub normen: Vec<&'p str>,
}

/// Something needed, and the norms that need it.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
pub struct Needed<'p> {
    /// Id.
    pub id: &'p str,
    /// Name.
    pub naam: &'p str,
    /// Only when a norm of which that is unknown turns out to apply.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub misschien: bool,
    /// The norms.
    pub normen: Vec<&'p str>,
}

/// Whom to talk to and about what.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
pub struct Talk<'p> {
    /// The party.
    pub partij: &'p str,
    /// Its name.
    pub naam: &'p str,
    /// About what.
    pub waarover: &'p str,
    /// Only when a norm of which that is unknown turns out to apply.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub misschien: bool,
    /// The norms.
    pub normen: Vec<&'p str>,
}

/// A procedure that follows.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
pub struct Follow<'p> {
    /// The instrument.
    pub instrument: &'p str,
    /// Its name.
    pub naam: &'p str,
    /// What happens.
    pub tekst: &'p str,
    /// Its term.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub termijn: Option<&'p str>,
    /// Who decides.
    pub wie: Vec<Named<'p>>,
    /// Only when a norm of which that is unknown turns out to apply.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub misschien: bool,
    /// The norms.
    pub normen: Vec<&'p str>,
}

/// An instrument, with its running time on the date of judgement.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
pub struct InstrumentUse<'p> {
    /// Id.
    pub id: &'p str,
    /// Name.
    pub naam: &'p str,
    /// Wet, programma, financieel, ...
    #[serde(skip_serializing_if = "Option::is_none")]
    pub soort: Option<&'p str>,
    /// Loopt, afgelopen, nog-niet or onbekend.
    pub stand: &'static str,
    /// Of a subsidy or fund: whether it can carry the plan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub beschikbaar: Option<Available>,
    /// Where its conditions are, when the vision does not give them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voorwaarden: Option<&'p str>,
    /// Begin of its running time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub van: Option<&'p str>,
    /// End of its running time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tot: Option<&'p str>,
    /// The norms.
    pub normen: Vec<&'p str>,
}

/// A combination the vision names.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
pub struct Chance<'p> {
    /// What could be combined.
    pub tekst: &'p str,
    /// The norm.
    pub norm: &'p str,
    /// Section.
    pub onderdeel: &'p str,
}

/// Where the plan lies.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
pub struct Place<'p> {
    /// Id.
    pub id: &'p str,
    /// Name.
    pub naam: &'p str,
    /// Binnen, deels, raakt, buiten or onbekend.
    pub relatie: &'static str,
    /// Share of the plan inside, when known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aandeel: Option<f64>,
    /// Echt, schets or opgegeven.
    pub kaartsoort: &'static str,
}

/// A reading on which the verdict rests.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
pub struct ReadingUse<'p> {
    /// Id.
    pub id: &'p str,
    /// What it is about.
    pub vraag: &'p str,
    /// The option taken.
    pub keuze: &'p str,
    /// What that option says.
    pub naam: &'p str,
    /// The verdict under the other options.
    pub anders: Vec<OtherReading<'p>>,
}

/// The verdict under another reading.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
pub struct OtherReading<'p> {
    /// The option.
    pub keuze: &'p str,
    /// What it says.
    pub naam: &'p str,
    /// The verdict.
    pub oordeel: Outcome,
}

/// What the answer was made with.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
pub struct Receipt<'p> {
    /// The package.
    pub pakket: PackageReceipt<'p>,
    /// The map layers; none while places are given as areas.
    pub lagen: Vec<LayerReceipt>,
    /// The program.
    pub motor: &'static str,
    /// The date of judgement.
    pub peildatum: String,
}

/// The package.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
pub struct PackageReceipt<'p> {
    /// Id.
    pub id: &'p str,
    /// Version.
    pub versie: &'p str,
    /// SHA-256 of its files.
    pub hash: &'p str,
}

/// A map layer.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
pub struct LayerReceipt {
    /// Id.
    pub id: String,
    /// SHA-256.
    pub hash: String,
    /// Date.
    pub datum: String,
    /// Echt or schets.
    pub soort: String,
}
