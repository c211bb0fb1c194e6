//! `normen/<onderdeel>.yaml`

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A statement (*uitspraak*) of the vision, in own words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// `<onderdeel>-<nr>`; verandert nooit van betekenis.
    pub id: String,
    /// Onderdeel van de visie.
    pub onderdeel: String,
    /// Eerste en laatste regel in de bron.
    pub regels: [u32; 2],
    /// Wat voor uitspraak het is.
    pub soort: StatementKind,
    /// De uitspraak in eigen woorden.
    pub samenvatting: String,
    /// Provinciale belangen die meespelen.
    #[serde(default)]
    pub belangen: Vec<String>,
    /// Activiteiten waarover het gaat (een ervan, of een eronder); leeg: elk initiatief.
    #[serde(default)]
    pub activiteiten: Vec<String>,
    /// Gebieden waar het geldt (een ervan); leeg: overal.
    #[serde(default)]
    pub gebieden: Vec<String>,
    /// Hoe zwaar het bindt.
    #[serde(default)]
    pub binding: Option<Binding>,
    /// Of de uitspraak voor vrijwel elk plan hetzelfde is; antwoorden noemen haar dan apart en kort.
    #[serde(default)]
    pub algemeen: bool,
    /// Hoe de uitspraak in de software leeft.
    pub uitvoering: Execution,
    /// De norm waarin deze uitspraak is opgegaan (voorwaarde, uitzondering, herhaling).
    #[serde(default)]
    pub verwerkt_in: Option<String>,
    /// Wanneer de norm geldt (FEEL), naast activiteit en gebied.
    #[serde(default)]
    pub als: Option<String>,
    /// Wat de norm van een plan vindt.
    #[serde(default)]
    pub effect: Option<Effect>,
    /// Waaraan het plan moet voldoen.
    #[serde(default)]
    pub voorwaarden: Vec<Condition>,
    /// Wanneer de norm toch niet geldt.
    #[serde(default)]
    pub uitzonderingen: Vec<Exception>,
    /// Wat deze norm, als zij geldt en aan haar voorwaarden is voldaan, buiten werking stelt.
    #[serde(default)]
    pub schakelt_uit: Option<SwitchesOff>,
    /// Wat het betekent als een voorwaarde niet is vervuld.
    #[serde(default)]
    pub bij_niet_voldoen: Option<OnFailure>,
    /// Treden van een voorkeursvolgorde, de meest gewenste eerst.
    #[serde(default)]
    pub volgorde: Vec<Step>,
    /// Stukken die de norm vraagt.
    #[serde(default)]
    pub documenten: Vec<String>,
    /// Met wie te overleggen is, en waarover.
    #[serde(default)]
    pub overleg: Vec<Consultation>,
    /// Procedures die volgen.
    #[serde(default)]
    pub procedures: Vec<Procedure>,
    /// Wie beslist.
    #[serde(default)]
    pub bevoegd: Vec<String>,
    /// Een kans die de visie zelf noemt, in een zin.
    #[serde(default)]
    pub kans: Option<String>,
    /// Wie een rol heeft.
    #[serde(default)]
    pub partijen: Vec<String>,
    /// Instrumenten die erbij horen.
    #[serde(default)]
    pub instrumenten: Vec<String>,
    /// Onderdelen of uitspraken waarnaar wordt verwezen.
    #[serde(default)]
    pub verwijst_naar: Vec<String>,
    /// Getallen die de uitspraak noemt.
    #[serde(default)]
    pub getallen: Vec<Figure>,
    /// Bij `bron-zwijgt`: wat ontbreekt en waar te zoeken.
    #[serde(default)]
    pub reden: Option<String>,
    /// Uitleg voor de lezer.
    #[serde(default)]
    pub toelichting: Option<String>,
    /// Waarom geen geval deze norm, of een grens in `als` of `uitzonderingen`, kan bewijzen; liever een geval.
    #[serde(default)]
    pub geen_geval: Option<String>,
    /// Aantekening van de redactie; niet in antwoorden.
    #[serde(default)]
    pub opmerking: Option<String>,
}

/// The kind of statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the words of the package")]
pub enum StatementKind {
    Regel,
    Voorkeursvolgorde,
    Proces,
    Kenmerk,
    Combinatie,
    Gebied,
    Doel,
    Ambitie,
    Instrument,
    Rol,
    Programma,
    Dienstniveau,
    Definitie,
    Feit,
    Inconsistentie,
}

/// How firmly a statement binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Binding {
    /// By law.
    Wettelijk,
    /// Through the provincial ordinance.
    DoorwerkingVerordening,
    /// The province binds itself.
    Zelfbindend,
    /// Expected of others.
    Verwachting,
    /// Meant to inspire.
    Inspiratie,
}

/// How a statement lives in software.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Execution {
    /// Judges plans.
    Norm,
    /// Says what an area is.
    Gebied,
    /// A measurable goal.
    Doel,
    /// A term of the vocabulary.
    Term,
    /// Background.
    Kennis,
    /// Announces a rule that the source does not give: the answer is unknown.
    BronZwijgt,
}

/// What a norm makes of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// Not allowed.
    Verbod,
    /// Not, unless.
    NeeTenzij,
    /// Yes, if.
    JaMits,
    /// Allowed.
    Toegestaan,
    /// Wanted.
    Gewenst,
    /// Unwanted.
    Onwenselijk,
    /// To be taken into account.
    Aandacht,
    /// Somebody else's call.
    Elders,
}

impl Effect {
    /// The Dutch word.
    #[must_use]
    pub fn dutch(self) -> &'static str {
        match self {
            Self::Verbod => "verbod",
            Self::NeeTenzij => "nee-tenzij",
            Self::JaMits => "ja-mits",
            Self::Toegestaan => "toegestaan",
            Self::Gewenst => "gewenst",
            Self::Onwenselijk => "onwenselijk",
            Self::Aandacht => "aandacht",
            Self::Elders => "elders",
        }
    }
}

/// What a failed condition means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OnFailure {
    /// In conflict.
    Strijdig,
    /// Unwanted.
    Onwenselijk,
    /// To be taken into account.
    Aandacht,
}

/// A condition (*voorwaarde*).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// Id van de uitspraak die de voorwaarde geeft, of een eigen id binnen de norm.
    pub id: String,
    /// De voorwaarde in eigen woorden.
    pub tekst: String,
    /// Wanneer de voorwaarde gesteld wordt (FEEL); leeg: altijd.
    #[serde(default)]
    pub als: Option<String>,
    /// Wat waar moet zijn (FEEL).
    #[serde(default)]
    pub eis: Option<String>,
    /// Gronden waarvan er een genoeg is, in plaats van `eis`.
    #[serde(default)]
    pub een_van: Vec<Condition>,
    /// In plaats van `eis`: waarom niemand dit uit de visie kan vaststellen. De voorwaarde blijft open.
    #[serde(default)]
    pub open: Option<String>,
    /// Stukken waaruit het blijkt.
    #[serde(default)]
    pub bewijs: Vec<String>,
    /// Wat het betekent als juist deze voorwaarde niet is vervuld.
    #[serde(default)]
    pub bij_niet_voldoen: Option<OnFailure>,
    /// Waarom geen geval een grens in deze voorwaarde kan bewijzen; liever een geval.
    #[serde(default)]
    pub geen_geval: Option<String>,
}

/// An exception (*uitzondering*).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    /// Id van de uitspraak die de uitzondering geeft.
    #[serde(default)]
    pub id: Option<String>,
    /// De uitzondering in eigen woorden.
    pub tekst: String,
    /// Wanneer zij geldt (FEEL).
    pub als: String,
}

/// What a norm switches off (*schakelt uit*).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SwitchesOff {
    /// Deze normen.
    #[serde(default)]
    pub normen: Vec<String>,
    /// Normen die alleen over deze belangen gaan.
    #[serde(default)]
    pub belangen: Vec<String>,
    /// Normen uit deze onderdelen.
    #[serde(default)]
    pub onderdelen: Vec<String>,
    /// Behalve deze normen.
    #[serde(default)]
    pub behalve: Vec<String>,
}

/// A step of a preference order (*voorkeursvolgorde*).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Id van de uitspraak die de trede geeft, of een eigen id.
    pub id: String,
    /// De trede in eigen woorden.
    pub tekst: String,
    /// Wanneer een plan op deze trede staat (FEEL).
    pub als: String,
    /// Wat eerst moet zijn aangetoond voordat een lagere trede in beeld komt.
    #[serde(default)]
    pub eerst: Option<String>,
}

/// Whom to consult (*overleg*).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Consultation {
    /// De partij.
    pub partij: String,
    /// Waarover.
    pub waarover: String,
}

/// A procedure that follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Procedure {
    /// Het instrument.
    pub instrument: String,
    /// Wat er gebeurt, in een zin.
    pub tekst: String,
    /// Termijn, zoals de bron hem noemt.
    #[serde(default)]
    pub termijn: Option<String>,
    /// Wie beslist.
    #[serde(default)]
    pub wie: Vec<String>,
}

/// A number the statement names.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// De waarde; een getal of tekst.
    pub waarde: serde_json::Value,
    /// De eenheid.
    #[serde(default)]
    pub eenheid: Option<String>,
    /// Wat het getal is.
    #[serde(default)]
    pub wat: Option<String>,
}
